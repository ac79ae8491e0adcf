//! Settings: where they come from, and what is said about wrong ones.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::client::Client;
use crate::documents::{DECORATED, MISSING_WRAPS, URI, assert_alive};

/// A client that answers `workspace/configuration`, with this section.
fn asked(section: Value) -> Client {
    let mut client = Client::start(json!({
        "workspace": { "configuration": true },
        "textDocument": { "diagnostic": {} },
    }));
    answer(&mut client, section);
    client
}

fn answer(client: &mut Client, section: Value) {
    let question = client.expect_call("workspace/configuration");
    assert_eq!(question["params"]["items"], json!([{ "section": "pygloss" }]));
    client.answer(&question["id"], json!([section]));
}

/// A client that only tells.
fn telling(options: Value) -> Client {
    Client::start_with(json!({
        "capabilities": { "textDocument": { "diagnostic": {} } },
        "initializationOptions": options,
    }))
}

fn tell(client: &mut Client, settings: Value) {
    client.notify("workspace/didChangeConfiguration", json!({ "settings": settings }));
}

/// Whether the finding of [`DECORATED`] is reported.
fn is_found(client: &mut Client) -> bool {
    let items = client.pull(URI, None)["items"].clone();
    items.as_array().expect("a list").iter().any(|item| item["code"] == MISSING_WRAPS)
}

#[test]
fn a_client_that_can_be_asked_is_asked_at_the_start_and_at_every_change() {
    let mut client = asked(json!({ "ignore": [MISSING_WRAPS] }));
    client.open(URI, DECORATED);
    assert!(!is_found(&mut client));
    tell(&mut client, Value::Null);
    answer(&mut client, json!({ "ignore": [] }));
    assert!(is_found(&mut client));
    // What comes with the notification does not count for such a client.
    tell(&mut client, json!({ "pygloss": { "ignore": [MISSING_WRAPS] } }));
    answer(&mut client, json!({}));
    assert!(is_found(&mut client));
}

#[test]
fn a_client_that_cannot_be_asked_tells() {
    let mut client = telling(Value::Null);
    client.open(URI, DECORATED);
    assert!(is_found(&mut client));
    tell(&mut client, json!({ "pygloss": { "ignore": [MISSING_WRAPS] }, "other": 1 }));
    assert!(!is_found(&mut client));
    tell(&mut client, json!({ "other": {} }));
    assert!(!is_found(&mut client), "nothing was said about our section");
    tell(&mut client, json!({ "pygloss": {} }));
    assert!(is_found(&mut client));
}

#[test]
fn settings_may_come_with_initialize() {
    let settings = json!({ "settings": { "ignore": [MISSING_WRAPS] } });
    let mut client = telling(settings);
    client.open(URI, DECORATED);
    assert!(!is_found(&mut client));
}

#[test]
fn an_answer_that_never_comes_changes_nothing() {
    let mut client = Client::start(json!({
        "workspace": { "configuration": true },
        "textDocument": { "diagnostic": {} },
    }));
    client.open(URI, DECORATED);
    assert!(is_found(&mut client));
    for _ in 0..20 {
        tell(&mut client, Value::Null);
    }
    assert!(is_found(&mut client));
    assert_eq!(client.finish(), 0);
}

#[test]
fn odd_answers_are_survived() {
    let mut client = asked(Value::Null);
    for result in [json!(null), json!([]), json!({}), json!([1, 2, 3]), json!("x"), json!([[]])] {
        tell(&mut client, Value::Null);
        let question = client.expect_call("workspace/configuration");
        client.answer(&question["id"], result);
    }
    tell(&mut client, Value::Null);
    let question = client.expect_call("workspace/configuration");
    let error = json!({ "code": -32601, "message": "not today" });
    client.send(&json!({ "jsonrpc": "2.0", "id": question["id"], "error": error }));
    assert_alive(&mut client);
    client.open(URI, DECORATED);
    assert!(is_found(&mut client));
}

