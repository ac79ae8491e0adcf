//! An iterator is used after it was used up.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Place, Plan, Rule};
use crate::names::Bound;
use crate::scope::{BindingKind, MODULE};
use crate::subject::Subject;
use crate::syntax::function::{arguments, own_nodes};
use crate::syntax::{Field, Kind, Node, kind};
use crate::value::{self, Object};
use crate::walk;

use super::code::{contains, is_expected_to_fail};
use super::typing_name_unimported::is_builtin_at;

pub static RULE: Rule = Rule {
    id: "generator-reused",
    kinds: &[Kind::Assignment],
    slots: SLOTS,
    cases: &["in-loop"],
    fixes: &["keep-values"],
    related: &["used-up", "made"],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the variable"),
    Slot::new("list", SlotKind::Code, "the head of the new value: `[…]` or `list(…)`"),
];

/// Calls that return an iterator which ends.
const ITERATORS: &[&str] = &[
    "builtins.enumerate",
    "builtins.filter",
    "builtins.map",
    "builtins.reversed",
    "builtins.zip",
    "csv.reader",
    "itertools.accumulate",
    "itertools.chain",
    "itertools.combinations",
    "itertools.dropwhile",
    "itertools.filterfalse",
    "itertools.islice",
    "itertools.pairwise",
    "itertools.permutations",
    "itertools.product",
    "itertools.starmap",
    "itertools.takewhile",
    "os.scandir",
    "re.finditer",
];

/// Calls that take every value of their first argument.
pub(super) const TAKES_ALL: &[&str] = &[
    "builtins.dict",
    "builtins.frozenset",
    "builtins.list",
    "builtins.max",
    "builtins.min",
    "builtins.set",
    "builtins.sorted",
    "builtins.sum",
    "builtins.tuple",
    "collections.Counter",
    "collections.deque",
    "math.fsum",
    "math.prod",
];

/// A use of the iterator.
struct Site<'a> {
    item: usize,
    path: Vec<Node<'a>>,
    /// Place in `path` of the statement.
    statement: usize,
    takes: Takes,
    /// Evaluated whenever the statement is.
    always: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Takes {
    All,
    Some,
    Unknown,
}

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let Some((bound, value)) = iterator(subject) else { return };
    if is_expected_to_fail(subject) {
        return;
    }
    let Some(sites) = sites(subject, bound) else { return };
    let mut facts = Facts::of(SLOTS);
    let Some(left) = Field::Left.of(subject.node()) else { return };
    facts.code("name", subject.text(left));
    let place = |site: &Site<'_>, role| {
        let item = subject.document().items()[site.item].id();
        let at = site.path[site.path.len() - 1].byte_range().into();
        Place { item, at, role }
    };
    let takes_all = |site: &&Site<'_>| site.takes == Takes::All && site.always;
    // Findings belong to the item that is looked at: the binding's.
    let at = value.byte_range().into();
    if let Some(site) = sites.iter().filter(takes_all).find(|site| repeats(site, bound)) {
        let related = vec![place(site, "used-up")];
        found.push(Found { at, case: Some("in-loop"), facts, related });
        return;
    }
    for (index, first) in sites.iter().enumerate().filter(|(_, site)| takes_all(site)) {
        let later = sites[index + 1..]
            .iter()
            .find(|second| second.takes != Takes::Unknown && dominates(first, second))
            .filter(|second| !is_asserted(subject, second));
        if let Some(second) = later {
            let related = vec![place(first, "used-up"), place(second, "made")];
            found.push(Found { at, case: None, facts, related });
            return;
        }
    }
}

/// True in a test that looks at what an iterator gives after its end, as in
/// `self.assertEqual(list(it), [])`.
fn is_asserted(subject: &Subject<'_>, site: &Site<'_>) -> bool {
    let text = subject.names().item(site.item).text();
    subject.settings().is_test
        && site.path.iter().any(|node| match kind(*node) {
            Kind::AssertStatement => true,
            Kind::Call => crate::rules::code::method(*node)
                .is_some_and(|(_, name)| text[name.byte_range()].starts_with("assert")),
            _ => false,
        })
}

