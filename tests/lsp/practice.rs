//! Exercises: files to work on, goals as diagnostics, hints, the solution, a new beginning.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::client::Client;
use crate::process::program;

const ID: &str = "python-interview-5/generators/endless-names";
const FILE: &str =
    include_str!("../../content/python-interview-5/generators/exercises/endless-names.md");

/// The program in the exercise's fence of that name.
fn fence(name: &str) -> &'static str {
    let (_, rest) = FILE.split_once(&format!("```py {name}\n")).unwrap();
    rest.split_once("```").unwrap().0
}

fn capabilities(others: Value) -> Value {
    let mut all = json!({
        "textDocument": {
            "publishDiagnostics": {},
            "hover": { "contentFormat": ["markdown"] },
            "codeAction": { "codeActionLiteralSupport": {
                "codeActionKind": { "valueSet": ["quickfix"] } } },
        },
        "workspace": { "applyEdit": true },
    });
    all.as_object_mut().unwrap().extend(others.as_object().unwrap().clone());
    all
}

/// A client that shows everything itself.
fn rich() -> Client {
    Client::start(capabilities(json!({ "experimental": { "pygloss": { "protocol": 1 } } })))
}

/// Another one of those, whose server keeps its files in `folder`.
fn rich_in(folder: &Path) -> Client {
    let mut command = Command::new(program());
    let mut client = Client::spawn_deaf(command.env("PYGLOSS_DATA_DIR", folder)).listen();
    let experimental = json!({ "experimental": { "pygloss": { "protocol": 1 } } });
    client.initialize(json!({
        "processId": null, "rootUri": null, "capabilities": capabilities(experimental),
    }));
    client
}

/// A client that shows documents and prompts.
fn plain() -> Client {
    Client::start(capabilities(json!({ "window": { "showDocument": { "support": true } } })))
}

fn practice(client: &mut Client, what: &str, params: Value) -> Value {
    client.call(&format!("pygloss/practice/{what}"), params)
}

fn command(client: &mut Client, what: &str, params: Value) -> Value {
    let name = format!("pygloss.practice.{what}");
    let params = json!({ "command": name, "arguments": [params] });
    client.call("workspace/executeCommand", params)
}

fn path(uri: &Value) -> PathBuf {
    PathBuf::from(uri.as_str().unwrap().strip_prefix("file://").unwrap())
}

/// The codes of the diagnostics that are published next, with the text under each.
fn published(client: &mut Client, uri: &str, text: &str) -> Vec<String> {
    let message = client.expect("publishDiagnostics", |message| {
        message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri
    });
    let lines: Vec<&str> = text.lines().collect();
    let shown = |item: &Value| {
        assert_eq!((&item["code"], &item["source"]), (&json!("practice"), &json!("pygloss")));
        assert_eq!(item["severity"], 3, "information");
        let (start, end) = (&item["range"]["start"], &item["range"]["end"]);
        assert_eq!(start["line"], end["line"]);
        let at = |place: &Value| usize::try_from(place["character"].as_u64().unwrap()).unwrap();
        let line = usize::try_from(start["line"].as_u64().unwrap()).unwrap();
        lines[line][at(start)..at(end)].to_owned()
    };
    message["params"]["diagnostics"].as_array().unwrap().iter().map(shown).collect()
}

fn messages(client: &mut Client) -> Vec<String> {
    let drained = client.drain();
    let messages = drained.iter().filter(|message| message["method"] == "window/showMessage");
    messages.map(|message| message["params"]["message"].as_str().unwrap().to_owned()).collect()
}

/// The state that the list gives for the exercise, and how many hints were given.
fn state(client: &mut Client) -> (String, u64) {
    let list = practice(client, "list", json!({ "topics": ["generators"] }));
    let list = list.as_array().unwrap();
    assert_eq!(list.len(), 3, "three for each topic");
    let levels: Vec<&Value> = list.iter().map(|exercise| &exercise["level"]).collect();
    assert_eq!(levels, ["worked", "fill", "write"]);
    let found = list.iter().find(|exercise| exercise["id"] == ID).unwrap();
    assert_eq!(found["topic"]["name"], "generators");
    (found["state"].as_str().unwrap().to_owned(), found["hints"]["given"].as_u64().unwrap())
}

