//! A dictionary whose values are made by hand when a key is new.
//!
//! Source: Library Reference, collections, defaultdict examples and Counter objects.

use super::by_hand::{called, is_element, stored};
use super::container::Container;
use super::counting::{count, is_increment};
use super::grouping::{grouping, is_single, put};
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::expression::{expression, method};
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Field, Kind, Node, kind};

pub static PROVIDER: Provider = Provider {
    name: "filled-by-hand",
    doc: "statements that group or count in a plain dictionary and look first whether the key is \
          there; `@target` is the `if_statement`, `try_statement` or `assignment`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("groups", SlotKind::Code, "the dictionary, if values are put into groups"),
    Slot::new("counts", SlotKind::Code, "the dictionary, if it counts"),
    Slot::new("key", SlotKind::Code, "the key"),
    Slot::new("line", SlotKind::Line, "the line on which the dictionary is made"),
    Slot::new("factory", SlotKind::Code, "what makes an empty group: `list`"),
    Slot::new("made", SlotKind::Code, "what to make instead of the dictionary"),
    Slot::new("short", SlotKind::Code, "what then stands here instead"),
    Slot::new("kept", SlotKind::Code, "the same with the dictionary as it is"),
    Slot::new("at-once", SlotKind::Code, "a call that counts what the loop around walks over"),
    Slot::new("tried", SlotKind::Flag, "a `KeyError` shows that the key is new"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    let mut facts = Facts::of(SLOTS);
    let (dictionary, key) = match kind(node) {
        Kind::TryStatement => {
            facts.flag("tried", true);
            tried(subject, &mut facts)?
        }
        _ => match (kind(node) == Kind::IfStatement).then(|| grouping(subject)).flatten() {
            Some(found) => {
                let text = subject.text(found.puts);
                in_groups(subject, found.dictionary, found.factory, text, &mut facts);
                (found.dictionary, found.key)
            }
            None => {
                let found = count(subject)?;
                counts(subject, found.dictionary, found.key, &mut facts);
                (found.dictionary, found.key)
            }
        },
    };
    let container = Container::of(subject, dictionary)?;
    (container.key == "builtins.dict").then_some(())?;
    facts.code("key", one_line(subject, key)).line("line", container.line(subject));
    Some(facts)
}

fn in_groups(
    subject: &Subject<'_>,
    dictionary: Node<'_>,
    factory: &str,
    puts: &str,
    facts: &mut Facts,
) {
    let name = subject.text(dictionary);
    facts.code("groups", name).code("factory", factory);
    facts.code("made", format!("defaultdict({factory})")).code("short", puts);
    let empty = if factory == "list" { "[]" } else { "set()" };
    let rest = puts.strip_prefix(name).and_then(|rest| rest.rsplit_once("]."));
    if let Some((index, call)) = rest.filter(|(index, _)| index.starts_with('[')) {
        facts.code("kept", format!("{name}.setdefault({}, {empty}).{call}", &index[1..]));
    }
}

fn counts(subject: &Subject<'_>, dictionary: Node<'_>, key: Node<'_>, facts: &mut Facts) {
    let (name, text) = (subject.text(dictionary), one_line(subject, key));
    facts.code("counts", name).code("made", "Counter()");
    facts.code("short", format!("{name}[{text}] += 1"));
    if let Some(all) = walked_alone(subject, key) {
        facts.code("at-once", format!("Counter({})", one_line(subject, all)));
    }
}

/// What the loop around walks over, if it does nothing but count its variable.
fn walked_alone<'a>(subject: &Subject<'a>, key: Node<'_>) -> Option<Node<'a>> {
    let around = subject.ancestors().find(|node| kind(*node) == Kind::ForStatement)?;
    let body = Field::Body.of(around)?;
    let own = subject.ancestors().take_while(|node| *node != around);
    let is_direct =
        own.into_iter().all(|node| node == body || matches!(kind(node), Kind::ExpressionStatement));
    let counts_twice = statements(body).len();
    let is_alone = match kind(subject.node()) {
        // The increment may stand behind the `if`.
        Kind::IfStatement => {
            let with_kept = count(subject).is_some_and(|found| found.kept.is_some());
            counts_twice == 1 + usize::from(with_kept)
        }
        _ => counts_twice == 1,
    };
    let is_variable = Field::Left.of(around).is_some_and(|left| {
        kind(left) == Kind::Identifier && subject.text(left) == subject.text(key)
    });
    let is_async = around.child(0).is_some_and(|token| token.kind() == "async");
    (is_direct && is_alone && is_variable && !is_async).then(|| Field::Right.of(around))?
}

/// `try: d[k].append(v)` with `except KeyError: d[k] = [v]`, and the same for a count.
fn tried<'a>(subject: &Subject<'a>, facts: &mut Facts) -> Option<(Node<'a>, Node<'a>)> {
    let parts = statements(subject.node());
    let [body, clause] = parts[..] else { return None };
    let [caught, handler] = statements(clause)[..] else { return None };
    let is_key_error = kind(clause) == Kind::ExceptClause
        && subject.names().qualified(subject.item(), caught).as_deref()
            == Some("builtins.KeyError")
        && clause.child(1).is_some_and(|token| token.kind() != "*");
    let ([statement], [absent]) = (&statements(body)[..], &statements(handler)[..]) else {
        return None;
    };
    is_key_error.then_some(())?;
    let done = expression(*statement)?;
    let element = match kind(done) {
        Kind::Call => method(done)?.0,
        _ => Field::Left.of(done)?,
    };
    let dictionary = Field::Value.of(element).filter(|_| kind(element) == Kind::Subscript)?;
    let key = Field::Subscript.of(element)?;
    let (name, index) = (subject.text(dictionary), subject.text(key));
    (kind(dictionary) == Kind::Identifier && is_element(subject, element, name, index))
        .then_some(())?;
    let start = stored(subject, *absent, name, index)?;
    if is_increment(subject, *statement, name, index) {
        (subject.text(start) == "1").then_some(())?;
        counts(subject, dictionary, key, facts);
        return Some((dictionary, key));
    }
    let factory = match kind(start) {
        Kind::List => "list",
        Kind::Set => "set",
        _ => return None,
    };
    let [only] = statements(start)[..] else { return None };
    let given = put(subject, *statement, name, index, factory)?;
    let same = subject.text(only) == subject.text(given) && is_single(subject, *statement);
    same.then_some(())?;
    in_groups(subject, dictionary, factory, subject.text(*statement), facts);
    Some((dictionary, key))
}

