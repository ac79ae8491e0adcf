use expect_test::expect;

use crate::analysis::TargetSource;
use crate::cards::testing::{card_at, check_hover, snapshot, snapshot_of};
use crate::content::testing::builtin;
use crate::{PythonVersion, Settings};

#[test]
fn a_module() {
    check_hover(
        "lazy imp$0ort numpy as np\nnp.array([])\n",
        expect![[r#"
            lazy import numpy as np
                 ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `numpy` is not loaded here, but at the first use of `np`.

            **Say in the interview**

            A module that is not there is missed at the first use, not at the import: the
            `ModuleNotFoundError` moves from start-up into the middle of the program.

            **Watch for**

            - What loading does on the side, such as registering something, waits as well.

            **Version**

            - 3.15: `lazy` before `import` and `from`. With an older Python a list
              `__lazy_modules__` is ignored, so it can name the modules for both.

            For Python `3.9`, as no file says which ·
            [PEP 810](https://peps.python.org/pep-0810/)
        "#]],
    );
}

#[test]
fn names_of_a_module() {
    check_hover(
        "lazy from pandas imp$0ort DataFrame, read_csv as read\n",
        expect![[r#"
            lazy from pandas import DataFrame, read_csv as read
                 ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `pandas` is not loaded here, but at the first use of `DataFrame`, `read`.

            **Say in the interview**

            A module that is not there is missed at the first use, not at the import: the
            `ModuleNotFoundError` moves from start-up into the middle of the program.

            **Watch for**

            - What loading does on the side, such as registering something, waits as well.

            **Version**

            - 3.15: `lazy` before `import` and `from`. With an older Python a list
              `__lazy_modules__` is ignored, so it can name the modules for both.

            For Python `3.9`, as no file says which ·
            [PEP 810](https://peps.python.org/pep-0810/)
        "#]],
    );
}

#[test]
fn an_older_python() {
    let says = |target, is_known: bool| {
        let target = PythonVersion::py3(target);
        let target_source = is_known.then_some(TargetSource::RequiresPython);
        let settings = Settings { target, target_source, ..Settings::default() };
        snapshot(builtin(), &settings, "lazy imp$0ort a\n").contains("to that, `lazy`")
    };
    assert!(says(12, true) && !says(15, true) && !says(12, false));
}

#[test]
fn where_python_refuses_it() {
    let card = snapshot_of("def f():\n    x = 1\n    lazy imp$0ort a\n");
    assert!(card.contains("In a function `lazy` is a") && !card.contains("not loaded"), "{card}");
    let card = snapshot_of("lazy from a imp$0ort *\n");
    assert!(card.contains("`lazy` with `*`"), "{card}");
}

#[test]
fn silent_about_other_imports() {
    for source in [
        "imp$0ort lazy\n",
        "lazy\nimp$0ort a\n",
        "x = lazy; imp$0ort a\n",
        "lazily imp$0ort a\n",
        "# lazy\nimp$0ort a\n",
        "from a imp$0ort b\n",
    ] {
        assert_ne!(card_at(source), "lazy-import", "{source}");
    }
}
