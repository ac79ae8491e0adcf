//! Which cards teach what the reader's code gets wrong.

use std::cmp::Reverse;

use super::deck::{card_id, is_askable, rank};
use super::{Context, Planned, Remembered};

/// The cards for a session about findings: at most `limit`, each once, and each can be asked. `rules`
/// are the ids of the rules, one for each finding. What serves the same unit of a chapter as a rule comes
/// first, then what belongs to its concept; among these what belongs to the most findings, then what is
/// due. `memory` tells what is remembered of a card.
pub fn mistakes(
    context: &Context<'_>,
    rules: &[&str],
    memory: &dyn Fn(&str) -> Option<Remembered>,
    now: u64,
    limit: usize,
) -> Vec<Planned> {
    let times = |rule: &str| rules.iter().filter(|found| **found == rule).count();
    let broken = || context.library.rules().filter(|rule| times(&rule.id) > 0);
    let mut ranked = Vec::new();
    for (pack, concept) in context.library.concepts() {
        let in_concept: usize = concept.rules.iter().map(|rule| times(&rule.id)).sum();
        for item in &concept.quiz {
            let serves = |unit: &str| item.units().any(|served| served == unit);
            let taught: usize = broken()
                .filter(|rule| rule.units.iter().any(|(unit, _)| serves(unit)))
                .map(|rule| times(&rule.id))
                .sum();
            if taught + in_concept == 0
                || !item.variants.iter().any(|variant| is_askable(context, variant, false))
            {
                continue;
            }
            let card = card_id(pack, concept, item);
            let known = memory(&card);
            let order = (taught == 0, Reverse(taught.max(in_concept)), rank(known.as_ref(), now));
            let last_variant = known.map(|known| known.last_variant);
            ranked.push((order, Planned { card, about: None, last_variant }));
        }
    }
    // Otherwise in the order in which they are taught.
    ranked.sort_by_key(|(order, _)| *order);
    ranked.into_iter().take(limit).map(|(_, planned)| planned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::testing::builtin;
    use crate::quiz::testing::context;
    use crate::{Document, Settings, analysis};

    fn cards(source: &str, memory: &dyn Fn(&str) -> Option<Remembered>) -> Vec<String> {
        let document = Document::new(source);
        let findings = analysis::findings(builtin(), &document, &Settings::default());
        let rules: Vec<&str> = findings.iter().map(|finding| finding.rule).collect();
        let deck = mistakes(&context(builtin(), &[]), &rules, memory, 100, 50);
        deck.into_iter().map(|planned| planned.card.replace("python-interview-5/", "")).collect()
    }

    const NO_WRAPS: &str = "def log(func):\n    def wrapper(*args, **kwargs):\n        \
                            return func(*args, **kwargs)\n    return wrapper\n\n@log\ndef f(): ...\n";

    #[test]
    fn what_the_rule_teaches_comes_first() {
        let asked = cards(NO_WRAPS, &|_| None);
        assert_eq!(asked[0], "decorators/metadata-without-wraps");
        assert!(asked.iter().all(|card| card.starts_with("decorators/")), "{asked:?}");
        assert!(asked.contains(&"decorators/stack-order".to_owned()), "the rest of the concept");
    }

    #[test]
    fn code_without_a_mistake_asks_nothing() {
        assert_eq!(cards("x = 1\n", &|_| None), [""; 0]);
    }

    #[test]
    fn what_is_due_comes_before_what_is_not() {
        let first = cards(NO_WRAPS, &|_| None);
        let memory = |card: &str| {
            let due_at = if card.ends_with(&first[0]) { 200 } else { 0 };
            Some(Remembered { due_at, last_variant: String::new() })
        };
        let taught: Vec<_> = cards(NO_WRAPS, &memory);
        let place = |cards: &[String]| cards.iter().position(|card| *card == first[0]).unwrap();
        assert!(place(&taught) >= place(&first));
        assert_eq!(taught.len(), first.len());
    }
}
