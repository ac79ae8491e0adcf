//! An annotation names `List`, `Optional` or the like, and the file imports no such name.

use crate::PythonVersion;
use crate::analysis::Safety;
use crate::facts::type_hints::annotation::subscripted;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Plan, Rule, imported_name};
use crate::names::Meaning;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};

use super::code::contains;

pub static RULE: Rule = Rule {
    id: "typing-name-unimported",
    kinds: &[Kind::Identifier],
    slots: SLOTS,
    cases: &["deferred"],
    fixes: &["use-builtin", "use-bar", "import-name"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the name as it is written"),
    Slot::new("builtin", SlotKind::Code, "the builtin type that does the same"),
    Slot::new("short", SlotKind::Code, "the union with `|`"),
    Slot::new("module", SlotKind::Code, "the module that has the name"),
];

/// Names of `typing` that a builtin type replaces since 3.9 (PEP 585).
const BUILTINS: &[(&str, &str)] = &[
    ("Dict", "dict"),
    ("FrozenSet", "frozenset"),
    ("List", "list"),
    ("Set", "set"),
    ("Tuple", "tuple"),
    ("Type", "type"),
];

const TYPING: &[&str] = &[
    "Annotated",
    "Any",
    "ClassVar",
    "Final",
    "Literal",
    "NamedTuple",
    "NoReturn",
    "Optional",
    "Protocol",
    "TypedDict",
    "Union",
];

const ABC: &[&str] = &[
    "AsyncGenerator",
    "AsyncIterable",
    "AsyncIterator",
    "Awaitable",
    "Callable",
    "Collection",
    "Coroutine",
    "Generator",
    "Iterable",
    "Iterator",
    "Mapping",
    "MutableMapping",
    "MutableSequence",
    "MutableSet",
    "Sequence",
];

fn module_of(name: &str) -> Option<&'static str> {
    if ABC.contains(&name) {
        return Some("collections.abc");
    }
    let known = TYPING.contains(&name) || builtin_for(name).is_some();
    known.then_some("typing")
}

fn builtin_for(name: &str) -> Option<&'static str> {
    BUILTINS.iter().find(|(old, _)| *old == name).map(|(_, new)| *new)
}

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let node = subject.node();
    let name = subject.text(node);
    // Most names are none of these, and this is asked about every name.
    if !name.starts_with(|first: char| first.is_ascii_uppercase()) {
        return;
    }
    let Some(module) = module_of(name) else { return };
    let names = subject.names();
    let Some(scopes) = names.scopes(subject.item()) else { return };
    let Some(reference) = scopes.reference_at(node.start_byte()) else { return };
    let document = subject.document();
    if !reference.in_annotation
        || document.has_star_import()
        || document.is_dynamic()
        || !matches!(names.meaning(subject.item(), node), Meaning::Unknown)
        || !names.module_bindings(name).is_empty()
        || names.is_hidden_at(subject.item(), node.start_byte(), name)
        || !is_loaded_bare(subject)
    {
        return;
    }
    let mut facts = Facts::of(SLOTS);
    facts.code("name", name).code("module", module);
    if let Some(builtin) = builtin_for(name) {
        facts.code("builtin", builtin);
    }
    let case = is_deferred(subject).then_some("deferred");
    found.push(Found { at: node.byte_range().into(), case, facts, related: Vec::new() });
}

/// False for the attribute in `typing.List` and for a keyword.
fn is_loaded_bare(subject: &Subject<'_>) -> bool {
    let Some(parent) = subject.ancestors().next() else { return false };
    match kind(parent) {
        Kind::Attribute => Field::Object.of(parent) == Some(subject.node()),
        Kind::KeywordArgument => Field::Value.of(parent) == Some(subject.node()),
        _ => true,
    }
}

