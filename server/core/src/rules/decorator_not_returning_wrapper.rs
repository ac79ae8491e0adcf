//! A decorator returns nothing, or the result of calling its wrapper.

use crate::Span;
use crate::analysis::Safety;
use crate::decorator::{Decorator, Gives, Metadata, User, uses_as_decorator};
use crate::facts::call_sites::calls_of_name;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Plan, Rule};
use crate::names::{Bound, Names};
use crate::subject::Subject;
use crate::syntax::function::{own_nodes, parameters, returns, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

use super::decorator_missing_wraps::wraps;
use super::shared::{break_of, decorator_at, indentation, name_span, place_of, users};

pub static RULE: Rule = Rule {
    id: "decorator-not-returning-wrapper",
    kinds: &[Kind::FunctionDefinition],
    slots: SLOTS,
    cases: &["called"],
    fixes: &["return-wrapper", "return-wrapper-with-wraps"],
    related: &["user"],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("decorator", SlotKind::Code, "the function that takes the function"),
    Slot::new("wrapper", SlotKind::Code, "the wrapper's name"),
    Slot::new("user", SlotKind::Code, "the first function decorated in this file"),
    Slot::new("wraps", SlotKind::Code, "the line that the fix adds: `@functools.wraps(func)`"),
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let Some(decorator) = decorator_at(subject) else { return };
    let (case, at) = match decorator.gives {
        Gives::Nothing if is_left_behind(subject, &decorator) => {
            (None, name_span(decorator.function))
        }
        Gives::WrapperCall(call) if needs_nothing(&decorator) => {
            (Some("called"), call.byte_range().into())
        }
        _ => return,
    };
    let users = users(subject, &decorator);
    let Some(user) = users.first() else { return };
    // What is put in place of the function may be meant, as long as nobody calls it.
    if case == Some("called") && !users.iter().any(|user| is_called(subject, user)) {
        return;
    }
    let names = subject.names();
    let mut facts = Facts::of(SLOTS);
    facts.code("decorator", decorator.name_of(decorator.function));
    facts.code("wrapper", decorator.name_of(decorator.wrapper));
    facts.code("user", user.name(names));
    found.push(Found { at, case, facts, related: place_of(subject, user).into_iter().collect() });
}

/// True when the file calls the name of the decorated function.
fn is_called(subject: &Subject<'_>, user: &User<'_>) -> bool {
    let names = subject.names();
    !calls_of_name(names, user.item, user.definition).is_empty()
}

/// True when the decorator does nothing with its wrapper.
fn is_left_behind(subject: &Subject<'_>, decorator: &Decorator<'_>) -> bool {
    let wrapper = decorator.name_of(decorator.wrapper);
    let mut used = decorator.wrapper_decorated.is_some();
    own_nodes(decorator.function, |node| {
        let is_definition = node.start_byte() == name_span(decorator.wrapper).start;
        used |= kind(node) == Kind::Identifier && subject.text(node) == wrapper && !is_definition;
    });
    if let Some(body) = Field::Body.of(decorator.wrapper) {
        walk::until(body, |node| {
            used |= kind(node) == Kind::Identifier && subject.text(node) == wrapper;
            used
        });
    }
    !used && returns(decorator.function).is_empty()
}

fn needs_nothing(decorator: &Decorator<'_>) -> bool {
    parameters(decorator.wrapper).is_some_and(|all| all.iter().all(|it| it.is_optional()))
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let decorator = decorator_at(subject)?;
    let names = subject.names();
    let wrapper = decorator.name_of(decorator.wrapper);
    let mut edits: Vec<_> = match decorator.gives {
        Gives::WrapperCall(_) => {
            let calls = returns(decorator.function).into_iter().filter_map(|it| it.named_child(0));
            calls.map(|call| (subject.span(call), wrapper.to_owned())).collect()
        }
        _ => {
            let all = statements(Field::Body.of(decorator.function)?);
            let last = *all.last()?;
            let indent = indentation(subject, all[0])?;
            let end = Span::empty(subject.span(last).end);
            vec![(end, format!("{}{indent}return {wrapper}", break_of(subject)))]
        }
    };
    let users = users(subject, &decorator);
    let fails = found.case.is_none() && users.iter().any(|user| is_called_at_once(names, user));
    let safety = if fails { Safety::Safe } else { Safety::Review };
    let mut facts = found.facts.clone();
    // Or the mended decorator would have the next mistake.
    let fix = if decorator.metadata == Metadata::Own {
        let (line, more) = wraps(subject, &decorator)?;
        edits.extend(more);
        facts.code("wraps", line);
        "return-wrapper-with-wraps"
    } else {
        "return-wrapper"
    };
    Some(Plan { fix, safety, facts, edits })
}

/// True when the module itself calls the decorated function, which is `None`: the program fails
/// there.
fn is_called_at_once(names: Names<'_>, user: &User<'_>) -> bool {
    let binding = names
        .scopes(user.item)
        .and_then(|scopes| scopes.definition(user.definition.byte_range().into()));
    let Some(binding) = binding else { return false };
    let uses = names.uses(Bound { item: user.item, binding }).unwrap_or_default();
    // A use as a decorator is a call, too, but one that the finding is about.
    let stacked = uses_as_decorator(names, user.item, user.definition).len();
    stacked == 0
        && uses.iter().any(|found| {
            let root = names.item(found.item).tree().map(|tree| tree.root_node());
            root.is_some_and(|root| is_plain_call(root, found.reference.at))
        })
}

/// True for `f(…)` as a statement of the module, or the value assigned by one.
fn is_plain_call(root: Node<'_>, name: Span) -> bool {
    let Some(path) = walk::path_to(root, name.start, name.end) else { return false };
    let kinds: Vec<Kind> = path.iter().map(|node| kind(*node)).collect();
    matches!(
        kinds[..],
        [Kind::Module, Kind::ExpressionStatement, Kind::Call, Kind::Identifier]
            | [
                Kind::Module,
                Kind::ExpressionStatement,
                Kind::Assignment,
                Kind::Call,
                Kind::Identifier
            ]
            | [
                Kind::Module,
                Kind::ExpressionStatement,
                Kind::Call,
                Kind::Argument,
                Kind::Call,
                Kind::Identifier
            ]
    )
}

/// Calls the wrapper in the last line, `return wrapper`.
pub static INVERSE: Inverse =
    Inverse { rule: &RULE, kinds: &[Kind::FunctionDefinition], edits: with_call };

fn with_call(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    let decorator = decorator_at(subject)?;
    let last = *statements(Field::Body.of(decorator.function)?).last()?;
    let value = last.named_child(0).filter(|_| kind(last) == Kind::ReturnStatement)?;
    let is_wrapper = decorator.text(value) == decorator.name_of(decorator.wrapper);
    is_wrapper.then(|| vec![(Span::empty(subject.span(value).end), "()".to_owned())])
}
