//! A session: which question is open, what was answered, what comes next.
//!
//! ```text
//! Idle -next-> Asking -answer, give up-> Feedback -next-> Asking | Done
//! Asking -skip-> Asking | Done      Asking -resume-> Asking, shown anew
//! Asking -its code changed-> Withdrawn -next-> Asking | Done      any -stop-> Done
//! ```

use std::collections::VecDeque;

use super::answer::{given, outcome, reasons, review};
use super::from_code::{CodeQuestion, Evidence};
use super::placement;
use super::present::{Presented, present, still};
use super::saved::{Saved, SavedCard, SavedOpen, SavedTally};
use super::verdict::{Tally, Verdict};
use super::{Answer, Answered, Chance, Context, Outcome, Placement, Planned, Question, Refusal};
use crate::Library;

/// Other questions between a miss and its return.
const SPACING: usize = 3;
/// Most presentations of a session, misses included.
const MAX_PRESENTATIONS: usize = 200;

/// A run through some cards.
#[derive(Debug)]
pub struct Session {
    id: String,
    pub(super) queue: VecDeque<Planned>,
    /// The question that was open before a restart.
    held: Option<SavedOpen>,
    state: State,
    number: usize,
    pub(super) answered: Vec<Answered>,
    pub(super) tally: Tally,
    /// What a placement test has found so far; nothing in other sessions.
    pub(super) placement: Option<Placement>,
}

#[derive(Debug)]
enum State {
    Idle,
    Asking(Box<Presented>),
    Feedback,
    Withdrawn,
    Done,
}

/// What an input leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The next question.
    Ask(Question),
    /// The end.
    Done,
}

/// A hint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// One line of Markdown.
    pub text: String,
    /// Hints given for this question, this one included.
    pub given: usize,
    /// Hints there are.
    pub of: usize,
}

impl Session {
    /// A session over `deck`.
    pub fn new(id: String, deck: Vec<Planned>) -> Self {
        Self {
            id,
            queue: deck.into(),
            held: None,
            state: State::Idle,
            number: 0,
            answered: Vec::new(),
            tally: Tally::default(),
            placement: None,
        }
    }

    /// A placement test over `deck`: it leaves a topic as soon as it is clear whether the reader knows it,
    /// and asks nothing twice.
    pub fn placing(id: String, deck: Vec<Planned>) -> Self {
        Self { placement: Some(Placement::default()), ..Self::new(id, deck) }
    }

    /// What it takes to go on after a restart; nothing when the session is over.
    pub fn save(&self) -> Option<Saved> {
        let open = match &self.state {
            State::Done => return None,
            State::Asking(open) => SavedCard::of(&open.planned).map(|card| SavedOpen {
                card,
                variant: open.code.is_none().then(|| open.variant.clone()),
                hints: open.given,
            }),
            State::Idle | State::Feedback | State::Withdrawn => self.held.clone(),
        };
        let is_asking = matches!(self.state, State::Asking(_));
        Some(Saved {
            id: self.id.clone(),
            open,
            queue: self.queue.iter().filter_map(SavedCard::of).collect(),
            number: self.number - usize::from(is_asking),
            tally: SavedTally::of(&self.tally),
            placement: self.placement.clone(),
        })
    }

    /// The session that was saved. [`Session::resume`] goes on with it.
    pub fn restore(saved: Saved, library: &Library) -> Self {
        let deck = saved.queue.into_iter().map(SavedCard::planned).collect();
        Self {
            held: saved.open,
            number: saved.number,
            tally: saved.tally.tally(library),
            placement: saved.placement,
            ..Self::new(saved.id, deck)
        }
    }

    /// Its name.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Number of the newest question, from 1; 0 before the first.
    pub fn number(&self) -> usize {
        self.number
    }

    /// Number of questions if all that follow are answered right; of a placement test, the most there may be.
    pub fn total(&self) -> usize {
        self.number + self.queue.len() + usize::from(self.held.is_some())
    }

    /// The answers so far.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// What a placement test has found so far; nothing in other sessions.
    pub fn placement(&self) -> Option<&Placement> {
        self.placement.as_ref()
    }

