//! Diagnostics: asked for or sent, never both.

use serde_json::{Value, json};

use crate::client::Client;
use crate::documents::{DECORATED, MISSING_WRAPS, URI, WRAPPER, range, replace};

fn pulling() -> Client {
    Client::start(json!({ "textDocument": { "diagnostic": {} } }))
}

fn pushed_to() -> Client {
    Client::start(json!({ "textDocument": { "publishDiagnostics": {} } }))
}

/// The next `textDocument/publishDiagnostics` about the document: its version and what it holds.
fn published(client: &mut Client, uri: &str) -> (Value, Vec<Value>) {
    let message = client.expect("publishDiagnostics", |message| {
        message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri
    });
    let items = message["params"]["diagnostics"].as_array().expect("a list").clone();
    (message["params"]["version"].clone(), items)
}

/// The finding of [`DECORATED`], moved down by `lines`.
fn assert_missing_wraps(items: &[Value], lines: u32) {
    assert_eq!(items.len(), 1, "{items:?}");
    let (line, character) = (WRAPPER.0 + lines, WRAPPER.1);
    assert_eq!(items[0]["range"], range((line, character), (line, character + 7)));
    assert_eq!(items[0]["code"], MISSING_WRAPS);
    assert_eq!(items[0]["source"], "pygloss");
    assert_eq!(items[0]["severity"], 2);
    let message = items[0]["message"].as_str().expect("text");
    assert!(message.contains("`wrapper`"), "{message}");
}

#[test]
fn a_client_that_asks_is_not_sent_any() {
    let mut client = pulling();
    client.open(URI, DECORATED);
    client.change(URI, 2, json!([replace((0, 0), (0, 0), "\n")]));
    let report = client.pull(URI, None);
    assert_eq!(report["kind"], "full");
    assert_missing_wraps(report["items"].as_array().unwrap(), 1);
    client.close(URI);
    assert_eq!(client.drain(), Vec::<Value>::new());
}

#[test]
fn a_client_that_cannot_ask_is_sent_them_with_their_version() {
    let mut client = pushed_to();
    client.open(URI, DECORATED);
    let (version, items) = published(&mut client, URI);
    assert_eq!(version, 1);
    assert_missing_wraps(&items, 0);
    client.change(URI, 2, json!([replace((0, 0), (0, 0), "\n\n")]));
    let (version, items) = published(&mut client, URI);
    assert_eq!(version, 2);
    assert_missing_wraps(&items, 2);
    client.change(URI, 3, json!([{ "text": "x = 1\n" }]));
    assert_eq!(published(&mut client, URI), (json!(3), Vec::new()));
}

#[test]
fn what_was_sent_is_taken_back_when_the_document_is_closed() {
    let mut client = pushed_to();
    client.open(URI, DECORATED);
    assert_eq!(published(&mut client, URI).1.len(), 1);
    client.close(URI);
    assert_eq!(published(&mut client, URI).1, Vec::<Value>::new());
    assert_eq!(client.drain(), Vec::<Value>::new());
}

#[test]
fn only_the_newest_of_many_changes_is_reported_in_the_end() {
    let mut client = pushed_to();
    client.open(URI, DECORATED);
    for version in 2..=1000 {
        client.change(URI, version, json!([replace((0, 0), (0, 0), "\n")]));
    }
    let mut last = 0;
    while last < 1000 {
        let (version, items) = published(&mut client, URI);
        let version = version.as_i64().expect("a version");
        assert!(version > last, "{version} after {last}");
        last = version;
        assert_missing_wraps(&items, version as u32 - 1);
    }
    assert_eq!(client.drain(), Vec::<Value>::new());
}

#[test]
fn each_document_has_its_own() {
    let mut client = pushed_to();
    let other = "untitled:Untitled-1";
    client.open(URI, DECORATED);
    client.open(other, "x = 1\n");
    assert_eq!(published(&mut client, other).1, Vec::<Value>::new());
    assert_missing_wraps(&published(&mut client, URI).1, 0);
}