#[test]
fn goals_are_shown_until_they_are_reached_and_that_is_said_once() {
    let mut client = rich();
    assert_eq!(state(&mut client), ("new".into(), 0));
    let opened = practice(&mut client, "open", json!({ "exercise": "endless-names" }));
    assert_eq!((&opened["created"], &opened["exercise"]["id"]), (&json!(true), &json!(ID)));
    let uri = opened["uri"].as_str().unwrap().to_owned();
    assert!(path(&opened["uri"]).starts_with(client.home()));
    let start = fs::read_to_string(path(&opened["uri"])).unwrap();
    assert_eq!(start, fence("start"));
    assert_eq!(state(&mut client), ("started".into(), 0));

    client.open(&uri, &start);
    assert_eq!(published(&mut client, &uri, &start), ["ids", "ids", "first"]);
    let half = start.replacen("____", "True", 1);
    client.change(&uri, 2, json!([{ "text": half }]));
    assert_eq!(published(&mut client, &uri, &half), ["ids", "first"]);
    client.change(&uri, 3, json!([{ "text": "" }]));
    assert_eq!(published(&mut client, &uri, "\n"), ["", "", "", ""], "an emptied file");
    assert_eq!(messages(&mut client), [""; 0]);

    client.change(&uri, 4, json!([{ "text": fence("solution") }]));
    assert_eq!(published(&mut client, &uri, ""), [""; 0]);
    let said = messages(&mut client);
    assert_eq!(said, ["pygloss: passed: Names without an end"]);
    assert_eq!(state(&mut client), ("passed".into(), 0));
    client.change(&uri, 5, json!([{ "text": half }]));
    published(&mut client, &uri, &half);
    client.change(&uri, 6, json!([{ "text": fence("solution") }]));
    assert_eq!(published(&mut client, &uri, ""), [""; 0]);
    assert_eq!(messages(&mut client), [""; 0], "once is enough");
    let solution = practice(&mut client, "solution", json!({ "textDocument": { "uri": uri } }));
    assert_eq!(solution["code"], fence("solution"));
    let told = solution["content"]["value"].as_str().unwrap();
    assert!(told.starts_with("# Names without an end\n\n`ids` never ends"), "{told}");
}

#[test]
fn no_fix_and_no_finding_gives_it_away() {
    let mut client = rich();
    let opened = practice(&mut client, "open", json!({ "exercise": "count-the-calls" }));
    let uri = opened["uri"].as_str().unwrap().to_owned();
    let text = "import functools\n\n\ndef counted(func):\n    def wrapper(*args, **kwargs):\n        \
                return func(*args, **kwargs)\n    return wrapper\n";
    client.open(&uri, text);
    let codes = published(&mut client, &uri, text);
    assert!(codes.len() > 1, "goals are open: {codes:?}");
    let actions = |client: &mut Client, uri: &str| -> Vec<String> {
        let range =
            json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 7, "character": 0 } });
        let params = json!({
            "textDocument": { "uri": uri }, "range": range, "context": { "diagnostics": [] },
        });
        let found = client.call("textDocument/codeAction", params);
        let titles = found.as_array().unwrap().iter().map(|action| action["title"].as_str());
        titles.map(|title| title.unwrap().to_owned()).collect()
    };
    let expected = ["Hint", "Show the solution", "Begin this exercise anew"];
    assert_eq!(actions(&mut client, &uri), expected);
    let elsewhere = "file:///w/practice/python-interview-5/decorators/count-the-calls.py";
    client.open(elsewhere, text);
    let titles = actions(&mut client, elsewhere);
    assert!(titles.iter().any(|title| title.contains("functools.wraps")), "{titles:?}");
}

#[test]
fn hints_come_one_by_one_and_giving_up_counts_as_that() {
    let mut client = rich();
    for given in [1, 2, 3, 3] {
        let hint = practice(&mut client, "hint", json!({ "exercise": ID }));
        assert_eq!((&hint["given"], &hint["of"]), (&json!(given), &json!(3)));
        assert!(!hint["text"].as_str().unwrap().is_empty());
    }
    let id = client.request("pygloss/practice/solution", json!({ "exercise": ID }));
    let error = client.response(id)["error"].clone();
    assert_eq!((&error["code"], &error["data"]["reason"]), (&json!(-32803), &json!("notPassed")));
    assert_eq!(state(&mut client), ("new".into(), 3));
    let params = json!({ "exercise": ID, "giveUp": true });
    let solution = practice(&mut client, "solution", params);
    assert_eq!(solution["exercise"]["state"], "gaveUp");
    practice(&mut client, "solution", json!({ "exercise": ID }));
    assert_eq!(state(&mut client), ("gaveUp".into(), 3), "seen once, it may be seen again");
    practice(&mut client, "reset", json!({ "exercise": ID }));
    assert_eq!(state(&mut client), ("started".into(), 0));
}

