//! A union in an annotation names a member that adds nothing: one that is there twice, or any beside
//! `object`; or it has one member only.
//!
//! Sources: Library Reference, typing, `Union` and `Optional`; Typing specification, Union types.

use crate::analysis::Safety;
use crate::facts::source_text::one_line;
use crate::facts::type_hints::annotation::{alternatives, inner, subscripted};
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

use super::typing_name_unimported::is_builtin_at;

pub static RULE: Rule = Rule {
    id: "redundant-union",
    kinds: &[Kind::GenericType, Kind::Subscript, Kind::UnionType, Kind::BinaryOperator],
    slots: SLOTS,
    cases: &["object", "only"],
    fixes: &["shorten"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("union", SlotKind::Code, "the union as it is written"),
    Slot::new("member", SlotKind::Code, "the member that adds nothing"),
    Slot::new("short", SlotKind::Code, "the same type without it"),
];

/// Unions with more members are not taken apart.
const MAX_MEMBERS: usize = 64;

/// A union with less in it than is written.
struct Redundant {
    case: Option<&'static str>,
    member: String,
    short: String,
}

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let Some(redundant) = redundant(subject) else { return };
    let node = subject.node();
    let mut facts = Facts::of(SLOTS);
    facts.code("union", one_line(subject, node));
    facts.code("member", redundant.member).code("short", redundant.short);
    found.push(Found {
        at: node.byte_range().into(),
        case: redundant.case,
        facts,
        related: Vec::new(),
    });
}

