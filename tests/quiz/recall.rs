//! Questions that are answered in the reader's own words.

use std::path::Path;

use pygloss::store;
use serde_json::{Value, json};

use crate::client::Client;
use crate::editor::{Editor, capabilities};

const SHAPES: [&str; 5] = ["one", "several", "order", "text", "words"];

fn client(folder: &Path, shapes: &[&str]) -> Client {
    let pygloss = json!({ "protocol": 1, "shapes": shapes });
    Client::start(folder, "test", json!({ "experimental": { "pygloss": pygloss } }))
}

fn with(step: &Value, key: &str, value: Value) -> Value {
    let mut params = json!({
        "sessionId": step["session"]["id"],
        "presentationId": step["question"]["presentationId"],
    });
    params[key] = value;
    params
}

fn judge(client: &mut Client, step: &Value, how: &str) -> Result<Value, Value> {
    client.quiz("answer", with(step, "response", json!({ "judgement": how })))
}

const START: &str = "Explain in two sentences what `functools.wraps` does";

/// A step that asks about `wraps` in free words.
fn ask(client: &mut Client) -> Value {
    for _ in 0..200 {
        let start = json!({ "mode": "topic", "topics": ["decorators"], "limit": 50 });
        let mut step = client.quiz("start", start).unwrap();
        while let Some(question) = step.get("question") {
            if question["prompt"].as_str().unwrap().starts_with(START) {
                return step;
            }
            step = client.quiz("skip", with(&step, "giveUp", json!(false))).unwrap();
        }
    }
    panic!("it is never asked");
}

#[test]
fn words_are_compared_and_the_reader_judges() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = client(folder.path(), &SHAPES);
    let step = ask(&mut client);
    let question = &step["question"];
    assert_eq!((&question["kind"], &question["shape"]), (&json!("recall"), &json!("words")));
    assert_eq!(question["options"], json!([]));

    let early = judge(&mut client, &step, "good").unwrap_err();
    assert_eq!((&early["code"], &early["data"]["reason"]), (&json!(-32803), &json!("notCompared")));
    for text in [" ", &"x".repeat(5000)] {
        let refused = client.quiz("compare", with(&step, "text", json!(text))).unwrap_err();
        assert_eq!(refused["code"], -32602);
    }
    for response in [json!({ "text": "x" }), json!({ "judgement": "easy" }), json!({})] {
        let refused = client.quiz("answer", with(&step, "response", response)).unwrap_err();
        assert_eq!(refused["code"], -32602);
    }

    let words = "It keeps the names — and enforces arguments, without __wrapped__.";
    let compared = client.quiz("compare", with(&step, "text", json!(words))).unwrap();
    let points = compared["points"].as_array().unwrap();
    let seen: Vec<_> =
        points.iter().map(|it| (&it["found"], &it["denied"], &it["words"])).collect();
    let (yes, no) = (&json!(true), &json!(false));
    let expected =
        [(yes, no, &json!("names")), (no, yes, &json!("__wrapped__")), (no, no, &Value::Null)];
    assert_eq!(seen, expected);
    assert_eq!(compared["flags"][0]["title"], "that it changes how the wrapper is called");
    let explanation = compared["explanation"].as_str().unwrap();
    assert!(explanation.contains(compared["model"].as_str().unwrap()), "{explanation}");

    let verdict = judge(&mut client, &step, "hard").unwrap();
    assert_eq!(
        (&verdict["outcome"], &verdict["headline"]),
        (&json!("right"), &json!("Counted as known."))
    );
    assert_eq!(verdict["options"][0]["label"], "that metadata is copied");
    assert_eq!(verdict["options"][0]["chosen"], true);
    assert!(verdict["explanation"].as_str().unwrap().contains("An answer with all points:"));
    let again = client.quiz("compare", with(&step, "text", json!(words))).unwrap_err();
    assert_eq!(again["data"]["reason"], "alreadyAnswered");
}

