//! Which files are left out, and which rules are off in which files.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use globset::{Glob, GlobMatcher};
use pygloss_core::selection::ALL;

/// What matches the path of a file below the folder that it speaks of, or the file's name.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// As it was written.
    text: String,
    glob: GlobMatcher,
    /// After a `!`: every file but these.
    negated: bool,
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl FromStr for Pattern {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (glob, negated) = match text.strip_prefix('!') {
            Some(rest) => (rest, true),
            None => (text, false),
        };
        let glob = glob.strip_prefix("./").unwrap_or(glob);
        let whole = if glob.ends_with('/') { format!("{glob}**") } else { glob.to_owned() };
        let glob = Glob::new(&whole).map_err(|error| error.to_string())?;
        Ok(Self { text: text.to_owned(), glob: glob.compile_matcher(), negated })
    }
}

impl Pattern {
    /// A pattern that cannot mean every file but some.
    ///
    /// # Errors
    /// When it can, or is no pattern; the text says why.
    pub fn plain(text: &str) -> Result<Self, String> {
        if text.starts_with('!') {
            Err("`!` is not possible here".to_owned())
        } else {
            text.parse()
        }
    }

    fn matches(&self, below: &Path) -> bool {
        let name = below.file_name().map(Path::new);
        let found = self.glob.is_match(below) || name.is_some_and(|name| self.glob.is_match(name));
        found != self.negated
    }
}

/// Selectors that are off in the files that a pattern matches.
pub type PerFile = Vec<(Pattern, Vec<String>)>;

/// What one place says about files.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Files {
    /// The folder that patterns speak of.
    pub folder: PathBuf,
    /// `exclude`: nothing is found in these, nor in what is below them. If given, what places below say
    /// under this key no longer counts.
    pub exclude: Option<Vec<Pattern>>,
    /// `extend-exclude`: nor in these.
    pub extend_exclude: Vec<Pattern>,
    /// `per-file-ignores`. If given, what places below say under this key no longer counts.
    pub per_file_ignores: Option<PerFile>,
    /// `extend-per-file-ignores`: these as well.
    pub extend_per_file_ignores: PerFile,
    /// `test-patterns`: what counts as a test, where names and folders are not to say so.
    pub test_patterns: Option<Vec<Pattern>>,
}

impl Files {
    /// Whether the file at `path` is a test, if that is said.
    pub fn is_test(&self, path: &Path) -> Option<bool> {
        let patterns = self.test_patterns.as_ref()?;
        let mut around = path.strip_prefix(&self.folder).ok()?.ancestors();
        Some(around.any(|it| patterns.iter().any(|pattern| pattern.matches(it))))
    }
}

/// Whether nothing is found in the file at `path` by what these places say, the later one overriding
/// the earlier ones.
pub fn is_excluded(places: &[&Files], path: &Path) -> bool {
    let given = places.iter().rev().find_map(|files| Some((files, files.exclude.as_deref()?)));
    let given = given.map(|(files, patterns)| (&*files.folder, patterns));
    let more = places.iter().map(|files| (&*files.folder, &*files.extend_exclude));
    given.into_iter().chain(more).any(|(folder, patterns)| {
        let below = path.strip_prefix(folder).into_iter();
        let mut around = below.flat_map(Path::ancestors);
        around.any(|it| patterns.iter().any(|pattern| pattern.matches(it)))
    })
}

/// The selectors that are off in the file at `path` by what these places say, the later one overriding
/// the earlier ones.
pub fn ignored(places: &[&Files], path: &Path) -> Vec<String> {
    if is_excluded(places, path) {
        return vec![ALL.to_owned()];
    }
    let given =
        places.iter().rev().find_map(|files| Some((files, files.per_file_ignores.as_ref()?)));
    let given = given.map(|(files, patterns)| (&*files.folder, patterns));
    let more = places.iter().map(|files| (&*files.folder, &files.extend_per_file_ignores));
    let applying = given.into_iter().chain(more).flat_map(|(folder, patterns)| {
        let below = path.strip_prefix(folder).ok();
        patterns.iter().filter(move |(pattern, _)| below.is_some_and(|it| pattern.matches(it)))
    });
    applying.flat_map(|(_, selectors)| selectors.clone()).collect()
}
