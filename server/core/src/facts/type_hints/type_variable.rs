//! `TypeVar`, `ParamSpec`, `NewType`, `TypeAlias` and the `type` statement: what gives a type a name.
//!
//! Sources: Library Reference, typing; PEP 484, PEP 612, PEP 613, PEP 695.

use super::super::decoration::{Arguments, qualified};
use super::super::source_text::one_line;
use super::super::{Facts, Provider, Slot, SlotKind};
use crate::names::Bound;
use crate::scope::{BindingKind, MODULE};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind, quirks::type_alias};
use crate::walk;

pub static PROVIDER: Provider = Provider {
    name: "named-type",
    doc: "`T = TypeVar('T')`, `ParamSpec`, `NewType`, `X: TypeAlias = …` or `type X = …`; \
          `@target` is the `assignment` or `type_alias_statement`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("variable", SlotKind::Code, "the type variable"),
    Slot::new("parameters", SlotKind::Code, "the `ParamSpec`"),
    Slot::new("new-type", SlotKind::Code, "the `NewType`"),
    Slot::new("base", SlotKind::Code, "what it is made from"),
    Slot::new("alias", SlotKind::Code, "the alias"),
    Slot::new("lazy-alias", SlotKind::Code, "the alias of a `type` statement"),
    Slot::new("value", SlotKind::Code, "what the alias stands for"),
    Slot::new("statement", SlotKind::Code, "the alias as a `type` statement"),
    Slot::new("bound", SlotKind::Code, "the upper bound"),
    Slot::new("constraints", SlotKind::Codes, "the types that are allowed, if they are listed"),
    Slot::new("free", SlotKind::Flag, "there is neither a bound nor a constraint"),
    Slot::new("string", SlotKind::Code, "the name in the call, if it is another one"),
    Slot::new("functions", SlotKind::Codes, "functions whose signature has it twice or more"),
    Slot::new("once", SlotKind::Codes, "functions whose signature has it only once"),
    Slot::new("generic", SlotKind::Code, "the first such function, with brackets (PEP 695)"),
    Slot::new("too-new", SlotKind::Flag, "the statement needs 3.12, and the code must run before"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    let mut facts = Facts::of(SLOTS);
    let is_old = subject.settings().target.minor < 12;
    if kind(node) == Kind::TypeAliasStatement {
        let (name, _) = type_alias(node)?;
        facts.code("lazy-alias", subject.text(name));
        facts.code("value", one_line(subject, Field::Right.of(node)?)).flag("too-new", is_old);
        return Some(facts);
    }
    let (left, right) = (Field::Left.of(node)?, Field::Right.of(node)?);
    (kind(left) == Kind::Identifier).then_some(())?;
    let name = subject.text(left);
    let (names, item) = (subject.names(), subject.item());
    if let Some(annotation) = Field::Type.of(node) {
        let inner = super::annotation::inner(annotation);
        (qualified(names, item, inner)? == "typing.TypeAlias").then_some(())?;
        let value = one_line(subject, right);
        if kind(right) != Kind::String {
            facts.code("statement", format!("type {name} = {value}"));
        }
        facts.code("alias", name).code("value", value);
        return Some(facts);
    }
    (kind(right) == Kind::Call).then_some(())?;
    let function = qualified(names, item, right.child_in(Field::Function)?)?;
    let arguments = Arguments::of(right, subject.item_text());
    if arguments.spread {
        return None;
    }
    let written = string(subject, *arguments.positional.first()?)?;
    if written != name {
        facts.code("string", format!("'{written}'"));
    }
    match function.as_str() {
        "typing.NewType" => {
            facts.code("new-type", name);
            facts.code("base", one_line(subject, *arguments.positional.get(1)?));
        }
        "typing.ParamSpec" => drop(facts.code("parameters", name)),
        "typing.TypeVar" => {
            facts.code("variable", name);
            let constraints = &arguments.positional[1..];
            let bound = arguments.keyword("bound");
            facts.codes("constraints", constraints.iter().map(|node| one_line(subject, *node)));
            if let Some(bound) = bound {
                facts.code("bound", one_line(subject, bound));
            }
            facts.flag("free", constraints.is_empty() && bound.is_none());
            if let Some(found) = signatures(subject, left) {
                let generic = found.iter().find(|one| one.count > 1 && one.is_plain);
                if let Some(one) = generic {
                    let suffix = match (bound, constraints) {
                        (Some(bound), []) => format!(": {}", one_line(subject, bound)),
                        (None, []) => String::new(),
                        (_, listed) => {
                            let listed: Vec<_> =
                                listed.iter().map(|node| one_line(subject, *node)).collect();
                            format!(": ({})", listed.join(", "))
                        }
                    };
                    let is_invariant = arguments.keywords.iter().all(|(key, _)| *key == "bound");
                    if is_invariant {
                        facts.code("generic", format!("def {}[{name}{suffix}](…)", one.name));
                    }
                }
                let of = |twice: bool| {
                    let some = found.iter().filter(move |one| (one.count > 1) == twice);
                    some.map(|one| one.name).collect::<Vec<_>>()
                };
                facts.codes("functions", of(true));
                // A method may have it from its class.
                facts.codes(
                    "once",
                    found.iter().filter(|one| one.count == 1 && one.is_plain).map(|one| one.name),
                );
            }
        }
        _ => return None,
    }
    Some(facts)
}

/// What stands in a plain string.
fn string<'a>(subject: &Subject<'a>, node: Node<'a>) -> Option<&'a str> {
    (kind(node) == Kind::String).then_some(())?;
    let [_, content, _] = statements(node)[..] else { return None };
    (kind(content) == Kind::StringContent).then(|| subject.text(content))
}

/// A function with the variable in its signature.
struct Signature<'a> {
    name: &'a str,
    start: (usize, usize),
    count: usize,
    /// It stands in no class and no other function.
    is_plain: bool,
}

