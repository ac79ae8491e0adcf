//! A question of a quiz that is answered in the reader's own words, in a worksheet.

use pygloss_core::quiz::worksheet::{Block, free_text, told};
use pygloss_core::quiz::{Recalled, Response};
use tower_lsp::lsp_types::Url;

use super::course::say;
use super::file::{Added, add};
use super::{Action, changed};
use crate::quiz::{recall, words};
use crate::world::World;

/// Tells what stands between the quotes of the block, and what does not.
pub fn compare(world: &mut World, uri: &Url, text: &str, block: &Block) {
    let Some(shown) = world.quiz.sheets.shown.get(&block.id) else { return };
    let (session, presentation) = (shown.session.clone(), shown.question.presentation);
    let span = free_text(text, block);
    if span.is_empty() {
        return say(world, words::NO_WORDS);
    }
    match recall::compare(world, &session, presentation, &text[span.start..span.end]) {
        Ok(compared) => {
            let found = format!("{}\n{}", recall::in_words(&compared), words::JUDGE);
            if let Some(shown) = world.quiz.sheets.shown.get_mut(&block.id) {
                shown.compared = Some(found.clone());
            }
            let told = Some((block.id.clone(), told(&found)));
            add(world, Added { uri: Some(uri.clone()), told, anew: true, ..Added::default() });
            changed(world, uri);
        }
        Err(error) => say(world, &error.message),
    }
}

/// What the reader thinks of it, as the interview's actions have it.
pub fn judged(action: Action) -> Option<Response> {
    let how = match action {
        Action::Good => Recalled::Good,
        Action::InPart => Recalled::Hard,
        _ => Recalled::Again,
    };
    Some(Response::Recalled(how))
}
