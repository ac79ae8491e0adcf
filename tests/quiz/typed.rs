//! Questions whose answer is typed.

use serde_json::{Value, json};

use crate::client::Client;

fn client(folder: &std::path::Path) -> Client {
    let shapes = ["one", "several", "order", "text"];
    let pygloss = json!({ "protocol": 1, "shapes": shapes });
    Client::start(folder, "test", json!({ "experimental": { "pygloss": pygloss } }))
}

fn presentation(step: &Value) -> Value {
    json!({
        "sessionId": step["session"]["id"],
        "presentationId": step["question"]["presentationId"],
    })
}

fn answer(step: &Value, response: Value) -> Value {
    let mut answer = presentation(step);
    answer["response"] = response;
    answer
}

/// A step that asks for what is handed on by a wrapper.
fn ask(client: &mut Client) -> Value {
    for _ in 0..200 {
        let start = json!({ "mode": "topic", "topics": ["decorators"], "limit": 50 });
        let mut step = client.quiz("start", start).unwrap();
        while let Some(question) = step.get("question") {
            if question["plain"].as_str().unwrap().contains("hands everything on") {
                return step;
            }
            step = client.quiz("skip", presentation(&step)).unwrap();
        }
    }
    panic!("it is never asked");
}

#[test]
fn code_is_typed_into_a_blank() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = client(folder.path());
    let step = ask(&mut client);
    let question = &step["question"];
    assert_eq!((&question["kind"], &question["shape"]), (&json!("blank"), &json!("text")));
    assert_eq!(question["options"], json!([]));
    assert!(question["snippet"].as_str().unwrap().contains("func(____)"));

    for response in [json!({}), json!({ "keys": [] }), json!({ "keys": [], "text": "x" })] {
        assert_eq!(client.quiz("answer", answer(&step, response)).unwrap_err()["code"], -32602);
    }
    assert_eq!(
        client.quiz("answer", answer(&step, json!({ "text": " " }))).unwrap_err()["code"],
        -32602
    );
}

#[test]
fn a_typed_answer_is_graded_by_its_syntax() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = client(folder.path());
    let step = ask(&mut client);
    let slip = client.quiz("answer", answer(&step, json!({ "text": "*args, **" }))).unwrap_err();
    assert_eq!((&slip["code"], &slip["data"]["reason"]), (&json!(-32803), &json!("notPython")));
    let verdict =
        client.quiz("answer", answer(&step, json!({ "text": "*args,**kwargs" }))).unwrap();
    assert_eq!((&verdict["outcome"], &verdict["headline"]), (&json!("right"), &json!("Correct.")));
    assert_eq!(verdict["options"][0]["label"], "*args, **kwargs");
    assert_eq!(verdict["options"][0]["chosen"], true);
    assert!(verdict["card"]["dueAt"].is_i64(), "{verdict}");

    // A card that was asked is asked by another variant the next time.
    let folder = tempfile::tempdir().unwrap();
    let mut client = self::client(folder.path());
    let step = ask(&mut client);
    let verdict = client.quiz("answer", answer(&step, json!({ "text": "args, kwargs" }))).unwrap();
    assert_eq!(verdict["headline"], "Not quite. It is *args, **kwargs.");
    let chosen = |verdict: &Value| {
        let options = verdict["options"].as_array().unwrap();
        options.iter().find(|it| it["chosen"] == true).unwrap().clone()
    };
    assert!(chosen(&verdict)["why"].as_str().unwrap().starts_with("Without stars"));

    let folder = tempfile::tempdir().unwrap();
    let mut client = self::client(folder.path());
    let step = ask(&mut client);
    let refused = client.quiz("answer", answer(&step, json!({ "text": "1" }))).unwrap_err();
    assert_eq!(refused["data"]["reason"], "unforeseen");
    let verdict = client.quiz("answer", answer(&step, json!({ "text": "*args" }))).unwrap();
    assert!(chosen(&verdict)["why"].as_str().unwrap().starts_with("The keyword arguments"));
}
