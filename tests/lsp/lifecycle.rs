//! Beginning and end of a session.

use std::process::Command;

use serde_json::{Value, json};

use crate::client::{Client, error_code, result};
use crate::documents::{API_CALL, DECORATED, URI, assert_alive};
use crate::process::program;

const SERVER_NOT_INITIALIZED: i64 = -32002;
const INVALID_REQUEST: i64 = -32600;

#[test]
fn shutdown_takes_no_parameters_null_and_an_empty_object() {
    let forms = [
        r#"{"jsonrpc":"2.0","id":"end","method":"shutdown"}"#,
        r#"{"jsonrpc":"2.0","id":"end","method":"shutdown","params":null}"#,
        r#"{"jsonrpc":"2.0","id":"end","method":"shutdown","params":{}}"#,
        r#"{"jsonrpc":"2.0","id":"end","method":"shutdown","params":[]}"#,
    ];
    for form in forms {
        let mut client = Client::start(json!({}));
        client.send_body(form);
        assert_eq!(result(client.response("end")), Value::Null, "{form}");
        client.send_body(r#"{"jsonrpc":"2.0","method":"exit"}"#);
        assert_eq!(client.exit_code(), 0, "{form}");
    }
}

#[test]
fn exit_ends_the_server_although_its_input_stays_open() {
    let mut client = Client::start(json!({}));
    client.call("shutdown", Value::Null);
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), 0);
    assert_eq!(client.rest(), Vec::<Value>::new());
    assert_eq!(client.stderr(), "", "a session without faults is quiet");
}

#[test]
fn exit_without_shutdown_is_an_error() {
    let mut client = Client::start(json!({}));
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), 1);

    let mut never_initialized = Client::spawn();
    never_initialized.notify("exit", Value::Null);
    assert_eq!(never_initialized.exit_code(), 1);
}

#[test]
fn exit_waits_for_nothing() {
    let mut client = Client::start(json!({}));
    client.call("pygloss/test", json!({ "prompts": 5 }));
    client.request("pygloss/test", json!({ "sleepMs": 600_000 }));
    client.ask_hover(URI, (0, 0));
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), 1);
}

#[test]
fn exit_ends_the_server_of_a_client_that_stopped_reading() {
    let mut client = Client::spawn_deaf(&mut Command::new(program()));
    client.request("initialize", json!({ "capabilities": {} }));
    client.notify("initialized", json!({}));
    client.open(URI, DECORATED);
    for _ in 0..2_000 {
        client.ask_hover(URI, API_CALL);
    }
    client.request("shutdown", Value::Null);
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), 0);
}

#[test]
fn the_end_of_its_input_ends_the_server() {
    let mut client = Client::start(json!({}));
    client.open(URI, DECORATED);
    client.close_input();
    assert_eq!(client.exit_code(), 1);

    let mut after_shutdown = Client::start(json!({}));
    after_shutdown.call("shutdown", Value::Null);
    after_shutdown.close_input();
    assert_eq!(after_shutdown.exit_code(), 0);

    let mut at_once = Client::spawn();
    at_once.close_input();
    assert_eq!(at_once.exit_code(), 1);
}

#[test]
fn the_input_may_end_inside_a_message() {
    for part in ["Content-Le", "Content-Length: 100\r\n", "Content-Length: 100\r\n\r\n{\"jsonrpc\""]
    {
        let mut client = Client::start(json!({}));
        client.send_bytes(part.as_bytes());
        client.close_input();
        assert_eq!(client.exit_code(), 1, "{part:?}");
    }
}

#[test]
fn the_input_may_end_while_the_server_is_busy() {
    let mut client = Client::start(json!({}));
    client.request("pygloss/test", json!({ "sleepMs": 600_000 }));
    client.close_input();
    assert_eq!(client.exit_code(), 1);
}

