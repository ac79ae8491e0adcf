//! Classes that describe a shape: `Protocol`, `TypedDict`, `NamedTuple`, and generic classes.
//!
//! Sources: Library Reference, typing; PEP 544, PEP 589, PEP 655, PEP 560.

use super::super::call_sites::is_only_meaning;
use super::super::classes::{Base, Class, Own};
use super::super::source_text::{one_line, one_line_in};
use super::super::{Facts, Provider, Slot, SlotKind};
use super::annotation::{inner, subscripted};
use crate::scope::MODULE;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};
use crate::walk;

pub static PROVIDER: Provider = Provider {
    name: "structural-class",
    doc: "a class that derives from `typing.Protocol`, `TypedDict`, `NamedTuple` or `Generic` \
          itself; `@target` is the `class_definition`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("protocol", SlotKind::Code, "the protocol"),
    Slot::new("open-protocol", SlotKind::Code, "the same, if its members cannot be told"),
    Slot::new("members", SlotKind::Codes, "what satisfies it must have"),
    Slot::new("satisfied-by", SlotKind::Codes, "classes of the file with members of all the names"),
    Slot::new("runtime", SlotKind::Flag, "it is decorated with `runtime_checkable`"),
    Slot::new("no-runtime", SlotKind::Flag, "it has no decorator, and nothing but methods"),
    Slot::new("is-protocol", SlotKind::Flag, "it is a protocol"),
    Slot::new("is-record", SlotKind::Flag, "it is a `TypedDict` or a named tuple"),
    Slot::new("is-generic", SlotKind::Flag, "it is a generic class of another kind"),
    Slot::new("typed-dict", SlotKind::Code, "the `TypedDict`"),
    Slot::new("keys", SlotKind::Codes, "its keys with their types"),
    Slot::new("partial", SlotKind::Flag, "`total=False`"),
    Slot::new("wrong", SlotKind::Records(WRONG), "dict displays annotated with it that do not fit"),
    Slot::new("named-tuple", SlotKind::Code, "the named tuple"),
    Slot::new("fields", SlotKind::Codes, "its fields in order"),
    Slot::new("call", SlotKind::Code, "how one is made"),
    Slot::new("generic", SlotKind::Code, "the generic class"),
    Slot::new("parameters", SlotKind::Codes, "its type parameters"),
    Slot::new("class-syntax", SlotKind::Code, "the same in the syntax of 3.12"),
];

static WRONG: &[Slot] = &[
    Slot::new("line", SlotKind::Line, "the line"),
    Slot::new("missing", SlotKind::Codes, "keys that are missing"),
    Slot::new("extra", SlotKind::Codes, "keys that it does not have"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let (names, item) = (subject.names(), subject.item());
    let class = Class::new(names, item, subject.node())?;
    let bases = class.bases();
    let derives =
        |wanted: &str| bases.iter().any(|base| matches!(base, Base::Known(name) if name == wanted));
    let mut facts = Facts::of(SLOTS);
    if derives("typing.Protocol") {
        protocol(subject, class, &mut facts);
    } else if derives("typing.TypedDict") && bases.len() == 1 {
        typed_dict(subject, class, &mut facts)?;
    } else if derives("typing.NamedTuple") && bases.len() == 1 {
        named_tuple(class, &mut facts)?;
    } else if derives("typing.Generic") {
        generic(subject, class, &mut facts)?;
    } else {
        return None;
    }
    let is = |slot: &str| facts.get(slot).is_some();
    let (protocol, generic) = (is("protocol") || is("open-protocol"), is("generic"));
    facts.flag("is-protocol", protocol).flag("is-generic", generic);
    facts.flag("is-record", !protocol && !generic);
    Some(facts)
}

/// The annotated names and functions of a body; nothing when it may bind others.
fn members<'a>(class: Class<'a>) -> Option<Vec<&'a str>> {
    let text = class.text();
    let mut found = Vec::new();
    for statement in class.statements() {
        let name = match kind(statement) {
            Kind::FunctionDefinition => Field::Name.of(statement)?,
            Kind::DecoratedDefinition => Field::Name.of(statement.child_in(Field::Definition)?)?,
            Kind::PassStatement => continue,
            Kind::ExpressionStatement => {
                let node = statement.named_child(0)?;
                match kind(node) {
                    Kind::String | Kind::ConcatenatedString | Kind::Ellipsis => continue,
                    Kind::Assignment => {
                        Field::Left.of(node).filter(|left| kind(*left) == Kind::Identifier)?
                    }
                    _ => return None,
                }
            }
            _ => return None,
        };
        let name = text.get(name.byte_range())?;
        if !found.contains(&name) {
            found.push(name);
        }
    }
    Some(found)
}

