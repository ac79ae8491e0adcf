//! A process changes its own copy of a variable that the parent reads afterwards.
//!
//! Source: Library Reference, multiprocessing, Programming guidelines, Global variables, and Sharing
//! state between processes.

use crate::facts::concurrency::{Around, Model, Start, name_of, starts};
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Place, Rule};
use crate::names::Bound;
use crate::scope::MODULE;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};
use crate::value::{self, Builtin, Definition, Object};
use crate::walk;

use super::code::{mentions, method};

pub static RULE: Rule = Rule {
    id: "process-shared-global",
    kinds: &[Kind::Call, Kind::AugmentedAssignment, Kind::Assignment],
    slots: SLOTS,
    cases: &[],
    fixes: &[],
    related: &["read"],
    check,
    fix: |_, _| Vec::new(),
};

static SLOTS: &[Slot] = &[
    Slot::new("change", SlotKind::Code, "what changes the variable"),
    Slot::new("variable", SlotKind::Code, "the variable of the module"),
    Slot::new("function", SlotKind::Code, "the function that processes run"),
    Slot::new("line", SlotKind::Line, "where the parent reads the variable"),
];

/// Methods that change a list, dict or set.
const CHANGING: &[&str] = &[
    "add",
    "append",
    "clear",
    "discard",
    "extend",
    "insert",
    "pop",
    "remove",
    "setdefault",
    "update",
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let has_processes = || {
        mentions(
            subject,
            &[
                "multiprocessing",
                "mp",
                "futures",
                "Process",
                "Pool",
                "concurrent",
                "ProcessPoolExecutor",
            ],
        )
    };
    if subject.settings().is_test {
        return;
    }
    let Some((name, change)) = changed(subject).filter(|_| has_processes()) else { return };
    let Around::Function(node) = Around::of(subject.path()) else { return };
    let Some(bound) = variable(subject, name) else { return };
    let function = Definition { item: subject.item(), node };
    let starts = starts(subject, function);
    if starts.is_empty() || starts.iter().any(|start| start.model != Model::Process) {
        return;
    }
    let Some((item, read)) = read_by_parent(subject, bound, function, &starts) else { return };
    let mut facts = Facts::of(SLOTS);
    facts.code("change", one_line(subject, change)).code("variable", subject.text(name));
    facts.code("function", name_of(subject.names(), function));
    let document = subject.document();
    let line = document.text().line_of(document.start_of(item) + read.start_byte());
    facts.line("line", line);
    let item = document.items()[item].id();
    let related = vec![Place { item, at: read.byte_range().into(), role: "read" }];
    found.push(Found { at: change.byte_range().into(), case: None, facts, related });
}

/// The name of what the subject changes in place, and the change.
fn changed<'a>(subject: &Subject<'a>) -> Option<(Node<'a>, Node<'a>)> {
    let node = subject.node();
    let name = match kind(node) {
        Kind::Call => {
            let (object, name) = method(node)?;
            CHANGING.contains(&subject.text(name)).then_some(object)?
        }
        _ => {
            let left = Field::Left.of(node)?;
            match kind(left) {
                Kind::Subscript => Field::Value.of(left)?,
                Kind::Identifier if kind(node) == Kind::AugmentedAssignment => left,
                _ => return None,
            }
        }
    };
    (kind(name) == Kind::Identifier).then_some((name, node))
}

/// The module's variable of that name, if it holds a list, dict or set, or is counted up under
/// `global`.
fn variable<'a>(subject: &Subject<'a>, name: Node<'a>) -> Option<Bound<'a>> {
    let (names, item) = (subject.names(), subject.item());
    if kind(subject.node()) == Kind::AugmentedAssignment
        && Field::Left.of(subject.node()) == Some(name)
    {
        let bindings = names.module_bindings(subject.text(name)).into_iter();
        let mut own = bindings.filter(|bound| bound.binding.from == MODULE);
        let first = own.next().filter(|_| own.next().is_none())?;
        let assignment = names.node(first)?;
        let right = Field::Right.of(assignment)?;
        let number = value::of(names, first.item, right)?;
        let here = names.scopes(item)?.all_bindings().iter();
        let mut here = here.filter(|binding| binding.at == name.byte_range().into());
        let is_global = here.any(|binding| binding.scope == MODULE);
        let is_number = number.is(Builtin::Int) || number.is(Builtin::Float);
        return (is_global && is_number).then_some(first);
    }
    let bound = names.binding(item, name).filter(|bound| bound.binding.scope == MODULE)?;
    let value = value::of(names, item, name)?;
    let is_plain = match value.object {
        Object::Builtin(kind) => matches!(kind, Builtin::List | Builtin::Dict | Builtin::Set),
        Object::Called(name) => {
            matches!(
                &*name,
                "collections.Counter" | "collections.defaultdict" | "collections.deque"
            )
        }
        _ => false,
    };
    is_plain.then_some(bound)
}

/// A place where the code that starts the processes reads the variable, behind that.
fn read_by_parent<'a>(
    subject: &Subject<'a>,
    bound: Bound<'a>,
    function: Definition<'a>,
    starts: &[Start],
) -> Option<(usize, Node<'a>)> {
    let names = subject.names();
    let document = subject.document();
    let text = names.scopes(bound.item)?.name(bound.binding.name);
    let line_of = |item: usize, at: usize| document.text().line_of(document.start_of(item) + at);
    for item in document.items_that_use(text) {
        let Some(scopes) = names.scopes(item) else { continue };
        let Some(number) = scopes.number(text) else { continue };
        let root = names.item(item).tree()?.root_node();
        for used in scopes.references().iter().filter(|used| used.name == number) {
            let path = walk::path_to(root, used.at.start, used.at.end)?;
            let node = *path.last()?;
            let is_module = matches!(names.meaning(item, node), crate::names::Meaning::Module(_));
            let line = line_of(item, used.at.start);
            let is_behind = |start: &Start| {
                start.line < line
                    && match Around::of(&path) {
                        Around::Module => true,
                        Around::Function(around) => {
                            (around != function.node || item != function.item)
                                && line_of(item, around.start_byte()) < start.line
                        }
                        _ => false,
                    }
            };
            if is_module && !is_written(&path) && starts.iter().any(is_behind) {
                return Some((item, node));
            }
        }
    }
    None
}

/// True where the name is only filled or assigned: `x.append(…)`, `x[i] = …`.
fn is_written(path: &[Node<'_>]) -> bool {
    let [.., around, parent, node] = path[..] else { return true };
    match kind(parent) {
        Kind::Attribute => {
            // Any method may be one that changes it; reading ones are few.
            kind(around) == Kind::Call && Field::Object.of(parent) == Some(node)
        }
        Kind::Subscript => Field::Left.of(around) == Some(parent),
        Kind::GlobalStatement | Kind::DeleteStatement => true,
        _ => false,
    }
}
