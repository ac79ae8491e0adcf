use super::*;
use crate::Document;
use crate::items::item_end;

/// The text that the parser gets for the only item of `source`.
fn parsed(source: &str) -> String {
    let end = item_end(source);
    assert_eq!(end.len, source.len(), "one item");
    if end.is_open { masked(source).text.into_owned() } else { source.to_owned() }
}

fn unchanged(source: &str) {
    assert_eq!(parsed(source), source);
}

#[test]
fn a_statement_that_is_left_open_gives_way_to_a_name() {
    assert_eq!(
        parsed("class A:\n    def f(self):\n        x = sum(len(p\n        return x\n"),
        "class A:\n    def f(self):\n        ____         \n        return x\n",
    );
    assert_eq!(
        parsed("def f():\n    text = f'{a\n    return text\n"),
        "def f():\n    ____       \n    return text\n",
    );
    assert_eq!(
        parsed("def f():\n    table = {'a': [1,\n    b = 1\n    c = 2\n"),
        "def f():\n    ____             \n    b = 1\n    c = 2\n",
    );
}

#[test]
fn a_quote_is_left_open_at_the_end_of_its_line() {
    for statement in ["name = 'it", "name = f'it", "name = f'{it:>{width", "name = f'{it!r"] {
        let source = |statement: &str| {
            format!("def f():\n    {statement}\n    if x: y = {{1: 'a'}}\n    return name\n")
        };
        let blank = format!("____{}", " ".repeat(statement.len() - 4));
        assert_eq!(parsed(&source(statement)), source(&blank), "{statement}");
    }
}

#[test]
fn deeper_lines_belong_to_it() {
    assert_eq!(
        parsed("def f():\n    call(first,\n\n        # why\n        second\n\n    return 1\n"),
        "def f():\n    ____       \n\n             \n              \n\n    return 1\n",
    );
}

#[test]
fn the_end_of_the_item_is_a_proof_too() {
    assert_eq!(parsed("def f():\n    return g(a, b"), "def f():\n    ____         ");
}

#[test]
fn several_may_be_open() {
    assert_eq!(
        parsed("def f():\n    print((1, 2)\n    x = 1\n    print([1, 2\n    return x\n"),
        "def f():\n    ____        \n    x = 1\n    ____       \n    return x\n",
    );
    let many = "    print((1, 2)\n    x = 1\n".repeat(MOST + 1);
    unchanged(&format!("def f():\n{many}    return x\n"));
}

#[test]
fn the_head_of_a_block_stays_but_one_without_a_block() {
    unchanged("class A:\n    def method(self, a\n        return a\n");
    assert_eq!(
        parsed("class A:\n    def method(self, a\n    x = 1\n    y = 2\n"),
        "class A:\n    ____              \n    x = 1\n    y = 2\n",
    );
}

#[test]
fn the_first_line_and_short_ones_stay() {
    unchanged("print((1, 2)\n");
    unchanged("def f():\n    g(x\n    return x\n");
}

#[test]
fn what_is_closed_stays() {
    for source in [
        "def f():\n    return [\n        x\n        for x in y\n        if x else z\n    ]\n",
        "def f():\n    call(\n    a,\n    b\n    )\n    return 1\n",
        "def f():\n    text = f'''{\n    a}'''\n    return text\n",
        "def f():\n    return ('a'\n    'b'\n    rb'c')\n",
        "def f():\n    return (yield\n    x)\n",
        "def f():\n    doc = \"\"\"left (open\n    return\n",
    ] {
        unchanged(source);
    }
}

#[test]
fn characters_are_replaced_whole() {
    assert_eq!(
        parsed("def f():\n    größen(ä, 'ö'\n    return 1\n"),
        format!("def f():\n    ____{}\n    return 1\n", " ".repeat("größen(ä, 'ö'".len() - 4))
    );
    // The fourth byte is inside a character.
    assert_eq!(
        parsed("def f():\n    abcä(1\n    return 1\n"),
        "def f():\n    _____  \n    return 1\n"
    );
}

#[test]
fn the_rest_of_the_item_keeps_its_tree_and_the_function_is_broken() {
    let source =
        "class A:\n    def f(self):\n        x = sum(len(p\n        y = 1\n    def g(self): pass\n";
    let document = Document::new(source);
    let item = &document.items()[0];
    assert!(!item.is_intact());
    let mut seen = Vec::new();
    let root = item.tree().unwrap().root_node();
    crate::walk::intact(root, item.text(), |path| seen.push(path[path.len() - 1].kind()));
    assert_eq!(
        seen,
        [
            "module",
            "class_definition",
            "identifier",
            "block",
            "function_definition",
            "identifier",
            "parameters",
            "identifier",
            "block",
            "pass_statement"
        ],
    );
}

#[test]
fn what_it_binds_is_known() {
    let bound = |statement: &str| {
        let source = format!("def f():\n    {statement}\n    return g\n");
        let document = Document::new(&source);
        let scopes = document.items()[0].scopes().unwrap();
        let mut names: Vec<_> =
            scopes.bound_names(1).map(|name| scopes.name(name).to_owned()).collect();
        names.sort();
        names
    };
    assert_eq!(bound("first, second = call(a, b=[1"), ["first", "second"]);
    assert_eq!(bound("from module import (first, second"), ["first", "second"]);
    assert_eq!(bound("call(keyword=1, other"), Vec::<String>::new());
    assert_eq!(bound("self.attribute = call("), Vec::<String>::new());
    assert_eq!(bound("def inner(a, b"), ["inner"]);
}
