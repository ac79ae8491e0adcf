//! What tests do with documents, in the words of an editor.

use serde_json::{Value, json};

use crate::client::Client;

/// The document that most tests are about.
pub const URI: &str = "file:///workspace/example.py";

/// A decorator whose wrapper keeps neither name nor docstring, and a function under it.
pub const DECORATED: &str = "\
def log(func):
    def wrapper(*args, **kwargs):
        return func(*args, **kwargs)

    return wrapper


@log
def api_call():
    \"\"\"Calls the service.\"\"\"
";

/// The place of `api_call` in [`DECORATED`]: line and character.
pub const API_CALL: (u32, u32) = (8, 4);

/// The place of `wrapper` in [`DECORATED`], where the finding stands.
pub const WRAPPER: (u32, u32) = (1, 8);

/// The rule that is broken in [`DECORATED`].
pub const MISSING_WRAPS: &str = "decorator-missing-wraps";

/// `{"line": …, "character": …}`.
pub fn position((line, character): (u32, u32)) -> Value {
    json!({ "line": line, "character": character })
}

/// A range from `start` to `end`.
pub fn range(start: (u32, u32), end: (u32, u32)) -> Value {
    json!({ "start": position(start), "end": position(end) })
}

/// A change that puts `text` in place of the range.
pub fn replace(start: (u32, u32), end: (u32, u32), text: &str) -> Value {
    json!({ "range": range(start, end), "text": text })
}

impl Client {
    /// Opens `text` as version 1 of the Python document `uri`.
    pub fn open(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "python", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Sends content changes that lead to `version`.
    pub fn change(&mut self, uri: &str, version: i32, changes: Value) {
        let document = json!({ "uri": uri, "version": version });
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.notify("textDocument/didChange", params);
    }

    /// Closes the document.
    pub fn close(&mut self, uri: &str) {
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }

    /// Asks for the hover at a place; returns the id of the request.
    pub fn ask_hover(&mut self, uri: &str, at: (u32, u32)) -> i64 {
        let params = json!({ "textDocument": { "uri": uri }, "position": position(at) });
        self.request("textDocument/hover", params)
    }

    /// The hover at a place, or null.
    pub fn hover(&mut self, uri: &str, at: (u32, u32)) -> Value {
        let id = self.ask_hover(uri, at);
        crate::client::result(self.response(id))
    }

    /// The words of the hover at a place.
    pub fn hover_text(&mut self, uri: &str, at: (u32, u32)) -> String {
        hover_text(&self.hover(uri, at))
    }

    /// Asks for the diagnostics of a document.
    pub fn pull(&mut self, uri: &str, previous: Option<&str>) -> Value {
        let mut params = json!({ "textDocument": { "uri": uri } });
        if let Some(previous) = previous {
            params["previousResultId"] = previous.into();
        }
        self.call("textDocument/diagnostic", params)
    }

    /// The code actions that meet a range.
    pub fn actions(&mut self, uri: &str, start: (u32, u32), end: (u32, u32)) -> Value {
        let params = json!({
            "textDocument": { "uri": uri },
            "range": range(start, end),
            "context": { "diagnostics": [] },
        });
        self.call("textDocument/codeAction", params)
    }

    /// The text that the server holds for a document, and its version.
    pub fn held(&mut self, uri: &str) -> (String, i64) {
        let held = self.call("pygloss/test", json!({ "textDocument": { "uri": uri } }));
        let text = held["text"].as_str().unwrap_or_else(|| panic!("{uri} is not open"));
        (text.to_owned(), held["version"].as_i64().expect("a version"))
    }
}

/// The words of a hover.
pub fn hover_text(hover: &Value) -> String {
    let words = hover["contents"]["value"].as_str();
    words.unwrap_or_else(|| panic!("a hover with text, not {hover}")).to_owned()
}

/// The decorated function of [`DECORATED`] is explained: the session is in order.
pub fn assert_alive(client: &mut Client) {
    let uri = "file:///workspace/alive.py";
    client.open(uri, DECORATED);
    let words = client.hover_text(uri, API_CALL);
    assert!(words.contains("api_call = log(api_call)"), "{words}");
    client.close(uri);
}
