use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn a_value_in_the_text() {
    check_hover(
        "import sqlite3\ndef find(name):\n    db = sqlite3.connect('shop.db')\n    query = f\"SELECT id FROM user WHERE name = '{name}'\"\n    return db.exe$0cute(query).fetchone()\n",
        expect![[r#"
                return db.execute(query).fetchone()
                          ▔▔▔▔▔▔▔

            The text of the statement holds values of `name`: they can change what it does.

            **Here**

            - The text is put together on line 4.
            - A value is written `?` in the text of `sqlite3`, and passed beside it.

            **Say in the interview**

            Values are parameters, never text. Only names of tables and columns have to be
            in the text, out of a fixed set. Many rows go into one transaction.

            **Watch for**

            - Value in the text of an SQL statement (`sql-string-format`)
            - One `execute` for each row (`sql-insert-loop`)

            [PEP 249](https://peps.python.org/pep-0249/#cursor-methods) · [sqlite3: placeholders](https://docs.python.org/3/library/sqlite3.html#how-to-use-placeholders-to-bind-values-in-sql-queries) · [sqlite3: transaction control](https://docs.python.org/3/library/sqlite3.html#transaction-control)
        "#]],
    );
}

#[test]
fn parameters_in_a_loop_without_commit() {
    check_hover(
        "import sqlite3\ndb = sqlite3.connect('shop.db')\ncursor = db.cursor()\nfor name, price in rows:\n    cursor.exe$0cute(\"INSERT INTO item (name, price) VALUES (?, ?)\", (name, price))\ndb.close()\n",
        expect![[r#"
                cursor.execute("INSERT INTO item (name, price) VALUES (?, ?)", (name, price))
                       ▔▔▔▔▔▔▔

            `(name, price)` travels beside the statement, as values: nothing in it can
            change what the statement does.

            **Here**

            - A value is written `?` in the text of `sqlite3`, and passed beside it.
            - Each round of the loop on line 4 changes a row; `executemany` takes them all
              at once.
            - Nothing in this file commits: the changes through `db` are lost when it
              closes.

            **Say in the interview**

            Values are parameters, never text. Only names of tables and columns have to be
            in the text, out of a fixed set. Many rows go into one transaction.

            **Watch for**

            - Value in the text of an SQL statement (`sql-string-format`)
            - One `execute` for each row (`sql-insert-loop`)

            [PEP 249](https://peps.python.org/pep-0249/#cursor-methods) · [sqlite3: placeholders](https://docs.python.org/3/library/sqlite3.html#how-to-use-placeholders-to-bind-values-in-sql-queries) · [sqlite3: transaction control](https://docs.python.org/3/library/sqlite3.html#transaction-control)
        "#]],
    );
}

#[test]
fn what_is_told() {
    for (call, says) in [
        ("exe$0cute('SELECT a FROM b WHERE c = %s' % c)", "holds values of `c`"),
        ("exe$0cute('SELECT a FROM b WHERE c = ' + c)", "holds values of `c`"),
        ("exe$0cute('SELECT a FROM b WHERE c = {}'.format(c))", "holds values of `c`"),
        ("exe$0cute('SELECT a FROM b')", "A fixed statement: `SELECT`"),
        ("exe$0cute('SELECT a FROM b WHERE c = ?', (c, d))", "1 placeholders and gets 2"),
        ("execute$0many('INSERT INTO a VALUES (?)', rows)", "each row of `rows`"),
        ("execute$0script(text)", "after a `COMMIT`"),
    ] {
        let source = format!(
            "import sqlite3\ndef f(c, d, rows, text):\n    db = sqlite3.connect('x')\n    db.{call}\n    db.commit()\n"
        );
        let card = snapshot_of(&source).replace('\n', " ");
        assert!(card.contains(says) && !card.contains("Nothing in this file"), "{card}");
    }
    // A mark in a string is none, and `commit` may stand elsewhere.
    for call in [
        "exe$0cute(\"SELECT '?' FROM b WHERE c = ?\", (c,))",
        "exe$0cute('SELECT a FROM b WHERE c = ?', c)",
        "exe$0cute('SELECT a FROM b WHERE c = ?1 OR d = ?1', (c,))",
        "exe$0cute('SELECT a FROM b WHERE c = ?', (*c,))",
    ] {
        let source = format!("import sqlite3\ndb = sqlite3.connect('x')\ndb.{call}\n");
        let card = snapshot_of(&source);
        assert!(card.contains("beside the statement") && !card.contains("gets"), "{card}");
    }
}

#[test]
fn commits_that_may_come() {
    for (before, after) in [
        ("db = sqlite3.connect('x')\n", "save(db)\n"),
        ("db = sqlite3.connect('x')\n", "with db:\n    pass\n"),
        ("db = sqlite3.connect('x')\n", "db.commit()\n"),
        ("db = sqlite3.connect('x', isolation_level=None)\n", ""),
        ("db = sqlite3.connect('x')\n", "c = db\n"),
    ] {
        let source = format!("import sqlite3\n{before}db.exe$0cute('DELETE FROM a')\n{after}");
        let card = snapshot_of(&source);
        assert!(card.contains("`DELETE`") && !card.contains("commits"), "{card}");
    }
}

#[test]
fn silent_for_anything_else() {
    for source in [
        "def f(db, x):\n    db.exe$0cute(f'SELECT {x}')\n",
        "import sqlite3\ndb = sqlite3.connect('x')\ndb = other()\ndb.exe$0cute('SELECT 1')\n",
        "import sqlite3\nsqlite3 = mine\ndb = sqlite3.connect('x')\ndb.exe$0cute('SELECT 1')\n",
        "import sqlite3\ndb = sqlite3.connect('x')\ndb.exe$0cute(*args)\n",
        "class Pool:\n    def execute(self, x): ...\np = Pool()\np.exe$0cute('SELECT 1')\n",
    ] {
        assert_ne!(card_at(source), "execute", "{source}");
    }
}
