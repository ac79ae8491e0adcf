//! What is done with something open.

use crate::facts::Value;
use crate::facts::context_managers::FILE_FUNCTION;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};

use super::code::{callee_name, method, plain_arguments};

/// Methods whose result is data, so that nothing keeps the object behind the call.
pub(super) const READING: &[&str] =
    &["extractall", "getnames", "namelist", "read", "readline", "readlines", "write", "writelines"];

/// More of them, which one calls on a name.
const DOING: &[&str] = &[
    "commit",
    "extract",
    "flush",
    "isatty",
    "readable",
    "readinto",
    "recv",
    "rollback",
    "seek",
    "seekable",
    "send",
    "sendall",
    "setblocking",
    "setsockopt",
    "settimeout",
    "shutdown",
    "sync",
    "tell",
    "testzip",
    "truncate",
    "writable",
    "writestr",
];

/// Methods that hand the resource on.
const HANDING_ON: &[&str] = &[
    "__enter__",
    "__iter__",
    "accept",
    "backup",
    "cursor",
    "detach",
    "extractfile",
    "fileno",
    "makefile",
    "open",
];

/// Methods that take over the duty to close their argument.
const TAKING_OVER: &[&str] = &["callback", "closing", "enter_context", "push", "register"];

/// What takes all items of a generator expression before it returns, or drops it.
const TAKING_ALL: &[&str] = &[
    "builtins.all",
    "builtins.any",
    "builtins.dict",
    "builtins.frozenset",
    "builtins.list",
    "builtins.max",
    "builtins.min",
    "builtins.set",
    "builtins.sorted",
    "builtins.sum",
    "builtins.tuple",
    "collections.Counter",
];

/// A use of something open.
pub(super) enum Use {
    /// It is over when its statement is, and nothing is left that hangs on the object.
    Done,
    /// A method whose result may hang on the object.
    Asked,
    /// Others may keep the object.
    Given,
    Close,
}

/// What the code at the end of `path` does with the object; nothing when it goes on to others.
pub(super) fn what(subject: &Subject<'_>, path: &[Node<'_>]) -> Option<Use> {
    let [.., around, parent, name] = path[..] else { return None };
    match kind(parent) {
        Kind::Attribute if Field::Object.of(parent) == Some(name) => {
            let method = subject.text(Field::Attribute.of(parent)?);
            let called =
                kind(around) == Kind::Call && around.child_in(Field::Function) == Some(parent);
            match method {
                "close" => called.then_some(Use::Close),
                // It closes the connection, too (smtplib, ftplib).
                "quit" => None,
                _ if !called || HANDING_ON.contains(&method) => Some(Use::Given),
                _ if READING.contains(&method) || DOING.contains(&method) => Some(Use::Done),
                _ => {
                    let is_dropped = path.iter().rev().nth(3).is_some_and(|outer| {
                        kind(*outer) == Kind::ExpressionStatement && outer.named_child_count() == 1
                    });
                    Some(if is_dropped { Use::Done } else { Use::Asked })
                }
            }
        }
        Kind::ForStatement => (Field::Right.of(parent) == Some(name)).then_some(Use::Done),
        Kind::ForInClause => {
            (Field::Right.of(parent) == Some(name)).then_some(())?;
            // A generator expression reads later, unless a call takes all there and then.
            let is_done = kind(around) != Kind::GeneratorExpression || {
                let call = path.iter().rev().skip(3).find(|node| kind(**node) == Kind::Call)?;
                takes_all(subject, *call, around)
            };
            is_done.then_some(Use::Done)
        }
        Kind::Argument | Kind::KeywordArgument => {
            let call = path.iter().rev().find(|node| kind(**node) == Kind::Call)?;
            if is_given(subject, *call, name) {
                return Some(Use::Done);
            }
            let callee = call.child_in(Field::Function)?;
            let last = Field::Attribute.of(callee).unwrap_or(callee);
            (!TAKING_OVER.contains(&subject.text(last))).then_some(Use::Given)
        }
        _ => None,
    }
}

/// True when the generator expression is the only argument of a call that takes all its items.
fn takes_all(subject: &Subject<'_>, call: Node<'_>, generator: Node<'_>) -> bool {
    let is_argument = Field::Arguments.of(call).is_some_and(|arguments| {
        arguments == generator
            || plain_arguments(call).is_some_and(|(all, _)| all.first() == Some(&generator))
    });
    let joins = method(call)
        .is_some_and(|(object, name)| kind(object) == Kind::String && subject.text(name) == "join");
    let takes = callee_name(subject, call).is_some_and(|it| TAKING_ALL.contains(&&*it));
    is_argument && (joins || takes)
}

/// True when the call does its work on the open file and leaves it open.
pub(super) fn is_given(subject: &Subject<'_>, call: Node<'_>, file: Node<'_>) -> bool {
    let row = callee_name(subject, call).and_then(|name| subject.row(&FILE_FUNCTION, &name));
    let place = row.and_then(|row| row.get("argument"));
    let given = plain_arguments(call).map(|(positional, _)| positional).unwrap_or_default();
    place.is_some_and(|place| match place {
        Value::Number(place) => given.get(*place) == Some(&file),
        _ => false,
    })
}
