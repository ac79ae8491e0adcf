//! `functools.wraps` as a decorator of a wrapper.

use tree_sitter::Node;

use super::source_text::one_line;
use super::{Facts, Provider, Slot, SlotKind};
use crate::decorator::{self, Metadata};
use crate::subject::Subject;
use crate::syntax::function::arguments;
use crate::syntax::{Kind, kind};

pub static PROVIDER: Provider = Provider {
    name: "wraps",
    doc: "`@functools.wraps(…)`; `@target` is the `decorator`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("source", SlotKind::Code, "the argument: where the metadata comes from"),
    Slot::new("wrapper", SlotKind::Code, "the function below, which gets it"),
    Slot::new("wrapped", SlotKind::Code, "`wrapper.__wrapped__`"),
    Slot::new(
        "func",
        SlotKind::Code,
        "the argument, if it is the parameter that the wrapper calls",
    ),
    Slot::new("user", SlotKind::Code, "the first function of this file that is decorated so"),
    Slot::new("dunder-name", SlotKind::Code, "`f.__name__` of that function"),
    Slot::new("kept", SlotKind::Code, "what that is: `'f'`"),
    Slot::new(
        "signature",
        SlotKind::Code,
        "that function's parameters as written, which `inspect.signature` follows",
    ),
    Slot::new(
        "takes",
        SlotKind::Code,
        "the wrapper's own parameters, which decide what a call may pass",
    ),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let call = subject.node().named_child(0).filter(|node| kind(*node) == Kind::Call)?;
    let source = *arguments(call).first()?;
    let decorated = subject.ancestors().next()?;
    let wrapper = decorated.child_by_field_name("definition")?;
    (kind(wrapper) == Kind::FunctionDefinition).then_some(())?;
    let name = subject.text(wrapper.child_by_field_name("name")?);

    let mut facts = Facts::of(SLOTS);
    facts.code("source", one_line(subject, source)).code("wrapper", name);
    facts.code("wrapped", format!("{name}.__wrapped__"));
    if let Some(list) = wrapper.child_by_field_name("parameters") {
        facts.code("takes", one_line(subject, list));
    }
    let names = subject.names();
    let functions: Vec<Node<'_>> = subject
        .ancestors()
        .filter(|node| kind(*node) == Kind::FunctionDefinition)
        .take(2)
        .collect();
    let found = functions.first().and_then(|node| decorator::read(names, subject.item(), *node));
    let Some(found) = found.filter(|found| found.wrapper.id() == wrapper.id()) else {
        return Some(facts);
    };
    if found.metadata != Metadata::Copied(subject.node()) {
        return Some(facts);
    }
    facts.code("func", found.func);
    let factory = functions.get(1).and_then(|node| decorator::read(names, subject.item(), *node));
    let whole = factory
        .filter(|outer| outer.factory.is_some() && outer.function.id() == found.function.id());
    let users = decorator::users(names, whole.as_ref().unwrap_or(&found));
    let shown = users.iter().find(|user| user.is_function() && user.place == 0);
    if let Some(user) = shown.filter(|user| {
        decorator::outcome(names, user.item, user.decorated)
            .is_some_and(|it| it.shown.node.id() == user.definition.id())
    }) {
        let name = user.name(names);
        facts.code("user", name).code("dunder-name", format!("{name}.__name__"));
        facts.code("kept", format!("'{name}'"));
        if let Some(list) = user.definition.child_by_field_name("parameters") {
            let text = names.item(user.item).text();
            let written = &text[list.byte_range()];
            if !written.contains(['\n', '\r', '#']) {
                facts.code("signature", written);
            }
        }
    }
    Some(facts)
}
