//! `with … as x`.

use super::name::is_unchanged;
use super::{At, Definition, Object, Value, expression};
use crate::Span;
use crate::facts::classes::{Class, Lookup};
use crate::names::{Bound, Receiver};
use crate::scope::BindingKind;
use crate::syntax::function::{arguments, is_async, is_generator, returned, returns, statements};
use crate::syntax::{Field, Kind, Node, flow::never_ends, kind};

/// What calls of these return is its own context manager: `__enter__` returns `self` (Library
/// Reference, the sources of CPython 3.9 to 3.14, of requests 2.34 and httpx 0.28).
const RETURNS_SELF: &[&str] = &[
    "builtins.open",
    "bz2.BZ2File",
    "concurrent.futures.ProcessPoolExecutor",
    "concurrent.futures.ThreadPoolExecutor",
    "contextlib.ExitStack",
    "gzip.GzipFile",
    "httpx.Client",
    "io.BytesIO",
    "io.StringIO",
    "io.open",
    "lzma.LZMAFile",
    "multiprocessing.Manager",
    "multiprocessing.Pool",
    "os.scandir",
    "requests.Session",
    "shelve.open",
    "socket.socket",
    "sqlite3.connect",
    "subprocess.Popen",
    "tarfile.open",
    "tempfile.NamedTemporaryFile",
    "tempfile.SpooledTemporaryFile",
    "tempfile.TemporaryFile",
    "zipfile.ZipFile",
];

/// The same for `__aenter__`.
const AWAITED_SELF: &[&str] = &[
    "aiohttp.ClientSession",
    "asyncio.TaskGroup",
    "asyncio.timeout",
    "asyncio.timeout_at",
    "contextlib.AsyncExitStack",
    "httpx.AsyncClient",
];

/// What `as` gives to the name at `name`; `at` is the `as_pattern`, `path` leads to it.
pub(super) fn evaluate<'a>(at: At<'a>, path: &[Node<'a>], name: Span) -> Option<Value<'a>> {
    let parts = statements(at.node);
    let [manager, target] = parts[..] else { return None };
    let is_whole = Span::from(target.byte_range()) == name && kind(target) == Kind::AsPatternTarget;
    let with = path.iter().rev().find(|node| kind(**node) == Kind::WithStatement)?;
    let item = path.iter().rev().nth(1)?;
    if !is_whole || kind(*item) != Kind::WithItem {
        return None;
    }
    let awaited = with.child(0).is_some_and(|token| token.kind() == "async");
    let value = expression::evaluate(at.part(manager))?;
    let returns_self = if awaited { AWAITED_SELF } else { RETURNS_SELF };
    let hands_on: &[&str] = if awaited {
        &["contextlib.aclosing", "contextlib.nullcontext"]
    } else {
        &["contextlib.closing", "contextlib.nullcontext"]
    };
    match &value.object {
        Object::Called(name) if returns_self.contains(&name.as_str()) => Some(value),
        Object::Called(name) if hands_on.contains(&name.as_str()) => {
            let [argument] = arguments(value.node)[..] else { return None };
            let once = value.once;
            let value = expression::evaluate(at.next(value.item, argument))?;
            Some(Value { once: value.once && once, ..value })
        }
        Object::Instance(class) => enters_itself(at, *class, awaited).then_some(value),
        _ => None,
    }
}

/// True when `__enter__` or `__aenter__` of a class of the file returns the instance on every way.
fn enters_itself<'a>(at: At<'a>, class: Definition<'a>, awaited: bool) -> bool {
    let Some(class) = Class::new(at.names, class.item, class.node) else { return false };
    let name = if awaited { "__aenter__" } else { "__enter__" };
    let Lookup::Found(owner, binding) = class.lookup(name) else { return false };
    let Some(function) = at.names.node(Bound { item: owner.item, binding }) else { return false };
    let is_only = at.names.bindings_in(owner.item, owner.node, name).len() == 1;
    let is_fit = binding.kind == BindingKind::Function
        && is_only
        && is_async(function) == awaited
        && !is_generator(function)
        && !function.is_broken()
        && is_unchanged(at.next(owner.item, function), &[]);
    let is_self = |statement: Node<'a>| {
        returned(statement).is_some_and(|value| {
            at.names.receiver(owner.item, value) == Some(Receiver::Instance(owner.node))
        })
    };
    is_fit
        && Field::Body.of(function).is_some_and(never_ends)
        && returns(function).into_iter().all(is_self)
}
