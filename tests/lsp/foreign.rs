//! Methods, parameters and documents that the server does not know.

use serde_json::{Value, json};

use crate::client::{Client, error_code};
use crate::documents::{API_CALL, DECORATED, URI, assert_alive, replace};

const METHOD_NOT_FOUND: i64 = -32601;
const INVALID_PARAMS: i64 = -32602;

fn client() -> Client {
    Client::start(json!({ "textDocument": {
        "diagnostic": {},
        "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [""] } } },
    } }))
}

#[test]
fn unknown_requests_are_answered() {
    let mut client = client();
    for method in [
        "unknown",
        "",
        "$/unknown",
        "$/",
        "textDocument/unknown",
        "pygloss/unknown",
        "textDocument/💥",
    ] {
        for params in [json!({}), json!([]), Value::Null] {
            assert_eq!(client.call_in_vain(method, params), METHOD_NOT_FOUND, "{method:?}");
        }
    }
    assert_alive(&mut client);
}

#[test]
fn what_other_servers_do_is_left_to_them() {
    let mut client = client();
    client.open(URI, DECORATED);
    let params = json!({
        "textDocument": { "uri": URI },
        "position": { "line": 0, "character": 0 },
        "newName": "x",
        "options": { "tabSize": 4, "insertSpaces": true },
    });
    for method in ["completion", "definition", "rename", "formatting"] {
        let method = format!("textDocument/{method}");
        assert_eq!(client.call_in_vain(&method, params.clone()), METHOD_NOT_FOUND, "{method}");
    }
}

#[test]
fn unknown_notifications_are_ignored() {
    let mut client = client();
    for method in ["unknown", "", "$/unknown", "$/setTrace", "textDocument/unknown", "pygloss/x"] {
        for params in [json!({}), json!([]), Value::Null] {
            client.notify(method, params);
        }
    }
    assert_alive(&mut client);
    assert_eq!(client.drain(), Vec::<Value>::new(), "a notification is never answered");
}

#[test]
fn a_request_without_id_and_a_notification_with_one_are_what_they_look_like() {
    let mut client = client();
    client.notify("textDocument/hover", json!({ "textDocument": { "uri": URI } }));
    client.notify("shutdown", Value::Null);
    assert_alive(&mut client);
    let id = client.request("textDocument/didClose", json!({ "textDocument": { "uri": URI } }));
    client.response(id);
    let id = client.request("initialized", json!({}));
    client.response(id);
    assert_alive(&mut client);
    assert_eq!(client.drain(), Vec::<Value>::new());
}

#[test]
fn wrong_parameters_are_refused() {
    let mut client = client();
    client.open(URI, DECORATED);
    let document = json!({ "uri": URI });
    for params in [
        Value::Null,
        json!({}),
        json!([]),
        json!([1, 2]),
        json!({ "textDocument": document }),
        json!({ "textDocument": URI, "position": { "line": 0, "character": 0 } }),
        json!({ "textDocument": { "uri": 5 }, "position": { "line": 0, "character": 0 } }),
        json!({ "textDocument": document, "position": { "line": -1, "character": 0 } }),
        json!({ "textDocument": document, "position": { "line": 0.5, "character": 0 } }),
        json!({ "textDocument": document, "position": { "line": "0", "character": 0 } }),
        json!({ "textDocument": document, "position": { "line": 0, "character": 1_u64 << 32 } }),
        json!({ "textDocument": document, "position": { "line": 0 } }),
    ] {
        let code = client.call_in_vain("textDocument/hover", params.clone());
        assert_eq!(code, INVALID_PARAMS, "{params}");
    }
    assert_alive(&mut client);
}

#[test]
fn notifications_with_wrong_parameters_change_nothing() {
    let mut client = client();
    client.open(URI, DECORATED);
    for (method, params) in [
        ("textDocument/didOpen", json!({})),
        ("textDocument/didOpen", json!([URI])),
        ("textDocument/didChange", json!({})),
        ("textDocument/didChange", json!({ "contentChanges": [{ "text": "" }] })),
        ("textDocument/didClose", json!({})),
        ("textDocument/didSave", json!(null)),
        ("workspace/didChangeConfiguration", json!(null)),
        ("workspace/didChangeWorkspaceFolders", json!({})),
        ("workspace/didChangeWatchedFiles", json!([])),
        ("$/cancelRequest", json!(null)),
    ] {
        client.notify(method, params);
    }
    assert_eq!(client.held(URI), (DECORATED.to_owned(), 1));
    assert_alive(&mut client);
}

