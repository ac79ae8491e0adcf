//! `@dataclass`: the fields and what is generated from them.
//!
//! Source: Library Reference, dataclasses.

mod defaults;
mod fields;
pub(super) mod options;

use self::defaults::{DEFAULTS, FACTORIES, set_defaults, unannotated};
use self::fields::{DataclassField, FieldDefault, FieldRole, OwnFields, all_fields, own_fields};
use self::options::{HashOutcome, Options, options};
use super::classes::{Base, Class, Own, TRANSPARENT, adds_nothing};
use super::decoration::{Decorated, qualified};
use super::hashing::unhashable_annotation;
use super::source_text::one_line_in;
use super::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, kind};
use crate::walk;

pub static PROVIDER: Provider = Provider {
    name: "dataclass",
    doc: "a class with `@dataclasses.dataclass`; `@target` is the `decorator` or the \
          `decorated_definition`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the name of the class"),
    Slot::new("signature", SlotKind::Code, "`C(x: int, y: int = 0)` if `__init__` is generated"),
    Slot::new("parameters", SlotKind::Codes, "the same as a list, if it is long"),
    Slot::new("no-init", SlotKind::Flag, "`__init__` is not generated: `init=False`"),
    Slot::new("own-init", SlotKind::Line, "the line of the class's own `__init__`, which stays"),
    Slot::new("fields", SlotKind::Codes, "the fields of this class body in order"),
    Slot::new("inherited", SlotKind::Codes, "names of fields that come from bases"),
    Slot::new("unknown-bases", SlotKind::Codes, "bases whose fields are not known here"),
    Slot::new("keyword-only", SlotKind::Codes, "fields of this body to be passed by name"),
    Slot::new("init-only", SlotKind::Codes, "`InitVar` names: handed on and not stored"),
    Slot::new("class-vars", SlotKind::Codes, "`ClassVar` names, which are no fields"),
    Slot::new("unannotated", SlotKind::Codes, "names without annotation, which are no fields"),
    Slot::new("generated", SlotKind::Codes, "the special methods that are generated"),
    Slot::new("post-init", SlotKind::Line, "the line of `__post_init__`"),
    Slot::new("factories", SlotKind::Records(FACTORIES), "fields with `default_factory`"),
    Slot::new("mutable", SlotKind::Records(DEFAULTS), "defaults refused in every version"),
    Slot::new("unhashable", SlotKind::Records(DEFAULTS), "defaults refused from 3.11 on"),
    Slot::new("missing-default", SlotKind::Code, "a field without default behind one with"),
    Slot::new("not-annotated", SlotKind::Code, "a name with `field()` and no annotation"),
    Slot::new("frozen", SlotKind::Flag, "`frozen=True`"),
    Slot::new("frozen-conflict", SlotKind::Code, "a base that is frozen when this is not, or so"),
    Slot::new("slots", SlotKind::Flag, "`slots=True`"),
    Slot::new("super-lines", SlotKind::Lines, "`super()` without arguments under `slots=True`"),
    Slot::new("hash-removed", SlotKind::Flag, "instances cannot be hashed"),
    Slot::new("hash-generated", SlotKind::Flag, "the hash is made from the fields"),
    Slot::new("hash-own", SlotKind::Flag, "the class's own `__hash__` stays"),
    Slot::new("hash-inherited", SlotKind::Flag, "`__hash__` comes from the bases"),
    Slot::new("hash-error", SlotKind::Flag, "`unsafe_hash=True` beside an own `__hash__`"),
    Slot::new("order-error", SlotKind::Flag, "`order=True` with `eq=False`"),
    Slot::new("overwritten", SlotKind::Code, "a method of the body that is to be generated"),
    Slot::new("hash-fails", SlotKind::Codes, "hashed fields of a type that has no hash"),
    Slot::new("unhashed", SlotKind::Codes, "fields that the generated hash leaves out"),
    Slot::new("uncompared", SlotKind::Codes, "fields that the generated comparisons leave out"),
];

/// A signature longer than this is shown as a list.
const LONG: usize = 76;

const NAMES: &[&str] = &["dataclasses.dataclass"];