#[test]
fn a_report_that_the_client_has_is_unchanged() {
    let mut client = pulling();
    client.open(URI, DECORATED);
    let first = client.pull(URI, None);
    let id = first["resultId"].as_str().expect("an id").to_owned();
    assert_eq!(client.pull(URI, Some(&id)), json!({ "kind": "unchanged", "resultId": id }));

    // A change behind the finding leaves the report as it is …
    client.change(URI, 2, json!([replace((9, 0), (9, 0), "    # \n")]));
    let behind = client.pull(URI, Some(&id));
    if behind["kind"] == "full" {
        assert_eq!(behind["items"], first["items"], "a full report is never wrong");
    }
    // … one before it moves it.
    client.change(URI, 3, json!([replace((0, 0), (0, 0), "\n")]));
    let moved = client.pull(URI, Some(&id));
    assert_eq!(moved["kind"], "full");
    assert_ne!(moved["resultId"], id.as_str());
    assert_missing_wraps(moved["items"].as_array().unwrap(), 1);
    // An id of another report, or of none, is answered in full.
    for stale in [&*id, "", "no id of ours"] {
        assert_eq!(client.pull(URI, Some(stale))["items"], moved["items"], "{stale:?}");
    }
}

#[test]
fn a_report_stays_while_other_functions_are_typed_in() {
    let mut client = pulling();
    let head = "\"\"\"Words.\"\"\"\n".repeat(100);
    client.open(URI, &format!("{head}{DECORATED}\n\ndef other(a):\n    return a\n"));
    let line = 100 + u32::try_from(DECORATED.lines().count()).unwrap() + 3;
    let first = client.pull(URI, None);
    let id = first["resultId"].as_str().expect("an id").to_owned();
    let mut version = 1;
    let mut change = |client: &mut Client, start, end, text: &str| {
        version += 1;
        client.change(URI, version, json!([replace(start, end, text)]));
    };
    for (column, text) in (12..).zip([" ", "+", " ", "(", "a", ")"]) {
        change(&mut client, (line, column), (line, column), text);
        assert_eq!(client.pull(URI, Some(&id))["kind"], "unchanged", "{text}");
        assert_eq!(client.pull(URI, None)["items"], first["items"], "{text}");
    }
    // A mistake there is seen, and so is that it is gone.
    change(&mut client, (line, 18), (line, 18), "\n\n\ndef user(value=[]):\n    return value");
    let both = client.pull(URI, Some(&id));
    assert_eq!(both["items"].as_array().expect("a full report").len(), 2);
    change(&mut client, (line + 3, 0), (line + 4, 16), "");
    assert_eq!(client.pull(URI, Some(&id))["items"], first["items"]);
    // So is a comment that silences what stands elsewhere.
    change(
        &mut client,
        (line, 18),
        (line, 18),
        "\n# pygloss: file-ignore[decorator-missing-wraps]",
    );
    assert_eq!(client.pull(URI, Some(&id))["items"], json!([]));
}

#[test]
fn an_id_of_another_document_is_not_unchanged() {
    let mut client = pulling();
    let other = "untitled:Untitled-1";
    client.open(URI, "x = 1\n");
    client.open(other, DECORATED);
    let id = client.pull(URI, None)["resultId"].as_str().expect("an id").to_owned();
    assert_missing_wraps(client.pull(other, Some(&id))["items"].as_array().unwrap(), 0);
    // Closed and opened again it is another document, too.
    client.close(URI);
    client.open(URI, DECORATED);
    assert_missing_wraps(client.pull(URI, Some(&id))["items"].as_array().unwrap(), 0);
}

