//! One example of each question about code, topic by topic.

use expect_test::{Expect, expect};

use super::check_all;

fn check(source: &str, expected: Expect) {
    check_all(source, false, expected);
}

#[test]
fn what_a_call_of_a_generator_function_gives() {
    check(
        r#"def lines(path):
    with open(path) as file:
        yield from file

def tables():
    def rows():
        yield 1
    return list(rows())
"#,
        expect![[r#"
            `lines` of line 1 is called with arguments that fit. What does the caller get from this call alone?
              * A generator; no line of the body has run yet: The `yield` in line 3 belongs to `lines`, so a call only makes the generator. The first `next()` starts the body.
                A list of everything that the `yield`s hand out: Nobody collects the items unless the caller does, as with `list(…)`.
                What the body returns, when it has run to its end: With a `yield` of its own `lines` does not run when it is called.
                What the first `yield` hands out, at which the body waits: That is what the first `next()` of the generator gives. The call itself starts nothing.
                from lines [1, 3]
            `tables` of line 5 is called with arguments that fit. What does the caller get from this call alone?
              * What the body returns, when it has run to its end: The `yield` in line 7 belongs to a function inside `tables`. `tables` itself is a plain function, and its body runs at once.
                A generator; no line of the body has run yet: So it would be with a `yield` of its own. The one in line 7 belongs to a function inside it.
                A list of everything that the `yield`s hand out: Nobody collects the items unless the caller does, as with `list(…)`.
                What the first `yield` hands out, at which the body waits: Neither a plain function nor a generator function gives that to its caller.
                from lines [5, 7]
            `rows` of line 6 is called with arguments that fit. What does the caller get from this call alone?
              * A generator; no line of the body has run yet: The `yield` in line 7 belongs to `rows`, so a call only makes the generator. The first `next()` starts the body.
                A list of everything that the `yield`s hand out: Nobody collects the items unless the caller does, as with `list(…)`.
                What the body returns, when it has run to its end: With a `yield` of its own `rows` does not run when it is called.
                What the first `yield` hands out, at which the body waits: That is what the first `next()` of the generator gives. The call itself starts nothing.
                from lines [6, 7]
        "#]],
    );
}

#[test]
fn what_the_second_reader_gets() {
    check(
        r#"def report(orders):
    prices = (order.price for order in orders)
    total = sum(prices)
    return total, sorted(prices)

def other(orders):
    prices = [order.price for order in orders]
    total = sum(prices)
    return total, sorted(prices)
"#,
        expect![[r#"
            `prices` was read to its end in line 3, and nothing was raised. What does `sorted(prices)` in line 4 find in it?
              * No items: it goes on as with an empty list: `prices` is a generator, made in line 2. It has ended, and an ended generator hands out nothing more.
                All the items that were there the first time: A list would give them again. The generator of line 2 does not start anew.
                No items: the read raises `StopIteration`: The generator raises it, but the reader takes it as the end and finds nothing.
                One item, the last one: A generator keeps none of the items that it has handed out.
                from lines [2, 3, 4]
            `prices` was read to its end in line 8, and nothing was raised. What does `sorted(prices)` in line 9 find in it?
              * All the items that were there the first time: What `prices` is bound to in line 7 keeps its items, and each reader gets an iterator of its own.
                No items: it goes on as with an empty list: So it would be with an iterator. The value of line 7 is a container.
                No items: the read raises `StopIteration`: An iterator's end is no error for the reader, and the container of line 7 is not at an end.
                One item, the last one: Each reader starts with the first item.
                from lines [7, 8, 9]
        "#]],
    );
}

#[test]
fn how_a_with_is_left() {
    check(
        r#"import threading

lock = threading.Lock()

def copy(source):
    with lock, open(source) as file:
        return file.read()

class Quiet:
    def __enter__(self):
        return self

    def __exit__(self, *exc):
        return True

class Loud:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        print("left")
"#,
        expect![[r#"
            The `with` in line 6 has the items `lock` and `open(source)`. In which order does this happen, when nothing is raised?
              1 `__enter__` of `lock`: The items are entered from the left to the right.
              2 `__enter__` of `open(source)`: It counts as a `with` inside that of `lock`.
              3 the block: It runs when all items are entered.
              4 `__exit__` of `open(source)`: The inner `with` is left first.
              5 `__exit__` of `lock`: The outer `with` ends last, so `lock` still stands when `open(source)` is left.
                from lines [6, 6]
            The block of a `with` that calls `Quiet.__exit__` of line 13 raises `KeyError`, and `Quiet.__exit__` itself raises nothing. What happens?
              * It runs and the `KeyError` is gone: the program goes on behind the `with`: `Quiet.__exit__` returns a true value on every way, which tells Python to drop the exception.
                It does not run: the `KeyError` goes on to the code around the `with`: `__exit__` runs on every way out of the block; that is what it is for.
                It runs, and then the `KeyError` goes on to the code around the `with`: So it would be with a false value, such as `None`. `Quiet.__exit__` returns a true one.
                It runs, and then the block is tried once more: No statement runs a block again but a loop.
                from lines [13]
            The block of a `with` that calls `Loud.__exit__` of line 20 raises `KeyError`, and `Loud.__exit__` itself raises nothing. What happens?
              * It runs, and then the `KeyError` goes on to the code around the `with`: `Loud.__exit__` returns a false value on every way; a `return` that is missing gives `None`, which is false.
                It does not run: the `KeyError` goes on to the code around the `with`: `__exit__` runs on every way out of the block; that is what it is for.
                It runs and the `KeyError` is gone: the program goes on behind the `with`: That takes a true value. `Loud.__exit__` returns none.
                It runs, and then the block is tried once more: No statement runs a block again but a loop.
                from lines [20]
        "#]],
    );
}

#[test]
fn what_coroutines_do() {
    check(
        r#"import asyncio
import time

async def fetch(n):
    time.sleep(1)
    await asyncio.sleep(n)

async def main():
    one, two = await asyncio.gather(fetch(2), fetch(1))

async def ticks():
    while True:
        yield 1
"#,
        expect![[r#"
            `fetch` of line 4 is called with arguments that fit, without `await`. What does the call give?
              * A coroutine; no line of the body has run: A call of an `async def` only makes a coroutine. It runs when it is awaited, or as a task.
                A task that the event loop runs in the background: Only `asyncio.create_task` and the like make one, out of a coroutine.
                An asynchronous generator; no line of the body has run: That takes a `yield` in the body of the `async def` itself.
                What the body returns, when it has run to its end: That is what `await` gives for the coroutine.
                from lines [4]
            `fetch` runs as a task of an event loop and comes to `time.sleep(1)` in line 5. What about the other tasks of this loop until it is done?
              * None of them runs meanwhile: The call does not give control back: it keeps the one thread of the event loop until it returns.
                Only those of other functions run meanwhile: Tasks do not care for functions. The thread is kept, so none of them runs.
                They run if it takes longer than a time slice: An event loop has no time slices: nothing interrupts a task between two `await`s.
                Those that are ready run meanwhile: That takes an `await` of something that waits. This call keeps the thread to itself.
                from lines [5]
            `fetch` runs as a task of an event loop and comes to `await asyncio.sleep(n)` in line 6. What about the other tasks of this loop until it is done?
              * Those that are ready run meanwhile: The `await` gives control to the event loop, which runs what is ready until the time is over.
                None of them runs meanwhile: So it would be with `time.sleep`, which keeps the thread.
                Only those of other functions run meanwhile: Each task is suspended on its own; several of one function run as well as any others.
                They run if it takes longer than a time slice: They need not wait for that: the `await` gives control back at once.
                from lines [6]
            `main` of line 8 is called with arguments that fit, without `await`. What does the call give?
              * A coroutine; no line of the body has run: A call of an `async def` only makes a coroutine. It runs when it is awaited, or as a task.
                A task that the event loop runs in the background: Only `asyncio.create_task` and the like make one, out of a coroutine.
                An asynchronous generator; no line of the body has run: That takes a `yield` in the body of the `async def` itself.
                What the body returns, when it has run to its end: That is what `await` gives for the coroutine.
                from lines [8]
            `asyncio.gather` in line 9 awaits several things, from `fetch(2)` to `fetch(1)`. In which order does its list hold the results?
              * In the order of the arguments: The place of a result is that of its argument: `fetch(2)` first and `fetch(1)` at the end, whatever finishes first.
                In any order: it may differ from run to run: When they finish may differ from run to run; where the results stand does not.
                In the order in which they finish: They may finish in any order, but the results are put where their arguments stand. `asyncio.as_completed` goes by time.
                Sorted, the smallest result first: Results are not compared at all.
                from lines [9]
            `ticks` of line 11 is called with arguments that fit, without `await`. What does the call give?
              * An asynchronous generator; no line of the body has run: The `async def` has a `yield` of its own, so a call makes an asynchronous generator. `async for` reads it.
                A coroutine; no line of the body has run: So it would be without the `yield`. This one cannot be awaited.
                A task that the event loop runs in the background: Only `asyncio.create_task` and the like make one, out of a coroutine.
                What the body returns, when it has run to its end: Nothing runs before `async for` asks for the first item.
                from lines [11]
        "#]],
    );
}

#[test]
fn what_isinstance_looks_at() {
    check(
        "def f(x):\n    if isinstance(x, list):\n        return 1\n    return isinstance(x, dict[str, int])\n",
        expect![[r#"
            What does `isinstance(x, list)` in line 2 look at when it runs?
              * The type of `x`, and nothing in it: `list` is a class, and the check asks whether `x` is an instance of it. What is inside does not matter.
                Nothing: it raises `TypeError`: So it would be for a type with parameters. `list` is a plain class.
                The type of `x`, and that of each item in it: No check at run time looks at the items unless it is written out, as with `all(…)`.
                The type of `x`, and that of its first item: Neither the first item nor any other is looked at.
                from lines [2]
            What does `isinstance(x, dict[str, int])` in line 4 look at when it runs?
              * Nothing: it raises `TypeError`: `dict[str, int]` has parameters, and `isinstance` refuses such types. The class without them will do.
                The type of `x`, and nothing in it: That is what the class without its parameters would do.
                The type of `x`, and that of each item in it: A check of all items would have to be written out, as with `all(…)`.
                The type of `x`, and that of its first item: Neither the first item nor any other is looked at.
                from lines [4]
        "#]],
    );
}

#[test]
fn what_containers_do() {
    check(
        r#"from collections import Counter, defaultdict, deque

def group(words):
    counts = Counter(words)
    plain = {}
    lists = defaultdict(list)
    print(counts["a"], plain["a"], lists["a"])
    queue = deque(words)
    other = list(words)
    while queue:
        queue.popleft()
        other.pop(0)
"#,
        expect![[r#"
            `counts["a"]` in line 7 is evaluated, and `counts` has no such key. What comes of it?
              * It gives `0`, and `counts` stays as it is: `counts` is made in line 4 as a `Counter`, for which a missing element has the count 0. Reading adds nothing.
                It gives `None`, and `counts` stays as it is: That is what `get` gives. Square brackets do not.
                It gives a new value, which is in `counts` from then on: A `defaultdict` does so. Reading a `Counter` adds nothing.
                `KeyError` is raised: A `dict` raises it. `counts` is a `Counter`.
                from lines [4, 7]
            `plain["a"]` in line 7 is evaluated, and `plain` has no such key. What comes of it?
              * `KeyError` is raised: `plain` is made in line 5 as a `dict`, which raises for a key that it does not have.
                It gives `0`, and `plain` stays as it is: A `Counter` does so. `plain` is a `dict`.
                It gives `None`, and `plain` stays as it is: That is what `get` gives. Square brackets do not.
                It gives a new value, which is in `plain` from then on: A `defaultdict` does so. `plain` is a `dict`.
                from lines [5, 7]
            `lists["a"]` in line 7 is evaluated, and `lists` has no such key. What comes of it?
              * It gives a new value, which is in `lists` from then on: `lists` is made in line 6 as a `defaultdict`: it calls its factory and keeps what that returns.
                It gives `0`, and `lists` stays as it is: A `Counter` does so, and adds nothing. A `defaultdict` keeps what its factory makes, whatever that is.
                It gives `None`, and `lists` stays as it is: That is what `get` gives. Square brackets do not.
                `KeyError` is raised: A `dict` raises it, and so does a `defaultdict` without a factory. This one has a factory.
                from lines [6, 7]
            `queue` grows. How does the time that `queue.popleft()` in line 11 usually takes grow with the number of elements?
              * Not at all: `queue` is a `deque`. It takes the first one away; a list would move all others.
                In proportion to it: Nothing has to be looked at or moved for each element. `queue` is a `deque`. It takes the first one away; a list would move all others.
                With its logarithm: That is the cost of a search in something sorted, as by `bisect`.
                With its square: That is what a loop over all elements with such an operation for each would cost, were it linear.
                from lines [11]
            `other` grows. How does the time that `other.pop(0)` in line 12 usually takes grow with the number of elements?
              * In proportion to it: `other` is a `list`. It takes the first one away and moves all others down by one.
                Not at all: The other elements have a part in it. `other` is a `list`. It takes the first one away and moves all others down by one.
                With its logarithm: That is the cost of a search in something sorted, as by `bisect`.
                With its square: That is what a loop over all elements with this operation for each costs.
                from lines [12]
        "#]],
    );
}

#[test]
fn how_classes_are_made() {
    check(
        r#"class Meta(type):
    def __new__(mcls, name, bases, namespace):
        return super().__new__(mcls, name, bases, namespace)

    def __init__(cls, name, bases, namespace):
        super().__init__(name, bases, namespace)

class Base(metaclass=Meta):
    pass

class Left(Base):
    pass

class Right(Base):
    pass

class Both(Left, Right):
    pass

class Plain: ...
class Child(Plain): ...
"#,
        expect![[r#"
            The `class` statement of `Base` in line 8 runs. In which order do these begin?
              1 the body of `Base`: It fills the namespace, before there is a class.
              2 `__new__` of `Meta`: It gets the namespace that the body has filled, and makes the class.
              3 `__init__` of `Meta`: It gets the finished class from `__new__`.
                from lines [8]
            `Left` in line 11 derives from `Base`. What is `type(…)` of the class `Left` itself?
              * Meta: `Left` gets the metaclass `Meta` from its base `Base`.
                Base: That is a class that `Left` derives from. The type of a class is its metaclass.
                object: All classes derive from `object`, but none is made by it.
                type: So it would be if no base had another metaclass. `Base` has `Meta`.
                from lines [11]
            The `class` statement of `Left` in line 11 runs. In which order do these begin?
              1 the body of `Left`: It fills the namespace, before there is a class.
              2 `__new__` of `Meta`: It gets the namespace that the body has filled, and makes the class.
              3 `__init__` of `Meta`: It gets the finished class from `__new__`.
                from lines [11]
            `Right` in line 14 derives from `Base`. What is `type(…)` of the class `Right` itself?
              * Meta: `Right` gets the metaclass `Meta` from its base `Base`.
                Base: That is a class that `Right` derives from. The type of a class is its metaclass.
                object: All classes derive from `object`, but none is made by it.
                type: So it would be if no base had another metaclass. `Base` has `Meta`.
                from lines [14]
            The `class` statement of `Right` in line 14 runs. In which order do these begin?
              1 the body of `Right`: It fills the namespace, before there is a class.
              2 `__new__` of `Meta`: It gets the namespace that the body has filled, and makes the class.
              3 `__init__` of `Meta`: It gets the finished class from `__new__`.
                from lines [14]
            `Both` in line 17 has the bases `Left`, `Right`. In which order are the classes searched for an attribute of an instance of `Both`?
              1 Both: The search begins with the class of the instance.
              2 Left: A class comes before its own bases, and the bases of each class keep their order. Nothing comes twice.
              3 Right: A class comes before its own bases, and the bases of each class keep their order. Nothing comes twice.
              4 Base: A class comes before its own bases, and the bases of each class keep their order. Nothing comes twice.
              5 object: All classes derive from it, so it comes last.
                from lines [17]
            `Both` in line 17 derives from `Left`, `Right`. What is `type(…)` of the class `Both` itself?
              * Meta: `Both` gets the metaclass `Meta` from its base `Left`.
                Left: That is a class that `Both` derives from. The type of a class is its metaclass.
                object: All classes derive from `object`, but none is made by it.
                type: So it would be if no base had another metaclass. `Left` has `Meta`.
                from lines [17]
            The `class` statement of `Both` in line 17 runs. In which order do these begin?
              1 the body of `Both`: It fills the namespace, before there is a class.
              2 `__new__` of `Meta`: It gets the namespace that the body has filled, and makes the class.
              3 `__init__` of `Meta`: It gets the finished class from `__new__`.
                from lines [17]
            `Child` in line 21 derives from `Plain`. What is `type(…)` of the class `Child` itself?
              * type: No base of `Child` has another metaclass than `type`, and the head names none.
                ABCMeta: That is the metaclass of classes that derive from `ABC`, or name it.
                Plain: That is a class that `Child` derives from. The type of a class is its metaclass.
                object: All classes derive from `object`, but none is made by it.
                from lines [21]
        "#]],
    );
}

#[test]
fn how_often_a_default_is_made() {
    check(
        r#"def add(item, items=[]):
    items.append(item)
    return items

def new(item, items=None):
    if items is None:
        items = []
    items.append(item)
    return items
"#,
        expect![[r#"
            Three calls of `add` of line 1 leave out `items`. How many objects does the expression `[]` make in all, from the `def` on?
              * One, when the `def` runs: A default is evaluated by the `def`, once. The calls share what it made.
                Four: one when the `def` runs, and one at each call: A call does not evaluate a default, so the one object of the `def` is all there is.
                One, at the first of the calls: The object is there before any call: the `def` made it.
                Three, one at each call: That takes an expression in the body. A call does not evaluate a default.
                from lines [1, 1]
            Three calls of `new` of line 5 leave out `items`. How many objects does the expression `[]` make in all, from the `def` on?
              * Three, one at each call: The default is `None`, and `[]` in line 7 is evaluated in each call that finds it so.
                Four: one when the `def` runs, and one at each call: The `def` evaluates the default, which is `None`. It makes no object of `[]`.
                One, at the first of the calls: The default is `None` again at the second call, since the assignment changes a local variable only.
                One, when the `def` runs: So it would be with `[]` as the default. Here the default is `None`.
                from lines [5, 7]
        "#]],
    );
}
