//! SQL in Python: who runs a statement, how its text is put together, and where values stand in it.

pub(super) mod places;
pub(super) mod statement;

use crate::facts::robustness::database::{Connected, Database, connected, imported};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};

use super::code::method;

/// `receiver.execute(…)` where the receiver is, or by its name must be, a connection or a cursor.
pub(super) struct Execution<'a> {
    pub receiver: Node<'a>,
    /// The method's name.
    pub method: &'a str,
    /// The database; of a receiver that is only known by its name that of the one driver that the
    /// file imports.
    pub database: Option<Database>,
}

/// What connections and cursors are called. A statement in SQL as the first argument says as much,
/// but other objects have a method `execute` too.
const NAMES: &[&str] = &[
    "c",
    "con",
    "conn",
    "connection",
    "cur",
    "curs",
    "cursor",
    "database",
    "db",
    "engine",
    "session",
    "transaction",
    "tx",
];

/// Reads a call.
pub(super) fn execution<'a>(subject: &Subject<'a>, call: Node<'a>) -> Option<Execution<'a>> {
    let (receiver, name) = method(call)?;
    let method = subject.text(name);
    matches!(method, "execute" | "executemany").then_some(())?;
    let database = match connected(subject, receiver) {
        Connected::To(database) => Some(database),
        Connected::No => return None,
        Connected::Unknown => {
            is_called_so(subject, receiver).then_some(())?;
            imported(subject)
        }
    };
    Some(Execution { receiver, method, database })
}

fn is_called_so(subject: &Subject<'_>, receiver: Node<'_>) -> bool {
    let last = match kind(receiver) {
        Kind::Identifier => Some(receiver),
        Kind::Attribute => Field::Attribute.of(receiver),
        Kind::Call => {
            let callee = receiver.child_in(Field::Function);
            callee.and_then(|callee| Field::Attribute.of(callee))
        }
        _ => None,
    };
    last.is_some_and(|last| NAMES.contains(&subject.text(last).trim_matches('_')))
}