    /// The open question.
    pub fn open(&self) -> Option<&Question> {
        match &self.state {
            State::Asking(presented) => Some(&presented.question),
            _ => None,
        }
    }

    /// The open question about the reader's code, as it was computed.
    pub fn open_code(&self) -> Option<&CodeQuestion> {
        match &self.state {
            State::Asking(presented) => presented.code.as_ref(),
            _ => None,
        }
    }

    /// Where the code of the open question stands now, given the questions about its file; nothing when
    /// it is about no code or the code changed. Several where the same code stands more than once.
    pub fn open_evidence<'a>(
        &'a self,
        questions: &'a [CodeQuestion],
    ) -> impl Iterator<Item = &'a Evidence> {
        let asked = self.open_code();
        let same = questions.iter().filter(move |it| asked.is_some_and(|asked| it.is_same(asked)));
        same.map(|question| &question.evidence)
    }

    /// True when it asks nothing more.
    pub fn is_over(&self) -> bool {
        matches!(self.state, State::Done)
    }

    /// Goes on after a verdict, or starts.
    ///
    /// # Errors
    /// [`Refusal::NotAnswered`] while a question is open, [`Refusal::Over`] after the end.
    pub fn next(
        &mut self,
        context: &Context<'_>,
        chance: Chance,
        now: u64,
    ) -> Result<Step, Refusal> {
        match self.state {
            State::Asking(_) => Err(Refusal::NotAnswered),
            State::Done => Err(Refusal::Over),
            State::Idle | State::Feedback | State::Withdrawn => Ok(self.ask(context, chance, now)),
        }
    }

    /// Shows the open question again, or goes on when none is open.
    ///
    /// # Errors
    /// [`Refusal::Over`] after the end.
    pub fn resume(
        &mut self,
        context: &Context<'_>,
        chance: Chance,
        now: u64,
    ) -> Result<Step, Refusal> {
        let State::Asking(open) = &self.state else { return self.next(context, chance, now) };
        let is_same =
            open.code.as_ref().is_none_or(|asked| still(asked, context.questions).is_some());
        let mut planned = open.planned.clone();
        let mut narrow = *context;
        if let Some(asked) = open.code.as_ref().and_then(|asked| still(asked, context.questions)) {
            planned.about = Some(vec![asked.about.clone()]);
            narrow.questions = std::slice::from_ref(asked);
        }
        let again = present(&narrow, &planned, Some(&open.variant), chance, now);
        match again.filter(|_| is_same) {
            Some(mut again) => {
                again.given = open.given;
                again.planned = open.planned.clone();
                let question = again.question.clone();
                self.state = State::Asking(Box::new(again));
                Ok(Step::Ask(question))
            }
            None => Ok(self.ask(context, chance, now)),
        }
    }

    /// Gives the next hint.
    ///
    /// # Errors
    /// As [`Session::answer`], and [`Refusal::NoHint`].
    pub fn hint(&mut self, presentation: u128) -> Result<Hint, Refusal> {
        let open = self.asked(presentation)?;
        let text = open.hints.get(open.given).cloned().ok_or(Refusal::NoHint)?;
        open.given += 1;
        Ok(Hint { text, given: open.given, of: open.hints.len() })
    }

    /// Goes on without an answer, which counts for nothing.
    ///
    /// # Errors
    /// As [`Session::answer`].
    pub fn skip(
        &mut self,
        context: &Context<'_>,
        presentation: u128,
        chance: Chance,
        now: u64,
    ) -> Result<Step, Refusal> {
        self.asked(presentation)?;
        Ok(self.ask(context, chance, now))
    }

    /// Takes an answer. The same presentation again gives what it gave the first time, whatever the
    /// answer is now.
    ///
    /// # Errors
    /// [`Refusal::Stale`], [`Refusal::AlreadyAnswered`], [`Refusal::NoSuchOption`],
    /// [`Refusal::NoAnswer`], [`Refusal::NotPython`], [`Refusal::Unforeseen`],
    /// [`Refusal::NotCompared`], [`Refusal::Changed`].
    pub fn answer(&mut self, context: &Context<'_>, answer: &Answer) -> Result<&Answered, Refusal> {
        if let Some(known) = self.position(answer.presentation) {
            return Ok(&self.answered[known]);
        }
        let open = self.asked(answer.presentation)?;
        let response = answer.response.as_ref();
        let given = response.map(|response| given(open, response)).transpose()?;
        let evidence = match &open.code {
            None => Vec::new(),
            Some(asked) => match still(asked, context.questions) {
                Some(question) => question.evidence.from.clone(),
                None => {
                    self.state = State::Withdrawn;
                    return Err(Refusal::Changed);
                }
            },
        };
        let State::Asking(open) = std::mem::replace(&mut self.state, State::Feedback) else {
            return Err(Refusal::Stale);
        };
        let outcome = outcome(&open, given.as_ref());
        let mut review = review(&self.id, &open, outcome, answer);
        if let Some(placement) = &mut self.placement {
            placement.take(&mut review, &open.planned, &mut self.queue);
        } else if outcome != Outcome::Right {
            self.owe(Planned { last_variant: Some(open.variant.clone()), ..open.planned.clone() });
        }
        self.tally.count(&open.question.topic, outcome, review.confidence);
        let verdict = Verdict {
            model: open.rubric.as_ref().map(|rubric| rubric.question.model.clone()),
            outcome,
            shape: open.question.kind.shape(),
            options: reasons(open.secrets, given),
            evidence,
            links: open.links,
            more: !self.queue.is_empty(),
        };
        let (number, total) = (self.number, self.total());
        self.answered.push(Answered { verdict, review, number, total });
        Ok(&self.answered[self.answered.len() - 1])
    }

    /// Withdraws the open question if the code that it is about changed, and names it.
    pub fn check(&mut self, context: &Context<'_>) -> Option<u128> {
        let State::Asking(open) = &self.state else { return None };
        let asked = open.code.as_ref()?;
        if still(asked, context.questions).is_some() {
            return None;
        }
        let presentation = open.question.presentation;
        self.state = State::Withdrawn;
        Some(presentation)
    }

    /// Ends the session.
    pub fn stop(&mut self) {
        self.state = State::Done;
        self.queue.clear();
    }

    pub(super) fn position(&self, presentation: u128) -> Option<usize> {
        self.answered.iter().position(|known| known.review.presentation == presentation)
    }

    /// The open question, if it is this one.
    pub(super) fn asked(&mut self, presentation: u128) -> Result<&mut Presented, Refusal> {
        if self.position(presentation).is_some() {
            return Err(Refusal::AlreadyAnswered);
        }
        match &mut self.state {
            State::Asking(open) if open.question.presentation == presentation => Ok(open),
            State::Done => Err(Refusal::Over),
            _ => Err(Refusal::Stale),
        }
    }

    /// Shows the first card of the queue that can be shown.
    fn ask(&mut self, context: &Context<'_>, chance: Chance, now: u64) -> Step {
        let context = &placement::narrow(context, self.placement.is_some());
        let held = self.held.take().map(|held| {
            let planned = held.card.planned();
            let same = present(context, &planned, held.variant.as_deref(), chance, now);
            same.map_or_else(
                || present(context, &planned, None, chance, now),
                |same| Some(Presented { given: held.hints.min(same.hints.len()), ..same }),
            )
        });
        let mut held = held.flatten();
        loop {
            let presented = match held.take() {
                Some(presented) => Some(presented),
                None => match self.queue.pop_front() {
                    Some(planned) => present(context, &planned, None, chance, now),
                    None => break,
                },
            };
            if let Some(presented) = presented {
                self.number += 1;
                let question = presented.question.clone();
                self.state = State::Asking(Box::new(presented));
                return Step::Ask(question);
            }
        }
        self.state = State::Done;
        Step::Done
    }

    /// Puts a miss back, if enough other questions come first. Otherwise it waits for the next
    /// session, in which it is due.
    pub(super) fn owe(&mut self, planned: Planned) {
        if self.queue.len() >= SPACING && self.total() < MAX_PRESENTATIONS {
            self.queue.insert(SPACING, planned);
        }
    }
}
