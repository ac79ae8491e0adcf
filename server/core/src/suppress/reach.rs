//! Where the comments of an item stand, and how far each reaches.

use memchr::memchr_iter;
use tree_sitter::{Node, Tree};

use super::comment::{Reach, read};
use super::{Directive, Rules, Stretch};
use crate::syntax::{Kind, kind};
use crate::{Document, Span};

/// Most comments of one item that are looked at.
const MAX_DIRECTIVES: usize = 1_000;

/// The comments of an item that silence something.
pub(crate) fn directives(text: &str, tree: &Tree) -> Vec<Directive> {
    let root = tree.root_node();
    let mut found = Vec::new();
    for start in memchr_iter(b'#', text.as_bytes()) {
        let rest = &text[start + 1..];
        let end = rest.find(['#', '\n', '\r']).unwrap_or(rest.len());
        let Some(said) = read(&rest[..end]) else { continue };
        let node = root.descendant_for_byte_range(start, start + 1);
        if node.is_some_and(|node| kind(node) == Kind::Comment) {
            found.push(Directive { at: Span::new(start, start + 1 + end), said });
            if found.len() == MAX_DIRECTIVES {
                break;
            }
        }
    }
    found
}

/// The bytes of the file that a comment speaks of.
pub(super) fn stretch(document: &Document, item: usize, directive: &Directive) -> Option<Stretch> {
    let text = document.text();
    let at = document.start_of(item) + directive.at.start;
    let line = text.line_of(at);
    let start = text.line_start(line);
    let alone = text.slice(Span::new(start, at)).trim_start().split('#').next() == Some("");
    let here = Stretch::Lines(text.line_content(line));
    match directive.said.reach {
        Reach::File => Some(Stretch::File),
        Reach::Line | Reach::Block if !alone => Some(here),
        Reach::Line | Reach::Next => logical_line(document, line + 1).map(Stretch::Starts),
        Reach::Block | Reach::Start => {
            let column = text.slice(Span::new(start, at)).find('#').unwrap_or(at - start);
            let end = block_end(document, line + 1, column);
            let end =
                ended_by(document, at, &directive.said.rules).map_or(end, |stop| stop.min(end));
            Some(Stretch::Starts(Span::new(start, end)))
        }
        Reach::End => None,
    }
}

/// The logical line that starts on `line` or, past blank lines and comments, below: a simple
/// statement, a decorator, or a compound statement up to its block.
fn logical_line(document: &Document, line: usize) -> Option<Span> {
    let text = document.text();
    let mut line = line;
    let start = loop {
        (line < text.line_count()).then_some(())?;
        let found = text.slice(text.line_content(line));
        let code = found.trim_start();
        if !code.is_empty() && !code.starts_with('#') {
            break text.line_start(line) + found.len() - code.len();
        }
        line += 1;
    };
    let index = document.item_at(start)?;
    let shift = document.start_of(index);
    let root = document.items()[index].tree()?.root_node();
    let mut node = root.descendant_for_byte_range(start - shift, start - shift + 1)?;
    let mut statement = node;
    while let Some(parent) = node.parent() {
        if parent.start_byte() != node.start_byte() || parent.id() == root.id() {
            break;
        }
        node = parent;
        if !is_block(node) {
            statement = node;
        }
    }
    // A block starts where its first statement does.
    let end = match kind(statement) {
        Kind::DecoratedDefinition => statement.named_child(0)?.end_byte(),
        _ => ["body", "consequence", "alternative"]
            .iter()
            .find_map(|field| statement.child_by_field_name(field))
            .filter(|body| is_block(*body))
            .map_or(statement.end_byte(), |body| body.start_byte()),
    };
    Some(Span::new(start, (end + shift).max(start + 1)))
}

fn is_block(node: Node<'_>) -> bool {
    matches!(kind(node), Kind::Block | Kind::Module)
}

/// Where the block ends that holds a comment of this column: before the first line of code with a
/// smaller indentation.
fn block_end(document: &Document, line: usize, column: usize) -> usize {
    let text = document.text();
    if column == 0 {
        return text.len() + 1;
    }
    for line in line..text.line_count() {
        let start = text.line_start(line);
        let found = text.slice(text.line_content(line));
        let code = found.trim_start();
        if !code.is_empty() && !code.starts_with('#') && found.len() - code.len() < column {
            return start;
        }
    }
    text.len() + 1
}

/// The place of the next comment that ends what a comment at `at` started.
fn ended_by(document: &Document, at: usize, rules: &Rules) -> Option<usize> {
    let first = document.item_at(at)?;
    (first..document.items().len()).find_map(|index| {
        let start = document.start_of(index);
        let ends = |directive: &&Directive| {
            directive.said.reach == Reach::End
                && start + directive.at.start > at
                && directive.said.rules == *rules
        };
        document.items()[index].directives().iter().find(ends).map(|stop| start + stop.at.start)
    })
}