/// The only binding of a name, to an iterator that ends.
fn iterator<'a>(subject: &Subject<'a>) -> Option<(Bound<'a>, Node<'a>)> {
    let node = subject.node();
    let (left, right) = (Field::Left.of(node)?, Field::Right.of(node)?);
    let may_be_it = matches!(kind(right), Kind::Call | Kind::GeneratorExpression);
    (may_be_it && kind(left) == Kind::Identifier).then_some(())?;
    let names = subject.names();
    let scopes = names.scopes(subject.item())?;
    let binding = scopes.binding_at(left.byte_range().into())?;
    let plain = matches!(binding.kind, BindingKind::Assignment | BindingKind::AnnotatedAssignment)
        && binding.from == binding.scope;
    plain.then_some(())?;
    // The most usual call makes an instance of a class, and so no iterator. To say so without a look at
    // the class leaves the findings as they are while somebody types in it.
    let callee = Field::Function.of(right).filter(|callee| kind(*callee) == Kind::Identifier);
    let called = callee.and_then(|callee| names.binding(subject.item(), callee));
    if called.is_some_and(|called| called.binding.kind == BindingKind::Class) {
        return None;
    }
    let value = value::of(names, subject.item(), right)?;
    let ends = match value.object {
        Object::Generator(made) => {
            kind(made.node) == Kind::GeneratorExpression || !is_endless(made.node)
        }
        _ => value.made_by().is_some_and(|name| ITERATORS.contains(&name)),
    };
    (ends && value.node == right).then_some((Bound { item: subject.item(), binding }, right))
}

/// True for a generator function that may go on for ever.
fn is_endless(function: Node<'_>) -> bool {
    let mut endless = false;
    own_nodes(function, |node| endless |= kind(node) == Kind::WhileStatement);
    endless
}

/// The uses in the scope of the variable, in order; nothing when it is used elsewhere too.
fn sites<'a>(subject: &Subject<'a>, bound: Bound<'a>) -> Option<Vec<Site<'a>>> {
    let names = subject.names();
    let uses = names.uses(bound)?;
    let mut sites = Vec::new();
    for found in uses {
        if found.reference.scope != bound.binding.scope && bound.binding.scope != MODULE {
            return None;
        }
        let root = names.item(found.item).tree()?.root_node();
        let path = walk::path_to(root, found.reference.at.start, found.reference.at.end)?;
        if bound.binding.scope == MODULE
            && path.iter().any(|node| {
                matches!(
                    kind(*node),
                    Kind::FunctionDefinition | Kind::ClassDefinition | Kind::Lambda
                )
            })
        {
            return None;
        }
        sites.push(site(subject, found.item, path)?);
    }
    Some(sites)
}

fn site<'a>(subject: &Subject<'a>, item: usize, path: Vec<Node<'a>>) -> Option<Site<'a>> {
    let block = path.iter().rposition(|node| matches!(kind(*node), Kind::Block | Kind::Module))?;
    let statement = block + 1;
    let takes = takes(subject, item, &path);
    let always = path[statement..].windows(2).all(|pair| is_always(pair[0], pair[1]));
    (path.len() > statement).then_some(Site { item, path, statement, takes, always })
}

/// What the use at the end of `path` takes of the iterator.
fn takes(subject: &Subject<'_>, item: usize, path: &[Node<'_>]) -> Takes {
    let [.., around, parent, name] = path[..] else { return Takes::Unknown };
    let names = subject.names();
    match kind(parent) {
        Kind::ForStatement if Field::Right.of(parent) == Some(name) => {
            let leaves = [Kind::BreakStatement, Kind::ReturnStatement, Kind::RaiseStatement];
            let body = Field::Body.of(parent);
            let may_leave =
                body.is_none_or(|body| contains(body, &leaves) || contains(body, &[Kind::Yield]));
            if may_leave { Takes::Some } else { Takes::All }
        }
        Kind::ForInClause if Field::Right.of(parent) == Some(name) => {
            let first = around.named_child(1).is_some_and(|clause| clause == parent);
            let eager = matches!(
                kind(around),
                Kind::ListComprehension | Kind::SetComprehension | Kind::DictionaryComprehension
            );
            if first && eager { Takes::All } else { Takes::Unknown }
        }
        Kind::Argument => {
            let given = arguments(around);
            let positional =
                given.iter().filter(|node| kind(**node) != Kind::KeywordArgument).count();
            if kind(around) != Kind::Call || given.first() != Some(&name) || positional != 1 {
                return Takes::Unknown;
            }
            let Some(callee) = Field::Function.of(around) else {
                return Takes::Unknown;
            };
            let joins = kind(callee) == Kind::Attribute
                && Field::Object.of(callee).is_some_and(|it| kind(it) == Kind::String)
                && Field::Attribute
                    .of(callee)
                    .is_some_and(|it| &names.item(item).text()[it.byte_range()] == "join");
            match names.qualified(item, callee).as_deref() {
                Some("builtins.any" | "builtins.all") => Takes::Some,
                Some(callee) if TAKES_ALL.contains(&callee) => Takes::All,
                _ if joins => Takes::All,
                _ => Takes::Unknown,
            }
        }
        Kind::ListSplat => match kind(around) {
            Kind::List | Kind::Tuple | Kind::Set | Kind::Argument => Takes::All,
            _ => Takes::Unknown,
        },
        _ => Takes::Unknown,
    }
}

