//! A class statement: which metaclass makes the class, and what runs in which order.
//!
//! Source: Python Language Reference, Data model, Customizing class creation; PEP 487.

mod typed;

use super::super::classes::Class;
use super::super::source_text::one_line_in;
use super::super::{Facts, Provider, Slot, SlotKind};
use super::metaclass::Meta;
use super::mro::{Found, Link, Order, Orders};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};
use typed::Made;

pub static PROVIDER: Provider = Provider {
    name: "class-creation",
    doc: "how a class is made; `@target` is the `class_definition` or a part of its head. \
          Silent about a class with decorators if the pattern captures its `@name`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the class"),
    Slot::new("call", SlotKind::Code, "the call that makes the class, if its metaclass is known"),
    Slot::new("open", SlotKind::Code, "the class, if its metaclass is not known"),
    Slot::new("unknown", SlotKind::Codes, "the expressions that decide about the metaclass then"),
    Slot::new("named-tuple", SlotKind::Code, "the class, if its base is `typing.NamedTuple`"),
    Slot::new("typed-dict", SlotKind::Code, "the class, if it is a `typing.TypedDict`"),
    Slot::new("no-order", SlotKind::Code, "the class, if its bases have no common order"),
    Slot::new("bases", SlotKind::Codes, "its bases, if there are any"),
    Slot::new("conflict", SlotKind::Code, "the class, if its metaclasses conflict"),
    Slot::new("one", SlotKind::Code, "one of the metaclasses in conflict"),
    Slot::new("other", SlotKind::Code, "the other one"),
    Slot::new("metaclass", SlotKind::Code, "the metaclass, if it is known and not `type`"),
    Slot::new("from", SlotKind::Code, "the base that brings the metaclass"),
    Slot::new("hooked", SlotKind::Flag, "there is at least one of the steps below"),
    Slot::new("prepare", SlotKind::Code, "the metaclass with `__prepare__`"),
    Slot::new("prepare-line", SlotKind::Line, "its line"),
    Slot::new("new", SlotKind::Code, "the metaclass with `__new__`"),
    Slot::new("new-line", SlotKind::Line, "its line"),
    Slot::new("set-name", SlotKind::Records(SET_NAME), "attributes with `__set_name__`"),
    Slot::new("parent", SlotKind::Code, "the class whose `__init_subclass__` runs"),
    Slot::new("parent-line", SlotKind::Line, "its line"),
    Slot::new("init", SlotKind::Code, "the metaclass with `__init__`"),
    Slot::new("init-line", SlotKind::Line, "its line"),
    Slot::new("decorators", SlotKind::Codes, "its decorators in the order in which they apply"),
    Slot::new("mro", SlotKind::Codes, "the method resolution order, if there is more than itself"),
    Slot::new("plain", SlotKind::Flag, "the metaclass is `type`, and no base is named"),
    Slot::new("subclasses", SlotKind::Codes, "classes of the file that derive from it directly"),
    Slot::new("call-class", SlotKind::Code, "the metaclass whose `__call__` makes instances"),
    Slot::new("call-line", SlotKind::Line, "its line"),
    Slot::new("constructor", SlotKind::Code, "the class whose `__init__` instances run"),
    Slot::new("constructor-line", SlotKind::Line, "its line"),
];

