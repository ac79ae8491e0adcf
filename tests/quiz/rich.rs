//! Clients that draw the quiz themselves.

use std::fs;

use pygloss::store;
use serde_json::{Value, json};

use crate::client::{Client, URI, hover};

const EXAMPLE: &str = include_str!("../../content/python-interview-5/decorators/tour.py");

/// The answer with the option of this label, or with any option.
pub fn choose(step: &Value, label: Option<&str>) -> Value {
    let question = &step["question"];
    let options = question["options"].as_array().unwrap();
    let option = options.iter().find(|option| label.is_none_or(|label| option["label"] == label));
    let option = option.unwrap_or_else(|| panic!("no {label:?} in {question}"));
    json!({
        "sessionId": step["session"]["id"],
        "presentationId": question["presentationId"],
        "response": { "keys": [option["key"]] },
    })
}

/// The first question of this kind that sessions about a topic come up with.
fn question_of(client: &mut Client, kind: &str) -> Option<Value> {
    for _ in 0..60 {
        let start = json!({ "topics": ["context-managers"], "limit": 4 });
        let mut step = client.quiz("start", start).unwrap();
        while let Some(question) = step.get("question") {
            if question["kind"] == kind {
                return Some(step);
            }
            step = client.quiz("skip", choose(&step, None)).unwrap();
        }
    }
    None
}

/// The answer with the options of these labels, in this order.
fn choose_all(step: &Value, labels: &[&str]) -> Value {
    let mut answer = choose(step, None);
    let options = step["question"]["options"].as_array().unwrap();
    let key = |label: &&str| {
        let option = options.iter().find(|option| option["label"] == **label);
        option.unwrap_or_else(|| panic!("no {label} in {options:?}"))["key"].clone()
    };
    answer["response"]["keys"] = labels.iter().map(key).collect();
    answer
}

fn draws(shapes: &[&str]) -> Value {
    json!({ "experimental": { "pygloss": { "protocol": 1, "shapes": shapes } } })
}

pub fn reason(result: Result<Value, Value>) -> String {
    let error = result.unwrap_err();
    assert_eq!(error["code"], -32803, "{error}");
    error["data"]["reason"].as_str().unwrap().to_owned()
}

#[test]
fn a_session_from_start_to_summary() {
    let data = tempfile::tempdir().unwrap();
    let mut client = Client::rich(data.path());
    let mut step = client.quiz("start", json!({ "limit": 3 })).unwrap();
    assert_eq!(step["session"]["index"], 1);
    assert_eq!(step["session"]["total"], 3);
    let mut right = 0;
    for index in 1..=3 {
        assert!(step["question"]["plain"].as_str().unwrap().chars().count() <= 300);
        let answer = choose(&step, None);
        let verdict = client.quiz("answer", answer.clone()).unwrap();
        let options = verdict["options"].as_array().unwrap();
        assert_eq!(options.iter().filter(|option| option["right"] == true).count(), 1);
        assert!(options.iter().all(|option| !option["why"].as_str().unwrap().is_empty()));
        assert!(verdict["card"]["dueAt"].as_u64().unwrap() > 1_700_000_000_000);
        assert_eq!(verdict["card"]["retrievabilityWas"], Value::Null);
        assert_eq!(client.quiz("answer", answer).unwrap(), verdict, "the same answer again");
        right += usize::from(verdict["outcome"] == "right");
        assert_eq!(verdict["next"], if index == 3 { "done" } else { "question" });
        step = client.quiz("next", json!({ "sessionId": step["session"]["id"] })).unwrap();
    }
    let done = &step["done"];
    assert_eq!((&done["asked"], &done["right"]), (&json!(3), &json!(right)));
    assert_eq!(done["byTopic"][0]["id"], "python-interview-5/decorators");
    assert_eq!(store::open(data.path()).store.reviews().unwrap(), 3);
}

#[test]
fn a_later_session_asks_what_is_due() {
    let data = tempfile::tempdir().unwrap();
    let mut asked = Vec::new();
    for _ in 0..2 {
        let mut client = Client::rich(data.path());
        let mut step = client.quiz("start", json!({ "limit": 2 })).unwrap();
        while step.get("question").is_some() {
            asked.push(step["question"]["prompt"].as_str().unwrap().to_owned());
            let id = step["session"]["id"].clone();
            let give_up = json!({
                "sessionId": id,
                "presentationId": step["question"]["presentationId"],
                "giveUp": true,
            });
            let verdict = client.quiz("skip", give_up).unwrap();
            assert_eq!(verdict["outcome"], "gaveUp");
            step = client.quiz("next", json!({ "sessionId": id })).unwrap();
        }
    }
    let cards = store::open(data.path()).store.cards().unwrap();
    assert_eq!(cards.len(), 4, "what was missed a moment ago is not due yet: {asked:?}");
}

