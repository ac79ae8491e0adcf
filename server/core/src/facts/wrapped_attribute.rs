//! `f.__wrapped__`: which function it reaches through the decorators of this file.
//!
//! Source: `functools.update_wrapper` stores the wrapped function as `__wrapped__` of the wrapper
//! after it has updated the wrapper's `__dict__`, so that each wrapper leads to what it wraps.

use super::around::is_decorated;
use super::call_sites::path_of;
use super::source_text::one_line_in;
use super::{Facts, Provider, Slot, SlotKind};
use crate::decorator::{self, Gives, Metadata};
use crate::names::{Bound, Definition, Names, Use};
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::function::{decorators, statements};
use crate::syntax::{Field, Kind, Node, kind};

pub static PROVIDER: Provider = Provider {
    name: "wrapped-attribute",
    doc: "`f.__wrapped__` of a decorated function of the file; `@target` is the `attribute`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("expression", SlotKind::Code, "the attribute with its object"),
    Slot::new("name", SlotKind::Code, "the decorated function"),
    Slot::new("function", SlotKind::Line, "the line of the `def`, if its own function is reached"),
    Slot::new("result", SlotKind::Code, "the decorator whose result is reached instead"),
    Slot::new(
        "past",
        SlotKind::Codes,
        "the decorators whose results are passed, from the top down",
    ),
    Slot::new("without", SlotKind::Code, "the decorator whose result has no `__wrapped__`"),
    Slot::new("undecorated", SlotKind::Flag, "the function itself is asked: it has none"),
];

/// What a decorator's result is.
enum Step {
    /// It leads to what the decorator received.
    Leads,
    /// A plain function of its own.
    Lacks,
}

/// Decorators of the standard library that call `update_wrapper`, and whether they are applied
/// bare, called, or both.
const LEADING: &[(&str, bool, bool)] = &[
    ("functools.cache", true, false),
    ("functools.lru_cache", true, true),
    ("functools.singledispatch", true, false),
    ("contextlib.contextmanager", true, false),
    ("contextlib.asynccontextmanager", true, false),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let names = subject.names();
    let (base, times) = chain(subject)?;
    let bound = names.definition(subject.item(), base)?;
    if bound.binding.kind != BindingKind::Function || bound.binding.conditional {
        return None;
    }
    let definition = names.node(bound)?;
    let decorated = definition.parent().filter(|node| kind(*node) == Kind::DecoratedDefinition);
    let stack = decorated.map(decorators).unwrap_or_default();
    if decorated.is_some_and(|node| node.is_broken()) || is_changed(names, bound) {
        return None;
    }
    let text = names.item(bound.item).text();
    let written: Vec<String> = stack
        .iter()
        .map(|decorator| Some(one_line_in(text, *statements(*decorator).first()?)))
        .collect::<Option<_>>()?;

    let mut facts = Facts::of(SLOTS);
    facts.code("expression", subject.text(subject.node())).code("name", subject.text(base));
    for depth in 0..times {
        let Some(decorator) = stack.get(depth) else {
            facts.flag("undecorated", true).codes("past", written);
            return Some(facts);
        };
        if let Step::Lacks = step(names, bound.item, *decorator)? {
            facts.code("without", &written[depth]).codes("past", &written[..depth]);
            return Some(facts);
        }
    }
    facts.codes("past", &written[..times]);
    match written.get(times) {
        Some(next) => facts.code("result", next),
        None => {
            let start = subject.document().start_of(bound.item) + definition.start_byte();
            facts.line("function", subject.document().text().line_of(start))
        }
    };
    Some(facts)
}

/// The name below a chain of `.__wrapped__`, and the length of the chain; nothing when one is
/// assigned to or deleted.
fn chain<'a>(subject: &Subject<'a>) -> Option<(Node<'a>, usize)> {
    let parent = subject.ancestors().next()?;
    let is_value = parent.child_in(Field::Left).is_none_or(|it| it != subject.node())
        && kind(parent) != Kind::DeleteStatement;
    is_value.then_some(())?;
    let mut at = subject.node();
    let mut times = 0;
    while kind(at) == Kind::Attribute {
        (subject.text(at.child_in(Field::Attribute)?) == "__wrapped__").then_some(())?;
        times += 1;
        at = at.child_in(Field::Object)?;
    }
    (kind(at) == Kind::Identifier && times > 0).then_some((at, times))
}

/// True when a use of the function may change its `__wrapped__`.
fn is_changed(names: Names<'_>, bound: Bound<'_>) -> bool {
    let Some(uses) = names.uses(bound) else { return true };
    uses.iter().any(|found| may_change(names, found))
}

fn may_change(names: Names<'_>, found: &Use<'_>) -> bool {
    let Some(path) = path_of(names, found) else { return true };
    let text = names.item(found.item).text();
    let [.., outer, parent, name] = path[..] else { return false };
    let is_left = outer.child_in(Field::Left).is_some_and(|left| left.id() == parent.id());
    match kind(parent) {
        Kind::Attribute => {
            let attribute = parent.child_in(Field::Attribute);
            let is_dunder = attribute
                .is_some_and(|it| matches!(&text[it.byte_range()], "__wrapped__" | "__dict__"));
            let changes = is_left || kind(outer) == Kind::DeleteStatement;
            let is_dict = attribute.is_some_and(|it| &text[it.byte_range()] == "__dict__");
            is_dict || (is_dunder && changes)
        }
        // The first argument of `setattr`, `update_wrapper`, or of any other function.
        Kind::Argument => parent.named_child(0).is_some_and(|first| {
            let callee = outer.child_in(Field::Function);
            let callee = callee.map_or("", |callee| &text[callee.byte_range()]);
            first.id() == name.id()
                && ["setattr", "delattr", "update_wrapper", "vars"]
                    .iter()
                    .any(|changer| callee.ends_with(changer))
        }),
        _ => false,
    }
}

/// What is known of the result of one decorator.
fn step(names: Names<'_>, item: usize, decorator: Node<'_>) -> Option<Step> {
    let expression = *statements(decorator).first()?;
    let called = kind(expression) == Kind::Call;
    let name = if called { expression.child_in(Field::Function)? } else { expression };
    let path = names.qualified(item, name);
    let known = LEADING.iter().find(|(leading, ..)| path.as_deref() == Some(*leading));
    if let Some(known) = known {
        let fits = if called { known.2 } else { known.1 };
        return fits.then_some(Step::Leads);
    }
    let Definition { names, bound } = names.definition_anywhere(item, name)?;
    let definition = names.node(bound)?;
    if bound.binding.conditional || is_decorated(definition) {
        return None;
    }
    let found = decorator::read(names, bound.item, definition)?;
    if found.factory.is_some() != called || found.gives != Gives::Wrapper {
        return None;
    }
    match found.metadata {
        Metadata::Copied(_) => Some(Step::Leads),
        Metadata::Own if found.wrapper_decorated.is_none() => Some(Step::Lacks),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
