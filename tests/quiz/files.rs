//! Questions about files of a project that are not Python.

use serde_json::{Value, json};

use crate::client::{Client, titles};
use crate::rich::choose;

const LIST: &str = "file:///w/requirements.txt";
const PROJECT: &str = "file:///w/pyproject.toml";

const REQUIREMENTS: &str = "# what we need\ntomli; python_version < \"3.11\"\nrich~=13.7.1\n";

fn open(client: &mut Client, uri: &str, text: &str) {
    let document = json!({ "uri": uri, "languageId": "toml", "version": 1, "text": text });
    client.notify("textDocument/didOpen", json!({ "textDocument": document }));
}

/// A session about the place, or the file.
fn start(client: &mut Client, uri: &str, place: Option<(u32, u32)>) -> Value {
    let mut params = json!({ "mode": "cursor", "textDocument": { "uri": uri }, "limit": 20 });
    if let Some((line, character)) = place {
        params["position"] = json!({ "line": line, "character": character });
    }
    client.quiz("start", params).unwrap()
}

fn hover(client: &mut Client, uri: &str, line: u32, character: u32) -> String {
    let place = json!({ "line": line, "character": character });
    let params = json!({ "textDocument": { "uri": uri }, "position": place });
    let found = client.request("textDocument/hover", params).unwrap();
    found["contents"]["value"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_line_of_a_list_is_asked_about_and_its_card_waits() {
    let data = tempfile::tempdir().unwrap();
    let mut client = Client::rich(data.path());
    open(&mut client, LIST, REQUIREMENTS);
    let card = hover(&mut client, LIST, 2, 1);
    assert!(card.contains("is short for"), "{card}");
    let step = start(&mut client, LIST, Some((2, 1)));
    let question = &step["question"];
    assert!(question["plain"].as_str().unwrap().starts_with("rich~=13.7.1"), "{question}");
    assert_eq!((&question["source"], &question["shape"]), (&json!("code"), &json!("one")));
    assert_eq!(question["subject"]["uri"], LIST);
    assert_eq!(question["subject"]["range"]["start"]["line"], 2);
    assert!(hover(&mut client, LIST, 2, 1).contains("is open"));
    assert!(!hover(&mut client, LIST, 1, 1).contains("is open"), "another line");
    let verdict = client.quiz("answer", choose(&step, None)).unwrap();
    assert_eq!(verdict["evidence"][0]["range"]["start"]["line"], 2, "{verdict}");
    assert_eq!(hover(&mut client, LIST, 2, 1), card);
}

#[test]
fn a_line_that_changes_takes_its_question_along() {
    let data = tempfile::tempdir().unwrap();
    let mut client = Client::rich(data.path());
    open(&mut client, LIST, REQUIREMENTS);
    let step = start(&mut client, LIST, Some((2, 1)));
    let at = |line: u32, character: u32| json!({ "line": line, "character": character });
    let change = |client: &mut Client, version: i32, line: u32, text: &str| {
        let edit = json!({ "range": { "start": at(line, 0), "end": at(line, 0) }, "text": text });
        let document = json!({ "uri": LIST, "version": version });
        let params = json!({ "textDocument": document, "contentChanges": [edit] });
        client.notify("textDocument/didChange", params);
    };
    change(&mut client, 2, 0, "six\n");
    assert!(hover(&mut client, LIST, 3, 1).contains("is open"), "it only moved");
    change(&mut client, 3, 3, "py-");
    let withdrawn = client.expect("pygloss/quiz/withdrawn");
    assert_eq!(withdrawn["params"]["presentationId"], step["question"]["presentationId"]);
    assert_eq!(crate::rich::reason(client.quiz("answer", choose(&step, None))), "stale");
}

#[test]
fn a_project_is_asked_about_as_a_whole() {
    let text = "[project]\nname = 'app'\nrequires-python = '>=3.12'\ndependencies = ['rich>=13']\n\
                [dependency-groups]\ntest = ['pytest', 'mypy']\n";
    let data = tempfile::tempdir().unwrap();
    let shapes = json!({ "protocol": 1, "shapes": ["one", "several"] });
    let capabilities = json!({ "experimental": { "pygloss": shapes } });
    let mut client = Client::start(data.path(), "test", capabilities);
    open(&mut client, PROJECT, text);
    let mut step = start(&mut client, PROJECT, None);
    let mut prompts = Vec::new();
    while let Some(question) = step.get("question") {
        assert_eq!(question["topic"]["id"], "python-interview-5/virtual-environments");
        prompts.push(question["plain"].as_str().unwrap().to_owned());
        if prompts.last().unwrap().starts_with("Which") {
            let card = hover(&mut client, PROJECT, 3, 1);
            assert!(card.contains("is open"), "it names what is installed: {card}");
        }
        step = client.quiz("skip", choose(&step, None)).unwrap();
    }
    for beginning in ["rich>=13 stands in line 4", "requires-python in line 3", "Which"] {
        assert!(prompts.iter().any(|prompt| prompt.starts_with(beginning)), "{prompts:?}");
    }
}

#[test]
fn an_action_asks_about_a_list() {
    let data = tempfile::tempdir().unwrap();
    let mut client = Client::start(data.path(), "test", crate::modes::editor(true));
    open(&mut client, LIST, REQUIREMENTS);
    let offered = |client: &mut Client, line: u32| {
        let place = json!({ "line": line, "character": 2 });
        let params = json!({
            "textDocument": { "uri": LIST },
            "range": { "start": place, "end": place },
            "context": { "diagnostics": [], "only": ["source.pygloss.quiz"] },
        });
        client.request("textDocument/codeAction", params).unwrap().as_array().unwrap().clone()
    };
    assert!(offered(&mut client, 0).is_empty(), "a comment");
    let actions = offered(&mut client, 1);
    assert_eq!(actions.len(), 1, "{actions:?}");
    let command = &actions[0]["command"];
    assert_eq!(command["command"], "pygloss.quiz.start");
    let run = json!({ "command": command["command"], "arguments": command["arguments"] });
    let step = client.request("workspace/executeCommand", run).unwrap();
    assert!(step["question"]["plain"].as_str().unwrap().contains("tomli"), "{step}");
}

#[test]
fn prompts_ask_about_a_list() {
    let data = tempfile::tempdir().unwrap();
    let capabilities = json!({ "window": { "showMessage": {} } });
    let mut client = Client::start(data.path(), "Neovim", capabilities);
    open(&mut client, LIST, REQUIREMENTS);
    let place = json!({ "line": 1, "character": 2 });
    let argument = json!({ "mode": "cursor", "textDocument": { "uri": LIST }, "position": place });
    assert_eq!(client.command("start", argument).unwrap(), Value::Null);
    let prompt = client.expect("window/showMessageRequest");
    let asked = prompt["params"]["message"].as_str().unwrap();
    assert!(asked.contains("tomli") && !titles(&prompt).is_empty(), "{prompt}");
}
