//! Everything between the bytes of the client and tower-lsp's routing.
//!
//! The gate drives tower-lsp's `LspService` as the tower `Service` that it is. Its `Server` and its
//! codec are not used: they end the session on a malformed message, stop reading while four
//! requests are unanswered, do not end on `exit` while stdin is open, and let a slow reader of
//! stdout stop everything. Its `Client` is not used either (see [`crate::asks`]).
//!
//! Architecture invariants: a handler is polled once inside [`Gate::call`], on the reading thread,
//! so what it posts to the owner is posted in arrival order. The reading thread waits for nothing
//! but bytes, with one exception: the answer to `initialize`, so that whatever a client sends
//! right behind it already finds an initialized server.

mod amend;
mod frame;
mod message;
mod outgoing;
mod surrogates;
pub mod uri;
mod writer;

use std::borrow::Cow;
use std::io::{BufReader, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use futures::FutureExt;
use futures::future::BoxFuture;
use serde::Deserialize;
use tower::Service;
use tower_lsp::LspService;
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};
use tower_lsp::lsp_types::CodeActionParams;

use crate::backend::Backend;
use crate::handlers::{actions, sync};
use crate::owner::{Owner, internal_error};
use crate::world::World;
pub use amend::SNIPPET_EDITS;
use frame::{Frame, Frames};
use message::Message;
use outgoing::Outgoing;
pub use outgoing::{DIAGNOSTIC, SNIPPET};
pub use writer::Writer;

/// The parameters of a call of `method` with what [`amend`] changes in them.
#[cfg(test)]
pub(crate) fn as_tower_lsp_takes_it(
    method: &'static str,
    params: serde_json::Value,
) -> serde_json::Value {
    let call = amend::amend(Request::build(method).params(params).finish());
    call.into_parts().2.unwrap_or_default()
}

/// How long the end of a session waits for answers under way, and then for their writing.
const PATIENCE: Duration = Duration::from_millis(20);

/// Error code of LSP for a request before `initialize`.
const SERVER_NOT_INITIALIZED: ErrorCode = ErrorCode::ServerError(-32002);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Uninitialized,
    Serving,
    ShutDown,
}

type Reply = Option<Outgoing>;
type Pending = BoxFuture<'static, Reply>;

/// Routes the messages of one session.
#[derive(Debug)]
pub struct Gate {
    service: LspService<Backend>,
    owner: Owner,
    writer: Writer,
    unanswered: Arc<AtomicUsize>,
    phase: Phase,
}

impl Gate {
    /// A gate in front of `service`.
    pub fn new(service: LspService<Backend>, owner: Owner, writer: Writer) -> Self {
        let unanswered = Arc::default();
        Self { service, owner, writer, unanswered, phase: Phase::Uninitialized }
    }

    /// Serves until `exit` or the end of `input`. The exit code: 0 after `shutdown`, else 1.
    pub fn serve(mut self, input: impl Read) -> u8 {
        let mut frames = Frames::new(BufReader::with_capacity(64 << 10, input));
        // A stream that cannot be read any more has ended.
        while let Ok(Some(frame)) = frames.next() {
            if !self.take(frame) {
                break;
            }
        }
        self.finish();
        u8::from(self.phase != Phase::ShutDown)
    }

    /// False after `exit`.
    fn take(&mut self, frame: Frame) -> bool {
        let refuse = |error: Error| self.writer.send(&Response::from_error(Id::Null, error));
        match frame {
            Frame::Body(body) => match message::parse(&body) {
                Message::Call(call) if call.method() == "exit" => return false,
                Message::Call(call) => self.call(amend::amend(call)),
                Message::Answer(id, result) => {
                    self.owner.post("an answer", move |world| world.answered(id, result));
                }
                Message::Invalid(response) => self.writer.send(&response),
                Message::Ignored => {}
            },
            Frame::Garbage(why) => refuse(Error { message: why.into(), ..Error::parse_error() }),
            Frame::TooLong => {
                let message = format!("a message is at most {} bytes long", frame::MAX_BODY);
                refuse(Error { message: message.into(), ..Error::invalid_request() });
            }
        }
        true
    }

