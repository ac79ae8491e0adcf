//! Mock interviews in a worksheet.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::Duration;

use pygloss::store;
use serde_json::{Value, json};

use crate::client::{Client, URI, hover};
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
    let on = |words: &str| Some(notes.iter().find(|(place, _)| place == words)?.1.as_str());
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

const TIMER: &str = "class Timer:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        return True


with Timer():
    print(1)
";

/// An interview that is started at a line of a file.
fn about(data: &Path, text: &str, line: u32) -> Editor {
    let mut client = Client::start(data, "test", capabilities());
    client.open(text);
    Editor::start(client, START, at(line))
}

fn at(line: u32) -> Value {
    json!({ "textDocument": { "uri": URI }, "position": { "line": line, "character": 8 } })
}

#[test]
fn an_interview_is_about_the_code_at_the_cursor() {
    let data = tempfile::tempdir().unwrap();
    let mut editor = about(data.path(), TIMER, 5);
    for part in [
        "# Walk me through this __exit__\n",
        "nothing is sent\n# anywhere. That is no mark: ",
        "The points are facts about this code; what is not certain about it\n# is left out.",
        "# ---- 1/2 · When it runs · interview ",
        "# Walk me through Timer.__exit__: when does it run, and what does it get?",
    ] {
        assert!(editor.text.contains(part), "{part} in {}", editor.text);
    }
    write(&mut editor, "When the block ends.");
    editor.choose("Compare with the points");
    let told = editor.take_edit();
    assert!(told.starts_with("# => Found in your text: when it is called.\n"), "{told}");
    assert!(told.contains("# Not found: its three arguments. "), "{told}");
    editor.wait_for_note("block ends", "Found in your text: when it is called.");
    editor.choose("My answer was good in part");
    let next = editor.take_edit();
    assert!(next.contains("# What do kind, error and trace hold?\n"), "{next}");
    editor.choose("Next question");
    let next = editor.take_edit();
    assert!(next.contains("as kind, error and trace"), "the model: {next}");
    write(&mut editor, "It propagates.");
    editor.choose("Compare with the points");
    let told = editor.take_edit();
    for part in ["# A red flag? the exception is said to pass on. A true value is", "on line 6."] {
        assert!(told.contains(part), "{told}");
    }
    editor.choose("My answer was not good yet");
    editor.take_edit();
    editor.choose("Next question");
    let next = editor.take_edit();
    assert!(next.contains("# Timer.__exit__ drops every exception:"), "{next}");
    assert!(next.ends_with("# => Thank you. That shows how you go about it."), "{next}");
    assert_eq!(judged(data.path(), 2), walked_through());
}

/// What is kept of the two answers about `TIMER`.
fn walked_through() -> [(String, String, u32); 2] {
    let id = "python-interview-5/context-managers/walk-exit";
    let kept = [("call", "in-part", 1), ("exception", "not-yet", 0)];
    kept.map(|(of, how, found)| (format!("{id}/{of}"), how.to_owned(), found))
}

#[test]
fn an_interview_about_code_ends_where_the_code_changes() {
    let data = tempfile::tempdir().unwrap();
    let mut editor = about(data.path(), TIMER, 5);
    // Moved code is the same code.
    editor.client.insert(2, 0, "import os\n\n");
    write(&mut editor, "When the block ends.");
    editor.choose("Compare with the points");
    assert!(editor.take_edit().contains("Found in your text: when it is called."));
    editor.client.insert(3, 7, "        print(kind)\n");
    let uri = json!({ "uri": editor.uri() });
    let judge = json!({ "textDocument": uri, "action": "good" });
    let params = json!({ "command": "pygloss.worksheet", "arguments": [judge] });
    editor.client.request("workspace/executeCommand", params).unwrap();
    assert!(message(&mut editor).contains("The code that the question is about has changed."));
    assert_eq!(editor.titles(None), [""; 0]);
    assert_eq!(judged(data.path(), 0), [], "nothing counts");
    // Nor does it count at another server, where the code is as it is by now or is not open.
    fs::write(&editor.path, &editor.text).unwrap();
    let path = editor.path.clone();
    drop(editor);
    let mut editor = Editor::open(Client::start(data.path(), "test", capabilities()), path);
    assert_eq!(editor.titles(None), [""; 0]);
}

