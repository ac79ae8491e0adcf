//! Source with its hints written in, as an editor shows them.

use expect_test::{Expect, expect};

use super::{HintKinds, KINDS, inlay_hints};
use crate::content::testing::builtin;
use crate::{Document, Settings, Span};

const ALL: HintKinds = HintKinds { decorators: true, lazy_calls: true, exit_order: true };

fn shown(source: &str, kinds: HintKinds, span: Span) -> String {
    let document = Document::new(source);
    let hints = inlay_hints(builtin(), &document, &Settings::default(), kinds, span);
    let mut out = source.to_owned();
    for hint in hints.iter().rev() {
        assert!(!hint.label.contains('`') && !hint.tooltip.is_empty(), "{hint:?}");
        out.insert_str(hint.offset, &format!("«{}»", hint.label));
    }
    out
}

#[track_caller]
fn check(source: &str, expected: &Expect) {
    let out = shown(source, ALL, Span::new(0, source.len()));
    assert!(out.contains('«'), "no hint");
    expected.assert_eq(&out);
    let off = shown(source, HintKinds::default(), Span::new(0, source.len()));
    assert_eq!(off, source, "nothing is shown unasked");
}

#[track_caller]
fn check_silent(source: &str) {
    assert_eq!(shown(source, ALL, Span::new(0, source.len())), source);
}

const LOG: &str = "import functools\n\ndef log(func):\n    @functools.wraps(func)\n    def wrapper(*args):\n        return func(*args)\n    return wrapper\n\n";

