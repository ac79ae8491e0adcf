//! The method resolution order of classes of the file.
//!
//! Source: "The Python 2.3 Method Resolution Order", which all later versions use: C3, the merge of
//! the orders of the bases and the list of the bases. PEP 560 for bases with brackets, PEP 695 for
//! type parameters.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::super::classes::{Base, Class, Own};
use super::super::source_text::mentions;
use super::super::tables::Table;
use super::super::{Slot, SlotKind, Value};
use super::metaclass::Meta;
use super::outside::may_set;
use crate::document::Item;
use crate::scope::Binding;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};

/// Classes of the standard library, as far as they can be bases in a known order.
pub static CLASSES: Table = Table {
    name: "stdlib-class",
    doc: "classes that may be bases or metaclasses",
    columns: &[
        Slot::new("after", SlotKind::Codes, "what follows it in its method resolution order"),
        Slot::new("metaclass", SlotKind::Code, "its metaclass, if that is not `builtins.type`"),
        Slot::new("methods", SlotKind::Codes, "hooks that it defines itself, of those asked about"),
    ],
};

/// Bases of bases are followed this far.
pub(super) const MAX_BASES: usize = 20;

/// Longer orders are not looked into.
const MAX_ORDER: usize = 60;

/// A class in a method resolution order.
#[derive(Clone, Debug)]
pub(in crate::facts) enum Link<'a> {
    /// A class of the file.
    Here(Class<'a>),
    /// One of the standard library, by its dotted name.
    Known(String),
}

impl PartialEq for Link<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Here(one), Self::Here(two)) => one.node == two.node,
            (Self::Known(one), Self::Known(two)) => one == two,
            _ => false,
        }
    }
}

impl<'a> Link<'a> {
    /// The name of the class, without its module.
    pub fn name(&self) -> &str {
        match self {
            Self::Here(class) => class.name(),
            Self::Known(name) => name.rsplit('.').next().unwrap_or(name),
        }
    }

    /// The class of the file.
    pub fn here(&self) -> Option<Class<'a>> {
        match self {
            Self::Here(class) => Some(*class),
            Self::Known(_) => None,
        }
    }

    /// True for this class of the standard library.
    pub fn is(&self, name: &str) -> bool {
        matches!(self, Self::Known(known) if known == name)
    }
}

/// The method resolution order of a class.
#[derive(Clone, Debug)]
pub(in crate::facts) enum Order<'a> {
    /// From the class itself to `object`.
    Complete(Vec<Link<'a>>),
    /// There is none: making the class raises `TypeError`.
    Conflict,
    /// Some class above is not known.
    Unknown,
}

impl<'a> Order<'a> {
    /// The order if it is known.
    pub fn complete(self) -> Option<Vec<Link<'a>>> {
        match self {
            Self::Complete(links) => Some(links),
            _ => None,
        }
    }
}

/// Where a class gets a method from.
#[derive(Clone, Debug)]
pub(in crate::facts) enum Found<'a> {
    /// The body of a class of the file, by this binding.
    Here(Class<'a>, &'a Binding),
    /// A class of the standard library.
    Known(String),
    /// No class has it.
    Nowhere,
    /// It cannot be told.
    Unknown,
}

/// Method resolution orders, each found once.
pub(in crate::facts) struct Orders<'s, 'a> {
    pub subject: &'s Subject<'a>,
    known: FxHashMap<usize, Order<'a>>,
    pub(super) metaclasses: FxHashMap<usize, Meta<'a>>,
    /// Classes of other files of the workspace are looked into.
    pub(super) anywhere: bool,
    /// What was asked about all the text of a file before, by the place of its items.
    asked: RefCell<FxHashMap<(usize, String), bool>>,
    depth: usize,
}

impl<'s, 'a> Orders<'s, 'a> {
    /// Of the classes of the subject's file alone.
    pub fn new(subject: &'s Subject<'a>) -> Self {
        Self {
            subject,
            known: FxHashMap::default(),
            metaclasses: FxHashMap::default(),
            anywhere: false,
            asked: RefCell::default(),
            depth: 0,
        }
    }

