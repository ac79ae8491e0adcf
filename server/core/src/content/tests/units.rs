//! The list of units against the pages and the questions.

use std::collections::{BTreeMap, BTreeSet};

use super::{CONCEPT, check};
use crate::content::testing::builtin;

const LIST: &str = "[c]\nkey-point = [\"c.key.1\"]\n";

#[test]
fn what_the_list_names_is_taught_once() {
    check(&[("units.toml", LIST)], &[]);
    let more = LIST.replace("\"]\n", "\", \"c.key.2\"]\n");
    check(
        &[("units.toml", &more)],
        &["units.toml:2: c/concept.md does not list the unit `c.key.2`"],
    );
    let elsewhere = "[d]\nkey-point = [\"c.key.1\"]\n";
    check(
        &[("units.toml", elsewhere)],
        &[
            "c/concept.md:3: units.toml lists the unit `c.key.1` with the concept `d`",
            "units.toml:2: pack.toml lists no concept `d`",
        ],
    );
}

#[test]
fn what_a_page_names_is_on_the_list() {
    let page = CONCEPT.replace("\"c.key.1\"", "\"c.key.1\", \"c.key.11\"");
    check(
        &[("units.toml", LIST), ("c/concept.md", &page)],
        &["c/concept.md:3: units.toml does not list the unit `c.key.11`; did you mean `c.key.1`?"],
    );
}

#[test]
fn a_question_must_be_asked() {
    let list = "[c]\nmcq-stem = [\"c.key.1\"]\n";
    check(
        &[("units.toml", list)],
        &["units.toml:2: no item of a quiz asks about the unit `c.key.1`"],
    );
}

#[test]
fn faults_of_the_list_itself() {
    check(&[("units.toml", "x = 1")], &["units.toml:1: "]);
    let twice = "[c]\nkey-point = [\"c.key.1\", \"c.key.1\"]\n";
    check(&[("units.toml", twice)], &["units.toml:2: the unit `c.key.1` is listed twice"]);
    let odd = "[c]\n\"Key\" = [\"c.key.1\"]\n";
    check(&[("units.toml", odd)], &["units.toml:2: `Key` is no kind of unit"]);
}

/// The loader refuses a pack in which a unit is missing or unknown; this holds how many there are.
#[test]
fn the_chapter_is_taught_as_a_whole() {
    let library = builtin();
    let pack = &library.packs()[0];
    let mut kinds = BTreeMap::<&str, usize>::new();
    for unit in &pack.units {
        *kinds.entry(&unit.kind).or_default() += 1;
        let page = library.explain(&format!("{}/{}", pack.manifest.id, unit.concept));
        assert!(page.is_some_and(|page| page.len() > 1_000), "{} has no page", unit.id);
    }
    let listed: usize = pack.concepts.iter().map(|concept| concept.units().count()).sum();
    assert_eq!(listed, pack.units.len(), "a unit is on two pages");
    expect_test::expect![[r#"
        {
            "answer-point": 99,
            "colophon": 2,
            "common-mistake": 21,
            "example": 17,
            "example-title": 5,
            "follow-up": 22,
            "heading": 33,
            "intro": 5,
            "key-point": 33,
            "mcq-correct": 6,
            "mcq-explanation": 15,
            "mcq-instruction": 1,
            "mcq-option": 24,
            "mcq-stem": 6,
            "mock-candidate": 27,
            "mock-closing": 2,
            "mock-interviewer": 8,
            "mock-key-point": 11,
            "mock-opening": 5,
            "mock-red-flag": 5,
            "mock-role": 1,
            "mock-scenario": 2,
            "question": 8,
            "reference": 7,
            "summary": 13,
            "tip": 7,
        }
    "#]]
    .assert_debug_eq(&kinds);
}

#[test]
fn what_a_reader_should_know_is_asked() {
    let pack = &builtin().packs()[0];
    let items = pack.concepts.iter().flat_map(|concept| &concept.quiz);
    let asked: BTreeSet<&str> = items.flat_map(|item| item.units()).collect();
    for unit in &pack.units {
        let must_be = matches!(&*unit.kind, "key-point" | "common-mistake" | "follow-up");
        assert!(!must_be || asked.contains(&*unit.id), "no question is about {}", unit.id);
    }
}
