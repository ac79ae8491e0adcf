//! `Literal`, `Final`, `ClassVar`, `Annotated`, `Self`, `NoReturn` and `Never` in annotations.
//!
//! Sources: Library Reference, typing; PEP 586, PEP 591, PEP 526, PEP 593, PEP 673.

use super::super::decoration::qualified;
use super::super::source_text::one_line;
use super::super::{Facts, Provider, Slot, SlotKind, Value};
use super::annotation::subscripted;
use crate::names::Bound;
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};

pub static PROVIDER: Provider = Provider {
    name: "special-form",
    doc: "`Literal`, `Final`, `ClassVar`, `Annotated`, `Self`, `NoReturn` or `Never` in an \
          annotation; `@target` is the `identifier` or `attribute`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("whole", SlotKind::Code, "the type as it is written"),
    Slot::new("values", SlotKind::Codes, "the values that a `Literal` allows"),
    Slot::new("final", SlotKind::Code, "the variable that is `Final`"),
    Slot::new("reassigned", SlotKind::Lines, "where it is bound again all the same"),
    Slot::new("class-variable", SlotKind::Code, "the variable that is a `ClassVar`"),
    Slot::new("of-class", SlotKind::Code, "its class"),
    Slot::new("annotated", SlotKind::Code, "the type inside `Annotated`"),
    Slot::new("metadata", SlotKind::Codes, "what is attached to it"),
    Slot::new("self", SlotKind::Code, "the class around `Self`"),
    Slot::new("never", SlotKind::Code, "`NoReturn` or `Never`"),
    Slot::new("of-result", SlotKind::Code, "the function whose result it is"),
    Slot::new("is-literal", SlotKind::Flag, "it is `Literal`"),
    Slot::new("is-final", SlotKind::Flag, "it is `Final`"),
    Slot::new("is-class-var", SlotKind::Flag, "it is `ClassVar`"),
    Slot::new("is-annotated", SlotKind::Flag, "it is `Annotated`"),
    Slot::new("is-self", SlotKind::Flag, "it is `Self`"),
    Slot::new("is-never", SlotKind::Flag, "it is `NoReturn` or `Never`"),
    Slot::new("new-311", SlotKind::Code, "a name that `typing` has since 3.11 only"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    let name = qualified(subject.names(), subject.item(), node)?;
    let form = name.strip_prefix("typing.")?;
    let around = subject.ancestors().next()?;
    let parts = subscripted(around).filter(|parts| parts.base == node);
    subject.ancestors().find(|node| kind(*node) == Kind::Type)?;

    let mut facts = Facts::of(SLOTS);
    let whole = if parts.is_some() { around } else { node };
    facts.code("whole", one_line(subject, whole));
    let arguments = parts.map(|parts| parts.arguments).unwrap_or_default();
    let texts = || arguments.iter().map(|node| one_line(subject, *node));
    match form {
        "Literal" if !arguments.is_empty() => drop(facts.codes("values", texts())),
        "Annotated" if arguments.len() > 1 => {
            facts.code("annotated", one_line(subject, arguments[0]));
            facts.codes("metadata", texts().skip(1));
        }
        "Final" => {
            let (target, _) = variable(subject, whole)?;
            facts.code("final", one_line(subject, target));
            facts.set("reassigned", Value::Lines(reassigned(subject, target)));
        }
        "ClassVar" => {
            let (target, class) = variable(subject, whole)?;
            let class = class.filter(|node| kind(*node) == Kind::ClassDefinition)?;
            facts.code("class-variable", one_line(subject, target));
            facts.code("of-class", subject.text(Field::Name.of(class)?));
        }
        "Self" => {
            let class = subject.ancestors().find(|node| kind(*node) == Kind::ClassDefinition)?;
            facts.code("self", subject.text(Field::Name.of(class)?));
        }
        "NoReturn" | "Never" => {
            facts.code("never", one_line(subject, node));
            let mut above = subject.ancestors().skip_while(|node| kind(*node) == Kind::Type);
            let function = above.next().filter(|node| kind(*node) == Kind::FunctionDefinition);
            if let Some(function) = function {
                facts.code("of-result", subject.text(Field::Name.of(function)?));
            }
        }
        _ => return None,
    }
    let flag = match form {
        "Literal" => "is-literal",
        "Final" => "is-final",
        "ClassVar" => "is-class-var",
        "Annotated" => "is-annotated",
        "Self" => "is-self",
        _ => "is-never",
    };
    facts.flag(flag, true);
    let is_imported_from_typing = subject.names().qualified(subject.item(), node)? == name;
    if matches!(form, "Self" | "Never")
        && is_imported_from_typing
        && subject.settings().target.minor < 11
    {
        facts.code("new-311", one_line(subject, node));
    }
    Some(facts)
}

/// The variable whose whole annotation this is, and the definition around.
fn variable<'a>(subject: &Subject<'a>, whole: Node<'_>) -> Option<(Node<'a>, Option<Node<'a>>)> {
    let mut above = subject
        .ancestors()
        .skip_while(|node| node.byte_range() == whole.byte_range() || kind(*node) == Kind::Type);
    let assignment = above.next().filter(|node| kind(*node) == Kind::Assignment)?;
    let target = Field::Left.of(assignment)?;
    let around =
        above.find(|node| matches!(kind(*node), Kind::ClassDefinition | Kind::FunctionDefinition));
    Some((target, around))
}

/// Where the file binds the name again.
fn reassigned(subject: &Subject<'_>, target: Node<'_>) -> Vec<usize> {
    let (names, item) = (subject.names(), subject.item());
    let Some(scopes) = names.scopes(item) else { return Vec::new() };
    let here = scopes.binding_at(target.byte_range().into());
    let Some(here) = here else { return Vec::new() };
    let same = match here.scope {
        crate::scope::MODULE => names.module_bindings(scopes.name(here.name)),
        scope => scopes.bindings(scope, here.name).map(|binding| Bound { item, binding }).collect(),
    };
    let document = subject.document();
    let mut lines: Vec<_> = same
        .iter()
        .filter(|bound| (bound.item, bound.binding.at) != (item, here.at))
        .filter(|bound| {
            !matches!(bound.binding.kind, BindingKind::Declaration | BindingKind::Delete)
        })
        .map(|bound| {
            document.text().line_of(document.start_of(bound.item) + bound.binding.at.start)
        })
        .collect();
    lines.dedup();
    lines
}

#[cfg(test)]
mod tests;
