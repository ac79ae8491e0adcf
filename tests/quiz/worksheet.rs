//! Quizzes in files that the reader edits.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use pygloss::store;
use serde_json::{Value, json};

use crate::client::{Client, URI};
use crate::editor::{EDIT, Editor, capabilities, shown};

const EXAMPLE: &str = include_str!("../../content/python-interview-5/decorators/tour.py");
const START: &str = "pygloss.quiz.start";

fn reviews(data: &Path) -> u32 {
    store::open(data).store.reviews().unwrap()
}

/// A worksheet with one question about the chapter's example.
fn about_the_example(data: &Path, name: &str, capabilities: Value) -> Editor {
    let mut client = Client::start(data, name, capabilities);
    client.open(EXAMPLE);
    let about = json!({
        "mode": "cursor", "textDocument": { "uri": URI }, "limit": 1, "ui": "worksheet",
    });
    Editor::start(client, START, about)
}

fn message(editor: &mut Editor) -> String {
    editor.client.expect("window/showMessage")["params"]["message"].as_str().unwrap().to_owned()
}

#[test]
fn a_question_is_marked_and_checked_and_counts_once() {
    let data = tempfile::tempdir().unwrap();
    let mut editor = about_the_example(data.path(), "test", capabilities());
    assert!(editor.path.starts_with(data.path().join("worksheets")), "{:?}", editor.path);
    assert!(editor.text.contains("# About api.py:\n# api_call in line 22"), "{}", editor.text);
    assert!(editor.text.lines().all(|line| line.is_empty() || line.starts_with('#')));
    let all =
        ["Check this answer", "Hint", "Show the answer", "Skip this question", "End the quiz"];
    assert_eq!(editor.titles(None), all);
    editor.choose("Check this answer");
    assert_eq!(message(&mut editor), "pygloss: Mark one option with an x first.");
    editor.choose("Hint");
    let hint = editor.take_edit();
    assert_eq!(hint, "# Hint: Which function does the decorator return?\n");
    // The reader moves the whole question down.
    editor.text.insert_str(0, "x = 1\n\n\n");
    let letter = editor.text.find(". 'wrapper'").unwrap() - 1;
    editor.text.replace_range(letter - 3..letter - 2, "x");
    editor.replace("Mark one", "Mark just one");
    editor.choose_at(Some("'wrapper'"), "Check this answer");
    let told = editor.take_edit();
    assert!(told.starts_with("# => Correct.\n"), "{told}");
    assert!(told.contains("# - 'wrapper': The name is bound to wrapper of line 8"), "{told}");
    assert!(message(&mut editor).starts_with("pygloss: All 1 right. The next question is due"));
    assert!(editor.text.contains("\n# => All 1 right. The next question is due in "));
    editor.wait_for_note("---- 1/1 · Decorators", "Correct.");
    assert_eq!(reviews(data.path()), 1);
    assert_eq!(editor.titles(None), [""; 0]);
    let again = json!({ "command": "pygloss.worksheet", "arguments": [{ "action": "check" }] });
    editor.client.request("workspace/executeCommand", again).unwrap();
    assert_eq!(message(&mut editor), "pygloss: This question is no longer open.");
    assert_eq!(reviews(data.path()), 1);
}

#[test]
fn nonsense_is_said_and_counts_for_nothing() {
    let data = tempfile::tempdir().unwrap();
    let mut editor = about_the_example(data.path(), "test", capabilities());
    editor.replace("[ ] A.", "[x] A.");
    editor.replace("[ ] B.", "[x] B.");
    editor.wait_for_note("] B.", "Mark one option only.");
    editor.choose("Check this answer");
    assert_eq!(message(&mut editor), "pygloss: Mark one option only.");
    editor.replace("[x] B.", "[maybe] B.");
    editor.wait_for_note("[maybe] B.", "Mark an option with an x");
    editor.replace("[maybe] B.", "B.");
    editor.wait_for_note("---- 1/1", "A line of this question is gone");
    editor.choose("Check this answer");
    assert!(message(&mut editor).contains("A line of this question is gone"));
    let block = editor.text[editor.text.find("# ---- 1/1").unwrap()..].to_owned();
    editor.replace("# ---- end", &format!("{block}# ---- end"));
    editor.wait_for_note("---- 1/1", "stands here twice");
    editor.choose_at(Some("# ---- 1/1"), "Check this answer");
    assert!(message(&mut editor).contains("stands in the worksheet twice"));
    assert_eq!(reviews(data.path()), 0);
}

