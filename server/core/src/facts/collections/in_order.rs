//! A list that `heapq` or `bisect` keeps in order.
//!
//! Sources: Library Reference, heapq and bisect.

use super::uses::{Access, Role, Used};
use crate::facts::call_sites::path_of;
use crate::facts::source_text::one_line;
use crate::facts::tables::Table;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Field, Kind, Node, kind};

pub static PROVIDER: Provider = Provider {
    name: "list-in-order",
    doc: "A call of a function of `heapq` or `bisect` with a row in `order-function`; `@target` is \
          the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "what is called"),
    Slot::new("does", SlotKind::Text, "what it does, from the table"),
    Slot::new("cost", SlotKind::Code, "what it costs, from the table"),
    Slot::new("heap", SlotKind::Code, "the list, if it has to be a heap"),
    Slot::new("sorted", SlotKind::Code, "the list, if it has to be sorted"),
    Slot::new("breaks", SlotKind::Lines, "lines that change it in a way that may break the order"),
    Slot::new("mended", SlotKind::Lines, "lines that bring it into order as a whole"),
    Slot::new("pair", SlotKind::Code, "the pair that is put in, whose second item may be compared"),
];

/// What the functions do.
pub static FUNCTIONS: Table = Table {
    name: "order-function",
    doc: "A function of `heapq` or `bisect` whose first argument is a list. Read by `list-in-order`",
    columns: &[
        Slot::new("does", SlotKind::Text, "what it does, in a sentence; n is the number of items"),
        Slot::new("cost", SlotKind::Code, "what it costs: `O(log n)`"),
        Slot::new("heap", SlotKind::Flag, "the list has to be a heap"),
        Slot::new("sorted", SlotKind::Flag, "the list has to be sorted"),
    ],
};

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let call = subject.node();
    let row = subject.row(&FUNCTIONS, &subject.callee()?)?;
    let given = arguments(call);
    let list = *given.first().filter(|it| kind(**it) != Kind::ListSplat)?;
    let mut facts = Facts::of(SLOTS);
    facts.code("call", one_line(subject, Field::Function.of(call)?));
    facts.take("does", row, "does").take("cost", row, "cost");
    let is_heap = row.get("heap").is_some();
    // With `key=` it is in the order of something else than its items.
    let has_options = given.iter().any(|it| kind(*it) == Kind::KeywordArgument);
    if !has_options && (is_heap || row.get("sorted").is_some()) {
        facts.code(if is_heap { "heap" } else { "sorted" }, one_line(subject, list));
        if kind(list) == Kind::Identifier {
            changes(subject, list, is_heap, &mut facts);
        }
    }
    if let Some(item) = given.get(1).filter(|it| is_heap && kind(**it) == Kind::Tuple)
        && statements(*item).len() == 2
    {
        facts.code("pair", one_line(subject, *item));
    }
    Some(facts)
}

/// What else the file does with the list, if the variable is bound once.
fn changes(subject: &Subject<'_>, list: Node<'_>, is_heap: bool, facts: &mut Facts) -> Option<()> {
    let names = subject.names();
    let uses = names.uses(names.binding(subject.item(), list)?)?;
    let (mut breaks, mut mended) = (Vec::new(), Vec::new());
    for found in &uses {
        let used = Used { item: found.item, path: path_of(names, found)? };
        let start = subject.document().start_of(used.item) + used.path.last()?.start_byte();
        let line = subject.document().text().line_of(start);
        match effect(subject, &used, is_heap) {
            Effect::Breaks => breaks.push(line),
            Effect::Mends => mended.push(line),
            Effect::None => {}
        }
    }
    facts.set("mended", Value::Lines(mended)).set("breaks", Value::Lines(breaks));
    Some(())
}

enum Effect {
    Breaks,
    Mends,
    None,
}

fn effect(subject: &Subject<'_>, used: &Used<'_>, is_heap: bool) -> Effect {
    match Role::of(&used.path) {
        Role::Method { name, call } => match used.text(subject, name) {
            "sort" => Effect::Mends,
            "append" | "extend" | "insert" | "reverse" => Effect::Breaks,
            "remove" if is_heap => Effect::Breaks,
            // The last leaf of a heap can go.
            "pop" if is_heap && !arguments(call).is_empty() => Effect::Breaks,
            _ => Effect::None,
        },
        Role::Subscript { access: Access::Store | Access::Augment, .. } => Effect::Breaks,
        Role::Subscript { access: Access::Delete, .. } if is_heap => Effect::Breaks,
        Role::Argument(call) => {
            let callee = Field::Function.of(call);
            let name = callee.and_then(|it| subject.names().qualified(used.item, it));
            match name.as_deref() {
                Some("heapq.heapify") if is_heap => Effect::Mends,
                _ => Effect::None,
            }
        }
        _ => Effect::None,
    }
}

#[cfg(test)]
mod tests;
