//! `pygloss check`.

mod arguments;
mod files;
mod fix;
mod outcome;
mod output;
mod progress;
mod statistics;

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use pygloss_core::Library;
use rayon::prelude::*;
use similar::TextDiff;

use super::{counted, fail, source};
use crate::project::{Named, Projects, Wishes, whole_path};
pub use arguments::{Rules, ToCheck};
use files::Input;
use outcome::{Outcome, safe_fix};
pub use output::Format;

/// Deep enough for what recursion there is, as on the thread that serves an editor.
const STACK_BYTES: usize = 16 << 20;

/// What happens to what can be fixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It is reported.
    Report,
    /// Safe fixes are made.
    Fix,
    /// What would be made is shown.
    Diff,
}

/// What to check, and how to say it.
#[derive(Debug)]
pub struct Options {
    /// Files, and folders to search; `-` for standard input.
    pub paths: Vec<PathBuf>,
    /// The name that what comes on standard input goes by.
    pub stdin_filename: Option<PathBuf>,
    /// What overrides configuration files.
    pub wishes: Wishes,
    /// The form of the output.
    pub format: Format,
    /// Counts instead of findings.
    pub statistics: bool,
    /// What happens to what can be fixed.
    pub mode: Mode,
    /// No summary.
    pub quiet: bool,
    /// 0 although something was found.
    pub exit_zero: bool,
    /// 1 if something was fixed.
    pub exit_non_zero_on_fix: bool,
    /// What git ignores is not searched for.
    pub respects_git: bool,
}

/// Checks files and prints what is found.
///
/// # Errors
/// When `out` cannot be written to.
pub fn run(out: &mut impl Write, options: &Options) -> io::Result<i32> {
    let library = crate::shelf::for_terminal();
    if let Some(fault) = named(&options.wishes).find_map(|named| named.fault(&library)) {
        return Ok(fail(&fault));
    }
    if options.statistics && !(options.format.is_text() || options.format == Format::Json) {
        return Ok(fail(&"there are no statistics in this output format"));
    }
    let is_stdin = options.paths.iter().any(|path| path.as_os_str() == "-");
    if is_stdin && options.paths.len() > 1 {
        return Ok(fail(&"standard input (`-`) is checked alone"));
    }
    if !is_stdin && options.stdin_filename.is_some() {
        return Ok(fail(&"--stdin-filename goes with the path `-`"));
    }
    let (inputs, mut failed) = if is_stdin {
        match Input::stdin(options.stdin_filename.as_deref()) {
            Ok(input) => (vec![input], false),
            Err(error) => return Ok(fail(&format!("standard input: {error}"))),
        }
    } else {
        files::files(&options.paths, options.respects_git)
    };
    let projects = Projects::default();
    let is_wanted = |input: &Input| {
        input.given.is_some() || !projects.is_excluded(&whole_path(&input.path), &options.wishes)
    };
    let inputs: Vec<Input> = inputs.into_iter().filter(is_wanted).collect();
    if inputs.is_empty() && !failed {
        // Nobody reads it: nothing can be done about that.
        let _ = writeln!(io::stderr(), "warning: there are no files to check");
    }
    let mut outcomes = Vec::new();
    for (input, checked) in inputs.iter().zip(check(&library, &projects, &inputs, options)) {
        match checked {
            Ok(outcome) => {
                if let Some(trouble) = &outcome.trouble {
                    fail(&format!("{}: {trouble}", input.path.display()));
                    failed = true;
                }
                if let Some(offset) = outcome.broken {
                    let ((line, column), path) = (outcome.place(offset), input.path.display());
                    let what = "not understood; what stands around it was not checked";
                    // Nobody reads it: nothing can be done about that.
                    let _ = writeln!(io::stderr(), "warning: {path}:{line}:{column}: {what}");
                }
                outcomes.push(outcome);
            }
            Err(error) => {
                fail(&format!("{}: {error}", input.path.display()));
                failed = true;
            }
        }
    }
    let found = if options.mode == Mode::Diff {
        diff(out, &outcomes, options)?
    } else if is_stdin && options.mode == Mode::Fix {
        // The fixed text is what the program puts out, so the rest goes elsewhere.
        for outcome in &outcomes {
            write!(out, "{}", outcome.text)?;
        }
        report(&mut io::stderr().lock(), &library, &outcomes, options, failed)?
    } else {
        report(out, &library, &outcomes, options, failed)?
    };
    let has_fixed = options.exit_non_zero_on_fix
        && outcomes.iter().filter_map(|outcome| outcome.fixed.as_ref()).any(|it| !it.1.is_empty());
    Ok(match (failed, found || has_fixed) {
        (true, _) => 2,
        (false, true) => i32::from(!options.exit_zero),
        (false, false) => 0,
    })
}

