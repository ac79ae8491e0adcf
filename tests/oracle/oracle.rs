//! The halves of the oracles that ask the core, in one program.
//!
//! Usage: `oracle NAME [ARGUMENT...]`; the module of an oracle says what it reads and prints.

mod classes;
mod decorator_facts;
mod edits;
mod fixed;
mod fixes;
mod form;
mod hostile;
mod hovers;
mod imports;
mod interviews;
mod items;
mod pack;
mod packages;
mod programs;
mod questions;
mod refactorings;
mod replay;
mod scopes;
mod share;
mod shrink;
mod stores;
mod symbols;
mod tree;
mod typist;

use std::error::Error;
use std::process::ExitCode;

/// What comes of an oracle: the exit code of the program.
type Outcome = Result<ExitCode, Box<dyn Error>>;

type Oracle = fn(&[String]) -> Outcome;

const ORACLES: &[(&str, Oracle)] = &[
    ("classes", classes::main),
    ("decorator-facts", decorator_facts::main),
    ("edits", edits::main),
    ("fixed", fixed::main),
    ("fixes", fixes::main),
    ("hostile", hostile::main),
    ("imports", imports::main),
    ("interviews", interviews::main),
    ("items", items::main),
    ("packages", packages::main),
    ("programs", programs::main),
    ("questions", questions::main),
    ("refactorings", refactorings::main),
    ("scopes", scopes::main),
    ("stores", stores::main),
];

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let named = |(name, _): &&(&str, Oracle)| arguments.first().is_some_and(|first| first == name);
    let Some((_, oracle)) = ORACLES.iter().find(named) else {
        let names: Vec<_> = ORACLES.iter().map(|(name, _)| *name).collect();
        eprintln!("usage: oracle NAME [ARGUMENT...], where NAME is one of {}", names.join(", "));
        return Ok(ExitCode::from(2));
    };
    oracle(&arguments[1..])
}
