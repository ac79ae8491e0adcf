use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

const CIRCLE: &str = "\
class Circle:
    @property
    def radius(self):
        return self._radius

    @radius.setter
    def radius(self, value):
        self._radius = value

    @radius.deleter
    def radius(self):
        del self._radius

    @property
    def area(self):
        return 3 * self._radius ** 2
";

#[test]
fn a_property_with_all_accessors() {
    check_hover(
        &CIRCLE.replacen("@property", "@prop$0erty", 1),
        expect![[r#"
                @property
                ▔▔▔▔▔▔▔▔▔

            Reading `obj.radius` calls this function; `radius` is no method but a property
            of `Circle`.

            **Here**

            - Read by the function on line 3.
            - Set by the function on line 7.
            - Deleted by the function on line 11.
            - Another property of the class: `area`, read (line 15).

            **Say in the interview**

            A property is a data descriptor in the class: attribute syntax outside, function
            calls inside, so an attribute can become computed without changing its users.

            **Watch for**

            - The value must be stored under another name, such as `_x`: the property stands
              in front of an entry of the same name in `__dict__`.
            - Work that is slow or fails does not belong behind what looks like an
              attribute.

            [property](https://docs.python.org/3/library/functions.html#property) · [Descriptor guide: properties](https://docs.python.org/3/howto/descriptor.html#properties)
        "#]],
    );
}

#[test]
fn a_setter() {
    check_hover(
        &CIRCLE.replace("@radius.setter", "@radius.set$0ter"),
        expect![[r#"
                @radius.setter
                ▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `obj.radius = value` calls this function: it is the setter of the property
            `radius`.

            **Here**

            - Read by the function on line 3.
            - Set by the function on line 7.
            - Deleted by the function on line 11.
            - Another property of the class: `area`, read (line 15).

            **Say in the interview**

            `x.setter(f)` changes nothing in place: it returns a copy of the property `x`
            with `f` as its setter, and the `def` binds that copy to the function's name. So
            all accessors of one property have the same name.

            **Watch for**

            - A setter cannot return anything to the one who assigns.

            [property](https://docs.python.org/3/library/functions.html#property) · [Descriptor guide: properties](https://docs.python.org/3/howto/descriptor.html#properties)
        "#]],
    );
}

#[test]
fn a_setter_under_another_name_makes_a_second_property() {
    let source = "\
class Account:
    @property
    def balance(self):
        return self.balance

    @balance.setter
    def set_balance(self, value):
        self.set_balance = value
";
    check_hover(
        &source.replace("@property", "@property$0"),
        expect![[r#"
                @property
                ▔▔▔▔▔▔▔▔▔

            Reading `obj.balance` calls this function; `balance` is no method but a property
            of `Account`.

            **Here**

            - Read by the function on line 3.
            - The class gives it no setter and no deleter: assigning to `obj.balance` or
              deleting it raises `AttributeError`.
            - `set_balance`, made on line 7, is a second property with this getter: what it
              adds does not reach `balance`.
            - The body reads the attribute itself on line 4: that calls this function again.

            **Say in the interview**

            A property is a data descriptor in the class: attribute syntax outside, function
            calls inside, so an attribute can become computed without changing its users.

            **Watch for**

            - The value must be stored under another name, such as `_x`: the property stands
              in front of an entry of the same name in `__dict__`.
            - Work that is slow or fails does not belong behind what looks like an
              attribute.

            [property](https://docs.python.org/3/library/functions.html#property) · [Descriptor guide: properties](https://docs.python.org/3/howto/descriptor.html#properties)
        "#]],
    );
    check_hover(
        &source.replace("@balance.setter", "@balance.setter$0"),
        expect![[r#"
            @balance.setter
            ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

        `obj.set_balance = value` calls this function: it is the setter of the property
        `set_balance`. The property `balance` is another one, as the function has not
        its name.

        **Here**

        - `set_balance` is a copy of `balance` with this setter added.
        - `balance` itself has no setter.
        - Read by the function on line 3.
        - Set by the function on line 7.
        - The body does the same to the attribute on line 8: that calls this function
          again.

        **Say in the interview**

        `x.setter(f)` changes nothing in place: it returns a copy of the property `x`
        with `f` as its setter, and the `def` binds that copy to the function's name. So
        all accessors of one property have the same name.

        **Watch for**

        - A setter cannot return anything to the one who assigns.

        [property](https://docs.python.org/3/library/functions.html#property) · [Descriptor guide: properties](https://docs.python.org/3/howto/descriptor.html#properties)
    "#]],
    );
}

#[test]
fn silent_when_it_is_no_property() {
    for source in [
        "@prop$0erty\ndef f(self): ...\n",
        "class C:\n    @prope$0rty\n    def x(self): ...\n    if a:\n        x = None\n",
        "class C:\n    @prope$0rty\n    def x(self): ...\n    x = None\n",
        "class C:\n    @other\n    @prope$0rty\n    def x(self): ...\n",
        "class C:\n    @prope$0rty(1)\n    def x(self): ...\n",
        "from m import *\nclass C:\n    @prop$0erty\n    def f(self): ...\n",
        "from m import property\nclass C:\n    @prop$0erty\n    def f(self): ...\n",
        "class C:\n    property = 1\n    @prop$0erty\n    def f(self): ...\n",
        "class C:\n    @prop$0erty\n    def f(self): ...\n    def g(:\n",
        "class C:\n    x = make()\n    @x.set$0ter\n    def x(self, v): ...\n",
        "class C(B):\n    @B.x.set$0ter\n    def x(self, v): ...\n",
        "class C:\n    if a:\n        @property\n        def x(self): ...\n    @x.set$0ter\n    def x(self, v): ...\n",
        "class C:\n    @property\n    def x(self): ...\n    x = 1\n    @x.set$0ter\n    def x(self, v): ...\n",
    ] {
        assert!(!card_at(source).starts_with("property"), "{source}");
    }
}
