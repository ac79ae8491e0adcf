//! Errors of the quiz, as `editors/PROTOCOL.md` lists them.

use std::borrow::Cow;

use pygloss_core::quiz::Refusal;
use serde_json::json;
use tower_lsp::jsonrpc::{Error, ErrorCode};

/// LSP's `RequestFailed`.
const REQUEST_FAILED: ErrorCode = ErrorCode::ServerError(-32803);

/// A request that was right but cannot be done now, for `reason`.
pub fn failed(reason: &'static str, message: &'static str) -> Error {
    Error {
        code: REQUEST_FAILED,
        message: Cow::Borrowed(message),
        data: Some(json!({ "reason": reason })),
    }
}

/// There is no session, or another one.
pub fn no_session() -> Error {
    failed("noSession", "there is no such quiz session, or it is over")
}

/// The session's refusal as an error.
pub fn error(refusal: Refusal) -> Error {
    match refusal {
        Refusal::Over => no_session(),
        Refusal::Stale => failed("stale", "this question is no longer open"),
        Refusal::AlreadyAnswered => failed("alreadyAnswered", "the question was answered already"),
        Refusal::NotAnswered => failed("notAnswered", "a question is open"),
        Refusal::NoHint => failed("noHint", "there are no more hints"),
        Refusal::NoSuchOption => Error::invalid_params("the question has no such option"),
        Refusal::NoAnswer => Error::invalid_params("the response has not the question's shape"),
        Refusal::NotCompared => {
            failed("notCompared", "an answer in free words is judged after it was compared")
        }
        Refusal::NotPython => failed("notPython", "with that in the blank it is not Python"),
        Refusal::Unforeseen => failed(
            "unforeseen",
            "that is none of the answers known here, so it is not judged: write it another way, or \
             give up to see them",
        ),
        Refusal::Changed => Error {
            code: ErrorCode::ContentModified,
            message: Cow::Borrowed("the code that the question is about changed"),
            data: None,
        },
    }
}
