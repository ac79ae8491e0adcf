//! What an expression behind `with` is.

use super::table::CONTEXT_MANAGER;
use crate::facts::Facts;
use crate::facts::classes::{Base, Class, Lookup, Own};
use crate::facts::decoration::Decorated;
use crate::names::{Bound, Definition, Names, Receiver};
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};
use crate::value::{self, Object};
use crate::walk;

/// Bases of bases are followed this far.
const MAX_BASES: usize = 20;

/// What is entered.
#[derive(Clone, Debug)]
pub(crate) enum Manager<'a> {
    /// An instance of a class of the file.
    Instance(Class<'a>),
    /// A class of the file, not an instance of it.
    Class(Class<'a>),
    /// What a generator function of the file makes, by `contextlib.contextmanager`.
    Generator(Generator<'a>),
    /// What a call of an object returns that this row of the table is about.
    Known(&'a Facts),
}

/// A generator function under `contextlib.contextmanager`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Generator<'a> {
    /// The names of its file.
    pub names: Names<'a>,
    /// Index of the item.
    pub item: usize,
    /// The `function_definition`.
    pub function: Node<'a>,
    /// The decorator is `asynccontextmanager`.
    pub awaited: bool,
}

/// A manager and the expression that makes it.
#[derive(Clone, Debug)]
pub(crate) struct Made<'a> {
    pub manager: Manager<'a>,
    /// Index of the item with `node`.
    pub item: usize,
    /// The call that makes it, which may stand elsewhere than behind `with`.
    pub node: Node<'a>,
}

/// What the expression of the subject's item is. Nothing when that is not certain.
pub(crate) fn manager<'a>(subject: &Subject<'a>, node: Node<'a>) -> Option<Made<'a>> {
    let (names, item) = (subject.names(), subject.item());
    if let Some(generator) = generator_call(names, item, node) {
        return Some(Made { manager: Manager::Generator(generator), item, node });
    }
    if let Some(row) = inherited_call(subject, node) {
        return Some(Made { manager: Manager::Known(row), item, node });
    }
    if let Some(made) = value::elsewhere(names, item, node)
        && let Object::Instance(class) = made.object
    {
        let class = Class::new(made.names, class.item, class.node)?;
        let manager = Manager::Instance(class);
        return Some(Made { manager, item: made.item, node: made.node });
    }
    let value = value::of(names, item, node)?;
    let class_of = |found: value::Definition<'a>| Class::new(names, found.item, found.node);
    let manager = match value.object {
        Object::Instance(class) => Manager::Instance(class_of(class)?),
        Object::Class(class) => Manager::Class(class_of(class)?),
        Object::Called(name) => Manager::Known(subject.row(&CONTEXT_MANAGER, &name)?),
        _ => return None,
    };
    Some(Made { manager, item: value.item, node: value.node })
}

/// `self.f(…)`, where the class of the file gets `f` from a base from elsewhere that the table knows
/// under `Base.f`.
fn inherited_call<'a>(subject: &Subject<'a>, node: Node<'_>) -> Option<&'a Facts> {
    let (names, item) = (subject.names(), subject.item());
    let callee = node.child_in(Field::Function).filter(|_| kind(node) == Kind::Call)?;
    let object = callee.child_in(Field::Object).filter(|_| kind(callee) == Kind::Attribute)?;
    let Receiver::Instance(class) = names.receiver(item, object)? else { return None };
    let name = subject.text(callee.child_in(Field::Attribute)?);
    let mut class = Class::new(names, item, class)?;
    for _ in 0..MAX_BASES {
        if !matches!(class.own(name), Own::No) {
            return None;
        }
        match &class.bases()[..] {
            [Base::Here(base)] => class = *base,
            [Base::Known(base)] => {
                let row = subject.row(&CONTEXT_MANAGER, &format!("{base}.{name}"))?;
                return (!is_assigned(names, name)).then_some(row);
            }
            _ => return None,
        }
    }
    None
}

/// A call of a generator function of the workspace that `contextlib.contextmanager` decorates alone.
fn generator_call<'a>(names: Names<'a>, item: usize, node: Node<'_>) -> Option<Generator<'a>> {
    let callee = node.child_in(Field::Function).filter(|_| kind(node) == Kind::Call)?;
    let method = Some(callee).filter(|it| kind(*it) == Kind::Attribute);
    let method = method.and_then(|callee| method_of_self(names, item, callee));
    let Definition { names, bound } = match method {
        Some(found) => found,
        None => names.definition_anywhere(item, callee)?,
    };
    if bound.binding.kind != BindingKind::Function || bound.binding.conditional {
        return None;
    }
    generator(names, bound.item, names.node(bound)?)
}

/// The generator function, if `contextlib.contextmanager` is its only decorator.
pub(crate) fn generator<'a>(
    names: Names<'a>,
    item: usize,
    function: Node<'a>,
) -> Option<Generator<'a>> {
    let root = names.item(item).tree()?.root_node();
    let path = walk::path_to(root, function.start_byte(), function.end_byte())?;
    let at = path.iter().position(|node| *node == function)?;
    let decorated = Decorated::read(names, item, *path.get(at.checked_sub(1)?)?)?;
    let [only] = &decorated.all[..] else { return None };
    let awaited = match only.name.as_deref()? {
        "contextlib.contextmanager" => false,
        "contextlib.asynccontextmanager" => true,
        _ => return None,
    };
    only.call.is_none().then_some(Generator { names, item, function, awaited })
}

