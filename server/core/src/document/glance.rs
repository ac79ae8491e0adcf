//! Which items a question may be about, by their text alone. So of another file, which is asked about a
//! few names, only the items that hold these names are parsed.

mod prose;

use memchr::memmem::Finder;
use unicode_normalization::UnicodeNormalization;

use super::attributes::SETS_ANYTHING;
use super::{Item, ItemId};
use crate::scope::DYNAMIC;

/// An item with more tokens may be more than the parser takes, and then binds anything.
const LONG_ITEM: usize = 32 << 10;

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub(super) enum About<'a> {
    /// Who binds or uses the name.
    Name(&'a str),
    /// Who sets an attribute of that name.
    Attribute(&'a str),
    /// Who imports all names of a module.
    Star,
    /// Who may bind names without writing them.
    Dynamic,
    /// Who may set attributes without naming them.
    Setters,
    /// Only which items there are.
    Order,
    /// All of the above.
    All,
}

/// Takes out of `pending`, which are some of the `items` in their order, those that the question may be
/// about.
pub(super) fn take(items: &[Item], pending: &mut Vec<ItemId>, about: About<'_>) -> Vec<ItemId> {
    let concerns = concern(about);
    let mut wanted = Vec::new();
    let mut items = items.iter();
    pending.retain(|id| {
        let item = items.find(|item| item.id() == *id);
        let is_wanted = item.is_none_or(&concerns);
        if is_wanted {
            wanted.push(*id);
        }
        !is_wanted
    });
    wanted
}

/// Whether the question may be about an item. Wrong only in saying yes too often.
fn concern(about: About<'_>) -> Box<dyn Fn(&Item) -> bool + '_> {
    match about {
        About::All => Box::new(|_| true),
        About::Order => Box::new(|_| false),
        About::Star => {
            let import = Finder::new("import");
            Box::new(move |item| is_odd(item) || imports_star(item.text(), &import))
        }
        About::Dynamic => {
            let words = finders(DYNAMIC);
            Box::new(move |item| is_odd(item) || has_word_in_code(item, &words))
        }
        About::Setters => {
            let words = finders(SETS_ANYTHING);
            let has = move |text: &str| words.iter().any(|it| it.find(text.as_bytes()).is_some());
            Box::new(move |item| is_odd(item) || has(item.text()))
        }
        // A name that is not written as it is, or may be written in several ways.
        About::Name(name) | About::Attribute(name) if !name.is_ascii() || written(name) != name => {
            let word = Finder::new(written(name));
            let is_ascii = name.is_ascii();
            Box::new(move |item| {
                is_odd(item)
                    || !is_ascii && !item.text().is_ascii()
                    || word.find(item.text().as_bytes()).is_some()
            })
        }
        About::Name(name) => {
            let word = [Finder::new(name)];
            Box::new(move |item| is_odd(item) || has_word_in_code(item, &word))
        }
        About::Attribute(name) => {
            let word = Finder::new(name);
            Box::new(move |item| is_odd(item) || word.find(item.text().as_bytes()).is_some())
        }
    }
}

/// True when the item may have no tree, or ASCII names that are not written as they are.
fn is_odd(item: &Item) -> bool {
    let text = item.text();
    text.len() > LONG_ITEM && tokens(text) > LONG_ITEM
        || !item.is_parsable()
        || !text.is_ascii() && is_in_disguise(text)
}

/// At least as many as the tokens of the text: each word is one, and each other byte but white space.
/// Nodes of valid code are fewer than three for each.
fn tokens(text: &str) -> usize {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80;
    let mut before = b' ';
    let starts = text.bytes().filter(|&byte| {
        let goes_on = is_word(byte) && is_word(before);
        before = byte;
        !goes_on && !byte.is_ascii_whitespace()
    });
    starts.count()
}

/// True when a character that is not ASCII may stand for an ASCII one in a name, as names are compared in
/// NFKC (Language Reference, Identifiers). Most that stand in strings and comments do not.
fn is_in_disguise(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut others = text.chars().filter(|c| !c.is_ascii());
    others.any(|c| std::iter::once(c).nfkc().any(is_part))
}

/// Made once for all items: that takes as long as to look through a short one.
fn finders(words: &'static [&'static str]) -> Vec<Finder<'static>> {
    words.iter().map(|word| Finder::new(*word)).collect()
}

