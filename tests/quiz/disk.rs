//! A disk that does not take what is to be kept: one message, and the quiz goes on.

use std::fs;
use std::process::Command;

use pygloss::store;
use serde_json::{Value, json};

use crate::client::Client;

/// Answers `count` questions; what was told of each card.
fn answer(client: &mut Client, count: usize) -> Vec<Value> {
    let mut cards = Vec::new();
    while cards.len() < count {
        let mut step = client.quiz("start", json!({ "mode": "topic", "limit": 50 })).unwrap();
        while step["question"].is_object() && cards.len() < count {
            let params = json!({
                "sessionId": step["session"]["id"],
                "presentationId": step["question"]["presentationId"],
                "response": { "keys": [step["question"]["options"][0]["key"]] },
            });
            cards.push(client.quiz("answer", params).unwrap()["card"].clone());
            step = client.quiz("next", json!({})).unwrap();
        }
    }
    cards
}

/// The messages that the reader sees.
fn shown(client: &mut Client) -> Vec<String> {
    let text = |message: Value| message["params"]["message"].as_str().unwrap().to_owned();
    client.rest().into_iter().map(text).collect()
}

fn capabilities() -> Value {
    json!({ "experimental": { "pygloss": { "protocol": 1 } } })
}

#[test]
fn a_folder_that_cannot_be_used_is_named_once() {
    let folder = tempfile::tempdir().unwrap();
    let blocked = folder.path().join("a file");
    fs::write(&blocked, "").unwrap();
    let mut client = Client::start(&blocked.join("below"), "test", capabilities());
    assert!(answer(&mut client, 60).iter().all(Value::is_null));
    let shown = shown(&mut client);
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert!(shown[0].contains("Progress cannot be kept in"), "{shown:?}");
}

#[cfg(unix)]
#[test]
fn a_disk_that_fills_up_is_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut limited = Command::new("sh");
    // In blocks of 512 bytes; without the trap the program would be ended by a signal.
    let script = "trap '' XFSZ; ulimit -f 300; exec \"$0\"";
    limited.args(["-c", script, env!("CARGO_BIN_EXE_pygloss")]);
    let mut client = Client::start_by(limited, folder.path(), "test", capabilities());
    let cards = answer(&mut client, 250);
    let kept = cards.iter().filter(|card| !card.is_null()).count();
    assert!(kept > 0 && kept < cards.len(), "{kept}");
    let shown = shown(&mut client);
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert!(shown[0].contains("The answer could not be kept"), "{shown:?}");
    drop(client);
    let opened = store::open(folder.path());
    assert_eq!(opened.notice, None);
    assert_eq!(opened.store.reviews().unwrap() as usize, kept, "what was acknowledged is there");
}

#[test]
fn a_damaged_file_is_told_and_answers_go_into_a_new_one() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("progress.db"), "no database ".repeat(500)).unwrap();
    let mut client = Client::start(folder.path(), "test", capabilities());
    assert!(answer(&mut client, 3).iter().all(|card| !card.is_null()));
    let shown = shown(&mut client);
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert!(shown[0].contains("progress.damaged-1.db"), "{shown:?}");
}