/// What is named on the command line.
fn named(wishes: &Wishes) -> impl Iterator<Item = Named> {
    let Wishes { layer, files, .. } = wishes;
    let per_file = files.per_file_ignores.iter().flatten().chain(&files.extend_per_file_ignores);
    let selectors = layer.select.iter().flatten().chain(&layer.extend).chain(&layer.ignore);
    let selectors = selectors.chain(per_file.flat_map(|(_, selectors)| selectors));
    let safety = layer.safety.iter().map(|(name, safety)| Named::of(name, *safety));
    selectors.map(|name| Named::Selector(name.clone())).chain(safety)
}

/// Checks all files, several at a time; the answers are in their order.
fn check(
    library: &Library,
    projects: &Projects,
    inputs: &[Input],
    options: &Options,
) -> Vec<io::Result<Outcome>> {
    let settings: Vec<_> = inputs
        .iter()
        .map(|input| source::settings(projects, &input.path, &options.wishes))
        .collect();
    source::report_problems(projects, library);
    let work = |done: &AtomicUsize| {
        let both = inputs.par_iter().zip(&settings);
        let each = both.map(|(input, settings)| {
            let outcome = Outcome::of(library, input, settings, options.mode);
            done.fetch_add(1, Ordering::Relaxed);
            outcome
        });
        each.collect()
    };
    progress::shown(inputs.len(), !options.quiet, |done| {
        match rayon::ThreadPoolBuilder::new().stack_size(STACK_BYTES).build() {
            Ok(pool) => pool.install(|| work(done)),
            Err(_) => work(done),
        }
    })
}

/// Prints what is found; true if that is something.
fn report(
    out: &mut dyn Write,
    library: &Library,
    outcomes: &[Outcome],
    options: &Options,
    failed: bool,
) -> io::Result<bool> {
    let format = options.format;
    if options.statistics {
        statistics::print(out, library, outcomes, format)?;
    } else {
        let colour = format == Format::Full
            && io::stdout().is_terminal()
            && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        format.print(out, library, outcomes, colour)?;
    }
    let all = || outcomes.iter().flat_map(|outcome| &outcome.found);
    let found = all().count();
    if format.is_text() && !options.quiet {
        let fixed = outcomes.iter().filter_map(|outcome| outcome.fixed.as_ref());
        let fixed: usize = fixed.map(|(_, rules)| rules.len()).sum();
        summary(out, found, fixed, failed)?;
        let safe = all().filter(|found| safe_fix(found).is_some()).count();
        let other = all().filter(|it| safe_fix(it).is_none() && !it.fixes.is_empty()).count();
        if safe > 0 {
            writeln!(out, "[*] {safe} fixable with `--fix`.")?;
        }
        if other > 0 {
            writeln!(out, "{other} with a fix to look over in the editor.")?;
        }
        let left: usize = outcomes.iter().map(|outcome| outcome.yielded).sum();
        if left > 0 {
            let what = counted(left, "finding");
            writeln!(out, "{what} left to ruff; `--yield-to none` shows them.")?;
        }
    }
    Ok(found > 0)
}

fn summary(out: &mut dyn Write, found: usize, fixed: usize, failed: bool) -> io::Result<()> {
    let findings = |count| counted(count, "finding");
    match (found, fixed) {
        (0, 0) if failed => Ok(()),
        (0, 0) => writeln!(out, "All checks passed!"),
        (left, 0) => writeln!(out, "Found {}.", findings(left)),
        (left, fixed) => writeln!(out, "Fixed {}, {left} left.", findings(fixed)),
    }
}

/// Prints what `--fix` would change; true if that is something.
fn diff(out: &mut dyn Write, outcomes: &[Outcome], options: &Options) -> io::Result<bool> {
    let (mut files, mut findings) = (0, 0);
    for outcome in outcomes {
        let Some((before, rules)) = &outcome.fixed else { continue };
        let after = outcome.text.to_string();
        if *before == after {
            continue;
        }
        (files, findings) = (files + 1, findings + rules.len());
        let path = outcome.path.to_string_lossy();
        let diff = TextDiff::from_lines(before.as_str(), &after);
        write!(out, "{}", diff.unified_diff().header(&path, &path))?;
    }
    if files > 0 && !options.quiet {
        let would = (counted(findings, "finding"), counted(files, "file"));
        // Nobody reads it: nothing can be done about that.
        let _ = writeln!(io::stderr(), "Would fix {} in {}.", would.0, would.1);
    }
    Ok(files > 0)
}
