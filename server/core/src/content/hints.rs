//! `hints.toml`: the words of inlay hints.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use toml::Spanned;

use super::id::suggest;
use super::message::Message;
use super::source::{Fault, Part};
use crate::hints::{KINDS, kind};

/// The file, below the pack's root.
pub(crate) const PATH: &str = "hints.toml";

/// Longest label, in characters, without what slots add: it stands between the reader's words.
const MAX_LABEL: usize = 30;

/// The words of one kind of hint.
#[derive(Debug)]
pub struct HintWords {
    /// What is shown between the reader's words.
    pub label: Message,
    /// What is shown when the pointer rests on it.
    pub tooltip: Message,
}

/// Words by kind.
pub(crate) type Hints = HashMap<&'static str, HintWords>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    label: Spanned<String>,
    tooltip: Spanned<String>,
}

/// Reads the file; a pack need not have one.
pub(crate) fn read(text: &str, faults: &mut Vec<Fault>) -> Hints {
    let part = Part { text, line: 1 };
    let raw: BTreeMap<Spanned<String>, Raw> = match part.toml() {
        Ok(raw) => raw,
        Err(fault) => {
            faults.push(fault);
            return Hints::new();
        }
    };
    let mut hints = Hints::new();
    for (name, words) in raw {
        let Some(kind) = kind(name.get_ref()) else {
            let known = suggest(name.get_ref(), KINDS.iter().map(|kind| kind.name));
            let message = format!("no hint is named `{}`{known}", name.get_ref());
            faults.push(part.fault(name.span().start, message));
            continue;
        };
        if words.label.get_ref().chars().count() > MAX_LABEL {
            let message = format!("a label has at most {MAX_LABEL} characters");
            faults.push(part.fault(words.label.span().start, message));
        }
        let mut message = |words: Spanned<String>| {
            Message::read(words.get_ref(), kind.slots)
                .map_err(|fault| faults.push(part.fault(words.span().start, fault)))
                .ok()
        };
        if let (Some(label), Some(tooltip)) = (message(words.label), message(words.tooltip)) {
            hints.insert(kind.name, HintWords { label, tooltip });
        }
    }
    hints
}