    fn call(&mut self, call: Request) {
        let id = call.id().cloned();
        let is_initialize = call.method() == "initialize";
        match self.phase {
            Phase::Uninitialized if !is_initialize => {
                return self.refuse(id, SERVER_NOT_INITIALIZED, "`initialize` comes first");
            }
            Phase::Serving if is_initialize => {
                return self.refuse(id, ErrorCode::InvalidRequest, "initialized already");
            }
            Phase::ShutDown => {
                return self.refuse(id, ErrorCode::InvalidRequest, "the server was shut down");
            }
            _ => {}
        }
        if call.method() == "textDocument/didChange" {
            return self.change(id, &call);
        }
        if call.method() == "textDocument/codeAction" {
            return self.code_action(id, call);
        }
        if call.method() == "shutdown" {
            // As a notification it is none of ours, but tower-lsp would shut down.
            if id.is_none() {
                return;
            }
            self.phase = Phase::ShutDown;
        }
        let reply = self.start(call);
        if is_initialize {
            let response = self.writer.runtime().block_on(reply);
            if response.as_ref().is_some_and(Outgoing::is_ok) {
                self.phase = Phase::Serving;
            }
            return self.respond(response);
        }
        self.respond_later(reply);
    }

    /// Has the text changed. tower-lsp would drop in silence what it cannot read, and take twice as long
    /// for what comes with every key.
    fn change(&self, id: Option<Id>, call: &Request) {
        match amend::change(call) {
            Ok(params) => self.owner.post("didChange", |world| sync::change(world, params)),
            Err(Some(uri)) => self.owner.post("didChange", |world| sync::lose(world, uri)),
            Err(None) => {}
        }
        self.refuse(id, ErrorCode::InvalidRequest, "a change is a notification");
    }

    /// Has the actions listed. Clients ask for them whenever the cursor comes to rest, and most such lists are
    /// made in less time than tower-lsp takes to hand them on. They cannot be cancelled.
    fn code_action(&self, id: Option<Id>, call: Request) {
        let Some(id) = id else { return };
        let params = call.into_parts().2.unwrap_or_default();
        let params = match CodeActionParams::deserialize(params) {
            Ok(params) => params,
            Err(wrong) => {
                return self.refuse(Some(id), ErrorCode::InvalidParams, wrong.to_string());
            }
        };
        let (writer, unanswered) = (self.writer.clone(), Arc::clone(&self.unanswered));
        unanswered.fetch_add(1, Ordering::SeqCst);
        let list = move |world: &mut World| actions::list(world, params);
        self.owner.ask_then("codeAction", list, move |listed| {
            Outgoing::listed(id, listed).send(&writer);
            unanswered.fetch_sub(1, Ordering::SeqCst);
        });
    }

    /// The reply of the service, made sure to be one where there is an id.
    fn start(&mut self, call: Request) -> Pending {
        let id = call.id().cloned();
        let what = call.method().to_owned();
        let service = &mut self.service;
        let reply = catch_unwind(AssertUnwindSafe(move || service.call(call)));
        async move {
            let reply = match reply {
                Ok(reply) => AssertUnwindSafe(reply).catch_unwind().await,
                Err(panic) => Err(panic),
            };
            let id = id?;
            let response = match reply {
                Err(panic) => Response::from_error(id, internal_error(&what, &*panic)),
                // tower-lsp drops its own answer to unknown methods below `$/`.
                Ok(reply) => reply
                    .ok()
                    .flatten()
                    .unwrap_or_else(|| Response::from_error(id, Error::method_not_found())),
            };
            Some(Outgoing::new(&what, response))
        }
        .boxed()
    }

    fn respond(&self, response: Reply) {
        if let Some(response) = response {
            response.send(&self.writer);
        }
    }

    /// Polls the reply here and now, and then on the thread that writes.
    fn respond_later(&self, reply: Pending) {
        let writer = self.writer.clone();
        let unanswered = Arc::clone(&self.unanswered);
        unanswered.fetch_add(1, Ordering::SeqCst);
        let answer = async move {
            if let Some(response) = reply.await {
                response.send(&writer);
            }
            unanswered.fetch_sub(1, Ordering::SeqCst);
        };
        let writer = self.writer.clone();
        let (first, task) = async_task::spawn(answer, move |again| writer.run(again));
        task.detach();
        first.run();
    }

    fn refuse(&self, id: Option<Id>, code: ErrorCode, why: impl Into<Cow<'static, str>>) {
        let Some(id) = id else { return };
        let error = Error { code, message: why.into(), data: None };
        self.writer.send(&Response::from_error(id, error));
    }

    /// Lets the answers to what was already asked reach the client, if that takes no time.
    fn finish(&self) {
        let deadline = Instant::now() + PATIENCE;
        while self.unanswered.load(Ordering::SeqCst) > 0 && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(1));
        }
        self.writer.flush(PATIENCE);
    }
}
