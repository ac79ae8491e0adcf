//! Functions that are handed over to run elsewhere: in a thread, a process or a task.

use super::code::{callee, name_of, place, run_with, short};
use crate::facts::call_sites::{is_only_meaning, path_of};
use crate::names::{Bound, Names};
use crate::subject::Subject;
use crate::syntax::function::{is_async, is_generator};
use crate::syntax::{Field, Kind, Node, Tree, kind};
use crate::value::{self, Definition, Object};
use crate::walk;

/// What is handed over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Started<'a> {
    /// A function or method of the file.
    Function(Definition<'a>),
    Lambda,
    /// The result of a call of this function of the file, made before anything starts, which cannot
    /// be called itself.
    Result(Definition<'a>),
    Other,
}

impl<'a> Started<'a> {
    pub fn of(names: Names<'a>, item: usize, node: Node<'a>) -> Self {
        if let Some(method) = value::method(names, item, node) {
            return Self::Function(method);
        }
        match value::of(names, item, node).map(|value| value.object) {
            Some(Object::Function(function)) => Self::Function(function),
            Some(Object::Lambda) => Self::Lambda,
            Some(Object::Coroutine(function)) if kind(node) == Kind::Call => Self::Result(function),
            Some(Object::Returned(function))
                if kind(node) == Kind::Call && gives_no_function(names, function) =>
            {
                Self::Result(function)
            }
            _ => Self::Other,
        }
    }

    /// The function or method.
    pub fn function(self) -> Option<Definition<'a>> {
        match self {
            Self::Function(function) => Some(function),
            _ => None,
        }
    }
}

/// True for a function whose result can only be `None` or of a builtin type that cannot be called.
fn gives_no_function<'a>(names: Names<'a>, function: Definition<'a>) -> bool {
    use crate::syntax::function::{returned, returns};
    kind(function.node) == Kind::FunctionDefinition
        && returns(function.node).into_iter().all(|statement| match returned(statement) {
            Some(value) => value::of(names, function.item, value)
                .is_some_and(|value| matches!(value.object, Object::Builtin(_))),
            None => true,
        })
}

/// True for a function that is a variable of another function, so that it cannot be pickled.
pub(crate) fn is_nested(names: Names<'_>, function: Definition<'_>) -> bool {
    let scopes = names.scopes(function.item);
    let binding = scopes.and_then(|it| it.definition(function.node.byte_range().into()));
    scopes.zip(binding).is_some_and(|(scopes, binding)| {
        use crate::scope::ScopeKind;
        matches!(scopes.scopes()[binding.scope].kind, ScopeKind::Function | ScopeKind::Lambda)
    })
}

/// How a function of the file is run elsewhere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Model {
    Thread,
    Process,
}

/// Where the file hands the function over.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Start {
    pub model: Model,
    /// From 0.
    pub line: usize,
    /// True when several may run at a time: in a loop that does not wait for each, or by `map`.
    pub repeated: bool,
}

/// Calls that take a function, and the place of it among the arguments or its keyword.
fn takes(name: &str) -> Option<(Model, Option<usize>, &'static str)> {
    let (class, method) = name.rsplit_once('.')?;
    Some(match (class, method) {
        ("threading", "Thread") => (Model::Thread, None, "target"),
        ("threading", "Timer") => (Model::Thread, Some(1), "function"),
        ("multiprocessing", "Process") => (Model::Process, None, "target"),
        ("concurrent.futures.ThreadPoolExecutor", "submit" | "map") => {
            (Model::Thread, Some(0), "fn")
        }
        ("concurrent.futures.ProcessPoolExecutor", "submit" | "map") => {
            (Model::Process, Some(0), "fn")
        }
        (
            "multiprocessing.Pool",
            "apply" | "apply_async" | "map" | "map_async" | "imap" | "imap_unordered" | "starmap"
            | "starmap_async",
        ) => (Model::Process, Some(0), "func"),
        _ => return None,
    })
}

/// Where the file hands this function or method over, in order.
pub(crate) fn starts<'a>(subject: &Subject<'a>, function: Definition<'a>) -> Vec<Start> {
    let names = subject.names();
    let mut found = Vec::new();
    let scopes = names.scopes(function.item);
    let binding = scopes.and_then(|it| it.definition(function.node.byte_range().into()));
    let Some((scopes, binding)) = scopes.zip(binding) else { return found };
    if scopes.scopes()[binding.scope].kind == crate::scope::ScopeKind::Class {
        let item = names.item(function.item);
        let Some(root) = item.tree().map(Tree::root_node) else { return found };
        let name = name_of(names, function);
        walk::attributes(root, item.text(), name, |path| {
            let node = path[path.len() - 1];
            if value::method(names, function.item, node) == Some(function) {
                found.extend(start(subject, function.item, path));
            }
        });
        return found;
    }
    if crate::facts::around::is_decorated(function.node)
        || !is_only_meaning(names, function.item, function.node)
    {
        return found;
    }
    for one in names.uses(Bound { item: function.item, binding }).unwrap_or_default() {
        if let Some(path) = path_of(names, &one) {
            found.extend(start(subject, one.item, &path));
        }
    }
    found
}

/// The call that takes the function at the end of the path.
fn start<'a>(subject: &Subject<'a>, item: usize, path: &[Node<'a>]) -> Option<Start> {
    let names = subject.names();
    let node = *path.last()?;
    let call = *path.iter().rev().skip(1).find(|node| kind(**node) == Kind::Call)?;
    let (model, position, keyword) = takes(&callee(names, item, call)?)?;
    let arguments = crate::facts::decoration::Arguments::of(call, names.item(item).text());
    let taken = match position {
        Some(position) => arguments.get(position, keyword),
        None => arguments.keyword(keyword),
    };
    let is_alone = is_single_worker(names, item, call);
    // Two objects with the method share nothing.
    let is_shared = kind(node) != Kind::Attribute
        || Field::Object.of(node).is_some_and(|object| names.receiver(item, object).is_some());
    let repeated = is_shared && is_repeated(names.item(item).text(), path, call);
    let start = Start { model, line: place(subject, item, call), repeated };
    (taken == Some(node) && !is_alone).then_some(start)
}

