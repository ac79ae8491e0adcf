//! One configuration file: `pygloss.toml`, or `[tool.pygloss]` of a `pyproject.toml`.

use std::path::Path;

use pygloss_core::PythonVersion;
use pygloss_core::analysis::{Foreign, Severity};
use pygloss_core::selection::Layer;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::files::{Files, Pattern, PerFile};
use super::ruff::YieldTo;
use crate::settings::severity;

/// What a configuration file says.
#[derive(Debug, Default)]
pub struct Config {
    /// `select`, `extend-select`, `ignore`, `extend-ignore` and `severity`.
    pub layer: Layer,
    /// `target-version`: the oldest Python that the code must run on.
    pub target: Option<PythonVersion>,
    /// `exclude`, `per-file-ignores` and what extends them.
    pub files: Files,
    /// `yield-to`.
    pub yield_to: Option<YieldTo>,
    /// `respect-foreign-ignores`.
    pub foreign: Foreign,
    /// The selectors in it, with their lines.
    pub(super) selectors: Vec<(usize, String)>,
}

impl Config {
    /// Reads the table of a file in `folder`. What cannot be used is described in `problems`, with
    /// the byte where it stands, and left out.
    pub(super) fn read(
        folder: &Path,
        table: &DeTable<'_>,
        problems: &mut Vec<(usize, String)>,
    ) -> Self {
        let mut config = Self::default();
        config.files.folder = folder.to_owned();
        let mut reader = Reader { problems, selectors: Vec::new() };
        let Self { layer, target, files, yield_to, foreign, .. } = &mut config;
        for (key, value) in table {
            let name = &**key.get_ref();
            match name {
                "select" => layer.select = reader.selectors(name, value),
                "extend-select" => {
                    layer.extend = reader.selectors(name, value).unwrap_or_default();
                }
                "ignore" | "extend-ignore" => {
                    layer.ignore.extend(reader.selectors(name, value).unwrap_or_default());
                }
                "severity" => layer.severity = reader.severities(value),
                "exclude" => files.exclude = Some(reader.patterns(name, value)),
                "extend-exclude" => files.extend_exclude = reader.patterns(name, value),
                "per-file-ignores" => files.per_file_ignores = Some(reader.per_file(name, value)),
                "extend-per-file-ignores" => {
                    files.extend_per_file_ignores = reader.per_file(name, value);
                }
                "target-version" => *target = reader.target(value),
                "test-patterns" => files.test_patterns = Some(reader.patterns(name, value)),
                "respect-foreign-ignores" => *foreign = reader.foreign(value),
                "yield-to" => *yield_to = reader.yield_to(value),
                other => reader.problem(key.span().start, format!("there is no key `{other}`")),
            }
        }
        config.selectors = reader.selectors;
        config
    }
}

/// Reads values, and keeps what is said about them with the byte where it stands.
struct Reader<'p> {
    problems: &'p mut Vec<(usize, String)>,
    selectors: Vec<(usize, String)>,
}

impl Reader<'_> {
    fn problem(&mut self, at: usize, what: String) {
        self.problems.push((at, what));
    }

    fn selectors(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<Vec<String>> {
        let all = value.get_ref().as_array().and_then(|array| {
            let strings =
                array.iter().map(|item| Some((item.span().start, item.get_ref().as_str()?)));
            strings.collect::<Option<Vec<_>>>()
        });
        let Some(all) = all else {
            let what = format!("`{key}` must be a list of rules and topics");
            self.problem(value.span().start, what);
            return None;
        };
        self.selectors.extend(all.iter().map(|(at, name)| (*at, (*name).to_owned())));
        Some(all.into_iter().map(|(_, name)| name.to_owned()).collect())
    }

    fn severities(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<(String, Option<Severity>)> {
        let Some(table) = value.get_ref().as_table() else {
            self.problem(value.span().start, "`severity` must be a table".into());
            return Vec::new();
        };
        let mut read = Vec::new();
        for (name, value) in table {
            match value.get_ref().as_str().and_then(severity::read) {
                Some(weight) => {
                    self.selectors.push((name.span().start, name.get_ref().to_string()));
                    read.push((name.get_ref().to_string(), weight));
                }
                None => {
                    let what = format!("`severity.{}` must be {}", name.get_ref(), severity::NAMES);
                    self.problem(value.span().start, what);
                }
            }
        }
        read
    }

    fn per_file(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> PerFile {
        let Some(table) = value.get_ref().as_table() else {
            self.problem(value.span().start, format!("`{key}` must be a table"));
            return Vec::new();
        };
        let mut read = Vec::new();
        for (glob, value) in table {
            let key = format!("{key}.{:?}", glob.get_ref());
            let Some(selectors) = self.selectors(&key, value) else { continue };
            match glob.get_ref().parse() {
                Ok(pattern) => read.push((pattern, selectors)),
                Err(error) => self.problem(glob.span().start, format!("`{key}`: {error}")),
            }
        }
        read
    }

    fn patterns(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Vec<Pattern> {
        let Some(array) = value.get_ref().as_array() else {
            self.problem(value.span().start, format!("`{key}` must be a list of patterns"));
            return Vec::new();
        };
        let mut read = Vec::new();
        for item in array {
            let pattern = match item.get_ref().as_str() {
                Some(text) => Pattern::plain(text),
                None => Err("a pattern is a string".to_owned()),
            };
            match pattern {
                Ok(pattern) => read.push(pattern),
                Err(error) => self.problem(item.span().start, format!("`{key}`: {error}")),
            }
        }
        read
    }

    fn foreign(&mut self, value: &Spanned<DeValue<'_>>) -> Foreign {
        match value.get_ref().as_str() {
            Some("aliases") => return Foreign::Aliases,
            Some("all") => return Foreign::All,
            Some("none") => return Foreign::None,
            _ => {}
        }
        let what = "`respect-foreign-ignores` must be \"aliases\", \"all\" or \"none\"";
        self.problem(value.span().start, what.into());
        Foreign::Aliases
    }

    fn yield_to(&mut self, value: &Spanned<DeValue<'_>>) -> Option<YieldTo> {
        let read = value.get_ref().as_str().and_then(YieldTo::read);
        if read.is_none() {
            let what = format!("`yield-to` must be {}", YieldTo::NAMES);
            self.problem(value.span().start, what);
        }
        read
    }

    fn target(&mut self, value: &Spanned<DeValue<'_>>) -> Option<PythonVersion> {
        match value.get_ref().as_str().map(str::parse) {
            Some(Ok(version)) => return Some(version),
            Some(Err(error)) => {
                self.problem(value.span().start, format!("`target-version`: {error}"));
            }
            None => {
                let what = "`target-version` must be a string such as \"3.11\"";
                self.problem(value.span().start, what.into());
            }
        }
        None
    }
}
