use super::*;
use crate::content::testing::builtin;
use crate::{Document, Settings, walk};

/// The order of the class at the cursor `$0`.
fn order(source: &str) -> String {
    let offset = source.find("$0").unwrap();
    let document = Document::new(&source.replacen("$0", "", 1));
    let item = document.item_at(offset).unwrap();
    let at = offset - document.start_of(item);
    let root = document.items()[item].tree().unwrap().root_node();
    let mut path = walk::path_to(root, at, at).unwrap();
    while kind(path[path.len() - 1]) != Kind::ClassDefinition {
        path.pop();
    }
    let settings = Settings::default();
    let subject = Subject::new(&document, &settings, item, &path).with_library(builtin());
    let class = Class::new(subject.names(), item, subject.node()).unwrap();
    match Orders::new(&subject).of(class) {
        Order::Complete(links) => links.iter().map(Link::name).collect::<Vec<_>>().join(" "),
        Order::Conflict => "conflict".to_owned(),
        Order::Unknown => "unknown".to_owned(),
    }
}

#[test]
fn orders_are_those_of_python() {
    let diamond = "class A: ...\nclass B(A): ...\nclass C(A): ...\n";
    assert_eq!(order("class $0A: ...\n"), "A object");
    assert_eq!(order(&format!("{diamond}class $0D(B, C): ...\n")), "D B C A object");
    assert_eq!(order(&format!("{diamond}class $0D(A, B): ...\n")), "conflict");
    assert_eq!(order(&format!("{diamond}class $0D(B, B): ...\n")), "conflict");
    assert_eq!(
        order("from abc import ABC\nclass M: ...\nclass $0D(M, ABC): ...\n"),
        "D M ABC object"
    );
    assert_eq!(
        order(
            "from typing import Generic, TypeVar\nT = TypeVar('T')\n\
             class B(Generic[T]): ...\nclass $0D(B[int]): ...\n"
        ),
        "D B Generic object"
    );
    // The example of the paper: F E D before their bases.
    assert_eq!(
        order(
            "class F: ...\nclass E: ...\nclass D: ...\nclass C(D, F): ...\n\
             class B(D, E): ...\nclass $0A(B, C): ...\n"
        ),
        "A B C D E F object"
    );
}

#[test]
fn what_is_not_known_is_unknown() {
    for source in [
        "from m import B\nclass $0D(B): ...\n",
        "class $0D(*bases): ...\n",
        "if x:\n    class B: ...\nelse:\n    class B(object): ...\nclass $0D(B): ...\n",
        "class B: ...\nB = wrap(B)\nclass $0D(B): ...\n",
        "@wrap\nclass B: ...\nclass $0D(B): ...\n",
        "class $0D[T]: ...\n",
        "class B: ...\nclass $0D(B): ...\nD.__bases__ = (A,)\n",
        "class A(B): ...\nclass $0B(A): ...\n",
        "class M(type):\n    def mro(cls): ...\nclass $0B(metaclass=M): ...\n",
        "from typing import Generic, TypeVar\nT = TypeVar('T')\nclass B(Generic[T]): ...\n\
         class $0D(Generic[T], B[T]): ...\n",
        "class A: ...\nclass B(A): ...\nclass C(A, B): ...\nclass $0D(C): ...\n",
    ] {
        assert_eq!(order(source), "unknown", "{source}");
    }
}
