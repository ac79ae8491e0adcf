//! What configuration files say about a Python file.
//!
//! For a file counts the nearest folder above it that has a `pygloss.toml`, or a `pyproject.toml` with
//! a table `tool.pygloss`. Which Python it is for can be said there, else by the nearest
//! `requires-python`, by what ruff or a type checker is told, by a `.python-version`, or at last by the
//! environment at the workspace's root. What ruff is told counts, too, for what rules yield to it. Each folder
//! is looked at once, until [`Projects::forget`].

mod config;
mod environment;
mod files;
mod here;
mod named;
mod python;
mod ruff;

use std::collections::HashMap;
use std::fmt;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pygloss_core::analysis::{Settings, TargetSource};
use pygloss_core::selection::{Layer, Selection};
use pygloss_core::vocabulary::Vocabulary;
use pygloss_core::{Library, PythonVersion};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::documents::is_test_and_stub;
use config::Config;
pub use environment::{PYVENV, Root};
pub use files::{Files, Pattern, PerFile};
use here::Here;
pub use here::OTHERS;
pub use named::Named;
pub use ruff::YieldTo;

/// Longest file that is read, in bytes.
const MAX_FILE: u64 = 1 << 20;

/// The files that configure pygloss.
pub const FILE_NAMES: [&str; 2] = ["pygloss.toml", "pyproject.toml"];

/// The folders that were looked at.
#[derive(Debug, Default)]
pub struct Projects(Mutex<Looked>);

#[derive(Debug, Default)]
struct Looked {
    folders: HashMap<PathBuf, Here>,
    /// Which Python the environments at these roots have.
    environments: HashMap<PathBuf, Option<PythonVersion>>,
    problems: Vec<Problem>,
    /// What is named in them and was not looked up yet.
    named: Vec<(Problem, Named)>,
}

/// Something in a configuration file that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub file: PathBuf,
    /// Line, from 1; 0 when the file as a whole cannot be read.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file.display(), self.message),
            line => write!(f, "{}:{line}: {}", self.file.display(), self.message),
        }
    }
}

/// What the reader says besides the files, in the editor or on the command line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wishes {
    /// The oldest Python that the code must run on.
    pub target: Option<PythonVersion>,
    /// Overrides what files say about rules.
    pub layer: Layer,
    /// Overrides what files say about files.
    pub files: Files,
    /// Overrides which topics files name.
    pub topics: Option<Vec<String>>,
    /// Added to what files say about names from elsewhere.
    pub vocabulary: Vocabulary,
    /// Overrides what files say about yielding.
    pub yield_to: Option<YieldTo>,
    /// Whether ruff is known to run beside.
    pub runs_ruff: bool,
    /// Where the environment may be that says at last which Python the code is for.
    pub root: Root,
    /// Files of the project say nothing.
    pub is_isolated: bool,
}

impl Projects {
    /// What analysis has to know about a file besides its text. `path` is for looking at names and
    /// endings; `file` is where it is, if it is on this machine.
    pub fn settings(&self, path: &str, file: Option<&Path>, wishes: &Wishes) -> Settings {
        let here = self.here(file, wishes);
        let config = here.config.as_deref();
        let layers = config.map(|config| &config.layer).into_iter().chain([&wishes.layer]);
        let layers = layers.filter(|layer| **layer != Layer::default()).cloned().collect();
        let places = places(config, wishes);
        let ignored_here = file.map(|file| files::ignored(&places, file)).unwrap_or_default();
        let yield_to = wishes.yield_to.or(config.and_then(|config| config.yield_to));
        let peer = yield_to.unwrap_or_default().peer(
            wishes.runs_ruff,
            here.told.as_deref(),
            file.unwrap_or(Path::new(path)),
        );
        let (is_test, is_stub) = is_test_and_stub(path);
        let said = config.zip(file).and_then(|(config, file)| config.files.is_test(file));
        let is_test = said.unwrap_or(is_test);
        let topics = wishes.topics.as_ref().or(config.and_then(|config| config.topics.as_ref()));
        let mut vocabulary = config.map(|config| config.vocabulary.clone()).unwrap_or_default();
        vocabulary.extend(&wishes.vocabulary);
        let target = self.target(&here, file, wishes);
        Settings {
            target: target.map(|(version, _)| version).unwrap_or_default(),
            target_source: target.map(|(_, source)| source),
            is_test,
            is_stub,
            selection: Selection { layers, ignored_here, peer, topics: topics.cloned() },
            foreign: config.map(|config| config.foreign).unwrap_or_default(),
            vocabulary: Arc::new(vocabulary),
        }
    }

