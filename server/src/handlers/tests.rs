//! Handlers over the real engine, as each client sees them.

mod refactorings;

use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use expect_test::{Expect, expect};
use serde_json::{Value, json};
use tower_lsp::lsp_types::{CodeAction, InitializeParams, TextEdit, Url, WorkspaceEdit};

use super::{actions, configuration, diagnostics, hover, session, sync};
use crate::convert::Encoding;
use crate::gate::{Writer, as_tower_lsp_takes_it};
use crate::shelf::Shelf;
use crate::world::World;

const SOURCE: &str = "\
def log(func):
    def wrapper(*args, **kwargs):
        return func(*args, **kwargs)
    return wrapper


@log
def größe(): ...
";

/// What the server wrote.
#[derive(Clone, Default)]
struct Output(Arc<Mutex<Vec<u8>>>);

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Session {
    world: World,
    writer: Writer,
    output: Output,
}

impl Session {
    /// A session with a recorded client that has `source` open as version 1.
    fn open(client: &str, source: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lsp/clients");
        let json = std::fs::read_to_string(path.join(format!("{client}.json"))).unwrap();
        let params = serde_json::from_str(&json).unwrap();
        let params = as_tower_lsp_takes_it("initialize", params);
        let mut params: InitializeParams = serde_json::from_value(params).unwrap();
        params.process_id = None;
        let output = Output::default();
        let writer = Writer::start(output.clone(), || {}).unwrap();
        let mut world = World::new(writer.clone(), Shelf::built_in(), Box::new(|| {}));
        session::initialize(&mut world, params).unwrap();
        let mut session = Self { world, writer, output };
        let document = json!({"uri": uri(), "languageId": "python", "version": 1, "text": source});
        let params = serde_json::from_value(json!({ "textDocument": document })).unwrap();
        sync::open(&mut session.world, params);
        session
    }

    fn change(&mut self, version: i32, line: u32, text: &str) {
        let place = json!({"line": line, "character": 0});
        let params = json!({
            "textDocument": {"uri": uri(), "version": version},
            "contentChanges": [{"range": {"start": place, "end": place}, "text": text}],
        });
        sync::change(&mut self.world, serde_json::from_value(params).unwrap());
    }

    fn pull(&mut self, previous: Option<&str>) -> Value {
        let params = json!({"textDocument": {"uri": uri()}, "previousResultId": previous});
        let params = serde_json::from_value(params).unwrap();
        serde_json::from_str(&diagnostics::pull(&mut self.world, params).unwrap()).unwrap()
    }

    fn actions(&mut self, only: Option<&str>) -> Vec<Value> {
        let start = json!({"line": 1, "character": 10});
        let only = only.map(|only| json!([only]));
        let params = json!({
            "textDocument": {"uri": uri()},
            "range": {"start": start, "end": start},
            "context": {"diagnostics": [], "only": only},
        });
        let params = serde_json::from_value(params).unwrap();
        match actions::list(&mut self.world, params).unwrap() {
            Some(actions) => actions.iter().map(|a| serde_json::to_value(a).unwrap()).collect(),
            None => Vec::new(),
        }
    }

    fn resolve(&mut self, action: &Value) -> Result<Value, i64> {
        let action: CodeAction = serde_json::from_value(action.clone()).unwrap();
        match actions::resolve(&mut self.world, action) {
            Ok(action) => Ok(serde_json::to_value(action).unwrap()),
            Err(error) => Err(error.code.code()),
        }
    }

    /// The text with an edit that the client got applied.
    fn apply(&self, edit: &Value) -> String {
        let edit: WorkspaceEdit = serde_json::from_value(edit.clone()).unwrap();
        let json = serde_json::to_value(&edit).unwrap();
        let edits = match edit.changes {
            Some(changes) => serde_json::to_value(&changes[&uri()]).unwrap(),
            None => json["documentChanges"][0]["edits"].clone(),
        };
        let edits: Vec<TextEdit> = serde_json::from_value(edits).unwrap();
        let mut text = self.world.documents[&uri()].text().clone();
        for edit in edits.iter().rev() {
            let encoding: Encoding = self.world.client.encoding;
            text.replace(encoding.span(&text, edit.range), &edit.new_text);
        }
        text.to_string()
    }

    /// Does everything that waits for a pause, and gives the messages of `method` sent so far.
    fn sent(&mut self, method: &str) -> Vec<Value> {
        while self.world.idle() {}
        self.writer.flush(Duration::from_secs(10));
        let bytes = std::mem::take(&mut *self.output.0.lock().unwrap());
        let text = String::from_utf8(bytes).unwrap();
        let bodies = text.split("Content-Length: ").filter_map(|m| m.split_once("\r\n\r\n"));
        bodies
            .map(|(_, body)| serde_json::from_str::<Value>(body).unwrap())
            .filter(|message| message["method"] == method)
            .map(|mut message| message["params"].take())
            .collect()
    }
}

