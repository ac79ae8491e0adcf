//! `isinstance` and `issubclass`.
//!
//! Sources: Library Reference, Built-in Functions; PEP 585, PEP 604; typing, `runtime_checkable`;
//! what raises was checked with CPython 3.9 to 3.13.

use super::super::classes::{Base, Class};
use super::super::source_text::one_line;
use super::super::{Facts, Provider, Slot, SlotKind};
use super::annotation::{alternatives, head, inner, members, subscripted};
use super::fits::callee;
use super::spelling::instead;
use crate::subject::Subject;
use crate::syntax::function::{ParameterKind, arguments, parameters, statements};
use crate::syntax::{Field, Kind, Node, kind};

pub static PROVIDER: Provider = Provider {
    name: "instance-check",
    doc: "a call of `isinstance` or `issubclass`; `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "the call"),
    Slot::new("value", SlotKind::Code, "the object that is asked about"),
    Slot::new("subclass", SlotKind::Code, "the class that `issubclass` asks about"),
    Slot::new("types", SlotKind::Codes, "the types, one by one"),
    Slot::new("raises", SlotKind::Code, "the second argument, if it can be no class"),
    Slot::new("cannot", SlotKind::Codes, "types of several that can be no class"),
    Slot::new("generic", SlotKind::Code, "one of them with brackets"),
    Slot::new("plain", SlotKind::Code, "that one without its brackets"),
    Slot::new("protocol", SlotKind::Code, "a protocol without `runtime_checkable`"),
    Slot::new("typed-dict", SlotKind::Code, "a `TypedDict`"),
    Slot::new("too-new", SlotKind::Code, "a union, and the code must run on 3.9"),
    Slot::new("bool-too", SlotKind::Code, "the object, if `int` lets `True` pass"),
    Slot::new("narrowed", SlotKind::Code, "the variable that an `if` narrows"),
    Slot::new("then", SlotKind::Line, "the line of the branch where it is one of the types"),
    Slot::new("otherwise", SlotKind::Line, "the line of the `else` or `elif`"),
    Slot::new("declared", SlotKind::Code, "the annotation of the parameter"),
    Slot::new("rest", SlotKind::Codes, "what is left of it in the `else`"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let call = subject.node();
    let (names, item) = (subject.names(), subject.item());
    let is_instance = match callee(names, item, call)?.as_str() {
        "builtins.isinstance" => true,
        "builtins.issubclass" => false,
        _ => return None,
    };
    let [value, second] = arguments(call)[..] else { return None };
    let is_plain = |node: Node<'_>| !matches!(kind(node), Kind::ListSplat | Kind::KeywordArgument);
    (is_plain(value) && is_plain(second)).then_some(())?;
    let Listed { types, optional, form } = listed(subject, second)?;
    let single = form == Form::One;

    let mut facts = Facts::of(SLOTS);
    facts.code("call", one_line(subject, call));
    facts.code(if is_instance { "value" } else { "subclass" }, one_line(subject, value));
    let wrong: Vec<_> =
        types.iter().copied().filter(|node| is_no_class(subject, *node, form)).collect();
    if let Some(first) = wrong.first() {
        let written = wrong.iter().map(|node| one_line(subject, *node));
        if single {
            facts.code("raises", one_line(subject, second));
        } else {
            facts.codes("cannot", written);
        }
        if let Some(parts) = subscripted(*first) {
            let name = head(names, item, *first).unwrap_or_default();
            if !name.starts_with("typing.") || instead(subject, &name).is_some() {
                facts.code("generic", one_line(subject, *first));
                facts.code("plain", one_line(subject, parts.base));
            }
        } else if let Some(slot) = for_checkers(subject, *first) {
            facts.code(slot, one_line(subject, *first));
        }
        return Some(facts);
    }
    if alternatives(second).is_some() || subscripted(second).is_some() {
        let is_old = subject.settings().target.minor < 10;
        if is_old {
            facts.code("too-new", one_line(subject, second));
        }
    }
    let mut written: Vec<_> = types.iter().map(|node| one_line(subject, *node)).collect();
    if optional {
        written.push("None".to_owned());
    }
    facts.codes("types", written);
    let heads: Vec<_> = types.iter().map(|node| head(names, item, *node)).collect();
    let has = |name: &str| heads.iter().any(|head| head.as_deref() == Some(name));
    if is_instance && has("builtins.int") && !has("builtins.bool") {
        facts.code("bool-too", one_line(subject, value));
    }
    if is_instance && kind(value) == Kind::Identifier {
        narrowing(subject, value, &heads, &mut facts);
    }
    Some(facts)
}

/// How the second argument lists types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    One,
    Tuple,
    Union,
}

struct Listed<'tree> {
    types: Vec<Node<'tree>>,
    optional: bool,
    form: Form,
}

/// The types that the second argument lists; nothing when a part of it may be anything.
fn listed<'tree>(subject: &Subject<'_>, second: Node<'tree>) -> Option<Listed<'tree>> {
    let second = inner(second);
    if kind(second) == Kind::Tuple {
        let types = statements(second);
        let is_flat = |node: &Node<'_>| !matches!(kind(*node), Kind::ListSplat | Kind::Tuple);
        let is_known = !types.is_empty() && types.iter().all(is_flat);
        return is_known.then_some(Listed { types, optional: false, form: Form::Tuple });
    }
    Some(match members(subject.names(), subject.item(), second) {
        Some((types, optional)) => Listed { types, optional, form: Form::Union },
        None => Listed { types: vec![second], optional: false, form: Form::One },
    })
}

