//! A cache on a method, which keeps every instance alive.
//!
//! Source: Programming FAQ, How do I cache method calls?

use crate::facts::call_sites::{Site, calls_of_name};
use crate::facts::classes::{Base, Class, Own, adds_nothing};
use crate::facts::concurrency::Around;
use crate::facts::decoration::Decorated;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Rule};
use crate::subject::Subject;
use crate::syntax::function::{is_async, parameters};
use crate::syntax::{Field, Kind, Tree, kind};
use crate::walk;

pub static RULE: Rule = Rule {
    id: "cached-method",
    kinds: &[Kind::DecoratedDefinition],
    slots: SLOTS,
    cases: &["bounded"],
    fixes: &[],
    related: &[],
    check,
    fix: |_, _| Vec::new(),
};

static SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("method", SlotKind::Code, "the method"),
    Slot::new("decorator", SlotKind::Code, "the decorator that caches"),
    Slot::new("size", SlotKind::Code, "how many results it keeps at most"),
];

const CACHES: &[&str] = &["functools.cache", "functools.lru_cache"];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.settings().is_test {
        return;
    }
    let Some(decorated) = Decorated::of(subject).filter(|it| it.all.len() == 1) else { return };
    let Some(function) = decorated.function() else { return };
    let cache = &decorated.all[0];
    let Some(class) = decorated.class(subject.names()) else { return };
    if !cache.is(CACHES) || !is_method(subject, &decorated) || is_async(function) {
        return;
    }
    if !makes_many(class) || is_made_for_module(class) {
        return;
    }
    let Some(size) = size(subject, &decorated) else { return };
    let mut facts = Facts::of(SLOTS);
    facts.code("class", class.name()).code("decorator", subject.text(cache.callee));
    if let Some(name) = Field::Name.of(function) {
        facts.code("method", subject.text(name));
    }
    let case = size.as_ref().map(|_| "bounded");
    if let Some(size) = size {
        facts.code("size", size);
    }
    found.push(Found { at: cache.node.byte_range().into(), case, facts, related: Vec::new() });
}

/// True for a function of a class body whose first parameter gets the instance.
fn is_method(subject: &Subject<'_>, decorated: &Decorated<'_>) -> bool {
    let name = decorated.name(subject).unwrap_or_default();
    let all = decorated.function().and_then(parameters).unwrap_or_default();
    let first = all.first().map(|first| subject.text(first.name));
    first == Some("self")
        && !matches!(name, "__new__" | "__init_subclass__" | "__class_getitem__")
        && !decorated.conditional
}

/// True when instances come and go: no enumeration, no metaclass, and compared by identity, so that
/// the cache is not there for equal ones.
fn makes_many(class: Class<'_>) -> bool {
    let is_plain_base = |base: Base<'_>| match base {
        Base::Here(base) => makes_many(base),
        Base::Known(name) => adds_nothing(&name),
        Base::Unknown => false,
    };
    let own = |name| matches!(class.own(name), Own::No);
    class.metaclass().is_none()
        && class.decorated().is_none()
        && own("__hash__")
        && own("__eq__")
        && own("__new__")
        && class.bases().into_iter().all(is_plain_base)
}

/// True when the file makes instances, and all of them at the top of the module, where they stay.
fn is_made_for_module(class: Class<'_>) -> bool {
    let sites = calls_of_name(class.names, class.item, class.node);
    let is_at_top = |site: &Site<'_>| {
        let root = class.names.item(site.item).tree().map(Tree::root_node);
        let path =
            root.and_then(|root| walk::path_to(root, site.call.start_byte(), site.call.end_byte()));
        path.is_some_and(|path| Around::of(&path) == Around::Module)
    };
    !sites.is_empty() && sites.iter().all(is_at_top)
}

/// How many results are kept: `Some(None)` for all.
fn size(subject: &Subject<'_>, decorated: &Decorated<'_>) -> Option<Option<String>> {
    let cache = &decorated.all[0];
    let Some(call) = cache.call else {
        return Some(cache.is(&["functools.lru_cache"]).then(|| "128".to_owned()));
    };
    let arguments = crate::facts::decoration::Arguments::of(call, subject.item_text());
    match arguments.get(0, "maxsize").filter(|_| !arguments.spread) {
        None if arguments.spread || cache.is(&["functools.cache"]) => None,
        None => Some(Some("128".to_owned())),
        Some(size) if kind(size) == Kind::None => Some(None),
        Some(size) if kind(size) == Kind::Integer => Some(Some(subject.text(size).to_owned())),
        Some(_) => None,
    }
}
