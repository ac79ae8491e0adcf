//! What a project, or a single script, declares that it needs.
//!
//! Sources: Dependency specifiers (PEP 508) and names (PEP 503); `pyproject.toml` (PEP 621),
//! dependency groups (PEP 735), inline script metadata (PEP 723); pip, Requirements File Format.

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use crate::modules::{Site, join};

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

/// The name that a dependency specifier starts with, normalised.
fn name_of(specifier: &str) -> Option<String> {
    let is_part = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '.');
    let end = specifier.find(|char| !is_part(char)).unwrap_or(specifier.len());
    let (name, rest) = specifier.split_at(end);
    let is_bounded = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let is_name = is_bounded(name.as_bytes().first()) && is_bounded(name.as_bytes().last());
    let follows = rest.trim_start().chars().next();
    let is_specifier = follows.is_none_or(|char| "[(<>=!~;@".contains(char));
    (is_name && is_specifier).then(|| normalised(name))
}

/// The requirements of a `pyproject.toml`; nothing when it cannot be read or is about no project.
fn in_project(text: &str) -> Option<(Vec<Requirement>, bool)> {
    let table = DeTable::parse(text).ok()?;
    let table = table.get_ref();
    let project = get(table, "project").and_then(DeValue::as_table);
    let groups = get(table, "dependency-groups").and_then(DeValue::as_table);
    (project.is_some() || groups.is_some()).then_some(())?;
    let (mut found, mut is_complete) = (Vec::new(), project.is_some());
    let mut add = |list: Option<&DeValue<'_>>| {
        if let Some(list) = list.and_then(DeValue::as_array) {
            strings(list, text, &mut found);
        }
    };
    if let Some(project) = project {
        add(get(project, "dependencies"));
        let extras = get(project, "optional-dependencies").and_then(DeValue::as_table);
        extras.into_iter().flatten().for_each(|(_, list)| add(Some(list.get_ref())));
        let dynamic = get(project, "dynamic").and_then(DeValue::as_array);
        let is_dynamic = |it: &Spanned<DeValue<'_>>| {
            it.get_ref().as_str().is_some_and(|it| it.ends_with("dependencies"))
        };
        is_complete &= !dynamic.is_some_and(|all| all.iter().any(is_dynamic));
    }
    groups.into_iter().flatten().for_each(|(_, list)| add(Some(list.get_ref())));
    // Tools have tables of their own, in forms of their own.
    let tools = get(table, "tool").and_then(DeValue::as_table);
    let asks = |tool: &str, key: &str| {
        let table = tools.and_then(|tools| get(tools, tool)?.as_table());
        table.is_some_and(|table| get(table, key).is_some())
    };
    is_complete &= !asks("poetry", "dependencies")
        && !asks("poetry", "group")
        && !asks("uv", "dev-dependencies")
        && !asks("pdm", "dev-dependencies")
        && !asks("hatch", "envs");
    Some((found, is_complete))
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
        let before = &text.as_bytes()[..value.span().start.min(text.len())];
        let line = before.iter().filter(|byte| **byte == b'\n').count();
        found.push(Requirement { text: specifier.trim().to_owned(), name, line });
    }
}

/// The requirements of a `requirements.txt`. Options such as `-r` ask for more.
#[allow(clippy::unnecessary_wraps)]
fn in_list(text: &str) -> Option<(Vec<Requirement>, bool)> {
    let (mut found, mut is_complete) = (Vec::new(), true);
    for (line, content) in text.lines().enumerate() {
        let comment = if content.starts_with('#') { Some(0) } else { content.find(" #") };
        let content = content[..comment.unwrap_or(content.len())].trim();
        let specifier =
            content.trim_end_matches('\\').split(" --").next().unwrap_or_default().trim();
        match name_of(specifier) {
            Some(name) => found.push(Requirement { text: specifier.to_owned(), name, line }),
            // A hash of the line above, or an option about where packages come from.
            None if content.is_empty() || content.starts_with("--hash") => {}
            None => is_complete = false,
        }
    }
    Some((found, is_complete))
}

fn get<'a, 'i>(table: &'a DeTable<'i>, key: &str) -> Option<&'a DeValue<'i>> {
    table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value.get_ref())
}

#[cfg(test)]
mod tests;