/// `self.f` for a method that nothing in its file and in this one replaces.
fn method_of_self<'a>(names: Names<'a>, item: usize, callee: Node<'_>) -> Option<Definition<'a>> {
    let object = callee.child_in(Field::Object)?;
    let (Receiver::Instance(class) | Receiver::Class(class)) = names.receiver(item, object)? else {
        return None;
    };
    let class = Class::new(names, item, class)?;
    let name = callee.child_in(Field::Attribute)?;
    let name = &names.item(item).text()[name.byte_range()];
    let Lookup::Found(owner, binding) = class.lookup_anywhere(name) else { return None };
    let is_only = owner.names.bindings_in(owner.item, owner.node, name).len() == 1;
    let mut below = class.subclasses();
    let mut seen = 0;
    while let Some(class) = below.pop() {
        seen += 1;
        if seen > MAX_BASES || !matches!(class.own(name), Own::No) {
            return None;
        }
        below.extend(class.subclasses());
    }
    let bound = Bound { item: owner.item, binding };
    let is_fixed = is_only && !is_assigned(names, name) && !is_assigned(owner.names, name);
    is_fixed.then_some(Definition { names: owner.names, bound })
}

/// True when the file may assign an attribute of this name, on whatever it is.
pub(crate) fn is_assigned(names: Names<'_>, attribute: &str) -> bool {
    names.some_text(assigns, attribute)
}

fn assigns(text: &str, attribute: &str) -> bool {
    memchr::memmem::find_iter(text.as_bytes(), attribute).any(|at| {
        let before = text[..at].trim_end();
        let after = text[at + attribute.len()..].trim_start();
        let is_target = after.starts_with('=') && !after.starts_with("==");
        let is_text = before.ends_with(['"', '\'']) && after.starts_with(['"', '\'']);
        before.ends_with('.') && is_target || is_text
    })
}

/// A method of the protocol.
#[derive(Clone, Debug)]
pub(crate) enum Method<'a> {
    /// It is this function of the class.
    Function(Class<'a>, Node<'a>),
    /// The class binds it, but to what cannot be told.
    Opaque(Class<'a>, Node<'a>),
    /// The base from elsewhere has it that this row of the table is about.
    Inherited(String, &'a Facts),
    /// No class has it.
    Missing,
    /// It cannot be told.
    Unknown,
}

/// The method that a `with` on an instance of the class calls under this name.
pub(crate) fn protocol<'a>(subject: &Subject<'a>, class: Class<'a>, name: &str) -> Method<'a> {
    protocol_within(subject, class, name, 0)
}

fn protocol_within<'a>(
    subject: &Subject<'a>,
    class: Class<'a>,
    name: &str,
    depth: usize,
) -> Method<'a> {
    if is_assigned(subject.names(), name) || is_assigned(class.names, name) {
        return Method::Unknown;
    }
    match class.lookup_anywhere(name) {
        Lookup::Found(owner, _) if is_assigned(owner.names, name) => Method::Unknown,
        Lookup::Found(owner, binding) => {
            let Some(node) = owner.names.node(Bound { item: owner.item, binding }) else {
                return Method::Unknown;
            };
            let is_only = owner.names.bindings_in(owner.item, owner.node, name).len() == 1;
            let is_function = binding.kind == BindingKind::Function
                && !crate::facts::around::is_decorated(node)
                && !node.is_broken();
            match (is_only, is_function) {
                (true, true) => Method::Function(owner, node),
                (true, false) => Method::Opaque(owner, node),
                (false, _) => Method::Unknown,
            }
        }
        Lookup::Absent if class.metaclass().is_none() => Method::Missing,
        Lookup::Absent => Method::Unknown,
        Lookup::Unknown => inherited(subject, class, name, depth),
    }
}

fn inherited<'a>(subject: &Subject<'a>, class: Class<'a>, name: &str, depth: usize) -> Method<'a> {
    if depth > MAX_BASES || !matches!(class.own(name), Own::No) {
        return Method::Unknown;
    }
    match &class.bases_anywhere()[..] {
        [Base::Here(base)] => protocol_within(subject, *base, name, depth + 1),
        [Base::Known(base)] => match subject.row(&CONTEXT_MANAGER, base) {
            Some(row) => Method::Inherited(base.clone(), row),
            None => Method::Unknown,
        },
        _ => Method::Unknown,
    }
}