fn protocol(subject: &Subject<'_>, class: Class<'_>, facts: &mut Facts) {
    match class.decorated() {
        // One with attributes may answer up to 3.10.
        None => {
            let is_method = |node: &Node<'_>| kind(*node) == Kind::FunctionDefinition;
            let only_methods = class.statements().iter().all(is_method);
            facts.flag("no-runtime", only_methods);
        }
        Some(decorated) => {
            let is_it = |names: &[&str]| decorated.all.iter().any(|one| one.is(names));
            facts.flag("runtime", is_it(&["typing.runtime_checkable"]));
        }
    }
    let wanted = members(class).unwrap_or_default();
    let slot = if wanted.is_empty() { "open-protocol" } else { "protocol" };
    facts.code(slot, class.name());
    facts.codes("members", wanted.iter().copied());
    // Members that a protocol inherits count too.
    let has_only_own = class.bases().iter().all(|base| {
        matches!(base, Base::Known(name) if matches!(name.as_str(), "typing.Protocol" | "typing.Generic"))
    });
    if wanted.is_empty() || !has_only_own {
        return;
    }
    let mut found = Vec::new();
    let names = subject.names();
    for (item, there) in subject.document().items().iter().enumerate() {
        let Some(tree) = there.tree() else { continue };
        for statement in statements(tree.root_node()) {
            let node = match kind(statement) {
                Kind::DecoratedDefinition => statement.child_in(Field::Definition),
                _ => Some(statement),
            };
            let Some(other) = node.and_then(|node| Class::new(names, item, node)) else { continue };
            let is_same = item == class.item && other.node == class.node;
            let is_protocol = other
                .bases()
                .iter()
                .any(|base| matches!(base, Base::Known(name) if name == "typing.Protocol"));
            if is_same || is_protocol || !is_only_meaning(names, item, other.node) {
                continue;
            }
            let has = |name: &&str| matches!(other.own(name), Own::Yes(_));
            if wanted.iter().all(has) {
                found.push(other.name());
            }
        }
    }
    facts.codes("satisfied-by", found);
}

/// The annotated names of the body with their types; nothing when there is something else in it.
fn annotated<'a>(class: Class<'a>) -> Option<Vec<(&'a str, Node<'a>, Option<Node<'a>>)>> {
    let text = class.text();
    let mut found = Vec::new();
    for statement in class.statements() {
        if kind(statement) != Kind::ExpressionStatement {
            continue;
        }
        let node = statement.named_child(0)?;
        if kind(node) != Kind::Assignment {
            continue;
        }
        let Some(annotation) = Field::Type.of(node) else { continue };
        let name = Field::Left.of(node).filter(|left| kind(*left) == Kind::Identifier)?;
        found.push((text.get(name.byte_range())?, annotation, Field::Right.of(node)));
    }
    Some(found)
}

