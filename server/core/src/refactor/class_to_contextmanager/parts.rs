//! What such a class is made of, with `self.x` read as a variable.

use std::collections::BTreeSet;

use super::replaced;
use crate::Span;
use crate::rules::edit::has_long_string;
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::function::{docstring, is_async, parameters, returned, statements};
use crate::syntax::{Field, Kind, Node, expression::expression, kind};
use crate::walk;

/// The methods, in order.
const METHODS: &[&str] = &["__init__", "__enter__", "__exit__"];

/// What a generator function cannot take over, or what needs a class.
const UNFIT: &[Kind] = &[
    Kind::Await,
    Kind::ClassDefinition,
    Kind::FunctionDefinition,
    Kind::GeneratorExpression,
    Kind::GlobalStatement,
    Kind::Lambda,
    Kind::NonlocalStatement,
    Kind::ReturnStatement,
    Kind::Yield,
];

/// The class, taken apart.
pub(super) struct Parts<'a> {
    init: Option<Node<'a>>,
    /// The statements of `__init__` that stay, those of `__enter__` and those of `__exit__`.
    bodies: [Vec<Node<'a>>; 3],
    /// What `__enter__` returns.
    pub given: Option<Node<'a>>,
    /// `__enter__` and `__exit__`.
    methods: [Node<'a>; 2],
    /// The name of the instance in `__enter__`.
    itself: &'a str,
    /// Each `self.x`: its bytes in the item, and `x`.
    attributes: Vec<(Span, &'a str)>,
}

impl<'a> Parts<'a> {
    /// Reads the class that the subject is; nothing for one that does more.
    pub fn read(subject: &Subject<'a>) -> Option<Self> {
        let class = subject.node();
        let is_plain = Field::TypeParameters.of(class).is_none()
            && Field::Superclasses.of(class).map(statements).unwrap_or_default().is_empty();
        is_plain.then_some(())?;
        let doc = docstring(class, subject.item_text());
        let members = statements(Field::Body.of(class)?);
        let mut methods = [None; 3];
        for member in members.into_iter().skip(usize::from(doc.is_some())) {
            let is_method = kind(member) == Kind::FunctionDefinition && !is_async(member);
            let name = Field::Name.of(member).filter(|_| is_method)?;
            let at = METHODS.iter().position(|one| *one == subject.text(name))?;
            methods[at].replace(member).is_none().then_some(())?;
        }
        let [init, enter, exit] = methods;
        let (enter, exit) = (enter?, exit?);
        let itself = subject.text(parameters(enter)?.first()?.name);
        let mut found = Self {
            init,
            bodies: Default::default(),
            given: None,
            methods: [enter, exit],
            itself,
            attributes: Vec::new(),
        };
        if let Some(init) = init {
            found.bodies[0] = body(subject, init)?;
            found.bodies[0].iter().all(|one| keeps(subject, init, *one)).then_some(())?;
        }
        found.bodies[1] = body(subject, enter)?;
        if let Some(last) = found.bodies[1].last().filter(|it| kind(**it) == Kind::ReturnStatement)
        {
            found.given = returned(*last).filter(|value| kind(*value) != Kind::None);
            found.bodies[1].pop();
        }
        found.bodies[2] = body(subject, exit)?;
        let last = found.bodies[2].last().copied();
        if let Some(last) = last.filter(|it| kind(*it) == Kind::ReturnStatement) {
            let value = returned(last).map(kind);
            matches!(value, None | Some(Kind::None | Kind::False)).then_some(())?;
            found.bodies[2].pop();
        }
        found.fits(subject, enter, exit).then_some(found)
    }

    fn fits(&mut self, subject: &Subject<'a>, enter: Node<'a>, exit: Node<'a>) -> bool {
        let is_alone = |method: Node<'a>| parameters(method).is_some_and(|all| all.len() == 1);
        let nodes = || self.bodies.iter().flatten().copied().chain(self.given);
        let has_unfit = nodes().any(|node| {
            let mut unfit = false;
            walk::until(node, |inner| {
                unfit |= UNFIT.contains(&kind(inner))
                    || kind(inner) == Kind::Identifier
                        && matches!(subject.text(inner), "super" | "__class__" | "locals");
                unfit
            });
            unfit
        });
        let is_long = self.bodies.iter().any(|body| match (body.first(), body.last()) {
            (Some(first), Some(last)) => has_long_string(subject, *first, *last),
            _ => false,
        });
        let hears = parameters(exit).unwrap_or_default().into_iter().skip(1).any(|parameter| {
            let name = subject.text(parameter.name);
            self.bodies[2].iter().any(|node| identifiers(subject, *node).contains(name))
        });
        let is_empty = self.bodies[2].iter().all(|it| kind(*it) == Kind::PassStatement);
        !has_unfit
            && !is_long
            && !hears
            && !is_empty
            && is_alone(enter)
            && self.read_attributes(subject, [self.init, Some(enter), Some(exit)]).is_some()
    }

    /// Finds each `self.x`. Nothing when `self` is used otherwise, or an attribute that is not
    /// assigned here.
    fn read_attributes(
        &mut self,
        subject: &Subject<'a>,
        methods: [Option<Node<'a>>; 3],
    ) -> Option<()> {
        let mut found = Vec::new();
        let mut assigned = BTreeSet::new();
        let nodes = self
            .bodies
            .iter()
            .zip(methods)
            .flat_map(|(body, method)| body.iter().copied().map(move |node| (node, method)));
        let given = self.given.filter(|_| !self.gives_itself(subject));
        for (node, method) in nodes.chain(given.map(|node| (node, methods[1]))) {
            let itself = subject.text(parameters(method?)?.first()?.name);
            let mut fine = true;
            walk::until(node, |inner| {
                if kind(inner) == Kind::Attribute
                    && let (Some(object), Some(name)) =
                        (Field::Object.of(inner), Field::Attribute.of(inner))
                    && kind(object) == Kind::Identifier
                    && subject.text(object) == itself
                {
                    found.push((Span::from(inner.byte_range()), subject.text(name)));
                    return true;
                }
                if kind(inner) == Kind::Assignment
                    && let Some(left) = Field::Left.of(inner)
                    && kind(left) == Kind::Attribute
                    && let Some(name) = Field::Attribute.of(left)
                {
                    assigned.insert(subject.text(name));
                }
                fine &= kind(inner) != Kind::Identifier || subject.text(inner) != itself;
                false
            });
            fine.then_some(())?;
        }
        let all = found.iter().all(|(_, name)| assigned.contains(name));
        found.sort();
        self.attributes = found;
        all.then_some(())
    }

    /// True when `with` binds the manager itself.
    pub fn gives_itself(&self, subject: &Subject<'_>) -> bool {
        self.given.is_some_and(|value| subject.text(value) == self.itself)
    }

    /// A name that would mean two things in one function.
    pub fn collision(&self, subject: &Subject<'a>) -> Option<&'a str> {
        let used: Vec<BTreeSet<&str>> = self
            .bodies
            .iter()
            .map(|body| body.iter().flat_map(|node| identifiers(subject, *node)).collect())
            .collect();
        let parameters: BTreeSet<&str> = self
            .init
            .and_then(parameters)
            .unwrap_or_default()
            .iter()
            .skip(1)
            .map(|parameter| subject.text(parameter.name))
            .collect();
        let attributes: BTreeSet<&str> =
            self.attributes.iter().map(|(_, name)| variable(name)).collect();
        let in_later = |name: &&&str| used[1].contains(**name) || used[2].contains(**name);
        let kept = |name: &str| {
            let own = self.bodies[0].iter().filter_map(|statement| kept_as(subject, *statement));
            let mut own = own.filter(|(attribute, _)| variable(attribute) == name);
            own.next().is_some_and(|(_, value)| value == name) && own.next().is_none()
        };
        let distinct: BTreeSet<&str> = self.attributes.iter().map(|(_, name)| *name).collect();
        if distinct.len() != attributes.len() {
            return distinct.first().copied();
        }
        parameters
            .iter()
            .chain(&attributes)
            .find(in_later)
            .or_else(|| attributes.iter().find(|name| used[0].contains(**name) && !kept(name)))
            .copied()
            .or_else(|| self.shared_local(subject, &used))
    }

    /// A variable of one method that another method names.
    fn shared_local(&self, subject: &Subject<'a>, used: &[BTreeSet<&'a str>]) -> Option<&'a str> {
        let scopes = subject.names().scopes(subject.item())?;
        let bound = |body: &[Node<'a>]| -> BTreeSet<&str> {
            let within =
                |at: Span| body.iter().any(|node| Span::from(node.byte_range()).contains(at));
            let all = scopes.all_bindings().iter();
            let own = all.filter(|it| within(it.at) && it.kind != BindingKind::Delete);
            own.map(|it| scopes.name(it.name)).collect()
        };
        let (first, second) = (bound(&self.bodies[1]), bound(&self.bodies[2]));
        let in_exit = used[2].iter().find(|name| first.contains(**name));
        in_exit.or_else(|| used[1].iter().find(|name| second.contains(**name))).copied()
    }

    /// The parameters of `__init__` without the first.
    pub fn parameters(&self, subject: &Subject<'a>) -> String {
        let Some(list) = self.init.and_then(|init| Field::Parameters.of(init)) else {
            return String::new();
        };
        let all = statements(list);
        match all[..] {
            [_, first, ..] => {
                subject.item_text()[first.start_byte()..list.end_byte() - 1].trim_end().to_owned()
            }
            _ => String::new(),
        }
    }

    /// The text of a node with variables for attributes.
    pub fn local(&self, subject: &Subject<'a>, node: Node<'a>) -> String {
        replaced(subject, (node, node), &self.edits())
    }

    fn edits(&self) -> Vec<(Span, String)> {
        self.attributes.iter().map(|(span, name)| (*span, variable(name).to_owned())).collect()
    }

    /// What runs before the `yield`, one step less indented than in the methods.
    pub fn setup(&self, subject: &Subject<'a>, step: &str) -> Option<Vec<String>> {
        let mut lines = Vec::new();
        for statement in &self.bodies[0] {
            // A variable that is the parameter already.
            let is_same = kept_as(subject, *statement)
                .is_some_and(|(attribute, value)| variable(attribute) == value);
            if !is_same && kind(*statement) != Kind::PassStatement {
                lines.push(self.local(subject, *statement));
            }
        }
        if let (Some(first), Some(last)) = (self.bodies[1].first(), self.bodies[1].last()) {
            let text = replaced(subject, (*first, *last), &self.edits());
            let text = format!("{}{text}", above(subject, self.methods[0], *first));
            let text = text.replace(&format!("\n{step}"), "\n");
            (self.bodies[1].len() > 1 || kind(*first) != Kind::PassStatement).then(|| {
                lines.push(text);
            });
        }
        Some(lines)
    }

    /// What runs behind the `yield`, indented as in the method.
    pub fn cleanup(&self, subject: &Subject<'a>) -> Option<String> {
        let (first, last) = (*self.bodies[2].first()?, *self.bodies[2].last()?);
        let text = replaced(subject, (first, last), &self.edits());
        Some(format!("{}{text}", above(subject, self.methods[1], first)))
    }
}

/// The comments between the head of a method and its first statement, with the white space behind.
fn above<'a>(subject: &Subject<'a>, method: Node<'a>, first: Node<'_>) -> &'a str {
    let colon = method.children().find(|token| token.kind() == ":");
    let from = colon.map_or(first.start_byte(), |colon| colon.end_byte());
    subject.item_text()[from..first.start_byte()].trim_start()
}

