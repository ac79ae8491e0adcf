//! Real clients, by the `initialize` requests that they were recorded to send (Helix's is made from
//! its source): each gets what it can show, and nothing that it did not declare.

use std::path::Path;

use serde_json::{Value, json};

use crate::client::Client;
use crate::documents::{API_CALL, DECORATED, MISSING_WRAPS, URI, WRAPPER, range};

/// What a client must see.
struct Expected {
    client: &'static str,
    encoding: &'static str,
    hover: &'static str,
    diagnostics: Diagnostics,
    actions: Actions,
    related: bool,
}

#[derive(PartialEq)]
enum Diagnostics {
    Pulled,
    Pushed,
}

#[derive(PartialEq)]
enum Actions {
    None,
    WithEdit { preferred: bool, versioned: bool },
    ToResolve { versioned: bool },
}

use Actions::{ToResolve, WithEdit};
use Diagnostics::{Pulled, Pushed};

#[rustfmt::skip]
const CLIENTS: &[Expected] = &[
    Expected { client: "vscode-1.100", encoding: "utf-16", hover: "markdown", diagnostics: Pulled,
        actions: ToResolve { versioned: true }, related: true },
    Expected { client: "vscode-1.139", encoding: "utf-16", hover: "markdown", diagnostics: Pulled,
        actions: ToResolve { versioned: true }, related: true },
    Expected { client: "neovim-0.11.4", encoding: "utf-8", hover: "markdown", diagnostics: Pulled,
        actions: ToResolve { versioned: false }, related: true },
    Expected { client: "helix", encoding: "utf-8", hover: "markdown", diagnostics: Pulled,
        actions: ToResolve { versioned: true }, related: false },
    Expected { client: "eglot", encoding: "utf-16", hover: "markdown", diagnostics: Pushed,
        actions: WithEdit { preferred: true, versioned: true }, related: false },
    Expected { client: "lsp-mode", encoding: "utf-16", hover: "markdown", diagnostics: Pushed,
        actions: ToResolve { versioned: true }, related: true },
    Expected { client: "kak-lsp", encoding: "utf-8", hover: "markdown", diagnostics: Pushed,
        actions: WithEdit { preferred: false, versioned: true }, related: true },
    Expected { client: "ale", encoding: "utf-16", hover: "plaintext", diagnostics: Pushed,
        actions: Actions::None, related: true },
];

fn recorded(client: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lsp/clients");
    let path = path.join(format!("{client}.json"));
    let text = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut params: Value = serde_json::from_slice(&text).expect("JSON");
    params["processId"] = std::process::id().into();
    params
}

#[test]
fn every_recording_is_tested() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lsp/clients");
    let mut recorded: Vec<String> = std::fs::read_dir(folder)
        .expect("recordings")
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    recorded.sort_unstable();
    let mut tested: Vec<&str> = CLIENTS.iter().map(|expected| expected.client).collect();
    tested.sort_unstable();
    assert_eq!(recorded, tested);
}

#[test]
fn every_client_gets_what_it_can_show() {
    for expected in CLIENTS {
        println!("{}", expected.client);
        let params = recorded(expected.client);
        let mut client = Client::spawn();
        let announced = client.initialize(params.clone())["capabilities"].clone();
        assert_eq!(announced["positionEncoding"], expected.encoding);
        answer_configuration(&mut client, &params);
        client.open(URI, DECORATED);
        check_hover(&mut client, expected);
        let diagnostics = check_diagnostics(&mut client, expected, &announced);
        check_detail(expected, &params, &diagnostics);
        check_actions(&mut client, expected, &announced);
        let sent = client.drain();
        for call in &sent {
            assert_declared(expected.client, &params, call);
        }
        assert_eq!(client.finish(), 0);
    }
}

fn answer_configuration(client: &mut Client, params: &Value) {
    if params.pointer("/capabilities/workspace/configuration") == Some(&json!(true)) {
        let question = client.expect_call("workspace/configuration");
        assert_eq!(question["params"]["items"], json!([{ "section": "pygloss" }]));
        client.answer(&question["id"], json!([null]));
    }
}

fn check_hover(client: &mut Client, expected: &Expected) {
    let hover = client.hover(URI, API_CALL);
    assert_eq!(hover["contents"]["kind"], expected.hover, "{}", expected.client);
    assert_ne!(hover["range"], Value::Null);
    let words = hover["contents"]["value"].as_str().expect("text");
    assert!(words.contains("api_call = log(api_call)"), "{words}");
    if expected.hover == "plaintext" {
        for mark in ["**", "](", "```", "`api_call"] {
            assert!(!words.contains(mark), "{mark} is left in the plain text:\n{words}");
        }
    }
}

/// The one diagnostic of [`DECORATED`], come the way the client wants it.
fn check_diagnostics(client: &mut Client, expected: &Expected, announced: &Value) -> Value {
    let pulls = expected.diagnostics == Pulled;
    assert_eq!(announced.get("diagnosticProvider").is_some(), pulls, "{}", expected.client);
    let items = if pulls {
        client.pull(URI, None)["items"].clone()
    } else {
        let published = client.expect_call("textDocument/publishDiagnostics");
        assert_eq!(published["params"]["version"], 1);
        published["params"]["diagnostics"].clone()
    };
    assert_eq!(items.as_array().map(Vec::len), Some(1), "{}: {items}", expected.client);
    assert_eq!(items[0]["code"], MISSING_WRAPS);
    assert_eq!(items[0]["range"], range(WRAPPER, (WRAPPER.0, WRAPPER.1 + 7)));
    items[0].clone()
}

