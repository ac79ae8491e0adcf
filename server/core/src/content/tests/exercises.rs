//! Faults of exercises.

use super::check_edit;

const PATH: &str = "c/exercises/sum.md";

const EXERCISE: &str = r#"+++
title = "Sum"
level = "write"
units = ["c.key.1"]
links = []
hints = ["Add."]
keep = ["helper"]

[[goals]]
id = "sum"
message = "Call `sum`."
in = "total"
must = '''
((call function: (identifier) @sum) @target
 (#resolves? @sum "builtins.sum"))
'''
+++
Told later, with [[bad]].

```py start
def total(n): ...
```
```py solution
def total(n):
    return sum(n)
```
```py passes
def total(n): return sum(n)
```
```py fails goal=sum
def total(n):
    return 0
```
"#;

#[track_caller]
fn check(from: &str, to: &str, expected: &[&str]) {
    check_edit(PATH, EXERCISE, from, to, expected);
}

#[test]
fn a_well_made_exercise_loads() {
    check("Sum", "Add", &[]);
}

#[test]
fn faults_of_the_front_matter() {
    check(
        "level = \"write\"",
        "level = \"hard\"",
        &["c/exercises/sum.md:3: unknown variant `hard`"],
    );
    check("hints = [\"Add.\"]", "hints = []", &["c/exercises/sum.md:6: expected 1 to 6 hints"]);
    check("\"Add.\"", "\"a\\nb\"", &["c/exercises/sum.md:6: expected one line"]);
    check("\"helper\"", "\"a b\"", &["c/exercises/sum.md:7: `a b`: expected `name`"]);
    check(
        "id = \"sum\"",
        "id = \"Sum\"",
        &[
            "c/exercises/sum.md:10: `Sum` is no id",
            "c/exercises/sum.md:30: the exercise has no goal `sum`",
        ],
    );
    check(
        "id = \"sum\"",
        "id = \"keep\"",
        &[
            "c/exercises/sum.md:10: the goal `keep` is there already",
            "c/exercises/sum.md:30: the exercise has no goal `sum`",
        ],
    );
    check(
        "must = '''",
        "at-least = 1\nmust = '''",
        &["c/exercises/sum.md:13: `at-least` is 2 or more"],
    );
    check(
        "c.key.1",
        "c.key.2",
        &["c/exercises/sum.md:4: no concept.md of the pack lists the unit"],
    );
    check(
        "in = \"total\"",
        "finds-nothing = [\"bed\"]",
        &["c/exercises/sum.md: no rule `bed`; did you mean `bad`?"],
    );
}

#[test]
fn faults_of_patterns_have_their_line() {
    check("(identifier)", "(identifer)", &["c/exercises/sum.md:14: `identifer` is no node"]);
    check("resolves?", "resolve?", &["c/exercises/sum.md:15: unknown predicate `#resolve?`"]);
    check(
        ") @target",
        ")",
        &["c/exercises/sum.md:14: a pattern captures exactly one node as `@target`"],
    );
    check(
        "(#resolves? @sum \"builtins.sum\")",
        "(#set! card \"x\")",
        &["c/exercises/sum.md:14: `#set!` has no meaning in a goal"],
    );
    for (predicate, fault) in [
        ("(#inside? @sum \"for\")", "`for` is no node of tree-sitter-python"),
        ("(#inside? @sum \"for_statement:bdy\")", "`bdy` is no field of tree-sitter-python"),
        ("(#fact? \"wraper\" \"x\")", "there is no provider of facts `wraper`"),
        ("(#fact? \"wrapper\" \"x=1\")", "`wrapper` has no slot `x`"),
        ("(#same? @sum)", "expected `(#same? @name @other)`"),
    ] {
        let fault = format!("c/exercises/sum.md:15: {fault}");
        check("(#resolves? @sum \"builtins.sum\")", predicate, &[&fault]);
    }
}

#[test]
fn faults_of_the_fences() {
    check(
        "py start",
        "py begin",
        &[
            "c/exercises/sum.md: an exercise has a fence `py start`",
            "c/exercises/sum.md:20: `begin`: expected `start`",
        ],
    );
    check(
        "py passes",
        "py solution",
        &[
            "c/exercises/sum.md: an exercise has a fence `py passes`",
            "c/exercises/sum.md:27: there is such a fence already",
        ],
    );
    check(
        "py fails goal=sum",
        "py fails",
        &[
            "c/exercises/sum.md: an exercise has a fence `py fails`",
            "c/exercises/sum.md:30: a wrong answer names what it misses",
        ],
    );
    check("goal=sum", "goal=total", &["c/exercises/sum.md:30: the exercise has no goal `total`"]);
    check(
        "goal=sum",
        "sum",
        &[
            "c/exercises/sum.md: an exercise has a fence `py fails`",
            "c/exercises/sum.md:30: `sum`: expected `whole`",
        ],
    );
    check("[[bad]]", "[[worse]]", &["c/exercises/sum.md:18: no rule `worse`"]);
    check("Told later, with [[bad]].", "", &["c/exercises/sum.md:18: expected what is told"]);
}
