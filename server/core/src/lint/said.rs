//! The words of a rule's page, ready to be filled in.

use std::collections::BTreeMap;

use super::Rule;
use crate::analysis::Severity;
use crate::content::{Message, Rule as Page};
use crate::facts::Facts;

/// Messages and titles of one rule.
#[derive(Debug)]
pub struct Said {
    severity: Severity,
    message: Message,
    cases: BTreeMap<String, (Severity, Message)>,
    fixes: BTreeMap<String, Message>,
    related: BTreeMap<String, Message>,
}

impl Said {
    /// Reads the words of `page`, or says what does not fit `rule`.
    pub(crate) fn read(page: &Page, rule: &'static Rule) -> Result<Self, Vec<String>> {
        let mut faults = Vec::new();
        let mut message = |text: &str| match Message::read(text, rule.slots) {
            Ok(message) => Some(message),
            Err(fault) => {
                faults.push(format!("`{text}`: {fault}"));
                None
            }
        };
        let general = message(&page.message);
        let cases: BTreeMap<_, _> = page
            .cases
            .iter()
            .filter_map(|(id, case)| Some((id.clone(), (case.severity, message(&case.message)?))))
            .collect();
        let mut all = |texts: &BTreeMap<String, String>| -> BTreeMap<_, _> {
            texts.iter().filter_map(|(id, text)| Some((id.clone(), message(text)?))).collect()
        };
        let (fixes, related) = (all(&page.fixes), all(&page.related));
        compare("case", rule.cases, page.cases.keys(), &mut faults);
        compare("fix", rule.fixes, page.fixes.keys(), &mut faults);
        compare("related", rule.related, page.related.keys(), &mut faults);
        match general {
            Some(message) if faults.is_empty() => {
                Ok(Self { severity: page.severity, message, cases, fixes, related })
            }
            _ => Err(faults),
        }
    }

    /// How much a case weighs, and what it says about these facts.
    pub(crate) fn finding(&self, case: Option<&str>, facts: &Facts) -> Option<(Severity, String)> {
        let (severity, message) = match case {
            Some(case) => {
                let (severity, message) = self.cases.get(case)?;
                (*severity, message)
            }
            None => (self.severity, &self.message),
        };
        Some((severity, message.render(facts)?))
    }

    /// The title of a fix.
    pub(crate) fn title(&self, fix: &str, facts: &Facts) -> Option<String> {
        self.fixes.get(fix)?.render(facts)
    }

    /// Why a related place matters.
    pub(super) fn role(&self, role: &str, facts: &Facts) -> Option<String> {
        self.related.get(role)?.render(facts)
    }
}

fn compare<'a>(
    what: &str,
    rule: &[&str],
    page: impl Iterator<Item = &'a String>,
    faults: &mut Vec<String>,
) {
    let page: Vec<&str> = page.map(String::as_str).collect();
    for id in rule.iter().filter(|id| !page.contains(id)) {
        faults.push(format!("the page has no words for the {what} `{id}`"));
    }
    for id in page.iter().filter(|id| !rule.contains(id)) {
        faults.push(format!("the rule knows no {what} `{id}`"));
    }
}
