//! Tells requests, notifications and answers apart in the bytes of a message.

use serde_json::{Map, Value};
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response, Result};

use super::surrogates;

/// A message of the client.
#[derive(Debug, PartialEq)]
pub enum Message {
    /// A request or a notification.
    Call(Request),
    /// The client's answer to a request of the server with this id.
    Answer(i32, Result<Value>),
    /// Not a message of JSON-RPC 2.0; this says so to the client.
    Invalid(Response),
    /// An answer to nothing that was asked.
    Ignored,
}

/// Reads the body of a frame. Nesting deeper than 128 levels is not read (`serde_json`'s limit);
/// halves of surrogate pairs that stand alone become U+FFFD.
pub fn parse(body: &[u8]) -> Message {
    let parsed = serde_json::from_slice(body).or_else(|error| match surrogates::mend(body) {
        Some(mended) => serde_json::from_slice(&mended),
        None => Err(error),
    });
    match parsed {
        Ok(Value::Object(object)) => classify(object),
        Ok(_) => invalid(Id::Null, "a message is an object; batches are not part of LSP"),
        Err(error) => {
            let error = Error { message: error.to_string().into(), ..Error::parse_error() };
            Message::Invalid(Response::from_error(Id::Null, error))
        }
    }
}

fn classify(mut object: Map<String, Value>) -> Message {
    let is_answer = !object.contains_key("method")
        && (object.contains_key("result") || object.contains_key("error"));
    let id = object.remove("id").map(id);
    if is_answer {
        // Whatever its id: to answer an answer could go on for ever.
        return answer(id.flatten(), object);
    }
    let id = match id {
        Some(Some(id)) => Some(id),
        Some(None) => return invalid(Id::Null, "an id is an integer or a string"),
        None => None,
    };
    let id_or_null = || id.clone().unwrap_or_default();
    if object.get("jsonrpc").and_then(Value::as_str) != Some("2.0") {
        return invalid(id_or_null(), "`jsonrpc` must be \"2.0\"");
    }
    let Some(Value::String(method)) = object.remove("method") else {
        return invalid(id_or_null(), "`method` must be a string");
    };
    let mut call = Request::build(method);
    match object.remove("params") {
        None | Some(Value::Null) => {}
        Some(params @ (Value::Object(_) | Value::Array(_))) => call = call.params(params),
        Some(_) => return invalid(id_or_null(), "`params` must be an object or an array"),
    }
    if let Some(id) = id {
        call = call.id(id);
    }
    Message::Call(call.finish())
}

fn id(value: Value) -> Option<Id> {
    match value {
        Value::Number(number) => number.as_i64().map(Id::Number),
        Value::String(text) => Some(Id::String(text)),
        _ => None,
    }
}

fn answer(id: Option<Id>, mut object: Map<String, Value>) -> Message {
    let Some(Id::Number(id)) = id else { return Message::Ignored };
    let Ok(id) = i32::try_from(id) else { return Message::Ignored };
    let result = match object.remove("error") {
        None | Some(Value::Null) => Ok(object.remove("result").unwrap_or_default()),
        Some(error) => Err(Error {
            code: error["code"].as_i64().map_or(ErrorCode::InternalError, ErrorCode::from),
            message: error["message"].as_str().unwrap_or_default().to_owned().into(),
            data: None,
        }),
    };
    Message::Answer(id, result)
}

fn invalid(id: Id, why: &'static str) -> Message {
    let error = Error { message: why.into(), ..Error::invalid_request() };
    Message::Invalid(Response::from_error(id, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error_code(body: &str) -> (Id, i64) {
        match parse(body.as_bytes()) {
            Message::Invalid(response) => {
                (response.id().clone(), response.error().unwrap().code.code())
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn faults_are_named_with_the_id_where_there_is_one() {
        assert_eq!(error_code("{"), (Id::Null, -32700));
        assert_eq!(error_code("\u{0}"), (Id::Null, -32700));
        assert_eq!(error_code("[]"), (Id::Null, -32600));
        assert_eq!(error_code("1"), (Id::Null, -32600));
        assert_eq!(error_code(r#"{"jsonrpc":"2.0","id":7}"#), (Id::Number(7), -32600));
        assert_eq!(error_code(r#"{"id":"a","method":"x"}"#), (Id::String("a".into()), -32600));
        assert_eq!(error_code(r#"{"jsonrpc":"2.0","id":1.5,"method":"x"}"#), (Id::Null, -32600));
        assert_eq!(error_code(r#"{"jsonrpc":"2.0","id":null,"method":"x"}"#), (Id::Null, -32600));
        assert_eq!(error_code(r#"{"jsonrpc":"2.0","id":1,"method":2}"#), (Id::Number(1), -32600));
        assert_eq!(
            error_code(r#"{"jsonrpc":"2.0","id":1,"method":"x","params":3}"#),
            (Id::Number(1), -32600)
        );
    }

    #[test]
    fn deep_nesting_is_an_error_and_no_overflow() {
        let deep = "[".repeat(100_000);
        let body = format!(r#"{{"jsonrpc":"2.0","id":1,"method":"x","params":{deep}"#);
        assert_eq!(error_code(&body), (Id::Null, -32700));
    }

    #[test]
    fn half_a_surrogate_pair_becomes_a_replacement_character() {
        let body = r#"{"jsonrpc":"2.0","method":"x","params":["\ud83d","\ud83d\ude00"]}"#;
        let Message::Call(call) = parse(body.as_bytes()) else { panic!("not a call") };
        assert_eq!(call.params(), Some(&serde_json::json!(["\u{fffd}", "😀"])));
    }

    #[test]
    fn answers_are_told_from_requests() {
        let result = |body: &str| parse(body.as_bytes());
        assert_eq!(
            result(r#"{"jsonrpc":"2.0","id":3,"result":null}"#),
            Message::Answer(3, Ok(Value::Null))
        );
        assert!(matches!(
            result(r#"{"jsonrpc":"2.0","id":3,"error":{"code":-32601,"message":"no"}}"#),
            Message::Answer(3, Err(Error { code: ErrorCode::MethodNotFound, .. }))
        ));
        assert!(matches!(
            result(r#"{"jsonrpc":"2.0","id":3,"error":"odd"}"#),
            Message::Answer(3, Err(_))
        ));
        assert_eq!(result(r#"{"jsonrpc":"2.0","id":"x","result":1}"#), Message::Ignored);
        assert_eq!(result(r#"{"jsonrpc":"2.0","result":1}"#), Message::Ignored);
        assert_eq!(result(r#"{"jsonrpc":"2.0","id":null,"error":{}}"#), Message::Ignored);
        assert_eq!(result(r#"{"jsonrpc":"2.0","id":1.5,"result":1}"#), Message::Ignored);
    }
}
