use crate::analysis::{self, Foreign, Settings};
use crate::content::testing::builtin;
use crate::selection::{Layer, Selection};
use crate::{Document, Span};

mod odd;

const DECORATED: &str = "def d(f):
    def w(*args, **kwargs):
        return f(*args, **kwargs)
    return w


@d
def g(): ...
";

/// The lines, from 1, with findings of `decorator-missing-wraps`.
fn lines(source: &str) -> Vec<usize> {
    let document = Document::new(source);
    analysis::findings(builtin(), &document, &Settings::default())
        .into_iter()
        .filter(|finding| finding.rule == "decorator-missing-wraps")
        .map(|finding| document.text().line_of(finding.span.start) + 1)
        .collect()
}

/// The example with `comment` behind line `line` (from 1), or alone above it.
fn with(line: usize, comment: &str, alone: bool) -> String {
    let mut out = String::new();
    for (i, text) in DECORATED.lines().enumerate() {
        let indent = &text[..text.len() - text.trim_start().len()];
        if i + 1 == line && alone {
            out.push_str(&format!("{indent}{comment}\n{text}\n"));
        } else if i + 1 == line {
            out.push_str(&format!("{text}  {comment}\n"));
        } else {
            out.push_str(&format!("{text}\n"));
        }
    }
    out
}

#[test]
fn a_comment_silences_its_line_or_the_logical_line_below() {
    assert_eq!(lines(DECORATED), [2]);
    let ours = "# pygloss: ignore[decorator-missing-wraps]";
    for comment in
        [ours, "# pygloss: ignore[x, decorator-missing-wraps]  why", "# noqa", "# NOSONAR"]
    {
        assert_eq!(lines(&with(2, comment, false)), [0; 0], "{comment}");
        assert_eq!(lines(&with(3, comment, false)), [2], "{comment}");
    }
    assert_eq!(lines(&with(2, ours, true)), [0; 0]);
    assert_eq!(lines(&with(2, &format!("{ours}\n    # more\n"), true)), [0; 0]);
    assert_eq!(lines(&with(1, ours, true)), [3], "the line below is the header of `d`");
    assert_eq!(lines(&with(2, "# a # pygloss: ignore[decorator-missing-wraps]", false)), [0; 0]);
}

#[test]
fn what_is_not_said_is_not_silenced() {
    for comment in [
        "# pygloss: ignore[loop-closure]",
        "# pygloss: ignore",
        "# noqa: B023",
        "# type: ignore",
        "# pylint: disable=W0640",
    ] {
        assert_eq!(lines(&with(2, comment, false)), [2], "{comment}");
    }
    let in_string = DECORATED
        .replace("return f", "'# pygloss: file-ignore[decorator-missing-wraps]'; return f");
    assert_eq!(lines(&in_string), [2]);
}

#[test]
fn a_stretch_ends_with_its_block_or_where_it_is_told_to() {
    let (off, on) = (
        "# pygloss: disable[decorator-missing-wraps]\n",
        "# pygloss: enable[decorator-missing-wraps]\n",
    );
    assert_eq!(lines(&format!("{off}{DECORATED}")), [0; 0]);
    assert_eq!(lines(&format!("{off}{on}{DECORATED}")), [4]);
    assert_eq!(lines(&format!("{DECORATED}{off}")), [2]);
    assert_eq!(lines(&format!("if x:\n    {off}    pass\n{DECORATED}")), [5]);
    assert_eq!(lines(&format!("{off}{DECORATED}{on}\n\n{DECORATED}")), [14]);
    assert_eq!(lines(&format!("# pylint: disable=all\n{DECORATED}")), [0; 0]);
}

#[test]
fn a_file_can_be_silenced_as_a_whole_from_anywhere() {
    for comment in
        ["# pygloss: file-ignore[decorator-missing-wraps]\n", "# ruff: noqa\n", "# flake8: noqa\n"]
    {
        assert_eq!(lines(&format!("{comment}{DECORATED}")), [0; 0], "{comment}");
        assert_eq!(lines(&format!("{DECORATED}{comment}")), [0; 0], "{comment}");
    }
}

#[test]
fn what_another_linter_is_told_counts_for_rules_it_has() {
    let source =
        |comment: &str| format!("fs = []\nfor i in range(3):\n    fs.append(lambda: i){comment}\n");
    let count = |comment: &str| {
        let document = Document::new(&source(comment));
        analysis::findings(builtin(), &document, &Settings::default()).len()
    };
    assert_eq!(count(""), 1);
    assert_eq!(count("  # noqa: B023"), 0);
    assert_eq!(count("  # pylint: disable=W0640"), 0);
    assert_eq!(count("  # ruff: ignore[B023]"), 0);
    assert_eq!(count("  # noqa: B006"), 1);
}

