use expect_test::expect;

use crate::PythonVersion;
use crate::analysis::{Settings, TargetSource};
use crate::cards::testing::{card_at, check_hover, check_hover_with};
use crate::content::testing::builtin;

#[test]
fn one_with_values_that_can_change() {
    check_hover(
        "DEFAULTS = frozen$0dict({\"retries\": 3, \"hosts\": []}, tags={\"a\"})\n",
        expect![[r#"
            DEFAULTS = frozendict({"retries": 3, "hosts": []}, tags={"a"})
                       ▔▔▔▔▔▔▔▔▔▔

            `frozendict({"retries": 3, "hosts": []}, tags={"a"})` makes a mapping that
            cannot be changed.

            **Here**

            - With `[]`, `{"a"}` among its values it has no hash: `hash()` raises
              `TypeError`.

            **Say in the interview**

            It is no `dict` but a type of its own: `isinstance(x, dict)` is false,
            `collections.abc.Mapping` fits both. If all its keys and values have a hash, it
            has one, and can be a key itself or go into a set.

            **Version**

            - 3.15: `frozendict` is a builtin.

            For Python `3.9`, as no file says which ·
            [PEP 814](https://peps.python.org/pep-0814/) · [What's new in Python 3.15](https://docs.python.org/3.15/whatsnew/3.15.html)
        "#]],
    );
}

#[test]
fn one_in_an_annotation_of_a_project_for_an_older_python() {
    let settings = Settings {
        target: PythonVersion::py3(12),
        target_source: Some(TargetSource::RequiresPython),
        ..Settings::default()
    };
    let source = "def run(options: frozendi$0ct[str, int]): ...\n";
    check_hover_with(
        builtin(),
        &settings,
        source,
        expect![[r#"
            def run(options: frozendict[str, int]): ...
                             ▔▔▔▔▔▔▔▔▔▔

            `frozendict` is a mapping that cannot be changed.

            **Here**

            - The project is for Python `3.12`, which does not have it: there the name is a
              `NameError`.

            **Say in the interview**

            It is no `dict` but a type of its own: `isinstance(x, dict)` is false,
            `collections.abc.Mapping` fits both. If all its keys and values have a hash, it
            has one, and can be a key itself or go into a set.

            **Version**

            - 3.15: `frozendict` is a builtin.

            For Python `3.12`, because of `requires-python` ·
            [PEP 814](https://peps.python.org/pep-0814/) · [What's new in Python 3.15](https://docs.python.org/3.15/whatsnew/3.15.html)
        "#]],
    );
}

#[test]
fn another_one_has_no_card() {
    for source in [
        "from frozendict import frozendict\nfrozen$0dict(a=1)\n",
        "try:\n    frozendict\nexcept NameError:\n    frozendict = dict\nx = frozen$0dict()\n",
        "class frozendict(dict): ...\nfrozen$0dict()\n",
    ] {
        assert_ne!(card_at(source), "frozen-dict", "{source}");
    }
}
