//! What a session asks about.

use serde_json::{Value, json};

use crate::client::{Client, URI};
use crate::editor::shown;

const EXAMPLE: &str = include_str!("../../content/python-interview-5/decorators/tour.py");

fn line_of(text: &str) -> usize {
    EXAMPLE.lines().position(|line| line.starts_with(text)).unwrap()
}

fn actions(client: &mut Client, line: usize, only: &[&str]) -> Vec<Value> {
    let at = json!({ "line": line, "character": 4 });
    let mut context = json!({ "diagnostics": [] });
    if !only.is_empty() {
        context["only"] = json!(only);
    }
    let document = json!({ "uri": URI });
    let range = json!({ "start": at, "end": at });
    let params = json!({ "textDocument": document, "range": range, "context": context });
    let actions = client.request("textDocument/codeAction", params).unwrap();
    actions.as_array().cloned().unwrap_or_default()
}

/// What an editor with code actions declares; whether it `draws` quizzes itself.
pub fn editor(draws: bool) -> Value {
    let kinds = json!({ "codeActionKind": { "valueSet": ["quickfix", "source"] } });
    let action = json!({ "codeActionLiteralSupport": kinds });
    let mut capabilities = json!({ "textDocument": { "codeAction": action } });
    if draws {
        capabilities["experimental"] = json!({ "pygloss": { "protocol": 1 } });
    }
    capabilities
}

#[test]
fn an_action_asks_about_the_code() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::start(folder.path(), "test", editor(true));
    client.open(EXAMPLE);
    let function = line_of("def api_call");
    let all = actions(&mut client, function, &[]);
    let quiz = all.last().unwrap();
    assert_eq!(
        (&quiz["title"], &quiz["kind"]),
        (&json!("Quiz me on this"), &json!("source.pygloss.quiz"))
    );
    assert_eq!((quiz.get("edit"), quiz.get("isPreferred")), (None, None));
    assert_eq!(actions(&mut client, function, &["source.pygloss.quiz"]).len(), 1);
    for only in ["source.fixAll", "source.organizeImports", "quickfix", "refactor"] {
        let others = actions(&mut client, function, &[only]);
        assert!(others.iter().all(|action| action["kind"] != "source.pygloss.quiz"), "{only}");
    }
    assert_eq!(actions(&mut client, 0, &["source.pygloss"]), Vec::<Value>::new());

    let run =
        json!({ "command": quiz["command"]["command"], "arguments": quiz["command"]["arguments"] });
    let step = client.request("workspace/executeCommand", run).unwrap();
    assert_eq!(step["question"]["source"], "code");
    assert!(step["question"]["plain"].as_str().unwrap().contains("api_call"));

    let mut other = Client::start(folder.path(), "test", editor(false));
    other.open(EXAMPLE);
    let quiz = &actions(&mut other, function, &["source.pygloss"])[0];
    let run =
        json!({ "command": quiz["command"]["command"], "arguments": quiz["command"]["arguments"] });
    assert_eq!(other.request("workspace/executeCommand", run).unwrap(), Value::Null);
    let sheet = std::fs::read_to_string(shown(&mut other)).unwrap();
    assert!(sheet.contains("api_call"), "who shows no prompts gets a worksheet: {sheet}");
}

#[test]
fn mistakes_in_a_file_are_asked_about() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::rich(folder.path());
    client.open(EXAMPLE);
    let none = json!({ "mode": "mistakes", "textDocument": { "uri": "file:///w/other.py" } });
    assert_eq!(client.quiz("start", none).unwrap()["done"]["asked"], 0);
    for params in [
        json!({ "mode": "mistakes" }),
        json!({ "mode": "mistakes", "textDocument": { "uri": URI } }),
    ] {
        let step = client.quiz("start", params).unwrap();
        assert_eq!(step["session"]["mode"], "mistakes");
        assert!(step["question"].is_object(), "{step}");
    }
    // Without the mistake there is nothing to ask.
    let document = json!({ "uri": URI, "version": 2 });
    let change = json!([{ "text": "x = 1\n" }]);
    let params = json!({ "textDocument": document, "contentChanges": change });
    client.notify("textDocument/didChange", params);
    let step = client.quiz("start", json!({ "mode": "mistakes" })).unwrap();
    assert_eq!(step["done"]["asked"], 0);
}

#[test]
fn what_was_surely_wrong_comes_first() {
    let folder = tempfile::tempdir().unwrap();
    let surprises = || pygloss::store::open(folder.path()).store.surprises().unwrap();
    let mut client = Client::rich(folder.path());
    let answer = |client: &mut Client, step: &Value, confidence: &str| {
        let answer = json!({
            "sessionId": step["session"]["id"],
            "presentationId": step["question"]["presentationId"],
            "response": { "keys": [step["question"]["options"][0]["key"]] },
            "confidence": confidence,
        });
        client.quiz("answer", answer).unwrap()
    };
    let topics = json!({ "topics": ["generators", "decorators"], "limit": 50 });
    let mut step = client.quiz("start", topics).unwrap();
    loop {
        let verdict = answer(&mut client, &step, "sure");
        let is_wrong = verdict["outcome"] == "wrong";
        let told = verdict["explanation"].as_str().unwrap().starts_with("You were sure");
        assert_eq!(told, is_wrong, "{verdict}");
        if is_wrong {
            break;
        }
        step = client.quiz("next", json!({})).unwrap();
    }
    assert_eq!(surprises().len(), 1);
    // Everything else is new or was known; the answer to the first question is one to that card.
    let step = client.quiz("start", json!({})).unwrap();
    let verdict = answer(&mut client, &step, "unsure");
    assert!(!verdict["explanation"].as_str().unwrap().starts_with("You were sure"));
    assert_eq!(surprises(), [""; 0]);
}