/// True for a method of a pool with one worker, which runs one call at a time.
fn is_single_worker(names: Names<'_>, item: usize, call: Node<'_>) -> bool {
    let root = names.item(item).tree().map(Tree::root_node);
    let callee = call.child_in(Field::Function);
    let owner = callee.and_then(|callee| Field::Object.of(callee));
    let owner = root
        .zip(owner)
        .and_then(|(root, owner)| crate::names::node_with(root, owner.byte_range().into()));
    let made = owner.and_then(|owner| value::of(names, item, owner));
    let Some((made, pool)) = made.as_ref().and_then(|made| Some((made, made.call()?))) else {
        return false;
    };
    let text = names.item(made.item).text();
    let arguments = crate::facts::decoration::Arguments::of(pool, text);
    let count = arguments
        .positional
        .first()
        .copied()
        .or_else(|| arguments.keyword("max_workers"))
        .or_else(|| arguments.keyword("processes"));
    count.is_some_and(|count| &text[count.byte_range()] == "1")
}

/// True when the call at the end of the path may start several runs that overlap.
pub(super) fn is_repeated(text: &str, path: &[Node<'_>], call: Node<'_>) -> bool {
    let callee = call.child_in(Field::Function);
    let method = callee.and_then(|callee| Field::Attribute.of(callee));
    if method.is_some_and(|it| text[it.byte_range()].contains("map")) {
        return true;
    }
    let around = path.iter().rev().take_while(|node| {
        !matches!(kind(**node), Kind::FunctionDefinition | Kind::Lambda | Kind::ClassDefinition)
    });
    let mut loops = around.filter(|node| {
        matches!(
            kind(**node),
            Kind::ForStatement
                | Kind::WhileStatement
                | Kind::ListComprehension
                | Kind::SetComprehension
                | Kind::GeneratorExpression
        )
    });
    loops.next().is_some_and(|around| {
        let waits = ["join", "result", "await"];
        !waits.iter().any(|word| text[around.byte_range()].contains(word))
    })
}

/// True for a function that only computes: a loop or a call of itself, and no call of anything
/// that may wait.
pub(crate) fn computes(names: Names<'_>, function: Definition<'_>) -> bool {
    if is_async(function.node) || is_generator(function.node) {
        return false;
    }
    let Some(body) = Field::Body.of(function.node) else { return false };
    let (mut repeats, mut may_wait) = (false, false);
    let mut calls = Vec::new();
    run_with(body, |node| match kind(node) {
        Kind::ForStatement | Kind::WhileStatement => repeats = true,
        Kind::ListComprehension | Kind::SetComprehension | Kind::GeneratorExpression => {
            repeats = true;
        }
        Kind::WithStatement | Kind::ImportStatement | Kind::ImportFromStatement => may_wait = true,
        Kind::Call => calls.push(node),
        _ => {}
    });
    for call in calls {
        let is_itself = call
            .child_in(Field::Function)
            .and_then(|callee| names.definition(function.item, callee))
            .is_some_and(|bound| {
                bound.item == function.item
                    && bound.binding.node == function.node.byte_range().into()
            });
        if is_itself {
            repeats = true;
        } else if !is_computing(names, function.item, call) {
            may_wait = true;
        }
    }
    repeats && !may_wait
}

/// Builtins that compute in Python code or in C without giving up the GIL.
const COMPUTING: &[&str] = &[
    "abs",
    "all",
    "any",
    "bool",
    "chr",
    "dict",
    "divmod",
    "enumerate",
    "float",
    "int",
    "len",
    "list",
    "max",
    "min",
    "ord",
    "pow",
    "range",
    "reversed",
    "round",
    "set",
    "sorted",
    "str",
    "sum",
    "tuple",
    "zip",
];

fn is_computing(names: Names<'_>, item: usize, call: Node<'_>) -> bool {
    let Some(callee) = call.child_in(Field::Function) else { return false };
    if let Some(name) = names.qualified(item, callee) {
        return name.strip_prefix("builtins.").is_some_and(|name| COMPUTING.contains(&name))
            || name.starts_with("math.");
    }
    false
}

/// The function as it stands before the parentheses of a call.
pub(super) fn callee_text(subject: &Subject<'_>, function: Node<'_>) -> Option<String> {
    let text = short(subject.names(), subject.item(), function)?;
    let is_simple = matches!(kind(function), Kind::Identifier | Kind::Attribute | Kind::Call);
    Some(if is_simple { text } else { format!("({text})") })
}

/// `f(a, b)` for `target=f, args=(a, b), kwargs={…}`; nothing when the arguments cannot be read.
pub(super) fn call_text(
    subject: &Subject<'_>,
    function: Node<'_>,
    args: Option<Node<'_>>,
    kwargs: Option<Node<'_>>,
) -> Option<String> {
    let (names, item) = (subject.names(), subject.item());
    let mut parts = Vec::new();
    if let Some(args) = args {
        if !matches!(kind(args), Kind::Tuple | Kind::List) {
            return None;
        }
        for part in crate::syntax::function::statements(args) {
            parts.push(short(names, item, part)?);
        }
    }
    if let Some(kwargs) = kwargs {
        parts.push(format!("**{}", short(names, item, kwargs)?));
    }
    let text = format!("{}({})", callee_text(subject, function)?, parts.join(", "));
    (text.chars().count() <= 60).then_some(text)
}
