//! A loop that fills an empty list, set or dictionary to a comprehension.

use super::comprehension::{has, makes_functions};
use super::names::{Variable, calls_nothing_unknown, mentions, scope_of, targets};
use super::text::{as_disjunction, display, ends_line, indent_at, negated, only, step};
use super::{Answer, COMMENT, Conversion, Draft};
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::line_break;
use crate::rules::code::{is_quiet, method};
use crate::scope::ScopeKind;
use crate::subject::Subject;
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Field, Kind, Node, expression::expression, kind};
use crate::{PythonVersion, Span};

pub static CONVERSION: Conversion = Conversion {
    id: "loop-to-comprehension",
    kinds: &[Kind::ForStatement],
    calls: &[],
    slots: SLOTS,
    titles: &[],
    reasons: &[
        "class", COMMENT, "function", "itself", "order", "partial", "seen", "super", "suspends",
        "variable", "walrus",
    ],
    convert,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "what is filled"),
    Slot::new("variable", SlotKind::Code, "a variable of the loop that is read elsewhere"),
];

/// So many statements may stand between the empty container and the loop.
const MAX_BETWEEN: usize = 3;

/// A clause of the comprehension.
enum Clause<'a> {
    For { target: Node<'a>, source: Node<'a> },
    If { condition: Node<'a>, negated: bool },
}

/// What the innermost statement puts in.
enum Filling<'a> {
    List(Node<'a>),
    Set(Node<'a>),
    Dictionary(Node<'a>, Node<'a>),
}

/// The loop and what it fills.
struct Filled<'a> {
    clauses: Vec<Clause<'a>>,
    name: &'a str,
    filling: Filling<'a>,
    /// The statement `name = []`, its item and its value.
    made: (usize, Node<'a>, Node<'a>),
    /// The loop is the next statement.
    is_next: bool,
}

fn convert(subject: &Subject<'_>) -> Option<Answer> {
    let filled = read(subject)?;
    let mut facts = Facts::of(SLOTS);
    facts.code("name", filled.name);
    if let Some(reason) = refusal(subject, &filled, &mut facts) {
        return Some(Answer::Refused(reason, facts));
    }
    let edits = edits(subject, &filled)?;
    Some(Answer::Draft(Draft::new(facts, edits)))
}

fn read<'a>(subject: &Subject<'a>) -> Option<Filled<'a>> {
    let (clauses, leaf) = nest(subject.node())?;
    let (name, filling) = filling(subject, leaf)?;
    let mut at = (subject.item(), subject.node());
    for between in 0..=MAX_BETWEEN {
        at = before(subject, at)?;
        let assignment = expression(at.1).filter(|it| kind(*it) == Kind::Assignment)?;
        let (left, right) = (Field::Left.of(assignment)?, Field::Right.of(assignment)?);
        let text = subject.document().items()[at.0].text();
        if kind(left) == Kind::Identifier && &text[left.byte_range()] == name {
            let made = (at.0, at.1, right);
            is_empty(subject, at.0, right, &filling).then_some(())?;
            return Some(Filled { clauses, name, filling, made, is_next: between == 0 });
        }
        let is_apart = kind(left) == Kind::Identifier
            && is_quiet(right)
            && !text[at.1.byte_range()].contains(name);
        is_apart.then_some(())?;
    }
    None
}

/// The statement before, with its item.
fn before<'a>(
    subject: &Subject<'a>,
    (item, statement): (usize, Node<'a>),
) -> Option<(usize, Node<'a>)> {
    let mut previous = statement.prev_named_sibling();
    while previous.is_some_and(|node| node.is_extra()) {
        previous = previous?.prev_named_sibling();
    }
    if let Some(previous) = previous {
        return Some((item, previous));
    }
    let is_top = subject.path().get(1).is_some_and(|top| *top == subject.node());
    is_top.then_some(())?;
    (0..item).rev().find_map(|item| {
        let tree = subject.document().items()[item].tree()?;
        Some((item, *statements(tree.root_node()).last()?))
    })
}