/// Answers whatever is asked, and says how many questions came.
fn answer_all(editor: &mut Editor) -> usize {
    let mut asked = 0;
    while editor.titles(None).iter().any(|title| title == "Skip this question") {
        asked += 1;
        let end = editor.text.rfind("# ---- end").unwrap();
        let start = editor.text[..end].rfind("# ---- ").unwrap();
        let block = editor.text[start..].to_owned();
        let mut filled = block.clone();
        if block.contains("# Number the options") {
            for (at, letter) in ["A", "B", "C", "D", "E", "F"].iter().enumerate() {
                filled =
                    filled.replace(&format!("[ ] {letter}."), &format!("[{}] {letter}.", at + 1));
            }
        } else {
            filled = filled.replace("[ ] A.", "[x] A.");
        }
        assert!(!block.contains("=>"), "an answer was told before: {block}");
        if block.contains("\n# > ") || block.contains("\nr\"\"\"\n") {
            editor.choose("Show the answer");
        } else {
            editor.replace(&block, &filled);
            editor.choose("Check this answer");
        }
        let told = editor.take_edit();
        let headline = told.lines().next().unwrap();
        let headlines = [
            "# => Correct.",
            "# => Not quite.",
            "# => It is ",
            "# => One answer is ",
            "# => This is",
        ];
        assert!(headlines.iter().any(|start| headline.starts_with(start)), "{told}");
    }
    asked
}

/// Which variant of a card is asked is chance, so there are sessions until every shape was met.
#[test]
fn whole_sessions_with_all_shapes() {
    let data = tempfile::tempdir().unwrap();
    let mut client = Client::start(data.path(), "test", capabilities());
    let mut unseen = vec![
        "# Mark one option",
        "# Mark every option",
        "# Number the options",
        "# Type what belongs",
        "# Write your answer",
    ];
    let mut total = 0;
    for _ in 0..20 {
        let start = json!({
            "mode": "topic", "topics": ["decorators", "context-managers"], "limit": 20,
            "ui": "worksheet",
        });
        let mut editor = Editor::start(client, START, start);
        let asked = answer_all(&mut editor);
        assert!(asked >= 20, "{asked}");
        assert!(message(&mut editor).contains(&format!(" of {asked} right.")), "{}", editor.text);
        total += asked;
        unseen.retain(|instruction| !editor.text.contains(instruction));
        client = editor.client;
        if unseen.is_empty() {
            break;
        }
    }
    assert_eq!(unseen, [""; 0]);
    assert_eq!(reviews(data.path()) as usize, total);
}

#[test]
fn without_edits_diagnostics_tell_and_each_question_has_a_file() {
    let data = tempfile::tempdir().unwrap();
    let mut capabilities = capabilities();
    capabilities["workspace"] = json!({});
    capabilities["window"] = json!({});
    let mut client = Client::start(data.path(), "ALE", capabilities);
    let command = json!({ "topics": ["decorators"], "mode": "topic", "limit": 2 });
    assert_eq!(client.command("start", command).unwrap(), Value::Null);
    let first = shown(&mut client);
    let mut editor = Editor::open(client, first.clone());
    if editor.titles(None).iter().any(|title| title == "Hint") {
        editor.choose("Hint");
        editor.wait_for_note("---- 1/2", "Hint: ");
    }
    let before = editor.text.clone();
    editor.choose("Show the answer");
    let headline = message(&mut editor);
    let headline = headline.strip_prefix("pygloss: ").unwrap().to_owned();
    editor.wait_for_note("---- 1/2", &headline);
    assert_eq!(editor.text, before);
    assert_eq!(editor.titles(None), ["Next question", "End the quiz"]);
    editor.choose("Next question");
    let second = shown(&mut editor.client);
    assert_ne!(first, second);
    assert!(fs::read_to_string(second).unwrap().contains("# ---- 2/"));
    assert_eq!(fs::read_to_string(first).unwrap(), before);
    assert_eq!(reviews(data.path()), 1);
}

#[test]
fn a_client_that_takes_no_edit_after_all_gets_a_file() {
    let data = tempfile::tempdir().unwrap();
    let client = Client::start(data.path(), "test", capabilities());
    let start = json!({ "topics": ["decorators"], "mode": "topic", "limit": 2, "ui": "worksheet" });
    let mut editor = Editor::start(client, START, start);
    editor.choose("Show the answer");
    for refusal in [json!({ "applied": false }), Value::Null] {
        let asked = editor.client.expect(EDIT);
        editor.client.answer(&asked, refusal);
    }
    let next = shown(&mut editor.client);
    assert!(fs::read_to_string(next).unwrap().contains("# ---- 2/2"));
    assert_eq!(reviews(data.path()), 1);
}

