//! `#scope?`: the kind of code block a construct stands in.

use super::{Arg, Given, Predicate};
use crate::subject::Subject;
use crate::syntax::{Kind, Node, kind};

pub static SCOPE: Predicate = Predicate {
    name: "scope?",
    args: &[Arg::OneOf(&["module", "class", "function"])],
    doc: "`@target` stands directly in a module, a class body or a function body (a lambda counts \
          as a function, a comprehension as what it stands in)",
    fault: |_| None,
    test,
};

fn test(subject: &Subject<'_>, args: &[Given<'_>]) -> bool {
    let scope = scope_of(subject.ancestors());
    args.iter().any(|arg| arg.text() == Some(scope))
}

/// The innermost code block whose body, not head, holds the node behind `ancestors`, which go from
/// the inside out.
fn scope_of<'a>(ancestors: impl Iterator<Item = Node<'a>>) -> &'static str {
    let mut in_body = false;
    for node in ancestors {
        match kind(node) {
            // Decorators, defaults and annotations are evaluated outside.
            Kind::FunctionDefinition if in_body => return "function",
            Kind::ClassDefinition if in_body => return "class",
            Kind::FunctionDefinition | Kind::ClassDefinition => in_body = false,
            Kind::Lambda => return "function",
            Kind::Block => in_body = true,
            _ => {}
        }
    }
    "module"
}
