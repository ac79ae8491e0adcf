//! What the second reader of a variable gets.
//!
//! Source: Library Reference, Iterator Types: an iterator that has ended stays at its end; a list,
//! tuple, set or dict gives a new iterator to each reader.

use super::super::{Case, Computed, Find, Found, Generator, Role, is_brief};
use crate::facts::generators::{Place, read_before};
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::names::Use;
use crate::quiz::Kind;
use crate::scope::MODULE;
use crate::subject::Subject;
use crate::syntax::{self, Field, Node, function::arguments, kind};
use crate::value::{self, Builtin, Object};

pub static GENERATOR: Generator = Generator {
    name: "second-reader",
    doc: "what `list(x)` or the like gets when the file has read `x` before: an iterator that is at \
          its end, or a container that is as it was",
    kind: Kind::Choice,
    asked: ASKED,
    told: TOLD,
    roles: ROLES,
    cases: CASES,
    find: Find::At(&[syntax::Kind::Call], run),
};

static ASKED: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the variable"),
    Slot::new("call", SlotKind::Code, "the second reader"),
    Slot::new("line", SlotKind::Line, "its line"),
    Slot::new("first-line", SlotKind::Line, "the line of the first reader"),
];

static TOLD: &[Slot] = &[
    ASKED[0],
    ASKED[1],
    ASKED[2],
    ASKED[3],
    Slot::new("made-line", SlotKind::Line, "the line on which the value of the variable is made"),
];

static ROLES: &[Role] = &[
    Role::words("nothing", "no item at all, and no exception"),
    Role::words("again", "the same items as the first reader"),
    Role::words("error", "an exception"),
    Role::words("last", "the last item alone"),
];

static CASES: &[Case] = &[
    Case {
        name: "iterator",
        doc: "the variable holds an iterator",
        right: "nothing",
        wrong: &["again", "error", "last"],
    },
    Case {
        name: "container",
        doc: "the variable holds a container, and nothing else is done with it",
        right: "again",
        wrong: &["nothing", "error", "last"],
    },
];

/// What reads its only argument to the end, changes nothing in it and takes an empty one.
const READERS: &[&str] = &[
    "builtins.frozenset",
    "builtins.list",
    "builtins.set",
    "builtins.sorted",
    "builtins.sum",
    "builtins.tuple",
];

fn run(subject: &Subject<'_>) -> Option<Found> {
    let names = subject.names();
    let argument = read_by(subject, subject.item(), subject.node())?;
    let place = Place::at(names, subject.item(), argument)?;
    let made = value::of(names, subject.item(), argument)?;
    let case = match made.object {
        // Other iterators ask what they read for more, and that may have more by then.
        Object::Generator(_) => &CASES[0],
        Object::Builtin(
            Builtin::List | Builtin::Tuple | Builtin::Set | Builtin::Frozenset | Builtin::Dict,
        ) if is_read_only(subject, &place, &made) => &CASES[1],
        _ => return None,
    };
    let first = read_before(subject, &place)?;
    let call = one_line(subject, subject.node());
    let mut facts = Facts::of(TOLD);
    facts.code("name", subject.text(argument)).code("call", &call);
    facts.line("line", subject.line(argument)).line("first-line", first.line(subject));
    let spot = |item: usize, node: Node<'_>| {
        crate::Span::from(node.byte_range()).shifted(subject.document().start_of(item))
    };
    let made_at = spot(made.item, made.node);
    facts.line("made-line", subject.document().text().line_of(made_at.start));
    let from = vec![made_at, spot(first.item, first.node()), subject.span(subject.node())];
    let is_clear = is_brief(&call) && first.line(subject) != subject.line(argument);
    is_clear.then(|| Found {
        computed: Computed::in_words(case, ROLES, facts),
        subject: subject.span(subject.node()),
        from,
    })
}

/// The variable that the call reads to its end.
fn read_by<'a>(subject: &Subject<'a>, item: usize, call: Node<'a>) -> Option<Node<'a>> {
    let name = subject.names().qualified(item, call.child_in(Field::Function)?)?;
    let [only] = arguments(call)[..] else { return None };
    let is_it = READERS.contains(&name.as_str()) && kind(only) == syntax::Kind::Identifier;
    is_it.then_some(only)
}

/// True for a variable of a function that is the only way to its value, if all that is done with it is
/// to read it by readers of the list.
fn is_read_only<'a>(subject: &Subject<'a>, place: &Place<'a>, made: &value::Value<'a>) -> bool {
    let names = subject.names();
    let Some(bound) = names.binding(place.item, place.node()) else { return false };
    let made_here = Place::at(names, made.item, made.node).is_some_and(|at| {
        // Not `x = y = …`.
        let [.., statement, assignment, _] = at.path[..] else { return false };
        kind(statement) == syntax::Kind::ExpressionStatement
            && Field::Left
                .of(assignment)
                .is_some_and(|left| bound.binding.at == left.byte_range().into())
    });
    let is_reader = |used: &Use<'a>| {
        let at = Place::of_use(names, used)?;
        let call = at.path.iter().rev().find(|node| kind(**node) == syntax::Kind::Call)?;
        read_by(subject, at.item, *call).filter(|argument| *argument == at.node())
    };
    made_here
        && made.item == bound.item
        && bound.binding.scope != MODULE
        && names.uses(bound).is_some_and(|uses| uses.iter().all(|used| is_reader(used).is_some()))
}
