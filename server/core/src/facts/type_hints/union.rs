//! `Optional`, `Union` and `X | Y`.
//!
//! Sources: Library Reference, typing, `Optional` and `Union`; PEP 604; checked with CPython 3.9 to
//! 3.13.

use super::super::classes::Class;
use super::super::source_text::one_line;
use super::super::{Facts, Provider, Slot, SlotKind};
use super::annotation::{
    IMPORTS, LATER, MODERN, TARGET, alternatives, evaluation, head, inner, members, respell,
    subscripted,
};
use crate::subject::Subject;
use crate::syntax::{Kind, Node, function::parameters, kind};

pub static PROVIDER: Provider = Provider {
    name: "union-type",
    doc: "`Optional[X]`, `Union[X, Y]`, and `X | Y` in an annotation; `@target` is the \
          `generic_type`, `subscript`, `binary_operator` or `union_type`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("union", SlotKind::Code, "the union as it is written"),
    Slot::new("members", SlotKind::Codes, "its members besides `None`, if there are several"),
    Slot::new("only", SlotKind::Code, "its only member besides `None`"),
    Slot::new("nullable", SlotKind::Flag, "`None` is a member"),
    Slot::new("strict", SlotKind::Flag, "`None` is no member"),
    Slot::new("optional", SlotKind::Flag, "`Optional` is written somewhere in it"),
    MODERN,
    TARGET,
    LATER,
    IMPORTS,
    Slot::new("required", SlotKind::Code, "the parameter without default whose type it is"),
    Slot::new("omissible", SlotKind::Code, "the parameter with a default whose type it is"),
    Slot::new("default", SlotKind::Code, "that default"),
    Slot::new("too-new", SlotKind::Flag, "`|` is evaluated, and the code must run on 3.9"),
    Slot::new("text-operand", SlotKind::Code, "a string next to `|`, which fails up to 3.13"),
    Slot::new("twice", SlotKind::Codes, "members that are there twice"),
    Slot::new("covered", SlotKind::Flag, "`bool` is a member beside `int`"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    let (names, item) = (subject.names(), subject.item());
    let is_bar = alternatives(node).is_some();
    if is_bar && !is_whole_union(subject) {
        return None;
    }
    let (all, mut nullable) = members(names, item, node)?;
    let optional = nullable;
    let mut texts: Vec<String> = Vec::new();
    let mut twice = Vec::new();
    let mut heads = Vec::new();
    for member in &all {
        let text = one_line(subject, *member);
        if kind(*member) == Kind::None {
            nullable = true;
        } else if texts.contains(&text) {
            twice.push(text);
        } else {
            heads.extend(head(names, item, *member));
            texts.push(text);
        }
    }

    let mut facts = Facts::of(SLOTS);
    facts.code("union", one_line(subject, node)).flag("nullable", nullable);
    facts.flag("strict", !nullable).flag("optional", optional);
    match &texts[..] {
        [] => return None,
        [only] => drop(facts.code("only", only)),
        many => drop(facts.codes("members", many)),
    }
    facts.codes("twice", twice);
    let has = |name: &str| heads.iter().any(|head| head == name);
    facts.flag("covered", has("builtins.int") && has("builtins.bool"));
    respell(subject, node, &mut facts);
    parameter(subject, nullable, &mut facts);
    if is_bar && is_evaluated(subject) {
        facts.flag("too-new", subject.settings().target.minor < 10);
        if let Some(text) = text_operand(subject, node)
            && subject.settings().target.minor < 14
        {
            facts.code("text-operand", one_line(subject, text));
        }
    }
    Some(facts)
}

/// True for a `|` in an annotation that is no part of a larger union.
fn is_whole_union(subject: &Subject<'_>) -> bool {
    for (depth, node) in subject.ancestors().enumerate() {
        match kind(node) {
            Kind::Type => return true,
            Kind::BinaryOperator | Kind::UnionType if depth == 0 => return false,
            Kind::ParenthesizedExpression
            | Kind::GenericType
            | Kind::TypeParameter
            | Kind::Subscript
            | Kind::List => {}
            _ => return false,
        }
    }
    false
}

/// True when the annotation around is evaluated when its line runs, up to 3.13.
pub(crate) fn is_evaluated(subject: &Subject<'_>) -> bool {
    let (text, lazy) = evaluation(subject);
    if text || lazy || subject.settings().is_stub {
        return false;
    }
    let mut in_variable = false;
    for node in subject.ancestors() {
        match kind(node) {
            // PEP 695 syntax is evaluated on demand, and needs 3.12.
            Kind::TypeAliasStatement => return false,
            Kind::Assignment => in_variable = true,
            Kind::FunctionDefinition => return !in_variable,
            Kind::ClassDefinition => return true,
            Kind::TypedParameter | Kind::TypedDefaultParameter => return true,
            _ => {}
        }
    }
    true
}

/// The parameter whose whole type the union is.
fn parameter(subject: &Subject<'_>, nullable: bool, facts: &mut Facts) {
    let mut around = subject
        .ancestors()
        .skip_while(|node| matches!(kind(*node), Kind::Type | Kind::ParenthesizedExpression));
    let Some(node) = around.next() else { return };
    if !matches!(kind(node), Kind::TypedParameter | Kind::TypedDefaultParameter) || !nullable {
        return;
    }
    let function = around.nth(1).filter(|node| kind(*node) == Kind::FunctionDefinition);
    let all = function.and_then(parameters).unwrap_or_default();
    let Some(parameter) = all.iter().find(|one| one.node == node) else { return };
    let is_it = parameter.annotation.is_some_and(|it| inner(it) == inner(subject.node()));
    let name = subject.text(parameter.name);
    match parameter.default {
        _ if !is_it => {}
        Some(default) => {
            facts.code("omissible", name).code("default", one_line(subject, default));
        }
        None if parameter.is_optional() => {}
        None => drop(facts.code("required", name)),
    }
}

/// A string that `|` gets beside `None` or a class, neither of which knows strings.
fn text_operand<'a>(subject: &Subject<'a>, node: Node<'a>) -> Option<Node<'a>> {
    let (left, right) = alternatives(node)?;
    let (left, right) = (inner(left), inner(right));
    let is_class = |node: Node<'_>| {
        kind(node) == Kind::None
            || subscripted(node).is_none()
                && (head(subject.names(), subject.item(), node)
                    .is_some_and(|name| name.starts_with("builtins."))
                    || Class::anywhere(subject.names(), subject.item(), node)
                        .is_some_and(|class| class.is_plain_anywhere()))
    };
    match (kind(left), kind(right)) {
        (Kind::String, _) if is_class(right) => Some(left),
        (_, Kind::String) if is_class(left) => Some(right),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
