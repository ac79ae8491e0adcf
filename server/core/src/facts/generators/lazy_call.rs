//! Calls that return an iterator: `zip`, `map`, `enumerate` and their like, and those of
//! `itertools`.
//!
//! Source: Library Reference, Built-in Functions and itertools.

use super::consumers::{consumer_code, uses_of};
use super::place::{Place, Role, brief};
use super::takes::{LAZY, Takes, is_single_use, takes, used_up_before};
use crate::facts::decoration::Arguments;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::parameters, kind};
use crate::value;

pub static PROVIDER: Provider = Provider {
    name: "lazy-call",
    doc: "a call of a function in the table `lazy-iterator`; `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "the call"),
    Slot::new("function", SlotKind::Code, "what is called"),
    Slot::new("gives", SlotKind::Text, "what the items are"),
    Slot::new("ends", SlotKind::Text, "when it ends"),
    Slot::new("stores", SlotKind::Text, "what it keeps in memory"),
    Slot::new("early", SlotKind::Text, "what it reads already when it is called"),
    Slot::new("caveat", SlotKind::Text, "what goes wrong with it"),
    Slot::new("since", SlotKind::Text, "the version of Python that brought it"),
    Slot::new("instead", SlotKind::Text, "what older versions use"),
    Slot::new("infinite", SlotKind::Code, "the call, if it never ends by itself"),
    Slot::new("endless", SlotKind::Code, "the code around that never returns from it"),
    Slot::new("reads", SlotKind::Code, "the code around that reads it"),
    Slot::new("name", SlotKind::Code, "the name that holds it"),
    Slot::new("readers", SlotKind::Records(READERS), "what reads it under that name"),
    Slot::new("used-up", SlotKind::Records(USED_UP), "what reads it again after its end"),
    Slot::new("dropped", SlotKind::Flag, "nobody gets it: nothing is done"),
    Slot::new("source", SlotKind::Codes, "arguments that are iterators and can be read once"),
    Slot::new("empty", SlotKind::Records(EMPTY), "arguments that were read to their end before"),
    Slot::new("comprehension", SlotKind::Code, "the generator expression that does the same"),
    Slot::new("strict", SlotKind::Flag, "`strict=True`: other lengths are a `ValueError`"),
    Slot::new("not-strict", SlotKind::Number, "how many iterables `zip` gets, without `strict`"),
    Slot::new("start", SlotKind::Code, "the number that `enumerate` begins with, if not 0"),
];

static READERS: &[Slot] =
    &[Slot::new("code", SlotKind::Code, "the code"), Slot::new("line", SlotKind::Line, "its line")];

static USED_UP: &[Slot] = &[
    Slot::new("first", SlotKind::Line, "the line on which it is read to its end"),
    Slot::new("code", SlotKind::Code, "the code that gets nothing after that"),
    Slot::new("second", SlotKind::Line, "the line of that"),
];

static EMPTY: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the argument"),
    Slot::new("line", SlotKind::Line, "the line that read it to its end"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let call = subject.node();
    let names = subject.names();
    let callee = call.child_in(Field::Function)?;
    let name = names.qualified(subject.item(), callee)?;
    let row = subject.row(&LAZY, &name)?;
    let text = subject.item_text();
    let arguments = Arguments::of(call, text);
    let place = Place::of(subject);
    let mut facts = Facts::of(SLOTS);
    let code = brief(text, call);
    facts.code("call", if code.is_empty() { "…" } else { &code });
    facts.code("function", brief(text, callee));
    for column in ["gives", "stores", "early", "caveat", "since", "instead"] {
        facts.take(column, row, column);
    }
    let iterables = arguments.positional.len();
    let is_several = match name.as_str() {
        "builtins.map" => iterables > 2,
        "builtins.zip" => iterables > 1,
        _ => true,
    };
    // With `strict` it may end with an exception instead.
    let may_be_strict = arguments.keyword("strict").is_some_and(|it| kind(it) != Kind::False);
    if (is_several || arguments.spread) && !may_be_strict {
        facts.take("ends", row, "ends");
    }
    if row.get("infinite").is_some() {
        facts.code("infinite", brief(text, callee));
    }
    around(subject, &place, row.get("infinite").is_some(), &mut facts);
    sources(subject, &arguments, &mut facts);
    match name.as_str() {
        "builtins.map" | "builtins.filter" => {
            if let Some(same) = comprehension(subject, &name, &arguments) {
                facts.code("comprehension", same);
            }
        }
        "builtins.zip" => zip(subject, &arguments, &mut facts),
        "builtins.enumerate" => {
            let start = arguments.get(1, "start").filter(|node| subject.text(*node) != "0");
            if let Some(start) = start {
                facts.code("start", brief(text, start));
            }
        }
        _ => {}
    }
    Some(facts)
}

