//! One configuration file: `pygloss.toml`, or `[tool.pygloss]` of a `pyproject.toml`.

use std::path::{Path, PathBuf};

use globset::{Glob, GlobMatcher};
use pygloss_core::PythonVersion;
use pygloss_core::analysis::Severity;
use pygloss_core::selection::{ALL, Layer};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::settings::severity;

/// What a configuration file says.
#[derive(Debug, Default)]
pub struct Config {
    /// `select`, `ignore` and `severity`.
    pub layer: Layer,
    /// `target-version`: the oldest Python that the code must run on.
    pub target: Option<PythonVersion>,
    /// `exclude`: files that nothing is found in.
    exclude: Vec<Pattern>,
    per_file_ignores: Vec<(Pattern, Vec<String>)>,
    /// The folder that patterns speak of.
    folder: PathBuf,
    /// The selectors in it, with their lines.
    pub(super) selectors: Vec<(usize, String)>,
}

/// What a key of `per-file-ignores` matches: the path of a file below the folder, or its name.
#[derive(Debug)]
struct Pattern {
    glob: GlobMatcher,
    /// After a `!`: every file but these.
    negated: bool,
}

impl Pattern {
    fn read(text: &str) -> Result<Self, String> {
        let (glob, negated) = match text.strip_prefix('!') {
            Some(rest) => (rest, true),
            None => (text, false),
        };
        let glob = glob.strip_prefix("./").unwrap_or(glob);
        let whole = if glob.ends_with('/') { format!("{glob}**") } else { glob.to_owned() };
        let glob = Glob::new(&whole).map_err(|error| error.to_string())?;
        Ok(Self { glob: glob.compile_matcher(), negated })
    }

    fn matches(&self, below: &Path) -> bool {
        let name = below.file_name().map(Path::new);
        let found = self.glob.is_match(below) || name.is_some_and(|name| self.glob.is_match(name));
        found != self.negated
    }
}

impl Config {
    /// Reads the table of a file in `folder`. What cannot be used is described in `problems`, with
    /// the byte where it stands, and left out.
    pub(super) fn read(
        folder: &Path,
        table: &DeTable<'_>,
        problems: &mut Vec<(usize, String)>,
    ) -> Self {
        let mut config = Self { folder: folder.to_owned(), ..Self::default() };
        let mut reader = Reader { problems, selectors: Vec::new() };
        for (key, value) in table {
            match &**key.get_ref() {
                "select" => config.layer.select = reader.selectors("select", value),
                "ignore" => {
                    config.layer.ignore = reader.selectors("ignore", value).unwrap_or_default();
                }
                "severity" => config.layer.severity = reader.severities(value),
                "exclude" => config.exclude = reader.patterns(value),
                "per-file-ignores" => config.per_file_ignores = reader.per_file(value),
                "target-version" => config.target = reader.target(value),
                other => reader.problem(key.span().start, format!("there is no key `{other}`")),
            }
        }
        config.selectors = reader.selectors;
        config
    }

    /// The selectors that are off for the file at `path`.
    pub fn ignored_for(&self, path: &Path) -> Vec<String> {
        let Ok(below) = path.strip_prefix(&self.folder) else { return Vec::new() };
        let is_excluded = |pattern: &Pattern| below.ancestors().any(|it| pattern.matches(it));
        if self.exclude.iter().any(is_excluded) {
            return vec![ALL.to_owned()];
        }
        let applying = self.per_file_ignores.iter().filter(|(pattern, _)| pattern.matches(below));
        applying.flat_map(|(_, selectors)| selectors.clone()).collect()
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

    fn per_file(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<(Pattern, Vec<String>)> {
        let Some(table) = value.get_ref().as_table() else {
            self.problem(value.span().start, "`per-file-ignores` must be a table".into());
            return Vec::new();
        };
        let mut read = Vec::new();
        for (glob, value) in table {
            let key = format!("per-file-ignores.{:?}", glob.get_ref());
            let Some(selectors) = self.selectors(&key, value) else { continue };
            match Pattern::read(glob.get_ref()) {
                Ok(pattern) => read.push((pattern, selectors)),
                Err(error) => self.problem(glob.span().start, format!("`{key}`: {error}")),
            }
        }
        read
    }

    fn patterns(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<Pattern> {
        let Some(array) = value.get_ref().as_array() else {
            self.problem(value.span().start, "`exclude` must be a list of patterns".into());
            return Vec::new();
        };
        let mut read = Vec::new();
        for item in array {
            let pattern = match item.get_ref().as_str() {
                Some(text) if text.starts_with('!') => Err("`!` is not possible here".to_owned()),
                Some(text) => Pattern::read(text),
                None => Err("a pattern is a string".to_owned()),
            };
            match pattern {
                Ok(pattern) => read.push(pattern),
                Err(error) => self.problem(item.span().start, format!("`exclude`: {error}")),
            }
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
