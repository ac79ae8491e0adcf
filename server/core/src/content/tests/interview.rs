//! Faults of `interview.toml`.

use super::{check, check_edit};

const PATH: &str = "interview.toml";
const INTERVIEW: &str = r#"title = "T"
scenario = "S"
notice = "N"
closing = "C"
[language]
negations = ["not"]
affirmations = []
breaks = ["but"]
[[question]]
id = "q"
title = "Q"
units = ["c.key.1"]
ask = "How?"
model = "With a loop."
[[question.point]]
id = "loop"
title = "a loop"
words = ["loop*"]
why = "W"
follow = "F"
[[question.flag]]
id = "none"
title = "no loop"
why = "W"
without = ["loop"]
[[question.check]]
text = "Not with a loop."
points = []
flags = ["none"]
"#;

#[track_caller]
fn check_fault(from: &str, to: &str, expected: &[&str]) {
    check_edit(PATH, INTERVIEW, from, to, expected);
}

#[test]
fn an_interview_without_faults_loads() {
    check(&[(PATH, INTERVIEW)], &[]);
}

#[test]
fn answers_hold_exactly_what_is_said_of_them() {
    let model = "interview.toml:14: in this answer are the points {} and the flags {\"none\"}";
    check_fault("With a loop.", "By hand.", &[model]);
    check_fault("With a loop.", "With no map but not a loop.", &[model]);
    check_fault(
        "Not with a loop.",
        "Not by hand but with a loop.",
        &[
            "interview.toml:10: no `[[question.check]]` misses the point `loop`",
            "interview.toml:10: no `[[question.check]]` raises the flag `none`",
            "interview.toml:27: in this answer are the points {\"loop\"} and the flags {}",
        ],
    );
}

#[test]
fn names_that_mean_nothing_are_told() {
    let words = "interview.toml:10: the flag `none` has either `words` or `without`";
    check_fault("without =", "words = [\"hand\"]\nwithout =", &[words]);
    check_fault("c.key.1", "c.key.9", &["interview.toml:12: no concept.md of the pack lists"]);
    check_fault(
        "id = \"none\"",
        "id = \"loop\"",
        &["interview.toml:22: the id `loop` stands twice", "interview.toml:27: in this answer"],
    );
    check_fault("closing", "ending", &["interview.toml:4: unknown field `ending`"]);
}
