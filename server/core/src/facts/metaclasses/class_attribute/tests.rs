use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn one_object_for_all() {
    check_hover(
        "class A:\n    it$0ems = []\n    def add(self, x):\n        self.items.append(x)\n",
        expect![[r#"
                items = []
                ▔▔▔▔▔

            `items` is one `list` for `A` and all its instances, made once, with the class.
            Changed through `self` on line 4: all that share it see the change.

            **Say in the interview**

            Reading looks in the instance, then in its class and the classes behind.
            Assigning through `self` always writes to the instance.

            [Class and instance variables](https://docs.python.org/3/tutorial/classes.html#class-and-instance-variables)
        "#]],
    );
    check_hover(
        "from collections import defaultdict\nclass A:\n    by_$0key = defaultdict(list)\n    def reset(self):\n        self.by_key = {}\n",
        expect![[r#"
                by_key = defaultdict(list)
                ▔▔▔▔▔▔

            `by_key` is one `defaultdict` for `A` and all its instances, made once, with the
            class.

            **Here**

            - Assigning through `self` on line 5 makes an attribute of that one instance,
              which hides this one.

            **Say in the interview**

            Reading looks in the instance, then in its class and the classes behind.
            Assigning through `self` always writes to the instance.

            [Class and instance variables](https://docs.python.org/3/tutorial/classes.html#class-and-instance-variables)
        "#]],
    );
    check_hover(
        "class A:\n    it$0ems = []\n    def __init__(self):\n        self.items = []\n    def add(self, x):\n        self.items.append(x)\n",
        expect![[r#"
                items = []
                ▔▔▔▔▔

            `items` is one `list` for `A` and all its instances, made once, with the class.
            `__init__` gives the instance its own on line 4; this one stays with the class.

            **Say in the interview**

            Reading looks in the instance, then in its class and the classes behind.
            Assigning through `self` always writes to the instance.

            [Class and instance variables](https://docs.python.org/3/tutorial/classes.html#class-and-instance-variables)
        "#]],
    );
}

#[test]
fn an_instance_gets_its_own() {
    check_hover(
        "class A:\n    co$0unt = 0\n    def hit(self):\n        self.count += 1\n",
        expect![[r#"
                count = 0
                ▔▔▔▔▔

            `count` belongs to `A`; instances read it as long as they have none of their
            own. `+=` on line 4 reads it from the class the first time, and stores the
            result in the instance.

            **Say in the interview**

            Reading looks in the instance, then in its class and the classes behind.
            Assigning through `self` always writes to the instance.

            [Class and instance variables](https://docs.python.org/3/tutorial/classes.html#class-and-instance-variables)
        "#]],
    );
}

#[test]
fn silent_where_nothing_is_known() {
    for source in [
        "class A:\n    co$0unt = 0\n",
        "class A:\n    co$0unt = make()\n    def f(self): self.count = 1\n",
        "class A(Base):\n    it$0ems = []\n",
        "class A(metaclass=M):\n    it$0ems = []\n",
        "import enum\nclass A(enum.Enum):\n    it$0ems = []\n",
        "class A:\n    it$0ems = []\n    items = ()\n",
        "class A:\n    if x:\n        it$0ems = []\n    else:\n        items = ()\n",
        "@d\nclass A:\n    it$0ems = []\n",
        "class A:\n    it$0ems: list = []\n",
        "class A:\n    it$0ems = []\n    def __setattr__(self, n, v): ...\n",
        "class A:\n    __it$0ems = []\n",
        "def f():\n    it$0ems = []\n",
        "it$0ems = []\n",
        "class A:\n    def f(self):\n        it$0ems = []\n",
        "class A:\n    it$0ems, b = [], 1\n",
        "class A:\n    x$0 = 1\n    def f(self, other): other.x = 1\n",
    ] {
        assert_ne!(card_at(source), "class-attribute", "{source}");
    }
}
