//! A field of a data class whose default can change.
//!
//! Source: Library Reference, dataclasses, Mutable default values: `list`, `dict` and `set` raise
//! `ValueError` when the class is made, and since Python 3.11 everything without a hash does.

use crate::analysis::Safety;
use crate::facts::source_text::one_line;
use crate::facts::{DATACLASS, Facts, Slot, SlotKind, Value};
use crate::lint::{Found, Plan, Rule, imported_name};
use crate::subject::Subject;
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Field, Kind, Node, kind};

use super::code::is_expected_to_fail;

pub static RULE: Rule = Rule {
    id: "dataclass-mutable-default",
    kinds: &[Kind::DecoratedDefinition],
    slots: SLOTS,
    cases: &["unhashable"],
    fixes: &["use-factory"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("field", SlotKind::Code, "the field"),
    Slot::new("value", SlotKind::Code, "its default"),
    Slot::new("type", SlotKind::Code, "the type of the default"),
    Slot::new("factory", SlotKind::Code, "what makes such a value for each instance"),
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let is_class =
        Field::Definition.of(subject.node()).is_some_and(|it| kind(it) == Kind::ClassDefinition);
    if !is_class || is_expected_to_fail(subject) {
        return;
    }
    let Some(read) = (DATACLASS.run)(subject) else { return };
    for (slot, case) in [("mutable", None), ("unhashable", Some("unhashable"))] {
        let Some(Value::Records(records)) = read.get(slot) else { continue };
        for record in records {
            let Some(Value::Code(name)) = record.get("field") else { continue };
            let Some(value) = default_of(subject, name) else { continue };
            let mut facts = Facts::of(SLOTS);
            for slot in ["field", "value", "type"] {
                facts.take(slot, record, slot);
            }
            let at = value.byte_range().into();
            found.push(Found { at, case, facts, related: Vec::new() });
        }
    }
}

/// What the last annotated assignment of the class body gives to this name.
fn default_of<'a>(subject: &Subject<'a>, name: &str) -> Option<Node<'a>> {
    let class = Field::Definition.of(subject.node())?;
    let body = statements(Field::Body.of(class)?);
    let assigned = body.into_iter().rev().filter_map(|statement| {
        let inner = statement.named_child(0)?;
        let left = Field::Left.of(inner).filter(|_| kind(inner) == Kind::Assignment)?;
        (Field::Type.of(inner).is_some() && subject.text(left) == name)
            .then(|| Field::Right.of(inner))?
    });
    assigned.into_iter().next()
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let Some(Value::Code(name)) = found.facts.get("field") else { return None };
    let value = default_of(subject, name)?;
    let factory = factory(subject, value)?;
    let import = imported_name(subject, subject.node(), "dataclasses", "field")?;
    let mut facts = found.facts.clone();
    facts.code("factory", &factory);
    let text = format!("{}(default_factory={factory})", import.expression);
    let mut edits = vec![(subject.span(value), text)];
    edits.extend(import.edit);
    Some(Plan { fix: "use-factory", safety: safety(subject), facts, edits })
}

/// The class could not be made before, unless something is ready for that.
fn safety(subject: &Subject<'_>) -> Safety {
    let may_fail = subject.ancestors().any(|node| kind(node) == Kind::TryStatement);
    if may_fail { Safety::Review } else { Safety::Safe }
}

/// A function that makes such a value anew.
fn factory(subject: &Subject<'_>, value: Node<'_>) -> Option<String> {
    let is_empty = statements(value).is_empty();
    let type_name = match kind(value) {
        Kind::List if is_empty => "list",
        Kind::Dictionary if is_empty => "dict",
        Kind::Call if arguments(value).is_empty() => {
            return Some(one_line(subject, Field::Function.of(value)?));
        }
        Kind::List | Kind::Dictionary | Kind::Set | Kind::Call => {
            let text = subject.text(value);
            return (!text.contains(['\n', '\r'])).then(|| format!("lambda: {text}"));
        }
        _ => return None,
    };
    let names = subject.names();
    let is_free = !names.is_hidden_at(subject.item(), value.start_byte(), type_name)
        && names.module_bindings(type_name).is_empty();
    is_free.then(|| type_name.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::Document;
    use crate::analysis::{Settings, findings};
    use crate::content::testing::builtin;

    /// Where the rule finds something: the text under the squiggles.
    fn found(source: &str) -> Vec<String> {
        let document = Document::new(source);
        let all = findings(builtin(), &document, &Settings::default());
        let own = all.into_iter().filter(|one| one.rule == super::RULE.id);
        own.map(|one| source[one.span.start..one.span.end].to_owned()).collect()
    }

    #[test]
    fn the_default_is_marked_and_not_another_assignment_of_the_name() {
        let source =
            |body: &str| format!("from dataclasses import dataclass\n@dataclass\nclass C:\n{body}");
        assert_eq!(found(&source("    x: list = []\n    y = []\n")), ["[]"]);
        assert_eq!(found(&source("    x: list = None\n    x: list = [1]\n")), ["[1]"]);
        assert!(found(&source("    x: list = [1]\n    x: list = None\n")).is_empty());
    }
}
