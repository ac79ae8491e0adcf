use std::fs;

use super::*;

const DAY: i64 = 24 * 60 * 60 * 1000;

/// A store in memory with these reviews.
pub(super) fn store(reviews: &[Review]) -> Store {
    let mut store = open_in_memory();
    for review in reviews {
        store.record(review).unwrap();
    }
    store
}

pub(super) fn review(id: u128, at: i64, grade: u8) -> Review {
    Review {
        id,
        session: format!("s{id}"),
        at,
        card: "p/c/a".to_owned(),
        variant: "v".to_owned(),
        seed: u64::MAX,
        source: "pack",
        outcome: if grade == 1 { "wrong" } else { "right" },
        grade,
        confidence: None,
        hints: 0,
        ms: Some(1200),
    }
}

#[test]
fn a_surprise_is_one_until_the_next_answer() {
    let mut store = open_in_memory();
    let sure = |id, at, grade| Review { confidence: Some("sure"), ..review(id, at, grade) };
    store.record(&review(1, 0, 1)).unwrap();
    assert_eq!(store.surprises().unwrap(), [""; 0], "nobody was sure");
    store.record(&sure(2, DAY, 1)).unwrap();
    assert_eq!(store.surprises().unwrap(), ["p/c/a"]);
    store.record(&sure(3, 2 * DAY, 3)).unwrap();
    assert_eq!(store.surprises().unwrap(), [""; 0]);
}

#[test]
fn good_answers_come_back_later_and_later() {
    let mut store = open_in_memory();
    let mut at = 0;
    let mut gaps = Vec::new();
    for id in 1..=4 {
        let card = store.record(&review(id, at, 3)).unwrap().card.unwrap();
        gaps.push((card.due_at - at) / DAY);
        at = card.due_at;
    }
    assert!(gaps.windows(2).all(|pair| pair[1] > pair[0] * 2), "{gaps:?}");
    assert_eq!(gaps[0], 2);
    let recorded = store.record(&review(9, at, 1)).unwrap();
    let was = recorded.retrievability_was.unwrap();
    assert!((0.88..0.92).contains(&was), "a card is due when nine in ten remember it: {was}");
    assert_eq!(
        store.record(&review(9, at, 1)).unwrap(),
        recorded,
        "the same review, the same answer"
    );
    let missed = recorded.card.unwrap();
    assert!(missed.due_at - at < 5 * DAY);
    assert_eq!((missed.lapses, missed.reviews), (1, 5));
}

#[test]
fn a_review_counts_once_and_order_does_not_matter() {
    let all =
        [review(1, 0, 3), review(2, 3 * DAY, 1), review(3, 4 * DAY, 3), review(4, 9 * DAY, 4)];
    let mut forwards = open_in_memory();
    let mut backwards = open_in_memory();
    for review in all.iter().chain(&all[1..2]) {
        forwards.record(review).unwrap();
    }
    for review in all.iter().rev() {
        backwards.record(review).unwrap();
    }
    assert_eq!(forwards.reviews().unwrap(), 4);
    assert_eq!(forwards.cards().unwrap(), backwards.cards().unwrap());
}

#[test]
fn two_windows_count_once() {
    let mut store = open_in_memory();
    let first = store.record(&review(1, 0, 3)).unwrap();
    assert_eq!(first.retrievability_was, None);
    assert_eq!(store.record(&review(2, 60_000, 1)).unwrap(), first);
    let mut again = review(3, 120_000, 1);
    again.session = "s1".to_owned();
    assert_eq!(store.record(&again).unwrap().card.unwrap().reviews, 2);
}

#[test]
fn what_is_due_is_counted() {
    let mut store = open_in_memory();
    assert_eq!(store.due(0).unwrap(), (0, None));
    let card = store.record(&review(1, 0, 3)).unwrap().card.unwrap();
    assert_eq!(store.due(card.due_at - 1).unwrap(), (0, Some(card.due_at)));
    assert_eq!(store.due(card.due_at).unwrap(), (1, None));
}

#[test]
fn what_was_recorded_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let card = open(&folder.path().join("new")).store.record(&review(1, 5, 3)).unwrap().card;
    let opened = open(&folder.path().join("new"));
    assert_eq!(opened.notice, None);
    assert!(opened.store.is_lasting());
    assert_eq!(opened.store.card("p/c/a").unwrap(), card);
}

#[cfg(unix)]
#[test]
fn only_the_reader_can_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    open(&data).store.record(&review(1, 0, 3)).unwrap();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&data), 0o700);
    for entry in fs::read_dir(&data).unwrap() {
        assert_eq!(mode(&entry.unwrap().path()), 0o600);
    }
}

#[test]
fn a_damaged_file_is_kept_and_a_new_one_started() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("progress.db");
    fs::write(&file, "this is no database, whatever its name says. ".repeat(50)).unwrap();
    let mut opened = open(folder.path());
    assert!(opened.notice.unwrap().contains("progress.damaged-1.db"));
    opened.store.record(&review(1, 0, 3)).unwrap();
    let aside = fs::read(folder.path().join("progress.damaged-1.db")).unwrap();
    assert!(aside.starts_with(b"this is no database"));
    assert_eq!(open(folder.path()).store.reviews().unwrap(), 1);
}

