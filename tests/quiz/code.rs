//! Questions about the reader's code beyond decorators.

use serde_json::{Value, json};

use crate::client::{Client, URI, hover};
use crate::rich::{choose, reason};

const ROWS: &str = "\
def rows(path):
    with open(path) as file:
        yield from file

r = rows('a')
";

const MANAGER: &str = "\
class Timer:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        total = self.now() - self.start
        self.start = None
        print('took', total)
        return False
";

/// A session about the code at a line.
fn start(client: &mut Client, line: u32) -> Value {
    let at = json!({ "line": line, "character": 6 });
    let params =
        json!({ "mode": "cursor", "textDocument": { "uri": URI }, "position": at, "limit": 20 });
    client.quiz("start", params).unwrap()
}

fn hints(client: &mut Client) -> usize {
    let range = json!({
        "start": { "line": 0, "character": 0 },
        "end": { "line": 9, "character": 0 },
    });
    let params = json!({ "textDocument": { "uri": URI }, "range": range });
    client.request("textDocument/inlayHint", params).unwrap().as_array().unwrap().len()
}

#[test]
fn nothing_shown_in_the_file_tells_the_answer() {
    let data = tempfile::tempdir().unwrap();
    let mut client = Client::rich(data.path());
    let wanted = json!({ "inlayHints": { "lazyCalls": true } });
    client.notify("workspace/didChangeConfiguration", json!({ "settings": { "pygloss": wanted } }));
    client.open(ROWS);
    assert_eq!(hints(&mut client), 1);
    let card = client.request("textDocument/hover", hover(0, 6)).unwrap();
    let step = start(&mut client, 0);
    let question = &step["question"];
    assert_eq!((&question["kind"], &question["shape"]), (&json!("choice"), &json!("one")));
    assert!(question["plain"].as_str().unwrap().starts_with("rows of line 1"), "{question}");

    assert_eq!(hints(&mut client), 0, "it would say that the call gives a generator");
    let hidden = client.request("textDocument/hover", hover(0, 6)).unwrap();
    assert!(hidden["contents"]["value"].as_str().unwrap().contains("is open"), "{hidden}");

    let right = "A generator; no line of the body has run yet";
    let verdict = client.quiz("answer", choose(&step, Some(right))).unwrap();
    assert_eq!(verdict["outcome"], "right", "{verdict}");
    assert_eq!(verdict["evidence"][1]["range"]["start"]["line"], 2);
    assert_eq!(hints(&mut client), 1);
    assert_eq!(client.request("textDocument/hover", hover(0, 6)).unwrap(), card);
}

/// The codes of what is found in the file, and the titles of the actions on a line.
fn found(client: &mut Client, line: u32) -> (Vec<Value>, Vec<Value>) {
    let document = json!({ "uri": URI });
    let report = client.request("textDocument/diagnostic", json!({ "textDocument": document }));
    let items = report.unwrap()["items"].as_array().unwrap().clone();
    let place = json!({ "line": line, "character": 9 });
    let params = json!({
        "textDocument": document,
        "range": { "start": place, "end": place },
        "context": { "diagnostics": [] },
    });
    let actions = client.request("textDocument/codeAction", params).unwrap();
    let of = |all: &[Value], key| all.iter().map(|one| one[key].clone()).collect();
    (of(&items, "code"), of(actions.as_array().unwrap(), "title"))
}

#[test]
fn a_finding_in_code_that_is_asked_about_waits_for_the_answer() {
    const LOG: &str = "\
def log(func):
    def wrapper(*args):
        return func(*args)
    return wrapper

@log
def save(path):
    return path

def other(func):
    def wrapper(*args):
        return func(*args)
    return wrapper

@other
def load(path):
    return path
";
    let data = tempfile::tempdir().unwrap();
    let mut client = Client::start(data.path(), "test", crate::modes::editor(true));
    client.open(LOG);
    let (codes, actions) = found(&mut client, 1);
    assert_eq!(codes, ["decorator-missing-wraps", "decorator-missing-wraps"]);
    assert!(
        actions.iter().any(|title| title.as_str().unwrap().starts_with("Add @functools.wraps")),
        "{actions:?}"
    );
    let step = start(&mut client, 6);
    assert!(step["question"]["plain"].as_str().unwrap().contains("save"), "{step}");
    assert_eq!(found(&mut client, 1), (vec![json!("decorator-missing-wraps")], vec![]));
    let (_, others) = found(&mut client, 10);
    assert!(
        others.iter().any(|title| title.as_str().unwrap().starts_with("Add @functools.wraps")),
        "{others:?}"
    );
    let verdict = client.quiz("answer", choose(&step, None)).unwrap();
    assert_eq!(found(&mut client, 1).0, codes, "{verdict}");
}

const USES: &str = "\
def rows(path):
    yield path

def main(path):
    got = rows(path)
    for row in got:
        print(row)
    for row in got:
        print(row)

def other(path):
    yield path
";

/// What the file shows at a line: the card, the codes of what is found in the file, the titles of actions.
fn shown(client: &mut Client, line: u32, column: u32) -> (Option<String>, Vec<Value>, Vec<Value>) {
    let hover = client.request("textDocument/hover", hover(line, column)).unwrap();
    let card = hover["contents"]["value"].as_str().map(str::to_owned);
    let (codes, titles) = found(client, line);
    (card, codes, titles)
}

