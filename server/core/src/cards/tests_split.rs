//! What a card says of classes and functions of the file, it says of those of another file as well.

use crate::content::testing::builtin;
use crate::modules::testing::Workspace;
use crate::modules::{Files, Site};
use crate::{Document, Settings, cards, walk};

/// What all samples import.
const HEAD: &str = "import abc, contextlib, dataclasses, enum, functools, typing\n\
                    from typing import Generic, NamedTuple, Protocol, TypedDict, TypeVar\n";

/// The card at each token of `document` from the line `first` on, as text on one line.
fn cards_of(document: &Document, site: Option<Site<'_>>, first: usize) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (index, item) in document.items().iter().enumerate() {
        let Some(tree) = item.tree() else { continue };
        let start = document.start_of(index);
        walk::intact(tree.root_node(), item.text(), |path| {
            let node = path[path.len() - 1];
            let offset = start + node.start_byte();
            let line = document.text().line_of(offset);
            if node.child_count() > 0 || node.byte_range().is_empty() || line < first {
                return;
            }
            let hover = cards::hover(builtin(), document, &Settings::default(), site, offset);
            let card = hover.map(|hover| hover.markdown).unwrap_or_default();
            let card = card[..card.find("**Say in").unwrap_or(card.len())].to_owned();
            // How many functions of the file have annotations depends on which are in it.
            let is_about_file = |line: &&str| !line.starts_with("- Functions of this file");
            let lines: Vec<_> = card.lines().filter(is_about_file).collect();
            let words: Vec<_> = lines.iter().flat_map(|line| line.split_whitespace()).collect();
            let place = format!("{}: {}", line + 1, &item.text()[node.byte_range()]);
            out.push((place, words.join(" ").replace(" of `kit/base.py`", "")));
        });
    }
    out
}

/// What is said differently when `base` stands in a file of its own.
fn differences(base: &str, names: &str, app: &str) -> String {
    let base = format!("{HEAD}{base}");
    let lines = base.lines().count();
    let whole = Document::new(&format!("{base}{app}"));
    let gap = "\n".repeat(lines - HEAD.lines().count() - 1);
    let split = format!("{HEAD}from kit.base import {names}\n{gap}{app}");
    let fixture = format!("//- app.py\n$0{split}//- kit/base.py\n{base}");
    let (files, path, _) = Workspace::new(&fixture);
    let document = files.source(&path).expect("the file exists").document;
    let here = cards_of(&whole, None, lines);
    let there = cards_of(document, Site::new(&files, &path), lines);
    assert_eq!(here.len(), there.len());
    assert!(here.iter().any(|(_, card)| !card.is_empty()), "no card at all: {app}");
    let mut out = String::new();
    for ((place, here), (_, there)) in here.iter().zip(there) {
        if *here != there {
            out.push_str(&format!("{place}\n  here:  {here}\n  there: {there}\n"));
        }
    }
    out
}

/// The names of the classes and functions of a file, and of its variables.
fn bound(source: &str) -> String {
    let is_word = |char: char| char.is_alphanumeric() || char == '_';
    let of = |line: &str| {
        let rest = ["class ", "def ", "async def "].iter().find_map(|word| line.strip_prefix(word));
        let is_variable = line.contains(" = ") && line.starts_with(char::is_alphabetic);
        let rest = rest.or(is_variable.then_some(line))?.to_owned();
        Some(rest.split(|char| !is_word(char)).next().unwrap_or_default().to_owned())
    };
    source.lines().filter_map(of).collect::<Vec<_>>().join(", ")
}

#[test]
fn bases_of_another_file_are_as_good_as_those_of_this_one() {
    let all = include_str!("split.md");
    let mut count = 0;
    for section in all.split("\n## ").skip(1) {
        let mut blocks =
            section.split("````py\n").skip(1).map(|it| it.split("````").next().unwrap());
        let (base, app) = (blocks.next().unwrap(), blocks.next().unwrap());
        let found = differences(base, &bound(base), app);
        assert!(found.is_empty(), "{}\n{found}", section.lines().next().unwrap_or_default());
        count += 1;
    }
    assert_eq!(count, all.matches("\n## ").count());
}

#[test]
fn a_difference_would_be_seen() {
    let app = "@functools.total_ordering\nclass One(Base):\n    pass\n";
    let found =
        differences("class Base:\n    def __lt__(self, other): ...\n", "Base as Other", app);
    assert!(found.contains("total_ordering\n  here:  Added to `One`"), "{found}");
}
