use super::super::tests::{review, store};
use super::*;
use crate::store::{Judgement, PracticeEvent, Review, open_in_memory};

const DAY: i64 = 24 * 60 * 60 * 1000;

fn exported(store: &Store) -> String {
    let mut out = Vec::new();
    store.export(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn two_machines_come_to_the_same_log_and_cards() {
    let mut said = review(3, 9 * DAY, 4);
    (said.confidence, said.ms) = (Some("sure"), None);
    let (first, second) = (review(1, 0, 3), review(u128::MAX, 3 * DAY, 1));
    let mut here = store(&[first.clone(), said.clone()]);
    let mut there = store(&[first.clone(), second.clone()]);
    let (from_here, from_there) = (exported(&here), exported(&there));
    let once = Imported { added: 1, known: 1, ..Imported::default() };
    assert_eq!(here.import(from_there.as_bytes()).unwrap(), once);
    assert_eq!(there.import(from_here.as_bytes()).unwrap(), once);
    assert_eq!(exported(&here), exported(&there));
    assert_eq!(here.cards().unwrap(), store(&[first, second, said]).cards().unwrap());
    assert_eq!(here.cards().unwrap(), there.cards().unwrap());
    let before = exported(&here);
    let again = here.import(before.as_bytes()).unwrap();
    assert_eq!(again, Imported { known: 3, ..Imported::default() });
    assert_eq!(exported(&here), before);
}

#[test]
fn a_bad_line_is_named_and_nothing_is_imported() {
    let good = exported(&store(&[review(1, 0, 3)]));
    for (from, to, reason) in [
        ("\"grade\":3", "\"grade\":5", "invalid `grade`"),
        ("\"at\":0", "\"at\":-1", "invalid `at`"),
        ("\"right\"", "\"rihgt\"", "invalid `outcome`"),
        ("\"id\":\"0", "\"id\":\"+", "invalid `id`"),
        ("\"hints\"", "\"hint\"", "unknown field `hint`"),
        ("{", "", ""),
    ] {
        let bad = good.replacen(from, to, 1);
        assert_ne!(bad, good);
        let mut store = open_in_memory();
        let error = store.import(format!("{good}{bad}").as_bytes()).unwrap_err().to_string();
        assert!(error.starts_with("line 2: "), "{error}");
        assert!(error.contains(reason), "{error}");
        assert_eq!((store.reviews().unwrap(), store.cards().unwrap().len()), (0, 0));
    }
}

#[test]
fn what_was_undone_is_undone_everywhere() {
    let (first, second) = (review(1, 0, 3), review(2, 3 * DAY, 1));
    let mut here = store(&[first.clone(), second.clone()]);
    here.undo(4 * DAY).unwrap();
    let log = exported(&here);
    let undone = format!("{{\"undone\":\"{:032x}\",\"at\":{}}}\n", 2, 4 * DAY);
    assert!(log.ends_with(&undone), "{log}");
    let expected = store(std::slice::from_ref(&first)).cards().unwrap();
    // To a machine that has both answers, one, or none; in whatever order the lines come.
    for there in [vec![first, second.clone()], vec![second], vec![]] {
        let mut there = store(&there);
        there.import(undone.as_bytes()).unwrap();
        there.import(log.as_bytes()).unwrap();
        assert_eq!(there.cards().unwrap(), expected);
        assert_eq!(exported(&there), log);
    }
    let error = here.import("{\"undone\":\"2\",\"at\":1}".as_bytes()).unwrap_err().to_string();
    assert_eq!(error, "line 1: invalid `undone`; nothing was imported");
}

#[test]
fn no_file_holds_what_was_erased() {
    let folder = tempfile::tempdir().unwrap();
    let holds = || {
        let files = std::fs::read_dir(folder.path()).unwrap();
        let files = files.map(|file| file.unwrap().path()).filter(|path| path.is_file());
        let bytes = files.map(|path| std::fs::read(path).unwrap());
        bytes.into_iter().any(|bytes| memchr::memmem::find(&bytes, b"some/card").is_some())
    };
    let mut store = crate::store::open(folder.path()).store;
    for id in 0..100 {
        let card = format!("some/card/{id}");
        store.record(&Review { card, ..review(id, DAY, 3) }).unwrap();
    }
    assert!(holds());
    // As a damaged file is set aside, and a page is written.
    let copy = |name: &str| {
        std::fs::copy(folder.path().join("progress.db"), folder.path().join(name)).unwrap()
    };
    copy("progress.damaged-1.db");
    let page = folder.path().join(crate::store::progress_page(true));
    std::fs::create_dir(page.parent().unwrap()).unwrap();
    std::fs::write(&page, "some/card").unwrap();
    store.erase().unwrap();
    assert!(!holds() && !page.exists());
    assert_eq!(store.erase().unwrap(), 0, "nothing is there to be removed any more");
}

#[test]
fn erasing_leaves_nothing() {
    let mut store = store(&[review(1, 0, 3), review(2, DAY, 3)]);
    assert_eq!(store.erase().unwrap(), 2);
    assert_eq!((store.reviews().unwrap(), store.cards().unwrap().len()), (0, 0));
}

fn judged(interview: &str, at: i64) -> Judgement {
    Judgement {
        interview: interview.to_owned(),
        question: "p/rate".to_owned(),
        at,
        judgement: "in-part".to_owned(),
        found: 1,
        points: 3,
    }
}

#[test]
fn judgements_and_exercises_go_with_the_answers() {
    let mut here = store(&[review(1, 0, 3)]);
    here.judge(&judged("a", 5)).unwrap();
    here.practise(7, 6, "p/c/e", PracticeEvent::Hint).unwrap();
    here.practise(8, 7, "p/c/e", PracticeEvent::Passed).unwrap();
    let mut there = store(&[review(2, 1, 3)]);
    there.judge(&judged("b", 9)).unwrap();
    there.practise(9, 3, "p/c/f", PracticeEvent::GaveUp).unwrap();
    let (from_here, from_there) = (exported(&here), exported(&there));
    let imported = there.import(from_here.as_bytes()).unwrap();
    assert_eq!(imported, Imported { added: 1, known: 0, judgements: 1, events: 2 });
    here.import(from_there.as_bytes()).unwrap();
    assert_eq!(exported(&here), exported(&there));
    let practised = there.practised().unwrap();
    assert!(practised["p/c/e"].passed && practised["p/c/f"].gave_up, "{practised:?}");
    assert_eq!(practised, here.practised().unwrap());
    assert_eq!(there.judgements().unwrap(), [(judged("b", 9), 2)]);
    let both = exported(&there);
    let again = there.import(both.as_bytes()).unwrap();
    assert_eq!(again, Imported { known: 2, ..Imported::default() });
    assert_eq!(exported(&there), both);
    there.erase().unwrap();
    assert_eq!(exported(&there), "");
    there.import(both.as_bytes()).unwrap();
    assert_eq!(exported(&there), both, "a copy brings back what was erased");
}

#[test]
fn taking_back_an_answer_leaves_the_rest() {
    let mut store = store(&[review(1, 0, 3)]);
    store.judge(&judged("a", 5)).unwrap();
    store.practise(7, 6, "p/c/e", PracticeEvent::Passed).unwrap();
    assert_eq!(store.undo(9).unwrap().unwrap().id, 1);
    assert_eq!(store.undo(10).unwrap(), None);
    let log = exported(&store);
    let mut there = open_in_memory();
    there.import(log.as_bytes()).unwrap();
    assert_eq!(exported(&there), log);
    assert_eq!((there.reviews().unwrap(), there.judgements().unwrap().len()), (0, 1));
    assert!(there.practised().unwrap()["p/c/e"].passed);
}

#[test]
fn a_bad_entry_of_another_log_is_named() {
    let mut good = open_in_memory();
    good.judge(&judged("a", 5)).unwrap();
    good.practise(7, 6, "p/c/e", PracticeEvent::Passed).unwrap();
    let good = exported(&good);
    for (from, to, reason) in [
        ("\"in-part\"", "\"great\"", "line 1: invalid `judgement`"),
        ("\"found\":1", "\"found\":4", "line 1: invalid `found`"),
        ("\"points\"", "\"point\"", "line 1: unknown field `point`"),
        ("\"interview\":\"a\"", "\"interview\":\"\"", "line 1: invalid `interview`"),
        ("\"passed\"", "\"won\"", "line 2: invalid `event`"),
        ("\"at\":6", "\"at\":-6", "line 2: invalid `at`"),
        ("\"id\":\"0", "\"id\":\"", "line 2: invalid `id`"),
    ] {
        let bad = good.replacen(from, to, 1);
        assert_ne!(bad, good);
        let mut store = open_in_memory();
        let error = store.import(bad.as_bytes()).unwrap_err().to_string();
        assert!(error.starts_with(reason), "{error}");
        assert_eq!(exported(&store), "");
    }
}
