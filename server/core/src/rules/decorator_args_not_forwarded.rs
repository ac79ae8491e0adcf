//! A wrapper does not pass its arguments on, or cannot take those of the function.

use crate::Span;
use crate::analysis::Safety;
use crate::decorator::{Decorator, Gives, User};
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::function::{Parameter, ParameterKind, arguments, parameters};
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

use super::shared::{decorator_at, name_span, place_of, spreads, stars, users};

pub static RULE: Rule = Rule {
    id: "decorator-args-not-forwarded",
    kinds: &[Kind::FunctionDefinition],
    slots: SLOTS,
    cases: &["starless", "cut-off"],
    fixes: &["forward", "accept-any"],
    related: &["user"],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("wrapper", SlotKind::Code, "the wrapper's name"),
    Slot::new("func", SlotKind::Code, "the parameter that the wrapper calls"),
    Slot::new("taken", SlotKind::Code, "what the wrapper collects: `*args, **kwargs`"),
    Slot::new("user", SlotKind::Code, "a decorated function of this file that needs the arguments"),
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let Some(decorator) = decorator_at(subject) else { return };
    if decorator.gives != Gives::Wrapper {
        return;
    }
    let users = users(subject, &decorator);
    let names = subject.names();
    let mut facts = Facts::of(SLOTS);
    facts.code("wrapper", decorator.name_of(decorator.wrapper)).code("func", decorator.func);
    for call in &decorator.calls {
        let missing = missing(subject, &decorator, call.node);
        let case = match missing {
            Some(Missing::Stars) if !all_take(&users, arguments(call.node).len()) => {
                Some("starless")
            }
            Some(Missing::All) if users.iter().any(|user| takes_any(user)) => None,
            _ => continue,
        };
        let mut facts = facts.clone();
        facts.code("taken", taken(subject, &decorator));
        found.push(Found { at: call.node.byte_range().into(), case, facts, related: Vec::new() });
    }
    if let Some(user) = users.iter().find(|user| is_cut_off(subject, &decorator, user)) {
        facts.code("user", user.name(names));
        let related = place_of(subject, user).into_iter().collect();
        let at = name_span(decorator.wrapper);
        found.push(Found { at, case: Some("cut-off"), facts, related });
    }
}

/// What a call leaves out.
#[derive(Clone, Copy, PartialEq)]
enum Missing {
    /// The stars in front of what was collected.
    Stars,
    /// All that was collected.
    All,
}

fn missing(subject: &Subject<'_>, decorator: &Decorator<'_>, call: Node<'_>) -> Option<Missing> {
    let (args, kwargs) = stars(subject, decorator.wrapper);
    let collected: Vec<&str> = args.into_iter().chain(kwargs).collect();
    if collected.is_empty() {
        return None;
    }
    let given = arguments(call);
    let is_bare = |node: &Node<'_>| {
        kind(*node) == Kind::Identifier && collected.contains(&subject.text(*node))
    };
    if !given.is_empty() && given.iter().all(is_bare) {
        return Some(Missing::Stars);
    }
    let own = parameters(decorator.wrapper)?;
    let untouched = given.is_empty()
        && own.len() == collected.len()
        && collected.iter().all(|name| !is_used(subject, decorator, name));
    untouched.then_some(Missing::All)
}

/// True when the wrapper's body names `name`.
fn is_used(subject: &Subject<'_>, decorator: &Decorator<'_>, name: &str) -> bool {
    let mut used = false;
    if let Some(body) = Field::Body.of(decorator.wrapper) {
        walk::until(body, |node| {
            used |= kind(node) == Kind::Identifier && subject.text(node) == name;
            used
        });
    }
    used
}

fn taken(subject: &Subject<'_>, decorator: &Decorator<'_>) -> String {
    let (args, kwargs) = stars(subject, decorator.wrapper);
    let args = args.map(|name| format!("*{name}"));
    let kwargs = kwargs.map(|name| format!("**{name}"));
    args.into_iter().chain(kwargs).collect::<Vec<_>>().join(", ")
}