/// Bases of bases are followed this far.
const MAX_BASES: usize = 20;

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let decorated = Decorated::of(subject)?;
    let at = decorated.find(NAMES)?;
    let class = Class::new(subject.names(), subject.item(), decorated.definition)?;
    // What a decorator below makes of the class is not known.
    decorated.all[at + 1..].iter().all(|one| one.is(TRANSPARENT)).then_some(())?;

    let mut facts = Facts::of(SLOTS);
    facts.code("name", class.name());
    let options = options(class, &decorated.all[at]);
    let own = own_fields(class, options.is_some_and(|options| options.kw_only));
    let text = class.text();
    let of = |role| own.fields.iter().filter(move |field| field.role == role);
    facts.codes("class-vars", of(FieldRole::ClassVar).map(|field| field.name));
    if own.complete {
        facts.codes("fields", of(FieldRole::Stored).map(|field| declared(text, field)));
        facts.codes("init-only", of(FieldRole::InitOnly).map(|field| field.name));
    }
    set_defaults(class, &own.fields, &mut facts);
    if let Some(options) = options {
        with_options(subject, class, options, &own, &mut facts);
    }
    let unknown = class.bases_anywhere().into_iter().zip(class.arguments().positional);
    let unknown = unknown.filter(|(base, _)| match base {
        Base::Here(_) => false,
        Base::Known(name) => !adds_nothing(name),
        Base::Unknown => true,
    });
    facts.codes("unknown-bases", unknown.map(|(_, node)| one_line_in(text, node)));
    line_of(subject, class, "__post_init__", "post-init", &mut facts);
    Some(facts)
}

fn with_options(
    subject: &Subject<'_>,
    class: Class<'_>,
    options: Options,
    own: &OwnFields<'_>,
    facts: &mut Facts,
) {
    facts.flag("no-init", !options.init).flag("frozen", options.frozen);
    facts.flag("slots", options.slots);
    if options.init {
        line_of(subject, class, "__init__", "own-init", facts);
    }
    if options.slots {
        facts.set("super-lines", Value::Lines(bare_supers(subject, class)));
    }
    let broken =
        ["mutable", "unhashable", "not-annotated"].iter().any(|slot| facts.get(slot).is_some());
    let outcome = options.hash(class);
    match frozen_bases(class, options.frozen) {
        FrozenBases::Fit => {}
        FrozenBases::Conflict(base) => {
            facts.code("frozen-conflict", base);
            return;
        }
        FrozenBases::Mixed => return,
    }
    // Of what else is refused, the first is what raises.
    if options.order && !options.eq {
        facts.flag("order-error", true);
    } else if let Some(name) = options.overwritten(class) {
        facts.code("overwritten", name);
    } else {
        facts.flag("hash-error", outcome == Some(HashOutcome::Error));
    }
    if own.complete && !options.kw_only {
        let keyword_only = own.fields.iter().filter(|field| field.is_parameter() && field.kw_only);
        facts.codes("keyword-only", keyword_only.map(|field| field.name));
    }
    let all = all_fields(class);
    let is_own = |name: &str| own.fields.iter().any(|own| own.name == name);
    let inherited = all.iter().flatten().filter(|one| one.role == FieldRole::Stored);
    facts.codes("inherited", inherited.filter(|one| !is_own(one.name)).map(|field| field.name));
    if let Some(all) = &all {
        let plain = unannotated(class).into_iter();
        let is_field = |name: &str| all.iter().any(|field| field.name == name);
        facts.codes("unannotated", plain.filter(|name| !is_field(name)));
    }
    let missing = missing_default(all.as_deref().unwrap_or(&own.fields));
    if let Some(field) = missing.filter(|_| options.init && own.complete) {
        // A base may hold a default for a bare field, or give it a place in front of the others.
        let adds_none = |base: &Base<'_>| matches!(base, Base::Known(name) if adds_nothing(name));
        if all.is_some() || class.bases_anywhere().iter().all(adds_none) {
            facts.code("missing-default", field);
        }
        return;
    }
    if broken || outcome == Some(HashOutcome::Error) {
        return;
    }
    // Nothing of this happens if the class cannot be made.
    let is_clear = |field: &DataclassField<'_>| !matches!(field.default, FieldDefault::Unclear(_));
    let bases_only = own.complete && own.fields.iter().all(is_clear) && !class.is_plain_anywhere();
    if all.is_none() && !bases_only {
        return;
    }
    let Some(generated) = options.generated(class) else { return };
    facts.codes("generated", generated.iter().copied());
    facts.flag("hash-removed", outcome == Some(HashOutcome::Removed));
    facts.flag("hash-generated", outcome == Some(HashOutcome::Generated));
    facts.flag("hash-own", outcome == Some(HashOutcome::Own));
    facts.flag("hash-inherited", outcome == Some(HashOutcome::Inherited));
    let Some(all) = all else { return };
    let stored = || all.iter().filter(|field| field.role == FieldRole::Stored);
    if outcome == Some(HashOutcome::Generated) {
        let fails = stored().filter(|field| {
            let annotation = unhashable_annotation(field.names, field.item, field.annotation);
            field.is_hashed() && annotation.is_some()
        });
        facts.codes("hash-fails", fails.map(|field| field.name));
        facts.codes("unhashed", stored().filter(|it| !it.is_hashed()).map(|it| it.name));
    }
    if generated.contains(&"__eq__") {
        facts.codes("uncompared", stored().filter(|it| !it.compare).map(|it| it.name));
    }
    if options.init && matches!(class.own("__init__"), Own::No) {
        signature(class, &all, facts);
    }
}

