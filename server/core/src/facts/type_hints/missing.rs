//! A parameter without annotation, in a file that has annotated functions.
//!
//! Source: PEP 484, The meaning of annotations: a function without annotations is treated as if
//! everything in it were `Any`, and checkers may skip it; typing specification.

use crate::facts::decoration::Decorated;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::parameters, kind};
use crate::walk;

pub static PROVIDER: Provider = Provider {
    name: "missing-annotation",
    doc: "a parameter without annotation in a file with annotated functions; `@target` is the \
          `identifier`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("parameter", SlotKind::Code, "the parameter, if others of the function have one"),
    Slot::new("alone", SlotKind::Code, "the parameter, if the function has no annotation at all"),
    Slot::new("function", SlotKind::Code, "the function"),
    Slot::new("annotated", SlotKind::Number, "how many functions of the file have annotations"),
    Slot::new("all", SlotKind::Number, "how many functions the file has"),
    Slot::new("others", SlotKind::Codes, "further parameters of the function without annotation"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    let mut above = subject.ancestors();
    let mut parent = above.next()?;
    if kind(parent) == Kind::DefaultParameter {
        (Field::Name.of(parent) == Some(node)).then_some(())?;
        parent = above.next()?;
    }
    let function = above.next().filter(|node| kind(*node) == Kind::FunctionDefinition)?;
    if Field::Parameters.of(function) != Some(parent) || function.is_broken() {
        return None;
    }
    let all = parameters(function)?;
    let index = all.iter().position(|one| one.name == node)?;
    let around =
        above.find(|node| matches!(kind(*node), Kind::FunctionDefinition | Kind::ClassDefinition));
    let is_method = around.is_some_and(|node| kind(node) == Kind::ClassDefinition);
    // The first parameter of a method is known without.
    let skipped = usize::from(is_method && !is_static(subject, function));
    if index < skipped {
        return None;
    }
    let is_typed = is_annotated(function);
    let (annotated, count) = count(subject);
    (annotated > 0).then_some(())?;
    let mut facts = Facts::of(SLOTS);
    let name = subject.text(node);
    facts.code(if is_typed { "parameter" } else { "alone" }, name);
    facts.code("function", subject.text(Field::Name.of(function)?));
    facts.number("annotated", annotated).number("all", count);
    let others = all
        .iter()
        .enumerate()
        .filter(|(at, one)| *at >= skipped && *at != index && one.annotation.is_none());
    if is_typed {
        facts.codes("others", others.map(|(_, one)| subject.text(one.name)));
    }
    Some(facts)
}

/// True when a parameter or the result has an annotation.
fn is_annotated(function: Node<'_>) -> bool {
    Field::ReturnType.of(function).is_some()
        || parameters(function).is_some_and(|all| all.iter().any(|one| one.annotation.is_some()))
}

/// True for a static method.
fn is_static(subject: &Subject<'_>, function: Node<'_>) -> bool {
    let decorated = subject.ancestors().find(|node| kind(*node) == Kind::DecoratedDefinition);
    let decorated = decorated.filter(|it| Field::Definition.of(*it) == Some(function));
    decorated.is_some_and(|it| {
        Decorated::read(subject.names(), subject.item(), it)
            .is_none_or(|it| it.all.iter().any(|one| one.is(&["builtins.staticmethod"])))
    })
}

/// How many functions of the file, not counting those in functions, have annotations, and how many
/// there are.
fn count(subject: &Subject<'_>) -> (usize, usize) {
    let (mut annotated, mut all) = (0, 0);
    for item in subject.names().all_items() {
        let Some(tree) = item.tree() else { continue };
        walk::until(tree.root_node(), |node| match kind(node) {
            Kind::FunctionDefinition => {
                all += 1;
                annotated += usize::from(is_annotated(node));
                true
            }
            Kind::ExpressionStatement | Kind::ImportStatement | Kind::ImportFromStatement => true,
            _ => false,
        });
    }
    (annotated, all)
}

#[cfg(test)]
mod tests;
