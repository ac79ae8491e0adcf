//! Answers on their way out.
//!
//! tower-lsp makes a tree of JSON values of each result, and bytes of that. For the diagnostics of a
//! long file that is most of the work of a keystroke, so these are written once, by their handler.

use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Id, Response, Result};
use tower_lsp::lsp_types::CodeActionResponse;

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
        if method == "codeAction/resolve" {
            return Self::with_snippets(response);
        }
        if method != DIAGNOSTIC {
            return Self::Response(response);
        }
        match response.into_parts() {
            (id, Ok(Value::String(json))) => Self::Written(id, json),
            (id, result) => Self::Response(Response::from_parts(id, result)),
        }
    }

    /// The answer to a request of `textDocument/codeAction`.
    pub fn listed(id: Id, actions: Result<Option<CodeActionResponse>>) -> Self {
        let odd = |_: serde_json::Error| Error::internal_error();
        let written = actions.and_then(|actions| serde_json::to_string(&actions).map_err(odd));
        match written {
            Ok(json) if !json.contains(SNIPPET) => Self::Written(id, json),
            written => {
                let result = written.and_then(|json| serde_json::from_str(&json).map_err(odd));
                Self::with_snippets(Response::from_parts(id, result))
            }
        }
    }

    /// An action or a list of them.
    fn with_snippets(response: Response) -> Self {
        let (id, mut result) = response.into_parts();
        result.iter_mut().for_each(write_snippets);
        Self::Response(Response::from_parts(id, result))
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
    use tower_lsp::lsp_types::{
        AnnotatedTextEdit, CodeAction, CodeActionOrCommand, DocumentChanges, OneOf,
        OptionalVersionedTextDocumentIdentifier, Range, TextDocumentEdit, TextEdit, WorkspaceEdit,
    };

    use super::*;

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
        let sent = |result: Value| {
            let response = Response::from_ok(Id::Number(1), result);
            match Outgoing::new("codeAction/resolve", response) {
                Outgoing::Response(response) => response.into_parts().1.unwrap(),
                Outgoing::Written(..) => unreachable!(),
            }
        };
        assert_eq!(sent(action.clone()), expected);
        assert_eq!(sent(json!([action])), json!([expected]));
    }

    #[test]
    fn a_list_of_actions_arrives_as_any_other_result() {
        let range = Range::default();
        let edit = |annotation: Option<&str>| {
            let edit = TextEdit { range, new_text: "$0".into() };
            match annotation {
                Some(id) => {
                    OneOf::Right(AnnotatedTextEdit { text_edit: edit, annotation_id: id.into() })
                }
                None => OneOf::Left(edit),
            }
        };
        let action = |annotation| {
            let text_document = OptionalVersionedTextDocumentIdentifier {
                uri: "a:b".parse().unwrap(),
                version: None,
            };
            let change = TextDocumentEdit { text_document, edits: vec![edit(annotation)] };
            let edit = WorkspaceEdit {
                document_changes: Some(DocumentChanges::Edits(vec![change])),
                ..WorkspaceEdit::default()
            };
            CodeAction { title: "a".into(), edit: Some(edit), ..CodeAction::default() }
        };
        let sent = |listed| match Outgoing::listed(Id::Number(1), listed) {
            Outgoing::Response(response) => serde_json::to_value(response).unwrap(),
            Outgoing::Written(id, json) => serde_json::from_slice(&body(&id, &json)).unwrap(),
        };
        for annotation in [None, Some("x"), Some(SNIPPET)] {
            let action = CodeActionOrCommand::CodeAction(action(annotation));
            let sent = sent(Ok(Some(vec![action.clone()])));
            let mut expected = json!([action]);
            write_snippets(&mut expected);
            assert_eq!(sent, json!({"jsonrpc": "2.0", "id": 1, "result": expected}));
            assert_eq!(sent.to_string().contains("snippet"), annotation == Some(SNIPPET));
        }
        assert_eq!(sent(Ok(None)), json!({"jsonrpc": "2.0", "id": 1, "result": null}));
        let refused = sent(Err(Error::internal_error()));
        assert_eq!(refused["error"]["code"], -32603);
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
