//! Asks for the card at every token of files, and for their findings.
//!
//! Reads paths of Python files from standard input, one a line. A panic, an unfilled slot or a card
//! that breaks the form is printed; the exit code is 1 when there is one. The last line counts.
//! With `--cards`, prints each card as a line of JSON instead, for a reader to judge. With `--findings`,
//! prints `path:line rule` for each finding instead, in any order of files.

use std::collections::HashSet;
use std::io::{BufRead, Error, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use pygloss_core::{Document, Library, Settings, analysis};
use serde_json::json;

use crate::{Outcome, form, hovers, share};

/// What was seen so far.
#[derive(Default)]
struct Count {
    files: usize,
    hovers: usize,
    answers: usize,
    constructs: usize,
    kinds: HashSet<String>,
    findings: usize,
    faults: usize,
    slowest: (Duration, String),
}

pub fn main(arguments: &[String]) -> Outcome {
    let mode = arguments.first().map(String::as_str);
    let show = mode == Some("--cards");
    let paths = std::io::stdin().lock().lines().collect::<Result<Vec<_>, _>>()?;
    if mode == Some("--findings") {
        share::out(&paths, findings)?;
        return Ok(ExitCode::SUCCESS);
    }
    let count = Mutex::new(Count::default());
    share::out(&paths, |library, path| {
        let source = std::fs::read_to_string(path)?;
        let result = catch_unwind(AssertUnwindSafe(|| look(library, path, &source, show)));
        let mut count = count.lock().expect("nothing panics with the lock");
        match result {
            Ok(found) => count.add(found),
            Err(_) => {
                println!("{path}: panics");
                count.faults += 1;
            }
        }
        Ok(())
    })?;
    let count = count.into_inner().expect("nothing panics with the lock");
    if !show {
        println!(
            "slowest answer: {:.1} ms, {}",
            count.slowest.0.as_secs_f64() * 1e3,
            count.slowest.1
        );
        println!(
            "{} files: {} hovers, {} of them with a card, {} constructs, {} kinds of cards, {} \
             findings, {} faults",
            count.files,
            count.hovers,
            count.answers,
            count.constructs,
            count.kinds.len(),
            count.findings,
            count.faults
        );
    }
    Ok(ExitCode::from(u8::from(count.faults > 0)))
}

impl Count {
    fn add(&mut self, other: Self) {
        self.files += other.files;
        self.hovers += other.hovers;
        self.answers += other.answers;
        self.constructs += other.constructs;
        self.kinds.extend(other.kinds);
        self.findings += other.findings;
        self.faults += other.faults;
        if other.slowest.0 > self.slowest.0 {
            self.slowest = other.slowest;
        }
    }
}

/// Prints the findings of a file.
fn findings(library: &Library, path: &str) -> Result<(), Error> {
    let document = Document::new(&std::fs::read_to_string(path)?);
    let mut said = String::new();
    for finding in analysis::findings(library, &document, &Settings::default()) {
        let line = document.text().line_of(finding.span.start) + 1;
        said.push_str(&format!("{path}:{line} {}\n", finding.rule));
    }
    std::io::stdout().lock().write_all(said.as_bytes())
}

fn look(library: &Library, path: &str, source: &str, show: bool) -> Count {
    let document = Document::new(source);
    let settings = Settings::default();
    let mut count = Count { files: 1, ..Count::default() };
    let mut seen = HashSet::new();
    let mut before = Instant::now();
    count.hovers = hovers::each(library, &document, &settings, |offset, hover| {
        let cost = before.elapsed();
        let line = document.text().line_of(offset) + 1;
        if cost > count.slowest.0 {
            count.slowest = (cost, format!("{path}:{line}"));
        }
        if let Some(hover) = hover {
            count.answers += 1;
            if hovers::is_new(&mut seen, &hover) {
                count.constructs += 1;
                count.kinds.insert(hover.card.clone());
                if show {
                    let card = json!({
                        "path": path, "line": line, "card": hover.card, "text": hover.markdown,
                    });
                    println!("{card}");
                }
                for fault in form::faults(&hover.markdown) {
                    count.faults += 1;
                    println!("{path}:{line}: {}: {fault}\n{}", hover.card, hover.markdown);
                }
            }
            // A cursor at the end of a name is about the name.
            if !hover.span.touches(offset) {
                count.faults += 1;
                println!("{path}:{line}: {}: the card is about another place", hover.card);
            }
        }
        before = Instant::now();
    });
    for finding in analysis::findings(library, &document, &settings) {
        count.findings += 1;
        if finding.message.contains(['{', '}']) && !finding.message.contains('`') {
            count.faults += 1;
            println!("{path}: {}: an unfilled slot: {}", finding.rule, finding.message);
        }
    }
    count
}