/// What the code around does with the iterator.
fn around<'a>(subject: &Subject<'a>, place: &Place<'a>, infinite: bool, facts: &mut Facts) {
    match place.role() {
        Role::Dropped => drop(facts.flag("dropped", true)),
        Role::Assigned(target) => {
            let Some(target) = Place::at(place.names, place.item, target) else { return };
            let Some(uses) = uses_of(&target) else { return };
            facts.code("name", &target.text()[target.node().byte_range()]);
            let (mut readers, mut used_up) = (Vec::new(), Vec::new());
            for used in &uses {
                let Some(code) = consumer_code(subject, used) else { continue };
                match used_up_before(subject, used) {
                    Some(first) => {
                        let mut record = Facts::of(USED_UP);
                        record.line("first", first.line(subject)).code("code", code);
                        record.line("second", used.line(subject));
                        used_up.push(record);
                    }
                    None => {
                        let mut record = Facts::of(READERS);
                        record.code("code", code).line("line", used.line(subject));
                        readers.push(record);
                    }
                }
            }
            facts.records("readers", readers).records("used-up", used_up);
        }
        role => {
            let Some(code) = consumer_code(subject, place) else { return };
            let is_call = matches!(role, Role::Argument { .. } | Role::Unpacked);
            let is_endless = infinite && is_call && takes(subject, place) == Takes::All;
            facts.code(if is_endless { "endless" } else { "reads" }, code);
        }
    }
}

/// Which arguments are iterators themselves.
fn sources<'a>(subject: &Subject<'a>, arguments: &Arguments<'a>, facts: &mut Facts) {
    let names = subject.names();
    let (mut once, mut empty) = (Vec::new(), Vec::new());
    for argument in &arguments.positional {
        if kind(*argument) != Kind::Identifier {
            continue;
        }
        let found = value::of(names, subject.item(), *argument);
        if !found.is_some_and(|found| is_single_use(subject, &found.object)) {
            continue;
        }
        let place = Place::at(names, subject.item(), *argument);
        match place.and_then(|place| used_up_before(subject, &place)) {
            Some(first) => {
                let mut record = Facts::of(EMPTY);
                record.code("name", subject.text(*argument)).line("line", first.line(subject));
                empty.push(record);
            }
            None => once.push(subject.text(*argument)),
        }
    }
    facts.codes("source", once).records("empty", empty);
}

/// `map(lambda x: e, xs)` and `filter(lambda x: e, xs)` as generator expressions.
fn comprehension(subject: &Subject<'_>, name: &str, arguments: &Arguments<'_>) -> Option<String> {
    let [function, source] = arguments.positional[..] else { return None };
    if kind(function) != Kind::Lambda || !arguments.keywords.is_empty() || arguments.spread {
        return None;
    }
    let parameters = parameters(function)?;
    let [only] = &parameters[..] else { return None };
    if only.is_optional() || kind(only.node) != Kind::Identifier {
        return None;
    }
    let target = subject.text(only.name);
    let body = Field::Body.of(function)?;
    let plain = !super::function::has(body, &[Kind::Yield, Kind::Lambda, Kind::NamedExpression]);
    let (body, source) = (brief(subject.item_text(), body), brief(subject.item_text(), source));
    (plain && !body.is_empty() && !source.is_empty()).then_some(())?;
    Some(match name {
        "builtins.map" => format!("({body} for {target} in {source})"),
        _ => format!("({target} for {target} in {source} if {body})"),
    })
}

fn zip(subject: &Subject<'_>, arguments: &Arguments<'_>, facts: &mut Facts) {
    match arguments.keyword("strict").filter(|it| kind(*it) != Kind::False) {
        Some(strict) => drop(facts.flag("strict", kind(strict) == Kind::True)),
        None if !arguments.spread && arguments.positional.len() > 1 => {
            // With an infinite iterator the lengths differ on purpose.
            let is_infinite = |node: &Node<'_>| {
                let found = value::of(subject.names(), subject.item(), *node);
                matches!(found.map(|found| found.object), Some(value::Object::Called(name))
                    if subject.row(&LAZY, &name).is_some_and(|row| row.get("infinite").is_some()))
            };
            if !arguments.positional.iter().any(is_infinite) {
                facts.number("not-strict", arguments.positional.len());
            }
        }
        None => {}
    }
}

#[cfg(test)]
mod tests;
