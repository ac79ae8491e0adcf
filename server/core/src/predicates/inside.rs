//! `#inside?`: what a node stands in, which a pattern can only say level by level.

use super::{Arg, Given, Predicate};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind, language};
use crate::walk;

pub static INSIDE: Predicate = Predicate {
    name: "inside?",
    args: &[Arg::Capture("node"), Arg::Texts("for_statement:body")],
    doc: "the node stands in a node of this kind, that in one of the next, and so on outward, with \
          anything between; `kind:field` asks for the field through which one gets in, `a|b` for \
          either; the way ends at a function, lambda or class that is not asked for",
    fault,
    test,
};

/// One `kind` or `kind:field` of a step.
fn choices(step: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    step.split('|').map(|choice| match choice.split_once(':') {
        Some((kind, field)) => (kind, Some(field)),
        None => (choice, None),
    })
}

fn fault(steps: &[&str]) -> Option<String> {
    let language = language();
    steps.iter().flat_map(|step| choices(step)).find_map(|(kind, field)| {
        if language.id_for_node_kind(kind, true) == 0 {
            return Some(format!("`{kind}` is no node of tree-sitter-python"));
        }
        let unknown = field.filter(|field| language.field_id_for_name(field).is_none())?;
        Some(format!("`{unknown}` is no field of tree-sitter-python"))
    })
}

fn test(subject: &Subject<'_>, args: &[Given<'_>]) -> bool {
    let [Given::Node(node), steps @ ..] = args else { return false };
    let (start, end) = (node.start_byte(), node.end_byte());
    let Some(mut path) = walk::path_to(subject.path()[0], start, end) else { return false };
    while path.last().is_some_and(|last| last.id() != node.id()) {
        path.pop();
    }
    let mut steps = steps.iter().filter_map(|step| step.text());
    let Some(mut step) = steps.next() else { return true };
    for pair in path.windows(2).rev() {
        if is_at(step, pair[0], pair[1]) {
            match steps.next() {
                Some(next) => step = next,
                None => return true,
            }
        } else if matches!(
            kind(pair[0]),
            Kind::FunctionDefinition | Kind::ClassDefinition | Kind::Lambda
        ) {
            return false;
        }
    }
    false
}

/// Whether `parent` is what the step asks for, and `child` the part of it that it asks for.
fn is_at(step: &str, parent: Node<'_>, child: Node<'_>) -> bool {
    choices(step).any(|(kind, field)| {
        parent.kind() == kind
            && field.is_none_or(|field| child.field().map(Field::name) == Some(field))
    })
}
