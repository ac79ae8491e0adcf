//! The parts of a comprehension, and the loops it stands for.
//!
//! Source: Language Reference, Displays for lists, sets and dictionaries.

use super::place::{Place, brief};
use crate::facts::source_text::one_line_in;
use crate::scope::{BindingKind, Resolution, ScopeKind};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};
use crate::walk;

/// Longer loops are not written out.
const MAX_LINES: usize = 7;
/// Longer lines are not written out.
const MAX_COLUMNS: usize = 76;

/// A comprehension or generator expression.
pub(super) struct Clauses<'a> {
    text: &'a str,
    pub node: Node<'a>,
    /// The expression, or the `pair`, that makes an item.
    pub element: Node<'a>,
    /// `for` and `if` in order.
    pub all: Vec<Node<'a>>,
}

impl<'a> Clauses<'a> {
    /// Reads the subject.
    pub fn of(subject: &Subject<'a>) -> Option<Self> {
        Self::read(subject.item_text(), subject.node())
    }

    /// Reads a node of an item with this text.
    pub fn read(text: &'a str, node: Node<'a>) -> Option<Self> {
        let parts = statements(node);
        let (element, all) = parts.split_first()?;
        // Unpacking (PEP 798) makes several items of one.
        let is_one = !matches!(kind(*element), Kind::ListSplat | Kind::DictionarySplat);
        let fits = all.first().is_some_and(|first| kind(*first) == Kind::ForInClause)
            && all.iter().all(|part| matches!(kind(*part), Kind::ForInClause | Kind::IfClause));
        (is_one && fits).then(|| Self { text, node, element: *element, all: all.to_vec() })
    }

    /// The first iterable.
    pub fn source(&self) -> Option<Node<'a>> {
        Field::Right.of(self.all[0])
    }

    /// The targets of the first `for`.
    pub fn target(&self) -> Option<Node<'a>> {
        Field::Left.of(self.all[0])
    }

    /// The text of a part, `…` if it is long.
    pub fn code(&self, node: Node<'_>) -> String {
        let code = brief(self.text, node);
        if code.is_empty() { "…".to_owned() } else { code }
    }

    /// All its conditions.
    pub fn conditions(&self) -> Vec<String> {
        let own = self.all.iter().filter(|part| kind(**part) == Kind::IfClause);
        own.filter_map(|part| Some(self.code(*statements(*part).first()?))).collect()
    }

    /// How many `for` it has.
    pub fn loops(&self) -> usize {
        self.all.iter().filter(|part| kind(**part) == Kind::ForInClause).count()
    }

    /// True if it has an `async for`, or awaits elsewhere than in its first iterable.
    pub fn is_async(&self) -> bool {
        let source = self.source();
        let mut awaits = false;
        walk::until(self.node, |node| {
            awaits |= kind(node) == Kind::Await;
            Some(node) == source || matches!(kind(node), Kind::Lambda)
        });
        awaits || self.all.iter().any(|part| is_async(*part))
    }

    /// The loops that do the same: `empty` is what is filled, `fill` the statement in the middle
    /// for the name of it.
    pub fn as_loops(&self, empty: &str, fill: impl Fn(&str) -> Option<String>) -> Option<String> {
        let name = ["result", "items", "built"].into_iter().find(|name| !self.mentions(name))?;
        let mut lines = vec![format!("{name} = {empty}")];
        let mut depth = 0;
        for part in &self.all {
            let head = match kind(*part) {
                Kind::ForInClause => {
                    let (left, right) = (Field::Left.of(*part)?, Field::Right.of(*part)?);
                    let word = if is_async(*part) { "async for" } else { "for" };
                    format!("{word} {} in {}:", self.line(left), self.line(right))
                }
                _ => format!("if {}:", self.line(*statements(*part).first()?)),
            };
            lines.push(format!("{}{head}", "    ".repeat(depth)));
            depth += 1;
        }
        lines.push(format!("{}{}", "    ".repeat(depth), fill(name)?));
        let fits = lines.len() <= MAX_LINES
            && lines.iter().all(|line| line.chars().count() <= MAX_COLUMNS && !line.contains('\n'));
        fits.then(|| lines.join("\n"))
    }

    /// A part on one line.
    pub fn line(&self, node: Node<'_>) -> String {
        one_line_in(self.text, node)
    }

    fn mentions(&self, name: &str) -> bool {
        let mut found = false;
        walk::until(self.node, |node| {
            found |= kind(node) == Kind::Identifier && &self.text[node.byte_range()] == name;
            found
        });
        found
    }

    /// Names in it that the class body around it binds, and which it does not see.
    pub fn hidden(&self, subject: &Subject<'a>) -> Vec<String> {
        let mut found = Vec::new();
        let Some(scopes) = subject.names().scopes(subject.item()) else { return found };
        let Some(source) = self.source() else { return found };
        for reference in scopes.references() {
            let at = reference.at;
            let is_inside = self.node.start_byte() <= at.start && at.end <= self.node.end_byte();
            let is_source = source.start_byte() <= at.start && at.end <= source.end_byte();
            if !is_inside || is_source {
                continue;
            }
            let mut scope = reference.scope;
            while let (ScopeKind::Comprehension, Some(parent)) =
                (scopes.scopes()[scope].kind, scopes.scopes()[scope].parent)
            {
                scope = parent;
            }
            let in_class = scopes.scopes()[scope].kind == ScopeKind::Class;
            let is_bound = in_class && scopes.bindings(scope, reference.name).next().is_some();
            // Not a variable of the comprehension itself.
            let is_outside = match scopes.resolve(reference.scope, reference.name) {
                Resolution::Module => true,
                Resolution::Local(owner) => scopes.scopes()[owner].kind != ScopeKind::Comprehension,
            };
            let name = scopes.name(reference.name).to_owned();
            if is_bound && is_outside && !found.contains(&name) {
                found.push(name);
            }
        }
        found
    }

    /// Names that `:=` in it binds around it.
    pub fn walrus(&self) -> Vec<String> {
        let mut found = Vec::new();
        walk::until(self.node, |node| {
            if kind(node) == Kind::NamedExpression
                && let Some(name) = Field::Name.of(node)
            {
                let name = self.text[name.byte_range()].to_owned();
                if !found.contains(&name) {
                    found.push(name);
                }
            }
            matches!(kind(node), Kind::Lambda)
        });
        found
    }

    /// Its loop variables that are also variables of the scope around, which it leaves alone.
    pub fn shadows(&self, subject: &Subject<'a>) -> Vec<String> {
        let Some(scopes) = subject.names().scopes(subject.item()) else { return Vec::new() };
        let Some(here) = scopes.scope_of(self.node.byte_range().into()) else { return Vec::new() };
        let Some(around) = scopes.scopes()[here].parent else { return Vec::new() };
        let mut found = Vec::new();
        for name in scopes.bound_names(here) {
            let own = scopes.bindings(here, name).any(|it| it.kind == BindingKind::For);
            let other = scopes.bindings(around, name).next().is_some();
            if own && other {
                found.push(scopes.name(name).to_owned());
            }
        }
        found.sort();
        found
    }

    /// Where it stands.
    pub fn place(&self, subject: &Subject<'a>) -> Place<'a> {
        Place::of(subject)
    }
}

fn is_async(clause: Node<'_>) -> bool {
    kind(clause) == Kind::ForInClause
        && clause.child(0).is_some_and(|token| token.kind() == "async")
}
