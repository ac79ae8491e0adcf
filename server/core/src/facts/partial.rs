//! `functools.partial` and `partialmethod`.
//!
//! Source: Library Reference, functools: positional arguments are put in front of those of a call,
//! keywords are defaults that a call can override; `inspect.signature` of the result.

use super::decoration::{Arguments, Decorated, qualified};
use super::source_text::{one_line, one_line_in};
use super::{Facts, Provider, Slot, SlotKind};
use crate::names::Names;
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::function::{Parameter, ParameterKind, parameters};
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

pub static PROVIDER: Provider = Provider {
    name: "partial",
    doc: "a call of `functools.partial` or `partialmethod`; `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("target", SlotKind::Code, "the function whose arguments are fixed"),
    Slot::new("open", SlotKind::Code, "the same, if nothing is known about its parameters"),
    Slot::new("target-line", SlotKind::Line, "the line of its `def`"),
    Slot::new("fixed", SlotKind::Codes, "the fixed arguments as they are written"),
    Slot::new("bound", SlotKind::Records(BOUND), "the parameters that get them"),
    Slot::new("left", SlotKind::Code, "the parameters that a call still takes"),
    Slot::new("nothing-fixed", SlotKind::Flag, "no argument is given"),
    Slot::new("name", SlotKind::Code, "the name that the result is assigned to"),
    Slot::new("unknown-keyword", SlotKind::Code, "a keyword that the function does not take"),
    Slot::new("twice", SlotKind::Code, "a parameter that gets two arguments"),
    Slot::new("too-many", SlotKind::Number, "how many positional arguments the function takes"),
    Slot::new("by-name", SlotKind::Codes, "parameters that can now be passed by name only"),
    Slot::new("method", SlotKind::Flag, "it is `partialmethod`"),
    Slot::new("class-attribute", SlotKind::Flag, "a `partial` is assigned in a class body"),
];

static BOUND: &[Slot] = &[
    Slot::new("parameter", SlotKind::Code, "the parameter"),
    Slot::new("value", SlotKind::Code, "the argument"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let call = subject.node();
    let names = subject.names();
    (kind(call) == Kind::Call).then_some(())?;
    let callee = call.child_in(Field::Function)?;
    let is_method = match qualified(names, subject.item(), callee)?.as_str() {
        "functools.partial" => false,
        "functools.partialmethod" => true,
        _ => return None,
    };
    let mut arguments = Arguments::of(call, subject.item_text());
    // `partial(*args)`: not even the function is known.
    if arguments.positional.is_empty() {
        return None;
    }
    let target = arguments.positional.remove(0);
    let mut around = subject.ancestors();
    let (parent, statement) = (around.next(), around.next());
    let assigned = parent.filter(|parent| kind(*parent) == Kind::Assignment);
    let in_class = statement.is_some() && {
        let mut above = subject.ancestors().skip(2);
        above.next().is_some_and(|node| kind(node) == Kind::Block)
            && above.next().is_some_and(|node| kind(node) == Kind::ClassDefinition)
    };

    let mut facts = Facts::of(SLOTS);
    facts.code("target", one_line(subject, target)).flag("method", is_method);
    let left = assigned.and_then(|it| it.child_in(Field::Left));
    if let Some(left) = left.filter(|left| kind(*left) == Kind::Identifier) {
        facts.code("name", subject.text(left));
        facts.flag("class-attribute", in_class && !is_method);
    }
    let positional = arguments.positional.iter().map(|node| one_line(subject, *node));
    let keywords = arguments
        .keywords
        .iter()
        .map(|(name, node)| format!("{name}={}", one_line(subject, *node)));
    if arguments.spread {
        facts.code("open", one_line(subject, target));
        return Some(facts);
    }
    let fixed: Vec<_> = positional.chain(keywords).collect();
    facts.flag("nothing-fixed", fixed.is_empty()).codes("fixed", fixed);
    let placeholder = arguments.positional.iter().any(|node| {
        qualified(names, subject.item(), *node).as_deref() == Some("functools.Placeholder")
    });
    if let Some((item, function)) = plain_function(names, subject.item(), target) {
        let document = subject.document();
        let start = document.start_of(item) + function.start_byte();
        facts.line("target-line", document.text().line_of(start));
        if !placeholder {
            bind(subject, names.item(item).text(), function, is_method, &arguments, &mut facts);
        }
    }
    if !["left", "twice", "too-many", "unknown-keyword"].iter().any(|it| facts.get(it).is_some()) {
        facts.code("open", one_line(subject, target));
    }
    Some(facts)
}

/// The function of the file, without decorators, that the expression can only be.
fn plain_function<'a>(
    names: Names<'a>,
    item: usize,
    target: Node<'_>,
) -> Option<(usize, Node<'a>)> {
    let bound = names.definition(item, target)?;
    if bound.binding.kind != BindingKind::Function || bound.binding.conditional {
        return None;
    }
    let function = names.node(bound)?;
    let root = names.item(bound.item).tree()?.root_node();
    let path = walk::path_to(root, function.start_byte(), function.end_byte())?;
    let at = path.iter().position(|node| *node == function)?;
    let parent = *path.get(at.checked_sub(1)?)?;
    let plain = Decorated::read(names, bound.item, parent).is_none()
        && kind(parent) != Kind::DecoratedDefinition
        && !function.is_broken();
    plain.then_some((bound.item, function))
}

