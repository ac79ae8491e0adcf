//! `functools.lru_cache` and `functools.cache`.
//!
//! Source: Library Reference, functools: the arguments of a call are the key of a dict that
//! belongs to the decorated function; `maxsize` is 128 by default, `None` means no limit.

use tree_sitter::Node;

use super::classes::Class;
use super::decoration::{Arguments, Decorated, Decoration};
use super::hashing::{has_no_hash, unhashable_annotation, unhashable_value};
use super::source_text::one_line;
use super::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::function::{ParameterKind, is_async, is_generator, parameters};
use crate::syntax::{Kind, kind};

pub static PROVIDER: Provider = Provider {
    name: "lru-cache",
    doc: "`functools.lru_cache` or `functools.cache` above a function; `@target` is the \
          `decorator`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the function's name"),
    Slot::new("called", SlotKind::Code, "the same, if calls are remembered"),
    Slot::new("parameters", SlotKind::Codes, "the parameters whose arguments make the key"),
    Slot::new("no-parameters", SlotKind::Flag, "the function has no parameter"),
    Slot::new("limit", SlotKind::Code, "how many results are kept"),
    Slot::new("unlimited", SlotKind::Flag, "all results are kept"),
    Slot::new("nothing-kept", SlotKind::Flag, "`maxsize` is 0 or less"),
    Slot::new("default-limit", SlotKind::Flag, "`maxsize` is not given"),
    Slot::new("typed", SlotKind::Flag, "`typed=True`"),
    Slot::new("unhashable", SlotKind::Records(UNHASHABLE), "parameters that take what has no hash"),
    Slot::new("self", SlotKind::Code, "the first parameter of a method"),
    Slot::new("class", SlotKind::Code, "the class of the method"),
    Slot::new("unhashable-self", SlotKind::Flag, "instances of that class cannot be hashed"),
    Slot::new("coroutine", SlotKind::Flag, "the function is an `async def`"),
    Slot::new("generator", SlotKind::Flag, "the function is a generator function"),
    Slot::new("not-callable", SlotKind::Code, "the `@classmethod` below, which cannot be called"),
];

static UNHASHABLE: &[Slot] = &[
    Slot::new("parameter", SlotKind::Code, "the parameter as it is written"),
    Slot::new("type", SlotKind::Code, "the type that has no hash"),
];

/// Decorators that hand the instance on to the function below.
const HAND_SELF_ON: &[&str] =
    &["builtins.property", "abc.abstractmethod", "typing.final", "typing.override"];

/// Decorators that return the function they get.
const UNCHANGED: &[&str] = &["abc.abstractmethod", "typing.final", "typing.override"];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let decorated = Decorated::of(subject)?;
    let at = decorated.find(&["functools.lru_cache", "functools.cache"])?;
    let function = decorated.function()?;
    let decoration = &decorated.all[at];
    let is_lru = decoration.is(&["functools.lru_cache"]);
    if !is_lru && decoration.call.is_some() {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    let name = decorated.name(subject)?;
    facts.code("name", name);
    let (above, below) = (&decorated.all[..at], &decorated.all[at + 1..]);
    if let Some(method) = below.first().filter(|one| one.is(&["builtins.classmethod"])) {
        facts.code("not-callable", one_line(subject, method.expression));
        return Some(facts);
    }
    if is_lru {
        limit(subject, decoration, &mut facts);
    } else {
        facts.flag("unlimited", true);
    }
    if facts.get("nothing-kept").is_some() {
        return Some(facts);
    }
    facts.code("called", name);
    // What another decorator below makes of the function has its own parameters and results.
    if below.is_empty() {
        let all = parameters(function)?;
        facts.codes("parameters", all.iter().map(|one| subject.text(one.name)));
        facts.flag("no-parameters", all.is_empty());
        facts.records("unhashable", unhashable(subject, function));
        facts.flag("coroutine", is_async(function) && !is_generator(function));
        facts.flag("generator", is_generator(function));
    }
    if above.iter().all(|one| one.is(HAND_SELF_ON)) && below.iter().all(|one| one.is(UNCHANGED)) {
        set_self(subject, decorated.class(subject.names()), function, &mut facts);
    }
    Some(facts)
}

