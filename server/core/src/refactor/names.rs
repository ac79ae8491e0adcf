//! Who else sees a variable that a conversion takes away, or makes.

use crate::rules::code::{callee_name, lets_pass};
use crate::rules::single_pass_list::PURE;
use crate::scope::{BindingKind, ItemScopes, MODULE, NameId, Resolution, ScopeId, ScopeKind};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};
use crate::{Span, walk};

/// A name as a scope knows it.
pub(super) struct Variable<'s, 'a> {
    subject: &'s Subject<'a>,
    scope: ScopeId,
    name: &'a str,
}

/// A use of the name, by its item.
type Found = (usize, crate::scope::Reference);

/// The scope in which the subject, a part of a statement, is run; nothing in a lambda.
pub(super) fn scope_of(subject: &Subject<'_>) -> Option<(ScopeId, ScopeKind)> {
    let scopes = subject.names().scopes(subject.item())?;
    let path = subject.path();
    for at in (0..path.len() - 1).rev() {
        let in_body = Field::Body.of(path[at]) == Some(path[at + 1]);
        match kind(path[at]) {
            Kind::FunctionDefinition | Kind::ClassDefinition if in_body => {
                let id = scopes.scope_of(path[at].byte_range().into())?;
                return Some((id, scopes.scopes()[id].kind));
            }
            Kind::FunctionDefinition | Kind::ClassDefinition | Kind::Lambda => return None,
            _ => {}
        }
    }
    Some((MODULE, ScopeKind::Module))
}

/// The identifiers with these words in `node`.
pub(super) fn mentions(subject: &Subject<'_>, node: Node<'_>, name: &str) -> bool {
    let mut found = false;
    walk::until(node, |inner| {
        found |= kind(inner) == Kind::Identifier && subject.text(inner) == name;
        found
    });
    found
}

/// The names that a target of `for` binds; nothing if it is more than names.
pub(super) fn targets<'a>(subject: &Subject<'a>, target: Node<'_>) -> Option<Vec<&'a str>> {
    let mut names = Vec::new();
    let mut plain = true;
    walk::until(target, |node| {
        match kind(node) {
            Kind::Identifier => names.push(subject.text(node)),
            Kind::PatternList
            | Kind::TuplePattern
            | Kind::ListPattern
            | Kind::ListSplatPattern
            | Kind::Tuple
            | Kind::ExpressionList => {}
            _ if node.is_named() => plain = false,
            _ => {}
        }
        !plain
    });
    plain.then_some(names)
}

/// True when the expression calls nothing but builtins that look at values.
pub(super) fn calls_nothing_unknown(subject: &Subject<'_>, node: Node<'_>) -> bool {
    let mut known = true;
    walk::until(node, |inner| {
        known &= match kind(inner) {
            Kind::Call => callee_name(subject, inner).is_some_and(|it| PURE.contains(&&*it)),
            Kind::Await | Kind::Yield => false,
            _ => true,
        };
        !known
    });
    known
}

impl<'s, 'a> Variable<'s, 'a> {
    /// The variable `name` of the scope of the subject's item.
    pub fn new(subject: &'s Subject<'a>, scope: ScopeId, name: &'a str) -> Self {
        Self { subject, scope, name }
    }

