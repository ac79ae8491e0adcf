//! The words of questions that are computed from the reader's code.

use toml::Spanned;

use super::Wording;
use super::raw::{Faults, RawVariant};
use crate::content::{Message, suggest};
use crate::facts::Slot;
use crate::quiz::from_code::{Generator, Shown, generator, generators};

/// Reasons under this name hold in every case that has none of its own.
const ANY_CASE: &str = "always";

/// Reads the words for the generator that `from` names.
pub(super) fn read(
    raw: &RawVariant,
    hints: &[Spanned<String>],
    faults: &mut Faults<'_>,
) -> Option<Wording> {
    let from = raw.from.as_ref()?;
    let Some(generator) = generator(from.get_ref()) else {
        let known = suggest(from.get_ref(), generators().map(|generator| generator.name));
        faults.add(from.span().start, format!("no generator `{}`{known}", from.get_ref()));
        return None;
    };
    let written = [
        raw.kind.as_ref().map(Spanned::span),
        raw.snippet.as_ref().map(Spanned::span),
        raw.stdout.as_ref().map(Spanned::span),
        raw.options.first().map(Spanned::span),
        raw.names.first().map(Spanned::span),
    ];
    for span in written.into_iter().flatten() {
        let message = "with `from` the question is computed: no `kind`, `snippet`, `stdout`, `options`, \
             `names`";
        faults.add(span.start, message);
    }
    let prompt = message(&raw.prompt, generator.asked, faults);
    let hints = hints.iter().filter_map(|hint| message(hint, generator.asked, faults)).collect();
    let labels = labels(raw, generator, faults);
    let why = reasons(raw, generator, faults);
    Some(Wording { generator, prompt: prompt?, hints, labels, why })
}

fn message(text: &Spanned<String>, slots: &[Slot], faults: &mut Faults<'_>) -> Option<Message> {
    Message::read(text.get_ref(), slots)
        .map_err(|message| faults.add(text.span().start, message))
        .ok()
}

fn labels(
    raw: &RawVariant,
    generator: &'static Generator,
    faults: &mut Faults<'_>,
) -> Vec<(&'static str, Message)> {
    let at = raw.from.as_ref().map_or(0, |from| from.span().start);
    let in_words = || generator.roles.iter().filter(|role| role.shown == Shown::Words);
    for key in raw.labels.keys() {
        if !in_words().any(|role| role.name == key.get_ref()) {
            let known = suggest(key.get_ref(), in_words().map(|role| role.name));
            let message = format!("no option `{}` needs a label{known}", key.get_ref());
            faults.add(key.span().start, message);
        }
    }
    let mut labels = Vec::new();
    for role in in_words() {
        match raw.labels.iter().find(|(key, _)| key.get_ref() == role.name) {
            Some((_, text)) => {
                labels.extend(message(text, generator.asked, faults).map(|m| (role.name, m)));
            }
            None => faults.add(at, format!("`labels.{}` is missing", role.name)),
        }
    }
    labels
}

fn reasons(
    raw: &RawVariant,
    generator: &'static Generator,
    faults: &mut Faults<'_>,
) -> Vec<(&'static str, &'static str, Message)> {
    let at = raw.from.as_ref().map_or(0, |from| from.span().start);
    for (case, reasons) in &raw.why {
        let cases = || generator.cases.iter().map(|case| case.name).chain([ANY_CASE]);
        if !cases().any(|known| known == case.get_ref()) {
            let known = suggest(case.get_ref(), cases());
            faults.add(case.span().start, format!("no case `{}`{known}", case.get_ref()));
        }
        for role in reasons.keys() {
            if !generator.roles.iter().any(|known| known.name == role.get_ref()) {
                let known = suggest(role.get_ref(), generator.roles.iter().map(|role| role.name));
                faults.add(role.span().start, format!("no option `{}`{known}", role.get_ref()));
            }
        }
    }
    let reason = |case: &str, role: &str| {
        let (_, reasons) = raw.why.iter().find(|(key, _)| key.get_ref() == case)?;
        reasons.iter().find(|(key, _)| key.get_ref() == role).map(|(_, text)| text)
    };
    let mut found = Vec::new();
    for case in generator.cases {
        for role in case.roles() {
            match reason(case.name, role).or_else(|| reason(ANY_CASE, role)) {
                Some(text) => {
                    let reason = message(text, generator.told, faults);
                    found.extend(reason.map(|reason| (case.name, role, reason)));
                }
                None => faults.add(at, format!("`why.{}.{role}` is missing", case.name)),
            }
        }
    }
    found
}