static SET_NAME: &[Slot] = &[
    Slot::new("attribute", SlotKind::Code, "the attribute"),
    Slot::new("class", SlotKind::Code, "the class of its value"),
    Slot::new("line", SlotKind::Line, "the line of the method"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let is_class = |node: &Node<'_>| kind(*node) == Kind::ClassDefinition;
    let node = subject.path().iter().rev().take(3).copied().find(is_class)?;
    let class = Class::new(subject.names(), subject.item(), node)?;
    let decorated = class.decorated();
    if subject.capture("name").is_some() && decorated.is_some() {
        return None;
    }
    let mut orders = Orders::across_files(subject);
    let mut facts = Facts::of(SLOTS);
    facts.code("name", class.name());
    if let Some(decorated) = decorated {
        let texts = decorated.all.iter().rev().map(|one| one_line_in(class.text(), one.expression));
        facts.codes("decorators", texts).flag("hooked", true);
    }
    let arguments = class.arguments();
    let texts = arguments.positional.iter().map(|node| one_line_in(class.text(), *node));
    facts.codes("bases", texts);
    facts.codes("subclasses", class.subclasses().iter().map(Class::name));

    if let Some(made) = typed::made(&orders, class) {
        typed(class, made, &mut facts);
        return Some(facts);
    }
    let order = orders.of(class);
    if matches!(order, Order::Conflict) {
        facts.code("no-order", class.name());
        return Some(facts);
    }
    let order = order.complete();
    let meta = orders.metaclass(class);
    let made = orders.makes_by_type(&meta);
    match meta {
        Meta::Conflict(one, other) => {
            facts.code("conflict", class.name());
            facts.code("one", one.name()).code("other", other.name());
            return Some(facts);
        }
        Meta::Unknown => {
            facts.code("open", class.name()).codes("unknown", unknown(&mut orders, class));
        }
        meta @ Meta::Is(_) => {
            let name = meta.class().map_or("type", Link::name).to_owned();
            facts.code("call", call(class, &name));
            if !meta.is_type() {
                facts.code("metaclass", &name);
                if class.metaclass().is_none()
                    && let Some(from) = brings(&mut orders, class, &meta)
                {
                    facts.code("from", from);
                }
            }
            facts.flag("plain", meta.is_type() && arguments.positional.is_empty());
            hooks(&orders, &meta, made, &mut facts);
        }
    }
    let links = order.unwrap_or_default();
    if links.len() > 2 {
        facts.codes("mro", links.iter().map(Link::name));
    }
    if made {
        set_names(&mut orders, class, &mut facts);
        let above = links.get(1..).unwrap_or_default();
        if let Some(method) = orders.method(above, "__init_subclass__") {
            facts.code("parent", method.class.name()).line("parent-line", method.line);
            facts.flag("hooked", true);
        }
    }
    if is_filled(&mut orders, &links)
        && let Some(method) = orders.method(&links, "__init__")
    {
        facts.code("constructor", method.class.name()).line("constructor-line", method.line);
    }
    Some(facts)
}

/// What is known of a class whose bases are replaced, or that derives from one.
fn typed(class: Class<'_>, made: Made, facts: &mut Facts) {
    let name = class.name();
    let own = |order: &[&str]| [&[name], order].concat().into_iter().map(str::to_owned).collect();
    let order: Vec<String> = match made {
        Made::NamedTuple => {
            facts.code("named-tuple", name);
            own(&["tuple", "object"])
        }
        Made::TypedDict => {
            facts.code("typed-dict", name);
            own(&["dict", "object"])
        }
        Made::Below(order) => {
            facts.code("call", call(class, "type"));
            std::iter::once(name.to_owned()).chain(order).collect()
        }
    };
    facts.codes("mro", order);
}

/// The hooks of the metaclass that are in the file.
fn hooks<'a>(orders: &Orders<'_, 'a>, meta: &Meta<'a>, made: bool, facts: &mut Facts) {
    for (hook, class_slot, line_slot) in [
        ("__prepare__", "prepare", "prepare-line"),
        ("__new__", "new", "new-line"),
        ("__init__", "init", "init-line"),
        ("__call__", "call-class", "call-line"),
    ] {
        if hook == "__init__" && !made {
            continue;
        }
        if let Some(method) = orders.hook(meta, hook) {
            facts.code(class_slot, method.class.name()).line(line_slot, method.line);
            facts.flag("hooked", hook != "__call__");
        }
    }
}

/// The call that makes the class.
fn call(class: Class<'_>, metaclass: &str) -> String {
    let arguments = class.arguments();
    let text = |node| one_line_in(class.text(), node);
    let bases: Vec<_> = arguments.positional.iter().map(|node| text(*node)).collect();
    let bases = match bases.as_slice() {
        [one] => format!("({one},)"),
        _ => format!("({})", bases.join(", ")),
    };
    let keywords = arguments.keywords.iter().filter(|(name, _)| *name != "metaclass");
    let keywords: String =
        keywords.map(|(name, value)| format!(", {name}={}", text(*value))).collect();
    format!("{metaclass}('{}', {bases}, namespace{keywords})", class.name())
}

