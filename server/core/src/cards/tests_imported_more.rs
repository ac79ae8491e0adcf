//! Cards about generators, data classes, class decorators and overridden methods of another file, and
//! about names that `from … import *` brings.

use expect_test::expect;

use super::testing::{check_hover_in, snapshot_in};

const LIB: &str = "//- lib/kit.py
from dataclasses import dataclass
import typing

def numbers():
    try:
        while len(seen) < 3:
            got = yield 1
    finally:
        print('end')
    return 'sum'

def forever():
    while True:
        yield 1

@dataclass
class Point:
    x: int
    y: int = 0

@dataclass(frozen=True)
class Fixed:
    x: int

class Count:
    def __init__(self, func):
        self.func = func

    def __call__(self, *args):
        return self.func(*args)

class Base:
    def run(self): ...

class Middle(Base): ...
";

fn of(app: &str) -> String {
    format!(
        "//- app.py\nfrom lib.kit import *\nimport contextlib\nimport dataclasses\nimport typing\n{app}{LIB}"
    )
}

/// The card without what is said in the interview and below.
fn card(app: &str) -> String {
    let card = snapshot_in(&of(app));
    let end = card.find("\n**Say in the interview**").unwrap_or(card.len());
    card[..end].trim_end().to_owned() + "\n"
}

