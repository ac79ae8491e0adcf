use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn what_is_not_caught() {
    check_hover(
        "import json\n\ndef read(path):\n    try:\n        with open(path) as f:\n            return json.load(f)\n    ex$0cept json.JSONDecodeError:\n        return None\n",
        expect![[r#"
                except json.JSONDecodeError:
                ▔▔▔▔▔▔

            Not caught here, or not every kind of it: `OSError`, `ValueError` from `open`,
            `json.load`.

            **Here**

            - `open` (line 5) is known to raise `OSError`, `ValueError`.
            - `json.load` (line 6) is known to raise `OSError`, `ValueError`.
            - `json.JSONDecodeError` is a `ValueError` for text that is no JSON; other ones,
              such as for a number with too many digits, pass by.

            **Say in the interview**

            Catch what is expected, by name, around the one call that raises it. What is not
            expected passes on to where it is logged.

            [Handling exceptions](https://docs.python.org/3/tutorial/errors.html#handling-exceptions) · [Exception hierarchy](https://docs.python.org/3/library/exceptions.html#exception-hierarchy)
        "#]],
    );
}

#[test]
fn all_is_caught() {
    check_hover(
        "def number(text):\n    try:\n        return int(text)\n    except (ValueError, Over$0flowError):\n        return 0\n    except TypeError:\n        raise\n",
        expect![[r#"
                except (ValueError, OverflowError):
                       ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            All that is known to come from `int` is caught here.

            **Here**

            - `int` (line 3) is known to raise `ValueError`, `TypeError`, `OverflowError`.

            **Say in the interview**

            Catch what is expected, by name, around the one call that raises it. What is not
            expected passes on to where it is logged.

            [Handling exceptions](https://docs.python.org/3/tutorial/errors.html#handling-exceptions) · [Exception hierarchy](https://docs.python.org/3/library/exceptions.html#exception-hierarchy)
        "#]],
    );
}

#[test]
fn an_error_of_a_package_is_not_judged() {
    check_hover(
        "import requests\n\ndef get(url):\n    try:\n        return requests.get(url, timeout=3)\n    except$0 OSError:\n        return None\n",
        expect![[r#"
                except OSError:
                ▔▔▔▔▔▔

            This `try` guards `requests.get`.

            **Here**

            - `requests.get` (line 5) is known to raise `requests.RequestException`.

            **Say in the interview**

            Catch what is expected, by name, around the one call that raises it. What is not
            expected passes on to where it is logged.

            [Handling exceptions](https://docs.python.org/3/tutorial/errors.html#handling-exceptions) · [Exception hierarchy](https://docs.python.org/3/library/exceptions.html#exception-hierarchy)
        "#]],
    );
}

#[test]
fn silent_where_nothing_is_known() {
    for source in [
        // A broad one has another card.
        "try:\n    int(x)\nexcep$0t Exception:\n    pass\n",
        "try:\n    compute(x)\nexcep$0t ValueError:\n    pass\n",
        // Nobody knows what this catches.
        "try:\n    int(x)\nexcep$0t errors:\n    pass\n",
        "try:\n    int(x)\nexcep$0t* ValueError:\n    pass\n",
        // It is called later.
        "try:\n    f = lambda: int(x)\nexcep$0t ValueError:\n    pass\n",
        "def int(x): ...\ntry:\n    int(x)\nexcep$0t ValueError:\n    pass\n",
        // It may be suppressed.
        "try:\n    with quiet():\n        int(x)\nexcep$0t ValueError:\n    pass\n",
        // The inner `try` comes first.
        "try:\n    try:\n        int(x)\n    finally:\n        pass\nexcep$0t ValueError:\n    pass\n",
    ] {
        assert_ne!(card_at(source), "specific-except", "{source}");
    }
}

#[test]
fn two_calls_on_one_line_are_told_once() {
    let card = snapshot_of("try:\n    x = int(int(a))\nexc$0ept ValueError:\n    pass\n");
    assert_eq!(card.matches("is known to raise").count(), 1, "{card}");
}