#[test]
fn the_chapters_example_is_asked_about() {
    let data = tempfile::tempdir().unwrap();
    let mut client = Client::rich(data.path());
    client.open(EXAMPLE);
    let start = json!({
        "mode": "cursor",
        "textDocument": { "uri": URI },
        "position": { "line": 20, "character": 3 },
    });
    let card = client.request("textDocument/hover", hover(20, 3)).unwrap();
    assert!(card["contents"]["value"].as_str().unwrap().contains("rate_limit"));
    let step = client.quiz("start", start.clone()).unwrap();
    let question = &step["question"];
    assert_eq!(question["source"], "code");
    assert!(question["plain"].as_str().unwrap().starts_with("api_call in line 22"), "{question}");
    assert_eq!(question["subject"]["range"]["start"], json!({ "line": 20, "character": 0 }));

    // The card would tell the answer.
    for line in [2, 7, 20, 21] {
        let hidden = client.request("textDocument/hover", hover(line, 5)).unwrap();
        let text = hidden["contents"]["value"].as_str().unwrap();
        assert!(text.contains("question about this code is open"), "line {line}: {text}");
    }
    let right = if question["plain"].as_str().unwrap().contains("__name__") {
        "'wrapper'"
    } else {
        "(*args, **kwargs)"
    };
    let verdict = client.quiz("answer", choose(&step, Some(right))).unwrap();
    assert_eq!(verdict["outcome"], "right", "{verdict}");
    assert_eq!(verdict["headline"], "Correct.");
    let lines: Vec<_> = verdict["evidence"].as_array().unwrap().iter().collect();
    let lines: Vec<_> = lines.iter().map(|it| it["range"]["start"]["line"].clone()).collect();
    assert_eq!(lines, [2, 7, 20]);
    assert_eq!(client.request("textDocument/hover", hover(20, 3)).unwrap(), card);
}

#[test]
fn an_edit_of_the_code_withdraws_the_question() {
    let data = tempfile::tempdir().unwrap();
    let mut client = Client::rich(data.path());
    client.open(EXAMPLE);
    let at = json!({ "line": 20, "character": 3 });
    let start = json!({ "mode": "cursor", "textDocument": { "uri": URI }, "position": at });
    let step = client.quiz("start", start).unwrap();
    let answer = choose(&step, None);
    // An edit elsewhere moves the code and leaves the question.
    client.insert(2, 0, "import functools\n");
    assert_eq!(client.rest(), [Value::Null; 0]);
    client.insert(3, 8, "        @functools.wraps(func)\n");
    let withdrawn = client.expect("pygloss/quiz/withdrawn");
    assert_eq!(withdrawn["params"]["presentationId"], answer["presentationId"]);
    assert_eq!(reason(client.quiz("answer", answer.clone())), "stale");
    let next = client.quiz("next", json!({ "sessionId": answer["sessionId"] })).unwrap();
    assert!(next["question"]["plain"].as_str().unwrap().contains("line 24"), "{next}");
    assert_eq!(store::open(data.path()).store.reviews().unwrap(), 0);
}

#[test]
fn what_cannot_be_done_says_why() {
    let data = tempfile::tempdir().unwrap();
    let mut client = Client::rich(data.path());
    assert_eq!(reason(client.quiz("next", json!({}))), "noSession");
    assert_eq!(client.quiz("start", json!({ "limit": 0 })).unwrap_err()["code"], -32602);
    assert_eq!(client.quiz("start", json!({ "mode": "cursor" })).unwrap_err()["code"], -32602);
    assert_eq!(client.quiz("start", json!({ "mode": "exam" })).unwrap_err()["code"], -32602);
    let step = client.quiz("start", json!({ "topics": ["decorators"] })).unwrap();
    let answer = choose(&step, None);
    assert_eq!(reason(client.quiz("next", json!({}))), "notAnswered");
    let mut wrong = answer.clone();
    wrong["response"]["keys"] = json!(["k00000000"]);
    assert_eq!(client.quiz("answer", wrong).unwrap_err()["code"], -32602);
    let mut wrong = answer.clone();
    wrong["presentationId"] = json!("not a number");
    assert_eq!(reason(client.quiz("answer", wrong)), "stale");
    client.quiz("answer", answer.clone()).unwrap();
    assert_eq!(reason(client.quiz("hint", answer.clone())), "alreadyAnswered");
    client.quiz("stop", json!({})).unwrap();
    assert_eq!(reason(client.quiz("next", json!({}))), "noSession");
    let nothing = client.quiz("start", json!({ "topics": ["no-such"] })).unwrap();
    assert_eq!(nothing["done"]["asked"], 0);
}