#[test]
fn work_and_hints_outlive_the_server() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = rich_in(folder.path());
    let opened = practice(&mut client, "open", json!({ "exercise": ID }));
    practice(&mut client, "hint", json!({ "exercise": ID }));
    let file = path(&opened["uri"]);
    assert_eq!(file, folder.path().join("practice").join(ID).with_extension("py"));
    fs::write(&file, "# half way\n").unwrap();
    drop(client);
    let mut client = rich_in(folder.path());
    assert_eq!(state(&mut client), ("started".into(), 1));
    let opened = practice(&mut client, "open", json!({ "exercise": ID }));
    assert_eq!(opened["created"], false);
    assert_eq!(fs::read_to_string(&file).unwrap(), "# half way\n");
    let reset = practice(&mut client, "reset", json!({ "exercise": ID }));
    assert_eq!(fs::read_to_string(path(&reset["kept"])).unwrap(), "# half way\n");
    assert_eq!(fs::read_to_string(&file).unwrap(), fence("start"));
}

#[test]
fn an_open_file_begins_anew_by_an_edit_that_can_be_undone() {
    let mut client = rich();
    let opened = practice(&mut client, "open", json!({ "exercise": ID }));
    let uri = opened["uri"].as_str().unwrap().to_owned();
    client.open(&uri, "work\n");
    let reset = practice(&mut client, "reset", json!({ "textDocument": { "uri": uri } }));
    assert_eq!((&reset["uri"], reset.get("kept")), (&json!(uri), None));
    let edit = client.expect_call("workspace/applyEdit");
    let changes = &edit["params"]["edit"]["changes"][&uri];
    assert_eq!(changes[0]["newText"], fence("start"));
    assert_eq!(changes[0]["range"]["start"], json!({ "line": 0, "character": 0 }));
    assert_eq!(fs::read_to_string(path(&opened["uri"])).unwrap(), fence("start"));
}

#[test]
fn other_clients_see_files_and_messages() {
    let mut client = plain();
    assert_eq!(command(&mut client, "open", json!({ "exercise": ID })), Value::Null);
    let shown = client.expect_call("window/showDocument");
    let uri = shown["params"]["uri"].clone();
    assert!(path(&uri).is_file());
    assert_eq!(
        command(&mut client, "hint", json!({ "textDocument": { "uri": uri } })),
        Value::Null
    );
    let said = client.expect_call("window/showMessage");
    let said = said["params"]["message"].as_str().unwrap();
    assert!(said.starts_with("pygloss: Hint 1 of 3: "), "{said}");

    for (answer, is_shown) in
        [(Value::Null, false), (json!({ "title": "Show the solution" }), true)]
    {
        command(&mut client, "solution", json!({ "exercise": ID }));
        let asked = client.expect_call("window/showMessageRequest");
        client.answer(&asked["id"], answer);
        if is_shown {
            let shown = client.expect_call("window/showDocument");
            let text = fs::read_to_string(path(&shown["params"]["uri"])).unwrap();
            assert!(text.contains(fence("solution")), "{text}");
        } else {
            assert_eq!(state(&mut client).0, "started", "nobody gave up");
        }
    }
    assert_eq!(state(&mut client).0, "gaveUp");
}

#[test]
fn what_is_no_exercise_is_refused_by_name() {
    let mut client = rich();
    let id = client.request("pygloss/practice/open", json!({ "exercise": "endless-name" }));
    let error = client.response(id)["error"].clone();
    assert_eq!(error["code"], -32602);
    let expected = "no exercise is called `endless-name`; did you mean `endless-names`?";
    assert_eq!(error["message"], expected);
    for (params, code) in [
        (json!({}), -32602),
        (json!({ "exercise": 1 }), -32602),
        (json!({ "textDocument": { "uri": "file:///w/endless-names.py" } }), -32803),
    ] {
        assert_eq!(client.call_in_vain("pygloss/practice/hint", params), code);
    }
    assert_eq!(client.call_in_vain("pygloss/practice/list", json!({ "topics": ["x"] })), -32602);
}
