//! What a metaclass does beyond making the class, if it is simple enough to be told.

use crate::facts::classes::{Base, Class};
use crate::names::{Bound, Names, Receiver};
use crate::subject::Subject;
use crate::syntax::function::{
    Parameter, ParameterKind, arguments, docstring, is_async, parameters, returned, statements,
};
use crate::walk;

use super::code::{bare, callee_name, method};
use super::metaclass_steps::Steps;
use crate::syntax::{Field, Kind, Node, expression::expression, kind};

/// A metaclass of the file whose only method is `__new__` or `__init__`, and the classes made by it.
pub(crate) struct Metaclass<'a> {
    pub class: Class<'a>,
    /// The method.
    pub function: Node<'a>,
    pub is_new: bool,
    /// The parameters: the first, name, bases and namespace if they are named.
    pub first: &'a str,
    pub named: Option<[&'a str; 3]>,
    /// The variable that is the class: the first parameter of `__init__`.
    pub made: Option<&'a str>,
    /// The statements besides the call of `type` and the last `return`.
    pub steps: Vec<Node<'a>>,
    /// Statements of the class body that bind a name to an empty container.
    pub containers: Vec<(&'a str, Node<'a>)>,
    /// The classes with `metaclass=` this one.
    pub users: Vec<Class<'a>>,
    /// Nothing but these classes and the method itself names the metaclass.
    pub is_private: bool,
}

/// What the steps of a metaclass do.
pub(crate) enum Work {
    /// They keep the class, in these containers.
    Register(Vec<String>),
    /// They check what the class has, or set attributes.
    Hook { checks: bool, sets: bool },
}

impl<'a> Metaclass<'a> {
    /// Reads the class that the subject is, and what it does.
    pub fn read(subject: &Subject<'a>) -> Option<(Self, Work)> {
        let node = subject.node();
        let list = Field::Superclasses.of(node).map(statements)?;
        (list.len() == 1 && !subject.settings().is_test).then_some(())?;
        let class = Class::new(subject.names(), subject.item(), node)?;
        let [Base::Known(base)] = &class.bases()[..] else { return None };
        let is_plain = base == "builtins.type"
            && Field::TypeParameters.of(node).is_none()
            && class.decorated().is_none();
        is_plain.then_some(())?;
        let (function, containers) = members(subject, node)?;
        let mut found = Self::of_method(subject, class, function)?;
        found.containers = containers;
        found.read_users()?;
        let work = Steps::work(subject, &found)?;
        Some((found, work))
    }

    fn of_method(subject: &Subject<'a>, class: Class<'a>, function: Node<'a>) -> Option<Self> {
        let all = parameters(function)?;
        let is_new = subject.text(Field::Name.of(function)?) == "__new__";
        let (first, named) = signature(subject, &all)?;
        let doc = docstring(function, subject.item_text());
        let body = statements(Field::Body.of(function)?);
        let mut found = Self {
            class,
            function,
            is_new,
            first,
            named,
            made: (!is_new).then_some(first),
            steps: Vec::new(),
            containers: Vec::new(),
            users: Vec::new(),
            is_private: true,
        };
        let (mut calls, mut has_returned) = (0, false);
        for statement in body.into_iter().skip(usize::from(doc.is_some())) {
            // Nothing runs behind a `return`.
            (!has_returned).then_some(())?;
            let value = match kind(statement) {
                Kind::ReturnStatement => {
                    has_returned = true;
                    returned(statement)
                }
                _ => expression(statement),
            };
            let call = value.filter(|value| found.is_made_by(subject, *value));
            match (kind(statement), value, call) {
                (Kind::ReturnStatement, _, Some(_)) if is_new => calls += 1,
                (Kind::ReturnStatement, Some(value), None) if is_new => {
                    (Some(subject.text(value)) == found.made).then_some(())?;
                }
                (Kind::ReturnStatement, ..) => return None,
                (_, Some(_), Some(_)) if !is_new => calls += 1,
                (_, Some(value), None) if is_new && found.made.is_none() => {
                    let right = Field::Right.of(value).filter(|_| kind(value) == Kind::Assignment);
                    if right.is_some_and(|right| found.is_made_by(subject, right)) {
                        let left = Field::Left.of(value)?;
                        (kind(left) == Kind::Identifier).then_some(())?;
                        found.made = Some(subject.text(left));
                        calls += 1;
                    } else {
                        found.steps.push(statement);
                    }
                }
                _ => found.steps.push(statement),
            }
        }
        let is_complete = if is_new { calls == 1 && has_returned } else { calls <= 1 };
        is_complete.then_some(found)
    }

    /// True for `super().__new__(mcs, name, bases, namespace)` and the like, which hands on just what
    /// the method got.
    pub fn is_made_by(&self, subject: &Subject<'a>, call: Node<'a>) -> bool {
        let Some((object, name)) = method(call) else { return false };
        let names = subject.names();
        let is_type = matches!(names.receiver(subject.item(), object), Some(Receiver::Super(_)))
            || callee_name(subject, object).as_deref() == Some("builtins.super")
            || names.qualified(subject.item(), object).as_deref() == Some("builtins.type");
        let wanted = if self.is_new { "__new__" } else { "__init__" };
        is_type && subject.text(name) == wanted && self.hands_on(subject, call)
    }

