use super::*;

/// The qualified name of the expression at `$0…$0`.
fn qualified(source: &str) -> Option<String> {
    let (start, end) = (source.find("$0").unwrap(), source.rfind("$0").unwrap() - 2);
    let document = Document::new(&source.replace("$0", ""));
    let item = document.item_at(start).unwrap();
    let base = document.start_of(item);
    let root = document.items()[item].tree().unwrap().root_node();
    let node = node_with(root, Span::new(start - base, end - base)).unwrap();
    Names::new(&document).qualified(item, node)
}

#[track_caller]
fn check(source: &str, expected: &str) {
    assert_eq!(qualified(source).as_deref(), Some(expected), "{source}");
}

#[track_caller]
fn silent(source: &str) {
    assert_eq!(qualified(source), None, "{source}");
}

#[test]
fn imports_are_followed() {
    check("import functools\n$0functools.wraps$0\n", "functools.wraps");
    check("import functools as ft\n$0ft.wraps$0\n", "functools.wraps");
    check("import a.b\n$0a.b.c$0\n", "a.b.c");
    check("import a.b as c\n$0c.d$0\n", "a.b.d");
    check("from functools import (wraps as w)\n$0w$0\n", "functools.wraps");
    check("from . import x\n$0x.y$0\n", ".x.y");
    check("from ..a import x\n$0x$0\n", "..a.x");
    check("import asyncio\nrun = asyncio.gather\n$0run$0\n", "asyncio.gather");
    check("def f():\n    from functools import wraps\n    return $0wraps$0\n", "functools.wraps");
    check(
        "try:\n    import functools\nexcept ImportError:\n    import functools\n$0functools$0\n",
        "functools",
    );
}

#[test]
fn builtins_count_unless_hidden() {
    check("$0property$0\n", "builtins.property");
    silent("from m import *\n$0property$0\n");
    silent("property = 1\n$0property$0\n");
    silent("def f(property):\n    $0property$0\n");
    silent("exec(code)\n$0property$0\n");
    silent("$0unknown$0\n");
    check(
        "class C:\n    property = 1\n    def f(self):\n        $0property$0\n",
        "builtins.property",
    );
}

#[test]
fn two_possibilities_are_none() {
    silent("import a\nimport b as a\n$0a$0\n");
    silent("from functools import wraps\ndef wraps(): ...\n$0wraps$0\n");
    silent("from functools import wraps\ndef f():\n    global wraps\n    wraps = 1\n$0wraps$0\n");
    silent("import x\nif y:\n    z = x.a\nelse:\n    z = x.b\n$0z$0\n");
    silent("def f(): ...\n$0f$0\n");
}

#[test]
fn uses_are_those_of_the_same_variable() {
    let source = "def d(f): return f\n@d\ndef g(): return d\ndef h(d): return d\n";
    let document = Document::new(source);
    let names = Names::new(&document);
    let [bound] = names.module_bindings("d")[..] else { panic!() };
    let uses: Vec<_> = names
        .uses(bound)
        .unwrap()
        .iter()
        .map(|found| document.start_of(found.item) + found.reference.at.start)
        .collect();
    assert_eq!(uses, [20, 38]);
}

#[test]
fn edits_are_followed() {
    let mut document = Document::new("import functools\nx = functools\n");
    assert_eq!(document.items_that_bind("functools"), [0]);
    document.edit(Span::new(7, 16), "os");
    assert_eq!(document.items_that_bind("functools"), [0usize; 0]);
    assert_eq!(document.items_that_use("functools"), [1]);
    document.edit(Span::empty(0), "functools = 1\n");
    assert_eq!(document.items_that_bind("functools"), [0]);
    assert_eq!(document.items_that_use("functools"), [2]);
}

#[test]
fn a_name_used_before_it_is_bound_may_be_another() {
    silent("$0print$0(1)\nfrom rich import print\n");
    check("from rich import print\n$0print$0(1)\n", "rich.print");
    silent("if x:\n    from rich import print\n$0print$0(1)\n");
    silent("def f():\n    $0print$0(1)\nfrom rich import print\n");
    check("if x:\n    from rich import pretty\n$0pretty$0\n", "rich.pretty");
    silent("import a\nclass C:\n    x = $0a$0\n    import a\n");
    check("class C:\n    import a\n    x = $0a$0\n", "a");
    silent("class C:\n    import a\n    def f(self): return $0a$0\n");
}

#[test]
fn uses_of_a_name_that_may_be_a_builtin_are_not_told() {
    let count = |source: &str| {
        let document = Document::new(source);
        let names = Names::new(&document);
        let [bound] = names.module_bindings("print")[..] else { panic!() };
        names.uses(bound).map(|uses| uses.len())
    };
    assert_eq!(count("def print(x): ...\nprint(1)\n"), Some(1));
    assert_eq!(count("print(1)\ndef print(x): ...\n"), None);
}
