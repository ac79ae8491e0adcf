//! What `from … import *` brings. Each answer was held against CPython 3.11.

use super::tests::check;

const UTILS: &str = "//- utils.py\nimport os\n\ndef retry(f): ...\ndef _retry(f): ...\n";

/// What `retry` is in a file that takes all names of `utils.py`.
#[track_caller]
fn of_utils(utils: &str, expected: &str) {
    check(&format!("//- app.py\nfrom utils import *\n$0retry\n//- utils.py\n{utils}"), expected);
}

#[test]
fn all_public_names_come() {
    for (source, expected) in [
        ("from utils import *\n$0retry\n", "utils.py:3"),
        ("from .utils import *\n$0retry\n", "utils.py:3"),
        ("from utils import *\ndef f():\n    return $0retry\n", "utils.py:3"),
        ("def f():\n    return $0retry\nfrom utils import *\n", "utils.py:3"),
        ("from utils import *\n$0_retry\n", "unknown"),
        ("from utils import *\n$0other\n", "unknown"),
        ("from utils import *\ndef f(retry):\n    return $0retry\n", "unknown"),
        ("from utils import *\ndef other(): ...\n$0other\n", "here:2"),
    ] {
        check(&format!("//- app.py\n{source}{UTILS}"), expected);
    }
}

#[test]
fn the_last_that_binds_the_name_counts_for_what_stands_behind_it() {
    let more = "//- more.py\ndef retry(f): ...\n";
    for (source, expected) in [
        ("from utils import *\nfrom more import *\n$0retry\n", "more.py:1"),
        ("from more import *\nfrom utils import *\n$0retry\n", "utils.py:3"),
        ("from utils import *\n$0retry\nfrom more import *\n", "unknown"),
        ("def f(): return $0retry\nfrom utils import *\nfrom more import *\n", "unknown"),
        ("from utils import *\nfrom more import retry\n$0retry\n", "more.py:1"),
        ("from more import retry\nfrom utils import *\n$0retry\n", "utils.py:3"),
        ("from utils import *\ndef retry(f): ...\n$0retry\n", "here:2"),
        ("def retry(f): ...\nfrom utils import *\n$0retry\n", "utils.py:3"),
        ("from utils import *\n$0retry\ndef retry(f): ...\n", "unknown"),
        ("from utils import *\nretry = wrap(retry)\n$0retry\n", "unknown"),
        ("from utils import *\ndel retry\n$0retry\n", "unknown"),
        ("from utils import *\nif x:\n    from more import retry\n$0retry\n", "unknown"),
        ("from utils import *; from more import *; $0retry\n", "more.py:1"),
        ("from utils import *\ndef f():\n    global retry\n    retry = 1\n$0retry\n", "unknown"),
    ] {
        check(&format!("//- app.py\n{source}{UTILS}{more}"), expected);
    }
}

#[test]
fn an_import_in_a_branch_or_of_an_unknown_module_may_bring_anything() {
    for source in [
        "from utils import *\nfrom numpy import *\n$0retry\n",
        "from numpy import *\nfrom utils import *\n$0retry\n",
        "from utils import *\nfrom typing import *\n$0retry\n",
        "from utils import *\nfrom .missing import *\n$0retry\n",
        "if x:\n    from utils import *\n$0retry\n",
        "try:\n    from utils import *\nexcept ImportError:\n    pass\n$0retry\n",
        "from contextlib import suppress\nwith suppress(ImportError):\n    from utils import *\n$0retry\n",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from utils import *\n$0retry\n",
    ] {
        check(&format!("//- app.py\n{source}{UTILS}"), "unknown");
    }
    // A branch matters only for the names that may come from there.
    let branch = "if x:\n    from more import *\n";
    let app = |more: &str| {
        format!("//- app.py\nfrom utils import *\n{branch}$0retry\n//- more.py\n{more}{UTILS}")
    };
    check(&app("def other(f): ...\n"), "utils.py:3");
    check(&app("def retry(f): ...\n"), "unknown");
}

