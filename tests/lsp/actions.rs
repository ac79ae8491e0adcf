//! Lists of code actions.

use std::thread::sleep;
use std::time::Duration;

use serde_json::{Value, json};

use crate::client::Client;
use crate::documents::{URI, assert_alive, replace};

const SHARED: &str = "\
first = 1
second = 2

def add(item, items=[]):
    items.append(item)
    return items


def other():
    return 1
";

/// Where [`SHARED`] has its mistake.
const DEFAULT: (u32, u32) = (3, 20);

/// A client that asks for edits when one is chosen, as VS Code and Neovim do.
fn client() -> Client {
    Client::start(json!({ "textDocument": {
        "diagnostic": {},
        "codeAction": {
            "dataSupport": true,
            "resolveSupport": { "properties": ["edit"] },
            "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } },
        },
    } }))
}

fn titles(actions: &Value) -> Vec<&str> {
    let actions = actions.as_array().expect("a list").iter();
    actions.map(|action| action["title"].as_str().expect("a title")).collect()
}

fn messages(client: &mut Client) -> Vec<String> {
    let report = client.pull(URI, None);
    let items = report["items"].as_array().expect("a full report").iter();
    items.map(|item| item["message"].as_str().expect("a message").to_owned()).collect()
}

/// Longer than the server waits before it makes ready what the next key would undo.
fn pause() {
    sleep(Duration::from_millis(400));
}

#[test]
fn what_is_offered_does_not_rest_on_how_long_the_reader_waits() {
    let mut client = client();
    client.open(URI, SHARED);
    let before = client.actions(URI, DEFAULT, DEFAULT);
    assert!(titles(&before).len() > 1, "{before}");
    assert_eq!(messages(&mut client).len(), 1);
    for version in 2i32..6 {
        pause();
        assert_eq!(titles(&client.actions(URI, DEFAULT, DEFAULT)), titles(&before));
        // In the function, behind it, and above the fix's place.
        let (at, text) = [((4, 22), "  # a"), ((9, 12), "0"), ((0, 9), "0"), ((4, 4), "pass; ")]
            [version as usize - 2];
        client.change(URI, version, json!([replace(at, at, text)]));
        assert_eq!(messages(&mut client).len(), 1);
        assert_eq!(titles(&client.actions(URI, DEFAULT, DEFAULT)), titles(&before));
    }
    pause();
    client.change(URI, 7, json!([replace((5, 4), (5, 10), "assert 0; return")]));
    let listed = client.actions(URI, DEFAULT, DEFAULT);
    let fix = listed[0].clone();
    let edit = client.call("codeAction/resolve", fix)["edit"].clone();
    assert!(edit.to_string().contains("items is None"), "{edit}");
}

#[test]
fn what_is_chosen_is_what_its_title_said() {
    let mut client = client();
    client.open(URI, SHARED);
    let mut fix = client.actions(URI, DEFAULT, DEFAULT)[0].clone();
    fix["title"] = json!("Something else");
    let id = client.request("codeAction/resolve", fix);
    assert_eq!(client.response(id)["error"]["code"], -32801);
    assert_alive(&mut client);
}

#[test]
fn a_message_names_the_lines_as_they_are() {
    let mut client = client();
    client.open(URI, SHARED);
    assert!(messages(&mut client)[0].ends_with("on line 5"));
    client.change(URI, 2, json!([replace((1, 0), (1, 0), "\n\n")]));
    assert!(messages(&mut client)[0].ends_with("on line 7"));
    client.change(URI, 3, json!([replace((9, 0), (9, 0), "\n\n")]));
    assert!(messages(&mut client)[0].ends_with("on line 7"));
    client.change(URI, 4, json!([replace((0, 0), (3, 0), "")]));
    assert!(messages(&mut client)[0].ends_with("on line 4"));
}

#[test]
fn what_is_no_request_for_actions_is_refused() {
    let mut client = client();
    client.open(URI, SHARED);
    for params in [
        json!({}),
        json!({ "textDocument": { "uri": URI } }),
        json!({ "textDocument": 1, "range": 2, "context": 3 }),
        json!([1]),
    ] {
        let id = client.request("textDocument/codeAction", params.clone());
        let response = client.response(id);
        assert_eq!(response["error"]["code"], -32602, "{params}: {response}");
    }
    // It asks for no answer, and gets none.
    client.notify("textDocument/codeAction", json!({}));
    assert_eq!(client.actions("file:///workspace/closed.py", DEFAULT, DEFAULT), json!([]));
    assert_alive(&mut client);
}
