//! Whether a literal belongs to a type, as a type checker sees it.
//!
//! Sources: PEP 484, The numeric tower; Typing specification, Special types in annotations.

use super::super::classes::{Base, Class};
use super::super::decoration::qualified;
use super::annotation::{head, inner, members, subscripted};
use crate::names::Names;
use crate::syntax::{Field, Kind, Node, kind};

/// The class of a literal or display.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Literal {
    Int,
    Float,
    Complex,
    Bool,
    Str,
    Bytes,
    None,
    List,
    Dict,
    Set,
    Tuple,
}

/// The class of the object that a literal or display makes.
pub fn literal(text: &str, node: Node<'_>) -> Option<Literal> {
    let source = text.get(node.byte_range())?;
    Some(match kind(node) {
        Kind::ParenthesizedExpression => {
            return literal(text, inner(node)).filter(|_| inner(node) != node);
        }
        Kind::Integer | Kind::Float if source.ends_with(['j', 'J']) => Literal::Complex,
        Kind::Integer => Literal::Int,
        Kind::Float => Literal::Float,
        Kind::UnaryOperator => {
            let number = literal(text, node.child_in(Field::Argument)?)?;
            let numbers = [Literal::Int, Literal::Float, Literal::Complex];
            return numbers.contains(&number).then_some(number);
        }
        Kind::True | Kind::False => Literal::Bool,
        Kind::None => Literal::None,
        Kind::String => {
            let prefix = &source[..source.find(['"', '\''])?];
            match prefix.to_ascii_lowercase() {
                // A template string is no string (PEP 750).
                prefix if prefix.contains('t') => return None,
                prefix if prefix.contains('b') => Literal::Bytes,
                _ => Literal::Str,
            }
        }
        Kind::List | Kind::ListComprehension => Literal::List,
        Kind::Dictionary | Kind::DictionaryComprehension => Literal::Dict,
        Kind::Set | Kind::SetComprehension => Literal::Set,
        Kind::Tuple => Literal::Tuple,
        _ => return None,
    })
}

/// Whether a literal belongs to the type; nothing when that cannot be told. What stands in the
/// brackets of a type is not looked at.
pub fn fits(names: Names<'_>, item: usize, annotation: Node<'_>, value: Literal) -> Option<bool> {
    let Some((types, optional)) = members(names, item, annotation) else {
        return fits_one(names, item, annotation, value);
    };
    let mut answer = Some(optional && value == Literal::None);
    for member in types {
        match fits_one(names, item, member, value) {
            Some(true) => return Some(true),
            Some(false) => {}
            None => answer = answer.filter(|fits| *fits),
        }
    }
    answer
}

fn fits_one(names: Names<'_>, item: usize, node: Node<'_>, value: Literal) -> Option<bool> {
    use Literal as L;
    let node = inner(node);
    if kind(node) == Kind::None {
        return Some(value == L::None);
    }
    let Some(name) = head(names, item, node) else {
        let base = subscripted(node).map_or(node, |parts| parts.base);
        return has_own_instances_only(Class::anywhere(names, item, base)?, 0).then_some(false);
    };
    let accepted: &[Literal] = match name.as_str() {
        "builtins.object" | "typing.Any" => return Some(true),
        "builtins.int" => &[L::Int, L::Bool],
        "builtins.float" => &[L::Float, L::Int, L::Bool],
        "builtins.complex" => &[L::Complex, L::Float, L::Int, L::Bool],
        "builtins.bool" => &[L::Bool],
        "builtins.str" | "typing.Text" => &[L::Str],
        "builtins.bytes" => &[L::Bytes],
        "builtins.bytearray"
        | "builtins.frozenset"
        | "typing.FrozenSet"
        | "builtins.slice"
        | "builtins.range"
        | "datetime.datetime"
        | "datetime.date"
        | "datetime.timedelta"
        | "pathlib.Path"
        | "decimal.Decimal"
        | "collections.deque"
        | "typing.Deque"
        | "builtins.type"
        | "typing.Type"
        | "typing.Callable"
        | "collections.abc.Callable"
        | "uuid.UUID"
        | "collections.abc.Generator"
        | "typing.Generator" => &[],
        "builtins.list" | "typing.List" => &[L::List],
        "builtins.dict" | "typing.Dict" => &[L::Dict],
        "builtins.set" | "typing.Set" => &[L::Set],
        "builtins.tuple" | "typing.Tuple" => &[L::Tuple],
        _ if is_abstract_container(&name) => {
            let scalar = [L::Int, L::Float, L::Complex, L::Bool, L::None];
            return scalar.contains(&value).then_some(false);
        }
        _ => return None,
    };
    let fits = accepted.contains(&value);
    // What is in the brackets may still refuse it.
    let is_open = fits && subscripted(node).is_some();
    (!is_open).then_some(fits)
}

/// True for abstract classes that neither a number nor `None` belongs to.
fn is_abstract_container(name: &str) -> bool {
    let Some((module, class)) = name.rsplit_once('.') else { return false };
    matches!(module, "typing" | "collections.abc")
        && matches!(
            class,
            "Iterable"
                | "Iterator"
                | "Collection"
                | "Container"
                | "Sequence"
                | "MutableSequence"
                | "Mapping"
                | "MutableMapping"
                | "MutableSet"
                | "Sized"
                | "Reversible"
                | "Awaitable"
                | "Coroutine"
                | "AsyncIterable"
                | "AsyncIterator"
        )
}

const MAX_BASES: usize = 20;

/// True for a class whose instances are all made by it or a subclass: no protocol, and
/// all its bases are known.
fn has_own_instances_only(class: Class<'_>, depth: usize) -> bool {
    depth < MAX_BASES
        && class.metaclass().is_none()
        && class.bases_anywhere().iter().all(|base| match base {
            Base::Here(base) => has_own_instances_only(*base, depth + 1),
            Base::Known(name) => {
                matches!(name.as_str(), "builtins.object" | "abc.ABC" | "typing.Generic")
            }
            Base::Unknown => false,
        })
}

/// The name of a builtin class in an annotation, bare or before brackets.
pub fn builtin(names: Names<'_>, item: usize, node: Node<'_>) -> Option<String> {
    let name = head(names, item, node)?;
    name.strip_prefix("builtins.").map(str::to_owned)
}

/// The dotted name of what a call calls.
pub fn callee(names: Names<'_>, item: usize, call: Node<'_>) -> Option<String> {
    (kind(call) == Kind::Call).then_some(())?;
    qualified(names, item, call.child_in(Field::Function)?)
}

/// The list, dict or set that an expression makes anew, in code that runs once for a `def`.
pub fn is_mutable_display(names: Names<'_>, item: usize, text: &str, node: Node<'_>) -> bool {
    match literal(text, node) {
        Some(found) => matches!(found, Literal::List | Literal::Dict | Literal::Set),
        None => callee(names, item, node).is_some_and(|name| {
            matches!(
                name.as_str(),
                "builtins.list"
                    | "builtins.dict"
                    | "builtins.set"
                    | "builtins.bytearray"
                    | "collections.deque"
                    | "collections.defaultdict"
                    | "collections.Counter"
                    | "collections.OrderedDict"
            )
        }),
    }
}
