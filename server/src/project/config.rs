//! One configuration file: `pygloss.toml`, or `[tool.pygloss]` of a `pyproject.toml`.

use std::path::Path;

use pygloss_core::PythonVersion;
use pygloss_core::analysis::{Foreign, Safety, Severity};
use pygloss_core::selection::Layer;
use pygloss_core::vocabulary::{Vocabulary, Word};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Named;
use super::files::{Files, Pattern, PerFile};
use super::ruff::YieldTo;
use crate::settings::{safety, severity, words};

/// What a configuration file says.
#[derive(Debug, Default)]
pub struct Config {
    /// `select`, `extend-select`, `ignore`, `extend-ignore`, `severity` and `fix-safety`.
    pub layer: Layer,
    /// `target-version`: the oldest Python that the code must run on.
    pub target: Option<PythonVersion>,
    /// `exclude`, `per-file-ignores` and what extends them.
    pub files: Files,
    /// `yield-to`.
    pub yield_to: Option<YieldTo>,
    /// `respect-foreign-ignores`.
    pub foreign: Foreign,
    /// `topics`: those that the reader wants to hear of.
    pub topics: Option<Vec<String>>,
    /// `blocking-calls`, `resources`, `extend-immutable-calls` and `extend-decorators`.
    pub vocabulary: Vocabulary,
    /// The rules and topics that are named in it, with the bytes where they stand.
    pub(super) named: Vec<(usize, Named)>,
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
        let mut reader = Reader { problems, named: Vec::new() };
        let Self { layer, target, files, yield_to, foreign, topics, vocabulary, .. } = &mut config;
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
                "fix-safety" => layer.safety = reader.safeties(value),
                "topics" => *topics = reader.topics(value),
                "blocking-calls" => reader.words(name, value, Word::Blocking, vocabulary),
                "resources" => reader.words(name, value, Word::Resource, vocabulary),
                "extend-immutable-calls" => {
                    reader.words(name, value, Word::Immutable, vocabulary);
                }
                "extend-decorators" => reader.words(name, value, Word::Keeping, vocabulary),
                other => reader.problem(key.span().start, format!("there is no key `{other}`")),
            }
        }
        config.named = reader.named;
        config
    }
}

/// Reads values, and keeps what is said about them with the byte where it stands.
struct Reader<'p> {
    problems: &'p mut Vec<(usize, String)>,
    named: Vec<(usize, Named)>,
}

impl Reader<'_> {
    fn problem(&mut self, at: usize, what: String) {
        self.problems.push((at, what));
    }

    /// The strings of a list, with the bytes where they stand. `what` says of what the list must be.
    fn strings<'v>(
        &mut self,
        key: &str,
        value: &'v Spanned<DeValue<'_>>,
        what: &str,
    ) -> Option<Vec<(usize, &'v str)>> {
        let all = value.get_ref().as_array().and_then(|array| {
            let strings =
                array.iter().map(|item| Some((item.span().start, item.get_ref().as_str()?)));
            strings.collect::<Option<Vec<_>>>()
        });
        if all.is_none() {
            self.problem(value.span().start, format!("`{key}` must be a list of {what}"));
        }
        all
    }

    fn selectors(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<Vec<String>> {
        let all = self.strings(key, value, "rules, topics and categories")?;
        self.named.extend(all.iter().map(|(at, name)| (*at, Named::Selector((*name).to_owned()))));
        Some(all.into_iter().map(|(_, name)| name.to_owned()).collect())
    }

    fn topics(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Vec<String>> {
        let all = self.strings("topics", value, "topics")?;
        self.named.extend(all.iter().map(|(at, name)| (*at, Named::Topic((*name).to_owned()))));
        Some(all.into_iter().map(|(_, name)| name.to_owned()).collect())
    }

    fn words(
        &mut self,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        word: Word,
        vocabulary: &mut Vocabulary,
    ) {
        for (at, name) in self.strings(key, value, words::WHAT).unwrap_or_default() {
            match words::check(name) {
                Ok(()) => vocabulary.add(word, name),
                Err(error) => self.problem(at, format!("`{key}`: {error}")),
            }
        }
    }

    fn safeties(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<(String, Safety)> {
        let Some(table) = value.get_ref().as_table() else {
            self.problem(value.span().start, "`fix-safety` must be a table".into());
            return Vec::new();
        };
        let mut read = Vec::new();
        for (name, value) in table {
            let selector = name.get_ref().to_string();
            match value.get_ref().as_str().and_then(safety::read) {
                Some(safety) => {
                    self.named.push((name.span().start, Named::of(&selector, safety)));
                    read.push((selector, safety));
                }
                None => {
                    let what = format!("`fix-safety.{selector}` must be {}", safety::NAMES);
                    self.problem(value.span().start, what);
                }
            }
        }
        read
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
                    let selector = Named::Selector(name.get_ref().to_string());
                    self.named.push((name.span().start, selector));
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
