//! Each node is compared with the one that it was made from.

use proptest::prelude::*;

use super::*;
use crate::Document;

type Parsed<'a> = tree_sitter::Node<'a>;

fn id(node: Option<Node<'_>>, tree: &tree_sitter::Tree) -> Option<usize> {
    node.map(|node| node.parsed(tree).id())
}

fn parsed_id(node: Option<Parsed<'_>>) -> Option<usize> {
    node.map(|node| node.id())
}

fn check_node(node: Node<'_>, parsed: Parsed<'_>, tree: &tree_sitter::Tree) {
    assert_eq!(node.kind(), parsed.kind());
    assert_eq!(node.byte_range(), parsed.byte_range(), "{node:?}");
    assert_eq!(node.is_named(), parsed.is_named(), "{node:?}");
    assert_eq!(node.is_extra(), parsed.is_extra(), "{node:?}");
    assert_eq!(node.is_missing(), parsed.is_missing(), "{node:?}");
    assert_eq!(node.is_broken(), parsed.has_error() || parsed.has_changes(), "{node:?}");
    assert!(!parsed.is_error() || node.is_error_node(), "{node:?}");
    assert_eq!(node.is_leaf(), parsed.child_count() == 0, "{node:?}");
    assert_eq!(node.made_from(parsed, tree), Some(node));
}

fn check_neighbours(node: Node<'_>, parsed: Parsed<'_>, tree: &tree_sitter::Tree) {
    let id = |node| id(node, tree);
    assert_eq!(node.child_count(), parsed.child_count() as usize);
    // Its cursor: by their numbers, it finds errors inside tokens among the named ones.
    let mut cursor = parsed.walk();
    let children: Vec<_> = parsed.children(&mut cursor).map(|it| it.id()).collect();
    let named: Vec<_> = parsed.named_children(&mut cursor).map(|it| it.id()).collect();
    assert_eq!(node.named_child_count(), named.len());
    for index in 0..=node.child_count() {
        assert_eq!(id(node.child(index)), children.get(index).copied(), "{node:?}");
        assert_eq!(id(node.named_child(index)), named.get(index).copied(), "{node:?}");
    }
    for field in (1..=language().field_count() as u16).filter_map(std::num::NonZeroU16::new) {
        let own = Field::of_id(field).unwrap();
        // For the body of a `match`, the parser finds a field of the body in the `match` as well, and
        // in what it skipped it finds none.
        let child = parsed.child_by_field_id(field.get());
        let child = child.filter(|child| child.parent() == Some(parsed));
        if !parsed.is_error() {
            assert_eq!(id(node.child_in(own)), parsed_id(child), "{node:?} {own:?}");
        }
        let mut cursor = parsed.walk();
        let all: Vec<_> =
            parsed.children_by_field_id(field, &mut cursor).map(|it| it.id()).collect();
        let own: Vec<_> = node.children_in(own).map(|it| it.parsed(tree).id()).collect();
        assert_eq!(own, all, "{node:?}");
    }
    assert_eq!(id(node.parent()), parsed_id(parsed.parent()));
    // Beside an empty node the parser finds no siblings.
    check_siblings(&node.children().collect::<Vec<_>>(), Node::next_sibling, Node::prev_sibling);
    let named: Vec<_> = node.named_children().collect();
    check_siblings(&named, Node::next_named_sibling, Node::prev_named_sibling);
}

fn check_siblings<'tree>(
    all: &[Node<'tree>],
    next: impl Fn(&Node<'tree>) -> Option<Node<'tree>>,
    previous: impl Fn(&Node<'tree>) -> Option<Node<'tree>>,
) {
    for (index, node) in all.iter().enumerate() {
        assert_eq!(next(node), all.get(index + 1).copied());
        assert_eq!(previous(node), index.checked_sub(1).map(|index| all[index]));
    }
}

fn check(source: &str) {
    for item in Document::new(source).items() {
        let Some(tree) = item.tree() else { continue };
        let parsed = item.parsed().unwrap();
        let root = parsed.root_node();
        let mut cursor = root.walk();
        for (number, node) in tree.root_node().descendants().enumerate() {
            cursor.goto_descendant(number);
            check_node(node, cursor.node(), parsed);
            check_neighbours(node, cursor.node(), parsed);
        }
        assert_eq!(tree.root_node().descendants().count(), root.descendant_count());
        // Next to what the parser put in, it may find a node around the smallest.
        if tree.root_node().is_broken() {
            continue;
        }
        let len = item.text().len();
        let places = (0..len).flat_map(|at| [(at, at), (at, at + 1), (at, (at + 9).min(len))]);
        for (start, end) in places {
            let found = id(tree.root_node().descendant_for_byte_range(start, end), parsed);
            assert_eq!(found, parsed_id(root.descendant_for_byte_range(start, end)));
            let found = id(tree.root_node().named_descendant_for_byte_range(start, end), parsed);
            assert_eq!(found, parsed_id(root.named_descendant_for_byte_range(start, end)));
        }
    }
}

const SOURCE: &str = "\
@d(1, *a, k=2, **b)
async def f[T](x: int, /, y: 'T' = (yield), *z, k=lambda v, *w: v + 1, **kw) -> dict[str, T]: # c
    global g, h
    if (n := x) > 1 <= y is not None: pass
    elif not x:
        # only this
        return f'{x!r:>{y}} {{}}' 'a\\n' b\"c\"
    else:
        assert x, y; del a[0], b.c
    for i, (j, *k) in a.b(), 2: continue
    else: raise E(x) from None
    with open(x) as y, (z): x += 1
    try: [x async for x in y if x for z in x]; {a: b, **c}; {*a, 1}
    except* (A, B) as e: print(x, file=y)
    except C: ...
    finally:
        x: int = y = \\
            await z
class C(A, metaclass=M):
    'text'
    from .a import (b as c, d)
    import a.b as c, e
    from x import *
match x:
    case [1, *_] | {'a': b, **c} if d: pass
    case C(a=1) as z: x[1:2, ::3] = -1 if a or b else ~c
type A[T] = int | str
while True:
    print >> x, y
    exec 'a' in b
";

#[test]
fn nodes_are_those_of_the_parser() {
    check(SOURCE);
    check("x = (\n\ndef f(:\n    y z\n    return\nclass\n");
    check("def f():\n    x.\n    g = h\n    # c\n");
    check("if x:\n    # nothing\ny\n");
}

proptest! {
    #[test]
    fn nodes_of_broken_code_are_those_of_the_parser(
        (start, end) in (0..SOURCE.len(), 0..SOURCE.len()),
        put in "[a-z:()\\[\\]\n ,'#]{0,4}",
    ) {
        let mut source = SOURCE.to_owned();
        source.replace_range(start.min(end)..start.max(end).min(start.min(end) + 20), &put);
        check(&source);
    }
}
