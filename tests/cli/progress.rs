//! Progress in the terminal: what is known, what is taken back, and what goes to other programs.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::{pygloss, pygloss_reading};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// Takes answers into the store of `folder`: the card below the built-in pack, days ago, the outcome.
fn answered(folder: &Path, answers: &[(&str, i64, &str)]) {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let now = i64::try_from(now.as_millis()).unwrap();
    let line = |(number, (card, days, outcome)): (usize, &(&str, i64, &str))| {
        json!({
            "id": format!("{number:032x}"), "session": "s", "at": now - days * DAY,
            "card": format!("python-interview-5/{card}"), "variant": "a", "seed": 1, "source": "pack",
            "outcome": outcome, "grade": if *outcome == "right" { 3 } else { 1 },
            "confidence": null, "hints": 0, "ms": null,
        })
        .to_string()
    };
    let lines: Vec<String> = answers.iter().enumerate().map(line).collect();
    fs::write(folder.join("in.jsonl"), lines.join("\n")).unwrap();
    let (_, error, code) = pygloss(folder, &["progress", "import", "in.jsonl"]);
    assert_eq!((error.as_str(), code), ("", 0));
}

const CARD: &str = "decorators/metadata-without-wraps";

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a script in Python prints about a text.
fn python(script: &str, input: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("in.txt");
    fs::write(&file, input).unwrap();
    let done = Command::new("python3").args(["-c", script]).arg(&file).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

#[test]
fn stats_tell_what_is_known_and_what_will_be() {
    let folder = tempfile::tempdir().unwrap();
    let (_, error, code) = pygloss(folder.path(), &["stats"]);
    assert!(error.starts_with("error: nothing was answered yet"), "{error}");
    assert_eq!(code, 2);
    answered(
        folder.path(),
        &[(CARD, 1, "right"), (CARD, 0, "right"), ("generators/x", 0, "wrong")],
    );
    let (shown, error, code) = pygloss(folder.path(), &["stats"]);
    assert_eq!((error.as_str(), code), ("", 0));
    let text = words(&shown);
    for part in [
        "3 answers to 1 question, 67 % right.",
        "2 days in a row",
        "Mastery is the share",
        "Kept in",
    ] {
        assert!(text.contains(part), "{part} in {shown}");
    }
    assert!(!shown.contains("metadata-without-wraps") && !shown.contains("interview"), "{shown}");
    let (shown, _, _) =
        pygloss(folder.path(), &["stats", "--questions", "--interview", "2999-12-24"]);
    let text = words(&shown);
    assert!(text.contains("metadata-without-wraps 100 %"), "{shown}");
    assert!(text.contains("The interview on 2999-12-24"), "{shown}");
    let wrong = pygloss(folder.path(), &["stats", "--interview", "24.12.2026"]);
    let error = "error: `24.12.2026` is no date; write it like 2026-12-24\n";
    assert_eq!(wrong, (String::new(), error.to_owned(), 2));
}

#[test]
fn bars_are_what_the_terminal_can_show() {
    let folder = tempfile::tempdir().unwrap();
    answered(folder.path(), &[(CARD, 0, "right")]);
    for (locale, ascii) in [("C", true), ("POSIX", true), ("C.UTF-8", false), ("de_DE.utf8", false)]
    {
        let done = Command::new(env!("CARGO_BIN_EXE_pygloss"))
            .args(["stats", "--questions"])
            .env("PYGLOSS_DATA_DIR", folder.path().join("data"))
            .env("LC_ALL", locale)
            .output()
            .unwrap();
        let text = String::from_utf8(done.stdout).unwrap();
        assert_eq!(text.is_ascii(), ascii, "{locale}: {text}");
    }
}

#[test]
fn the_last_answers_are_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    answered(folder.path(), &[(CARD, 2, "right"), (CARD, 1, "right"), (CARD, 0, "wrong")]);
    let (said, error, code) = pygloss(folder.path(), &["undo"]);
    assert_eq!((error.as_str(), code), ("", 0));
    assert_eq!(
        said,
        "Taken back: the answer to `metadata-without-wraps` (Decorators, wrong, just now). It counts no more.\n"
    );
    let (said, _, code) = pygloss(folder.path(), &["undo", "5"]);
    assert_eq!((said.lines().count(), code), (2, 0), "{said}");
    let (said, _, code) = pygloss(folder.path(), &["undo"]);
    assert_eq!((said.as_str(), code), ("There is no answer to take back.\n", 1));
    let (shown, _, _) = pygloss(folder.path(), &["stats"]);
    assert!(shown.contains("Nothing was answered yet."), "{shown}");
    // What was taken back stays so on the other machine.
    let (log, _, _) = pygloss(folder.path(), &["progress", "export"]);
    let other = tempfile::tempdir().unwrap();
    fs::write(other.path().join("log.jsonl"), &log).unwrap();
    assert_eq!(pygloss(other.path(), &["progress", "import", "log.jsonl"]).2, 0);
    assert_eq!(pygloss(other.path(), &["progress", "export"]).0, log);
    assert_eq!(pygloss(other.path(), &["undo"]).2, 1);
}

