//! What ruff is told about a project: which of its rules are on in which files.
//!
//! As ruff has it, the nearest file counts alone, with those that it extends.
//! Source: ruff's documentation, [configuration](https://docs.astral.sh/ruff/configuration/).

use std::path::{Path, PathBuf};

use pygloss_core::selection::{Peer, Told};
use toml::de::{DeTable, DeValue};

use super::files::{self, Files, Pattern, PerFile};
use super::get;

/// The name of ruff in the aliases of rules.
const NAME: &str = "ruff";

/// The codes that ruff 0.17 has on where nobody chooses, as far as pages of rules say that they cover a
/// rule. An oracle holds them against ruff.
const BY_DEFAULT: &[&str] = &[
    "B006", "B019", "B023", "BLE001", "E722", "F821", "F823", "FA102", "PLR1708", "RUF008",
    "UP006", "UP007", "UP045",
];

/// Whom rules yield to that another linter has, too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum YieldTo {
    /// Ruff where the editor tells that it runs beside, so in a terminal nobody
    #[default]
    Auto,
    /// Nobody
    None,
    /// Ruff, which runs beside
    Ruff,
}

impl YieldTo {
    /// What can be written.
    pub const NAMES: &str = "\"auto\", \"none\" or \"ruff\"";

    /// The one with this name.
    pub fn read(name: &str) -> Option<Self> {
        Some(match name {
            "auto" => Self::Auto,
            "none" => Self::None,
            "ruff" => Self::Ruff,
            _ => return None,
        })
    }

    /// What is reported by ruff in the file at `path`, if rules are to yield to it. `runs` says whether
    /// it is known to run beside: that a project configures it does not tell that the reader sees what it
    /// finds. `told` is what the project tells it.
    pub fn peer(self, runs: bool, told: Option<&Ruff>, path: &Path) -> Option<Peer> {
        let yields = match self {
            Self::None => false,
            Self::Ruff => true,
            Self::Auto => runs,
        };
        yields.then_some(())?;
        let select = BY_DEFAULT.iter().map(|&code| code.to_owned()).collect();
        let by_default = Told { select: Some(select), ..Told::default() };
        let mut peer = Peer { tool: NAME.to_owned(), told: vec![by_default], ..Peer::default() };
        if let Some(told) = told {
            let places: Vec<&Files> = told.files.iter().collect();
            if files::is_excluded(&places, path) {
                return None;
            }
            peer.told.extend(told.told.iter().cloned());
            peer.ignored_here = files::ignored(&places, path);
        }
        Some(peer)
    }
}

/// What ruff is told in the nearest file.
#[derive(Debug, Default)]
pub struct Ruff {
    told: Vec<Told>,
    files: Vec<Files>,
    /// The file that it extends; until that is read.
    extends: Option<PathBuf>,
}

impl Ruff {
    /// Reads a table for ruff in a file in `folder`. What is wrong in it is for ruff to tell.
    pub(super) fn read(folder: &Path, table: &DeTable<'_>) -> Self {
        let lint = get(table, "lint").and_then(DeValue::as_table);
        // At the top they are deprecated, and count less.
        let value = |key: &str| lint.and_then(|lint| get(lint, key)).or_else(|| get(table, key));
        let list = |key: &str| value(key).map(strings);
        let told = Told {
            select: list("select"),
            extend: list("extend-select").unwrap_or_default(),
            ignore: [list("ignore"), list("extend-ignore")]
                .into_iter()
                .flatten()
                .flatten()
                .collect(),
        };
        let patterns = |key: &str| {
            let all = get(table, key).map(strings)?;
            Some(all.iter().filter_map(|it| it.parse().ok()).collect::<Vec<Pattern>>())
        };
        let per_file = |key: &str| {
            let all = value(key).and_then(DeValue::as_table)?.iter();
            let read = all.filter_map(|(pattern, value)| {
                Some((pattern.get_ref().parse().ok()?, strings(value.get_ref())))
            });
            Some(read.collect::<PerFile>())
        };
        let files = Files {
            folder: folder.to_owned(),
            exclude: patterns("exclude"),
            extend_exclude: patterns("extend-exclude").unwrap_or_default(),
            per_file_ignores: per_file("per-file-ignores"),
            extend_per_file_ignores: per_file("extend-per-file-ignores").unwrap_or_default(),
            test_patterns: None,
        };
        let extends = get(table, "extend").and_then(DeValue::as_str).map(|file| folder.join(file));
        Self { told: vec![told], files: vec![files], extends }
    }

    /// The file that it extends and that was not read yet.
    pub(super) fn extends(&mut self) -> Option<PathBuf> {
        self.extends.take()
    }

    /// Puts what it extends below it.
    pub(super) fn extend(&mut self, below: Self) {
        self.told.splice(0..0, below.told);
        self.files.splice(0..0, below.files);
        self.extends = below.extends;
    }
}

