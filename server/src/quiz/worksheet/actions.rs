//! What can be done in a worksheet, as code actions.

use pygloss_core::quiz::Shape;
use pygloss_core::quiz::interview::Stage;
use pygloss_core::quiz::worksheet::{Block, BlockKind, blocks, told_at};
use serde_json::json;
use tower_lsp::lsp_types::{CodeAction, CodeActionKind, CodeActionParams, Command};

use super::script::{self, Script};
use super::talk::{Place, current};
use super::{ACT, Action, State};
use crate::gate::uri::spelling;
use crate::world::World;

/// The actions for the block at the start of the range, or for the last block where there is none.
pub fn list(world: &mut World, params: &CodeActionParams) -> Vec<CodeAction> {
    let uri = &params.text_document.uri;
    let Some(open) = world.documents.get(uri) else { return Vec::new() };
    let offset = world.client.encoding.offset(open.text(), params.range.start);
    let text = open.text().to_string();
    let blocks = blocks(&text);
    let here = blocks.iter().find(|block| block.span.touches(offset));
    let Some(block) = here.or(blocks.last()) else { return Vec::new() };
    let actions = match block.kind {
        BlockKind::Question => of_question(world, &text, block),
        BlockKind::Interview => of_interview(world, &text, block),
    };
    let action = |action: Action| {
        let (title, name) = action.title_and_name();
        let what = json!({
            "textDocument": { "uri": spelling(uri) },
            "block": block.id,
            "action": name,
        });
        CodeAction {
            title: title.to_owned(),
            // Clients show this kind everywhere.
            kind: Some(CodeActionKind::QUICKFIX),
            command: Some(Command::new(title.to_owned(), ACT.to_owned(), Some(vec![what]))),
            ..CodeAction::default()
        }
    };
    actions.into_iter().map(action).collect()
}

fn of_question(world: &World, text: &str, block: &Block) -> Vec<Action> {
    let active = world.quiz.active.as_ref();
    let session = active.map(|active| &active.session).filter(|session| !session.is_over());
    let Some(shown) = world.quiz.sheets.shown.get(&block.id) else {
        // It is from another time; only what was not answered invites to go on.
        return match told_at(text, block) {
            None => vec![Action::Resume],
            Some(_) => Vec::new(),
        };
    };
    let is_asked = session.is_some_and(|session| session.open().is_some());
    match shown.state {
        State::Open => {
            if shown.compared.is_some() {
                return vec![
                    Action::Good,
                    Action::InPart,
                    Action::NotYet,
                    Action::Compare,
                    Action::Stop,
                ];
            }
            let is_written = shown.question.kind.shape() == Shape::Words;
            let mut actions = vec![if is_written { Action::Compare } else { Action::Check }];
            if shown.hints.len() < shown.question.hints {
                actions.push(Action::Hint);
            }
            actions.extend([Action::ShowAnswer, Action::Skip, Action::Stop]);
            actions
        }
        State::Checking => Vec::new(),
        State::Told(_) | State::Over | State::Withdrawn if session.is_none() => Vec::new(),
        State::Told(_) | State::Over | State::Withdrawn if is_asked => vec![Action::Stop],
        State::Told(_) | State::Over | State::Withdrawn => vec![Action::Next, Action::Stop],
    }
}

fn of_interview(world: &mut World, text: &str, block: &Block) -> Vec<Action> {
    let place = Place::read(&block.id);
    let script = place.and_then(|place| script::of(world, text, place.talk).ok());
    let Some(interview) = script.as_ref().and_then(Script::interview) else { return Vec::new() };
    let Some(talk) = current(world, interview, text, block) else { return Vec::new() };
    match talk.stage() {
        Stage::Question | Stage::FollowUp(_) => vec![Action::Compare, Action::Next],
        Stage::Judgement => {
            vec![Action::Good, Action::InPart, Action::NotYet, Action::Compare, Action::Next]
        }
        Stage::Over => Vec::new(),
    }
}
