use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

const FIELD: &str = "class Field:\n    def __set_name__(self, owner, name):\n        self.name = name\n    def __get__(self, obj, owner=None):\n        return obj.data[self.name]\n    def __set__(self, obj, value): ...\nclass Model:\n    size = Field()\n";

#[test]
fn a_data_descriptor() {
    check_hover(
        &FIELD.replace("__get__", "__g$0et__"),
        expect![[r#"
            def __get__(self, obj, owner=None):
                ▔▔▔▔▔▔▔

        Reading an attribute that is an instance of `Field` calls this method, and gives
        what it returns.

        - `Model.size` on line 8 is one.

        **Here**

        - A data descriptor, because of `__set__`: it comes before the instance's
          `__dict__`.
        - On the class itself, as `Model.size`, `obj` is `None`, and this fails.

        **Say in the interview**

        A descriptor lives in the class and acts for its instances; functions,
        properties, class and static methods are descriptors. `__set_name__` runs inside
        `type.__new__`, so no metaclass is needed to tell a field its name.

        [Descriptor guide](https://docs.python.org/3/howto/descriptor.html) · [PEP 487](https://peps.python.org/pep-0487/)
    "#]],
    );
    check_hover(
        &FIELD.replace("__set__", "__s$0et__"),
        expect![[r#"
            def __set__(self, obj, value): ...
                ▔▔▔▔▔▔▔

        Assigning to an attribute that is an instance of `Field` calls this method
        instead of storing.

        - `Model.size` on line 8 is one.

        **Here**

        - A data descriptor, because of `__set__`: it comes before the instance's
          `__dict__`.

        **Say in the interview**

        A descriptor lives in the class and acts for its instances; functions,
        properties, class and static methods are descriptors. `__set_name__` runs inside
        `type.__new__`, so no metaclass is needed to tell a field its name.

        [Descriptor guide](https://docs.python.org/3/howto/descriptor.html) · [PEP 487](https://peps.python.org/pep-0487/)
    "#]],
    );
    check_hover(
        &FIELD.replace("__set_name__", "__set_na$0me__"),
        expect![[r#"
            def __set_name__(self, owner, name):
                ▔▔▔▔▔▔▔▔▔▔▔▔

        When a class is made, each `Field` in its body is told the class and its name,
        by this method.

        - `Model.size` on line 8 is one.

        **Say in the interview**

        A descriptor lives in the class and acts for its instances; functions,
        properties, class and static methods are descriptors. `__set_name__` runs inside
        `type.__new__`, so no metaclass is needed to tell a field its name.

        [Descriptor guide](https://docs.python.org/3/howto/descriptor.html) · [PEP 487](https://peps.python.org/pep-0487/)
    "#]],
    );
}

#[test]
fn a_non_data_descriptor() {
    check_hover(
        "class Lazy:\n    def __g$0et__(self, obj, owner):\n        if obj is None:\n            return self\n        return obj.x\n",
        expect![[r#"
                def __get__(self, obj, owner):
                    ▔▔▔▔▔▔▔

            Reading an attribute that is an instance of `Lazy` calls this method, and gives
            what it returns.

            **Here**

            - `Lazy` is a non-data descriptor: an entry in the instance's `__dict__` comes
              first.

            **Say in the interview**

            A descriptor lives in the class and acts for its instances; functions,
            properties, class and static methods are descriptors. `__set_name__` runs inside
            `type.__new__`, so no metaclass is needed to tell a field its name.

            [Descriptor guide](https://docs.python.org/3/howto/descriptor.html) · [PEP 487](https://peps.python.org/pep-0487/)
        "#]],
    );
}

#[test]
fn uncertain_things_are_left_out() {
    for (source, absent) in [
        ("class F(Base):\n    def __g$0et__(self, o, t): ...\n", "non-data"),
        (
            "class F:\n    def __g$0et__(self, o, t): ...\nclass M:\n    x = F()\n    x = 1\n",
            "`M.x`",
        ),
        ("class F:\n    def __g$0et__(self, o, t): ...\nx = F()\n", "`x`"),
        (
            "class F:\n    def __g$0et__(self, o, t): ...\nclass M:\n    def f(self):\n        x = F()\n",
            "`M.x`",
        ),
        (
            "class F:\n    def __new__(cls): ...\n    def __g$0et__(self, o, t): ...\nclass M:\n    x = F()\n",
            "`M.x`",
        ),
    ] {
        let snapshot = snapshot_of(source);
        assert!(snapshot.contains("`F`"), "{source}{snapshot}");
        assert!(!snapshot.contains(absent), "{source}{snapshot}");
    }
}

#[test]
fn silent_elsewhere() {
    for source in [
        "def __g$0et__(self): ...\n",
        "class F:\n    if x:\n        def __g$0et__(self, o, t): ...\n",
        "class F:\n    def __g$0et__(self, o, t): ...\n    __get__ = None\n",
        "class F:\n    @d\n    def __g$0et__(self, o, t): ...\n",
        "class F:\n    def __g$0et__(self, o, t): ...\nF.__get__ = f\n",
    ] {
        assert_ne!(card_at(source), "descriptor-method", "{source}");
    }
}