/// The edit and the file are never answered: the server goes on all the same.
#[test]
fn a_client_that_never_answers_stops_nothing() {
    let data = tempfile::tempdir().unwrap();
    let mut client = Client::start(data.path(), "Kate", capabilities());
    assert_eq!(client.command("start", json!({ "ui": "worksheet" })).unwrap(), Value::Null);
    let asked = client.expect("window/showDocument");
    let path = asked["params"]["uri"].as_str().unwrap().trim_start_matches("file://").to_owned();
    let mut editor = Editor::open(client, path.into());
    editor.choose("Show the answer");
    editor.client.expect(EDIT);
    assert_eq!(
        editor.titles(None),
        ["End the quiz"],
        "the next question is open, though not in here"
    );
    editor.client.command("resume", Value::Null).unwrap();
    let again = editor.client.expect(EDIT);
    assert!(again.to_string().contains("# ---- 2/"), "{again}");
    assert_eq!(reviews(data.path()), 1);
}

#[test]
fn a_changed_question_is_withdrawn_and_the_quiz_goes_on() {
    let data = tempfile::tempdir().unwrap();
    let mut client = Client::start(data.path(), "test", capabilities());
    client.open(EXAMPLE);
    let about =
        json!({ "mode": "cursor", "textDocument": { "uri": URI }, "limit": 2, "ui": "worksheet" });
    let mut editor = Editor::start(client, START, about);
    editor.client.insert(2, 21, "async ");
    assert!(message(&mut editor).contains("has changed"));
    editor.wait_for_note("---- 1/", "has changed");
    assert_eq!(editor.titles(None), ["Next question", "End the quiz"]);
    editor.choose("Next question");
    editor.take_edit();
    let cursor = editor.take_cursor();
    assert!(cursor.lines().last().unwrap().starts_with("# ---- 2/"), "{cursor}");
    assert_eq!(reviews(data.path()), 0);
}

#[test]
fn a_worksheet_goes_on_at_the_next_server() {
    let data = tempfile::tempdir().unwrap();
    let client = Client::start(data.path(), "test", capabilities());
    let start = json!({ "topics": ["decorators"], "mode": "topic", "limit": 3, "ui": "worksheet" });
    let mut editor = Editor::start(client, START, start);
    editor.choose("Show the answer");
    editor.take_edit();
    fs::write(&editor.path, &editor.text).unwrap();
    let path = editor.path.clone();
    drop(editor);
    let client = Client::start(data.path(), "test", capabilities());
    let mut editor = Editor::open(client, path);
    let notes = editor.notes();
    assert_eq!(notes.len(), 1, "nothing is said of what was answered: {notes:?}");
    assert!(notes[0].0.contains("---- 2/3") && notes[0].1.contains("not open now"), "{notes:?}");
    assert_eq!(editor.titles(None), ["Go on with the quiz"]);
    editor.choose("Go on with the quiz");
    let again = editor.take_edit();
    assert!(again.contains("# ---- 2/3"), "{again}");
    editor.choose("Show the answer");
    editor.take_edit();
    assert_eq!(reviews(data.path()), 2);
}

/// yegappan/lsp answers prompts by null without showing them; ALE cannot do anything of it.
#[test]
fn who_gets_worksheets_unasked() {
    for (name, capabilities) in
        [("Vim", json!({ "workspace": { "applyEdit": true } })), ("ALE", json!({}))]
    {
        let data = tempfile::tempdir().unwrap();
        let mut client = Client::start(data.path(), name, capabilities);
        assert_eq!(client.command("start", Value::Null).unwrap(), Value::Null);
        let path = shown(&mut client);
        assert!(fs::read_to_string(path).unwrap().contains("# ---- 1/5"), "{name}");
        let rich = client.command("start", json!({ "ui": "rich" })).unwrap();
        assert!(rich["question"]["options"].is_array());
    }
    let data = tempfile::tempdir().unwrap();
    let prompts = json!({ "workspace": { "applyEdit": true } });
    let mut client = Client::start(data.path(), "Helix", prompts);
    assert_eq!(client.command("start", Value::Null).unwrap(), Value::Null);
    client.expect("window/showMessageRequest");
    assert_eq!(client.command("start", json!({ "ui": "worksheet" })).unwrap(), Value::Null);
    client.expect("$/cancelRequest");
    shown(&mut client);
}

