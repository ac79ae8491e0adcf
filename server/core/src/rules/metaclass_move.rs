//! From a metaclass to `__init_subclass__` of the class that it makes (PEP 487).

use crate::Span;
use crate::analysis::Safety;
use crate::facts::classes::{Class, Own};
use crate::lint::{Found, Plan};
use crate::subject::Subject;
use crate::syntax::function::{arguments, docstring, statements};
use crate::walk;

use super::code::{bare, callee_name, contains, method};
use super::edit::{has_long_string, unit};
use super::metaclass_work::{Metaclass, is_empty_container};
use super::shared::{break_of, indentation};
use crate::syntax::{Field, Kind, Node, expression::expression, kind};

/// What a namespace holds and a finished class does not.
const GONE: &[&str] = &["__qualname__", "__classcell__", "__annotations__"];

/// What goes where.
struct Move<'a, 's> {
    subject: &'s Subject<'a>,
    meta: &'s Metaclass<'a>,
    /// One step of indentation.
    step: String,
    /// Lines for the body of the base.
    attributes: Vec<String>,
    /// Lines for the body of `__init_subclass__`, indented as there.
    lines: Vec<String>,
}

/// Moves the work of the metaclass that the subject is.
pub(super) fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let (meta, _) = Metaclass::read(subject)?;
    let edits = edits(subject, &meta)?;
    Some(Plan { fix: "init-subclass", safety: Safety::Review, facts: found.facts.clone(), edits })
}

/// The edits that move it; nothing when something of it cannot be moved.
pub(crate) fn edits(subject: &Subject<'_>, meta: &Metaclass<'_>) -> Option<Vec<(Span, String)>> {
    let [user] = &meta.users[..] else { return None };
    let is_on_top = subject.path().len() == 2 && is_top_level(user);
    let can_move = is_on_top
        && meta.is_private
        && matches!(user.own("__init_subclass__"), Own::No)
        && !has_long_string(subject, meta.class.node, meta.class.node);
    can_move.then_some(())?;
    let step = unit(subject, meta.class.node)?;
    let mut moved = Move { subject, meta, step, attributes: Vec::new(), lines: Vec::new() };
    moved.read()?;
    let body = moved.body(user)?;
    Some(vec![(removal(subject, meta)?, String::new()), header(subject, user)?, body])
}

fn is_top_level(class: &Class<'_>) -> bool {
    let Some(tree) = class.names.item(class.item).tree() else { return false };
    let path = walk::path_to(tree.root_node(), class.node.start_byte(), class.node.end_byte());
    let around = path.unwrap_or_default();
    let at = around.iter().position(|node| *node == class.node);
    at.is_some_and(|at| around[1..at].iter().all(|node| kind(*node) == Kind::DecoratedDefinition))
}

/// The metaclass and the empty lines behind it.
fn removal(subject: &Subject<'_>, meta: &Metaclass<'_>) -> Option<Span> {
    let (names, document) = (subject.names(), subject.document());
    let span = subject.span(meta.class.node);
    let next = (subject.item() + 1..document.items().len()).find_map(|item| {
        let first = *statements(names.item(item).tree()?.root_node()).first()?;
        Some(document.start_of(item) + first.start_byte())
    });
    let end = next.filter(|next| {
        let gap = document.text().slice(Span::new(span.end, *next));
        gap.trim().is_empty()
    });
    Some(Span::new(span.start, end.unwrap_or(span.end)))
}

/// The class statement without `metaclass=`, its only keyword.
fn header(subject: &Subject<'_>, user: &Class<'_>) -> Option<(Span, String)> {
    let list = Field::Superclasses.of(user.node)?;
    let all = statements(list);
    let start = subject.document().start_of(user.item);
    let span = |from: usize, to: usize| Span::new(from, to).shifted(start);
    match all[..] {
        [_] => Some((span(list.start_byte(), list.end_byte()), String::new())),
        [.., before, keyword] => {
            let others = &all[..all.len() - 1];
            let is_only = kind(keyword) == Kind::KeywordArgument
                && others.iter().all(|it| kind(*it) != Kind::KeywordArgument);
            is_only.then(|| (span(before.end_byte(), keyword.end_byte()), String::new()))
        }
        [] => None,
    }
}