/// What the reader thinks decides when it comes again, and nothing of the words is kept.
#[test]
fn a_judgement_is_scheduled_like_any_answer() {
    let mut stable = Vec::new();
    for how in ["again", "hard", "good"] {
        let folder = tempfile::tempdir().unwrap();
        let mut client = client(folder.path(), &SHAPES);
        let step = ask(&mut client);
        let words = "a word that stands nowhere else: xylophone";
        client.quiz("compare", with(&step, "text", json!(words))).unwrap();
        let verdict = judge(&mut client, &step, how).unwrap();
        assert_eq!(verdict["outcome"], if how == "again" { "wrong" } else { "right" });
        stable.push(verdict["card"]["stabilityDays"].as_f64().unwrap());
        client.quiz("stop", json!({})).unwrap();
        drop(client);
        assert_eq!(store::open(folder.path()).store.reviews().unwrap(), 1);
        for file in std::fs::read_dir(folder.path()).unwrap().flatten() {
            let bytes = std::fs::read(file.path()).unwrap();
            assert!(!bytes.windows(9).any(|window| window == b"xylophone"), "{:?}", file.path());
        }
    }
    assert!(stable[0] < stable[1] && stable[1] < stable[2], "{stable:?}");
}

/// The question comes back after a restart, and waits for words again.
#[test]
fn it_waits_through_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = client(folder.path(), &SHAPES);
    let step = ask(&mut first);
    first.quiz("compare", with(&step, "text", json!("names"))).unwrap();
    drop(first);
    let mut next = client(folder.path(), &SHAPES);
    let again = next.quiz("resume", json!({})).unwrap();
    assert_eq!(again["question"]["prompt"], step["question"]["prompt"]);
    assert_eq!(judge(&mut next, &again, "good").unwrap_err()["data"]["reason"], "notCompared");
    let told = next.quiz("skip", with(&again, "giveUp", json!(true))).unwrap();
    assert_eq!(
        (&told["outcome"], &told["headline"]),
        (&json!("gaveUp"), &json!("This is the answer."))
    );
}

#[test]
fn who_cannot_draw_it_is_never_asked() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = client(folder.path(), &SHAPES[..4]);
    for _ in 0..30 {
        let start = json!({ "mode": "topic", "topics": ["decorators", "generators"], "limit": 50 });
        let mut step = client.quiz("start", start).unwrap();
        while let Some(question) = step.get("question") {
            assert_ne!(question["kind"], "recall", "{question}");
            step = client.quiz("skip", with(&step, "giveUp", json!(false))).unwrap();
        }
    }
}

/// A worksheet that asks it.
fn sheet(data: &Path) -> Editor {
    let mut client = Client::start(data, "test", capabilities());
    for _ in 0..100 {
        let start = json!({
            "mode": "topic", "topics": ["decorators"], "limit": 50, "ui": "worksheet",
        });
        let mut editor = Editor::start(client, "pygloss.quiz.start", start);
        for _ in 0..50 {
            if editor.text.contains(&START.replace('`', "")) {
                return editor;
            }
            if !editor.titles(None).iter().any(|title| title == "Skip this question") {
                break;
            }
            editor.choose("Skip this question");
            editor.take_edit();
            editor.take_cursor();
        }
        // It ended, and that was said.
        editor.client.expect("window/showMessage");
        client = editor.client;
    }
    panic!("it is never asked");
}

#[test]
fn in_a_worksheet_words_stand_between_quotes() {
    let data = tempfile::tempdir().unwrap();
    let mut editor = sheet(data.path());
    assert!(editor.text.contains("# Write your answer between the quotes.\nr\"\"\"\n\n\"\"\"\n"));
    let titles = editor.titles(None);
    assert_eq!(titles[0], "Compare with the points");
    assert!(!titles.iter().any(|title| title.starts_with("My answer")), "{titles:?}");
    editor.choose("Compare with the points");
    let said = editor.client.expect("window/showMessage")["params"]["message"].to_string();
    assert!(said.contains("Write your answer between the quotes first."), "{said}");

    editor.replace("r\"\"\"\n\n\"\"\"", "r\"\"\"\nIt copies the docstring.\n\"\"\"");
    editor.choose("Compare with the points");
    let told = editor.take_edit();
    assert!(told.starts_with("# => Found in your text: that metadata is copied.\n"), "{told}");
    assert!(told.contains("# An answer with all points: It copies the name"), "{told}");
    assert_eq!(
        editor.titles(None)[..3],
        ["My answer was good", "My answer was good in part", "My answer was not good yet"]
    );
    // Better words take the place of the first ones.
    editor.replace("the docstring.", "the docstring. help shows it.");
    editor.choose("Compare with the points");
    editor.take_edit();
    assert_eq!(editor.text.matches("# => Found").count(), 1, "{}", editor.text);
    editor.choose("My answer was good");
    let told = editor.take_edit();
    assert!(told.starts_with("# => Counted as known.\n"), "{told}");
    assert!(!told.contains("An answer with all points"), "once: {told}");
    assert_eq!(store::open(data.path()).store.reviews().unwrap(), 1);
}
