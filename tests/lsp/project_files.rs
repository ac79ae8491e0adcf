//! Files of a project that are not Python: hovers, findings and fixes.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::Client;

const CONFIG: &str = "home = /usr/bin\ninclude-system-site-packages = false\nversion = 3.12.4\n";

/// A repository with an environment in `.venv` that has `rich` 13.
fn repository() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    install(folder.path(), "rich-13.7.1");
    fs::write(folder.path().join(".venv/pyvenv.cfg"), CONFIG).unwrap();
    folder
}

fn install(folder: &Path, name: &str) {
    let packages = folder.join(".venv/lib/python3.12/site-packages");
    fs::create_dir_all(packages.join(format!("{name}.dist-info"))).unwrap();
}

fn session(folder: &Path, capabilities: Value) -> Client {
    Client::start_with(json!({
        "processId": null,
        "workspaceFolders": [{ "uri": format!("file://{}", folder.display()), "name": "w" }],
        "capabilities": capabilities,
    }))
}

/// Opens a file, which need not be on the disk.
fn open(client: &mut Client, folder: &Path, path: &str, text: &str) -> String {
    let uri = format!("file://{}/{path}", folder.display());
    let document = json!({ "uri": uri, "languageId": "toml", "version": 1, "text": text });
    client.notify("textDocument/didOpen", json!({ "textDocument": document }));
    uri
}

fn pulled(client: &mut Client, uri: &str) -> Vec<String> {
    let report = client.pull(uri, None);
    let items = report["items"].as_array().unwrap();
    items.iter().map(|it| it["message"].as_str().unwrap().to_owned()).collect()
}

fn pulling() -> Value {
    json!({ "textDocument": { "diagnostic": {} } })
}

const PROJECT: &str =
    "[project]\nname = \"app\"\ndependencies = [\n    \"rich>=14\",\n    \"attrs\",\n]\n";

#[test]
fn a_requirement_is_explained_where_it_is_declared() {
    let folder = repository();
    let mut client = session(folder.path(), json!({}));
    let uri = open(&mut client, folder.path(), "pyproject.toml", PROJECT);
    let words = client.hover_text(&uri, (3, 7));
    assert!(words.starts_with("Of rich every version will do that fits >=14."), "{words}");
    assert!(words.contains("environment .venv has 13.7.1, which does not fit"), "{words}");
    let words = client.hover_text(&uri, (2, 3));
    assert!(words.contains("rich, attrs"), "{words}");
}

#[test]
fn findings_rest_on_the_files_around_as_they_are_now() {
    let folder = repository();
    fs::write(folder.path().join(".gitignore"), ".venv/\n").unwrap();
    let mut client = session(folder.path(), pulling());
    let uri = open(&mut client, folder.path(), "pyproject.toml", PROJECT);
    let found = pulled(&mut client, &uri);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("has version `13.7.1` of `rich`, but `>=14`"), "{found:?}");
    assert!(found[1].contains("`attrs` is asked for, but `.venv` does not have it"), "{found:?}");
    install(folder.path(), "attrs-24.1.0");
    assert_eq!(pulled(&mut client, &uri).len(), 1);
    client.change(&uri, 2, json!([{ "text": PROJECT.replace("14", "13") }]));
    assert_eq!(pulled(&mut client, &uri), Vec::<String>::new());
    // While it is being typed the file is no TOML.
    client.change(&uri, 3, json!([{ "text": PROJECT.replace("]\n", "\n") }]));
    assert_eq!(pulled(&mut client, &uri), Vec::<String>::new());
}

#[test]
fn other_files_are_not_looked_at() {
    let folder = repository();
    let mut client = session(folder.path(), pulling());
    let uri = open(&mut client, folder.path(), "poetry.toml", PROJECT);
    assert_eq!(pulled(&mut client, &uri), Vec::<String>::new());
    assert_eq!(client.hover(&uri, (3, 7)), Value::Null);
}

#[test]
fn an_environment_is_ignored_with_one_key() {
    let folder = repository();
    let capabilities = json!({ "textDocument": {
        "diagnostic": {},
        "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [""] } } },
    } });
    let mut client = session(folder.path(), capabilities);
    let uri = open(&mut client, folder.path(), ".gitignore", "*.pyc\n");
    let found = pulled(&mut client, &uri);
    assert_eq!(
        found,
        ["git does not ignore the virtual environment `.venv`: `git add .` takes it in"]
    );
    let actions = client.actions(&uri, (0, 0), (0, 0));
    let titles: Vec<&str> =
        actions.as_array().unwrap().iter().map(|it| it["title"].as_str().unwrap()).collect();
    let all =
        ["Add .venv/ to this file", "Ignore venv-committed here", "Fix all safe pygloss findings"];
    assert_eq!(titles, all);
    let edits = &actions[0]["edit"]["changes"][&uri];
    assert_eq!(edits[0]["newText"], ".venv/\n");
    // Nothing is saved yet, and the finding is gone.
    client.change(&uri, 2, json!([{ "text": "*.pyc\n.venv/\n" }]));
    assert_eq!(pulled(&mut client, &uri), Vec::<String>::new());
}

#[test]
fn a_client_that_watches_files_is_sent_new_findings() {
    let folder = repository();
    let capabilities = json!({
        "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } },
        "textDocument": { "publishDiagnostics": {} },
    });
    let mut client = session(folder.path(), capabilities);
    let registered = client.expect_call("client/registerCapability");
    client.answer(&registered["id"], Value::Null);
    let uri = open(&mut client, folder.path(), "requirements.txt", "attrs\n");
    let count = |client: &mut Client| {
        let message =
            client.expect("findings", |it| it["method"] == "textDocument/publishDiagnostics");
        message["params"]["diagnostics"].as_array().unwrap().len()
    };
    // The second one is that git does not ignore the environment.
    assert_eq!(count(&mut client), 2);
    install(folder.path(), "attrs-24.1.0");
    let changed = format!(
        "{}/.venv/lib/python3.12/site-packages/attrs-24.1.0.dist-info/METADATA",
        uri.rsplit_once('/').unwrap().0
    );
    client.notify(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [{ "uri": changed, "type": 1 }] }),
    );
    assert_eq!(count(&mut client), 1);
}
