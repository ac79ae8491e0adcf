//! Faults of interviews about code, and of their examples.

use super::{check, pack};
use crate::Library;
use crate::content::testing::add;
use crate::quiz::interview::verify;

const FRAME: &str = r#"title = "T"
scenario = "S"
notice = "N"
code-notice = "Facts."
closing = "C"
[language]
negations = ["not"]
affirmations = []
breaks = ["but"]
[[question]]
id = "q"
title = "Q"
ask = "How?"
model = "With a loop."
[[question.point]]
id = "loop"
title = "a loop"
words = ["loop*"]
why = "W"
follow = "F"
[[question.check]]
text = "By hand."
points = []
flags = []
"#;

const ABOUT: &str = r#"[[interview]]
id = "walk"
card = "one"
title = "T"
units = ["c.key.1"]
scenario = "About {name}."
[[interview.question]]
id = "what"
title = "Q"
ask = "What is {name}?"
[[interview.question.point]]
id = "rebound"
title = "the name"
say = "{name} is bound to what {decorator} returns."
words = ["bound", "{decorator} returns"]
why = "W"
follow = "Look at {decorator}."
[[interview.question.flag]]
id = "same"
title = "said to be the same"
why = "{only}It is decorated."
words = ["the same"]
[[interview.example]]
cursor = "def load"
code = """
@log
def load():
    pass
"""
answers = [
  { question = "what", text = "It is the same.", points = [], flags = ["same"] },
  { question = "what", text = "It is what log returns.", points = ["rebound"], flags = [] },
]
"#;

fn files(about: &str) -> Vec<(String, Vec<u8>)> {
    pack(&[("interview.toml", FRAME), ("c/interview.toml", about)])
}

/// The faults that the loader tells of the pack with `from` replaced.
#[track_caller]
fn check_fault(from: &str, to: &str, expected: &[&str]) {
    assert!(ABOUT.contains(from), "nothing to replace");
    let about = ABOUT.replacen(from, to, 1);
    check(&[("interview.toml", FRAME), ("c/interview.toml", &about)], expected);
}

/// The faults that its examples show.
#[track_caller]
fn check_examples(from: &str, to: &str, expected: &[&str]) {
    assert!(ABOUT.contains(from), "nothing to replace");
    let mut library = Library::default();
    add(&mut library, &files(&ABOUT.replacen(from, to, 1))).unwrap();
    let errors: Vec<String> = verify(&library).iter().map(ToString::to_string).collect();
    let matches = errors.len() == expected.len()
        && errors.iter().zip(expected).all(|(error, expected)| error.starts_with(expected));
    assert!(matches, "expected {expected:#?}\nfound {errors:#?}");
}

#[test]
fn an_interview_about_code_without_faults_loads() {
    check_fault("Look", "Look", &[]);
    check_examples("Look", "Look", &[]);
}

#[test]
fn it_needs_the_words_of_the_packs_interview() {
    let missing = "interview.toml: missing: interviews about code need its language";
    check(&[("c/interview.toml", ABOUT)], &[missing]);
    let silent = FRAME.replace("code-notice = \"Facts.\"\n", "");
    check(&[("interview.toml", &silent), ("c/interview.toml", ABOUT)], &[missing]);
}

#[test]
fn names_that_mean_nothing_are_told() {
    check_fault(
        "card = \"one\"",
        "card = \"two\"",
        &["c/interview.toml:3: the concept has no card `two`"],
    );
    check_fault("{decorator} returns.", "{decorater} returns.", &["c/interview.toml:14: "]);
    check_fault("\"{decorator} returns\"", "\"{decorater} returns\"", &["c/interview.toml:15: "]);
    check_fault("c.key.1", "c.key.9", &["c/interview.toml:5: no concept.md of the pack lists"]);
    check_fault("id = \"walk\"", "id = \"one\"", &["c/interview.toml:2: the id `c/one` is taken"]);
    check_fault(
        "id = \"same\"",
        "id = \"rebound\"",
        &["c/interview.toml:19: the id `rebound` stands twice"],
    );
    let both = "c/interview.toml:19: a flag has either `words` or `without`";
    check_fault("words = [\"the same\"]", "words = [\"x\"]\nwithout = [\"rebound\"]", &[both]);
    let none = "c/interview.toml:19: the question has no point `gone`";
    check_fault("words = [\"the same\"]", "without = [\"gone\"]", &[none]);
}

#[test]
fn examples_hold_exactly_what_is_said_of_them() {
    let line = "c/interview.toml:25: ";
    let good = format!("{line}in `load is bound to what log returns.` are the points {{}}");
    let missed = "c/interview.toml:2: no answer misses";
    check_examples(
        "words = [\"bound\", \"{decorator} returns\"]",
        "words = [\"nothing\"]",
        &[&good, &format!("{line}in `It is what log returns.` are the points {{}}")],
    );
    check_examples(
        "points = [], flags = [\"same\"]",
        "points = [\"rebound\"], flags = [\"same\"]",
        &[&format!("{line}in `It is the same.` are the points {{}}")],
    );
    check_examples(
        "It is the same.\", points = []",
        "It is bound to the same.\", points = [\"rebound\"]",
        &[&format!("{missed} the point `what.rebound`")],
    );
    check_examples(
        "It is the same.\", points = [], flags = [\"same\"]",
        "It is.\", points = [], flags = []",
        &["c/interview.toml:2: no answer raises the flag `what.same`"],
    );
    check_examples(
        "cursor = \"def load\"",
        "cursor = \"def save\"",
        &[
            &format!("{line}the code has no `def save`"),
            "c/interview.toml:2: no example has the point `what.rebound`",
            "c/interview.toml:2: no answer raises the flag `what.same`",
        ],
    );
    check_examples(
        "@log\n",
        "",
        &[
            &format!("{line}there is no such interview about this code"),
            "c/interview.toml:2: no example has the point `what.rebound`",
            "c/interview.toml:2: no answer raises the flag `what.same`",
        ],
    );
}