fn set_self(
    subject: &Subject<'_>,
    class: Option<Class<'_>>,
    function: Node<'_>,
    facts: &mut Facts,
) {
    let first = parameters(function).and_then(|all| all.first().copied());
    let Some((class, first)) = class.zip(first) else { return };
    if matches!(first.kind, ParameterKind::PositionalOnly | ParameterKind::PositionalOrKeyword) {
        facts.code("self", subject.text(first.name)).code("class", class.name());
        facts.flag("unhashable-self", has_no_hash(class));
    }
}

fn unhashable(subject: &Subject<'_>, function: Node<'_>) -> Vec<Facts> {
    let names = subject.names();
    let mut out = Vec::new();
    for parameter in parameters(function).unwrap_or_default() {
        let plain =
            !matches!(parameter.kind, ParameterKind::VarPositional | ParameterKind::VarKeyword);
        let annotation = parameter.annotation.filter(|_| plain);
        let found = annotation
            .and_then(|node| unhashable_annotation(names, subject.item(), node))
            .or_else(|| unhashable_value(names, subject.item(), parameter.default?));
        if let Some(found) = found {
            let mut record = Facts::of(UNHASHABLE);
            record.code("parameter", one_line(subject, parameter.node)).code("type", found);
            out.push(record);
        }
    }
    out
}

/// Reads `maxsize` and `typed`.
fn limit(subject: &Subject<'_>, decoration: &Decoration<'_>, facts: &mut Facts) {
    let Some(call) = decoration.call else {
        facts.code("limit", "128").flag("default-limit", true);
        return;
    };
    let arguments = Arguments::of(call, subject.item_text());
    if arguments.spread {
        return;
    }
    let typed = arguments.get(1, "typed").is_some_and(|value| kind(value) == Kind::True);
    facts.flag("typed", typed);
    match arguments.get(0, "maxsize") {
        None => {
            facts.code("limit", "128").flag("default-limit", true);
        }
        Some(value) if kind(value) == Kind::None => {
            facts.flag("unlimited", true);
        }
        Some(value) if is_none_or_less(subject.text(value)) => {
            facts.flag("nothing-kept", true);
        }
        Some(value) => {
            facts.code("limit", one_line(subject, value));
        }
    }
}