fn strings(value: &DeValue<'_>) -> Vec<String> {
    let all = value.as_array().into_iter().flat_map(|array| array.iter());
    all.filter_map(|item| item.get_ref().as_str()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::{Projects, Wishes};
    use super::*;

    /// Those of `B023 UP006 S608` that rules yield to in the files, with what stands in `files` and what is
    /// known about ruff.
    fn reported(
        files: &[(&str, &str)],
        asked: &[&str],
        (yield_to, runs_ruff): (Option<YieldTo>, bool),
    ) -> Vec<String> {
        let root = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let projects = Projects::default();
        let wishes = Wishes { yield_to, runs_ruff, ..Wishes::default() };
        let reported = |path: &&str| {
            let settings = projects.settings(path, Some(&root.path().join(path)), &wishes);
            let codes = ["B023", "UP006", "S608"].into_iter().filter(|code| {
                settings
                    .selection
                    .peer
                    .as_ref()
                    .is_some_and(|it| it.reports(&format!("ruff:{code}")))
            });
            codes.collect::<Vec<_>>().join(" ")
        };
        asked.iter().map(reported).collect()
    }

    #[test]
    fn where_it_runs_its_defaults_and_the_nearest_file_count() {
        let files = [
            ("pyproject.toml", "[tool.ruff.lint]\nextend-select = ['S']\nignore = ['B023']\n"),
            ("a/ruff.toml", "lint.select = ['B']\n"),
            ("a/.ruff.toml", "select = ['UP', 'S608']\nlint.ignore = ['UP006']\n"),
            ("b/ruff.toml", "lint.select = [\n"),
            ("c/pyproject.toml", "[project]\nname = 'c'\n"),
            ("d/ruff.toml", ""),
        ];
        let asked = ["x.py", "a/x.py", "b/x.py", "c/x.py", "d/x.py"];
        let expected = ["UP006 S608", "S608", "UP006 S608", "UP006 S608", "B023 UP006"];
        assert_eq!(reported(&files, &asked, (None, true)), expected);
        assert_eq!(reported(&files, &asked, (Some(YieldTo::Ruff), false)), expected);
        let none = [""; 5];
        assert_eq!(reported(&files, &asked, (None, false)), none);
        assert_eq!(reported(&files, &asked, (Some(YieldTo::None), true)), none);
        assert_eq!(reported(&[], &["x.py"], (None, true)), ["B023 UP006"]);
    }

    #[test]
    fn that_a_project_configures_it_does_not_mean_that_it_runs() {
        let files = [
            ("a/ruff.toml", "line-length = 100\n"),
            ("b/pyproject.toml", "[tool.ruff.lint]\nselect = ['ALL']\nextend-ignore = ['S6']\n"),
            (
                "c/pyproject.toml",
                "[tool.ruff.lint]\nselect = ['B']\n[tool.pygloss]\nyield-to = 'ruff'\n",
            ),
        ];
        let asked = ["x.py", "a/x.py", "b/x.py", "c/x.py"];
        assert_eq!(reported(&files, &asked, (None, false)), ["", "", "", "B023"]);
        assert_eq!(reported(&files, &asked, (Some(YieldTo::Auto), false)), [""; 4]);
    }

    #[test]
    fn what_it_leaves_out_is_not_reported() {
        let file = "exclude = ['gen']\nextend-exclude = ['*_pb2.py']
[lint]\nselect = ['B', 'UP']
[lint.per-file-ignores]\n'tests/*' = ['B023']
[lint.extend-per-file-ignores]\n'__init__.py' = ['ALL']
";
        let asked = ["x.py", "gen/x.py", "a_pb2.py", "tests/x.py", "a/__init__.py"];
        let expected = ["B023 UP006", "", "", "UP006", ""];
        assert_eq!(reported(&[("ruff.toml", file)], &asked, (None, true)), expected);
    }

    #[test]
    fn a_file_may_extend_others_and_itself() {
        let files = [
            (
                "base.toml",
                "lint.select = ['B', 'S608']\n[lint.per-file-ignores]\n'a/x.py' = ['S']\n",
            ),
            ("a/ruff.toml", "extend = '../base.toml'\nlint.extend-select = ['UP']\n"),
            ("b/pyproject.toml", "[tool.ruff]\nextend = '../a/ruff.toml'\nlint.ignore = ['B']\n"),
            ("c/ruff.toml", "extend = 'ruff.toml'\nlint.select = ['UP']\n"),
            ("d/ruff.toml", "extend = 'nowhere.toml'\nlint.select = ['UP']\n"),
        ];
        let asked = ["a/x.py", "a/y.py", "b/x.py", "c/x.py", "d/x.py"];
        let expected = ["B023 UP006", "B023 UP006 S608", "UP006 S608", "UP006", "UP006"];
        assert_eq!(reported(&files, &asked, (None, true)), expected);
    }
}
