//! Functions that are made in a loop, and the variables of the loop that they look up.
//!
//! Source: Language Reference, Execution model, Naming and binding: a free variable is looked up
//! when the code that uses it runs.

use crate::Span;
use crate::scope::{BindingKind, ItemScopes, MODULE, Reference, Resolution, ScopeId};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, flow::never_ends, kind};
use crate::walk;

/// Methods of containers that keep their argument.
const KEEPERS: &[&str] =
    &["add", "append", "appendleft", "insert", "put", "put_nowait", "setdefault"];

/// The names of the subject, a function, that it looks up in what only the loop changes: the first
/// use of each.
pub(crate) fn changed_by(subject: &Subject<'_>, repeated: Span) -> Vec<Span> {
    let (mut found, mut seen) = (Vec::new(), Vec::new());
    let Some(scopes) = subject.names().scopes(subject.item()) else { return found };
    let Some(inner) = scopes.scope_of(subject.node().byte_range().into()) else { return found };
    for reference in scopes.references() {
        let inside = Span::from(subject.node().byte_range()).contains(reference.at);
        if inside
            && !seen.contains(&reference.name)
            && is_below(scopes, reference.scope, inner)
            && changes(scopes, reference, repeated)
        {
            seen.push(reference.name);
            found.push(reference.at);
        }
    }
    found
}

/// The name of the subject, a function, or `lambda`.
pub(crate) fn function_name<'a>(subject: &Subject<'a>) -> &'a str {
    Field::Name.of(subject.node()).map_or("lambda", |name| subject.text(name))
}

/// The innermost loop around the subject in the same function: its place in the path, and the bytes
/// that run again and again.
pub(crate) fn loop_around(subject: &Subject<'_>) -> Option<(usize, Span)> {
    let path = subject.path();
    for at in (0..path.len() - 1).rev() {
        let child = path[at + 1];
        let is_field =
            |field: Field| path[at].child_in(field).is_some_and(|node| node.id() == child.id());
        match kind(path[at]) {
            Kind::ForStatement | Kind::WhileStatement if is_field(Field::Body) => {
                return Some((at, path[at].byte_range().into()));
            }
            Kind::ListComprehension | Kind::SetComprehension | Kind::DictionaryComprehension
                if is_field(Field::Body) =>
            {
                return Some((at, path[at].byte_range().into()));
            }
            Kind::FunctionDefinition
            | Kind::Lambda
            | Kind::ClassDefinition
            | Kind::GeneratorExpression => return None,
            _ => {}
        }
    }
    None
}

fn is_below(scopes: &ItemScopes, mut scope: ScopeId, outer: ScopeId) -> bool {
    loop {
        if scope == outer {
            return true;
        }
        match scopes.scopes()[scope].parent {
            Some(parent) => scope = parent,
            None => return false,
        }
    }
}

/// True when the reference leaves its function for a variable that only the loop binds, as its
/// target or by a plain assignment in it.
fn changes(scopes: &ItemScopes, reference: &Reference, repeated: Span) -> bool {
    let owner = match scopes.resolve(reference.scope, reference.name) {
        Resolution::Local(owner) => owner,
        Resolution::Module => MODULE,
    };
    let owns_loop = scopes.scopes()[owner].span.contains(repeated);
    let mut bindings = scopes.bindings(owner, reference.name).peekable();
    owns_loop
        && bindings.peek().is_some()
        && bindings.all(|binding| {
            binding.from == owner
                && repeated.contains(binding.at)
                && matches!(binding.kind, BindingKind::For | BindingKind::Assignment)
        })
}

/// True when the function is kept beyond its turn of the loop at `depth` of the path.
pub(crate) fn outlives_turn(subject: &Subject<'_>, depth: usize) -> bool {
    let repeated = subject.path()[depth];
    if let Some(body) = Field::Body.of(repeated)
        && kind(body) == Kind::Block
        && never_ends(body)
    {
        return false;
    }
    if kind(subject.node()) == Kind::Lambda {
        return is_kept(subject, subject.path(), depth);
    }
    let name = function_name(subject);
    let mut kept = false;
    walk::until(repeated, |node| {
        if kind(node) == Kind::Identifier
            && subject.text(node) == name
            && node.start_byte() > subject.node().end_byte()
        {
            let root = subject.path()[0];
            kept |= walk::path_to(root, node.start_byte(), node.end_byte())
                .is_some_and(|path| is_kept(subject, &path, depth));
        }
        kept
    });
    kept
}

/// True when the last node of `path`, inside the loop at `depth`, is stored where it stays.
fn is_kept(subject: &Subject<'_>, path: &[Node<'_>], depth: usize) -> bool {
    let mut at = path.len() - 1;
    while at > depth {
        let (child, parent) = (path[at], path[at - 1]);
        match kind(parent) {
            Kind::ParenthesizedExpression
            | Kind::Tuple
            | Kind::List
            | Kind::Set
            | Kind::Dictionary => {}
            Kind::Pair => {
                let value = Field::Value.of(parent);
                if value.is_none_or(|value| value.id() != child.id()) {
                    return false;
                }
            }
            Kind::Argument => {
                let callee =
                    path.get(at.wrapping_sub(2)).and_then(|call| Field::Function.of(*call));
                let method = callee
                    .filter(|callee| kind(*callee) == Kind::Attribute)
                    .and_then(|callee| Field::Attribute.of(callee));
                return method.is_some_and(|method| KEEPERS.contains(&subject.text(method)));
            }
            Kind::Assignment => {
                let left = Field::Left.of(parent);
                return left
                    .is_some_and(|left| matches!(kind(left), Kind::Subscript | Kind::Attribute));
            }
            Kind::ListComprehension | Kind::SetComprehension | Kind::DictionaryComprehension => {
                return at - 1 == depth;
            }
            _ => return false,
        }
        at -= 1;
    }
    false
}
