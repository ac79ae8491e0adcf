//! A metaclass hands the wrong arguments to `type`.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::classes::{Base, Class};
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Plan, Rule};
use crate::names::{Bound, Receiver};
use crate::subject::Subject;
use crate::syntax::function::{Parameter, ParameterKind, parameters};
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

use super::code::{
    callee_name, is_expected_to_fail, may_be_caught, method, own_function, plain_arguments,
};
use super::shared::{break_of, indentation, name_span};

pub static RULE: Rule = Rule {
    id: "metaclass-new-args",
    kinds: &[Kind::Call, Kind::FunctionDefinition],
    slots: SLOTS,
    cases: &["drops-metaclass", "prepare", "signature"],
    fixes: &["pass-metaclass", "use-super", "add-classmethod"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("metaclass", SlotKind::Code, "the metaclass"),
    Slot::new("first", SlotKind::Code, "the first parameter of `__new__`"),
    Slot::new("call", SlotKind::Code, "the call as it is"),
    Slot::new("right", SlotKind::Code, "the call as it must be"),
    Slot::new("method", SlotKind::Code, "`__new__` or `__init__`"),
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let Some(class) = metaclass(subject) else { return };
    let mut facts = Facts::of(SLOTS);
    facts.code("metaclass", class.name());
    match kind(subject.node()) {
        Kind::Call => check_call(subject, facts, found),
        _ => check_method(subject, &class, facts, found),
    }
}

/// The class around the method that the subject is or stands in, if it derives from `type` and
/// from nothing unknown.
fn metaclass<'a>(subject: &Subject<'a>) -> Option<Class<'a>> {
    let path = subject.path();
    let function = path.iter().rposition(|node| kind(*node) == Kind::FunctionDefinition)?;
    // Most functions are no hooks of a metaclass, and that is quickly seen.
    let name = Field::Name.of(path[function]).map(|name| subject.text(name))?;
    name.starts_with("__").then_some(())?;
    let around = path[..function].iter().rev().find(|node| {
        matches!(kind(**node), Kind::ClassDefinition | Kind::FunctionDefinition | Kind::Lambda)
    })?;
    if kind(*around) != Kind::ClassDefinition {
        return None;
    }
    let class = Class::new(subject.names(), subject.item(), *around)?;
    let [Base::Known(base)] = &class.bases()[..] else { return None };
    (base == "builtins.type" && class.metaclass().is_none()).then_some(class)
}

/// The parameters of `__new__` that a class statement fills, and its first one.
fn of_new<'a>(subject: &Subject<'a>) -> Option<(&'a str, [&'a str; 3])> {
    let function = own_function(subject)?;
    let name = subject.text(Field::Name.of(function)?);
    let all = parameters(function).filter(|_| name == "__new__")?;
    let [first, name, bases, namespace, ..] = &all[..] else { return None };
    let text = |parameter: &Parameter<'a>| subject.text(parameter.name);
    Some((text(first), [text(name), text(bases), text(namespace)]))
}

/// True when the call passes just these names.
fn passes(subject: &Subject<'_>, call: Node<'_>, wanted: &[&str]) -> bool {
    plain_arguments(call).is_some_and(|(positional, keywords)| {
        let given: Vec<_> = positional.iter().map(|node| subject.text(*node)).collect();
        given == wanted && keywords.is_empty()
    })
}

fn check_call(subject: &Subject<'_>, mut facts: Facts, found: &mut Vec<Found>) {
    let call = subject.node();
    let Some((first, rest)) = of_new(subject) else { return };
    if !passes(subject, call, &rest) || may_be_caught(subject, subject.path()) {
        return;
    }
    let names = subject.names();
    let [name, bases, namespace] = rest;
    facts.code("first", first).code("call", subject.text(call));
    let calls_super = method(call).is_some_and(|(object, method)| {
        let is_new = subject.text(method) == "__new__";
        let base = names.receiver(subject.item(), object);
        let is_type = names.qualified(subject.item(), object).as_deref() == Some("builtins.type");
        is_new && (matches!(base, Some(Receiver::Super(_))) || is_type)
    });
    let case = if calls_super {
        let callee = Field::Function.of(call).map_or("", |node| subject.text(node));
        facts.code("right", format!("{callee}({first}, {name}, {bases}, {namespace})"));
        None
    } else {
        let is_returned =
            subject.ancestors().next().is_some_and(|node| kind(node) == Kind::ReturnStatement);
        if callee_name(subject, call).as_deref() != Some("builtins.type") || !is_returned {
            return;
        }
        facts.code("right", format!("super().__new__({first}, {name}, {bases}, {namespace})"));
        Some("drops-metaclass")
    };
    found.push(Found { at: call.byte_range().into(), case, facts, related: Vec::new() });
}

