//! Prints the symbols of files as CPython's `symtable` would.
//!
//! Reads files from standard input, each as a line `BYTES PATH` followed by that many bytes of
//! UTF-8. Answers each with `# PATH`, then a line `SCOPE NAME FLAGS` for every symbol and a line
//! `SCOPE` for every scope. A scope is the way to it from the module, such as
//! `module/class C@3/function f@5`, with the line of each definition. The flags are those that
//! `symtable.Symbol` knows: `A`nnotated, declared global `D`, `F`ree, `G`lobal, `I`mported,
//! `L`ocal, `N`onlocal, `P`arameter, `R`eferenced, as`S`igned.

use std::io::{BufRead, BufWriter, Read, Write};
use std::process::ExitCode;

use pygloss_core::Document;

use crate::{Outcome, symbols};

pub fn main(_: &[String]) -> Outcome {
    let (mut input, mut output) =
        (std::io::stdin().lock(), BufWriter::new(std::io::stdout().lock()));
    let mut header = String::new();
    while input.read_line(&mut header)? > 0 {
        let (size, path) =
            header.trim_end_matches('\n').split_once(' ').ok_or("a header has two words")?;
        let mut source = vec![0; size.parse()?];
        input.read_exact(&mut source)?;
        writeln!(output, "# {path}")?;
        for line in symbols::lines(&Document::new(&String::from_utf8(source)?))? {
            writeln!(output, "{line}")?;
        }
        header.clear();
    }
    output.flush()?;
    Ok(ExitCode::SUCCESS)
}