/// True when the text may hold `from a import *`; `import` finds that word.
fn imports_star(text: &str, import: &Finder<'_>) -> bool {
    let between = |c: char| c.is_whitespace() || matches!(c, '\\' | '(');
    import.find_iter(text.as_bytes()).any(|at| {
        let mut rest = text[at + "import".len()..].trim_start_matches(between);
        while let Some(comment) = rest.strip_prefix('#') {
            let end = comment.find(['\n', '\r']).unwrap_or(comment.len());
            rest = comment[end..].trim_start_matches(between);
        }
        rest.starts_with('*')
    })
}

/// True when one of the items calls what may bind names without writing them, as its text alone shows: the
/// function is called wherever it is named, so that the name is nothing of the item's own.
pub(super) fn is_surely_dynamic(items: &[Item]) -> bool {
    let words = finders(DYNAMIC);
    items.iter().any(|item| !item.is_open() && !is_odd(item) && calls_one(item.text(), &words))
}

fn calls_one(text: &str, words: &[Finder<'_>]) -> bool {
    let bytes = text.as_bytes();
    let is_call = |at: usize, word: &Finder<'_>| {
        let before = text[..at].trim_end_matches(|c: char| c.is_whitespace() || c == '\\');
        bytes.get(at + word.needle().len()) == Some(&b'(')
            && !["def", "class"].iter().any(|keyword| before.ends_with(keyword))
    };
    let mut prose = None;
    words.iter().any(|word| {
        let mut places = places_of(text, word).peekable();
        if places.peek().is_none() {
            return false;
        }
        let Some(prose) = prose.get_or_insert_with(|| prose::of(text)) else { return false };
        let places: Vec<usize> = places.filter(|at| prose.may_be_code(*at)).collect();
        places.iter().any(|at| prose.is_code(*at)) && places.iter().all(|at| is_call(*at, word))
    })
}

/// True when one of the words stands in the code of the item.
fn has_word_in_code(item: &Item, words: &[Finder<'_>]) -> bool {
    let text = item.text();
    let mut places = words.iter().flat_map(|word| places_of(text, word)).peekable();
    if places.peek().is_none() || item.is_open() {
        return places.peek().is_some();
    }
    let Some(prose) = prose::of(text) else { return true };
    places.any(|at| prose.may_be_code(at))
}

/// Where the word stands in the text, and not as a part of a longer one, or as an attribute.
fn places_of<'a>(text: &'a str, word: &'a Finder<'_>) -> impl Iterator<Item = usize> + 'a {
    let is_part =
        |byte: Option<&u8>| byte.is_some_and(|it| it.is_ascii_alphanumeric() || *it == b'_');
    let bytes = text.as_bytes();
    word.find_iter(bytes).filter(move |&at| {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        // Behind a number, the point is a part of that.
        let is_attribute = before == Some(&b'.')
            && at.checked_sub(2).is_some_and(|before| !bytes[before].is_ascii_digit());
        !is_attribute && !is_part(before) && !is_part(bytes.get(at + word.needle().len()))
    })
}

/// What of the name is surely written where it is meant: in a class, `_C__x` is written `__x` (Language
/// Reference, Private name mangling).
fn written(name: &str) -> &str {
    let private = name.strip_prefix('_').and_then(|rest| rest.find("__")).map(|at| at + 1);
    private.map_or(name, |at| &name[at..])
}

#[cfg(test)]
mod tests {
    use crate::Document;

    const SOURCE: &str = "import a\ndef f():\n    global it\n    it = 1\nclass C:\n    def m(self):\n        \
                          global __p\n        __p = self.x\nf()\n𝔥 = 1\n";

    fn parsed(document: &Document) -> Vec<bool> {
        document.items().iter().map(crate::document::Item::is_parsed).collect()
    }

