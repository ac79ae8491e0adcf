//! An annotation says `Optional[X]` or `Union[X, Y]`, though `X | Y` says the same.

use crate::PythonVersion;
use crate::analysis::Safety;
use crate::facts::classes::Class;
use crate::facts::source_text::one_line;
use crate::facts::type_hints::annotation::{inner, members, subscripted};
use crate::facts::type_hints::is_evaluated;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Plan, Rule};
use crate::names::Meaning;
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};

pub static RULE: Rule = Rule {
    id: "pep604-union",
    kinds: &[Kind::GenericType, Kind::Subscript],
    slots: SLOTS,
    cases: &[],
    fixes: &["use-bar"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("union", SlotKind::Code, "the union as it is written"),
    Slot::new("short", SlotKind::Code, "the same with `|`"),
];

/// Functions that look like classes, for which `Optional` has no objection and `|` has.
const FUNCTIONS: &[&str] =
    &["threading.Lock", "threading.RLock", "typing.NamedTuple", "typing.TypedDict"];

/// Forms that mean nothing alone, or nothing in a union.
const FORMS: &[&str] = &["ClassVar", "Concatenate", "Final", "Generic", "Protocol", "Required"];

/// What is known of the object that stands for a member.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Operand {
    /// `|` takes it.
    Type,
    /// It may be anything.
    Unknown,
    /// `|` refuses it.
    Other,
}

struct Union {
    short: String,
    /// Every member is known to have `|`.
    is_certain: bool,
}

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let Some(union) = union(subject) else { return };
    let node = subject.node();
    let mut facts = Facts::of(SLOTS);
    facts.code("union", one_line(subject, node)).code("short", union.short);
    found.push(Found { at: node.byte_range().into(), case: None, facts, related: Vec::new() });
}

/// The union that the subject is, if it is the outermost one and can be written with `|`.
fn union(subject: &Subject<'_>) -> Option<Union> {
    (subject.settings().target >= PythonVersion::py3(10)).then_some(())?;
    let node = subject.node();
    let parts = subscripted(node)?;
    is_old_form(subject, parts.base).then_some(())?;
    let base = match kind(parts.base) {
        Kind::Attribute => Field::Object.of(parts.base)?,
        _ => parts.base,
    };
    let scopes = subject.names().scopes(subject.item())?;
    scopes.reference_at(base.start_byte())?.in_annotation.then_some(())?;
    is_outermost(subject).then_some(())?;

    let (all, mut optional) = members(subject.names(), subject.item(), node)?;
    let mut texts: Vec<String> = Vec::new();
    let mut is_certain = true;
    for member in all {
        if kind(member) == Kind::None {
            optional = true;
            continue;
        }
        match operand(subject, member) {
            Operand::Type => {}
            Operand::Unknown => is_certain = false,
            Operand::Other => return None,
        }
        let text = one_line(subject, member);
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    // `None | None` is an error, and a union of one is no union.
    (texts.len() + usize::from(optional) >= 2).then_some(())?;
    if optional {
        texts.push("None".to_owned());
    }
    Some(Union { short: texts.join(" | "), is_certain })
}

fn is_old_form(subject: &Subject<'_>, base: Node<'_>) -> bool {
    let name = subject.names().qualified(subject.item(), base);
    matches!(name.as_deref(), Some("typing.Optional" | "typing.Union"))
}

/// False for a member of a larger union, and for what a call in the annotation gets.
fn is_outermost(subject: &Subject<'_>) -> bool {
    let is_wrapping = |node: &Node<'_>| {
        matches!(kind(*node), Kind::Type | Kind::ParenthesizedExpression | Kind::TypeParameter)
    };
    let around = subject.ancestors().find(|node| !is_wrapping(node));
    let is_member = around.is_some_and(|around| match kind(around) {
        Kind::UnionType | Kind::BinaryOperator => true,
        _ => subscripted(around).is_some_and(|parts| is_old_form(subject, parts.base)),
    });
    let is_annotated = |node: &Node<'_>| {
        matches!(
            kind(*node),
            Kind::Assignment
                | Kind::FunctionDefinition
                | Kind::TypedParameter
                | Kind::TypedDefaultParameter
        )
    };
    let is_type = |node: Node<'_>| {
        !matches!(kind(node), Kind::Call | Kind::Lambda | Kind::ConditionalExpression)
    };
    !is_member && subject.ancestors().take_while(|node| !is_annotated(node)).all(is_type)
}