#[test]
fn wrong_settings_are_reported_once_and_the_right_ones_beside_them_hold() {
    let wrong = json!({
        "ignore": [MISSING_WRAPS],
        "targetVersion": "two",
        "quiz": { "limit": 0, "colour": "blue" },
        "unknown": true,
    });
    let mut client = asked(wrong.clone());
    client.open(URI, DECORATED);
    assert!(!is_found(&mut client));
    for _ in 0..3 {
        tell(&mut client, Value::Null);
        answer(&mut client, wrong.clone());
    }
    let reports: Vec<String> = client
        .drain()
        .iter()
        .map(|message| {
            assert_eq!(message["method"], "window/logMessage", "no message box at the start");
            message["params"]["message"].as_str().expect("text").to_owned()
        })
        .collect();
    for setting in ["targetVersion", "quiz.limit", "quiz.colour", "unknown"] {
        let about: Vec<&String> = reports
            .iter()
            .filter(|report| report.contains(&format!("pygloss.{setting}")))
            .collect();
        assert_eq!(about.len(), 1, "{setting}: {reports:#?}");
    }
    assert_eq!(reports.len(), 4, "{reports:#?}");
}

#[test]
fn a_rule_that_does_not_exist_is_reported() {
    let mut client = asked(json!({ "ignore": ["decorator-mising-wraps"] }));
    let log = client.expect_call("window/logMessage");
    let message = log["params"]["message"].as_str().expect("text");
    assert!(message.contains("decorator-mising-wraps"), "{message}");
    assert!(message.contains(MISSING_WRAPS), "the right name is suggested: {message}");
}

#[test]
fn settings_of_a_wrong_type_are_survived() {
    let mut client = telling(json!([1]));
    for settings in [
        json!({ "pygloss": 5 }),
        json!({ "pygloss": [] }),
        json!({ "pygloss": { "ignore": MISSING_WRAPS } }),
        json!({ "pygloss": { "ignore": [1] } }),
        json!({ "pygloss": { "quiz": [] } }),
        json!([]),
        json!("pygloss"),
    ] {
        tell(&mut client, settings);
    }
    assert_alive(&mut client);
    client.open(URI, DECORATED);
    assert!(is_found(&mut client));
}

/// The URI of a file.
fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

/// Whether the finding of [`DECORATED`], open as `uri`, is reported, and how it weighs.
fn severity(client: &mut Client, uri: &str) -> Option<i64> {
    let items = client.pull(uri, None)["items"].clone();
    let found =
        items.as_array()?.iter().find(|item| item["code"] == MISSING_WRAPS)?["severity"].as_i64();
    Some(found.expect("a severity"))
}

#[test]
fn files_of_the_project_say_which_rules_count_where() {
    let folder = tempfile::tempdir().unwrap();
    let severity_of = format!("[tool.pygloss.severity]\n{MISSING_WRAPS} = \"hint\"\n");
    fs::write(folder.path().join("pyproject.toml"), severity_of).unwrap();
    let legacy = folder.path().join("legacy");
    fs::create_dir(&legacy).unwrap();
    let per_file = "[per-file-ignores]\n\"old_*.py\" = [\"decorators\"]\n";
    fs::write(legacy.join("pygloss.toml"), per_file).unwrap();
    let mut client = telling(Value::Null);
    let mut found = |path: &Path| {
        let uri = uri(path);
        client.open(&uri, DECORATED);
        severity(&mut client, &uri)
    };
    assert_eq!(found(&folder.path().join("a.py")), Some(4));
    assert_eq!(found(&legacy.join("new_a.py")), Some(2), "the nearest file alone counts");
    assert_eq!(found(&legacy.join("old_a.py")), None);
    let a = uri(&folder.path().join("a.py"));
    tell(&mut client, json!({ "pygloss": { "severity": { "decorators": "error" } } }));
    assert_eq!(severity(&mut client, &a), Some(1), "the editor overrides files");
    tell(&mut client, json!({ "pygloss": { "select": ["collections"] } }));
    assert_eq!(severity(&mut client, &a), None);
    assert_eq!(client.finish(), 0);
}