/// How a union is spelled.
enum Spelling<'a> {
    /// `X | Y`
    Bar,
    /// `Union[X, Y]`, with the name of `Union`.
    Union(Node<'a>),
    /// `Optional[X]`
    Optional(Node<'a>),
}

fn spelling<'a>(subject: &Subject<'a>, node: Node<'a>) -> Option<Spelling<'a>> {
    if alternatives(node).is_some() {
        return Some(Spelling::Bar);
    }
    let parts = subscripted(node)?;
    match subject.names().qualified(subject.item(), parts.base)?.as_str() {
        "typing.Union" => Some(Spelling::Union(parts.base)),
        "typing.Optional" if parts.arguments.len() == 1 => Some(Spelling::Optional(parts.base)),
        _ => None,
    }
}

fn redundant(subject: &Subject<'_>) -> Option<Redundant> {
    let node = subject.node();
    is_whole_union(subject).then_some(())?;
    let outer = spelling(subject, node)?;
    let (mut members, mut twice) = (Vec::<String>::new(), None);
    let mut union = None;
    // An `Optional` stands for its argument, and then `None`.
    let mut open = vec![Ok(node)];
    while let Some(next) = open.pop() {
        (members.len() + open.len() <= MAX_MEMBERS).then_some(())?;
        let node = match next {
            Ok(node) => node,
            Err(none) => {
                add(&mut members, &mut twice, none);
                continue;
            }
        };
        match spelling(subject, node) {
            Some(Spelling::Bar) => {
                let (left, right) = alternatives(node)?;
                open.extend([Ok(right), Ok(left)]);
            }
            Some(Spelling::Union(base)) => {
                union.get_or_insert(base);
                open.extend(subscripted(node)?.arguments.into_iter().rev().map(Ok));
            }
            Some(Spelling::Optional(_)) => {
                open.extend([Err("None"), Ok(subscripted(node)?.arguments[0])]);
            }
            None => {
                let member = inner(node);
                is_plain(member).then_some(())?;
                let text = one_line(subject, member);
                add(&mut members, &mut twice, &text);
            }
        }
    }
    let is_object = |text: &str| text == "object" && is_builtin_at(subject, node, text);
    // Beside `object`, `None` says that it is expected.
    let others: Vec<&String> =
        members.iter().filter(|text| *text != "None" && !is_object(text)).collect();
    if let Some(object) = members.iter().find(|text| is_object(text))
        && let Some(member) = others.first()
    {
        let has_none = members.iter().any(|text| text == "None");
        let short = match (has_none, &outer) {
            (false, _) => object.clone(),
            (true, Spelling::Bar) => format!("{object} | None"),
            (true, Spelling::Union(base)) => format!("{}[{object}, None]", subject.text(*base)),
            (true, Spelling::Optional(base)) => format!("{}[{object}]", subject.text(*base)),
        };
        return Some(Redundant { case: Some("object"), member: (*member).clone(), short });
    }
    let is_single = members.len() == 1 && !matches!(outer, Spelling::Bar);
    let case = match &twice {
        Some(_) => None,
        None if is_single => Some("only"),
        None => return None,
    };
    let short = written(subject, &outer, union, &members)?;
    Some(Redundant { case, member: twice.unwrap_or_else(|| members[0].clone()), short })
}

fn add(members: &mut Vec<String>, twice: &mut Option<String>, text: &str) {
    if members.iter().any(|other| other == text) {
        twice.get_or_insert_with(|| text.to_owned());
    } else {
        members.push(text.to_owned());
    }
}

/// The union of the members, as it was spelled.
fn written(
    subject: &Subject<'_>,
    outer: &Spelling<'_>,
    union: Option<Node<'_>>,
    members: &[String],
) -> Option<String> {
    if let [only] = members {
        return Some(only.clone());
    }
    match outer {
        Spelling::Bar => Some(members.join(" | ")),
        Spelling::Union(base) => Some(format!("{}[{}]", subject.text(*base), members.join(", "))),
        Spelling::Optional(base) => {
            let rest: Vec<&str> =
                members.iter().map(String::as_str).filter(|text| *text != "None").collect();
            let inner = match (&rest[..], union) {
                ([only], _) => (*only).to_owned(),
                (_, Some(union)) => format!("{}[{}]", subject.text(union), rest.join(", ")),
                (_, None) => rest.join(" | "),
            };
            Some(format!("{}[{inner}]", subject.text(*base)))
        }
    }
}

/// True for a member whose text tells what it is. A string alone would be another thing than a union
/// of it.
fn is_plain(member: Node<'_>) -> bool {
    match kind(member) {
        Kind::Identifier | Kind::Attribute | Kind::None => true,
        Kind::GenericType | Kind::Subscript => {
            let mut plain = true;
            walk::until(member, |node| {
                plain &= !matches!(kind(node), Kind::Call | Kind::Lambda | Kind::ListSplat);
                !plain
            });
            plain
        }
        _ => false,
    }
}

/// True for a union in an annotation that is no member of a larger one.
fn is_whole_union(subject: &Subject<'_>) -> bool {
    let mut is_first = true;
    for around in subject.ancestors() {
        match kind(around) {
            Kind::Type
            | Kind::TypeParameter
            | Kind::ParenthesizedExpression
            | Kind::List
            | Kind::Tuple => {}
            Kind::BinaryOperator | Kind::UnionType if is_first => return false,
            Kind::GenericType | Kind::Subscript => {
                if is_first && spelling(subject, around).is_some() {
                    return false;
                }
                is_first = false;
            }
            Kind::TypedParameter
            | Kind::TypedDefaultParameter
            | Kind::FunctionDefinition
            | Kind::Assignment => {
                let own = subject.node().byte_range();
                let holds =
                    |node: Node<'_>| node.start_byte() <= own.start && own.end <= node.end_byte();
                return [Field::ReturnType, Field::Type]
                    .iter()
                    .any(|field| field.of(around).is_some_and(holds));
            }
            _ => return false,
        }
    }
    false
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    let Some(redundant) = redundant(subject) else { return Vec::new() };
    // `Union` takes such members away itself when it is evaluated; beside `object` it keeps them.
    let safety = if redundant.case == Some("object") { Safety::Review } else { Safety::Safe };
    let edits = vec![(subject.span(subject.node()), redundant.short)];
    vec![Plan { fix: "shorten", safety, facts: found.facts.clone(), edits }]
}
