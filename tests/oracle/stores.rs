//! Prints the attributes that files bind or delete, by name.
//!
//! Reads paths of Python files from standard input, one a line. Answers each with a line of JSON:
//! the path, and the sorted names of the attributes, each as often as the code does it.

use std::io::{BufRead, Write};
use std::process::ExitCode;

use pygloss_core::Document;
use serde_json::json;

use crate::Outcome;

pub fn main(_: &[String]) -> Outcome {
    let mut out = std::io::stdout().lock();
    for path in std::io::stdin().lock().lines() {
        let path = path?;
        let document = Document::new(&std::fs::read_to_string(&path)?);
        let scopes = document.items().iter().filter_map(|item| item.scopes());
        let mut names: Vec<&str> = scopes
            .flat_map(|scopes| scopes.stored_attributes())
            .map(|(name, _)| name.as_ref())
            .collect();
        names.sort_unstable();
        writeln!(out, "{}", json!([path, names]))?;
    }
    Ok(ExitCode::SUCCESS)
}
