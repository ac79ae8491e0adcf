//! Prints the questions that are computed from code, for comparison with CPython.
//!
//! Usage: `oracle questions ROOT` with paths of files below that folder on standard input, one a line: of
//! Python, or of lists for pip and the like, which are known by their names.
//! For each question prints a line of JSON: what computed it, where, the case, the right answer or the
//! right order, and the facts behind it. Lines count from 1. With `--mistakes` in place of ROOT prints the
//! id of each rule that has a question with a copy, one a line.

use std::fs;
use std::io::{BufRead, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use pygloss_core::facts::{Facts, Value};
use pygloss_core::project::{FileKind, ProjectFile};
use pygloss_core::quiz::Kind;
use pygloss_core::quiz::from_code::{Candidate, CodeQuestion, generators, questions, questions_in};
use pygloss_core::text::Text;
use pygloss_core::{Document, Settings};
use serde_json::{Map, Value as Json, json};

use crate::{Outcome, share};

pub fn main(arguments: &[String]) -> Outcome {
    let first = arguments.first().expect("a folder");
    if first == "--mistakes" {
        let names = generators().filter_map(|it| it.name.strip_prefix("bug-"));
        names.for_each(|name| println!("{name}"));
        return Ok(ExitCode::SUCCESS);
    }
    let root = PathBuf::from(first);
    let settings = Settings::default();
    let paths = std::io::stdin().lock().lines().collect::<Result<Vec<_>, _>>()?;
    share::out(&paths, |library, path| {
        let Ok(source) = fs::read_to_string(root.join(path)) else { return Ok(()) };
        let found = match FileKind::of(path) {
            Some(kind) => questions_in(library, &ProjectFile::new(kind, &source), &settings),
            None => questions(library, &Document::new(&source), &settings),
        };
        let text = Text::new(&source);
        let mut said = String::new();
        for question in found {
            said.push_str(&format!("{}\n", told(path, &text, &question)));
        }
        std::io::stdout().lock().write_all(said.as_bytes())
    })?;
    Ok(ExitCode::SUCCESS)
}

fn told(path: &str, text: &Text, question: &CodeQuestion) -> Json {
    let computed = &question.computed;
    let label = |option: &Candidate| option.code.clone().unwrap_or(option.role.to_owned());
    let is_order = question.generator.kind == Kind::Order;
    let is_right = |option: &&Candidate| is_order || option.role == computed.case.right;
    let right: Vec<String> = computed.options.iter().filter(is_right).map(label).collect();
    let subject = question.evidence.subject;
    json!({
        "path": path,
        "generator": question.generator.name,
        "about": question.about,
        "line": text.line_of(subject.start) + 1,
        "case": computed.case.name,
        "right": right,
        "labels": computed.options.iter().map(label).collect::<Vec<_>>(),
        "roles": computed.options.iter().map(|option| option.role).collect::<Vec<_>>(),
        "facts": facts(question, &computed.facts),
        "snippet": computed.snippet,
        "source": question.evidence.texts.first(),
    })
}

fn facts(question: &CodeQuestion, facts: &Facts) -> Map<String, Json> {
    let slots = question.generator.told.iter();
    let told = slots.filter_map(|slot| {
        let value = match facts.get(slot.name)? {
            Value::Code(text) => json!(text),
            Value::Codes(texts) => json!(texts),
            Value::Line(line) => json!(line.number + 1),
            Value::Number(number) => json!(number),
            _ => return None,
        };
        Some((slot.name.to_owned(), value))
    });
    told.collect()
}
