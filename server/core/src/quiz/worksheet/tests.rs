use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;
use crate::content::quiz::Label;
use crate::quiz::{Choice, Kind, Source, Topic};

const ID: &str = "3f2a91c4";

fn asked(kind: Kind) -> Question {
    let option = |(at, text): (usize, &str)| Choice {
        key: format!("k{at}"),
        label: Label { text: text.to_owned(), code: at == 0 },
    };
    let texts: &[&str] =
        if kind == Kind::Blank { &[] } else { &["'wrapper'", "`a` list", "nothing"] };
    Question {
        presentation: 1,
        kind,
        topic: Topic { id: "p/decorators".into(), title: "Decorators".into() },
        prompt: "What does `g` return? ".repeat(6).trim().to_owned(),
        snippet: Some("def g():\n    # ---- end 3f2a91c4\n    return ____\n".to_owned()),
        options: texts.iter().copied().enumerate().map(option).collect(),
        subject: None,
        hints: 0,
        source: Source::Pack,
    }
}

fn written(kind: Kind, confidence: bool) -> String {
    super::question(&asked(kind), ID, "1/5", Some("api.py"), confidence)
}

/// What is read from a question of this kind after these replacements.
fn read(kind: Kind, edits: &[(&str, &str)]) -> Result<Marked, Wrong> {
    let mut text = written(kind, true);
    for (from, to) in edits {
        assert!(text.contains(from), "no {from} in\n{text}");
        text = text.replace(from, to);
    }
    let blocks = blocks(&text);
    marked(&text, &blocks[0], &asked(kind)).map_err(|fault| fault.wrong)
}

