//! Answers are about the text as it was when the question was asked, whatever else goes on.

use std::process::Command;

use serde_json::{Value, json};

use crate::client::{Client, error_code, result};
use crate::documents::{API_CALL, DECORATED, URI, assert_alive, hover_text, replace};
use crate::process::program;

const REQUEST_CANCELLED: i64 = -32800;
const INTERNAL_ERROR: i64 = -32603;

/// A client that is sent nothing unasked.
fn quiet_client() -> Client {
    Client::start(json!({ "textDocument": { "diagnostic": {} } }))
}

/// Has the server send that many `window/showMessageRequest`s; returns their ids.
fn provoke_prompts(client: &mut Client, count: usize) -> Vec<Value> {
    client.call("pygloss/test", json!({ "prompts": count }));
    let mut prompt = || client.expect_call("window/showMessageRequest")["id"].clone();
    (0..count).map(|_| prompt()).collect()
}

#[test]
fn changes_and_hovers_keep_their_order_behind_unanswered_prompts() {
    let mut client = quiet_client();
    let prompts = provoke_prompts(&mut client, 20);
    client.open(URI, DECORATED);
    let mut name = "api_call".to_owned();
    let mut asked = Vec::new();
    for version in 2..=5001 {
        let end = (API_CALL.0, API_CALL.1 + name.len() as u32);
        name = format!("call_{version}");
        client.change(URI, version, json!([replace(API_CALL, end, &name)]));
        if version % 5 == 1 {
            asked.push((client.ask_hover(URI, API_CALL), name.clone()));
        }
    }
    assert_eq!(asked.len(), 1000);
    for (id, name) in &asked {
        // The first response that has not been taken: responses come in the order of requests.
        let response = client.expect("response", |message| message.get("method").is_none());
        assert_eq!(response["id"], *id, "answered out of order");
        let words = hover_text(&result(response));
        let expected = format!("{name} = log({name})");
        assert!(words.contains(&expected), "{expected} is not in:\n{words}");
    }
    let (text, version) = client.held(URI);
    assert_eq!(text, DECORATED.replace("api_call", "call_5001"));
    assert_eq!(version, 5001);
    for id in &prompts {
        client.answer(id, json!({ "title": "A" }));
    }
    assert_alive(&mut client);
    assert_eq!(client.finish(), 0);
}

#[test]
fn cancelled_requests_are_answered_as_cancelled() {
    let mut client = quiet_client();
    client.open(URI, DECORATED);
    let busy = client.request("pygloss/test", json!({ "sleepMs": 1500 }));
    let cancelled: Vec<i64> = (0..200)
        .map(|_| {
            let id = client.ask_hover(URI, API_CALL);
            client.notify("$/cancelRequest", json!({ "id": id }));
            id
        })
        .collect();
    let kept = client.ask_hover(URI, API_CALL);
    for id in cancelled {
        assert_eq!(error_code(&client.response(id)), REQUEST_CANCELLED);
    }
    assert!(result(client.response(kept)).is_object());
    result(client.response(busy));
    assert_eq!(client.drain(), Vec::<Value>::new(), "each request is answered once");
}

#[test]
fn a_cancelled_request_may_have_a_string_as_its_id() {
    let mut client = quiet_client();
    client.request("pygloss/test", json!({ "sleepMs": 300 }));
    let params =
        json!({ "textDocument": { "uri": URI }, "position": { "line": 0, "character": 0 } });
    client.send(&json!({
        "jsonrpc": "2.0", "id": "first", "method": "textDocument/hover", "params": params,
    }));
    client.notify("$/cancelRequest", json!({ "id": "first" }));
    assert_eq!(error_code(&client.response("first")), REQUEST_CANCELLED);
}

#[test]
fn cancelling_what_is_not_there_does_nothing() {
    let mut client = quiet_client();
    let id = client.ask_hover(URI, (0, 0));
    assert_eq!(result(client.response(id)), Value::Null);
    for id in [json!(id), json!(4711), json!("x"), json!(-1), Value::Null, json!(1.5), json!({})] {
        client.notify("$/cancelRequest", json!({ "id": id }));
    }
    client.notify("$/cancelRequest", json!({}));
    assert_alive(&mut client);
    assert_eq!(client.drain(), Vec::<Value>::new(), "a notification is never answered");
}

