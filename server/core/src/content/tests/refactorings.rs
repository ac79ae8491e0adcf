//! Pages of refactorings, and what the loader says about them.

use super::{check, check_edit};

const PATH: &str = "c/refactorings/turn.md";
const PAGE: &str = "+++\ntitle = \"T\"\naction = \"Turn it\"\nunits = [\"c.key.1\"]\nlinks = []\n\n[refused]\nno = \"No.\"\n+++\nWhat changes.\n\n```py before\nx\n# <-\n```\n\n```py after\ny\n```\n\n```py refused=no\nz\n# <-\n```\n";

#[test]
fn a_page_without_faults_loads() {
    check(&[(PATH, PAGE)], &[]);
    check_edit(PATH, PAGE, "py before", "py before target=3.11", &[]);
}

#[test]
fn faults_of_its_words() {
    check_edit(PATH, PAGE, "action", "actions", &["c/refactorings/turn.md:3: unknown field"]);
    check_edit(PATH, PAGE, "\"No.\"", "\"\"", &["c/refactorings/turn.md:8: expected one line"]);
    check_edit(
        PATH,
        PAGE,
        "no = ",
        "No = ",
        &[
            "c/refactorings/turn.md: no example has `refused=No`",
            "c/refactorings/turn.md:8: `No` is no id",
            "c/refactorings/turn.md:21: expected `before`",
        ],
    );
    check_edit(PATH, PAGE, "c.key.1", "c.key.2", &["c/refactorings/turn.md:4: no concept.md"]);
    check_edit(PATH, PAGE, "What", "[[good]] what", &["c/refactorings/turn.md:10: no rule `good`"]);
}

#[test]
fn faults_of_its_examples() {
    let no_mark = PAGE.replacen("# <-\n", "", 1);
    check(
        &[(PATH, &no_mark)],
        &[
            "c/refactorings/turn.md: a refactoring needs",
            "c/refactorings/turn.md:12: expected `before`",
            "c/refactorings/turn.md:16: expected `before`",
        ],
    );
    check_edit(
        PATH,
        PAGE,
        "py after",
        "py after title=no",
        &["c/refactorings/turn.md:17: expected `before`"],
    );
    check_edit(
        PATH,
        PAGE,
        "py refused=no",
        "py silent",
        &["c/refactorings/turn.md: no example has `refused=no`"],
    );
}

#[test]
fn an_id_is_there_once() {
    check(&[("c/refactorings/one.md", PAGE)], &["c/refactorings/one.md: the id `c/one` is taken"]);
}

#[test]
fn words_fit_the_conversion_of_that_name() {
    let path = "c/refactorings/write-decorator.md";
    check(
        &[(path, PAGE)],
        &[
            "c/refactorings/write-decorator.md:2: the page has no words for the title `unknown`",
            "c/refactorings/write-decorator.md:2: the conversion knows no reason `no`",
        ],
    );
}