#[test]
fn what_the_module_may_bind_otherwise() {
    of_utils("def retry(f): ...\n", "utils.py:1");
    of_utils("def retry(f): ...\ndef other(f): ...\nother = retry\n", "utils.py:1");
    for utils in [
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    def retry(f): ...\n",
        "try:\n    from fast import retry\nexcept ImportError:\n    def retry(f): ...\n",
        "def retry(f): ...\ndel retry\n",
        "def retry(f): ...\nretry = wrap(retry)\n",
        "def retry(f): ...\nglobals().update(x)\n",
        "import sys\ndef retry(f): ...\nsys.modules[__name__] = Other()\n",
        "def retry(f): ...\ndef patch():\n    global retry\n    retry = None\n",
        "def __getattr__(name): ...\n",
        "def retry(f: ...\n",
        "from numpy import *\ndef retry(f): ...\n",
        "def retry(f): ...\nfrom numpy import *\n",
        "from app import *\ndef retry(f): ...\n",
        "import contextlib\nwith contextlib.suppress(Exception):\n    def retry(f): ...\n",
    ] {
        of_utils(utils, "unknown");
    }
    // What is surely not brought leaves the name alone.
    let own = |utils: &str, expected: &str| {
        let app = "//- app.py\ndef retry(f): ...\nfrom utils import *\n$0retry\n//- utils.py\n";
        check(&format!("{app}{utils}"), expected);
    };
    own("def other(f): ...\n", "here:1");
    own("def _retry(f): ...\ndef f(retry): ...\n", "here:1");
    own("__all__ = ['other']\ndef other(f): ...\ndef retry(f): ...\n", "here:1");
    own("retry: object\n", "unknown");
    own("if x:\n    def retry(f): ...\n", "unknown");
    own("try: x()\nexcept E as retry: ...\n", "unknown");
    own("exec(code)\n", "unknown");
}

#[test]
fn the_list_of_the_module_decides() {
    let defined = "def retry(f): ...\ndef other(f): ...\n";
    for (list, expected) in [
        ("__all__ = ['retry']", "utils.py:1"),
        ("__all__ = ('other', \"retry\")", "utils.py:1"),
        ("__all__ = 'other', 'retry'", "utils.py:1"),
        ("__all__: list[str] = ['retry']", "utils.py:1"),
        ("__all__ = ['other']\n__all__ += ['retry']", "utils.py:1"),
        ("__all__ = ['other']\n__all__ += ('retry',)", "utils.py:1"),
        ("__all__ = ['other']\n__all__.extend(['retry'])", "utils.py:1"),
        ("__all__ = ['other']\n__all__.append('retry')", "utils.py:1"),
        ("__all__ = ['other'] + ['retry']", "utils.py:1"),
        ("__all__ = ['other']\n__all__ = __all__ + ['retry']", "utils.py:1"),
        ("__all__ = ['retry']\nif x:\n    __all__ += ['other']", "utils.py:1"),
        ("__all__ = ['retry'] + unknown.__all__", "utils.py:1"),
        ("__all__ = ['retry']\ndef __dir__(): return sorted(__all__)", "utils.py:1"),
        ("__all__ = ['retry']\ndef export(f): __all__.append(f.__name__)", "utils.py:1"),
        ("__all__ = ['retry']\nfor name in __all__: print(name)", "utils.py:1"),
        ("__all__ = ['other']", "unknown"),
        ("__all__ = ['retry']\n__all__ = ['other']", "unknown"),
        ("__all__ = ['retry']\n__all__.remove('retry')", "unknown"),
        ("__all__ = ['retry']\n__all__.clear()", "unknown"),
        ("__all__ = ['retry']\ndel __all__[0]", "unknown"),
        ("__all__ = ['retry']\n__all__[:] = ['other']", "unknown"),
        ("__all__ = ['retry']\ndel __all__", "unknown"),
        ("__all__ = ['retry']\nchange(__all__)", "unknown"),
        ("__all__ = ['retry']\nnames = __all__\nnames.clear()", "unknown"),
        ("__all__ = ['retry']\ndef f():\n    global __all__\n    __all__ = []", "unknown"),
        ("__all__ = []\nif x:\n    __all__ += ['retry']", "unknown"),
        ("__all__ = []\ndef export(f): __all__.append(f.__name__)\nexport(retry)", "unknown"),
        ("if x:\n    __all__ = ['retry']", "unknown"),
        ("__all__ = [f'retry']", "unknown"),
        ("__all__ = [name for name in dir()]", "unknown"),
        ("from unknown import __all__", "unknown"),
        ("from unknown import *", "unknown"),
    ] {
        of_utils(&format!("{defined}{list}\n"), expected);
    }
    // Without an underscore in the list, it is brought, too.
    let app = "//- app.py\nfrom utils import *\n$0_retry\n//- utils.py\n__all__ = ['_retry']\n";
    check(&format!("{app}def _retry(f): ...\n"), "utils.py:2");
    // A name that the list has and the module has not.
    of_utils("__all__ = ['retry']\n", "unknown");
}

