//! Cards about classes and calls whose meaning hangs on a base that another file defines.

use expect_test::{Expect, expect};

use super::testing::snapshot_in;

const KIT: &str = "//- kit/__init__.py
from .base import Base, Frozen, Level, Listed, Named, Only, Plain, Shape, Sized, Slotted, opened
from .outside import Foreign
//- kit/outside.py
from vendor import Foreign
//- kit/base.py
import abc, contextlib, dataclasses, enum, functools
from typing import Protocol, TypedDict

class Base:
    def __eq__(self, other): ...

@functools.total_ordering
class Sized(Base):
    def __lt__(self, other): ...

class Named(enum.Enum):
    def label(self): ...

class Level(enum.Enum):
    LOW = 1

@dataclasses.dataclass(frozen=True)
class Frozen:
    x: int = 0

@dataclasses.dataclass(kw_only=True)
class Only:
    key: str

class Slotted:
    __slots__ = ('a',)

class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self): ...

class Plain(Protocol):
    def close(self): ...

class Listed(TypedDict):
    size: int

@contextlib.contextmanager
def opened(path):
    file = open(path)
    try:
        yield file
    finally:
        file.close()
";

const HEAD: &str = "import abc, dataclasses, enum, functools
from kit import *
from kit import Foreign
";

/// What the card says about the file of this text, up to the words for an interview.
fn card(app: &str) -> String {
    let card = snapshot_in(&format!("//- app.py\n{HEAD}{app}{KIT}"));
    card[..card.find("\n**Say in").unwrap_or(card.len())].trim_end().to_owned() + "\n"
}

#[track_caller]
fn check(app: &str, expect: Expect) {
    expect.assert_eq(&card(app));
}

