//! Inlay hints and code lenses: off until they are wanted, and then only what is certain.

use serde_json::{Value, json};

use crate::client::Client;
use crate::documents::{URI, range};

const SOURCE: &str = "\
def log(func):
    def wrapper(*args):
        return func(*args)
    return wrapper

def numbers():
    yield 1

@log
def größe(): ...

n = numbers()
with open('a') as a, open('b') as b:
    pass
";

const REFRESHES: [&str; 2] = ["workspace/inlayHint/refresh", "workspace/codeLens/refresh"];

fn capabilities() -> Value {
    json!({
        "textDocument": {
            "hover": { "contentFormat": ["markdown"] },
            "inlayHint": {}, "codeLens": {}, "diagnostic": {},
        },
        "workspace": {
            "inlayHint": { "refreshSupport": true }, "codeLens": { "refreshSupport": true },
        },
    })
}

fn client(settings: Value) -> Client {
    let mut client = Client::start_with(json!({
        "processId": null, "rootUri": null,
        "capabilities": capabilities(),
        "initializationOptions": { "settings": settings },
    }));
    client.open(URI, SOURCE);
    client
}

fn all() -> Value {
    json!({ "inlayHints": { "decorators": true, "lazyCalls": true, "exitOrder": true } })
}

/// What a client asks for with the lines from `first` to `last`.
fn hints(client: &mut Client, first: u32, last: u32) -> Value {
    let params = json!({ "textDocument": { "uri": URI }, "range": range((first, 0), (last, 0)) });
    client.call("textDocument/inlayHint", params)
}

/// Line, column and label of each hint.
fn told(hints: &Value) -> Vec<(u64, u64, &str)> {
    let tell = |hint: &'_ Value| {
        let at = &hint["position"];
        (at["line"].as_u64().unwrap(), at["character"].as_u64().unwrap())
    };
    let hints = hints.as_array().expect("a list").iter();
    hints.map(|hint| (tell(hint).0, tell(hint).1, hint["label"].as_str().unwrap())).collect()
}

fn lenses(client: &mut Client) -> Value {
    client.call("textDocument/codeLens", json!({ "textDocument": { "uri": URI } }))
}

#[test]
fn nothing_is_shown_unasked() {
    let mut client = client(json!({}));
    assert_eq!(hints(&mut client, 0, 14), Value::Null);
    assert_eq!(lenses(&mut client), Value::Null);
}

#[test]
fn hints_stand_behind_the_code_that_they_are_about() {
    let mut client = client(all());
    let found = hints(&mut client, 0, 14);
    assert_eq!(
        told(&found),
        [
            (8, 4, "→ function wrapper"),
            (11, 13, "⇒ generator"),
            (12, 19, "exit 2"),
            (12, 35, "exit 1"),
        ]
    );
    let tooltip = "The name `größe` is bound to the function `wrapper` of line 2.";
    assert_eq!(found[0]["tooltip"], json!({ "kind": "markdown", "value": tooltip }));
}

#[test]
fn each_kind_has_its_switch() {
    for (kind, label) in [
        ("decorators", "→ function wrapper"),
        ("lazyCalls", "⇒ generator"),
        ("exitOrder", "exit 2"),
    ] {
        let mut client = client(json!({ "inlayHints": { kind: true } }));
        let found = hints(&mut client, 0, 14);
        let told = told(&found);
        assert_eq!(told[0].2, label, "{kind}");
        assert_eq!(told.len(), if kind == "exitOrder" { 2 } else { 1 }, "{kind}");
    }
}

#[test]
fn only_the_lines_that_are_asked_for() {
    let mut client = client(all());
    let found = hints(&mut client, 11, 12);
    assert_eq!(told(&found), [(11, 13, "⇒ generator")]);
    let found = hints(&mut client, 0, 7);
    assert_eq!(told(&found), []);
    let params =
        json!({ "textDocument": { "uri": "file:///none.py" }, "range": range((0, 0), (9, 0)) });
    assert_eq!(client.call("textDocument/inlayHint", params), Value::Null);
}

#[test]
fn what_is_not_certain_has_no_hint_and_no_lens() {
    let mut settings = all();
    settings["codeLens"] = json!({ "quiz": true });
    let mut client = client(settings);
    client.close(URI);
    client.open(URI, "import web\n\n@web.route('/')\ndef f(): ...\n\nx = web.fetch()\nwith web.lock():\n    pass\n");
    let found = hints(&mut client, 0, 9);
    assert_eq!(told(&found), []);
    assert_eq!(lenses(&mut client), json!([]));
}

#[test]
fn a_lens_asks_about_the_code_below_it() {
    let mut client = client(json!({ "codeLens": { "quiz": true } }));
    let found = lenses(&mut client);
    let ranges: Vec<_> = found.as_array().unwrap().iter().map(|it| it["range"].clone()).collect();
    assert_eq!(ranges, [range((5, 0), (5, 0)), range((8, 0), (8, 0))], "a generator, and `größe`");
    let lens = &found[1];
    assert_eq!(lens["command"]["title"], "Quiz me on this");
    assert_eq!(lens["command"]["command"], "pygloss.quiz.start");
    // What the lens carries starts a quiz about this very function.
    let step = client.call("pygloss/quiz/start", lens["command"]["arguments"][0].clone());
    assert_eq!(step["question"]["subject"]["uri"], URI, "{step}");
    assert_eq!(step["question"]["subject"]["range"]["start"], json!({ "line": 8, "character": 0 }));
}

#[test]
fn the_client_is_asked_to_ask_again_when_the_settings_change() {
    let mut client = client(json!({}));
    let refreshes = |client: &mut Client| {
        let sent = client.drain();
        sent.iter().filter(|sent| REFRESHES.iter().any(|method| sent["method"] == **method)).count()
    };
    assert_eq!(refreshes(&mut client), 0, "not at the start");
    let tell = |client: &mut Client, settings: Value| {
        let params = json!({ "settings": { "pygloss": settings } });
        client.notify("workspace/didChangeConfiguration", params);
    };
    tell(&mut client, all());
    assert_eq!(refreshes(&mut client), 2);
    let found = hints(&mut client, 0, 14);
    assert_eq!(told(&found).len(), 4);
    tell(&mut client, all());
    assert_eq!(refreshes(&mut client), 0, "nothing changed");
}

#[test]
fn who_shows_none_is_offered_none() {
    let mut client = Client::spawn();
    let announced = client.initialize(json!({ "processId": null, "capabilities": capabilities() }));
    assert_eq!(announced["capabilities"]["inlayHintProvider"], true);
    assert!(announced["capabilities"]["codeLensProvider"].is_object());
    let mut client = Client::spawn();
    let announced = client.initialize(json!({ "processId": null, "capabilities": {} }));
    assert!(announced["capabilities"].get("inlayHintProvider").is_none());
    assert!(announced["capabilities"].get("codeLensProvider").is_none());
}
