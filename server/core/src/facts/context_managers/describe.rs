//! States what is known about a context manager in the slots of [`super::slots`].

use super::enter::{Entered, cannot_be_awaited, entered};
use super::generator::{around, caught, only_yield};
use super::manager::{Generator, Made, Manager, Method, protocol};
use super::slots::{CATCHES_SLOTS, SOMETIMES};
use super::swallow::{Verdict, verdict};
use super::truth::{Raised, Truth};
use super::ways::Way;
use crate::PythonVersion;
use crate::facts::classes::Class;
use crate::facts::source_text::one_line_in;
use crate::facts::{Facts, Value};
use crate::subject::Subject;
use crate::syntax::function::{arguments, is_async, is_generator};
use crate::syntax::{Field, Kind, Node, kind};

/// Sets what is known about the manager behind `with`, or `async with` if it is `awaited`.
pub(crate) fn manager(
    subject: &Subject<'_>,
    made: &Made<'_>,
    awaited: bool,
    has_target: bool,
    facts: &mut Facts,
) {
    match &made.manager {
        Manager::Instance(class) => instance(subject, *class, awaited, has_target, facts),
        Manager::Class(class) => {
            let names = [enter_name(awaited), exit_name(awaited)];
            let is_own = class.metaclass().is_none() && class.is_plain_anywhere();
            if is_own && names.iter().all(|name| protocol_known(subject, *class, name)) {
                facts.code("not-an-instance", class.name());
            } else {
                facts.flag("open", true);
            }
        }
        Manager::Generator(found) => generator(*found, awaited, has_target, facts),
        Manager::Known(row) => {
            let is_fit = row.get(if awaited { "awaited" } else { "plain" }).is_some();
            if !is_fit {
                facts.flag(if awaited { "needs-plain" } else { "needs-async" }, true);
                return;
            }
            known(subject, row, has_target, facts);
            if row.get("drops-arguments").is_some() {
                dropped(subject, made, usize::MAX, facts);
            }
            if row.get("drops-first").is_some() {
                dropped(subject, made, 1, facts);
            }
            facts.flag("open", facts.get("end").is_none() && facts.get("dropped").is_none());
        }
    }
}

fn protocol_known(subject: &Subject<'_>, class: Class<'_>, name: &str) -> bool {
    !matches!(protocol(subject, class, name), Method::Unknown)
}

fn enter_name(awaited: bool) -> &'static str {
    if awaited { "__aenter__" } else { "__enter__" }
}

fn exit_name(awaited: bool) -> &'static str {
    if awaited { "__aexit__" } else { "__exit__" }
}

/// The line in the file of a node of some item.
pub(crate) fn line_in(subject: &Subject<'_>, item: usize, node: Node<'_>) -> usize {
    let document = subject.document();
    document.text().line_of(document.start_of(item) + node.start_byte())
}

fn instance(
    subject: &Subject<'_>,
    class: Class<'_>,
    awaited: bool,
    has_target: bool,
    facts: &mut Facts,
) {
    facts.code("class", class.name());
    let enter = protocol(subject, class, enter_name(awaited));
    let exit = protocol(subject, class, exit_name(awaited));
    let missing: Vec<_> = [(&enter, enter_name(awaited)), (&exit, exit_name(awaited))]
        .into_iter()
        .filter(|(method, _)| matches!(method, Method::Missing))
        .map(|(_, name)| name)
        .collect();
    if !missing.is_empty() {
        let has = |name| matches!(protocol(subject, class, name), Method::Function(..));
        let other = [enter_name(!awaited), exit_name(!awaited)];
        if missing.len() == 2 && other.into_iter().all(has) {
            facts.flag(if awaited { "needs-plain" } else { "needs-async" }, true);
        } else {
            facts.codes("missing", missing);
        }
        return;
    }
    let is_unfit = |method: &Method<'_>| {
        let Method::Function(owner, node) = method else { return false };
        is_async(*node) != awaited && (!awaited || cannot_be_awaited(raised(*owner, *node, true)))
    };
    let unfit = [(&enter, enter_name(awaited)), (&exit, exit_name(awaited))]
        .into_iter()
        .filter(|(method, _)| is_unfit(method))
        .map(|(_, name)| name);
    let unfit: Vec<_> = unfit.collect();
    if !unfit.is_empty() {
        facts.codes(if awaited { "not-awaitable" } else { "not-awaited" }, unfit);
        facts.flag("coroutine-is-true", !awaited && exit_is_async(&exit));
        return;
    }
    if matches!(enter, Method::Unknown) || matches!(exit, Method::Unknown) {
        facts.flag("open", true);
    }
    for (method, slot, line, name) in [
        (&enter, "enter", "enter-line", enter_name(awaited)),
        (&exit, "exit", "exit-line", exit_name(awaited)),
    ] {
        match method {
            Method::Function(owner, node) | Method::Opaque(owner, node) => {
                facts.code(slot, format!("{}.{name}", owner.name()));
                facts.line(line, owner.names.line(owner.item, *node));
            }
            Method::Inherited(base, row) if slot == "enter" => {
                facts.code("base", base.as_str());
                if has_target {
                    facts.take("is", row, "is");
                }
            }
            Method::Inherited(base, row) => {
                facts.code("base", base.as_str()).take("end", row, "end");
                facts.take("passes", row, "passes").take("drops", row, "drops");
            }
            Method::Missing | Method::Unknown => {}
        }
    }
    let inherits = |method: &Method<'_>| matches!(method, Method::Inherited(..));
    facts.flag("exit-only", inherits(&enter) && facts.get("exit").is_some());
    facts.flag("enter-only", inherits(&exit) && facts.get("enter").is_some());
    if let Method::Function(owner, function) = enter {
        let raised = raised(owner, function, true);
        if let Some(entered) = entered(raised, awaited).filter(|_| has_target) {
            given(raised.text(), entered, facts);
        }
    }
    if let Method::Function(owner, function) = exit {
        exits(owner, function, awaited, facts);
    }
}

