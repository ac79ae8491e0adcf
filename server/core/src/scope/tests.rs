use expect_test::{Expect, expect};

use super::*;
use crate::Document;

/// The scopes of `source`, one a line: kind, and `name:how` for what it binds (`?` in a branch),
/// then where each use goes: `name->` and the kind of the scope that owns it.
fn dump(source: &str) -> String {
    let document = Document::new(source);
    let mut out = String::new();
    for item in document.items() {
        let scopes = ItemScopes::build(item.text(), item.tree().unwrap().root_node());
        for (id, scope) in scopes.scopes().iter().enumerate() {
            let mut bound: Vec<_> = scopes
                .bound_names(id)
                .flat_map(|name| scopes.bindings(id, name))
                .map(|b| {
                    (
                        b.at.start,
                        format!(
                            "{}:{:?}{}",
                            scopes.name(b.name),
                            b.kind,
                            if b.conditional { "?" } else { "" }
                        ),
                    )
                })
                .collect();
            bound.sort();
            let bound: Vec<_> = bound.into_iter().map(|(_, text)| text).collect();
            let used: Vec<_> = scopes
                .references()
                .iter()
                .filter(|reference| reference.scope == id)
                .map(|reference| {
                    let owner = match scopes.resolve(id, reference.name) {
                        Resolution::Module => "module".to_owned(),
                        Resolution::Local(owner) => format!("{owner}"),
                    };
                    format!("{}->{owner}", scopes.name(reference.name))
                })
                .collect();
            out.push_str(&format!(
                "{id} {:?} [{}] {}\n",
                scope.kind,
                bound.join(" "),
                used.join(" ")
            ));
        }
    }
    out
}

fn check(source: &str, expected: Expect) {
    expected.assert_eq(&dump(source));
}

