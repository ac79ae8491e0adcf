//! Mock interviews in a worksheet.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::Duration;

use pygloss::store;
use serde_json::{Value, json};

use crate::client::Client;
use crate::editor::{Editor, capabilities, shown};

const START: &str = "pygloss.interview.start";
const INTERVIEW: &str = include_str!("../../content/python-interview-5/interview.toml");
const QUOTES: &str = "r\"\"\"\n\n\"\"\"";

fn start(data: &Path) -> Editor {
    let client = Client::start(data, "test", capabilities());
    Editor::start(client, START, Value::Null)
}

fn message(editor: &mut Editor) -> String {
    editor.client.expect("window/showMessage")["params"]["message"].as_str().unwrap().to_owned()
}

/// Writes into the open question.
fn write(editor: &mut Editor, words: &str) {
    editor.replace(QUOTES, &format!("r\"\"\"\n{words}\n\"\"\""));
}

/// What was judged so far, once these are so many: question, judgement, points found.
fn judged(data: &Path, count: usize) -> Vec<(String, String, u32)> {
    // The server keeps them by a thread of its own.
    for _ in 0..600 {
        let judged = store::open(data).store.judgements().unwrap();
        if judged.len() >= count {
            let told = |(it, _): (store::Judgement, u32)| (it.question, it.judgement, it.found);
            return judged.into_iter().map(told).collect();
        }
        thread::sleep(Duration::from_millis(100));
    }
    panic!("there are fewer than {count} judgements");
}

#[test]
fn an_answer_is_compared_judged_and_followed_up() {
    let data = tempfile::tempdir().unwrap();
    let mut editor = start(data.path());
    let notice = "# Your text is compared with a list of phrases, on this machine; nothing is sent\n\
                  # anywhere. That is no mark: ";
    assert!(editor.text.contains(notice), "{}", editor.text);
    assert!(editor.text.contains("# ---- 1/5 · A first way to fetch the pages · interview "));
    assert_eq!(editor.titles(None), ["Compare with the points", "Next question"]);
    editor.choose("Compare with the points");
    assert!(message(&mut editor).contains("Write your answer between the quotes first."));

    write(&mut editor, "I loop over them with httpx — as fast as it goes,\nwithout a rate limit.");
    editor.choose("Compare with the points");
    let told = editor.take_edit();
    let found = "# => Found in your text: a loop over the pages; an HTTP client.\n";
    assert!(told.starts_with(found), "{told}");
    assert!(
        told.contains("\n# Denied in your text, so it does not count: the rate limit. "),
        "{told}"
    );
    assert!(told.contains("\n# Not found: that time.sleep blocks. "), "{told}");
    assert!(told.contains("\n# A red flag? the rate limit is not kept. "), "{told}");
    assert!(told.contains("\n# This is no mark. "), "{told}");
    let notes = editor.notes();
    let on =
        |words: &str| notes.iter().find(|(place, _)| place == words).map(|(_, it)| it.as_str());
    assert_eq!(on("loop"), Some("Found in your text: a loop over the pages."));
    assert_eq!(on("httpx"), Some("Found in your text: an HTTP client."));
    assert!(on("rate limit").unwrap().starts_with("Denied in your text"), "{notes:?}");

    // A better answer takes the place of the first one.
    editor.replace("without a rate limit", "five per second");
    editor.wait_for_note("per second", "Found in your text: the rate limit.");
    editor.choose("Compare with the points");
    let told = editor.take_edit();
    assert!(!told.contains("Denied") && !told.contains("red flag"), "{told}");
    assert_eq!(editor.text.matches("# => Found").count(), 1, "{}", editor.text);

    let judge = ["My answer was good", "My answer was good in part", "My answer was not good yet"];
    assert_eq!(editor.titles(None)[..3], judge);
    assert_eq!(judged(data.path(), 0), []);
    editor.choose("My answer was good in part");
    let next = editor.take_edit();
    assert!(next.starts_with("# You thought: good in part.\n"), "{next}");
    assert!(next.contains("# What does your program do while it sleeps?\n"), "{next}");
    assert!(!next.contains("An answer with all points"), "it would give the point away: {next}");
    let asked = "# What does your program do while it sleeps?\nr\"\"\"\n";
    assert_eq!(editor.take_cursor(), asked, "the cursor is where the answer goes");
    let kept = ("python-interview-5/fetching".to_owned(), "in-part".to_owned(), 3);
    assert_eq!(judged(data.path(), 1), std::slice::from_ref(&kept));
    assert_eq!(editor.titles(Some("# ---- 1/5")), [""; 0], "it was judged");

    write(&mut editor, "It blocks.");
    editor.choose("Compare with the points");
    let told = editor.take_edit();
    assert!(told.contains("; that\n# time.sleep blocks.\n"), "{told}");
    editor.wait_for_note("blocks", "Found in your text: that time.sleep blocks.");
    editor.choose("Next question");
    let next = editor.take_edit();
    assert!(next.contains("# An answer with all points:\n# I start with a loop"), "{next}");
    assert!(next.contains("# ---- 2/5 · More at a time · interview "), "{next}");
    assert_eq!(judged(data.path(), 1), [kept]);
}