#[test]
fn what_decorators_leave() {
    check(
        &format!("{LOG}@log\ndef f(): ...\n\nclass C:\n    @log\n    @log\n    def m(self): ...\n"),
        &expect![[r#"
            import functools

            def log(func):
                @functools.wraps(func)
                def wrapper(*args):
                    return func(*args)
                return wrapper

            @log«→ function wrapper»
            def f(): ...

            class C:
                @log«→ function wrapper»
                @log
                def m(self): ...
        "#]],
    );
    check(
        "import functools\nfrom functools import lru_cache as memo\n\nclass C:\n    @property\n    def a(self): ...\n\n    \
         @staticmethod\n    def b(): ...\n\n    @functools.cached_property\n    def c(self): ...\n\n@memo(maxsize=None)\ndef d(): ...\n\n\
         @memo\n@unknown\ndef e(): ...\n",
        &expect![[r#"
            import functools
            from functools import lru_cache as memo

            class C:
                @property«→ property»
                def a(self): ...

                @staticmethod«→ static method»
                def b(): ...

                @functools.cached_property«→ cached property»
                def c(self): ...

            @memo(maxsize=None)«→ caching callable»
            def d(): ...

            @memo«→ caching callable»
            @unknown
            def e(): ...
        "#]],
    );
    check(
        "def retry(func):\n    async def wrapper(*args):\n        return await func(*args)\n    return wrapper\n\n@retry\nasync def f(): ...\n",
        &expect![[r#"
            def retry(func):
                async def wrapper(*args):
                    return await func(*args)
                return wrapper

            @retry«→ coroutine function wrapper»
            async def f(): ...
        "#]],
    );
}

#[test]
fn decorators_that_may_leave_anything() {
    check_silent("import web\n\n@web.route('/')\ndef f(): ...\n");
    check_silent(&format!("import web\n{LOG}@web.route('/')\n@log\ndef f(): ...\n"));
    check_silent(&format!("import web\n{LOG}@log\n@web.route('/')\ndef f(): ...\n"));
    check_silent("def property(func):\n    return 1\n\n@property\ndef f(): ...\n");
    check_silent("class C:\n    x = property()\n\n    @x.setter\n    def x(self, value): ...\n");
    check_silent("import functools\n\n@functools.cache()\ndef f(): ...\n");
    check_silent("@property\nclass C: ...\n");
    check_silent(&LOG.replace("    @functools.wraps(func)\n", "    @staticmethod(x)\n"));
    check_silent(
        "if x:\n    def log(func):\n        def wrapper(): return func()\n        return wrapper\n\n@log\ndef f(): ...\n",
    );
}

#[test]
fn what_calls_return() {
    check(
        "def numbers():\n    yield 1\n\nasync def fetch():\n    return 1\n\nasync def pages():\n    yield 1\n\n\
         n = numbers()\n\nasync def main():\n    c = fetch()\n    p: object = pages()\n    return await c\n",
        &expect![[r#"
            def numbers():
                yield 1

            async def fetch():
                return 1

            async def pages():
                yield 1

            n = numbers()«⇒ generator»

            async def main():
                c = fetch()«⇒ coroutine»
                p: object = pages()«⇒ async generator»
                return await c
        "#]],
    );
    check(
        "class C:\n    def items(self):\n        yield 1\n\n    def use(self):\n        found = self.items()\n        return found\n",
        &expect![[r#"
            class C:
                def items(self):
                    yield 1

                def use(self):
                    found = self.items()«⇒ generator»
                    return found
        "#]],
    );
}

#[test]
fn calls_that_return_something_else() {
    let generator = "def numbers():\n    yield 1\n\n";
    for code in [
        "x = list(numbers())\n",
        "numbers()\n",
        "def numbers():\n    return []\n\nx = numbers()\n",
        "import lib\nx = lib.numbers()\n",
        "y = numbers\nx = y\n",
    ] {
        check_silent(&format!("{generator}{code}"));
    }
    check_silent("async def fetch(): ...\n\nasync def main():\n    x = await fetch()\n");
    check_silent("import lib\n\n@lib.task\nasync def fetch(): ...\n\nx = fetch()\n");
    check_silent(
        "if a:\n    def f():\n        yield 1\nelse:\n    def f():\n        return 1\n\nx = f()\n",
    );
}

#[test]
fn the_order_in_which_items_are_left() {
    check(
        "with open('a') as a, open('b') as b:\n    pass\n\nasync def f():\n    async with (\n        x() as p,\n        y(),\n        z() as q,\n    ):\n        pass\n",
        &expect![[r#"
            with open('a') as a«exit 2», open('b') as b«exit 1»:
                pass

            async def f():
                async with (
                    x() as p«exit 3»,
                    y()«exit 2»,
                    z() as q«exit 1»,
                ):
                    pass
        "#]],
    );
    check_silent("with open('a') as a:\n    with open('b') as b:\n        pass\n");
    check_silent("with (open('a'), open('b')) as pair:\n    pass\n");
    check_silent("with a as b, :\n    pass\n");
}

#[test]
fn only_what_is_asked_for() {
    let source = "with a, b:\n    pass\n\ndef g():\n    yield\n\nx = g()\nwith c, d:\n    pass\n";
    let second = source.find("with c").unwrap();
    let part = shown(source, ALL, Span::new(second, second + 6));
    assert_eq!(part, source.replace("with c,", "with c«exit 2»,"));
    let exits = HintKinds { exit_order: true, ..HintKinds::default() };
    let out = shown(source, exits, Span::new(0, source.len()));
    assert_eq!(out.matches("«exit").count(), 4);
    assert!(!out.contains("generator»"), "{out}");
}

#[test]
fn stubs_and_broken_code_have_none() {
    let settings = Settings { is_stub: true, ..Settings::default() };
    let source = "with a, b:\n    pass\n";
    let document = Document::new(source);
    assert!(inlay_hints(builtin(), &document, &settings, ALL, Span::new(0, 20)).is_empty());
    check_silent("def f(:\n    with a, b:\n        pass\n");
}

#[test]
fn the_chapter_has_words_for_every_kind() {
    for kind in KINDS {
        assert!(builtin().hint_words(kind.name).is_some(), "{}", kind.name);
    }
}

#[test]
fn the_authors_guide_knows_every_kind_and_slot() {
    let guide =
        std::fs::read_to_string(crate::content::testing::content_folder().join("README.md"));
    let guide = guide.unwrap();
    let section = guide.split("## hints.toml").nth(1).unwrap().split("\n## ").next().unwrap();
    for kind in KINDS {
        assert!(section.contains(&format!("| `{}` | {} |", kind.name, kind.doc)), "{}", kind.name);
        for slot in kind.slots {
            assert!(section.contains(&format!("`{}`", slot.name)), "{}", slot.name);
        }
    }
}
