//! `__init__`, `__call__` and `__prepare__` of a metaclass.
//!
//! Source: Python Language Reference, Data model, Customizing class creation; PEP 3115.

use super::super::call_sites::calls_of_name;
use super::super::{Facts, Provider, Slot, SlotKind, Value};
use super::method::OwnMethod;
use super::mro::Orders;
use super::new_method::users;
use crate::subject::Subject;
use crate::syntax::function::{own_nodes, returned, returns};
use crate::syntax::{Field, Kind, Node, kind};

pub static INIT: Provider = Provider {
    name: "metaclass-init",
    doc: "`__init__` of a metaclass; `@target` is the `function_definition`",
    slots: INIT_SLOTS,
    run: init,
};

pub static CALL: Provider = Provider {
    name: "metaclass-call",
    doc: "`__call__` of a metaclass; `@target` is the `function_definition`",
    slots: CALL_SLOTS,
    run: call,
};

pub static PREPARE: Provider = Provider {
    name: "prepare-method",
    doc: "`__prepare__` of a metaclass; `@target` is the `function_definition`",
    slots: PREPARE_SLOTS,
    run: prepare,
};

static INIT_SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the metaclass"),
    Slot::new("cls", SlotKind::Code, "the parameter that gets the finished class"),
    Slot::new("namespace", SlotKind::Code, "the parameter that gets the namespace"),
    Slot::new("users", SlotKind::Codes, "classes of the file that it gets"),
    Slot::new("lost", SlotKind::Lines, "lines that change the namespace, without effect"),
];

static CALL_SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the metaclass"),
    Slot::new("cls", SlotKind::Code, "the first parameter: the class that is called"),
    Slot::new("users", SlotKind::Codes, "classes of the file whose calls it takes"),
    Slot::new("calls", SlotKind::Lines, "lines of these calls"),
    Slot::new("store", SlotKind::Code, "the mapping of instances that it keeps"),
    Slot::new("store-line", SlotKind::Line, "the line that fills it"),
    Slot::new("unlocked", SlotKind::Code, "the first parameter, if no lock guards the mapping"),
    Slot::new("no-instance", SlotKind::Flag, "it calls no other `__call__`: no instance is made"),
];

static PREPARE_SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the metaclass"),
    Slot::new("users", SlotKind::Codes, "classes of the file whose body runs in its result"),
    Slot::new("plain", SlotKind::Code, "the first parameter, if it is no class or static method"),
    Slot::new("name", SlotKind::Code, "the parameter that gets the name"),
    Slot::new("bases", SlotKind::Code, "the parameter that gets the bases"),
    Slot::new("returned", SlotKind::Code, "the only expression that it returns"),
];

/// The method of a metaclass with this name.
fn of<'a>(subject: &Subject<'a>, name: &str) -> Option<OwnMethod<'a>> {
    let method = OwnMethod::of(subject)?;
    let is_meta = Orders::across_files(subject).is_metaclass(method.class) == Some(true);
    (method.name == name && is_meta).then_some(method)
}

fn init(subject: &Subject<'_>) -> Option<Facts> {
    let method = of(subject, "__init__").filter(|method| method.decorated.is_none())?;
    let mut orders = Orders::across_files(subject);
    let mut facts = Facts::of(INIT_SLOTS);
    facts.code("class", method.class.name()).code("cls", method.first()?);
    facts.codes("users", users(&mut orders, method.class, Some("__init__")));
    if let Some(namespace) = method.positional(3) {
        facts.code("namespace", namespace);
        let mut lines = Vec::new();
        own_nodes(method.node, |node| {
            let left = Field::Left
                .of(node)
                .filter(|left| kind(node) == Kind::Assignment && kind(*left) == Kind::Subscript);
            let value = left.and_then(|left| left.child_in(Field::Value));
            let is_it = value.is_some_and(|value| {
                subject.text(value) == namespace
                    && kind(value) == Kind::Identifier
                    && subject.names().is_variable_of(subject.item(), value, method.node)
                    && subject.names().bindings_in(subject.item(), method.node, namespace).len()
                        == 1
            });
            if is_it {
                lines.push(subject.line(node));
            }
        });
        facts.set("lost", Value::Lines(lines));
    }
    Some(facts)
}

