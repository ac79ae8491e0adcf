//! Walks over the nodes of an item.

use crate::syntax::{Field, Kind, Node, kind, quirks};

/// Deeper than this nothing is looked at. CPython's compiler gives up long before
/// (`MAXSTACK` of its parser is 6000 calls, several for each level).
pub const MAX_DEPTH: usize = 1_000;

/// Calls `visit` with the path from `root` to each intact named node, parents first. `text` is the text of
/// the item.
///
/// Nodes in broken code are left out: an ERROR node and all in it, a simple statement with an
/// error or [torn](quirks::is_torn) in two, the whole of a function with one, and what the error put
/// out of a definition. A class, a loop or the like is entered, so that the intact statements in it
/// are seen.
pub fn intact<'tree>(root: Node<'tree>, text: &str, visit: impl FnMut(&[Node<'tree>])) {
    intact_below(vec![root], text, |_| true, visit);
}

/// [`intact`] for the last node of `path` and what is below it, without the nodes that are not
/// wanted and what is below them. Nothing when the last node itself is broken.
pub(crate) fn intact_below<'tree>(
    mut path: Vec<Node<'tree>>,
    text: &str,
    is_wanted: impl Fn(Node<'tree>) -> bool,
    mut visit: impl FnMut(&[Node<'tree>]),
) {
    let Some(top) = path.last().copied().filter(|top| is_entered(*top, text)) else { return };
    // No node of a tree without errors has one.
    let has_error = top.is_broken();
    let is_scattered = path.len() == 1 && has_error && quirks::starts_with_definition(text);
    let is_sound = |node: Node<'_>| match has_error {
        true => is_entered(node, text),
        false => !quirks::is_torn(node, text),
    };
    visit(&path);
    let mut next = top.next();
    if path.len() >= MAX_DEPTH {
        next = None;
    }
    while let Some(node) = next.filter(|node| top.holds(*node)) {
        while path.last().is_some_and(|around| !around.holds(node)) {
            path.pop();
        }
        let is_astray = is_scattered && path.len() == 1 && quirks::is_on_indented_line(node, text);
        if !node.is_named() || is_astray || !is_sound(node) || !is_wanted(node) {
            next = node.following();
            continue;
        }
        path.push(node);
        visit(&path);
        next = if path.len() < MAX_DEPTH { node.next() } else { node.following() };
    }
}

/// Whether the inside of this node can be trusted, or parts of it can.
fn is_entered(node: Node<'_>, text: &str) -> bool {
    if !node.is_broken() {
        return !quirks::is_torn(node, text);
    }
    matches!(
        kind(node),
        Kind::Module
            | Kind::Block
            | Kind::ClassDefinition
            | Kind::DecoratedDefinition
            | Kind::IfStatement
            | Kind::ElifClause
            | Kind::ElseClause
            | Kind::ForStatement
            | Kind::WhileStatement
            | Kind::TryStatement
            | Kind::ExceptClause
            | Kind::FinallyClause
            | Kind::WithStatement
            | Kind::MatchStatement
            | Kind::CaseClause
    )
}

/// Calls `visit` with the path from `root` to each intact `attribute` node whose last name is `name`,
/// in the order of these names. Quicker than [`intact`] where the name is rare in `text`, the text of
/// the item.
pub(crate) fn attributes<'tree>(
    root: Node<'tree>,
    text: &str,
    name: &str,
    mut visit: impl FnMut(&[Node<'tree>]),
) {
    if root.is_broken() {
        intact(root, text, |path| {
            let word = Field::Attribute.of(path[path.len() - 1]);
            let is_it = kind(path[path.len() - 1]) == Kind::Attribute
                && word.is_some_and(|word| text.get(word.byte_range()) == Some(name));
            if is_it {
                visit(path);
            }
        });
        return;
    }
    for at in memchr::memmem::find_iter(text.as_bytes(), name) {
        let Some(path) = path_to(root, at, at + name.len()) else { continue };
        let [.., attribute, word] = path[..] else { continue };
        let is_it = kind(attribute) == Kind::Attribute
            && Field::Attribute.of(attribute) == Some(word)
            && word.byte_range() == (at..at + name.len());
        if is_it && !path.iter().any(|node| quirks::is_torn(*node, text)) {
            visit(&path[..path.len() - 1]);
        }
    }
}

/// Calls `visit` with `root` and each node below it, parents first, but not with what is below a
/// node for which `visit` answers true. Nothing deeper than [`MAX_DEPTH`] is visited.
pub fn until<'tree>(root: Node<'tree>, mut visit: impl FnMut(Node<'tree>) -> bool) {
    let mut path = Vec::new();
    let mut next = Some(root);
    while let Some(node) = next.filter(|node| root.holds(*node)) {
        while path.last().is_some_and(|around: &Node<'_>| !around.holds(node)) {
            path.pop();
        }
        next = if !visit(node) && path.len() < MAX_DEPTH {
            path.push(node);
            node.next()
        } else {
            node.following()
        };
    }
}

/// The path from `root` to the smallest named node that covers `start..end`; nothing when it is
/// deeper than [`MAX_DEPTH`].
pub fn path_to(root: Node<'_>, start: usize, end: usize) -> Option<Vec<Node<'_>>> {
    let mut path = vec![root];
    let mut node = root;
    while let Some(child) = node.children().find(|child| child.end_byte() > start) {
        // The child found ends behind `start`; it may begin behind it.
        node = child;
        if node.start_byte() > start || node.end_byte() < end || path.len() > MAX_DEPTH {
            break;
        }
        path.push(node);
    }
    (path.len() <= MAX_DEPTH).then_some(())?;
    while path.last().is_some_and(|node| !node.is_named()) {
        path.pop();
    }
    (!path.is_empty()).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;

    fn seen(source: &str) -> Vec<String> {
        let document = Document::new(source);
        let mut out = Vec::new();
        for item in document.items() {
            intact(item.tree().unwrap().root_node(), item.text(), |path| {
                let node = path[path.len() - 1];
                if kind(node) == Kind::Identifier {
                    out.push(item.text()[node.byte_range()].to_owned());
                }
            });
        }
        out
    }

    #[test]
    fn all_of_intact_code_is_seen() {
        assert_eq!(seen("def f(a):\n    return a.b\nc\n"), ["f", "a", "a", "b", "c"]);
    }

    #[test]
    fn a_broken_function_is_left_out_but_not_its_class() {
        let source = "class C:\n    def f(self):\n        x = (\n\n    def g(self):\n        y\n";
        assert!(seen(source).contains(&"C".to_owned()));
        assert!(!seen(source).contains(&"x".to_owned()));
        assert!(seen("a = 1 +\n").is_empty());
        assert_eq!(seen("a = b.\nc = 1\n"), ["c"]);
        assert_eq!(seen("if a:\n    b =\n    c = 1\n    d\n"), ["a", "d"]);
        assert!(seen("def f(a):\n    b = f'{\n    return c\n\n    d = 1\n").is_empty());
    }

    #[test]
    fn a_path_leads_to_the_smallest_named_node() {
        let document = Document::new("a = f(b)\n");
        let root = document.items()[0].tree().unwrap().root_node();
        let kinds = |start, end| -> Vec<&str> {
            path_to(root, start, end).unwrap().iter().map(|node| node.kind()).collect()
        };
        assert_eq!(
            kinds(6, 7),
            ["module", "expression_statement", "assignment", "call", "argument_list", "identifier"]
        );
        assert_eq!(kinds(4, 8).last(), Some(&"call"));
    }

    #[test]
    fn attributes_are_found_by_their_name() {
        let found = |source: &str| -> Vec<String> {
            let document = Document::new(source);
            let item = &document.items()[0];
            let mut out = Vec::new();
            attributes(item.tree().unwrap().root_node(), item.text(), "run", |path| {
                out.push(item.text()[path[path.len() - 1].byte_range()].to_owned());
            });
            out
        };
        assert_eq!(found("a.run(b.run.x, run, 'c.run', c.rune)  # d.run\n"), ["a.run", "b.run"]);
        assert_eq!(found("run.a(run=run)\n"), [""; 0]);
        let broken =
            "class C:\n    def f(self):\n        x = (\n\n    def g(self):\n        y.run\n";
        assert!(found(broken).len() <= 1);
    }

    #[test]
    fn deep_nesting_is_cut() {
        let document = Document::new(&("not ".repeat(50_000) + "x\n"));
        if let Some(tree) = document.items()[0].tree() {
            let mut deepest = 0;
            let text = document.items()[0].text();
            intact(tree.root_node(), text, |path| deepest = deepest.max(path.len()));
            assert!(deepest <= MAX_DEPTH);
        }
    }
}
