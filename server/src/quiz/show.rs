//! From the core's questions and verdicts to what goes over the wire.

use pygloss_core::content::quiz::Label;
use pygloss_core::markdown::{code_block, code_span, plain_text};
use pygloss_core::quiz::interview::{Judged, Judgement};
use pygloss_core::quiz::{self, Answered, Placement, Tally};
use tower_lsp::lsp_types::{Hover, HoverContents, Location, MarkupContent, MarkupKind};

use super::wire::{
    Calibration, Card, Choice, Kind, Level, Next, Outcome, Question, Reason, Session, Shape,
    Source, Subject, Summary, Topic, TopicScore, Verdict,
};
use super::{Active, words};
use crate::store::{self, Recorded};
use crate::world::World;

/// A presentation's name on the wire.
pub fn presentation_id(presentation: u128) -> String {
    format!("{presentation:032x}")
}

/// The presentation of that name. What is no name names a presentation that never was.
pub fn presentation(id: &str) -> u128 {
    if id.len() == 32 { u128::from_str_radix(id, 16).unwrap_or(0) } else { 0 }
}

/// Where the session stands.
pub fn session(active: &Active) -> Session {
    Session {
        id: active.session.id().to_owned(),
        mode: active.mode,
        index: active.session.number(),
        total: active.session.total(),
        ui: active.ui,
        started_at: active.started_at,
    }
}

/// The question without anything that gives the answer away.
pub fn question(world: &World, question: &quiz::Question) -> Question {
    let active = world.quiz.active.as_ref();
    let uri = active.and_then(|active| active.uri.clone());
    let subject = uri.zip(question.subject).and_then(|(uri, span)| {
        let open = world.documents.get(&uri)?;
        let range = world.client.encoding.range(open.text(), span);
        Some(Subject { version: open.version, range, uri })
    });
    let prompt = match &question.snippet {
        Some(snippet) => format!("{}\n\n{}", question.prompt, code_block(snippet)),
        None => question.prompt.clone(),
    };
    Question {
        presentation_id: presentation_id(question.presentation),
        kind: match question.kind {
            quiz::Kind::Choice => Kind::Choice,
            quiz::Kind::Bool => Kind::Bool,
            quiz::Kind::Several => Kind::Several,
            quiz::Kind::Order => Kind::Order,
            quiz::Kind::Blank => Kind::Blank,
            quiz::Kind::Bug => Kind::Bug,
            quiz::Kind::Recall => Kind::Recall,
        },
        shape: shape(question.kind.shape()),
        topic: topic(&question.topic),
        prompt,
        plain: plain_text(&question.prompt).trim().to_owned(),
        snippet: question.snippet.clone(),
        options: question
            .options
            .iter()
            .map(|option| Choice {
                key: option.key.clone(),
                label: option.label.text.clone(),
                code: option.label.code,
            })
            .collect(),
        subject,
        hints: question.hints,
        source: match question.source {
            quiz::Source::Pack => Source::Pack,
            quiz::Source::Code => Source::Code,
        },
    }
}

fn shape(shape: quiz::Shape) -> Shape {
    match shape {
        quiz::Shape::One => Shape::One,
        quiz::Shape::Several => Shape::Several,
        quiz::Shape::Order => Shape::Order,
        quiz::Shape::Text => Shape::Text,
        quiz::Shape::Words => Shape::Words,
    }
}

fn topic(topic: &quiz::Topic) -> Topic {
    Topic { id: topic.id.clone(), title: topic.title.clone() }
}

/// The verdict on an answer of the running session, not yet kept.
pub fn verdict(world: &World, answered: &Answered) -> Option<Verdict> {
    let active = world.quiz.active.as_ref()?;
    let told = &answered.verdict;
    let outcome = match told.outcome {
        quiz::Outcome::Right => Outcome::Right,
        quiz::Outcome::Wrong => Outcome::Wrong,
        quiz::Outcome::GaveUp => Outcome::GaveUp,
    };
    let right: Vec<String> = told.answer().iter().map(|option| plain(&option.label)).collect();
    let open = active.uri.as_ref().and_then(|uri| Some((uri, world.documents.get(uri)?)));
    let location = |span: &pygloss_core::Span| {
        let (uri, open) = open?;
        Some(Location::new(uri.clone(), world.client.encoding.range(open.text(), *span)))
    };
    Some(Verdict {
        session: Session { index: answered.number, total: answered.total, ..session(active) },
        outcome,
        score: if outcome == Outcome::Right { 1.0 } else { 0.0 },
        headline: words::headline(outcome, shape(told.shape), &right),
        explanation: if is_surprise(answered) {
            format!("{}\n\n{}", words::SURPRISE, explanation(told))
        } else {
            explanation(told)
        },
        options: told
            .options
            .iter()
            .map(|option| Reason {
                key: option.key.clone(),
                label: matches!(told.shape, quiz::Shape::Text | quiz::Shape::Words)
                    .then(|| option.label.text.clone()),
                right: option.right,
                chosen: option.chosen,
                place: option.place.map(|place| place + 1),
                why: option.why.clone(),
            })
            .collect(),
        evidence: told.evidence.iter().filter_map(location).collect(),
        card: None,
        next: if told.more { Next::Question } else { Next::Done },
    })
}

