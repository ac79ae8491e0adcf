//! A name that a nested function takes from a function around it.
//!
//! Source: Python Language Reference, Execution model, Naming and binding: a free variable is
//! looked up when the block that uses it runs, in the variable that the block around it has.

use super::around::{
    decorator_with, is_function, line_of, lines_of, name_of, names_of, node_of, users,
};
use super::call_sites::is_callee;
use super::{Facts, Provider, Slot, SlotKind, Value};
use crate::Span;
use crate::scope::{Binding, BindingKind, ItemScopes, Reference, Resolution, ScopeId, ScopeKind};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

pub static PROVIDER: Provider = Provider {
    name: "closure-variable",
    doc: "a use of a name that is a variable of a function, lambda or comprehension around the \
          function that uses it; `@target` is the `identifier`",
    slots: SLOTS,
    run,
};

const HOW: &[&str] = &[
    "a parameter",
    "a loop variable",
    "a nested function",
    "a nested class",
    "an imported name",
    "a local variable",
];

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the variable"),
    Slot::new("how", SlotKind::Words(HOW), "what binds it"),
    Slot::new("function", SlotKind::Code, "the function that uses it"),
    Slot::new("made", SlotKind::Code, "the function made in the owner: `function`, or around it"),
    Slot::new("owner", SlotKind::Code, "the function or lambda whose variable it is"),
    Slot::new("comprehension", SlotKind::Flag, "the owner is a comprehension"),
    Slot::new("bound", SlotKind::Lines, "where the owner binds it"),
    Slot::new(
        "once",
        SlotKind::Flag,
        "it is bound in one place, which runs once, before the function is made",
    ),
    Slot::new("rebound", SlotKind::Lines, "where the owner rebinds it below the function"),
    Slot::new(
        "late",
        SlotKind::Line,
        "the first line that binds it, if that is below the function",
    ),
    Slot::new("loop", SlotKind::Line, "the loop around the function that rebinds it on each turn"),
    Slot::new("turns", SlotKind::Flag, "there is such a loop"),
    Slot::new("deleted", SlotKind::Lines, "where the owner deletes it for good"),
    Slot::new("exception", SlotKind::Flag, "it is bound by `except … as` alone, in one place"),
    Slot::new("writers", SlotKind::Codes, "the nested functions that rebind it by `nonlocal`"),
    Slot::new("written", SlotKind::Lines, "where they do"),
    Slot::new(
        "decorated",
        SlotKind::Codes,
        "the functions of the file that it holds, as the parameter of a decorator, one in each \
         call of the owner",
    ),
];

/// A use and what it was resolved to.
struct Free<'a> {
    scopes: &'a ItemScopes,
    owner: ScopeId,
    owner_node: Node<'a>,
    /// The innermost function around the use.
    function: Node<'a>,
    /// The outermost function around the use that stands in the owner.
    made: Node<'a>,
    /// In order of position, without those that give no value.
    bindings: Vec<&'a Binding>,
    deletions: Vec<&'a Binding>,
}

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let free = free(subject)?;
    let owner = free.owner;
    let mut facts = Facts::of(SLOTS);
    facts.code("name", subject.text(subject.node())).word("how", how(&free.bindings));
    facts.code("function", name_of(subject, free.function));
    facts.code("made", name_of(subject, free.made));
    if is_function(free.scopes, owner) {
        facts.code("owner", name_of(subject, free.owner_node));
    } else {
        facts.flag("comprehension", true);
    }
    let (own, written): (Vec<&Binding>, Vec<&Binding>) =
        free.bindings.iter().partition(|binding| is_within(free.scopes, binding.from, owner));
    let lines =
        |list: &[&Binding]| Value::Lines(lines_of(subject, list.iter().map(|binding| binding.at)));
    facts.set("bound", lines(&own)).set("written", lines(&written));
    facts.codes("writers", writers(subject, free.scopes, &written));

    let made = Span::from(free.made.byte_range());
    let around = loops(&free);
    let turns = own.iter().find_map(|binding| {
        around.iter().rev().find(|each| binding.from == owner && each.contains(binding.at))
    });
    let below = |binding: &&&Binding| binding.at.start >= made.end;
    let first = own.first()?;
    if let Some(turns) = turns {
        facts.line("loop", line_of(subject, *turns)).flag("turns", true);
    } else if below(&first) {
        // What only adds to the value needs one; anything else may be the first to give it.
        let augments = |it: &&Binding| it.kind == BindingKind::AugmentedAssignment;
        if written.iter().all(augments) {
            facts.line("late", line_of(subject, first.at));
        }
    } else {
        let rebound: Vec<&Binding> = own.iter().filter(below).copied().collect();
        facts.set("rebound", lines(&rebound));
        let lasts = free.deletions.is_empty() && is_lasting(first);
        facts.flag("once", written.is_empty() && own.len() == 1 && lasts);
    }
    if turns.is_none() && written.is_empty() {
        facts.set("deleted", lines(&for_good(&free)));
        let is_exception = matches!(own[..], [one] if one.kind == BindingKind::Except);
        facts.flag("exception", is_exception);
    }
    facts.codes("decorated", decorated(subject, &free));
    Some(facts)
}

