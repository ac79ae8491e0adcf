//! Groups made by hand to those of a `defaultdict`.

use super::{Answer, COMMENT, Conversion, Draft};
use crate::Span;
use crate::facts::collections::grouping::grouping;
use crate::facts::{Facts, Slot, SlotKind};
use crate::rules::code::{callee_name, method};
use crate::rules::dict_grouping::{made, put_only};
use crate::subject::Subject;
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Kind, Node, kind};

pub static CONVERSION: Conversion = Conversion {
    id: "group-with-defaultdict",
    kinds: &[Kind::Call, Kind::IfStatement],
    calls: &["setdefault"],
    slots: SLOTS,
    titles: &["groups"],
    reasons: &[COMMENT, "begin"],
    convert,
};

static SLOTS: &[Slot] = &[Slot::new("dictionary", SlotKind::Code, "the dictionary")];

fn convert(subject: &Subject<'_>) -> Option<Answer> {
    let (dictionary, factory, edit) = match kind(subject.node()) {
        Kind::Call => set_default(subject)?,
        _ => {
            let found = grouping(subject)?;
            (found.dictionary, found.factory, put_only(subject, &found))
        }
    };
    let mut facts = Facts::of(SLOTS);
    facts.code("dictionary", subject.text(dictionary));
    let Some(mut edits) = made(subject, dictionary, factory) else {
        return Some(Answer::Refused("begin", facts));
    };
    edits.push(edit);
    Some(Answer::Draft(Draft { title: Some("groups"), ..Draft::new(facts, edits) }))
}

/// `groups.setdefault(key, [])` in front of a dot, to `groups[key]`.
fn set_default<'a>(subject: &Subject<'a>) -> Option<(Node<'a>, &'static str, (Span, String))> {
    let call = subject.node();
    let (object, name) = method(call)?;
    let [key, value] = arguments(call)[..] else { return None };
    let around = subject.ancestors().next()?;
    let is_it = kind(object) == Kind::Identifier
        && subject.text(name) == "setdefault"
        && kind(around) == Kind::Attribute
        && !matches!(
            kind(key),
            Kind::KeywordArgument | Kind::ListSplat | Kind::GeneratorExpression
        );
    is_it.then_some(())?;
    let factory = match kind(value) {
        Kind::List if statements(value).is_empty() => "list",
        Kind::Dictionary if statements(value).is_empty() => "dict",
        Kind::Call if arguments(value).is_empty() => match &*callee_name(subject, value)? {
            "builtins.list" => "list",
            "builtins.set" => "set",
            "builtins.dict" => "dict",
            _ => return None,
        },
        _ => return None,
    };
    let text = format!("{}[{}]", subject.text(object), subject.text(key));
    Some((object, factory, (subject.span(call), text)))
}