#[test]
fn a_generator_that_is_read_to_its_end() {
    expect![[r#"
        print(list(numbers()))
              ▔▔▔▔

        `list` reads `numbers()` and stores the items in a list of its own.

        **Here**

        - The items come from `numbers`, defined on line 4 of `lib/kit.py`; its body
          runs during this call.
        - `numbers()` makes an iterator for this call alone.
    "#]]
    .assert_eq(&card("print(li$0st(numbers()))\n"));
    expect![[r#"
        print(sum(forever()))
              ▔▔▔

        `sum` reads `forever()` and adds the items up one by one. `sum` never returns:
        `forever()` has no end.

        **Here**

        - The items come from `forever`, defined on line 12 of `lib/kit.py`; its body
          runs during this call.
        - `forever()` makes an iterator for this call alone.
    "#]]
    .assert_eq(&card("print(su$0m(forever()))\n"));
    expect![[r#"
        print(list(n))
              ▔▔▔▔

        `list` reads `n` and stores the items in a list of its own. Nothing comes from
        it: `n` was read to its end on line 6.

        **Here**

        - The items come from `numbers`, defined on line 4 of `lib/kit.py`; its body
          runs during this call.
    "#]]
    .assert_eq(&card("n = numbers()\nlist(n)\nprint(li$0st(n))\n"));
    expect![[r#"
        n = numbers()
        ▔

        `n` holds the generator that `numbers()` on line 5 makes; it can be read once.

        **Here**

        - `sum(n)` on line 7 gets nothing: it comes after the end.
        - Read by `list(n)` on line 6.
        - Its items come from `numbers`, defined on line 4 of `lib/kit.py`.
        - To read it again, make it anew, or keep a list if it is small.
    "#]]
    .assert_eq(&card("n$0 = numbers()\nlist(n)\nsum(n)\n"));
}

#[test]
fn a_generator_that_another_one_hands_on() {
    expect![[r#"
            got = yield from numbers()
                  ▔▔▔▔▔

        `all` hands out everything that `numbers()` gives, one by one, and then goes on.
        For a reader that only asks for the next item it is the same as:

        ```python
        for item in numbers():
            yield item
        ```

        **Here**

        - It reads a generator of `numbers`, from line 4 of `lib/kit.py`: `send()` and
          `throw()` go straight to it.
        - `got` gets what `numbers` returns on line 10 of `lib/kit.py`.
    "#]]
    .assert_eq(&card("def all():\n    got = yiel$0d from numbers()\n"));
    expect![[r#"
            yield from forever()
            ▔▔▔▔▔

        `all` hands out everything that `forever()` gives, one by one, and then goes on.
        For a reader that only asks for the next item it is the same as:

        ```python
        for item in forever():
            yield item
        ```

        **Here**

        - It reads a generator of `forever`, from line 12 of `lib/kit.py`: `send()` and
          `throw()` go straight to it.
    "#]]
    .assert_eq(&card("def all():\n    yiel$0d from forever()\n"));
}

#[test]
fn a_generator_that_is_sent_to_and_closed() {
    expect![[r#"
        n.send(1)
          ▔▔▔▔

        `1` becomes the value of the `yield` at which `numbers`, defined on line 4 of
        `lib/kit.py`, is paused; it runs on to the next one, whose value this returns.

        **Here**

        - It may be paused on line 7 of `lib/kit.py`.
        - `got` gets it, on line 7 of `lib/kit.py`.
    "#]]
    .assert_eq(&card("n = numbers()\nnext(n)\nn.se$0nd(1)\n"));
    expect![[r#"
        n.close()
          ▔▔▔▔▔

        `n` is ended: `GeneratorExit` is raised at the `yield` where `numbers`, defined
        on line 4 of `lib/kit.py`, is paused.

        **Here**

        - It may be paused on line 7 of `lib/kit.py`.
        - The `finally` on line 8 of `lib/kit.py` runs, if it is paused inside.
    "#]]
    .assert_eq(&card("n = numbers()\nnext(n)\nn.clo$0se()\n"));
    expect![[r#"
        with contextlib.closing(numbers()) as n:
             ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

        `close()` of `numbers()` is called when the block ends, on line 7 or before.

        - `numbers` on line 4 of `lib/kit.py` is then finished at the `yield` where it
          is paused, instead of when the generator is collected.
        - What the statement on line 5 of `lib/kit.py` cleans up is cleaned up at the
          end of the block, too.

        **Here**

        - The way out on line 7 can leave the generator unfinished; this is what
          `closing` is for.
    "#]]
    .assert_eq(&card(
        "with contextlib.clos$0ing(numbers()) as n:\n    for x in n:\n        break\n",
    ));
}

#[test]
fn a_data_class_below_one_of_another_file() {
    expect![[r#"
        @dataclasses.dataclass
        ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

        Calls look like `Place(x: int, y: int = 0, name: str = '')`: `__init__` is
        generated from the fields. `Place` is a data class: methods are generated from
        the annotated names of its body.

        **Here**

        - Fields of this body: `name: str = ''`.
        - Inherited, and in front of these: `x`, `y`.
        - Generated: `__init__`, `__repr__`, `__eq__`.
        - `__hash__` is `None`: instances cannot be keys of a dict or members of a set.
    "#]]
    .assert_eq(&card("@dataclasses.data$0class\nclass Place(Point):\n    name: str = ''\n"));
    expect![[r#"
        @dataclasses.dataclass
        ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

        `Place` is a data class: methods are generated from the annotated names of its
        body.

        **Here**

        - Making the class raises `TypeError`: `name` has no default but stands behind a
          field that has one.
        - Fields of this body: `name: str`.
        - Inherited, and in front of these: `x`, `y`.
    "#]]
    .assert_eq(&card("@dataclasses.data$0class\nclass Place(Point):\n    name: str\n"));
    expect![[r#"
        @dataclasses.dataclass
        ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

        `Place` is a data class: methods are generated from the annotated names of its
        body.

        **Here**

        - Making the class raises `TypeError`: of `Place` and its base `Fixed` only one
          is frozen.
        - Fields of this body: `name: str`.
    "#]]
    .assert_eq(&card("@dataclasses.data$0class\nclass Place(Fixed):\n    name: str\n"));
}

#[test]
fn a_class_of_another_file_as_decorator() {
    check_hover_in(
        &of("class Api:\n    @Cou$0nt\n    def get(self): ...\n"),
        expect![[r#"
                @Count
                ▔▔▔▔▔▔

            The method `get` becomes an instance of `Count`: `Count(get)`.

            **Here**

            - `Count` is defined on line 25 of `lib/kit.py`.
            - `__call__` on line 29 of `lib/kit.py` runs when the instance is called.
            - In `Api` it is no method: without `__get__` an instance is not bound, so
              `__call__` does not receive `self` of `Api`.
            - The instance has no `__name__`.

            **Say in the interview**

            Any callable can decorate, a class too: calling the class makes an instance, and
            the instance takes the function's place. Functions become methods because they
            have `__get__`; instances of a class of your own have none unless you write it.

            **Watch for**

            - State on the instance is shared by all callers of the decorated function.

            [Emulating callable objects](https://docs.python.org/3/reference/datamodel.html#emulating-callable-objects) · [Functions and methods](https://docs.python.org/3/howto/descriptor.html#functions-and-methods)
        "#]],
    );
}

#[test]
fn an_overridden_method_of_another_file() {
    expect![[r#"
            @typing.override
            ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

        `run` overrides that of `Base` on line 33 of `lib/kit.py`.
    "#]]
    .assert_eq(&card("class Own(Middle):\n    @typing.over$0ride\n    def run(self): ...\n"));
    expect![[r#"
            @typing.override
            ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

        No base of `Own` has a `runs` to override: type checkers report it, Python does
        not.
    "#]]
    .assert_eq(&card("class Own(Middle):\n    @typing.over$0ride\n    def runs(self): ...\n"));
}

#[test]
fn what_is_not_certain_is_not_said() {
    for app in [
        "if x:\n    numbers = list\nprint(li$0st(numbers()))\n",
        "from other import *\nprint(li$0st(numbers()))\n",
        "def f(numbers):\n    print(li$0st(numbers()))\n",
        "from other import *\n@dataclasses.data$0class\nclass Place(Point):\n    name: str\n",
        "Count = wrap(Count)\n@Cou$0nt\ndef f(): ...\n",
    ] {
        let card = snapshot_in(&of(app));
        assert!(!card.contains("kit.py"), "{app}\n{card}");
    }
}
