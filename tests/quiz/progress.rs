//! What is due, what was taken back, what a placement test finds, and the page about it all.

use std::fs;
use std::path::Path;

use pygloss::store;
use serde_json::{Value, json};

use crate::client::Client;

/// An answer by the first option, or giving up.
fn answer(client: &mut Client, step: &Value, give_up: bool) -> Value {
    let question = &step["question"];
    let mut params = json!({
        "sessionId": step["session"]["id"],
        "presentationId": question["presentationId"],
    });
    if give_up {
        params["giveUp"] = json!(true);
        return client.quiz("skip", params).unwrap();
    }
    params["response"] = json!({ "keys": [question["options"][0]["key"]] });
    client.quiz("answer", params).unwrap()
}

fn status(client: &mut Client) -> Value {
    client.request("pygloss/status", json!({})).unwrap()
}

fn reviews(folder: &Path) -> u32 {
    store::open(folder).store.reviews().unwrap()
}

#[test]
fn who_never_answered_has_no_store() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut client = Client::rich(&data);
    assert_eq!(status(&mut client), json!({ "due": 0, "waiting": false }));
    let page = client.request("pygloss/progress", json!({})).unwrap();
    assert!(page["content"]["value"].as_str().unwrap().contains("Nothing was answered yet."));
    let undone = client.quiz("undo", json!({})).unwrap();
    assert_eq!(undone, json!({ "message": "There is no answer to take back." }));
    assert!(!data.exists());
}

#[test]
fn a_status_line_knows_what_is_due_and_what_waits() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::rich(folder.path());
    let step = client.quiz("start", json!({ "topics": ["decorators"] })).unwrap();
    let shown = status(&mut client);
    assert_eq!((&shown["due"], &shown["session"]["index"]), (&json!(0), &json!(1)));
    answer(&mut client, &step, true);
    let shown = status(&mut client);
    assert_eq!(shown["due"], 0);
    let next = shown["nextDueAt"].as_u64().unwrap();
    assert!(next > step["session"]["startedAt"].as_u64().unwrap(), "{shown}");
    client.quiz("next", json!({})).unwrap();
    drop(client);
    let mut client = Client::rich(folder.path());
    let shown = status(&mut client);
    assert_eq!((&shown["waiting"], shown.get("session")), (&json!(true), None));
    client.quiz("resume", json!({})).unwrap();
    let shown = status(&mut client);
    assert_eq!((&shown["waiting"], &shown["session"]["index"]), (&json!(false), &json!(2)));
    client.quiz("stop", json!({})).unwrap();
    assert_eq!(status(&mut client).get("session"), None);
}

#[test]
fn the_last_answer_is_taken_back_and_asked_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::rich(folder.path());
    let topics = json!({ "topics": ["decorators"], "limit": 6 });
    let first = client.quiz("start", topics).unwrap();
    let verdict = answer(&mut client, &first, false);
    assert_eq!(reviews(folder.path()), 1);
    let total = verdict["session"]["total"].as_u64().unwrap();
    let undone = client.quiz("undo", json!({})).unwrap();
    assert_eq!(undone["answer"]["topic"], first["question"]["topic"]);
    assert_eq!(undone["answer"]["outcome"], verdict["outcome"]);
    let message = undone["message"].as_str().unwrap();
    assert!(message.starts_with("Taken back: the answer to `"), "{message}");
    assert_eq!(reviews(folder.path()), 0);

    // As often as a miss: once, with three others before it.
    let mut prompts = Vec::new();
    let mut step = client.quiz("next", json!({})).unwrap();
    while step["question"].is_object() {
        prompts.push(step["question"]["topic"].clone());
        let ids = json!({ "sessionId": step["session"]["id"], "presentationId": step["question"]["presentationId"] });
        step = client.quiz("skip", ids).unwrap();
    }
    assert_eq!(prompts.len(), 6, "{prompts:?}");
    let was_right = verdict["outcome"] == "right";
    assert_eq!(total, if was_right { 6 } else { 7 });
    assert_eq!(step["done"]["asked"], 0, "it counts no more");
}

#[test]
fn an_answer_of_another_window_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut one = Client::rich(folder.path());
    let mut two = Client::start(folder.path(), "test", json!({ "window": { "showMessage": {} } }));
    let step = one.quiz("start", json!({ "topics": ["generators"] })).unwrap();
    answer(&mut one, &step, true);
    let told = two.command("undo", json!({})).unwrap();
    assert_eq!(told["answer"]["topic"]["id"], "python-interview-5/generators");
    let shown = two.expect("window/showMessage");
    assert!(shown["params"]["message"].as_str().unwrap().contains("given up"), "{shown}");
    assert_eq!(reviews(folder.path()), 0);
    let told = two.command("undo", json!({})).unwrap();
    assert_eq!(told.get("answer"), None);
}

