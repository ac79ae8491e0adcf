use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, check_hover_in, snapshot_in};

#[test]
fn a_module_of_the_same_package() {
    check_hover_in(
        "//- app/views.py\nfrom .mod$0els import User\n//- app/models.py\n//- app/__init__.py\n",
        expect![[r#"
            from .models import User
                 ▔▔▔▔▔▔▔

            `.models` starts at the package that this file belongs to. It means
            `app/models.py`.

            **Say in the interview**

            Dots count packages, not folders: `__package__` is what they start from, so the
            import works wherever the package is installed, and nowhere else.

            **Watch for**

            - Run as a script, this file belongs to no package: the import raises
              `ImportError`. `python -m package.module` runs it as part of its package.

            [Package Relative Imports](https://docs.python.org/3/reference/import.html#package-relative-imports) · [PEP 328](https://peps.python.org/pep-0328/)
        "#]],
    );
}

#[test]
fn submodules_of_a_package_further_out() {
    check_hover_in(
        "//- app/web/views.py\nfrom .$0. import models, config as c, VERSION\n\
         //- app/web/__init__.py\n//- app/__init__.py\nVERSION = 1\n\
         //- app/models.py\n//- app/config/__init__.py\n",
        expect![[r#"
            from .. import models, config as c, VERSION
                 ▔▔

            `..` starts further out than the package that this file belongs to, by 1. It
            means `app/__init__.py`.

            **Here**

            - `models` is its submodule `app/models.py`.
            - `config` is its submodule `app/config/__init__.py`.

            **Say in the interview**

            Dots count packages, not folders: `__package__` is what they start from, so the
            import works wherever the package is installed, and nowhere else.

            **Watch for**

            - Run as a script, this file belongs to no package: the import raises
              `ImportError`. `python -m package.module` runs it as part of its package.

            [Package Relative Imports](https://docs.python.org/3/reference/import.html#package-relative-imports) · [PEP 328](https://peps.python.org/pep-0328/)
        "#]],
    );
}

#[test]
fn without_a_workspace_the_dots_are_explained() {
    check_hover(
        "from ...core.mo$0dels import User\n",
        expect![[r#"
            from ...core.models import User
                 ▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `...core.models` starts further out than the package that this file belongs to,
            by 2.

            **Say in the interview**

            Dots count packages, not folders: `__package__` is what they start from, so the
            import works wherever the package is installed, and nowhere else.

            **Watch for**

            - Run as a script, this file belongs to no package: the import raises
              `ImportError`. `python -m package.module` runs it as part of its package.

            [Package Relative Imports](https://docs.python.org/3/reference/import.html#package-relative-imports) · [PEP 328](https://peps.python.org/pep-0328/)
        "#]],
    );
}

#[test]
fn silent_about_what_is_not_certain() {
    let file = |fixture: &str| snapshot_in(fixture).contains("It means");
    // No such file; out of the package; both a module and a folder of that name.
    assert!(!file("//- app/a.py\nfrom .$0gone import x\n//- app/__init__.py\n"));
    assert!(!file("//- app/a.py\nfrom ..$0b import x\n//- app/__init__.py\n//- b.py\n"));
    assert!(!file("//- a.py\nfrom ...$0b import x\n//- b.py\n"));
    // The package binds the name itself, or may.
    for init in ["b = 1\n", "from x import *\n", "def __getattr__(name): ...\n"] {
        let fixture =
            format!("//- p/a.py\nfrom $0. import b\n//- p/b.py\n//- p/__init__.py\n{init}");
        assert!(!snapshot_in(&fixture).contains("submodule"), "{fixture}");
    }
    for source in
        ["from mod$0els import x\n", "import mod$0els\n", "x = a.mod$0els\n", "x = ...$0\n"]
    {
        assert_ne!(card_at(source), "relative-import", "{source}");
    }
}
