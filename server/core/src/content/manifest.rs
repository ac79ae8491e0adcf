//! `pack.toml`.

use serde::Deserialize;
use toml::Spanned;

use super::id::is_id;
use super::source::{Fault, Part};
use crate::PythonVersion;

/// What a pack says about itself.
#[derive(Clone, Debug)]
pub struct Manifest {
    /// Permanent id, the first part of the ids of everything in the pack.
    pub id: String,
    /// Title for readers.
    pub title: String,
    /// SPDX expression.
    pub licence: String,
    /// The oldest Python the pack speaks of.
    pub requires_python: PythonVersion,
    /// The concepts' ids in the order in which they are taught.
    pub concepts: Vec<String>,
    /// Ids `concept/item` that were used once and must never be used again.
    pub retired: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Raw {
    id: Spanned<String>,
    title: Spanned<String>,
    licence: Spanned<String>,
    requires_python: Spanned<String>,
    concepts: Vec<Spanned<String>>,
    #[serde(default)]
    retired: Vec<Spanned<String>>,
}

/// Reads `pack.toml`.
pub(crate) fn read(part: Part<'_>) -> Result<Manifest, Vec<Fault>> {
    let raw: Raw = part.toml().map_err(|fault| vec![fault])?;
    let mut faults = Vec::new();
    let mut fault = |at: usize, message: String| faults.push(part.fault(at, message));
    if !is_id(raw.id.get_ref()) {
        fault(raw.id.span().start, not_an_id(raw.id.get_ref()));
    }
    for text in [&raw.title, &raw.licence] {
        if text.get_ref().trim().is_empty() {
            fault(text.span().start, "must not be empty".to_owned());
        }
    }
    for (i, concept) in raw.concepts.iter().enumerate() {
        let id = concept.get_ref();
        if !is_id(id) {
            fault(concept.span().start, not_an_id(id));
        } else if raw.concepts[..i].iter().any(|other| other.get_ref() == id) {
            fault(concept.span().start, format!("the concept `{id}` is listed twice"));
        }
    }
    for retired in &raw.retired {
        let parts: Vec<_> = retired.get_ref().split('/').collect();
        if parts.len() != 2 || !parts.iter().all(|part| is_id(part)) {
            let message = format!("`{}`: expected `concept/item`", retired.get_ref());
            fault(retired.span().start, message);
        }
    }
    let version = raw.requires_python.get_ref();
    let requires_python = version.strip_prefix(">=").and_then(|text| text.parse().ok());
    if requires_python.is_none() {
        fault(
            raw.requires_python.span().start,
            format!("`{version}`: expected `>=3.9` or the like"),
        );
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let owned = |list: Vec<Spanned<String>>| list.into_iter().map(Spanned::into_inner).collect();
    Ok(Manifest {
        id: raw.id.into_inner(),
        title: raw.title.into_inner(),
        licence: raw.licence.into_inner(),
        requires_python: requires_python.unwrap_or_default(),
        concepts: owned(raw.concepts),
        retired: owned(raw.retired),
    })
}

pub(crate) fn not_an_id(text: &str) -> String {
    format!("`{text}` is no id: expected 1 to 64 of `a-z`, `0-9` and `-`")
}