#[test]
fn comments_for_other_linters_may_count_for_all_or_for_nothing() {
    let lines = |comment: &str, foreign| {
        let document = Document::new(&with(2, comment, false));
        let settings = Settings { foreign, ..Settings::default() };
        analysis::findings(builtin(), &document, &settings).len()
    };
    let ours = "# pygloss: ignore[decorator-missing-wraps]";
    for (comment, found) in [
        ("# noqa", [0, 0, 1]),
        ("# noqa: E501", [1, 0, 1]),
        (ours, [0, 0, 0]),
        ("# why", [1, 1, 1]),
    ] {
        let settings = [Foreign::Aliases, Foreign::All, Foreign::None];
        assert_eq!(settings.map(|foreign| lines(comment, foreign)), found, "{comment}");
    }
}

#[test]
fn silence_follows_edits() {
    let mut document = Document::new(DECORATED);
    let count =
        |document: &Document| analysis::findings(builtin(), document, &Settings::default()).len();
    assert_eq!(count(&document), 1);
    let end = DECORATED.find("**kwargs):").unwrap() + "**kwargs):".len();
    let comment = "  # pygloss: ignore[decorator-missing-wraps]";
    document.edit(Span::new(end, end), comment);
    assert_eq!(count(&document), 0);
    assert!(
        analysis::fixes(builtin(), &document, &Settings::default(), Span::new(14, 20)).is_empty()
    );
    document.edit(Span::new(end, end + comment.len()), "");
    assert_eq!(count(&document), 1);
}

/// The file after its first finding has been silenced, if it can be.
fn silenced(source: &str) -> Option<String> {
    let document = Document::new(source);
    let settings = Settings::default();
    let finding = analysis::findings(builtin(), &document, &settings).into_iter().next().unwrap();
    let edits = analysis::silence(builtin(), &document, &settings, &finding);
    let can = analysis::can_silence(builtin(), &document, &settings, &finding);
    assert_eq!(can, edits.is_some(), "{source}");
    let edits = edits?;
    let mut after = document;
    for edit in edits.iter().rev() {
        after.edit(edit.span, &edit.text);
    }
    assert!(
        analysis::findings(builtin(), &after, &settings).iter().all(|f| f.rule != finding.rule)
    );
    Some(after.text().slice(Span::new(0, after.text().len())))
}

#[test]
fn a_finding_is_silenced_at_the_end_of_its_line() {
    let wanted = with(2, "# pygloss: ignore[decorator-missing-wraps]", false);
    assert_eq!(silenced(DECORATED), Some(wanted));
    let crlf = silenced(&DECORATED.replace('\n', "\r\n")).unwrap();
    assert!(crlf.contains("**kwargs):  # pygloss: ignore[decorator-missing-wraps]\r\n"), "{crlf}");
    let commented = silenced(&with(2, "# why", false)).unwrap();
    assert!(
        commented.contains("# why  # pygloss: ignore[decorator-missing-wraps]\n"),
        "{commented}"
    );
}

#[test]
fn a_comment_that_is_there_gets_the_rule_as_well() {
    let there = with(2, "# pygloss: ignore[loop-closure]", false);
    let wanted = with(2, "# pygloss: ignore[loop-closure, decorator-missing-wraps]", false);
    assert_eq!(silenced(&there), Some(wanted));
}

#[test]
fn no_comment_can_stand_in_a_string() {
    let field = "def f(items):\n    return f'''\n{any([it for it in items])}\n'''\n";
    assert_eq!(silenced(field), None);
    assert!(silenced(&field.replace("'''\n{", "'{").replace("}\n'''", "}'")).is_some());
}

#[test]
fn where_the_line_ends_in_a_string_a_comment_stands_above() {
    for string in ["'''\n'''", "f'''{1}\n'''", "f'''{\n1}'''"] {
        let found = silenced(&format!("def f(x=[], y={string}):\n    x.append(y)\n    return x\n"));
        assert!(found.unwrap().starts_with("# pygloss: ignore[mutable-default-argument]\ndef f"));
    }
    let after = silenced("def f(x=[], y=f'{1}'\n):\n    x.append(y)\n    return x\n").unwrap();
    assert!(after.contains("y=f'{1}'  # pygloss: ignore[mutable-default-argument]\n"), "{after}");
}

#[test]
fn where_the_line_goes_on_a_comment_stands_above() {
    let split = DECORATED.replace("    def w(*args", "    def w \\\n    (*args");
    let found = silenced(&split).unwrap();
    assert!(
        found.contains("    # pygloss: ignore[decorator-missing-wraps]\n    def w \\\n"),
        "{found}"
    );
}

