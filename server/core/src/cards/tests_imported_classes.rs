//! Cards about classes whose bases, metaclass or descriptors another file defines.

use expect_test::expect;

use super::testing::{check_hover_in, snapshot_in};

const KIT: &str = "//- kit/base.py
import abc

class Meta(type):
    def __new__(mcls, name, bases, namespace, table=None):
        return super().__new__(mcls, name, bases, namespace)

class Plain:
    def __init_subclass__(cls, /, key=None, **rest):
        super().__init_subclass__(**rest)

    def save(self):
        pass

class Model(metaclass=Meta):
    pass

class Field:
    def __set_name__(self, owner, name):
        self.name = name

class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self): ...

class Left(Plain): ...
class Right(Plain):
    def save(self): ...

class Slotted:
    __slots__ = ('a',)

@register
class Unclear:
    def save(self): ...
";

fn of(app: &str) -> String {
    let names = "Field, Left, Meta, Model, Plain, Right, Shape, Slotted, Unclear";
    format!("//- app.py\nfrom kit.base import {names}\nimport abc\n{app}{KIT}")
}

#[test]
fn a_metaclass_that_a_base_of_another_file_brings() {
    check_hover_in(
        &of("cl$0ass User(Model, table='u'):\n    name = Field()\n"),
        expect![[r#"
        class User(Model, table='u'):
        ▔▔▔▔▔

        The body of `User` runs once; then the class is what
        `Meta('User', (Model,), namespace, table='u')` returns.

        In this order:

        - `__new__` of `Meta` on line 4 of `kit/base.py` gets the filled namespace.
        - `__set_name__` of `name`, on line 18 of `kit/base.py`: an instance of `Field`
          learns its name.

        **Here**

        - The metaclass is `Meta`, inherited from `Model`.
        - Method resolution order: `User`, `Model`, `object`.

        **Say in the interview**

        A class is an object, made when the `class` statement runs. Its metaclass is the
        most derived of `metaclass=` and the types of the bases; without any it is
        `type`.

        [Customizing class creation](https://docs.python.org/3/reference/datamodel.html#customizing-class-creation) · [Method resolution order](https://docs.python.org/3/howto/mro.html)
    "#]],
    );
}

#[test]
fn a_metaclass_of_another_file() {
    check_hover_in(
        &of("cl$0ass User(metaclass=Meta):\n    pass\n"),
        expect![[r#"
        class User(metaclass=Meta):
        ▔▔▔▔▔

        The body of `User` runs once; then the class is what
        `Meta('User', (), namespace)` returns.

        In this order:

        - `__new__` of `Meta` on line 4 of `kit/base.py` gets the filled namespace.

        **Say in the interview**

        A class is an object, made when the `class` statement runs. Its metaclass is the
        most derived of `metaclass=` and the types of the bases; without any it is
        `type`.

        [Customizing class creation](https://docs.python.org/3/reference/datamodel.html#customizing-class-creation) · [Method resolution order](https://docs.python.org/3/howto/mro.html)
    "#]],
    );
}

#[test]
fn the_order_of_bases_of_another_file() {
    check_hover_in(
        &of("cl$0ass Both(Left, Right):\n    pass\n"),
        expect![[r#"
        class Both(Left, Right):
        ▔▔▔▔▔

        The body of `Both` runs once; then the class is what
        `type('Both', (Left, Right), namespace)` returns.

        In this order:

        - `__init_subclass__` of `Plain` on line 8 of `kit/base.py` gets the new class.

        **Here**

        - Method resolution order: `Both`, `Left`, `Right`, `Plain`, `object`.

        **Say in the interview**

        A class is an object, made when the `class` statement runs. Its metaclass is the
        most derived of `metaclass=` and the types of the bases; without any it is
        `type`.

        [Customizing class creation](https://docs.python.org/3/reference/datamodel.html#customizing-class-creation) · [Method resolution order](https://docs.python.org/3/howto/mro.html)
    "#]],
    );
    check_hover_in(
        &of("cl$0ass Both(Plain, Left):\n    pass\n"),
        expect![[r#"
        class Both(Plain, Left):
        ▔▔▔▔▔

        Making `Both` raises `TypeError`: `Plain`, `Left` have no common method
        resolution order.

        **Say in the interview**

        A class is an object, made when the `class` statement runs. Its metaclass is the
        most derived of `metaclass=` and the types of the bases; without any it is
        `type`.

        [Customizing class creation](https://docs.python.org/3/reference/datamodel.html#customizing-class-creation) · [Method resolution order](https://docs.python.org/3/howto/mro.html)
    "#]],
    );
}

#[test]
fn super_of_bases_of_another_file() {
    let app = "class Both(Left, Right):\n    def save(self):\n        sup$0er().save()\n";
    check_hover_in(
        &of(app),
        expect![[r#"
                super().save()
                ▔▔▔▔▔

        For `Both` itself, `super().save` is that of `Right` on line 27 of
        `kit/base.py`.

        **Here**

        - Method resolution order of `Both`: `Both`, `Left`, `Right`, `Plain`, `object`.

        **Say in the interview**

        `super()` does not mean the parent. It looks on in the method resolution order
        of the *object's* class, behind the class whose body holds the method. So with
        several bases it may reach a sibling.

        **Watch for**

        - Every class of such a family must call `super()` itself, or the chain ends
          there.

        [super\(\)](https://docs.python.org/3/library/functions.html#super) · [Method resolution order](https://docs.python.org/3/howto/mro.html)
    "#]],
    );
}

#[test]
fn a_keyword_that_a_base_of_another_file_takes() {
    check_hover_in(
        &of("class One(Plain, ke$0y=1):\n    pass\n"),
        expect![[r#"
        class One(Plain, key=1):
                         ▔▔▔▔▔

        `key=1` goes to `key` of `__init_subclass__` of `Plain` on line 8 of
        `kit/base.py`.

        **Say in the interview**

        All keywords but `metaclass` are handed to `__prepare__`, `__new__` and
        `__init__` of the metaclass; `type.__new__` hands them on to `__init_subclass__`
        of the parent, and `object.__init_subclass__` takes none.

        [Customizing class creation](https://docs.python.org/3/reference/datamodel.html#customizing-class-creation) · [PEP 487](https://peps.python.org/pep-0487/)
    "#]],
    );
    check_hover_in(
        &of("class One(Model, ke$0y=1):\n    pass\n"),
        expect![[r#"
        class One(Model, key=1):
                         ▔▔▔▔▔

        `key=1` goes to `__new__` of the metaclass `Meta` on line 4 of `kit/base.py`,
        and to its `__init__` and `__prepare__`. That raises `TypeError`: it takes no
        keyword `key`.

        **Say in the interview**

        All keywords but `metaclass` are handed to `__prepare__`, `__new__` and
        `__init__` of the metaclass; `type.__new__` hands them on to `__init_subclass__`
        of the parent, and `object.__init_subclass__` takes none.

        [Customizing class creation](https://docs.python.org/3/reference/datamodel.html#customizing-class-creation) · [PEP 487](https://peps.python.org/pep-0487/)
    "#]],
    );
}

#[test]
fn slots_below_slots_of_another_file() {
    let app = "class More(Slotted):\n    __sl$0ots__ = ('b',)\n    def __init__(self):\n        \
               self.a = self.b = self.c = 1\n";
    check_hover_in(
        &of(app),
        expect![[r#"
            __slots__ = ('b',)
            ▔▔▔▔▔▔▔▔▔

        Instances of `More` have no `__dict__`, only slots. `More` makes slots for `b`.

        **Here**

        - Assigning `c` on line 6 raises `AttributeError` for an instance of `More`.

        **Say in the interview**

        A slot is a descriptor on the class, so instances are smaller and typos in
        attribute names are found. It works only if every class behind has slots as
        well.

        **Watch for**

        - No `functools.cached_property`, and no weak references unless `__weakref__` is
          listed.

        [\_\_slots\_\_](https://docs.python.org/3/reference/datamodel.html#slots)
    "#]],
    );
}

#[test]
fn abstract_methods_of_another_file() {
    check_hover_in(
        &of("class Square(Shape, abc.A$0BC):\n    side = 1\n"),
        expect![[r#"
        class Square(Shape, abc.ABC):
                            ▔▔▔▔▔▔▔

        `Square` cannot be instantiated while abstract in it: `area`. Through `abc.ABC`
        its metaclass is `ABCMeta`, which keeps the list.

        **Say in the interview**

        An abstract base class says what subclasses must define, and checks it when an
        instance is made. `register()` makes `isinstance` say yes to a class that does
        not inherit; then nothing is checked.

        [abc](https://docs.python.org/3/library/abc.html) · [PEP 3119](https://peps.python.org/pep-3119/)
    "#]],
    );
}

#[test]
fn a_metaclass_below_one_of_another_file() {
    let card = |app: &str| {
        let card = snapshot_in(&of(app));
        card[..card.find("\n**Say in").unwrap_or(card.len())].trim_end().to_owned() + "\n"
    };
    let sub = "class Sub(Meta):\n    def __call__(cls, *args):\n        return super().__call__(*args)\n\
               class Own(metaclass=Sub): ...\n";
    expect![[r#"
        class Sub(Meta):
        ▔▔▔▔▔

        The body of `Sub` runs once; then the class is what
        `type('Sub', (Meta,), namespace)` returns.

        **Here**

        - Method resolution order: `Sub`, `Meta`, `type`, `object`.
    "#]]
    .assert_eq(&card(&sub.replace("class Sub", "cl$0ass Sub")));
    expect![[r#"
            def __call__(cls, *args):
                ▔▔▔▔▔▔▔▔

        Every call of a class made by `Sub` runs this instead of `type.__call__`, with
        the class as `cls`. It decides what calling `Own` gives.
    "#]]
    .assert_eq(&card(&sub.replace("__call__(cls", "__ca$0ll__(cls")));
    expect![[r#"
        class Own(metaclass=Sub): ...
                  ▔▔▔▔▔▔▔▔▔▔▔▔▔

        `Sub` makes `Own`: `Sub('Own', (), namespace)` is called when the body has run.

        In this order:

        - `__new__` of `Meta` on line 4 of `kit/base.py` gets the filled namespace.

        **Here**

        - Calling `Own` goes through `__call__` of `Sub` on line 4.
    "#]]
    .assert_eq(&card(&sub.replace("=Sub", "=S$0ub")));
}

#[test]
fn what_is_not_certain_is_not_said() {
    for app in [
        "class One(Unclear):\n    def save(self):\n        sup$0er().save()\n",
        "class One(Plain):\n    def save(self):\n        sup$0er().save()\nPlain.save = f\n",
        "if x:\n    Plain = object\nclass One(Plain):\n    def save(self):\n        sup$0er().save()\n",
    ] {
        let card = snapshot_in(&of(app));
        assert!(!card.contains("base.py"), "{app}\n{card}");
    }
    let app = of("class One(Plain):\n    def save(self):\n        sup$0er().save()\n");
    let card = snapshot_in(&format!("{app}\nPlain.__bases__ = (Left,)\nPlain.save = None\n"));
    assert!(!card.contains("base.py"), "{card}");
}