#[test]
fn a_placement_test_outlives_its_server() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::rich(folder.path());
    // A limit is for other sessions.
    let params = json!({ "mode": "placement", "limit": 3 });
    let mut step = client.quiz("start", params).unwrap();
    assert_eq!(step["session"]["mode"], "placement");
    let mut asked = 0;
    while step["question"].is_object() {
        answer(&mut client, &step, true);
        asked += 1;
        if asked == 9 {
            drop(client);
            client = Client::rich(folder.path());
            step = client.quiz("resume", json!({})).unwrap();
        } else {
            step = client.quiz("next", json!({})).unwrap();
        }
    }
    let topics = step["done"]["byTopic"].as_array().unwrap();
    assert!(topics.len() >= 8, "{step}");
    assert!(topics.iter().all(|it| it["level"] == "new" && it["of"] == 2), "{step}");
    assert_eq!(asked, 2 * topics.len());
    let step = client.quiz("start", json!({ "topics": ["decorators"], "limit": 1 })).unwrap();
    answer(&mut client, &step, true);
    let step = client.quiz("next", json!({})).unwrap();
    assert_eq!(step["done"]["byTopic"][0].get("level"), None, "no placement test");
}

#[test]
fn nothing_is_due_after_the_interview() {
    const DAY: u64 = 24 * 60 * 60 * 1000;
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::rich(folder.path());
    let set = |client: &mut Client, date: &str| {
        let settings = json!({ "settings": { "pygloss": { "interviewDate": date } } });
        client.notify("workspace/didChangeConfiguration", settings);
    };
    let step = client.quiz("start", json!({ "mode": "placement" })).unwrap();
    let started = step["session"]["startedAt"].as_u64().unwrap();
    // Tomorrow at the latest, in whatever time zone.
    let tomorrow = store::calendar::day(started as i64) + 1;
    set(&mut client, &store::calendar::date(tomorrow));
    // What is known comes again in more than a week, were it not for the interview.
    let mut step = step;
    loop {
        let verdict = answer(&mut client, &step, false);
        assert!(verdict["card"]["dueAt"].as_u64().unwrap() <= started + DAY + DAY / 12);
        if verdict["outcome"] == "right" {
            break;
        }
        step = client.quiz("next", json!({})).unwrap();
        if step["question"].is_null() {
            step = client.quiz("start", json!({ "mode": "placement" })).unwrap();
        }
    }
    let shown = client.request("pygloss/progress", json!({})).unwrap();
    let page = shown["content"]["value"].as_str().unwrap().to_owned();
    assert!(page.contains("The interview on "), "{page}");
    set(&mut client, "");
    let shown = client.request("pygloss/progress", json!({})).unwrap();
    assert!(!shown["content"]["value"].as_str().unwrap().contains("The interview on "));
}

#[test]
fn progress_is_a_page() {
    let folder = tempfile::tempdir().unwrap();
    let markdown = json!({ "hover": { "contentFormat": ["markdown"] } });
    let rich =
        json!({ "textDocument": markdown, "experimental": { "pygloss": { "protocol": 1 } } });
    let mut client = Client::start(folder.path(), "test", rich);
    let step = client.quiz("start", json!({ "topics": ["decorators"] })).unwrap();
    answer(&mut client, &step, true);
    let page = client.request("pygloss/progress", json!({})).unwrap();
    assert_eq!(
        (&page["title"], &page["content"]["kind"]),
        (&json!("Progress"), &json!("markdown"))
    );
    let text = page["content"]["value"].as_str().unwrap();
    for part in [
        "# Progress\n\n1 answer to 1 question, 0 % right.",
        "| Topic | asked |",
        "```text\nMon  ",
        "### Decorators",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let run = |client: &mut Client| {
        let command = json!({ "command": "pygloss.progress.open", "arguments": [] });
        client.request("workspace/executeCommand", command).unwrap()
    };
    assert_eq!(run(&mut client)["title"], "Progress");

    // A client that shows files and no pages.
    let show = json!({ "showDocument": { "support": true } });
    let mut other =
        Client::start(folder.path(), "test", json!({ "window": show, "textDocument": markdown }));
    assert_eq!(run(&mut other), Value::Null);
    let shown = other.expect("window/showDocument");
    let uri = shown["params"]["uri"].as_str().unwrap();
    assert!(uri.ends_with("/pages/progress.md"), "{uri}");
    let written = fs::read_to_string(folder.path().join("pages/progress.md")).unwrap();
    assert!(written.starts_with("# Progress\n"), "{written}");
}
