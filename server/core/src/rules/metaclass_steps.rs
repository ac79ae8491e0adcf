//! What the statements of a metaclass's `__new__` or `__init__` do to the class.

use crate::subject::Subject;
use crate::syntax::function::{arguments, returned, statements};
use crate::walk;

use super::code::{bare, callee_name, method};
use super::metaclass_work::{Metaclass, Work, is_empty_container};
use crate::syntax::{Field, Kind, Node, expression::expression, kind};

/// Names in a namespace that `type.__new__` reads.
const READ_BY_TYPE: &[&str] =
    &["__classcell__", "__init_subclass__", "__module__", "__qualname__", "__slots__"];

/// Methods that take something away from a dictionary or replace much of it.
const TAKING: &[&str] = &["clear", "pop", "popitem", "update", "__delitem__", "__setitem__"];

/// Methods that put an argument into a container.
const KEEPING: &[&str] = &["add", "append", "appendleft", "insert", "setdefault"];

/// Reads the steps of a metaclass one by one.
pub(super) struct Steps<'a, 's> {
    subject: &'s Subject<'a>,
    meta: &'s Metaclass<'a>,
    registers: Vec<String>,
    checks: bool,
    sets: bool,
    /// An empty container was made an attribute.
    starts: bool,
}

impl<'a, 's> Steps<'a, 's> {
    /// What the metaclass does; nothing if it does anything that only a metaclass can, or that
    /// cannot be told.
    pub fn work(subject: &'s Subject<'a>, meta: &'s Metaclass<'a>) -> Option<Work> {
        let mut steps = Self {
            subject,
            meta,
            registers: Vec::new(),
            checks: false,
            sets: false,
            starts: false,
        };
        for step in &meta.steps {
            steps.step(*step)?;
            steps.is_readable(*step).then_some(())?;
        }
        match (&steps.registers[..], steps.sets, steps.starts) {
            ([], false, false) if !steps.checks => None,
            ([], sets, starts) => Some(Work::Hook { checks: steps.checks, sets: sets || starts }),
            (_, false, _) => Some(Work::Register(steps.registers)),
            _ => None,
        }
    }

    fn is_made(&self, node: Node<'_>) -> bool {
        let is_name = kind(node) == Kind::Identifier;
        is_name && self.meta.made == Some(self.subject.text(node))
    }

    fn is_namespace(&self, node: Node<'_>) -> bool {
        let namespace = self.meta.named.map(|[_, _, namespace]| namespace);
        kind(node) == Kind::Identifier && namespace == Some(self.subject.text(node))
    }

    fn holds_made(&self, node: Node<'_>) -> bool {
        let mut found = false;
        walk::until(node, |inner| {
            found |= self.is_made(inner);
            found || matches!(kind(inner), Kind::Attribute | Kind::Call)
        });
        found
    }

    /// A variable of the method that is none of its parameters, and not the class.
    fn is_local(&self, node: Node<'_>) -> bool {
        let text = self.subject.text(node);
        let is_own =
            self.subject.names().is_variable_of(self.subject.item(), node, self.meta.function)
                || !self
                    .subject
                    .names()
                    .bindings_in(self.subject.item(), self.meta.function, text)
                    .is_empty();
        let is_given = text == self.meta.first
            || self.meta.made == Some(text)
            || self.meta.named.is_some_and(|named| named.contains(&text));
        kind(node) == Kind::Identifier && is_own && !is_given
    }

    /// Neither changes the namespace by a call nor does more with the metaclass than read one of
    /// its containers.
    fn is_readable(&self, step: Node<'a>) -> bool {
        let mut fine = true;
        let mut parents: Vec<(Node<'a>, Node<'a>)> = Vec::new();
        walk::until(step, |node| {
            parents.extend(node.named_children().map(|child| (child, node)));
            fine &= match kind(node) {
                Kind::Await | Kind::Yield | Kind::NamedExpression => false,
                Kind::Lambda | Kind::FunctionDefinition | Kind::ClassDefinition => false,
                Kind::Call => self.is_plain_call(node),
                Kind::Identifier
                    if self.meta.is_new && self.subject.text(node) == self.meta.first =>
                {
                    let parent = parents.iter().find(|(child, _)| *child == node);
                    parent.is_some_and(|(_, parent)| self.is_container(*parent))
                }
                Kind::Identifier => {
                    let text = self.subject.text(node);
                    !matches!(text, "super" | "__class__")
                        && (!text.starts_with("__") || text.ends_with("__"))
                }
                _ => true,
            };
            !fine
        });
        fine
    }

    fn is_plain_call(&self, call: Node<'a>) -> bool {
        // `super().__new__(…)` in an early `return` was looked at.
        let Some((object, name)) = method(call) else { return true };
        !self.is_namespace(object) || !TAKING.contains(&self.subject.text(name))
    }

