//! `with sqlite3.connect(…)` ends the transaction and leaves the connection open.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Plan, Rule, imported};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::arguments, kind};
use crate::walk;

use super::code::{is_call_of, with_items};

pub static RULE: Rule = Rule {
    id: "sqlite-with-leak",
    kinds: &[Kind::WithStatement],
    slots: SLOTS,
    cases: &[],
    fixes: &["close-it"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("connection", SlotKind::Code, "the name of the connection"),
    Slot::new("with", SlotKind::Code, "the head of the statement that also closes"),
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let Some((call, alias)) = connection(subject) else { return };
    if leaves_by_other_ways(subject, alias) {
        return;
    }
    let mut facts = Facts::of(SLOTS);
    facts.code("connection", subject.text(alias));
    let at = call.byte_range().into();
    found.push(Found { at, case: None, facts, related: Vec::new() });
}

/// `sqlite3.connect(…) as name`, the only item of the statement: the call and the name.
fn connection<'a>(subject: &Subject<'a>) -> Option<(Node<'a>, Node<'a>)> {
    let [item] = with_items(subject.node())[..] else { return None };
    let pattern = Field::Value.of(item)?;
    let call = pattern.named_child(0).filter(|_| kind(pattern) == Kind::AsPattern)?;
    let target = Field::Alias.of(pattern)?;
    let name = if kind(target) == Kind::Identifier { target } else { target.named_child(0)? };
    let plain = kind(name) == Kind::Identifier
        && is_call_of(subject, call, &["sqlite3.connect"])
        && subject.node().child(0).is_some_and(|word| word.kind() == "with");
    plain.then_some((call, name))
}

/// True when the connection is closed somewhere, or outlives the function in some way.
fn leaves_by_other_ways(subject: &Subject<'_>, alias: Node<'_>) -> bool {
    let name = subject.text(alias);
    let around = subject.ancestors().find(|node| kind(*node) == Kind::FunctionDefinition);
    // At module level the name is everybody's.
    let Some(around) = around.and_then(|function| Field::Body.of(function)) else {
        return module_closes(subject, name);
    };
    let mut leaves = false;
    let mut path: Vec<Node<'_>> = Vec::new();
    walk::until(around, |node| {
        if kind(node) == Kind::Identifier && subject.text(node) == name && node != alias {
            path = walk::path_to(around, node.start_byte(), node.end_byte()).unwrap_or_default();
            leaves |= is_way_out(subject, &path);
        }
        leaves
    });
    leaves
}

fn module_closes(subject: &Subject<'_>, name: &str) -> bool {
    let document = subject.document();
    document.items_that_use(name).into_iter().any(|item| {
        let text = subject.names().item(item).text();
        text.contains(&format!("{name}.close"))
            || text.contains(&format!("({name})"))
            || text.contains("global ")
    })
}

/// `c.close`, `return c`, `yield c`, `x = c`, `f(c)` and a nested function.
fn is_way_out(subject: &Subject<'_>, path: &[Node<'_>]) -> bool {
    let [.., parent, name] = path[..] else { return true };
    let nested = path.iter().any(|node| {
        matches!(kind(*node), Kind::FunctionDefinition | Kind::Lambda | Kind::ClassDefinition)
    });
    match kind(parent) {
        _ if nested => true,
        Kind::Attribute => {
            Field::Object.of(parent) == Some(name)
                && Field::Attribute.of(parent).is_some_and(|it| subject.text(it) == "close")
        }
        Kind::AsPatternTarget => false,
        _ => true,
    }
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let (call, alias) = connection(subject)?;
    let in_parentheses = subject.text(subject.node()).trim_start_matches("with").trim_start();
    (!in_parentheses.starts_with('(')).then_some(())?;
    let import = imported(subject, call, "contextlib", "closing");
    let name = subject.text(alias);
    let (start, end) = (subject.span(call), subject.span(alias).end);
    let mut facts = found.facts.clone();
    facts.code("with", format!("with {}(…) as {name}, {name}:", import.expression));
    let mut edits = vec![
        (Span::empty(start.start), format!("{}(", import.expression)),
        (Span::empty(start.end), ")".to_owned()),
        (Span::empty(end), format!(", {name}")),
    ];
    edits.extend(import.edit);
    Some(Plan { fix: "close-it", safety: Safety::Review, facts, edits })
}

pub static INVERSE: Inverse =
    Inverse { rule: &RULE, kinds: &[Kind::WithStatement], edits: without_closing };

/// `with connect(…) as c:` for `with closing(connect(…)) as c, c:`.
fn without_closing(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    let [first, second] = with_items(subject.node())[..] else { return None };
    let pattern = Field::Value.of(first).filter(|it| kind(*it) == Kind::AsPattern)?;
    let (closing, alias) = (pattern.named_child(0)?, Field::Alias.of(pattern)?);
    let [opened] = arguments(closing)[..] else { return None };
    let is_it = is_call_of(subject, closing, &["contextlib.closing"])
        && subject.text(second) == subject.text(alias);
    let (whole, inner) = (subject.span(closing), subject.span(opened));
    let edits = vec![
        (Span::new(whole.start, inner.start), String::new()),
        (Span::new(inner.end, whole.end), String::new()),
        (Span::new(subject.span(alias).end, subject.span(second).end), String::new()),
    ];
    is_it.then_some(edits)
}
