//! A request over HTTP, and the client that makes requests.
//!
//! Sources: the documentation of requests (Quickstart, Timeouts and Response Status Codes; Session
//! Objects), httpx (Timeouts, Client) and aiohttp (Client Quickstart, Timeouts), and of
//! urllib.request in the Library Reference.

use crate::facts::collections::operation::loop_around;
use crate::facts::collections::uses::{Used, of_assigned};
use crate::facts::concurrency::callee;
use crate::facts::decoration::Arguments;
use crate::facts::source_text::one_line;
use crate::facts::tables::Table;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};

pub static REQUEST: Provider = Provider {
    name: "http-request",
    doc: "a call of a function or method with a row in `http-request`; `@target` is the `call`",
    slots: REQUEST_SLOTS,
    run: request,
};

static REQUEST_SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "what is called"),
    Slot::new("forever", SlotKind::Flag, "nothing limits how long it waits"),
    Slot::new("limit", SlotKind::Code, "the time-out that is given"),
    Slot::new("default", SlotKind::Text, "how long it waits without one, from the table"),
    Slot::new("name", SlotKind::Code, "the variable that is bound to the response"),
    Slot::new("checked", SlotKind::Lines, "the lines that look at the status"),
    Slot::new(
        "unchecked",
        SlotKind::Lines,
        "lines that read the body, if none looks at the status",
    ),
    Slot::new("status", SlotKind::Text, "what a status of 400 and more does, from the table"),
    Slot::new("loop", SlotKind::Line, "the loop around, if each round opens a connection"),
    Slot::new("session", SlotKind::Code, "what would keep the connection"),
];

/// What makes a request.
pub static REQUESTS: Table = Table {
    name: "http-request",
    doc: "Functions and methods that make a request over HTTP and give the response. A method is \
          written `module.Class.method`. Read by `http-request`",
    columns: &[
        Slot::new(
            "default",
            SlotKind::Text,
            "how long it waits if nobody says, in a sentence; not given: for ever",
        ),
        Slot::new("timeout", SlotKind::Number, "the place of the time-out among the arguments"),
        Slot::new("status", SlotKind::Text, "what a status of 400 and more does, in a sentence"),
        Slot::new("silent", SlotKind::Flag, "such a status raises nothing by itself"),
        Slot::new("session", SlotKind::Code, "what keeps connections over several calls"),
    ],
};

/// Attributes of a response that tell whether all went well.
const STATUS: &[&str] = &[
    "is_client_error",
    "is_error",
    "is_success",
    "ok",
    "raise_for_status",
    "status",
    "status_code",
];

/// Attributes that hold its body.
const BODY: &[&str] =
    &["content", "iter_content", "iter_lines", "iter_bytes", "iter_text", "json", "read", "text"];

fn request(subject: &Subject<'_>) -> Option<Facts> {
    let call = subject.node();
    let names = subject.names();
    let name = callee(names, subject.item(), call)?;
    let row = subject.row(&REQUESTS, &name)?;
    let arguments = Arguments::of(call, subject.item_text());
    if arguments.spread {
        return None;
    }
    let mut facts = Facts::of(REQUEST_SLOTS);
    facts.code("call", one_line(subject, Field::Function.of(call)?));
    let place = match row.get("timeout") {
        Some(Value::Number(place)) => *place,
        _ => usize::MAX,
    };
    match arguments.get(place, "timeout") {
        Some(limit) if kind(limit) == Kind::None => drop(facts.flag("forever", true)),
        Some(limit) => drop(facts.code("limit", one_line(subject, limit))),
        None if row.get("default").is_some() => drop(facts.take("default", row, "default")),
        None => drop(facts.flag("forever", true)),
    }
    facts.take("status", row, "status");
    if row.get("silent").is_some() {
        look_at_response(subject, &mut facts);
    }
    if row.get("session").is_some()
        && let Some(around) = loop_around(subject)
    {
        facts.line("loop", subject.line(around)).take("session", row, "session");
    }
    Some(facts)
}

fn look_at_response<'a>(subject: &Subject<'a>, facts: &mut Facts) {
    if let Some(around) = subject.ancestors().next().filter(|it| kind(*it) == Kind::Attribute) {
        let word = Field::Attribute.of(around).map(|name| subject.text(name)).unwrap_or_default();
        if BODY.contains(&word) {
            facts.set("unchecked", Value::Lines(vec![subject.line(around)]));
        }
        return;
    }
    let Some((name, uses)) = of_assigned(subject.names(), subject.item(), subject.path()) else {
        return;
    };
    facts.code("name", name);
    let attribute = |used: &Used<'a>| {
        let [.., parent, node] = used.path[..] else { return None };
        let is_object = kind(parent) == Kind::Attribute && Field::Object.of(parent) == Some(node);
        let name = Field::Attribute.of(parent).filter(|_| is_object)?;
        Some(&subject.names().item(used.item).text()[name.byte_range()])
    };
    let words: Vec<_> = uses.iter().map(|used| (attribute(used), used)).collect();
    let lines = |wanted: &[&str]| {
        let document = subject.document();
        let of = |used: &Used<'_>| {
            let start = used.path.last().map_or(0, |node| node.start_byte());
            document.text().line_of(document.start_of(used.item) + start)
        };
        let found = words.iter().filter(|(word, _)| word.is_some_and(|it| wanted.contains(&it)));
        let mut lines: Vec<_> = found.map(|(_, used)| of(used)).collect();
        lines.sort_unstable();
        lines.dedup();
        lines
    };
    let checked = lines(STATUS);
    let stays = words.iter().all(|(word, _)| word.is_some());
    if checked.is_empty() && stays {
        facts.set("unchecked", Value::Lines(lines(BODY)));
    }
    facts.set("checked", Value::Lines(checked));
}

