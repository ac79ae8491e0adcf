use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, check_hover_in, snapshot_in};

#[test]
fn a_distribution_of_another_name() {
    check_hover(
        "import ya$0ml\n",
        expect![[r#"
        import yaml
               ▔▔▔▔

        `yaml` comes from the distribution `PyYAML`: that is the name to install and to
        write down.

        **Say in the interview**

        An import names a module, `pip install` a distribution; neither says which
        version of the other. What is imported is declared, so that a fresh environment
        has it too.

        **Watch for**

        - `python -m pip install` puts it into the environment of that `python`, and
          only there.

        [Installing packages](https://packaging.python.org/en/latest/tutorials/installing-packages/) · [pyproject.toml](https://packaging.python.org/en/latest/specifications/pyproject-toml/)
    "#]],
    );
}

#[test]
fn what_the_project_asks_for_and_has() {
    check_hover_in(
        "//- src/app/main.py\nfrom PI$0L import Image\n//- pyproject.toml\n[project]\nname = 'app'\n\
         dependencies = ['pillow>=10']\n//- .venv/pyvenv.cfg\nhome = /usr/bin\nversion = 3.11.2\n\
         //- .venv/lib/python3.11/site-packages/PIL/__init__.py\n",
        expect![[r#"
            from PIL import Image
                 ▔▔▔

            `PIL` comes from the distribution `Pillow`: that is the name to install and to
            write down.

            **Here**

            - The project asks for `pillow>=10` (line 3 of `pyproject.toml`).
            - The project's environment has it: `.venv/lib/python3.11/site-packages/PIL`.

            **Say in the interview**

            An import names a module, `pip install` a distribution; neither says which
            version of the other. What is imported is declared, so that a fresh environment
            has it too.

            **Watch for**

            - `python -m pip install` puts it into the environment of that `python`, and
              only there.

            [Installing packages](https://packaging.python.org/en/latest/tutorials/installing-packages/) · [pyproject.toml](https://packaging.python.org/en/latest/specifications/pyproject-toml/)
        "#]],
    );
}

#[test]
fn what_it_neither_asks_for_nor_has() {
    check_hover_in(
        "//- main.py\nimport reque$0sts\n//- requirements.txt\nflask==3.0\n\
         //- venv/pyvenv.cfg\nversion_info = 3.12.1\n\
         //- venv/lib/python3.12/site-packages/flask/__init__.py\n",
        expect![[r#"
            import requests
                   ▔▔▔▔▔▔▔▔

            The distribution that `requests` is installed with has the same name.

            **Here**

            - No requirement for it in `requirements.txt`.
            - Nothing of that name is in `venv/lib/python3.12/site-packages`.

            **Say in the interview**

            An import names a module, `pip install` a distribution; neither says which
            version of the other. What is imported is declared, so that a fresh environment
            has it too.

            **Watch for**

            - `python -m pip install` puts it into the environment of that `python`, and
              only there.

            [Installing packages](https://packaging.python.org/en/latest/tutorials/installing-packages/) · [pyproject.toml](https://packaging.python.org/en/latest/specifications/pyproject-toml/)
        "#]],
    );
}

#[test]
fn a_distribution_of_the_same_name_that_only_the_project_knows() {
    let card = snapshot_in("//- a.py\nimport my_$0lib.core\n//- requirements.txt\nMy-Lib==1\n");
    assert!(card.contains("asks for `My-Lib==1` (line 1 of `requirements.txt`)"), "{card}");
}

#[test]
fn several_distributions_have_the_module() {
    let card = snapshot_in("//- a.py\nimport c$0v2\n");
    assert!(
        card.contains("comes with each of `opencv-python`, `opencv-python-headless`"),
        "{card}"
    );
    let asked = "//- a.py\nimport c$0v2\n//- requirements.txt\nopencv-python-headless\n";
    let card = snapshot_in(asked);
    assert!(card.contains("comes from the distribution `opencv-python-headless`"), "{card}");
    assert!(!card.contains("each of"), "{card}");
}

#[test]
fn silent_about_what_may_be_elsewhere() {
    for fixture in [
        // More may be asked for than is written out.
        "//- a.py\nimport ya$0ml\n//- requirements.txt\n-r base.txt\n",
        "//- a.py\nimport ya$0ml\n//- pyproject.toml\n[project]\ndynamic = ['dependencies']\n",
        // Another layout than that of POSIX; no version.
        "//- a.py\nimport ya$0ml\n//- .venv/pyvenv.cfg\nversion = 3.11.2\n//- .venv/Lib/site-packages/x.py\n",
        "//- a.py\nimport ya$0ml\n//- .venv/pyvenv.cfg\nhome = x\n//- .venv/lib/python3.11/site-packages/x.py\n",
    ] {
        let card = snapshot_in(fixture);
        assert!(card.contains("`PyYAML`"), "{card}");
        assert!(!card.contains("No requirement") && !card.contains("Nothing of"), "{card}");
    }
}

#[test]
fn no_card_for_other_modules() {
    for source in [
        "import js$0on\n",
        "import some_mod$0ule\n",
        "from .ya$0ml import x\n",
        "from x import ya$0ml\n",
        "ya$0ml.load(x)\n",
    ] {
        assert_ne!(card_at(source), "distribution-module", "{source}");
    }
    for fixture in [
        "//- a.py\nimport ya$0ml\n//- yaml.py\n",
        "//- a.py\nimport ya$0ml\n//- yaml/__init__.py\n",
        "//- a.py\nimport my_$0lib\n//- requirements.txt\nmylib==1\n",
    ] {
        assert_eq!(snapshot_in(fixture), "no card\n", "{fixture}");
    }
}