    /// Whether nothing is to be found in a file, whatever stands in it.
    pub fn is_excluded(&self, file: &Path, wishes: &Wishes) -> bool {
        let here = self.here(Some(file), wishes);
        files::is_excluded(&places(here.config.as_deref(), wishes), file)
    }

    fn here(&self, file: Option<&Path>, wishes: &Wishes) -> Here {
        let folder = file.and_then(Path::parent).filter(|_| !wishes.is_isolated);
        folder.map(|folder| self.look(folder)).unwrap_or_default()
    }

    /// The oldest Python that code in `folder` is for, where a file says so.
    pub fn target_in(&self, folder: &Path) -> Option<(PythonVersion, TargetSource)> {
        let (file, wishes) = (folder.join("a.py"), Wishes::default());
        let here = self.here(Some(&file), &wishes);
        self.target(&here, Some(&file), &wishes)
    }

    fn target(
        &self,
        here: &Here,
        file: Option<&Path>,
        wishes: &Wishes,
    ) -> Option<(PythonVersion, TargetSource)> {
        let told = wishes.target.map(|version| (version, TargetSource::Reader));
        let told = told.or_else(|| here.target());
        told.or_else(|| Some((self.of_environment(here, file, wishes)?, TargetSource::Environment)))
    }

    fn of_environment(
        &self,
        here: &Here,
        file: Option<&Path>,
        wishes: &Wishes,
    ) -> Option<PythonVersion> {
        let file = file.filter(|_| !wishes.is_isolated)?;
        let root = wishes.root.of(file, here.top.as_deref())?;
        let mut looked = self.looked();
        if let Some(known) = looked.environments.get(root) {
            return *known;
        }
        let version = environment::version(root);
        looked.environments.insert(root.to_owned(), version);
        version
    }

    /// Forgets what was read, as files may have changed.
    pub fn forget(&self) {
        *self.looked() = Looked::default();
    }

    /// Whether files were read since [`Self::problems`] was asked.
    pub fn has_news(&self) -> bool {
        let looked = self.looked();
        !looked.problems.is_empty() || !looked.named.is_empty()
    }

    /// What cannot be used in the files that were read since the last call.
    pub fn problems(&self, library: &Library) -> Vec<Problem> {
        let mut looked = self.looked();
        let mut problems = std::mem::take(&mut looked.problems);
        for (mut place, named) in std::mem::take(&mut looked.named) {
            if let Some(fault) = named.fault(library) {
                place.message = fault;
                problems.push(place);
            }
        }
        problems.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        problems
    }

    fn looked(&self) -> MutexGuard<'_, Looked> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn look(&self, folder: &Path) -> Here {
        let mut looked = self.looked();
        let above = folder.ancestors().take_while(|folder| !looked.folders.contains_key(*folder));
        let above: Vec<&Path> = above.collect();
        let known = folder.ancestors().nth(above.len());
        let mut here = known.map(|known| looked.folders[known].clone()).unwrap_or_default();
        for folder in above.into_iter().rev() {
            looked.read(folder, &mut here);
            looked.folders.insert(folder.to_owned(), here.clone());
        }
        here
    }
}

