//! The command line.
//!
//! Exit codes are those of Python's linters: 0 nothing found, 1 something found, 2 an error.

mod ask;
mod check;
mod doctor;
mod explain;
mod interview;
mod practice;
mod progress;
mod quiz;
mod rules;
mod source;
mod stats;
mod topics;
mod tour;
mod try_it;
mod undo;

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand};
use pygloss_core::PythonVersion;

use crate::progress::Part;
use crate::shelf::Shelf;
use crate::{builtin, pack_check, serve, shelf};

/// Explains Python in the margin and quizzes you on your own code.
///
/// Started by an editor without arguments it serves the Language Server Protocol on standard input
/// and output.
#[derive(Debug, Parser)]
#[command(name = "pygloss", version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Find mistakes in files and folders
    Check {
        #[command(flatten)]
        what: check::ToCheck,
        #[command(flatten)]
        rules: check::Rules,
        #[command(flatten)]
        python: Python,
    },
    /// Explain a topic, a rule, or the code at a place
    Explain {
        /// `decorators`, `loop-closure`, `app.py:12:5`; nothing lists topics and rules
        what: Option<String>,
        #[command(flatten)]
        python: Python,
    },
    /// List the rules by topic, each with how much it weighs in this folder
    Rules {
        /// How they are printed
        #[arg(long, value_enum, default_value_t = rules::Format::Text)]
        output_format: rules::Format,
    },
    /// Tell about one rule
    Rule {
        /// Its name, such as `loop-closure`, or another linter's, such as `B023`
        name: String,
        /// How it is printed
        #[arg(long, value_enum, default_value_t = rules::Format::Text)]
        output_format: rules::Format,
    },
    /// List the topics in the order in which they are taught
    Topics,
    /// Say what this program finds on this machine
    Doctor,
    /// Answer questions in the terminal: what is due, then what is new
    Quiz {
        /// Topics, such as `decorators`; nothing stands for all
        topics: Vec<String>,
        /// Ask about the code in this file
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
        /// Ask about what is found in this file
        #[arg(long, value_name = "FILE", conflicts_with_all = ["file", "topics"])]
        mistakes: Option<PathBuf>,
        /// Find out which topics you know: two or three questions on each
        #[arg(long, conflicts_with_all = ["file", "mistakes"])]
        placement: bool,
        /// Most questions
        #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u8).range(1..=50))]
        limit: u8,
        /// The day of your interview, such as 2026-12-24: nothing is put off beyond it
        #[arg(long, value_name = "DATE")]
        interview: Option<String>,
    },
    /// Go through a mock interview: answer in your own words, an empty line ends an answer
    Interview {
        /// About your own code: a file and a line, such as shop/api.py:14
        #[arg(value_name = "FILE:LINE")]
        place: Option<String>,
    },
    /// Show what you know by now, and what is due
    Stats {
        /// The day of your interview, such as 2026-12-24: what you will know then
        #[arg(long, value_name = "DATE")]
        interview: Option<String>,
        /// Show the forgetting curve of each question
        #[arg(long)]
        questions: bool,
    },
    /// Take back the last answers, in whichever program they were given
    Undo {
        /// How many
        #[arg(default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=50))]
        count: u8,
    },
    /// Take what you answered to another machine, or forget it
    #[command(subcommand)]
    Progress(Progress),
    /// Exercises: list them, begin one, check its file
    Practice(Practice),
    /// Work on packs of lessons
    #[command(subcommand)]
    Pack(Pack),
    /// Take the tour: the chapter's example in an editor, or in the terminal
    Try {
        /// Where [default: VS Code or Neovim if one is found, else the terminal]
        #[arg(long)]
        editor: Option<try_it::Editor>,
    },
    /// Serve an editor: the Language Server Protocol on standard input and output
    Serve {
        /// Talk over standard input and output; the only way there is
        #[arg(long)]
        stdio: bool,
    },
}