#[test]
fn pythons_csv_reads_the_log() {
    let folder = tempfile::tempdir().unwrap();
    answered(folder.path(), &[(CARD, 1, "right"), ("generators/a,\t\"<b>\nc", 0, "wrong")]);
    pygloss(folder.path(), &["undo"]);
    let (text, error, code) = pygloss(folder.path(), &["progress", "export", "--format", "csv"]);
    assert_eq!((error.as_str(), code), ("", 0));
    let script = "import csv, json, sys\n\
                  print(json.dumps(list(csv.DictReader(open(sys.argv[1], newline='')))))";
    let rows: Value = serde_json::from_str(&python(script, &text)).unwrap();
    assert_eq!(rows.as_array().unwrap().len(), 2);
    assert_eq!(rows[1]["card"], "python-interview-5/generators/a,\t\"<b>\nc");
    assert_eq!((&rows[0]["outcome"], &rows[0]["undone"]), (&json!("right"), &json!("")));
    assert_eq!(rows[1]["undone"].as_str().unwrap().len(), "2026-12-24T00:00:00.000Z".len());
    let done = pygloss(folder.path(), &["progress", "export", "--format", "csv", "log.csv"]);
    assert_eq!(done.0, "2 answers were written to log.csv.\n");
    assert_eq!(fs::read_to_string(folder.path().join("log.csv")).unwrap(), text);
}

#[test]
fn questions_go_to_anki() {
    let folder = tempfile::tempdir().unwrap();
    let export = ["progress", "export", "--format", "anki"];
    let (text, error, code) = pygloss(folder.path(), &export);
    assert_eq!((error.as_str(), code), ("", 0), "also without any progress");
    assert!(!folder.path().join("data").exists());
    assert_eq!(pygloss(folder.path(), &export).0, text, "the same each time");
    let script = "import csv, json, sys\n\
                  lines = open(sys.argv[1], newline='').read().splitlines()\n\
                  rows = list(csv.reader((l for l in lines if not l.startswith('#')), delimiter='\\t'))\n\
                  print(json.dumps({'head': [l for l in lines if l.startswith('#')], 'rows': rows}))";
    let read: Value = serde_json::from_str(&python(script, &text)).unwrap();
    for header in
        ["#separator:tab", "#html:true", "#guid column:1", "#deck column:2", "#tags column:3"]
    {
        assert!(read["head"].as_array().unwrap().contains(&json!(header)), "{}", read["head"]);
    }
    let rows = read["rows"].as_array().unwrap();
    assert!(rows.len() > 100 && rows.iter().all(|row| row.as_array().unwrap().len() == 5));
    let guid = format!("pygloss/python-interview-5/{CARD}/");
    let row = rows.iter().find(|row| row[0].as_str().unwrap().starts_with(&guid)).unwrap();
    assert_eq!(row[1], "pygloss::Decorators");
    assert!(row[3].as_str().unwrap().contains("<code>"), "{row}");
}

#[test]
fn a_placement_test_needs_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let (_, error, code) = pygloss_reading(folder.path(), &["quiz", "--placement"], "1\n");
    assert_eq!(
        (error.as_str(), code),
        ("error: a quiz needs a terminal to read the answers from\n", 2)
    );
    let (_, error, code) = pygloss(folder.path(), &["quiz", "--placement", "--file", "a.py"]);
    assert!(error.contains("cannot be used with"), "{error}");
    assert_eq!(code, 2);
}

#[test]
fn judgements_and_exercises_go_to_the_other_machine() {
    let folder = tempfile::tempdir().unwrap();
    answered(folder.path(), &[(CARD, 1, "right")]);
    let lines = [
        json!({
            "interview": "a", "question": "python-interview-5/rate", "at": 5, "judgement": "good",
            "found": 1, "points": 3,
        }),
        json!({ "id": format!("{:032x}", 1), "exercise": "p/c/e", "at": 6, "event": "hint" }),
        json!({ "id": format!("{:032x}", 2), "exercise": "p/c/e", "at": 7, "event": "passed" }),
    ];
    fs::write(folder.path().join("more.jsonl"), lines.map(|line| format!("{line}\n")).concat())
        .unwrap();
    let import = ["progress", "import", "more.jsonl"];
    let told = "New answers: 0. Known before: 0.\n\
                New besides: 1 judgement of interviews and 2 entries about exercises.\n";
    assert_eq!(pygloss(folder.path(), &import), (told.to_owned(), String::new(), 0));
    assert_eq!(pygloss(folder.path(), &import).0, "New answers: 0. Known before: 0.\n", "once");
    let (said, _, _) = pygloss(folder.path(), &["progress", "export", "all.jsonl"]);
    assert_eq!(
        said,
        "1 answer was written to all.jsonl, with 1 judgement of interviews and 2 entries about exercises.\n"
    );
    let other = tempfile::tempdir().unwrap();
    fs::copy(folder.path().join("all.jsonl"), other.path().join("all.jsonl")).unwrap();
    assert_eq!(pygloss(other.path(), &["progress", "import", "all.jsonl"]).2, 0);
    let (there, _, _) = pygloss(other.path(), &["progress", "export"]);
    assert_eq!(there, fs::read_to_string(folder.path().join("all.jsonl")).unwrap());
    pygloss(other.path(), &["progress", "erase", "--yes"]);
    assert_eq!(pygloss(other.path(), &["progress", "export"]).0, "");
}

#[test]
fn an_interview_about_a_file_needs_something_to_ask() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.py"), "def rows():\n    yield 1\n\nx = 1\n").unwrap();
    let (out, error, code) =
        pygloss_reading(folder.path(), &["interview", "a.py:2"], "It is lazy.\n\n2\n\n\n");
    assert_eq!((error.as_str(), code), ("", 0), "{out}");
    assert!(
        out.contains("Somebody calls rows.") && out.contains("found:     what the call does"),
        "{out}"
    );
    let (shown, _, _) = pygloss(folder.path(), &["stats"]);
    assert!(
        words(&shown)
            .contains("Walk me through this generator: A call, and the first item in part 1 of 2"),
        "{shown}"
    );
    let (_, error, code) = pygloss(folder.path(), &["interview", "a.py:4"]);
    assert_eq!(
        (error.as_str(), code),
        ("error: there is no interview about the code at a.py:4\n", 2)
    );
}