/// Gives the fixed arguments to the parameters, as a call would.
fn bind(
    subject: &Subject<'_>,
    text: &str,
    function: Node<'_>,
    is_method: bool,
    arguments: &Arguments<'_>,
    facts: &mut Facts,
) {
    let Some(mut all) = parameters(function) else { return };
    if is_method {
        // The instance comes first.
        match all.first().map(|one| one.kind) {
            Some(ParameterKind::PositionalOnly | ParameterKind::PositionalOrKeyword) => {
                all.remove(0);
            }
            _ => return,
        }
    }
    let name = |one: &Parameter<'_>| &text[one.name.byte_range()];
    let is_positional = |one: &Parameter<'_>| {
        matches!(one.kind, ParameterKind::PositionalOnly | ParameterKind::PositionalOrKeyword)
    };
    let places: Vec<_> = all.iter().copied().filter(is_positional).collect();
    let takes_more = all.iter().any(|one| one.kind == ParameterKind::VarPositional);
    let takes_any = all.iter().any(|one| one.kind == ParameterKind::VarKeyword);
    if arguments.positional.len() > places.len() && !takes_more {
        facts.number("too-many", places.len() + usize::from(is_method));
        return;
    }
    let mut bound = Vec::new();
    let mut record = |parameter: &str, value: Node<'_>| {
        let mut record = Facts::of(BOUND);
        record.code("parameter", parameter).code("value", one_line(subject, value));
        bound.push(record);
    };
    for (parameter, value) in places.iter().zip(&arguments.positional) {
        record(name(parameter), *value);
    }
    let taken = &places[..arguments.positional.len().min(places.len())];
    let mut given: Vec<(&str, Node<'_>)> = Vec::new();
    for (keyword, value) in &arguments.keywords {
        let by_name = |one: &&Parameter<'_>| {
            matches!(one.kind, ParameterKind::PositionalOrKeyword | ParameterKind::KeywordOnly)
        };
        match all.iter().filter(by_name).find(|one| name(one) == *keyword) {
            Some(one) if taken.iter().any(|other| other.node == one.node) => {
                facts.code("twice", *keyword);
                return;
            }
            Some(one) => {
                record(name(one), *value);
                given.push((keyword, *value));
            }
            // It goes to `**kwargs`, and `inspect` has no signature for that.
            None if all.iter().any(|one| name(one) == *keyword) => return,
            None if takes_any => {}
            None => {
                facts.code("unknown-keyword", *keyword);
                return;
            }
        }
    }
    facts.records("bound", bound);
    let rest: Vec<_> =
        all.iter().filter(|one| taken.iter().all(|other| other.node != one.node)).collect();
    let (shown, by_name) = signature(subject, text, &rest, &given);
    facts.code("left", shown).codes("by-name", by_name);
}

/// The parameters that are left, as `inspect.signature` gives them: one with a keyword argument
/// and all behind it can be passed by name only. And the names for which that is new and which
/// have no value yet.
fn signature<'t>(
    subject: &Subject<'_>,
    text: &'t str,
    rest: &[&Parameter<'_>],
    given: &[(&str, Node<'_>)],
) -> (String, Vec<&'t str>) {
    let (mut out, mut by_name) = (Vec::new(), Vec::new());
    let mut behind_keyword = false;
    let mut has_star = false;
    let only = rest.iter().filter(|one| one.kind == ParameterKind::PositionalOnly).count();
    for (at, one) in rest.iter().enumerate() {
        let name = &text[one.name.byte_range()];
        let value = given.iter().find(|(other, _)| *other == name).map(|(_, value)| *value);
        behind_keyword |= one.kind == ParameterKind::PositionalOrKeyword && value.is_some();
        let keyword_only = one.kind == ParameterKind::KeywordOnly
            || (one.kind == ParameterKind::PositionalOrKeyword && behind_keyword);
        if one.kind == ParameterKind::VarPositional {
            if behind_keyword {
                continue;
            }
            has_star = true;
        }
        if keyword_only && !has_star {
            out.push("*".to_owned());
            has_star = true;
        }
        match value {
            Some(value) => out.push(with_default(text, one, &one_line(subject, value))),
            None => out.push(one_line_in(text, one.node)),
        }
        if keyword_only && one.kind == ParameterKind::PositionalOrKeyword && value.is_none() {
            by_name.push(name);
        }
        if at + 1 == only {
            out.push("/".to_owned());
        }
    }
    (format!("({})", out.join(", ")), by_name)
}

fn with_default(text: &str, parameter: &Parameter<'_>, value: &str) -> String {
    let name = &text[parameter.name.byte_range()];
    match parameter.annotation {
        Some(annotation) => format!("{name}: {} = {value}", one_line_in(text, annotation)),
        None => format!("{name}={value}"),
    }
}

#[cfg(test)]
mod tests;
