//! The quiz by `window/showMessageRequest`, for clients that do not draw it.
//!
//! Clients differ in everything but this: a title comes back as it was sent. So there is one prompt
//! at a time, an option is known by its title, and whatever is no title that was sent (nothing, an
//! error, an empty object, a title of an older prompt) means that the quiz waits.

use pygloss_core::content::quiz::Label;
use pygloss_core::markdown::plain_text;
use pygloss_core::quiz::Response;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::request::ShowMessageRequest;
use tower_lsp::lsp_types::{MessageActionItem, MessageType, ShowMessageRequestParams};

use super::wire::{Confidence, Next, Question, StartParams, Step, Summary, Ui, Verdict};
use super::{engine, pause};
use super::{show, words};
use crate::world::World;

const HINT: &str = "Hint";
const SKIP: &str = "Skip";
const GIVE_UP: &str = "Show the answer";
const NEXT: &str = "Next";
const FINISH: &str = "Finish";
const STOP: &str = "Stop";

/// Longest message, in characters; editors cut longer ones.
const MAX_MESSAGE: usize = 1000;

/// Starts a session.
pub fn start(world: &mut World, params: StartParams) {
    super::start::start(world, params, Ui::Prompt, Box::new(step));
}

/// Shows the open question again, or goes on.
pub fn resume(world: &mut World) {
    withdraw(world);
    pause::resume(world, None, Ui::Prompt, Box::new(step));
}

/// Ends the session.
pub fn stop(world: &mut World) {
    engine::stop(world, None, Box::new(end));
}

/// Takes the prompt back that is open; its answer does nothing any more.
pub fn withdraw(world: &mut World) {
    if let Some(open) = world.quiz.prompt.take() {
        world.asks.withdraw(open);
    }
}

/// The open question is asked no more.
pub fn withdrawn(world: &mut World) {
    ask(world, words::WITHDRAWN.to_owned(), vec![NEXT.to_owned(), STOP.to_owned()], go_on);
}

/// Shows `message` with buttons. `then` gets the title of the one that was pressed; it does not run
/// when none was.
fn ask(
    world: &mut World,
    message: String,
    titles: Vec<String>,
    then: impl FnOnce(&mut World, &str) + 'static,
) {
    withdraw(world);
    let action =
        |title: &String| MessageActionItem { title: title.clone(), properties: Default::default() };
    let params = ShowMessageRequestParams {
        typ: MessageType::INFO,
        message: cut(message),
        actions: Some(titles.iter().map(action).collect()),
    };
    let id = world.asks.ask::<ShowMessageRequest>(params, move |world, answer| {
        world.quiz.prompt = None;
        if let Ok(Some(action)) = answer
            && titles.contains(&action.title)
        {
            then(world, &action.title);
        }
    });
    world.quiz.prompt = Some(id);
}

fn cut(mut message: String) -> String {
    if let Some((at, _)) = message.char_indices().nth(MAX_MESSAGE - 1) {
        message.truncate(at);
        message.push('…');
    }
    message
}

fn step(world: &mut World, result: Result<Step>) {
    match result {
        Ok(Step { question: Some(question), session, .. }) => {
            let place = format!("{}/{}", session.index, session.total);
            let asked = Asked { session: session.id, place, question, hints: Vec::new() };
            asked.show(world);
        }
        Ok(Step { done: Some(summary), .. }) => end(world, Ok(summary)),
        Ok(Step { done: None, .. }) => {}
        Err(error) => world.asks.show(MessageType::WARNING, format!("pygloss: {}", error.message)),
    }
}

fn end(world: &mut World, result: Result<Summary>) {
    if let Ok(summary) = result {
        let text = words::summary(&summary, engine::now());
        world.asks.show(MessageType::INFO, format!("pygloss: {text}"));
    }
}

/// A question on the screen.
struct Asked {
    session: String,
    /// As in `2/5`.
    place: String,
    question: Question,
    /// Those that were asked for.
    hints: Vec<String>,
}

