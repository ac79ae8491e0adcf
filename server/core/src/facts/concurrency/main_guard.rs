//! `if __name__ == "__main__":`.
//!
//! Source: Library Reference, `__main__`; multiprocessing, The spawn and forkserver start methods,
//! Safe importing of main module.

use super::code::{Around, callee, is_guarded, is_main_test, place};
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, kind};
use crate::walk;

pub static PROVIDER: Provider = Provider {
    name: "main-guard",
    doc: "an `if __name__ == \"__main__\":` of the module; `@target` is the `if_statement`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("only", SlotKind::Line, "the line of the block, if it is one line"),
    Slot::new("from", SlotKind::Line, "the first line of the block, if there are several"),
    Slot::new("to", SlotKind::Line, "the last one"),
    Slot::new("starts", SlotKind::Lines, "where the file makes processes"),
    Slot::new("outside", SlotKind::Lines, "where it makes some whenever it is imported"),
    Slot::new("none", SlotKind::Flag, "the file makes no processes"),
];

/// What makes processes when it is called.
const MAKERS: &[&str] = &[
    "multiprocessing.Process",
    "multiprocessing.Pool",
    "multiprocessing.Manager",
    "concurrent.futures.ProcessPoolExecutor",
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let names = subject.names();
    let node = subject.node();
    if !is_main_test(node, subject.item_text()) || Around::of(subject.path()) != Around::Module {
        return None;
    }
    let condition = node.child_in(Field::Condition)?;
    let mut is_builtin_name = true;
    walk::until(condition, |part| {
        // The module itself may bind it to something else.
        is_builtin_name &=
            kind(part) != Kind::Identifier || names.module_bindings("__name__").is_empty();
        false
    });
    let body = node.child_in(Field::Consequence).filter(|_| is_builtin_name)?;
    let mut facts = Facts::of(SLOTS);
    let text = subject.document().text();
    let (from, to) = (subject.line(body), text.line_of(subject.span(body).end.saturating_sub(1)));
    if to > from {
        facts.line("from", from).line("to", to);
    } else {
        facts.line("only", from);
    }
    let (mut starts, mut outside) = (Vec::new(), Vec::new());
    for (index, item) in names.all_items().iter().enumerate() {
        if !["multiprocessing", "Process", "Pool", "Manager"]
            .iter()
            .any(|it| item.text().contains(it))
        {
            continue;
        }
        let Some(tree) = item.tree() else { continue };
        walk::intact(tree.root_node(), item.text(), |path| {
            let call = path[path.len() - 1];
            let is_maker = kind(call) == Kind::Call
                && callee(names, index, call).is_some_and(|name| MAKERS.contains(&name.as_str()));
            if !is_maker {
                return;
            }
            let line = place(subject, index, call);
            let on_import = Around::of(path) == Around::Module && !is_guarded(path, item.text());
            if on_import { outside.push(line) } else { starts.push(line) }
        });
    }
    facts.flag("none", starts.is_empty() && outside.is_empty());
    facts.set("starts", Value::Lines(starts)).set("outside", Value::Lines(outside));
    Some(facts)
}

#[cfg(test)]
mod tests;