/// The clients as they were recorded: each can go through a worksheet with what it declares.
#[test]
fn every_recorded_client_can_use_a_worksheet() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lsp/clients");
    let mut tested = 0;
    for recorded in fs::read_dir(folder).unwrap() {
        let recorded = fs::read(recorded.unwrap().path()).unwrap();
        let recorded: Value = serde_json::from_slice(&recorded).unwrap();
        let name = recorded["clientInfo"]["name"].as_str().unwrap_or("unnamed");
        let capabilities = recorded["capabilities"].clone();
        let takes_edits = capabilities["workspace"]["applyEdit"] == true;
        let has_actions = capabilities["textDocument"]["codeAction"]["codeActionLiteralSupport"]
            ["codeActionKind"]["valueSet"]
            .as_array()
            .is_some_and(|kinds| !kinds.is_empty());
        let data = tempfile::tempdir().unwrap();
        let client = Client::start(data.path(), name, capabilities);
        let start = json!({ "topics": ["decorators"], "mode": "topic", "ui": "worksheet" });
        let mut editor = Editor::start(client, START, start);
        if has_actions {
            editor.choose("Show the answer");
        } else {
            let act = json!([{ "action": "show-answer" }]);
            let params = json!({ "command": "pygloss.worksheet", "arguments": act });
            editor.client.request("workspace/executeCommand", params).unwrap();
        }
        if takes_edits {
            assert!(editor.take_edit().contains("\n# ---- 2/"), "{name}");
            assert!(editor.text.contains("\n# => "), "{name}");
        } else {
            let told = message(&mut editor);
            editor.wait_for_note("# ---- 1/", told.trim_start_matches("pygloss: "));
        }
        assert_eq!(reviews(data.path()), 1, "{name}");
        tested += 1;
    }
    assert!(tested >= 8, "{tested}");
}

/// Whatever is done with whichever question: each that has a verdict counts once, and no other.
#[test]
fn what_counts_is_what_was_told() {
    let data = tempfile::tempdir().unwrap();
    let client = Client::start(data.path(), "test", capabilities());
    let start = json!({ "topics": ["generators", "collections"], "mode": "topic", "limit": 50, "ui": "worksheet" });
    let mut editor = Editor::start(client, START, start);
    let mut dice = 7_u64;
    let mut roll = |sides: usize| {
        dice = dice.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
        (dice >> 33) as usize % sides
    };
    let actions = [
        "check",
        "check",
        "hint",
        "show-answer",
        "check",
        "next",
        "skip",
        "resume",
        "good",
        "show-answer",
    ];
    let told = |text: &str| text.matches("\n# => ").count();
    let mut rounds = 0;
    // Which questions come, and so how many of these acts fit them, is left to chance.
    while rounds < 150 || told(&editor.text) <= 10 {
        rounds += 1;
        assert!(rounds < 1_000, "{}", editor.text);
        let ids: Vec<String> = editor
            .text
            .lines()
            .filter_map(|line| line.strip_prefix("# ---- end ").map(str::to_owned))
            .collect();
        // The newest ones more often than the others.
        let id = &ids[ids.len() - 1 - roll(ids.len()).min(roll(3))];
        let unmarked: Vec<usize> = editor.text.match_indices("[ ]").map(|(at, _)| at + 1).collect();
        if !unmarked.is_empty() {
            let at = unmarked[unmarked.len() - 1 - roll(unmarked.len().min(4))];
            editor.text.replace_range(at..=at, "x");
            editor.replace("# ----", "# ----");
        }
        let act = json!({ "action": actions[roll(actions.len())], "block": id });
        for _ in 0..=roll(2) {
            let params = json!({ "command": "pygloss.worksheet", "arguments": [act] });
            editor.client.request("workspace/executeCommand", params).unwrap();
        }
        editor.settle();
    }
    let ends: Vec<&str> =
        editor.text.lines().filter(|line| line.starts_with("# ---- end ")).collect();
    let different: HashSet<&&str> = ends.iter().collect();
    assert_eq!(different.len(), ends.len(), "each stands there once: {}", editor.text);
    let ended = editor.text.matches(" right. ").count();
    assert_eq!(reviews(data.path()) as usize, told(&editor.text) - ended, "{}", editor.text);
}
