//! Clients that show prompts and nothing else.

use pygloss::store;
use serde_json::{Value, json};

use crate::client::{Client, URI, titles};

const EXAMPLE: &str = include_str!("../../content/python-interview-5/decorators/tour.py");
const PROMPT: &str = "window/showMessageRequest";

fn capabilities() -> Value {
    json!({ "window": { "showMessage": {} }, "workspace": { "applyEdit": true } })
}

fn start(client: &mut Client, argument: Value) -> Value {
    assert_eq!(client.command("start", argument).unwrap(), Value::Null);
    client.expect(PROMPT)
}

fn message(prompt: &Value) -> &str {
    prompt["params"]["message"].as_str().unwrap()
}

/// A session about the chapter's example.
fn about_the_example(client: &mut Client) -> Value {
    client.open(EXAMPLE);
    start(client, json!({ "mode": "cursor", "textDocument": { "uri": URI }, "limit": 1 }))
}

#[test]
fn a_session_by_titles() {
    let data = tempfile::tempdir().unwrap();
    let mut client = Client::start(data.path(), "Neovim", capabilities());
    let prompt = about_the_example(&mut client);
    assert!(message(&prompt).starts_with("Decorators 1/1: api_call in line 22"), "{prompt}");
    let right = titles(&prompt).into_iter().find(|title| title.ends_with(". 'wrapper'")).unwrap();
    client.press(&prompt, &right);
    let verdict = client.expect(PROMPT);
    let told: Vec<&str> = message(&verdict).lines().collect();
    assert_eq!(told[0], "Correct.");
    assert!(told[1].starts_with("'wrapper': The name is bound to wrapper of line 8"), "{told:?}");
    assert_eq!(told.len(), 5, "a reason for every option: {told:?}");
    client.press(&verdict, "Finish");
    let end = client.expect("window/showMessage");
    assert_eq!(message(&end), "pygloss: All 1 right. The next question is due in 2 days.");
    assert_eq!(store::open(data.path()).store.reviews().unwrap(), 1);
}

#[test]
fn a_session_by_letters() {
    let data = tempfile::tempdir().unwrap();
    let mut client = Client::start(data.path(), "Visual Studio Code", capabilities());
    let prompt = about_the_example(&mut client);
    assert_eq!(titles(&prompt), ["A", "B", "C", "D", "Hint", "Show the answer", "Skip"]);
    let wrong = message(&prompt).lines().find_map(|line| line.strip_suffix(": 'api_call'"));
    let wrong = wrong.unwrap().to_owned();
    client.press(&prompt, "Hint");
    let prompt = client.expect(PROMPT);
    assert!(message(&prompt).contains("\nHint: Which function does the decorator return?\n"));
    client.press(&prompt, &wrong);
    let verdict = client.expect(PROMPT);
    let told: Vec<&str> = message(&verdict).lines().collect();
    assert_eq!(told[0], "Not quite. It is 'wrapper'.");
    assert!(told[1].starts_with("'wrapper': ") && told[2].starts_with("'api_call': "), "{told:?}");
    client.press(&verdict, "Finish");
    let end = client.expect("window/showMessage");
    assert!(message(&end).starts_with("pygloss: 0 of 1 right."), "{end}");
}

#[test]
fn a_placement_test_by_prompts() {
    let data = tempfile::tempdir().unwrap();
    let mut client = Client::start(data.path(), "Neovim", capabilities());
    let mut prompt = start(&mut client, json!({ "mode": "placement", "topics": ["generators"] }));
    for last in [false, true] {
        client.press(&prompt, "Show the answer");
        let verdict = client.expect(PROMPT);
        client.press(&verdict, if last { "Finish" } else { "Next" });
        if !last {
            prompt = client.expect(PROMPT);
        }
    }
    let end = client.expect("window/showMessage");
    let start = "pygloss: 0 of 2 right. Generators and iterators: new. The next question is due in";
    assert!(message(&end).starts_with(start), "{end}");
}

/// What clients send when the reader looks away: nothing is counted, and the quiz can go on.
#[test]
fn no_answer_is_a_pause() {
    let data = tempfile::tempdir().unwrap();
    let mut client = Client::start(data.path(), "Neovim", capabilities());
    let mut prompt = about_the_example(&mut client);
    let first = message(&prompt).to_owned();
    for dismissed in
        [Value::Null, json!({}), json!({ "title": "9. no such" }), json!("A"), json!([])]
    {
        client.answer(&prompt, dismissed);
        assert_eq!(client.rest(), [Value::Null; 0]);
        assert_eq!(client.command("resume", Value::Null).unwrap(), Value::Null);
        prompt = client.expect(PROMPT);
        assert_eq!(message(&prompt), first);
    }
    client.press(&prompt, "Show the answer");
    let verdict = client.expect(PROMPT);
    assert!(message(&verdict).starts_with("It is "), "{verdict}");
    client.answer(&verdict, Value::Null);
    assert_eq!(client.command("next", Value::Null).unwrap(), Value::Null);
    client.expect("window/showMessage");
    assert_eq!(store::open(data.path()).store.reviews().unwrap(), 1);
}

#[test]
fn there_is_one_prompt_at_a_time_and_late_answers_do_nothing() {
    let data = tempfile::tempdir().unwrap();
    let mut client = Client::start(data.path(), "Neovim", capabilities());
    let old = about_the_example(&mut client);
    let new = start(&mut client, json!({ "limit": 2 }));
    let cancelled = client.expect("$/cancelRequest");
    assert_eq!(cancelled["params"]["id"], old["id"]);
    let late = titles(&old)[0].clone();
    client.press(&old, &late);
    client.press(&old, "Skip");
    assert_eq!(client.rest(), [Value::Null; 0]);
    let first = message(&new).to_owned();
    client.press(&new, "Skip");
    let next = client.expect(PROMPT);
    assert!(message(&next).starts_with("Decorators 2/2: "), "{next}");
    assert_ne!(message(&next), first);
    client.press(&new, "Skip");
    assert_eq!(client.rest(), [Value::Null; 0], "a prompt is answered once");
    assert_eq!(client.command("stop", Value::Null).unwrap(), Value::Null);
    assert!(message(&client.expect("window/showMessage")).contains("nothing to ask"));
    client.press(&next, "Skip");
    assert_eq!(client.rest(), [Value::Null; 0]);
    assert_eq!(store::open(data.path()).store.reviews().unwrap(), 0);
}

#[test]
fn a_changed_question_is_withdrawn() {
    let data = tempfile::tempdir().unwrap();
    let mut client = Client::start(data.path(), "Neovim", capabilities());
    about_the_example(&mut client);
    client.insert(2, 21, "async ");
    client.expect("$/cancelRequest");
    let prompt = client.expect(PROMPT);
    assert!(message(&prompt).contains("has changed"), "{prompt}");
    client.press(&prompt, "Stop");
    client.expect("window/showMessage");
}

#[test]
fn prompts_show_no_code_that_is_not_the_readers() {
    let data = tempfile::tempdir().unwrap();
    let mut client = Client::start(data.path(), "Neovim", capabilities());
    let mut prompt = start(&mut client, json!({ "limit": 50 }));
    let mut asked = 0;
    loop {
        assert!(!message(&prompt).contains("print"), "{prompt}");
        assert!(message(&prompt).chars().count() <= 1000);
        asked += 1;
        client.press(&prompt, "Skip");
        match client.next_of(&[PROMPT, "window/showMessage"]) {
            next if next["method"] == PROMPT => prompt = next,
            _ => break,
        }
    }
    assert!(asked >= 7, "{asked}");
}
