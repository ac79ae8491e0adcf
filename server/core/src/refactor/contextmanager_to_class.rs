//! A generator function under `contextlib.contextmanager` to a class with `__enter__` and `__exit__`.

use super::class_to_contextmanager::{entries, replaced};
use super::comprehension::has;
use super::text::{indent_at, step};
use super::{Answer, COMMENT, Conversion, Draft};
use crate::Span;
use crate::facts::decoration::Decorated;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::line_break;
use crate::rules::edit::{has_long_string, unit};
use crate::scope::{BindingKind, ItemScopes, NameId, Resolution, ScopeId};
use crate::subject::Subject;
use crate::syntax::function::{docstring, is_async, parameters, returned, statements};
use crate::syntax::{Field, Kind, Node, expression::expression, kind};

pub static CONVERSION: Conversion = Conversion {
    id: "contextmanager-to-class",
    kinds: &[Kind::FunctionDefinition],
    calls: &[],
    slots: SLOTS,
    titles: &["class"],
    reasons: &[COMMENT, "names", "used"],
    convert,
};

static SLOTS: &[Slot] = &[Slot::new("name", SlotKind::Code, "the generator function")];

/// Names for what `__exit__` is told, the first that the function does not use.
const TOLD: &[&str] = &["error", "exc", "details"];

/// The function, taken apart.
struct Parts<'a> {
    scopes: &'a ItemScopes,
    scope: ScopeId,
    setup: Vec<Node<'a>>,
    given: Option<Node<'a>>,
    cleanup: Vec<Node<'a>>,
    /// The variables that become attributes.
    kept: Vec<NameId>,
}

fn convert(subject: &Subject<'_>) -> Option<Answer> {
    let function = subject.node();
    let decorated = subject.ancestors().next()?;
    let all = Decorated::read(subject.names(), subject.item(), decorated)?.all;
    let is_it = matches!(&all[..], [only] if only.call.is_none()
        && only.name.as_deref() == Some("contextlib.contextmanager"));
    let is_method = subject.ancestors().any(|node| kind(node) == Kind::ClassDefinition);
    (is_it && !is_method && !is_async(function)).then_some(())?;
    let parts = Parts::read(subject)?;
    let mut facts = Facts::of(SLOTS);
    facts.code("name", subject.text(Field::Name.of(function)?));
    if entries(subject).is_none() {
        return Some(Answer::Refused("used", facts));
    }
    if !parts.fits(subject) {
        return Some(Answer::Refused("names", facts));
    }
    let text = parts.text(subject)?;
    let edits = vec![(subject.span(decorated), text)];
    Some(Answer::Draft(Draft { title: Some("class"), ..Draft::new(facts, edits) }))
}

impl<'a> Parts<'a> {
    fn read(subject: &Subject<'a>) -> Option<Self> {
        let function = subject.node();
        let doc = docstring(function, subject.item_text());
        let body = statements(Field::Body.of(function)?);
        let (last, setup) = body.get(usize::from(doc.is_some())..)?.split_last()?;
        let [tried, finally] = statements(*last)[..] else { return None };
        let is_try = kind(*last) == Kind::TryStatement && kind(finally) == Kind::FinallyClause;
        let [only] = statements(tried)[..] else { return None };
        let given = expression(only).filter(|it| kind(*it) == Kind::Yield && is_try)?;
        given.child(1).is_none_or(|token| token.kind() != "from").then_some(())?;
        let block = statements(finally).into_iter().find(|node| kind(*node) == Kind::Block)?;
        let cleanup = statements(block);
        let unfit = [
            Kind::Yield,
            Kind::ReturnStatement,
            Kind::FunctionDefinition,
            Kind::ClassDefinition,
            Kind::GlobalStatement,
            Kind::NonlocalStatement,
        ];
        let is_fit = |node: &Node<'a>| !has(*node, &unfit);
        setup.iter().chain(&cleanup).all(is_fit).then_some(())?;
        let scopes = subject.names().scopes(subject.item())?;
        let scope = scopes.scope_of(function.byte_range().into())?;
        let mut found = Self {
            scopes,
            scope,
            setup: setup.to_vec(),
            given: returned(given),
            cleanup,
            kept: Vec::new(),
        };
        found.kept = found.kept();
        Some(found)
    }

