//! The call that makes a container, and what the file does with it.

use super::uses::{Access, Role, Used, of_assigned};
use crate::facts::decoration::Arguments;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};

/// A call of a class or function of `collections`.
pub(super) struct Made<'a> {
    pub arguments: Arguments<'a>,
    /// The variable that the file binds to the result, and to nothing else.
    pub name: Option<&'a str>,
    /// What is done with that variable.
    pub uses: Vec<Used<'a>>,
}

impl<'a> Made<'a> {
    /// The subject, if it is a call of the thing with this dotted name.
    pub fn of(subject: &Subject<'a>, qualified: &str) -> Option<Self> {
        let call = subject.node();
        let callee = call.child_in(Field::Function)?;
        let is_it = kind(call) == Kind::Call
            && subject.names().qualified(subject.item(), callee).as_deref() == Some(qualified);
        is_it.then_some(())?;
        let arguments = Arguments::of(call, subject.item_text());
        let assigned = of_assigned(subject.names(), subject.item(), subject.path());
        let (name, uses) = assigned.map_or((None, Vec::new()), |(name, uses)| (Some(name), uses));
        Some(Self { arguments, name, uses })
    }

    /// The lines of the file, from 0, of the uses of which `wanted` holds, each once.
    pub fn lines(
        &self,
        subject: &Subject<'a>,
        wanted: impl Fn(&Used<'a>, Role<'a>) -> bool,
    ) -> Vec<usize> {
        let document = subject.document();
        let line = |used: &Used<'a>| {
            let node = used.path.last()?;
            let start = document.start_of(used.item) + node.start_byte();
            Some(document.text().line_of(start))
        };
        let mut lines: Vec<_> = self
            .uses
            .iter()
            .filter(|used| wanted(used, Role::of(&used.path)))
            .filter_map(line)
            .collect();
        lines.sort_unstable();
        lines.dedup();
        lines
    }

    /// The lines on which one of these methods is called.
    pub fn calls(&self, subject: &Subject<'a>, methods: &[&str]) -> Vec<usize> {
        self.lines(subject, |used, role| match role {
            Role::Method { name, .. } => methods.contains(&used.text(subject, name)),
            _ => false,
        })
    }

    /// True when every use is a method call, a subscript, `in`, a loop over it or `len`.
    pub fn stays_here(&self, subject: &Subject<'a>) -> bool {
        self.name.is_some()
            && self.uses.iter().all(|used| match Role::of(&used.path) {
                Role::Other => false,
                Role::Argument(call) => used.is_len(subject, call),
                _ => true,
            })
    }
}

impl<'a> Used<'a> {
    /// The text of a node of the item.
    pub fn text(&self, subject: &Subject<'a>, node: Node<'_>) -> &'a str {
        subject.names().item(self.item).text().get(node.byte_range()).unwrap_or_default()
    }

    fn is_len(&self, subject: &Subject<'a>, call: Node<'a>) -> bool {
        let callee = call.child_in(Field::Function);
        callee.and_then(|callee| subject.names().qualified(self.item, callee)).as_deref()
            == Some("builtins.len")
    }
}

/// True for `x[i]` that is read and goes no further: `x[i].f()` and `x[i] += 1` do.
pub(super) fn is_mere_read(role: Role<'_>) -> bool {
    matches!(role, Role::Subscript { access: Access::Read, goes_on: false, .. })
}