/// A call elsewhere tells what the function is as well as its `def`.
#[test]
fn what_stands_elsewhere_does_not_tell_the_answer() {
    let data = tempfile::tempdir().unwrap();
    let mut capabilities = crate::modes::editor(true);
    capabilities["experimental"] = json!({ "pygloss": { "protocol": 1 } });
    let mut client = Client::start(data.path(), "test", capabilities);
    client.open(USES);
    let lens = json!({ "codeLens": { "quiz": true } });
    client.notify("workspace/didChangeConfiguration", json!({ "settings": { "pygloss": lens } }));
    let lenses = |client: &mut Client| {
        let params = json!({ "textDocument": { "uri": URI } });
        client.request("textDocument/codeLens", params).unwrap()
    };
    // The call, the name that it gives a value to, the loop over that.
    let places = [(4, 11), (4, 5), (5, 15), (7, 15)];
    let before: Vec<_> = places.map(|(line, column)| shown(&mut client, line, column)).into();
    assert!(
        before.iter().any(|(card, ..)| card.as_ref().is_some_and(|it| it.contains("generator")))
    );
    assert!(before[0].1.contains(&json!("generator-reused")), "{before:?}");
    let all_lenses = lenses(&mut client);
    let step = start(&mut client, 0);
    assert!(step["question"]["plain"].as_str().unwrap().starts_with("rows of line 1"), "{step}");
    for (line, column) in places {
        let (card, codes, titles) = shown(&mut client, line, column);
        let card = card.unwrap();
        assert!(card.contains("is open") && !card.contains("generator"), "line {line}: {card}");
        assert!(!codes.contains(&json!("generator-reused")), "{codes:?}");
        assert_eq!(titles, [Value::Null; 0], "line {line}");
    }
    assert_eq!(lenses(&mut client), all_lenses, "they say the same of every function");
    let (card, ..) = shown(&mut client, 10, 5);
    assert!(card.unwrap().contains("generator"), "another function is not asked about");
    let verdict = client.quiz("answer", choose(&step, None)).unwrap();
    assert!(!verdict["score"].is_null());
    let after: Vec<_> = places.map(|(line, column)| shown(&mut client, line, column)).into();
    assert_eq!(after, before);
}

/// From one question to the next, what is kept back is that of the next.
#[test]
fn the_next_question_about_the_file_keeps_its_own_code_quiet() {
    const BOTH: &str = "\
def rows(path):
    yield path

def log(func):
    def wrapper(*args):
        return func(*args)
    return wrapper

@log
def save(path):
    return path
";
    let data = tempfile::tempdir().unwrap();
    let mut capabilities = crate::modes::editor(true);
    capabilities["experimental"] = json!({ "pygloss": { "protocol": 1 } });
    let mut client = Client::start(data.path(), "test", capabilities);
    client.open(BOTH);
    assert_eq!(found(&mut client, 0).0, ["decorator-missing-wraps"]);
    // Nothing stands on the line: all of the file is asked about.
    let mut step = start(&mut client, 2);
    let mut asked = [false, false];
    while step["question"].is_object() {
        let line = step["question"]["subject"]["range"]["start"]["line"].as_u64().unwrap();
        let is_about_save = line > 2;
        let shown = found(&mut client, 0).0;
        assert_eq!(shown.is_empty(), is_about_save, "{step}");
        asked[usize::from(is_about_save)] = true;
        let id = json!({
            "sessionId": step["session"]["id"],
            "presentationId": step["question"]["presentationId"],
        });
        step = client.quiz("skip", id).unwrap();
    }
    assert_eq!(asked, [true, true], "both are asked about");
    assert_eq!(found(&mut client, 0).0, ["decorator-missing-wraps"]);
}

#[test]
fn an_edit_withdraws_a_question_about_a_call() {
    let data = tempfile::tempdir().unwrap();
    let mut client = Client::rich(data.path());
    client.open(ROWS);
    let step = start(&mut client, 0);
    let answer = choose(&step, None);
    client.insert(2, 0, "import os\n");
    assert_eq!(client.rest(), [Value::Null; 0], "the code only moved");
    client.insert(3, 1, "@cached\n");
    let withdrawn = client.expect("pygloss/quiz/withdrawn");
    assert_eq!(withdrawn["params"]["presentationId"], answer["presentationId"]);
    assert_eq!(reason(client.quiz("answer", answer)), "stale");
}

#[test]
fn the_mistake_in_a_copy_of_a_function() {
    let data = tempfile::tempdir().unwrap();
    let mut client = Client::rich(data.path());
    client.open(MANAGER);
    for _ in 0..60 {
        let step = start(&mut client, 4);
        let question = &step["question"];
        if question["kind"] != "bug" {
            continue;
        }
        assert_eq!(question["shape"], "one");
        assert!(question["snippet"].as_str().unwrap().ends_with("return True"), "{question}");
        assert!(question["prompt"].as_str().unwrap().contains("return True"));
        assert_eq!(question["subject"]["range"]["start"]["line"], 4);
        let verdict = client.quiz("answer", choose(&step, Some("return True"))).unwrap();
        assert_eq!(verdict["outcome"], "right", "{verdict}");
        return;
    }
    panic!("never asked");
}
