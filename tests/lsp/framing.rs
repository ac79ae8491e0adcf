//! The bytes on the wire: headers, lengths and JSON, well-formed or not.

use serde_json::{Value, json};

use crate::client::{Client, error_code, result};
use crate::documents::{API_CALL, DECORATED, URI, assert_alive};

const PARSE_ERROR: i64 = -32700;
const INVALID_REQUEST: i64 = -32600;

/// More than the server needs and far less than what hostile lengths announce, in MiB.
const LITTLE_MEMORY: u64 = 300;

fn client() -> Client {
    Client::start(json!({ "textDocument": { "diagnostic": {} } }))
}

/// The code of the error that says no more than that the last message was none.
fn complaint(client: &mut Client) -> i64 {
    error_code(&client.response(Value::Null))
}

#[test]
fn malformed_json_is_answered_and_the_next_message_still_works() {
    let mut client = client();
    let bodies: &[&[u8]] = &[
        b"",
        b"{",
        b"}",
        b"\0",
        b"{}{}",
        b"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"textDocument/hover\"",
        b"{'jsonrpc':'2.0'}",
        b"{\"jsonrpc\":\"2.0\",\"method\":\"x\",\"params\":[NaN]}",
        b"{\"jsonrpc\":\"2.0\",\"method\":\"x\",\"params\":[1e99999]}",
        b"{\"jsonrpc\":\"2.0\",\"method\":\"\xff\xfe\"}",
        b"{\"jsonrpc\":\"2.0\",\"method\":\"\\x\"}",
        b"{\"jsonrpc\":\"2.0\",\"method\":\"line\nbreak\"}",
        b"// comment\n{\"jsonrpc\":\"2.0\",\"method\":\"x\"}",
    ];
    for body in bodies {
        client.send_bytes(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes());
        client.send_bytes(body);
        assert_eq!(complaint(&mut client), PARSE_ERROR, "{}", String::from_utf8_lossy(body));
        assert_alive(&mut client);
    }
    assert_eq!(client.finish(), 0);
}

#[test]
fn json_that_is_no_message_is_answered_and_the_next_message_still_works() {
    let mut client = client();
    for body in [
        "1",
        "null",
        "\"shutdown\"",
        "[]",
        r#"[{"jsonrpc":"2.0","id":1,"method":"shutdown"}]"#,
        "{}",
        r#"{"jsonrpc":"2.0"}"#,
        r#"{"jsonrpc":"2.0","method":7}"#,
        r#"{"jsonrpc":"2.0","method":null}"#,
        r#"{"jsonrpc":"1.0","method":"shutdown"}"#,
        r#"{"method":"shutdown"}"#,
        r#"{"jsonrpc":"2.0","id":{},"method":"shutdown"}"#,
        r#"{"jsonrpc":"2.0","id":1.5,"method":"shutdown"}"#,
        r#"{"jsonrpc":"2.0","id":[1],"method":"shutdown"}"#,
    ] {
        client.send_body(body);
        assert_eq!(complaint(&mut client), INVALID_REQUEST, "{body}");
        assert_alive(&mut client);
    }
}

