//! `from __future__ import annotations`, and what reads annotations at run time.
//!
//! Sources: PEP 563, PEP 649, PEP 749; Library Reference, typing, `get_type_hints`; inspect and
//! annotationlib, `get_annotations`; Annotations best practices.

use super::super::call_sites::is_only_meaning;
use super::super::decoration::qualified;
use super::super::source_text::{one_line, one_line_in};
use super::super::{Facts, Provider, Slot, SlotKind};
use super::annotation::{evaluation, inner, is_deferred};
use super::fits::callee;
use crate::subject::Subject;
use crate::syntax::function::{arguments, parameters, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

pub static FUTURE: Provider = Provider {
    name: "future-annotations",
    doc: "`from __future__ import annotations`; `@target` is the `future_import_statement`",
    slots: FUTURE_SLOTS,
    run: future,
};

static FUTURE_SLOTS: &[Slot] = &[
    Slot::new("count", SlotKind::Number, "how many annotations the file has"),
    Slot::new("none", SlotKind::Flag, "the file has no annotations"),
    Slot::new("example", SlotKind::Code, "one of them: `f.__annotations__['x']`"),
    Slot::new("kept", SlotKind::Code, "what that is: `'list[int]'`"),
    Slot::new("readers", SlotKind::Records(READERS), "what reads annotations at run time here"),
    Slot::new("needless", SlotKind::Flag, "the code runs on 3.14 and later only"),
];

static READERS: &[Slot] = &[
    Slot::new("what", SlotKind::Code, "the function, decorator or base"),
    Slot::new("line", SlotKind::Line, "the line"),
];

pub static READER: Provider = Provider {
    name: "annotations-reader",
    doc: "`x.__annotations__`, or a call of `get_type_hints` or `get_annotations`; `@target` is the \
          `attribute` or `call`",
    slots: READER_SLOTS,
    run: reader,
};

static READER_SLOTS: &[Slot] = &[
    Slot::new("object", SlotKind::Code, "whose annotations are read"),
    Slot::new("attribute", SlotKind::Code, "the attribute that is read"),
    Slot::new("hints", SlotKind::Code, "the call of `typing.get_type_hints`"),
    Slot::new("annotations", SlotKind::Code, "the call of `get_annotations` without options"),
    Slot::new("optional", SlotKind::Code, "the same with options"),
    Slot::new("text", SlotKind::Flag, "the file has the future import"),
    Slot::new("eager", SlotKind::Flag, "it has not, and the code must run on 3.13"),
    Slot::new("lazy", SlotKind::Flag, "it has not, and the code runs on 3.14 and later only"),
];

/// What reads annotations when it is called, applied or derived from.
const KNOWN: &[&str] = &[
    "annotationlib.get_annotations",
    "dataclasses.dataclass",
    "inspect.get_annotations",
    "pydantic.BaseModel",
    "pydantic.TypeAdapter",
    "pydantic.dataclasses.dataclass",
    "pydantic.validate_call",
    "typing.NamedTuple",
    "typing.TypedDict",
    "typing.get_type_hints",
];

fn future(subject: &Subject<'_>) -> Option<Facts> {
    let mut imported = subject.node().children_in(Field::Name);
    imported
        .any(|name| subject.text(Field::Name.of(name).unwrap_or(name)) == "annotations")
        .then_some(())?;
    is_deferred(subject.document()).then_some(())?;

    let mut facts = Facts::of(FUTURE_SLOTS);
    let names = subject.names();
    let (mut count, mut readers, mut example) = (0, Vec::new(), None);
    for (item, tree) in subject.document().items().iter().enumerate() {
        let Some(tree_node) = tree.tree().map(|tree| tree.root_node()) else { continue };
        let text = tree.text();
        walk::intact(tree_node, text, |path| {
            let node = path[path.len() - 1];
            let parent = path.len().checked_sub(2).map(|at| path[at]);
            let named = match kind(node) {
                Kind::Type => {
                    let is_outer = parent.is_some_and(|parent| is_annotated(parent, node));
                    count += usize::from(is_outer);
                    return;
                }
                Kind::FunctionDefinition if path.len() == 2 && example.is_none() => {
                    example =
                        first_parameter(text, node).filter(|_| is_only_meaning(names, item, node));
                    return;
                }
                Kind::Decorator => statements(node).first().copied(),
                Kind::Call if parent.is_none_or(|it| kind(it) != Kind::Decorator) => {
                    node.child_in(Field::Function)
                }
                Kind::Identifier | Kind::Attribute
                    if parent.is_some_and(|parent| kind(parent) == Kind::Argument)
                        && path.len() > 2
                        && kind(path[path.len() - 3]) == Kind::ClassDefinition =>
                {
                    Some(node)
                }
                _ => None,
            };
            let Some(named) = named else { return };
            let base = match kind(named) {
                Kind::Call => named.child_in(Field::Function).unwrap_or(named),
                _ => named,
            };
            if qualified(names, item, base).is_some_and(|name| KNOWN.contains(&name.as_str())) {
                let start = subject.document().start_of(item) + base.start_byte();
                let mut record = Facts::of(READERS);
                record.code("what", one_line_in(text, base));
                record.line("line", subject.document().text().line_of(start));
                readers.push(record);
            }
        });
    }
    facts.flag("none", count == 0);
    if count > 0 {
        facts.number("count", count);
    }
    if let Some((example, kept)) = example {
        facts.code("example", example).code("kept", kept);
    }
    facts.records("readers", readers);
    facts.flag("needless", subject.settings().target.minor >= 14);
    Some(facts)
}

/// True for the `type` that is a whole annotation.
fn is_annotated(parent: Node<'_>, node: Node<'_>) -> bool {
    let field = match kind(parent) {
        Kind::TypedParameter | Kind::TypedDefaultParameter | Kind::Assignment => Field::Type,
        Kind::FunctionDefinition => Field::ReturnType,
        _ => return false,
    };
    field.of(parent) == Some(node)
}

/// The first annotated parameter of a function, as an expression and its value.
fn first_parameter(text: &str, function: Node<'_>) -> Option<(String, String)> {
    let name = &text[Field::Name.of(function)?.byte_range()];
    let all = parameters(function)?;
    let parameter = all.iter().find(|one| one.annotation.is_some())?;
    let annotation = inner(parameter.annotation?);
    let written = text.get(annotation.byte_range())?;
    let is_simple = |char: char| char.is_ascii_alphanumeric() || "_.[], |".contains(char);
    // The string is made from the syntax tree again, so only what has one form is shown.
    (written.chars().all(is_simple) && !written.contains("  ")).then(|| {
        let key = &text[parameter.name.byte_range()];
        (format!("{name}.__annotations__['{key}']"), format!("'{written}'"))
    })
}

/// True where the construct is what a statement binds or deletes.
fn is_target(subject: &Subject<'_>) -> bool {
    let mut child = subject.node();
    for around in subject.ancestors() {
        match kind(around) {
            Kind::PatternList | Kind::TuplePattern | Kind::ListPattern | Kind::ExpressionList => {
                child = around;
            }
            Kind::DeleteStatement => return true,
            _ => return Field::Left.of(around) == Some(child),
        }
    }
    false
}

fn reader(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    let mut facts = Facts::of(READER_SLOTS);
    if kind(node) == Kind::Attribute {
        let name = Field::Attribute.of(node)?;
        (subject.text(name) == "__annotations__" && !is_target(subject)).then_some(())?;
        facts.code("attribute", one_line(subject, node));
        facts.code("object", one_line(subject, Field::Object.of(node)?));
    } else {
        let slot = match callee(subject.names(), subject.item(), node)?.as_str() {
            "typing.get_type_hints" => "hints",
            "inspect.get_annotations" | "annotationlib.get_annotations"
                if arguments(node).len() > 1 =>
            {
                "optional"
            }
            "inspect.get_annotations" | "annotationlib.get_annotations" => "annotations",
            _ => return None,
        };
        let object = *arguments(node).first()?;
        (!matches!(kind(object), Kind::ListSplat | Kind::DictionarySplat | Kind::KeywordArgument))
            .then_some(())?;
        facts.code(slot, one_line(subject, node)).code("object", one_line(subject, object));
    }
    let (text, lazy) = evaluation(subject);
    facts.flag("text", text).flag("lazy", lazy && !text).flag("eager", !lazy && !text);
    Some(facts)
}

#[cfg(test)]
mod tests;