#[test]
fn changed_files_are_noticed_where_the_client_watches_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::start(json!({
        "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } },
        "textDocument": { "diagnostic": {} },
    }));
    let question = client.expect_call("client/registerCapability");
    client.answer(&question["id"], Value::Null);
    let registered = &question["params"]["registrations"][0];
    assert_eq!(registered["method"], "workspace/didChangeWatchedFiles");
    let globs: Vec<_> = registered["registerOptions"]["watchers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["globPattern"].clone())
        .collect();
    let names = [
        "pygloss.toml",
        "pyproject.toml",
        "ruff.toml",
        ".ruff.toml",
        ".python-version",
        ".gitignore",
        "pyvenv.cfg",
        "*.dist-info/METADATA",
    ];
    assert_eq!(globs, names.map(|name| format!("**/{name}")));
    let a = uri(&folder.path().join("a.py"));
    client.open(&a, DECORATED);
    assert_eq!(severity(&mut client, &a), Some(2));
    let file = folder.path().join("pygloss.toml");
    fs::write(&file, "ignore = ['decorators']\n").unwrap();
    let changes = json!({ "changes": [{ "uri": uri(&file), "type": 1 }] });
    client.notify("workspace/didChangeWatchedFiles", changes);
    assert_eq!(severity(&mut client, &a), None);
}

#[test]
fn changed_files_are_noticed_on_a_save_where_nobody_watches() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = telling(Value::Null);
    let a = uri(&folder.path().join("a.py"));
    client.open(&a, DECORATED);
    assert_eq!(severity(&mut client, &a), Some(2));
    fs::write(folder.path().join("pygloss.toml"), "ignore = ['decorators']\n").unwrap();
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": a } }));
    assert_eq!(severity(&mut client, &a), None);
}

#[test]
fn the_environment_at_the_root_of_the_workspace_says_which_python_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let root = uri(folder.path());
    let mut client = Client::start_with(json!({
        "capabilities": {
            "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } },
            "textDocument": { "diagnostic": {} },
        },
        "workspaceFolders": [{ "uri": root, "name": "a" }],
    }));
    let question = client.expect_call("client/registerCapability");
    client.answer(&question["id"], Value::Null);
    let a = uri(&folder.path().join("deep/a.py"));
    client.open(&a, "def f(x: int | None): ...\n");
    let items = client.pull(&a, None)["items"].clone();
    assert_eq!(items, json!([]), "nobody said that it is for an old Python");
    fs::create_dir(folder.path().join(".venv")).unwrap();
    let file = folder.path().join(".venv/pyvenv.cfg");
    let mut write = |version: &str| {
        fs::write(&file, format!("home = /usr/bin\nversion = {version}\n")).unwrap();
        let changes = json!({ "changes": [{ "uri": uri(&file), "type": 1 }] });
        client.notify("workspace/didChangeWatchedFiles", changes);
        let items = client.pull(&a, None)["items"].to_string();
        items.contains("future-annotations-needed")
    };
    assert!(write("3.9.18"));
    assert!(!write("3.12.1"));
}

#[test]
fn what_cannot_be_used_in_a_file_is_logged_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pygloss.toml");
    fs::write(&file, "\nignore = ['decorator']\ncolour = 1\n").unwrap();
    let mut client = telling(Value::Null);
    client.open(&uri(&folder.path().join("a.py")), DECORATED);
    let mut said = || {
        let log = client.expect_call("window/logMessage");
        log["params"]["message"].as_str().expect("text").to_owned()
    };
    let file = file.display();
    let expected = format!(
        "{file}:2: there is no rule, topic or category `decorator`; did you mean `decorators`?"
    );
    assert_eq!(said(), expected);
    assert_eq!(said(), format!("{file}:3: there is no key `colour`"));
}

