//! A list comprehension that is walked over just once, right behind it.

use crate::analysis::Safety;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Plan, Rule};
use crate::names::Bound;
use crate::scope::ScopeKind;
use crate::subject::Subject;
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::value::{self, Object};
use crate::{Span, walk};

use super::code::{
    callee_name, contains, is_quiet, method, number, only_looks, own_function, plain_arguments,
};
use super::list_comp_in_reducer::SHORT_CIRCUIT;
use crate::syntax::expression::{expression, next_statement};

pub static RULE: Rule = Rule {
    id: "single-pass-list",
    kinds: &[Kind::ListComprehension],
    slots: SLOTS,
    cases: &["large"],
    fixes: &["make-generator", "make-generator-for-loop", "make-generator-short-circuit"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the name of the list"),
    Slot::new("line", SlotKind::Line, "where it is used"),
    Slot::new("function", SlotKind::Code, "what is called with it, if not a loop uses it"),
    Slot::new("items", SlotKind::Number, "how many items it has, where that is known"),
];

/// What walks over all of its first argument once and does not make a list of it.
const READERS: &[&str] = &[
    "builtins.dict",
    "builtins.frozenset",
    "builtins.max",
    "builtins.min",
    "builtins.set",
    "builtins.sum",
    "collections.Counter",
    "math.fsum",
    "math.prod",
];

/// Functions that look at values and change nothing.
pub(crate) const PURE: &[&str] = &[
    "builtins.abs",
    "builtins.bool",
    "builtins.enumerate",
    "builtins.float",
    "builtins.int",
    "builtins.isinstance",
    "builtins.len",
    "builtins.ord",
    "builtins.range",
    "builtins.round",
    "builtins.str",
    "builtins.zip",
];

/// From this many items on memory is worth more than a hint.
const LARGE: u64 = 100_000;

/// The one use of a list.
struct Single<'a> {
    name: Node<'a>,
    used: Node<'a>,
    reader: Reader<'a>,
}

/// What walks over a list.
enum Reader<'a> {
    Loop,
    Call {
        callee: Node<'a>,
        /// Nothing else is given to it.
        alone: bool,
        /// It stops at the first item that decides.
        stops: bool,
    },
}

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.settings().is_test {
        return;
    }
    let Some(single) = single(subject) else { return };
    let mut facts = Facts::of(SLOTS);
    facts.code("name", subject.text(single.name)).line("line", subject.line(single.used));
    if let Reader::Call { callee, .. } = single.reader {
        facts.code("function", subject.text(callee));
    }
    let items = items(subject).and_then(|items| usize::try_from(items).ok());
    let case = items.map(|items| {
        facts.number("items", items);
        "large"
    });
    let at = subject.node().byte_range().into();
    found.push(Found { at, case, facts, related: Vec::new() });
}

fn single<'a>(subject: &Subject<'a>) -> Option<Single<'a>> {
    let (names, item, list) = (subject.names(), subject.item(), subject.node());
    let assignment = subject.ancestors().next().filter(|it| kind(*it) == Kind::Assignment)?;
    let name = Field::Left.of(assignment).filter(|it| kind(*it) == Kind::Identifier)?;
    let is_plain = Field::Right.of(assignment) == Some(list)
        && Field::Type.of(assignment).is_none()
        && could_be_lazy(subject, list);
    is_plain.then_some(())?;
    own_function(subject)?;
    let scopes = names.scopes(item)?;
    let binding = scopes.binding_at(name.byte_range().into())?;
    let is_local =
        scopes.scopes()[binding.scope].kind == ScopeKind::Function && binding.scope == binding.from;
    let [found] = names.uses(Bound { item, binding }).filter(|_| is_local)?[..] else {
        return None;
    };
    (found.item == item && found.reference.scope == binding.scope).then_some(())?;
    let statement = subject.ancestors().nth(1)?;
    let using = behind(subject, statement, list)?;
    let used = Span::new(using.start_byte(), using.end_byte());
    used.contains(found.reference.at).then_some(())?;
    let path = walk::path_to(using, found.reference.at.start, found.reference.at.end)?;
    let use_ = *path.last()?;
    let reader = if kind(using) == Kind::ForStatement {
        let is_fit = Field::Right.of(using) == Some(use_)
            && using.child(0).is_some_and(|word| word.kind() == "for")
            && leaves_alone(subject, using, list);
        is_fit.then_some(Reader::Loop)?
    } else {
        read_first(subject, using, &path, list)?
    };
    Some(Single { name, used: use_, reader })
}

