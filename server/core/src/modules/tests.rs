use super::testing::Workspace;
use super::*;
use crate::names::Names;
use crate::walk;

/// The path of the file that defines what the name behind the cursor stands for; nothing if that is
/// not certain.
fn defined_in(fixture: &str) -> Option<String> {
    let (files, path, offset) = Workspace::new(fixture);
    let document = files.source(&path).unwrap().document;
    let item = document.item_at(offset).unwrap();
    let at = offset - document.start_of(item);
    let root = document.items()[item].tree().unwrap().root_node();
    let names = Names::new(document).at(Site::new(&files, &path));
    let found = walk::path_to(root, at, at + 1).unwrap().into_iter().rev().find_map(|node| {
        let found = names.definition_anywhere(item, node)?;
        Some((found, node))
    });
    let (found, node) = found?;
    let definition = found.names.node(found.bound).unwrap();
    let line = found.names.line(found.bound.item, definition);
    assert!(node.end_byte() > at, "{fixture}");
    Some(format!("{}:{}", line.file.as_deref().unwrap_or("here"), line.number + 1))
}

#[track_caller]
pub(super) fn check(fixture: &str, expected: &str) {
    assert_eq!(defined_in(fixture).as_deref().unwrap_or("unknown"), expected, "{fixture}");
}

const UTILS: &str = "//- utils.py\n\ndef retry(f): ...\n";

#[test]
fn imports_of_all_forms() {
    for (source, expected) in [
        ("from utils import retry\n$0retry\n", "utils.py:2"),
        ("from utils import retry as r\n$0r\n", "utils.py:2"),
        ("from utils import (\n    other,\n    retry,\n)\n$0retry\n", "utils.py:2"),
        ("import utils\nx = utils.r$0etry\n", "utils.py:2"),
        ("import utils as u\nx = u.r$0etry\n", "utils.py:2"),
        ("def f():\n    from utils import retry\n    return $0retry\n", "utils.py:2"),
        ("from .utils import retry\n$0retry\n", "utils.py:2"),
        ("from . import utils\nx = utils.r$0etry\n", "utils.py:2"),
        ("from .. import utils\nx = utils.r$0etry\n", "unknown"),
        ("from utils import again\n$0again\n", "unknown"),
        ("import utils\nx = utils.$0again\n", "unknown"),
        ("import utils\n$0utils\n", "unknown"),
    ] {
        check(&format!("//- app.py\n{source}{UTILS}"), expected);
    }
}

#[test]
fn unknown_where_the_name_may_be_another() {
    for source in [
        "try:\n    from utils import retry\nexcept ImportError:\n    retry = None\n$0retry\n",
        "if x:\n    from utils import retry\n$0retry\n",
        "from utils import retry\nretry = wrap(retry)\n$0retry\n",
        "from utils import retry\nfrom other import *\n$0retry\n",
        "from other import *\nfrom utils import retry\n$0retry\n",
        "import utils\nutils.retry = None\nx = utils.$0retry\n",
        "import utils\nsetattr(utils, 'retry', None)\nx = utils.$0retry\n",
        "import utils\nx = utils().$0retry\n",
        "def f(utils):\n    x = utils.$0retry\n",
    ] {
        check(&format!("//- app.py\n{source}{UTILS}"), "unknown");
    }
    for defined in [
        "def retry(f): ...\ndef retry(f, n): ...\n",
        "if x:\n    def retry(f): ...\n",
        "def retry(f): ...\nretry = wrap(retry)\n",
        "def retry(f): ...\ndel retry\n",
        "def retry(f): ...\ndef patch():\n    global retry\n    retry = None\n",
        "def retry(f): ...\nfrom more import *\n",
        "def retry(f): ...\nglobals().update(x)\n",
        "retry = make()\n",
        "def __getattr__(name): ...\n",
        "def retry(f: ...\n",
    ] {
        let fixture =
            format!("//- app.py\nfrom utils import retry\n$0retry\n//- utils.py\n{defined}");
        check(&fixture, "unknown");
    }
}