/// True when every decorated function takes just `count` arguments by position, so that handing
/// the collections over as they are may be meant.
fn all_take(users: &[User<'_>], count: usize) -> bool {
    !users.is_empty()
        && users.iter().all(|user| {
            let all = parameters(user.definition).unwrap_or_default();
            all.len() == count && all.iter().all(|parameter| !is_star(parameter))
        })
}

fn is_star(parameter: &Parameter<'_>) -> bool {
    matches!(parameter.kind, ParameterKind::VarPositional | ParameterKind::VarKeyword)
}

fn takes_any(user: &User<'_>) -> bool {
    parameters(user.definition).is_some_and(|all| !all.is_empty())
}

/// True when no call of the wrapper can give the function the arguments it needs: the wrapper has
/// no stars, passes on its own parameters only, and there are too few of them.
fn is_cut_off(subject: &Subject<'_>, decorator: &Decorator<'_>, user: &User<'_>) -> bool {
    let Some(own) = parameters(decorator.wrapper) else { return false };
    let Some(needed) = parameters(user.definition) else { return false };
    if own.iter().any(is_star) {
        return false;
    }
    let is_own = |node: &Node<'_>| {
        kind(*node) == Kind::Identifier
            && own.iter().any(|parameter| subject.text(parameter.name) == subject.text(*node))
    };
    let positional = |parameter: &&Parameter<'_>| {
        !parameter.is_optional() && parameter.kind != ParameterKind::KeywordOnly
    };
    let needs = needed.iter().filter(positional).count();
    // Only the innermost decorator calls the function itself.
    let is_innermost = user.place + 1 == crate::syntax::function::decorators(user.decorated).len();
    is_innermost
        && decorator.calls.iter().all(|call| {
            let given = arguments(call.node);
            given.len() < needs && given.iter().all(is_own)
        })
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let decorator = decorator_at(subject)?;
    let list = |call: Node<'_>| Field::Arguments.of(call).map(|list| subject.span(list));
    let (fix, edits) = if found.case == Some("cut-off") {
        let own = Field::Parameters.of(decorator.wrapper)?;
        let is_bare = decorator.calls.iter().all(|call| arguments(call.node).is_empty());
        let is_free = |name: &str| {
            !is_used(subject, &decorator, name)
                && !subject.names().is_hidden_at(subject.item(), own.start_byte(), name)
        };
        if own.named_child_count() > 0 || !is_bare || !is_free("args") || !is_free("kwargs") {
            return None;
        }
        let mut edits: Vec<(Span, String)> = decorator
            .calls
            .iter()
            .filter_map(|call| Some((list(call.node)?, "(*args, **kwargs)".to_owned())))
            .collect();
        edits.push((subject.span(own), "(*args, **kwargs)".to_owned()));
        ("accept-any", edits)
    } else {
        let call =
            decorator.calls.iter().find(|call| Span::from(call.node.byte_range()) == found.at)?;
        let stars = stars(subject, decorator.wrapper);
        let already = |argument: &Node<'_>| spreads(subject, *argument, stars);
        if arguments(call.node).iter().any(already) {
            return None;
        }
        ("forward", vec![(list(call.node)?, format!("({})", taken(subject, &decorator)))])
    };
    Some(Plan { fix, safety: Safety::Review, facts: found.facts.clone(), edits })
}

/// Takes the stars away in a call that passes on `*args, **kwargs`.
pub static INVERSE: Inverse =
    Inverse { rule: &RULE, kinds: &[Kind::FunctionDefinition], edits: without_stars };

fn without_stars(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    let decorator = decorator_at(subject)?;
    let [only] = &decorator.calls[..] else { return None };
    let given = arguments(only.node);
    let all = stars(subject, decorator.wrapper);
    let is_all = given.len() == 2 && given.iter().all(|it| spreads(subject, *it, all));
    let star = |argument: &Node<'_>| {
        let inner = subject.span(argument.named_child(0)?);
        Some((Span::new(subject.span(*argument).start, inner.start), String::new()))
    };
    given
        .iter()
        .filter(|_| is_all)
        .map(star)
        .collect::<Option<Vec<_>>>()
        .filter(|all| !all.is_empty())
}
