//! An annotation of a function names a container, and not what is in it.
//!
//! Sources: PEP 484, The Any type: a generic without arguments has `Any` for each; PEP 585.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::type_hints::annotation::{inner, members};
use crate::facts::{Facts, Slot, SlotKind, Value};
use crate::lint::{Found, Plan, Rule};
use crate::names::node_with;
use crate::subject::Subject;
use crate::syntax::function::{
    ParameterKind, arguments, is_generator, parameters, returned, returns, statements,
};
use crate::syntax::{Field, Kind, Node, expression::expression, kind};
use crate::value::{self, Builtin, Object};
use crate::walk;

use super::code::{callee_name, method, path_in};

pub static RULE: Rule = Rule {
    id: "bare-generic",
    kinds: &[Kind::FunctionDefinition],
    slots: SLOTS,
    cases: &["function", "mapping"],
    fixes: &["say-what"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("type", SlotKind::Code, "the type as it is written"),
    Slot::new("full", SlotKind::Code, "the type with what the function returns in it"),
];

const CONTAINERS: &[&str] = &[
    "builtins.frozenset",
    "builtins.list",
    "builtins.set",
    "builtins.tuple",
    "collections.Counter",
    "collections.deque",
    "typing.Deque",
    "typing.FrozenSet",
    "typing.List",
    "typing.Set",
    "typing.Tuple",
];

const MAPPINGS: &[&str] = &[
    "builtins.dict",
    "collections.OrderedDict",
    "collections.defaultdict",
    "typing.DefaultDict",
    "typing.Dict",
    "typing.OrderedDict",
];

/// Abstract types, in `typing` and `collections.abc`.
const ABSTRACT: &[&str] =
    &["Collection", "Iterable", "Iterator", "MutableSequence", "MutableSet", "Sequence"];
const ABSTRACT_MAPPINGS: &[&str] = &["Mapping", "MutableMapping"];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.settings().is_test || subject.settings().is_stub || !is_public(subject) {
        return;
    }
    let function = subject.node();
    // Behind stars the type is that of each argument, so brackets would mend nothing.
    let own = parameters(function).unwrap_or_default();
    let own = own
        .iter()
        .filter(|it| !matches!(it.kind, ParameterKind::VarPositional | ParameterKind::VarKeyword));
    let all = own.filter_map(|it| it.annotation).chain(Field::ReturnType.of(function));
    for annotation in all {
        let (types, _) = members(subject.names(), subject.item(), annotation)
            .unwrap_or_else(|| (vec![inner(annotation)], false));
        for node in types {
            let Some(case) = bare(subject, node) else { continue };
            let mut facts = Facts::of(SLOTS);
            facts.code("type", subject.text(node));
            found.push(Found { at: node.byte_range().into(), case, facts, related: Vec::new() });
        }
    }
}

/// True for what code elsewhere is meant to call: no `_name`, nor anything in such a class or in a function.
fn is_public(subject: &Subject<'_>) -> bool {
    let is_private = |definition: Node<'_>| {
        let name = Field::Name.of(definition).map_or("", |name| subject.text(name));
        name.starts_with('_') && !(name.starts_with("__") && name.ends_with("__"))
    };
    !is_private(subject.node())
        && subject.ancestors().all(|around| match kind(around) {
            Kind::FunctionDefinition => false,
            Kind::ClassDefinition => !is_private(around),
            _ => true,
        })
}

/// The case of a generic type without arguments.
#[allow(clippy::option_option)]
fn bare(subject: &Subject<'_>, node: Node<'_>) -> Option<Option<&'static str>> {
    if !matches!(kind(node), Kind::Identifier | Kind::Attribute) {
        return None;
    }
    // Under another name it is not found, but most annotations need not be looked up.
    let word = subject.text(Field::Attribute.of(node).unwrap_or(node));
    let all = [CONTAINERS, MAPPINGS, ABSTRACT, ABSTRACT_MAPPINGS, &["Callable"]];
    let mut names = all.into_iter().flatten();
    names.any(|name| name.rsplit('.').next() == Some(word)).then_some(())?;
    let name = subject.names().qualified(subject.item(), node)?;
    let (module, last) = name.rsplit_once('.')?;
    let is_abstract = matches!(module, "typing" | "collections.abc");
    if is_abstract && last == "Callable" {
        return Some(Some("function"));
    }
    if MAPPINGS.contains(&&*name) || is_abstract && ABSTRACT_MAPPINGS.contains(&last) {
        return Some(Some("mapping"));
    }
    (CONTAINERS.contains(&&*name) || is_abstract && ABSTRACT.contains(&last)).then_some(None)
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

/// Only for what the function returns: there its own code tells.
fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let function = subject.node();
    let annotation = Field::ReturnType.of(function)?;
    let node = node_with(inner(annotation), found.at)?;
    (node == inner(annotation) && !is_generator(function)).then_some(())?;
    let name = subject.names().qualified(subject.item(), node)?;
    let inside = match name.as_str() {
        "builtins.list" | "typing.List" => items(subject, &[Kind::List, Kind::ListComprehension])?,
        "builtins.set" | "typing.Set" => items(subject, &[Kind::Set, Kind::SetComprehension])?,
        "builtins.dict" | "typing.Dict" => pairs(subject)?,
        "builtins.tuple" | "typing.Tuple" => fields(subject)?,
        _ => return None,
    };
    let full = format!("{}[{inside}]", subject.text(node));
    let mut facts = found.facts.clone();
    facts.code("full", full.as_str());
    debug_assert!(matches!(facts.get("full"), Some(Value::Code(_))));
    let edits = vec![(subject.span(node), full)];
    Some(Plan { fix: "say-what", safety: Safety::Review, facts, edits })
}

