//! The node at a place and the nodes around it.

use crate::syntax::{Kind, Node, Tree, kind, quirks};
use crate::walk::MAX_DEPTH;

/// The nodes from the root to the leaf at `offset` (bytes of the item). Between two tokens the one
/// that is a word wins, as a cursor stands behind what was typed. Nothing in white space and in
/// broken code.
pub(crate) fn path<'a>(tree: &'a Tree, text: &str, offset: usize) -> Option<Vec<Node<'a>>> {
    let bytes = text.as_bytes();
    let is_word = |at: usize| {
        bytes.get(at).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_' || *b >= 0x80)
    };
    let before = offset.checked_sub(1);
    let mut places = vec![offset];
    match before {
        Some(before) if is_word(before) && !is_word(offset) => places.insert(0, before),
        Some(before) => places.push(before),
        None => {}
    }
    let leaf = places.into_iter().find_map(|place| descend(tree, place))?;
    let place = leaf[leaf.len() - 1].start_byte();
    let broken = leaf
        .iter()
        .any(|node| node.is_error_node() || node.is_missing() || is_torn_at(*node, text, place));
    (!broken).then_some(leaf)
}

/// Whether `place` is on a line that the grammar joins with another.
fn is_torn_at(node: Node<'_>, text: &str, place: usize) -> bool {
    let in_suite = |node: Node<'_>| {
        node.children()
            .any(|child| kind(child) == Kind::Block && child.byte_range().contains(&place))
    };
    quirks::is_torn(node, text) && !in_suite(node)
}

/// The nodes that hold the byte at `offset`, down to a token.
fn descend(tree: &Tree, offset: usize) -> Option<Vec<Node<'_>>> {
    let mut node = tree.root_node();
    let mut path = vec![node];
    // The first child that ends behind the byte may start behind it too: then no token holds it.
    // The text of a string is one token, whatever escapes it holds.
    while kind(node) != Kind::StringContent
        && let Some(child) = node.children().find(|child| child.end_byte() > offset)
    {
        node = child;
        if node.start_byte() > offset || node.end_byte() <= offset || path.len() >= MAX_DEPTH {
            return None;
        }
        path.push(node);
    }
    let is_token = node.is_leaf() || kind(node) == Kind::StringContent;
    (is_token && path.len() > 1).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;

    fn leaf(source: &str) -> Option<String> {
        let offset = source.find("$0").unwrap();
        let source = source.replace("$0", "");
        let document = Document::new(&source);
        let index = document.item_at(offset).unwrap();
        let item = &document.items()[index];
        let path = path(item.tree().unwrap(), item.text(), offset - document.start_of(index))?;
        Some(item.text()[path.last().unwrap().byte_range()].to_owned())
    }

    #[test]
    fn a_cursor_behind_a_word_means_the_word() {
        assert_eq!(leaf("@rate$0_limit(2)\ndef f(): ...\n").as_deref(), Some("rate_limit"));
        assert_eq!(leaf("@rate_limit$0(2)\ndef f(): ...\n").as_deref(), Some("rate_limit"));
        assert_eq!(leaf("@rate_limit($02)\ndef f(): ...\n").as_deref(), Some("2"));
        assert_eq!(leaf("$0@d\ndef f(): ...\n").as_deref(), Some("@"));
        assert_eq!(leaf("f(x)$0\n").as_deref(), Some(")"));
        assert_eq!(leaf("é$0\n").as_deref(), Some("é"));
        assert_eq!(leaf("f('a$0b\\n')\n").as_deref(), Some("ab\\n"));
    }

    #[test]
    fn white_space_and_broken_code_have_no_leaf() {
        assert_eq!(leaf("def f():\n  $0  pass\n"), None);
        assert_eq!(leaf("x = 1\n\n$0\n"), None);
        assert_eq!(leaf("def f(:\n    x = $0y z\n"), None);
        assert_eq!(leaf("def f():\n    x.\n    wra$0pper = g\n"), None);
        assert_eq!(leaf("def f():\n    return x.\\\n    wra$0pper\n").as_deref(), Some("wrapper"));
    }
}
