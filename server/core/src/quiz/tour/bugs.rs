//! Copies of the reader's functions with one mistake.

use expect_test::{Expect, expect};

use super::check_all;
use crate::content::testing::builtin;
use crate::quiz::from_code::{CodeQuestion, generator, questions_of};
use crate::{Document, Settings};

/// What `check_all` writes about the questions with a copy.
fn check(source: &str, expected: Expect) {
    check_all(source, true, expected);
}

const DECORATOR: &str = r#"import functools

def counted(func):
    calls = 0

    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        nonlocal calls
        calls += 1
        print("call", calls)
        return func(*args, **kwargs)
    return wrapper

@counted
def load(path):
    return path.read_text()

print(load(1))
"#;

const OTHERS: &str = r#"from contextlib import contextmanager

@contextmanager
def opened(path):
    file = path.open()
    print("opened", path)
    try:
        yield file
    finally:
        file.close()

class Timer:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.total = self.now() - self.start
        self.start = None
        print("took", self.total)
        return False

async def save(row):
    print(row)

async def save_all(rows):
    print("saving")
    for row in rows:
        await save(row)
    print("saved")

def total(orders):
    count = len(orders)
    amount = sum(order.amount for order in orders)
    print(count)
    return amount

def first(rows, limit):
    count = 0
    for row in rows:
        if count == limit:
            return
        yield row
        count += 1

def collect(item, seen=None):
    if seen is None:
        seen = []
    seen.append(item)
    count = len(seen)
    print(count)
    return seen
"#;

