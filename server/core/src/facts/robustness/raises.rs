//! What calls raise when something is wrong outside the program.

use crate::facts::tables::Table;
use crate::facts::{Facts, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};
use crate::{value, walk};

/// Exceptions that code has to reckon with.
pub static TABLE: Table = Table {
    name: "raises",
    doc: "Functions and methods, by the exceptions that a call raises when its input or the world \
          is not as hoped. A method is written `module.Class.method`, or with the function that \
          made the object: `builtins.open.read`. Read by `specific-except` and the fix of `swallowed-exception`",
    columns: &[Slot::new("errors", SlotKind::Codes, "dotted names; builtins without a module")],
};

/// The row of what a call calls.
pub(super) fn row<'a>(subject: &Subject<'a>, call: Node<'_>) -> Option<&'a Facts> {
    let names = subject.names();
    let callee = Field::Function.of(call)?;
    if let Some(name) = names.qualified(subject.item(), callee) {
        return subject.row(&TABLE, &name);
    }
    // The same node, with the lifetime of the file.
    let root = names.item(subject.item()).tree()?.root_node();
    let path = walk::path_to(root, callee.start_byte(), callee.end_byte())?;
    let callee = path.into_iter().rev().find(|node| node.id() == callee.id())?;
    let object = Field::Object.of(callee).filter(|_| kind(callee) == Kind::Attribute)?;
    let method = subject.text(Field::Attribute.of(callee)?);
    let owner = value::of(names, subject.item(), object)?;
    subject.row(&TABLE, &format!("{}.{method}", owner.made_by()?))
}
