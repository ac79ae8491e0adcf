//! `nonlocal`: whose variables a function rebinds, and what shares them.
//!
//! Source: Python Language Reference, Simple statements, The `nonlocal` statement; Execution model,
//! Naming and binding.

use super::around::{
    decorator_with, function_around, is_function, line_of, lines_of, name_of, names_of, node_of,
    users,
};
use super::call_sites::calls_of;
use super::{Facts, Provider, Slot, SlotKind, Value};
use crate::Span;
use crate::scope::{Binding, BindingKind, ItemScopes, NameId, Resolution, ScopeId};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};
use crate::walk;

pub static PROVIDER: Provider = Provider {
    name: "nonlocal",
    doc: "a `nonlocal` statement in a function; `@target` is the `nonlocal_statement`, `@name` the \
          one name to speak of, or all without it",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("function", SlotKind::Code, "the function with the statement"),
    Slot::new("names", SlotKind::Codes, "the variables"),
    Slot::new("owner", SlotKind::Code, "the function whose variables they are, if it is one"),
    Slot::new("variables", SlotKind::Records(VARIABLES), "each of the variables"),
    Slot::new(
        "decorated",
        SlotKind::Codes,
        "the functions of the file that the owner decorates, each in a call of its own",
    ),
    Slot::new("calls", SlotKind::Lines, "where else the file calls the owner by its name"),
    Slot::new(
        "unlocked",
        SlotKind::Lines,
        "where the function reads a variable and rebinds it in one statement, with no `with` \
         around it and no `acquire` in the function",
    ),
    Slot::new(
        "read-first",
        SlotKind::Codes,
        "variables that the function reads above the first place where it rebinds them",
    ),
    Slot::new("needless", SlotKind::Codes, "variables that the function does not rebind"),
    Slot::new("others", SlotKind::Codes, "other nested functions that rebind one of them"),
];

static VARIABLES: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the variable"),
    Slot::new("owner", SlotKind::Code, "the function that it belongs to"),
    Slot::new("bound", SlotKind::Lines, "where that function binds it"),
    Slot::new("rebound", SlotKind::Lines, "where the function with the statement rebinds it"),
];

/// A name of the statement.
struct Variable<'a> {
    written: &'a str,
    name: NameId,
    owner: ScopeId,
    /// Its bindings in all functions.
    bindings: Vec<&'a Binding>,
}

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let names = subject.names();
    let function = function_around(subject)?;
    let scopes = names.scopes(subject.item())?;
    let here = scopes.scope_of(function.byte_range().into())?;
    let in_class = subject.ancestors().find(|node| {
        matches!(kind(*node), Kind::ClassDefinition | Kind::FunctionDefinition | Kind::Lambda)
    });
    if in_class.is_some_and(|node| kind(node) == Kind::ClassDefinition) || function.is_broken() {
        return None;
    }
    let all = statements(subject.node());
    let chosen = subject.capture("name");
    let mut variables = Vec::new();
    for node in all {
        let variable = variable(subject, scopes, here, node)?;
        if chosen.is_none_or(|chosen| chosen.id() == node.id()) {
            variables.push(variable);
        }
    }
    let owner = variables.first()?.owner;
    let owners: Vec<Node<'_>> = variables
        .iter()
        .map(|variable| node_of(subject, scopes, variable.owner))
        .collect::<Option<_>>()?;
    if owners.iter().any(|owner| owner.is_broken()) {
        return None;
    }

    let mut facts = Facts::of(SLOTS);
    facts.code("function", name_of(subject, function));
    facts.codes("names", variables.iter().map(|variable| variable.written));
    if variables.iter().all(|variable| variable.owner == owner) {
        facts.code("owner", name_of(subject, owners[0]));
        sharing(subject, owners[0], &mut facts);
    }
    let records = variables.iter().zip(&owners).map(|(variable, owner)| {
        let at = |from: ScopeId| {
            let bindings = variable.bindings.iter().filter(move |binding| binding.from == from);
            Value::Lines(lines_of(subject, bindings.map(|binding| binding.at)))
        };
        let mut record = Facts::of(VARIABLES);
        record.code("name", variable.written).code("owner", name_of(subject, *owner));
        record.set("bound", at(variable.owner)).set("rebound", at(here));
        record
    });
    facts.records("variables", records.collect());
    let rebinds =
        |variable: &&Variable<'_>| variable.bindings.iter().any(|binding| binding.from == here);
    facts.codes(
        "needless",
        variables.iter().filter(|variable| !rebinds(variable)).map(|variable| variable.written),
    );
    facts.codes(
        "read-first",
        variables
            .iter()
            .filter(rebinds)
            .filter(|variable| is_read_first(scopes, here, variable))
            .map(|variable| variable.written),
    );
    facts.codes("others", others(subject, scopes, here, &variables));
    let unlocked = unlocked(subject, scopes, here, function, &variables);
    facts.set("unlocked", Value::Lines(unlocked));
    Some(facts)
}

