//! Which database a connection or cursor belongs to.
//!
//! Source: PEP 249, Python Database API Specification 2.0.

use super::super::tables::Table;
use super::super::{Facts, Slot, SlotKind, Value};
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};
use crate::value::{self, Object};

pub static DATABASE: Table = Table {
    name: "database",
    doc: "functions that open a connection to a database, and the classes of connections and \
          cursors, by the module of their driver",
    columns: &[Slot::new(
        "placeholder",
        SlotKind::Code,
        "what stands for a value in a statement: `?`; not given where values are passed otherwise",
    )],
};

/// `cursor = connection.cursor()` is followed this far.
const MAX_STEPS: usize = 5;

/// What an object is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Connected {
    /// A connection or cursor of this database.
    To(Database),
    /// Something else.
    No,
    /// The file does not tell.
    Unknown,
}

/// What is known about a database's driver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Database {
    /// The driver's module: `sqlite3`.
    pub module: String,
    /// What stands for a value in a statement.
    pub placeholder: Option<String>,
}

impl Database {
    fn new(name: &str, row: &Facts) -> Self {
        let placeholder = match row.get("placeholder") {
            Some(Value::Code(text)) => Some(text.clone()),
            _ => None,
        };
        Self { module: module_of(name).to_owned(), placeholder }
    }
}

fn module_of(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

/// What the expression `node` of the subject's item is connected to.
pub fn connected<'a>(subject: &Subject<'a>, node: Node<'a>) -> Connected {
    let names = subject.names();
    let row = |name: &str| {
        let found = subject.row(&DATABASE, name).map(|row| Database::new(name, row));
        found.map_or(Connected::Unknown, Connected::To)
    };
    let (mut item, mut node) = (subject.item(), node);
    for _ in 0..MAX_STEPS {
        if let Some(value) = value::of(names, item, node) {
            return match value.object {
                Object::Called(name) => row(&name),
                Object::Named(_) | Object::Returned(_) => Connected::Unknown,
                _ => Connected::No,
            };
        }
        if let Some(connection) = cursor_of(node, names.item(item).text()) {
            node = connection;
            continue;
        }
        let bound = Some(node).filter(|node| kind(*node) == Kind::Identifier);
        let Some(bound) = bound.and_then(|name| names.binding(item, name)) else { break };
        let Some(statement) = names.node(bound) else { break };
        item = bound.item;
        let next = match bound.binding.kind {
            BindingKind::Assignment | BindingKind::AnnotatedAssignment => {
                Field::Right.of(statement)
            }
            BindingKind::With => statements(statement).first().copied(),
            BindingKind::Parameter => {
                let annotation = Field::Type.of(statement).and_then(|it| it.named_child(0));
                let name = annotation.and_then(|class| names.qualified(item, class));
                return name.map_or(Connected::Unknown, |name| row(&name));
            }
            _ => None,
        };
        let Some(next) = next else { break };
        node = next;
    }
    Connected::Unknown
}

/// The object in `object.cursor(…)`.
fn cursor_of<'a>(node: Node<'a>, text: &str) -> Option<Node<'a>> {
    let callee = node.child_in(Field::Function).filter(|_| kind(node) == Kind::Call)?;
    let method = Field::Attribute.of(callee)?;
    let object = Field::Object.of(callee)?;
    (text.get(method.byte_range()) == Some("cursor")).then_some(object)
}

/// The database of the only driver that the file imports at module level.
pub fn imported(subject: &Subject<'_>) -> Option<Database> {
    let names = subject.names();
    let mut found: Option<Database> = None;
    for (name, row) in subject.rows(&DATABASE) {
        let database = Database::new(name, row);
        if found.as_ref().is_some_and(|other| other.module == database.module) {
            continue;
        }
        let bindings = names.module_bindings(&database.module);
        let is_import = |kind| matches!(kind, BindingKind::Import | BindingKind::ImportFrom);
        if bindings.iter().any(|bound| is_import(bound.binding.kind)) {
            if found.is_some() {
                return None;
            }
            found = Some(database);
        }
    }
    found
}