pub static RANKED: Provider = Provider {
    name: "ranked-counter",
    doc: "`sorted(c.items(), key=lambda pair: pair[1], reverse=True)` of a `Counter`; `@target` is \
          the `keyword_argument` `key` or the `subscript` around the call",
    slots: RANKED_SLOTS,
    run: ranked,
};

static RANKED_SLOTS: &[Slot] = &[
    Slot::new("counter", SlotKind::Code, "the `Counter`"),
    Slot::new("instead", SlotKind::Code, "the call of `most_common` that gives the same"),
    Slot::new("some", SlotKind::Flag, "only the first few are taken"),
];

fn ranked(subject: &Subject<'_>) -> Option<Facts> {
    let (call, around) = match kind(subject.node()) {
        Kind::KeywordArgument => {
            let mut ancestors = subject.ancestors().skip(1);
            (ancestors.next()?, ancestors.next())
        }
        Kind::Subscript => (Field::Value.of(subject.node())?, Some(subject.node())),
        _ => return None,
    };
    (called(subject, call)? == "builtins.sorted").then_some(())?;
    let given = arguments(call);
    let [items, options @ ..] = &given[..] else { return None };
    let (object, name) = method(*items)?;
    let is_items = subject.text(name) == "items" && arguments(*items).is_empty();
    let option = |wanted: &str| {
        options.iter().find_map(|node| {
            let name = Field::Name.of(*node).filter(|_| kind(*node) == Kind::KeywordArgument)?;
            (subject.text(name) == wanted).then(|| Field::Value.of(*node))?
        })
    };
    let reverses = option("reverse").is_some_and(|value| kind(value) == Kind::True);
    let by_value = option("key").is_some_and(|key| takes_second(subject, key));
    (is_items && reverses && by_value && options.len() == 2).then_some(())?;
    let container = Container::of(subject, object)?;
    (container.key == "collections.Counter").then_some(())?;
    let counter = one_line(subject, object);
    let slice = around
        .filter(|node| kind(*node) == Kind::Subscript && Field::Value.of(*node) == Some(call))
        .and_then(|node| Field::Subscript.of(node))
        .filter(|index| kind(*index) == Kind::Slice);
    let mut facts = Facts::of(RANKED_SLOTS);
    match slice {
        None if kind(subject.node()) == Kind::Subscript => return None,
        None => drop(facts.code("instead", format!("{counter}.most_common()"))),
        Some(slice) => {
            let end = subject.text(slice).strip_prefix(':')?.trim();
            let is_plain = end.chars().all(|char| char.is_alphanumeric() || char == '_');
            (is_plain && !end.is_empty()).then_some(())?;
            facts.code("instead", format!("{counter}.most_common({end})")).flag("some", true);
        }
    }
    facts.code("counter", counter);
    Some(facts)
}

/// True for `lambda pair: pair[1]` and `operator.itemgetter(1)`.
fn takes_second(subject: &Subject<'_>, key: Node<'_>) -> bool {
    match kind(key) {
        Kind::Lambda => {
            let parameters = Field::Parameters.of(key).map(statements).unwrap_or_default();
            let [parameter] = parameters[..] else { return false };
            let Some(body) = Field::Body.of(key) else { return false };
            kind(parameter) == Kind::Identifier
                && is_element(subject, body, subject.text(parameter), "1")
        }
        Kind::Call => {
            let given = arguments(key);
            let is_one = matches!(given[..], [place] if subject.text(place) == "1");
            is_one && called(subject, key).as_deref() == Some("operator.itemgetter")
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