impl<'a> Move<'a, '_> {
    fn read(&mut self) -> Option<()> {
        for (_, statement) in &self.meta.containers {
            self.attributes.push(self.subject.text(*statement).to_owned());
        }
        let own = |node: Node<'a>| docstring(node, self.subject.item_text());
        match (own(self.meta.class.node), own(self.meta.function)) {
            (Some(_), Some(_)) => return None,
            (Some(doc), None) | (None, Some(doc)) => {
                self.lines.push(self.subject.text(doc).to_owned());
            }
            (None, None) => {}
        }
        self.lines.push("super().__init_subclass__(**kwargs)".to_owned());
        for step in &self.meta.steps {
            self.step(*step)?;
        }
        Some(())
    }

    fn is_named(&self, node: Node<'_>, which: usize) -> bool {
        let name = self.meta.named.map(|named| named[which]);
        kind(node) == Kind::Identifier && name == Some(self.subject.text(node))
    }

    fn step(&mut self, step: Node<'a>) -> Option<()> {
        if kind(step) == Kind::IfStatement {
            let condition = bare(Field::Condition.of(step)?);
            let block = Field::Consequence.of(step)?;
            let alternative = Field::Alternative.of(step);
            // Every class but the base has bases.
            if self.is_named(condition, 1) && alternative.is_none() {
                return statements(block).into_iter().try_for_each(|inner| self.step(inner));
            }
            if let Some(attribute) = self.guarded(condition, block) {
                self.attributes.push(attribute);
                return match alternative {
                    None => Some(()),
                    Some(other) if kind(other) == Kind::ElseClause => {
                        let inner = statements(Field::Body.of(other)?);
                        inner.into_iter().try_for_each(|inner| self.step(inner))
                    }
                    Some(_) => None,
                };
            }
        }
        if let Some((key, value, is_default)) = self.injected(step) {
            self.attributes.push(format!("{key} = {value}"));
            // Each class has its own, the base too.
            if !is_default {
                self.lines.push(format!("cls.{key} = {value}"));
            }
            return Some(());
        }
        let text = self.translated(step)?;
        self.lines.push(text);
        Some(())
    }

    /// The attribute in `if "x" not in namespace: namespace["x"] = …`, and in
    /// `if not hasattr(cls, "x"): cls.x = []`.
    fn guarded(&self, condition: Node<'a>, block: Node<'a>) -> Option<String> {
        let [only] = statements(block)[..] else { return None };
        if let Some((key, value, _)) = self.injected(only) {
            let [left, right] = statements(condition)[..] else { return None };
            let is_guard = kind(condition) == Kind::ComparisonOperator
                && condition.child(1).is_some_and(|token| token.kind() == "not in")
                && unquoted(self.subject.text(left)) == Some(key)
                && self.is_named(right, 2);
            return is_guard.then(|| format!("{key} = {value}"));
        }
        let assignment = expression(only).filter(|it| kind(*it) == Kind::Assignment)?;
        let (left, right) = (Field::Left.of(assignment)?, Field::Right.of(assignment)?);
        let is_own = kind(left) == Kind::Attribute
            && self.meta.made == Some(self.subject.text(Field::Object.of(left)?))
            && is_empty_container(self.subject, right);
        let name = self.subject.text(Field::Attribute.of(left).filter(|_| is_own)?);
        let call = bare(Field::Argument.of(condition)?);
        let [object, key] = arguments(call)[..] else { return None };
        let is_guard = kind(condition) == Kind::NotOperator
            && callee_name(self.subject, call).as_deref() == Some("builtins.hasattr")
            && self.meta.made == Some(self.subject.text(object))
            && unquoted(self.subject.text(key)) == Some(name);
        is_guard.then(|| format!("{name} = {}", self.subject.text(right)))
    }

    /// The name and the constant in `namespace["x"] = …` and `namespace.setdefault("x", …)`, and
    /// whether it is a default.
    fn injected(&self, step: Node<'a>) -> Option<(&'a str, &'a str, bool)> {
        let node = expression(step)?;
        let (key, value, is_default) = match kind(node) {
            Kind::Assignment => {
                let left = Field::Left.of(node).filter(|it| kind(*it) == Kind::Subscript)?;
                self.is_named(Field::Value.of(left)?, 2).then_some(())?;
                (Field::Subscript.of(left)?, Field::Right.of(node)?, false)
            }
            Kind::Call => {
                let (object, name) = method(node)?;
                let is_it = self.is_named(object, 2) && self.subject.text(name) == "setdefault";
                let [key, value] = arguments(node)[..] else { return None };
                is_it.then_some((key, value, true))?
            }
            _ => return None,
        };
        let is_constant = match kind(value) {
            Kind::Integer | Kind::Float | Kind::True | Kind::False | Kind::None => true,
            Kind::String => !contains(value, &[Kind::Interpolation]),
            _ => is_empty_container(self.subject, value),
        };
        let key = unquoted(self.subject.text(key))?;
        is_constant.then(|| (key, self.subject.text(value), is_default))
    }

    /// The statement as it reads in `__init_subclass__`.
    fn translated(&self, step: Node<'a>) -> Option<String> {
        let (subject, function) = (self.subject, self.meta.function);
        let indent = indentation(subject, step)?;
        let mut edits: Vec<(Span, &str)> = Vec::new();
        let (mut fine, mut sets) = (true, false);
        walk::until(step, |node| {
            match kind(node) {
                Kind::ReturnStatement => fine = false,
                Kind::String => fine &= is_there_later(subject.text(node)),
                Kind::Assignment => {
                    let left = Field::Left.of(node);
                    sets |= left.is_some_and(|left| kind(left) == Kind::Attribute);
                    // The namespace of a finished class cannot be written to.
                    let into = left.and_then(|left| Field::Value.of(left));
                    fine &= !into.is_some_and(|into| self.is_named(into, 2));
                }
                Kind::Call => {
                    let object = method(node).map(|(object, _)| object);
                    let name = method(node).map(|(_, name)| subject.text(name));
                    let is_own = object.is_some_and(|object| self.is_named(object, 2));
                    fine &= !(is_own && name == Some("setdefault"));
                    sets |= callee_name(subject, node).as_deref() == Some("builtins.setattr");
                }
                Kind::Identifier => {
                    let text = subject.text(node);
                    let is_own = subject.names().is_variable_of(subject.item(), node, function);
                    let new = match text {
                        _ if text == self.meta.class.name() => {
                            fine = false;
                            None
                        }
                        _ if self.meta.made == Some(text) || text == self.meta.first => Some("cls"),
                        _ if self.is_named(node, 0) => Some("cls.__name__"),
                        _ if self.is_named(node, 1) => Some("cls.__bases__"),
                        _ if self.is_named(node, 2) => Some("vars(cls)"),
                        "cls" | "kwargs" | "vars" => {
                            fine = false;
                            None
                        }
                        _ => None,
                    };
                    edits.extend(new.filter(|_| is_own).map(|new| (node.byte_range().into(), new)));
                }
                _ => {}
            }
            !fine
        });
        // The base would go without the attribute.
        (fine && !sets).then_some(())?;
        let mut text = subject.text(step).to_owned();
        for (span, new) in edits.iter().rev() {
            let start = span.start - step.start_byte();
            text.replace_range(start..start + span.len(), new);
        }
        let mut out = String::new();
        for (number, line) in text.split_inclusive('\n').enumerate() {
            match number {
                0 => out.push_str(line),
                _ if line.trim().is_empty() => out.push_str(line),
                _ => out.push_str(line.strip_prefix(indent)?),
            }
        }
        Some(out)
    }

    /// The edit of the body of the base.
    fn body(&self, user: &Class<'a>) -> Option<(Span, String)> {
        for attribute in &self.attributes {
            let name = attribute.split(' ').next()?;
            matches!(user.own(name.trim_end_matches(':')), Own::No).then_some(())?;
        }
        let text = user.text();
        let line_break = break_of(self.subject);
        let start = self.subject.document().start_of(user.item);
        let doc = docstring(user.node, text);
        let body: Vec<_> = user.statements().into_iter().skip(usize::from(doc.is_some())).collect();
        let before = |node: Node<'a>| {
            let before = &text[..node.start_byte()];
            let line = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
            Some(&before[line..]).filter(|it| it.trim().is_empty())
        };
        let is_empty = |node: Node<'_>| {
            kind(node) == Kind::PassStatement
                || expression(node).is_some_and(|it| kind(it) == Kind::Ellipsis)
        };
        let inner = match body.first().copied().or(doc) {
            Some(first) => before(first).unwrap_or(&self.step).to_owned(),
            None => return None,
        };
        let new = self.text(&inner, line_break);
        let edit = match body[..] {
            [only] if is_empty(only) => {
                let head = text[..only.start_byte()].trim_end().len();
                let gap = if doc.is_some() { line_break } else { "" };
                let text = format!("{gap}{line_break}{inner}{new}");
                (Span::new(head, only.end_byte()), text)
            }
            [first, ..] => {
                before(first)?;
                (Span::empty(first.start_byte()), format!("{new}{line_break}{line_break}{inner}"))
            }
            [] => {
                let doc = doc?;
                before(doc)?;
                let text = format!("{line_break}{line_break}{inner}{new}");
                (Span::empty(doc.end_byte()), text)
            }
        };
        Some((edit.0.shifted(start), edit.1))
    }

    /// What goes into the body of the base, which is indented by `inner`.
    fn text(&self, inner: &str, line_break: &str) -> String {
        let mut out = self.attributes.join(&format!("{line_break}{inner}"));
        let is_only_call = self.lines.last().is_some_and(|line| line.starts_with("super()"));
        if is_only_call && !out.is_empty() {
            return out;
        }
        if !out.is_empty() {
            out.push_str(&format!("{line_break}{line_break}{inner}"));
        }
        out.push_str("def __init_subclass__(cls, **kwargs):");
        for line in self.lines.iter().flat_map(|text| text.split('\n')) {
            let line = line.trim_end_matches('\r');
            out.push_str(line_break);
            if !line.is_empty() {
                out.push_str(&format!("{inner}{}{line}", self.step));
            }
        }
        out
    }
}

/// The identifier in a plain string literal.
fn unquoted(text: &str) -> Option<&str> {
    let inner = ['"', '\'']
        .iter()
        .find_map(|quote| text.strip_prefix(*quote).and_then(|text| text.strip_suffix(*quote)))?;
    let is_name = inner.chars().all(|char| char.is_alphanumeric() || char == '_')
        && inner.starts_with(|first: char| first.is_alphabetic() || first == '_');
    is_name.then_some(inner)
}

/// False for a string that names what a finished class does not have.
fn is_there_later(text: &str) -> bool {
    !GONE.iter().any(|name| text.contains(name))
}
