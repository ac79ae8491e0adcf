//! `@abstractmethod` in a class that is not made by `ABCMeta`, where it does nothing.
//!
//! Source: Library Reference, abc, `abstractmethod()`: using this decorator requires that the class's
//! metaclass is `ABCMeta` or is derived from it.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::classes::{Base, Class};
use crate::facts::decoration::Decorated;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Plan, Rule, imported_name};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};

use super::shared::name_span;

pub static RULE: Rule = Rule {
    id: "abstract-without-abc",
    kinds: &[Kind::ClassDefinition],
    slots: SLOTS,
    cases: &[],
    fixes: &["derive-from-abc"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("method", SlotKind::Code, "the abstract method"),
];

const ABSTRACT: &[&str] =
    &["abc.abstractmethod", "abc.abstractproperty", "abc.abstractclassmethod"];

/// Bases of bases are followed this far.
const MAX_BASES: usize = 20;

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let Some(class) = Class::new(subject.names(), subject.item(), subject.node()) else { return };
    let Some(method) = class.statements().into_iter().find_map(|it| abstract_name(&class, it))
    else {
        return;
    };
    let is_part = class.name().contains("Mixin") || class.name().contains("Mix");
    if subject.settings().is_test
        || is_part
        || class.decorated().is_some()
        || !is_ordinary(class, 0)
        || !class.subclasses().iter().all(|subclass| is_ordinary(*subclass, 0))
    {
        return;
    }
    let mut facts = Facts::of(SLOTS);
    facts.code("class", class.name()).code("method", method);
    let at = name_span(subject.node());
    found.push(Found { at, case: None, facts, related: Vec::new() });
}

/// The name of the method, if the statement defines an abstract one.
fn abstract_name<'a>(class: &Class<'a>, statement: Node<'a>) -> Option<&'a str> {
    let decorated = Decorated::read(class.names, class.item, statement)?;
    let function = decorated.function()?;
    let is_abstract = decorated.all.iter().any(|one| one.is(ABSTRACT));
    is_abstract.then_some(&class.text()[Field::Name.of(function)?.byte_range()])
}

/// True when the metaclass is known to be `type`.
fn is_ordinary(class: Class<'_>, depth: usize) -> bool {
    depth < MAX_BASES
        && class.metaclass().is_none()
        && !class.arguments().spread
        && class.decorated().is_none()
        && class.bases().into_iter().all(|base| match base {
            Base::Here(base) => base.name() != "Generic" && is_ordinary(base, depth + 1),
            // Generic ones are often there for annotations alone.
            Base::Known(name) => name == "builtins.object",
            Base::Unknown => false,
        })
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let class = subject.node();
    let import = imported_name(subject, class, "abc", "ABC")?;
    let list = Field::Superclasses.of(class);
    let bases = list.map(statements).unwrap_or_default();
    let edit = match (list, &bases[..]) {
        (None, _) => {
            let end = subject.span(Field::TypeParameters.of(class).or(Field::Name.of(class))?).end;
            (Span::empty(end), format!("({})", import.expression))
        }
        (Some(list), []) => (subject.span(list), format!("({})", import.expression)),
        (Some(_), [only]) if subject.text(*only) == "object" => {
            (subject.span(*only), import.expression.clone())
        }
        (Some(_), bases) => {
            let last = *bases.last()?;
            (kind(last) != Kind::KeywordArgument && subject.text(last) != "object").then_some(())?;
            (Span::empty(subject.span(last).end), format!(", {}", import.expression))
        }
    };
    let mut edits = vec![edit];
    edits.extend(import.edit);
    let facts = found.facts.clone();
    Some(Plan { fix: "derive-from-abc", safety: Safety::Review, facts, edits })
}
