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