#[test]
fn a_faulty_request_is_answered_under_its_id() {
    let mut client = client();
    for (id, body) in [
        (json!(90), r#"{"jsonrpc":"2.0","id":90}"#),
        (json!("a"), r#"{"jsonrpc":"1.0","id":"a","method":"shutdown"}"#),
        (json!(91), r#"{"jsonrpc":"2.0","id":91,"method":"shutdown","params":"text"}"#),
        (json!(92), r#"{"jsonrpc":"2.0","id":92,"method":["shutdown"]}"#),
        (json!(9007199254740993_i64), r#"{"jsonrpc":"2.0","id":9007199254740993}"#),
        (json!(-1), r#"{"jsonrpc":"2.0","id":-1}"#),
    ] {
        client.send_body(body);
        assert_eq!(error_code(&client.response(id)), INVALID_REQUEST, "{body}");
    }
    assert_alive(&mut client);
}

/// A request that is answered, and its id.
fn hover_request(client: &mut Client, id: &str) -> String {
    client.open(URI, DECORATED);
    json!({
        "jsonrpc": "2.0",
        "id": id,
        "method": "textDocument/hover",
        "params": {
            "textDocument": { "uri": URI },
            "position": { "line": API_CALL.0, "character": API_CALL.1 },
        },
    })
    .to_string()
}

#[test]
fn header_fields_come_in_any_case_and_order() {
    let mut client = client();
    let content_types = [
        "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n",
        "content-type: application/vscode-jsonrpc; charset=utf8\r\n",
        "Content-Type: application/vscode-jsonrpc\r\n",
        "CONTENT-TYPE:application/json\r\n",
        "X-Unknown: Content-Length\r\n",
        "",
    ];
    let mut number = 0;
    for content_type in content_types {
        for name in ["Content-Length: ", "content-length: ", "CONTENT-LENGTH:", "cOnTeNt-LeNgTh:  "]
        {
            for type_first in [true, false] {
                number += 1;
                let id = format!("request {number}");
                let body = hover_request(&mut client, &id);
                let length = format!("{name}{}\r\n", body.len());
                let fields = match type_first {
                    true => format!("{content_type}{length}"),
                    false => format!("{length}{content_type}"),
                };
                client.send_bytes(format!("{fields}\r\n{body}").as_bytes());
                assert!(result(client.response(id)).is_object(), "{fields:?}");
            }
        }
    }
}

#[test]
fn bytes_may_arrive_one_by_one() {
    let mut client = client();
    let body = hover_request(&mut client, "slow");
    let body = body.replace("slow", "sl😀w");
    let frame = format!("Content-Length: {}\r\n\r\n{body}", body.len());
    for byte in frame.as_bytes() {
        client.send_bytes(&[*byte]);
        std::thread::yield_now();
    }
    assert!(result(client.response("sl😀w")).is_object());
}

#[test]
fn many_messages_may_arrive_at_once() {
    let mut client = client();
    let mut all = String::new();
    for number in 0..500 {
        let body = hover_request(&mut client, &number.to_string());
        all += &format!("Content-Length: {}\r\n\r\n{body}", body.len());
    }
    client.send_bytes(all.as_bytes());
    for number in 0..500 {
        assert!(result(client.response(number.to_string())).is_object());
    }
}

/// A body that is announced as longer than any is neither waited for nor held: the server says so
/// and goes on with the next header.
#[test]
fn three_gigabytes_are_announced_and_not_allocated() {
    let mut client = client();
    client.send_bytes(b"Content-Length: 3000000000\r\n\r\n{\"jsonrpc\":\"2.0\",");
    assert_eq!(complaint(&mut client), INVALID_REQUEST);
    assert_alive(&mut client);
    assert!(client.memory() < LITTLE_MEMORY, "{} MiB", client.memory());
    assert_eq!(client.finish(), 0);
}

#[test]
fn a_body_that_is_too_long_is_skipped_as_it_comes() {
    let mut client = client();
    const CHUNK: usize = 1 << 20;
    client.send_bytes(format!("Content-Length: {}\r\n\r\n", 200 * CHUNK).as_bytes());
    for _ in 0..200 {
        client.send_bytes(&[b'x'; CHUNK]);
    }
    assert_eq!(complaint(&mut client), INVALID_REQUEST);
    assert_alive(&mut client);
    assert!(client.memory() < LITTLE_MEMORY, "{} MiB", client.memory());
}

#[test]
fn a_buffer_grows_with_what_comes_and_not_with_what_is_announced() {
    let mut client = client();
    client.sync();
    let before = client.memory();
    client.send_bytes(format!("Content-Length: {}\r\n\r\n{{", 127 << 20).as_bytes());
    // The server waits for the rest, and so do we: there is no answer to wait for.
    std::thread::sleep(std::time::Duration::from_millis(200));
    assert!(client.memory() < before + 20, "{} MiB after {before} MiB", client.memory());
    client.close_input();
    assert_eq!(client.exit_code(), 1);
}

#[test]
fn headers_without_a_length_are_answered_once_and_skipped() {
    for header in [
        "Content-Length: -1\r\n\r\n",
        "Content-Length: abc\r\n\r\n",
        "Content-Length:\r\n\r\n",
        "Content-Length: 99999999999999999999999999\r\n\r\n",
        "Content-Type: text/plain\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        ": \r\n\r\n",
        "\u{feff}\r\n\r\n",
    ] {
        let mut client = client();
        client.send_bytes(header.as_bytes());
        let code = complaint(&mut client);
        assert!([PARSE_ERROR, INVALID_REQUEST].contains(&code), "{header:?}: {code}");
        assert_alive(&mut client);
        assert_eq!(client.drain(), Vec::<Value>::new(), "{header:?} is one fault");
    }
}

#[test]
fn a_header_without_end_takes_no_memory() {
    let mut client = client();
    for _ in 0..64 {
        client.send_bytes(&[b'a'; 1 << 20]);
    }
    client.send_bytes(b"\r\n\r\n");
    assert_eq!(complaint(&mut client), PARSE_ERROR);
    assert_alive(&mut client);
    assert!(client.memory() < LITTLE_MEMORY, "{} MiB", client.memory());
}

#[test]
fn a_wrong_length_costs_no_more_than_the_message_and_its_neighbour() {
    for wrong in [-7_i64, -1, 1, 40] {
        let mut client = client();
        let body = hover_request(&mut client, "wrong");
        let length = body.len() as i64 + wrong;
        client.send_bytes(format!("Content-Length: {length}\r\n\r\n{body}").as_bytes());
        // The neighbour, which may be taken for a part of the wrong one.
        client.notify("$/neighbour", json!({}));
        assert_eq!(complaint(&mut client), PARSE_ERROR, "{wrong}");
        assert_alive(&mut client);
    }
}

#[test]
fn parameters_nested_100_000_deep_are_refused() {
    let mut client = client();
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let innermost = if open == "[" { "" } else { "1" };
        for closes in [true, false] {
            let close = if closes { close.repeat(100_000) } else { String::new() };
            let deep = format!("{}{innermost}{close}", open.repeat(100_000));
            client.send_body(&format!(
                r#"{{"jsonrpc":"2.0","id":"deep","method":"pygloss/test","params":{deep}}}"#
            ));
            assert_eq!(complaint(&mut client), PARSE_ERROR);
            assert_alive(&mut client);
        }
    }
    assert_eq!(client.finish(), 0);
}
