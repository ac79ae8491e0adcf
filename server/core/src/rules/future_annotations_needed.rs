//! An annotation needs a later Python than the oldest that the code must run on.
//!
//! Sources: PEP 563, PEP 585, PEP 604; checked with CPython 3.8 and 3.9.

use crate::PythonVersion;
use crate::analysis::Safety;
use crate::facts::classes::Class;
use crate::facts::source_text::one_line;
use crate::facts::type_hints::annotation::{alternatives, inner, is_deferred, subscripted};
use crate::facts::type_hints::is_evaluated;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Plan, Rule, future_import};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

use super::code::{may_be_caught, mentions};

pub static RULE: Rule = Rule {
    id: "future-annotations-needed",
    kinds: &[Kind::Type],
    slots: SLOTS,
    cases: &["union"],
    fixes: &["import-annotations"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("part", SlotKind::Code, "the part of the annotation that fails"),
    Slot::new("class", SlotKind::Code, "the class that takes no parameters yet"),
    Slot::new("target", SlotKind::Code, "the oldest Python the code must run on"),
];

/// Classes that take parameters since 3.9; of `collections.abc` all.
const SINCE_3_9: &[&str] = &[
    "builtins.dict",
    "builtins.frozenset",
    "builtins.list",
    "builtins.set",
    "builtins.tuple",
    "builtins.type",
    "collections.ChainMap",
    "collections.Counter",
    "collections.OrderedDict",
    "collections.defaultdict",
    "collections.deque",
    "re.Match",
    "re.Pattern",
];

/// Modules whose names with a capital are classes without `|` of their own.
const MODULES: &[&str] = &["builtins", "decimal", "fractions", "pathlib", "typing", "uuid"];

/// Packages that evaluate annotations, whether they are kept as strings or not.
const READERS: &[&str] = &[
    "attrs",
    "cattrs",
    "fastapi",
    "get_annotations",
    "get_type_hints",
    "msgspec",
    "pydantic",
    "sqlalchemy",
    "sqlmodel",
    "typer",
];

/// What fails first when the annotation is evaluated.
enum Failure<'a> {
    Parameters(Node<'a>, Node<'a>),
    Union(Node<'a>),
}

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let settings = subject.settings();
    // A target that nobody named is a guess.
    if !settings.is_target_known() || settings.target >= PythonVersion::py3(10) {
        return;
    }
    let Some(failure) = failure(subject) else { return };
    let mut facts = Facts::of(SLOTS);
    facts.code("target", settings.target.to_string());
    let (node, case) = match failure {
        Failure::Parameters(node, class) => {
            facts.code("class", subject.text(class));
            (node, None)
        }
        Failure::Union(node) => (node, Some("union")),
    };
    facts.code("part", one_line(subject, node));
    found.push(Found { at: node.byte_range().into(), case, facts, related: Vec::new() });
}

fn failure<'a>(subject: &Subject<'a>) -> Option<Failure<'a>> {
    let (path, node) = (subject.path(), subject.node());
    let owner = path.len().checked_sub(2)?;
    let is_whole = match kind(path[owner]) {
        Kind::FunctionDefinition => Field::ReturnType.of(path[owner]) == Some(node),
        Kind::TypedParameter | Kind::TypedDefaultParameter | Kind::Assignment => {
            Field::Type.of(path[owner]) == Some(node)
        }
        _ => false,
    };
    is_whole.then_some(())?;
    let failure = first(subject, node)?;
    // What follows asks about more than the annotation.
    let at = path
        .iter()
        .rposition(|node| matches!(kind(*node), Kind::FunctionDefinition | Kind::Assignment))?;
    let is_told = |node: &Node<'_>| {
        let condition = Field::Condition.of(*node);
        matches!(kind(*node), Kind::IfStatement | Kind::ElifClause)
            && condition.is_some_and(|it| subject.text(it).contains("version"))
    };
    let fails = is_evaluated(subject)
        && !is_deferred(subject.document())
        && !path.iter().any(is_told)
        && !may_be_caught(subject, &path[..=at]);
    fails.then_some(failure)
}

/// The first part of the annotation that raises `TypeError`.
fn first<'a>(subject: &Subject<'a>, annotation: Node<'a>) -> Option<Failure<'a>> {
    let target = subject.settings().target;
    let mut found = None;
    walk::until(annotation, |node| {
        // An operand is evaluated before `|`.
        if matches!(found, Some(Failure::Parameters(..))) {
            return true;
        }
        let parts = subscripted(node).filter(|_| kind(node) != Kind::Type);
        if let Some(parts) = parts.filter(|_| target < PythonVersion::py3(9)) {
            let name = subject.names().qualified(subject.item(), parts.base);
            let is_new = name.is_some_and(|name| {
                SINCE_3_9.contains(&&*name) || name.starts_with("collections.abc.")
            });
            if is_new {
                found = Some(Failure::Parameters(node, parts.base));
            }
        }
        let is_union = matches!(kind(node), Kind::BinaryOperator | Kind::UnionType);
        if found.is_none() && is_union && joins_types(subject, node) {
            found = Some(Failure::Union(node));
        }
        matches!(kind(node), Kind::String | Kind::Lambda | Kind::Call)
    });
    found
}

/// True for `X | Y` of which the first two are known to be types without an own `|`.
fn joins_types(subject: &Subject<'_>, union: Node<'_>) -> bool {
    let mut at = union;
    loop {
        let Some((left, right)) = alternatives(at) else { return false };
        if alternatives(left).is_none() {
            return is_type(subject, left) && is_type(subject, right);
        }
        at = inner(left);
    }
}

fn is_type(subject: &Subject<'_>, node: Node<'_>) -> bool {
    let node = inner(node);
    if kind(node) == Kind::None {
        return true;
    }
    let base = subscripted(node).map_or(node, |parts| parts.base);
    if !matches!(kind(base), Kind::Identifier | Kind::Attribute) {
        return false;
    }
    match subject.names().qualified(subject.item(), base) {
        Some(name) => {
            let (module, last) = name.rsplit_once('.').unwrap_or(("", &name));
            SINCE_3_9.contains(&&*name)
                || matches!(&*name, "builtins.bool" | "builtins.bytes" | "builtins.float")
                || matches!(&*name, "builtins.int" | "builtins.object" | "builtins.str")
                || MODULES.contains(&module) && last.starts_with(|it: char| it.is_uppercase())
        }
        None => Class::resolve(subject.names(), subject.item(), base)
            .is_some_and(|class| class.is_plain()),
    }
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    (!mentions(subject, READERS)).then_some(())?;
    let edits = vec![future_import(subject.document(), "annotations")?];
    let facts = found.facts.clone();
    Some(Plan { fix: "import-annotations", safety: Safety::Review, facts, edits })
}
