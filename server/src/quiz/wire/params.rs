//! What comes in: the parameters of the requests. Unknown fields are ignored.

use serde::Deserialize;
use tower_lsp::lsp_types::{Position, TextDocumentIdentifier};

use super::{Confidence, Mode, Ui};

/// Parameters of `pygloss/quiz/start`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct StartParams {
    /// What to ask about.
    pub mode: Mode,
    /// Ids `pack/concept`, or just `concept`; all topics when empty.
    pub topics: Vec<String>,
    /// The file that questions about the reader's code are made from.
    pub text_document: Option<TextDocumentIdentifier>,
    /// The cursor, for [`Mode::Cursor`].
    pub position: Option<Position>,
    /// Most questions, 1 to 50; 5 when absent.
    pub limit: Option<u32>,
    /// Who draws; the best that the client can when absent.
    pub ui: Option<Ui>,
}

/// Parameters of `resume`, `next` and `stop`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SessionParams {
    /// The session; the newest one when absent.
    pub session_id: Option<String>,
}

/// Parameters of `answer`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AnswerParams {
    /// The session.
    pub session_id: String,
    /// The question as it was shown.
    pub presentation_id: String,
    /// What the reader chose or typed.
    pub response: Response,
    /// How sure the reader was.
    #[serde(default)]
    pub confidence: Option<Confidence>,
    /// Time from the question on the screen to the answer, in milliseconds.
    #[serde(default)]
    pub ms: Option<u64>,
}

/// What the reader chose, typed or thinks: one of the three.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Response {
    /// Keys of options, each once: as many as the shape of the question wants.
    pub keys: Option<Vec<String>>,
    /// What belongs in the blank, where the shape is `text`.
    pub text: Option<String>,
    /// What the reader thinks of the words that were compared, where the shape is `words`.
    pub judgement: Option<Judgement>,
}

/// What the reader thinks of an answer in free words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Judgement {
    /// It was not known.
    Again,
    /// It was known with effort, or in part.
    Hard,
    /// It was known.
    Good,
}

/// Parameters of `compare`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CompareParams {
    /// The session.
    pub session_id: String,
    /// The question as it was shown.
    pub presentation_id: String,
    /// The reader's words.
    pub text: String,
}

/// Parameters of `hint`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PresentationParams {
    /// The session.
    pub session_id: String,
    /// The question as it was shown.
    pub presentation_id: String,
}

/// Parameters of `skip`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SkipParams {
    /// The session.
    pub session_id: String,
    /// The question as it was shown.
    pub presentation_id: String,
    /// The reader does not know and wants to see the answer; counts as a lapse.
    #[serde(default)]
    pub give_up: bool,
}
