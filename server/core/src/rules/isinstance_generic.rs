//! `isinstance(x, list[int])`: a parametrized type cannot be tested for.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::arguments, kind};

use super::code::{bare, callee_name, is_expected_to_fail, may_be_caught, plain_arguments};

pub static RULE: Rule = Rule {
    id: "isinstance-generic",
    kinds: &[Kind::Call],
    slots: SLOTS,
    cases: &[],
    fixes: &["drop-parameters"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "`isinstance` or `issubclass`"),
    Slot::new("generic", SlotKind::Code, "the parametrized type"),
    Slot::new("class", SlotKind::Code, "the type without its parameters"),
];

/// Builtin types that take parameters (PEP 585).
const BUILTINS: &[&str] = &[
    "builtins.dict",
    "builtins.frozenset",
    "builtins.list",
    "builtins.set",
    "builtins.tuple",
    "builtins.type",
];

/// Aliases of `typing` whose parametrized forms refuse instance checks, while the bare ones allow
/// them.
const TYPING: &[&str] = &[
    "ChainMap",
    "Collection",
    "Counter",
    "DefaultDict",
    "Deque",
    "Dict",
    "FrozenSet",
    "Generator",
    "Iterable",
    "Iterator",
    "List",
    "Mapping",
    "MutableMapping",
    "MutableSequence",
    "MutableSet",
    "OrderedDict",
    "Reversible",
    "Sequence",
    "Set",
    "Tuple",
    "Type",
];

/// Classes of `collections` and `collections.abc` that take parameters.
const COLLECTIONS: &[&str] = &[
    "ChainMap",
    "Collection",
    "Container",
    "Counter",
    "Generator",
    "Iterable",
    "Iterator",
    "Mapping",
    "MutableMapping",
    "MutableSequence",
    "MutableSet",
    "OrderedDict",
    "Reversible",
    "Sequence",
    "Set",
    "defaultdict",
    "deque",
];

fn is_generic(name: &str) -> bool {
    BUILTINS.contains(&name)
        || name.strip_prefix("typing.").is_some_and(|name| TYPING.contains(&name))
        || name
            .strip_prefix("collections.abc.")
            .or_else(|| name.strip_prefix("collections."))
            .is_some_and(|name| COLLECTIONS.contains(&name))
}

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let call = subject.node();
    let Some(callee) = callee_name(subject, call) else { return };
    if !matches!(&*callee, "builtins.isinstance" | "builtins.issubclass") {
        return;
    }
    let Some((positional, keywords)) = plain_arguments(call) else { return };
    let [_, second] = positional[..] else { return };
    let is_wanted = subject.settings().is_test
        || may_be_caught(subject, subject.path())
        || is_expected_to_fail(subject);
    if !keywords.is_empty() || is_wanted {
        return;
    }
    let mut pending = vec![second];
    while let Some(node) = pending.pop() {
        let node = bare(node);
        match kind(node) {
            Kind::Tuple => {
                pending.extend(node.named_children());
            }
            Kind::BinaryOperator => {
                let is_union = Field::Operator.of(node).is_some_and(|it| it.kind() == "|");
                if is_union {
                    pending.extend(Field::Left.of(node));
                    pending.extend(Field::Right.of(node));
                }
            }
            Kind::Subscript => found.extend(found_at(subject, &callee, node)),
            _ => {}
        }
    }
    found.sort_by_key(|found| found.at);
}

fn found_at(subject: &Subject<'_>, callee: &str, node: Node<'_>) -> Option<Found> {
    let class = Field::Value.of(node)?;
    let name = subject.names().qualified(subject.item(), class)?;
    is_generic(&name).then_some(())?;
    let mut facts = Facts::of(SLOTS);
    facts
        .code("call", callee.trim_start_matches("builtins."))
        .code("generic", subject.text(node))
        .code("class", subject.text(class));
    Some(Found { at: node.byte_range().into(), case: None, facts, related: Vec::new() })
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let node = crate::names::node_with(subject.node(), found.at)?;
    let class = Field::Value.of(node)?;
    let edit = (Span::new(subject.span(class).end, subject.span(node).end), String::new());
    let facts = found.facts.clone();
    Some(Plan { fix: "drop-parameters", safety: Safety::Safe, facts, edits: vec![edit] })
}

pub static INVERSE: Inverse = Inverse { rule: &RULE, kinds: &[Kind::Call], edits: with_parameters };

/// Builtin classes, and parameters for them.
const PARAMETERS: &[(&str, &str)] = &[
    ("builtins.dict", "[str, str]"),
    ("builtins.list", "[str]"),
    ("builtins.set", "[str]"),
    ("builtins.tuple", "[str, ...]"),
];

fn with_parameters(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    (subject.callee()? == "builtins.isinstance").then_some(())?;
    let [_, second] = arguments(subject.node())[..] else { return None };
    let name = subject.names().qualified(subject.item(), second)?;
    let (_, parameters) = PARAMETERS.iter().find(|(class, _)| *class == name)?;
    Some(vec![(Span::empty(subject.span(second).end), (*parameters).to_owned())])
}
