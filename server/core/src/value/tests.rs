use super::*;
use crate::Document;
use crate::names::node_with;
use crate::syntax::Field;

mod attributes;
mod calls;
mod names;

/// What the expression at `$0…$0` evaluates to, in words.
fn value(source: &str) -> Option<String> {
    let (start, end) = (source.find("$0").unwrap(), source.rfind("$0").unwrap() - 2);
    let document = Document::new(&source.replace("$0", ""));
    let item = document.item_at(start).unwrap();
    let base = document.start_of(item);
    let root = document.items()[item].tree().unwrap().root_node();
    let node = node_with(root, (start - base..end - base).into()).unwrap();
    let value = of(Names::new(&document), item, node)?;
    let of = |what: &str, definition: Definition<'_>| {
        let text = document.items()[definition.item].text();
        let name = definition.node.child_in(Field::Name).unwrap_or(definition.node);
        format!("{what} {}", &text[name.byte_range()])
    };
    let object = match value.object.clone() {
        Object::Builtin(kind) => format!("a {}", kind.qualified()),
        Object::Named(name) => format!("named {name}"),
        Object::Called(name) => format!("called {name}"),
        Object::Function(definition) => of("function", definition),
        Object::Lambda => "lambda".to_owned(),
        Object::Class(definition) => of("class", definition),
        Object::Instance(definition) => of("instance of", definition),
        Object::Generator(definition) => of("generator of", definition),
        Object::AsyncGenerator(definition) => of("async generator of", definition),
        Object::Coroutine(definition) => of("coroutine of", definition),
        Object::Returned(definition) => of("returned by", definition),
    };
    let made = &document.items()[value.item].text()[value.node.byte_range()];
    let often = if value.once { "" } else { ", not once" };
    Some(format!("{object}{often}: {}", made.lines().next().unwrap()))
}

#[track_caller]
fn check(source: &str, expected: &str) {
    assert_eq!(value(source).as_deref(), Some(expected), "{source}");
}

#[track_caller]
fn silent(source: &str) {
    assert_eq!(value(source), None, "{source}");
}

#[test]
fn literals_and_displays() {
    for (expression, kind) in [
        ("[1]", "builtins.list"),
        ("[x for x in y]", "builtins.list"),
        ("{1: 2}", "builtins.dict"),
        ("{}", "builtins.dict"),
        ("{1}", "builtins.set"),
        ("{*a}", "builtins.set"),
        ("()", "builtins.tuple"),
        ("(1,)", "builtins.tuple"),
        ("(((1)))", "builtins.int"),
        ("None", "types.NoneType"),
        ("True", "builtins.bool"),
        ("not x", "builtins.bool"),
        ("-1", "builtins.int"),
        ("-True", "builtins.int"),
        ("0xFE", "builtins.int"),
        ("1e5", "builtins.float"),
        ("2j", "builtins.complex"),
        ("1.5J", "builtins.complex"),
        ("'a' \"b\"", "builtins.str"),
        ("f'{x}'", "builtins.str"),
        ("Rb'x'", "builtins.bytes"),
        ("[0] * 3", "builtins.list"),
        ("2 * [0]", "builtins.list"),
        ("[1] + [2] + [3]", "builtins.list"),
        ("{1: 2} | {}", "builtins.dict"),
        ("{1} | frozenset()", "builtins.set"),
        ("(y := {})", "builtins.dict"),
    ] {
        let found = value(&format!("x = $0{expression}$0\n")).unwrap_or_default();
        assert!(found.starts_with(&format!("a {kind}:")), "{expression}: {found}");
    }
    check("$0lambda: 1$0\n", "lambda: lambda: 1");
    check("x = $0(y for y in z)$0\n", "generator of (y for y in z): (y for y in z)");
    check(
        "async def f():\n    x = $0(y async for y in z)$0\n",
        "async generator of (y async for y in z): (y async for y in z)",
    );
}

#[test]
fn what_may_be_anything_is_nothing() {
    for expression in [
        "a or []",
        "[] if a else ()",
        "[0] * n",
        "a + [1]",
        "[1] + a",
        "[1] + (2,)",
        "a < b",
        "a[0]",
        "[1, 2][0]",
        "a.b",
        "-a",
        "t'{x}'",
        "'a' b'b'",
        "(await x for y in z)",
        "1 / x",
    ] {
        let source = format!("async def f(a, b, n, x, z):\n    q = $0{expression}$0\n");
        assert_eq!(value(&source), None, "{expression}");
    }
}

#[test]
fn depth_is_bounded() {
    silent(&format!("x = $0{}1{}$0\n", "(".repeat(80), ")".repeat(80)));
    let chain: String = (1..40).map(|n| format!("x{n} = x{}\n", n - 1)).collect();
    silent(&format!("x0 = []\n{chain}$0x39$0\n"));
    silent(&format!("x = $0''{}$0\n", ".strip()".repeat(300)));
    silent("x = y\ny = x\n$0x$0\n");
}
