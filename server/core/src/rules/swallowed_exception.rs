//! An `except` clause that catches every error and does nothing about it.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::robustness::RAISES;
use crate::facts::{Facts, Slot, SlotKind, Value};
use crate::lint::{Found, Plan, Rule, imported};
use crate::subject::Subject;
use crate::syntax::function::{arguments, docstring, statements};
use crate::{value, walk};

use super::code::{called_name, function_called, method};
use super::shared::{break_of, indentation};
use crate::syntax::{Field, Kind, Node, expression::expression, kind};

pub static RULE: Rule = Rule {
    id: "swallowed-exception",
    kinds: &[Kind::ExceptClause],
    slots: SLOTS,
    cases: &["everything", "default"],
    fixes: &["name-them", "log-it"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("clause", SlotKind::Code, "the head of the clause"),
    Slot::new("value", SlotKind::Code, "what is returned instead"),
    Slot::new("errors", SlotKind::Codes, "what the calls in the block raise"),
    Slot::new("logger", SlotKind::Code, "the logger of the module"),
];

/// What a clause does instead of dealing with the exception.
enum Body<'a> {
    Nothing(Node<'a>),
    Returns(Node<'a>, &'a str),
}

/// Where errors are expected to be dropped: the object is on its way out.
const LAST_ACTS: &[&str] = &[
    "__del__",
    "__exit__",
    "atexit",
    "clean",
    "clear",
    "close",
    "delete",
    "destroy",
    "dispose",
    "drop",
    "error",
    "exception",
    "final",
    "flush",
    "kill",
    "quit",
    "remove",
    "shutdown",
    "stop",
    "teardown",
    "terminate",
    "unlink",
];

/// Words in the name or the docstring of a function that say that errors are meant to be dropped.
const WANTED: &[&str] = &[
    "best effort",
    "best-effort",
    "can fail",
    "ignor",
    "may fail",
    "quiet",
    "safe",
    "silen",
    "suppress",
    "swallow",
    "tolera",
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let clause = subject.node();
    if subject.settings().is_test {
        return;
    }
    let Some(tried) = subject.ancestors().next() else { return };
    let Some((head, all)) = broad(subject) else { return };
    let Some(body) = body(subject) else { return };
    if is_explained(subject, tried) || is_last_act(subject, tried) || is_wanted(subject) {
        return;
    }
    let Some(guarded) = Field::Body.of(tried) else { return };
    // What code from elsewhere raises may be anything, and `Exception` the best one can say.
    let is_answer = matches!(body, Body::Returns(..));
    let calls_own =
        || calls_own_function(subject, guarded) && !reads_any_attribute(subject, guarded);
    let is_known = raised(subject, guarded).is_some() || !is_answer && calls_own();
    if !all && !is_known {
        return;
    }
    let mut facts = Facts::of(SLOTS);
    facts.code("clause", head);
    let case = match body {
        Body::Returns(_, value) => {
            facts.code("value", value);
            Some("default")
        }
        Body::Nothing(_) => all.then_some("everything"),
    };
    let start = clause.start_byte();
    let at = Span::new(start, start + "except".len());
    found.push(Found { at, case, facts, related: Vec::new() });
}

/// True for `getattr(thing, name)`, which may run a property of any class.
fn reads_any_attribute(subject: &Subject<'_>, guarded: Node<'_>) -> bool {
    let mut found = false;
    walk::until(guarded, |node| {
        found |= kind(node) == Kind::Call
            && arguments(node).get(1).is_some_and(|name| kind(*name) != Kind::String)
            && called_name(subject, node).as_deref() == Some("builtins.getattr");
        found
    });
    found
}

/// The head of a clause that catches all errors, and whether it catches `SystemExit` too.
fn broad(subject: &Subject<'_>) -> Option<(String, bool)> {
    let clause = subject.node();
    let is_group = clause.child(1).is_some_and(|token| token.kind() == "*");
    if is_group {
        return None;
    }
    let Some(what) = caught(clause) else { return Some(("except:".to_owned(), true)) };
    let all = match subject.names().qualified(subject.item(), what)?.as_str() {
        "builtins.Exception" => false,
        "builtins.BaseException" => true,
        _ => return None,
    };
    Some((format!("except {}:", subject.text(what)), all))
}

/// What the clause names; nothing for a bare one.
fn caught(clause: Node<'_>) -> Option<Node<'_>> {
    let value = statements(clause).into_iter().find(|node| kind(*node) != Kind::Block)?;
    if kind(value) == Kind::AsPattern { value.named_child(0) } else { Some(value) }
}

fn body<'a>(subject: &Subject<'a>) -> Option<Body<'a>> {
    let block = statements(subject.node()).into_iter().find(|node| kind(*node) == Kind::Block)?;
    let [only] = statements(block)[..] else { return None };
    match kind(only) {
        Kind::PassStatement | Kind::ContinueStatement => Some(Body::Nothing(only)),
        Kind::ExpressionStatement => {
            let is_ellipsis = expression(only).is_some_and(|it| kind(it) == Kind::Ellipsis);
            is_ellipsis.then_some(Body::Nothing(only))
        }
        Kind::ReturnStatement => match statements(only)[..] {
            [] => Some(Body::Nothing(only)),
            [value] => is_constant(value).then(|| Body::Returns(only, subject.text(value))),
            _ => None,
        },
        _ => None,
    }
}

