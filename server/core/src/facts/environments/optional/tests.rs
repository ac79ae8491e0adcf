use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn another_value_for_the_name() {
    check_hover(
        "tr$0y:\n    import numpy as np\n    FAST = True\nexcept ImportError:\n    np = None\n    FAST = False\nprint(np)\n",
        expect![[r#"
            try:
            ▔▔▔

            The code does not insist on `numpy`.

            **Here**

            - Where it fails, `np` is `None` (line 5).
            - Where it fails, `FAST = False` tells.

            **Say in the interview**

            What is optional is declared as an extra in `pyproject.toml`: whoever wants it
            installs `package[extra]`, and the code says what is missing instead of failing
            later.

            **Watch for**

            - An `ImportError` raised *inside* the module is caught as well: one that is
              there, but broken or too old, passes for one that is missing.

            [ImportError](https://docs.python.org/3/library/exceptions.html#ImportError) · [ModuleNotFoundError](https://docs.python.org/3/library/exceptions.html#ModuleNotFoundError)
        "#]],
    );
}

#[test]
fn another_module_for_the_name() {
    check_hover(
        "try:\n    import tomllib\nexc$0ept ModuleNotFoundError:\n    import tomli as tomllib\n",
        expect![[r#"
            except ModuleNotFoundError:
            ▔▔▔▔▔▔

            The code does not insist on `tomllib`.

            **Here**

            - Where it fails, `tomllib` comes from `tomli` (line 4).

            **Say in the interview**

            What is optional is declared as an extra in `pyproject.toml`: whoever wants it
            installs `package[extra]`, and the code says what is missing instead of failing
            later.

            **Watch for**

            - A module that is missing *inside* the imported one is caught as well.

            [ImportError](https://docs.python.org/3/library/exceptions.html#ImportError) · [ModuleNotFoundError](https://docs.python.org/3/library/exceptions.html#ModuleNotFoundError)
        "#]],
    );
}

#[test]
fn a_name_that_stays_unbound() {
    check_hover(
        "try:\n    from rich import print as say\nexc$0ept ImportError:\n    pass\n\ndef main():\n    say('x')\nsay('y')\n",
        expect![[r#"
            except ImportError:
            ▔▔▔▔▔▔

            The code does not insist on `rich`. Where the import fails, `say` stays unbound:
            a use raises `NameError`.

            **Here**

            - Used on lines 7, 8.

            **Say in the interview**

            What is optional is declared as an extra in `pyproject.toml`: whoever wants it
            installs `package[extra]`, and the code says what is missing instead of failing
            later.

            **Watch for**

            - An `ImportError` raised *inside* the module is caught as well: one that is
              there, but broken or too old, passes for one that is missing.

            [ImportError](https://docs.python.org/3/library/exceptions.html#ImportError) · [ModuleNotFoundError](https://docs.python.org/3/library/exceptions.html#ModuleNotFoundError)
        "#]],
    );
}

#[test]
fn another_exception() {
    check_hover(
        "t$0ry:\n    import numpy\nexcept ImportError as error:\n    raise SystemExit('pip install app[fast]') from error\n",
        expect![[r#"
            try:
            ▔▔▔

            Without `numpy` the code below does not run. Where the import fails,
            `SystemExit('pip install app[fast]')` is raised.

            **Say in the interview**

            What is optional is declared as an extra in `pyproject.toml`: whoever wants it
            installs `package[extra]`, and the code says what is missing instead of failing
            later.

            **Watch for**

            - An `ImportError` raised *inside* the module is caught as well: one that is
              there, but broken or too old, passes for one that is missing.

            [ImportError](https://docs.python.org/3/library/exceptions.html#ImportError) · [ModuleNotFoundError](https://docs.python.org/3/library/exceptions.html#ModuleNotFoundError)
        "#]],
    );
    let card = snapshot_of("t$0ry:\n    import a\nexcept ImportError:\n    raise\na.f()\n");
    assert!(!card.contains("unbound") && !card.contains("is raised"), "{card}");
}

#[test]
fn bound_elsewhere_it_is_not_said_to_be_unbound() {
    for source in [
        "a = None\nt$0ry:\n    import a\nexcept ImportError:\n    pass\na.f()\n",
        "t$0ry:\n    import a\nexcept ImportError:\n    a = 1\na.f()\n",
        "t$0ry:\n    import a\nexcept ImportError:\n    if x:\n        a = 1\na.f()\n",
    ] {
        let card = snapshot_of(source);
        assert!(card.contains("does not insist on `a`") && !card.contains("unbound"), "{card}");
    }
}

#[test]
fn silent_about_other_statements() {
    for source in [
        "t$0ry:\n    import a\nexcept ValueError:\n    pass\n",
        "t$0ry:\n    import a\nfinally:\n    f()\n",
        "t$0ry:\n    a()\nexcept ImportError:\n    pass\n",
        "t$0ry:\n    import a\n    a.f()\nexcept ImportError:\n    pass\n",
        "t$0ry:\n    import a\nexcept Exception:\n    pass\n",
        "t$0ry:\n    import a\nexcept* ImportError:\n    pass\n",
        "t$0ry:\n    import a\nexcept errors:\n    pass\nexcept ImportError:\n    pass\n",
        "from m import *\nt$0ry:\n    import a\nexcept ImportError:\n    pass\na.f()\n",
        "from m import ImportError\nt$0ry:\n    import a\nexcept ImportError:\n    pass\n",
        "try:\n    f()\nexc$0ept OSError:\n    import a\n",
    ] {
        assert_ne!(card_at(source), "optional-import", "{source}");
    }
}
