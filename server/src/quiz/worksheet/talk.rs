//! The course of a mock interview in a worksheet.
//!
//! Where it stands can be read from the worksheet: a block names the interview, the question and the
//! point, and a line the code that it is about, so that another server can go on with it.

use pygloss_core::content::Interview;
use pygloss_core::markdown::plain_text;
use pygloss_core::quiz::interview::{Comparison, Conversation, Judgement, Refusal, Stage, talk_at};
use pygloss_core::quiz::worksheet::{Block, blocks, comment, free_text, spoken, told};
use pygloss_core::{Document, Library, Settings};
use serde_json::Value;
use tower_lsp::lsp_types::{MessageType, Url};

use super::course::say;
use super::file::{Added, add, header, is_possible};
use super::script::{self, Script};
use super::{Action, changed};
use crate::handlers::inlay;
use crate::owner::Reply;
use crate::quiz::wire::StartParams;
use crate::quiz::{engine, failed, only, read, show, words};
use crate::world::World;

/// What the id of a block names.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The interview.
    pub talk: &'a str,
    /// Id of the question.
    pub question: &'a str,
    /// Id of the point that is asked about once more.
    pub point: Option<&'a str>,
}

impl<'a> Place<'a> {
    /// Nothing for an id that names no question of an interview.
    pub fn read(id: &'a str) -> Option<Self> {
        let mut parts = id.splitn(3, '/');
        Some(Self { talk: parts.next()?, question: parts.next()?, point: parts.next() })
    }
}

/// Starts an interview in a new worksheet: about the code at a place if one is given.
pub fn start(world: &mut World, params: StartParams, reply: Reply<Value>) {
    if !is_possible(world) {
        return reply.send(Err(failed("noFolder", words::NO_FOLDER)));
    }
    let name = engine::session_name();
    let talk = name.get(..8).unwrap_or(&name);
    let place = params.text_document.zip(params.position);
    if let Some((document, position)) = place
        && script::begin(world, talk, document.uri, position).is_none()
    {
        return reply.send(Err(failed("nothingHere", words::NOTHING_HERE)));
    }
    let script = script::of(world, "", talk).ok();
    let Some(interview) = script.as_ref().and_then(Script::interview) else {
        return reply.send(Err(failed("noInterview", "no pack has an interview")));
    };
    reply.send(Ok(Value::Null));
    let conversation = Conversation::new();
    let end = asked(interview, &conversation, talk);
    let about = format!("{}\n{}", plain(&interview.scenario), plain(&interview.notice));
    let how = format!("{about}\n\n{}", words::interview(world.client.apply_edit));
    let before = header(&plain(&interview.title), &how, &script::mark(world, talk));
    world.quiz.sheets.talks.insert(talk.to_owned(), conversation);
    let name = script::file_name(talk);
    add(world, Added { end, before, name, is_new: true, ..Added::default() });
}

/// [`start`] as a command, whose argument may be missing.
pub fn start_command(world: &mut World, arguments: Vec<Value>, reply: Reply<Value>) {
    if let Some((params, reply)) = read::<StartParams>(only(arguments), reply) {
        start(world, params, reply);
    }
}

/// Whether there is an interview about the code at `offset` (bytes) of a document.
pub fn offered(library: &Library, document: &Document, settings: &Settings, offset: usize) -> bool {
    talk_at(library, document, settings, offset).is_some()
}

/// Does what was chosen for a question of an interview.
pub fn run(world: &mut World, uri: &Url, text: &str, block: &Block, action: Action) {
    let Some(place) = Place::read(&block.id) else { return say(world, words::BEHIND) };
    let script = match script::of(world, text, place.talk) {
        Ok(script) => script,
        Err(why) => {
            say(world, why);
            return changed(world, uri);
        }
    };
    let Some(interview) = script.interview() else { return say(world, words::UNKNOWN_BLOCK) };
    if interview.questions.iter().all(|question| question.id != place.question) {
        return say(world, words::UNKNOWN_TALK);
    }
    let talk = place.talk.to_owned();
    let Some(mut conversation) = current(world, interview, text, block) else {
        return say(world, words::BEHIND);
    };
    let number = conversation.asked(interview).map_or(0, |asked| asked.number);
    let judgement = match action {
        Action::Compare => {
            let span = free_text(text, block);
            match conversation.compare(interview, &text[span.start..span.end]) {
                Ok(found) => compared(world, uri, block, &conversation, &found, interview),
                Err(Refusal::Nothing) => say(world, words::NO_WORDS),
                Err(Refusal::Over | Refusal::NotCompared) => say(world, words::BEHIND),
            }
            return go_on(world, talk, conversation);
        }
        Action::Good => Some(Judgement::Good),
        Action::InPart => Some(Judgement::InPart),
        Action::NotYet => Some(Judgement::NotYet),
        Action::Next => None,
        _ => return say(world, words::NOT_HERE),
    };
    let mut text = String::new();
    if let Some(how) = judgement {
        let Ok(judged) = conversation.judge(interview, how) else {
            return say(world, words::NOT_COMPARED);
        };
        text = comment(words::judged(how));
        let judgement = show::judgement(&judged, &talk, engine::now());
        engine::with_store(
            world,
            move |store| store.judge(&judgement),
            |world, kept| {
                if let Some(Err(error)) = kept {
                    engine::warn(world, format!("Your judgement could not be kept: {error}."));
                }
            },
        );
    } else if conversation.next(interview).is_err() {
        return say(world, words::BEHIND);
    }
    if !matches!(conversation.stage(), Stage::FollowUp(_)) {
        let model = number.checked_sub(1).and_then(|at| interview.questions.get(at));
        let model = model.map(|question| plain(&question.model)).unwrap_or_default();
        text += &comment(&format!("{}\n{model}", words::MODEL));
    }
    let end = asked(interview, &conversation, &talk);
    let name = script::file_name(&talk);
    let how = words::interview(world.client.apply_edit);
    let mark = script::mark(world, &talk);
    let before = format!("{}{text}\n", header(&plain(&interview.title), how, &mark));
    go_on(world, talk, conversation);
    let (uri_of, told) = (Some(uri.clone()), Some((block.id.clone(), text)));
    let is_next = true;
    add(world, Added { uri: uri_of, told, end, before, name, is_next, ..Added::default() });
    changed(world, uri);
}