fn is_surprise(answered: &Answered) -> bool {
    answered.verdict.outcome == quiz::Outcome::Wrong
        && answered.review.confidence == Some(quiz::Confidence::Sure)
}

/// The reason for each option, those that make the answer last, and where to read on.
fn explanation(verdict: &quiz::Verdict) -> String {
    let mut options: Vec<_> = verdict.options.iter().collect();
    options.sort_by_key(|option| (option.right || option.place.is_some(), option.place));
    let mut out = String::new();
    if let Some(model) = &verdict.model {
        out.push_str(&format!("{} {model}\n\n", words::MODEL));
    }
    for option in options {
        let label = if option.label.code {
            code_span(&option.label.text)
        } else {
            option.label.text.clone()
        };
        let (mark, label) = match option.place {
            Some(place) => (format!("{}.", place + 1), format!("**{label}**")),
            None if option.right => ("-".to_owned(), format!("**{label}**")),
            None => ("-".to_owned(), label),
        };
        out.push_str(&format!("{mark} {label}: {}\n", option.why));
    }
    if !verdict.links.is_empty() {
        let links: Vec<_> = verdict.links.iter().map(|link| link.markdown()).collect();
        out.push_str(&format!("\n{}\n", links.join(", ")));
    }
    out
}

/// A label without marks.
pub fn plain(label: &Label) -> String {
    if label.code { label.text.clone() } else { plain_text(&label.text).trim().to_owned() }
}

/// What is kept of an answer.
pub fn review(review: &quiz::Review) -> store::Review {
    store::Review {
        id: review.presentation,
        session: review.session.clone(),
        at: i64::try_from(review.at).unwrap_or(i64::MAX),
        card: review.card.clone(),
        variant: review.variant.clone(),
        seed: review.seed,
        source: match review.source {
            quiz::Source::Pack => "pack",
            quiz::Source::Code => "code",
        },
        outcome: match review.outcome {
            quiz::Outcome::Right => "right",
            quiz::Outcome::Wrong => "wrong",
            quiz::Outcome::GaveUp => "gave-up",
        },
        grade: review.grade as u8,
        confidence: review.confidence.map(|confidence| match confidence {
            quiz::Confidence::Sure => "sure",
            quiz::Confidence::Unsure => "unsure",
            quiz::Confidence::Guess => "guess",
        }),
        hints: review.hints,
        ms: review.ms,
    }
}

/// What is kept of a judgement in the interview of this name; `now` in milliseconds since 1970.
pub fn judgement(judged: &Judged, interview: &str, now: u64) -> store::Judgement {
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    store::Judgement {
        interview: interview.to_owned(),
        question: judged.question.clone(),
        at: super::time(now),
        judgement: match judged.judgement {
            Judgement::Good => "good",
            Judgement::InPart => "in-part",
            Judgement::NotYet => "not-yet",
        }
        .to_owned(),
        found: count(judged.found),
        points: count(judged.points),
    }
}

/// What is told of the card after an answer; nothing when the answer was undone meanwhile.
pub fn card(recorded: &Recorded) -> Option<Card> {
    let card = recorded.card.as_ref()?;
    Some(Card {
        due_at: card.due_at.max(0).cast_unsigned(),
        stability_days: card.stability,
        retrievability_was: recorded.retrievability_was,
    })
}

/// How many of the cards are due at `now`; if none is, when the next one will be.
pub fn due(cards: &[store::Card], now: u64) -> (usize, Option<u64>) {
    let due_at = |card: &store::Card| card.due_at.max(0).cast_unsigned();
    let due = cards.iter().filter(|card| due_at(card) <= now).count();
    (due, cards.iter().map(due_at).min().filter(|_| due == 0))
}

/// What is told at the end; `cards` is what is known of all cards.
pub fn summary(
    tally: &Tally,
    placement: Option<&Placement>,
    cards: &[store::Card],
    now: u64,
) -> Summary {
    let (due, next_due_at) = due(cards, now);
    let level = |topic: &str| placement?.level(topic).map(Level::from);
    Summary {
        asked: tally.asked,
        right: tally.right,
        by_topic: tally
            .topics
            .iter()
            .map(|score| TopicScore {
                id: score.topic.id.clone(),
                title: score.topic.title.clone(),
                right: score.right,
                of: score.of,
                level: level(&score.topic.id),
            })
            .collect(),
        calibration: Calibration {
            sure_right: tally.calibration.sure_right,
            sure_wrong: tally.calibration.sure_wrong,
            guess_right: tally.calibration.guess_right,
        },
        due,
        next_due_at,
    }
}

/// What a hover shows instead of a card.
pub fn hidden_card(markdown: bool) -> Hover {
    let kind = if markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    let content = MarkupContent { kind, value: words::HIDDEN.to_owned() };
    Hover { contents: HoverContents::Markup(content), range: None }
}
