//! `#resolves?` and `#defined-here?`: what a name is, not how it is spelled.

use super::{Arg, Given, Predicate};
use crate::scope::BindingKind;
use crate::subject::Subject;

pub static RESOLVES: Predicate = Predicate {
    name: "resolves?",
    args: &[Arg::Capture("name"), Arg::Texts("functools.wraps")],
    doc: "the identifier or dotted name stands for one of these, through imports and aliases; \
          builtins are written `builtins.property`",
    fault: |_| None,
    test: resolves,
};

pub static DEFINED_HERE: Predicate = Predicate {
    name: "defined-here?",
    args: &[Arg::Capture("name"), Arg::OneOf(&["function", "class"])],
    doc: "the identifier can only be a function or class that this file defines",
    fault: |_| None,
    test: defined_here,
};

fn resolves(subject: &Subject<'_>, args: &[Given<'_>]) -> bool {
    let [Given::Node(node), names @ ..] = args else { return false };
    let Some(path) = subject.names().qualified(subject.item(), *node) else { return false };
    names.iter().any(|name| name.text() == Some(path.as_str()))
}

fn defined_here(subject: &Subject<'_>, args: &[Given<'_>]) -> bool {
    let [Given::Node(node), kinds @ ..] = args else { return false };
    let Some(bound) = subject.names().definition(subject.item(), *node) else { return false };
    let found = match bound.binding.kind {
        BindingKind::Function => "function",
        BindingKind::Class => "class",
        _ => return false,
    };
    kinds.iter().any(|kind| kind.text() == Some(found))
}
