//! A snapshot of the card of each hover target: the places in the reader's code about which the
//! chapter has something to say.
//!
//! They stand in `targets/<topic>.md`, each under its id and what it is: first the code with the
//! cursor `$0`, fenced with `py` and maybe the oldest Python (`py target=3.12`), or several files,
//! each below `//- path`; then, written by the test, the card's id and what is shown.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use expect_test::expect_file;

use super::testing::show;
use crate::content::testing::builtin;
use crate::modules::testing::Workspace;
use crate::modules::{Files, Site};
use crate::{Settings, cards};

/// File, letter and number of the targets of each topic. Ids are never given anew.
const TOPICS: &[(&str, char, usize)] = &[
    ("decorators", 'D', 31),
    ("generators", 'G', 36),
    ("context-managers", 'C', 30),
    ("concurrency", 'A', 36),
    ("type-hints", 'T', 31),
    ("collections", 'L', 26),
    ("virtual-environments", 'V', 16),
    ("metaclasses", 'M', 28),
    ("robustness", 'I', 11),
];

/// One section of a file.
struct Target {
    id: String,
    /// What stands behind the id.
    title: String,
    /// What stands behind `py`.
    words: String,
    source: String,
}

fn path_of(topic: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cards/targets");
    folder.join(format!("{topic}.md"))
}

/// The sections of a file, without what the test has written.
fn read(topic: &str) -> Vec<Target> {
    let text = fs::read_to_string(path_of(topic)).expect("the topic has a file");
    let sections = text.split("\n## ").skip(1).map(|section| {
        let (heading, rest) = section.split_once('\n').expect("a heading");
        let (id, title) = heading.split_once(' ').expect("an id and what it is");
        let (_, rest) = rest.split_once("````py").expect("a fence with the code");
        let (words, rest) = rest.split_once('\n').expect("a line with the fence");
        let (source, _) = rest.split_once("\n````\n").expect("the end of the code");
        let [id, title, words] = [id, title, words].map(|text| text.trim().to_owned());
        Target { id, title, words, source: format!("{source}\n") }
    });
    sections.collect()
}

/// The id of the card at the cursor of a target, and what is shown.
fn card(target: &Target) -> (String, String) {
    let mut settings = Settings::default();
    if let Some(version) = target.words.strip_prefix("target=") {
        settings.target = version.parse().expect("a version of Python");
    }
    let (files, path, offset) = match target.source.starts_with("//- ") {
        true => Workspace::new(&target.source),
        false => Workspace::new(&format!("//- code.py\n{}", target.source)),
    };
    let document = files.source(&path).expect("the file exists").document;
    let site = Site::new(&files, &path);
    let hover = cards::hover(builtin(), document, &settings, site, offset);
    let id = hover.as_ref().map(|hover| hover.card.clone()).unwrap_or_default();
    (id, show(builtin(), document, offset, hover))
}

#[test]
fn every_target_has_a_card_that_is_shown() {
    let mut faults = Vec::new();
    for (topic, letter, count) in TOPICS {
        let targets = read(topic);
        let ids: Vec<&str> = targets.iter().map(|target| target.id.as_str()).collect();
        let wanted: Vec<String> =
            (1..=*count).map(|number| format!("{letter}{number:02}")).collect();
        assert_eq!(ids, wanted, "the targets of {topic}");
        let mut out = format!("# Hover targets: {topic}\n");
        for target in &targets {
            let (card, shown) = card(target);
            let is_claimed =
                builtin().cards().any(|(id, page)| id == card && page.targets.contains(&target.id));
            if !is_claimed {
                faults.push(format!("{}: `{card}` is not a card about it", target.id));
            }
            let Target { id, title, words, source } = target;
            let fence = format!("py {words}");
            let fence = fence.trim();
            write!(
                out,
                "\n## {id} {title}\n````{fence}\n{source}````\n{card}\n````text\n{shown}````\n"
            )
            .expect("a string takes all");
        }
        expect_file![path_of(topic)].assert_eq(&out);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn cards_name_targets_that_there_are() {
    let known: BTreeSet<String> = TOPICS
        .iter()
        .flat_map(|(_, letter, count)| {
            (1..=*count).map(move |number| format!("{letter}{number:02}"))
        })
        .collect();
    let named: BTreeSet<String> =
        builtin().cards().flat_map(|(_, card)| card.targets.iter().cloned()).collect();
    assert_eq!(named, known);
}
