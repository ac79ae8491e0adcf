//! Progress: what the reader knows by now, as the editors and the terminal show it.

mod document;
mod page;

use pygloss_core::Library;
use pygloss_core::content::{Concept, Pack};
use pygloss_core::progress::{Streak, streak};

use crate::store::{Card, Judgement, Stats, Store, calendar, chance};

pub use document::Document;
pub use page::{Part, page};

/// In milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1000;

/// What the log comes to at a moment.
#[derive(Debug)]
pub struct Progress {
    /// The moment, in milliseconds since 1970.
    pub now: i64,
    /// Its local day, in days since 1970.
    pub today: i64,
    /// The answers.
    pub stats: Stats,
    /// The days in a row.
    pub streak: Streak,
    /// The topics that there are questions about, in the order of teaching.
    pub topics: Vec<TopicProgress>,
    /// The interview, if it lies ahead.
    pub interview: Option<Interview>,
    /// What the reader thought of answers in mock interviews.
    pub judged: Vec<Judged>,
    /// The exercises.
    pub practised: Practised,
}

/// How far the reader is with the exercises.
#[derive(Debug)]
pub struct Practised {
    /// How many there are.
    pub all: usize,
    /// Of these, passed without a look at the solution.
    pub passed: usize,
    /// Of these, given up.
    pub given_up: usize,
}

/// What the reader thought of the answers to a question of the mock interview.
#[derive(Debug)]
pub struct Judged {
    /// The question, plain text with back-ticks around code.
    pub title: String,
    /// The newest judgement.
    pub newest: Judgement,
    /// How often it was answered and judged.
    pub times: u32,
}

/// What is known of a topic.
#[derive(Debug)]
pub struct TopicProgress {
    /// Id within its pack, such as `decorators`.
    pub name: String,
    /// Plain text with back-ticks around code.
    pub title: String,
    /// Number of its questions.
    pub questions: usize,
    /// Those that were asked, by id; each is due when it should be asked.
    pub cards: Vec<Card>,
}

/// The interview that the reader learns for.
#[derive(Debug)]
pub struct Interview {
    /// Such as `2026-12-24`.
    pub date: String,
    /// When the day starts, in milliseconds since 1970.
    pub at: i64,
}

impl Progress {
    /// What `store` comes to at `now`, in milliseconds since 1970. `interview` is a date such as
    /// `2026-12-24`; one that has passed, or is none, counts for nothing.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn read(
        store: &mut Store,
        library: &Library,
        now: i64,
        interview: Option<&str>,
    ) -> rusqlite::Result<Self> {
        let interview = interview
            .and_then(|date| Some(Interview { at: calendar::start(date)?, date: date.to_owned() }))
            .filter(|interview| interview.at > now);
        store.set_interview(interview.as_ref().map(|interview| interview.at));
        let stats = store.stats(now)?;
        let cards = store.schedule(now)?;
        let today = calendar::day(now);
        let days: Vec<i64> = stats.days.iter().map(|day| day.day).collect();
        let topics = library.concepts().filter(|(_, concept)| !concept.quiz.is_empty());
        let topics = topics.map(|(pack, concept)| topic(pack, concept, &cards)).collect();
        let (streak, judged) = (streak(&days, today), judged(store, library)?);
        let practised = practised(store, library)?;
        Ok(Self { now, today, streak, stats, topics, interview, judged, practised })
    }

    /// The cards of all topics. What was learnt from a pack that is gone is not among them.
    pub fn cards(&self) -> impl Iterator<Item = &Card> {
        self.topics.iter().flat_map(|topic| &topic.cards)
    }

    /// How many questions are due, and else when the next one will be.
    pub fn due(&self) -> (usize, Option<i64>) {
        let due = self.cards().filter(|card| card.due_at <= self.now).count();
        let next = self.cards().map(|card| card.due_at).filter(|at| *at > self.now).min();
        (due, next)
    }

    /// What share of all questions would be answered right at `at`, from 0 to 1, if nothing were answered
    /// until then. What was never asked is taken as not known.
    pub fn readiness(&self, at: i64) -> f64 {
        let questions: usize = self.topics.iter().map(|topic| topic.questions).sum();
        self.cards().map(|card| chance(card, at)).sum::<f64>() / questions.max(1) as f64
    }
}

impl TopicProgress {
    /// What share of the topic's questions would be answered right at `at`, from 0 to 1: of those that were
    /// asked the chance that they are remembered, of the others none.
    pub fn mastery(&self, at: i64) -> f64 {
        let known: f64 = self.cards.iter().map(|card| chance(card, at)).sum();
        known / self.questions.max(1) as f64
    }

    /// The same of the questions that were asked; nothing when none was.
    pub fn recall(&self, at: i64) -> Option<f64> {
        let known: f64 = self.cards.iter().map(|card| chance(card, at)).sum();
        (!self.cards.is_empty()).then(|| known / self.cards.len() as f64)
    }
}

fn practised(store: &Store, library: &Library) -> rusqlite::Result<Practised> {
    let known = store.practised()?;
    let all: Vec<_> = library.exercises().map(|found| known.get(&found.id())).collect();
    let passed = all.iter().flatten().filter(|it| it.passed).count();
    let given_up = all.iter().flatten().filter(|it| it.gave_up && !it.passed).count();
    Ok(Practised { all: all.len(), passed, given_up })
}

/// In the order of the mock interview's questions, and behind them those about code.
fn judged(store: &Store, library: &Library) -> rusqlite::Result<Vec<Judged>> {
    let mut asked = Vec::new();
    if let Some(interview) = library.interview() {
        let questions = interview.questions.iter();
        asked.extend(
            questions.map(|it| (format!("{}/{}", interview.pack, it.id), it.title.clone())),
        );
    }
    for (pack, concept) in library.concepts() {
        for about in &concept.interviews {
            let id = format!("{}/{}/{}", pack.manifest.id, concept.id, about.id);
            let title = |of: &str| format!("{}: {of}", about.title);
            asked.extend(about.questions().map(|(it, of)| (format!("{id}/{it}"), title(of))));
        }
    }
    let mut judgements = store.judgements()?;
    let found = asked.into_iter().filter_map(|(id, title)| {
        let at = judgements.iter().position(|(it, _)| it.question == id)?;
        let (newest, times) = judgements.swap_remove(at);
        Some(Judged { title, newest, times })
    });
    Ok(found.collect())
}

fn topic(pack: &Pack, concept: &Concept, cards: &[Card]) -> TopicProgress {
    let prefix = format!("{}/{}/", pack.manifest.id, concept.id);
    let exists = |card: &&Card| {
        let item = card.card.strip_prefix(&prefix);
        item.is_some_and(|id| concept.quiz.iter().any(|item| item.id == id))
    };
    TopicProgress {
        name: concept.id.clone(),
        title: concept.title.clone(),
        questions: concept.quiz.len(),
        cards: cards.iter().filter(exists).cloned().collect(),
    }
}