fn places<'a>(config: Option<&'a Config>, wishes: &'a Wishes) -> Vec<&'a Files> {
    config.map(|config| &config.files).into_iter().chain([&wishes.files]).collect()
}

impl Looked {
    /// Lets the files of a folder override what counts above it.
    fn read(&mut self, folder: &Path, here: &mut Here) {
        let [own, project] = FILE_NAMES.map(|name| folder.join(name));
        if project.exists() || folder.join(".git").exists() {
            here.top = Some(folder.to_owned());
        }
        let mut config = self.text(&own).map(|text| {
            // Present and broken, it says nothing, but it is the one that is meant.
            let table = self.table(&own, &text);
            self.config(
                &own,
                &text,
                table.as_ref().map(Spanned::get_ref).unwrap_or(&DeTable::new()),
            )
        });
        if let Some(text) = self.text(&project)
            && let Some(table) = self.table(&project, &text)
        {
            let table = table.get_ref();
            let requires =
                get(table, "project").and_then(|it| get(it.as_table()?, "requires-python"));
            let requires = requires.and_then(DeValue::as_str).and_then(python::lower_bound);
            here.requires = requires.or(here.requires);
            let tool = |name| get(table, "tool").and_then(|tool| get(tool.as_table()?, name));
            if let Some(ruff) = tool("ruff").and_then(DeValue::as_table) {
                here.read_ruff(folder, ruff);
            }
            let checker = python::of_checker(tool);
            here.checker = checker.or(here.checker);
            let tool = tool("pygloss");
            if config.is_none()
                && let Some(tool) = tool
            {
                config = Some(match tool.as_table() {
                    Some(tool) => self.config(&project, &text, tool),
                    None => {
                        self.problem(&project, 0, "`tool.pygloss` must be a table".into());
                        Config::default()
                    }
                });
            }
        }
        here.config = config.map(Arc::new).or(here.config.take());
        here.read_others(folder);
    }

    /// The text of a file, if there is one.
    fn text(&mut self, file: &Path) -> Option<String> {
        // Reading something else than a file might never end.
        let about = fs::metadata(file).ok().filter(fs::Metadata::is_file)?;
        let text = if about.len() > MAX_FILE {
            Err("it is over 1 MiB".to_owned())
        } else {
            fs::read_to_string(file).map_err(|error| error.to_string())
        };
        text.map_err(|message| self.problem(file, 0, message)).ok()
    }

    fn table<'a>(&mut self, file: &Path, text: &'a str) -> Option<Spanned<DeTable<'a>>> {
        let broken = |error: toml::de::Error| {
            let line = line_of(text, error.span().map_or(0, |span| span.start));
            self.problem(file, line, error.message().to_owned());
        };
        DeTable::parse(text).map_err(broken).ok()
    }

    fn config(&mut self, file: &Path, text: &str, table: &DeTable<'_>) -> Config {
        let mut problems = Vec::new();
        let mut config = Config::read(file.parent().unwrap_or(file), table, &mut problems);
        for (at, message) in problems {
            self.problem(file, line_of(text, at), message);
        }
        for (at, named) in std::mem::take(&mut config.named) {
            let (file, line) = (file.to_owned(), line_of(text, at));
            self.named.push((Problem { file, line, message: String::new() }, named));
        }
        config
    }

    fn problem(&mut self, file: &Path, line: usize, message: String) {
        self.problems.push(Problem { file: file.to_owned(), line, message });
    }
}

fn get<'a, 'i>(table: &'a DeTable<'i>, key: &str) -> Option<&'a DeValue<'i>> {
    table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value.get_ref())
}

/// The line, from 1, of a byte.
fn line_of(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

/// The whole path of a file, without `.` and `..`, though it may not exist. Links are not followed.
pub fn whole_path(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut clean = PathBuf::new();
    for component in whole.components() {
        if component == Component::ParentDir {
            clean.pop();
        } else {
            clean.push(component);
        }
    }
    clean
}

#[cfg(test)]
mod tests;
