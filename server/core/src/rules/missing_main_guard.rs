//! A module starts processes whenever it is imported.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::concurrency::{Around, Held, StartMethod, is_guarded, run_with, start_method};
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Plan, Rule};
use crate::scope::{MODULE, ScopeKind};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};
use crate::walk;

use super::code::{function_called, method};
use super::edit::has_long_string;
use super::shared::break_of;

pub static RULE: Rule = Rule {
    id: "missing-main-guard",
    kinds: &[Kind::Call],
    slots: SLOTS,
    cases: &["function"],
    fixes: &["guard"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[Slot::new("call", SlotKind::Code, "what is called")];

/// Calls that start processes at once.
const AT_ONCE: &[&str] =
    &["multiprocessing.Manager", "multiprocessing.Pool", "multiprocessing.pool.Pool"];

/// Calls that start them when a method of the result is called.
const LATER: &[(&str, &[&str])] = &[
    ("multiprocessing.Process", &["start"]),
    ("concurrent.futures.ProcessPoolExecutor", &["map", "submit"]),
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let call = subject.node();
    if Around::of(subject.path()) != Around::Module
        || is_guarded(subject.path(), subject.item_text())
    {
        return;
    }
    let Some(callee) = call.child_in(Field::Function) else { return };
    let case = match subject.callee() {
        Some(name) if AT_ONCE.contains(&&*name) => None,
        Some(name) => {
            let Some((_, methods)) = LATER.iter().find(|(maker, _)| *maker == name) else { return };
            if !starts_here(subject, methods) {
                return;
            }
            None
        }
        None if starts_in_function(subject, callee) => Some("function"),
        None => return,
    };
    // This asks about the whole file, so it comes last.
    if !matches!(start_method(subject.names()), StartMethod::Default) {
        return;
    }
    let mut facts = Facts::of(SLOTS);
    facts.code("call", subject.text(callee));
    found.push(Found { at: callee.byte_range().into(), case, facts, related: Vec::new() });
}

/// True when one of the methods is called on what the subject makes, on import too.
fn starts_here(subject: &Subject<'_>, methods: &[&str]) -> bool {
    // `Process(…).start()`
    let mut around = subject.ancestors();
    let at_once = around.next().zip(around.next()).and_then(|(_, call)| method(call));
    if at_once.is_some_and(|(object, name)| {
        object == subject.node() && methods.contains(&subject.text(name))
    }) {
        return true;
    }
    let on_import = |item: usize, path: &[Node<'_>]| {
        Around::of(path) == Around::Module && !is_guarded(path, subject.names().item(item).text())
    };
    if let Some(held) = Held::of(subject) {
        return held.uses.iter().any(|place| {
            place.method(subject).is_some_and(|(name, _)| methods.contains(&name))
                && on_import(place.item, &place.path)
        });
    }
    started_in_loop(subject, methods, on_import)
}

/// `ps = [Process(…) for …]`, and further down `for p in ps: p.start()`.
fn started_in_loop(
    subject: &Subject<'_>,
    methods: &[&str],
    on_import: impl Fn(usize, &[Node<'_>]) -> bool,
) -> bool {
    let names = subject.names();
    let mut around = subject.ancestors();
    let list = around.next().filter(|node| kind(*node) == Kind::ListComprehension);
    let assignment = around.next().filter(|node| kind(*node) == Kind::Assignment);
    let Some((list, assignment)) = list.zip(assignment) else { return false };
    let Some(name) = Field::Left.of(assignment).filter(|it| kind(*it) == Kind::Identifier) else {
        return false;
    };
    let [bound] = names.module_bindings(subject.text(name))[..] else { return false };
    let is_it = Field::Right.of(assignment) == Some(list)
        && bound.item == subject.item()
        && bound.binding.at == name.byte_range().into();
    is_it
        && names.uses(bound).unwrap_or_default().into_iter().any(|found| {
            let at = found.reference.at;
            let root = names.item(found.item).tree().map(|tree| tree.root_node());
            let path = root.and_then(|root| walk::path_to(root, at.start, at.end));
            let Some([.., statement, used]) = path.as_deref() else { return false };
            kind(*statement) == Kind::ForStatement
                && Field::Right.of(*statement) == Some(*used)
                && on_import(found.item, path.as_deref().unwrap_or_default())
                && calls_on_target(names.item(found.item).text(), *statement, methods)
        })
}

/// True when the loop calls one of the methods on its target.
fn calls_on_target(text: &str, statement: Node<'_>, methods: &[&str]) -> bool {
    let (Some(target), Some(body)) = (Field::Left.of(statement), Field::Body.of(statement)) else {
        return false;
    };
    let mut found = false;
    walk::until(body, |node| {
        found |= method(node).is_some_and(|(object, name)| {
            text[object.byte_range()] == text[target.byte_range()]
                && methods.contains(&&text[name.byte_range()])
        });
        found
    });
    found
}

/// True when the callee is a function of the file whose body starts processes.
fn starts_in_function(subject: &Subject<'_>, callee: Node<'_>) -> bool {
    let names = subject.names();
    let Some((item, function)) = function_called(subject, subject.item(), callee) else {
        return false;
    };
    let Some(body) = Field::Body.of(function) else { return false };
    let mut calls = Vec::new();
    run_with(body, |node| {
        if kind(node) == Kind::Call {
            calls.push(node);
        }
    });
    let text = names.item(item).text();
    let called = |wanted: &[&str]| {
        calls.iter().any(|call| {
            let callee = call.child_in(Field::Function);
            let name = callee.and_then(|callee| names.qualified(item, callee));
            name.is_some_and(|name| wanted.contains(&name.as_str()))
        })
    };
    let method_called = |wanted: &[&str]| {
        calls.iter().any(|call| {
            method(*call).is_some_and(|(_, name)| wanted.contains(&&text[name.byte_range()]))
        })
    };
    called(AT_ONCE)
        || LATER.iter().any(|(maker, methods)| called(&[*maker]) && method_called(methods))
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

/// `if __name__ == "__main__":` around everything from here to the end of the file.
fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let (names, document) = (subject.names(), subject.document());
    let mut last = None;
    for (item, found) in document.items().iter().enumerate().skip(subject.item()) {
        let root = names.item(item).tree()?.root_node();
        let [statement] = statements(root)[..] else {
            // Nothing but comments, or several statements on a line.
            statements(root).is_empty().then_some(())?;
            continue;
        };
        let can_move = !root.is_broken()
            && !matches!(
                kind(statement),
                Kind::FunctionDefinition
                    | Kind::ClassDefinition
                    | Kind::DecoratedDefinition
                    | Kind::ImportStatement
                    | Kind::ImportFromStatement
            )
            && !is_long_string(statement, found.text())
            && !binds_for_functions(subject, item);
        can_move.then_some(())?;
        last = Some((item, statement));
    }
    let (last, end) = last?;
    let first = *statements(names.item(subject.item()).tree()?.root_node()).first()?;
    (!has_long_string(subject, first, first)).then_some(())?;
    let span = Span::new(
        document.start_of(subject.item()) + first.start_byte(),
        document.start_of(last) + end.end_byte(),
    );
    let line_break = break_of(subject);
    let mut text = format!("if __name__ == \"__main__\":{line_break}");
    for line in document.text().slice(span).to_string().split_inclusive('\n') {
        if !line.trim().is_empty() {
            text.push_str("    ");
        }
        text.push_str(line);
    }
    let facts = found.facts.clone();
    Some(Plan { fix: "guard", safety: Safety::Review, facts, edits: vec![(span, text)] })
}

fn is_long_string(statement: Node<'_>, text: &str) -> bool {
    let mut found = false;
    walk::until(statement, |node| {
        found |= kind(node) == Kind::String && text[node.byte_range()].contains(['\n', '\r']);
        found
    });
    found
}

/// True when a function of the file reads a variable that the item binds: in a process that is
/// started anew it would not be there.
fn binds_for_functions(subject: &Subject<'_>, item: usize) -> bool {
    let names = subject.names();
    let Some(scopes) = names.scopes(item) else { return true };
    scopes.bound_names(MODULE).any(|name| {
        let text = scopes.name(name);
        subject.document().items_that_use(text).into_iter().any(|user| {
            names.scopes(user).is_none_or(|scopes| {
                let number = scopes.number(text);
                scopes.references().iter().any(|reference| {
                    let kind = scopes.scopes()[reference.scope].kind;
                    Some(reference.name) == number
                        && matches!(kind, ScopeKind::Function | ScopeKind::Lambda)
                })
            })
        })
    })
}
