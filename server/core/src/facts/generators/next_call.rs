//! `next()` and `iter()`.
//!
//! Source: Library Reference, Built-in Functions, iter() and next(); PEP 479.

use super::clauses::Clauses;
use super::iteration;
use super::place::{Place, brief, line_in};
use super::takes::{generator_around, used_up_before};
use crate::facts::decoration::Arguments;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};
use crate::value::{self, Builtin, Elsewhere, Object};

pub static NEXT: Provider = Provider {
    name: "next-call",
    doc: "a call of `next`; `@target` is the `call`",
    slots: NEXT_SLOTS,
    run: run_next,
};

static NEXT_SLOTS: &[Slot] = &[
    Slot::new(
        "iterator",
        SlotKind::Code,
        "what is asked for an item, if it is no generator expression",
    ),
    Slot::new("default", SlotKind::Code, "what it returns when there is none"),
    Slot::new("raises", SlotKind::Code, "what is asked, if there is no default"),
    Slot::new("function", SlotKind::Code, "the generator function of the file that it runs"),
    Slot::new("function-line", SlotKind::Line, "the line of its `def`"),
    Slot::new("fresh", SlotKind::Code, "the call that makes a new generator each time"),
    Slot::new("element", SlotKind::Code, "an item of the generator expression that it reads"),
    Slot::new("source", SlotKind::Code, "what that expression runs over"),
    Slot::new("conditions", SlotKind::Codes, "the conditions of that expression"),
    Slot::new("no-iterator", SlotKind::Code, "the type of what is no iterator: `TypeError`"),
    Slot::new("made-by", SlotKind::Code, "the generator function that is not called: `TypeError`"),
    Slot::new("empty", SlotKind::Line, "the line that read it to its end before"),
    Slot::new("in-generator", SlotKind::Code, "the generator function that it may fail in"),
    Slot::new("caught", SlotKind::Line, "the line of an `except` around it for `StopIteration`"),
];

fn run_next(subject: &Subject<'_>) -> Option<Facts> {
    let call = subject.node();
    let names = subject.names();
    let callee = call.child_in(Field::Function)?;
    (names.qualified(subject.item(), callee)? == "builtins.next").then_some(())?;
    let arguments = Arguments::of(call, subject.item_text());
    let (iterator, default) = match arguments.positional[..] {
        [iterator] => (iterator, None),
        [iterator, default] => (iterator, Some(default)),
        _ => return None,
    };
    (!arguments.spread && arguments.keywords.is_empty()).then_some(())?;
    let text = subject.item_text();
    let code = Some(brief(text, iterator)).filter(|code| !code.is_empty());
    let code = code.unwrap_or_else(|| "…".to_owned());
    let mut facts = Facts::of(NEXT_SLOTS);
    let found = value::of(names, subject.item(), iterator);
    match found.as_ref().map(|value| &value.object) {
        Some(Object::Generator(made)) if kind(made.node) == Kind::FunctionDefinition => {
            let text = names.item(made.item).text();
            facts.code("function", &text[Field::Name.of(made.node)?.byte_range()]);
            facts.line("function-line", line_in(subject, made.item, made.node));
            if kind(iterator) == Kind::Call {
                facts.code("fresh", code.as_str());
            }
        }
        Some(Object::Function(function))
            if super::function::has(Field::Body.of(function.node)?, &[Kind::Yield]) =>
        {
            facts.code("made-by", code);
            return Some(facts);
        }
        Some(Object::Builtin(builtin)) if *builtin != Builtin::None => {
            let name = builtin.qualified();
            facts.code("no-iterator", name.strip_prefix("builtins.").unwrap_or(name));
            return Some(facts);
        }
        Some(Object::Called(name)) if name == "builtins.range" => {
            facts.code("no-iterator", "range");
            return Some(facts);
        }
        _ => {
            let there = value::elsewhere(names, subject.item(), iterator);
            if let Some(Elsewhere { names, object: Object::Generator(made), .. }) = there {
                let text = names.item(made.item).text();
                facts.code("function", &text[Field::Name.of(made.node)?.byte_range()]);
                facts.line("function-line", names.line(made.item, made.node));
                if kind(iterator) == Kind::Call {
                    facts.code("fresh", code.as_str());
                }
            }
        }
    }
    if kind(iterator) == Kind::GeneratorExpression {
        search(subject, iterator, &mut facts);
    }
    if facts.get("element").is_none() {
        facts.code("iterator", code.as_str());
    }
    match default {
        Some(default) => {
            let written = brief(text, default);
            facts.code("default", if written.is_empty() { "…" } else { &written });
        }
        None => drop(facts.code("raises", code.as_str())),
    }
    let place = Place::at(names, subject.item(), iterator)?;
    if let Some(earlier) = used_up_before(subject, &place) {
        facts.line("empty", earlier.line(subject));
    }
    if default.is_none() {
        guard(subject, &mut facts);
    }
    Some(facts)
}