/// True when `child` is evaluated whenever `parent` is.
fn is_always(parent: Node<'_>, child: Node<'_>) -> bool {
    match kind(parent) {
        Kind::ForStatement => Field::Right.of(parent) == Some(child),
        Kind::BooleanOperator => Field::Left.of(parent) == Some(child),
        Kind::ConditionalExpression => parent.named_child(1) == Some(child),
        Kind::ListComprehension | Kind::SetComprehension | Kind::DictionaryComprehension => {
            parent.named_child(1) == Some(child)
        }
        Kind::ForInClause => Field::Right.of(parent) == Some(child),
        Kind::ComparisonOperator => parent.named_child_count() == 2,
        Kind::ExpressionStatement
        | Kind::ReturnStatement
        | Kind::Assignment
        | Kind::AugmentedAssignment
        | Kind::NamedExpression
        | Kind::Call
        | Kind::Argument
        | Kind::KeywordArgument
        | Kind::Attribute
        | Kind::Subscript
        | Kind::BinaryOperator
        | Kind::UnaryOperator
        | Kind::NotOperator
        | Kind::ParenthesizedExpression
        | Kind::ExpressionList
        | Kind::List
        | Kind::ListSplat
        | Kind::Tuple
        | Kind::Set
        | Kind::Dictionary
        | Kind::Pair
        | Kind::String
        | Kind::Interpolation
        | Kind::Await => true,
        _ => false,
    }
}

/// True when `second` runs only after `first` has run: a statement of the same block, or of a block
/// in a later statement of it, or behind it in the same statement.
fn dominates(first: &Site<'_>, second: &Site<'_>) -> bool {
    let block = first.path[first.statement - 1];
    let statement = first.path[first.statement];
    if kind(block) == Kind::Module && first.item != second.item {
        return first.item < second.item;
    }
    if first.item != second.item {
        return false;
    }
    let Some(at) = second.path.iter().position(|node| *node == block) else { return false };
    match second.path.get(at + 1) {
        Some(other) if *other == statement => {
            let is_simple = kind(statement) != Kind::ForStatement;
            is_simple && second.always && second.statement == first.statement
        }
        Some(other) => other.start_byte() >= statement.end_byte(),
        None => false,
    }
}

/// True when the statement of `site` stands directly in the body of a loop which nothing leaves
/// early, and the iterator was made before it.
fn repeats(site: &Site<'_>, bound: Bound<'_>) -> bool {
    let Some(at) = site.statement.checked_sub(2) else { return false };
    let (around, block) = (site.path[at], site.path[at + 1]);
    let leaves = [Kind::BreakStatement, Kind::ReturnStatement, Kind::RaiseStatement];
    let made_inside =
        site.item == bound.item && around.byte_range().contains(&bound.binding.at.start);
    matches!(kind(around), Kind::ForStatement | Kind::WhileStatement)
        && Field::Body.of(around) == Some(block)
        && !made_inside
        && !contains(block, &leaves)
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let right = Field::Right.of(subject.node())?;
    let text = subject.text(right);
    let mut facts = found.facts.clone();
    let new = if kind(right) == Kind::GeneratorExpression {
        let inner = text.strip_prefix('(')?.strip_suffix(')')?;
        facts.code("list", "[…]");
        format!("[{inner}]")
    } else {
        is_builtin_at(subject, right, "list").then_some(())?;
        facts.code("list", "list(…)");
        format!("list({text})")
    };
    let edits = vec![(subject.span(right), new)];
    Some(Plan { fix: "keep-values", safety: Safety::Review, facts, edits })
}

pub static INVERSE: Inverse =
    Inverse { rule: &RULE, kinds: &[Kind::Assignment], edits: without_list };

/// An iterator in place of a list that is read more than once, and only read.
fn without_list(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    let (left, right) = (Field::Left.of(subject.node())?, Field::Right.of(subject.node())?);
    let text = subject.text(right);
    let new = match kind(right) {
        Kind::ListComprehension => {
            format!("({})", text.strip_prefix('[')?.strip_suffix(']')?)
        }
        Kind::Call => {
            let callee = Field::Function.of(right)?;
            let name = subject.names().qualified(subject.item(), callee)?;
            let [only] = arguments(right)[..] else { return None };
            let is_it = name == "builtins.list" && kind(only) == Kind::Call;
            is_it.then(|| subject.text(only).to_owned())?
        }
        _ => return None,
    };
    let scopes = subject.names().scopes(subject.item())?;
    let binding = scopes.binding_at(left.byte_range().into())?;
    let sites = sites(subject, Bound { item: subject.item(), binding })?;
    let is_read = |site: &Site<'_>| site.takes != Takes::Unknown;
    let is_it = sites.len() > 1 && sites.iter().all(is_read);
    is_it.then(|| vec![(subject.span(right), new)])
}
