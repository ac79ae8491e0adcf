//! What is made ready while nobody types.

use proptest::prelude::*;

use super::{PIECES, with_long_class};
use crate::analysis::{
    Fix, Offered, OfferedFinding, Settings, findings, fixes, offers, prepare_offers,
};
use crate::content::testing::builtin;
use crate::{Document, PythonVersion, Span};

/// What is put in beside [`PIECES`], about names that fixes need.
const NAMES: &[&str] = &[
    "import functools\n",
    "from functools import wraps\n",
    "import asyncio as a\n",
    "from contextlib import contextmanager, closing\n",
    "functools = 1\n",
    "wraps = None\n",
    "async def f():\n    ",
    "try:\n    pass\nexcept ValueError:\n    ",
    "with x: ",
    "yield 1\n",
    "for i in x: ",
    "f(1)\n",
    "C()\n",
];

fn sources() -> Vec<String> {
    let examples = builtin().rules().flat_map(|rule| &rule.examples);
    let python = examples.filter(|example| example.path.is_none());
    let all = python.map(|example| example.code.clone());
    all.chain([with_long_class()]).collect()
}

fn whole(document: &Document) -> Span {
    Span::new(0, document.text().len())
}

fn all(document: &Document, settings: &Settings) -> Vec<OfferedFinding> {
    offers(builtin(), document, settings, whole(document))
}

proptest! {
    #[test]
    fn offers_after_edits_are_those_of_a_fresh_open(
        source in 0usize..10_000,
        pauses in any::<u16>(),
        edits in prop::collection::vec(
            (0usize..1_200, 0usize..6, 0usize..PIECES.len() + NAMES.len()), 1..8
        )
    ) {
        let sources = sources();
        let settings = Settings { target: PythonVersion::py3(13), ..Settings::default() };
        let mut document = Document::new(&sources[source % sources.len()]);
        findings(builtin(), &document, &settings);
        while prepare_offers(builtin(), &document, &settings, false) {}
        for (number, (at, len, piece)) in edits.into_iter().enumerate() {
            let at = at % (document.text().len() + 1);
            let span = Span::new(at, (at + len).min(document.text().len()));
            let piece = PIECES.iter().chain(NAMES).nth(piece).unwrap();
            document.edit(span, piece);
            findings(builtin(), &document, &settings);
            let fresh = Document::new(&document.text().to_string());
            prop_assert_eq!(all(&document, &settings), all(&fresh, &settings));
            if pauses & 1 << number != 0 {
                while prepare_offers(builtin(), &document, &settings, true) {}
            }
        }
    }
}

const MISTAKE: &str = "\
first = 1
second = 2

def add(a=[]):
    a.append(1)
    return a


def between():
    return 0


def other():
    return 1
";

#[test]
fn an_offer_is_a_fix_without_its_edits() {
    let settings = Settings::default();
    let document = Document::new(&with_long_class());
    let fixed = fixes(builtin(), &document, &settings, whole(&document));
    let title = |fix: &Fix| Offered { title: fix.title.clone(), safety: fix.safety };
    let titles: Vec<Vec<_>> =
        fixed.iter().map(|found| found.fixes.iter().map(title).collect()).collect();
    let offered: Vec<Vec<_>> =
        all(&document, &settings).iter().map(|found| found.fixes.to_vec()).collect();
    assert_eq!(offered, titles);
    assert!(titles.concat().len() > 5);
}

#[test]
fn what_a_key_changes_is_made_in_a_pause() {
    let settings = Settings::default();
    let mut document = Document::new(MISTAKE);
    let prepare =
        |document: &Document, pause| prepare_offers(builtin(), document, &settings, pause);
    assert!(!prepare(&document, true), "no findings are known");
    findings(builtin(), &document, &settings);
    assert!(prepare(&document, false), "found when the file was opened");
    assert!(!prepare(&document, true));
    let place = |text: &str| MISTAKE.find(text).unwrap() + text.len();
    document.edit(Span::empty(place("return 1")), "0");
    findings(builtin(), &document, &settings);
    assert!(!prepare(&document, true), "nothing of the finding has changed");
    document.edit(Span::empty(place("append(1")), "0");
    assert!(!prepare(&document, true), "the findings come first");
    findings(builtin(), &document, &settings);
    assert!(!prepare(&document, false), "the next key may change it again");
    assert!(prepare(&document, true));
    assert!(!prepare(&document, true));
    document.edit(Span::empty(0), "\n\n");
    let found = findings(builtin(), &document, &settings);
    assert!(found[0].message.ends_with("line 7"), "{}", found[0].message);
    assert!(!prepare(&document, true), "lines moved, which changes no fix");
}