fn is_constant(value: Node<'_>) -> bool {
    match kind(value) {
        Kind::None | Kind::True | Kind::False | Kind::Integer => true,
        Kind::List | Kind::Dictionary | Kind::Tuple => statements(value).is_empty(),
        _ => false,
    }
}

/// True when a comment stands in the clause, or on the line in front of it or of the `try`.
fn is_explained(subject: &Subject<'_>, tried: Node<'_>) -> bool {
    let text = subject.item_text();
    let clause = subject.node();
    let line_end = |from: usize| text[from..].find('\n').map_or(text.len(), |at| from + at);
    let line_start = |at: usize| text[..at].rfind('\n').map_or(0, |at| at + 1);
    let before = |at: usize| {
        let start = line_start(at);
        let above = line_start(start.saturating_sub(1));
        text[above..start].trim_start().starts_with('#')
    };
    let after = line_end(clause.end_byte().max(clause.start_byte()));
    let below = text.get(after + 1..line_end((after + 1).min(text.len()))).unwrap_or("");
    text[clause.start_byte()..after].contains('#')
        || below.trim_start().starts_with('#')
        || before(clause.start_byte())
        || before(tried.start_byte())
        || text[line_start(tried.start_byte())..line_end(tried.start_byte())].contains('#')
}

/// True when the `try` is a last try: something is given up, or another exception is dealt with.
fn is_last_act(subject: &Subject<'_>, tried: Node<'_>) -> bool {
    let is_last = |name: &str| {
        let name = name.to_lowercase();
        LAST_ACTS.iter().any(|word| name.contains(word))
    };
    for node in subject.ancestors().skip(1) {
        match kind(node) {
            Kind::ExceptClause | Kind::FinallyClause => return true,
            Kind::FunctionDefinition
                if Field::Name.of(node).is_some_and(|name| is_last(subject.text(name))) =>
            {
                return true;
            }
            _ => {}
        }
    }
    let Some(body) = Field::Body.of(tried) else { return true };
    let mut acts = false;
    walk::until(body, |node| {
        if kind(node) == Kind::Call {
            let callee = Field::Function.of(node);
            let name = method(node).map(|(_, name)| name).or(callee);
            acts |= name.is_some_and(|name| is_last(subject.text(name)));
        }
        acts
    });
    acts
}

fn is_wanted(subject: &Subject<'_>) -> bool {
    let functions = subject.ancestors().filter(|node| kind(*node) == Kind::FunctionDefinition);
    let mut words = String::new();
    for function in functions {
        let doc = docstring(function, subject.item_text());
        for node in [Field::Name.of(function), doc].into_iter().flatten() {
            words.push_str(&subject.text(node).to_lowercase());
            words.push(' ');
        }
    }
    WANTED.iter().any(|word| words.contains(word))
}

/// True when the statements call a function or method that the file defines.
fn calls_own_function(subject: &Subject<'_>, body: Node<'_>) -> bool {
    let mut found = false;
    walk::until(body, |node| {
        let callee = Field::Function.of(node).filter(|_| kind(node) == Kind::Call);
        found |=
            callee.and_then(|callee| function_called(subject, subject.item(), callee)).is_some();
        found
    });
    found
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    [name_them(subject, found), log_it(subject, found)].into_iter().flatten().collect()
}

