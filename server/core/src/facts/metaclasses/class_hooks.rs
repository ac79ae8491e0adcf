//! `__init_subclass__` and `__set_name__`, the hooks that need no metaclass, and the keywords of a
//! class statement.
//!
//! Source: PEP 487; Python Language Reference, Data model, Customizing class creation.

use super::super::classes::Class;
use super::super::source_text::one_line_in;
use super::super::{Facts, Provider, Slot, SlotKind};
use super::method::OwnMethod;
use super::mro::{Found, Orders};
use super::super_call::all_subclasses;
use crate::subject::Subject;
use crate::syntax::function::{ParameterKind, own_nodes, parameters};
use crate::syntax::{Field, Kind, kind};

pub static INIT_SUBCLASS: Provider = Provider {
    name: "init-subclass",
    doc: "the method `__init_subclass__`; `@target` is the `function_definition`",
    slots: SUBCLASS_SLOTS,
    run: init_subclass,
};

pub static KEYWORD: Provider = Provider {
    name: "class-keyword",
    doc: "a keyword of a class statement other than `metaclass`; `@target` is the \
          `keyword_argument`",
    slots: KEYWORD_SLOTS,
    run: keyword,
};

static SUBCLASS_SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("cls", SlotKind::Code, "the first parameter: the new subclass"),
    Slot::new("runs", SlotKind::Records(RUNS), "classes of the file for which it runs"),
    Slot::new("nobody", SlotKind::Code, "the class, if no class of the file derives from it"),
    Slot::new("keywords", SlotKind::Codes, "parameters that take keywords of the class statement"),
    Slot::new("no-super", SlotKind::Flag, "it does not call the one of the next class"),
];

static RUNS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the subclass"),
    Slot::new("line", SlotKind::Line, "its line"),
];

static KEYWORD_SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("keyword", SlotKind::Code, "the keyword as it is written"),
    Slot::new("parameter", SlotKind::Code, "the parameter that gets it"),
    Slot::new("owner", SlotKind::Code, "the class whose `__init_subclass__` that is"),
    Slot::new("line", SlotKind::Line, "its line"),
    Slot::new(
        "refused",
        SlotKind::Code,
        "the keyword, if that `__init_subclass__` does not take it",
    ),
    Slot::new("nobody", SlotKind::Code, "the keyword, if no class takes any"),
    Slot::new("metaclass", SlotKind::Code, "the metaclass of the file that gets it first"),
    Slot::new("metaclass-line", SlotKind::Line, "the line of its `__new__`"),
    Slot::new(
        "metaclass-refuses",
        SlotKind::Code,
        "the keyword, if that `__new__` does not take it",
    ),
];

fn init_subclass(subject: &Subject<'_>) -> Option<Facts> {
    let method = OwnMethod::of(subject).filter(|method| method.name == "__init_subclass__")?;
    let class = method.class;
    let mut facts = Facts::of(SUBCLASS_SLOTS);
    facts.code("class", class.name());
    let only_classmethod = method
        .decorated
        .as_ref()
        .is_none_or(|decorated| decorated.all.iter().all(|one| one.is(&["builtins.classmethod"])));
    if !only_classmethod {
        return None;
    }
    facts.code("cls", method.first()?);
    let mut orders = Orders::across_files(subject);
    let mut runs = Vec::new();
    let mut subclasses = all_subclasses(class);
    subclasses.sort_by_key(|sub| (sub.item, sub.node.start_byte()));
    for sub in &subclasses {
        let Some(links) = orders.of(*sub).complete() else { continue };
        let meta = orders.metaclass(*sub);
        let found = orders.method(links.get(1..).unwrap_or_default(), "__init_subclass__");
        if found.is_some_and(|found| found.node == method.node) && orders.makes_by_type(&meta) {
            let mut record = Facts::of(RUNS);
            record.code("class", sub.name());
            record.line("line", sub.line_at(sub.node.start_byte()));
            runs.push(record);
        }
    }
    if subclasses.is_empty() {
        facts.code("nobody", class.name());
    }
    facts.records("runs", runs);
    let keywords = method.parameters.iter().skip(1).filter(|parameter| {
        matches!(parameter.kind, ParameterKind::KeywordOnly | ParameterKind::PositionalOrKeyword)
    });
    facts.codes("keywords", keywords.map(|one| one_line_in(class.text(), one.name)));
    let mut passes_on = false;
    own_nodes(method.node, |node| {
        passes_on |= kind(node) == Kind::Identifier
            && matches!(subject.text(node), "super" | "__init_subclass__");
    });
    facts.flag("no-super", !passes_on);
    Some(facts)
}

fn keyword(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    let mut around = subject.ancestors();
    let (list, definition) = (around.next()?, around.next()?);
    let is_head = kind(definition) == Kind::ClassDefinition
        && definition.child_in(Field::Superclasses) == Some(list);
    let class = Class::new(subject.names(), subject.item(), definition).filter(|_| is_head)?;
    let name = subject.text(node.child_in(Field::Name)?);
    if name == "metaclass" {
        return None;
    }
    let mut facts = Facts::of(KEYWORD_SLOTS);
    facts.code("class", class.name()).code("keyword", one_line_in(class.text(), node));
    let mut orders = Orders::across_files(subject);
    let meta = orders.metaclass(class);
    if let Some(hook) = orders.hook(&meta, "__new__") {
        facts.code("metaclass", hook.class.name()).line("metaclass-line", hook.line);
        // The first four are given by position already.
        let list = parameters(hook.node)?;
        let takes = list.iter().enumerate().any(|(at, one)| {
            (at > 3 || one.kind == ParameterKind::VarKeyword) && takes(one, hook.class.text(), name)
        });
        if !takes {
            facts.code("metaclass-refuses", name);
        }
        return Some(facts);
    }
    // Another metaclass may take it for itself.
    meta.is_type().then_some(())?;
    let links = orders.of(class).complete()?;
    match orders.lookup(&links[1..], "__init_subclass__") {
        Found::Here(..) => {
            let found = orders.method(&links[1..], "__init_subclass__")?;
            facts.code("owner", found.class.name()).line("line", found.line);
            let list = parameters(found.node)?;
            let text = found.class.text();
            match list.iter().skip(1).find(|one| takes(one, text, name)) {
                Some(taker) => facts.code("parameter", one_line_in(text, taker.name)),
                None => facts.code("refused", name),
            };
        }
        Found::Nowhere => drop(facts.code("nobody", name)),
        Found::Known(_) | Found::Unknown => return None,
    }
    Some(facts)
}

/// True for a parameter that gets the keyword of this name.
fn takes(parameter: &crate::syntax::function::Parameter<'_>, text: &str, name: &str) -> bool {
    match parameter.kind {
        ParameterKind::VarKeyword => true,
        ParameterKind::KeywordOnly | ParameterKind::PositionalOrKeyword => {
            &text[parameter.name.byte_range()] == name
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
