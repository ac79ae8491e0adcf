//! A client that has a worksheet open and edits it.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::client::Client;

pub const EDIT: &str = "workspace/applyEdit";
pub const SHOWN: &[&str] = &["window/showDocument", "window/showMessage"];

/// What an editor declares that takes edits and shows files.
pub fn capabilities() -> Value {
    json!({
        "window": { "showDocument": { "support": true } },
        "workspace": { "applyEdit": true },
        "textDocument": { "codeAction": { "codeActionLiteralSupport": {
            "codeActionKind": { "valueSet": ["quickfix"] },
        } } },
    })
}

/// A worksheet as the reader has it in an editor.
pub struct Editor {
    pub client: Client,
    pub path: PathBuf,
    pub text: String,
    version: i32,
}

impl Editor {
    /// Runs a command that opens a worksheet, and opens it.
    pub fn start(mut client: Client, command: &str, argument: Value) -> Self {
        let params = json!({ "command": command, "arguments": [argument] });
        assert_eq!(client.request("workspace/executeCommand", params).unwrap(), Value::Null);
        let path = shown(&mut client);
        Self::open(client, path)
    }

    /// Opens a worksheet that is there.
    pub fn open(client: Client, path: PathBuf) -> Self {
        let text = fs::read_to_string(&path).unwrap();
        let mut editor = Self { client, path, text, version: 1 };
        let document = json!({
            "uri": editor.uri(), "languageId": "python", "version": 1, "text": editor.text,
        });
        editor.client.notify("textDocument/didOpen", json!({ "textDocument": document }));
        editor
    }

    pub fn uri(&self) -> String {
        format!("file://{}", self.path.display())
    }

    /// Types: the last `from` of the worksheet becomes `to`.
    pub fn replace(&mut self, from: &str, to: &str) {
        let at = self.text.rfind(from).unwrap_or_else(|| panic!("no {from} in\n{}", self.text));
        self.text.replace_range(at..at + from.len(), to);
        self.sync();
    }

    fn sync(&mut self) {
        self.version += 1;
        let document = json!({ "uri": self.uri(), "version": self.version });
        let changes = json!([{ "text": self.text }]);
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.client.notify("textDocument/didChange", params);
    }

    /// The code actions at the first place of a text, or at the end of the worksheet.
    pub fn actions(&mut self, at: Option<&str>) -> Vec<Value> {
        let at = at.map_or(self.text.len(), |at| self.text.find(at).unwrap());
        let line = self.text[..at].matches('\n').count();
        let place = json!({ "line": line, "character": 0 });
        let params = json!({
            "textDocument": { "uri": self.uri() },
            "range": { "start": place, "end": place },
            "context": { "diagnostics": [] },
        });
        let actions = self.client.request("textDocument/codeAction", params).unwrap();
        actions.as_array().unwrap().clone()
    }

    pub fn titles(&mut self, at: Option<&str>) -> Vec<String> {
        let title = |action: &Value| action["title"].as_str().unwrap().to_owned();
        self.actions(at).iter().map(title).collect()
    }

    /// Chooses the code action of this title at the end of the worksheet.
    pub fn choose(&mut self, title: &str) {
        self.choose_at(None, title);
    }

    pub fn choose_at(&mut self, at: Option<&str>, title: &str) {
        let actions = self.actions(at);
        let action = actions.iter().find(|action| action["title"] == title);
        let action = action.unwrap_or_else(|| panic!("no {title} in {actions:?}"));
        let command = &action["command"];
        let params = json!({ "command": command["command"], "arguments": command["arguments"] });
        assert_eq!(self.client.request("workspace/executeCommand", params).unwrap(), Value::Null);
    }

    /// Makes the edit that the server asks for next, and gives back what it put in.
    pub fn take_edit(&mut self) -> String {
        let asked = self.client.expect(EDIT);
        let edit = &asked["params"]["edit"];
        let edits = match edit.get("changes") {
            Some(changes) => &changes[self.uri()],
            None => {
                let change = &edit["documentChanges"][0];
                assert_eq!(change["textDocument"]["version"], self.version);
                &change["edits"]
            }
        };
        let mut edits = edits.as_array().unwrap().clone();
        let line = |edit: &Value| edit["range"]["start"]["line"].as_u64().unwrap();
        edits.sort_by_key(line);
        let mut put_in = String::new();
        for edit in edits.iter().rev() {
            let at = |end: &str| self.offset(&edit["range"][end]);
            let (start, end) = (at("start"), at("end"));
            let new = edit["newText"].as_str().unwrap();
            self.text.replace_range(start..end, new);
            put_in.insert_str(0, new);
        }
        self.sync();
        self.client.answer(&asked, json!({ "applied": true }));
        put_in
    }

    /// Makes all edits that come of what was done so far.
    pub fn settle(&mut self) {
        loop {
            // An answer and the next question go through the thread of the store, as this does.
            for _ in 0..3 {
                let none = json!({ "sessionId": "none" });
                self.client.quiz("resume", none).unwrap_err();
            }
            if !self.client.has(EDIT) {
                return;
            }
            self.take_edit();
        }
    }

    /// The line that the server puts the cursor on next, and the two before it.
    pub fn take_cursor(&mut self) -> String {
        let asked = self.client.expect("window/showDocument");
        self.client.answer(&asked, json!({ "success": true }));
        let line = asked["params"]["selection"]["start"]["line"].as_u64().unwrap() as usize;
        let lines: Vec<&str> = self.text.split('\n').collect();
        lines[line - 2..=line].join("\n")
    }

    fn offset(&self, position: &Value) -> usize {
        let line = position["line"].as_u64().unwrap() as usize;
        let start: usize = self.text.split_inclusive('\n').take(line).map(str::len).sum();
        let column = position["character"].as_u64().unwrap() as usize;
        start + self.text[start..].chars().take(column).map(char::len_utf8).sum::<usize>()
    }

    /// The next diagnostics of the worksheet as it is now: what each stands on, and what it says.
    pub fn notes(&mut self) -> Vec<(String, String)> {
        let uri = self.uri();
        let sent = loop {
            let sent = self.client.expect("textDocument/publishDiagnostics");
            if sent["params"]["uri"] == uri.as_str() && sent["params"]["version"] == self.version {
                break sent;
            }
        };
        let note = |note: &Value| {
            let at = |end: &str| self.offset(&note["range"][end]);
            let message = note["message"].as_str().unwrap().to_owned();
            (self.text[at("start")..at("end")].to_owned(), message)
        };
        sent["params"]["diagnostics"].as_array().unwrap().iter().map(note).collect()
    }

    /// Waits for a diagnostic on a line or words with `on` that says `says`.
    pub fn wait_for_note(&mut self, on: &str, says: &str) {
        while !self.notes().iter().any(|(place, told)| place.contains(on) && told.contains(says)) {}
    }
}

/// The file that the server shows or names next.
pub fn shown(client: &mut Client) -> PathBuf {
    let shown = client.next_of(SHOWN);
    if shown["method"] == "window/showDocument" {
        client.answer(&shown, json!({ "success": true }));
        return Path::new(shown["params"]["uri"].as_str().unwrap().trim_start_matches("file://"))
            .to_owned();
    }
    let message = shown["params"]["message"].as_str().unwrap();
    let path = message.strip_prefix("pygloss: the worksheet is ");
    PathBuf::from(path.unwrap_or_else(|| panic!("{message}")))
}