fn call(subject: &Subject<'_>) -> Option<Facts> {
    let method = of(subject, "__call__").filter(|method| method.decorated.is_none())?;
    let mut orders = Orders::across_files(subject);
    let mut facts = Facts::of(CALL_SLOTS);
    let class = method.class;
    facts.code("class", class.name()).code("cls", method.first()?);
    facts.codes("users", users(&mut orders, class, Some("__call__")));
    let mut lines = Vec::new();
    for user in super::metaclass_definition::classes_named_with(class) {
        let meta = orders.metaclass(user);
        let is_it = orders.hook(&meta, "__call__").is_some_and(|hook| hook.node == method.node);
        if is_it && user.decorated().is_none() {
            let sites = calls_of_name(user.names, user.item, user.node);
            lines.extend(sites.iter().map(|site| site.line(subject.document())));
        }
    }
    lines.sort_unstable();
    lines.dedup();
    facts.set("calls", Value::Lines(lines));
    let (mut passes_on, mut locked) = (false, false);
    own_nodes(method.node, |node| {
        let named = |name: &str| {
            node.child_in(Field::Attribute).is_some_and(|found| subject.text(found) == name)
        };
        passes_on |= kind(node) == Kind::Attribute && (named("__call__") || named("__new__"));
        passes_on |= kind(node) == Kind::Identifier && subject.text(node) == "super";
        if let Some(store) = kept_in(subject, &method, node)
            && facts.get("store").is_none()
        {
            facts.code("store", subject.text(store)).line("store-line", subject.line(node));
        }
        locked |= kind(node) == Kind::WithStatement || named("acquire");
    });
    if !locked && facts.get("store").is_some() {
        facts.code("unlocked", method.first()?);
    }
    facts.flag("no-instance", !passes_on);
    Some(facts)
}

/// The mapping in `mapping[cls] = super().__call__(…)` if the method also returns `mapping[cls]`.
fn kept_in<'a>(subject: &Subject<'a>, method: &OwnMethod<'a>, node: Node<'a>) -> Option<Node<'a>> {
    let left = Field::Left.of(node).filter(|_| kind(node) == Kind::Assignment)?;
    let key = left.child_in(Field::Subscript).filter(|_| kind(left) == Kind::Subscript)?;
    let value = Field::Right.of(node).filter(|value| kind(*value) == Kind::Call)?;
    let callee = value.child_in(Field::Function)?;
    let makes = callee
        .child_in(Field::Attribute)
        .is_some_and(|attribute| subject.text(attribute) == "__call__");
    let returned = returns(method.node).into_iter().filter_map(returned);
    let comes_back = returned.into_iter().any(|value| subject.text(value) == subject.text(left));
    let is_class = kind(key) == Kind::Identifier && Some(subject.text(key)) == method.first();
    (makes && comes_back && is_class).then(|| left.child_in(Field::Value))?
}

fn prepare(subject: &Subject<'_>) -> Option<Facts> {
    let method = of(subject, "__prepare__")?;
    let mut orders = Orders::across_files(subject);
    let mut facts = Facts::of(PREPARE_SLOTS);
    facts.code("class", method.class.name());
    facts.codes("users", users(&mut orders, method.class, Some("__prepare__")));
    let offset = match &method.decorated {
        None => {
            facts.code("plain", method.first()?);
            0
        }
        Some(decorated) if decorated.all.iter().all(|one| one.is(&["builtins.classmethod"])) => 1,
        Some(decorated) if decorated.all.iter().all(|one| one.is(&["builtins.staticmethod"])) => 0,
        Some(_) => return None,
    };
    if facts.get("plain").is_none() {
        if let Some(name) = method.positional(offset) {
            facts.code("name", name);
        }
        if let Some(bases) = method.positional(offset + 1) {
            facts.code("bases", bases);
        }
    }
    let returns = returns(method.node);
    if let [one] = returns[..]
        && let Some(value) = returned(one)
    {
        facts.code("returned", super::super::source_text::one_line(subject, value));
    }
    Some(facts)
}

#[cfg(test)]
mod tests;
