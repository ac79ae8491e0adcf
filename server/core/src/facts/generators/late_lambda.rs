//! A `lambda` in a loop or comprehension.
//!
//! Source: Programming FAQ, Why do lambdas defined in a loop with different values all return the
//! same result?

use super::loop_variables::{changed_by, loop_around, outlives_turn};
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::parameters, kind};

pub static PROVIDER: Provider = Provider {
    name: "late-lambda",
    doc: "a `lambda` in a loop or comprehension that uses a variable of it; `@target` is the \
          `lambda`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("names", SlotKind::Codes, "the variables that it looks up and the loop changes"),
    Slot::new("loop", SlotKind::Line, "the line of the loop"),
    Slot::new("kept", SlotKind::Flag, "it is kept beyond its turn"),
    Slot::new("called", SlotKind::Code, "the builtin that calls it within its turn"),
    Slot::new("open", SlotKind::Flag, "when it is called cannot be told"),
    Slot::new("early", SlotKind::Codes, "defaults that take such a variable when it is made"),
];

/// Builtins that call their function before they return.
const AT_ONCE: &[&str] = &["builtins.max", "builtins.min", "builtins.sorted"];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let lambda = subject.node();
    let (depth, repeated) = loop_around(subject)?;
    let names: Vec<&str> = changed_by(subject, repeated)
        .into_iter()
        .map(|at| &subject.item_text()[at.range()])
        .collect();
    let early = early(subject, depth)?;
    if names.is_empty() && early.is_empty() {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    facts.line("loop", subject.line(subject.path()[depth]));
    if !names.is_empty() {
        match (outlives_turn(subject, depth), caller(subject, lambda)) {
            (true, _) => facts.flag("kept", true),
            (false, Some(called)) => facts.code("called", called),
            (false, None) => facts.flag("open", true),
        };
    }
    facts.codes("names", names).codes("early", early);
    Some(facts)
}

/// The parameters whose default is a variable that the loop binds as its target.
fn early<'a>(subject: &Subject<'a>, depth: usize) -> Option<Vec<&'a str>> {
    let mut targets = Vec::new();
    let repeated = subject.path()[depth];
    let mut heads = vec![repeated];
    if kind(repeated) != Kind::ForStatement {
        let clauses = crate::syntax::function::statements(repeated);
        heads = clauses.into_iter().filter(|node| kind(*node) == Kind::ForInClause).collect();
    }
    for head in heads {
        if let Some(left) = Field::Left.of(head) {
            crate::walk::until(left, |node| {
                if kind(node) == Kind::Identifier {
                    targets.push(subject.text(node));
                }
                false
            });
        }
    }
    let all = parameters(subject.node())?;
    let takes = all.iter().filter(|one| {
        one.default.is_some_and(|default| {
            kind(default) == Kind::Identifier && targets.contains(&subject.text(default))
        })
    });
    Some(takes.map(|one| subject.text(one.node)).collect())
}

/// The builtin that gets the lambda as its `key`.
fn caller<'a>(subject: &Subject<'a>, lambda: Node<'a>) -> Option<&'a str> {
    let [.., call, list, keyword, node] = *subject.path() else { return None };
    let is_key = node == lambda
        && kind(keyword) == Kind::KeywordArgument
        && kind(list) == Kind::Argument
        && subject.text(Field::Name.of(keyword)?) == "key";
    let callee = Field::Function.of(call).filter(|_| is_key && kind(call) == Kind::Call)?;
    let name = subject.names().qualified(subject.item(), callee)?;
    AT_ONCE.contains(&name.as_str()).then(|| subject.text(callee))
}

#[cfg(test)]
mod tests;
