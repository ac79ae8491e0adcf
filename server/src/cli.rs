//! The command line.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use clap::{CommandFactory, Parser, Subcommand};

use crate::{builtin, pack_check};

/// Explains Python in the margin and quizzes you on your own code.
#[derive(Debug, Parser)]
#[command(name = "pygloss", version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve an editor: the Language Server Protocol on standard input and output.
    Serve {
        /// Talk over standard input and output; the only way there is.
        #[arg(long)]
        stdio: bool,
    },
    /// Packs of lessons.
    #[command(subcommand)]
    Pack(Pack),
}

#[derive(Debug, Subcommand)]
enum Pack {
    /// Check a pack, or all packs in a folder, and print what is wrong as `file:line: message`.
    Check {
        /// The folder of a pack or of packs.
        folder: PathBuf,
    },
}

/// Runs the program; the exit code is 0 for success, 1 when something was found or the session of an
/// editor broke off, 2 for errors.
pub fn main() -> i32 {
    match Arguments::parse().command {
        Some(Command::Serve { .. }) => serve(),
        Some(Command::Pack(Pack::Check { folder })) => {
            pack_check::run(&folder, &mut io::stdout().lock()).unwrap_or_else(|error| fail(&error))
        }
        // Editors that are told just a program start it on a pipe.
        None if !io::stdin().is_terminal() => serve(),
        None => {
            let _ = Arguments::command().print_help();
            2
        }
    }
}

fn serve() -> i32 {
    match crate::serve(io::stdin(), io::stdout(), builtin::library) {
        Ok(code) => i32::from(code),
        Err(error) => fail(&error),
    }
}

fn fail(error: &dyn std::fmt::Display) -> i32 {
    eprintln!("error: {error}");
    2
}