    #[test]
    fn only_items_that_hold_the_name_are_parsed() {
        let document = Document::of_another_file(SOURCE);
        assert_eq!(document.items_that_bind("it"), [1]);
        assert_eq!(parsed(&document), [false, true, false, false, true]);
        assert_eq!(document.items_that_use("f"), [3]);
        assert_eq!(parsed(&document), [false, true, false, true, true]);
        assert!(!document.has_star_import());
        assert!(!parsed(&document)[0]);
    }

    #[test]
    fn nodes_are_fewer_than_three_for_each_token() {
        for line in [
            "a",
            "f(g)",
            "''",
            "'x'",
            "a:b",
            "-1",
            "if a:b",
            "case a:b",
            "import a",
            "from a import b",
            "def f(a:b=c,*d)->e:g",
            "class A(b):c",
            "@a",
            "lambda a:b",
            "[a for a in b]",
            "x[1:2]",
            "a,b=c",
            "with a as b:c",
            "f'{a}'",
            "f'{a!r:>{b}}'",
            "try:a\nexcept b:c",
            "a if b else c",
            "x={a:b}",
            "async def f():await a",
            "print(a)",
            "not a",
            "a<b",
            "match a:\n case b(c=d):e",
            "type A[B]=c",
            "return a",
            "global a",
            "del a",
            "assert a",
            "(yield)",
            "*a,=b",
            "a.b.c",
        ] {
            let source = format!("{line}\n").repeat(20);
            for item in Document::new(&source).items() {
                let mut nodes = 0;
                crate::walk::until(item.tree().unwrap().root_node(), |_| {
                    nodes += 1;
                    false
                });
                let tokens = super::tokens(item.text());
                assert!(nodes <= 3 * tokens + 1, "{line}: {nodes} nodes, {tokens} tokens");
            }
        }
    }

    #[test]
    fn a_long_item_of_few_tokens_is_left_alone() {
        let words = format!("def f():\n    '''{}'''\nit = 1\n", "word ".repeat(8_000));
        let document = Document::of_another_file(&words);
        assert_eq!(document.items_that_bind("it"), [1]);
        assert_eq!(parsed(&document), [false, true]);
        let signs = format!("def f():\n    '''{}'''\nit = 1\n", "+".repeat(40_000));
        let document = Document::of_another_file(&signs);
        assert_eq!(document.items_that_bind("it"), [1]);
        assert_eq!(parsed(&document), [true, true]);
    }

    #[test]
    fn other_letters_alone_are_no_reason_to_parse() {
        let source = "it = 1\n'é … “” 漢'\nclass É:\n    'ö'\ne\u{301}a = it_ = ﬁt = 1\n";
        let document = Document::of_another_file(source);
        assert_eq!(document.items_that_bind("it"), [0]);
        assert_eq!(parsed(&document), [true, false, false, true]);
        assert_eq!(document.items_that_bind("éa"), [3]);
        assert_eq!(document.items_that_bind("É"), [2]);
        assert_eq!(document.items_that_bind("fit"), [3]);
    }

    #[test]
    fn names_that_are_written_otherwise_are_found() {
        let document = Document::of_another_file(SOURCE);
        assert_eq!(document.items_that_bind("_C__p"), [2]);
        assert_eq!(document.items_that_bind("h"), [4]);
    }

