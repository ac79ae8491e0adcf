//! `__new__`, in an ordinary class and in a metaclass.
//!
//! Source: Python Language Reference, Data model, `object.__new__`; PEP 3115. That `object.__new__`
//! refuses arguments when `__new__` is overridden is in CPython's `Objects/typeobject.c`,
//! `object_new`.

use super::super::classes::Class;
use super::super::decoration::Arguments;
use super::super::source_text::one_line_in;
use super::super::{Facts, Provider, Slot, SlotKind};
use super::making::{is_making, makes_and_returns};
use super::metaclass::Meta;
use super::metaclass_definition::classes_named_with;
use super::method::OwnMethod;
use super::mro::{Found, Link, Orders};
use super::super_call::all_subclasses;
use crate::names::Receiver;
use crate::subject::Subject;
use crate::syntax::function::{is_generator, own_nodes, returned, returns};
use crate::syntax::{Field, Kind, Node, kind};

pub static CLASS: Provider = Provider {
    name: "new-method",
    doc: "`__new__` of a class that is no metaclass; `@target` is the `function_definition`",
    slots: SLOTS,
    run: ordinary,
};

pub static META: Provider = Provider {
    name: "metaclass-new",
    doc: "`__new__` of a metaclass; `@target` is the `function_definition`",
    slots: META_SLOTS,
    run: of_metaclass,
};

static SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("cls", SlotKind::Code, "the first parameter"),
    Slot::new("makes", SlotKind::Code, "the class, if it surely returns a new object made above"),
    Slot::new("maybe", SlotKind::Code, "the class, if that cannot be told"),
    Slot::new("nothing", SlotKind::Code, "the class, if it returns nothing"),
    Slot::new("kept", SlotKind::Code, "an attribute of the class that it returns"),
    Slot::new("kept-line", SlotKind::Line, "the line of that `return`"),
    Slot::new("init-line", SlotKind::Line, "the line of `__init__` of the class"),
    Slot::new("refused", SlotKind::Code, "a call of `object.__new__` with further arguments"),
    Slot::new("refused-line", SlotKind::Line, "its line"),
    Slot::new("immutable", SlotKind::Code, "the builtin immutable type it derives from"),
];

static META_SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the metaclass"),
    Slot::new("meta", SlotKind::Code, "the parameter that gets the metaclass"),
    Slot::new("name", SlotKind::Code, "the parameter that gets the name"),
    Slot::new("bases", SlotKind::Code, "the parameter that gets the bases"),
    Slot::new("namespace", SlotKind::Code, "the parameter that gets the namespace"),
    Slot::new("users", SlotKind::Codes, "classes of the file that it makes"),
    Slot::new("no-keywords", SlotKind::Flag, "it takes no keywords"),
    Slot::new("too-late", SlotKind::Lines, "changes of the namespace behind the call of `type`"),
    Slot::new("nothing", SlotKind::Code, "the metaclass, if it returns nothing"),
];

/// Builtin types whose objects must be filled by `__new__`.
const IMMUTABLE: &[&str] = &[
    "builtins.int",
    "builtins.float",
    "builtins.complex",
    "builtins.str",
    "builtins.bytes",
    "builtins.tuple",
    "builtins.frozenset",
];

fn ordinary(subject: &Subject<'_>) -> Option<Facts> {
    let method = OwnMethod::of(subject).filter(is_plain)?;
    let class = method.class;
    class.keeps_name().then_some(())?;
    let mut orders = Orders::across_files(subject);
    let order = orders.of(class).complete();
    if orders.is_metaclass(class) == Some(true) {
        return None;
    }
    // A metaclass such as that of enumerations may not call it when the class is called.
    let Meta::Is(meta) = orders.metaclass(class) else { return None };
    let Found::Known(caller) = orders.lookup(&meta, "__call__") else { return None };
    (caller == "builtins.type").then_some(())?;
    let mut facts = Facts::of(SLOTS);
    facts.code("class", class.name()).code("cls", method.first()?);
    let links = order.unwrap_or_default();
    refused(&orders, &method, links.get(1..).unwrap_or_default(), &mut facts);
    if returns_nothing(method.node) {
        facts.code("nothing", class.name());
    } else if facts.get("refused").is_none()
        && makes_and_returns(class.names, class.item, method.node)
        && !raises(method.node)
    {
        facts.code("makes", class.name());
    } else {
        facts.code("maybe", class.name());
    }
    if let Some(init) =
        orders.method(&links, "__init__").filter(|init| init.class.node == class.node)
    {
        facts.line("init-line", init.line);
        if let Some((statement, value)) = kept(subject, &method) {
            facts.code("kept", one_line_in(class.text(), value));
            facts.line("kept-line", subject.line(statement));
        }
    }
    let builtin = links.iter().find(|link| IMMUTABLE.iter().any(|name| link.is(name)));
    if let Some(builtin) = builtin {
        facts.code("immutable", builtin.name());
    }
    Some(facts)
}

/// A call of `object.__new__` that fails for its arguments.
fn refused<'a>(
    orders: &Orders<'_, 'a>,
    method: &OwnMethod<'a>,
    above: &[Link<'a>],
    facts: &mut Facts,
) {
    let class = method.class;
    let is_of_object =
        !above.is_empty() && matches!(orders.lookup(above, "__new__"), Found::Nowhere);
    // In a subclass another `__new__` may follow.
    if !is_of_object || !all_subclasses(class).is_empty() {
        return;
    }
    own_nodes(method.node, |node| {
        if !is_making(node, class.text()) || facts.get("refused").is_some() {
            return;
        }
        let given = Arguments::of(node, class.text());
        let callee = node.child_in(Field::Function);
        let object = callee.and_then(|callee| callee.child_in(Field::Object));
        let receiver = object.and_then(|object| class.names.receiver(class.item, object));
        let more = given.positional.len() > 1 || !given.keywords.is_empty();
        if matches!(receiver, Some(Receiver::Super(_))) && more && !given.spread {
            facts.code("refused", one_line_in(class.text(), node));
            facts.line("refused-line", class.line_at(node.start_byte()));
        }
    });
}

