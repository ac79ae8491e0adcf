//! Interviews about code: the model answer to each question has every point of it and raises no flag,
//! whatever names the code has, and the same code gives the same interview again.
//!
//! Usage: `oracle interviews` with paths of Python files on standard input, one a line. Prints each
//! question that is wrong and a line of counts; exit code 1 when there is one.

use std::collections::{BTreeMap, HashSet};
use std::io::BufRead;
use std::process::ExitCode;
use std::sync::Mutex;

use pygloss_core::markdown::plain_text;
use pygloss_core::quiz::interview::{CodeTalk, talk_at};
use pygloss_core::{Document, Library, Settings};

use crate::{Outcome, share};

pub fn main(_: &[String]) -> Outcome {
    let paths = std::io::stdin().lock().lines().collect::<Result<Vec<_>, _>>()?;
    let counts = Mutex::new((BTreeMap::<String, usize>::new(), 0));
    share::out(&paths, |library, path| {
        let source = std::fs::read(path)?;
        let Ok(source) = String::from_utf8(source) else { return Ok(()) };
        let (asked, faults) = look(library, path, &source);
        let mut counts = counts.lock().expect("nothing panics with the lock");
        for (interview, questions) in asked {
            *counts.0.entry(interview).or_default() += questions;
        }
        counts.1 += faults;
        Ok(())
    })?;
    let (asked, wrong) = counts.into_inner().expect("nothing panics with the lock");
    let total: usize = asked.values().sum();
    println!("{asked:?}");
    println!("{total} questions of interviews, {wrong} wrong");
    Ok(if wrong == 0 && total > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// How many questions each interview asks about the file, and how many are wrong.
fn look(library: &Library, path: &str, source: &str) -> (BTreeMap<String, usize>, usize) {
    let (document, settings) = (Document::new(source), Settings::default());
    let mut asked: BTreeMap<String, usize> = BTreeMap::new();
    let mut seen = HashSet::new();
    let mut wrong = 0;
    for line in 0..document.text().line_count() {
        let at = document.text().line_start(line);
        let Some(talk) = talk_at(library, &document, &settings, at) else { continue };
        if !seen.insert((talk.interview.pack.clone(), talk.subject.start)) {
            continue;
        }
        *asked.entry(talk.interview.pack.clone()).or_default() += talk.interview.questions.len();
        for fault in faults(library, &document, &settings, &talk) {
            wrong += 1;
            println!("{path}:{}: {fault}", line + 1);
        }
    }
    (asked, wrong)
}

fn faults(
    library: &Library,
    document: &Document,
    settings: &Settings,
    talk: &CodeTalk,
) -> Vec<String> {
    let mut faults = Vec::new();
    for question in &talk.interview.questions {
        let model = plain_text(&question.model);
        let found = talk.interview.assess(question, &model);
        let missed = found.points.iter().filter(|seen| seen.place.is_none());
        faults.extend(missed.map(|seen| format!("{} is missed in: {model}", seen.id)));
        faults.extend(found.flags.iter().map(|seen| format!("{} is raised by: {model}", seen.id)));
    }
    match talk.again(library, document, settings) {
        Some(again) if again.subject == talk.subject => {}
        _ => faults.push(format!("{} is not found again", talk.interview.pack)),
    }
    faults
}
