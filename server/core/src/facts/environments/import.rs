//! Parts of import statements.

use crate::facts::concurrency::exceptions;
use crate::names::dotted;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};

/// A dotted name in an import statement.
#[derive(Debug)]
pub(super) enum Named {
    /// What `import` and `from` name: the module.
    Module(String),
    /// What `from module import` takes out of the module, under the module's name.
    Member(String),
}

/// What the construct, a `dotted_name`, names in an absolute import.
pub(super) fn named(subject: &Subject<'_>) -> Option<Named> {
    let node = subject.node();
    (kind(node) == Kind::DottedName).then_some(())?;
    let statement = statement(subject)?;
    let text = dotted(subject.text(node));
    match kind(statement) {
        Kind::ImportStatement => Some(Named::Module(text)),
        _ => {
            let module = Field::ModuleName.of(statement)?;
            if module == node {
                return Some(Named::Module(text));
            }
            let is_absolute = kind(module) == Kind::DottedName;
            is_absolute.then(|| Named::Member(format!("{}.{text}", dotted(subject.text(module)))))
        }
    }
}

/// The import statement around the construct, a part of it.
pub(super) fn statement<'a>(subject: &Subject<'a>) -> Option<Node<'a>> {
    subject
        .ancestors()
        .take(2)
        .find(|node| matches!(kind(*node), Kind::ImportStatement | Kind::ImportFromStatement))
}

/// The identifiers that an import statement binds.
pub(super) fn bound(statement: Node<'_>) -> Vec<Node<'_>> {
    let names = statement.children_in(Field::Name);
    let bound = names.filter_map(|name| match kind(name) {
        Kind::AliasedImport => Field::Alias.of(name),
        Kind::DottedName => name.named_child(0),
        _ => None,
    });
    bound.collect()
}

/// The `except` clause that catches a failing import in the body of the `try` statement, and whether
/// it catches every `ImportError`.
pub(super) fn handler<'a>(subject: &Subject<'a>, tried: Node<'a>) -> Option<(Node<'a>, bool)> {
    let clauses: Vec<_> = tried.named_children().collect();
    for clause in clauses.into_iter().filter(|node| kind(*node) == Kind::ExceptClause) {
        if clause.child(1).is_some_and(|token| token.kind() == "*") {
            return None;
        }
        let caught = exceptions(clause);
        if caught.is_empty() {
            return None;
        }
        let mut only_missing = false;
        for class in caught {
            match subject.names().qualified(subject.item(), class)?.as_str() {
                "builtins.ImportError" => return Some((clause, true)),
                "builtins.ModuleNotFoundError" => only_missing = true,
                "builtins.Exception" | "builtins.BaseException" => return None,
                _ => {}
            }
        }
        if only_missing {
            return Some((clause, false));
        }
    }
    None
}

/// The innermost `try` whose body holds the construct and that catches a failing import.
pub(super) fn guard<'a>(subject: &Subject<'a>) -> Option<Node<'a>> {
    let at = subject.node().byte_range();
    let tried = subject.ancestors().find(|node| {
        let body = (kind(*node) == Kind::TryStatement).then(|| Field::Body.of(*node)).flatten();
        body.is_some_and(|body| body.start_byte() <= at.start && at.end <= body.end_byte())
    })?;
    handler(subject, tried).map(|(clause, _)| clause)
}