#[test]
fn each_of_several_folders_is_configured_on_its_own() {
    let root = tempfile::tempdir().unwrap();
    let folder = |name: &str| {
        let path = root.path().join(name);
        fs::create_dir_all(&path).unwrap();
        format!("file://{}", path.display())
    };
    let (one, two) = (folder("one"), folder("two"));
    let named = |uri: &String| json!({ "uri": uri, "name": "folder" });
    let mut client = Client::start_with(json!({
        "capabilities": {
            "workspace": { "configuration": true, "workspaceFolders": true },
            "textDocument": { "diagnostic": {} },
        },
        "workspaceFolders": [named(&one), named(&two)],
    }));
    let question = client.expect_call("workspace/configuration");
    let section = |scope: &String| json!({ "scopeUri": scope, "section": "pygloss" });
    let items = json!([{ "section": "pygloss" }, section(&one), section(&two)]);
    assert_eq!(question["params"]["items"], items);
    let misspelt = json!({ "ignore": ["loop-closur"] });
    client.answer(&question["id"], json!([{}, { "ignore": [MISSING_WRAPS] }, misspelt]));
    let said = client.expect_call("window/logMessage")["params"]["message"].clone();
    let expected = "pygloss.ignore: there is no rule, topic or category `loop-closur`; did you mean \
                    `loop-closure`?";
    assert_eq!(said, expected);
    let (ignored, shown) = (format!("{one}/a.py"), format!("{two}/a.py"));
    let mut found = |uri: &str| {
        client.open(uri, DECORATED);
        let items = client.pull(uri, None)["items"].clone();
        items.as_array().unwrap().iter().any(|item| item["code"] == MISSING_WRAPS)
    };
    assert!(!found(&ignored));
    assert!(found(&shown));
    assert!(found(URI), "in no folder");
    // With one folder left, it is configured as all.
    let event = json!({ "added": [], "removed": [named(&two)] });
    client.notify("workspace/didChangeWorkspaceFolders", json!({ "event": event }));
    answer(&mut client, json!({}));
    let items = client.pull(&ignored, None)["items"].clone();
    assert!(items.to_string().contains(MISSING_WRAPS));
}

/// A pack with one page.
fn write_pack(folder: &Path) {
    fs::create_dir_all(folder.join("asserting")).unwrap();
    let toml = "id = \"mine\"\ntitle = \"Mine\"\nlicence = \"MIT\"\nrequires-python = \">=3.9\"\n\
                concepts = [\"asserting\"]\n";
    fs::write(folder.join("pack.toml"), toml).unwrap();
    let page = "+++\ntitle = \"Asserting\"\nunits = []\nlinks = []\n+++\nA lesson of ours.\n";
    fs::write(folder.join("asserting/concept.md"), page).unwrap();
}

#[test]
fn packs_are_read_from_the_folders_that_settings_name() {
    let root = tempfile::tempdir().unwrap();
    write_pack(&root.path().join("course"));
    let mut client = Client::start_with(json!({
        "capabilities": { "workspace": { "configuration": true } },
        "workspaceFolders": [{ "uri": format!("file://{}", root.path().display()), "name": "a" }],
    }));
    answer(&mut client, json!({}));
    let page = |client: &mut Client| {
        let id = client.request("pygloss/page", json!({ "topic": "asserting" }));
        client.response(id).to_string().contains("A lesson of ours.")
    };
    assert!(!page(&mut client));
    tell(&mut client, Value::Null);
    answer(&mut client, json!({ "packs": ["course"] }));
    assert!(page(&mut client));
    fs::write(root.path().join("course/asserting/concept.md"), "no front matter\n").unwrap();
    tell(&mut client, Value::Null);
    answer(&mut client, json!({ "packs": ["course", "missing"] }));
    assert!(!page(&mut client), "a pack with a fault is not used");
    let said = client.drain().iter().map(ToString::to_string).collect::<String>();
    assert!(said.contains("asserting/concept.md:1: "), "{said}");
    assert!(said.contains("no packs from ") && said.contains("missing: "), "{said}");
}
