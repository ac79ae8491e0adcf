//! An annotation, or a part of one, that is written as a string.
//!
//! Sources: PEP 484, Forward references; PEP 563; PEP 649; typing, `get_type_hints`.

use super::super::decoration::qualified;
use super::super::{Facts, Provider, Slot, SlotKind};
use super::annotation::{evaluation, subscripted};
use crate::builtins::is_builtin;
use crate::names::Bound;
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};

pub static PROVIDER: Provider = Provider {
    name: "string-annotation",
    doc: "a string in an annotation; `@target` is the `string`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("string", SlotKind::Code, "the string as it is written"),
    Slot::new("content", SlotKind::Code, "what stands in it"),
    Slot::new("name", SlotKind::Code, "that, if it is a name"),
    Slot::new("below", SlotKind::Line, "the line below that binds the name"),
    Slot::new("above", SlotKind::Line, "the line above that binds it"),
    Slot::new("checking", SlotKind::Line, "the line that binds it under a condition"),
    Slot::new("own-class", SlotKind::Code, "the name, if the class around has it"),
    Slot::new("builtin", SlotKind::Flag, "it is a builtin"),
    Slot::new("unbound", SlotKind::Code, "the name, if nothing in the file binds it"),
    Slot::new("text", SlotKind::Flag, "`from __future__ import annotations`"),
    Slot::new("lazy", SlotKind::Flag, "the code runs on 3.14 and later only"),
    Slot::new("local", SlotKind::Flag, "it is the annotation of a variable in a function"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let content = content(subject, subject.node())?;
    let is_local = place(subject)?;
    let (text, lazy) = evaluation(subject);

    let mut facts = Facts::of(SLOTS);
    facts.code("string", subject.text(subject.node())).code("content", content);
    facts.flag("text", text).flag("lazy", lazy && !text).flag("local", is_local);
    if !is_name(content) || subject.settings().is_stub {
        return Some(facts);
    }
    facts.code("name", content);
    let first = content.split('.').next()?;
    let functions =
        subject.ancestors().filter(|node| kind(*node) == Kind::FunctionDefinition).count();
    // What is in a function is evaluated when that function runs, if at all.
    let is_early = !text && !lazy && !is_local && functions <= 1;
    let (names, item) = (subject.names(), subject.item());
    if names.is_hidden_at(item, subject.node().start_byte(), first) {
        return Some(facts);
    }
    let bindings = names.module_bindings(first);
    let document = subject.document();
    match bindings[..] {
        [] if is_builtin(first) => drop(facts.flag("builtin", true)),
        [] if !is_local && !document.has_star_import() && !document.is_dynamic() => {
            facts.code("unbound", first);
        }
        [bound] => bound_once(subject, bound, content, is_early, &mut facts),
        _ => {}
    }
    Some(facts)
}

fn bound_once(
    subject: &Subject<'_>,
    bound: Bound<'_>,
    name: &str,
    is_early: bool,
    facts: &mut Facts,
) {
    let document = subject.document();
    let line = document.text().line_of(document.start_of(bound.item) + bound.binding.at.start);
    let here = (subject.item(), subject.node().start_byte());
    let is_above = (bound.item, bound.binding.at.start) < here;
    let holds = bound.item == subject.item()
        && bound.binding.kind == BindingKind::Class
        && bound.binding.node.start <= here.1
        && here.1 < bound.binding.node.end;
    if holds {
        if is_early {
            facts.code("own-class", name);
        }
    } else if bound.binding.conditional {
        facts.line("checking", line);
    } else if !is_above {
        if is_early {
            facts.line("below", line);
        }
    } else if !name.contains('.') {
        // A module that is being imported may lack the attribute still.
        facts.line("above", line);
    }
}

/// What stands in a plain string on one line without escapes.
fn content<'a>(subject: &Subject<'a>, string: Node<'a>) -> Option<&'a str> {
    let text = subject.text(string);
    let quote = text.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let bare = text.strip_prefix(quote)?.strip_suffix(quote)?;
    (!bare.is_empty() && !bare.contains(['\\', '\n', '\r', '"', '\''])).then_some(bare)
}

fn is_name(text: &str) -> bool {
    text.split('.').all(|part| {
        let mut chars = part.chars();
        chars.next().is_some_and(|first| first.is_alphabetic() || first == '_')
            && chars.all(|char| char.is_alphanumeric() || char == '_')
    })
}

/// Whether the string stands in the annotation of a variable in a function; nothing when it is no
/// type: an argument of `Literal`, metadata, or outside of any annotation.
fn place(subject: &Subject<'_>) -> Option<bool> {
    let mut below = subject.node();
    let mut in_annotation = false;
    let mut in_assignment = false;
    for node in subject.ancestors() {
        match kind(node) {
            Kind::Type | Kind::TypeParameter | Kind::ParenthesizedExpression | Kind::List => {
                in_annotation |= kind(node) == Kind::Type;
            }
            Kind::BinaryOperator | Kind::UnionType => {}
            Kind::GenericType | Kind::Subscript => {
                let parts = subscripted(node)?;
                match qualified(subject.names(), subject.item(), parts.base)?.as_str() {
                    "typing.Literal" => return None,
                    "typing.Annotated" => {
                        let first = parts.arguments.first()?;
                        let inside = first.start_byte() <= below.start_byte()
                            && subject.node().end_byte() <= first.end_byte();
                        inside.then_some(())?;
                    }
                    _ => {}
                }
            }
            Kind::Assignment if in_annotation => {
                in_assignment = Field::Type.of(node) == Some(below);
                in_assignment.then_some(())?;
            }
            Kind::FunctionDefinition => return in_annotation.then_some(in_assignment),
            Kind::ClassDefinition => return in_annotation.then_some(false),
            Kind::TypedParameter | Kind::TypedDefaultParameter => {
                return in_annotation.then_some(false);
            }
            _ if !in_annotation => return None,
            _ => {}
        }
        below = node;
    }
    in_annotation.then_some(false)
}

#[cfg(test)]
mod tests;
