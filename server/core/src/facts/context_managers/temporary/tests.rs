use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn a_path_that_outlives_its_directory() {
    check_hover(
        "\
import os, tempfile

def build(source):
    with tempfile.Temporary$0Directory() as folder:
        out = os.path.join(folder, \"out.bin\")
        compile_to(source, out)
    return out
",
        expect![[r#"
                with tempfile.TemporaryDirectory() as folder:
                     ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `folder` is the path of a new directory; it is removed with all that is in it
            when the block ends, on line 6.

            - `out`, made from it, is used on line 7, behind the block: what it names is
              gone.

            **Say in the interview**

            The block is the life of what is temporary: read back what you need before it
            ends. `mkdtemp` and `mkstemp` leave the removal to you.

            **Version**

            - 3.12: `delete=` of `TemporaryDirectory`, `delete_on_close=` of
              `NamedTemporaryFile`.

            For Python `3.9`, as no file says which ·
            [tempfile](https://docs.python.org/3/library/tempfile.html)
        "#]],
    );
}

#[test]
fn a_file_that_stays() {
    check_hover(
        "\
from tempfile import NamedTemporaryFile

with NamedTemporary$0File(\"w\", delete=False) as f:
    f.write(\"x\")
print(f.name)
",
        expect![[r#"
            with NamedTemporaryFile("w", delete=False) as f:
                 ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `f` is an open file; it is closed when the block ends, on line 4, and because of
            `delete=False` it stays: remove it yourself.

            **Say in the interview**

            The block is the life of what is temporary: read back what you need before it
            ends. `mkdtemp` and `mkstemp` leave the removal to you.

            **Version**

            - 3.12: `delete=` of `TemporaryDirectory`, `delete_on_close=` of
              `NamedTemporaryFile`.

            For Python `3.9`, as no file says which ·
            [tempfile](https://docs.python.org/3/library/tempfile.html)
        "#]],
    );
}

#[test]
fn paths_that_lead_nowhere() {
    let card = snapshot_of(
        "import tempfile\nfrom pathlib import Path\ndef f():\n    with tempfile.Temporary$0Directory() as d:\n        return Path(d) / 'x'\n",
    );
    assert!(card.contains("on line 5 hands out"), "{card}");
    let card = snapshot_of("import tempfile\np = tempfile.Temporary$0Directory().name\n");
    assert!(card.contains("leads nowhere"), "{card}");
    let card = snapshot_of(
        "import tempfile\nwith tempfile.NamedTemporary$0File() as f:\n    f.write(b'')\nopen(f.name)\n",
    );
    assert!(card.contains("used on line 4"), "{card}");
    let card =
        snapshot_of("import tempfile\nd = tempfile.Temporary$0Directory()\nuse(d)\nd.cleanup()\n");
    assert!(card.contains("It is removed on line 4"), "{card}");
}

#[test]
fn uses_inside_are_fine() {
    for source in [
        "import tempfile\nwith tempfile.Temporary$0Directory() as d:\n    use(d)\n",
        "import tempfile\ndef f():\n    with tempfile.Temporary$0Directory() as d:\n        return load(d)\n",
        "import os, tempfile\ndef f(p):\n    with tempfile.Temporary$0Directory() as d:\n        p = os.path.join(d, 'x')\n    return p\n",
        "import tempfile\ndef f():\n    with tempfile.NamedTemporary$0File() as f:\n        return f.read()\n",
    ] {
        let card = snapshot_of(source);
        assert!(!card.contains("hands out") && !card.contains("used on"), "{card}");
        assert_eq!(card_at(source), "temporary");
    }
}

#[test]
fn silent() {
    for source in [
        "from m import *\nwith Temporary$0Directory() as d: ...\n",
        "import tempfile\ndef f(tempfile):\n    with tempfile.Temporary$0Directory() as d: ...\n",
        "import tempfile\nwith tempfile.NamedTemporary$0File(delete=flag) as f: ...\n",
        "import tempfile\nuse(tempfile.Temporary$0Directory())\n",
    ] {
        assert_ne!(card_at(source), "temporary", "{source}");
    }
}