    /// `mcs.registry`, bound in the body of the metaclass.
    fn is_container(&self, node: Node<'_>) -> bool {
        let name = Field::Attribute.of(node).map(|name| self.subject.text(name));
        kind(node) == Kind::Attribute
            && self.meta.containers.iter().any(|(own, _)| Some(*own) == name)
    }

    fn block(&mut self, block: Node<'a>) -> Option<()> {
        for statement in statements(block) {
            self.step(statement)?;
        }
        Some(())
    }

    fn step(&mut self, step: Node<'a>) -> Option<()> {
        match kind(step) {
            Kind::ExpressionStatement => self.expression(expression(step)?),
            Kind::IfStatement => {
                for part in statements(step) {
                    match kind(part) {
                        Kind::Block => self.block(part)?,
                        Kind::ElseClause => self.block(Field::Body.of(part)?)?,
                        Kind::ElifClause => self.block(Field::Consequence.of(part)?)?,
                        _ => {}
                    }
                }
                Some(())
            }
            Kind::ForStatement => {
                let targets = Field::Left.of(step)?;
                let targets = match kind(targets) {
                    Kind::PatternList | Kind::TuplePattern => statements(targets),
                    _ => vec![targets],
                };
                targets.iter().all(|target| self.is_local(*target)).then_some(())?;
                (!is_async_loop(step)).then_some(())?;
                self.block(Field::Body.of(step)?)?;
                match Field::Alternative.of(step) {
                    Some(other) => self.block(Field::Body.of(other)?),
                    None => Some(()),
                }
            }
            Kind::RaiseStatement | Kind::AssertStatement => {
                self.checks = true;
                Some(())
            }
            Kind::PassStatement | Kind::ContinueStatement | Kind::BreakStatement => Some(()),
            Kind::ReturnStatement => match returned(step) {
                Some(value) => self.is_made(value).then_some(()),
                None => (!self.meta.is_new).then_some(()),
            },
            _ => None,
        }
    }

    fn expression(&mut self, node: Node<'a>) -> Option<()> {
        match kind(node) {
            Kind::Assignment => self.assignment(Field::Left.of(node)?, Field::Right.of(node)?),
            Kind::AugmentedAssignment => self.is_local(Field::Left.of(node)?).then_some(()),
            Kind::Call => self.call(node),
            _ => None,
        }
    }

    fn assignment(&mut self, left: Node<'a>, right: Node<'a>) -> Option<()> {
        (kind(right) != Kind::Assignment).then_some(())?;
        match kind(left) {
            Kind::Identifier => (self.is_local(left) && !self.is_made(right)).then_some(()),
            Kind::Attribute => {
                self.is_made(Field::Object.of(left)?).then_some(())?;
                match is_empty_container(self.subject, right) {
                    true => self.starts = true,
                    false => self.sets = true,
                }
                Some(())
            }
            Kind::Subscript => {
                let (object, key) = (Field::Value.of(left)?, Field::Subscript.of(left)?);
                if self.is_namespace(object) {
                    return self.injection(key);
                }
                if self.holds_made(right) {
                    self.register(object)
                } else {
                    self.is_local(object).then_some(())
                }
            }
            _ => None,
        }
    }

    fn call(&mut self, call: Node<'a>) -> Option<()> {
        let all = arguments(call);
        if callee_name(self.subject, call).as_deref() == Some("builtins.setattr") {
            self.is_made(*all.first()?).then_some(())?;
            self.sets = true;
            return Some(());
        }
        let (object, name) = method(call)?;
        let name = self.subject.text(name);
        if self.is_namespace(object) {
            (name == "setdefault").then_some(())?;
            return self.injection(*all.first()?);
        }
        if KEEPING.contains(&name) && all.iter().any(|one| self.holds_made(*one)) {
            return self.register(object);
        }
        self.is_local(object).then_some(())
    }

    /// A name is put into the namespace, before the class is made of it.
    fn injection(&mut self, key: Node<'a>) -> Option<()> {
        (kind(key) == Kind::String && self.meta.is_new).then_some(())?;
        let text = self.subject.text(key).trim_matches(['"', '\'']);
        (!READ_BY_TYPE.contains(&text)).then_some(())?;
        self.sets = true;
        Some(())
    }

    /// The class is put into the container `object`: a variable of the module or an attribute.
    fn register(&mut self, object: Node<'a>) -> Option<()> {
        let container = match method(bare(object)) {
            // `registry.setdefault(kind, []).append(cls)`
            Some((inner, name)) if matches!(self.subject.text(name), "setdefault" | "get") => inner,
            Some(_) => return None,
            None => bare(object),
        };
        let container = match kind(container) {
            Kind::Subscript => Field::Value.of(container)?,
            _ => container,
        };
        let is_kept = match kind(container) {
            Kind::Identifier => !self.is_local(container) && !self.is_namespace(container),
            Kind::Attribute => true,
            _ => false,
        };
        is_kept.then(|| self.registers.push(self.subject.text(container).to_owned()))
    }
}

fn is_async_loop(step: Node<'_>) -> bool {
    step.child(0).is_some_and(|token| token.kind() == "async")
}
