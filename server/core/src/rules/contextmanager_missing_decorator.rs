//! `with` on a plain generator, on a function or on a class.
//!
//! Source: Language Reference, The with statement; Library Reference, contextlib, `contextmanager()`.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::classes::{Class, Own};
use crate::facts::context_managers::{items, only_yield};
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Place, Plan, Rule, imported};
use crate::subject::Subject;
use crate::syntax::function::{arguments, parameters};
use crate::syntax::{Field, Kind, Node, Tree, kind};
use crate::value::{self, Definition, Object};

use super::code::{is_expected_to_fail, may_be_caught, path_in};
use super::shared::{break_of, indentation};

pub static RULE: Rule = Rule {
    id: "contextmanager-missing-decorator",
    kinds: &[Kind::WithStatement],
    slots: SLOTS,
    cases: &["called"],
    fixes: &["decorate", "call"],
    related: &["function"],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("expression", SlotKind::Code, "what stands behind `with`"),
    Slot::new("function", SlotKind::Code, "the generator function, or the function or class"),
    Slot::new("decorator", SlotKind::Code, "`contextmanager` or `asynccontextmanager`"),
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    if is_expected_to_fail(subject) || may_be_caught(subject, subject.path()) {
        return;
    }
    for (expression, definition, case) in entered(subject) {
        let names = subject.names();
        let text = names.item(definition.item).text();
        let Some(name) = Field::Name.of(definition.node) else { continue };
        let mut facts = Facts::of(SLOTS);
        facts.code("expression", one_line(subject, expression));
        facts.code("function", &text[name.byte_range()]);
        facts.code("decorator", decorator(subject.node()));
        let item = subject.document().items()[definition.item].id();
        let related = vec![Place { item, at: name.byte_range().into(), role: "function" }];
        found.push(Found { at: expression.byte_range().into(), case, facts, related });
    }
}

fn is_async(with: Node<'_>) -> bool {
    with.child(0).is_some_and(|word| word.kind() == "async")
}

fn decorator(with: Node<'_>) -> &'static str {
    if is_async(with) { "asynccontextmanager" } else { "contextmanager" }
}

/// What the statement enters that cannot be entered, the definition behind it, and the case.
fn entered<'a>(subject: &Subject<'a>) -> Vec<(Node<'a>, Definition<'a>, Option<&'static str>)> {
    let (names, item) = (subject.names(), subject.item());
    let all = items(subject.node()).unwrap_or_default().into_iter();
    let found = all.filter_map(|one| {
        let expression = one.expression;
        let value = value::of(names, item, expression)?;
        let is_call = kind(expression) == Kind::Call;
        match value.object {
            Object::Generator(function) | Object::AsyncGenerator(function) if is_call => {
                let is_function = kind(function.node) == Kind::FunctionDefinition;
                is_function.then_some((expression, function, None))
            }
            Object::Function(function) if !is_call => Some((expression, function, Some("called"))),
            Object::Class(class) if !is_call => {
                let found = Class::new(names, class.item, class.node)?;
                let enters = [found.own("__enter__"), found.own("__aenter__")];
                let is_manager = enters.iter().any(|own| matches!(own, Own::Yes(_)));
                let is_it = is_manager && found.is_plain();
                is_it.then_some((expression, class, Some("called")))
            }
            _ => None,
        }
    });
    found.collect()
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let (expression, definition, case) =
        entered(subject).into_iter().find(|(it, ..)| found.at == it.byte_range().into())?;
    let facts = found.facts.clone();
    if case.is_some() {
        needs_nothing(subject, definition).then_some(())?;
        let edits = vec![(Span::empty(subject.span(expression).end), "()".to_owned())];
        return Some(Plan { fix: "call", safety: Safety::Safe, facts, edits });
    }
    // In the subject's own item or before it, so that its lines are at hand.
    let function = definition.node;
    only_yield(function)?;
    let path = path_in(subject, definition.item, function)?;
    let around = *path.get(path.len().checked_sub(2)?)?;
    (kind(around) != Kind::DecoratedDefinition).then_some(())?;
    let names = subject.names();
    let text = names.item(definition.item).text();
    let name = Field::Name.of(function)?;
    let is_async_generator = crate::syntax::function::is_async(function);
    (is_async_generator == is_async(subject.node())).then_some(())?;
    let import = imported(subject, subject.path()[0], "contextlib", decorator(subject.node()));
    let indent = if definition.item == subject.item() {
        indentation(subject, function)?
    } else {
        (function.start_byte() == 0).then_some("")?
    };
    let start = function.start_byte() + subject.document().start_of(definition.item);
    let line = format!("@{}{}{indent}", import.expression, break_of(subject));
    let mut edits = vec![(Span::empty(start), line)];
    edits.extend(import.edit);
    let is_only_entered = entered_everywhere(subject, definition, &text[name.byte_range()]);
    let safety = if is_only_entered { Safety::Safe } else { Safety::Review };
    Some(Plan { fix: "decorate", safety, facts, edits })
}

/// True when every use of the function in the file is a call behind `with`, and it is private by its
/// name or a variable of a function, so that no other file iterates over it.
fn entered_everywhere(subject: &Subject<'_>, function: Definition<'_>, name: &str) -> bool {
    let names = subject.names();
    let scopes = names.scopes(function.item);
    let binding = scopes.and_then(|it| it.definition(function.node.byte_range().into()));
    let Some(binding) = binding else { return false };
    let is_own = binding.scope != crate::scope::MODULE || name.starts_with('_');
    let bound = crate::names::Bound { item: function.item, binding };
    let uses = names.uses(bound).unwrap_or_default();
    is_own
        && !uses.is_empty()
        && uses.into_iter().all(|used| {
            let at = used.reference.at;
            let root = names.item(used.item).tree().map(Tree::root_node);
            let path = root.and_then(|root| crate::walk::path_to(root, at.start, at.end));
            path.is_some_and(|path| {
                let mut above = path.iter().rev().skip(1);
                let is_call = above.next().is_some_and(|node| kind(*node) == Kind::Call);
                let mut above = above.skip_while(|node| kind(**node) == Kind::AsPattern);
                is_call && above.next().is_some_and(|node| kind(*node) == Kind::WithItem)
            })
        })
}

/// True when the class can be called without arguments. What a function returns is not known.
fn needs_nothing(subject: &Subject<'_>, definition: Definition<'_>) -> bool {
    let names = subject.names();
    if kind(definition.node) != Kind::ClassDefinition {
        return false;
    }
    match names.bindings_in(definition.item, definition.node, "__init__")[..] {
        [] => true,
        [binding] => {
            let init = names.node(crate::names::Bound { item: definition.item, binding });
            let all = init.and_then(parameters);
            all.is_some_and(|all| all.iter().skip(1).all(|one| one.is_optional()))
        }
        _ => false,
    }
}

pub static INVERSE: Inverse =
    Inverse { rule: &RULE, kinds: &[Kind::WithStatement], edits: without_call };

/// A class of the file in place of its instance.
fn without_call(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    let [only] = &items(subject.node())?[..] else { return None };
    let call = Some(only.expression).filter(|it| kind(*it) == Kind::Call)?;
    let callee = Field::Function.of(call).filter(|_| arguments(call).is_empty())?;
    let value = value::of(subject.names(), subject.item(), callee)?;
    matches!(value.object, Object::Class(_)).then_some(())?;
    Some(vec![(Span::new(subject.span(callee).end, subject.span(call).end), String::new())])
}
