use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, check_hover_with, snapshot_of};
use crate::content::testing::builtin;
use crate::{PythonVersion, Settings};

#[test]
fn the_future_import() {
    check_hover(
        "\
'''Docs.'''
from __future__ import annot$0ations
from dataclasses import dataclass
import pydantic, typing

def f(x: list[int], y=1) -> None: ...

@dataclass(frozen=True)
class P:
    x: int

class M(pydantic.BaseModel):
    y: str

typing.get_type_hints(f)
",
        expect![[r#"
            from __future__ import annotations
            ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            None of the 4 annotations of this file is evaluated: what is kept is kept as
            strings. For one, `f.__annotations__['x']` is the string `'list[int]'`.

            **Here**

            - `dataclass` on line 8 reads annotations, and gets strings.
            - `pydantic.BaseModel` on line 12 reads annotations, and gets strings.
            - `typing.get_type_hints` on line 15 reads annotations, and gets strings.

            **Say in the interview**

            With this import names in annotations need not exist when the `def` runs:
            forward references and `X | Y` on 3.9 work in annotations, and only there. The
            price is that whatever needs the types must evaluate the strings, and that
            misspellings go unseen.

            **Watch for**

            - Aliases, base classes, defaults and the arguments of `cast` are evaluated as
              ever.

            **Version**

            - 3.14: annotations are evaluated on demand without the import, which is due to
              be deprecated after the end of life of 3.13.

            For Python `3.9`, as no file says which ·
            [PEP 563](https://peps.python.org/pep-0563/) · [PEP 649](https://peps.python.org/pep-0649/) · [PEP 749](https://peps.python.org/pep-0749/)
        "#]],
    );
    let settings = Settings { target: PythonVersion::py3(14), ..Settings::default() };
    check_hover_with(
        builtin(),
        &settings,
        "from __future__ import annot$0ations\nx = 1\n",
        expect![[r#"
            from __future__ import annotations
            ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            Annotations would be kept as strings, but this file has none. On Python 3.14 and
            later it is not needed: annotations are evaluated on demand.

            **Say in the interview**

            With this import names in annotations need not exist when the `def` runs:
            forward references and `X | Y` on 3.9 work in annotations, and only there. The
            price is that whatever needs the types must evaluate the strings, and that
            misspellings go unseen.

            **Watch for**

            - Aliases, base classes, defaults and the arguments of `cast` are evaluated as
              ever.

            For Python `3.14`, as no file says which ·
            [PEP 563](https://peps.python.org/pep-0563/) · [PEP 649](https://peps.python.org/pep-0649/) · [PEP 749](https://peps.python.org/pep-0749/)
        "#]],
    );
}

#[test]
fn readers() {
    check_hover(
        "import typing\ndef f(x: int): ...\ntyping.get_type_h$0ints(f)\n",
        expect![[r#"
            typing.get_type_hints(f)
            ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `typing.get_type_hints(f)` gives the annotations of `f` as types: strings in
            them are evaluated.

            **Here**

            - Annotations of this file are evaluated when their line runs, up to 3.13; from
              3.14 on when something asks, as here.

            **Say in the interview**

            `get_type_hints` evaluates strings, so every name in them must exist; it also
            adds the annotations of base classes and leaves the metadata of `Annotated` out.
            `inspect.get_annotations` is the safe way to read them as they are.

            **Watch for**

            - Up to 3.9, `__annotations__` of a class without any is that of its base.

            **Version**

            - 3.10: `inspect.get_annotations`.
            - 3.14: `annotationlib.get_annotations` can give strings or forward references
              for names that do not exist.

            For Python `3.9`, as no file says which ·
            [Annotations best practices](https://docs.python.org/3/howto/annotations.html) · [get\_type\_hints](https://docs.python.org/3/library/typing.html#typing.get_type_hints) · [annotationlib](https://docs.python.org/3/library/annotationlib.html)
        "#]],
    );
    check_hover(
        "from __future__ import annotations\ndef f(x: int): ...\nprint(f.__annot$0ations__)\n",
        expect![[r#"
            print(f.__annotations__)
                    ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `f.__annotations__` is the dictionary of the annotations of `f`, as they are
            kept.

            **Here**

            - What this file annotates is kept as strings, because of the future import.

            **Say in the interview**

            `get_type_hints` evaluates strings, so every name in them must exist; it also
            adds the annotations of base classes and leaves the metadata of `Annotated` out.
            `inspect.get_annotations` is the safe way to read them as they are.

            **Watch for**

            - Up to 3.9, `__annotations__` of a class without any is that of its base.

            **Version**

            - 3.10: `inspect.get_annotations`.
            - 3.14: `annotationlib.get_annotations` can give strings or forward references
              for names that do not exist.

            For Python `3.9`, as no file says which ·
            [Annotations best practices](https://docs.python.org/3/howto/annotations.html) · [get\_type\_hints](https://docs.python.org/3/library/typing.html#typing.get_type_hints) · [annotationlib](https://docs.python.org/3/library/annotationlib.html)
        "#]],
    );
    check_hover(
        "import inspect\nhints = inspect.get_annot$0ations(C)\n",
        expect![[r#"
            hints = inspect.get_annotations(C)
                    ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `inspect.get_annotations(C)` gives the annotations of `C` as they are kept, in a
            new dictionary.

            **Here**

            - Annotations of this file are evaluated when their line runs, up to 3.13; from
              3.14 on when something asks, as here.

            **Say in the interview**

            `get_type_hints` evaluates strings, so every name in them must exist; it also
            adds the annotations of base classes and leaves the metadata of `Annotated` out.
            `inspect.get_annotations` is the safe way to read them as they are.

            **Watch for**

            - Up to 3.9, `__annotations__` of a class without any is that of its base.

            **Version**

            - 3.10: `inspect.get_annotations`.
            - 3.14: `annotationlib.get_annotations` can give strings or forward references
              for names that do not exist.

            For Python `3.9`, as no file says which ·
            [Annotations best practices](https://docs.python.org/3/howto/annotations.html) · [get\_type\_hints](https://docs.python.org/3/library/typing.html#typing.get_type_hints) · [annotationlib](https://docs.python.org/3/library/annotationlib.html)
        "#]],
    );
}

#[test]
fn silent_on_other_things() {
    for source in [
        "from __future__ import divi$0sion\n",
        "x = 1\nfrom __future__ import annot$0ations\n",
        "from m import get_type_hints\nget_type_h$0ints(f)\n",
        "from typing import *\nget_type_h$0ints(f)\n",
        "import typing\ntyping.get_type_h$0ints()\n",
        "import typing\ntyping.get_type_h$0ints(*f)\n",
        "f.annot$0ations\n",
        "f.__annot$0ations__ +\n",
        "f.__annot$0ations__ = g.__annotations__\n",
        "x, f.__annot$0ations__ = y\n",
        "del f.__annot$0ations__\n",
    ] {
        let card = card_at(source);
        assert!(card != "future-annotations" && card != "annotations-reader", "{source}{card}");
    }
}

#[test]
fn options_decide_what_is_read() {
    let card = |options: &str| {
        snapshot_of(&format!("import inspect\ninspect.get_annot$0ations(f{options})\n"))
    };
    assert!(card("").contains("as they are kept"));
    assert!(!card(", eval_str=True").contains("as they are kept, in"));
    assert!(card(", eval_str=True").contains("in the form that its options"));
}