#[test]
fn lists_of_other_modules() {
    let core = "//- core.py\n__all__ = ['retry']\ndef retry(f): ...\ndef other(f): ...\n";
    let with = |utils: &str, expected: &str| of_utils(&format!("{utils}\n{core}"), expected);
    with("from core import *\nfrom core import __all__", "core.py:2");
    with("import core\nfrom core import *\n__all__ = core.__all__ + ['more']", "core.py:2");
    with("import core\nfrom core import retry\n__all__ = [*core.__all__]", "core.py:2");
    with(
        "import core\nfrom core import *\n__all__ = ['more']\n__all__ += core.__all__",
        "core.py:2",
    );
    with(
        "import core\nfrom core import retry\n__all__ = []\n__all__ += missing.__all__",
        "unknown",
    );
    with("from core import *", "core.py:2");
    with("from core import other as retry\nfrom core import *", "core.py:2");
    with("from core import *\nfrom core import other as retry", "core.py:3");
}

#[test]
fn packages_pass_names_on() {
    let app = "//- app.py\nfrom pkg import retry\n$0retry\n";
    let all = "//- app.py\nfrom pkg import *\n$0retry\n";
    let dotted = "//- app.py\nimport pkg\nx = pkg.r$0etry\n";
    let core = "//- pkg/core.py\ndef retry(f): ...\n//- pkg/more.py\ndef other(f): ...\n";
    for app in [app, all, dotted] {
        let with = |init: &str, expected: &str| {
            check(&format!("{app}//- pkg/__init__.py\n{init}{core}"), expected);
        };
        with("from .core import *\n", "pkg/core.py:1");
        with("from .core import *\nfrom .more import *\n", "pkg/core.py:1");
        with("from .more import *\nfrom .core import *\n", "pkg/core.py:1");
        with("from pkg.core import *\n", "pkg/core.py:1");
        with("from .core import *\nfrom numpy import *\n", "unknown");
        with("from .core import *\ndef retry(f): ...\n", "pkg/__init__.py:2");
        with("def retry(f): ...\nfrom .core import *\n", "pkg/core.py:1");
        with("try:\n    from .core import *\nexcept ImportError:\n    pass\n", "unknown");
        with("from . import *\n", "unknown");
        with("", "unknown");
    }
    // The list of a package may name its modules.
    let listed = "//- app.py\nfrom pkg import *\nx = core.r$0etry\n//- pkg/__init__.py\n";
    check(&format!("{listed}__all__ = ['core']\n{core}"), "pkg/core.py:1");
    // Whether anybody imported the module before is not known.
    check(&format!("{listed}{core}"), "unknown");
    check(
        &format!("//- pkg/sub/__init__.py\nfrom ..core import *\n$0retry\n{core}"),
        "pkg/core.py:1",
    );
}

#[test]
fn a_submodule_with_the_name_of_what_is_brought() {
    let app = "//- app.py\nfrom pkg import retry\n$0retry\n";
    let module = "//- pkg/retry.py\ndef retry(f): ...\n//- pkg/core.py\ndef retry(f): ...\n";
    check(&format!("{app}//- pkg/__init__.py\nfrom .retry import *\n{module}"), "pkg/retry.py:1");
    // Importing the submodule later takes the name.
    check(&format!("{app}//- pkg/__init__.py\nfrom .core import *\n{module}"), "unknown");
}

#[test]
fn circles_and_long_ways_end() {
    let app = "//- a.py\nfrom b import *\n$0retry\n";
    check(
        &format!("{app}//- b.py\nfrom a import *\nfrom c import *\n//- c.py\nfrom b import *\n"),
        "unknown",
    );
    let mut chain = "//- app.py\nfrom m0 import *\n$0retry\n".to_owned();
    for number in 0..30 {
        let next = number + 1;
        chain += &format!("//- m{number}.py\nfrom m{next} import *\nfrom m{next} import *\n");
    }
    chain += "//- m30.py\ndef retry(f): ...\n";
    check(&chain, "unknown");
    let wide: String = (0..40).map(|it| format!("from m{it} import *\n")).collect();
    let files: String = (0..40).map(|it| format!("//- m{it}.py\ndef f{it}(): ...\n")).collect();
    check(&format!("//- app.py\n{wide}$0f7\n{files}"), "m7.py:1");
}
