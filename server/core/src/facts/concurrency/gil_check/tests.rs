use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, check_hover_with};
use crate::content::testing::builtin;
use crate::{PythonVersion, Settings};

#[test]
fn the_running_process() {
    check_hover(
        "import sys\nprint(sys._is_gil_en$0abled())\n",
        expect![[r#"
            print(sys._is_gil_enabled())
                  ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `sys._is_gil_enabled()` tells whether the running process has a GIL now; a
            free-threaded build may have one, too.

            - Python `3.9` has no such function; it came with 3.13.

            **Say in the interview**

            A free-threaded build runs with a GIL if `PYTHON_GIL=1` or `-X gil=1` says so,
            or when an extension module is imported that does not say that it can do
            without.

            For Python `3.9`, as no file says which ·
            [Free\-threading HOWTO](https://docs.python.org/3/howto/free-threading-python.html) · [sys.\_is\_gil\_enabled](https://docs.python.org/3/library/sys.html#sys._is_gil_enabled) · [PEP 703](https://peps.python.org/pep-0703/)
        "#]],
    );
}

#[test]
fn the_build() {
    check_hover_with(
        builtin(),
        &Settings { target: PythonVersion::py3(14), ..Settings::default() },
        "from sysconfig import get_config_var\nfree = get_config$0_var(\"Py_GIL_DISABLED\")\n",
        expect![[r#"
            free = get_config_var("Py_GIL_DISABLED")
                   ▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `get_config_var("Py_GIL_DISABLED")` tells whether this Python was built to run
            without a GIL: 1 if so, else 0 or `None`; not whether the running process has
            one.

            **Say in the interview**

            A free-threaded build runs with a GIL if `PYTHON_GIL=1` or `-X gil=1` says so,
            or when an extension module is imported that does not say that it can do
            without.

            For Python `3.14`, as no file says which ·
            [Free\-threading HOWTO](https://docs.python.org/3/howto/free-threading-python.html) · [sys.\_is\_gil\_enabled](https://docs.python.org/3/library/sys.html#sys._is_gil_enabled) · [PEP 703](https://peps.python.org/pep-0703/)
        "#]],
    );
}

#[test]
fn silent() {
    assert_eq!(card_at("import sysconfig\nsysconfig.get_config$0_var('EXT_SUFFIX')\n"), "");
    assert_eq!(card_at("import sysconfig\nsysconfig.get_config$0_var(name)\n"), "");
    assert_eq!(card_at("def f(sys):\n    sys._is_gil_en$0abled()\n"), "");
    assert_eq!(card_at("import system as sys\nsys._is_gil_en$0abled()\n"), "");
}
