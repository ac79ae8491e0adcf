//! Odd forms and odd places.

use super::*;

/// The lines, from 1, with findings of `loop-closure`, and the names in comments that silence nothing.
fn closures(source: &str) -> (Vec<usize>, Vec<String>) {
    let select = Some(vec!["unused-ignore".into(), "loop-closure".into()]);
    let layers = vec![Layer { select, ..Layer::default() }];
    let selection = Selection { layers, ..Selection::default() };
    let settings = Settings { selection, ..Settings::default() };
    let document = Document::new(source);
    let all = analysis::findings(builtin(), &document, &settings);
    let (found, unused): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|it| it.rule == "loop-closure");
    let line = |at: usize| document.text().line_of(at) + 1;
    let names = unused.into_iter().map(|it| document.text().slice(it.span)).collect();
    (found.into_iter().map(|it| line(it.span.start)).collect(), names)
}

#[track_caller]
fn silenced(source: &str) {
    assert_eq!(closures(source), (vec![], vec![]), "{source}");
}

#[track_caller]
fn shown(source: &str, lines: &[usize], unused: &[&str]) {
    let unused = unused.iter().map(|&name| name.to_owned()).collect();
    assert_eq!(closures(source), (lines.to_vec(), unused), "{source}");
}

/// `line` in a loop that binds `i`.
fn looped(line: &str) -> String {
    format!("fs = []\nfor i in x:\n    {line}\n")
}

const ADD: &str = "fs.append(lambda: i)";

#[test]
fn spaces_and_commas_are_free() {
    for comment in [
        "#pygloss:ignore[loop-closure]",
        "#  pygloss :  ignore [ loop-closure ]",
        "# pygloss: ignore[\tloop-closure\t]",
        "# pygloss: ignore[,loop-closure,,]",
        "# pygloss: ignore[loop-closure] since x[0] is fine",
        "# why # pygloss: ignore[loop-closure]",
        "# noqa: E501 # pygloss: ignore[loop-closure]",
    ] {
        silenced(&looped(&format!("{ADD}  {comment}")));
        silenced(&looped(&format!("{comment}\n    {ADD}")));
    }
    for comment in [
        "# pygloss: ignore",
        "# pygloss: ignore[]",
        "# pygloss: ignore[loop-closure",
        "# pygloss: ignore loop-closure",
        "# pygloss ignore[loop-closure]",
        "# pygloss: ignored[loop-closure]",
    ] {
        shown(&looped(&format!("{ADD}  {comment}")), &[3], &[]);
    }
    let twice = format!("{ADD}  # pygloss: ignore[loop-closure] # pygloss: ignore[loop-closur]");
    shown(&looped(&twice), &[], &["loop-closur"]);
    let upper = format!("{ADD}  # pygloss: ignore[Loop-Closure]");
    shown(&looped(&upper), &[3], &["Loop-Closure"]);
}

#[test]
fn what_stands_in_a_string_is_no_comment() {
    let comment = "# pygloss: file-ignore[loop-closure]";
    for string in [
        format!("'{comment}'"),
        format!("\"\"\"\n{comment}\n\"\"\""),
        format!("r'''\n    {comment}\n'''"),
        format!("f'''\n{comment}\n{{x}}'''"),
        format!("b'{comment}'"),
    ] {
        let source = format!("s = {string}\n{}", looped(ADD));
        let line = source.lines().count();
        shown(&source, &[line], &[]);
    }
    silenced(&format!("s = 'x'  {comment}\n{}", looped(ADD)));
    silenced(&format!("\"\"\"doc\"\"\"\n{}{comment}", looped(ADD)));
}

#[test]
fn a_statement_of_several_lines_is_silenced_where_its_line_is_or_from_above() {
    let split = "fs.append(\n        lambda: i\n    )";
    silenced(&looped(&split.replace("i\n", "i  # pygloss: ignore[loop-closure]\n")));
    silenced(&looped(&format!("# pygloss: ignore[loop-closure]\n    {split}")));
    silenced(&looped(&split.replace("(\n", "(\n        # pygloss: ignore[loop-closure]\n")));
    for other in [
        split.replace("(\n", "(  # pygloss: ignore[loop-closure]\n"),
        format!("{split}  # pygloss: ignore[loop-closure]"),
    ] {
        shown(&looped(&other), &[4], &["loop-closure"]);
    }
}

