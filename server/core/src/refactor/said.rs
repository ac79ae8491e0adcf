//! The words of a conversion's page, ready to be filled in.

use std::collections::BTreeMap;

use super::Conversion;
use crate::content::{Message, Refactoring};
use crate::facts::Facts;

/// Titles and reasons of one conversion.
#[derive(Debug)]
pub struct Said {
    action: Message,
    titles: BTreeMap<String, Message>,
    refused: BTreeMap<String, Message>,
}

impl Said {
    /// Reads the words of `page`, or says what does not fit the conversion.
    pub(crate) fn read(
        page: &Refactoring,
        conversion: &'static Conversion,
    ) -> Result<Self, Vec<String>> {
        let mut faults = Vec::new();
        let mut message = |text: &str, slots| match Message::read(text, slots) {
            Ok(message) => Some(message),
            Err(fault) => {
                faults.push(format!("`{text}`: {fault}"));
                None
            }
        };
        // It is shown for every construct, whatever is known about it.
        let action = message(&page.action, &[]);
        let mut all = |texts: &BTreeMap<String, String>| -> BTreeMap<_, _> {
            let read = |(id, text): (&String, &String)| {
                Some((id.clone(), message(text, conversion.slots)?))
            };
            texts.iter().filter_map(read).collect()
        };
        let (titles, refused) = (all(&page.titles), all(&page.refused));
        compare("title", conversion.titles, page.titles.keys(), &mut faults);
        compare("reason", conversion.reasons, page.refused.keys(), &mut faults);
        match action {
            Some(action) if faults.is_empty() => Ok(Self { action, titles, refused }),
            _ => Err(faults),
        }
    }

    /// What the conversion is called in this case.
    pub(super) fn title(&self, case: Option<&str>, facts: &Facts) -> Option<String> {
        case.map_or(Some(&self.action), |case| self.titles.get(case))?.render(facts)
    }

    /// Why it is refused.
    pub(super) fn reason(&self, reason: &str, facts: &Facts) -> Option<String> {
        self.refused.get(reason)?.render(facts)
    }
}

fn compare<'a>(
    what: &str,
    engine: &[&str],
    page: impl Iterator<Item = &'a String>,
    faults: &mut Vec<String>,
) {
    let page: Vec<&str> = page.map(String::as_str).collect();
    for id in engine.iter().filter(|id| !page.contains(id)) {
        faults.push(format!("the page has no words for the {what} `{id}`"));
    }
    for id in page.iter().filter(|id| !engine.contains(id)) {
        faults.push(format!("the conversion knows no {what} `{id}`"));
    }
}