/// `x: int = 0` as the class body has it.
fn declared(text: &str, field: &DataclassField<'_>) -> String {
    match field.default {
        FieldDefault::None => format!("{}: {}", field.name, field.shown),
        FieldDefault::Value(value) => {
            format!("{}: {} = {}", field.name, field.shown, one_line_in(text, value))
        }
        FieldDefault::Factory(_) => format!("{}: {} = <factory>", field.name, field.shown),
        FieldDefault::Unclear(Some(value)) => {
            format!("{}: {} = {}", field.name, field.shown, one_line_in(text, value))
        }
        FieldDefault::Unclear(None) => format!("{}: {} = …", field.name, field.shown),
    }
}

/// The parameters in the order of the generated `__init__`.
fn signature(class: Class<'_>, all: &[DataclassField<'_>], facts: &mut Facts) {
    let text = |field: &DataclassField<'_>| declared(field.names.item(field.item).text(), field);
    let init = || all.iter().filter(|field| field.is_parameter());
    let mut parameters: Vec<String> = init().filter(|field| !field.kw_only).map(text).collect();
    if init().any(|field| field.kw_only) {
        parameters.push("*".to_owned());
        parameters.extend(init().filter(|field| field.kw_only).map(text));
    }
    let whole = format!("{}({})", class.name(), parameters.join(", "));
    if whole.chars().count() <= LONG {
        facts.code("signature", whole);
    } else {
        facts.codes("parameters", parameters);
    }
}

fn missing_default<'a>(all: &[DataclassField<'a>]) -> Option<&'a str> {
    let mut positional = all.iter().filter(|field| field.is_parameter() && !field.kw_only);
    positional.find(|field| !matches!(field.default, FieldDefault::None))?;
    positional.find(|field| matches!(field.default, FieldDefault::None)).map(|field| field.name)
}

/// Whether a data class can be frozen, or not, below its bases.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum FrozenBases<'a> {
    Fit,
    /// This one is frozen and the class is not, or the other way: `TypeError`.
    Conflict(&'a str),
    /// Only some are frozen, as the class is: up to 3.11 that fits, from 3.12 on it is a `TypeError`.
    Mixed,
}

/// How the data classes among the bases fit a class that is frozen or not.
pub(super) fn frozen_bases<'a>(class: Class<'a>, frozen: bool) -> FrozenBases<'a> {
    let mut pending = vec![class];
    let (mut conflict, mut some_frozen) = (None, false);
    for _ in 0..MAX_BASES {
        let Some(below) = pending.pop() else { break };
        for base in below.bases_anywhere() {
            let Base::Here(base) = base else { continue };
            let decorated = base.decorated();
            let dataclass =
                decorated.as_ref().and_then(|it| it.all.iter().find(|one| one.is(NAMES)));
            match dataclass.map(|dataclass| options(base, dataclass)) {
                Some(Some(options)) => {
                    some_frozen |= options.frozen;
                    if options.frozen != frozen {
                        conflict = conflict.or(Some(base.name()));
                    }
                }
                Some(None) => {}
                // What a class without the decorator inherits counts.
                None => pending.push(base),
            }
        }
    }
    match conflict {
        None => FrozenBases::Fit,
        Some(_) if frozen && some_frozen => FrozenBases::Mixed,
        Some(name) => FrozenBases::Conflict(name),
    }
}

fn line_of(
    subject: &Subject<'_>,
    class: Class<'_>,
    name: &str,
    slot: &'static str,
    facts: &mut Facts,
) {
    if let Own::Yes(binding) = class.own(name) {
        let start = subject.document().start_of(class.item) + binding.node.start;
        facts.line(slot, subject.document().text().line_of(start));
    }
}

/// Lines of `super()` in the methods of the class.
fn bare_supers(subject: &Subject<'_>, class: Class<'_>) -> Vec<usize> {
    let mut lines = Vec::new();
    walk::until(class.node, |node| {
        let callee = (kind(node) == Kind::Call).then(|| node.child_in(Field::Function));
        let is_super = callee.flatten().is_some_and(|callee| {
            qualified(class.names, class.item, callee).as_deref() == Some("builtins.super")
        });
        if is_super && node.child_in(Field::Arguments).is_some_and(|it| it.named_child_count() == 0)
        {
            lines.push(subject.line(node));
        }
        node != class.node && kind(node) == Kind::ClassDefinition
    });
    lines
}

#[cfg(test)]
mod tests;
