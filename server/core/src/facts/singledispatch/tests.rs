use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

const SHOW: &str = "\
from functools import singledispatch
from typing import Union
import decimal

@singledispatch
def show(value, indent=0):
    return str(value)

@show.register
def _(value: int | bool, indent=0): ...

@show.register(float)
@show.register(decimal.Decimal)
def show_number(value, indent=0): ...

@show.register
def _(value: list): ...

show.register(type(None), str)
show.register(list, repr)

if DEBUG:
    @show.register
    def _(value: dict): ...
";

#[test]
fn the_table_of_a_function() {
    check_hover(
        &SHOW.replace("@singledispatch", "@single$0dispatch"),
        expect![[r#"
            @singledispatch
            ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            The type of the argument for `value` chooses which function a call of `show`
            runs. If no type fits better, it is the one below, on line 6.

            **Here**

            - `int`: `_`, registered on line 9.
            - `bool`: `_`, registered on line 9.
            - `float`: `show_number`, registered on line 12.
            - `decimal.Decimal`: `show_number`, registered on line 13.
            - `type(None)`: `str`, registered on line 19.
            - `list`: `repr`, registered on line 20.
            - Under a condition, `dict`: `_` on line 23.
            - `list` on line 16 is replaced: the same type is registered again on line 20.

            **Say in the interview**

            Dispatch is by the class of one argument, along its method resolution order: a
            subclass without an entry uses that of its nearest base. Other modules can
            register more types, without touching this one.

            **Watch for**

            - The deciding argument must be passed by position; passed by name it is not
              seen.
            - Annotations such as `list[int]` are no classes: register `list`.

            **Version**

            - 3.11: `int | bool` can be registered; before, a union raises `TypeError`.

            For Python `3.9`, as no file says which ·
            [functools.singledispatch](https://docs.python.org/3/library/functools.html#functools.singledispatch) · [PEP 443](https://peps.python.org/pep-0443/)
        "#]],
    );
}

#[test]
fn one_registration() {
    check_hover(
        &SHOW.replace("@show.register\ndef _(value: list)", "@show.reg$0ister\ndef _(value: list)"),
        expect![[r#"
            @show.register
            ▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `_` is registered for `list` and replaced: line 20 registers the same type
            again.

            **Here**

            - `int`: `_`, registered on line 9.
            - `bool`: `_`, registered on line 9.
            - `float`: `show_number`, registered on line 12.
            - `decimal.Decimal`: `show_number`, registered on line 13.
            - `type(None)`: `str`, registered on line 19.
            - `list`: `repr`, registered on line 20.
            - Under a condition, `dict`: `_` on line 23.
            - Everything else: the function on line 6.

            **Say in the interview**

            `register` stores the function in the table of the generic one and returns it
            unchanged; so several can be stacked, and the name, often `_`, does not matter.

            **Watch for**

            - A function named like the generic one takes its name away.

            **Version**

            - 3.11: `int | bool` can be registered; before, a union raises `TypeError`.

            For Python `3.9`, as no file says which ·
            [functools.singledispatch](https://docs.python.org/3/library/functools.html#functools.singledispatch)
        "#]],
    );
    check_hover(
        &SHOW.replace("@show.register(float)", "@show.register(flo$0at)"),
        expect![[r#"
            @show.register(float)
            ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `show_number` is what `show` runs for `float`, and for subclasses without an
            entry of their own.

            **Here**

            - `int`: `_`, registered on line 9.
            - `bool`: `_`, registered on line 9.
            - `float`: `show_number`, registered on line 12.
            - `decimal.Decimal`: `show_number`, registered on line 13.
            - `type(None)`: `str`, registered on line 19.
            - `list`: `repr`, registered on line 20.
            - Under a condition, `dict`: `_` on line 23.
            - Everything else: the function on line 6.

            **Say in the interview**

            `register` stores the function in the table of the generic one and returns it
            unchanged; so several can be stacked, and the name, often `_`, does not matter.

            **Watch for**

            - A function named like the generic one takes its name away.

            **Version**

            - 3.11: `int | bool` can be registered; before, a union raises `TypeError`.

            For Python `3.9`, as no file says which ·
            [functools.singledispatch](https://docs.python.org/3/library/functools.html#functools.singledispatch)
        "#]],
    );
}

#[test]
fn a_method_dispatches_on_its_second_parameter() {
    check_hover(
        "\
from functools import singledispatchmethod
class Shell:
    @singledispatch$0method
    def run(self, arg): ...

    @run.register
    def _(self, arg: str): ...

    @run.register(object)
    def _(self, arg): ...
",
        expect![[r#"
                @singledispatchmethod
                ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            The type of the argument for `arg` chooses which function a call of `run` runs.

            **Here**

            - `str`: `_`, registered on line 6.
            - `object`: `_`, registered on line 9.
            - `object` is registered on line 9: the function below never runs.

            **Say in the interview**

            Dispatch is by the class of one argument, along its method resolution order: a
            subclass without an entry uses that of its nearest base. Other modules can
            register more types, without touching this one.

            **Watch for**

            - The deciding argument must be passed by position; passed by name it is not
              seen.
            - Annotations such as `list[int]` are no classes: register `list`.

            [functools.singledispatch](https://docs.python.org/3/library/functools.html#functools.singledispatch) · [PEP 443](https://peps.python.org/pep-0443/)
        "#]],
    );
}

#[test]
fn without_any_annotation_there_is_no_type() {
    check_hover(
        "import functools\n@functools.singledispatch\ndef f(x): ...\n@f.regi$0ster\ndef _(x): ...\n",
        expect![[r#"
            @f.register
            ▔▔▔▔▔▔▔▔▔▔▔

            Registering raises `TypeError`: there is neither a type nor an annotation to
            take it from.

            **Here**

            - Everything else: the function on line 3.

            **Say in the interview**

            `register` stores the function in the table of the generic one and returns it
            unchanged; so several can be stacked, and the name, often `_`, does not matter.

            **Watch for**

            - A function named like the generic one takes its name away.

            [functools.singledispatch](https://docs.python.org/3/library/functools.html#functools.singledispatch)
        "#]],
    );
}

#[test]
fn a_name_that_is_bound_again_has_no_table() {
    check_hover(
        "import functools\n@functools.single$0dispatch\ndef f(x): ...\n@f.register\ndef f(x: int): ...\n",
        expect![[r#"
            @functools.singledispatch
            ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            The type of the argument for `x` chooses which function a call of `f` runs. If
            no type fits better, it is the one below, on line 3.

            **Say in the interview**

            Dispatch is by the class of one argument, along its method resolution order: a
            subclass without an entry uses that of its nearest base. Other modules can
            register more types, without touching this one.

            **Watch for**

            - The deciding argument must be passed by position; passed by name it is not
              seen.
            - Annotations such as `list[int]` are no classes: register `list`.

            [functools.singledispatch](https://docs.python.org/3/library/functools.html#functools.singledispatch) · [PEP 443](https://peps.python.org/pep-0443/)
        "#]],
    );
}

#[test]
fn silent_elsewhere() {
    for source in [
        "from m import singledispatch\n@single$0dispatch\ndef f(x): ...\n",
        "from functools import singledispatch\n@other\n@single$0dispatch\ndef f(x): ...\n",
        "from m import f\n@f.regis$0ter\ndef _(x: int): ...\n",
        "def f(x): ...\n@f.regis$0ter\ndef _(x: int): ...\n",
        "from functools import singledispatch\n@other\n@singledispatch\ndef f(x): ...\n@f.regis$0ter\ndef _(x: int): ...\n",
        "from functools import singledispatch\nif a:\n    @singledispatch\n    def f(x): ...\n@f.regis$0ter\ndef _(x: int): ...\n",
        "from functools import singledispatchmethod\n@singledispatch$0method\ndef f(x): ...\n",
    ] {
        assert!(!card_at(source).starts_with("singledispatch"), "{source}");
    }
}
