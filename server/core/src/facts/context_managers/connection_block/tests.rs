use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn commit_in_the_block_is_not_needed() {
    check_hover(
        "\
import sqlite3

def save(rows):
    db = sqlite3.connect(\"shop.db\")
    wi$0th db:
        db.executemany(\"INSERT INTO item VALUES (?)\", rows)
        db.commit()
    db.close()
",
        expect![[r#"
                with db:
                ▔▔▔▔

            When the block ends, the open transaction of `db` is committed; if an exception
            leaves the block, it is rolled back. **The connection stays open.**

            **Here**

            - `commit()` on line 7 is not needed: the end of the block commits. What it has
              committed, an exception behind it no longer undoes.
            - `close()` on line 8 closes the connection.

            **Say in the interview**

            A connection of `sqlite3` brackets a transaction;
            `contextlib.closing(connect(…))` brackets the connection. A whole program wants
            both.

            **Watch for**

            - `with sqlite3.connect(…)` does not close (`sqlite-with-leak`)

            **Version**

            - 3.12: `autocommit=`.
            - 3.13: a connection that is collected without `close()` gives a
              `ResourceWarning`.

            For Python `3.9`, as no file says which ·
            [The connection context manager](https://docs.python.org/3/library/sqlite3.html#how-to-use-the-connection-context-manager) · [Transaction control](https://docs.python.org/3/library/sqlite3.html#transaction-control)
        "#]],
    );
}

#[test]
fn made_in_the_statement() {
    check_hover(
        "\
import sqlite3
def load():
    wi$0th sqlite3.connect(\"shop.db\") as db:
        return db.execute(\"SELECT * FROM item\").fetchall()
",
        expect![[r#"
                with sqlite3.connect("shop.db") as db:
                ▔▔▔▔

            When the block ends, the open transaction of `db` is committed; if an exception
            leaves the block, it is rolled back. **The connection stays open.**

            **Say in the interview**

            A connection of `sqlite3` brackets a transaction;
            `contextlib.closing(connect(…))` brackets the connection. A whole program wants
            both.

            **Watch for**

            - `with sqlite3.connect(…)` does not close (`sqlite-with-leak`)

            **Version**

            - 3.12: `autocommit=`.
            - 3.13: a connection that is collected without `close()` gives a
              `ResourceWarning`.

            For Python `3.9`, as no file says which ·
            [The connection context manager](https://docs.python.org/3/library/sqlite3.html#how-to-use-the-connection-context-manager) · [Transaction control](https://docs.python.org/3/library/sqlite3.html#transaction-control)
        "#]],
    );
}

#[test]
fn what_the_connection_was_told() {
    let card = |arguments: &str| {
        snapshot_of(&format!(
            "import sqlite3\ndb = sqlite3.connect('a', {arguments})\nwi$0th db:\n    db.commit()\n"
        ))
    };
    assert!(card("autocommit=True").contains("does nothing"));
    assert!(card("isolation_level=None").contains("`BEGIN`"));
    assert!(card("isolation_level='IMMEDIATE'").contains("is not needed"));
}

#[test]
fn silent() {
    for source in [
        "import sqlite3\ndef f(db):\n    wi$0th db: ...\n",
        "import sqlite3\ndb = sqlite3.connect('a')\ndb = other\nwi$0th db: ...\n",
        "import sqlite3\ndb = sqlite3.connect('a', autocommit=mode)\nwi$0th db: ...\n",
        "import psycopg2\ndb = psycopg2.connect('a')\nwi$0th db: ...\n",
        "import sqlite3\nwi$0th sqlite3.connect('a') as db, lock: ...\n",
    ] {
        assert_ne!(card_at(source), "connection-block", "{source}");
    }
}