    /// [`Orders::new`], where a class of another file of the workspace is as good as one of this
    /// file. Its items and its text are those of its own names.
    pub fn across_files(subject: &'s Subject<'a>) -> Self {
        Self { anywhere: true, ..Self::new(subject) }
    }

    /// The bases of a class as they are written.
    pub(super) fn written_bases(&self, class: Class<'a>) -> Vec<Base<'a>> {
        if self.anywhere { class.bases_anywhere() } else { class.bases() }
    }

    /// The class that an expression in the file of a class can only be.
    pub(super) fn resolve(&self, class: Class<'a>, node: Node<'_>) -> Option<Class<'a>> {
        let here = Class::resolve(class.names, class.item, node);
        here.or_else(|| {
            self.anywhere.then(|| Class::imported(class.names, class.item, node)).flatten()
        })
    }

    /// The order of a class of the file.
    pub fn of(&mut self, class: Class<'a>) -> Order<'a> {
        if let Some(order) = self.known.get(&class.node.id()) {
            return order.clone();
        }
        if self.depth >= MAX_BASES {
            return Order::Unknown;
        }
        // A class that is its own base by way of others has no order.
        self.known.insert(class.node.id(), Order::Unknown);
        self.depth += 1;
        let order = self.find(class);
        self.depth -= 1;
        self.known.insert(class.node.id(), order.clone());
        order
    }

    fn find(&mut self, class: Class<'a>) -> Order<'a> {
        let Some(bases) = self.bases(class) else { return Order::Unknown };
        let mut lists = Vec::new();
        for base in &bases {
            match self.of_link(base) {
                Order::Complete(links) => lists.push(links),
                // The base itself cannot be made.
                Order::Conflict | Order::Unknown => return Order::Unknown,
            }
        }
        lists.push(bases);
        match merge(lists) {
            Some(rest) if rest.len() < MAX_ORDER => {
                Order::Complete([vec![Link::Here(class)], rest].concat())
            }
            Some(_) => Order::Unknown,
            None => Order::Conflict,
        }
    }

    /// The order of any class.
    pub fn of_link(&mut self, link: &Link<'a>) -> Order<'a> {
        match link {
            Link::Here(class) => self.of(*class),
            Link::Known(name) if name == "builtins.object" => Order::Complete(vec![link.clone()]),
            Link::Known(name) => {
                let row = self.subject.row(&CLASSES, name);
                let Some(Value::Codes(after)) = row.and_then(|row| row.get("after")) else {
                    return Order::Unknown;
                };
                let after = after.iter().cloned().map(Link::Known);
                Order::Complete(std::iter::once(link.clone()).chain(after).collect())
            }
        }
    }

    /// The bases that the class gets in the end; nothing when one of them is not known.
    pub fn bases(&self, class: Class<'a>) -> Option<Vec<Link<'a>>> {
        // Type parameters add `Generic`, assignments may add anything, and `mro` of a metaclass
        // may answer anything.
        let has_parameters = class.node.child_in(Field::TypeParameters).is_some();
        let has_own = self.once(class.names.all_items(), "def mro(", |items, word| {
            items.iter().any(|item| mentions(item.text(), word))
        });
        if has_parameters || has_own || self.is_set_from_outside(class, "__bases__") {
            return None;
        }
        let nodes = class.arguments().positional;
        let mut links = Vec::new();
        for (index, base) in self.written_bases(class).into_iter().enumerate() {
            let link = match base {
                Base::Here(class) => Link::Here(class),
                Base::Known(name) => Link::Known(name),
                Base::Unknown => return None,
            };
            // `Generic[T]` gives way to a later base with brackets that brings `Generic` itself.
            if link.is("typing.Generic") && !is_last_with_brackets(&nodes, index) {
                return None;
            }
            links.push(link);
        }
        if links.is_empty() {
            links.push(Link::Known("builtins.object".to_owned()));
        }
        Some(links)
    }

    /// Where the attribute comes from that is looked up along these classes.
    pub fn lookup(&self, along: &[Link<'a>], name: &str) -> Found<'a> {
        if self.once(self.subject.document().items(), name, may_set) {
            return Found::Unknown;
        }
        for link in along {
            match link {
                Link::Here(class) if self.is_set_from_outside(*class, name) => {
                    return Found::Unknown;
                }
                Link::Here(class) => match class.own(name) {
                    Own::Yes(binding) => return Found::Here(*class, binding),
                    Own::Maybe => return Found::Unknown,
                    Own::No if may_be_added(*class, name) => return Found::Unknown,
                    Own::No => {}
                },
                Link::Known(known) if known == "builtins.object" => {}
                Link::Known(known) => {
                    let row = self.subject.row(&CLASSES, known);
                    match row.and_then(|row| row.get("methods")) {
                        Some(Value::Codes(methods)) if methods.iter().any(|one| one == name) => {
                            return Found::Known(known.clone());
                        }
                        _ if HOOKS.contains(&name) && row.is_some() => {}
                        _ => return Found::Unknown,
                    }
                }
            }
        }
        Found::Nowhere
    }

    /// True when the file of the class or that of the subject may assign to the attribute of anything
    /// but by a definition in a class body.
    fn is_set_from_outside(&self, class: Class<'a>, name: &str) -> bool {
        // Those of one file were looked at before.
        let elsewhere = class.names.site().is_some_and(|site| site.elsewhere().is_some());
        self.once(self.subject.document().items(), name, may_set)
            || elsewhere && self.once(class.names.all_items(), name, may_set)
    }

    /// What `ask` says about a word in a file with these items, asked once.
    fn once(&self, items: &[Item], word: &str, ask: impl Fn(&[Item], &str) -> bool) -> bool {
        let key = (items.as_ptr().addr(), word.to_owned());
        if let Some(known) = self.asked.borrow().get(&key) {
            return *known;
        }
        let found = ask(items, word);
        self.asked.borrow_mut().insert(key, found);
        found
    }
}

/// The methods of which the table says which classes define them.
pub(in crate::facts) const HOOKS: &[&str] = &[
    "__new__",
    "__init__",
    "__call__",
    "__prepare__",
    "__init_subclass__",
    "__set_name__",
    "__get__",
    "__set__",
    "__delete__",
    "__getattr__",
    "__getattribute__",
    "__setattr__",
];

/// True when a decorator of the class may add a method of that name.
fn may_be_added(class: Class<'_>, name: &str) -> bool {
    const ADD_NOTHING: &[&str] = &["enum.unique", "typing.final", "typing.runtime_checkable"];
    let generated = name.starts_with("__") && !matches!(name, "__init_subclass__" | "__set_name__");
    class.decorated().is_some_and(|decorated| {
        decorated.all.iter().any(|one| {
            let data_class = one.is(&["dataclasses.dataclass", "functools.total_ordering"]);
            !one.is(ADD_NOTHING) && (generated || !data_class)
        })
    })
}

/// True when no base behind this one has brackets, and `Protocol` is not among them.
fn is_last_with_brackets(nodes: &[Node<'_>], index: usize) -> bool {
    nodes.iter().skip(index + 1).all(|node| kind(*node) != Kind::Subscript)
}

/// The merge step of C3; nothing when there is no order.
fn merge<'a>(mut lists: Vec<Vec<Link<'a>>>) -> Option<Vec<Link<'a>>> {
    let mut out = Vec::new();
    loop {
        lists.retain(|list| !list.is_empty());
        if lists.is_empty() || out.len() > MAX_ORDER {
            return Some(out);
        }
        let is_free = |head: &Link<'_>| lists.iter().all(|list| !list[1..].contains(head));
        let head = lists.iter().map(|list| &list[0]).find(|head| is_free(head))?.clone();
        for list in &mut lists {
            if list[0] == head {
                list.remove(0);
            }
        }
        out.push(head);
    }
}

#[cfg(test)]
mod tests;