/// Nothing for a name that the statement may not declare: there is no such variable around the
/// function, it is a parameter of it, or it is used above the statement.
fn variable<'a>(
    subject: &Subject<'a>,
    scopes: &'a ItemScopes,
    here: ScopeId,
    node: Node<'_>,
) -> Option<Variable<'a>> {
    let written = subject.text(node);
    let name = scopes.number(written)?;
    let Resolution::Local(owner) = scopes.resolve(here, name) else { return None };
    if owner == here || !is_function(scopes, owner) {
        return None;
    }
    let bindings: Vec<&Binding> = scopes.bindings(owner, name).collect();
    let early = |at: Span| at.start < subject.node().start_byte();
    let misplaced = bindings
        .iter()
        .filter(|binding| binding.from == here)
        .any(|binding| binding.kind == BindingKind::Parameter || early(binding.at))
        || reads(scopes, here, name).any(early);
    (!misplaced).then_some(Variable { written, name, owner, bindings })
}

/// Where `name` is read in this very scope.
fn reads(scopes: &ItemScopes, here: ScopeId, name: NameId) -> impl Iterator<Item = Span> {
    let references = scopes.references().iter();
    references
        .filter(move |reference| reference.scope == here && reference.name == name)
        .map(|reference| reference.at)
}

fn is_read_first(scopes: &ItemScopes, here: ScopeId, variable: &Variable<'_>) -> bool {
    let first_bound = variable
        .bindings
        .iter()
        .filter(|binding| binding.from == here)
        .map(|binding| binding.at.start)
        .min();
    let first_read = reads(scopes, here, variable.name).map(|at| at.start).min();
    first_read.zip(first_bound).is_some_and(|(read, bound)| read <= bound)
}

/// What makes new variables: the functions that the owner decorates, or the calls of the owner.
fn sharing(subject: &Subject<'_>, owner: Node<'_>, facts: &mut Facts) {
    let names = subject.names();
    if let Some(decorator) = decorator_with(subject, owner)
        && decorator.function.id() == owner.id()
    {
        facts.codes("decorated", names_of(names, &users(names, &decorator)));
    }
    let calls = calls_of(names, subject.item(), owner);
    let mut lines: Vec<usize> = calls.iter().map(|site| site.line(subject.document())).collect();
    lines.dedup();
    facts.set("calls", Value::Lines(lines));
}

fn others(
    subject: &Subject<'_>,
    scopes: &ItemScopes,
    here: ScopeId,
    variables: &[Variable<'_>],
) -> Vec<String> {
    let own = node_of(subject, scopes, here).map_or("", |function| name_of(subject, function));
    let mut found = Vec::new();
    for variable in variables {
        for binding in &variable.bindings {
            let is_other = binding.from != here
                && binding.from != variable.owner
                && is_function(scopes, binding.from);
            let node = is_other.then(|| node_of(subject, scopes, binding.from)).flatten();
            let Some(node) = node else { continue };
            let name = name_of(subject, node).to_owned();
            if !found.contains(&name) && name != own {
                found.push(name);
            }
        }
    }
    found
}

/// Statements that read the variable and write it back, so that another thread may come between.
fn unlocked(
    subject: &Subject<'_>,
    scopes: &ItemScopes,
    here: ScopeId,
    function: Node<'_>,
    variables: &[Variable<'_>],
) -> Vec<usize> {
    let mut is_careful = false;
    walk::until(function, |node| {
        is_careful |= kind(node) == Kind::Attribute
            && node.child_in(Field::Attribute).is_some_and(|name| subject.text(name) == "acquire");
        is_careful
    });
    if is_careful {
        return Vec::new();
    }
    let in_with = |at: Span| {
        walk::path_to(function, at.start, at.end)
            .is_none_or(|path| path.iter().any(|node| kind(*node) == Kind::WithStatement))
    };
    let mut lines = Vec::new();
    for variable in variables {
        for binding in variable.bindings.iter().filter(|binding| binding.from == here) {
            let reads_it = match binding.kind {
                BindingKind::AugmentedAssignment => true,
                BindingKind::Assignment => {
                    reads(scopes, here, variable.name).any(|at| binding.node.contains(at))
                }
                _ => false,
            };
            if reads_it && !in_with(binding.at) {
                lines.push(line_of(subject, binding.at));
            }
        }
    }
    lines.sort_unstable();
    lines.dedup();
    lines
}

#[cfg(test)]
mod tests;
