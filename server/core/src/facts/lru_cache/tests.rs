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