/// The next statement but for those that only bind a name to a constant.
fn behind<'a>(subject: &Subject<'a>, statement: Node<'a>, list: Node<'a>) -> Option<Node<'a>> {
    let mut next = next_statement(statement)?;
    let mut left = 3;
    while let Some(assignment) = expression(next).filter(|it| kind(*it) == Kind::Assignment) {
        let value = Field::Right.of(assignment)?;
        let is_constant = matches!(
            kind(value),
            Kind::Integer | Kind::Float | Kind::String | Kind::None | Kind::True | Kind::False
        ) || matches!(kind(value), Kind::List | Kind::Dictionary)
            && statements(value).is_empty();
        let target = Field::Left.of(assignment)?;
        let is_apart = kind(target) == Kind::Identifier && !mentions(subject, list, target);
        if !is_constant || !is_apart || left == 0 {
            break;
        }
        left -= 1;
        next = next_statement(next)?;
    }
    Some(next)
}

/// True when `node` has an identifier with the text of `name`.
fn mentions(subject: &Subject<'_>, node: Node<'_>, name: Node<'_>) -> bool {
    let mut found = false;
    walk::until(node, |inner| {
        found |= kind(inner) == Kind::Identifier && subject.text(inner) == subject.text(name);
        found
    });
    found
}

/// True for a comprehension that does nothing but look, over more than a few written items.
fn could_be_lazy(subject: &Subject<'_>, list: Node<'_>) -> bool {
    let is_async = statements(list).iter().any(|part| {
        kind(*part) == Kind::ForInClause
            && part.child(0).is_some_and(|token| token.kind() == "async")
    });
    let is_written = |node: Node<'_>| {
        kind(node) == Kind::ForInClause
            && Field::Right.of(node).is_some_and(|it| {
                matches!(kind(it), Kind::List | Kind::Tuple | Kind::Set | Kind::String)
            })
    };
    let mut pure = true;
    walk::until(list, |node| {
        pure &= match kind(node) {
            Kind::Call => callee_name(subject, node).is_some_and(|name| PURE.contains(&&*name)),
            Kind::NamedExpression | Kind::Await | Kind::Yield | Kind::Lambda => false,
            _ => !is_written(node),
        };
        !pure
    });
    pure && !is_async
}

/// The call in a simple statement that walks over the use at the end of the path, which starts at
/// the statement, before anything else is called.
fn read_first<'a>(
    subject: &Subject<'a>,
    statement: Node<'_>,
    path: &[Node<'a>],
    made: Node<'_>,
) -> Option<Reader<'a>> {
    let [.., call, list, name] = path[..] else { return None };
    let is_simple = matches!(kind(statement), Kind::ExpressionStatement | Kind::ReturnStatement);
    let reads = kind(list) == Kind::Argument
        && plain_arguments(call).is_some_and(|(all, _)| all.first() == Some(&name))
        && (arguments(call).len() == 1 || !is_pair(subject, call));
    let function = callee_name(subject, call)?;
    let stops = SHORT_CIRCUIT.contains(&&*function);
    // Of what comes behind the item that decides nothing may be missed.
    let is_reader = if stops { only_looks(subject, made) } else { READERS.contains(&&*function) };
    let runs = path.iter().all(|node| {
        !matches!(
            kind(*node),
            Kind::Lambda
                | Kind::ListComprehension
                | Kind::SetComprehension
                | Kind::DictionaryComprehension
                | Kind::GeneratorExpression
                | Kind::ConditionalExpression
                | Kind::BooleanOperator
        )
    });
    let mut first = true;
    walk::until(statement, |node| {
        let is_before = node.end_byte() <= call.start_byte();
        first &= !(is_before && matches!(kind(node), Kind::Call | Kind::Await | Kind::Yield));
        !first
    });
    let callee = Field::Function.of(call)?;
    let alone = arguments(call).len() == 1;
    (is_simple && reads && is_reader && runs && first).then_some(Reader::Call {
        callee,
        alone,
        stops,
    })
}

