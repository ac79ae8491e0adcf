//! What a `pyproject.toml` says about the packages that a project needs.
//!
//! Sources: pyproject.toml specification (PEP 518, PEP 621); Dependency Groups (PEP 735).

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{get, normalised};
use crate::Span;

/// A string of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    pub group: Group,
    /// What the string holds.
    pub text: String,
    /// What stands between the quotes, if that is `text` as it is; else the whole literal.
    pub at: Span,
    /// True if `at` is what stands between the quotes.
    pub is_plain: bool,
}

/// Where a requirement stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    /// `[project] dependencies`
    Project,
    /// A list of `[project.optional-dependencies]`.
    Extra(String),
    /// A list of `[dependency-groups]`.
    Named(String),
    /// `[build-system] requires`
    Build,
    /// `[project] requires-python`
    Python,
}

/// A key of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Project,
    Dependencies,
    Optional,
    Groups,
    Build,
}

/// What was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Manifest {
    /// The requirements, in the order of the tables above.
    pub items: Vec<Item>,
    /// `requires-python`
    pub python: Option<Item>,
    /// The keys that are there, and where each stands for the first time.
    pub keys: Vec<(Key, Span)>,
    /// The lists of `[project.optional-dependencies]` and `[dependency-groups]`.
    pub lists: Vec<Group>,
    /// Groups with the names of those that they include.
    pub includes: Vec<(String, String)>,
    /// `[build-system] build-backend`
    pub backend: Option<String>,
    /// `[project] name`, normalised.
    pub name: Option<String>,
    /// There is a table `[project]`.
    pub is_project: bool,
    /// There is a table `[dependency-groups]`.
    pub has_groups: bool,
    /// Requirements may also stand in tables of tools, or be found when the project is built.
    pub asks_elsewhere: bool,
    /// A tool is configured that keeps environments in a place of its own.
    pub has_manager: bool,
}

/// Reads the file; nothing when it is not TOML.
pub(crate) fn read(text: &str) -> Option<Manifest> {
    let table = DeTable::parse(text).ok()?;
    let table = table.get_ref();
    let mut found = Manifest::default();
    let mut reader = Reader { text, found: &mut found };
    if let Some(project) = reader.table(table, "project", Key::Project) {
        reader.project(project);
    }
    if let Some(groups) = reader.table(table, "dependency-groups", Key::Groups) {
        reader.found.has_groups = true;
        for (name, list) in groups {
            reader.group(name.get_ref(), list);
        }
    }
    if let Some(build) = reader.table(table, "build-system", Key::Build) {
        reader.found.backend =
            get(build, "build-backend").and_then(DeValue::as_str).map(Into::into);
        if let Some(list) = get(build, "requires") {
            reader.strings(list, &Group::Build);
        }
    }
    let tools = get(table, "tool").and_then(DeValue::as_table);
    let has = |tool: &str, key: &str| {
        let table = tools.and_then(|tools| get(tools, tool)?.as_table());
        table.is_some_and(|table| get(table, key).is_some())
    };
    found.asks_elsewhere |= has("poetry", "dependencies")
        || has("poetry", "group")
        || has("uv", "dev-dependencies")
        || has("pdm", "dev-dependencies")
        || has("hatch", "envs");
    let tool = |tool: &str| tools.is_some_and(|tools| get(tools, tool).is_some());
    found.has_manager = tool("poetry") || tool("pixi") || tool("pdm") || has("hatch", "envs");
    Some(found)
}

struct Reader<'r> {
    text: &'r str,
    found: &'r mut Manifest,
}