impl Asked {
    /// The titles of the options, and the options for the message where titles are too short for
    /// them.
    fn options(&self, world: &World) -> (Vec<String>, String) {
        let labels = self.question.options.iter().map(|option| {
            let text = option.label.clone();
            show::plain(&Label { text, code: option.code })
        });
        let labels: Vec<String> = labels.collect();
        if world.client.long_titles {
            let titles = labels.iter().enumerate();
            return (
                titles.map(|(at, label)| format!("{}. {label}", at + 1)).collect(),
                String::new(),
            );
        }
        let letters = || ('A'..='Z').map(String::from);
        let listed: String =
            letters().zip(&labels).map(|(letter, label)| format!("\n{letter}: {label}")).collect();
        (letters().take(labels.len()).collect(), listed)
    }

    fn show(self, world: &mut World) {
        let (options, listed) = self.options(world);
        let Question { topic, plain, .. } = &self.question;
        let title = plain_text(&topic.title);
        let mut message = format!("{} {}: {plain}", title.trim(), self.place);
        for hint in &self.hints {
            message.push_str(&format!("\nHint: {}", plain_text(hint).trim()));
        }
        message.push_str(&listed);
        let mut titles = options.clone();
        if self.hints.len() < self.question.hints {
            titles.push(HINT.to_owned());
        }
        titles.extend([GIVE_UP.to_owned(), SKIP.to_owned()]);
        ask(world, message, titles, move |world, title| {
            let presentation = show::presentation(&self.question.presentation_id);
            match options.iter().position(|option| option == title) {
                Some(at) if world.user.quiz_confidence => self.ask_confidence(world, at),
                Some(at) => self.answer(world, Some(at), None),
                None if title == HINT => self.hint(world, presentation),
                None if title == SKIP => {
                    engine::skip(world, &self.session, presentation, Box::new(step));
                }
                None => self.answer(world, None, None),
            }
        });
    }

    fn hint(mut self, world: &mut World, presentation: u128) {
        match engine::hint(world, &self.session, presentation) {
            Ok(hint) => {
                self.hints.push(hint.text);
                self.show(world);
            }
            Err(error) => step(world, Err(error)),
        }
    }

    fn ask_confidence(self, world: &mut World, chosen: usize) {
        const SAID: [(&str, Confidence); 3] = [
            ("Sure", Confidence::Sure),
            ("Unsure", Confidence::Unsure),
            ("Guessed", Confidence::Guess),
        ];
        let titles = SAID.iter().map(|(title, _)| (*title).to_owned()).collect();
        ask(world, "How sure are you?".to_owned(), titles, move |world, title| {
            let said = SAID.iter().find(|(known, _)| *known == title);
            self.answer(world, Some(chosen), said.map(|(_, confidence)| *confidence));
        });
    }

    fn answer(self, world: &mut World, chosen: Option<usize>, said: Option<Confidence>) {
        let option = chosen.and_then(|at| self.question.options.get(at));
        let response = option.map(|option| Response::Keys(vec![option.key.clone()]));
        let presentation = show::presentation(&self.question.presentation_id);
        let session = self.session.clone();
        let then = move |world: &mut World, verdict: Result<Verdict>| {
            // Without a verdict the question was withdrawn, and that is said already.
            if let Ok(verdict) = verdict {
                self.tell(world, &verdict);
            }
        };
        engine::answer(world, &session, presentation, response, (said, None), Box::new(then));
    }

    /// The verdict and the reasons: of the right option, of the chosen one, of the others.
    fn tell(&self, world: &mut World, verdict: &Verdict) {
        let mut reasons: Vec<_> = verdict.options.iter().zip(&self.question.options).collect();
        reasons.sort_by_key(|(reason, _)| (!reason.right, !reason.chosen));
        let mut message = verdict.headline.clone();
        for (reason, option) in reasons {
            let label = option.label.clone();
            let label = show::plain(&Label { text: label, code: option.code });
            let why = plain_text(&reason.why);
            message.push_str(&format!("\n{label}: {}", why.trim()));
        }
        let last = verdict.next == Next::Done;
        let titles = if last { vec![FINISH] } else { vec![NEXT, STOP] };
        ask(world, message, titles.into_iter().map(str::to_owned).collect(), go_on);
    }
}

fn go_on(world: &mut World, title: &str) {
    if title == STOP {
        engine::stop(world, None, Box::new(end));
    } else {
        engine::next(world, None, Box::new(step));
    }
}
