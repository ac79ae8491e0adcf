use expect_test::{Expect, expect};

use super::*;

const CHOICE: &str = r#"
[[item]]
id = "rebound"
units = ["decorators.key.1"]
links = [["PEP 318", "https://peps.python.org/pep-0318/"]]
hints = ["Look at the `return`."]

[[item.variant]]
id = "assignment"
kind = "choice"
prompt = "What is `@d` above `def f` short for?"
options = [
  { text = "`f = d(f)`", right = true, why = "The name gets what `d` returns." },
  { text = "`d = f(d)`", why = "`d` is not bound." },
  { text = "None of them", why = "One is right.", pin = "last" },
]
"#;

fn faults(text: &str) -> Vec<String> {
    parse("c/quiz.toml", text).err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

/// Checks the faults of the good quiz with `from` replaced by `to`.
fn check(from: &str, to: &str, expect: Expect) {
    assert!(CHOICE.contains(from), "{from}");
    expect.assert_eq(&faults(&CHOICE.replace(from, to)).join("\n"));
}

#[test]
fn a_question_is_read() {
    let quiz = parse("c/quiz.toml", CHOICE).unwrap();
    let item = &quiz.items[0];
    assert_eq!((item.id.as_str(), item.line), ("rebound", 2));
    assert_eq!(item.units().collect::<Vec<_>>(), ["decorators.key.1"]);
    let Form::Written(written) = &item.variants[0].form else { panic!() };
    assert_eq!(written.options[0].label, Label::code("f = d(f)"));
    assert_eq!(written.options[2].label, Label { text: "None of them".into(), code: false });
    assert_eq!(written.hints, ["Look at the `return`."]);
    assert!(written.options[2].last && !written.options[1].last);
}

#[test]
fn every_slip_is_named_with_its_line() {
    check(
        "hints =",
        "hint =",
        expect![
            "c/quiz.toml:6: unknown field `hint`, expected one of `id`, `units`, `links`, `python`, `hints`, `variant`"
        ],
    );
    check(
        "right = true, ",
        "",
        expect!["c/quiz.toml:8: exactly one option must be `right = true`; here 0 are"],
    );
    check(
        "right = true, ",
        "right = true, pin = \"first\", ",
        expect![[r#"c/quiz.toml:13: expected `pin = "last"`"#]],
    );
    check(
        "why = \"`d` is not bound.\"",
        "right = true, why = \"x\"",
        expect!["c/quiz.toml:8: exactly one option must be `right = true`; here 2 are"],
    );
    check(", why = \"`d` is not bound.\"", "", expect!["c/quiz.toml:14: missing field `why`"]);
    check(
        "why = \"`d` is not bound.\"",
        "why = \" \"",
        expect!["c/quiz.toml:14: expected one line of plain text with back-ticks around code"],
    );
    check(
        "\"`d = f(d)`\"",
        "\"`f = d(f)`\"",
        expect!["c/quiz.toml:14: the option ``f = d(f)`` twice"],
    );
    check(
        "\"rebound\"",
        "\"Re bound\"",
        expect!["c/quiz.toml:3: `Re bound` is no id: expected 1 to 64 of `a-z`, `0-9` and `-`"],
    );
    check(
        "https:",
        "http:",
        expect![
            "c/quiz.toml:5: the link `http://peps.python.org/pep-0318/`: only `https://` links are allowed"
        ],
    );
    check(
        "What is",
        "<b>What</b> is",
        expect!["c/quiz.toml:11: expected one line of plain text with back-ticks around code"],
    );
    check(
        "kind = \"choice\"",
        "kind = \"multi\"",
        expect![
            "c/quiz.toml:10: unknown variant `multi`, expected one of `choice`, `bool`, `predict`, `several`, `order`, `blank`, `recall`"
        ],
    );
    check(
        "kind = \"choice\"",
        "kind = \"bool\"",
        expect!["c/quiz.toml:8: the options of kind `bool` are `True` and `False`, in this order"],
    );
    check(
        "kind = \"choice\"",
        "kind = \"predict\"",
        expect!["c/quiz.toml:8: `predict` and `blank` need a `snippet` and its `stdout`"],
    );
    check("kind = \"choice\"", "", expect![[r#"c/quiz.toml:8: expected a `kind`, or `from`"#]]);
    check(
        "kind = \"choice\"",
        "kind = \"choice\"\npython = \">3\"",
        expect!["c/quiz.toml:11: `>3`: expected `>=3.9` or `>=3.9,<3.14`"],
    );
    check(
        "kind = \"choice\"",
        "kind = \"choice\"\nsnippet = \"x\"",
        expect!["c/quiz.toml:11: a snippet ends with a line break"],
    );
    check(
        "id = \"rebound\"",
        "id = \"rebound",
        expect!["c/quiz.toml:3: invalid basic string, expected `\"`"],
    );
}

#[test]
fn the_right_output_is_the_output() {
    let quiz = |option: &str| {
        let text = r#"
[[item]]
id = "i"
units = ["decorators.key.1"]
[[item.variant]]
id = "v"
kind = "predict"
prompt = "What does this print?"
snippet = '''
print(1)
'''
stdout = '''
1
'''
options = [{ text = "OPTION", right = true, why = "x" }, { text = "2", why = "x" }]
"#;
        faults(&text.replace("OPTION", option))
    };
    assert_eq!(quiz("1"), [""; 0]);
    assert_eq!(quiz("3"), ["c/quiz.toml:15: the right option is not the stdout: `1`"]);
}

#[test]
fn questions_that_several_options_answer() {
    let quiz = |kind: &str, options: &[&str]| {
        let options: Vec<String> =
            options.iter().map(|option| format!("{{ {option}, why = \"x\" }}")).collect();
        faults(&format!(
            "[[item]]\nid = \"i\"\nunits = [\"c.a.1\"]\n[[item.variant]]\nid = \"v\"\n\
             kind = \"{kind}\"\nprompt = \"Which?\"\noptions = [{}]\n",
            options.join(", ")
        ))
    };
    let right = |n: usize| format!("text = \"{n}\", right = true");
    let (one, two, three) = (&*right(1), &*right(2), &*right(3));
    let (a, b, c) = ("text = \"a\"", "text = \"b\"", "text = \"c\"");
    let none = [""; 0];
    assert_eq!(quiz("several", &[one, a, two]), none);
    assert_eq!(quiz("several", &[one, a, b]), none);
    let mixed = "c/quiz.toml:4: of this kind at least one option is right and one is not";
    assert_eq!(quiz("several", &[one, two, three]), [mixed]);
    assert_eq!(quiz("several", &[a, b, c]), [mixed]);
    assert_eq!(quiz("several", &[one, a]), ["c/quiz.toml:4: expected 3 to 6 options"]);
    assert_eq!(quiz("order", &[a, b, c]), none);
    let unmarked =
        "c/quiz.toml:4: of kind `order` the options stand in the right order, without marks";
    assert_eq!(quiz("order", &[a, one, c]), [unmarked]);
    let pinned = format!("{c}, pin = \"last\"");
    assert_eq!(quiz("order", &[a, b, &pinned]), [unmarked]);
    assert_eq!(quiz("order", &[a, b]), ["c/quiz.toml:4: expected 3 to 6 options"]);
}

#[test]
fn what_a_snippet_prints_decides_which_options_are_right() {
    let quiz = |kind: &str, options: [(&str, bool); 3]| {
        let options = options.map(|(text, right)| {
            let right = if right { "right = true, " } else { "" };
            format!("{{ text = \"{text}\", {right}why = \"x\" }}")
        });
        faults(&format!(
            "[[item]]\nid = \"i\"\nunits = [\"c.a.1\"]\n[[item.variant]]\nid = \"v\"\n\
             kind = \"{kind}\"\nprompt = \"Which?\"\nsnippet = \"print(1)\\nprint(2)\\n\"\n\
             stdout = \"1\\n2\\n\"\noptions = [{}]\n",
            options.join(", ")
        ))
    };
    assert_eq!(quiz("several", [("1", true), ("3", false), ("2", true)]), [""; 0]);
    let wrong = "c/quiz.toml:10: an option is right if it is a line of the stdout, else wrong";
    assert_eq!(quiz("several", [("1", true), ("3", false), ("2", false)]), [wrong]);
    assert_eq!(quiz("several", [("1", true), ("3", true), ("4", false)]), [wrong]);
    let wrong = "c/quiz.toml:9: the options of an `order` are the lines of its stdout, in order";
    assert_eq!(quiz("order", [("1", false), ("2", false), ("3", false)]), [wrong]);
}

const COMPUTED: &str = r#"
[[item]]
id = "order"
units = ["decorators.key.1"]
[[item.variant]]
id = "yours"
from = "stack-order"
prompt = "In which order do the decorators of {function} run?"
[item.variant.labels]
down-up = "evaluated {downward}, applied {upward}"
down-down = "evaluated {downward}, applied {downward}"
up-up = "evaluated {upward}, applied {upward}"
up-down = "evaluated {upward}, applied {downward}"
[item.variant.why.always]
down-up = "So it is."
down-down = "Applied the other way round."
up-up = "Evaluated the other way round."
up-down = "Both the other way round."
"#;

#[test]
fn words_for_a_computed_question_are_checked_against_the_generator() {
    assert_eq!(faults(COMPUTED), [""; 0]);
    let check = |from: &str, to: &str, expect: Expect| {
        assert!(COMPUTED.contains(from), "{from}");
        expect.assert_eq(&faults(&COMPUTED.replace(from, to)).join("\n"));
    };
    check(
        "stack-order",
        "stack-ordre",
        expect!["c/quiz.toml:7: no generator `stack-ordre`; did you mean `stack-order`?"],
    );
    check(
        "{function} run",
        "{funktion} run",
        expect!["c/quiz.toml:8: unknown slot `{funktion}`; did you mean `function`?"],
    );
    check(
        "up-up = \"evaluated",
        "up-pu = \"evaluated",
        expect![[r#"
        c/quiz.toml:7: `labels.up-up` is missing
        c/quiz.toml:12: no option `up-pu` needs a label"#]],
    );
    check(
        "down-down = \"Applied",
        "# \"",
        expect!["c/quiz.toml:7: `why.always.down-down` is missing"],
    );
    check(
        "why.always",
        "why.alwayz",
        expect![[r#"
        c/quiz.toml:7: `why.always.down-up` is missing
        c/quiz.toml:7: `why.always.down-down` is missing
        c/quiz.toml:7: `why.always.up-up` is missing
        c/quiz.toml:7: `why.always.up-down` is missing
        c/quiz.toml:14: no case `alwayz`; did you mean `always`?"#]],
    );
    check(
        "id = \"yours\"",
        "id = \"yours\"\nkind = \"choice\"",
        expect![
            "c/quiz.toml:7: with `from` the question is computed: no `kind`, `snippet`, `stdout`, `options`, `names`"
        ],
    );
}

/// What a prompt may say must not depend on the answer; the wrapper is told afterwards only.
#[test]
fn a_prompt_cannot_name_what_gives_the_answer_away() {
    let text = COMPUTED
        .replace("stack-order", "name-after-decoration")
        .replace("{function} run", "{wrapper} run");
    let faults = faults(&text);
    assert!(faults.iter().any(|fault| fault.contains("unknown slot `{wrapper}`")), "{faults:?}");
}

#[test]
fn a_bank_that_can_be_guessed_is_named() {
    let item = |n: usize, right: &str| {
        CHOICE.replace("rebound", &format!("item-{n}")).replace("`f = d(f)`", right)
    };
    let lint_of = |rights: [&str; 5]| {
        let text: String = rights.iter().enumerate().map(|(n, right)| item(n, right)).collect();
        let quiz = parse("c/quiz.toml", &text).unwrap();
        let errors = lint([("c/quiz.toml", quiz.items.as_slice())]);
        errors.into_iter().filter(|error| error.message.contains("longest")).count()
    };
    let (short, long) = ("short", "by far the longest of them");
    assert_eq!(lint_of([long, long, short, short, short]), 0);
    assert_eq!(lint_of([long, long, long, short, short]), 3);
}

#[test]
fn ranges_of_python_are_read() {
    let range: PythonRange = ">=3.9,<3.14".parse().unwrap();
    assert!(range.contains(PythonVersion::py3(13)) && !range.contains(PythonVersion::py3(14)));
    assert_eq!(range.to_string(), ">=3.9,<3.14");
    assert!(">=3.14,<3.9".parse::<PythonRange>().is_err());
}

const BLANK: &str = r#"
[[item]]
id = "groups"
units = ["collections.key.1"]

[[item.variant]]
id = "blank"
kind = "blank"
prompt = "Fill the blank."
snippet = """
from collections import defaultdict
groups = defaultdict(____)
groups["a"].append(1)
print(groups["a"])
"""
stdout = "[1]\n"
names = ["x"]
options = [
  { text = "list", right = true, why = "It is called for a missing key." },
  { text = "lambda: [x for x in ()]", right = true, why = "So is this." },
  { text = "list()", why = "It is called at once." },
]
"#;

#[test]
fn the_forms_of_a_typed_answer_are_told_apart() {
    assert_eq!(faults(BLANK), [""; 0]);
    let check = |from: &str, to: &str, expect: Expect| {
        assert!(BLANK.contains(from), "{from}");
        expect.assert_eq(&faults(&BLANK.replace(from, to)).join("\n"));
    };
    check("(____)", "(list)", expect!["c/quiz.toml:6: the `snippet` has `____` in one place"]);
    check(
        "groups = defaultdict",
        "____ = groups = defaultdict",
        expect!["c/quiz.toml:6: the `snippet` has `____` in one place"],
    );
    check(
        "\"list()\"",
        "\"list(\"",
        expect!["c/quiz.toml:21: with this in its blank the snippet is not Python"],
    );
    check(
        "\"list()\"",
        "\"( list )\"",
        expect!["c/quiz.toml:21: this is the same as an option before it"],
    );
    check(
        "\"list()\"",
        "\"lambda: [y for y in ()]\"",
        expect!["c/quiz.toml:21: this is the same as an option before it"],
    );
    check("[\"x\"]", "[\"z\"]", expect!["c/quiz.toml:17: no right option has the name `z`"]);
    check(
        "[\"x\"]",
        "[\"groups\"]",
        expect!["c/quiz.toml:17: the snippet itself has the name `groups`"],
    );
    check(
        "stdout = \"[1]\\n\"",
        "",
        expect!["c/quiz.toml:6: `predict` and `blank` need a `snippet` and its `stdout`"],
    );
    check(
        "{ text = \"list()\",",
        "{ text = \"list()\", right = true,",
        expect!["c/quiz.toml:6: of this kind at least one option is right and one is not"],
    );
    check(
        "kind = \"blank\"",
        "kind = \"choice\"",
        expect![[r#"
        c/quiz.toml:6: exactly one option must be `right = true`; here 2 are
        c/quiz.toml:17: `names` go with the kind `blank`"#]],
    );
}
