//! Questions that the reader answers in free words: the rubric is one of an interview.

use std::collections::BTreeSet;

use toml::Spanned;

use super::raw::{Faults, RawKind, RawVariant};
use super::written::MAX_REASON;
use super::{Form, MAX_PROMPT, Recall};
use crate::content::id::is_id;
use crate::content::interview::{
    InterviewQuestion, RawCheck, RawFlag, RawPoint, check_flags, try_answers,
};
use crate::content::manifest::not_an_id;
use crate::content::rubric::Language;
use crate::content::source::Fault;
use crate::content::{Concept, ContentError};

/// Most points of a rubric: two sentences hold no more.
const MAX_POINTS: usize = 5;

/// What encloses the reader's words in a worksheet.
const QUOTES: &str = "\"\"\"";

/// Reads a question of kind `recall`; `at` is its first byte. The rubric moves out of `raw`.
pub(super) fn read(
    raw: &mut RawVariant,
    at: usize,
    hints: &[Spanned<String>],
    faults: &mut Faults<'_>,
) -> Option<Recall> {
    let written = [
        raw.snippet.as_ref().map(Spanned::span),
        raw.stdout.as_ref().map(Spanned::span),
        raw.options.first().map(Spanned::span),
        raw.names.first().map(Spanned::span),
        raw.from.as_ref().map(Spanned::span),
        raw.labels.keys().chain(raw.why.keys()).next().map(Spanned::span),
    ];
    for span in written.into_iter().flatten() {
        let message =
            "what is answered in free words has a `prompt`, a `model`, `point`, `flag` and `check`";
        faults.add(span.start, message);
    }
    if raw.kind.as_ref().is_none_or(|kind| *kind.get_ref() != RawKind::Recall) {
        faults.add(at, "`model`, `point`, `flag` and `check` go with the kind `recall`");
    }
    faults.line(&raw.prompt, MAX_PROMPT);
    for hint in hints {
        faults.line(hint, MAX_REASON);
    }
    if !(1..=MAX_POINTS).contains(&raw.point.len()) {
        faults.add(at, format!("expected 1 to {MAX_POINTS} `point`s"));
    }
    let Some(model) = raw.model.take() else {
        faults.add(at, "a `recall` has a `model`: an answer with all points and no flag");
        return None;
    };
    faults.line(&model, MAX_REASON);
    for text in [&raw.prompt, &model].into_iter().filter(|it| it.get_ref().contains(QUOTES)) {
        faults.add(text.span().start, "three quotes enclose the reader's words in a worksheet");
    }
    let mut ids = BTreeSet::new();
    let points = raw.point.iter().map(|point| &point.id);
    for id in points.chain(raw.flag.iter().map(|flag| &flag.id)) {
        if !is_id(id.get_ref()) {
            faults.add(id.span().start, not_an_id(id.get_ref()));
        } else if !ids.insert(id.get_ref().clone()) {
            faults.add(id.span().start, format!("the id `{}` stands twice", id.get_ref()));
        }
    }
    for point in raw.point.iter().filter(|point| point.follow.is_some()) {
        faults.add(point.id.span().start, "nothing is asked after a `recall`: no `follow`");
    }
    let question = InterviewQuestion {
        id: raw.id().to_owned(),
        title: String::new(),
        ask: raw.prompt.get_ref().clone(),
        model: model.into_inner(),
        points: std::mem::take(&mut raw.point).into_iter().map(RawPoint::read).collect(),
        flags: std::mem::take(&mut raw.flag).into_iter().map(RawFlag::read).collect(),
        units: Vec::new(),
    };
    let part = faults.part;
    let mut found = Vec::new();
    check_flags(&question, part.line_at(at), &mut found);
    faults.extend(found);
    let checks = std::mem::take(&mut raw.check);
    let checks = checks.into_iter().map(|check: RawCheck| check.read(part)).collect();
    let hints = hints.iter().map(|hint| hint.get_ref().clone()).collect();
    Some(Recall { question, hints, checks })
}

/// What is wrong with the rubrics of these concepts, in the pack's language; nothing is known of how that
/// negates where no pack has an interview.
pub(crate) fn check(
    concepts: &[Concept],
    language: Option<&Language>,
    errors: &mut Vec<ContentError>,
) {
    for concept in concepts {
        let mut faults = Vec::new();
        for variant in concept.quiz.iter().flat_map(|item| &item.variants) {
            let Form::Recall(recall) = &variant.form else { continue };
            let line = variant.line;
            let Some(language) = language else {
                let message = "answers in free words need the `[language]` of an `interview.toml`";
                faults.push(Fault::new(line, message));
                continue;
            };
            let (question, checks) = (&recall.question, &recall.checks);
            let table = "item.variant.check";
            try_answers(question, language, (line, line), checks, table, &mut faults);
        }
        let path = format!("{}/quiz.toml", concept.id);
        errors.extend(faults.into_iter().map(|fault| fault.at(&path)));
    }
}