pub static CLIENT: Provider = Provider {
    name: "http-client",
    doc: "a call that makes a client with a row in `http-client`; `@target` is the `call`",
    slots: CLIENT_SLOTS,
    run: client,
};

static CLIENT_SLOTS: &[Slot] = &[
    Slot::new("client", SlotKind::Code, "what is called"),
    Slot::new("keeps", SlotKind::Text, "what it keeps, from the table"),
    Slot::new("closed", SlotKind::Line, "the line of the `with` that closes it"),
    Slot::new("not-awaited", SlotKind::Line, "the line of a `with` that must be `async with`"),
    Slot::new("loop", SlotKind::Line, "the loop that makes one in each round"),
    Slot::new("name", SlotKind::Code, "the variable that is bound to it"),
    Slot::new("by-hand", SlotKind::Lines, "the lines that close that"),
    Slot::new("open", SlotKind::Code, "the variable, if nothing closes it or hands it on"),
    Slot::new("limit", SlotKind::Code, "the time-out that is given"),
    Slot::new("no-limit", SlotKind::Flag, "nothing limits how long a request waits"),
    Slot::new("default", SlotKind::Text, "the time-out without one, from the table"),
    Slot::new("error", SlotKind::Text, "what a time-out raises, from the table"),
    Slot::new("status", SlotKind::Text, "what a status of 400 and more does, from the table"),
    Slot::new("raises", SlotKind::Flag, "a status of 400 and more raises, as told here"),
];

/// What makes clients.
pub static CLIENTS: Table = Table {
    name: "http-client",
    doc: "Classes whose instances make requests over HTTP and keep connections. Read by \
          `http-client`",
    columns: &[
        Slot::new("keeps", SlotKind::Text, "what it keeps: `connections, cookies and headers`"),
        Slot::new("async", SlotKind::Flag, "it is left with `async with`"),
        Slot::new("default", SlotKind::Text, "the time-out if nobody says, in a sentence"),
        Slot::new("settable", SlotKind::Flag, "the call takes `timeout`"),
        Slot::new("error", SlotKind::Text, "what a time-out raises, in a sentence"),
        Slot::new("status", SlotKind::Text, "what a status of 400 and more does, in a sentence"),
    ],
};

fn client(subject: &Subject<'_>) -> Option<Facts> {
    let call = subject.node();
    let name = subject.callee()?;
    let row = subject.row(&CLIENTS, &name)?;
    let arguments = Arguments::of(call, subject.item_text());
    if arguments.spread {
        return None;
    }
    let mut facts = Facts::of(CLIENT_SLOTS);
    facts.code("client", one_line(subject, Field::Function.of(call)?));
    for column in ["keeps", "error", "status"] {
        facts.take(column, row, column);
    }
    if row.get("settable").is_some() {
        match arguments.keyword("timeout") {
            Some(limit) if kind(limit) == Kind::None => drop(facts.flag("no-limit", true)),
            Some(limit) => drop(facts.code("limit", one_line(subject, limit))),
            None => drop(facts.take("default", row, "default")),
        }
    } else {
        facts.take("default", row, "default");
    }
    if arguments.keyword("raise_for_status").is_some_and(|it| kind(it) == Kind::True) {
        facts.flag("raises", true).set("status", Value::Text(String::new()));
    }
    let is_async = row.get("async").is_some();
    if let Some(with) = with_around(subject) {
        let awaited = with.child(0).is_some_and(|token| token.kind() == "async");
        let slot = if awaited == is_async { "closed" } else { "not-awaited" };
        facts.line(slot, subject.line(with));
    } else if let Some((name, uses)) = of_assigned(subject.names(), subject.item(), subject.path())
    {
        facts.code("name", name);
        closing(subject, name, &uses, &mut facts);
    }
    if let Some(around) = loop_around(subject) {
        facts.line("loop", subject.line(around));
    }
    Some(facts)
}

/// The `with` statement one of whose items the call is.
fn with_around<'a>(subject: &Subject<'a>) -> Option<Node<'a>> {
    let mut ancestors = subject
        .ancestors()
        .skip_while(|node| matches!(kind(*node), Kind::AsPattern | Kind::ParenthesizedExpression));
    ancestors.next().filter(|node| kind(*node) == Kind::WithItem)?;
    ancestors.find(|node| kind(*node) == Kind::WithStatement)
}

fn closing(subject: &Subject<'_>, name: &str, uses: &[Used<'_>], facts: &mut Facts) {
    let document = subject.document();
    let mut lines = Vec::new();
    let mut stays = true;
    for used in uses {
        let [.., parent, node] = used.path[..] else { return };
        let is_object = kind(parent) == Kind::Attribute && Field::Object.of(parent) == Some(node);
        stays &= is_object;
        let word = Field::Attribute.of(parent).filter(|_| is_object);
        if word.is_some_and(|word| matches!(used.text(subject, word), "close" | "aclose")) {
            lines.push(document.text().line_of(document.start_of(used.item) + node.start_byte()));
        }
    }
    if lines.is_empty() && stays {
        facts.code("open", name);
    }
    facts.set("by-hand", Value::Lines(lines));
}

#[cfg(test)]
mod tests;