#[test]
fn a_panic_is_the_answer_to_one_request() {
    let mut client = quiet_client();
    client.open(URI, DECORATED);
    for _ in 0..3 {
        let code = client.call_in_vain("pygloss/test", json!({ "panic": true }));
        assert_eq!(code, INTERNAL_ERROR);
        let words = client.hover_text(URI, API_CALL);
        assert!(words.contains("api_call = log(api_call)"), "{words}");
    }
    client.change(URI, 2, json!([replace(API_CALL, (8, 12), "renamed")]));
    assert!(client.hover_text(URI, API_CALL).contains("renamed = log(renamed)"));
    assert_eq!(client.finish(), 0);
}

#[test]
fn late_doubled_and_foreign_answers_are_harmless() {
    let mut client = quiet_client();
    client.call("pygloss/test", json!({ "prompts": 3, "withdraw": true }));
    for _ in 0..3 {
        let id = client.expect_call("window/showMessageRequest")["id"].clone();
        assert_eq!(client.expect_call("$/cancelRequest")["params"]["id"], id);
        client.answer(&id, json!({ "title": "A" }));
        client.send(&json!({
            "jsonrpc": "2.0", "id": id, "error": { "code": REQUEST_CANCELLED, "message": "late" },
        }));
    }
    for id in [json!(4711), json!(-1), json!(u64::MAX), json!(1e300), json!("1"), Value::Null] {
        client.answer(&id, json!({ "title": "A" }));
        client.answer(&id, Value::Null);
    }
    client.send(&json!({ "jsonrpc": "2.0", "result": 1 }));
    client.send(&json!({ "jsonrpc": "2.0", "id": 1, "error": "not an object" }));
    assert_alive(&mut client);
    let logged = client.drain();
    assert_eq!(logged, Vec::<Value>::new(), "an answer that nobody waits for has no effect");
}

#[test]
fn a_doubled_answer_counts_once() {
    let mut client = quiet_client();
    let prompts = provoke_prompts(&mut client, 2);
    for _ in 0..2 {
        client.answer(&prompts[1], json!({ "title": "A" }));
    }
    client.answer(&prompts[0], Value::Null);
    client.answer(&prompts[1], json!({ "title": "A" }));
    let logged: Vec<String> =
        client.drain().iter().map(|log| log["params"]["message"].to_string()).collect();
    assert_eq!(logged.len(), 2, "{logged:?}");
    assert!(logged[0].contains("answer 1") && logged[0].contains("\\\"A\\\""), "{logged:?}");
    assert!(logged[1].contains("answer 0") && logged[1].contains("Ok(None)"), "{logged:?}");
}

#[test]
fn answers_of_the_wrong_type_are_errors_and_not_the_end() {
    let mut client = quiet_client();
    for result in [json!({}), json!(3), json!([]), json!("A"), json!({ "title": 3 })] {
        let prompts = provoke_prompts(&mut client, 1);
        client.answer(&prompts[0], result);
        let log = client.expect_call("window/logMessage");
        assert!(log["params"]["message"].as_str().unwrap().contains("Err("), "{log}");
    }
    assert_alive(&mut client);
}

#[test]
fn a_client_that_stops_reading_does_not_stop_the_server_from_reading() {
    let mut client = Client::spawn_deaf(&mut Command::new(program()));
    let capabilities = json!({ "textDocument": { "hover": { "contentFormat": ["markdown"] } } });
    let initialize = client.request("initialize", json!({ "capabilities": capabilities }));
    client.notify("initialized", json!({}));
    client.open(URI, DECORATED);
    // Far more than the pipes hold, in both directions.
    let hovers: Vec<i64> = (0..10_000).map(|_| client.ask_hover(URI, API_CALL)).collect();
    client.change(URI, 2, json!([replace(API_CALL, (8, 12), "renamed")]));
    let last = client.ask_hover(URI, API_CALL);
    let mut client = client.listen();
    result(client.response(initialize));
    let mut bytes = 0;
    for id in hovers {
        let words = hover_text(&result(client.response(id)));
        assert!(words.contains("api_call = log(api_call)"), "{words}");
        bytes += words.len();
    }
    assert!(bytes > 20 * 64 * 1024, "only {bytes} bytes were held back");
    assert!(hover_text(&result(client.response(last))).contains("renamed = log(renamed)"));
    assert_eq!(client.finish(), 0);
}