/// `next(x for x in … if …)`.
fn search<'a>(subject: &Subject<'a>, expression: Node<'a>, facts: &mut Facts) -> Option<()> {
    let clauses = Clauses::read(subject.item_text(), expression)?;
    if clauses.loops() == 1 {
        facts.code("element", clauses.code(clauses.element));
        facts.code("source", clauses.code(clauses.source()?));
        facts.codes("conditions", clauses.conditions());
    }
    Some(())
}

/// Where a `StopIteration` of the subject goes.
fn guard(subject: &Subject<'_>, facts: &mut Facts) {
    let path = subject.path();
    let function = path.iter().rposition(|node| {
        matches!(kind(*node), Kind::FunctionDefinition | Kind::Lambda | Kind::ClassDefinition)
    });
    let start = function.unwrap_or(0);
    let (mut unsure, mut caught) = (false, None);
    for pair in path[start..].windows(2) {
        let [parent, child] = *pair else { return };
        let in_body = Field::Body.of(parent) == Some(child);
        // A context manager may catch it.
        unsure |= kind(parent) == Kind::WithStatement && in_body;
        // In a comprehension of its own it is another generator's matter.
        unsure |= super::takes::is_comprehension(parent);
        if kind(parent) != Kind::TryStatement || !in_body {
            continue;
        }
        for clause in statements(parent) {
            if kind(clause) != Kind::ExceptClause {
                continue;
            }
            match catches(subject, clause) {
                Some(true) => caught = Some(clause),
                Some(false) => {}
                None => unsure = true,
            }
        }
    }
    if unsure {
        return;
    }
    if let Some(clause) = caught {
        facts.line("caught", subject.line(clause));
        return;
    }
    if let Some(function) = generator_around(&path[..path.len() - 1])
        && let Some(name) = Field::Name.of(function)
    {
        facts.code("in-generator", subject.text(name));
    }
}

/// Whether an `except` catches `StopIteration`.
fn catches(subject: &Subject<'_>, clause: Node<'_>) -> Option<bool> {
    let parts = statements(clause);
    let exception = match parts[..] {
        [block] if kind(block) == Kind::Block => return Some(true),
        [exception, ..] => exception,
        _ => return None,
    };
    let named = |node: Node<'_>| subject.names().qualified(subject.item(), node);
    let one = |node: Node<'_>| {
        let name = named(node)?;
        let catching = ["StopIteration", "Exception", "BaseException"];
        let short = name.strip_prefix("builtins.")?;
        Some(catching.contains(&short))
    };
    match kind(exception) {
        Kind::Tuple => {
            let all: Option<Vec<bool>> = statements(exception).into_iter().map(one).collect();
            Some(all?.contains(&true))
        }
        Kind::AsPattern => {
            let inner = statements(exception).first().copied()?;
            if kind(inner) == Kind::Tuple {
                let all: Option<Vec<bool>> = statements(inner).into_iter().map(one).collect();
                return Some(all?.contains(&true));
            }
            one(inner)
        }
        _ => one(exception),
    }
}

pub static ITER: Provider = Provider {
    name: "iter-call",
    doc: "a call of `iter`; `@target` is the `call`",
    slots: ITER_SLOTS,
    run: run_iter,
};

static ITER_SLOTS: &[Slot] = &{
    let [a, b, c, d, e, f, g, h, i, j, k, l, m, n] = iteration::SLOTS;
    [
        a,
        b,
        c,
        d,
        e,
        f,
        g,
        h,
        i,
        j,
        k,
        l,
        m,
        n,
        Slot::new("source", SlotKind::Code, "the only argument"),
        Slot::new("callable", SlotKind::Code, "the first of two arguments"),
        Slot::new("sentinel", SlotKind::Code, "the second of two arguments"),
        Slot::new("name", SlotKind::Code, "the name that gets the iterator"),
    ]
};

fn run_iter(subject: &Subject<'_>) -> Option<Facts> {
    let call = subject.node();
    let callee = call.child_in(Field::Function)?;
    let name = subject.names().qualified(subject.item(), callee)?;
    (name == "builtins.iter").then_some(())?;
    let arguments = Arguments::of(call, subject.item_text());
    (!arguments.spread && arguments.keywords.is_empty()).then_some(())?;
    let code = |node| Some(brief(subject.item_text(), node)).filter(|code| !code.is_empty());
    let mut facts = Facts::of(ITER_SLOTS);
    match arguments.positional[..] {
        [source] => {
            iteration::describe(subject, source, &mut facts);
            facts.code("source", code(source)?);
        }
        [callable, sentinel] => {
            facts.code("callable", code(callable)?).code("sentinel", code(sentinel)?);
        }
        _ => return None,
    }
    if let super::place::Role::Assigned(target) = Place::of(subject).role() {
        facts.code("name", subject.text(target));
    }
    Some(facts)
}

#[cfg(test)]
mod tests;
