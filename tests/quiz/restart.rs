//! A quiz that outlives its server.

use std::path::Path;

use pygloss::store;
use serde_json::{Value, json};

use crate::client::Client;

fn answer(step: &Value) -> Value {
    json!({
        "sessionId": step["session"]["id"],
        "presentationId": step["question"]["presentationId"],
        "response": { "keys": [step["question"]["options"][0]["key"]] },
    })
}

fn reviews(folder: &Path) -> u32 {
    store::open(folder).store.reviews().unwrap()
}

fn is_refused(result: Result<Value, Value>) {
    assert_eq!(result.unwrap_err()["data"]["reason"], "noSession");
}

/// The server is killed in the middle of each question, before or after the answer, as often as it
/// takes. Every answer counts once.
#[test]
fn a_killed_server_loses_no_answer_and_asks_none_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::rich(folder.path());
    let topics = json!({ "topics": ["decorators"], "limit": 6 });
    let mut step = client.quiz("start", topics).unwrap();
    let id = step["session"]["id"].clone();
    let mut answers = 0;
    for round in 0.. {
        let asked = step["question"].clone();
        if round % 3 != 1 {
            // Dropping the client kills its server.
            client = {
                drop(client);
                Client::rich(folder.path())
            };
            step = client.quiz("resume", json!({})).unwrap();
            assert_eq!(
                (&step["session"]["id"], &step["question"]["topic"]),
                (&id, &asked["topic"])
            );
            assert_eq!(step["question"]["prompt"], asked["prompt"]);
            assert_ne!(step["question"]["presentationId"], asked["presentationId"]);
        }
        assert_eq!(step["session"]["index"], answers + 1);
        client.quiz("answer", answer(&step)).unwrap();
        answers += 1;
        assert_eq!(reviews(folder.path()), answers);
        if round % 3 != 0 {
            client = {
                drop(client);
                Client::rich(folder.path())
            };
            step = client.quiz("resume", json!({ "sessionId": id })).unwrap();
        } else {
            step = client.quiz("next", json!({})).unwrap();
        }
        if let Some(done) = step.get("done") {
            assert_eq!(done["asked"], answers);
            break;
        }
    }
    assert!(answers >= 6, "{answers}");
    assert_eq!(reviews(folder.path()), answers);
    is_refused(client.quiz("resume", json!({})));
    drop(client);
    is_refused(Client::rich(folder.path()).quiz("resume", json!({})));
}

#[test]
fn one_server_goes_on_and_none_while_the_first_one_lives() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = Client::rich(folder.path());
    let step = first.quiz("start", json!({})).unwrap();
    let mut others = [Client::rich(folder.path()), Client::rich(folder.path())];
    for other in &mut others {
        is_refused(other.quiz("resume", json!({})));
        is_refused(other.quiz("resume", json!({ "sessionId": step["session"]["id"] })));
    }
    drop(first);
    let resumed = others.each_mut().map(|other| other.quiz("resume", json!({})));
    assert_eq!(resumed.iter().filter(|result| result.is_ok()).count(), 1, "{resumed:?}");
    // Who starts anew has let go of it.
    for other in &mut others {
        other.quiz("start", json!({ "topics": ["generators"] })).unwrap();
    }
    for other in others {
        drop(other);
        let mut last = Client::rich(folder.path());
        let step = last.quiz("resume", json!({})).unwrap();
        assert_eq!(step["question"]["topic"]["id"], "python-interview-5/generators");
        last.quiz("stop", json!({})).unwrap();
    }
}

#[test]
fn a_client_without_a_quiz_of_its_own_goes_on_by_prompts() {
    let folder = tempfile::tempdir().unwrap();
    let mut rich = Client::rich(folder.path());
    // A prompt shows no snippet, and every card has a variant without one.
    rich.quiz("start", json!({})).unwrap();
    drop(rich);
    let window = json!({ "window": { "showMessage": { "messageActionItem": {} } } });
    let mut plain = Client::start(folder.path(), "Neovim", window);
    assert_eq!(plain.rest(), Vec::<Value>::new(), "nothing comes unasked");
    assert_eq!(plain.command("resume", json!({})).unwrap(), Value::Null);
    let prompt = plain.expect("window/showMessageRequest");
    assert!(prompt["params"]["message"].as_str().unwrap().contains(" 1/5: "), "{prompt}");
}

#[test]
fn the_readers_code_is_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::rich(folder.path());
    client.open(include_str!("../../content/python-interview-5/decorators/tour.py"));
    let here = json!({ "mode": "cursor", "textDocument": { "uri": crate::client::URI } });
    let step = client.quiz("start", here).unwrap();
    assert_eq!(step["question"]["source"], "code");
    drop(client);
    for file in std::fs::read_dir(folder.path()).unwrap().flatten() {
        let bytes = std::fs::read(file.path()).unwrap();
        let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        for text in ["api_call", "rate_limit", "file:", "/w/api"] {
            assert!(!holds(text), "{text} in {:?}", file.path());
        }
    }
    let mut next = Client::rich(folder.path());
    let step = next.quiz("resume", json!({})).unwrap();
    assert_eq!(step["done"]["asked"], 0);
}
