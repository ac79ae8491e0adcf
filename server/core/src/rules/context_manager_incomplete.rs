//! A class has one of the two methods of a context manager.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::classes::{Base, Class, Own};
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Plan, Rule};
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::is_async, kind};

use super::code::contains;
use super::shared::{break_of, indentation, name_span};

pub static RULE: Rule = Rule {
    id: "context-manager-incomplete",
    kinds: &[Kind::ClassDefinition],
    slots: SLOTS,
    cases: &[],
    fixes: &["add-enter", "add-exit"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("has", SlotKind::Code, "the method that it defines"),
    Slot::new("lacks", SlotKind::Code, "the method that it does not define"),
    Slot::new("with", SlotKind::Code, "`with` or `async with`"),
];

const PAIRS: &[(&str, &str, &str)] =
    &[("__enter__", "__exit__", "with"), ("__aenter__", "__aexit__", "async with")];

/// The half that is there and the half that is missing.
struct Half {
    has: &'static str,
    lacks: &'static str,
    with: &'static str,
    method: Span,
}

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.settings().is_test {
        return;
    }
    let Some((class, half)) = half(subject) else { return };
    let mut facts = Facts::of(SLOTS);
    facts
        .code("class", class.name())
        .code("has", half.has)
        .code("lacks", half.lacks)
        .code("with", half.with);
    let at = name_span(subject.node());
    found.push(Found { at, case: None, facts, related: Vec::new() });
}

fn half<'a>(subject: &Subject<'a>) -> Option<(Class<'a>, Half)> {
    let class = Class::new(subject.names(), subject.item(), subject.node())?;
    let half =
        PAIRS.iter().find_map(|&(enter, exit, with)| match (class.own(enter), class.own(exit)) {
            (Own::Yes(method), Own::No) => Some((enter, exit, with, method)),
            (Own::No, Own::Yes(method)) => Some((exit, enter, with, method)),
            _ => None,
        });
    let (has, lacks, with, method) = half?;
    let is_method = method.kind == BindingKind::Function;
    (is_method && is_whole(subject, &class)).then_some(())?;
    Some((class, Half { has, lacks, with, method: method.node }))
}

/// True when nothing else can give the class its methods, and nothing says that it is a part.
fn is_whole(subject: &Subject<'_>, class: &Class<'_>) -> bool {
    let plain = class.metaclass().is_none()
        && class.arguments().keywords.is_empty()
        && !class.arguments().spread
        && class.bases().iter().all(|base| {
            matches!(base, Base::Known(name)
                if matches!(name.as_str(), "builtins.object" | "typing.Generic"))
        });
    let is_part = ["Mixin", "Base", "Abstract", "Interface", "Protocol", "Stub"]
        .iter()
        .any(|word| class.name().contains(word));
    let hooks =
        ["__getattr__", "__getattribute__"].iter().any(|name| !matches!(class.own(name), Own::No));
    let decorated =
        subject.ancestors().next().is_some_and(|node| kind(node) == Kind::DecoratedDefinition);
    let binds_more = class.statements().iter().any(|statement| {
        contains(*statement, &[Kind::WildcardImport])
            || subject.text(*statement).contains("NotImplementedError")
    });
    plain
        && !is_part
        && !hooks
        && !decorated
        && !binds_more
        && class.subclasses().is_empty()
        && !is_given_attributes(subject, class)
}

/// True when some code of the file sets an attribute of the class by `Class.name = …` or by
/// `setattr(Class, …)`, or hands the class over.
fn is_given_attributes(subject: &Subject<'_>, class: &Class<'_>) -> bool {
    let names = subject.names();
    let Some(binding) = class.binding() else { return true };
    let bound = crate::names::Bound { item: class.item, binding };
    let Some(uses) = names.uses(bound) else { return true };
    uses.iter().any(|found| {
        let Some(tree) = names.item(found.item).tree() else { return true };
        let at = found.reference.at;
        let Some(path) = crate::walk::path_to(tree.root_node(), at.start, at.end) else {
            return true;
        };
        let [.., around, parent, _] = path[..] else { return false };
        match kind(parent) {
            Kind::Attribute => {
                kind(around) == Kind::Assignment && Field::Left.of(around) == Some(parent)
            }
            Kind::Argument => true,
            _ => false,
        }
    })
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let (class, half) = half(subject)?;
    let names = subject.names();
    let root = names.item(class.item).tree()?.root_node();
    let method: Node<'_> = crate::names::node_with(root, half.method)?;
    let indent = indentation(subject, method)?;
    let body = Field::Body.of(method)?;
    let inner = indentation(subject, *crate::syntax::function::statements(body).first()?)?;
    let keyword = match (half.with, is_async(method)) {
        ("with", false) => "def",
        ("async with", true) => "async def",
        _ => return None,
    };
    let lines = break_of(subject);
    let (fix, edit) = if half.lacks.ends_with("enter__") {
        let text = format!(
            "{keyword} {}(self):{lines}{inner}return self{lines}{lines}{indent}",
            half.lacks
        );
        // Above the method's decorators.
        let whole = class
            .statements()
            .into_iter()
            .find(|it| it.byte_range().contains(&method.start_byte()))?;
        ("add-enter", (Span::empty(subject.span(whole).start), text))
    } else {
        let text = format!(
            "{lines}{lines}{indent}{keyword} {}(self, exc_type, exc_value, traceback):\
             {lines}{inner}return None",
            half.lacks
        );
        ("add-exit", (Span::empty(subject.span(method).end), text))
    };
    let facts = found.facts.clone();
    Some(Plan { fix, safety: Safety::Review, facts, edits: vec![edit] })
}