/// The interview is where it is now. What was hidden in the code that it is about may be shown again.
fn go_on(world: &mut World, talk: String, conversation: Conversation) {
    if world.quiz.sheets.about.contains_key(&talk) {
        inlay::refresh_hints(world);
    }
    world.quiz.sheets.talks.insert(talk, conversation);
}

/// The interview that `block` is the open question of; nothing when it has gone on.
pub fn current(
    world: &World,
    interview: &Interview,
    text: &str,
    block: &Block,
) -> Option<Conversation> {
    let place = Place::read(&block.id)?;
    if let Some(known) = world.quiz.sheets.talks.get(place.talk) {
        let asked = known.asked(interview)?;
        let point = asked.point.map(|point| point.id.as_str());
        let is_it = asked.question.id == place.question && point == place.point;
        return is_it.then(|| known.clone());
    }
    // After a restart the worksheet alone tells: its last question is the open one.
    let all = blocks(text);
    let of_it = |it: &&Block| Place::read(&it.id).is_some_and(|it| it.talk == place.talk);
    let last = all.iter().rfind(of_it)?;
    if last.id == block.id { at(interview, text, block) } else { None }
}

/// An interview that has come to `block`, by the text alone.
pub fn at(interview: &Interview, text: &str, block: &Block) -> Option<Conversation> {
    let place = Place::read(&block.id)?;
    let first = format!("{}/{}", place.talk, place.question);
    let first = blocks(text).into_iter().find(|block| block.id == first);
    let said = first.map(|first| free_text(text, &first));
    let said = said.map(|span| &text[span.start..span.end]).unwrap_or_default();
    Conversation::at(interview, place.question, place.point, said)
}

fn compared(
    world: &mut World,
    uri: &Url,
    block: &Block,
    conversation: &Conversation,
    found: &Comparison<'_>,
    interview: &Interview,
) {
    world.quiz.sheets.compared.insert(block.id.clone());
    let is_first = conversation.stage() == Stage::Judgement;
    let mut text = comparison(found, interview);
    text.push_str(if is_first { words::JUDGE } else { words::GO_ON });
    let told = Some((block.id.clone(), told(&text)));
    add(world, Added { uri: Some(uri.clone()), told, anew: true, ..Added::default() });
    changed(world, uri);
    if !world.client.apply_edit {
        world.asks.show(MessageType::INFO, format!("pygloss: {text}"));
    }
}

/// What was found, what not, what is denied, and the flags, a line each.
fn comparison(told: &Comparison<'_>, interview: &Interview) -> String {
    let Some(question) = interview.questions.iter().find(|it| it.id == told.question) else {
        return String::new();
    };
    let mut found = Vec::new();
    let mut rest = String::new();
    for (point, seen) in question.points.iter().zip(&told.found.points) {
        let (title, why) = (plain(&point.title), plain(&point.why));
        match (seen.place, seen.negated) {
            (Some(_), _) => found.push(title),
            (None, Some(_)) => rest += &format!("{} {title}. {why}\n", words::DENIED),
            (None, None) => rest += &format!("{} {title}. {why}\n", words::MISSED),
        }
    }
    for seen in &told.found.flags {
        if let Some(flag) = question.flags.iter().find(|flag| flag.id == seen.id) {
            let (title, why) = (plain(&flag.title), plain(&flag.why));
            rest += &format!("{} {title}. {why}\n", words::FLAG);
        }
    }
    let found = if found.is_empty() { words::NONE.to_owned() } else { found.join("; ") };
    format!("{} {found}.\n{rest}", words::FOUND)
}

/// What is asked now as a block, or the interviewer's last words.
fn asked(interview: &Interview, conversation: &Conversation, talk: &str) -> String {
    let Some(asked) = conversation.asked(interview) else {
        return told(&plain(&interview.closing));
    };
    let place = format!("{}/{}", asked.number, interview.questions.len());
    let id = match asked.point {
        Some(point) => format!("{talk}/{}/{}", asked.question.id, point.id),
        None => format!("{talk}/{}", asked.question.id),
    };
    spoken(&id, &place, &asked.question.title, asked.words())
}

/// Markdown without its marks.
pub fn plain(markdown: &str) -> String {
    plain_text(markdown).trim().to_owned()
}
