use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn as_a_class_statement() {
    check_hover(
        "\
import types

def fill(namespace):
    namespace[\"limit\"] = 3

Row = types.new_cl$0ass(\"Row\", (Base,), {\"metaclass\": Meta}, fill)
",
        expect![[r#"
            Row = types.new_class("Row", (Base,), {"metaclass": Meta}, fill)
                  ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `new_class('Row', …)` makes a class, as this statement does:

            ```python
            class Row(Base, metaclass=Meta):
                ...
            ```

            **Here**

            - In place of the body `fill` is called with the namespace, and fills it.
            - Its `__module__` is `'types'`, unless the namespace is given another one:
              pickling looks there.

            **Say in the interview**

            `type(name, bases, namespace)` asks neither for the most derived metaclass's
            `__prepare__` nor for `__mro_entries__` of the bases; `types.new_class` does
            both.

            [Dynamic type creation](https://docs.python.org/3/library/types.html#dynamic-type-creation)
        "#]],
    );
}

#[test]
fn the_first_half_alone() {
    check_hover(
        "from types import prepare_class\nparts = prepare_cl$0ass(\"Row\", (Base,))\n",
        expect![[r#"
            parts = prepare_class("Row", (Base,))
                    ▔▔▔▔▔▔▔▔▔▔▔▔▔

            `prepare_class('Row', …)` does the first half of a class statement: it finds the
            metaclass and calls its `__prepare__`; it returns metaclass, namespace and the
            keywords that are left, and makes no class.

            **Say in the interview**

            `type(name, bases, namespace)` asks neither for the most derived metaclass's
            `__prepare__` nor for `__mro_entries__` of the bases; `types.new_class` does
            both.

            [Dynamic type creation](https://docs.python.org/3/library/types.html#dynamic-type-creation)
        "#]],
    );
}

#[test]
fn a_base_that_is_no_class() {
    check_hover(
        "\
class Alias:
    def __mro_ent$0ries__(self, bases):
        return (dict,)

plain = Alias()

class Config(plain): ...
class Other(Alias()): ...
class Third(Alias): ...
",
        expect![[r#"
                def __mro_entries__(self, bases):
                    ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            When an instance of `Alias` stands among the bases of a class, this says which
            classes take its place: `(dict,)`.

            **Here**

            - `Config` on line 7 has such a base: `plain`.
            - `Other` on line 8 has such a base: `Alias()`.
            - `bases` is the tuple of the bases as they are written.

            **Say in the interview**

            That is how `class C(list[int])` derives from `list`. What was written stays in
            `__orig_bases__`.

            [Resolving MRO entries](https://docs.python.org/3/reference/datamodel.html#resolving-mro-entries) · [PEP 560](https://peps.python.org/pep-0560/)
        "#]],
    );
    let source = "class A:\n    def __mro_ent$0ries__(self, bases):\n        return [dict]\n";
    assert!(snapshot_of(source).contains("`TypeError`"));
    let source = "class A:\n    def __mro_ent$0ries__(self, bases):\n        return dict\n";
    assert!(snapshot_of(source).contains("`TypeError`"));
}

#[test]
fn silent() {
    for source in [
        "import types\ntypes.new_cl$0ass(name)\n",
        "import types\ntypes.new_cl$0ass(*parts)\n",
        "from m import *\nnew_cl$0ass('A')\n",
        "def f(types):\n    types.new_cl$0ass('A')\n",
        "def __mro_ent$0ries__(self, bases): ...\n",
        "class A:\n    def __mro_ent$0ries__(self): ...\n",
        "class A:\n    def __mro_ent$0ries__(self, bases, more): ...\n",
        "class A:\n    @deco\n    def __mro_ent$0ries__(self, bases): ...\n",
    ] {
        let card = card_at(source);
        assert!(card != "new-class" && card != "mro-entries", "{source}");
    }
}