/// Once a change is lost nothing is known about a text: no answer is better than a wrong one.
#[test]
fn a_document_with_an_unreadable_change_has_no_answers_until_it_is_opened_again() {
    let mut client = client();
    let document = json!({ "uri": URI, "version": 2 });
    let good = replace((0, 0), (0, 3), "class");
    for changes in [
        Value::Null,
        json!({}),
        json!([{}]),
        json!([good, { "range": 3, "text": "" }]),
        json!([{ "range": { "start": { "line": -1, "character": 0 } }, "text": "" }]),
        json!([{ "text": 5 }]),
    ] {
        client.open(URI, DECORATED);
        assert!(client.hover(URI, API_CALL).is_object());
        let params = json!({ "textDocument": document, "contentChanges": changes });
        client.notify("textDocument/didChange", params);
        assert_eq!(client.hover(URI, API_CALL), Value::Null, "{changes}");
        client.change(URI, 3, json!([{ "text": DECORATED }]));
        assert_eq!(client.hover(URI, API_CALL), Value::Null, "{changes}");
    }
    client.open(URI, DECORATED);
    assert!(client.hover(URI, API_CALL).is_object());
}

#[test]
fn commands_that_do_not_exist_are_refused() {
    let mut client = client();
    for params in [
        json!({ "command": "unknown" }),
        json!({ "command": "pygloss.unknown", "arguments": [{ "uri": "../../etc/passwd" }] }),
        json!({ "command": "", "arguments": [] }),
        json!({ "command": "rm -rf /" }),
        json!({ "command": 5 }),
        json!({}),
        Value::Null,
    ] {
        let code = client.call_in_vain("workspace/executeCommand", params.clone());
        assert_eq!(code, INVALID_PARAMS, "{params}");
    }
    assert_alive(&mut client);
}

#[test]
fn documents_that_are_not_open_have_no_answers() {
    let mut client = client();
    for uri in [URI, "untitled:Untitled-1", "no uri at all", "", "file:///%ZZ", "\u{0}"] {
        client.change(uri, 2, json!([{ "text": "x" }]));
        client.close(uri);
        assert_eq!(client.hover(uri, (0, 0)), Value::Null, "{uri:?}");
        let actions = client.actions(uri, (0, 0), (9, 9));
        assert!(actions.is_null() || actions == json!([]), "{uri:?}: {actions}");
        assert_eq!(client.pull(uri, None)["items"], json!([]), "{uri:?}");
    }
    assert_alive(&mut client);
}

#[test]
fn a_document_may_have_any_uri() {
    let mut client = client();
    for uri in [
        "untitled:Untitled-1",
        "vscode-notebook-cell:/workspace/a.ipynb#W0sZmlsZQ%3D%3D",
        "git:/workspace/a.py?%7B%22ref%22%3A%22~%22%7D",
        "file:///c%3A/Users/a.py",
        "FILE:///workspace/../A.PY",
        "file:///workspace/a b.py",
        "file:///workspace/é漢😀.py",
        "no uri at all",
        "inmemory://model/1",
        "",
    ] {
        client.open(uri, DECORATED);
        assert!(client.hover_text(uri, API_CALL).contains("api_call = log(api_call)"), "{uri:?}");
        client.close(uri);
        assert_eq!(client.hover(uri, API_CALL), Value::Null, "{uri:?}");
    }
}

#[test]
fn two_spellings_are_two_documents() {
    let mut client = client();
    client.open("file:///workspace/a b.py", "first");
    client.open("file:///workspace/a%20b.py", "second");
    assert_eq!(client.held("file:///workspace/a%20b.py").0, "second");
    client.close("file:///workspace/a%20b.py");
    client.change("file:///workspace/a b.py", 2, json!([{ "text": DECORATED }]));
    assert!(client.hover("file:///workspace/a b.py", API_CALL).is_object());
}

#[test]
fn a_document_that_is_opened_again_is_replaced() {
    let mut client = client();
    client.open(URI, "x = 1\n");
    client.open(URI, DECORATED);
    assert!(client.hover(URI, API_CALL).is_object());
    client.close(URI);
    client.close(URI);
    let id = client.request("pygloss/test", json!({ "textDocument": { "uri": URI } }));
    assert_eq!(client.response(id)["result"], Value::Null);
}

#[test]
fn other_languages_have_no_answers() {
    let mut client = client();
    for (uri, language) in [("file:///w/a.rs", "rust"), ("untitled:1", "plaintext")] {
        let document =
            json!({ "uri": uri, "languageId": language, "version": 1, "text": DECORATED });
        client.notify("textDocument/didOpen", json!({ "textDocument": document }));
        assert_eq!(client.hover(uri, API_CALL), Value::Null);
        assert_eq!(client.held(uri).0, DECORATED);
    }
}

#[test]
fn foreign_actions_are_not_resolved() {
    let mut client = client();
    let uri = json!({ "uri": URI, "version": 1, "fixAll": null });
    for data in [json!(1), json!("x"), json!({}), json!([]), uri] {
        let id = client.request("codeAction/resolve", json!({ "title": "x", "data": data }));
        let code = error_code(&client.response(id));
        assert!([INVALID_PARAMS, -32801].contains(&code), "{data}: {code}");
    }
    assert_alive(&mut client);
}
