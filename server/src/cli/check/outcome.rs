//! What was found in one file.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use pygloss_core::analysis::{Fix, FixedFinding, Safety, Settings};
use pygloss_core::text::Text;
use pygloss_core::{Library, Span};

use super::Mode;
use super::files::Input;
use super::fix::{self, Fixed};
use crate::analysed::Analysed;
use crate::cli::source::{self, Place, place};

/// What was found in one file.
#[derive(Debug)]
pub struct Outcome {
    /// The path that is shown.
    pub path: PathBuf,
    /// The text in which things were found: after the fixes, if there were any.
    pub text: Text,
    /// In order of position, each with its verified fixes.
    pub found: Vec<FixedFinding>,
    /// How many findings are left to another linter.
    pub yielded: usize,
    /// The text as it was, and the rules whose findings were fixed, where fixes were asked for.
    pub fixed: Option<(String, Vec<&'static str>)>,
    /// What went wrong though the file was checked.
    pub trouble: Option<String>,
    /// Where the first text stands that is not understood, in bytes.
    pub broken: Option<usize>,
}

impl Outcome {
    /// Checks one file.
    ///
    /// # Errors
    /// When it cannot be read, or checking breaks off.
    pub fn of(
        library: &Library,
        input: &Input,
        settings: &Settings,
        mode: Mode,
    ) -> io::Result<Self> {
        let text = input.read()?;
        // One file that breaks a rule must not hide what is in the others.
        let checked =
            catch_unwind(AssertUnwindSafe(|| Self::check(library, input, text, settings, mode)));
        checked.unwrap_or_else(|_| Err(io::Error::other("internal error while it was checked")))
    }

    fn check(
        library: &Library,
        input: &Input,
        text: String,
        settings: &Settings,
        mode: Mode,
    ) -> io::Result<Self> {
        let mut trouble = None;
        let (place, content) = (Place::of(&input.path), source::analysed(&input.path, &text));
        let (content, fixed) = if mode == Mode::Report {
            (content, None)
        } else {
            let Fixed { content, rules, is_cut_off } =
                fix::fixed(library, content, settings, &place);
            trouble = is_cut_off.then(|| "there is no end to its fixes; run again".to_owned());
            (content, Some((text, rules)))
        };
        if let Some((before, rules)) = &fixed
            && mode == Mode::Fix
            && input.given.is_none()
            && !rules.is_empty()
        {
            fix::write(&input.path, before, &content.text().to_string())?;
        }
        let path = input.path.clone();
        let whole = Span::new(0, content.text().len());
        let found = place.ask(&content, settings).fixes(library, whole);
        let (yielded, found): (Vec<_>, _) = found.into_iter().partition(|found| found.yields);
        let (text, yielded) = (content.text().clone(), yielded.len());
        let broken = match &content {
            Analysed::Python(document) => document.first_error(),
            Analysed::Project(_) => None,
        };
        Ok(Self { path, text, found, yielded, fixed, trouble, broken })
    }

    /// Line and column of a byte, from 1.
    pub fn place(&self, offset: usize) -> (usize, usize) {
        place(&self.text, offset)
    }
}

/// The fix that `--fix` applies.
pub fn safe_fix(found: &FixedFinding) -> Option<&Fix> {
    found.fixes.iter().find(|fix| fix.safety == Safety::Safe)
}