/// The server is killed between two questions; the next one goes on, though the code has moved.
#[test]
fn an_interview_about_code_goes_on_at_the_next_server() {
    let data = tempfile::tempdir().unwrap();
    let mut editor = about(data.path(), TIMER, 5);
    write(&mut editor, "When the block ends.");
    editor.choose("Compare with the points");
    editor.take_edit();
    editor.choose("My answer was good in part");
    editor.take_edit();
    assert_eq!(judged(data.path(), 1)[0].1, "in-part");
    editor.choose("Next question");
    editor.take_edit();
    let path = editor.path.clone();
    fs::write(&path, &editor.text).unwrap();
    drop(editor);
    let mut editor = Editor::open(Client::start(data.path(), "test", capabilities()), path.clone());
    assert_eq!(editor.titles(None), [""; 0], "the code is not open");
    editor.wait_for_note("---- 2/2", "is not open");
    editor.client.open(&format!("import os\n\n\n{TIMER}"));
    assert_eq!(editor.titles(None), ["Compare with the points", "Next question"]);
    let card = editor.client.request("textDocument/hover", hover(7, 10)).unwrap();
    assert!(card.to_string().contains("A quiz question about this code is open."), "{card}");
    write(&mut editor, "It propagates.");
    editor.choose("Compare with the points");
    assert!(editor.take_edit().contains("returned on line 9."), "as the code stands now");
    editor.choose("My answer was not good yet");
    editor.take_edit();
    assert_eq!(judged(data.path(), 2), walked_through());
    drop(editor);
    let mut client = Client::start(data.path(), "test", capabilities());
    client.open(&TIMER.replace("return True", "return kind is KeyError"));
    let mut editor = Editor::open(client, path);
    editor.wait_for_note("---- 2/2", "has changed");
    assert_eq!(editor.titles(None), [""; 0]);
}

#[test]
fn there_is_no_interview_about_code_that_tells_nothing() {
    let data = tempfile::tempdir().unwrap();
    let mut client = Client::start(data.path(), "test", capabilities());
    client.open("x = 1\n");
    let params = json!({ "command": START, "arguments": [at(0)] });
    let error = client.request("workspace/executeCommand", params).unwrap_err();
    assert_eq!(error["data"]["reason"], "nothingHere");
    let mode = json!({ "mode": "interview", "textDocument": { "uri": URI } });
    let mut place = at(0);
    place["mode"] = "interview".into();
    assert_eq!(client.quiz("start", place).unwrap_err()["data"]["reason"], "nothingHere");
    assert_eq!(client.quiz("start", mode).unwrap(), Value::Null, "the mock interview");
    assert!(fs::read_to_string(shown(&mut client)).unwrap().contains("# ---- 1/5"));
}

#[test]
fn a_code_action_offers_the_interview() {
    let data = tempfile::tempdir().unwrap();
    let mut client = Client::start(data.path(), "test", capabilities());
    client.open(TIMER);
    let actions = |client: &mut Client, line: u32| {
        let place = json!({ "line": line, "character": 8 });
        let params = json!({
            "textDocument": { "uri": URI },
            "range": { "start": place, "end": place },
            "context": { "diagnostics": [], "only": ["source.pygloss.quiz"] },
        });
        let actions = client.request("textDocument/codeAction", params).unwrap();
        let all = actions.as_array().unwrap().clone();
        all.into_iter().find(|action| action["title"] == "Interview me on this")
    };
    let action = actions(&mut client, 4).unwrap();
    let command = &action["command"];
    let params = json!({ "command": command["command"], "arguments": command["arguments"] });
    client.request("workspace/executeCommand", params).unwrap();
    assert!(fs::read_to_string(shown(&mut client)).unwrap().contains("Timer.__exit__"));
    assert_eq!(actions(&mut client, 9), None);
}

/// What would tell the answer is not shown while the question waits, and shown again when it was compared.
#[test]
fn code_that_is_asked_about_is_kept_quiet() {
    let data = tempfile::tempdir().unwrap();
    let mut editor = about(data.path(), TIMER, 5);
    write(&mut editor, "When the block ends.");
    let quiet = "A quiz question about this code is open.";
    let card = |editor: &mut Editor| {
        let hover = editor.client.request("textDocument/hover", hover(4, 10)).unwrap();
        hover["contents"]["value"].as_str().unwrap().to_owned()
    };
    assert!(card(&mut editor).contains(quiet));
    editor.choose("Compare with the points");
    editor.take_edit();
    assert!(card(&mut editor).contains("Every exception of the block is dropped"));
    editor.choose("My answer was good");
    editor.take_edit();
    assert!(card(&mut editor).contains(quiet), "one more question waits");
    let document = json!({ "textDocument": { "uri": editor.uri() } });
    editor.client.notify("textDocument/didClose", document);
    assert!(card(&mut editor).contains("Every exception"), "the worksheet was left");
}