    /// The parameters, and the variables that both parts name.
    fn kept(&self) -> Vec<NameId> {
        let names = self.scopes.bound_names(self.scope);
        let mut kept: Vec<NameId> = names
            .filter(|name| {
                let places = self.places(*name);
                let is_in = |part: &[Node<'_>]| {
                    places.iter().any(|at| {
                        part.iter().any(|node| Span::from(node.byte_range()).contains(*at))
                    })
                };
                let mut bindings = self.scopes.bindings(self.scope, *name);
                bindings.any(|it| it.kind == BindingKind::Parameter)
                    || is_in(&self.setup) && is_in(&self.cleanup)
            })
            .collect();
        kept.sort_unstable();
        kept
    }

    /// Where a variable of the function is used or bound.
    fn places(&self, name: NameId) -> Vec<Span> {
        let own = |it: &&crate::scope::Reference| {
            it.name == name && self.scopes.resolve(it.scope, name) == Resolution::Local(self.scope)
        };
        let used = self.scopes.references().iter().filter(own).map(|it| it.at);
        used.chain(self.scopes.bindings(self.scope, name).map(|it| it.at)).collect()
    }

    /// True when each variable that becomes an attribute is bound in a way that an attribute can be.
    fn fits(&self, subject: &Subject<'a>) -> bool {
        let is_plain = |name: &NameId| {
            self.scopes.bindings(self.scope, *name).all(|it| {
                matches!(
                    it.kind,
                    BindingKind::Parameter
                        | BindingKind::Assignment
                        | BindingKind::AugmentedAssignment
                        | BindingKind::For
                        | BindingKind::With
                ) && it.from == self.scope
            })
        };
        let is_long = [&self.setup, &self.cleanup].into_iter().any(|part| {
            part.first()
                .zip(part.last())
                .is_some_and(|(first, last)| has_long_string(subject, *first, *last))
        });
        let is_quiet = !self.scopes.is_dynamic && self.scopes.number("self").is_none();
        let is_plain_given = self.given.is_none_or(|it| !has(it, &[Kind::Lambda, Kind::Yield]));
        self.kept.iter().all(is_plain) && !is_long && is_quiet && is_plain_given
    }

    /// The edits that make attributes of the variables, in bytes of the item.
    fn edits(&self) -> Vec<(Span, String)> {
        let mut edits: Vec<(Span, String)> = Vec::new();
        for name in &self.kept {
            let text = format!("self.{}", self.scopes.name(*name));
            edits.extend(self.places(*name).into_iter().map(|at| (at, text.clone())));
        }
        edits.sort();
        edits.dedup();
        edits
    }

    fn text(&self, subject: &Subject<'a>) -> Option<String> {
        let function = subject.node();
        let outer = indent_at(subject.document(), subject.span(subject.ancestors().next()?).start)?;
        let step = unit(subject, function).unwrap_or_else(|| step(subject));
        let inner = format!("{outer}{step}");
        let deep = format!("{inner}{step}");
        let told = TOLD.iter().find(|name| self.scopes.number(name).is_none())?;
        let mut lines = vec![format!("class {}:", subject.text(Field::Name.of(function)?))];
        if let Some(doc) = docstring(function, subject.item_text()) {
            lines.extend([format!("{inner}{}", subject.text(doc)), String::new()]);
        }
        let all = parameters(function)?;
        if !all.is_empty() {
            let list = Field::Parameters.of(function)?;
            let given = &subject.item_text()[list.start_byte() + 1..list.end_byte() - 1];
            lines.push(format!("{inner}def __init__(self, {}):", given.trim()));
            let keep = |it: &crate::syntax::function::Parameter<'_>| {
                format!("{deep}self.{0} = {0}", subject.text(it.name))
            };
            lines.extend(all.iter().map(keep));
            lines.push(String::new());
        }
        let edits = self.edits();
        lines.push(format!("{inner}def __enter__(self):"));
        if let (Some(first), Some(last)) = (self.setup.first(), self.setup.last()) {
            let text = replaced(subject, (*first, *last), &edits);
            lines.push(format!("{deep}{}", text.replace('\n', &format!("\n{step}"))));
        }
        match self.given {
            Some(value) => {
                lines.push(format!("{deep}return {}", replaced(subject, (value, value), &edits)));
            }
            None if self.setup.is_empty() => lines.push(format!("{deep}pass")),
            None => {}
        }
        lines.extend([String::new(), format!("{inner}def __exit__(self, *{told}):")]);
        let (first, last) = (*self.cleanup.first()?, *self.cleanup.last()?);
        lines.push(format!("{deep}{}", replaced(subject, (first, last), &edits)));
        Some(lines.join(line_break(subject.document())))
    }
}