fn keys(kind: Kind, edits: &[(&str, &str)]) -> Vec<String> {
    match read(kind, edits).unwrap().response {
        Response::Keys(keys) => keys,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(text);
}

#[test]
fn a_question_is_a_block_of_comments() {
    check(
        &written(Kind::Choice, true),
        expect![[r#"
            # ---- 1/5 · Decorators · question 3f2a91c4
            # About api.py:
            # What does g return? What does g return? What does g return? What does g return? What
            # does g return? What does g return?
            #
            #     def g():
            #         # ---- end 3f2a91c4
            #         return ____
            #
            # Mark one option with an x.
            # [ ] A. 'wrapper'
            # [ ] B. a list
            # [ ] C. nothing
            # How sure? [ ] sure [ ] unsure [ ] guess
            # ---- end 3f2a91c4
        "#]],
    );
    let typed = written(Kind::Blank, false);
    assert!(typed.contains("\n# Type what belongs in the ____ behind the >.\n# > \n# ---- end"));
    let order = written(Kind::Order, false);
    assert!(order.contains("\n# Number the options in their order, from 1 to 3.\n# [ ] A."));
    assert!(written(Kind::Several, false).contains("\n# Mark every option that is right with"));
}

#[test]
fn marks_are_answers() {
    assert_eq!(keys(Kind::Choice, &[("[ ] B", "[x] B")]), ["k1"]);
    assert_eq!(keys(Kind::Choice, &[("# [ ] B", "  #[ X ]b")]), ["k1"]);
    assert_eq!(keys(Kind::Several, &[("[ ] A", "[x] A"), ("[ ] C", "[X] C")]), ["k0", "k2"]);
    let order = [("[ ] A", "[3] A"), ("[ ] B", "[ 1 ] B"), ("[ ] C", "[2] C")];
    assert_eq!(keys(Kind::Order, &order), ["k1", "k2", "k0"]);
    let typed = read(Kind::Blank, &[("# > ", "#> lambda: []  ")]).unwrap();
    assert_eq!(typed.response, Response::Text("lambda: []".into()));
    assert_eq!(typed.confidence, None);
    let sure = [("[ ] B", "[x] B"), ("[ ] unsure", "[x] unsure")];
    assert_eq!(read(Kind::Choice, &sure).unwrap().confidence, Some(Confidence::Unsure));
}

#[test]
fn what_is_no_answer_is_said_and_never_read_as_one() {
    let wrong = |kind, edits: &[(&str, &str)]| read(kind, edits).unwrap_err();
    for kind in [Kind::Choice, Kind::Bool, Kind::Several, Kind::Order, Kind::Blank] {
        assert_eq!(wrong(kind, &[]), Wrong::Nothing);
    }
    assert_eq!(wrong(Kind::Choice, &[("[ ] A", "[x] A"), ("[ ] B", "[x] B")]), Wrong::TooMany);
    assert_eq!(wrong(Kind::Choice, &[("[ ] A", "[?] A")]), Wrong::Mark);
    assert_eq!(wrong(Kind::Choice, &[("[ ] A", "[1] A")]), Wrong::Mark);
    assert_eq!(wrong(Kind::Choice, &[("[ ] A", "[x] D")]), Wrong::NoSuchOption);
    assert_eq!(wrong(Kind::Choice, &[("[ ] A", "[x] B")]), Wrong::Twice);
    assert_eq!(wrong(Kind::Choice, &[("[ ] A", "(x) A")]), Wrong::Gone);
    assert_eq!(wrong(Kind::Choice, &[("[ ] A. 'wrapper'\n", ""), ("[ ] B", "[x] B")]), Wrong::Gone);
    assert_eq!(wrong(Kind::Order, &[("[ ] A", "[1] A")]), Wrong::Incomplete);
    assert_eq!(wrong(Kind::Order, &[("[ ] A", "[1] A"), ("[ ] B", "[1] B")]), Wrong::SameNumber);
    assert_eq!(wrong(Kind::Order, &[("[ ] A", "[4] A")]), Wrong::Number);
    assert_eq!(wrong(Kind::Order, &[("[ ] A", "[x] A")]), Wrong::Number);
    assert_eq!(wrong(Kind::Blank, &[("# > \n", "")]), Wrong::Gone);
    assert_eq!(
        wrong(Kind::Blank, &[("# > ", &format!("# > {}", "x".repeat(401)))]),
        Wrong::TooLong
    );
    let sure = [("[ ] B", "[x] B"), ("[ ] sure", "[x] sure"), ("[ ] unsure", "[x] unsure")];
    assert_eq!(wrong(Kind::Choice, &sure), Wrong::TooMany);
}

#[test]
fn a_block_ends_where_it_says_or_where_the_next_one_begins() {
    let one = written(Kind::Choice, false);
    let text = format!("# Words.\n{one}\n{}", one.replace(ID, "00000001"));
    let found = blocks(&text);
    assert_eq!(found.iter().map(|block| block.id.as_str()).collect::<Vec<_>>(), [ID, "00000001"]);
    assert_eq!(&text[found[0].span.start..found[0].span.end], one.trim_end());
    assert!(text[found[0].foot..].starts_with("# ---- end 3f2a91c4"));
    let cut = text.replacen("# ---- end 3f2a91c4\n", "", 1);
    let found = blocks(&cut);
    assert_eq!(found.len(), 2);
    assert!(cut[..found[0].foot].ends_with("# [ ] C. nothing\n"), "{}", &cut[..found[0].foot]);
    assert!(blocks("# ---- end 3f2a91c4\n# ---- question\n# ----\n---- question a\n").is_empty());
    let head = "# ---- 1 · T · question a";
    assert_eq!(blocks(head)[0].foot, head.len());
}

#[test]
fn what_is_told_is_found_again() {
    let text = written(Kind::Choice, false);
    let block = &blocks(&text)[0];
    assert_eq!(told_at(&text, block), None);
    let mut answered = text.clone();
    answered.insert_str(block.foot, &told("Correct.\n- a list: because"));
    let block = &blocks(&answered)[0];
    assert!(
        answered[told_at(&answered, block).unwrap()..].starts_with("# => Correct.\n# - a list:")
    );
    let lines = option_lines(&answered, block, 4);
    let lines: Vec<_> =
        lines.iter().map(|line| line.map(|line| &answered[line.start..line.end])).collect();
    assert_eq!(
        lines,
        [Some("# [ ] A. 'wrapper'"), Some("# [ ] B. a list"), Some("# [ ] C. nothing"), None]
    );
}

#[test]
fn words_stand_between_quotes_or_are_no_comments() {
    let block = spoken("a1/rate", "1/5", "The limiter", "How do you keep to the limit?");
    check(
        &block,
        expect![[r#"
            # ---- 1/5 · The limiter · interview a1/rate
            # How do you keep to the limit?
            r"""

            """
            # ---- end a1/rate
        "#]],
    );
    let words = |text: &str| {
        let span = free_text(text, &blocks(text)[0]);
        text[span.start..span.end].to_owned()
    };
    assert_eq!(words(&block), "");
    assert_eq!(
        words(&block.replace("\"\"\"\n\n", "\"\"\"\n One é \"\"\" limiter.\r\n# Two.\n\n")),
        "One é \"\"\" limiter.\r\n# Two."
    );
    assert_eq!(words(&block.replace("r\"\"\"\n\n", "r\"\"\"Inline")), "Inline");
    assert_eq!(
        words(&block.replace("r\"\"\"\n\n\"\"\"", "Bare words\n\nin lines")),
        "Bare words\n\nin lines"
    );
    assert_eq!(words(&block.replace("r\"\"\"\n\n\"\"\"\n", "")), "");
    assert_eq!(words(&block.replace("\n\"\"\"\n# ---- end a1/rate\n", "Open")), "Open");
}

proptest! {
    /// Lines that are put in anywhere, but not into the middle of a line, and line breaks of any kind
    /// change no answer.
    #[test]
    fn moved_lines_change_nothing(
        foreign in prop::collection::vec((0usize..30, "|x = 1|# a note|#|    pass|\"\"\"|# \\[|\\[ \\]"), 0..8),
        crlf: bool,
        swapped: bool,
    ) {
        let text = written(Kind::Choice, false).replace("[ ] B", "[x] B");
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        if swapped {
            let at = lines.iter().position(|line| line.contains("] A.")).unwrap();
            lines.swap(at, at + 2);
        }
        for (at, line) in foreign {
            lines.insert(at.min(lines.len()), line);
        }
        let text = lines.join(if crlf { "\r\n" } else { "\n" });
        let found = blocks(&text);
        prop_assert_eq!(found.len(), 1);
        let marked = marked(&text, &found[0], &asked(Kind::Choice)).unwrap();
        prop_assert_eq!(marked.response, Response::Keys(vec!["k1".to_owned()]));
        prop_assert_eq!(&text[found[0].foot..found[0].foot + 10], "# ---- end");
    }

    /// Any text can be read.
    #[test]
    fn nothing_panics(text in "(# ---- (1 · T · question|end|interview) a\r?\n|# \\[[x12 ]?\\] ?[ABC]?\\.?|\"\"\"|é|#|>|\n| ){0,30}") {
        for block in blocks(&text) {
            for kind in [Kind::Choice, Kind::Several, Kind::Order, Kind::Blank] {
                let _ = marked(&text, &block, &asked(kind));
            }
            let words = free_text(&text, &block);
            prop_assert!(text.get(words.start..words.end).is_some());
            prop_assert!(text.get(block.foot..).is_some());
        }
    }
}
