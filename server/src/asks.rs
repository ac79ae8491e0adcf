//! Requests of the server to the client.
//!
//! Architecture invariant: nobody waits for a client. A question is a number and what to do with
//! the answer; the answer comes back to the owner's thread like any other message, or never. An
//! answer that is late, doubled or was not asked for finds no entry and does nothing.

use std::collections::HashMap;
use std::fmt;

use serde::Serialize;
use serde_json::Value;
use tower_lsp::jsonrpc::{self, Error, ErrorCode};
use tower_lsp::lsp_types::notification::{Cancel, LogMessage, Notification, ShowMessage};
use tower_lsp::lsp_types::request::Request as RequestType;
use tower_lsp::lsp_types::{
    CancelParams, LogMessageParams, MessageType, NumberOrString, ShowMessageParams,
};

use crate::gate::Writer;
use crate::world::World;

type Then = Box<dyn FnOnce(&mut World, jsonrpc::Result<Value>)>;

/// A call of the server, written without a detour over a tree of JSON values.
#[derive(Serialize)]
struct Call<P> {
    jsonrpc: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<i32>,
    method: &'static str,
    params: P,
}

/// The number of an open question, to withdraw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AskId(i32);

/// The way to the client, and the questions that it has not answered.
pub struct Asks {
    writer: Writer,
    last: i32,
    open: HashMap<i32, Then>,
}

impl Asks {
    /// Nothing asked yet.
    pub fn new(writer: Writer) -> Self {
        Self { writer, last: 0, open: HashMap::new() }
    }

    /// Sends a notification.
    pub fn notify<N: Notification>(&self, params: N::Params) {
        self.writer.send(&Call { jsonrpc: "2.0", id: None, method: N::METHOD, params });
    }

    /// Sends a request. `then` runs on the owner's thread when the client answers: with the error
    /// it gave, or with a parse error when the result is not of the request's type.
    pub fn ask<R: RequestType>(
        &mut self,
        params: R::Params,
        then: impl FnOnce(&mut World, jsonrpc::Result<R::Result>) + 'static,
    ) -> AskId {
        self.last += 1;
        let id = Some(self.last);
        self.writer.send(&Call { jsonrpc: "2.0", id, method: R::METHOD, params });
        let then = move |world: &mut World, answer: jsonrpc::Result<Value>| {
            let result = answer.and_then(|value| {
                serde_json::from_value(value).map_err(|error| Error {
                    code: ErrorCode::ParseError,
                    message: error.to_string().into(),
                    data: None,
                })
            });
            then(world, result);
        };
        self.open.insert(self.last, Box::new(then));
        AskId(self.last)
    }

    /// Forgets a question and tells the client so; a late answer does nothing.
    pub fn withdraw(&mut self, id: AskId) {
        if self.open.remove(&id.0).is_some() {
            let params = CancelParams { id: NumberOrString::Number(id.0) };
            self.notify::<Cancel>(params);
        }
    }

    /// What to do with the answer to question `id`, if it is still open.
    pub(crate) fn take(&mut self, id: i32) -> Option<Then> {
        self.open.remove(&id)
    }

    /// Shows `message` to the reader.
    pub fn show(&self, typ: MessageType, message: impl Into<String>) {
        self.notify::<ShowMessage>(ShowMessageParams { typ, message: message.into() });
    }

    /// Puts `message` into the client's log.
    pub fn log(&self, typ: MessageType, message: impl Into<String>) {
        self.notify::<LogMessage>(LogMessageParams { typ, message: message.into() });
    }
}

impl fmt::Debug for Asks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Asks").field("open", &self.open.keys()).finish_non_exhaustive()
    }
}