fn operand(subject: &Subject<'_>, member: Node<'_>) -> Operand {
    let names = subject.names();
    let (base, has_parameters) = match subscripted(member) {
        Some(parts) => (parts.base, true),
        None => (inner(member), false),
    };
    if !matches!(kind(base), Kind::Identifier | Kind::Attribute) {
        return Operand::Other;
    }
    if let Some(name) = names.qualified(subject.item(), base) {
        return known(&name, has_parameters);
    }
    if kind(base) == Kind::Attribute {
        return Operand::Unknown;
    }
    if let Some(class) = Class::resolve(names, subject.item(), base) {
        return if class.is_plain() { Operand::Type } else { Operand::Unknown };
    }
    let bindings = match names.meaning(subject.item(), base) {
        Meaning::Local(_, bindings) | Meaning::Module(bindings) => bindings,
        _ => return Operand::Unknown,
    };
    // A name of a string or a function is none of a type.
    let is_other = bindings.iter().any(|bound| match bound.binding.kind {
        BindingKind::Function => true,
        BindingKind::Assignment | BindingKind::AnnotatedAssignment => {
            let value = names.node(*bound).and_then(|node| Field::Right.of(node));
            !value.is_some_and(|value| may_be_type(kind(value)))
        }
        _ => false,
    });
    if is_other { Operand::Other } else { Operand::Unknown }
}

fn may_be_type(value: Kind) -> bool {
    matches!(
        value,
        Kind::Attribute | Kind::BinaryOperator | Kind::Call | Kind::Identifier | Kind::Subscript
    )
}

/// What is known of an object of another module.
fn known(name: &str, has_parameters: bool) -> Operand {
    let (module, last) = name.rsplit_once('.').unwrap_or(("", name));
    match module {
        _ if FUNCTIONS.contains(&name) && !has_parameters => Operand::Other,
        "builtins" if is_builtin_class(last) => Operand::Type,
        "typing" if !FORMS.contains(&last) => Operand::Type,
        "collections.abc" => Operand::Type,
        // What looks like a class there is a method of a context.
        "builtins" | "typing" | "multiprocessing" => Operand::Other,
        _ => Operand::Unknown,
    }
}

/// `any` and `callable` are functions.
fn is_builtin_class(name: &str) -> bool {
    const CLASSES: &[&str] = &[
        "bool",
        "bytearray",
        "bytes",
        "complex",
        "dict",
        "float",
        "frozenset",
        "int",
        "list",
        "memoryview",
        "object",
        "range",
        "set",
        "slice",
        "str",
        "tuple",
        "type",
    ];
    let is_exception = name.starts_with(|first: char| first.is_ascii_uppercase())
        && !["Ellipsis", "False", "None", "NotImplemented", "True"].contains(&name);
    CLASSES.contains(&name) || is_exception
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    let Some(union) = union(subject) else { return Vec::new() };
    let safety = match union.is_certain && !is_handed_on(subject) || !is_evaluated(subject) {
        true => Safety::Safe,
        false => Safety::Review,
    };
    let edits = vec![(subject.span(subject.node()), union.short)];
    vec![Plan { fix: "use-bar", safety, facts: found.facts.clone(), edits }]
}

/// True where the annotation belongs to what a decorator gets, or to a variable of a class or the
/// module: code that reads annotations may ask for `typing.Union`, which `X | Y` is not before 3.14.
fn is_handed_on(subject: &Subject<'_>) -> bool {
    let mut in_function = false;
    for around in subject.ancestors() {
        match kind(around) {
            Kind::FunctionDefinition => in_function = true,
            Kind::DecoratedDefinition => return true,
            _ => {}
        }
    }
    !in_function
}