#[test]
fn a_whole_interview_ends_with_the_interviewers_last_words() {
    let data = tempfile::tempdir().unwrap();
    let interview: toml::Table = INTERVIEW.parse().unwrap();
    let mut editor = start(data.path());
    for question in interview["question"].as_array().unwrap() {
        write(&mut editor, question["model"].as_str().unwrap());
        editor.choose("Compare with the points");
        assert!(!editor.take_edit().contains("Not found"));
        editor.choose("My answer was good");
        editor.take_edit();
    }
    assert!(
        editor.text.ends_with(&format!("\n# => {}\n", interview["closing"].as_str().unwrap())),
        "{}",
        editor.text
    );
    assert_eq!(editor.titles(None), [""; 0]);
    let judged = judged(data.path(), 5);
    assert_eq!(judged.len(), 5);
    assert!(judged.iter().all(|(_, judgement, _)| judgement == "good"));
}

#[test]
fn an_interview_goes_on_at_the_next_server() {
    let data = tempfile::tempdir().unwrap();
    let mut editor = start(data.path());
    write(&mut editor, "A loop, and an HTTP client.");
    editor.choose("Compare with the points");
    editor.take_edit();
    editor.choose("My answer was not good yet");
    editor.take_edit();
    assert_eq!(judged(data.path(), 1)[0].1, "not-yet");
    fs::write(&editor.path, &editor.text).unwrap();
    let path = editor.path.clone();
    drop(editor);
    let client = Client::start(data.path(), "test", capabilities());
    let mut editor = Editor::open(client, path);
    assert_eq!(editor.titles(Some("# ---- 1/5")), [""; 0]);
    assert_eq!(editor.titles(None), ["Compare with the points", "Next question"]);
    write(&mut editor, "At 5 per second, 20 seconds.");
    editor.choose("Compare with the points");
    let told = editor.take_edit();
    let found = "# => Found in your text: a loop over the pages; an HTTP client; the rate limit.\n";
    assert!(told.starts_with(found), "the first answer counts too: {told}");
    editor.choose("Next question");
    assert!(editor.take_edit().contains("# ---- 2/5"));
    // What was judged before stays, even if the worksheet is put back to the time before it.
    let first = editor.text.find("# ---- end").unwrap();
    let second = first + editor.text[first..].find("\n\n").unwrap();
    editor.text.truncate(second + 1);
    let (text, path) = (editor.text.clone(), editor.path.clone());
    drop(editor);
    fs::write(&path, text).unwrap();
    let client = Client::start(data.path(), "test", capabilities());
    let mut editor = Editor::open(client, path);
    editor.choose("Compare with the points");
    editor.take_edit();
    editor.choose("My answer was good");
    editor.take_edit();
    editor.choose("Next question");
    editor.take_edit();
    write(&mut editor, "asyncio");
    editor.choose("Compare with the points");
    editor.take_edit();
    editor.choose("My answer was good");
    let judged = judged(data.path(), 2);
    let fetching = judged.iter().find(|(question, ..)| question.ends_with("/fetching"));
    assert_eq!(fetching.unwrap().1, "not-yet");
}

#[test]
fn without_edits_every_question_has_a_file() {
    let data = tempfile::tempdir().unwrap();
    let mut capabilities = capabilities();
    capabilities["workspace"] = json!({});
    let client = Client::start(data.path(), "test", capabilities);
    let mut editor = Editor::start(client, START, Value::Null);
    write(&mut editor, "A loop.");
    editor.choose("Compare with the points");
    assert!(message(&mut editor).contains("Found in your text: a loop over the pages."));
    editor.wait_for_note("loop", "Found in your text: a loop over the pages.");
    editor.choose("My answer was good");
    let path = shown(&mut editor.client);
    let mut editor = Editor::open(editor.client, path);
    assert!(editor.text.contains("With what do you make the HTTP calls?"), "{}", editor.text);
    write(&mut editor, "With httpx.");
    editor.choose("Compare with the points");
    let said = message(&mut editor);
    assert!(said.contains("Found in your text: a loop over the pages; an HTTP client."), "{said}");
    editor.wait_for_note("httpx", "Found in your text: an HTTP client.");
    editor.choose("Next question");
    let path = shown(&mut editor.client);
    let next = fs::read_to_string(path).unwrap();
    assert!(next.contains("An answer with all points:") && next.contains("# ---- 2/5"), "{next}");
}
