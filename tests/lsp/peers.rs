//! Rules that ruff has, too: where it runs beside, what it shows is not shown twice, but mended.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::client::Client;

/// A finding of `loop-closure` in line 2, which is ruff's B023, and one of `decorator-missing-wraps` in
/// line 4.
const TEXT: &str = "fs = []
for i in range(3):
    fs.append(lambda: i)
def log(func):
    def wrapper(*args, **kwargs):
        return func(*args, **kwargs)
    return wrapper
@log
def g(): ...
";

/// A client that says which servers run beside, if it says so.
fn client(peers: Option<&[&str]>) -> Client {
    let kinds = json!({ "codeActionKind": { "valueSet": ["quickfix"] } });
    let mut start = json!({ "capabilities": { "textDocument": {
        "diagnostic": {},
        "codeAction": { "codeActionLiteralSupport": kinds, "isPreferredSupport": true },
    } } });
    if let Some(peers) = peers {
        start["initializationOptions"] = json!({ "peers": peers });
    }
    Client::start_with(start)
}

/// Opens [`TEXT`] in `folder`.
fn open(client: &mut Client, folder: &Path) -> String {
    let uri = format!("file://{}/a.py", folder.display());
    client.open(&uri, TEXT);
    uri
}

/// The rules with a finding.
fn rules(client: &mut Client, uri: &str) -> String {
    let items = client.pull(uri, None)["items"].clone();
    let codes = items.as_array().unwrap().iter().map(|item| item["code"].as_str().unwrap());
    codes.collect::<Vec<_>>().join(" ")
}

const BOTH: &str = "loop-closure decorator-missing-wraps";
const ONE: &str = "decorator-missing-wraps";

/// A project in which ruff's configuration says this.
fn project(ruff: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("ruff.toml"), ruff).unwrap();
    folder
}

#[test]
fn a_rule_yields_to_a_running_ruff_that_has_it_on() {
    let empty = tempfile::tempdir().unwrap();
    let off = project("lint.ignore = ['B']\n");
    for (peers, folder, expected) in [
        (Some(&["pyright", "ruff"][..]), &empty, ONE),
        (Some(&["charliermarsh.ruff"]), &empty, ONE),
        (Some(&["ruff"]), &off, BOTH),
        (Some(&["pyright"]), &empty, BOTH),
        (Some(&[]), &project("lint.select = ['B']\n"), BOTH),
        (None, &empty, BOTH),
        (None, &project("lint.select = ['B']\n"), BOTH),
    ] {
        let mut client = client(peers);
        let uri = open(&mut client, folder.path());
        assert_eq!(rules(&mut client, &uri), expected, "{peers:?}");
        assert_eq!(client.finish(), 0);
    }
}

#[test]
fn servers_come_and_go_and_the_reader_decides() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = client(Some(&[]));
    let uri = open(&mut client, folder.path());
    assert_eq!(rules(&mut client, &uri), BOTH);
    let mut with = |peers: &[&str], settings: Value| {
        assert_eq!(client.call("pygloss/peers", json!({ "peers": peers })), Value::Null);
        let params = json!({ "settings": { "pygloss": settings } });
        client.notify("workspace/didChangeConfiguration", params);
        rules(&mut client, &uri)
    };
    assert_eq!(with(&["ruff"], json!({})), ONE);
    assert_eq!(with(&["ruff"], json!({ "yieldTo": "none" })), BOTH);
    assert_eq!(with(&["ruff"], json!({ "extendSelect": ["loop-closure"] })), BOTH, "it is named");
    assert_eq!(with(&["ruff"], json!({ "extendSelect": ["decorators"] })), ONE);
    assert_eq!(with(&[], json!({})), BOTH);
    assert_eq!(with(&[], json!({ "yieldTo": "auto" })), BOTH);
    assert_eq!(with(&[], json!({ "yieldTo": "ruff" })), ONE);
    fs::write(folder.path().join("pygloss.toml"), "yield-to = 'none'\n").unwrap();
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": uri } }));
    assert_eq!(rules(&mut client, &uri), ONE, "the editor overrides files");
    let code = client.call_in_vain("pygloss/peers", json!({ "peers": "ruff" }));
    assert_eq!(code, -32602);
}

#[test]
fn the_fix_stands_under_the_finding_of_ruff() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = client(Some(&["ruff"]));
    let uri = open(&mut client, folder.path());
    let of_ruff = |code: &str, line: u32| {
        let place = |character| json!({ "line": line, "character": character });
        json!({
            "range": { "start": place(22), "end": place(23) },
            "code": code, "source": "Ruff", "message": "…",
        })
    };
    let mut actions = |diagnostics: Value| {
        let at = json!({ "line": 2, "character": 22 });
        let params = json!({
            "textDocument": { "uri": uri },
            "range": { "start": at, "end": at },
            "context": { "diagnostics": diagnostics, "only": ["quickfix"] },
        });
        client.call("textDocument/codeAction", params).as_array().unwrap().clone()
    };
    let theirs = of_ruff("B023", 2);
    let given = json!([of_ruff("E501", 2), theirs, of_ruff("B023", 7)]);
    let all = actions(given);
    assert!(!all.is_empty());
    for action in &all {
        assert_eq!(action["diagnostics"], json!([theirs]), "{action}");
        assert!(action["edit"].is_object(), "{action}");
        let title = action["title"].as_str().unwrap();
        assert!(!title.starts_with("Ignore"), "ruff's finding is not ours to silence: {title}");
    }
    let by_place = actions(json!([]));
    assert_eq!(by_place.len(), all.len(), "a client may pass its own diagnostics only");
    assert!(by_place.iter().all(|action| action.get("diagnostics").is_none()));
}