/// The first base whose metaclass is that of the class.
fn brings<'a>(orders: &mut Orders<'_, 'a>, class: Class<'a>, meta: &Meta<'a>) -> Option<String> {
    let bases = orders.bases(class)?;
    let found = bases.iter().position(|base| {
        let theirs = orders.metaclass_of(base);
        theirs.class().is_some() && theirs.class() == meta.class()
    })?;
    Some(bases[found].name().to_owned())
}

/// The expressions in the head that leave the metaclass open.
fn unknown<'a>(orders: &mut Orders<'_, 'a>, class: Class<'a>) -> Vec<String> {
    let text = |node| one_line_in(class.text(), node);
    let mut out = Vec::new();
    let arguments = class.arguments();
    for (base, node) in orders.written_bases(class).into_iter().zip(&arguments.positional) {
        use super::super::classes::Base;
        let link = match base {
            Base::Here(class) => Some(Link::Here(class)),
            Base::Known(name) => Some(Link::Known(name)),
            Base::Unknown => None,
        };
        if link.is_none_or(|link| orders.metaclass_of(&link).class().is_none()) {
            out.push(text(*node));
        }
    }
    if let Some(node) = class.metaclass()
        && orders.resolve(class, node).is_none()
    {
        out.push(text(node));
    }
    out
}

/// The attributes of the body whose values get `__set_name__`.
fn set_names<'a>(orders: &mut Orders<'_, 'a>, class: Class<'a>, facts: &mut Facts) {
    let mut records = Vec::new();
    for statement in class.statements() {
        let Some(assignment) = statement.named_child(0) else { continue };
        let is_one =
            kind(statement) == Kind::ExpressionStatement && kind(assignment) == Kind::Assignment;
        let (Some(left), Some(right)) = (Field::Left.of(assignment), Field::Right.of(assignment))
        else {
            continue;
        };
        if !is_one || kind(left) != Kind::Identifier || kind(right) != Kind::Call {
            continue;
        }
        let name = &class.text()[left.byte_range()];
        let stays = matches!(class.own(name), super::super::classes::Own::Yes(binding)
            if binding.at == left.byte_range().into());
        let made_by = right.child_in(Field::Function).filter(|_| stays);
        let made_by = made_by.and_then(|node| orders.resolve(class, node));
        let Some(order) = made_by.and_then(|made_by| orders.of(made_by).complete()) else {
            continue;
        };
        if let Some(method) = orders.method(&order, "__set_name__")
            && makes_instances(orders, &order)
        {
            let mut record = Facts::of(SET_NAME);
            record.code("attribute", name).code("class", order[0].name());
            record.line("line", method.line);
            records.push(record);
        }
    }
    facts.flag("hooked", !records.is_empty()).records("set-name", records);
}

/// True when a call of the class surely runs `__init__` of a new instance.
pub(in crate::facts) fn is_filled<'a>(orders: &mut Orders<'_, 'a>, order: &[Link<'a>]) -> bool {
    let Some(meta) = order.first().map(|link| orders.metaclass_of(link)) else { return false };
    let Meta::Is(links) = &meta else { return false };
    let is_meta = order.iter().any(|link| link.is("builtins.type"));
    let made = matches!(orders.lookup(order, "__new__"), Found::Nowhere);
    made && !is_meta
        && matches!(orders.lookup(links, "__call__"), Found::Known(name) if name == "builtins.type")
}

/// True when a call of the class gives an instance of it: neither `__new__` nor a metaclass is in
/// the way.
pub(in crate::facts) fn makes_instances<'a>(
    orders: &mut Orders<'_, 'a>,
    order: &[Link<'a>],
) -> bool {
    let plain = matches!(orders.lookup(order, "__new__"), Found::Nowhere | Found::Known(_));
    plain && order.first().is_some_and(|link| orders.metaclass_of(link).is_type())
}

#[cfg(test)]
mod tests;