/// What the function returns, if each `return` has a value.
fn results<'a>(subject: &Subject<'a>) -> Option<Vec<Node<'a>>> {
    let all: Option<Vec<_>> = returns(subject.node()).into_iter().map(returned).collect();
    all.filter(|all| !all.is_empty())
}

/// The one type that all of these are.
fn same(types: impl Iterator<Item = Option<&'static str>>) -> Option<&'static str> {
    let mut one = None;
    for next in types {
        let next = next?;
        if *one.get_or_insert(next) != next {
            return None;
        }
    }
    one
}

/// The type of the items of every list or set that the function returns.
fn items(subject: &Subject<'_>, displays: &[Kind]) -> Option<String> {
    let mut types = Vec::new();
    for result in results(subject)? {
        if kind(result) == Kind::Identifier {
            collected(subject, result, displays, &mut types)?;
        } else {
            displayed(subject, result, displays, &mut types)?;
        }
    }
    same(types.into_iter()).map(str::to_owned)
}

fn displayed(
    subject: &Subject<'_>,
    display: Node<'_>,
    displays: &[Kind],
    types: &mut Vec<Option<&'static str>>,
) -> Option<()> {
    displays.contains(&kind(display)).then_some(())?;
    let parts = statements(display);
    match kind(display) {
        Kind::ListComprehension | Kind::SetComprehension => {
            types.push(type_of(subject, *parts.first()?));
        }
        _ => types.extend(parts.into_iter().map(|part| type_of(subject, part))),
    }
    Some(())
}

/// The types of what is put into the list or set of that name, which is used for nothing else.
fn collected(
    subject: &Subject<'_>,
    name: Node<'_>,
    displays: &[Kind],
    types: &mut Vec<Option<&'static str>>,
) -> Option<()> {
    let (names, item) = (subject.names(), subject.item());
    let bound = names.binding(item, name)?;
    let assignment = names.node(bound).filter(|it| kind(*it) == Kind::Assignment)?;
    let start = Field::Right.of(assignment).filter(|_| Field::Type.of(assignment).is_none())?;
    let left = Field::Left.of(assignment)?;
    (Span::from(left.byte_range()) == bound.binding.at).then_some(())?;
    let is_empty = kind(start) == Kind::Call
        && callee_name(subject, start).as_deref() == Some("builtins.set")
        && arguments(start).is_empty();
    if !is_empty {
        displayed(subject, start, displays, types)?;
    }
    let root = names.item(item).tree()?.root_node();
    for used in names.uses(bound)? {
        (used.item == item).then_some(())?;
        let node = node_with(root, used.reference.at)?;
        let path = path_in(subject, item, node)?;
        let [.., statement, call, around, _] = path[..] else { return None };
        if kind(around) == Kind::ReturnStatement {
            continue;
        }
        let (object, word) = method(call)?;
        let puts = matches!(subject.text(word), "append" | "add");
        let [given] = arguments(call)[..] else { return None };
        (puts && object == node && expression(statement) == Some(call)).then_some(())?;
        types.push(type_of(subject, given));
    }
    Some(())
}

fn pairs(subject: &Subject<'_>) -> Option<String> {
    let (mut keys, mut values) = (Vec::new(), Vec::new());
    for result in results(subject)? {
        matches!(kind(result), Kind::Dictionary | Kind::DictionaryComprehension).then_some(())?;
        let mut parts = statements(result);
        if kind(result) == Kind::DictionaryComprehension {
            parts.truncate(1);
        }
        for pair in parts {
            keys.push(Field::Key.of(pair).and_then(|key| type_of(subject, key)));
            values.push(Field::Value.of(pair).and_then(|value| type_of(subject, value)));
        }
    }
    Some(format!("{}, {}", same(keys.into_iter())?, same(values.into_iter())?))
}

fn fields(subject: &Subject<'_>) -> Option<String> {
    let mut all: Option<Vec<&'static str>> = None;
    for result in results(subject)? {
        matches!(kind(result), Kind::Tuple | Kind::ExpressionList).then_some(())?;
        let types: Option<Vec<_>> =
            statements(result).into_iter().map(|field| type_of(subject, field)).collect();
        let types = types.filter(|types| !types.is_empty())?;
        if *all.get_or_insert_with(|| types.clone()) != types {
            return None;
        }
    }
    Some(all?.join(", "))
}

/// The builtin type of an expression.
fn type_of(subject: &Subject<'_>, node: Node<'_>) -> Option<&'static str> {
    if kind(node) == Kind::Call
        && callee_name(subject, node).is_some_and(|name| name == "builtins.len")
    {
        return Some("int");
    }
    let root = subject.names().item(subject.item()).tree()?.root_node();
    let node = walk::path_to(root, node.start_byte(), node.end_byte())?
        .into_iter()
        .rev()
        .find(|other| *other == node)?;
    match value::of(subject.names(), subject.item(), node)?.object {
        Object::Builtin(Builtin::Bool) => Some("bool"),
        Object::Builtin(Builtin::Bytes) => Some("bytes"),
        Object::Builtin(Builtin::Float) => Some("float"),
        Object::Builtin(Builtin::Int) => Some("int"),
        Object::Builtin(Builtin::Str) => Some("str"),
        _ => None,
    }
}