#[test]
fn hints_skips_and_pauses() {
    let data = tempfile::tempdir().unwrap();
    let mut client = Client::rich(data.path());
    let step = client.quiz("start", json!({})).unwrap();
    let hint = client.quiz("hint", choose(&step, None)).unwrap();
    assert_eq!((&hint["given"], &hint["of"]), (&json!(1), &step["question"]["hints"]));
    let again = client.quiz("resume", json!({})).unwrap();
    assert_eq!(again["question"]["prompt"], step["question"]["prompt"]);
    assert_ne!(again["question"]["presentationId"], step["question"]["presentationId"]);
    assert_eq!(reason(client.quiz("answer", choose(&step, None))), "stale");
    let next = client.quiz("skip", choose(&again, None)).unwrap();
    assert_ne!(next["question"]["prompt"], step["question"]["prompt"]);
    let by_command = client.command("resume", json!({})).unwrap();
    assert_eq!(by_command["question"]["prompt"], next["question"]["prompt"]);
    assert_eq!(store::open(data.path()).store.reviews().unwrap(), 0);
}

#[test]
fn without_a_store_the_quiz_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let mut client = Client::rich(&file.join("below"));
    let step = client.quiz("start", json!({})).unwrap();
    let warning = client.expect("window/showMessage");
    let text = warning["params"]["message"].as_str().unwrap();
    assert!(
        text.contains("Progress cannot be kept") && text.contains("The quiz goes on"),
        "{text}"
    );
    let verdict = client.quiz("answer", choose(&step, None)).unwrap();
    assert_eq!(verdict["card"], Value::Null);
    client.quiz("next", json!({})).unwrap();
    assert_eq!(client.rest(), [Value::Null; 0], "one message is enough");
}

#[test]
fn steps_are_put_in_order() {
    let data = tempfile::tempdir().unwrap();
    let mut client = Client::start(data.path(), "test", draws(&["one", "order"]));
    let step = question_of(&mut client, "order").unwrap();
    assert_eq!(step["question"]["shape"], "order");
    assert_eq!(client.quiz("answer", choose(&step, None)).unwrap_err()["code"], -32602);
    let right = [
        "`open` is called",
        "`__enter__` is called",
        "`f` is bound",
        "`read` is called",
        "`__exit__` is called",
    ];
    let mut wrong = right;
    wrong.swap(1, 2);
    let verdict = client.quiz("answer", choose_all(&step, &wrong)).unwrap();
    assert_eq!((&verdict["outcome"], &verdict["score"]), (&json!("wrong"), &json!(0.0)));
    assert_eq!(
        verdict["headline"],
        "Not quite. The order is: open is called; __enter__ is called; f is bound; read is called; \
         __exit__ is called."
    );
    let explanation = verdict["explanation"].as_str().unwrap();
    let numbered: Vec<_> = explanation.lines().take(5).map(|line| &line[..4]).collect();
    assert_eq!(numbered, ["1. *", "2. *", "3. *", "4. *", "5. *"]);
    for option in verdict["options"].as_array().unwrap() {
        let place = option["place"].as_u64().unwrap();
        assert_eq!(option["right"], place != 2 && place != 3, "{option}");
    }
    assert_eq!(store::open(data.path()).store.reviews().unwrap(), 1);
    assert!(question_of(&mut client, "several").is_none(), "the client draws no such question");

    // Who has just missed it is not asked again at once.
    let data = tempfile::tempdir().unwrap();
    let mut client = Client::start(data.path(), "test", draws(&["one", "order"]));
    let step = question_of(&mut client, "order").unwrap();
    let verdict = client.quiz("answer", choose_all(&step, &right)).unwrap();
    assert_eq!((&verdict["outcome"], &verdict["headline"]), (&json!("right"), &json!("Correct.")));
}

#[test]
fn all_that_are_right_are_chosen() {
    let data = tempfile::tempdir().unwrap();
    let mut client = Client::start(data.path(), "test", draws(&["one", "several"]));
    let mut step = question_of(&mut client, "several").unwrap();
    while !step["question"]["plain"].as_str().unwrap().contains("followed by a call") {
        step = question_of(&mut client, "several").unwrap();
    }
    assert_eq!(step["question"]["shape"], "several");
    let right = [
        "`sys.exit()` in the block",
        "A `return` in the block",
        "A `break` in the block, out of a loop around it",
        "A `continue` in the block, of a loop around it",
    ];
    assert_eq!(client.quiz("answer", choose_all(&step, &[])).unwrap_err()["code"], -32602);
    let verdict = client.quiz("answer", choose_all(&step, &right)).unwrap();
    assert_eq!(verdict["outcome"], "right");
    let options = verdict["options"].as_array().unwrap();
    assert_eq!(options.iter().filter(|option| option["right"] == true).count(), 4);
    assert!(options.iter().all(|option| option["right"] == option["chosen"]));
    assert!(options.iter().all(|option| option.get("place").is_none()));
    assert!(question_of(&mut client, "order").is_none());
}

#[test]
fn a_client_that_names_no_shapes_chooses_one_option() {
    let data = tempfile::tempdir().unwrap();
    let mut client = Client::rich(data.path());
    assert!(question_of(&mut client, "several").is_none());
    assert!(question_of(&mut client, "order").is_none());
    assert_eq!(question_of(&mut client, "choice").unwrap()["question"]["shape"], "one");
}