/// `max(a, b)` and `min(a, b)` compare the lists.
fn is_pair(subject: &Subject<'_>, call: Node<'_>) -> bool {
    let compares = callee_name(subject, call)
        .is_some_and(|name| matches!(&*name, "builtins.max" | "builtins.min"));
    compares && plain_arguments(call).is_none_or(|(all, _)| all.len() > 1)
}

/// True when the loop changes nothing of what the comprehension reads: it names nothing of it, and
/// calls only builtins and methods of builtin objects.
pub(crate) fn leaves_alone(subject: &Subject<'_>, using: Node<'_>, list: Node<'_>) -> bool {
    let Some(body) = Field::Body.of(using) else { return false };
    if contains(list, &[Kind::Attribute, Kind::Subscript]) {
        return false;
    }
    let mut read: Vec<&str> = Vec::new();
    walk::until(list, |node| {
        if kind(node) == Kind::Identifier {
            read.push(subject.text(node));
        }
        false
    });
    let names = subject.names();
    let is_harmless = |call: Node<'_>| {
        if let Some(name) = callee_name(subject, call) {
            return name.starts_with("builtins.") || name.starts_with("math.");
        }
        let Some((object, _)) = method(call) else { return false };
        let root = names.item(subject.item()).tree().map(|tree| tree.root_node());
        let path =
            root.and_then(|root| walk::path_to(root, object.start_byte(), object.end_byte()));
        let object = path.and_then(|path| path.into_iter().rev().find(|it| *it == object));
        let value = object.and_then(|object| value::of(names, subject.item(), object));
        value.is_some_and(|value| matches!(value.object, Object::Builtin(_)))
    };
    let mut fine = true;
    walk::until(using, |node| {
        let in_body = node.start_byte() >= body.start_byte();
        fine &= match kind(node) {
            Kind::Identifier if in_body => {
                let name = subject.text(node);
                let is_own =
                    Field::Left.of(using).is_some_and(|left| mentions(subject, left, node));
                is_own || !read.contains(&name) || names.qualified(subject.item(), node).is_some()
            }
            Kind::Call if in_body => is_harmless(node),
            Kind::Await | Kind::Yield | Kind::WithStatement | Kind::DeleteStatement => false,
            _ => true,
        };
        !fine
    });
    fine
}

/// How many items there are, if they are those of a large `range`.
fn items(subject: &Subject<'_>) -> Option<u64> {
    let parts = statements(subject.node());
    let clause = *parts.get(1).filter(|clause| kind(**clause) == Kind::ForInClause)?;
    let call = Field::Right.of(clause).filter(|it| kind(*it) == Kind::Call)?;
    (parts.len() == 2 && callee_name(subject, call)? == "builtins.range").then_some(())?;
    let [count] = arguments(call)[..] else { return None };
    let items = number(subject.text(count))?;
    (items >= LARGE).then_some(items)
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let single = single(subject)?;
    let span = subject.span(subject.node());
    let edits = vec![
        (Span::new(span.start, span.start + 1), "(".to_owned()),
        (Span::new(span.end - 1, span.end), ")".to_owned()),
    ];
    let facts = found.facts.clone();
    let (fix, safety) = match single.reader {
        // The items are made between the runs of its body.
        Reader::Loop => ("make-generator-for-loop", Safety::Review),
        // What the items are made of is left where the function stops.
        Reader::Call { stops: true, .. } => ("make-generator-short-circuit", Safety::Review),
        Reader::Call { alone: true, .. } if is_quiet(subject.node()) => {
            ("make-generator", Safety::Safe)
        }
        Reader::Call { .. } => ("make-generator", Safety::Review),
    };
    Some(Plan { fix, safety, facts, edits })
}
