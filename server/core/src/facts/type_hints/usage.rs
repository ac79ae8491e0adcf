//! What the body of a function does with a list, set or dict that it gets.
//!
//! Source: Library Reference, collections.abc: which methods the abstract classes have.

use super::super::source_text::one_line;
use super::annotation::{head, subscripted};
use super::fits::callee;
use crate::scope::{BindingKind, ItemScopes, Resolution, ScopeId, ScopeKind};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::Parameter, kind};
use crate::walk;

/// One thing done with the parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    /// Goes through it once, in a place that runs once.
    Iterate,
    /// Goes through it in a loop or nested function: maybe several times.
    IterateAgain,
    Len,
    Contains,
    Index,
    /// `.get`, `.items`, `.keys`, `.values`.
    MappingMethod,
}

/// Builtins that go through their only argument and keep nothing of it.
const CONSUMERS: &[&str] = &[
    "builtins.sum",
    "builtins.any",
    "builtins.all",
    "builtins.sorted",
    "builtins.list",
    "builtins.set",
    "builtins.tuple",
    "builtins.frozenset",
    "builtins.max",
    "builtins.min",
];

/// An abstract type that is enough for all that the body does with the parameter, whose annotation
/// is a list, set or dict with brackets. Nothing when it is changed, passed on or returned.
pub fn wider(
    subject: &Subject<'_>,
    function: Node<'_>,
    parameter: Parameter<'_>,
) -> Option<String> {
    let annotation = parameter.annotation?;
    let parts = subscripted(annotation)?;
    let head = head(subject.names(), subject.item(), annotation)?;
    let uses = uses(subject, function, parameter)?;
    let arguments: Vec<_> = parts.arguments.iter().map(|node| one_line(subject, *node)).collect();
    let name = match head.as_str() {
        "builtins.dict" | "typing.Dict" => "Mapping",
        "builtins.list" | "typing.List" if uses.contains(&Use::MappingMethod) => return None,
        "builtins.set" | "typing.Set" if uses.iter().any(|one| *one > Use::Contains) => {
            return None;
        }
        "builtins.list" | "typing.List" | "builtins.set" | "typing.Set" => match uses[..] {
            [Use::Iterate] => "Iterable",
            _ if uses.contains(&Use::Index) => "Sequence",
            _ => "Collection",
        },
        _ => return None,
    };
    Some(format!("{name}[{}]", arguments.join(", ")))
}

impl PartialOrd for Use {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some((*self as u8).cmp(&(*other as u8)))
    }
}

/// All uses of the parameter; nothing when one of them is of another kind, when there are none, or
/// when the name is bound again.
fn uses(subject: &Subject<'_>, function: Node<'_>, parameter: Parameter<'_>) -> Option<Vec<Use>> {
    let scopes = subject.names().scopes(subject.item())?;
    let here = scopes.scope_of(function.byte_range().into())?;
    let name = scopes.number(subject.text(parameter.name))?;
    let mut bindings = scopes.bindings(here, name);
    let only = bindings.next().filter(|binding| binding.kind == BindingKind::Parameter);
    if only.is_none() || bindings.next().is_some() || scopes.is_dynamic {
        return None;
    }
    let mut found = Vec::new();
    for reference in scopes.references() {
        if reference.name == name
            && scopes.resolve(reference.scope, name) == Resolution::Local(here)
        {
            let path = walk::path_to(function, reference.at.start, reference.at.end)?;
            found.push(one_use(subject, scopes, here, reference.scope, &path)?);
        }
    }
    (!found.is_empty()).then_some(found)
}

fn one_use(
    subject: &Subject<'_>,
    scopes: &ItemScopes,
    here: ScopeId,
    scope: ScopeId,
    path: &[Node<'_>],
) -> Option<Use> {
    let [above @ .., node] = path else { return None };
    let [outer @ .., parent] = above else { return None };
    let is = |field: Field| field.of(*parent).is_some_and(|it| it == *node);
    let is_once = scope == here && {
        let loops = [Kind::WhileStatement, Kind::ForStatement];
        let mut around = outer.iter().skip(1);
        !around.any(|node| loops.contains(&kind(*node)))
    };
    let iterate = if is_once { Use::Iterate } else { Use::IterateAgain };
    match kind(*parent) {
        Kind::ForStatement if is(Field::Right) => Some(iterate),
        Kind::ForInClause if is(Field::Right) => Some(first_clause(scopes, here, scope, iterate)),
        Kind::ComparisonOperator => {
            let operator = parent.child(1)?.kind();
            let is_right = parent.named_child(1).is_some_and(|right| right == *node);
            let single = parent.named_child_count() == 2;
            (single && is_right && matches!(operator, "in" | "not in")).then_some(Use::Contains)
        }
        Kind::Subscript if is(Field::Value) => {
            let statement = outer.last()?;
            let stores = Field::Left.of(*statement).is_some_and(|left| left == *parent)
                && matches!(kind(*statement), Kind::Assignment | Kind::AugmentedAssignment)
                || matches!(
                    kind(*statement),
                    Kind::DeleteStatement
                        | Kind::ExpressionList
                        | Kind::PatternList
                        | Kind::ForStatement
                        | Kind::ForInClause
                        | Kind::AsPatternTarget
                        | Kind::ListSplatPattern
                        | Kind::TuplePattern
                        | Kind::ListPattern
                );
            (!stores).then_some(Use::Index)
        }
        Kind::Attribute if is(Field::Object) => {
            let call = outer.last().filter(|call| kind(**call) == Kind::Call)?;
            let called = call.child_in(Field::Function)? == *parent;
            let method = subject.text(Field::Attribute.of(*parent)?);
            (called && matches!(method, "get" | "items" | "keys" | "values"))
                .then_some(Use::MappingMethod)
        }
        Kind::Argument => {
            let call = *outer.last()?;
            let name = callee(subject.names(), subject.item(), call)?;
            let is_only = parent.named_child_count() == 1;
            match name.as_str() {
                "builtins.len" if is_only => Some(Use::Len),
                name if is_only && CONSUMERS.contains(&name) => Some(iterate),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The first `in` of a comprehension is evaluated once, around it.
fn first_clause(scopes: &ItemScopes, here: ScopeId, scope: ScopeId, iterate: Use) -> Use {
    let is_nested = scopes.scopes()[scope].kind != ScopeKind::Function || scope != here;
    if is_nested { Use::IterateAgain } else { iterate }
}