/// Optional parts of a diagnostic are there only for clients that declare them.
fn check_detail(expected: &Expected, params: &Value, diagnostic: &Value) {
    let publish = &params["capabilities"]["textDocument"]["publishDiagnostics"];
    if !expected.related {
        assert_eq!(diagnostic.get("relatedInformation"), None, "{}", expected.client);
    }
    let describes = publish["codeDescriptionSupport"] == true;
    assert_eq!(diagnostic.get("codeDescription").is_some(), describes, "{}", expected.client);
}

fn check_actions(client: &mut Client, expected: &Expected, announced: &Value) {
    let name = expected.client;
    let provider = &announced["codeActionProvider"];
    let actions = client.actions(URI, WRAPPER, WRAPPER);
    if expected.actions == Actions::None {
        assert!(provider.is_null() && (actions.is_null() || actions == json!([])), "{name}");
        return;
    }
    let resolves = matches!(expected.actions, ToResolve { .. });
    assert_eq!(provider["resolveProvider"] == true, resolves, "{name}: {provider}");
    let actions = actions.as_array().expect("actions").clone();
    let fix = actions.iter().find(|action| action["kind"] == "quickfix").expect("a quick fix");
    assert_eq!(fix["diagnostics"][0]["code"], MISSING_WRAPS);
    let (edit, versioned) = match expected.actions {
        WithEdit { preferred, versioned } => {
            assert_eq!(fix.get("isPreferred").is_some(), preferred, "{name}: {fix}");
            assert_eq!(fix.get("data"), None, "{name}: nothing is left to ask for");
            (fix["edit"].clone(), versioned)
        }
        ToResolve { versioned } => {
            assert_eq!(fix["isPreferred"], true, "{name}: {fix}");
            assert_eq!(fix.get("edit"), None, "{name}: the edit comes when it is asked for");
            (client.call("codeAction/resolve", fix.clone())["edit"].clone(), versioned)
        }
        Actions::None => unreachable!(),
    };
    let edits = if versioned {
        assert_eq!(edit.get("changes"), None, "{name}: {edit}");
        let document = &edit["documentChanges"][0]["textDocument"];
        assert_eq!(*document, json!({ "uri": URI, "version": 1 }), "{name}");
        &edit["documentChanges"][0]["edits"]
    } else {
        assert_eq!(edit.get("documentChanges"), None, "{name}: {edit}");
        &edit["changes"][URI]
    };
    let texts = edits.as_array().expect("edits").iter();
    let texts: String = texts.map(|edit| edit["newText"].as_str().expect("text")).collect();
    assert!(texts.contains("@functools.wraps(func)"), "{name}: {edits}");
    assert!(texts.contains("import functools"), "{name}: {edits}");
    let disabled = actions.iter().find(|action| action.get("disabled").is_some());
    let shows_disabled = ["vscode-1.100", "vscode-1.139", "helix"].contains(&name);
    assert!(shows_disabled || disabled.is_none(), "{name}: {disabled:?}");
}

/// Fails unless the client declared that it takes this call.
fn assert_declared(client: &str, params: &Value, call: &Value) {
    let caps = &params["capabilities"];
    let has = |pointer: &str| caps.pointer(pointer).is_some_and(|value| value == true);
    let method = call["method"].as_str().unwrap_or_else(|| panic!("{client}: {call}"));
    let declared = match method {
        "client/registerCapability" => {
            let registrations = call["params"]["registrations"].as_array().expect("a list");
            registrations.iter().all(|registration| {
                let method = registration["method"].as_str().expect("a method");
                has(&format!("/{method}/dynamicRegistration"))
            })
        }
        "workspace/configuration" => has("/workspace/configuration"),
        "workspace/diagnostic/refresh" => has("/workspace/diagnostics/refreshSupport"),
        "window/showDocument" => has("/window/showDocument/support"),
        "textDocument/publishDiagnostics" => caps.pointer("/textDocument/diagnostic").is_none(),
        _ => false,
    };
    assert!(declared, "{client} did not declare: {call}");
}

#[test]
fn diagnostics_are_asked_for_again_where_the_client_can() {
    for (name, refreshes) in [("vscode-1.139", true), ("helix", true), ("neovim-0.11.4", false)] {
        let params = recorded(name);
        let mut client = Client::start_with(params.clone());
        answer_configuration(&mut client, &params);
        client.open(URI, DECORATED);
        assert_eq!(client.pull(URI, None)["items"][0]["code"], MISSING_WRAPS);
        client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
        let question = client.expect_call("workspace/configuration");
        client.answer(&question["id"], json!([{ "ignore": [MISSING_WRAPS] }]));
        if refreshes {
            client.expect_call("workspace/diagnostic/refresh");
        }
        assert_eq!(client.pull(URI, None)["items"], json!([]), "{name}");
        let later = client.drain();
        let refresh = later.iter().find(|call| call["method"] == "workspace/diagnostic/refresh");
        assert_eq!(refresh, None, "{name}");
    }
}