fn uri() -> Url {
    Url::parse("untitled:Untitled-1").unwrap()
}

fn check(value: &Value, expected: &Expect) {
    expected.assert_eq(&serde_json::to_string_pretty(&with_short_ranges(value.clone())).unwrap());
}

/// `value` with every range as `line:character-line:character`.
fn with_short_ranges(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(with_short_ranges).collect(),
        Value::Object(mut fields) => {
            if let (Some(start), Some(end)) = (fields.remove("start"), fields.remove("end")) {
                let place = |place: Value| format!("{}:{}", place["line"], place["character"]);
                return Value::String(format!("{}-{}", place(start), place(end)));
            }
            fields.into_iter().map(|(key, value)| (key, with_short_ranges(value))).collect()
        }
        value => value,
    }
}

#[test]
fn a_report_is_unchanged_until_a_finding_moves() {
    let mut session = Session::open("neovim-0.11.4", SOURCE);
    let first = session.pull(None);
    assert_eq!(first["kind"], "full");
    assert_eq!(first["items"][0]["code"], "decorator-missing-wraps");
    let id = first["resultId"].as_str().unwrap();
    assert_eq!(session.pull(Some(id)), json!({"kind": "unchanged", "resultId": id}));
    session.change(2, 8, "# below\n");
    assert_eq!(session.pull(Some(id)), json!({"kind": "unchanged", "resultId": id}));
    session.change(3, 0, "# above\n");
    let moved = session.pull(Some(id));
    assert_eq!(moved["kind"], "full");
    assert_ne!(moved["resultId"], id);
    assert_eq!(session.sent("textDocument/publishDiagnostics"), Vec::<Value>::new());
}

