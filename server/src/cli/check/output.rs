//! The forms in which findings are printed.

mod full;
mod github;
mod json;
mod sarif;

use std::io::{self, Write};

use clap::ValueEnum;
use pygloss_core::Library;

use super::outcome::{Outcome, safe_fix};

/// A form of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One finding a line: place, rule, `[*]` for one that `--fix` mends, message
    Concise,
    /// With the code under each message
    Full,
    /// One array of JSON
    Json,
    /// Workflow commands that annotate a pull request on GitHub
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

impl Format {
    /// Whether people read it, so that it ends in a summary.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Concise | Self::Full)
    }

    /// Prints the findings of all files; in colour, if the form knows any.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn print(
        self,
        out: &mut dyn Write,
        library: &Library,
        outcomes: &[Outcome],
        colour: bool,
    ) -> io::Result<()> {
        match self {
            Self::Concise => concise(out, outcomes),
            Self::Full => full::print(out, outcomes, colour),
            Self::Json => json::print(out, library, outcomes),
            Self::Github => github::print(out, outcomes),
            Self::Sarif => sarif::print(out, library, outcomes),
        }
    }
}

fn concise(out: &mut dyn Write, outcomes: &[Outcome]) -> io::Result<()> {
    for outcome in outcomes {
        for found in &outcome.found {
            let finding = &found.finding;
            let (line, column) = outcome.place(finding.span.start);
            let mark = if safe_fix(found).is_some() { "[*] " } else { "" };
            let (path, rule, message) = (outcome.path.display(), finding.rule, &finding.message);
            writeln!(out, "{path}:{line}:{column}: {rule} {mark}{message}")?;
        }
    }
    Ok(())
}
