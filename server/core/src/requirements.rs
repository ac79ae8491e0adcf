//! What a project, or a single script, declares that it needs.
//!
//! Sources: Dependency specifiers (PEP 508) and names (PEP 503); `pyproject.toml` (PEP 621),
//! dependency groups (PEP 735), inline script metadata (PEP 723); pip, Requirements File Format.

pub(crate) mod list;
pub(crate) mod manifest;
pub(crate) mod marker;
pub(crate) mod near;
pub(crate) mod specifier;
pub(crate) mod versions;

use toml::de::{DeArray, DeTable, DeValue};

use crate::modules::{Site, join};
use list::What;
use manifest::Group;

/// Something that is declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Requirement {
    /// As it is written: `PyYAML>=6`.
    pub text: String,
    /// The distribution, normalised: `pyyaml`.
    pub name: String,
    /// The line of its file, from 0.
    pub line: usize,
}

/// What a project declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Declared {
    /// The file that was read, in the workspace.
    pub file: String,
    /// In the order of the file.
    pub requirements: Vec<Requirement>,
    /// False where more may be required than is written out.
    pub is_complete: bool,
}

/// What the nearest folder with a `pyproject.toml` or a `requirements.txt` declares in these files.
pub(crate) fn declared(site: Site<'_>) -> Vec<Declared> {
    for folder in site.folders() {
        let mut found = Vec::new();
        for (name, read) in [
            ("pyproject.toml", in_project as fn(&str) -> Option<(Vec<Requirement>, bool)>),
            ("requirements.txt", in_list),
        ] {
            let file = join(folder, name);
            let text = site.text(&file);
            if let Some((requirements, is_complete)) = text.as_deref().and_then(read) {
                found.push(Declared { file, requirements, is_complete });
            }
        }
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// The name that all spellings of a distribution's name share (PEP 503).
pub(crate) fn normalised(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for char in name.chars() {
        match char {
            '-' | '_' | '.' if out.ends_with('-') => {}
            '-' | '_' | '.' => out.push('-'),
            _ => out.push(char.to_ascii_lowercase()),
        }
    }
    out
}

/// The distribution that a dependency specifier asks for, normalised.
fn name_of(specifier: &str) -> Option<String> {
    Some(normalised(&specifier[specifier::read(specifier)?.name.range()]))
}

/// The requirements of a `pyproject.toml`; nothing when it cannot be read or is about no project.
fn in_project(text: &str) -> Option<(Vec<Requirement>, bool)> {
    let manifest = manifest::read(text).filter(|it| it.is_project || it.has_groups)?;
    let asked = manifest.items.iter().filter(|item| item.group != Group::Build);
    let found = asked.filter_map(|item| {
        let specifier = item.text.trim();
        let line = line_of(text, item.at.start);
        Some(Requirement { text: specifier.to_owned(), name: name_of(specifier)?, line })
    });
    Some((found.collect(), manifest.is_project && !manifest.asks_elsewhere))
}

/// The requirements of a script's metadata, and its `requires-python`; nothing when it is not TOML.
/// `first_line` is the line of the file on which `text` begins.
pub(crate) fn in_script(
    text: &str,
    first_line: usize,
) -> Option<(Vec<Requirement>, Option<String>)> {
    let table = DeTable::parse(text).ok()?;
    let table = table.get_ref();
    let mut found = Vec::new();
    if let Some(list) = get(table, "dependencies") {
        strings(list.as_array()?, text, &mut found);
    }
    found.iter_mut().for_each(|it| it.line += first_line);
    let python = get(table, "requires-python").and_then(DeValue::as_str).map(str::to_owned);
    Some((found, python))
}

fn strings(list: &DeArray<'_>, text: &str, found: &mut Vec<Requirement>) {
    for value in list.iter() {
        let Some(specifier) = value.get_ref().as_str() else { continue };
        let Some(name) = name_of(specifier.trim()) else { continue };
        let line = line_of(text, value.span().start);
        found.push(Requirement { text: specifier.trim().to_owned(), name, line });
    }
}

/// The line of a byte, from 0.
fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count()
}

/// The requirements of a `requirements.txt`. Options such as `-r` ask for more.
#[allow(clippy::unnecessary_wraps)]
fn in_list(text: &str) -> Option<(Vec<Requirement>, bool)> {
    let (mut found, mut is_complete) = (Vec::new(), true);
    for entry in list::read(text) {
        match entry.what {
            What::Requirement(at) => {
                let specifier = &text[at.range()];
                let line = line_of(text, at.start);
                let Some(name) = name_of(specifier) else { continue };
                found.push(Requirement { text: specifier.to_owned(), name, line });
            }
            What::Option(..) | What::Other(_) => is_complete = false,
        }
    }
    Some((found, is_complete))
}

fn get<'a, 'i>(table: &'a DeTable<'i>, key: &str) -> Option<&'a DeValue<'i>> {
    table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value.get_ref())
}

#[cfg(test)]
mod tests;
