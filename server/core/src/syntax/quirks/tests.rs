//! Each test shows first what the raw tree says. One that fails after an update of the grammar
//! shows a gap that is gone.

use expect_test::{Expect, expect};

use super::*;
use crate::Document;
use crate::syntax::Tree;
use crate::walk;

fn tree(source: &str) -> Tree {
    Document::new(source).items()[0].tree().unwrap().clone()
}

fn check_raw(source: &str, expected: Expect) -> Tree {
    let document = Document::new(source);
    expected.assert_eq(&document.items()[0].parsed().unwrap().root_node().to_sexp());
    tree(source)
}

fn first<'a>(tree: &'a Tree, wanted: impl Fn(Node<'a>) -> bool) -> Node<'a> {
    let mut found = None;
    walk::until(tree.root_node(), |node| {
        found = found.or_else(|| wanted(node).then_some(node));
        false
    });
    found.expect("such a node")
}

fn first_of(tree: &Tree, wanted: Kind) -> Node<'_> {
    first(tree, |node| kind(node) == wanted)
}

#[test]
fn an_attribute_of_a_type_is_no_type_alias() {
    let raw = check_raw(
        "type(self).x = 1\n",
        expect![
            "(module (type_alias_statement left: (type (attribute object: (parenthesized_expression (identifier)) attribute: (identifier))) right: (type (integer))))"
        ],
    );
    assert!(is_false_type_alias(raw.root_node().child(0).unwrap()));
    for (source, is_false) in [
        ("type[x] = 1\n", true),
        ("type(a)[i] = 1\n", true),
        ("type X = int\n", false),
        ("type X[T] = list[T]\n", false),
        ("type = 1\n", false),
    ] {
        let tree = tree(source);
        assert_eq!(is_false_type_alias(tree.root_node().child(0).unwrap()), is_false, "{source}");
    }
}

#[test]
fn a_line_break_behind_a_dot_or_an_operator_is_swallowed() {
    let source = "if 1:\n    x = a.\n    y = 3\n";
    let dot = check_raw(
        source,
        expect![
            "(module (if_statement condition: (integer) consequence: (block (expression_statement (assignment left: (identifier) right: (assignment left: (attribute object: (identifier) attribute: (identifier)) right: (integer)))))))"
        ],
    );
    let attribute = first_of(&dot, Kind::Attribute);
    let name = attribute.child_in(Field::Attribute).unwrap();
    assert!(is_after_swallowed_break(source, name));
    check_raw(
        "def f():\n    x =\n    y = 3\n",
        expect![
            "(module (function_definition name: (identifier) parameters: (parameters) body: (block (expression_statement (assignment left: (identifier) right: (assignment left: (identifier) right: (integer)))))))"
        ],
    );
    check_raw(
        "def f():\n    return a and\n    g(3)\n",
        expect![
            "(module (function_definition name: (identifier) parameters: (parameters) body: (block (return_statement (boolean_operator left: (identifier) right: (call function: (identifier) arguments: (argument_list (integer))))))))"
        ],
    );
}

/// Whether the first node of this kind is torn. The items are not asked for, since they end where
/// the line ends.
fn torn(source: &str, wanted: Kind) -> bool {
    let source = &format!("if 1:\n    {}\n", source.replace('\n', "\n    "));
    let tree = tree(source);
    let node = first(&tree, |node| kind(node) == wanted && node.start_byte() > 0);
    is_torn(node, source)
}

#[test]
fn torn_statements_are_told_from_long_ones() {
    assert!(torn("x = a.\ny = 3", Kind::ExpressionStatement));
    assert!(torn("x =\ny = 3", Kind::ExpressionStatement));
    assert!(torn("return a or # b\n\ng(3)", Kind::ReturnStatement));
    assert!(torn("@a.\nb\ndef f(): pass", Kind::Decorator));
    assert!(torn("if a.\nb: pass", Kind::IfStatement));
    assert!(torn("def\nf(): pass", Kind::FunctionDefinition));
    assert!(torn("import\na", Kind::ImportStatement));
    for (source, kind) in [
        ("x = (a.\ny)", Kind::ExpressionStatement),
        ("x = a. \\\ny", Kind::ExpressionStatement),
        ("x = '''\n(\n'''", Kind::ExpressionStatement),
        ("x = [\n    1,  # (\n\n]; y", Kind::ExpressionStatement),
        ("from a import (\n  b,\n)", Kind::ImportFromStatement),
        ("@a(\n  1\n)\ndef f(): pass", Kind::Decorator),
        ("def f(\n  a: int,\n) -> [\n  int\n]:\n    pass", Kind::FunctionDefinition),
        ("class A(\n  B\n):\n    x = 1", Kind::ClassDefinition),
        ("with (\n  a as b\n):\n    x = {\n1: 2}", Kind::WithStatement),
        ("try:\n    a\nfinally:\n    b", Kind::TryStatement),
    ] {
        assert!(!torn(source, kind), "{source}");
    }
}

#[test]
fn a_format_is_no_walrus() {
    let raw = check_raw(
        "f'{a:=10}'\n",
        expect![
            "(module (expression_statement (string (string_start) (interpolation expression: (named_expression name: (identifier) value: (integer))) (string_end))))"
        ],
    );
    let (name, braces) = not_a_walrus(first_of(&raw, Kind::NamedExpression)).unwrap();
    assert_eq!((name.byte_range(), braces), (3..4, None));
    let source = "f'{a:={b}}'\n";
    let nested = tree(source);
    let (_, braces) = not_a_walrus(first_of(&nested, Kind::NamedExpression)).unwrap();
    assert_eq!(&source[braces.unwrap().byte_range()], "{b}");
}

#[test]
fn the_default_of_a_type_parameter_is_an_error() {
    let source = "class C[T = int]: pass\n";
    let raw = check_raw(
        source,
        expect![
            "(module (class_definition name: (identifier) type_parameters: (type_parameter (ERROR (identifier)) (type (identifier))) body: (block (pass_statement))))"
        ],
    );
    let default = first(&raw, |node| &source[node.byte_range()] == "int");
    assert!(is_type_default(source, default));
    let name = first(&raw, |node| &source[node.byte_range()] == "C");
    assert!(!is_type_default(source, name));
}

#[test]
fn a_lazy_import_keeps_its_import() {
    check_raw(
        "lazy import a\n",
        expect![
            "(module (ERROR (identifier)) (import_statement name: (dotted_name (identifier))))"
        ],
    );
}

#[test]
fn parentheses_of_a_with_statement_hold_items_as_in_cpython() {
    check_raw(
        "with (a, b): pass\n",
        expect![
            "(module (with_statement (with_clause (with_item value: (identifier)) (with_item value: (identifier))) body: (block (pass_statement))))"
        ],
    );
}

#[test]
fn a_lone_carriage_return_ends_a_line_all_the_same() {
    let mut parser = tree_sitter::Parser::new();
    parser.set_language(super::super::language()).unwrap();
    let raw = parser.parse("if a:\r    b\r    c\r", None).unwrap();
    assert!(raw.root_node().has_error());
    assert!(!tree("if a:\r    b\r    c\r").root_node().is_broken());
}

#[test]
fn a_comment_holds_its_carriage_return() {
    let raw = tree("# a\r\nb\r\n");
    assert_eq!(first_of(&raw, Kind::Comment).byte_range(), 0..4);
}
