//! `asyncio.gather` starts a request for every item at once.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::concurrency::{AWAITABLE, callee, name_of, run_with};
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Plan, Rule, imported};
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::function::{arguments, parameters, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::value::{self, Definition, Object};
use crate::walk;

use super::code::{callee_name, method, statement, uses_other_loop};
use super::shared::{break_of, indentation};

pub static RULE: Rule = Rule {
    id: "gather-unbounded",
    kinds: &[Kind::Call],
    slots: SLOTS,
    cases: &[],
    fixes: &["use-semaphore"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("function", SlotKind::Code, "the coroutine function"),
    Slot::new("items", SlotKind::Code, "what there is a call for each of"),
    Slot::new("request", SlotKind::Code, "the call in it that goes to the network"),
];

/// So few requests at once are no matter.
const FEW: u64 = 16;

/// Words in names that say that something is limited.
const LIMITS: &[&str] =
    &["bucket", "limit", "lock", "pool", "quota", "rate", "sem", "slot", "throttl"];

/// Limits of the clients themselves.
const CLIENT_LIMITS: &[&str] = &["TCPConnector", "Limits("];

/// `gather(*[f(x) for x in items])`.
struct Fanned<'a> {
    /// `f(x)`, without a `create_task` around it.
    call: Node<'a>,
    target: Node<'a>,
    items: Node<'a>,
    function: Definition<'a>,
    /// The request, as it is written in the function.
    request: String,
    /// The comprehension is an argument of the call.
    inline: bool,
}

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.settings().is_test || subject.callee().is_none_or(|name| name != "asyncio.gather") {
        return;
    }
    let Some(fanned) = fanned(subject) else { return };
    let Some(callee) = subject.node().child_in(Field::Function) else { return };
    let mut facts = Facts::of(SLOTS);
    facts.code("function", name_of(subject.names(), fanned.function));
    facts.code("items", subject.text(fanned.items)).code("request", fanned.request);
    found.push(Found { at: callee.byte_range().into(), case: None, facts, related: Vec::new() });
}

fn fanned<'a>(subject: &Subject<'a>) -> Option<Fanned<'a>> {
    let (names, item) = (subject.names(), subject.item());
    let positional: Vec<Node<'a>> = arguments(subject.node())
        .into_iter()
        .filter(|node| kind(*node) != Kind::KeywordArgument)
        .collect();
    let [splat] = positional[..] else { return None };
    let given = *statements(splat).first().filter(|_| kind(splat) == Kind::ListSplat)?;
    let is_list =
        |node: Node<'_>| matches!(kind(node), Kind::ListComprehension | Kind::GeneratorExpression);
    let list = match kind(given) {
        Kind::Identifier => {
            let made = value::of(names, item, given)?;
            (made.item == item).then_some(made.node)?
        }
        _ => given,
    };
    let [_, clause] = statements(list)[..] else { return None };
    let is_plain = is_list(list)
        && kind(clause) == Kind::ForInClause
        && clause.child(0).is_some_and(|word| word.kind() == "for");
    let mut call = Field::Body.of(list).filter(|body| is_plain && kind(*body) == Kind::Call)?;
    if callee_name(subject, call).is_some_and(|name| name == "asyncio.create_task") {
        call = *arguments(call).first().filter(|inner| kind(**inner) == Kind::Call)?;
    }
    let (target, items) = (Field::Left.of(clause)?, Field::Right.of(clause)?);
    (!is_few(subject, items)).then_some(())?;
    let Object::Coroutine(function) = value::of(names, item, call)?.object else { return None };
    let request = request(subject, function)?;
    (!is_limited(subject, function, list)).then_some(())?;
    Some(Fanned { call, target, items, function, request, inline: list == given })
}

/// True for a few written items, and for a short `range`.
pub(super) fn is_few<'a>(subject: &Subject<'a>, items: Node<'a>) -> bool {
    let is_written =
        |node: Node<'_>| matches!(kind(node), Kind::List | Kind::Tuple | Kind::Set | Kind::String);
    if is_written(items) {
        return true;
    }
    if kind(items) == Kind::Call {
        let is_range = callee_name(subject, items).is_some_and(|name| name == "builtins.range");
        let numbers: Option<Vec<u64>> =
            arguments(items).iter().map(|node| subject.text(*node).parse().ok()).collect();
        return is_range
            && match numbers.as_deref() {
                Some([end]) => *end <= FEW,
                Some([start, end]) => end.saturating_sub(*start) <= FEW,
                _ => false,
            };
    }
    value::of(subject.names(), subject.item(), items).is_some_and(|made| is_written(made.node))
}

