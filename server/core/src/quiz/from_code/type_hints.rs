//! Questions about types at run time.

pub(super) mod checked;
pub(super) mod instance_check;
pub(super) mod kept;

use crate::facts::{Facts, provider};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, function::parameters, kind};

/// Builtin classes whose names and representations are alike.
const CLASSES: &[&str] = &[
    "bool",
    "bytes",
    "complex",
    "dict",
    "float",
    "frozenset",
    "int",
    "list",
    "object",
    "set",
    "str",
    "tuple",
];

/// What is known about the first annotated parameter of a function, the subject, if its annotation is
/// nothing but the name of a builtin class; and that name.
fn annotated<'a>(subject: &Subject<'a>) -> Option<(Facts, &'a str)> {
    let function = subject.ancestors().nth(1)?;
    (kind(function) == Kind::FunctionDefinition).then_some(())?;
    let all = parameters(function)?;
    let first = all.iter().find(|one| one.annotation.is_some())?;
    (first.node == subject.node()).then_some(())?;
    let annotation = Field::Type.of(subject.node())?.named_child(0)?;
    let name = subject.text(annotation);
    let is_it = kind(annotation) == Kind::Identifier
        && CLASSES.contains(&name)
        && subject.names().qualified(subject.item(), annotation)? == format!("builtins.{name}");
    let known = (provider("parameter-annotation").filter(|_| is_it)?.run)(subject)?;
    known.get("parameter")?;
    Some((known, name))
}