/// `except ValueError:`, where all that the block does is known to raise that.
fn name_them(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let clause = subject.node();
    let tried = subject.ancestors().next()?;
    let errors = raised(subject, Field::Body.of(tried)?)?;
    let mut edits = Vec::new();
    let mut written = Vec::new();
    for error in &errors {
        written.push(match error.rsplit_once('.') {
            Some((module, name)) => {
                let import = imported(subject, clause, module, name);
                edits.extend(import.edit.filter(|edit| !edits.contains(edit)));
                import.expression
            }
            None => {
                let is_hidden =
                    subject.names().is_hidden_at(subject.item(), clause.start_byte(), error)
                        || !subject.names().module_bindings(error).is_empty();
                (!is_hidden).then(|| error.clone())?
            }
        });
    }
    let text = match &written[..] {
        [only] => only.clone(),
        all => format!("({})", all.join(", ")),
    };
    edits.push(match caught(clause) {
        Some(what) => (subject.span(what), text),
        None => {
            let end = subject.span(clause).start + "except".len();
            (Span::empty(end), format!(" {text}"))
        }
    });
    let mut facts = found.facts.clone();
    facts.codes("errors", written);
    Some(Plan { fix: "name-them", safety: Safety::Review, facts, edits })
}

/// What the statements raise by the table; nothing when something in them may raise anything.
fn raised(subject: &Subject<'_>, body: Node<'_>) -> Option<Vec<String>> {
    let names = subject.names();
    let mut errors: Vec<String> = Vec::new();
    let mut known = true;
    walk::until(body, |node| {
        match kind(node) {
            Kind::Call => {
                let row = called_name(subject, node).and_then(|name| subject.row(RAISES, &name));
                match row.map(|row| row.get("errors")) {
                    Some(Some(Value::Codes(all))) => errors.extend(all.iter().cloned()),
                    Some(_) => {}
                    None => known = false,
                }
            }
            Kind::Await
            | Kind::Yield
            | Kind::Subscript
            | Kind::RaiseStatement
            | Kind::AssertStatement
            | Kind::BinaryOperator
            | Kind::AugmentedAssignment
            | Kind::DeleteStatement
            | Kind::ImportStatement
            | Kind::ImportFromStatement
            | Kind::FunctionDefinition
            | Kind::ClassDefinition
            | Kind::PatternList => known = false,
            _ => {}
        }
        !known
    });
    // What an attribute does is known only of modules and of what is called above.
    let mut callees = Vec::new();
    walk::until(body, |node| {
        match kind(node) {
            Kind::Call => callees.extend(Field::Function.of(node)),
            // What a call that is known returns has its attributes.
            Kind::Attribute if Field::Object.of(node).is_some_and(|it| kind(it) == Kind::Call) => {
                callees.push(node);
            }
            _ => {}
        }
        known &= kind(node) != Kind::Attribute
            || callees.contains(&node)
            || names.qualified(subject.item(), node).is_some();
        !known
    });
    errors.sort_by_key(|error| error.contains('.'));
    let mut unique: Vec<String> = Vec::new();
    for error in errors {
        if !unique.contains(&error) {
            unique.push(error);
        }
    }
    (known && !unique.is_empty()).then_some(unique)
}

const LOGGERS: &[&str] = &["logger", "log", "LOGGER", "LOG", "_logger", "_log", "_LOGGER", "_LOG"];

/// A line in the log, with the traceback.
fn log_it(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let names = subject.names();
    let logger = LOGGERS.iter().find(|name| {
        let [bound] = names.module_bindings(name)[..] else { return false };
        let made = names.node(bound).and_then(|node| Field::Right.of(node));
        let is_logger = made
            .and_then(|made| value::of(names, bound.item, made))
            .is_some_and(|value| value.made_by() == Some("logging.getLogger"));
        is_logger && !names.is_hidden_at(subject.item(), subject.node().start_byte(), name)
    })?;
    let function = subject.ancestors().find(|node| kind(*node) == Kind::FunctionDefinition);
    let name = function.and_then(|function| Field::Name.of(function))?;
    let call = format!("{logger}.exception(\"{} failed\")", subject.text(name));
    let (Body::Nothing(statement) | Body::Returns(statement, _)) = body(subject)?;
    let edit = match kind(statement) {
        Kind::PassStatement | Kind::ExpressionStatement => (subject.span(statement), call),
        _ => {
            let indent = indentation(subject, statement)?;
            let start = subject.span(statement).start;
            (Span::empty(start), format!("{call}{}{indent}", break_of(subject)))
        }
    };
    let mut facts = found.facts.clone();
    facts.code("logger", *logger);
    Some(Plan { fix: "log-it", safety: Safety::Review, facts, edits: vec![edit] })
}