#[derive(Debug, Subcommand)]
enum Pack {
    /// Check a pack, or all packs in a folder, and print what is wrong as `file:line: message`
    Check {
        /// The folder of a pack or of packs
        folder: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
enum Progress {
    /// Write all answers, or the questions for Anki
    Export {
        /// Where [default: standard output]
        file: Option<PathBuf>,
        /// `jsonl` for another machine, `csv` for a spreadsheet, `anki` for the questions as notes
        #[arg(long, value_enum, default_value_t = progress::Format::Jsonl)]
        format: progress::Format,
    },
    /// Add the answers that another machine has exported
    Import {
        /// What `export` wrote
        file: PathBuf,
    },
    /// Forget all answers
    Erase {
        /// Really
        #[arg(long)]
        yes: bool,
    },
}

#[derive(Debug, Args)]
struct Practice {
    /// A topic, to list its exercises, or an exercise, to begin it or go on with it
    what: Option<String>,
    /// Give the next hint for the exercise
    #[arg(long, requires = "what")]
    hint: bool,
    /// Show its solution; if it is not passed, it counts as given up
    #[arg(long, requires = "what", conflicts_with = "hint")]
    solution: bool,
    /// Begin it anew; the file is kept under another name
    #[arg(long, requires = "what", conflicts_with_all = ["hint", "solution"])]
    reset: bool,
    /// Look which goals are open in the file of an exercise: exit code 1 if there are any
    #[arg(long, value_name = "FILE", conflicts_with = "what")]
    check: Option<PathBuf>,
}

impl Practice {
    fn wish(self) -> practice::Wish {
        match (self.check, self.what) {
            (Some(file), _) => practice::Wish::Check(file),
            (None, None) => practice::Wish::List(None),
            (None, Some(what)) if self.hint => practice::Wish::Hint(what),
            (None, Some(what)) if self.solution => practice::Wish::Solution(what),
            (None, Some(what)) if self.reset => practice::Wish::Reset(what),
            (None, Some(what)) => practice::Wish::List(Some(what)),
        }
    }
}

#[derive(Debug, Args)]
struct Python {
    /// The oldest Python that the code must run on, such as 3.11 [default: what the project says]
    #[arg(long = "target-version", value_name = "VERSION")]
    target: Option<PythonVersion>,
}

/// Runs the program and returns its exit code.
pub fn main() -> i32 {
    match Arguments::parse().command {
        Some(Command::Serve { .. }) => serve_editor(),
        Some(command) => run(command).unwrap_or_else(|error| {
            // The reader of a pipe may stop early: `pygloss check | head`.
            if error.kind() == io::ErrorKind::BrokenPipe { 0 } else { fail(&error) }
        }),
        // Editors that are told just a program start it on a pipe.
        None if !io::stdin().is_terminal() => serve_editor(),
        None => {
            let help = Arguments::command().render_help();
            write!(io::stderr(), "{help}").map_or(2, |()| 2)
        }
    }
}

fn run(command: Command) -> io::Result<i32> {
    let mut out = io::stdout().lock();
    let code = match command {
        Command::Check { what, rules, python } => {
            check::run(&mut out, &what.options(rules, python.target))
        }
        Command::Explain { what, python } => explain::run(&mut out, what.as_deref(), python.target),
        Command::Quiz { topics, file, mistakes, placement, limit, interview } => {
            let limit = usize::from(limit);
            let mode = match (&mistakes, placement) {
                (Some(_), _) => quiz::Mode::Mistakes,
                (None, true) => quiz::Mode::Placement,
                (None, false) => quiz::Mode::Learn,
            };
            let file = mistakes.or(file);
            let wanted = quiz::Wanted { topics, file, mode, limit, interview };
            quiz::run(&mut out, &shelf::for_terminal(), &wanted)
        }
        Command::Rules { output_format } => {
            rules::list(&mut out, &shelf::for_terminal(), output_format)
        }
        Command::Rule { name, output_format } => {
            rules::show(&mut out, &shelf::for_terminal(), &name, output_format)
        }
        Command::Topics => topics::run(&mut out, &shelf::for_terminal()),
        Command::Try { editor } => try_it::run(&mut out, editor),
        Command::Doctor => doctor::run(&mut out),
        Command::Interview { place } => {
            let interview = interview::asked(&shelf::for_terminal(), place.as_deref())?;
            let mut keep = interview::keeper(&mut out)?;
            interview::run(&mut out, &mut io::stdin().lock(), &interview, &mut keep)
        }
        Command::Stats { interview, questions } => {
            let part = if questions { Part::Everything } else { Part::Overview };
            stats::run(&mut out, &shelf::for_terminal(), part, interview.as_deref())
        }
        Command::Undo { count } => undo::run(&mut out, &shelf::for_terminal(), count),
        Command::Progress(Progress::Export { file, format }) => {
            progress::export(&mut out, &shelf::for_terminal(), file.as_deref(), format)
        }
        Command::Practice(wanted) => practice::run(&mut out, &shelf::for_terminal(), wanted.wish()),
        Command::Progress(Progress::Import { file }) => progress::import(&mut out, &file),
        Command::Progress(Progress::Erase { yes }) => progress::erase(&mut out, yes),
        Command::Pack(Pack::Check { folder }) => pack_check::run(&folder, &mut out),
        // The writer of a session has a thread of its own and needs the lock.
        Command::Serve { .. } => unreachable!("served without holding standard output"),
    }?;
    out.flush()?;
    Ok(code)
}

/// Such as `1 finding` and `3 findings`.
fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn serve_editor() -> i32 {
    let library = Shelf::new(builtin::library, shelf::own_folders());
    let served = standard_output().and_then(|output| serve::serve(io::stdin(), output, library));
    served.map_or_else(|error| fail(&error), i32::from)
}

/// Standard output without the buffer around [`io::stdout`], which writes line by line: the header of a
/// message and its body would wake the client one after the other.
fn standard_output() -> io::Result<File> {
    #[cfg(unix)]
    let output = std::os::fd::AsFd::as_fd(&io::stdout()).try_clone_to_owned()?;
    #[cfg(windows)]
    let output = std::os::windows::io::AsHandle::as_handle(&io::stdout()).try_clone_to_owned()?;
    Ok(output.into())
}

/// Says what went wrong, on standard error.
fn fail(error: &dyn std::fmt::Display) -> i32 {
    // Nobody reads it: nothing can be done about that.
    let _ = writeln!(io::stderr(), "error: {error}");
    2
}
