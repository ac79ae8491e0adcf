//! Where the comments of an item stand, and how far each reaches.

use std::cell::OnceCell;

use memchr::memchr_iter;
use rustc_hash::FxHashMap;

use super::comment::{Reach, read};
use super::{Directive, Rules, Stretch};
use crate::syntax::{Kind, Node, Tree, kind};
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

/// The bytes of the file that a comment speaks of, as far as no other comment ends that.
pub(super) fn stretch(
    document: &Document,
    whole: &Whole<'_>,
    item: usize,
    directive: &Directive,
) -> Option<Stretch> {
    let text = document.text();
    let at = document.start_of(item) + directive.at.start;
    let line = text.line_of(at);
    let start = text.line_start(line);
    let alone = text.slice(Span::new(start, at)).trim_start().split('#').next() == Some("");
    match directive.said.reach {
        Reach::File => Some(Stretch::File),
        Reach::Line | Reach::Block if !alone => {
            let first = first_line(document, line);
            Some(Stretch::Lines(Span::new(text.line_start(first), text.line_content(line).end)))
        }
        Reach::Line | Reach::Next => logical_line(document, line + 1).map(Stretch::Starts),
        Reach::Block | Reach::Start => {
            let column = text.slice(Span::new(start, at)).find('#').unwrap_or(at - start);
            Some(Stretch::Starts(Span::new(start, whole.block_end(line + 1, column))))
        }
        Reach::End => None,
    }
}

/// The first of the lines behind which no comment can stand before the end of `line`: they end in a
/// backslash, or in a string.
fn first_line(document: &Document, line: usize) -> usize {
    let text = document.text();
    let mut first = line;
    while first > 0 {
        let before = text.line_content(first - 1);
        let end = text.line_start(first);
        let Some(index) =
            document.item_at(before.start).filter(|it| document.span_of(*it).end >= end)
        else {
            break;
        };
        let Some(tree) = document.items()[index].tree() else { break };
        let break_at = before.end - document.start_of(index);
        let node = tree.root_node().descendant_for_byte_range(break_at, break_at + 1);
        let in_string =
            node.is_some_and(|node| is_in_string(node) || node.parent().is_some_and(is_in_string));
        let goes_on = text.slice(before).ends_with('\\') && {
            let last = tree.root_node().descendant_for_byte_range(break_at - 1, break_at);
            last.is_none_or(|node| kind(node) != Kind::Comment)
        };
        if !in_string && !goes_on {
            break;
        }
        first -= 1;
    }
    first
}

fn is_in_string(node: Node<'_>) -> bool {
    matches!(node.kind(), "string" | "string_content" | "escape_sequence")
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
    let text = document.items()[index].text();
    let mut end = match kind(statement) {
        Kind::DecoratedDefinition => statement.named_child(0)?.end_byte(),
        _ => match suite(statement) {
            // A block starts where its first statement does.
            Some(suite) if is_below(statement, suite, text) => suite.start_byte(),
            Some(suite) => suite.end_byte(),
            None => statement.end_byte(),
        },
    };
    // What stands behind a `;` is of the same line.
    let mut next = statement.next_named_sibling();
    while let Some(other) = next {
        let between = text.get(end..other.start_byte()).unwrap_or("\n");
        if !between.trim_start().starts_with(';') || between.contains('\n') {
            break;
        }
        end = other.end_byte();
        next = other.next_named_sibling();
    }
    Some(Span::new(start, (end + shift).max(start + 1)))
}

/// The first block of a compound statement or of one of its clauses.
fn suite(statement: Node<'_>) -> Option<Node<'_>> {
    statement.named_children().find(|node| kind(*node) == Kind::Block)
}

/// True when the block stands on lines of its own.
fn is_below(statement: Node<'_>, suite: Node<'_>, text: &str) -> bool {
    let colon = suite.prev_sibling().filter(|token| token.kind() == ":");
    let head = colon.map_or(statement.start_byte(), |colon| colon.end_byte());
    text.get(head..suite.start_byte()).is_some_and(|between| between.contains(['\n', '\r']))
}

fn is_block(node: Node<'_>) -> bool {
    matches!(kind(node), Kind::Block | Kind::Module)
}

/// What is to be known of the whole file.
#[derive(Debug)]
pub(super) struct Whole<'a> {
    document: &'a Document,
    /// Where stretches end, by the names in the comments that end them.
    ends: FxHashMap<Name<'a>, Vec<usize>>,
    /// The indentation of each line; none for one without code.
    indents: OnceCell<Vec<Option<usize>>>,
}

/// A name in a comment, and the linter whose name it is; of ours none.
type Name<'a> = (Option<&'static str>, &'a str);

impl<'a> Whole<'a> {
    /// Reads the comments of the file.
    pub fn of(document: &'a Document) -> Self {
        let mut ends: FxHashMap<_, Vec<usize>> = FxHashMap::default();
        for (index, item) in document.items().iter().enumerate() {
            for directive in item.directives() {
                if directive.said.reach == Reach::End {
                    let at = document.start_of(index) + directive.at.start;
                    for name in names(&directive.said.rules) {
                        ends.entry(name).or_default().push(at);
                    }
                }
            }
        }
        Self { document, ends, indents: OnceCell::new() }
    }

    /// Where the block ends that holds a comment of this column: before the first line of code from `line`
    /// on with a smaller indentation.
    fn block_end(&self, line: usize, column: usize) -> usize {
        let text = self.document.text();
        if column == 0 {
            return text.len() + 1;
        }
        let indents = self.indents.get_or_init(|| {
            let indent = |line| {
                let found = text.slice(text.line_content(line));
                let code = found.trim_start();
                let is_code = !code.is_empty() && !code.starts_with('#');
                is_code.then(|| found.len() - code.len())
            };
            (0..text.line_count()).map(indent).collect()
        });
        let rest = indents.get(line..).unwrap_or_default();
        let below = rest.iter().position(|indent| indent.is_some_and(|indent| indent < column));
        below.map_or(text.len() + 1, |below| text.line_start(line + below))
    }

    /// For each name in a comment at `at` where it is ended, in bytes of the file.
    pub fn after(&self, at: usize, rules: &'a Rules) -> Vec<usize> {
        let end = |name: &Name<'a>| {
            let all = self.ends.get(name)?;
            all.get(all.partition_point(|end| *end <= at)).copied()
        };
        names(rules).iter().map(|name| end(name).unwrap_or(usize::MAX)).collect()
    }
}

/// What a comment names. Where it speaks of all there is one name.
fn names(rules: &Rules) -> Vec<Name<'_>> {
    match rules {
        Rules::All => vec![(Some("all"), "")],
        Rules::Ours(names) => names.iter().map(|name| (None, name.as_str())).collect(),
        Rules::Aliases { tools, codes } => {
            let tool = tools.first().copied();
            match codes {
                Some(codes) => codes.iter().map(|code| (tool, code.as_str())).collect(),
                None => vec![(tool, "")],
            }
        }
    }
}
