use expect_test::{Expect, expect};

use super::*;

/// The items of `source`, one a line, with line breaks written out.
fn items(source: &str) -> String {
    let mut rest = source;
    let mut out = String::new();
    while !rest.is_empty() {
        let end = item_end(rest);
        assert!(end.len > 0, "an empty item at {rest:?}");
        out.push_str(&format!("{:?}\n", &rest[..end.len]));
        rest = &rest[end.len..];
    }
    out
}

fn check(source: &str, expected: Expect) {
    expected.assert_eq(&items(source));
}

#[test]
fn a_statement_takes_the_trivia_behind_it() {
    check(
        "# head\n\nimport a\n# about b\nb = 1; c = 2\n\n",
        expect![[r##"
            "# head\n\nimport a\n# about b\n"
            "b = 1; c = 2\n\n"
        "##]],
    );
}

#[test]
fn decorators_and_tails_stay_with_their_statement() {
    check(
        "@a\n# why\n@b(\n  1)\nasync def f():\n    pass\nif x:\n    y\nelif z:\n    y\nelse:\n    y\ntry: a\nexcept E: b\nfinally: c\nd\n",
        expect![[r##"
            "@a\n# why\n@b(\n  1)\nasync def f():\n    pass\n"
            "if x:\n    y\nelif z:\n    y\nelse:\n    y\n"
            "try: a\nexcept E: b\nfinally: c\n"
            "d\n"
        "##]],
    );
}

#[test]
fn strings_brackets_and_backslashes_continue_a_line() {
    check(
        "a = '''\ndef not_code(): \"\"\"\n'''\nb = [\n1,\n]\nc = 1 + \\\n2\nd = rb\"\\\"\" 'x\\\ny'\ne\n",
        expect![[r##"
            "a = '''\ndef not_code(): \"\"\"\n'''\n"
            "b = [\n1,\n]\n"
            "c = 1 + \\\n2\n"
            "d = rb\"\\\"\" 'x\\\ny'\n"
            "e\n"
        "##]],
    );
}

#[test]
fn fields_of_f_strings_nest() {
    check(
        "a = f\"{b[\"c\"]:>{width}} {{ {\nd!r} {f'{e}'}\"\nt'{g:#x}'\nh\n",
        expect![[r##"
            "a = f\"{b[\"c\"]:>{width}} {{ {\nd!r} {f'{e}'}\"\n"
            "t'{g:#x}'\n"
            "h\n"
        "##]],
    );
}

#[test]
fn all_line_breaks_and_a_byte_order_mark() {
    check(
        "\u{feff}a\r\nb\rc\n\x0cd\n \x0ce\n",
        expect![[r##"
            "\u{feff}a\r\n"
            "b\r"
            "c\n"
            "\u{c}d\n"
            " \u{c}e\n"
        "##]],
    );
}

#[test]
fn an_open_bracket_ends_where_the_next_statement_shows_it() {
    check(
        "a = f(\nb = 1\nc = 2\ndef g():\n    h(\n@deco\ndef i(): pass\n",
        expect![[r##"
            "a = f(\nb = 1\n"
            "c = 2\n"
            "def g():\n    h(\n"
            "@deco\ndef i(): pass\n"
        "##]],
    );
}

#[test]
fn a_decorator_that_is_left_open_waits_for_its_definition() {
    check(
        "@a(\n@b (\ndef c(): pass\n",
        expect![[r##"
            "@a(\n@b (\ndef c(): pass\n"
        "##]],
    );
}

#[test]
fn lines_at_column_0_may_stand_in_brackets() {
    let source = "a = [x\nfor x in y\nif x\nand z]\nb = (c\n@ d\n)\nf(\ng=1,\nh=2)\n";
    assert_eq!(items(source).lines().count(), 3);
}

#[test]
fn an_open_quote_ends_with_its_line() {
    check(
        "a = 'b\nc = 1\n",
        expect![[r##"
            "a = 'b\n"
            "c = 1\n"
        "##]],
    );
}

#[test]
fn an_open_triple_quote_ends_at_a_definition() {
    check(
        "def f():\n    \"\"\"\n    x = 1\n\n@a\ndef g():\n    \"\"\"Doc.\"\"\"\n\ndef h():\n    \"\"\"\n    Doc.\n    \"\"\"\n",
        expect![[r##"
            "def f():\n    \"\"\"\n    x = 1\n\n"
            "@a\ndef g():\n    \"\"\"Doc.\"\"\"\n\n"
            "def h():\n    \"\"\"\n    Doc.\n    \"\"\"\n"
        "##]],
    );
}

#[test]
fn an_open_triple_quote_is_not_closed_by_one_that_opens() {
    for next in
        ["    r\"\"\"of a raw string.\"\"\"", "    return \"\"\"a\"\"\"", "    a = \"\"\"b\"\"\""]
    {
        let source = format!("def f():\n    \"\"\"half\n\nclass C:\n\n{next}\n\nd\n");
        assert_eq!(items(&source).lines().count(), 3, "{source}");
    }
    let docstring = "def f():\n    \"\"\"half\n\ndef g(): ...\n\n\"\"\"Of a module.\"\"\"\n";
    assert_eq!(items(docstring).lines().count(), 3);
    let long = "def f():\n    \"\"\"half\n\ndef g(): ...\n\n\"\"\"\nBasic parts of\na module.\n\"\"\"\nimport a\n";
    assert_eq!(items(long).lines().count(), 4);
    let whole = "a = \"\"\"\ndef f():\n    pass\n\"\"\"\nb\n";
    assert_eq!(items(whole).lines().count(), 2);
}

#[test]
fn an_open_field_ends_at_a_definition() {
    check(
        "a = f\"{b\nc = 1\ndef d(): pass\n",
        expect![[r##"
            "a = f\"{b\nc = 1\n"
            "def d(): pass\n"
        "##]],
    );
}

#[test]
fn what_was_looked_at_reaches_the_end_only_when_it_must() {
    let source = "a = 1\nb = 2\nc = 3\n";
    assert!(item_end(source).seen < source.len());
    assert!(item_end("a = '''\nb\n").seen > "a = '''\nb\n".len());
}

#[test]
fn a_long_run_of_comments_is_cut_unless_its_block_goes_on() {
    let comments = "# c\n".repeat(150);
    let lengths = |source: &str| -> Vec<usize> {
        let mut rest = source;
        std::iter::from_fn(|| {
            let len = (!rest.is_empty()).then(|| item_end(rest).len)?;
            rest = &rest[len..];
            Some(len)
        })
        .collect()
    };
    let run = 64 * 4;
    assert_eq!(lengths(&format!("x\n{comments}y\n")), [2 + run, run, 22 * 4 + 2]);
    assert_eq!(lengths(&format!("if a:\n b\n{comments}")), [9 + run, run, 22 * 4]);
    assert_eq!(lengths(&format!("if a:\n b\n{comments} c\n")), [9 + 150 * 4 + 3]);
    assert_eq!(lengths(&format!("if a:\n b\n{comments}else:\n c\n")).len(), 1);
    assert_eq!(lengths(&format!("@a\n{comments}def f(): b\n")).len(), 1);
}

#[test]
fn what_the_grammar_reads_again_is_counted() {
    let rescanned = |source: &str| item_end(source).rescanned;
    assert_eq!(rescanned("a = 1 + \\\n  2\n# b\n\nc\n"), 2 + 4 + 1);
    let block = format!("class A:\n  x\n{}  y\n", "  # c\n".repeat(1_000));
    assert!(rescanned(&block) > 6 * 1_000 * 1_000 / 2);
    assert!(rescanned(&format!("x = \\\n{}1\n", "\\\n".repeat(1_000))) > 1_000 * 1_000 / 2);
}