/// True when a class statement of the file names the class as its metaclass.
fn is_used(class: &Class<'_>) -> bool {
    let names = class.names;
    let Some(binding) = class.binding() else { return false };
    let uses = names.uses(Bound { item: class.item, binding }).unwrap_or_default();
    uses.iter().any(|found| {
        let Some(tree) = names.item(found.item).tree() else { return false };
        let at = found.reference.at;
        let path = walk::path_to(tree.root_node(), at.start, at.end).unwrap_or_default();
        let [.., definition, list, keyword, name] = path[..] else { return false };
        let text = names.item(found.item).text();
        kind(definition) == Kind::ClassDefinition
            && kind(list) == Kind::Argument
            && Field::Value.of(keyword) == Some(name)
            && Field::Name.of(keyword).is_some_and(|it| &text[it.byte_range()] == "metaclass")
    })
}

fn check_method(
    subject: &Subject<'_>,
    class: &Class<'_>,
    mut facts: Facts,
    found: &mut Vec<Found>,
) {
    let function = subject.node();
    let Some(name) = Field::Name.of(function) else { return };
    let decorated =
        subject.ancestors().next().is_some_and(|node| kind(node) == Kind::DecoratedDefinition);
    let Some(all) = parameters(function).filter(|_| !decorated) else { return };
    let positional: Vec<_> = all
        .iter()
        .filter(|one| {
            matches!(one.kind, ParameterKind::PositionalOnly | ParameterKind::PositionalOrKeyword)
        })
        .collect();
    let required = positional.iter().filter(|one| one.default.is_none()).count();
    let takes_more = all.iter().any(|one| one.kind == ParameterKind::VarPositional);
    let needs_keyword =
        all.iter().any(|one| one.kind == ParameterKind::KeywordOnly && one.default.is_none());
    let method = subject.text(name);
    let case = match method {
        "__prepare__" if required >= 3 && !takes_more => "prepare",
        // What comes behind the four is filled by keywords of the class statement.
        "__new__" | "__init__"
            if !needs_keyword
                && positional.len() < 4
                && !takes_more
                && !is_expected_to_fail(subject)
                && !subject.settings().is_test
                && is_used(class) =>
        {
            "signature"
        }
        _ => return,
    };
    facts.code("method", method);
    let at = name_span(function);
    found.push(Found { at, case: Some(case), facts, related: Vec::new() });
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let node = subject.node();
    let facts = found.facts.clone();
    match found.case {
        None => {
            let (first, _) = of_new(subject)?;
            let list = Field::Arguments.of(node)?;
            let at = subject.span(list).start + 1;
            let edits = vec![(Span::empty(at), format!("{first}, "))];
            Some(Plan { fix: "pass-metaclass", safety: Safety::Safe, facts, edits })
        }
        Some("drops-metaclass") => {
            let (first, [name, bases, namespace]) = of_new(subject)?;
            let text = format!("super().__new__({first}, {name}, {bases}, {namespace})");
            let edits = vec![(subject.span(node), text)];
            Some(Plan { fix: "use-super", safety: Safety::Review, facts, edits })
        }
        Some("prepare") => {
            let indent = indentation(subject, node)?;
            let names = subject.names();
            let hidden = names.is_hidden_at(subject.item(), node.start_byte(), "classmethod")
                || !names.module_bindings("classmethod").is_empty();
            let text = format!("@classmethod{}{indent}", break_of(subject));
            let edits = vec![(Span::empty(subject.span(node).start), text)];
            (!hidden).then_some(Plan { fix: "add-classmethod", safety: Safety::Safe, facts, edits })
        }
        _ => None,
    }
}

pub static INVERSE: Inverse =
    Inverse { rule: &RULE, kinds: &[Kind::Call], edits: without_metaclass };

fn without_metaclass(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    let call = subject.node();
    let (first, [name, bases, namespace]) = of_new(subject)?;
    let (_, called) = method(call)?;
    let is_it = subject.text(called) == "__new__"
        && passes(subject, call, &[first, name, bases, namespace]);
    let given = plain_arguments(call).filter(|_| is_it)?.0;
    let [one, next, ..] = given[..] else { return None };
    Some(vec![(Span::new(subject.span(one).start, subject.span(next).start), String::new())])
}
