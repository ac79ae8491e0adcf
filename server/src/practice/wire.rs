//! The shapes of `editors/PROTOCOL.md`.

use pygloss_core::content::FoundExercise;
use pygloss_core::markdown::plain_text;
use serde::{Deserialize, Serialize};
use tower_lsp::lsp_types::{MarkupContent, TextDocumentIdentifier, Url};

use super::files::State;
use crate::store::Practised;

/// Which exercises are listed.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ListParams {
    pub topics: Vec<String>,
}

/// Which exercise: by its id, or by its file.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ExerciseParams {
    pub exercise: Option<String>,
    pub text_document: Option<TextDocumentIdentifier>,
    pub give_up: bool,
}

/// An exercise, and how far the reader is.
#[derive(Clone, Debug, Serialize)]
pub struct Exercise {
    pub id: String,
    /// Plain text.
    pub title: String,
    pub level: &'static str,
    pub topic: Topic,
    pub state: &'static str,
    pub hints: Hints,
}

#[derive(Clone, Debug, Serialize)]
pub struct Topic {
    pub id: String,
    pub name: String,
    pub title: String,
}

#[derive(Clone, Copy, Debug, Serialize)]
pub struct Hints {
    pub given: usize,
    pub of: usize,
}

#[derive(Debug, Serialize)]
pub struct Opened {
    pub exercise: Exercise,
    pub uri: Url,
    /// The file was written now.
    pub created: bool,
}

#[derive(Debug, Serialize)]
pub struct Hint {
    /// Plain text with back-ticks around code.
    pub text: String,
    pub given: usize,
    pub of: usize,
}

#[derive(Debug, Serialize)]
pub struct Solution {
    pub exercise: Exercise,
    pub content: MarkupContent,
    pub code: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reset {
    pub uri: Url,
    /// Where the old text is now, if it is not the client that put the new one into its document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept: Option<Url>,
}

impl Exercise {
    /// The exercise without what only the store and the disk know.
    pub fn new(found: &FoundExercise<'_>) -> Self {
        Self {
            id: found.id(),
            title: plain_text(&found.exercise.title),
            level: found.exercise.level.name(),
            topic: Topic {
                id: found.topic(),
                name: found.concept.id.clone(),
                title: plain_text(&found.concept.title),
            },
            state: State::New.name(),
            hints: Hints { given: 0, of: found.exercise.hints.len() },
        }
    }

    /// The same with how far the reader is.
    pub fn with(mut self, state: State, practised: Practised) -> Self {
        self.state = state.name();
        self.hints.given = practised.hints.min(self.hints.of);
        self
    }
}
