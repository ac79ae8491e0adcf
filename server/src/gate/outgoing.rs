//! Answers on their way out.
//!
//! tower-lsp makes a tree of JSON values of each result, and bytes of that. For the diagnostics of a
//! long file that is most of the work of a keystroke, so these are written once, by their handler.

use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Id, Response};

use super::Writer;

/// The annotation of an edit whose text is a snippet. LSP 3.18 has snippets in edits, lsp-types has not:
/// behind the gate they are edits with this annotation.
pub const SNIPPET: &str = "pygloss/snippet";

/// What `textDocument/diagnostic` is called behind the gate. Its result is a string: the JSON of the
/// result that the client gets.
pub const DIAGNOSTIC: &str = "pygloss/textDocument/diagnostic";

/// The answer to a request.
#[derive(Debug)]
pub enum Outgoing {
    /// As tower-lsp made it.
    Response(Response),
    /// A result that is JSON already.
    Written(Id, String),
}

impl Outgoing {
    /// The answer to a request of `method`.
    pub fn new(method: &str, response: Response) -> Self {
        if matches!(method, "textDocument/codeAction" | "codeAction/resolve") {
            let (id, mut result) = response.into_parts();
            result.iter_mut().for_each(write_snippets);
            return Self::Response(Response::from_parts(id, result));
        }
        if method != DIAGNOSTIC {
            return Self::Response(response);
        }
        match response.into_parts() {
            (id, Ok(Value::String(json))) => Self::Written(id, json),
            (id, result) => Self::Response(Response::from_parts(id, result)),
        }
    }

    /// False for an error.
    pub fn is_ok(&self) -> bool {
        match self {
            Self::Response(response) => response.is_ok(),
            Self::Written(..) => true,
        }
    }

    /// Queues the answer.
    pub fn send(self, writer: &Writer) {
        match self {
            Self::Response(response) => writer.send(&response),
            Self::Written(id, json) => writer.send_body(body(&id, &json)),
        }
    }
}

/// Makes snippets of the edits that are [annotated](SNIPPET) so, in an action or a list of them.
fn write_snippets(result: &mut Value) {
    if let Value::Array(actions) = result {
        return actions.iter_mut().for_each(write_snippets);
    }
    let Some(Value::Array(changes)) = result.pointer_mut("/edit/documentChanges") else { return };
    let edits = changes.iter_mut().filter_map(|change| change.get_mut("edits")?.as_array_mut());
    for edit in edits.flatten() {
        if edit["annotationId"] == SNIPPET {
            let snippet = json!({ "kind": "snippet", "value": edit["newText"].take() });
            *edit = json!({ "range": edit["range"].take(), "snippet": snippet });
        }
    }
}

/// The answer to the request `id` with this result.
fn body(id: &Id, result: &str) -> Vec<u8> {
    let id = match id {
        Id::Number(number) => number.to_string(),
        Id::String(text) => Value::from(text.as_str()).to_string(),
        Id::Null => "null".to_owned(),
    };
    [r#"{"jsonrpc":"2.0","result":"#, result, r#","id":"#, &id, "}"].concat().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tower_lsp::jsonrpc::Error;

    #[test]
    fn a_written_result_arrives_as_any_other() {
        let result = json!({"kind": "full", "items": [{"message": "\"é\"\n"}]});
        for id in [Id::Number(-7), Id::String("a\"b".into()), Id::Null] {
            let answer: Value = serde_json::from_slice(&body(&id, &result.to_string())).unwrap();
            let as_ever = serde_json::to_value(Response::from_ok(id, result.clone())).unwrap();
            assert_eq!(answer, as_ever);
        }
    }

    #[test]
    fn snippets_are_written_as_the_protocol_has_them() {
        let edit =
            |annotation: &str| json!({"range": 1, "newText": "$0", "annotationId": annotation});
        let action = json!({"edit": {"documentChanges": [{"edits": [edit(SNIPPET), edit("x")]}]}});
        let snippet = json!({"range": 1, "snippet": {"kind": "snippet", "value": "$0"}});
        let expected = json!({"edit": {"documentChanges": [{"edits": [snippet, edit("x")]}]}});
        let sent = |method, result: Value| match Outgoing::new(
            method,
            Response::from_ok(Id::Number(1), result),
        ) {
            Outgoing::Response(response) => response.into_parts().1.unwrap(),
            Outgoing::Written(..) => unreachable!(),
        };
        assert_eq!(sent("codeAction/resolve", action.clone()), expected);
        assert_eq!(sent("textDocument/codeAction", json!([action])), json!([expected]));
        assert_eq!(sent("textDocument/codeAction", Value::Null), Value::Null);
    }

    #[test]
    fn only_diagnostics_are_written_by_their_handler() {
        let answer = |method| {
            let response = Response::from_ok(Id::Number(1), json!("[]"));
            matches!(Outgoing::new(method, response), Outgoing::Written(_, json) if json == "[]")
        };
        assert!(answer(DIAGNOSTIC));
        assert!(!answer("textDocument/hover"));
        let error = Response::from_error(Id::Number(1), Error::internal_error());
        assert!(!Outgoing::new(DIAGNOSTIC, error).is_ok());
    }
}
