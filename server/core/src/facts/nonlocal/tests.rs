use expect_test::expect;

use crate::cards::testing::check_hover;

const TOUR: &str = include_str!("../../../../../content/python-interview-5/decorators/tour.py");

const COUNTER: &str = "\
def make_counter(start):
    count = start

    def step():
        nonlocal count
        count += 1
        return count

    def reset():
        nonlocal count
        count = start

    return step, reset

first = make_counter(0)
second = make_counter(10)
";

#[test]
fn variables_of_a_decorator() {
    check_hover(
        &TOUR.replace("nonlocal last", "non$0local last"),
        expect![[r#"
                    nonlocal last_called, call_count
                    ▔▔▔▔▔▔▔▔

        In `wrapper`, assigning `last_called`, `call_count` rebinds what belongs to
        `decorator`.

        - `last_called` belongs to `decorator`, which binds it on line 5.
        - `call_count` belongs to `decorator`, which binds it on line 6.

        **Here**

        - `last_called` is rebound in `wrapper` on line 13.
        - `call_count` is rebound in `wrapper` on lines 12, 16.
        - Every call of `decorator` makes new variables; the functions made in that call
          share them, over all their calls.
        - `decorator` runs once for each function it decorates, here `api_call`: each
          has variables of its own.
        - Without this statement `last_called` would be local to `wrapper`, and reading
          it before it is assigned raises `UnboundLocalError`.
        - `wrapper` reads the old value and writes the new one on line 16, with no lock
          around: with threads an update can be lost.

        **Say in the interview**

        Assignment makes a name local unless it is declared. `nonlocal` means the
        variable of the nearest function around that binds the name, `global` the one of
        the module.

        **Watch for**

        - Assignment that hides the variable around it (`closure-missing-nonlocal`)

        [The nonlocal statement](https://docs.python.org/3/reference/simple_stmts.html#the-nonlocal-statement) · [Naming and binding](https://docs.python.org/3/reference/executionmodel.html#naming-and-binding) · [PEP 3104](https://peps.python.org/pep-3104/)
    "#]],
    );
    check_hover(
        &TOUR.replace("last_called, call_count\n", "last_called, call$0_count\n"),
        expect![[r#"
                        nonlocal last_called, call_count
                                              ▔▔▔▔▔▔▔▔▔▔

            In `wrapper`, assigning `call_count` rebinds what belongs to `decorator`.

            - `call_count` belongs to `decorator`, which binds it on line 6.

            **Here**

            - `call_count` is rebound in `wrapper` on lines 12, 16.
            - Every call of `decorator` makes new variables; the functions made in that call
              share them, over all their calls.
            - `decorator` runs once for each function it decorates, here `api_call`: each
              has variables of its own.
            - `wrapper` reads the old value and writes the new one on line 16, with no lock
              around: with threads an update can be lost.

            **Say in the interview**

            Assignment makes a name local unless it is declared. `nonlocal` means the
            variable of the nearest function around that binds the name, `global` the one of
            the module.

            **Watch for**

            - Assignment that hides the variable around it (`closure-missing-nonlocal`)

            [The nonlocal statement](https://docs.python.org/3/reference/simple_stmts.html#the-nonlocal-statement) · [Naming and binding](https://docs.python.org/3/reference/executionmodel.html#naming-and-binding) · [PEP 3104](https://peps.python.org/pep-3104/)
        "#]],
    );
}

#[test]
fn variables_of_a_function_that_is_called() {
    check_hover(
        &COUNTER.replacen("nonlocal count", "nonlocal cou$0nt", 1),
        expect![[r#"
                nonlocal count
                         ▔▔▔▔▔

        In `step`, assigning `count` rebinds what belongs to `make_counter`.

        - `count` belongs to `make_counter`, which binds it on line 2.

        **Here**

        - `count` is rebound in `step` on line 6.
        - Every call of `make_counter` makes new variables; the functions made in that
          call share them, over all their calls.
        - `make_counter` is called by name on lines 15, 16.
        - Also rebound by `reset`.
        - Without this statement `count` would be local to `step`, and reading it before
          it is assigned raises `UnboundLocalError`.
        - `step` reads the old value and writes the new one on line 6, with no lock
          around: with threads an update can be lost.

        **Say in the interview**

        Assignment makes a name local unless it is declared. `nonlocal` means the
        variable of the nearest function around that binds the name, `global` the one of
        the module.

        **Watch for**

        - Assignment that hides the variable around it (`closure-missing-nonlocal`)

        [The nonlocal statement](https://docs.python.org/3/reference/simple_stmts.html#the-nonlocal-statement) · [Naming and binding](https://docs.python.org/3/reference/executionmodel.html#naming-and-binding) · [PEP 3104](https://peps.python.org/pep-3104/)
    "#]],
    );
}

#[test]
fn a_lock_and_plain_assignments_are_no_race() {
    check_hover(
        &COUNTER
            .replacen("        count += 1", "        with lock:\n            count += 1", 1)
            .replacen("nonlocal", "non$0local", 1),
        expect![[r#"
                    nonlocal count
                    ▔▔▔▔▔▔▔▔

            In `step`, assigning `count` rebinds what belongs to `make_counter`.

            - `count` belongs to `make_counter`, which binds it on line 2.

            **Here**

            - `count` is rebound in `step` on line 7.
            - Every call of `make_counter` makes new variables; the functions made in that
              call share them, over all their calls.
            - `make_counter` is called by name on lines 16, 17.
            - Also rebound by `reset`.
            - Without this statement `count` would be local to `step`, and reading it before
              it is assigned raises `UnboundLocalError`.

            **Say in the interview**

            Assignment makes a name local unless it is declared. `nonlocal` means the
            variable of the nearest function around that binds the name, `global` the one of
            the module.

            **Watch for**

            - Assignment that hides the variable around it (`closure-missing-nonlocal`)

            [The nonlocal statement](https://docs.python.org/3/reference/simple_stmts.html#the-nonlocal-statement) · [Naming and binding](https://docs.python.org/3/reference/executionmodel.html#naming-and-binding) · [PEP 3104](https://peps.python.org/pep-3104/)
        "#]],
    );
}

#[test]
fn two_owners_and_a_name_that_is_only_read() {
    check_hover(
        "\
def outer():
\x20   total = 0
\x20   def middle():
\x20       part = 0
\x20       def inner(x):
\x20           nonl$0ocal total, part
\x20           total = total + x
\x20           print(part)
\x20       return inner
\x20   return middle
",
        expect![[r#"
                        nonlocal total, part
                        ▔▔▔▔▔▔▔▔

            - `total` belongs to `outer`, which binds it on line 2.
            - `part` belongs to `middle`, which binds it on line 4.

            **Here**

            - `total` is rebound in `inner` on line 7.
            - Not needed for `part`: `inner` does not rebind it.
            - `inner` reads the old value and writes the new one on line 7, with no lock
              around: with threads an update can be lost.

            **Say in the interview**

            Assignment makes a name local unless it is declared. `nonlocal` means the
            variable of the nearest function around that binds the name, `global` the one of
            the module.

            **Watch for**

            - Assignment that hides the variable around it (`closure-missing-nonlocal`)

            [The nonlocal statement](https://docs.python.org/3/reference/simple_stmts.html#the-nonlocal-statement) · [Naming and binding](https://docs.python.org/3/reference/executionmodel.html#naming-and-binding) · [PEP 3104](https://peps.python.org/pep-3104/)
        "#]],
    );
}

#[test]
fn what_may_not_be_declared_has_no_card() {
    for source in [
        "def f():\n    def g():\n        nonlocal x$0\n        x = 1\n",
        "x = 0\ndef f():\n    nonlocal x$0\n    x = 1\n",
        "def f():\n    x = 0\n    def g(x):\n        nonlocal x$0\n        x = 1\n",
        "def f():\n    x = 0\n    def g():\n        print(x)\n        nonlocal x$0\n        x = 1\n",
        "def f():\n    global x\n    x = 0\n    def g():\n        nonlocal x$0\n        x = 1\n",
        "def f():\n    x = 0\n    class C:\n        nonlocal x$0\n        x = 1\n",
        "def f():\n    x = 0\n    def g():\n        nonlocal x$0\n        x = (\n",
        "class C:\n    x = 0\n    def g(self):\n        nonlocal x$0\n        x = 1\n",
    ] {
        check_hover(source, expect![["no card\n"]]);
    }
}
