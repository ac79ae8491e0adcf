//! Questions whose answer is typed: the forms of the answer are compared as the reader's will be.

use toml::Spanned;

use super::raw::{Faults, RawVariant};
use crate::quiz::blank::{BLANK, fill};
use crate::quiz::normal::Normal;

/// Checks the snippet of a question of kind `blank` and the forms of its answer; `at` is its first
/// byte.
pub(super) fn check(raw: &RawVariant, at: usize, faults: &mut Faults<'_>) {
    let snippet =
        raw.snippet.as_ref().map(|snippet| snippet.get_ref().as_str()).unwrap_or_default();
    if snippet.matches(BLANK).count() != 1 {
        faults.add(at, format!("the `snippet` has `{BLANK}` in one place"));
        return;
    }
    let names: Vec<String> = raw.names.iter().map(|name| name.get_ref().clone()).collect();
    let mut known: Vec<(Normal, bool)> = Vec::new();
    for option in &raw.options {
        let (at, option) = (option.span().start, option.get_ref());
        if let Some(pin) = &option.pin {
            faults.add(pin.span().start, "what is typed is not shuffled: no `pin`");
        }
        let Some(form) = Normal::of(&fill(snippet, option.text.get_ref())) else {
            faults.add(at, "with this in its blank the snippet is not Python");
            continue;
        };
        // The first form that is like an answer decides.
        if known.iter().any(|(other, _)| other.is_like(&form, &names)) {
            faults.add(at, "this is the same as an option before it");
        }
        known.push((form, option.right));
    }
    for name in &raw.names {
        if !known.iter().any(|(form, right)| *right && form.has_name(name.get_ref())) {
            let message = format!("no right option has the name `{}`", name.get_ref());
            faults.add(name.span().start, message);
        }
        if !is_only_typed(raw, name) {
            let message = format!("the snippet itself has the name `{}`", name.get_ref());
            faults.add(name.span().start, message);
        }
    }
}

/// Whether the name is one of the answer alone: the rest of the snippet cannot follow a reader who
/// takes another one.
fn is_only_typed(raw: &RawVariant, name: &Spanned<String>) -> bool {
    let snippet =
        raw.snippet.as_ref().map(|snippet| snippet.get_ref().as_str()).unwrap_or_default();
    let mut words = snippet.split(|c: char| c != '_' && !c.is_alphanumeric());
    words.all(|word| word != name.get_ref())
}
