//! The quiz as custom requests and as commands.

use pygloss_core::quiz;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use tower_lsp::jsonrpc::Error;

use super::engine::{self, Then};
use super::refusal::failed;
use super::wire::{
    AnswerParams, CompareParams, Judgement, Mode, PresentationParams, Response, SessionParams,
    SkipParams, StartParams, Ui,
};
use super::{pause, prompt, recall, show, words, worksheet};
use crate::handlers::commands::{Command, CustomRequest};
use crate::owner::Reply;
use crate::settings::QuizUi;
use crate::world::World;

/// The requests.
pub const REQUESTS: &[CustomRequest] = &[
    CustomRequest { method: "pygloss/quiz/start", run: start },
    CustomRequest { method: "pygloss/quiz/answer", run: answer },
    CustomRequest { method: "pygloss/quiz/compare", run: compare },
    CustomRequest { method: "pygloss/quiz/hint", run: hint },
    CustomRequest { method: "pygloss/quiz/skip", run: skip },
    CustomRequest { method: "pygloss/quiz/next", run: next },
    CustomRequest { method: "pygloss/quiz/resume", run: resume },
    CustomRequest { method: "pygloss/quiz/stop", run: stop },
    CustomRequest { method: "pygloss/quiz/undo", run: undo },
    CustomRequest { method: "pygloss/status", run: status },
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
    Command {
        name: "pygloss.quiz.compare",
        run: |world, args, reply| compare(world, only(args), reply),
    },
    Command { name: "pygloss.quiz.hint", run: |world, args, reply| hint(world, only(args), reply) },
    Command { name: "pygloss.quiz.skip", run: |world, args, reply| skip(world, only(args), reply) },
    Command {
        name: "pygloss.quiz.next",
        run: |world, args, reply| {
            let go_on = [prompt::resume, |world: &mut World| worksheet::resume(world, None)];
            by_server(world, only(args), reply, go_on, next);
        },
    },
    Command {
        name: "pygloss.quiz.resume",
        run: |world, args, reply| resume_command(world, only(args), reply),
    },
    Command {
        name: "pygloss.quiz.stop",
        run: |world, args, reply| {
            by_server(world, only(args), reply, [prompt::stop, worksheet::stop], stop);
        },
    },
    Command {
        name: "pygloss.quiz.undo",
        run: |world, _, reply| super::undo::command(world, send(reply)),
    },
];

fn start(world: &mut World, params: Value, reply: Reply<Value>) {
    let Some((params, reply)) = read::<StartParams>(params, reply) else { return };
    if params.mode == Mode::Interview {
        return worksheet::interview(world, params, reply);
    }
    super::start::start(world, params, Ui::Rich, send(reply));
}

fn answer(world: &mut World, params: Value, reply: Reply<Value>) {
    let Some((params, reply)) = read::<AnswerParams>(params, reply) else { return };
    let presentation = show::presentation(&params.presentation_id);
    let said = (params.confidence, params.ms);
    let response = match params.response {
        Response { keys: Some(keys), text: None, judgement: None } => quiz::Response::Keys(keys),
        Response { keys: None, text: Some(text), judgement: None } => quiz::Response::Text(text),
        Response { keys: None, text: None, judgement: Some(how) } => {
            quiz::Response::Recalled(match how {
                Judgement::Again => quiz::Recalled::Again,
                Judgement::Hard => quiz::Recalled::Hard,
                Judgement::Good => quiz::Recalled::Good,
            })
        }
        _ => {
            let message = "`response` has either `keys`, `text` or `judgement`";
            return reply.send(Err(Error::invalid_params(message)));
        }
    };
    let id = params.session_id.as_str();
    engine::answer(world, id, presentation, Some(response), said, send(reply));
}

fn compare(world: &mut World, params: Value, reply: Reply<Value>) {
    let Some((params, reply)) = read::<CompareParams>(params, reply) else { return };
    let presentation = show::presentation(&params.presentation_id);
    let compared = recall::compare(world, &params.session_id, presentation, &params.text);
    reply.send(compared.map(|compared| json(&recall::on_wire(&compared, &params.text))));
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

fn undo(world: &mut World, _: Value, reply: Reply<Value>) {
    super::undo::undo(world, send(reply));
}

fn status(world: &mut World, _: Value, reply: Reply<Value>) {
    super::status(world, send(reply));
}

fn start_command(world: &mut World, arguments: Vec<Value>, reply: Reply<Value>) {
    let Some((params, reply)) = read::<StartParams>(only(arguments), reply) else { return };
    if params.mode == Mode::Interview {
        return worksheet::interview(world, params, reply);
    }
    let ui = drawn_by(world, params.ui);
    if ui == Ui::Rich {
        super::start::start(world, params, Ui::Rich, send(reply));
    } else if later(world, ui, reply).is_some() {
        match ui {
            Ui::Prompt => prompt::start(world, params),
            _ => worksheet::start(world, params),
        }
    }
}

fn resume_command(world: &mut World, params: Value, reply: Reply<Value>) {
    let running = world.quiz.active.as_ref().map(|active| active.ui);
    let ui = running.unwrap_or_else(|| drawn_by(world, None));
    if ui == Ui::Rich {
        resume(world, params, reply);
    } else if later(world, ui, reply).is_some() {
        match ui {
            Ui::Prompt => prompt::resume(world),
            _ => worksheet::resume(world, None),
        }
    }
}

/// Who draws a session that is asked for by a command, for this `ui`.
fn drawn_by(world: &World, ui: Option<Ui>) -> Ui {
    let wanted = ui.or(match world.user.quiz_ui {
        QuizUi::Rich => Some(Ui::Rich),
        QuizUi::Prompt => Some(Ui::Prompt),
        QuizUi::Worksheet => Some(Ui::Worksheet),
        QuizUi::Auto => None,
    });
    match wanted {
        None if world.client.rich_quiz => Ui::Rich,
        None | Some(Ui::Prompt) if world.client.prompts => Ui::Prompt,
        None | Some(Ui::Prompt) => Ui::Worksheet,
        Some(ui) => ui,
    }
}

/// Answers a command whose questions come later, by themselves: the answer must not wait for the
/// reader, as some editors block until it is there. Nothing when there is no place for worksheets,
/// which is said.
fn later(world: &World, ui: Ui, reply: Reply<Value>) -> Option<()> {
    if ui == Ui::Worksheet && !worksheet::is_possible(world) {
        reply.send(Err(failed("noFolder", words::NO_FOLDER)));
        return None;
    }
    reply.send(Ok(Value::Null));
    Some(())
}

/// Does for a session that runs by prompts or in a worksheet what `run` does for one that the client
/// draws.
fn by_server(
    world: &mut World,
    params: Value,
    reply: Reply<Value>,
    [prompt, worksheet]: [fn(&mut World); 2],
    run: fn(&mut World, Value, Reply<Value>),
) {
    match world.quiz.active.as_ref().map(|active| active.ui) {
        Some(Ui::Prompt) => {
            reply.send(Ok(Value::Null));
            prompt(world);
        }
        Some(Ui::Worksheet) => {
            reply.send(Ok(Value::Null));
            worksheet(world);
        }
        Some(Ui::Rich) | None => run(world, params, reply),
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