/// True when the annotation is not evaluated where it stands: under `from __future__ import
/// annotations`, on 3.14 or later (PEP 649), or of a local variable (PEP 526).
fn is_deferred(subject: &Subject<'_>) -> bool {
    let names = subject.names();
    let future = names.module_bindings("annotations").iter().any(|bound| {
        names.node(*bound).is_some_and(|node| kind(node) == Kind::FutureImportStatement)
    });
    if future || subject.settings().target >= PythonVersion::py3(14) {
        return true;
    }
    let path = subject.path();
    let is_local = |at: usize| {
        let around = path[..at]
            .iter()
            .rev()
            .find(|node| matches!(kind(**node), Kind::FunctionDefinition | Kind::ClassDefinition));
        around.is_some_and(|node| kind(*node) == Kind::FunctionDefinition)
    };
    path.iter().rposition(|node| kind(*node) == Kind::Assignment).is_some_and(|at| {
        let in_parameters =
            path[at..].iter().any(|node| matches!(kind(*node), Kind::Parameters | Kind::Lambda));
        !in_parameters && is_local(at)
    })
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    let node = subject.node();
    let plan = use_builtin(subject, node, found)
        .or_else(|| use_bar(subject, node, found))
        .or_else(|| import(subject, node, found));
    plan.into_iter().collect()
}

/// `X | None` for `Optional[X]`, and the like for `Union`, where that is an expression (PEP 604).
fn use_bar(subject: &Subject<'_>, node: Node<'_>, found: &Found) -> Option<Plan> {
    let name = subject.text(node);
    let is_new = subject.settings().target >= PythonVersion::py3(10);
    (is_new && matches!(name, "Optional" | "Union")).then_some(())?;
    let union = subject.ancestors().next()?;
    let parts = subscripted(union).filter(|parts| parts.base == node)?;
    // A string has no `|`, and what is no type may have none.
    let is_plain = |part: &Node<'_>| {
        matches!(kind(*part), Kind::Identifier | Kind::Attribute | Kind::None)
            || subscripted(*part).is_some()
    };
    (parts.arguments.iter().all(is_plain) && !contains(union, &[Kind::String])).then_some(())?;
    let mut members: Vec<_> = parts.arguments.iter().map(|part| subject.text(*part)).collect();
    if name == "Optional" {
        members.push("None");
    }
    let short = members.join(" | ");
    let mut facts = found.facts.clone();
    facts.code("short", &*short);
    let edits = vec![(subject.span(union), short)];
    Some(Plan { fix: "use-bar", safety: Safety::Review, facts, edits })
}

/// The builtin type, where it takes parameters (PEP 585). Then the import would only bring in a
/// deprecated name.
fn use_builtin(subject: &Subject<'_>, node: Node<'_>, found: &Found) -> Option<Plan> {
    let builtin = builtin_for(subject.text(node))?;
    let is_generic = subject.settings().target >= PythonVersion::py3(9);
    (is_generic && is_builtin_at(subject, node, builtin)).then_some(())?;
    let facts = found.facts.clone();
    let edits = vec![(subject.span(node), builtin.to_owned())];
    Some(Plan { fix: "use-builtin", safety: Safety::Safe, facts, edits })
}

/// True when `name` written at `node` is the builtin.
pub(crate) fn is_builtin_at(subject: &Subject<'_>, node: Node<'_>, name: &str) -> bool {
    let names = subject.names();
    matches!(names.module_meaning(name), Meaning::Builtin)
        && !names.is_hidden_at(subject.item(), node.start_byte(), name)
}

fn import(subject: &Subject<'_>, node: Node<'_>, found: &Found) -> Option<Plan> {
    let name = subject.text(node);
    let import = imported_name(subject, node, module_of(name)?, name)?;
    let mut edits: Vec<_> = import.edit.into_iter().collect();
    if import.expression != name {
        edits.push((subject.span(node), import.expression));
    }
    let facts = found.facts.clone();
    Some(Plan { fix: "import-name", safety: Safety::Safe, facts, edits })
}
