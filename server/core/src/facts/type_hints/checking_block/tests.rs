use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot};
use crate::content::testing::builtin;
use crate::{PythonVersion, Settings};

const SHOP: &str = "\
from typing import TYPE_CHECKING

if TYPE_CHEC$0KING:
    from shop import Order, Item as Thing

def pay(order: Order) -> 'Thing':
    kept: Thing = Order()
    return kept
";

#[test]
fn names_that_are_used_at_run_time() {
    check_hover(
        SHOP,
        expect![[r#"
            if TYPE_CHECKING:
               ▔▔▔▔▔▔▔▔▔▔▔▔▔

            Only type checkers see `Order`, `Thing` from here: at run time the condition is
            false.

            **Here**

            - `Order` is used on line 7, which raises `NameError` when it runs.
            - `Order` is in an annotation on line 6 that is evaluated up to 3.13:
              `NameError`. Put it in quotes.

            **Say in the interview**

            It breaks import cycles and saves the cost of imports that only annotations
            need. The price: what reads annotations at run time, such as Pydantic or
            `typing.get_type_hints()`, does not find these names.

            For Python `3.9`, as no file says which ·
            [typing.TYPE\_CHECKING](https://docs.python.org/3/library/typing.html#typing.TYPE_CHECKING)
        "#]],
    );
}

#[test]
fn annotations_that_are_not_evaluated() {
    let source = format!("from __future__ import annotations\n{SHOP}");
    check_hover(
        &source.replace("= Order()", "= load()"),
        expect![[r#"
        if TYPE_CHECKING:
           ▔▔▔▔▔▔▔▔▔▔▔▔▔

        Only type checkers see `Order`, `Thing` from here: at run time the condition is
        false.

        **Here**

        - The future import keeps annotations as strings, so names in them need not
          exist.

        **Say in the interview**

        It breaks import cycles and saves the cost of imports that only annotations
        need. The price: what reads annotations at run time, such as Pydantic or
        `typing.get_type_hints()`, does not find these names.

        [typing.TYPE\_CHECKING](https://docs.python.org/3/library/typing.html#typing.TYPE_CHECKING)
    "#]],
    );
    let settings = Settings { target: PythonVersion::py3(14), ..Settings::default() };
    let card = snapshot(builtin(), &settings, &SHOP.replace("= Order()", "= load()"));
    assert!(!card.contains("NameError") && card.contains("on demand"), "{card}");
}

#[test]
fn names_that_may_exist_raise_nothing() {
    let start = "from typing import TYPE_CHECKING\n";
    for rest in [
        "if TYPE_CHEC$0KING:\n    from m import A\nelse:\n    A = None\nA()\n",
        "if TYPE_CHEC$0KING:\n    from m import A\ndef f[T: A](x): ...\n",
        "if TYPE_CHEC$0KING:\n    from m import A\ntype B = list[A]\n",
        "if TYPE_CHEC$0KING:\n    from m import A\nif x:\n    A()\n",
        "if TYPE_CHEC$0KING:\n    from m import A\n    B = A\n",
        "if TYPE_CHEC$0KING:\n    from m import A\ndef f(A):\n    return A\n",
        "if TYPE_CHEC$0KING:\n    from m import A\nfrom m import *\nA()\n",
        "if TYPE_CHEC$0KING:\n    from m import A\ntry:\n    A\nexcept NameError: ...\n",
    ] {
        let card = snapshot(builtin(), &Settings::default(), &format!("{start}{rest}"));
        assert!(!card.contains("raises"), "{rest}{card}");
    }
}

#[test]
fn silent_on_other_conditions() {
    for source in [
        "from m import TYPE_CHECKING\nif TYPE_CHEC$0KING:\n    import a\n",
        "TYPE_CHECKING = False\nif TYPE_CHEC$0KING:\n    import a\n",
        "import typing\nif not typing.TYPE_CHEC$0KING:\n    import a\n",
        "import typing\nif typing.TYPE_CHEC$0KING:\n    pass\n",
        "from typing import *\nif TYPE_CHEC$0KING:\n    import a\n",
        "if x$0:\n    import a\n",
    ] {
        assert_eq!(card_at(source), "", "{source}");
    }
}
