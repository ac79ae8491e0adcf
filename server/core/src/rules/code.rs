//! What several rules ask about expressions and the statements around them.

use std::borrow::Cow;

use crate::facts::concurrency;
use crate::names::Bound;
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::function::{arguments, decorators, is_async, is_generator, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::{value, walk};

pub(crate) use crate::syntax::expression::{bare, is_quiet, method};

/// The dotted name of what a `call` calls.
pub(crate) fn callee_name<'s>(subject: &'s Subject<'_>, call: Node<'_>) -> Option<Cow<'s, str>> {
    if call == subject.node() {
        return subject.callee();
    }
    let callee = Field::Function.of(call).filter(|_| kind(call) == Kind::Call)?;
    subject.names().qualified(subject.item(), callee).map(Cow::Owned)
}

/// The dotted name of what the subject, a call, calls; for a method of what a call made, with the name of
/// what made it.
pub(crate) fn callee_or_method<'s>(subject: &'s Subject<'_>) -> Option<Cow<'s, str>> {
    let found = || concurrency::callee(subject.names(), subject.item(), subject.node());
    subject.callee().or_else(|| found().map(Cow::Owned))
}

/// The dotted name of what a `call` calls; for a method of an object that a call made, with the name
/// of what made it: `builtins.open.read`.
pub(crate) fn called_name(subject: &Subject<'_>, call: Node<'_>) -> Option<String> {
    if let Some(name) = callee_name(subject, call) {
        return Some(name.into_owned());
    }
    let names = subject.names();
    // The same node, with the lifetime of the file.
    let path = walk::path_to(
        names.item(subject.item()).tree()?.root_node(),
        call.start_byte(),
        call.end_byte(),
    )?;
    let call = path.into_iter().rev().find(|node| node.id() == call.id())?;
    let (object, name) = method(call)?;
    let owner = value::of(names, subject.item(), object)?;
    Some(format!("{}.{}", owner.made_by()?, subject.text(name)))
}

/// True when `node` is a call of something with one of these dotted names.
pub(crate) fn is_call_of(subject: &Subject<'_>, node: Node<'_>, names: &[&str]) -> bool {
    callee_name(subject, node).is_some_and(|name| names.contains(&&*name))
}

/// The positional arguments of a call and its keyword arguments; nothing when it spreads a
/// sequence or a mapping.
pub(crate) fn plain_arguments<'t>(call: Node<'t>) -> Option<(Vec<Node<'t>>, Vec<Node<'t>>)> {
    let all = arguments(call);
    let spread = |node: &Node<'_>| matches!(kind(*node), Kind::ListSplat | Kind::DictionarySplat);
    if all.iter().any(spread) {
        return None;
    }
    Some(all.into_iter().partition(|node| kind(*node) != Kind::KeywordArgument))
}

/// The function whose body runs the subject: no lambda, class body or generator expression stands
/// between, and the subject is not in its parameters.
pub(crate) fn own_function<'a>(subject: &Subject<'a>) -> Option<Node<'a>> {
    own_function_on(subject.path()).map(|at| subject.path()[at])
}

/// The place in `path` of the function whose body runs its last node.
pub(crate) fn own_function_on(path: &[Node<'_>]) -> Option<usize> {
    for at in (0..path.len().checked_sub(1)?).rev() {
        match kind(path[at]) {
            Kind::FunctionDefinition => {
                return (path[at + 1].field() == Some(Field::Body)).then_some(at);
            }
            Kind::Lambda | Kind::ClassDefinition | Kind::GeneratorExpression => return None,
            _ => {}
        }
    }
    None
}

/// True in the body of an `async def`.
pub(crate) fn runs_in_async(subject: &Subject<'_>) -> bool {
    own_function(subject).is_some_and(is_async)
}

/// The statement that is nothing but the subject.
pub(crate) fn as_statement<'a>(subject: &Subject<'a>) -> Option<Node<'a>> {
    let parent = subject.ancestors().next()?;
    let is_all = kind(parent) == Kind::ExpressionStatement && parent.named_child_count() == 1;
    is_all.then_some(parent)
}

/// True when an exception at the end of `path` may be caught there: a `try` with handlers, or a
/// `with` whose manager is not known to let exceptions pass, stands around it in the function.
pub(crate) fn may_be_caught(subject: &Subject<'_>, path: &[Node<'_>]) -> bool {
    for pair in path.windows(2).rev() {
        let (parent, child) = (pair[0], pair[1]);
        let in_body = child.field() == Some(Field::Body);
        match kind(parent) {
            Kind::FunctionDefinition | Kind::Lambda => return false,
            Kind::TryStatement
                if in_body
                    && statements(parent)
                        .iter()
                        .any(|clause| kind(*clause) == Kind::ExceptClause) =>
            {
                return true;
            }
            Kind::WithStatement if in_body && !lets_pass(subject, parent) => return true,
            _ => {}
        }
    }
    false
}