/// The loops and tests inside each other, and the one statement in the middle.
fn nest(outer: Node<'_>) -> Option<(Vec<Clause<'_>>, Node<'_>)> {
    let mut clauses = Vec::new();
    let mut at = outer;
    loop {
        match kind(at) {
            Kind::ForStatement => {
                let is_plain = at.child(0)?.kind() == "for" && Field::Alternative.of(at).is_none();
                is_plain.then_some(())?;
                let (target, source) = (Field::Left.of(at)?, Field::Right.of(at)?);
                clauses.push(Clause::For { target, source });
                at = guarded(Field::Body.of(at)?, &mut clauses)?;
            }
            Kind::IfStatement => {
                Field::Alternative.of(at).is_none().then_some(())?;
                let condition = Field::Condition.of(at)?;
                clauses.push(Clause::If { condition, negated: false });
                at = guarded(Field::Consequence.of(at)?, &mut clauses)?;
            }
            Kind::ExpressionStatement => return Some((clauses, at)),
            _ => return None,
        }
    }
}

/// The last statement of a suite behind tests that only `continue`.
fn guarded<'a>(suite: Node<'a>, clauses: &mut Vec<Clause<'a>>) -> Option<Node<'a>> {
    let all = statements(suite);
    let (last, guards) = all.split_last()?;
    for guard in guards {
        let skips = kind(*guard) == Kind::IfStatement
            && Field::Alternative.of(*guard).is_none()
            && Field::Consequence.of(*guard).and_then(only).map(kind)
                == Some(Kind::ContinueStatement);
        skips.then_some(())?;
        clauses.push(Clause::If { condition: Field::Condition.of(*guard)?, negated: true });
    }
    Some(*last)
}

fn filling<'a>(subject: &Subject<'a>, leaf: Node<'a>) -> Option<(&'a str, Filling<'a>)> {
    let done = expression(leaf)?;
    if kind(done) == Kind::Assignment {
        let (left, value) = (Field::Left.of(done)?, Field::Right.of(done)?);
        let object = Field::Value.of(left).filter(|_| kind(left) == Kind::Subscript)?;
        let mut keys = left.children_in(Field::Subscript);
        let key = keys.next().filter(|key| kind(*key) != Kind::Slice)?;
        let is_plain = keys.next().is_none()
            && kind(object) == Kind::Identifier
            && Field::Type.of(done).is_none()
            && kind(value) != Kind::Assignment;
        return is_plain.then(|| (subject.text(object), Filling::Dictionary(key, value)));
    }
    let (object, name) = method(done)?;
    let [value] = arguments(done)[..] else { return None };
    let is_plain = kind(object) == Kind::Identifier
        && !matches!(
            kind(value),
            Kind::KeywordArgument
                | Kind::ListSplat
                | Kind::DictionarySplat
                | Kind::GeneratorExpression
        );
    is_plain.then_some(())?;
    match subject.text(name) {
        "append" => Some((subject.text(object), Filling::List(value))),
        "add" => Some((subject.text(object), Filling::Set(value))),
        _ => None,
    }
}

fn is_empty(subject: &Subject<'_>, item: usize, value: Node<'_>, filling: &Filling<'_>) -> bool {
    let (display, type_) = match filling {
        Filling::List(_) => (Kind::List, "builtins.list"),
        Filling::Set(_) => (Kind::Set, "builtins.set"),
        Filling::Dictionary(..) => (Kind::Dictionary, "builtins.dict"),
    };
    let called = || {
        let callee = Field::Function.of(value).filter(|_| kind(value) == Kind::Call)?;
        subject.names().qualified(item, callee).filter(|_| arguments(value).is_empty())
    };
    kind(value) == display && statements(value).is_empty() || called().as_deref() == Some(type_)
}