impl Reader<'_> {
    /// The table under a key, whose place is noted.
    fn table<'a, 'i>(
        &mut self,
        table: &'a DeTable<'i>,
        name: &str,
        key: Key,
    ) -> Option<&'a DeTable<'i>> {
        let (at, value) = table.iter().find(|(it, _)| it.get_ref() == name)?;
        let inside = value.get_ref().as_table()?;
        self.found.keys.push((key, Span::from(at.span())));
        Some(inside)
    }

    fn project(&mut self, project: &DeTable<'_>) {
        self.found.is_project = true;
        self.found.name = get(project, "name").and_then(DeValue::as_str).map(normalised);
        let dependencies = project.iter().find(|(name, _)| name.get_ref() == "dependencies");
        if let Some((name, list)) = dependencies {
            self.found.keys.push((Key::Dependencies, Span::from(name.span())));
            self.strings(list.get_ref(), &Group::Project);
        }
        if let Some(extras) = self.table(project, "optional-dependencies", Key::Optional) {
            for (name, list) in extras {
                let group = Group::Extra(name.get_ref().to_string());
                self.found.lists.push(group.clone());
                self.strings(list.get_ref(), &group);
            }
        }
        let python = project.iter().find(|(name, _)| name.get_ref() == "requires-python");
        self.found.python = python.and_then(|(_, value)| self.item(value, Group::Python));
        let dynamic = get(project, "dynamic").and_then(DeValue::as_array);
        let is_dynamic = |it: &Spanned<DeValue<'_>>| {
            it.get_ref().as_str().is_some_and(|it| it.ends_with("dependencies"))
        };
        self.found.asks_elsewhere |= dynamic.is_some_and(|all| all.iter().any(is_dynamic));
    }

    fn group(&mut self, name: &str, list: &Spanned<DeValue<'_>>) {
        let group = Group::Named(name.to_owned());
        self.found.lists.push(group.clone());
        self.strings(list.get_ref(), &group);
        for value in list.get_ref().as_array().into_iter().flat_map(|list| list.iter()) {
            let other = value.get_ref().as_table().and_then(|it| get(it, "include-group"));
            if let Some(other) = other.and_then(DeValue::as_str) {
                self.found.includes.push((name.to_owned(), other.to_owned()));
            }
        }
    }

    fn strings(&mut self, list: &DeValue<'_>, group: &Group) {
        for value in list.as_array().into_iter().flat_map(|list| list.iter()) {
            let item = self.item(value, group.clone());
            self.found.items.extend(item);
        }
    }

    fn item(&self, value: &Spanned<DeValue<'_>>, group: Group) -> Option<Item> {
        let text = value.get_ref().as_str()?.to_owned();
        let whole = Span::from(value.span());
        let inner = Span::new(whole.start + 1, whole.end.saturating_sub(1).max(whole.start + 1));
        let is_plain = self.text.get(inner.range()) == Some(text.as_str());
        Some(Item { group, text, at: if is_plain { inner } else { whole }, is_plain })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_found_where_they_stand() {
        let text = "[project]\nrequires-python = '>=3.10'\ndependencies = [\n  \"a>=1\", # why\n  \
                    'b', \"\"\"c\"\"\", \"\\u0064\"]\n[build-system]\nrequires = ['hatchling']\n";
        let found = read(text).unwrap();
        let items: Vec<_> =
            found.items.iter().map(|it| (&text[it.at.range()], it.is_plain)).collect();
        let expected = [
            ("a>=1", true),
            ("b", true),
            ("\"\"\"c\"\"\"", false),
            ("\"\\u0064\"", false),
            ("hatchling", true),
        ];
        assert_eq!(items, expected);
        assert_eq!(found.python.unwrap().text, ">=3.10");
        let keys: Vec<_> = found.keys.iter().map(|(key, at)| (*key, &text[at.range()])).collect();
        let expected = [
            (Key::Project, "project"),
            (Key::Dependencies, "dependencies"),
            (Key::Build, "build-system"),
        ];
        assert_eq!(keys, expected);
    }

    #[test]
    fn groups_and_extras() {
        let text = "[project.optional-dependencies]\nfast = ['numpy']\n[dependency-groups]\n\
                    test = ['pytest', {include-group = 'lint'}]\nlint = []\n";
        let found = read(text).unwrap();
        let group = |name: &str| Group::Named(name.into());
        assert_eq!(found.lists, [Group::Extra("fast".into()), group("lint"), group("test")]);
        assert_eq!(found.includes, [("test".into(), "lint".into())]);
        assert_eq!(read("[project\n"), None);
        assert_eq!(read("project = 1\n").unwrap(), Manifest::default());
    }
}
