//! `pygloss/test`: lets the protocol tests bring about what no well-meant message does.
//!
//! Only there when the environment variable `PYGLOSS_TEST` is set. The parameters name what is to
//! happen on the owner's thread, in this order:
//! - `{"prompts": 20}` sends that many `window/showMessageRequest`s; each answer is logged;
//! - `{"withdraw": true}` withdraws these at once, so that their answers are late;
//! - `{"sleepMs": 50}` keeps the thread busy;
//! - `{"panic": true}` panics.
//!
//! The answer is `{"text": …, "version": …}` of the document in `textDocument.uri`, or null.

use std::time::Duration;

use serde_json::{Value, json};
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::request::ShowMessageRequest;
use tower_lsp::lsp_types::{MessageActionItem, MessageType, ShowMessageRequestParams, Url};

use super::commands::CustomRequest;
use crate::world::World;

/// The request.
pub const REQUEST: CustomRequest = CustomRequest {
    method: "pygloss/test",
    run: |world, params, reply| {
        let result = run(world, params);
        reply.send(result);
    },
};

/// Whether the request is there.
pub fn is_enabled() -> bool {
    std::env::var_os("PYGLOSS_TEST").is_some()
}

fn run(world: &mut World, params: Value) -> Result<Value> {
    for number in 0..params["prompts"].as_u64().unwrap_or(0) {
        let action = MessageActionItem { title: "A".into(), properties: Default::default() };
        let prompt = ShowMessageRequestParams {
            typ: MessageType::INFO,
            message: format!("prompt {number}"),
            actions: Some(vec![action]),
        };
        let id = world.asks.ask::<ShowMessageRequest>(prompt, move |world, answer| {
            let answer = answer.map(|action| action.map(|action| action.title));
            world.asks.log(MessageType::INFO, format!("answer {number}: {answer:?}"));
        });
        if params["withdraw"] == true {
            world.asks.withdraw(id);
        }
    }
    if let Some(millis) = params["sleepMs"].as_u64() {
        std::thread::sleep(Duration::from_millis(millis));
    }
    assert!(params["panic"] != true, "asked to panic");
    let uri = params.pointer("/textDocument/uri").and_then(Value::as_str);
    let document = uri.and_then(|uri| world.documents.get(&Url::parse(uri).ok()?));
    Ok(match document {
        Some(open) => json!({ "text": open.text().to_string(), "version": open.version }),
        None => Value::Null,
    })
}
