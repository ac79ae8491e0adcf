use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn what_is_caught() {
    check_hover(
        "try:\n    a()\n    b()\nex$0cept:\n    pass\n",
        expect![[r#"
            except:
            ▔▔▔▔▔▔

            `except:` catches everything, `KeyboardInterrupt` and `SystemExit` too. **Its
            body does nothing**: what went wrong leaves no trace.

            **Here**

            - It guards line 2 to line 3.
            - It has no `raise`: unless a call in it raises, the exception ends here.

            **Say in the interview**

            Catch what you can deal with, by name, around as little code as possible; log or
            re-raise the rest.

            **Watch for**

            - Exception swallowed (`swallowed-exception`)

            [Exception hierarchy](https://docs.python.org/3/library/exceptions.html#exception-hierarchy) · [The try statement](https://docs.python.org/3/reference/compound_stmts.html#the-try-statement)
        "#]],
    );
    check_hover(
        "try:\n    a()\nexcept KeyError:\n    b()\nex$0cept Exception as e:\n    log()\n",
        expect![[r#"
            except Exception as e:
            ▔▔▔▔▔▔

            `except Exception:` catches every error, also a `NameError` or `AttributeError`
            by mistake in the code it guards.

            **Here**

            - It guards line 2.
            - Exceptions named on line 3 do not get here.
            - It has no `raise`: unless a call in it raises, the exception ends here.
            - `e` is never used here: not even the message is kept.

            **Say in the interview**

            Catch what you can deal with, by name, around as little code as possible; log or
            re-raise the rest.

            **Watch for**

            - Exception swallowed (`swallowed-exception`)

            [Exception hierarchy](https://docs.python.org/3/library/exceptions.html#exception-hierarchy) · [The try statement](https://docs.python.org/3/reference/compound_stmts.html#the-try-statement)
        "#]],
    );
    check_hover(
        "def f():\n    try:\n        a()\n    ex$0cept BaseException:\n        undo()\n        raise\n",
        expect![[r#"
                except BaseException:
                ▔▔▔▔▔▔

            `except BaseException:` catches everything, `KeyboardInterrupt` and `SystemExit`
            too. Each way through it ends in a `raise`.

            **Here**

            - It guards line 3.

            **Say in the interview**

            Catch what you can deal with, by name, around as little code as possible; log or
            re-raise the rest.

            **Watch for**

            - Exception swallowed (`swallowed-exception`)

            [Exception hierarchy](https://docs.python.org/3/library/exceptions.html#exception-hierarchy) · [The try statement](https://docs.python.org/3/reference/compound_stmts.html#the-try-statement)
        "#]],
    );
    check_hover(
        "for x in y:\n    try:\n        a(x)\n    ex$0cept Exception:\n        if x:\n            raise\n        continue\n",
        expect![[r#"
                except Exception:
                ▔▔▔▔▔▔

            `except Exception:` catches every error, also a `NameError` or `AttributeError`
            by mistake in the code it guards.

            **Here**

            - It guards line 3.

            **Say in the interview**

            Catch what you can deal with, by name, around as little code as possible; log or
            re-raise the rest.

            **Watch for**

            - Exception swallowed (`swallowed-exception`)

            [Exception hierarchy](https://docs.python.org/3/library/exceptions.html#exception-hierarchy) · [The try statement](https://docs.python.org/3/reference/compound_stmts.html#the-try-statement)
        "#]],
    );
}

#[test]
fn silent_for_what_is_named() {
    for source in [
        "try:\n    a()\nex$0cept KeyError:\n    pass\n",
        "async def f():\n    try:\n        await a()\n    ex$0cept:\n        pass\n",
        "try:\n    a()\nex$0cept (KeyError, Exception):\n    pass\n",
        "try:\n    a()\nex$0cept* Exception:\n    pass\n",
        "Exception = X\ntry:\n    a()\nex$0cept Exception:\n    pass\n",
        "from m import *\ntry:\n    a()\nex$0cept Exception:\n    pass\n",
        "def f(Exception):\n    try:\n        a()\n    ex$0cept Exception:\n        pass\n",
        "try:\n    a()\nex$0cept Exception:\n    x = (\n",
    ] {
        assert_ne!(card_at(source), "broad-except", "{source}");
    }
}