    fn scopes(&self) -> Option<&'a ItemScopes> {
        self.subject.names().scopes(self.subject.item())
    }

    fn number(&self) -> Option<NameId> {
        self.scopes()?.number(self.name)
    }

    /// True when the scope says `global` or `nonlocal` of the name.
    pub fn is_declared(&self) -> bool {
        let Some((scopes, number)) = self.scopes().zip(self.number()) else { return false };
        scopes.declares(self.scope, number)
    }

    /// The uses of the variable. Nothing when a name of the file may be looked up behind its back.
    fn uses(&self) -> Option<Vec<Found>> {
        let names = self.subject.names();
        let document = self.subject.document();
        let owner = match self.scope {
            MODULE => Resolution::Module,
            scope => Resolution::Local(scope),
        };
        let items = match self.scope {
            MODULE if document.is_dynamic() => return None,
            MODULE => document.items_that_use(self.name),
            _ if self.scopes()?.is_dynamic => return None,
            _ => vec![self.subject.item()],
        };
        let mut found = Vec::new();
        for item in items {
            let scopes = names.scopes(item)?;
            let Some(number) = scopes.number(self.name) else { continue };
            let own = scopes
                .references()
                .iter()
                .filter(|it| it.name == number && scopes.resolve(it.scope, it.name) == owner);
            found.extend(own.map(|reference| (item, *reference)));
        }
        Some(found)
    }

    /// True when functions inside the scope read the variable, so that a call may.
    pub fn is_read_elsewhere(&self) -> bool {
        let names = self.subject.names();
        let Some(uses) = self.uses() else { return true };
        uses.iter().any(|(item, reference)| {
            let Some(scopes) = names.scopes(*item) else { return true };
            let text = names.item(*item).text();
            surroundings(scopes, text, reference.scope) != Some(self.scope)
        })
    }

    /// True when nobody outside of the loop at the end of the subject's path reads what the loop
    /// leaves in the variable.
    pub fn is_only_read_in(&self, loop_: Node<'a>) -> bool {
        let Some(uses) = self.uses() else { return false };
        let own = Span::from(loop_.byte_range());
        if self.is_declared() || self.is_bound_from_inside() || self.is_changed(own) {
            return false;
        }
        uses.iter().all(|(item, reference)| {
            *item == self.subject.item() && own.contains(reference.at)
                || self.is_another(*item, reference, loop_).unwrap_or(false)
        })
    }

    /// True when a statement outside of these bytes of the item takes the variable as it is.
    fn is_changed(&self, loop_: Span) -> bool {
        let changes = |kind| matches!(kind, BindingKind::Delete | BindingKind::AugmentedAssignment);
        let own = self.subject.item();
        match self.scope {
            MODULE => self.subject.names().module_bindings(self.name).iter().any(|it| {
                changes(it.binding.kind) && (it.item != own || !loop_.contains(it.binding.at))
            }),
            scope => self.scopes().zip(self.number()).is_none_or(|(scopes, number)| {
                let mut all = scopes.bindings(scope, number);
                all.any(|it| changes(it.kind) && !loop_.contains(it.at))
            }),
        }
    }

    /// True when a function inside binds the variable by `nonlocal` or `global`.
    fn is_bound_from_inside(&self) -> bool {
        let names = self.subject.names();
        let bound = match self.scope {
            MODULE => names.module_bindings(self.name),
            _ => return self.is_bound_by_another_scope().unwrap_or(true),
        };
        bound.iter().any(|it| it.binding.from != MODULE)
    }

    fn is_bound_by_another_scope(&self) -> Option<bool> {
        let (scopes, number) = (self.scopes()?, self.number()?);
        Some(scopes.bindings(self.scope, number).any(|it| it.from != self.scope))
    }

    /// True when a use outside of the loop reads another value than the loop's.
    fn is_another(
        &self,
        item: usize,
        reference: &crate::scope::Reference,
        loop_: Node<'a>,
    ) -> Option<bool> {
        let names = self.subject.names();
        let scopes = names.scopes(item)?;
        let text = names.item(item).text();
        (surroundings(scopes, text, reference.scope)? == self.scope).then_some(())?;
        let root = names.item(item).tree()?.root_node();
        let path = walk::path_to(root, reference.at.start, reference.at.end)?;
        let own = item == self.subject.item();
        let holds_loop = |node: &Node<'_>| {
            own && Span::from(node.byte_range()).contains(loop_.byte_range().into())
        };
        // It runs before the loop, and never after it.
        let is_before = (item, reference.at.end) <= (self.subject.item(), loop_.start_byte());
        let shares_loop = path.iter().any(|node| {
            matches!(kind(*node), Kind::ForStatement | Kind::WhileStatement) && holds_loop(node)
        });
        if is_before && !shares_loop {
            return Some(true);
        }
        let number = scopes.number(self.name)?;
        let binds = |within: Span| {
            scopes.bindings(self.scope, number).any(|it| {
                within.contains(it.at)
                    && it.from == self.scope
                    && matches!(
                        it.kind,
                        BindingKind::For | BindingKind::With | BindingKind::Assignment
                    )
            })
        };
        Some(path.windows(2).any(|pair| {
            let (around, inner) = (pair[0], pair[1]);
            match kind(around) {
                // Another loop gives it a value before its body runs.
                Kind::ForStatement | Kind::WithStatement => {
                    Field::Body.of(around) == Some(inner)
                        && !holds_loop(&around)
                        && binds(Span::new(around.start_byte(), inner.start_byte()))
                }
                // An assignment stands between.
                Kind::Block | Kind::Module => statements(around).into_iter().any(|statement| {
                    statement.end_byte() <= inner.start_byte()
                        && (!own || loop_.end_byte() <= statement.start_byte())
                        && kind(statement) == Kind::ExpressionStatement
                        && binds(statement.byte_range().into())
                }),
                _ => false,
            }
        }))
    }

    /// True when the scope, and what looks names up through it, has no such name, so that it can be
    /// given to a new variable.
    pub fn is_free(&self) -> bool {
        let names = self.subject.names();
        if self.scope == MODULE {
            let is_unused = self.uses().is_some_and(|all| all.is_empty());
            return is_unused && names.module_bindings(self.name).is_empty();
        }
        let Some(scopes) = self.scopes().filter(|scopes| !scopes.is_dynamic) else { return false };
        let Some(number) = scopes.number(self.name) else { return true };
        let is_inside = |from: ScopeId| {
            let parent = |scope: &ScopeId| scopes.scopes()[*scope].parent;
            std::iter::successors(Some(from), parent).any(|scope| scope == self.scope)
        };
        let is_its_own = |from: ScopeId| {
            matches!(scopes.resolve(from, number), Resolution::Local(owner)
                if owner != self.scope && is_inside(owner))
        };
        let is_used = scopes
            .references()
            .iter()
            .any(|it| it.name == number && is_inside(it.scope) && !is_its_own(it.scope));
        let is_bound = scopes.bindings(self.scope, number).next().is_some();
        !is_used && !is_bound && !scopes.declares(self.scope, number)
    }

    /// True when an exception in `node`, a statement of the subject's path, leaves the variable to
    /// code that reads it.
    pub fn outlives_exception(&self, node: Node<'a>) -> bool {
        let Some(uses) = self.uses() else { return true };
        if self.is_declared() {
            return true;
        }
        let is_outside = |around: Node<'_>| {
            let own = Span::from(around.byte_range());
            let is_here = |item: usize| item == self.subject.item();
            uses.iter().any(|(item, it)| !is_here(*item) || !own.contains(it.at))
        };
        let path = self.subject.path();
        let end = path.iter().position(|it| *it == node).unwrap_or(path.len() - 1);
        for at in (0..end).rev() {
            let (around, inner) = (path[at], path[at + 1]);
            if Field::Body.of(around) != Some(inner) {
                continue;
            }
            match kind(around) {
                Kind::FunctionDefinition | Kind::ClassDefinition => return false,
                Kind::TryStatement if is_outside(inner) => return true,
                Kind::WithStatement if !lets_pass(self.subject, around) && is_outside(inner) => {
                    return true;
                }
                _ => {}
            }
        }
        false
    }
}

/// The scope that runs what stands in `scope` on the spot; nothing for a generator expression.
fn surroundings(scopes: &ItemScopes, text: &str, mut scope: ScopeId) -> Option<ScopeId> {
    while scopes.scopes()[scope].kind == ScopeKind::Comprehension {
        let is_lazy = text.as_bytes().get(scopes.scopes()[scope].span.start) == Some(&b'(');
        (!is_lazy).then_some(())?;
        scope = scopes.scopes()[scope].parent?;
    }
    Some(scope)
}