/// The first call in the function that goes to the network.
fn request<'a>(subject: &Subject<'a>, function: Definition<'a>) -> Option<String> {
    let names = subject.names();
    let text = names.item(function.item).text();
    let mut calls = Vec::new();
    run_with(Field::Body.of(function.node)?, |node| {
        if kind(node) == Kind::Call {
            calls.push(node);
        }
    });
    let is_request = |call: &Node<'a>| {
        let name =
            callee(names, function.item, *call).or_else(|| by_annotation(subject, function, *call));
        let row = name.and_then(|name| subject.row(AWAITABLE, &name));
        row.is_some_and(|row| row.get("network").is_some())
    };
    let call = calls.into_iter().find(is_request)?;
    Some(text[call.child_in(Field::Function)?.byte_range()].to_owned())
}

/// `aiohttp.ClientSession.get` for `session.get`, where the parameter `session` has that class as
/// its annotation.
pub(super) fn by_annotation(
    subject: &Subject<'_>,
    function: Definition<'_>,
    call: Node<'_>,
) -> Option<String> {
    let names = subject.names();
    let text = names.item(function.item).text();
    let (object, name) = method(call)?;
    let bound =
        names.binding(function.item, object).filter(|_| kind(object) == Kind::Identifier)?;
    (bound.binding.kind == BindingKind::Parameter).then_some(())?;
    let all = parameters(function.node)?;
    let own = all.iter().find(|one| Span::from(one.name.byte_range()) == bound.binding.at)?;
    let class = own.annotation?.named_child(0)?;
    let class = names.qualified(function.item, class)?;
    Some(format!("{class}.{}", &text[name.byte_range()]))
}

/// True when something may limit how many run at a time.
fn is_limited(subject: &Subject<'_>, function: Definition<'_>, list: Node<'_>) -> bool {
    let names = subject.names();
    let says_so = |item: usize, root: Node<'_>| {
        let text = names.item(item).text();
        let mut found = false;
        walk::until(root, |node| {
            let word = text[node.byte_range()].to_lowercase();
            found |= match kind(node) {
                Kind::Identifier => LIMITS.iter().any(|limit| word.contains(limit)),
                Kind::WithItem => node.child_in(Field::Value).is_some_and(|value| {
                    let value = match kind(value) {
                        Kind::AsPattern => value.named_child(0).unwrap_or(value),
                        _ => value,
                    };
                    kind(value) != Kind::Call
                }),
                _ => false,
            };
            found
        });
        found
    };
    says_so(function.item, function.node)
        || says_so(subject.item(), list)
        || names.mentions_any(CLIENT_LIMITS)
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

/// The names that [`bounded`] binds.
pub(super) const BOUNDED: [&str; 2] = ["bounded", "limit"];

/// The definition of a coroutine function `bounded` around the call that holds a semaphore meanwhile, to be
/// written in front of the statement.
pub(super) fn bounded(
    subject: &Subject<'_>,
    statement: Node<'_>,
    semaphore: &str,
    target: Node<'_>,
    call: Node<'_>,
) -> Option<String> {
    let (target, call) = (subject.text(target), subject.text(call));
    (!call.contains(['\n', '\r'])).then_some(())?;
    let (indent, line_break) = (indentation(subject, statement)?, break_of(subject));
    let step = if indent.starts_with('\t') { "\t" } else { "    " };
    let lines = [
        format!("limit = {semaphore}(5)"),
        String::new(),
        format!("async def bounded({target}):"),
        format!("{step}async with limit:"),
        format!("{step}{step}return await {call}"),
        String::new(),
    ];
    let mut text = String::new();
    for (number, line) in lines.iter().enumerate() {
        if number > 0 && !line.is_empty() {
            text.push_str(indent);
        }
        text.push_str(line);
        text.push_str(line_break);
    }
    text.push_str(indent);
    Some(text)
}

/// Has the call made by such a function.
fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let fanned = fanned(subject).filter(|fanned| fanned.inline)?;
    let (path, statement) = statement(subject)?;
    let scopes = subject.names().scopes(subject.item())?;
    let in_function = path.iter().any(|node| kind(*node) == Kind::FunctionDefinition);
    let is_free = |name: &str| scopes.number(name).is_none();
    let can = in_function
        && kind(fanned.target) == Kind::Identifier
        && BOUNDED.into_iter().all(is_free)
        && !uses_other_loop(subject);
    can.then_some(())?;
    let import = imported(subject, subject.node(), "asyncio", "Semaphore");
    let text = bounded(subject, statement, &import.expression, fanned.target, fanned.call)?;
    let target = subject.text(fanned.target);
    let start = subject.span(statement).start;
    let mut edits =
        vec![(Span::empty(start), text), (subject.span(fanned.call), format!("bounded({target})"))];
    edits.extend(import.edit);
    let facts = found.facts.clone();
    Some(Plan { fix: "use-semaphore", safety: Safety::Review, facts, edits })
}
