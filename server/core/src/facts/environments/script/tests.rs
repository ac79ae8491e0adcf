use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn what_is_asked_for_and_what_is_imported() {
    check_hover(
        "# /// script\n# requires-python = \">=3.11\"\n# depend$0encies = [\n#   \"requests<3\",\n#   \"rich\",\n# ]\n# ///\n\
         import requests\nimport yaml\nfrom rich.pretty import pprint\n\ndef main():\n    import numpy as np\n",
        expect![[r#"
            # dependencies = [
            ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            This script asks for `requests<3`, `rich`. It asks for Python `>=3.11`.

            **Here**

            - `yaml` (line 9) comes from `PyYAML`, which is not listed.
            - `numpy` (line 13) comes from `numpy`, which is not listed.

            **Say in the interview**

            `uv run`, `pipx run` and other tools read the comment and make an environment
            for this one file. Python itself does not: for `python script.py` it is a
            comment like any other.

            **Watch for**

            - Without `==` each new environment may get other versions.

            [PEP 723](https://peps.python.org/pep-0723/) · [Inline script metadata](https://packaging.python.org/en/latest/specifications/inline-script-metadata/)
        "#]],
    );
}

#[test]
fn a_script_without_dependencies() {
    check_hover(
        "#!/usr/bin/env python3\n# /// scr$0ipt\n# dependencies = []\n#\n# ///\nimport json\n",
        expect![[r#"
            # /// script
            ▔▔▔▔▔▔▔▔▔▔▔▔

            This script asks for no packages.

            **Say in the interview**

            `uv run`, `pipx run` and other tools read the comment and make an environment
            for this one file. Python itself does not: for `python script.py` it is a
            comment like any other.

            [PEP 723](https://peps.python.org/pep-0723/) · [Inline script metadata](https://packaging.python.org/en/latest/specifications/inline-script-metadata/)
        "#]],
    );
}

#[test]
fn spellings_of_a_name_are_one() {
    let card = snapshot_of("# /// script\n# dependencies = ['pyyaml']$0\n# ///\nimport yaml\n");
    assert!(card.contains("`pyyaml`") && !card.contains("not listed"), "{card}");
}

#[test]
fn silent_about_other_comments() {
    for source in [
        "# /// script\n# dependencies = [\n# ///$0\n",
        "# /// other\n# dependencies = []$0\n# ///\n",
        "# /// script\n# dependencies = []$0\n",
        "# /// script\n# dependencies = []\n# ///\n\n# depend$0encies\n",
        "# /// script\n#dependencies = []$0\n# ///\n",
        "# /// script\n# dependencies = 'a'$0\n# ///\n",
        "# not$0e\n# /// script\n# dependencies = []\n# ///\n",
        "x = '''\n# /// script\n# dependencies = []$0\n# ///\n'''\n",
    ] {
        assert_ne!(card_at(source), "script-metadata", "{source}");
    }
}
