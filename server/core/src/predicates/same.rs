//! `#same?`: whether two names are one variable.

use super::{Arg, Given, Predicate};
use crate::Span;
use crate::names::Names;
use crate::scope::{MODULE, NameId, Resolution, ScopeId};
use crate::subject::Subject;
use crate::syntax::{Kind, Node, kind};

pub static SAME: Predicate = Predicate {
    name: "same?",
    args: &[Arg::Capture("name"), Arg::Capture("other")],
    doc: "both identifiers are the same variable, wherever they are used or bound",
    fault: |_| None,
    test,
};

fn test(subject: &Subject<'_>, args: &[Given<'_>]) -> bool {
    let [Given::Node(one), Given::Node(other)] = args else { return false };
    let (names, item) = (subject.names(), subject.item());
    let found = variable(names, item, *one);
    found.is_some() && found == variable(names, item, *other)
}

/// The scope that owns the variable, and its name; nothing for what is no variable of the file.
fn variable(names: Names<'_>, item: usize, node: Node<'_>) -> Option<(ScopeId, NameId)> {
    if kind(node) != Kind::Identifier {
        return None;
    }
    let scopes = names.scopes(item)?;
    if let Some(used) = scopes.reference_at(node.start_byte()) {
        let owner = match scopes.resolve(used.scope, used.name) {
            Resolution::Local(owner) => owner,
            Resolution::Module => MODULE,
        };
        return Some((owner, used.name));
    }
    let at = Span::from(node.byte_range());
    let bound = scopes.binding_at(at)?;
    Some((bound.scope, bound.name))
}

#[cfg(test)]
mod tests {
    use super::variable;
    use crate::{Document, names::Names, walk};

    /// Whether the two names marked by `$` are one variable.
    fn same(marked: &str) -> bool {
        let mut source = String::new();
        let mut places = Vec::new();
        for part in marked.split('$') {
            places.push(source.len());
            source.push_str(part);
        }
        let document = Document::new(&source);
        let names = Names::new(&document);
        let root = document.items()[0].tree().unwrap().root_node();
        let variable = |place: usize| {
            let path = walk::path_to(root, place, place + 1).unwrap();
            variable(names, 0, *path.last().unwrap())
        };
        variable(places[1]).is_some() && variable(places[1]) == variable(places[2])
    }

    #[test]
    fn the_scope_decides_and_not_the_spelling() {
        assert!(same("def f($a, b):\n    return $a\n"));
        assert!(same("def f(a):\n    $x = a\n    return $x\n"));
        assert!(same("def f($a):\n    def g():\n        return $a\n"));
        assert!(!same("def f($a):\n    def g(a):\n        return $a\n"));
        assert!(!same("def f($a, b):\n    return $b\n"));
        assert!(!same("def f($a):\n    return $\"a\"\n"));
    }
}