#[test]
fn comparisons_that_a_base_brings() {
    let app = "@functools.total_ord$0ering\nclass One(Base):\n    def __gt__(self, other): ...\n";
    check(
        app,
        expect![[r#"
        @functools.total_ordering
        ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

        Added to `One`: `__lt__`, `__le__`, `__ge__`, all made from `__gt__` and
        `__eq__`.

        **Here**

        - `__eq__` of `Base` is on line 5 of `kit/base.py`.
        - `__gt__` of `One` is on line 6.
    "#]],
    );
    // What a decorator of the base has made is inherited, too.
    let app = "@functools.total_ord$0ering\nclass One(Sized):\n    def __gt__(self, other): ...\n";
    check(
        app,
        expect![[r#"
        @functools.total_ordering
        ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

        Adds nothing: `One` has all four ordering methods.

        **Here**

        - `__eq__` of `Base` is on line 5 of `kit/base.py`.
        - `__lt__` of `Sized` is on line 9 of `kit/base.py`.
        - `__gt__` of `One` is on line 6.
    "#]],
    );
    check(
        "@functools.total_ord$0ering\nclass One(Frozen):\n    pass\n",
        expect![[r#"
        @functools.total_ordering
        ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

        Making `One` raises `ValueError`: it has no `__lt__`, `__le__`, `__gt__` or
        `__ge__`.
    "#]],
    );
}

#[test]
fn enumerations_below_one_of_another_file() {
    check(
        "class Co$0lor(Named):\n    RED = 1\n    CRIMSON = 1\n",
        expect![[r#"
        class Color(Named):
              ▔▔▔▔▔

        `Color` has the members `RED`; each is the only instance with its value.

        **Here**

        - `CRIMSON` is no member but another name of `RED`: same value.
        - Its metaclass is `EnumMeta`: it makes `len` of the class and loops over it
          work.
    "#]],
    );
    check(
        "class Color(Named):\n    R$0ED = 1\n",
        expect![[r#"
            RED = 1
            ▔▔▔

        `Color.RED` is an instance of `Color`, not the value that is written here.

        **Here**

        - Its `name` is `'RED'`.
    "#]],
    );
    check(
        "class Mo$0re(Level):\n    HIGH = 2\n",
        expect![[r#"
        class More(Level):
              ▔▔▔▔

        Making `More` raises `TypeError`: `Level` has members, and cannot be extended.

        **Here**

        - Its metaclass is `EnumMeta`: it makes `len` of the class and loops over it
          work.
    "#]],
    );
}

#[test]
fn data_classes_below_one_of_another_file() {
    check(
        "@dataclasses.data$0class\nclass One(Frozen):\n    y: int = 1\n",
        expect![[r#"
        @dataclasses.dataclass
        ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

        `One` is a data class: methods are generated from the annotated names of its
        body.

        **Here**

        - Making the class raises `TypeError`: of `One` and its base `Frozen` only one
          is frozen.
        - Fields of this body: `y: int = 1`.
    "#]],
    );
    check(
        "@dataclasses.data$0class(slots=True)\nclass One(Only):\n    y: int\n",
        expect![[r#"
        @dataclasses.dataclass(slots=True)
        ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

        Calls look like `One(y: int, *, key: str)`: `__init__` is generated from the
        fields. `One` is a data class: methods are generated from the annotated names of
        its body.

        **Here**

        - Fields of this body: `y: int`.
        - Inherited, and in front of these: `key`.
        - Generated: `__init__`, `__repr__`, `__eq__`.
        - `__hash__` is `None`: instances cannot be keys of a dict or members of a set.
        - `slots=True` returns a new class: `One` is not the object that the `class`
          statement made.
    "#]],
    );
}

#[test]
fn attributes_below_slots_of_another_file() {
    let app = "class One(Slotted):\n    __slots__ = ()\n    @functools.cached_prop$0erty\n    \
               def kept(self): ...\n";
    check(
        app,
        expect![[r#"
            @functools.cached_property
            ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

        Reading `obj.kept` raises `TypeError`: `__slots__` on line 5 leaves instances of
        `One` no `__dict__` to store the result in.
    "#]],
    );
}

#[test]
fn abstract_methods_below_one_of_another_file() {
    check(
        "class One(Shape):\n    @abc.abstract$0method\n    def more(self): ...\n",
        expect![[r#"
            @abc.abstractmethod
            ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

        `One` and its subclasses cannot be instantiated until `more` is overridden:
        through `Shape` the metaclass is `ABCMeta`. The decorator marks `more` as
        abstract and returns it unchanged; only the metaclass `ABCMeta` acts on the
        mark.
    "#]],
    );
}

#[test]
fn checks_against_classes_of_another_file() {
    check(
        "def f(x):\n    return isin$0stance(x, Plain)\n",
        expect![[r#"
            return isinstance(x, Plain)
                   ▔▔▔▔▔▔▔▔▔▔

        `isinstance(x, Plain)` always raises `TypeError`: `Plain` is no class to ask
        about.

        **Here**

        - `Plain` is for type checkers; a protocol can be asked about at run time only
          with `@typing.runtime_checkable`, and then for the names of its methods alone.
    "#]],
    );
    check(
        "def f(x):\n    return isin$0stance(x, Listed)\n",
        expect![[r#"
            return isinstance(x, Listed)
                   ▔▔▔▔▔▔▔▔▔▔

        `isinstance(x, Listed)` always raises `TypeError`: `Listed` is no class to ask
        about.

        **Here**

        - `Listed` is for type checkers; at run time there are only dicts.
    "#]],
    );
}

#[test]
fn a_manager_that_a_package_hands_on() {
    check(
        "def f():\n    wi$0th opened('a') as file:\n        pass\n",
        expect![[r#"
            with opened('a') as file:
            ▔▔▔▔

        `opened` runs up to its `yield` on line 42 of `kit/base.py`, then the block,
        then the rest of `opened`. `file` is `file`, which is yielded. An exception of
        the block passes on.

        **Here**

        - The `finally` on line 43 of `kit/base.py` runs also when the block raises.

        ```python
        manager = opened('a')
        value = manager.__enter__()
        try:
            file = value
            ...
        finally:
            manager.__exit__(…)
        ```
    "#]],
    );
}

#[test]
fn what_is_not_certain_is_not_said() {
    let of = |app: &str| {
        let card = card(app);
        let words =
            ["base.py", "Making", "Reading", "all made from", "until", "another name", "look like"];
        assert!(!words.iter().any(|word| card.contains(word)), "{app}\n{card}");
    };
    // From an installed package, from nowhere, and bound twice.
    for head in ["", "from gone import Base\n", "if x:\n    Base = object\n"] {
        let base = if head.is_empty() { "Foreign" } else { "Base" };
        of(&format!("{head}@functools.total_ord$0ering\nclass One({base}):\n    pass\n"));
        of(&format!("{head}class One({base}):\n    @abc.abstract$0method\n    def f(self): ...\n"));
        of(&format!("{head}class On$0e({base}, enum.Enum):\n    A = 1\n    B = 1\n"));
        of(&format!(
            "{head}@dataclasses.data$0class(frozen=True)\nclass One({base}):\n    x: int\n"
        ));
    }
    let app = "class One(Slotted, Foreign):\n    __slots__ = ()\n    @functools.cached_prop$0erty\n    \
               def kept(self): ...\n";
    of(app);
}

#[test]
fn a_circle_of_imports_and_private_names_say_nothing() {
    let circle = "//- app.py\nimport functools\nfrom a import Base\n\
                  @functools.total_ord$0ering\nclass One(Base):\n    pass\n\
                  //- a.py\nfrom b import Base\n//- b.py\nfrom a import Base\n";
    let card = snapshot_in(circle);
    assert!(card.contains("that `One` lacks are added"), "{card}");
    let own = "//- app.py\nimport functools\nfrom app import Base\nclass Other(Base): ...\n\
               @functools.total_ord$0ering\nclass Base(Other):\n    pass\n";
    assert!(snapshot_in(own).contains("that `Base` lacks are added"));
    let private = "//- app.py\nimport functools\nfrom a import *\n\
                   @functools.total_ord$0ering\nclass One(_Base):\n    pass\n\
                   //- a.py\nclass _Base:\n    def __lt__(self, other): ...\n";
    let card = snapshot_in(private);
    assert!(card.contains("that `One` lacks are added"), "{card}");
    // With `__all__` it is handed on.
    let card = snapshot_in(&format!("{private}__all__ = ['_Base']\n"));
    assert!(card.contains("`__lt__` of `_Base` is on line 2 of `a.py`"), "{card}");
}