#[test]
fn packages_and_what_they_pass_on() {
    let app = "//- app.py\nfrom pkg import retry\n$0retry\n";
    let core = "//- pkg/core.py\ndef retry(f): ...\n";
    check(&format!("{app}//- pkg/__init__.py\nfrom .core import retry\n{core}"), "pkg/core.py:1");
    check(
        &format!("{app}//- pkg/__init__.py\nfrom pkg.core import retry\n{core}"),
        "pkg/core.py:1",
    );
    let renamed = "from . import core as c\nfrom .core import retry as again\n";
    check(&format!("{app}//- pkg/__init__.py\n{renamed}{core}"), "unknown");
    check(&format!("{app}//- pkg/__init__.py\n{core}"), "unknown");
    let deep = "//- app.py\nimport pkg.core\nx = pkg.core.r$0etry\n";
    check(&format!("{deep}//- pkg/__init__.py\n{core}"), "pkg/core.py:1");
    check(&format!("{deep}{core}"), "pkg/core.py:1");
    let both =
        "//- app.py\nimport pkg.core\nimport pkg.more\nx = pkg.core.r$0etry\n//- pkg/more.py\n\n";
    check(&format!("{both}{core}"), "pkg/core.py:1");
    let alias = "//- app.py\nimport pkg.core as c\nx = c.r$0etry\n";
    check(&format!("{alias}//- pkg/__init__.py\n{core}"), "pkg/core.py:1");
    let inside = "//- pkg/sub/__init__.py\n//- pkg/__init__.py\n//- pkg/sub/mod.py\n";
    check(&format!("{inside}from ..core import retry\n$0retry\n{core}"), "pkg/core.py:1");
    check(&format!("{inside}from pkg.core import retry\n$0retry\n{core}"), "pkg/core.py:1");
}

#[test]
fn a_submodule_may_take_the_place_of_a_name() {
    let app = "//- app.py\nfrom pkg import retry\n$0retry\n";
    let module = "//- pkg/retry.py\ndef retry(f): ...\n";
    // Importing the submodule, by anyone and later, binds the name to the module.
    check(&format!("{app}//- pkg/__init__.py\ndef retry(f): ...\n{module}"), "unknown");
    check(
        &format!("{app}//- pkg/__init__.py\nfrom .retry import retry\n{module}"),
        "pkg/retry.py:1",
    );
}

#[test]
fn a_package_comes_before_a_module_and_a_module_before_a_namespace() {
    let app = "//- app.py\nfrom m import f\n$0f\n";
    let module = "//- m.py\ndef f(): ...\n";
    check(&format!("{app}{module}//- m/__init__.py\n\ndef f(): ...\n"), "m/__init__.py:2");
    check(&format!("{app}{module}//- m/other.py\n"), "m.py:1");
    check(&format!("{app}//- m.pyi\ndef f(): ...\n"), "unknown");
    check(&format!("{app}{module}//- m.pyi\n\n\ndef f(): ...\n"), "m.py:1");
}

