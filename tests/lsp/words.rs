//! Settings about names from elsewhere, about fixes and about topics, from the editor and from files.

use std::fs;

use serde_json::{Value, json};

use crate::client::Client;

/// A finding of `blocking-io-in-async` in line 3 if `shop.query` blocks, and one of `loop-closure` in line 6.
const TEXT: &str = "from shop import query
async def f():
    query()
fs = []
for i in range(3):
    fs.append(lambda: i)
";

/// The rules with a finding, one after the other.
fn rules(client: &mut Client, uri: &str) -> String {
    let items = client.pull(uri, None)["items"].clone();
    let codes = items.as_array().unwrap().iter().map(|item| item["code"].as_str().unwrap());
    codes.collect::<Vec<_>>().join(" ")
}

/// The kinds of code action that `source.fixAll` offers in the file.
fn fix_all(client: &mut Client, uri: &str) -> usize {
    let at = json!({ "line": 0, "character": 0 });
    let params = json!({
        "textDocument": { "uri": uri },
        "range": { "start": at, "end": at },
        "context": { "diagnostics": [], "only": ["source.fixAll"] },
    });
    client.call("textDocument/codeAction", params).as_array().map_or(0, Vec::len)
}

#[test]
fn words_come_from_the_editor_and_from_changing_files() {
    let folder = tempfile::tempdir().unwrap();
    let kinds = json!({ "codeActionKind": { "valueSet": ["quickfix", "source.fixAll"] } });
    let mut client = Client::start_with(json!({ "capabilities": { "textDocument": {
        "diagnostic": {},
        "codeAction": { "codeActionLiteralSupport": kinds, "isPreferredSupport": true },
    } } }));
    let uri = format!("file://{}/a.py", folder.path().display());
    client.open(&uri, TEXT);
    assert_eq!(rules(&mut client, &uri), "loop-closure");
    let tell = |client: &mut Client, settings: Value| {
        let params = json!({ "settings": { "pygloss": settings } });
        client.notify("workspace/didChangeConfiguration", params);
    };
    tell(&mut client, json!({ "blockingCalls": ["shop.query"] }));
    assert_eq!(rules(&mut client, &uri), "blocking-io-in-async loop-closure");
    tell(&mut client, json!({ "blockingCalls": ["shop.query"], "topics": ["concurrency"] }));
    assert_eq!(rules(&mut client, &uri), "blocking-io-in-async");
    tell(&mut client, json!({ "ignore": ["suspicious"] }));
    assert_eq!(rules(&mut client, &uri), "");
    tell(&mut client, json!({}));
    assert_eq!(fix_all(&mut client, &uri), 0, "its fix is to be looked over");
    tell(&mut client, json!({ "fixSafety": { "loop-closure": "safe" } }));
    assert_eq!(fix_all(&mut client, &uri), 1);
    tell(&mut client, json!({}));
    let file = folder.path().join("pygloss.toml");
    fs::write(&file, "blocking-calls = ['shop.query']\n[fix-safety]\nB023 = 'safe'\n").unwrap();
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": uri } }));
    assert_eq!(rules(&mut client, &uri), "blocking-io-in-async loop-closure");
    assert_eq!(fix_all(&mut client, &uri), 1);
    tell(&mut client, json!({ "fixSafety": { "core": "review" }, "topics": ["decorators"] }));
    assert_eq!(rules(&mut client, &uri), "loop-closure");
    assert_eq!(fix_all(&mut client, &uri), 0, "the editor overrides files");
    assert_eq!(client.finish(), 0);
}

#[test]
fn cards_and_conversions_of_other_topics_are_not_shown() {
    let mut client = Client::start(json!({ "textDocument": { "hover": {} } }));
    let uri = "file:///a.py";
    let text = "import functools\n@functools.cache\ndef f(x):\n    for y in x:\n        yield y\n";
    client.open(uri, text);
    let hover = |client: &mut Client, line: u32, character: u32| {
        let at = json!({ "line": line, "character": character });
        let params = json!({ "textDocument": { "uri": uri }, "position": at });
        !client.call("textDocument/hover", params).is_null()
    };
    assert!(hover(&mut client, 1, 12) && hover(&mut client, 3, 4));
    let params = json!({ "settings": { "pygloss": { "topics": ["decorators"] } } });
    client.notify("workspace/didChangeConfiguration", params);
    assert!(hover(&mut client, 1, 12) && !hover(&mut client, 3, 4));
}

#[test]
fn what_is_wrong_in_them_is_said() {
    let mut client = Client::start_with(json!({
        "capabilities": { "textDocument": { "diagnostic": {} } },
        "initializationOptions": { "settings": {
            "topics": ["decorator"],
            "fixSafety": { "core": "safe" },
            "resources": ["connect"],
        } },
    }));
    let said: Vec<String> = (0..3)
        .map(|_| {
            let log = client.expect_call("window/logMessage");
            log["params"]["message"].as_str().unwrap().to_owned()
        })
        .collect();
    for expected in [
        "pygloss.resources: `connect` is no dotted name such as `shop.db.connect`",
        "pygloss.topics: there is no topic `decorator`; did you mean `decorators`?",
        "pygloss.fixSafety: `core` is no rule; fixes are safe only by the name of their rule",
    ] {
        assert!(said.iter().any(|it| it == expected), "{expected}\n{said:#?}");
    }
}
