//! `#fact?`: what a provider of facts says about a construct.

use super::{Arg, Given, Predicate};
use crate::facts::{Value, provider};
use crate::subject::Subject;

pub static FACT: Predicate = Predicate {
    name: "fact?",
    args: &[Arg::Text("provider"), Arg::Texts("slot")],
    doc: "the provider of facts knows `@target`, and these of its slots have a value; `slot=value` \
          asks for this very code, number or word",
    fault,
    test,
};

fn fault(texts: &[&str]) -> Option<String> {
    let [name, slots @ ..] = texts else { return None };
    let Some(provider) = provider(name) else {
        return Some(format!("there is no provider of facts `{name}`"));
    };
    let is_known = |wanted: &&&str| {
        let (name, _) = slot(wanted);
        provider.slots.iter().any(|slot| slot.name == name)
    };
    let unknown = slots.iter().find(|slot| !is_known(slot))?;
    Some(format!("`{name}` has no slot `{}`", slot(unknown).0))
}

/// The name of a slot, and the value that it is to have.
fn slot(text: &str) -> (&str, Option<&str>) {
    match text.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (text, None),
    }
}

fn test(subject: &Subject<'_>, args: &[Given<'_>]) -> bool {
    let [Given::Text(name), slots @ ..] = args else { return false };
    let facts = provider(name).and_then(|provider| (provider.run)(subject));
    let Some(facts) = facts else { return false };
    slots.iter().filter_map(|slot| slot.text()).all(|text| {
        let (name, wanted) = slot(text);
        match (facts.get(name), wanted) {
            (Some(_), None) => true,
            (Some(Value::Code(value)), Some(wanted)) => value == wanted,
            (Some(Value::Words(value)), Some(wanted)) => *value == wanted,
            (Some(Value::Number(value)), Some(wanted)) => value.to_string() == wanted,
            _ => false,
        }
    })
}
