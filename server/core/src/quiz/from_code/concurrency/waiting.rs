//! Whether other tasks run while a call in an `async def` takes its time.
//!
//! Source: Library Reference, asyncio, Developing with asyncio, Running Blocking Code; Coroutines and
//! Tasks, Sleeping.

use super::super::{Case, Computed, Find, Found, Generator, Role, is_brief};
use crate::facts::concurrency::{Around, blocks};
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::quiz::Kind;
use crate::subject::Subject;
use crate::syntax::{self, Field, kind};

pub static GENERATOR: Generator = Generator {
    name: "event-loop-waits",
    doc: "whether other tasks run during a call in an `async def`: one of the table `blocking-call`, \
          or an awaited `asyncio.sleep`",
    kind: Kind::Choice,
    asked: SLOTS,
    told: SLOTS,
    roles: ROLES,
    cases: CASES,
    find: Find::At(&[syntax::Kind::Call], run),
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "the call"),
    Slot::new("line", SlotKind::Line, "its line"),
    Slot::new("function", SlotKind::Code, "the `async def`"),
];

static ROLES: &[Role] = &[
    Role::words("others-run", "other tasks run meanwhile"),
    Role::words("none-runs", "no task of this event loop runs meanwhile"),
    Role::words("same-function", "only tasks of other functions run meanwhile"),
    Role::words("timeout", "other tasks run as soon as the call takes too long"),
];

static CASES: &[Case] = &[
    Case {
        name: "blocks",
        doc: "the call blocks the thread",
        right: "none-runs",
        wrong: &["others-run", "same-function", "timeout"],
    },
    Case {
        name: "waits",
        doc: "the call is an awaited `asyncio.sleep`",
        right: "others-run",
        wrong: &["none-runs", "same-function", "timeout"],
    },
];

fn run(subject: &Subject<'_>) -> Option<Found> {
    let call = subject.node();
    let function = Around::of(subject.path()).coroutine()?;
    let callee = subject.callee()?;
    let parent = subject.ancestors().next()?;
    let is_awaited = kind(parent) == syntax::Kind::Await;
    let case = match &*callee {
        "asyncio.sleep" if is_awaited => &CASES[1],
        _ if !is_awaited && blocks(subject, subject.item(), call).is_some() => &CASES[0],
        _ => return None,
    };
    let text = one_line(subject, if is_awaited { parent } else { call });
    let mut facts = Facts::of(SLOTS);
    facts.code("call", &text).line("line", subject.line(call));
    facts.code("function", subject.text(Field::Name.of(function)?));
    let span = subject.span(call);
    let computed = Computed::in_words(case, ROLES, facts);
    is_brief(&text).then(|| Found { computed, subject: span, from: vec![span] })
}
