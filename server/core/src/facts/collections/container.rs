//! Which container an expression is, by the table of the packs.

use super::defaultdict::EMPTY;
use crate::Span;
use crate::facts::decoration::Arguments;
use crate::facts::source_text::one_line_in;
use crate::facts::tables::Table;
use crate::facts::{Facts, Slot, SlotKind, Value as Fact};
use crate::subject::Subject;
use crate::syntax::{Kind, Node, kind};
use crate::value::{self, Object, Value};

/// Containers of the standard library.
pub static CONTAINERS: Table = Table {
    name: "container",
    doc: "A class or function whose call makes a container, by the name that is called. Read by \
          `container-operation`",
    columns: &[
        Slot::new("inherits", SlotKind::Code, "the class whose operations it has too"),
        Slot::new("say", SlotKind::Text, "how its costs come about, for an interview"),
    ],
};

/// An expression that is a container of the table.
pub(crate) struct Container<'a> {
    /// The row's name.
    pub key: String,
    /// The class or function without its module.
    pub name: String,
    /// What the expression evaluates to.
    pub value: Value<'a>,
    /// The row.
    pub row: &'a Facts,
}

impl<'a> Container<'a> {
    /// The container that the expression can only be.
    pub fn of(subject: &Subject<'a>, node: Node<'a>) -> Option<Self> {
        let value = value::of(subject.names(), subject.item(), node)?;
        let key = match &value.object {
            Object::Instance(class) if kind(class.node) == Kind::Call => {
                "collections.namedtuple".to_owned()
            }
            _ => value.made_by()?.to_owned(),
        };
        let row = subject.row(&CONTAINERS, &key)?;
        let name = key.rsplit('.').next()?.to_owned();
        Some(Self { key, name, value, row })
    }

    /// True when the expression `node` makes the container itself.
    pub fn is_made_by(&self, subject: &Subject<'_>, node: Node<'_>) -> bool {
        self.value.item == subject.item() && self.value.node.byte_range() == node.byte_range()
    }

    /// The line of the file on which it is made, from 0.
    pub fn line(&self, subject: &Subject<'_>) -> usize {
        let document = subject.document();
        let start = document.start_of(self.value.item) + self.value.node.start_byte();
        document.text().line_of(start)
    }

    /// The argument that the call which makes it gives at this position or under this name, on one
    /// line. Nothing when a `*` may give it, and nothing for `None`.
    pub fn argument(&self, subject: &Subject<'a>, at: usize, name: &str) -> Option<String> {
        let text = subject.names().item(self.value.item).text();
        let arguments = crate::facts::decoration::Arguments::of(self.value.call()?, text);
        let node = arguments.get(at, name).filter(|_| !arguments.spread)?;
        (kind(node) != Kind::None).then(|| one_line_in(text, node))
    }

    /// Whether the `defaultdict` makes missing values. Nothing when the file may change that.
    pub fn has_factory(&self, subject: &Subject<'a>) -> Option<bool> {
        let items = subject.document().items();
        if items.iter().any(|item| item.text().contains(".default_factory")) {
            return None;
        }
        let text = subject.names().item(self.value.item).text();
        let arguments = Arguments::of(self.value.call()?, text);
        if arguments.spread {
            return None;
        }
        // A keyword, whatever its name, is a key of the new dict.
        let factory = arguments.positional.first();
        Some(factory.is_some_and(|node| kind(*node) != Kind::None))
    }

    /// True when the `defaultdict` makes missing values by calling a builtin type.
    pub fn has_builtin_factory(&self, subject: &Subject<'a>) -> bool {
        let text = subject.names().item(self.value.item).text();
        let call = self.value.call();
        let factory = call.and_then(|call| Arguments::of(call, text).positional.first().copied());
        let name = factory.and_then(|factory| subject.names().qualified(self.value.item, factory));
        name.is_some_and(|name| EMPTY.iter().any(|(known, _)| *known == name))
    }

    /// Where it is made, in bytes of the file.
    pub fn span(&self, subject: &Subject<'_>) -> Span {
        Span::from(self.value.node.byte_range())
            .shifted(subject.document().start_of(self.value.item))
    }

    /// The row of `table` for one of its operations, its own or inherited.
    pub fn operation(&self, subject: &Subject<'a>, table: &Table, name: &str) -> Option<&'a Facts> {
        let own = subject.row(table, &format!("{}.{name}", self.key));
        own.or_else(|| match self.row.get("inherits") {
            Some(Fact::Code(base)) => subject.row(table, &format!("{base}.{name}")),
            _ => None,
        })
    }
}
