use expect_test::{Expect, expect};

use super::*;
use crate::Document;

/// What every function of `source` is as a decorator.
fn check(source: &str, expected: Expect) {
    let document = Document::new(source);
    let names = Names::new(&document);
    let mut out = String::new();
    for (index, item) in document.items().iter().enumerate() {
        crate::walk::intact(item.tree().unwrap().root_node(), item.text(), |path| {
            let Some(found) = read(names, index, path[path.len() - 1]) else { return };
            let gives = match found.gives {
                Gives::Wrapper => "wrapper",
                Gives::WrapperCall(_) => "wrapper()",
                Gives::Nothing => "nothing",
                Gives::Other => "other",
            };
            let metadata = match found.metadata {
                Metadata::Own => "own",
                Metadata::Copied(_) => "copied",
                Metadata::Unknown => "unknown",
            };
            let users: Vec<_> = users(names, &found)
                .iter()
                .map(|user| {
                    let name = user.definition.child_in(Field::Name).unwrap();
                    names.item(user.item).text()[name.byte_range()].to_owned()
                })
                .collect();
            out.push_str(&format!(
                "{}{}({}): {} calls it {}x, gives {gives}, metadata {metadata}, users {users:?}\n",
                found.factory.map_or(String::new(), |f| format!("{} > ", found.name_of(f))),
                found.name_of(found.function),
                found.func,
                found.name_of(found.wrapper),
                found.calls.len(),
            ));
        });
    }
    expected.assert_eq(&out);
}

#[test]
fn the_chapters_factory() {
    check(
        include_str!("../../../../content/python-interview-5/decorators/tour.py"),
        expect![[r#"
        rate_limit > decorator(func): wrapper calls it 1x, gives wrapper, metadata own, users ["api_call"]
        decorator(func): wrapper calls it 1x, gives wrapper, metadata own, users []
    "#]],
    );
}

#[test]
fn metadata_is_copied_kept_or_unknown() {
    check(
        "import functools as ft
def a(f):
    @ft.wraps(f)
    def w(*p): return f(*p)
    return w
def b(f):
    def w(*p): return f(*p)
    return ft.update_wrapper(w, f)
def c(f):
    @ft.wraps(g)
    def w(*p): return f(*p)
    return w
def d(f):
    def w(*p): return f(*p)
    w.__name__ = f.__name__
    return w
def e(f):
    def w(*p): return f(*p)
    w.calls = 0
    return w
",
        expect![[r#"
            a(f): w calls it 1x, gives wrapper, metadata copied, users []
            b(f): w calls it 1x, gives wrapper, metadata copied, users []
            c(f): w calls it 1x, gives wrapper, metadata unknown, users []
            d(f): w calls it 1x, gives wrapper, metadata unknown, users []
            e(f): w calls it 1x, gives wrapper, metadata own, users []
        "#]],
    );
}

#[test]
fn metadata_may_be_copied_by_the_result_of_a_call() {
    check(
        "import functools
def a(f):
    def w(*p): return f(*p)
    functools.wraps(f)(w)
    return w
def b(f):
    def w(*p): return f(*p)
    return functools.wraps(f)(w)
def c(f):
    def w(*p): return f(*p)
    copy = functools.wraps(f)
    copy(w)
    return w
def d(f):
    def w(*p): return f(*p)
    copier()(w)
    return w
def e(f):
    def w(*p): return f(*p)
    registry.append(w)
    return w
def g(f):
    def w(*p): return f(*p)
    if f:
        functools.update_wrapper(w, f)
    return w
",
        expect![[r#"
            a(f): w calls it 1x, gives wrapper, metadata copied, users []
            b(f): w calls it 1x, gives wrapper, metadata copied, users []
            c(f): w calls it 1x, gives wrapper, metadata unknown, users []
            d(f): w calls it 1x, gives wrapper, metadata unknown, users []
            e(f): w calls it 1x, gives wrapper, metadata own, users []
            g(f): w calls it 1x, gives wrapper, metadata unknown, users []
        "#]],
    );
}

#[test]
fn other_shapes_are_none() {
    check(
        "def a(f, g):
    def w(): return f(g())
    return w
def b(f):
    f = f or b
    def w(): return f()
    return w
def c(f):
    if f:
        def w(): return f()
    else:
        def w(): return f()
    return w
async def d(f):
    def w(): return f()
    return w
def e(f): return f
",
        expect![[""]],
    );
}

#[test]
fn users_are_found_by_name_not_by_spelling() {
    check(
        "def d(f):
    def w(): return f()
    return w
@d
def a(): ...
class C:
    @d
    def b(self): ...
@d()
def c(): ...
def g(d):
    @d
    def h(): ...
@m.d
def i(): ...
",
        expect![[r#"
            d(f): w calls it 1x, gives wrapper, metadata own, users ["a", "b"]
        "#]],
    );
}