    #[test]
    fn what_is_told_is_the_same() {
        let sources = [
            SOURCE,
            "from a import (\n    *\n)\n",
            "from a import ( # all\n # of it\n *)\n",
            "from a import\\\n*\n",
            "if a:\n    from .a import*\n",
            "import a; b = 1 * 2\n",
            "x.y = 1\nvars()\n",
            "x = vars\n",
            "evaluate(x.eval, my_vars)\n",
            "def f():\n    a.exec(b)\n",
            "x = 1.\ny = 1.if x else vars\n",
            "def f():\n    'vars of f'\n    # eval(x)\n    return a\n",
            "def f():\n    return f'{vars()}'\n",
            "def f():\n    return f'{a[\"b\"]}{vars()[\"c\"]}'\n",
            "def f():\n    '''it's vars'''; return 'a' + vars()['b']\n",
            "def f():\n    return f'vars() {a}'\n",
            "def f():\n    return f'vars() {a}', vars()\n",
            "class C:\n    def vars(self): pass\n    x = vars()\n",
            "class C:\n    def \\\n vars(self): pass\n",
            "def f(vars):\n    return vars()\n",
            "def f():\n    from a import vars\n    return vars()\n",
            "def f(a):\n    return vars (a)\n",
            "def f():\n    x = 'a\n    vars()\n",
            "def f():\n    x = '''a\n    vars()\n",
            "def f(vars, a):\n    return vars(a)\n",
            "def f(vars, a):\n    return lambda: vars(a)\n",
            "class C:\n    vars = 1\n    x = vars\n",
            "def f():\n    global vars\n    vars = 1\n    return vars\n",
            "from .vars import eval\n",
            "from . import vars\n",
            "x.__dict__ = a\n",
            "setattr(f, 'x', 1)\nb.x = 2\n",
            "my_setattr = 1\n",
            "a = 1\na += b\n",
            "",
        ];
        for source in sources {
            let whole = Document::new(source);
            // Each question is the first one: what another has parsed would be known.
            let glanced = || Document::of_another_file(source);
            for name in ["a", "f", "it", "_C__p", "__p", "h", "C", "x", "y", "b", "vars", "none"] {
                assert_eq!(glanced().items_that_bind(name), whole.items_that_bind(name), "{name}");
                assert_eq!(glanced().items_that_use(name), whole.items_that_use(name), "{name}");
                let attributes = whole.items_with_attribute(name);
                assert_eq!(glanced().items_with_attribute(name), attributes, "{name}");
            }
            assert_eq!(glanced().has_star_import(), whole.has_star_import(), "{source}");
            let stars = whole.items_with_star_import();
            assert_eq!(glanced().items_with_star_import(), stars, "{source}");
            assert_eq!(glanced().is_dynamic(), whole.is_dynamic(), "{source}");
            let glanced = glanced();
            for item in glanced.items() {
                assert_eq!(glanced.index_of(item.id()), whole.index_of(item.id()));
            }
        }
    }

    #[test]
    fn words_in_prose_are_no_reason_to_parse() {
        let source =
            "def f():\n    'vars of f'\n    # eval(x)\n    return a\nx = 'exec'\ny = vars\n";
        let document = Document::of_another_file(source);
        assert!(document.is_dynamic());
        assert_eq!(parsed(&document), [false, false, true]);
    }

    #[test]
    fn a_call_of_what_binds_any_name_is_seen_without_a_tree() {
        for source in [
            "class C:\n    def f(self):\n        exec(self.x)\n",
            "def f():\n    # exec is called\n    return f'{a}', exec(a)\n",
        ] {
            let document = Document::of_another_file(source);
            assert!(document.is_dynamic());
            assert_eq!(parsed(&document), [false], "{source}");
        }
        let mut document = Document::of_another_file("exec(a)\n");
        assert!(document.is_dynamic());
        document.edit(crate::Span::new(0, 4), "f");
        assert!(!document.is_dynamic());
    }

    #[test]
    fn attributes_of_that_name_are_no_reason_to_parse() {
        let source =
            "class C:\n    def it(self):\n        return self.x\nx = a.it\n'it'\n# it\nit = 1\n";
        let document = Document::of_another_file(source);
        assert_eq!(document.items_that_bind("x"), [1]);
        assert_eq!(parsed(&document), [false, true, false, false]);
        assert_eq!(document.items_that_bind("it"), [3]);
        assert_eq!(parsed(&document), [true, true, false, true]);
    }

    #[test]
    fn an_edit_ends_it() {
        let mut document = Document::of_another_file(SOURCE);
        assert_eq!(document.items_that_bind("it"), [1]);
        document.edit(crate::Span::new(0, 0), "it = 2\n");
        assert_eq!(document.items_that_bind("it"), [0, 2]);
        assert!(parsed(&document).iter().all(|parsed| *parsed));
    }
}