/// The statements of a method without the docstring, if it has none to lose.
fn body<'a>(subject: &Subject<'a>, method: Node<'a>) -> Option<Vec<Node<'a>>> {
    docstring(method, subject.item_text()).is_none().then_some(())?;
    Some(statements(Field::Body.of(method)?))
}

/// True for `self.x = …` and `pass`.
fn keeps(subject: &Subject<'_>, init: Node<'_>, statement: Node<'_>) -> bool {
    let assigned = || {
        let assignment = expression(statement).filter(|it| kind(*it) == Kind::Assignment)?;
        let left = Field::Left.of(assignment).filter(|it| kind(*it) == Kind::Attribute)?;
        let object = subject.text(Field::Object.of(left)?);
        let itself = subject.text(parameters(init)?.first()?.name);
        Some(object == itself && Field::Type.of(assignment).is_none())
    };
    kind(statement) == Kind::PassStatement || assigned().unwrap_or(false)
}

/// The attribute and the name in `self.x = name`.
fn kept_as<'a>(subject: &Subject<'a>, statement: Node<'a>) -> Option<(&'a str, &'a str)> {
    let assignment = expression(statement).filter(|it| kind(*it) == Kind::Assignment)?;
    let left = Field::Left.of(assignment).filter(|it| kind(*it) == Kind::Attribute)?;
    let right = Field::Right.of(assignment).filter(|it| kind(*it) == Kind::Identifier)?;
    Some((subject.text(Field::Attribute.of(left)?), subject.text(right)))
}

/// The variable for an attribute.
fn variable(attribute: &str) -> &str {
    let name = attribute.trim_start_matches('_');
    if name.is_empty() { attribute } else { name }
}

/// The names that a node uses or binds; not those behind a dot, nor of keyword arguments.
fn identifiers<'a>(subject: &Subject<'a>, node: Node<'a>) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut skipped = Vec::new();
    walk::until(node, |inner| {
        match kind(inner) {
            Kind::Attribute => skipped.extend(Field::Attribute.of(inner).map(|it| it.id())),
            Kind::KeywordArgument => skipped.extend(Field::Name.of(inner).map(|it| it.id())),
            Kind::Identifier if !skipped.contains(&inner.id()) => {
                found.insert(subject.text(inner));
            }
            _ => {}
        }
        false
    });
    found
}
