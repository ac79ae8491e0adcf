//! Classes whose bases are replaced while the class statement runs: `NamedTuple` and `TypedDict`.
//!
//! Sources: `typing` documentation, NamedTuple and TypedDict; PEP 560, `__mro_entries__`. What is
//! said here holds for Python 3.9 to 3.15 and for `typing_extensions`.

use super::super::super::classes::{Base, Class};
use super::super::mro::Orders;
use crate::syntax::Field;

/// Subclasses are followed this far.
const MAX_DEPTH: usize = 20;

/// What such a class becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Made {
    /// A subclass of `tuple` with fields. Its type is `type`.
    NamedTuple,
    /// A class whose type is `_TypedDictMeta`, without a base but `dict`.
    TypedDict,
    /// A subclass of a named tuple, with the classes of its order behind it. Its type is `type`.
    Below(Vec<String>),
}

/// What the class statement makes of the class; nothing for all others, and where that is not certain.
pub(super) fn made<'a>(orders: &Orders<'_, 'a>, class: Class<'a>) -> Option<Made> {
    within(orders, class, MAX_DEPTH)
}

fn within<'a>(orders: &Orders<'_, 'a>, class: Class<'a>, depth: usize) -> Option<Made> {
    let arguments = class.arguments();
    let has_parameters = class.node.child_in(Field::TypeParameters).is_some();
    let is_plain = depth > 0
        && !arguments.spread
        && !has_parameters
        && arguments.keywords.iter().all(|(name, _)| *name == "total");
    let bases = if is_plain { orders.written_bases(class) } else { return None };
    match &bases[..] {
        [only] if is(only, "NamedTuple") => {
            arguments.keywords.is_empty().then_some(Made::NamedTuple)
        }
        [Base::Here(parent)] => match within(orders, *parent, depth - 1)? {
            Made::TypedDict => Some(Made::TypedDict),
            _ if !arguments.keywords.is_empty() => None,
            Made::NamedTuple => Some(below(*parent, &["tuple".to_owned(), "object".to_owned()])),
            Made::Below(order) => Some(below(*parent, &order)),
        },
        [] => None,
        several => several
            .iter()
            .all(|base| match base {
                Base::Here(parent) => within(orders, *parent, depth - 1) == Some(Made::TypedDict),
                base => is(base, "TypedDict"),
            })
            .then_some(Made::TypedDict),
    }
}

fn below(parent: Class<'_>, order: &[String]) -> Made {
    Made::Below(std::iter::once(parent.name().to_owned()).chain(order.iter().cloned()).collect())
}

fn is(base: &Base<'_>, name: &str) -> bool {
    let Base::Known(known) = base else { return false };
    ["typing", "typing_extensions"].iter().any(|module| {
        known.strip_prefix(module).and_then(|rest| rest.strip_prefix('.')) == Some(name)
    })
}

#[cfg(test)]
mod tests;
