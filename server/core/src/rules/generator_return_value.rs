//! `return value` in a generator that the file only iterates over.
//!
//! Source: Language Reference, Yield expressions, and Data model, Generator functions: the value is
//! that of the `StopIteration`, and of `yield from`.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::call_sites::calls_of_name;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::function::{is_async, is_generator, returned, returns, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

use super::code::{mentions, path_in};

pub static RULE: Rule = Rule {
    id: "generator-return-value",
    kinds: &[Kind::FunctionDefinition],
    slots: SLOTS,
    cases: &[],
    fixes: &["yield-items"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("function", SlotKind::Code, "the generator function"),
    Slot::new("value", SlotKind::Code, "what is returned"),
    Slot::new("line", SlotKind::Line, "where the generator is iterated over"),
];

/// Functions that iterate over their argument.
const CONSUMERS: &[&str] =
    &["all", "any", "dict", "enumerate", "list", "max", "min", "set", "sorted", "sum", "tuple"];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let function = subject.node();
    // A walk through every function would take longer than all else here.
    let may_yield = memchr::memmem::find(subject.text(function).as_bytes(), b"yield").is_some();
    if subject.settings().is_test || !may_yield || is_async(function) || !is_generator(function) {
        return;
    }
    let values: Vec<Node<'_>> = returns(function)
        .into_iter()
        .filter_map(returned)
        .filter(|it| kind(*it) != Kind::None)
        .collect();
    if values.is_empty() {
        return;
    }
    let Some(line) = only_iterated(subject) else { return };
    for value in values {
        let mut facts = Facts::of(SLOTS);
        facts.code("value", one_line(subject, value)).line("line", line);
        if let Some(name) = Field::Name.of(function) {
            facts.code("function", subject.text(name));
        }
        found.push(Found { at: value.byte_range().into(), case: None, facts, related: Vec::new() });
    }
}

/// The first line on which the file iterates over the generator, if it does nothing else with the
/// function.
fn only_iterated(subject: &Subject<'_>) -> Option<usize> {
    let (names, document) = (subject.names(), subject.document());
    let function = subject.node();
    let above = subject.ancestors().next().map(kind);
    (above != Some(Kind::DecoratedDefinition) && !mentions(subject, &["StopIteration"]))
        .then_some(())?;
    let scopes = names.scopes(subject.item())?;
    let binding = scopes.definition(function.byte_range().into())?;
    let uses = names.uses(crate::names::Bound { item: subject.item(), binding })?;
    let calls = calls_of_name(names, subject.item(), function);
    (uses.len() == calls.len() && !calls.is_empty()).then_some(())?;
    let mut line = None;
    for site in calls {
        let path = path_in(subject, site.item, site.call)?;
        is_iterated(subject, site.item, &path).then_some(())?;
        line.get_or_insert(site.line(document));
    }
    line
}

/// True for a call behind the `in` of a loop, or as the only argument of `list` and the like.
fn is_iterated(subject: &Subject<'_>, item: usize, path: &[Node<'_>]) -> bool {
    let [.., around, parent, call] = path[..] else { return false };
    match kind(parent) {
        Kind::ForStatement | Kind::ForInClause => Field::Right.of(parent) == Some(call),
        Kind::Argument if statements(parent).len() == 1 => {
            let name = Field::Function
                .of(around)
                .and_then(|callee| subject.names().qualified(item, callee));
            let name = name.as_deref().and_then(|name| name.strip_prefix("builtins."));
            name.is_some_and(|name| CONSUMERS.contains(&name))
        }
        _ => false,
    }
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

/// `yield from` for the items of a list or tuple, where nothing follows.
fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let function = subject.node();
    let statement = returns(function).into_iter().find(|statement| {
        returned(*statement).is_some_and(|value| found.at == value.byte_range().into())
    })?;
    let value = returned(statement)?;
    matches!(kind(value), Kind::List | Kind::ListComprehension | Kind::Tuple).then_some(())?;
    let body = Field::Body.of(function)?;
    let path = walk::path_to(body, statement.start_byte(), statement.end_byte())?;
    let is_last = statements(body).last() == path.get(1);
    (is_last && path.get(1) == Some(&statement)).then_some(())?;
    let word = Span::new(subject.span(statement).start, subject.span(value).start);
    let edits = vec![(word, "yield from ".to_owned())];
    Some(Plan { fix: "yield-items", safety: Safety::Review, facts: found.facts.clone(), edits })
}

pub static INVERSE: Inverse = Inverse { rule: &RULE, kinds: &[Kind::Yield], edits: with_return };

/// `return [a, b]` for `yield from [a, b]`.
fn with_return(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    let value = subject.node().named_child(0)?;
    let is_from = subject.node().child(1).is_some_and(|word| word.kind() == "from");
    let word = Span::new(subject.span(subject.node()).start, subject.span(value).start);
    is_from.then(|| vec![(word, "return ".to_owned())])
}