    fn hands_on(&self, subject: &Subject<'a>, call: Node<'a>) -> bool {
        let copied = |node: Node<'a>| {
            let is_copy = callee_name(subject, node).as_deref() == Some("builtins.dict");
            match arguments(node)[..] {
                [inner] if is_copy => inner,
                _ => node,
            }
        };
        let given = arguments(call).into_iter().filter(|node| kind(*node) != Kind::DictionarySplat);
        let given: Vec<_> = given.map(|node| subject.text(copied(node))).collect();
        let mut wanted = vec![self.first];
        wanted.extend(self.named.into_iter().flatten());
        let is_spread = self.named.is_none() && given.iter().any(|text| text.starts_with('*'));
        // `type.__init__` ignores what it gets, and `super()` has filled in the first.
        is_spread || given == wanted || !self.is_new
    }

    /// The classes that this one makes. Nothing if something else is done with it.
    fn read_users(&mut self) -> Option<()> {
        let names = self.class.names;
        let binding = self.class.binding()?;
        for found in names.uses(Bound { item: self.class.item, binding })? {
            let at = found.reference.at;
            let own = self.class.node.byte_range();
            if found.item == self.class.item && own.contains(&at.start) {
                continue;
            }
            let root = names.item(found.item).tree()?.root_node();
            let path = walk::path_to(root, at.start, at.end)?;
            let text = names.item(found.item).text();
            match user(names, found.item, text, &path) {
                Some(class) => self.users.push(class),
                None => {
                    let parent = *path.get(path.len().checked_sub(2)?)?;
                    let is_read = kind(parent) == Kind::Attribute
                        && Field::Object.of(parent) == path.last().copied();
                    is_read.then_some(())?;
                    self.is_private = false;
                }
            }
        }
        (!self.users.is_empty() && self.users.iter().all(has_no_other_metaclass)).then_some(())
    }
}

/// The one method of the class body, and the containers that it binds.
#[allow(clippy::type_complexity)]
fn members<'a>(
    subject: &Subject<'a>,
    class: Node<'a>,
) -> Option<(Node<'a>, Vec<(&'a str, Node<'a>)>)> {
    let doc = docstring(class, subject.item_text());
    let (mut function, mut containers) = (None, Vec::new());
    for statement in statements(Field::Body.of(class)?).into_iter().skip(usize::from(doc.is_some()))
    {
        if kind(statement) == Kind::FunctionDefinition {
            let name = subject.text(Field::Name.of(statement)?);
            let is_hook = matches!(name, "__new__" | "__init__") && !is_async(statement);
            (is_hook && function.is_none()).then_some(())?;
            function = Some(statement);
            continue;
        }
        let assignment = expression(statement).filter(|node| kind(*node) == Kind::Assignment)?;
        let (left, right) = (Field::Left.of(assignment)?, Field::Right.of(assignment)?);
        (kind(left) == Kind::Identifier && is_empty_container(subject, right)).then_some(())?;
        containers.push((subject.text(left), statement));
    }
    Some((function?, containers))
}

/// Calls that make an empty container.
const CONTAINERS: &[&str] = &[
    "builtins.dict",
    "builtins.list",
    "builtins.set",
    "collections.OrderedDict",
    "collections.deque",
    "weakref.WeakKeyDictionary",
    "weakref.WeakSet",
    "weakref.WeakValueDictionary",
];

pub(crate) fn is_empty_container(subject: &Subject<'_>, node: Node<'_>) -> bool {
    let node = bare(node);
    match kind(node) {
        Kind::List | Kind::Dictionary => statements(node).is_empty(),
        Kind::Call => {
            let name = callee_name(subject, node);
            match name.as_deref() {
                Some("collections.defaultdict") => arguments(node).len() == 1,
                Some(name) => CONTAINERS.contains(&name) && arguments(node).is_empty(),
                None => false,
            }
        }
        _ => false,
    }
}

/// The first parameter, and the three behind it unless they are `*args`.
fn signature<'a>(
    subject: &Subject<'a>,
    all: &[Parameter<'a>],
) -> Option<(&'a str, Option<[&'a str; 3]>)> {
    let text = |parameter: &Parameter<'a>| subject.text(parameter.name);
    let is_plain = |one: &Parameter<'_>| {
        one.kind == ParameterKind::PositionalOrKeyword && one.default.is_none()
    };
    let (last, rest) = all.split_last()?;
    let rest = if last.kind == ParameterKind::VarKeyword { rest } else { all };
    match rest {
        [first, name, bases, namespace] if rest.iter().all(is_plain) => {
            Some((text(first), Some([text(name), text(bases), text(namespace)])))
        }
        [first, args] if is_plain(first) && args.kind == ParameterKind::VarPositional => {
            Some((text(first), None))
        }
        _ => None,
    }
}

/// The class statement that names its metaclass by the last node of `path`.
fn user<'a>(names: Names<'a>, item: usize, text: &str, path: &[Node<'a>]) -> Option<Class<'a>> {
    let [.., definition, list, keyword, name] = path[..] else { return None };
    let is_metaclass = kind(definition) == Kind::ClassDefinition
        && kind(list) == Kind::Argument
        && Field::Value.of(keyword) == Some(name)
        && &text[Field::Name.of(keyword)?.byte_range()] == "metaclass";
    Class::new(names, item, definition).filter(|_| is_metaclass)
}

/// True when no base of the class brings a metaclass of its own.
fn has_no_other_metaclass(class: &Class<'_>) -> bool {
    let is_root = |name: &str| matches!(name, "builtins.object" | "typing.Generic");
    class.bases().iter().all(|base| match base {
        Base::Here(base) => {
            base.metaclass().is_none()
                && base
                    .bases()
                    .iter()
                    .all(|base| matches!(base, Base::Known(name) if is_root(name)))
        }
        Base::Known(name) => is_root(name),
        Base::Unknown => false,
    })
}
