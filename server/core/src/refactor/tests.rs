//! The examples of every conversion's page, run.

use super::CONVERSIONS;
use crate::analysis::{Offer, Rewrite, Settings, TargetSource, rewrites};
use crate::content::testing::builtin;
use crate::content::{Outcome, Refactoring, Trial};
use crate::{Document, PythonVersion};

fn settings(target: Option<PythonVersion>) -> Settings {
    Settings {
        target: target.unwrap_or(PythonVersion::OLDEST),
        target_source: target.map(|_| TargetSource::RequiresPython),
        ..Settings::default()
    }
}

fn offered(trial: &Trial, id: &str) -> Option<Rewrite> {
    let document = Document::new(&trial.code);
    let all = rewrites(builtin(), &document, &settings(trial.target), trial.at);
    all.into_iter().find(|rewrite| rewrite.id == id)
}

fn applied(source: &str, rewrite: &Rewrite) -> String {
    let mut after = source.to_owned();
    if let Offer::Edits { edits, .. } = &rewrite.offer {
        for edit in edits.iter().rev() {
            after.replace_range(edit.span.range(), &edit.text);
        }
    }
    after
}

/// True when `text` may be `template` with its slots filled in.
fn fits(template: &str, text: &str) -> bool {
    let mut rest = text;
    let mut parts = template.split('{').enumerate().map(|(number, part)| match number {
        0 => part,
        _ => part.split_once('}').map_or(part, |(_, after)| after),
    });
    let first = parts.next().is_some_and(|first| rest.starts_with(first));
    first
        && parts.all(|part| match rest.find(part) {
            Some(at) => {
                rest = &rest[at + part.len()..];
                true
            }
            None => false,
        })
}

/// What is wrong with an example.
fn fault(page: &Refactoring, trial: &Trial) -> Option<String> {
    let found = offered(trial, &page.id);
    match (&trial.expect, &found) {
        (Outcome::Silent, None) => None,
        (Outcome::Refused(reason), Some(Rewrite { offer: Offer::Refused(said), .. })) => {
            (!fits(&page.refused[reason], said)).then(|| format!("refused: {said}"))
        }
        (Outcome::Becomes { code, title }, Some(rewrite)) => {
            let Offer::Edits { .. } = rewrite.offer else { return Some(format!("{rewrite:?}")) };
            let after = applied(&trial.code, rewrite);
            if after != *code {
                return Some(format!("becomes\n{after}"));
            }
            let wanted = title.as_ref().map_or(&page.action, |title| &page.titles[title]);
            (!fits(wanted, &rewrite.title)).then(|| format!("is called {}", rewrite.title))
        }
        (_, found) => Some(format!("{found:?}")),
    }
}

#[test]
fn examples_hold() {
    let mut faults = Vec::new();
    for page in builtin().refactorings() {
        for trial in &page.trials {
            let said = fault(page, trial);
            faults.extend(said.map(|said| format!("{}:{}: {said}", page.id, trial.line)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_conversion_has_its_page() {
    for conversion in CONVERSIONS {
        assert!(builtin().refactoring(conversion.id).is_some(), "{} has no page", conversion.id);
    }
    for page in builtin().refactorings() {
        assert!(super::conversion(&page.id).is_some(), "{} has no conversion", page.id);
    }
}