#[test]
fn columns_of_findings_count_what_was_agreed_on() {
    let source = DECORATED.replace("wrapper", "é漢𐐨").replace("func", "𐐨");
    for (encoding, width) in [("utf-16", 1 + 1 + 2), ("utf-8", 2 + 3 + 4)] {
        for line_break in ["\n", "\r\n", "\r"] {
            let mut client = Client::start(json!({
                "general": { "positionEncodings": [encoding] },
                "textDocument": { "diagnostic": {} },
            }));
            client.open(URI, &source.replace('\n', line_break));
            let items = client.pull(URI, None)["items"].clone();
            let (line, character) = WRAPPER;
            let expected = range(WRAPPER, (line, character + width));
            assert_eq!(items[0]["range"], expected, "{encoding} {line_break:?} {items}");
        }
    }
}

#[test]
fn at_most_a_thousand_are_given() {
    let mut client = pulling();
    client.open(URI, &DECORATED.repeat(1200));
    let items = client.pull(URI, None)["items"].clone();
    let items = items.as_array().expect("a list");
    assert_eq!(items.len(), 1000);
    let last = items[999]["message"].as_str().expect("text");
    assert!(last.contains("201 more"), "{last}");
}

#[test]
fn nothing_is_found_while_the_finding_is_suppressed() {
    let mut client = pulling();
    let comment = format!("  # pygloss: ignore[{MISSING_WRAPS}]");
    let suppressed = DECORATED.replace("**kwargs):", &format!("**kwargs):{comment}"));
    client.open(URI, &suppressed);
    assert_eq!(client.pull(URI, None)["items"], json!([]));
    let end = 33 + comment.len() as u32;
    client.change(URI, 2, json!([replace((1, 33), (1, end), "")]));
    assert_eq!(client.held(URI).0, DECORATED);
    assert_missing_wraps(client.pull(URI, None)["items"].as_array().unwrap(), 0);
}

#[test]
fn the_last_action_silences_the_finding() {
    let mut client = Client::start(json!({ "textDocument": {
        "diagnostic": {},
        "codeAction": { "codeActionLiteralSupport": {
            "codeActionKind": { "valueSet": ["quickfix"] },
        } },
    } }));
    client.open(URI, DECORATED);
    let params = json!({
        "textDocument": { "uri": URI },
        "range": range(WRAPPER, WRAPPER),
        "context": { "diagnostics": [], "only": ["quickfix"] },
    });
    let actions = client.call("textDocument/codeAction", params);
    let actions = actions.as_array().expect("a list");
    let last = actions.last().expect("an action");
    assert!(actions.len() > 1, "{actions:?}");
    assert_eq!(last["title"], format!("Ignore {MISSING_WRAPS} here"));
    assert_eq!(last.get("isPreferred"), None);
    let edit = &last["edit"]["changes"][URI][0];
    let comment = format!("  # pygloss: ignore[{MISSING_WRAPS}]");
    assert_eq!(edit["newText"], comment.as_str());
    client.change(URI, 2, json!([{ "range": edit["range"], "text": edit["newText"] }]));
    assert_eq!(client.pull(URI, None)["items"], json!([]));
}

#[test]
fn old_names_and_idle_comments_are_marked_for_clients_that_draw_it() {
    let source =
        "from typing import List\n\n\ndef f(x: List[int]): ...  # pygloss: ignore[loop-closure]\n";
    let tags = |tag_support: Value| -> Vec<Value> {
        let mut client = Client::start(json!({
            "textDocument": { "diagnostic": {}, "publishDiagnostics": tag_support },
        }));
        client.open(URI, source);
        let report = client.pull(URI, None);
        let items = report["items"].as_array().unwrap();
        items.iter().map(|item| json!([item["code"], item["tags"]])).collect()
    };
    let (old, idle) = ("pep585-generics", "unused-ignore");
    let all = tags(json!({ "tagSupport": { "valueSet": [1, 2] } }));
    assert_eq!(all, [json!([old, [2]]), json!([idle, [1]])]);
    let some = tags(json!({ "tagSupport": { "valueSet": [1] } }));
    assert_eq!(some, [json!([old, null]), json!([idle, [1]])]);
    assert_eq!(tags(json!({})), [json!([old, null]), json!([idle, null])]);
}