/// The functions that use the variable in their parameters or result; nothing when the name may
/// mean something else, or a string may hide uses of it.
fn signatures<'a>(subject: &Subject<'a>, left: Node<'_>) -> Option<Vec<Signature<'a>>> {
    let names = subject.names();
    let item = subject.item();
    let scopes = names.scopes(item)?;
    let binding = scopes.all_bindings().iter().find(|one| {
        one.at == left.byte_range().into()
            && one.scope == MODULE
            && one.kind == BindingKind::Assignment
    })?;
    let mut found: Vec<Signature<'a>> = Vec::new();
    for used in names.uses(Bound { item, binding })? {
        if !used.reference.in_annotation {
            continue;
        }
        let root = names.item(used.item).tree()?.root_node();
        let path = walk::path_to(root, used.reference.at.start, used.reference.at.end)?;
        let at = path.iter().rposition(|node| kind(*node) == Kind::FunctionDefinition);
        let Some(at) = at else { continue };
        let in_body = path.get(at + 1).is_some_and(|node| kind(*node) == Kind::Block);
        if in_body {
            continue;
        }
        let function = path[at];
        let start = (used.item, function.start_byte());
        match found.iter_mut().find(|one| one.start == start) {
            Some(one) => one.count += 1,
            None => {
                let text = names.item(used.item).text();
                let outer = [Kind::ClassDefinition, Kind::FunctionDefinition];
                let hides = has_string(function);
                found.push(Signature {
                    name: text.get(Field::Name.of(function)?.byte_range())?,
                    start,
                    count: 1 + usize::from(hides),
                    is_plain: !hides && !path[..at].iter().any(|node| outer.contains(&kind(*node))),
                });
            }
        }
    }
    Some(found)
}

/// True when a part of the signature is in quotes.
fn has_string(function: Node<'_>) -> bool {
    let mut found = false;
    walk::until(function, |node| {
        found |= kind(node) == Kind::String;
        kind(node) == Kind::Block
    });
    found
}

#[cfg(test)]
mod tests;
