//! In which order the items of a `with` are left.
//!
//! Source: Language Reference, The with statement: several items are processed as if the statements
//! were nested.

use super::{Add, EXIT};
use crate::facts::Facts;
use crate::facts::context_managers::items;
use crate::subject::Subject;
use crate::syntax::{Kind, kind};

pub(super) fn look(subject: &Subject<'_>, add: &mut Add<'_>) {
    if kind(subject.node()) != Kind::WithStatement {
        return;
    }
    let Some(all) = items(subject.node()).filter(|all| all.len() > 1) else { return };
    for (index, item) in all.iter().enumerate() {
        let mut facts = Facts::of(EXIT);
        facts.number("place", all.len() - index).number("count", all.len());
        add("exit-order", item.node, &facts);
    }
}
