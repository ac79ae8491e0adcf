//! `functools.wraps` as a decorator of a wrapper.

use super::decoration::{Arguments, Decorated};
use super::source_text::one_line;
use super::{Facts, Provider, Slot, SlotKind};
use crate::decorator::{self, Metadata};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};

pub static PROVIDER: Provider = Provider {
    name: "wraps",
    doc: "`@functools.wraps(…)`; `@target` is the `decorator`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("source", SlotKind::Code, "the argument: where the metadata comes from"),
    Slot::new("wrapper", SlotKind::Code, "the function below, which gets it"),
    Slot::new("usual", SlotKind::Flag, "`assigned` is not given"),
    Slot::new("all", SlotKind::Flag, "neither `assigned` nor `updated` is given"),
    Slot::new("assigned", SlotKind::Code, "the argument for `assigned`, if it is given"),
    Slot::new("updated", SlotKind::Code, "the argument for `updated`, if it is given"),
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
    let arguments = Arguments::of(call, subject.item_text());
    (!arguments.spread).then_some(())?;
    let source = arguments.get(0, "wrapped")?;
    let decorated = subject.ancestors().next()?;
    // Of several, each overwrites what those below it copied.
    let all = Decorated::read(subject.names(), subject.item(), decorated)?.all;
    (all.iter().filter(|one| one.is(&["functools.wraps"])).count() == 1).then_some(())?;
    let wrapper = decorated.child_in(Field::Definition)?;
    (kind(wrapper) == Kind::FunctionDefinition).then_some(())?;
    let name = subject.text(wrapper.child_in(Field::Name)?);

    let mut facts = Facts::of(SLOTS);
    facts.code("source", one_line(subject, source)).code("wrapper", name);
    facts.code("wrapped", format!("{name}.__wrapped__"));
    let [assigned, updated] =
        [(1, "assigned"), (2, "updated")].map(|(index, name)| arguments.get(index, name));
    facts.flag("usual", assigned.is_none());
    facts.flag("all", assigned.is_none() && updated.is_none());
    for (slot, node) in [("assigned", assigned), ("updated", updated)] {
        if let Some(node) = node {
            facts.code(slot, one_line(subject, node));
        }
    }
    if let Some(list) = wrapper.child_in(Field::Parameters) {
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
        if let Some(list) = user.definition.child_in(Field::Parameters) {
            let text = names.item(user.item).text();
            let written = &text[list.byte_range()];
            if !written.contains(['\n', '\r', '#']) {
                facts.code("signature", written);
            }
        }
    }
    Some(facts)
}

#[cfg(test)]
mod tests {
    use crate::Settings;
    use crate::cards::testing::{card_at, snapshot};
    use crate::content::testing::builtin;

    fn card(arguments: &str) -> String {
        let source = format!(
            "from functools import wraps\ndef d(f):\n    @wra$0ps({arguments})\n    def w(*a): f(*a)\n    return w\n"
        );
        snapshot(builtin(), &Settings::default(), &source)
    }

    #[test]
    fn what_is_copied() {
        for usual in ["f", "wrapped=f"] {
            let card = card(usual);
            assert!(card.contains("`w` gets the metadata of `f`: name, docstring"), "{card}");
            assert!(card.contains("Copied: `__module__`"), "{card}");
        }
        let only = card("f, assigned=('__name__',)");
        assert!(only.contains("attributes of `f`: those named in `('__name__',)`"), "{only}");
        assert!(!only.contains("Copied:") && !only.contains("docstring"), "{only}");
        let none = card("f, updated=()");
        assert!(none.contains("name, docstring, annotations"), "{none}");
        assert!(none.contains("named in `()`, in place of `__dict__`"), "{none}");
        assert!(!none.contains("is updated"), "{none}");
    }

    #[test]
    fn nothing_about_several_of_them() {
        let source = |above: &str| {
            format!(
                "from functools import wraps\ndef d(f, g):\n    {above}@wra$0ps(f)\n    def w(*a): f(*a)\n    return w\n"
            )
        };
        assert_eq!(card_at(&source("")), "wraps");
        assert_ne!(card_at(&source("@wraps(g)\n    ")), "wraps");
    }
}