/// The names in comments of the file that silence nothing, and the file after its safe fixes.
fn unused(source: &str, settings: &Settings) -> (Vec<String>, String) {
    let mut document = Document::new(source);
    let findings = analysis::findings(builtin(), &document, settings);
    let unused = findings.iter().filter(|finding| finding.rule == "unused-ignore");
    let names = unused.map(|finding| document.text().slice(finding.span)).collect();
    for edit in analysis::fix_all(builtin(), &document, settings).edits.iter().rev() {
        document.edit(edit.span, &edit.text);
    }
    (names, document.text().to_string())
}

fn only_unused(source: &str) -> (Vec<String>, String) {
    let select = Some(vec!["unused-ignore".into(), "loop-closure".into()]);
    let layers = vec![Layer { select, ..Layer::default() }];
    let selection = Selection { layers, ..Selection::default() };
    unused(source, &Settings { selection, ..Settings::default() })
}

#[test]
fn a_comment_of_no_use_goes_without_leaving_a_trace() {
    for (before, after) in [
        ("x = 1  # pygloss: ignore[loop-closure]\n", "x = 1\n"),
        ("x = 1  # pygloss: ignore[loop-closure]", "x = 1"),
        ("x = 1\t# pygloss: ignore[loop-closure]\r\ny = 2\r\n", "x = 1\r\ny = 2\r\n"),
        ("x = 1  # why  # pygloss: ignore[loop-closure]\n", "x = 1  # why\n"),
        ("x = 1  # pygloss: ignore[loop-closure]  # why\n", "x = 1  # why\n"),
        ("if x:\n    # pygloss: ignore[loop-closure]\n    y = 2\n", "if x:\n    y = 2\n"),
        ("# pygloss: ignore[loop-closure]", ""),
        ("a = [  # pygloss: ignore[loop-closure]\n    1,\n]\n", "a = [\n    1,\n]\n"),
    ] {
        let (names, fixed) = only_unused(before);
        assert_eq!((names, fixed.as_str()), (vec!["loop-closure".to_owned()], after), "{before}");
    }
}

#[test]
fn words_of_the_reader_are_not_removed_unasked() {
    for source in [
        "x = 1  # pygloss: ignore[loop-closure] because of the legacy client\n",
        "x = 1  # pygloss: ignore[a-rule-of-a-newer-version]\n",
        "x = 1  # pygloss: ignore[loop-closures]\n",
    ] {
        let (names, fixed) = only_unused(source);
        assert_eq!((names.len(), fixed.as_str()), (1, source));
    }
}

#[test]
fn what_is_switched_off_or_cannot_be_seen_is_not_of_no_use() {
    let silent = |source: &str| assert_eq!(only_unused(source).0, [""; 0], "{source}");
    silent("x = 1  # pygloss: ignore[list-as-queue]\n");
    silent("x = 1  # pygloss: ignore[loop-closure]\ndef broken(:\n");
    silent("x = 1  # pygloss: ignore[loop-closure]  # noqa\n");
    silent("x = 1  # pygloss: ignore[loop-closure, unused-ignore]\n");
    silent("# pygloss: enable[loop-closure]\n");
    silent(
        "fs = []\nfor i in x:\n    fs.append(lambda: i)  # noqa  # pygloss: ignore[loop-closure]\n",
    );
    let off = Selection::ignoring(&["unused-ignore"]);
    let settings = Settings { selection: off, ..Settings::default() };
    assert_eq!(unused("x = 1  # pygloss: ignore[loop-closure]\n", &settings).0, [""; 0]);
    assert_eq!(only_unused("# pygloss: enable[loop-closur]\n").0, ["loop-closur"]);
}

#[test]
fn a_comment_becomes_of_no_use_when_the_code_changes() {
    let source =
        "fs = []\nfor i in x:\n    fs.append(lambda: i)  # pygloss: ignore[loop-closure]\n";
    let mut document = Document::new(source);
    let rules = |document: &Document| -> Vec<&str> {
        let findings = analysis::findings(builtin(), document, &Settings::default());
        findings.into_iter().map(|finding| finding.rule).collect()
    };
    assert_eq!(rules(&document), [""; 0]);
    let at = source.find(": i)").unwrap();
    document.edit(Span::empty(at), " i=i");
    assert_eq!(rules(&document), ["unused-ignore"]);
    document.edit(Span::new(at, at + 4), "");
    assert_eq!(rules(&document), [""; 0]);
}

#[test]
fn fixes_of_code_and_of_comments_go_together() {
    let source = format!("{DECORATED}\nx = 1  # pygloss: ignore[loop-closure]\n");
    let (_, fixed) = unused(&source, &Settings::default());
    assert!(fixed.contains("@functools.wraps(f)"), "{fixed}");
    assert!(fixed.ends_with("\nx = 1\n"), "{fixed}");
}