#[test]
fn shutdown_is_answered_after_what_was_asked_before_it() {
    let mut client = Client::start(json!({}));
    client.open(URI, DECORATED);
    client.request("pygloss/test", json!({ "sleepMs": 200 }));
    let id = client.ask_hover(URI, API_CALL);
    let end = client.request("shutdown", Value::Null);
    let is_either = |message: &Value| message["id"] == id || message["id"] == end;
    assert!(result(client.expect("the hover", is_either)).is_object());
    assert_eq!(result(client.expect("the end", is_either)), Value::Null);
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), 0);
}

#[test]
fn nothing_works_before_initialize() {
    let mut client = Client::spawn();
    client.open(URI, DECORATED);
    client.notify("initialized", json!({}));
    client.notify("$/cancelRequest", json!({ "id": 1 }));
    for method in ["textDocument/hover", "shutdown", "pygloss/test", "$/unknown", "unknown"] {
        assert_eq!(client.call_in_vain(method, json!({})), SERVER_NOT_INITIALIZED, "{method}");
    }
    client.initialize(json!({ "capabilities": {} }));
    assert_eq!(client.hover(URI, API_CALL), Value::Null, "it was opened too early");
    assert_alive(&mut client);
}

#[test]
fn initialize_may_fail_and_be_repeated() {
    let mut client = Client::spawn();
    for wrong in [json!({}), json!([]), json!({ "capabilities": 3 })] {
        assert_eq!(client.call_in_vain("initialize", wrong), -32602);
    }
    client.initialize(json!({ "capabilities": {} }));
    assert_alive(&mut client);
}

#[test]
fn a_second_initialize_is_refused_and_changes_nothing() {
    let mut client = Client::start(json!({ "general": { "positionEncodings": ["utf-8"] } }));
    client.open(URI, "é@");
    let again = json!({ "capabilities": { "general": { "positionEncodings": ["utf-16"] } } });
    assert_eq!(client.call_in_vain("initialize", again), INVALID_REQUEST);
    client.change(URI, 2, json!([crate::documents::replace((0, 2), (0, 3), "!")]));
    assert_eq!(client.held(URI).0, "é!");
    assert_alive(&mut client);
}

#[test]
fn nothing_works_after_shutdown() {
    let mut client = Client::start(json!({}));
    client.call("shutdown", Value::Null);
    client.open(URI, DECORATED);
    let hover = client.ask_hover(URI, API_CALL);
    assert_eq!(error_code(&client.response(hover)), INVALID_REQUEST);
    for method in ["shutdown", "initialize", "$/unknown", "unknown"] {
        assert_eq!(client.call_in_vain(method, json!({})), INVALID_REQUEST, "{method}");
    }
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), 0);
    assert_eq!(client.rest(), Vec::<Value>::new(), "nothing is sent unasked any more");
}

#[test]
fn a_client_need_not_wait_for_the_answer_to_initialize() {
    let mut client = Client::spawn();
    let initialize = client.request("initialize", json!({ "capabilities": {} }));
    client.notify("initialized", json!({}));
    client.open(URI, DECORATED);
    let hover = client.ask_hover(URI, API_CALL);
    let info = &result(client.response(initialize))["serverInfo"];
    assert_eq!(info["name"], "pygloss");
    assert_eq!(info["version"], env!("CARGO_PKG_VERSION"));
    assert!(result(client.response(hover)).is_object());
}

#[test]
fn nothing_is_sent_to_a_client_that_declares_nothing() {
    let mut client = Client::start(json!({}));
    client.open(URI, "x = 1\n");
    client.sync();
    let diagnostics = client.expect_call("textDocument/publishDiagnostics");
    assert_eq!(diagnostics["params"]["diagnostics"], json!([]));
    assert_eq!(client.drain(), Vec::<Value>::new());
}

#[test]
fn both_ways_to_start_serve() {
    for arguments in [&[][..], &["serve"], &["serve", "--stdio"]] {
        let mut client = Client::spawn_deaf(Command::new(program()).args(arguments)).listen();
        client.initialize(json!({ "capabilities": {} }));
        assert_alive(&mut client);
        assert_eq!(client.finish(), 0, "{arguments:?}");
    }
}