/// Calls that give a context manager which suppresses no exception.
const LETTING_PASS: &[&str] = &[
    "asyncio.Lock",
    "builtins.open",
    "contextlib.closing",
    "contextlib.nullcontext",
    "io.open",
    "sqlite3.connect",
    "tempfile.NamedTemporaryFile",
    "tempfile.TemporaryDirectory",
    "tempfile.TemporaryFile",
    "threading.Lock",
    "threading.RLock",
];

/// True when the managers of a `with` are known to let exceptions pass.
pub(crate) fn lets_pass(subject: &Subject<'_>, with: Node<'_>) -> bool {
    let mut all = true;
    for item in with_items(with) {
        let value = Field::Value.of(item).map(|value| match kind(value) {
            Kind::AsPattern => value.named_child(0).unwrap_or(value),
            _ => value,
        });
        all &= value.is_some_and(|value| is_call_of(subject, value, LETTING_PASS));
    }
    all
}

/// The `with_item`s of a `with` statement.
pub(crate) fn with_items(with: Node<'_>) -> Vec<Node<'_>> {
    let clauses = statements(with).into_iter().filter(|node| kind(*node) == Kind::WithClause);
    clauses.flat_map(statements).filter(|node| kind(*node) == Kind::WithItem).collect()
}

/// True when a `with` around the subject says that an exception is wanted: `pytest.raises(…)`,
/// `self.assertRaises(…)`, `self.assertWarns(…)`.
pub(crate) fn is_expected_to_fail(subject: &Subject<'_>) -> bool {
    subject.ancestors().filter(|node| kind(*node) == Kind::WithStatement).any(|with| {
        with_items(with).iter().any(|item| {
            let text = subject.text(*item);
            ["raises", "assertRaises", "assertWarns", "warns", "check_warnings", "suppress"]
                .iter()
                .any(|word| text.contains(word))
        })
    })
}

/// True when the expression evaluates to what a call of one of these dotted names returned.
pub(crate) fn is_made_by<'a>(
    subject: &Subject<'a>,
    item: usize,
    node: Node<'a>,
    makers: &[&str],
) -> bool {
    let value = value::of(subject.names(), item, node);
    value.as_ref().and_then(|value| value.made_by()).is_some_and(|name| makers.contains(&name))
}

/// The path to a node of the item `item`.
pub(crate) fn path_in<'a>(
    subject: &Subject<'a>,
    item: usize,
    node: Node<'_>,
) -> Option<Vec<Node<'a>>> {
    let root = subject.names().item(item).tree()?.root_node();
    let mut path = walk::path_to(root, node.start_byte(), node.end_byte())?;
    while path.last().is_some_and(|last| last.id() != node.id()) {
        path.pop();
    }
    (!path.is_empty()).then_some(path)
}

/// The statement around the subject and the path to it.
pub(crate) fn statement<'a>(subject: &Subject<'a>) -> Option<(Vec<Node<'a>>, Node<'a>)> {
    let path = path_in(subject, subject.item(), subject.node())?;
    let at =
        path.windows(2).rposition(|pair| matches!(kind(pair[0]), Kind::Block | Kind::Module))?;
    let statement = path[at + 1];
    Some((path, statement))
}

/// The function of this file that a callee can only be, without decorators but those of which the reader
/// says that they keep it; a method of the class around for `self.method`.
pub(crate) fn function_called<'a>(
    subject: &Subject<'a>,
    item: usize,
    callee: Node<'_>,
) -> Option<(usize, Node<'a>)> {
    let names = subject.names();
    let bound = match kind(callee) {
        Kind::Attribute => {
            let object = Field::Object.of(callee)?;
            let crate::names::Receiver::Instance(class) = names.receiver(item, object)? else {
                return None;
            };
            let name = &names.item(item).text()[Field::Attribute.of(callee)?.byte_range()];
            let all = names.bindings_in(item, class, name);
            let [binding] = all[..] else { return None };
            Bound { item, binding }
        }
        _ => names.definition(item, callee)?,
    };
    let is_plain = bound.binding.kind == BindingKind::Function && !bound.binding.conditional;
    let node = names.node(bound).filter(|node| is_plain && !node.is_broken())?;
    let path = path_in(subject, bound.item, node)?;
    let around = path.get(path.len().checked_sub(2)?)?;
    let is_kept = kind(*around) != Kind::DecoratedDefinition
        || decorators(*around).into_iter().all(|one| keeps(subject, bound.item, one));
    is_kept.then_some((bound.item, node))
}