#[test]
fn behind_a_line_that_goes_on_there_is_no_place_but_at_its_end() {
    let comment = "  # pygloss: ignore[loop-closure]";
    for rest in ["\\\n        1", "\\\n   2 + \\\n   1", "'''a\n b\n'''", "f'''a\n {i}\n'''"] {
        silenced(&looped(&format!("{ADD}; y = {rest}{comment}")));
    }
    let apart = format!("{ADD}\n    y = \\\n        1{comment}");
    shown(&looped(&apart), &[3], &["loop-closure"]);
    let in_comment = format!("{ADD}  # \\\n    y = 1{comment}");
    shown(&looped(&in_comment), &[3], &["loop-closure"]);
    let brackets = format!("{ADD}; y = (\n        1){comment}");
    shown(&looped(&brackets), &[3], &["loop-closure"]);
}

#[test]
fn a_comment_above_speaks_of_the_whole_logical_line_and_of_no_more() {
    let above = "# pygloss: ignore[loop-closure]\n";
    silenced(&looped(&format!("{above}    y = 1; {ADD}")));
    silenced(&looped(&format!("{above}    y = 1 ; z = 2; {ADD};")));
    silenced(&format!("fs = []\n{above}for i in x: {ADD}\n"));
    silenced(&looped(&format!("{above}    if i: {ADD}")));
    let other = format!("{above}    y = 1\n    {ADD}");
    shown(&looped(&other), &[5], &["loop-closure"]);
    let block = format!("{above}    if i:\n        {ADD}");
    shown(&looped(&block), &[5], &["loop-closure"]);
    let otherwise = format!("{above}    if i: y = 1\n    else: {ADD}");
    shown(&looped(&otherwise), &[5], &["loop-closure"]);
    for clause in ["else:", "except E:", "finally:"] {
        let start = if clause == "else:" { "if i:" } else { "try:" };
        let head = format!("{start}\n        pass\n    {above}    {clause}");
        shown(&looped(&format!("{head}\n        {ADD}")), &[7], &["loop-closure"]);
        silenced(&looped(&format!("{head} {ADD}")));
    }
}

#[test]
fn each_rule_of_a_stretch_is_ended_on_its_own() {
    let source = |end: &str| {
        let add = looped(ADD);
        format!("# pygloss: disable[loop-closure, unused-ignore]\n{add}{end}\n{add}")
    };
    for end in [
        "# pygloss: enable[loop-closure]",
        "# pygloss: enable[unused-ignore, loop-closure]",
        "# pygloss: enable[ loop-closure ]",
    ] {
        assert_eq!(closures(&source(end)).0, [8], "{end}");
    }
    for end in ["# pygloss: enable[unused-ignore]", "# pygloss: enable[]", "# ruff: enable[B023]"] {
        assert_eq!(closures(&source(end)).0, [0; 0], "{end}");
    }
    let add = looped(ADD);
    let (off, on) = ("# ruff: disable[B023, E501]", "# ruff: enable");
    let others = format!("{off}\n{add}{on}[E501]\n{add}{on}[B023]\n{add}");
    assert_eq!(closures(&others).0, [12]);
    let (off, on) = ("# pygloss: disable[loop-closure]", "# pygloss: enable[loop-closure]");
    let again = format!("{off}\n{add}{on}\n{add}{off}\n{add}");
    assert_eq!(closures(&again).0, [8]);
}

#[test]
fn names_that_silence_nothing_go_together() {
    for (before, after) in [
        ("x = 1  # pygloss: ignore[loop-closure, list-as-queue]\n", "x = 1\n"),
        ("# pygloss: ignore[loop-closure,loop-closure]\nx = 1\n", "x = 1\n"),
        (
            "x = 1  # pygloss: ignore[loop-closure, a-newer-rule]\n",
            "x = 1  # pygloss: ignore[a-newer-rule]\n",
        ),
        (
            "x = 1  # pygloss: ignore[loop-closure, list-as-queue] why\n",
            "x = 1  # pygloss: ignore[loop-closure, list-as-queue] why\n",
        ),
    ] {
        assert_eq!(unused(before, &Settings::default()).1, after, "{before}");
    }
}

#[test]
fn very_many_comments_are_read() {
    let many = "    # pygloss: disable[a, b]\n    y = 1\n".repeat(3_000);
    let apart = "# pygloss: disable[loop-closure]\nx = 1\n".repeat(3_000);
    let source = format!("def f():\n{many}{apart}{}", looped(ADD));
    let (found, unused) = closures(&source);
    assert_eq!(found, [0; 0], "the last comments still count");
    assert!(unused.len() >= 1_000, "{}", unused.len());
}
