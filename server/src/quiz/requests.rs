//! The quiz as custom requests and as commands.

use pygloss_core::quiz;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use tower_lsp::jsonrpc::Error;

use super::engine::{self, Then};
use super::refusal::failed;
use super::wire::{
    AnswerParams, PresentationParams, Response, SessionParams, SkipParams, StartParams, Ui,
};
use super::{pause, prompt, show};
use crate::handlers::commands::{Command, CustomRequest};
use crate::owner::Reply;
use crate::settings::QuizUi;
use crate::world::World;

/// The requests.
pub const REQUESTS: &[CustomRequest] = &[
    CustomRequest { method: "pygloss/quiz/start", run: start },
    CustomRequest { method: "pygloss/quiz/answer", run: answer },
    CustomRequest { method: "pygloss/quiz/hint", run: hint },
    CustomRequest { method: "pygloss/quiz/skip", run: skip },
    CustomRequest { method: "pygloss/quiz/next", run: next },
    CustomRequest { method: "pygloss/quiz/resume", run: resume },
    CustomRequest { method: "pygloss/quiz/stop", run: stop },
];

/// The command that starts a quiz.
pub const START: &str = "pygloss.quiz.start";

/// The commands; each takes the parameters of its request as its one argument.
pub const COMMANDS: &[Command] = &[
    Command { name: START, run: start_command },
    Command {
        name: "pygloss.quiz.answer",
        run: |world, args, reply| answer(world, only(args), reply),
    },
    Command { name: "pygloss.quiz.hint", run: |world, args, reply| hint(world, only(args), reply) },
    Command { name: "pygloss.quiz.skip", run: |world, args, reply| skip(world, only(args), reply) },
    Command {
        name: "pygloss.quiz.next",
        run: |world, args, reply| by_prompt(world, only(args), reply, prompt::resume, next),
    },
    Command {
        name: "pygloss.quiz.resume",
        run: |world, args, reply| resume_command(world, only(args), reply),
    },
    Command {
        name: "pygloss.quiz.stop",
        run: |world, args, reply| by_prompt(world, only(args), reply, prompt::stop, stop),
    },
];

fn start(world: &mut World, params: Value, reply: Reply<Value>) {
    let Some((params, reply)) = read::<StartParams>(params, reply) else { return };
    super::start::start(world, params, Ui::Rich, send(reply));
}

fn answer(world: &mut World, params: Value, reply: Reply<Value>) {
    let Some((params, reply)) = read::<AnswerParams>(params, reply) else { return };
    let presentation = show::presentation(&params.presentation_id);
    let said = (params.confidence, params.ms);
    let response = match params.response {
        Response { keys: Some(keys), text: None } => quiz::Response::Keys(keys),
        Response { keys: None, text: Some(text) } => quiz::Response::Text(text),
        _ => {
            let message = "`response` has either `keys` or `text`";
            return reply.send(Err(Error::invalid_params(message)));
        }
    };
    let id = params.session_id.as_str();
    engine::answer(world, id, presentation, Some(response), said, send(reply));
}

fn hint(world: &mut World, params: Value, reply: Reply<Value>) {
    let Some((params, reply)) = read::<PresentationParams>(params, reply) else { return };
    let presentation = show::presentation(&params.presentation_id);
    let hint = engine::hint(world, &params.session_id, presentation);
    reply.send(hint.map(|hint| json(&hint)));
}

fn skip(world: &mut World, params: Value, reply: Reply<Value>) {
    let Some((params, reply)) = read::<SkipParams>(params, reply) else { return };
    let presentation = show::presentation(&params.presentation_id);
    let id = params.session_id.as_str();
    if params.give_up {
        engine::answer(world, id, presentation, None, (None, None), send(reply));
    } else {
        engine::skip(world, id, presentation, send(reply));
    }
}

fn next(world: &mut World, params: Value, reply: Reply<Value>) {
    let Some((params, reply)) = read::<SessionParams>(params, reply) else { return };
    engine::next(world, params.session_id.as_deref(), send(reply));
}

fn resume(world: &mut World, params: Value, reply: Reply<Value>) {
    let Some((params, reply)) = read::<SessionParams>(params, reply) else { return };
    pause::resume(world, params.session_id.as_deref(), Ui::Rich, send(reply));
}

fn stop(world: &mut World, params: Value, reply: Reply<Value>) {
    let Some((params, reply)) = read::<SessionParams>(params, reply) else { return };
    engine::stop(world, params.session_id.as_deref(), send(reply));
}

fn start_command(world: &mut World, arguments: Vec<Value>, reply: Reply<Value>) {
    let Some((params, reply)) = read::<StartParams>(only(arguments), reply) else { return };
    if draws(world, params.ui) {
        super::start::start(world, params, Ui::Rich, send(reply));
    } else if let Some(reply) = prompts(world, reply) {
        // The answer must not wait for the reader: some editors block until it is there.
        reply.send(Ok(Value::Null));
        prompt::start(world, params);
    }
}

fn resume_command(world: &mut World, params: Value, reply: Reply<Value>) {
    let runs = world.quiz.active.is_some();
    if if runs { !prompt::runs(world) } else { draws(world, None) } {
        resume(world, params, reply);
    } else if let Some(reply) = prompts(world, reply) {
        reply.send(Ok(Value::Null));
        prompt::resume(world);
    }
}

/// Whether the client draws a session itself that is asked for by a command, for this `ui`.
fn draws(world: &World, ui: Option<Ui>) -> bool {
    let wanted = ui.or(match world.user.quiz_ui {
        QuizUi::Rich => Some(Ui::Rich),
        QuizUi::Prompt | QuizUi::Worksheet => Some(Ui::Prompt),
        QuizUi::Auto => None,
    });
    wanted.map_or(world.client.rich_quiz, |ui| ui == Ui::Rich)
}

/// The reply, if the client can show questions by prompts; else that it cannot is said.
fn prompts(world: &World, reply: Reply<Value>) -> Option<Reply<Value>> {
    if world.client.prompts {
        return Some(reply);
    }
    let message = "this client can neither draw a quiz nor show a question";
    reply.send(Err(failed("noPrompts", message)));
    None
}

/// Does for a session that runs by prompts what `run` does for one that the client draws.
fn by_prompt(
    world: &mut World,
    params: Value,
    reply: Reply<Value>,
    prompt: fn(&mut World),
    run: fn(&mut World, Value, Reply<Value>),
) {
    if prompt::runs(world) {
        reply.send(Ok(Value::Null));
        prompt(world);
    } else {
        run(world, params, reply);
    }
}

/// The one argument of a command.
pub(crate) fn only(arguments: Vec<Value>) -> Value {
    arguments.into_iter().next().unwrap_or_default()
}

/// The parameters, for which null is as good as an empty object; wrong ones are answered.
pub(crate) fn read<T: DeserializeOwned>(
    params: Value,
    reply: Reply<Value>,
) -> Option<(T, Reply<Value>)> {
    let params = if params.is_null() { Value::Object(Map::new()) } else { params };
    match serde_json::from_value(params) {
        Ok(params) => Some((params, reply)),
        Err(wrong) => {
            reply.send(Err(Error::invalid_params(wrong.to_string())));
            None
        }
    }
}

/// Answers with what comes out.
fn send<T: Serialize + 'static>(reply: Reply<Value>) -> Then<T> {
    Box::new(|_, result| reply.send(result.map(|result| json(&result))))
}

fn json<T: Serialize>(result: &T) -> Value {
    serde_json::to_value(result).unwrap_or_default()
}
