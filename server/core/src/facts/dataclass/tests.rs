use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn fields_and_what_is_generated() {
    check_hover(
        "\
from dataclasses import dataclass, field, InitVar
from typing import ClassVar

@data$0class
class Point:
    x: int
    y: int = 0
    tags: list[str] = field(default_factory=list)
    count: ClassVar[int] = 0
    seed: InitVar[int] = 1
    scale = 2

    def __post_init__(self, seed): ...
",
        expect![[r#"
            @dataclass
            ▔▔▔▔▔▔▔▔▔▔

            The generated `__init__` takes, in this order: `x: int`, `y: int = 0`,
            `tags: list[str] = <factory>`, `seed: InitVar[int] = 1`. `Point` is a data
            class: methods are generated from the annotated names of its body.

            **Here**

            - Fields of this body: `x: int`, `y: int = 0`, `tags: list[str] = <factory>`.
            - Handed to `__init__` and `__post_init__`, not stored: `seed`.
            - `tags` calls `list` anew for each instance without a value.
            - Not fields, as they are `ClassVar`: `count`.
            - Not fields, as they have no annotation: `scale`.
            - `__post_init__` on line 13 runs at the end of the generated `__init__`.
            - Generated: `__init__`, `__repr__`, `__eq__`.
            - `__hash__` is `None`: instances cannot be keys of a dict or members of a set.

            **Say in the interview**

            `@dataclass` returns the same class with special methods added: it reads the
            annotations and writes no checks of types. With `eq=True` and not `frozen` it
            makes instances unhashable, since equal objects must have equal hashes and a
            mutable one cannot promise that.

            **Watch for**

            - A default is one object for all instances; a mutable one needs
              `default_factory`.
            - `frozen` stops assignment, not changes inside a list or dict that a field
              holds.

            **Version**

            - 3.10: `slots`, `kw_only` and `match_args` are new.
            - 3.11: any unhashable default is refused, before only `list`, `dict` and `set`.

            For Python `3.9`, as no file says which ·
            [dataclasses](https://docs.python.org/3/library/dataclasses.html#dataclasses.dataclass) · [Mutable default values](https://docs.python.org/3/library/dataclasses.html#mutable-default-values) · [PEP 557](https://peps.python.org/pep-0557/)
        "#]],
    );
}

#[test]
fn a_class_that_cannot_be_made() {
    check_hover(
        "import dataclasses as dc\n@dc.dataclass(frozen=True)\nclass Ba$0d:\n    items: list = []\n    z = dc.field()\n",
        expect![[r#"
            class Bad:
                  ▔▔▔

            `Bad` is a data class: methods are generated from the annotated names of its
            body.

            **Here**

            - Making the class raises `ValueError`: `items` has the default `[]`, and one
              `list` would be shared by all instances. Write `field(default_factory=…)`.
            - Making the class raises `TypeError`: `z` has a `field()` and no annotation.
            - Fields of this body: `items: list = []`.
            - `frozen=True`: assigning to a field raises `FrozenInstanceError`.

            **Say in the interview**

            `@dataclass` returns the same class with special methods added: it reads the
            annotations and writes no checks of types. With `eq=True` and not `frozen` it
            makes instances unhashable, since equal objects must have equal hashes and a
            mutable one cannot promise that.

            **Watch for**

            - A default is one object for all instances; a mutable one needs
              `default_factory`.
            - `frozen` stops assignment, not changes inside a list or dict that a field
              holds.

            **Version**

            - 3.10: `slots`, `kw_only` and `match_args` are new.
            - 3.11: any unhashable default is refused, before only `list`, `dict` and `set`.

            For Python `3.9`, as no file says which ·
            [dataclasses](https://docs.python.org/3/library/dataclasses.html#dataclasses.dataclass) · [Mutable default values](https://docs.python.org/3/library/dataclasses.html#mutable-default-values) · [PEP 557](https://peps.python.org/pep-0557/)
        "#]],
    );
}

#[test]
fn frozen_slots_and_inheritance() {
    check_hover(
        "\
from dataclasses import dataclass, KW_ONLY

@dataclass(frozen=True)
class Base:
    id: int

@datac$0lass(frozen=True, slots=True)
class User(Base):
    names: list[str]
    _: KW_ONLY
    admin: bool = False

    def show(self):
        return super().show()
",
        expect![[r#"
            @dataclass(frozen=True, slots=True)
            ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            Calls look like `User(id: int, names: list[str], *, admin: bool = False)`:
            `__init__` is generated from the fields. `User` is a data class: methods are
            generated from the annotated names of its body.

            **Here**

            - Fields of this body: `names: list[str]`, `admin: bool = False`.
            - Inherited, and in front of these: `id`.
            - To be passed by name: `admin`.
            - Generated: `__init__`, `__repr__`, `__eq__`, `__setattr__`, `__delattr__`,
              `__hash__`.
            - `hash()` of an instance is made from its fields.
            - That hash fails, as these hold values without one: `names`.
            - `frozen=True`: assigning to a field raises `FrozenInstanceError`.
            - `slots=True` returns a new class: `User` is not the object that the `class`
              statement made.
            - `super()` without arguments on line 14 looks for the class that the statement
              made: `TypeError` before 3.14.

            **Say in the interview**

            `@dataclass` returns the same class with special methods added: it reads the
            annotations and writes no checks of types. With `eq=True` and not `frozen` it
            makes instances unhashable, since equal objects must have equal hashes and a
            mutable one cannot promise that.

            **Watch for**

            - A default is one object for all instances; a mutable one needs
              `default_factory`.
            - `frozen` stops assignment, not changes inside a list or dict that a field
              holds.

            **Version**

            - 3.10: `slots`, `kw_only` and `match_args` are new.
            - 3.11: any unhashable default is refused, before only `list`, `dict` and `set`.

            For Python `3.9`, as no file says which ·
            [dataclasses](https://docs.python.org/3/library/dataclasses.html#dataclasses.dataclass) · [Mutable default values](https://docs.python.org/3/library/dataclasses.html#mutable-default-values) · [PEP 557](https://peps.python.org/pep-0557/)
        "#]],
    );
}

#[test]
fn what_cannot_be_told_is_left_out() {
    check_hover(
        "\
from dataclasses import dataclass
from lib import Base, column, OPTIONS

@data$0class(**OPTIONS)
class User(Base):
    name: str = column()
",
        expect![[r#"
            @dataclass(**OPTIONS)
            ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `User` is a data class: methods are generated from the annotated names of its
            body.

            **Here**

            - Fields of this body: `name: str = column()`.
            - The fields of `Base` would come first; they are not known here.

            **Say in the interview**

            `@dataclass` returns the same class with special methods added: it reads the
            annotations and writes no checks of types. With `eq=True` and not `frozen` it
            makes instances unhashable, since equal objects must have equal hashes and a
            mutable one cannot promise that.

            **Watch for**

            - A default is one object for all instances; a mutable one needs
              `default_factory`.
            - `frozen` stops assignment, not changes inside a list or dict that a field
              holds.

            **Version**

            - 3.10: `slots`, `kw_only` and `match_args` are new.
            - 3.11: any unhashable default is refused, before only `list`, `dict` and `set`.

            For Python `3.9`, as no file says which ·
            [dataclasses](https://docs.python.org/3/library/dataclasses.html#dataclasses.dataclass) · [Mutable default values](https://docs.python.org/3/library/dataclasses.html#mutable-default-values) · [PEP 557](https://peps.python.org/pep-0557/)
        "#]],
    );
}

#[test]
fn silent_when_it_is_another_dataclass() {
    for source in [
        "from pydantic.dataclasses import dataclass\n@data$0class\nclass A:\n    x: int\n",
        "from m import *\n@data$0class\nclass A:\n    x: int\n",
        "from dataclasses import dataclass\nif a:\n    dataclass = b\n@data$0class\nclass A:\n    x: int\n",
        "from dataclasses import dataclass\n@data$0class\ndef f(): ...\n",
        "from dataclasses import dataclass\n@data$0class\n@other\nclass A:\n    x: int\n",
        "from dataclasses import dataclass\n@data$0class\nclass A:\n    x: int\n    def f(:\n",
        "def dataclass(c): ...\n@data$0class\nclass A:\n    x: int\n",
    ] {
        assert_ne!(card_at(source), "dataclass", "{source}");
    }
}

#[test]
fn a_class_attribute_of_a_base_is_the_default_of_a_bare_field() {
    let source = "\
from dataclasses import dataclass

class Base:
    limit = 5

@data$0class
class Options(Base):
    name: str = ''
    limit: int
";
    let silent = snapshot_of(source);
    assert!(!silent.contains("Making the class raises"), "{silent}");
    let raises = snapshot_of(&source.replace("limit = 5", "other = 5"));
    assert!(raises.contains("Making the class raises"), "{raises}");
}

#[test]
fn fields_that_hash_and_comparisons_leave_out() {
    let card = snapshot_of(
        "\
from dataclasses import dataclass, field

@datac$0lass(frozen=True)
class Order:
    number: int
    tags: list[str] = field(default_factory=list, compare=False)
    lines: list[str] = field(default_factory=list, hash=False)
    note: str = field(default='', compare=False, hash=None)
",
    );
    assert!(card.contains("- The hash leaves out `tags`, `lines`, `note`."), "{card}");
    assert!(card.contains("- Comparisons leave out `tags`, `note`."), "{card}");
    assert!(!card.contains("That hash fails"), "{card}");
}

#[test]
fn whether_a_field_is_hashed_is_not_guessed() {
    let card = snapshot_of(
        "\
from dataclasses import dataclass, field

@datac$0lass(frozen=True)
class Order:
    number: int
    lines: list[str] = field(default_factory=list, hash=HASHED)
",
    );
    assert!(!card.contains("That hash fails") && !card.contains("leaves out"), "{card}");
}

#[test]
fn a_frozen_class_below_a_frozen_base_and_another_one() {
    let below = |options: &str| {
        snapshot_of(&format!(
            "from dataclasses import dataclass\n\
             @dataclass\nclass A:\n    x: int\n\
             @dataclass(frozen=True)\nclass B:\n    y: int\n\
             @datac$0lass{options}\nclass C(A, B):\n    z: int\n"
        ))
    };
    // Up to 3.11 it can be made, from 3.12 on it cannot.
    let card = below("(frozen=True)");
    assert!(!card.contains("TypeError") && !card.contains("Generated"), "{card}");
    let card = below("");
    assert!(card.contains("`TypeError`: of `C` and its base `B` only one is"), "{card}");
}

#[test]
fn only_what_raises_first_is_said() {
    let said = |source: &str| {
        let card = snapshot_of(source);
        ["`TypeError`: of", "needs `eq=True`", "is to be"].map(|words| card.contains(words))
    };
    let bases =
        "from dataclasses import dataclass\n@dataclass(frozen=True)\nclass A:\n    x: int\n";
    let order = "@datac$0lass(order=True, eq=False)\nclass C(A):\n    y: int\n";
    assert_eq!(said(&format!("{bases}{order}")), [true, false, false]);
    let alone = "from dataclasses import dataclass\n\
                 @datac$0lass(order=True, eq=False)\nclass C:\n    y: int\n    def __lt__(self, other): ...\n";
    assert_eq!(said(alone), [false, true, false]);
    let written = alone.replace(", eq=False", "");
    assert_eq!(said(&written), [false, false, true]);
}