/// True for what raises `TypeError` as second argument.
fn is_no_class(subject: &Subject<'_>, node: Node<'_>, form: Form) -> bool {
    let (names, item) = (subject.names(), subject.item());
    match kind(inner(node)) {
        Kind::String | Kind::List | Kind::Set | Kind::Dictionary | Kind::Integer => return true,
        Kind::None => return form != Form::Union,
        _ => {}
    }
    let name = head(names, item, node);
    match (subscripted(node), name.as_deref()) {
        (Some(_), Some(name)) => {
            let (module, class) = name.rsplit_once('.').unwrap_or_default();
            match module {
                "builtins" => {
                    matches!(class, "list" | "dict" | "set" | "frozenset" | "tuple" | "type")
                }
                "typing" => !matches!(class, "Optional" | "Union"),
                "collections.abc" => true,
                "collections" => matches!(
                    class,
                    "deque" | "defaultdict" | "OrderedDict" | "Counter" | "ChainMap"
                ),
                _ => false,
            }
        }
        (None, Some("typing.Any")) => true,
        (None, _) => for_checkers(subject, node).is_some(),
        _ => false,
    }
}

/// The slot for a class that no check may ask about: a `TypedDict`, or a protocol with
/// nothing but methods. One with attributes may answer up to 3.10.
fn for_checkers(subject: &Subject<'_>, node: Node<'_>) -> Option<&'static str> {
    let class = Class::anywhere(subject.names(), subject.item(), inner(node))?;
    class.decorated().is_none().then_some(())?;
    let bases = class.bases();
    let derives =
        |wanted: &str| bases.iter().any(|base| matches!(base, Base::Known(name) if name == wanted));
    if derives("typing.TypedDict") {
        return Some("typed-dict");
    }
    let is_method = |node: &Node<'_>| kind(*node) == Kind::FunctionDefinition;
    let is_it = derives("typing.Protocol") && class.statements().iter().all(is_method);
    is_it.then_some("protocol")
}

/// What an `if` with the call as its whole condition makes of the variable.
fn narrowing(
    subject: &Subject<'_>,
    value: Node<'_>,
    heads: &[Option<String>],
    facts: &mut Facts,
) -> Option<()> {
    let mut around = subject.ancestors();
    let branch = around.next()?;
    if !matches!(kind(branch), Kind::IfStatement | Kind::ElifClause) {
        return None;
    }
    let is_condition = branch.child_in(Field::Condition).is_some_and(|node| node == subject.node());
    is_condition.then_some(())?;
    facts.code("narrowed", subject.text(value));
    let suite = branch.child_in(Field::Consequence)?;
    facts.line("then", subject.line(*statements(suite).first()?));
    let statement = match kind(branch) {
        Kind::IfStatement => branch,
        _ => around.next()?,
    };
    let next = statement
        .children_in(Field::Alternative)
        .find(|node| node.start_byte() > suite.start_byte());
    let next = next?;
    facts.line("otherwise", subject.line(next));
    if kind(branch) != Kind::IfStatement || kind(next) != Kind::ElseClause {
        return None;
    }
    rest(subject, value, heads, facts)
}

/// What is left of the declared type of a parameter that is bound nowhere else.
fn rest(
    subject: &Subject<'_>,
    value: Node<'_>,
    heads: &[Option<String>],
    facts: &mut Facts,
) -> Option<()> {
    let (names, item) = (subject.names(), subject.item());
    let bound = names.binding(item, value)?;
    let function = subject.ancestors().find(|node| kind(*node) == Kind::FunctionDefinition)?;
    let parameter = parameters(function)?
        .into_iter()
        .find(|one| bound.item == item && bound.binding.at == one.name.byte_range().into())?;
    if matches!(parameter.kind, ParameterKind::VarPositional | ParameterKind::VarKeyword) {
        return None;
    }
    let annotation = parameter.annotation?;
    let (declared, optional) = members(names, item, annotation)?;
    let mut left = Vec::new();
    for member in declared {
        let is_none = kind(member) == Kind::None;
        let name = head(names, item, member);
        // A class that may derive from one of the types would go with it.
        let is_known = is_none
            || name.as_deref().is_some_and(|name| {
                name.starts_with("builtins.")
                    && !matches!(name, "builtins.object" | "builtins.bool")
            });
        is_known.then_some(())?;
        if is_none || !heads.contains(&name) {
            left.push(one_line(subject, member));
        }
    }
    if optional && !left.iter().any(|text| text == "None") {
        left.push("None".to_owned());
    }
    let is_known = |head: &Option<String>| {
        head.as_deref().is_some_and(|head| {
            head.starts_with("builtins.") && head != "builtins.object" && !head.ends_with("Error")
        })
    };
    heads.iter().all(is_known).then_some(())?;
    facts.code("declared", one_line(subject, inner(annotation))).codes("rest", left);
    Some(())
}

#[cfg(test)]
mod tests;