fn exit_is_async(exit: &Method<'_>) -> bool {
    matches!(exit, Method::Function(_, node) if is_async(*node) && !is_generator(*node))
}

pub(crate) fn raised<'a>(owner: Class<'a>, function: Node<'a>, method: bool) -> Raised<'a> {
    Raised { names: owner.names, item: owner.item, function, class: method.then_some(owner) }
}

fn given(text: &str, entered: Entered<'_>, facts: &mut Facts) {
    match entered {
        Entered::Itself => facts.flag("gives-itself", true),
        Entered::Nothing => facts.flag("gives-nothing", true),
        Entered::Value(value) => facts.code("gives", one_line_in(text, value)),
    };
}

/// What the method makes of an exception.
pub(crate) fn exits(owner: Class<'_>, function: Node<'_>, awaited: bool, facts: &mut Facts) {
    if is_async(function) != awaited || is_generator(function) {
        return;
    }
    let raised = raised(owner, function, true);
    let line = |node: Node<'_>| owner.names.line(owner.item, node);
    match verdict(raised) {
        Some(Verdict::Never(others)) => {
            facts.flag("passes", others.is_empty());
            facts.lines("replaces", others.into_iter().map(line));
        }
        Some(Verdict::Always(ways)) => {
            facts.lines("swallows-all", ways.iter().map(|way| line(way.statement)));
        }
        Some(Verdict::Raises) => drop(facts.flag("always-raises", true)),
        Some(Verdict::Sometimes(ways)) => {
            let records = |wanted: &dyn Fn(&Way<'_>) -> bool| {
                let wanted = ways.iter().filter(|way| wanted(way));
                wanted.map(|way| record(raised, way)).collect()
            };
            let is_true = |way: &Way<'_>| way.truth == Truth::True;
            facts.flag("may-drop", true);
            facts.records("sometimes", records(&|way| is_true(way) && way.when.is_some()));
            facts.records("also", records(&|way| is_true(way) && way.when.is_none()));
            facts.records("decides", records(&|way| !is_true(way)));
        }
        None => {}
    }
}

fn record(raised: Raised<'_>, way: &Way<'_>) -> Facts {
    let mut record = Facts::of(SOMETIMES);
    record.line("line", raised.names.line(raised.item, way.statement));
    if let Some(value) = way.value {
        record.code("value", one_line_in(raised.text(), value));
    }
    if let Some(when) = way.when {
        record.code("when", one_line_in(raised.text(), when));
    }
    record
}

/// Sets what is known about a generator function that `contextlib.contextmanager` decorates.
pub(crate) fn generator(found: Generator<'_>, awaited: bool, has_target: bool, facts: &mut Facts) {
    let Generator { names, item, function, .. } = found;
    let line = |node: Node<'_>| names.line(item, node);
    let text = names.item(item).text();
    if found.awaited != awaited {
        facts.flag(if awaited { "needs-plain" } else { "needs-async" }, true);
        return;
    }
    let only = only_yield(function).filter(|_| is_async(function) == awaited);
    let Some((name, only)) = function.child_in(Field::Name).zip(only) else {
        facts.flag("open", true);
        return;
    };
    facts.code("generator", &text[name.byte_range()]);
    facts.line("generator-line", line(function));
    facts.line("yield-line", line(only));
    let raised = Raised { names, item, function, class: None };
    let Some(around) = around(raised, only) else { return };
    if has_target {
        match around.value {
            Some(value) => facts.code("yielded", one_line_in(text, value)),
            None => facts.flag("yields-nothing", true),
        };
    }
    if let Some(clause) = around.cleanup {
        facts.line("cleanup", line(clause));
    }
    if let Some(next) = around.unprotected {
        facts.line("unprotected", line(next));
    }
    facts.flag("passes", around.passes());
    if let Some(clause) = around.returns {
        facts.line("drops-by-return", line(clause));
    }
    let drops = around.handlers.iter().filter(|handler| handler.drops).map(|handler| {
        let mut record = Facts::of(CATCHES_SLOTS);
        record.line("line", line(handler.clause));
        match caught(handler.clause) {
            Some(what) => record.code("what", one_line_in(text, what)),
            None => record.code("what", "BaseException"),
        };
        record
    });
    facts.records("catches", drops.collect());
}

fn known(subject: &Subject<'_>, row: &Facts, has_target: bool, facts: &mut Facts) {
    if has_target {
        facts.take("is", row, "is");
    }
    facts.take("end", row, "end").take("note", row, "note");
    facts.take("passes", row, "passes").take("drops", row, "drops");
    let since = match row.get("since") {
        Some(Value::Code(text)) => text.parse::<PythonVersion>().ok(),
        _ => None,
    };
    if let Some(since) = since.filter(|since| subject.settings().target < *since) {
        facts.code("since", since.to_string());
    }
}

/// The first arguments of the call, which are exceptions.
fn dropped(subject: &Subject<'_>, made: &Made<'_>, count: usize, facts: &mut Facts) {
    let text = subject.document().items()[made.item].text();
    let given = arguments(made.node);
    let is_plain =
        given.iter().all(|node| !matches!(kind(*node), Kind::ListSplat | Kind::DictionarySplat));
    let positional = given.iter().filter(|node| kind(**node) != Kind::KeywordArgument);
    if is_plain {
        facts.codes("dropped", positional.take(count).map(|node| one_line_in(text, *node)));
    }
}