#[test]
fn a_newer_file_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    open(folder.path()).store.record(&review(1, 0, 3)).unwrap();
    let file = folder.path().join("progress.db");
    rusqlite::Connection::open(&file).unwrap().execute_batch("PRAGMA user_version = 7").unwrap();
    let mut opened = open(folder.path());
    assert!(opened.notice.unwrap().contains("newer pygloss"));
    assert!(!opened.store.is_lasting());
    opened.store.record(&review(2, 0, 3)).unwrap();
    let count: i64 = rusqlite::Connection::open(&file)
        .unwrap()
        .query_row("SELECT count(*) FROM review", [], |row| row.get(0))
        .unwrap();
    assert_eq!(count, 1);
}

#[test]
fn without_a_usable_folder_the_quiz_still_runs() {
    let folder = tempfile::tempdir().unwrap();
    let blocked = folder.path().join("a file");
    fs::write(&blocked, "").unwrap();
    let mut opened = open(&blocked.join("below"));
    assert!(opened.notice.unwrap().contains("The quiz goes on"));
    opened.store.record(&review(1, 0, 3)).unwrap();
    assert_eq!(opened.store.reviews().unwrap(), 1);
}

#[test]
fn the_median_needs_ten_answers() {
    let mut store = open_in_memory();
    for id in 1..=11 {
        assert_eq!(store.median_ms().unwrap().is_some(), id > 10, "{id}");
        let ms = Some(1000 * id as u64);
        store.record(&Review { ms, ..review(id, id as i64, 3) }).unwrap();
    }
    store.record(&Review { ms: Some(1), ..review(99, 99, 1) }).unwrap();
    assert_eq!(store.median_ms().unwrap(), Some(6000));
}

#[test]
fn only_one_server_sets_a_damaged_file_aside() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("progress.db"), "no database ".repeat(200)).unwrap();
    let servers: Vec<_> = (1..=4)
        .map(|server| {
            let folder = folder.path().to_owned();
            std::thread::spawn(move || open(&folder).store.record(&review(server, 0, 3)).unwrap())
        })
        .collect();
    for server in servers {
        server.join().unwrap();
    }
    assert_eq!(open(folder.path()).store.reviews().unwrap(), 4);
    assert!(!folder.path().join("progress.damaged-2.db").exists());
}

#[cfg(unix)]
#[test]
fn progress_that_cannot_be_written_can_still_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    open(&data).store.record(&review(1, 0, 3)).unwrap();
    let protect = |mode: u32| {
        fs::set_permissions(data.join("progress.db"), fs::Permissions::from_mode(mode & 0o666))
            .unwrap();
        fs::set_permissions(&data, fs::Permissions::from_mode(mode)).unwrap();
    };
    protect(0o555);
    // The superuser writes everywhere.
    let writable = fs::write(data.join("probe"), "").is_ok();
    let mut opened = open(&data);
    if writable {
        assert_eq!(opened.notice, None);
    } else {
        assert!(opened.notice.as_ref().unwrap().contains("The quiz goes on"), "{opened:?}");
        assert!(!opened.store.is_lasting());
    }
    assert!(opened.store.card("p/c/a").unwrap().is_some());
    opened.store.record(&review(2, DAY, 3)).unwrap();
    protect(0o755);
}

#[test]
fn the_log_only_grows() {
    let mut store = open_in_memory();
    store.record(&review(1, 0, 3)).unwrap();
    assert!(store.connection.execute("UPDATE review SET grade = 4", []).is_err());
}

#[test]
fn a_full_file_refuses_an_answer_and_takes_the_next_one() {
    let mut store = open_in_memory();
    store.record(&review(1, 0, 3)).unwrap();
    let before = store.cards().unwrap();
    let full = |pages: i64| {
        let limit = format!("PRAGMA max_page_count = {pages}");
        store.connection.query_row(&limit, [], |row| row.get::<_, i64>(0)).unwrap()
    };
    let pages = full(1);
    full(pages);
    let mut id = 2;
    let why = loop {
        match store.record(&review(id, id as i64 * DAY, 3)) {
            Ok(_) => id += 1,
            Err(error) => break error.to_string(),
        }
    };
    assert_eq!(why, "database or disk is full");
    assert_eq!(store.reviews().unwrap(), u32::try_from(id - 1).unwrap(), "all or nothing");
    assert_ne!(store.cards().unwrap(), before);
    let raise = "PRAGMA max_page_count = 1000000";
    store.connection.query_row(raise, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(
        store.record(&review(id, id as i64 * DAY, 3)).unwrap().card.unwrap().reviews,
        id as u32
    );
}

#[test]
fn a_clock_that_goes_backwards_loses_nothing() {
    let times = [10 * DAY, 4 * DAY, 4 * DAY, -DAY, 11 * DAY];
    let reviews: Vec<Review> =
        times.iter().enumerate().map(|(id, at)| review(id as u128, *at, 3)).collect();
    let backwards = store(&reviews);
    assert_eq!(backwards.reviews().unwrap(), 5);
    let card = &backwards.cards().unwrap()[0];
    assert_eq!(card.last_at, 11 * DAY);
    assert!(card.due_at > card.last_at);
    // As if the answers had come in the order of their times.
    let mut sorted = reviews;
    sorted.sort_by_key(|review| (review.at, review.id));
    assert_eq!(backwards.cards().unwrap(), store(&sorted).cards().unwrap());
    let chance = chance(card, 0);
    assert!((0.0..=1.0).contains(&chance), "{chance}");
}
