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
    let source = "def f():\n    'vars of f'\n    # eval(x)\n    return a\nx = 'exec'\ny = vars\n";
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