fn of_metaclass(subject: &Subject<'_>) -> Option<Facts> {
    let method = OwnMethod::of(subject).filter(is_plain)?;
    let class = method.class;
    let mut orders = Orders::across_files(subject);
    orders.is_metaclass(class).filter(|is_meta| *is_meta)?;
    let [meta, name, bases, namespace] = [0, 1, 2, 3].map(|index| method.positional(index));
    let mut facts = Facts::of(META_SLOTS);
    facts.code("class", class.name()).code("meta", meta?).code("name", name?);
    facts.code("bases", bases?).code("namespace", namespace?);
    facts.codes("users", users(&mut orders, class, Some("__new__")));
    let takes_any = method.parameters.len() > 4;
    facts.flag("no-keywords", !takes_any);
    if returns_nothing(method.node) {
        facts.code("nothing", class.name());
    }
    facts.set("too-late", super::super::Value::Lines(too_late(subject, &method, namespace?)));
    Some(facts)
}

/// `__new__` itself, without decorators but a `staticmethod`, which it is anyway.
pub(super) fn is_plain(method: &OwnMethod<'_>) -> bool {
    method.name == "__new__" && method.decorated.is_none()
}

/// True when every way through the function ends without a value.
fn returns_nothing(function: Node<'_>) -> bool {
    let without =
        |statement: Node<'_>| returned(statement).is_none_or(|value| kind(value) == Kind::None);
    !raises(function)
        && !is_generator(function)
        && !is_stub(function)
        && returns(function).into_iter().all(without)
}

/// True when a `raise` stands in the function, so that a call may give nothing at all.
fn raises(function: Node<'_>) -> bool {
    let mut found = false;
    own_nodes(function, |node| found |= kind(node) == Kind::RaiseStatement);
    found
}

/// True for a body that only stands for one: `...`, a docstring.
fn is_stub(function: Node<'_>) -> bool {
    use crate::syntax::{Field, function::statements};
    let body = Field::Body.of(function).map(statements).unwrap_or_default();
    body.iter().all(|statement| {
        let inner = statement.named_child(0);
        kind(*statement) == Kind::ExpressionStatement
            && inner.is_some_and(|node| matches!(kind(node), Kind::Ellipsis | Kind::String))
    })
}

/// A `return` of an attribute of the class, as a singleton has it.
fn kept<'a>(subject: &Subject<'a>, method: &OwnMethod<'a>) -> Option<(Node<'a>, Node<'a>)> {
    let class = method.class;
    returns(method.node).into_iter().find_map(|statement| {
        let value = returned(statement)?;
        let holder = match kind(value) {
            Kind::Attribute => value.child_in(Field::Object)?,
            _ => return None,
        };
        let receiver = subject.names().receiver(class.item, holder);
        (receiver == Some(Receiver::Class(class.node))).then_some((statement, value))
    })
}

/// The classes of the file whose metaclass is this one or derives from it; with a hook, only if
/// that hook is the one of this metaclass.
pub(in crate::facts) fn users<'a>(
    orders: &mut Orders<'_, 'a>,
    metaclass: Class<'a>,
    hook: Option<&str>,
) -> Vec<&'a str> {
    let mut found = Vec::new();
    for class in classes_named_with(metaclass) {
        for one in std::iter::once(class).chain(all_subclasses(class)) {
            let meta = orders.metaclass(one);
            let Meta::Is(links) = &meta else { continue };
            let is_it = |name: &str| {
                orders.hook(&meta, name).is_some_and(|hook| hook.class.node == metaclass.node)
            };
            let is_used = links.contains(&Link::Here(metaclass)) && hook.is_none_or(is_it);
            if is_used && !found.contains(&one.name()) {
                found.push(one.name());
            }
        }
    }
    found
}

/// The lines on which the namespace is changed after the call that makes the class has run.
fn too_late(subject: &Subject<'_>, method: &OwnMethod<'_>, namespace: &str) -> Vec<usize> {
    use crate::syntax::{Field, function::statements};
    let text = method.class.text();
    let body = Field::Body.of(method.node).map(statements).unwrap_or_default();
    let made = body.iter().position(|statement| {
        kind(*statement) == Kind::ExpressionStatement
            && statement
                .named_child(0)
                .filter(|node| kind(*node) == Kind::Assignment)
                .and_then(|node| Field::Right.of(node))
                .is_some_and(|value| is_making(value, text))
    });
    let Some(made) = made else { return Vec::new() };
    let behind = body[made + 1..].iter();
    behind
        .filter(|statement| {
            let assignment = statement.named_child(0);
            assignment.is_some_and(|node| {
                kind(node) == Kind::Assignment
                    && Field::Left.of(node).is_some_and(|left| {
                        kind(left) == Kind::Subscript
                            && left.child_in(Field::Value).is_some_and(|value| {
                                subject.text(value) == namespace
                                    && subject.names().is_variable_of(
                                        subject.item(),
                                        value,
                                        method.node,
                                    )
                            })
                    })
            })
        })
        .map(|statement| subject.line(*statement))
        .collect()
}

#[cfg(test)]
mod tests;
