//! Calls.

use super::attribute::Owner;
use super::{At, Builtin, Definition, Object, Value, attribute, expression};
use crate::facts::classes::{Base, Class, Own};
use crate::names::Names;
use crate::syntax::function::{is_async, is_generator};
use crate::syntax::{Field, Kind, Node, kind};

/// Bases of bases are followed this far.
const MAX_BASES: usize = 20;

/// Modules with classes that may stand above a class without changing what its call makes: no
/// metaclass and no `__new__` that returns anything but an instance of the class.
const PLAIN_MODULES: &[&str] =
    &["abc", "builtins", "collections", "collections.abc", "contextlib", "queue", "threading"];

pub(super) fn evaluate<'a>(at: At<'a>) -> Option<Value<'a>> {
    let callee = Field::Function.of(at.node)?;
    if kind(callee) == Kind::Attribute && at.names.qualified(at.item, callee).is_none() {
        return Value::new(method(at, callee)?, at);
    }
    let called = expression::evaluate(at.part(callee))?;
    let object = match called.object {
        Object::Named(name) => named(name),
        Object::Class(class) => Object::Instance(makes_instances(at.names, class)?),
        Object::Function(function) => of_function(function),
        // The class that a call made.
        Object::Called(name) if makes_record_class(&name) => {
            Object::Instance(Definition { item: called.item, node: called.node })
        }
        _ => return None,
    };
    Some(Value { object, item: at.item, node: at.node, once: called.once })
}

/// True for the functions that make a class of named tuples.
fn makes_record_class(name: &str) -> bool {
    matches!(name, "collections.namedtuple" | "typing.NamedTuple")
}

/// Calls of builtin types that give an instance of exactly that type, and `sorted` (Library
/// Reference, Built-in Functions). `str(x)` and `bytes(x)` may return what a method of `x` returns,
/// an instance of a subclass.
fn named(name: String) -> Object<'static> {
    Object::Builtin(match name.as_str() {
        "builtins.bool" => Builtin::Bool,
        "builtins.bytearray" => Builtin::Bytearray,
        "builtins.complex" => Builtin::Complex,
        "builtins.dict" => Builtin::Dict,
        "builtins.float" => Builtin::Float,
        "builtins.frozenset" => Builtin::Frozenset,
        "builtins.int" | "builtins.len" => Builtin::Int,
        "builtins.list" | "builtins.sorted" => Builtin::List,
        "builtins.set" => Builtin::Set,
        "builtins.tuple" => Builtin::Tuple,
        _ => return Object::Called(name),
    })
}

/// What a call of the function gives at once.
pub(super) fn of_function(function: Definition<'_>) -> Object<'_> {
    match (is_async(function.node), is_generator(function.node)) {
        (true, true) => Object::AsyncGenerator(function),
        (true, false) => Object::Coroutine(function),
        (false, true) => Object::Generator(function),
        (false, false) => Object::Returned(function),
    }
}

/// The class, if a call of it can only make an instance of it.
fn makes_instances<'a>(names: Names<'a>, class: Definition<'a>) -> Option<Definition<'a>> {
    let found = Class::new(names, class.item, class.node)?;
    makes_only_instances(found).then_some(class)
}

/// True when a call of the class can only make an instance of it.
pub(crate) fn makes_only_instances(class: Class<'_>) -> bool {
    makes_instances_within(class, 0)
}

fn makes_instances_within(class: Class<'_>, depth: usize) -> bool {
    let metaclass = class.metaclass();
    let is_plain = metaclass.is_none_or(|node| {
        class.names.qualified(class.item, node).as_deref() == Some("abc.ABCMeta")
    });
    is_plain
        && depth < MAX_BASES
        && !class.arguments().spread
        && matches!(class.own("__new__"), Own::No)
        && class.bases_anywhere().into_iter().all(|base| match base {
            Base::Here(base) => makes_instances_within(base, depth + 1),
            Base::Known(name) => is_plain_base(&name),
            Base::Unknown => false,
        })
}

fn is_plain_base(name: &str) -> bool {
    let Some((module, class)) = name.rsplit_once('.') else { return false };
    match module {
        "builtins" => class != "type",
        "typing" => matches!(class, "Generic" | "NamedTuple" | "Protocol"),
        _ => PLAIN_MODULES.contains(&module),
    }
}

/// What a method of a class of the file gives, or one of a builtin type.
fn method<'a>(at: At<'a>, callee: Node<'a>) -> Option<Object<'a>> {
    let name = at.text().get(Field::Attribute.of(callee)?.byte_range())?;
    match attribute::owner(at.part(callee))? {
        Owner::Class(class) => Some(of_function(class.method(at, name)?)),
        Owner::Builtin(kind) => Some(Object::Builtin(result_of(kind, name)?)),
    }
}

/// What methods of builtin types return (Library Reference, Built-in Types).
fn result_of(kind: Builtin, method: &str) -> Option<Builtin> {
    use Builtin::{Bytes, Dict, Frozenset, Int, List, Set, Str};
    Some(match (kind, method) {
        (List | Dict | Set | Frozenset, "copy") => kind,
        (Set | Frozenset, "union" | "intersection" | "difference" | "symmetric_difference") => kind,
        (Str, "encode") => Bytes,
        (Bytes, "decode") => Str,
        (Str | Bytes, "split" | "rsplit" | "splitlines") => List,
        (
            Str,
            "capitalize" | "casefold" | "format" | "join" | "lower" | "lstrip" | "removeprefix"
            | "removesuffix" | "replace" | "rstrip" | "strip" | "title" | "upper" | "zfill",
        ) => Str,
        (Str | List, "count" | "index") => Int,
        _ => return None,
    })
}