#[test]
fn closures_and_declarations() {
    check(
        "def f(a, *, b=c):\n    n = 0\n    def g():\n        nonlocal n\n        global m\n        n = m = a\n    return g\n",
        expect![[r#"
            0 Module [f:Function m:Assignment] c->module
            1 Function [a:Parameter b:Parameter n:Assignment g:Function n:Assignment] g->1
            2 Function [] a->1
        "#]],
    );
}

#[test]
fn a_target_in_parentheses() {
    check(
        "def f():\n    (a) += 1\n    (b): int\n    (c): int = 1\n    ((d)) *= 2\n    (e.x): int\n",
        expect![[r#"
            0 Module [f:Function] 
            1 Function [a:AugmentedAssignment c:Assignment d:AugmentedAssignment] a->1 int->module int->module d->1 e->module int->module
        "#]],
    );
}

#[test]
fn classes_hide_their_names_from_functions() {
    check(
        "class C(B):\n    x = 1\n    y = x\n    __z = 2\n    def m(self):\n        return x, self.__z, __z\n",
        expect![[r#"
            0 Module [C:Class] B->module
            1 Class [x:Assignment y:Assignment _C__z:Assignment m:Function] x->1
            2 Function [self:Parameter] x->module self->2 _C__z->module
        "#]],
    );
}

#[test]
fn comprehensions_have_a_scope_of_their_own() {
    check(
        "def f(z):\n    return [y for x in z if (w := x) for y in x]\n",
        expect![[r#"
        0 Module [f:Function] 
        1 Function [z:Parameter w:NamedExpression?] z->1
        2 Comprehension [x:For? y:For?] y->2 x->2 x->2
    "#]],
    );
}

#[test]
fn every_statement_that_binds() {
    check(
        "def f():\n    import a.b, c.d as e\n    from g import h, i as j\n    with k as (l, m): pass\n    try: pass\n    except N as o: pass\n    for p, *q in r: pass\n    s: int\n    t: int = 1\n    u += 1\n    v.w, x[y] = 1\n    del z\n    match aa:\n        case bb: pass\n        case C(dd, ee=ff) | D.gg: pass\n        case [1, *hh] as ii: pass\n        case {'k': jj, **kk}: pass\n        case _: pass\n",
        expect![[r#"
            0 Module [f:Function] 
            1 Function [a:Import e:Import h:ImportFrom j:ImportFrom l:With m:With o:Except? p:For? q:For? s:Declaration t:AnnotatedAssignment u:AugmentedAssignment z:Delete bb:Capture? dd:Capture? ff:Capture? hh:Capture? ii:Capture? jj:Capture? kk:Capture?] k->module N->module r->module int->module int->module u->1 v->module x->module y->module aa->module C->module D->module
        "#]],
    );
}

#[test]
fn type_parameters_and_the_false_type_alias() {
    check(
        "def f[T: int](a: T) -> T: pass\ntype X[U] = list[U]\ntype(self).x = 1\n",
        expect![[r#"
            0 Module [f:Function] 
            1 TypeParameters [T:TypeParameter] int->module T->1 T->1
            2 Function [a:Parameter] 
            0 Module [X:TypeAlias] 
            1 TypeParameters [U:TypeParameter] list->module U->1
            0 Module [] type->module self->module
        "#]],
    );
}

#[test]
fn a_line_break_behind_a_dot_ends_the_statement() {
    check(
        "def f():\n    x = a.\n    y = 3\n    a.\n    g(b)\n    (a.\n    b)\n    a[b.\n    c]\n    a. \\\n    b\n    (a.\n    d) = b\n    with (a.\n    e as h): pass\n    def i(j=a.\n    k): pass\n",
        expect![[r#"
            0 Module [f:Function] 
            1 Function [x:Assignment y:Assignment h:With i:Function] a->module a->module g->module b->module a->module a->module b->module a->module a->module b->module a->module a->module
            2 Function [j:Parameter] 
        "#]],
    );
}

#[test]
fn what_looks_like_a_walrus_or_a_statement_and_is_not() {
    check(
        "f'{a:=10} {b:={c}} {(d := e)}'\n",
        expect![[r#"
        0 Module [d:NamedExpression] a->module b->module c->module e->module
    "#]],
    );
    check(
        "print >>f, a\n",
        expect![[r#"
        0 Module [] print->module f->module a->module
    "#]],
    );
    check(
        "type[a] = b\n",
        expect![[r#"
        0 Module [] type->module a->module b->module
    "#]],
    );
}

#[test]
fn defaults_of_type_parameters_are_no_parameters() {
    check(
        "class C[T = int, *Ts = str](B[T]): pass\n",
        expect![[r#"
            0 Module [C:Class] 
            1 TypeParameters [T:TypeParameter Ts:TypeParameter] int->module str->module B->module T->1
            2 Class [] 
        "#]],
    );
}

#[test]
fn an_annotated_name_in_parentheses_is_not_declared() {
    check(
        "def f():\n    (a): int\n    (b): int = 1\n    c: int\n",
        expect![[r#"
        0 Module [f:Function] 
        1 Function [b:Assignment c:Declaration] int->module int->module int->module
    "#]],
    );
}

#[test]
fn what_a_class_declares_does_not_reach_its_methods() {
    check(
        "def f(x):\n    class C:\n        global x\n        x = 1\n        def m(self):\n            return x, __class__\n",
        expect![[r#"
            0 Module [f:Function x:Assignment] 
            1 Function [x:Parameter C:Class] 
            2 Class [m:Function] 
            3 Function [self:Parameter] x->1 __class__->module
        "#]],
    );
}

#[test]
fn type_parameters_in_a_class_see_its_names() {
    check(
        "class C:\n    X = int\n    def m[T: X](self, a: X): return X\n",
        expect![[r#"
        0 Module [C:Class] 
        1 Class [X:Assignment m:Function] int->module
        2 TypeParameters [T:TypeParameter] X->1 X->1
        3 Function [self:Parameter a:Parameter] X->module
    "#]],
    );
}

#[test]
fn lambdas_and_joined_lines() {
    check(
        "f = lambda a, \\\n    b=c: a + b\n",
        expect![[r#"
        0 Module [f:Assignment] c->module
        1 Lambda [a:Parameter b:Parameter] a->1 b->1
    "#]],
    );
}

#[test]
fn compatible_characters_make_one_name() {
    check(
        "ﬁ = 1\nfi\n",
        expect![[r#"
        0 Module [fi:Assignment] 
        0 Module [] fi->module
    "#]],
    );
}

#[test]
fn what_an_error_puts_out_of_a_definition_binds_nothing_in_the_module() {
    check(
        "def f(a):\n    import re\n    b = f'''{re.x\n    return b\n",
        expect![[r#"
        0 Module [] f->module a->module b->module re->module return->module b->module
    "#]],
    );
    check(
        "if a:\n    import re\n    b = f'''{re.x\n",
        expect![[r#"
        0 Module [re:Import] a->module b->module re->module
    "#]],
    );
    check(
        "def f(a):\n    global b\n    b = f'''{re.x\n    return b\n",
        expect![[r#"
        0 Module [] f->module a->module b->module re->module return->module b->module
    "#]],
    );
}

#[test]
fn a_statement_that_is_left_open_binds_what_its_first_words_say() {
    check(
        "def f(a):\n    import re\n    b = f'{re.x\n    return b\n",
        expect![[r#"
            0 Module [f:Function] 
            1 Function [a:Parameter re:Import b:Assignment?] b->1
        "#]],
    );
    check(
        "class A:\n    names = exec(\n    def g(self):\n        return self.x[1\n",
        expect![[r#"
            0 Module [A:Class] 
            1 Class [names:Assignment? g:Function] exec->module
            2 Function [self:Parameter] 
        "#]],
    );
}

#[test]
fn what_may_bind_names_without_writing_them() {
    for (source, expected) in [
        ("exec(code)\n", true),
        ("def f(n, eval=eval):\n    return n\n", true),
        ("class C:\n    vars = vars()\n", true),
        ("def f():\n    global vars\n    vars = 1\n    return vars\n", true),
        ("def f():\n    from builtins import exec\n    exec(code)\n", true),
        ("def f(locals):\n    return locals\n", false),
        ("def f(vars):\n    return lambda: [vars for x in vars]\n", false),
        ("f(locals=1).vars\n", false),
        ("def f(eval): pass\nf(eval)\n", true),
    ] {
        assert_eq!(Document::new(source).is_dynamic(), expected, "{source}");
    }
}