/// Whether the reader says that a call of what the decorator leaves is a call of the function below.
fn keeps(subject: &Subject<'_>, item: usize, decorator: Node<'_>) -> bool {
    let Some(expression) = statements(decorator).into_iter().next() else { return false };
    let called = Field::Function.of(expression).filter(|_| kind(expression) == Kind::Call);
    let names = subject.names();
    names.qualified(item, called.unwrap_or(expression)).is_some_and(|name| names.keeps(&name))
}

/// True for an `async def` without `yield`.
pub(crate) fn is_coroutine_function(function: Node<'_>) -> bool {
    is_async(function) && !is_generator(function)
}

/// Functions that do nothing but look.
const LOOKS: &[&str] = &[
    "builtins.abs",
    "builtins.bool",
    "builtins.callable",
    "builtins.hasattr",
    "builtins.isinstance",
    "builtins.issubclass",
    "builtins.len",
    "builtins.ord",
    "builtins.type",
];

/// True when every call in the expression is of a function that looks at values and does nothing
/// else, so that calls may be left out.
pub(crate) fn only_looks(subject: &Subject<'_>, expression: Node<'_>) -> bool {
    let mut looks = true;
    walk::until(expression, |node| {
        looks &= match kind(node) {
            Kind::Call => callee_name(subject, node).is_some_and(|it| LOOKS.contains(&&*it)),
            Kind::NamedExpression => false,
            _ => true,
        };
        !looks
    });
    looks
}

/// True when a node of this kind stands in `node`, nested functions and classes left out.
pub(crate) fn contains(node: Node<'_>, wanted: &[Kind]) -> bool {
    let mut found = false;
    walk::until(node, |inner| {
        found |= wanted.contains(&kind(inner));
        let nested =
            matches!(kind(inner), Kind::FunctionDefinition | Kind::ClassDefinition | Kind::Lambda);
        found || nested && inner.id() != node.id()
    });
    found
}

/// True when the file speaks of one of these modules anywhere by name.
pub(crate) fn mentions(subject: &Subject<'_>, names: &[&str]) -> bool {
    names.iter().any(|name| {
        !subject.document().items_that_use(name).is_empty()
            || !subject.document().items_that_bind(name).is_empty()
    })
}

/// Asynchronous frameworks whose tasks know nothing of `asyncio`, or need not.
const OTHER_LOOPS: &[&str] = &["trio", "anyio", "curio", "gevent"];

/// True when the file speaks of an asynchronous framework that is not `asyncio`: in an import, a
/// mark such as `pytest.mark.trio`, a comment.
pub(crate) fn uses_other_loop(subject: &Subject<'_>) -> bool {
    OTHER_LOOPS.iter().any(|name| subject.names().some_text(has_word, name))
}

fn has_word(text: &str, word: &str) -> bool {
    let bytes = text.as_bytes();
    let is_letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    memchr::memmem::find_iter(bytes, word).any(|at| {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        !is_letter(before) && !is_letter(bytes.get(at + word.len()))
    })
}

/// The value of a decimal integer literal, or of the power of two of them.
pub(crate) fn number(text: &str) -> Option<u64> {
    let text = text.replace('_', "");
    match text.split_once("**") {
        Some((base, power)) => {
            let base: u64 = base.trim().parse().ok()?;
            base.checked_pow(power.trim().parse().ok()?)
        }
        None => text.parse().ok(),
    }
}

/// The text of an expression as an operand of `await`, an attribute or a call: in parentheses
/// unless it needs none.
pub(crate) fn as_operand(subject: &Subject<'_>, node: Node<'_>) -> String {
    let text = subject.text(node);
    match kind(node) {
        Kind::Identifier
        | Kind::Call
        | Kind::Attribute
        | Kind::Subscript
        | Kind::ParenthesizedExpression => text.to_owned(),
        _ => format!("({text})"),
    }
}

/// True when an `await` in place of the subject needs parentheses.
pub(crate) fn needs_parentheses(subject: &Subject<'_>) -> bool {
    let Some(parent) = subject.ancestors().next() else { return true };
    match kind(parent) {
        Kind::Attribute | Kind::Subscript | Kind::Await | Kind::UnaryOperator => true,
        Kind::Call => Field::Function.of(parent) == Some(subject.node()),
        Kind::BinaryOperator => Field::Operator.of(parent).is_some_and(|op| op.kind() == "**"),
        _ => false,
    }
}