#[test]
fn in_a_decorator() {
    check(
        DECORATOR,
        expect![[r#"
            In this copy of `counted`, which stands in line 3 of your file, one mistake was made on purpose. At which line is it to be found?
              | def counted(func):
              |     calls = 0
              | 
              |     @functools.wraps(func)
              |     def wrapper(*args, **kwargs):
              |         nonlocal calls
              |         calls += 1
              |         print("call", calls)
              |         return func(args, kwargs)
              |     return wrapper
              * return func(args, kwargs): Without the stars the decorated function gets two arguments, a tuple and a dict, whatever it was called with. `*` and `**` stood in front of them.
                @functools.wraps(func): This line is as it is in your file.
                calls += 1: This line is as it is in your file.
                def counted(func):: This line is as it is in your file.
                from lines [3]
            In this copy of `counted`, which stands in line 3 of your file, one mistake was made on purpose. At which line is it to be found?
              | def counted(func):
              |     calls = 0
              | 
              |     @functools.wraps(func)
              |     def wrapper(*args, **kwargs):
              |         nonlocal calls
              |         calls += 1
              |         print("call", calls)
              |         func(*args, **kwargs)
              |     return wrapper
              * func(*args, **kwargs): The call is made, but its result goes nowhere: every call of a decorated function gives `None`. A `return` stood in front of it.
                @functools.wraps(func): This line is as it is in your file.
                calls += 1: This line is as it is in your file.
                def counted(func):: This line is as it is in your file.
                from lines [3]
            In this copy of `counted`, which stands in line 3 of your file, one mistake was made on purpose. At which line is it to be found?
              | def counted(func):
              |     calls = 0
              | 
              |     def wrapper(*args, **kwargs):
              |         nonlocal calls
              |         calls += 1
              |         print("call", calls)
              |         return func(*args, **kwargs)
              |     return wrapper
              * def wrapper(*args, **kwargs):: Nothing copies the metadata of the decorated function onto this one, which takes its place: its name, docstring and signature are lost. `functools.wraps` stood above it.
                def counted(func):: This line is as it is in your file.
                nonlocal calls: This line is as it is in your file.
                print("call", calls): This line is as it is in your file.
                from lines [3]
            In this copy of `counted`, which stands in line 3 of your file, one mistake was made on purpose. At which line is it to be found?
              | def counted(func):
              |     calls = 0
              | 
              |     @functools.wraps(func)
              |     def wrapper(*args, **kwargs):
              |         nonlocal calls
              |         calls += 1
              |         print("call", calls)
              |         return func(*args, **kwargs)
              |     return wrapper()
              * return wrapper(): This calls the wrapper while a function is being decorated. If that does not fail, the decorated name is bound to what the call gives, and not to the wrapper. The `()` was put behind it.
                @functools.wraps(func): This line is as it is in your file.
                calls += 1: This line is as it is in your file.
                def counted(func):: This line is as it is in your file.
                from lines [3]
            In this copy of `counted`, which stands in line 3 of your file, one mistake was made on purpose. At which line is it to be found?
              | def counted(func):
              |     calls = 0
              | 
              |     @functools.wraps
              |     def wrapper(*args, **kwargs):
              |         nonlocal calls
              |         calls += 1
              |         print("call", calls)
              |         return func(*args, **kwargs)
              |     return wrapper
              * @functools.wraps: Without the call, `wraps` takes the wrapper for what is wrapped and returns a decorator, and that takes the wrapper's place. It was called with the decorated function.
                def counted(func):: This line is as it is in your file.
                def wrapper(*args, **kwargs):: This line is as it is in your file.
                print("call", calls): This line is as it is in your file.
                from lines [3]
        "#]],
    );
}

#[test]
fn in_other_functions() {
    check(
        OTHERS,
        expect![[r#"
            In this copy of `opened`, which stands in line 4 of your file, one mistake was made on purpose. At which line is it to be found?
              | @contextmanager
              | def opened(path):
              |     file = path.open()
              |     print("opened", path)
              |     yield file
              |     file.close()
              * yield file: When the block raises, the exception comes out of this `yield`, and what stands behind it does not run. `try` and `finally` stood around it.
                @contextmanager: This line is as it is in your file.
                def opened(path):: This line is as it is in your file.
                print("opened", path): This line is as it is in your file.
                from lines [4]
            In this copy of `__exit__`, which stands in line 16 of your file, one mistake was made on purpose. At which line is it to be found?
              | def __exit__(self, kind, error, trace):
              |     self.total = self.now() - self.start
              |     self.start = None
              |     print("took", self.total)
              |     return True
              * return True: A true value tells Python to drop the exception, every one: the program goes on as if nothing had happened. `False` stood here.
                def __exit__(self, kind, error, trace):: This line is as it is in your file.
                self.start = None: This line is as it is in your file.
                self.total = self.now() - self.start: This line is as it is in your file.
                from lines [16]
            In this copy of `save_all`, which stands in line 25 of your file, one mistake was made on purpose. At which line is it to be found?
              | async def save_all(rows):
              |     print("saving")
              |     for row in rows:
              |         save(row)
              |     print("saved")
              * save(row): The call only makes a coroutine, which is thrown away: nothing of it runs. An `await` stood in front of it.
                async def save_all(rows):: This line is as it is in your file.
                for row in rows:: This line is as it is in your file.
                print("saving"): This line is as it is in your file.
                from lines [25]
        "#]],
    );
}

/// Whether the mistake of the rule is made in a function of this file.
pub(super) fn has(rule: &str) -> bool {
    [DECORATOR, OTHERS].iter().any(|source| count(rule, source) > 0)
}

/// The lines that are wrong in the copies with the mistake of `rule`.
pub(super) fn found(rule: &str, source: &str) -> Vec<String> {
    let generator = generator(&format!("bug-{rule}")).unwrap();
    let found = questions_of(builtin(), &Document::new(source), &Settings::default(), generator);
    let right = |it: &CodeQuestion| it.computed.options[0].code.clone().unwrap();
    found.iter().map(right).collect()
}

/// How many questions there are about the mistake of `rule`.
fn count(rule: &str, source: &str) -> usize {
    found(rule, source).len()
}

#[test]
fn nothing_unless_the_fix_gives_the_code_back() {
    let wraps = "decorator-missing-wraps";
    assert_eq!(count(wraps, DECORATOR), 1);
    assert_eq!(count(wraps, &DECORATOR.replace("wraps(func)", "wraps(func)  # keep")), 0);
    assert_eq!(count(wraps, &DECORATOR.replace("wraps(func)", "wraps(func, updated=())")), 0);
}

#[test]
fn nothing_where_the_line_does_not_stand_out() {
    let awaits = |body: &str| format!("async def f(): ...\nasync def g():\n{body}");
    let rule = "coroutine-not-awaited";
    let more = "    print(1)\n    print(2)\n    print(3)\n";
    assert_eq!(count(rule, &awaits(&format!("    await f()\n{more}"))), 1);
    assert_eq!(count(rule, &awaits("    await f()\n")), 0, "there is no other line");
    let before = format!("    x = f()\n    await f()\n{more}");
    assert_eq!(count(rule, &awaits(&before)), 1);
    assert_eq!(
        count(rule, &awaits(&format!("    await f()\n{more}")).replace("await", "yield")),
        0
    );
    let found = awaits(&format!("    f()\n    await f()\n{more}"));
    assert_eq!(count(rule, &found), 0, "the same line has the mistake already");
}

#[test]
fn nothing_where_the_reader_made_a_mistake_already() {
    let rule = "decorator-drops-result";
    assert_eq!(count(rule, DECORATOR), 1);
    assert_eq!(count(rule, &DECORATOR.replace("    @functools.wraps(func)\n", "")), 0);
}
