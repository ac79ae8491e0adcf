//! A function reads a variable of the scope around it, and assigns it without `nonlocal`.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Place, Plan, Rule};
use crate::names::Meaning;
use crate::scope::{Binding, BindingKind, ItemScopes, NameId, Resolution, ScopeId, ScopeKind};
use crate::subject::Subject;
use crate::syntax::function::{docstring, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

use super::shared::{break_of, indentation};

pub static RULE: Rule = Rule {
    id: "closure-missing-nonlocal",
    kinds: &[Kind::FunctionDefinition],
    slots: SLOTS,
    cases: &[],
    fixes: &["declare-nonlocal", "declare-global"],
    related: &["outer"],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the variable"),
    Slot::new("function", SlotKind::Code, "the function that assigns it"),
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let function = subject.node();
    let Some(scopes) = subject.names().scopes(subject.item()) else { return };
    let Some(scope) = scopes.scope_of(function.byte_range().into()) else { return };
    let mut names: Vec<NameId> = scopes.bound_names(scope).collect();
    names.sort_unstable();
    for name in names {
        let Some(at) = first_read(subject, scopes, scope, name) else { continue };
        let Some(owner) = owner(subject, scopes, scope, name) else { continue };
        let mut facts = Facts::of(SLOTS);
        facts.code("name", subject.item_text()[at.range()].to_owned());
        if let Some(name) = Field::Name.of(function) {
            facts.code("function", subject.text(name));
        }
        let related = owner.place.into_iter().collect();
        found.push(Found { at, case: None, facts, related });
    }
}

/// Who binds the variable that was meant.
struct Owner {
    /// The module, not a function.
    is_module: bool,
    place: Option<Place>,
}

fn owner(
    subject: &Subject<'_>,
    scopes: &ItemScopes,
    scope: ScopeId,
    name: NameId,
) -> Option<Owner> {
    let mut around = scopes.scopes()[scope].parent?;
    while scopes.scopes()[around].kind == ScopeKind::Class {
        around = scopes.scopes()[around].parent?;
    }
    let place = |item: usize, binding: &Binding| {
        let item = subject.document().items()[item].id();
        Place { item, at: binding.at, role: "outer" }
    };
    match scopes.resolve(around, name) {
        Resolution::Local(owner) => {
            let kind = scopes.scopes()[owner].kind;
            matches!(kind, ScopeKind::Function | ScopeKind::Lambda).then_some(())?;
            let first = scopes.bindings(owner, name).next()?;
            Some(Owner { is_module: false, place: Some(place(subject.item(), first)) })
        }
        Resolution::Module => match subject.names().module_meaning(scopes.name(name)) {
            Meaning::Module(bindings) => {
                let first = bindings.first()?;
                Some(Owner { is_module: true, place: Some(place(first.item, first.binding)) })
            }
            _ => None,
        },
    }
}

/// The read that can only fail: on every way to a binding of the name it comes first.
fn first_read(
    subject: &Subject<'_>,
    scopes: &ItemScopes,
    scope: ScopeId,
    name: NameId,
) -> Option<Span> {
    let bindings: Vec<&Binding> = scopes.bindings(scope, name).collect();
    let assigns = |binding: &&Binding| {
        binding.from == scope
            && matches!(binding.kind, BindingKind::Assignment | BindingKind::AugmentedAssignment)
    };
    if bindings.is_empty() || !bindings.iter().all(assigns) {
        return None;
    }
    let body = Field::Body.of(subject.node())?;
    if bindings.iter().all(|binding| binding.kind == BindingKind::AugmentedAssignment) {
        let first = bindings[0].at;
        return (!may_be_caught(body, first)).then_some(first);
    }
    let first_bound = bindings.iter().map(|binding| binding.node.end).min()?;
    let read = scopes.references_in(body.byte_range().into()).iter().find(|reference| {
        reference.name == name
            && reference.scope == scope
            // Annotations of local variables are not evaluated (PEP 526).
            && !reference.in_annotation
    })?;
    let comes_first = read.at.end <= first_bound
        && bindings
            .iter()
            .all(|binding| binding.node.start > read.at.start || binding.node.contains(read.at));
    (comes_first && always_runs(body, read.at) && !may_be_caught(body, read.at)).then_some(read.at)
}

/// True when the node at `at` is evaluated whenever control comes to its statement's level of the
/// function's body: it stands in no branch, loop or nested scope.
fn always_runs(body: Node<'_>, at: Span) -> bool {
    let Some(path) = walk::path_to(body, at.start, at.end) else { return false };
    path.windows(2).all(|pair| {
        let (parent, child) = (pair[0], pair[1]);
        let is_field =
            |field: Field| parent.child_in(field).is_some_and(|node| node.id() == child.id());
        match kind(parent) {
            Kind::IfStatement | Kind::WhileStatement => is_field(Field::Condition),
            Kind::ForStatement => is_field(Field::Right),
            Kind::BooleanOperator => is_field(Field::Left),
            Kind::ComparisonOperator => {
                parent.named_children().take(2).any(|node| node.id() == child.id())
            }
            Kind::ConditionalExpression => {
                parent.named_child(1).is_some_and(|node| node.id() == child.id())
            }
            Kind::MatchStatement => is_field(Field::Subject),
            Kind::TryStatement
            | Kind::AssertStatement
            | Kind::Lambda
            | Kind::FunctionDefinition
            | Kind::ClassDefinition
            | Kind::ListComprehension
            | Kind::SetComprehension
            | Kind::DictionaryComprehension
            | Kind::GeneratorExpression => false,
            _ => true,
        }
    })
}

/// True when a `try` with handlers stands around the place.
fn may_be_caught(body: Node<'_>, at: Span) -> bool {
    let Some(path) = walk::path_to(body, at.start, at.end) else { return true };
    path.iter().any(|node| {
        kind(*node) == Kind::TryStatement
            && statements(*node).iter().any(|clause| kind(*clause) == Kind::ExceptClause)
    })
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let function = subject.node();
    let scopes = subject.names().scopes(subject.item())?;
    let scope = scopes.scope_of(function.byte_range().into())?;
    let reference = scopes.reference_at(found.at.start)?;
    let is_module = owner(subject, scopes, scope, reference.name)?.is_module;
    let (fix, word, declaration) = if is_module {
        ("declare-global", "global", Kind::GlobalStatement)
    } else {
        ("declare-nonlocal", "nonlocal", Kind::NonlocalStatement)
    };
    let name = &subject.item_text()[found.at.range()];
    let body = Field::Body.of(function)?;
    let all = statements(body);
    let existing = all.iter().find(|statement| kind(**statement) == declaration);
    let edit = if let Some(existing) = existing.filter(|it| it.end_byte() < found.at.start) {
        (Span::empty(subject.span(*existing).end), format!(", {name}"))
    } else {
        let after_doc = usize::from(docstring(function, subject.item_text()).is_some());
        let first = *all.get(after_doc)?;
        let separator = match indentation(subject, first) {
            Some(indent) => format!("{}{indent}", break_of(subject)),
            None => "; ".to_owned(),
        };
        (Span::empty(subject.span(first).start), format!("{word} {name}{separator}"))
    };
    let facts = found.facts.clone();
    Some(Plan { fix, safety: Safety::Safe, facts, edits: vec![edit] })
}