#[test]
fn roots_have_to_agree() {
    let module = "def f(): ...\n";
    let app = "//- src/pkg/app.py\nfrom m import f\n$0f\n";
    check(&format!("{app}//- src/m.py\n{module}"), "src/m.py:1");
    check(&format!("{app}//- m.py\n{module}"), "m.py:1");
    check(&format!("{app}//- m.py\n{module}//- src/m.py\n{module}"), "unknown");
    // A namespace package without `src` on the path.
    check(&format!("{app}//- m/readme.txt\n//- src/m.py\n{module}"), "unknown");
    check(&format!("{app}//- lib/m.py\n{module}"), "unknown");
    // A script's own folder.
    check(
        &format!("//- tools/app.py\nfrom m import f\n$0f\n//- tools/m.py\n{module}"),
        "tools/m.py:1",
    );
    let both = format!("//- tools/m.py\n{module}//- m.py\n{module}");
    check(&format!("//- tools/app.py\nfrom m import f\n$0f\n{both}"), "unknown");
    // A module of a package: as a script it would find its neighbour.
    let package = format!("//- pkg/__init__.py\n//- pkg/m.py\n{module}");
    let app = "//- pkg/app.py\nfrom m import f\n$0f\n";
    check(&format!("{app}{package}"), "unknown");
    check(&format!("{app}{package}//- m.py\n{module}"), "unknown");
    // A project inside the workspace.
    let project = "//- one/pyproject.toml\n//- one/src/app.py\nfrom m import f\n$0f\n";
    check(&format!("{project}//- one/src/m.py\n{module}"), "one/src/m.py:1");
    // A module that was imported sees the path of who imported it.
    let chain = "//- tools/app.py\nfrom lib.a import f\n$0f\n//- tools/lib/a.py\nfrom m import f\n";
    check(&format!("{chain}//- tools/m.py\n{module}"), "tools/m.py:1");
    check(&format!("{chain}{both}"), "unknown");
}

#[test]
fn namespace_packages() {
    let app = "//- app.py\nfrom ns.m import f\n$0f\n";
    check(&format!("{app}//- ns/m.py\ndef f(): ...\n"), "ns/m.py:1");
    check(&format!("{app}//- ns/o.py\n//- src/ns/m.py\ndef f(): ...\n"), "src/ns/m.py:1");
    let inside = "//- ns/app.py\nfrom .m import f\n$0f\n//- ns/m.py\ndef f(): ...\n";
    check(inside, "ns/m.py:1");
    check(&format!("{inside}//- src/ns/m.py\ndef f(): ...\n"), "unknown");
    check(&format!("{inside}//- src/ns/__init__.py\n"), "unknown");
    let hidden =
        "//- ns/m.py\ndef f(): ...\n//- src/ns/__init__.py\n//- src/ns/m.py\ndef f(): ...\n";
    check(&format!("{app}{hidden}"), "unknown");
    let twice = "//- ns/m.py\ndef f(): ...\n//- src/ns/m.py\ndef f(): ...\n";
    check(&format!("{app}{twice}"), "unknown");
}

#[test]
fn the_standard_library_is_never_taken_for_a_file() {
    check("//- app.py\nfrom queue import f\n$0f\n//- queue.py\ndef f(): ...\n", "unknown");
    check(
        "//- p/app.py\nfrom .queue import f\n$0f\n//- p/queue.py\ndef f(): ...\n",
        "p/queue.py:1",
    );
}

#[test]
fn files_that_are_not_the_readers_own_take_no_part() {
    let module = "def f(): ...\n";
    for folder in [".venv/lib", "env/lib/python3.11/site-packages", "web/node_modules/x"] {
        check(
            &format!("//- {folder}/app.py\nfrom .m import f\n$0f\n//- {folder}/m.py\n{module}"),
            "unknown",
        );
    }
    check(&format!("//- app.pyi\nfrom m import f\n$0f\n//- m.py\n{module}"), "unknown");
    check("//- app.py\nfrom x.fifo import f\n$0f\n//- x.fifo.py\ndef f(): ...\n", "unknown");
}

#[test]
fn cycles_end() {
    check("//- a.py\nfrom b import f\n$0f\n//- b.py\nfrom a import f\n", "unknown");
    check(
        "//- a.py\nfrom b import g\n$0g\ndef f(): ...\n//- b.py\nfrom a import f as g\n",
        "here:3",
    );
    check("//- a.py\nimport a\nx = a.$0f\ndef f(): ...\n", "here:3");
    let mut chain = "//- a.py\nfrom m0 import f\n$0f\n".to_owned();
    for i in 0..20 {
        chain.push_str(&format!("//- m{i}.py\nfrom m{} import f\n", i + 1));
    }
    check(&format!("{chain}//- m20.py\ndef f(): ...\n"), "unknown");
}