/// True for `0` and negative numbers.
fn is_none_or_less(text: &str) -> bool {
    text.parse::<i64>().is_ok_and(|number| number <= 0)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::cards::testing::{card_at, check_hover};

    #[test]
    fn a_function_with_parameters_that_cannot_be_keys() {
        check_hover(
            "from functools import lru_cache\n@lru_ca$0che(maxsize=256, typed=True)\n\
             def total(items: list[int], weights={}, *, scale: float = 1.0): ...\n",
            expect![[r#"
                @lru_cache(maxsize=256, typed=True)
                ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

                A call of `total` with arguments seen before returns the stored result; the body
                does not run. It keeps the last `256` results.

                **Here**

                - The key of a call: its arguments for `items`, `weights`, `scale`. They must
                  all be hashable.
                - `items: list[int]`: a `list` has no hash, so passing one raises `TypeError`.
                - `weights={}`: a `dict` has no hash, so passing one raises `TypeError`.
                - `typed=True`: arguments that are equal but of different types, as `1` and
                  `1.0`, have entries of their own.

                **Say in the interview**

                The decorator puts a dict in front of the function, keyed by the arguments. So
                it fits pure functions of hashable arguments; on a method it makes instances
                live longer.

                **Watch for**

                - `f(1)` and `f(x=1)` may be two entries.
                - All callers get the same object: a list that one of them changes is changed
                  for all.
                - Threads: the cache stays intact, but two calls at the same time may both run
                  the body.

                [functools.lru\_cache](https://docs.python.org/3/library/functools.html#functools.lru_cache) · [How to cache method calls](https://docs.python.org/3/faq/programming.html#how-do-i-cache-method-calls)
            "#]],
        );
    }

    #[test]
    fn a_method_of_a_class_without_hash() {
        check_hover(
            "import functools as ft\nclass Repo:\n    def __eq__(self, other): ...\n\n\
             \x20   @ft.cac$0he\n    def get(self, key): ...\n",
            expect![[r#"
                    @ft.cache
                    ▔▔▔▔▔▔▔▔▔

                A call of `get` with arguments seen before returns the stored result; the body
                does not run. It keeps every result: the cache grows without limit.

                **Here**

                - The key of a call: its arguments for `self`, `key`. They must all be hashable.
                - One cache serves all instances of `Repo`: `self` is part of the key, and the
                  cache keeps it alive, until the entry is dropped or the cache cleared.
                - Instances of `Repo` cannot be hashed, as it has `__eq__` without `__hash__`:
                  every call raises `TypeError`.

                **Say in the interview**

                The decorator puts a dict in front of the function, keyed by the arguments. So
                it fits pure functions of hashable arguments; on a method it makes instances
                live longer.

                **Watch for**

                - `f(1)` and `f(x=1)` may be two entries.
                - All callers get the same object: a list that one of them changes is changed
                  for all.
                - Threads: the cache stays intact, but two calls at the same time may both run
                  the body.

                [functools.lru\_cache](https://docs.python.org/3/library/functools.html#functools.lru_cache) · [How to cache method calls](https://docs.python.org/3/faq/programming.html#how-do-i-cache-method-calls)
            "#]],
        );
    }

    #[test]
    fn coroutines_and_generators() {
        check_hover(
            "from functools import cache\n@cac$0he\nasync def load(url): ...\n",
            expect![[r#"
                @cache
                ▔▔▔▔▔▔

                A call of `load` with arguments seen before returns the stored result; the body
                does not run. It keeps every result: the cache grows without limit.

                **Here**

                - The key of a call: its arguments for `url`. They must all be hashable.
                - It stores the coroutine, not its result: a second `await` of it raises
                  `RuntimeError`.

                **Say in the interview**

                The decorator puts a dict in front of the function, keyed by the arguments. So
                it fits pure functions of hashable arguments; on a method it makes instances
                live longer.

                **Watch for**

                - `f(1)` and `f(x=1)` may be two entries.
                - All callers get the same object: a list that one of them changes is changed
                  for all.
                - Threads: the cache stays intact, but two calls at the same time may both run
                  the body.

                [functools.lru\_cache](https://docs.python.org/3/library/functools.html#functools.lru_cache) · [How to cache method calls](https://docs.python.org/3/faq/programming.html#how-do-i-cache-method-calls)
            "#]],
        );
        check_hover(
            "from functools import lru_cache\n@lru_cac$0he\ndef rows():\n    yield 1\n",
            expect![[r#"
                @lru_cache
                ▔▔▔▔▔▔▔▔▔▔

                A call of `rows` with arguments seen before returns the stored result; the body
                does not run. It keeps the last `128` results.

                **Here**

                - It has no parameters: the body runs once, until `cache_clear()`.
                - It stores the generator: the second caller gets one that is already used up.
                - `maxsize` is 128 unless it is given.

                **Say in the interview**

                The decorator puts a dict in front of the function, keyed by the arguments. So
                it fits pure functions of hashable arguments; on a method it makes instances
                live longer.

                **Watch for**

                - `f(1)` and `f(x=1)` may be two entries.
                - All callers get the same object: a list that one of them changes is changed
                  for all.
                - Threads: the cache stays intact, but two calls at the same time may both run
                  the body.

                [functools.lru\_cache](https://docs.python.org/3/library/functools.html#functools.lru_cache) · [How to cache method calls](https://docs.python.org/3/faq/programming.html#how-do-i-cache-method-calls)
            "#]],
        );
    }

    #[test]
    fn under_and_over_other_decorators() {
        check_hover(
            "from functools import cache\nclass C:\n    @staticmethod\n    @cac$0he\n    @other\n    def f(a: list): ...\n",
            expect![[r#"
                    @cache
                    ▔▔▔▔▔▔

                A call of `f` with arguments seen before returns the stored result; the body
                does not run. It keeps every result: the cache grows without limit.

                **Say in the interview**

                The decorator puts a dict in front of the function, keyed by the arguments. So
                it fits pure functions of hashable arguments; on a method it makes instances
                live longer.

                **Watch for**

                - `f(1)` and `f(x=1)` may be two entries.
                - All callers get the same object: a list that one of them changes is changed
                  for all.
                - Threads: the cache stays intact, but two calls at the same time may both run
                  the body.

                [functools.lru\_cache](https://docs.python.org/3/library/functools.html#functools.lru_cache) · [How to cache method calls](https://docs.python.org/3/faq/programming.html#how-do-i-cache-method-calls)
            "#]],
        );
        check_hover(
            "from functools import lru_cache\nclass C:\n    @lru_cac$0he(size())\n    @classmethod\n    def f(cls): ...\n",
            expect![[r#"
                    @lru_cache(size())
                    ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

                Making `f` raises `TypeError`: `classmethod` below gives an object that cannot
                be called.

                **Say in the interview**

                The decorator puts a dict in front of the function, keyed by the arguments. So
                it fits pure functions of hashable arguments; on a method it makes instances
                live longer.

                **Watch for**

                - `f(1)` and `f(x=1)` may be two entries.
                - All callers get the same object: a list that one of them changes is changed
                  for all.
                - Threads: the cache stays intact, but two calls at the same time may both run
                  the body.

                [functools.lru\_cache](https://docs.python.org/3/library/functools.html#functools.lru_cache) · [How to cache method calls](https://docs.python.org/3/faq/programming.html#how-do-i-cache-method-calls)
            "#]],
        );
    }

    #[test]
    fn a_cache_that_keeps_nothing() {
        check_hover(
            "from functools import lru_cache\n@lru_cac$0he(maxsize=0)\ndef f(a: list): ...\n",
            expect![[r#"
                @lru_cache(maxsize=0)
                ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

                With this `maxsize` `f` keeps no result: every call runs the body.

                **Say in the interview**

                The decorator puts a dict in front of the function, keyed by the arguments. So
                it fits pure functions of hashable arguments; on a method it makes instances
                live longer.

                **Watch for**

                - `f(1)` and `f(x=1)` may be two entries.
                - All callers get the same object: a list that one of them changes is changed
                  for all.
                - Threads: the cache stays intact, but two calls at the same time may both run
                  the body.

                [functools.lru\_cache](https://docs.python.org/3/library/functools.html#functools.lru_cache) · [How to cache method calls](https://docs.python.org/3/faq/programming.html#how-do-i-cache-method-calls)
            "#]],
        );
    }

    #[test]
    fn silent_for_other_caches() {
        for source in [
            "from cachetools import cache\n@cac$0he\ndef f(): ...\n",
            "@cac$0he\ndef f(): ...\n",
            "from functools import *\n@cac$0he\ndef f(): ...\n",
            "from functools import cache\ndef cache(f): ...\n@cac$0he\ndef f(): ...\n",
            "from functools import cache\n@cac$0he()\ndef f(): ...\n",
            "from functools import cache\n@cac$0he\ndef f(x:\n    pass\n",
            "def g(cache):\n    @cac$0he\n    def f(): ...\n",
        ] {
            assert_ne!(card_at(source), "lru-cache", "{source}");
        }
    }
}
