//! What `__enter__` returns.

use super::truth::Raised;
use super::ways::ways;
use crate::facts::classes::Lookup;
use crate::syntax::function::{is_async, is_generator};
use crate::syntax::{Kind, Node, kind};

/// What `as` receives.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Entered<'a> {
    /// The instance.
    Itself,
    /// `None`.
    Nothing,
    /// The value of this expression, the only one that is returned.
    Value(Node<'a>),
}

/// What the method returns: to its caller, or to `await` if it is `awaited`. Nothing when it is
/// not the kind of function that is expected, or returns this or that.
pub(crate) fn entered(raised: Raised<'_>, awaited: bool) -> Option<Entered<'_>> {
    if is_async(raised.function) != awaited || is_generator(raised.function) {
        return None;
    }
    let ways = ways(raised)?;
    let values: Vec<_> = ways.returns.iter().filter_map(|way| way.value).collect();
    let is_none = |value: &Node<'_>| kind(*value) == Kind::None;
    if values.iter().all(is_none) {
        return (ways.falls || !ways.returns.is_empty()).then_some(Entered::Nothing);
    }
    if ways.falls || values.len() != ways.returns.len() {
        return None;
    }
    match values[..] {
        [..] if values.iter().all(|value| raised.is_self(*value)) => Some(Entered::Itself),
        [value] => Some(Entered::Value(value)),
        _ => None,
    }
}

/// True when nothing that the method returns can be awaited.
pub(crate) fn cannot_be_awaited(raised: Raised<'_>) -> bool {
    if is_async(raised.function) || is_generator(raised.function) {
        return false;
    }
    let awaits = raised
        .class
        .is_none_or(|class| !matches!(class.lookup_anywhere("__await__"), Lookup::Absent));
    let is_plain = |value: Node<'_>| {
        matches!(kind(value), Kind::None | Kind::True | Kind::False | Kind::Integer | Kind::String)
            || raised.is_self(value) && !awaits
    };
    ways(raised).is_some_and(|ways| {
        let returns_any = ways.falls || !ways.returns.is_empty();
        returns_any && ways.returns.iter().all(|way| way.value.is_none_or(is_plain))
    })
}
