//! What `pygloss check` is told on the command line.

use std::path::PathBuf;

use clap::Args;
use pygloss_core::PythonVersion;
use pygloss_core::analysis::Safety;
use pygloss_core::selection::Layer;

use super::{Format, Mode, Options};
use crate::project::{Files, Pattern, PerFile, Wishes, YieldTo, whole_path};
use crate::settings::safety;

/// What to check, and what becomes of what is found.
#[derive(Debug, Args)]
pub struct ToCheck {
    /// Files, folders to search for Python files, or `-` for standard input
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// The path of the file that comes on standard input
    #[arg(long, value_name = "PATH")]
    stdin_filename: Option<PathBuf>,
    /// How findings are printed
    #[arg(long, value_enum, default_value_t = Format::Concise)]
    output_format: Format,
    /// Count the findings of each rule instead
    #[arg(long)]
    statistics: bool,
    /// Make the fixes that keep what the program does
    #[arg(long)]
    fix: bool,
    /// Show what `--fix` would change
    #[arg(long, conflicts_with_all = ["fix", "statistics"])]
    diff: bool,
    /// Print findings and nothing else: no summary, no progress
    #[arg(short, long)]
    quiet: bool,
    /// Exit with 0 although something was found
    #[arg(short, long, conflicts_with = "exit_non_zero_on_fix")]
    exit_zero: bool,
    /// Exit with 1 if something was fixed, too
    #[arg(long)]
    exit_non_zero_on_fix: bool,
    /// Search for files that git ignores, too
    #[arg(long)]
    no_respect_gitignore: bool,
    /// Leave all configuration files alone
    #[arg(long)]
    isolated: bool,
}

/// Which rules are looked for, and where.
#[derive(Debug, Args)]
pub struct Rules {
    /// Rules, topics and categories to look for, and no others; `all` stands for every rule, `core` for
    /// those that matter most
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    select: Option<Vec<String>>,
    /// Rules and topics to look for besides those that are on anyway
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    extend_select: Vec<String>,
    /// Rules and topics to leave out, besides those that configuration files leave out
    #[arg(long, visible_alias = "extend-ignore", value_name = "RULE", value_delimiter = ',')]
    ignore: Vec<String>,
    /// Files to leave out, instead of those that a configuration file says to `exclude`
    #[arg(long, value_name = "PATTERN", value_delimiter = ',', value_parser = Pattern::plain)]
    exclude: Option<Vec<Pattern>>,
    /// Files to leave out besides
    #[arg(long, value_name = "PATTERN", value_delimiter = ',', value_parser = Pattern::plain)]
    extend_exclude: Vec<Pattern>,
    /// Rules and topics to leave out in some files, such as `tests/*:robustness`, instead of those that a
    /// configuration file names so
    #[arg(long, value_name = "PATTERN:RULE", value_delimiter = ',', value_parser = in_files)]
    per_file_ignores: Option<Vec<(Pattern, Vec<String>)>>,
    /// Rules and topics to leave out in some files besides
    #[arg(long, value_name = "PATTERN:RULE", value_delimiter = ',', value_parser = in_files)]
    extend_per_file_ignores: Vec<(Pattern, Vec<String>)>,
    /// What fixes of a rule are, such as `loop-closure:safe`: `safe` ones are made by `--fix`, `review` is for
    /// the editor
    #[arg(long, value_name = "RULE:SAFETY", value_delimiter = ',', value_parser = how_safe)]
    fix_safety: Vec<(String, Safety)>,
    /// Whom to leave findings to that another linter reports, too [default: what the project says, else
    /// auto]
    #[arg(long, value_name = "WHOM", value_enum)]
    yield_to: Option<YieldTo>,
}

fn in_files(text: &str) -> Result<(Pattern, Vec<String>), String> {
    let parts =
        text.split_once(':').filter(|(pattern, rule)| !pattern.is_empty() && !rule.is_empty());
    let (pattern, rule) = parts.ok_or("expected a pattern, a colon, and a rule or a topic")?;
    Ok((pattern.parse()?, vec![rule.to_owned()]))
}

fn how_safe(text: &str) -> Result<(String, Safety), String> {
    // The name of a rule may have a colon in it: `ruff:B023`.
    let parts = text.rsplit_once(':').filter(|(rule, _)| !rule.is_empty());
    let read = parts.and_then(|(rule, how)| Some((rule.to_owned(), safety::read(how)?)));
    read.ok_or_else(|| format!("expected a rule, a colon, and {}", safety::NAMES))
}

impl ToCheck {
    /// With these rules, for this Python.
    pub fn options(self, rules: Rules, target: Option<PythonVersion>) -> Options {
        let layer = Layer {
            select: rules.select,
            extend: rules.extend_select,
            ignore: rules.ignore,
            safety: rules.fix_safety,
            ..Layer::default()
        };
        let per_file: Option<PerFile> = rules.per_file_ignores;
        let files = Files {
            folder: whole_path(".".as_ref()),
            exclude: rules.exclude,
            extend_exclude: rules.extend_exclude,
            per_file_ignores: per_file,
            extend_per_file_ignores: rules.extend_per_file_ignores,
            test_patterns: None,
        };
        let wishes = Wishes {
            target,
            layer,
            files,
            yield_to: rules.yield_to,
            is_isolated: self.isolated,
            ..Wishes::default()
        };
        Options {
            paths: self.paths,
            stdin_filename: self.stdin_filename,
            wishes,
            format: self.output_format,
            statistics: self.statistics,
            mode: match (self.fix, self.diff) {
                (true, _) => Mode::Fix,
                (_, true) => Mode::Diff,
                _ => Mode::Report,
            },
            quiet: self.quiet,
            exit_zero: self.exit_zero,
            exit_non_zero_on_fix: self.exit_non_zero_on_fix,
            respects_git: !self.no_respect_gitignore,
        }
    }
}