#[test]
fn clients_that_cannot_ask_are_sent_the_newest_version_once() {
    let mut session = Session::open("eglot", SOURCE);
    session.change(2, 8, "#\n");
    session.change(3, 0, "#\n");
    let sent = session.sent("textDocument/publishDiagnostics");
    assert_eq!(sent.len(), 1);
    check(
        &sent[0],
        &expect![[r#"
            {
              "diagnostics": [
                {
                  "code": "decorator-missing-wraps",
                  "message": "`wrapper` takes the place of `größe` but not its `__name__`, docstring and signature",
                  "range": "2:8-2:15",
                  "severity": 2,
                  "source": "pygloss"
                }
              ],
              "uri": "untitled:Untitled-1",
              "version": 3
            }"#]],
    );
}

#[test]
fn vscode_gets_links_and_related_places() {
    let report = Session::open("vscode-1.139", SOURCE).pull(None);
    check(
        &report["items"][0],
        &expect![[r#"
            {
              "code": "decorator-missing-wraps",
              "codeDescription": {
                "href": "https://docs.python.org/3/library/functools.html#functools.wraps"
              },
              "message": "`wrapper` takes the place of `größe` but not its `__name__`, docstring and signature",
              "range": "1:8-1:15",
              "relatedInformation": [
                {
                  "location": {
                    "range": "6:0-6:4",
                    "uri": "untitled:Untitled-1"
                  },
                  "message": "`größe` is decorated here"
                }
              ],
              "severity": 2,
              "source": "pygloss"
            }"#]],
    );
}

#[test]
fn a_fix_is_offered_as_each_client_takes_it() {
    // Eglot: no lazy edits, edits by version.
    let mut eglot = Session::open("eglot", SOURCE);
    let actions = eglot.actions(Some("quickfix"));
    check(
        &actions[0],
        &expect![[r#"
            {
              "diagnostics": [
                {
                  "code": "decorator-missing-wraps",
                  "message": "`wrapper` takes the place of `größe` but not its `__name__`, docstring and signature",
                  "range": "1:8-1:15",
                  "severity": 2,
                  "source": "pygloss"
                }
              ],
              "edit": {
                "documentChanges": [
                  {
                    "edits": [
                      {
                        "newText": "import functools\n\n\n",
                        "range": "0:0-0:0"
                      },
                      {
                        "newText": "@functools.wraps(func)\n    ",
                        "range": "1:4-1:4"
                      }
                    ],
                    "textDocument": {
                      "uri": "untitled:Untitled-1",
                      "version": 1
                    }
                  }
                ]
              },
              "isPreferred": true,
              "kind": "quickfix",
              "title": "Add @functools.wraps(func), which copies the metadata of func to wrapper"
            }"#]],
    );
    let fixed = eglot.apply(&actions[0]["edit"]);
    expect![[r#"
        import functools


        def log(func):
            @functools.wraps(func)
            def wrapper(*args, **kwargs):
                return func(*args, **kwargs)
            return wrapper


        @log
        def größe(): ...
    "#]]
    .assert_eq(&fixed);

    // Neovim: lazy, and edits without a version.
    let mut neovim = Session::open("neovim-0.11.4", SOURCE);
    let actions = neovim.actions(Some("quickfix"));
    assert_eq!(actions[0].get("edit"), None);
    assert_eq!(actions[0]["isPreferred"], true);
    let resolved = neovim.resolve(&actions[0]).unwrap();
    assert_eq!(resolved["edit"].get("documentChanges"), None);
    assert_eq!(neovim.apply(&resolved["edit"]), fixed);

    // Kakoune: `resolveSupport` alone is not enough to be lazy, and nothing may be preferred.
    let mut kakoune = Session::open("kak-lsp", SOURCE);
    let actions = kakoune.actions(None);
    assert!(actions.iter().all(|action| action.get("isPreferred").is_none()));
    assert_eq!(kakoune.apply(&actions[0]["edit"]), fixed);

    // ALE: takes no actions that are more than commands.
    assert_eq!(Session::open("ale", SOURCE).actions(None), Vec::<Value>::new());
}

#[test]
fn an_outdated_action_is_refused() {
    let mut session = Session::open("vscode-1.139", SOURCE);
    let actions = session.actions(None);
    session.change(2, 0, "\n");
    assert!(!actions.is_empty());
    for action in actions {
        assert_eq!(session.resolve(&action), Err(-32801));
    }
}

#[test]
fn everything_safe_can_be_fixed_at_once() {
    let mut session = Session::open("vscode-1.139", SOURCE);
    let all = session.actions(Some("source.fixAll"));
    assert_eq!(all.len(), 1);
    assert_eq!(all[0]["kind"], "source.fixAll.pygloss");
    let resolved = session.resolve(&all[0]).unwrap();
    assert_eq!(resolved["edit"]["documentChanges"][0]["textDocument"]["version"], 1);
    assert!(session.apply(&resolved["edit"]).contains("@functools.wraps(func)"));
    assert_eq!(session.actions(Some("source.organizeImports")), Vec::<Value>::new());
}

#[test]
fn a_hover_is_in_the_format_that_the_client_likes() {
    let hover = |client| {
        let position = json!({"line": 6, "character": 2});
        let params = json!({"textDocument": {"uri": uri()}, "position": position});
        let params = serde_json::from_value(params).unwrap();
        let world = &mut Session::open(client, SOURCE).world;
        serde_json::to_value(hover::hover(world, params).unwrap().unwrap()).unwrap()
    };
    let markdown = hover("helix");
    assert_eq!(markdown["contents"]["kind"], "markdown");
    assert!(markdown["contents"]["value"].as_str().unwrap().contains("größe = log(größe)"));
    let plain = hover("ale");
    assert_eq!(plain["contents"]["kind"], "plaintext");
    let text = plain["contents"]["value"].as_str().unwrap();
    assert!(text.contains("größe = log(größe)") && !text.contains('`'), "{text}");
}

#[test]
fn settings_change_what_is_found() {
    let mut session = Session::open("eglot", SOURCE);
    session.sent("");
    let section = json!({"ignore": ["decorator-missing-wraps", "decorator-mising-wraps"], "x": 1});
    configuration::read(&mut session.world, &section);
    let published = session.sent("textDocument/publishDiagnostics");
    assert_eq!(published[0]["diagnostics"], json!([]));
    let mut session = Session::open("eglot", SOURCE);
    configuration::read(&mut session.world, &section);
    configuration::read(&mut session.world, &section);
    let logged = session.sent("window/logMessage");
    let messages: Vec<_> = logged.iter().filter_map(|log| log["message"].as_str()).collect();
    expect![[r#"
        there is no setting pygloss.x
        pygloss.ignore: there is no rule, topic or category `decorator-mising-wraps`; did you mean `decorator-missing-wraps`?"#]].assert_eq(&messages.join("\n"));
}

#[test]
fn unknown_documents_are_no_fault() {
    let mut session = Session::open("vscode-1.139", SOURCE);
    let params = json!({"textDocument": {"uri": uri()}});
    sync::close(&mut session.world, serde_json::from_value(params).unwrap());
    session.change(2, 0, "x");
    assert_eq!(session.pull(None), json!({"kind": "full", "items": []}));
    assert_eq!(session.actions(None), Vec::<Value>::new());
}
