//! Answers in the reader's own words: what is told before the reader judges them.

use pygloss_core::Span;
use pygloss_core::markdown::{code_span, plain_text};
use pygloss_core::quiz::Compared;
use tower_lsp::jsonrpc::Result;

use super::refusal::{error, no_session};
use super::wire::{Comparison, FlagSeen, PointSeen};
use super::{engine, words};
use crate::world::World;

/// Holds the reader's words against the rubric of the open question.
pub fn compare(world: &mut World, id: &str, presentation: u128, text: &str) -> Result<Compared> {
    if !engine::is_active(world, Some(id)) {
        return Err(no_session());
    }
    let active = world.quiz.active.as_mut().ok_or_else(no_session)?;
    active.session.compare(presentation, text).map_err(error)
}

/// What a client gets that draws it; `text` are the reader's words.
pub fn on_wire(compared: &Compared, text: &str) -> Comparison {
    let words = |place: Option<Span>| place.map(|span| text[span.start..span.end].to_owned());
    let points = compared.points.iter().map(|point| PointSeen {
        title: point.title.clone(),
        found: point.found.is_some(),
        denied: point.denied.is_some(),
        words: words(point.found.or(point.denied)),
        why: point.why.clone(),
    });
    let points: Vec<PointSeen> = points.collect();
    let flags = compared.flags.iter();
    let flags = flags.map(|it| FlagSeen { title: it.title.clone(), why: it.why.clone() }).collect();
    let explanation = markdown(compared, &points);
    Comparison { points, flags, model: compared.model.clone(), explanation }
}

fn markdown(compared: &Compared, points: &[PointSeen]) -> String {
    let mut out = String::new();
    for point in points {
        let PointSeen { title, words, why, .. } = point;
        let words = words.as_deref().map(code_span).unwrap_or_default();
        out += &match (point.found, point.denied) {
            (true, _) => format!("- {} **{title}** ({words}).\n", words::FOUND),
            (false, true) => format!("- {} **{title}** ({words}). {why}\n", words::DENIED),
            (false, false) => format!("- {} **{title}**. {why}\n", words::MISSED),
        };
    }
    for flag in &compared.flags {
        out += &format!("- {} **{}**. {}\n", words::FLAG, flag.title, flag.why);
    }
    out += &format!("\n{} {}\n\n{}\n", words::MODEL, compared.model, words::NO_MARK);
    out
}

/// The same in words without marks, a line for each thing.
pub fn in_words(compared: &Compared) -> String {
    let plain = |markdown: &str| plain_text(markdown).trim().to_owned();
    let found = compared.points.iter().filter(|point| point.found.is_some());
    let found: Vec<String> = found.map(|point| plain(&point.title)).collect();
    let found = if found.is_empty() { words::NONE.to_owned() } else { found.join("; ") };
    let mut out = format!("{} {found}.\n", words::FOUND);
    for point in compared.points.iter().filter(|point| point.found.is_none()) {
        let how = if point.denied.is_some() { words::DENIED } else { words::MISSED };
        out += &format!("{how} {}. {}\n", plain(&point.title), plain(&point.why));
    }
    for flag in &compared.flags {
        out += &format!("{} {}. {}\n", words::FLAG, plain(&flag.title), plain(&flag.why));
    }
    out + &format!("{} {}", words::MODEL, plain(&compared.model))
}
