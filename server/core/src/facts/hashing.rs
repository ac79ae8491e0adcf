//! What cannot be hashed.
//!
//! Sources: Python Language Reference, Data model, `object.__hash__`; Library Reference,
//! dataclasses, the table of `unsafe_hash`, `eq` and `frozen`.

use super::classes::{Class, Own};
use super::dataclass::options::{HashOutcome, options};
use super::decoration::qualified;
use crate::names::Names;
use crate::scope::BindingKind;
use crate::syntax::{Field, Kind, Node, function::statements, kind};

/// Types whose instances have no hash, by dotted name, and what they are called.
const UNHASHABLE: &[(&str, &str)] = &[
    ("builtins.bytearray", "bytearray"),
    ("builtins.dict", "dict"),
    ("builtins.list", "list"),
    ("builtins.set", "set"),
    ("collections.Counter", "Counter"),
    ("collections.OrderedDict", "OrderedDict"),
    ("collections.defaultdict", "defaultdict"),
    ("collections.deque", "deque"),
    ("typing.Counter", "Counter"),
    ("typing.DefaultDict", "defaultdict"),
    ("typing.Deque", "deque"),
    ("typing.Dict", "dict"),
    ("typing.List", "list"),
    ("typing.OrderedDict", "OrderedDict"),
    ("typing.Set", "set"),
];

/// The type that an annotation names, if its instances cannot be hashed: `list[int]`,
/// `typing.Dict`, a class of the file. Nothing for unions, strings and type variables.
pub(super) fn unhashable_annotation(
    names: Names<'_>,
    item: usize,
    annotation: Node<'_>,
) -> Option<String> {
    let mut node = annotation;
    loop {
        node = match kind(node) {
            Kind::Type | Kind::GenericType => *statements(node).first()?,
            Kind::Subscript => node.child_in(Field::Value)?,
            Kind::Identifier | Kind::Attribute => break,
            _ => return None,
        };
    }
    unhashable_type(names, item, node)
}

/// The name of the class that an expression stands for, if its instances cannot be hashed.
pub(super) fn unhashable_type(names: Names<'_>, item: usize, node: Node<'_>) -> Option<String> {
    if let Some(class) = Class::anywhere(names, item, node) {
        return has_no_hash(class).then(|| class.name().to_owned());
    }
    let name = qualified(names, item, node)?;
    let (_, short) = UNHASHABLE.iter().find(|(other, _)| *other == name)?;
    Some((*short).to_owned())
}

/// What kind of display or constructor makes the value, if the value cannot be hashed: `list`,
/// `dict`, a class of the file.
pub(super) fn unhashable_value(names: Names<'_>, item: usize, value: Node<'_>) -> Option<String> {
    let mut value = value;
    while kind(value) == Kind::ParenthesizedExpression {
        value = *statements(value).first()?;
    }
    match kind(value) {
        Kind::List | Kind::ListComprehension => Some("list".to_owned()),
        Kind::Dictionary | Kind::DictionaryComprehension => Some("dict".to_owned()),
        Kind::Set | Kind::SetComprehension => Some("set".to_owned()),
        Kind::Call => unhashable_type(names, item, value.child_in(Field::Function)?),
        _ => None,
    }
}

/// True when instances of the class surely cannot be hashed.
pub(super) fn has_no_hash(class: Class<'_>) -> bool {
    let decorated = class.decorated();
    let dataclass = decorated
        .as_ref()
        .and_then(|decorated| decorated.all.iter().find(|one| one.is(&["dataclasses.dataclass"])));
    match dataclass {
        Some(dataclass) => {
            options(class, dataclass).and_then(|options| options.hash(class))
                == Some(HashOutcome::Removed)
        }
        None => own_hash(class) == Some(OwnHash::Removed),
    }
}

/// What a class body says about hashing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OwnHash {
    /// It defines `__hash__`.
    Defined,
    /// `__hash__` becomes `None`: set so, or because there is an `__eq__` without it.
    Removed,
    /// Nothing.
    Inherited,
}

/// What the body of `class` says about hashing, before any decorator; nothing when it cannot be
/// told.
pub(super) fn own_hash(class: Class<'_>) -> Option<OwnHash> {
    match (class.own("__hash__"), class.own("__eq__")) {
        (Own::Maybe, _) | (Own::No, Own::Maybe) => None,
        (Own::No, Own::Yes(_)) => Some(OwnHash::Removed),
        (Own::No, Own::No) => Some(OwnHash::Inherited),
        (Own::Yes(binding), _) if binding.kind == BindingKind::Function => Some(OwnHash::Defined),
        (Own::Yes(binding), _) => {
            let value = class.value_of(binding)?;
            Some(if kind(value) == Kind::None { OwnHash::Removed } else { OwnHash::Defined })
        }
    }
}