/// Why a comprehension would do something else.
fn refusal(subject: &Subject<'_>, filled: &Filled<'_>, facts: &mut Facts) -> Option<&'static str> {
    let loop_ = subject.node();
    let Some((scope, scope_kind)) = scope_of(subject) else { return Some("function") };
    if scope_kind == ScopeKind::Class {
        return Some("class");
    }
    // PEP 709 runs a comprehension in the function itself.
    if subject.settings().target < PythonVersion::py3(12) && mentions(subject, loop_, "super") {
        return Some("super");
    }
    if has(loop_, &[Kind::Yield, Kind::Await]) {
        return Some("suspends");
    }
    if has(loop_, &[Kind::NamedExpression]) {
        return Some("walrus");
    }
    if makes_functions(loop_) {
        return Some("function");
    }
    if parts(filled).into_iter().any(|part| mentions(subject, part, filled.name)) {
        return Some("itself");
    }
    if let Filling::Dictionary(key, value) = filled.filling
        && !is_quiet(key)
        && !is_quiet(value)
    {
        return Some("order");
    }
    for clause in &filled.clauses {
        let Clause::For { target, .. } = clause else { continue };
        for name in targets(subject, *target).unwrap_or_default() {
            if !Variable::new(subject, scope, name).is_only_read_in(loop_) {
                facts.code("variable", name);
                return Some("variable");
            }
        }
    }
    let list = Variable::new(subject, scope, filled.name);
    let calls = parts(filled).into_iter().any(|part| !calls_nothing_unknown(subject, part));
    if calls && list.is_read_elsewhere() {
        return Some("seen");
    }
    list.outlives_exception(loop_).then_some("partial")
}

/// Everything that the loop evaluates, and what it binds.
fn parts<'a>(filled: &Filled<'a>) -> Vec<Node<'a>> {
    let mut parts = Vec::new();
    for clause in &filled.clauses {
        match *clause {
            Clause::For { target, source } => parts.extend([target, source]),
            Clause::If { condition, .. } => parts.push(condition),
        }
    }
    match filled.filling {
        Filling::List(item) | Filling::Set(item) => parts.push(item),
        Filling::Dictionary(key, value) => parts.extend([key, value]),
    }
    parts
}

fn edits(subject: &Subject<'_>, filled: &Filled<'_>) -> Option<Vec<(Span, String)>> {
    let document = subject.document();
    for clause in &filled.clauses {
        if let Clause::For { target, .. } = clause {
            targets(subject, *target)?;
        }
    }
    let (item, statement, value) = filled.made;
    let span_in = |node: Node<'_>| Span::from(node.byte_range()).shifted(document.start_of(item));
    let (made, value) = (span_in(statement), span_in(value));
    let own = subject.span(subject.node());
    let indent = indent_at(document, made.start)?;
    let is_fit = ends_line(document, made.end)
        && ends_line(document, own.end)
        && indent_at(document, own.start)? == indent;
    is_fit.then_some(())?;
    let text = document.text();
    let head = text.slice(Span::new(made.start, value.start));
    let columns = indent.chars().count() + head.chars().count();
    let brackets = if matches!(filled.filling, Filling::List(_)) { ("[", "]") } else { ("{", "}") };
    let step = step(subject);
    let clauses = clauses(subject, filled);
    let new = display(brackets, &clauses, (columns, &indent, &step), line_break(document));
    let gap = text.slice(Span::new(made.end, own.start));
    if gap.trim().is_empty() && filled.is_next {
        return Some(vec![(Span::new(value.start, own.end), new)]);
    }
    // A comment about the type is one of the statement.
    let own_line = gap.lines().next().unwrap_or_default();
    (!own_line.contains("type:")).then_some(())?;
    let next = made.end + gap.len() - gap.trim_start().len();
    Some(vec![(Span::new(made.start, next), String::new()), (own, format!("{head}{new}"))])
}

fn clauses(subject: &Subject<'_>, filled: &Filled<'_>) -> Vec<String> {
    let mut clauses = vec![match filled.filling {
        Filling::List(item) | Filling::Set(item) => one_line(subject, item),
        Filling::Dictionary(key, value) => {
            format!("{}: {}", as_item(subject, key), as_item(subject, value))
        }
    }];
    for clause in &filled.clauses {
        clauses.push(match *clause {
            Clause::For { target, source } => {
                let target = one_line(subject, target);
                format!("for {target} in {}", as_disjunction(subject, source))
            }
            Clause::If { condition, negated: false } => {
                format!("if {}", as_disjunction(subject, condition))
            }
            Clause::If { condition, .. } => format!("if {}", negated(subject, condition)),
        });
    }
    clauses
}

/// A tuple without parentheses gets some.
fn as_item(subject: &Subject<'_>, node: Node<'_>) -> String {
    let text = one_line(subject, node);
    if kind(node) == Kind::ExpressionList { format!("({text})") } else { text }
}