/// Nothing unless the identifier is used in a function nested in the one that it belongs to.
fn free<'a>(subject: &Subject<'a>) -> Option<Free<'a>> {
    let node = subject.node();
    if names_decorator(subject) {
        return None;
    }
    let scopes = subject.names().scopes(subject.item())?;
    let reference: &Reference = scopes.reference_at(node.start_byte())?;
    (reference.at == Span::from(node.byte_range())).then_some(())?;
    let Resolution::Local(owner) = scopes.resolve(reference.scope, reference.name) else {
        return None;
    };
    let is_comprehension = scopes.scopes()[owner].kind == ScopeKind::Comprehension;
    (is_comprehension || is_function(scopes, owner)).then_some(())?;
    let mut functions = Vec::new();
    let mut at = reference.scope;
    while at != owner {
        if is_function(scopes, at) {
            functions.push(at);
        }
        at = scopes.scopes()[at].parent?;
    }
    let owner_node = node_of(subject, scopes, owner)?;
    let (deletions, bindings): (Vec<&Binding>, Vec<&Binding>) = scopes
        .bindings(owner, reference.name)
        .filter(|binding| binding.kind != BindingKind::Declaration)
        .partition(|binding| binding.kind == BindingKind::Delete);
    (!owner_node.is_broken() && !bindings.is_empty()).then_some(())?;
    Some(Free {
        scopes,
        owner,
        owner_node,
        function: node_of(subject, scopes, *functions.first()?)?,
        made: node_of(subject, scopes, *functions.last()?)?,
        bindings,
        deletions,
    })
}

/// True for the name behind an `@`, which the cards about decorators speak of.
fn names_decorator(subject: &Subject<'_>) -> bool {
    let mut child = subject.node();
    for node in subject.ancestors() {
        match kind(node) {
            Kind::Decorator => return true,
            Kind::Call if is_callee(node, child) => child = node,
            _ => return false,
        }
    }
    false
}

/// True when a statement in `scope` runs as part of `owner`: not in a nested function.
fn is_within(scopes: &ItemScopes, mut scope: ScopeId, owner: ScopeId) -> bool {
    while scope != owner {
        match scopes.scopes()[scope].parent {
            Some(parent) if !is_function(scopes, scope) => scope = parent,
            _ => return false,
        }
    }
    true
}

fn how(bindings: &[&Binding]) -> &'static str {
    let all = |wanted: &[BindingKind]| bindings.iter().all(|it| wanted.contains(&it.kind));
    match () {
        () if bindings.iter().any(|it| it.kind == BindingKind::Parameter) => HOW[0],
        () if all(&[BindingKind::For]) => HOW[1],
        () if all(&[BindingKind::Function]) => HOW[2],
        () if all(&[BindingKind::Class]) => HOW[3],
        () if all(&[BindingKind::Import, BindingKind::ImportFrom]) => HOW[4],
        () => HOW[5],
    }
}

/// Bound for good by a statement that runs once in a call of the owner.
fn is_lasting(binding: &Binding) -> bool {
    !binding.conditional
        && matches!(
            binding.kind,
            BindingKind::Parameter
                | BindingKind::Assignment
                | BindingKind::AnnotatedAssignment
                | BindingKind::Import
                | BindingKind::ImportFrom
                | BindingKind::Function
                | BindingKind::Class
                | BindingKind::With
        )
}

/// The deletions of the owner after which nothing binds the variable again.
fn for_good<'a>(free: &Free<'a>) -> Vec<&'a Binding> {
    let last = free.bindings.last().map_or(0, |binding| binding.at.start);
    let lasts = |it: &&Binding| it.from == free.owner && !it.conditional && it.at.start > last;
    if free.deletions.iter().all(lasts) { free.deletions.clone() } else { Vec::new() }
}

/// The loops of the owner that make the function anew on each turn, from the outside in.
fn loops(free: &Free<'_>) -> Vec<Span> {
    let made = free.made.byte_range();
    if !is_function(free.scopes, free.owner) {
        return vec![free.owner_node.byte_range().into()];
    }
    let path = walk::path_to(free.owner_node, made.start, made.end).unwrap_or_default();
    path.windows(2)
        .filter(|pair| {
            let body = pair[0].child_in(Field::Body);
            matches!(kind(pair[0]), Kind::ForStatement | Kind::WhileStatement)
                && body.is_some_and(|body| body.id() == pair[1].id())
        })
        .map(|pair| pair[0].byte_range().into())
        .collect()
}

fn writers(subject: &Subject<'_>, scopes: &ItemScopes, written: &[&Binding]) -> Vec<String> {
    let mut found = Vec::new();
    for binding in written {
        let Some(node) = node_of(subject, scopes, binding.from) else { continue };
        let name = name_of(subject, node).to_owned();
        if !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

/// The functions that a decorator's own parameter stands for.
fn decorated<'a>(subject: &Subject<'a>, free: &Free<'a>) -> Vec<&'a str> {
    let Some(decorator) = decorator_with(subject, free.owner_node) else { return Vec::new() };
    let is_func = decorator.function.id() == free.owner_node.id()
        && decorator.func == subject.text(subject.node());
    if is_func {
        names_of(subject.names(), &users(subject.names(), &decorator))
    } else {
        Vec::new()
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_lifetime;
#[cfg(test)]
mod tests_silent;