fn typed_dict(subject: &Subject<'_>, class: Class<'_>, facts: &mut Facts) -> Option<()> {
    let (names, item) = (subject.names(), subject.item());
    let keys = annotated(class)?;
    facts.code("typed-dict", class.name());
    let text = class.text();
    let written = |node: Node<'_>| one_line_in(text, inner(node));
    facts.codes("keys", keys.iter().map(|(name, node, _)| format!("{name}: {}", written(*node))));
    let arguments = class.arguments();
    let total = arguments.keyword("total");
    let is_partial = total.is_some_and(|node| kind(node) == Kind::False);
    facts.flag("partial", is_partial);
    if arguments.keywords.iter().any(|(key, _)| *key != "total") || arguments.spread {
        return Some(());
    }
    let head = |node: Node<'_>| super::annotation::head(names, item, node);
    let is_required = |node: Node<'_>| match head(node).as_deref() {
        Some("typing.Required") => true,
        Some("typing.NotRequired") => false,
        _ => total.is_none(),
    };
    let mut wrong = Vec::new();
    for (line, found) in displays(subject, class)? {
        let missing: Vec<_> = keys
            .iter()
            .filter(|(name, node, _)| is_required(*node) && !found.iter().any(|key| key == name))
            .map(|(name, ..)| format!("'{name}'"))
            .collect();
        let extra: Vec<_> = found
            .iter()
            .filter(|key| !keys.iter().any(|(name, ..)| name == key))
            .map(|key| format!("'{key}'"))
            .collect();
        if missing.is_empty() && extra.is_empty() {
            continue;
        }
        let mut record = Facts::of(WRONG);
        record.line("line", line).codes("missing", missing).codes("extra", extra);
        wrong.push(record);
    }
    facts.records("wrong", wrong);
    Some(())
}

/// The dict displays with nothing but plain string keys that are assigned to `x: C`, with their
/// lines.
fn displays(subject: &Subject<'_>, class: Class<'_>) -> Option<Vec<(usize, Vec<String>)>> {
    let names = subject.names();
    let binding = class.binding().filter(|binding| binding.scope == MODULE)?;
    let mut out = Vec::new();
    let bound = crate::names::Bound { item: class.item, binding };
    for used in names.uses(bound).unwrap_or_default() {
        let there = names.item(used.item);
        let Some(tree) = there.tree() else { continue };
        let at = used.reference.at;
        let Some(path) = walk::path_to(tree.root_node(), at.start, at.end) else { continue };
        let [.., assignment, of_type, _] = path[..] else { continue };
        let is_whole = kind(assignment) == Kind::Assignment && kind(of_type) == Kind::Type;
        let value = Field::Right.of(assignment).filter(|_| is_whole && !assignment.is_broken());
        let Some(value) = value.filter(|value| kind(*value) == Kind::Dictionary) else { continue };
        let keys: Option<Vec<String>> =
            statements(value).into_iter().map(|pair| key(there.text(), pair)).collect();
        if let Some(keys) = keys {
            let start = subject.document().start_of(used.item) + value.start_byte();
            out.push((subject.document().text().line_of(start), keys));
        }
    }
    Some(out)
}

fn key(text: &str, pair: Node<'_>) -> Option<String> {
    (kind(pair) == Kind::Pair).then_some(())?;
    let node = pair.child_in(Field::Key)?;
    let source = text.get(node.byte_range())?;
    let quote = source.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let bare = source.strip_prefix(quote)?.strip_suffix(quote)?;
    (!bare.contains(['\\', '"', '\''])).then(|| bare.to_owned())
}

fn named_tuple(class: Class<'_>, facts: &mut Facts) -> Option<()> {
    let fields = annotated(class)?;
    facts.code("named-tuple", class.name());
    facts.codes("fields", fields.iter().map(|(name, ..)| *name));
    let text = class.text();
    let parameters: Vec<_> = fields
        .iter()
        .map(|(name, _, default)| match default {
            Some(default) => format!("{name}={}", one_line_in(text, *default)),
            None => (*name).to_owned(),
        })
        .collect();
    facts.code("call", format!("{}({})", class.name(), parameters.join(", ")));
    Some(())
}

fn generic(subject: &Subject<'_>, class: Class<'_>, facts: &mut Facts) -> Option<()> {
    let arguments = class.arguments();
    let base = arguments.positional.iter().find(|node| {
        super::annotation::head(subject.names(), subject.item(), **node).as_deref()
            == Some("typing.Generic")
    })?;
    let parts = subscripted(*base)?;
    let parameters: Vec<_> = parts.arguments.iter().map(|node| one_line(subject, *node)).collect();
    let is_plain = parts.arguments.iter().all(|node| kind(*node) == Kind::Identifier);
    facts.code("generic", class.name());
    if is_plain && arguments.positional.len() == 1 && arguments.keywords.is_empty() {
        facts.code("class-syntax", format!("class {}[{}]:", class.name(), parameters.join(", ")));
    }
    facts.codes("parameters", parameters);
    Some(())
}

#[cfg(test)]
mod tests;
