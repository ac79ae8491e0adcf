//! Type expressions: their parts, and when an annotation is evaluated.
//!
//! Sources: Language Reference, Function definitions and Annotated assignment statements; PEP 563,
//! PEP 649, PEP 749.

use super::super::decoration::qualified;
use super::super::source_text::one_line_in;
use super::super::{Facts, Slot, SlotKind};
use super::spelling;
use crate::Document;
use crate::names::Names;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};

/// What all cards about an annotation may say. [`describe`] sets them.
pub const EAGER: Slot = Slot::new(
    "eager",
    SlotKind::Flag,
    "it is evaluated where it stands, up to 3.13, and the code must run there",
);
/// See [`EAGER`].
pub const LAZY: Slot =
    Slot::new("lazy", SlotKind::Flag, "the code runs on 3.14 and later only: evaluated on demand");
/// See [`EAGER`].
pub const TEXT: Slot =
    Slot::new("text", SlotKind::Flag, "`from __future__ import annotations`: kept as a string");
/// See [`EAGER`].
pub const MODERN: Slot =
    Slot::new("modern", SlotKind::Code, "the same type in the spelling of the oldest Python");
/// See [`EAGER`].
pub const TARGET: Slot = Slot::new("target", SlotKind::Code, "that Python, if `modern` is set");
/// See [`EAGER`].
pub const LATER: Slot =
    Slot::new("later", SlotKind::Code, "a shorter spelling that needs Python 3.10");
/// See [`EAGER`].
pub const IMPORTS: Slot = Slot::new(
    "imports",
    SlotKind::Codes,
    "what deprecated aliases in it stand for, if that is no builtin",
);

/// `base[arguments]`.
#[derive(Clone, Debug)]
pub struct Subscripted<'tree> {
    pub base: Node<'tree>,
    pub arguments: Vec<Node<'tree>>,
}

/// The expression in a `type` node or in parentheses.
pub fn inner(mut node: Node<'_>) -> Node<'_> {
    while matches!(kind(node), Kind::Type | Kind::ParenthesizedExpression) {
        match statements(node)[..] {
            [only] => node = only,
            _ => break,
        }
    }
    node
}

/// Reads `base[arguments]`, as the grammar has it in an annotation and elsewhere.
pub fn subscripted(node: Node<'_>) -> Option<Subscripted<'_>> {
    let node = inner(node);
    let (base, arguments) = match kind(node) {
        Kind::GenericType => {
            let [base, list] = statements(node)[..] else { return None };
            (base, statements(list))
        }
        Kind::Subscript => {
            let arguments = node.children_in(Field::Subscript).collect();
            (Field::Value.of(node)?, arguments)
        }
        _ => return None,
    };
    let arguments: Vec<_> = arguments.into_iter().map(inner).collect();
    (!arguments.is_empty()).then_some(Subscripted { base, arguments })
}

/// The dotted name of a type, or of what stands before its brackets.
pub fn head(names: Names<'_>, item: usize, node: Node<'_>) -> Option<String> {
    let base = subscripted(node).map_or_else(|| inner(node), |it| it.base);
    qualified(names, item, base)
}

/// The two sides of `X | Y`.
pub fn alternatives(node: Node<'_>) -> Option<(Node<'_>, Node<'_>)> {
    let node = inner(node);
    match kind(node) {
        Kind::BinaryOperator => {
            let operator = node.child_in(Field::Operator)?;
            (operator.kind() == "|").then_some(())?;
            Some((Field::Left.of(node)?, Field::Right.of(node)?))
        }
        Kind::UnionType => match statements(node)[..] {
            [left, right] => Some((left, right)),
            _ => None,
        },
        _ => None,
    }
}

/// Unions with more members are not taken apart.
const MAX_MEMBERS: usize = 64;

/// The members of a union in any spelling, nested ones too; nothing for what is no union. `None`
/// of `Optional` is no node, so the second value tells of it.
pub fn members<'tree>(
    names: Names<'_>,
    item: usize,
    node: Node<'tree>,
) -> Option<(Vec<Node<'tree>>, bool)> {
    let mut open = vec![node];
    let (mut found, mut optional, mut is_union) = (Vec::new(), false, false);
    while let Some(node) = open.pop() {
        if found.len() + open.len() > MAX_MEMBERS {
            return None;
        }
        if let Some((left, right)) = alternatives(node) {
            open.extend([right, left]);
            is_union = true;
            continue;
        }
        let parts = subscripted(node);
        let head = parts.as_ref().and_then(|parts| qualified(names, item, parts.base));
        match (head.as_deref(), parts) {
            (Some("typing.Optional"), Some(parts)) if parts.arguments.len() == 1 => {
                open.push(parts.arguments[0]);
                (optional, is_union) = (true, true);
            }
            (Some("typing.Union"), Some(parts)) => {
                open.extend(parts.arguments.into_iter().rev());
                is_union = true;
            }
            _ => found.push(inner(node)),
        }
    }
    is_union.then_some((found, optional))
}

/// True with `from __future__ import annotations`. Only a docstring and other imports of this kind
/// may stand above it (Language Reference, Future statements).
pub fn is_deferred(document: &Document) -> bool {
    for item in document.items() {
        let Some(tree) = item.tree() else { return false };
        for statement in statements(tree.root_node()) {
            match kind(statement) {
                Kind::FutureImportStatement => {
                    let mut names = statement.children_in(Field::Name);
                    let is_it = |name: Node<'_>| {
                        let name = Field::Name.of(name).unwrap_or(name);
                        item.text().get(name.byte_range()) == Some("annotations")
                    };
                    if names.any(is_it) {
                        return true;
                    }
                }
                Kind::ExpressionStatement
                    if statement.named_child(0).is_some_and(|node| {
                        matches!(kind(node), Kind::String | Kind::ConcatenatedString)
                    }) => {}
                _ => return false,
            }
        }
    }
    false
}

/// Says when the annotation is evaluated and how it is spelled today.
pub fn describe(subject: &Subject<'_>, annotation: Node<'_>, facts: &mut Facts) {
    let (text, lazy) = evaluation(subject);
    // Stubs are not run.
    let is_run = !subject.settings().is_stub;
    let (text, lazy, eager) = (text && is_run, lazy && !text && is_run, !lazy && !text && is_run);
    facts.flag("text", text).flag("lazy", lazy).flag("eager", eager);
    respell(subject, annotation, facts);
}

/// Whether annotations of the file are kept as strings, and whether all Pythons it runs on
/// evaluate them on demand.
pub fn evaluation(subject: &Subject<'_>) -> (bool, bool) {
    (is_deferred(subject.document()), subject.settings().target.minor >= 14)
}

/// Says how a type is spelled today, where that differs.
pub fn respell(subject: &Subject<'_>, annotation: Node<'_>, facts: &mut Facts) {
    let target = subject.settings().target;
    let written = one_line_in(subject.item_text(), inner(annotation));
    let now = spelling::spell(subject, annotation, target.minor >= 10);
    let later = spelling::spell(subject, annotation, true);
    if let Some(now) = &now {
        facts.codes("imports", now.imports.iter().map(String::as_str));
    }
    let modern = now.map(|now| now.text).filter(|now| *now != written);
    if let Some(later) = later
        && later.text != *modern.as_ref().unwrap_or(&written)
    {
        facts.code("later", later.text);
    }
    if let Some(modern) = modern {
        facts.code("modern", modern).code("target", target.to_string());
    }
}
