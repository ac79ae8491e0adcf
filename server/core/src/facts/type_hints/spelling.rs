//! Type expressions in the spelling of a later Python.
//!
//! Sources: PEP 585 (3.9), PEP 604 (3.10); Library Reference, typing, Deprecated aliases.

use super::super::source_text::one_line_in;
use super::super::tables::Table;
use super::super::{Slot, SlotKind, Value};
use super::annotation::{alternatives, inner, members, subscripted};
use crate::names::Meaning;
use crate::subject::Subject;
use crate::syntax::{Kind, Node, kind};

pub static ALIASES: Table = Table {
    name: "typing-alias",
    doc: "names that are spelled in another way since Python 3.9",
    columns: &[Slot::new("instead", SlotKind::Code, "the dotted name of what to write instead")],
};

/// Nested deeper, a type is left as it is.
const MAX_DEPTH: usize = 20;

/// A type in another spelling.
#[derive(Clone, Debug, Default)]
pub struct Spelling {
    pub text: String,
    /// Dotted names that it needs and that are not builtins.
    pub imports: Vec<String>,
}

/// The type with builtin generics in place of the aliases of `typing`, and with `X | Y` in place of
/// `Union` and `Optional` if `unions`. Nothing when it cannot be written so here.
pub fn spell(subject: &Subject<'_>, node: Node<'_>, unions: bool) -> Option<Spelling> {
    let mut writer = Writer { subject, unions, imports: Vec::new() };
    let text = writer.write(node, 0)?;
    Some(Spelling { text, imports: writer.imports })
}

/// What to write instead of the alias with this dotted name.
pub fn instead(subject: &Subject<'_>, name: &str) -> Option<String> {
    match subject.row(&ALIASES, name)?.get("instead")? {
        Value::Code(text) => Some(text.clone()),
        _ => None,
    }
}

struct Writer<'a, 's> {
    subject: &'a Subject<'s>,
    unions: bool,
    imports: Vec<String>,
}

impl Writer<'_, '_> {
    fn write(&mut self, node: Node<'_>, depth: usize) -> Option<String> {
        if depth > MAX_DEPTH {
            return None;
        }
        let node = inner(node);
        if let Some(text) = self.union(node, depth) {
            return text;
        }
        if let Some(parts) = subscripted(node) {
            let base = self.name(parts.base)?;
            let head = self.qualified(parts.base);
            let first_only = match head.as_deref() {
                Some("typing.Literal") => 0,
                Some("typing.Annotated") => 1,
                _ => usize::MAX,
            };
            let mut arguments = Vec::new();
            for (at, argument) in parts.arguments.iter().enumerate() {
                arguments.push(match at < first_only {
                    true => self.write(*argument, depth + 1)?,
                    false => self.source(*argument),
                });
            }
            return Some(format!("{base}[{}]", arguments.join(", ")));
        }
        match kind(node) {
            Kind::List => {
                let parts: Option<Vec<_>> = crate::syntax::function::statements(node)
                    .into_iter()
                    .map(|part| self.write(part, depth + 1))
                    .collect();
                Some(format!("[{}]", parts?.join(", ")))
            }
            Kind::Identifier | Kind::Attribute => self.name(node),
            _ => Some(self.source(node)),
        }
    }

    fn source(&self, node: Node<'_>) -> String {
        one_line_in(self.subject.item_text(), node)
    }

    fn qualified(&self, node: Node<'_>) -> Option<String> {
        super::super::decoration::qualified(self.subject.names(), self.subject.item(), node)
    }

    /// A name, or what to write instead of it; nothing when that means something else here.
    fn name(&mut self, node: Node<'_>) -> Option<String> {
        let instead = self.qualified(node).and_then(|name| instead(self.subject, &name));
        let Some(instead) = instead else { return Some(self.source(node)) };
        let Some((_, last)) = instead.rsplit_once('.') else {
            let names = self.subject.names();
            let is_hidden = names.is_hidden_at(self.subject.item(), node.start_byte(), &instead)
                || !matches!(names.module_meaning(&instead), Meaning::Builtin);
            return (!is_hidden).then_some(instead);
        };
        let last = last.to_owned();
        if !self.imports.contains(&instead) {
            self.imports.push(instead);
        }
        Some(last)
    }

    /// A union. The outer value is nothing for other types.
    fn union(&mut self, node: Node<'_>, depth: usize) -> Option<Option<String>> {
        let names = self.subject.names();
        let (found, optional) = members(names, self.subject.item(), node)?;
        if !self.unions && alternatives(node).is_none() {
            let parts = subscripted(node)?;
            let arguments: Option<Vec<_>> =
                parts.arguments.iter().map(|part| self.write(*part, depth + 1)).collect();
            return Some(
                arguments.map(|all| format!("{}[{}]", self.source(parts.base), all.join(", "))),
            );
        }
        let mut texts: Vec<String> = Vec::new();
        let mut quoted = false;
        for member in found {
            let text = match self.write(member, depth + 1) {
                Some(text) => text,
                None => return Some(None),
            };
            if kind(member) == Kind::String {
                quoted = true;
            }
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        if optional && !texts.iter().any(|text| text == "None") {
            texts.push("None".to_owned());
        }
        // A string has no `|`, so the whole union becomes one.
        Some(if quoted { unquoted(&texts) } else { Some(texts.join(" | ")) })
    }
}

fn unquoted(texts: &[String]) -> Option<String> {
    let mut parts = Vec::new();
    for text in texts {
        let bare = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        let bare = bare.or_else(|| text.strip_prefix('\'').and_then(|it| it.strip_suffix('\'')));
        let bare = bare.unwrap_or(text);
        if bare.contains(['"', '\'', '\\']) {
            return None;
        }
        parts.push(bare);
    }
    Some(format!("\"{}\"", parts.join(" | ")))
}
