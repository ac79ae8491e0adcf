use expect_test::{Expect, expect};
use pygloss_core::Library;

use super::*;
use crate::store::{Judgement, PracticeEvent, Review, Store, open_in_memory};

/// Noon in every time zone is some time on a day near it; the tests tell days from `today`.
const NOON: i64 = 20_000 * DAY + DAY / 2;

/// Card, days before now, grade, what was said.
type Said = (&'static str, i64, u8, Option<&'static str>);

const ANSWERS: &[Said] = &[
    ("decorators/metadata-without-wraps", 9, 3, Some("sure")),
    ("decorators/metadata-without-wraps", 6, 3, Some("sure")),
    ("generators/benefit-over-a-list", 1, 1, Some("guess")),
];

fn progress(answers: &[Said], interview: Option<&str>) -> (Progress, Library) {
    let mut store = open_in_memory();
    for (id, (card, days, grade, confidence)) in answers.iter().enumerate() {
        let review = Review {
            id: id as u128,
            session: id.to_string(),
            at: NOON - days * DAY,
            card: format!("python-interview-5/{card}"),
            variant: "one".into(),
            seed: 0,
            source: "pack",
            outcome: if *grade == 1 { "wrong" } else { "right" },
            grade: *grade,
            confidence: *confidence,
            hints: 0,
            ms: None,
        };
        store.record(&review).unwrap();
    }
    let library = crate::builtin::library();
    (Progress::read(&mut store, &library, NOON, interview).unwrap(), library)
}

/// The part of the page with this heading, as plain text.
fn check(progress: &Progress, heading: &str, expected: Expect) {
    let text = page(progress, Part::Everything, Glyphs::ASCII).text();
    assert!(text.is_ascii(), "{text}");
    let start = text.find(&format!("{heading}\n")).unwrap_or_else(|| panic!("{text}"));
    let rest = &text[start..];
    let next = rest[heading.len() + 1..].match_indices("\n\n").map(|it| it.0 + heading.len() + 1);
    let is_heading = |at: &usize| {
        let mut lines = rest[at + 2..].lines();
        let (title, under) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
        !under.is_empty() && under.len() == title.len() && under.chars().all(|c| c == '-')
    };
    let end = next.into_iter().find(is_heading).unwrap_or(rest.len());
    expected.assert_eq(&format!("{}\n", rest[..end].trim_end()));
}

#[test]
fn what_is_known_by_now() {
    let (progress, library) = progress(ANSWERS, None);
    check(
        &progress,
        "Progress",
        expect![[r#"
            Progress
            ========

            3 answers to 2 questions, 67 % right.
            1 question is due now.
            1 day in a row.
        "#]],
    );
    let text = page(&progress, Part::Overview, Glyphs::UNICODE).text();
    for (name, asked, known) in [("decorators", 1, "95 %"), ("metaclasses", 0, "-")] {
        let (_, concept) = library.concepts().find(|(_, concept)| concept.id == name).unwrap();
        let row = text.lines().find(|line| line.starts_with(name)).unwrap();
        assert!(row.contains(&format!("{asked} of {}", concept.quiz.len())), "{row}");
        assert!(row.contains(known), "{row}");
    }
    assert!(!text.contains("Questions\n"), "{text}");
}

#[test]
fn each_question_has_its_curve() {
    let (progress, _) = progress(ANSWERS, None);
    check(
        &progress,
        "Decorators",
        expect![[r#"
        Decorators
        ----------

        Question                 now  1 day  7 days  30 days        curve     due
        metadata-without-wraps  95 %   94 %    90 %     82 %  ^^^^^======  8 days
    "#]],
    );
}

#[test]
fn confidence_is_held_against_the_answers() {
    let (progress, _) = progress(ANSWERS, None);
    check(
        &progress,
        "How sure you were",
        expect![[r#"
        How sure you were
        -----------------

        You said   right  that is
        sure      2 of 2    100 %
        guess     0 of 1      0 %
    "#]],
    );
}

#[test]
fn the_interview_shows_what_will_be_left() {
    let date = calendar::date(calendar::day(NOON) + 30);
    let (progress, _) = progress(ANSWERS, Some(&date));
    let interview = progress.interview.as_ref().unwrap();
    assert!(progress.readiness(interview.at) < progress.readiness(NOON));
    assert!(progress.cards().all(|card| card.due_at <= interview.at));
    let text = page(&progress, Part::Everything, Glyphs::ASCII).text();
    let header = text.lines().find(|line| line.starts_with("Question ")).unwrap();
    assert!(header.contains(&date), "{header}");
    assert!(text.contains(&format!("The interview on {date}\n")), "{text}");
    assert!(text.contains("In 30 days. If you answered nothing more"), "{text}");
}

#[test]
fn an_interview_that_is_over_changes_nothing() {
    for date in [&calendar::date(calendar::day(NOON) - 1), "2026-02-31"] {
        assert!(progress(ANSWERS, Some(date)).0.interview.is_none());
    }
}

#[test]
fn before_the_first_answer() {
    let (progress, _) = progress(&[], None);
    assert!(!page(&progress, Part::Overview, Glyphs::ASCII).text().contains("-0 %"));
    check(
        &progress,
        "Progress",
        expect![[r#"
        Progress
        ========

        Nothing was answered yet.
    "#]],
    );
}

#[test]
fn days_are_shown_and_told() {
    let answers =
        [(ANSWERS[0].0, 0, 3, None), (ANSWERS[0].0, 3, 3, None), (ANSWERS[2].0, 3, 3, None)];
    let (progress, _) = progress(&answers, None);
    let text = page(&progress, Part::Overview, Glyphs::ASCII).text();
    let row = |days: i64| {
        let name = weekday(progress.today - days);
        text.lines().find(|line| line.starts_with(&format!("{name}  "))).unwrap()
    };
    assert!(row(0).ends_with(".+") && row(1).ends_with(".."), "{text}");
    // Today is a Friday or, far in the east, a Saturday: three days ago was in this week.
    assert!(row(3).ends_with(".#"), "{text}");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let week = (0..7).rev().zip([0, 0, 0, 2, 0, 0, 1]);
    let week: Vec<_> =
        week.map(|(ago, count)| format!("{} {count}", weekday(progress.today - ago))).collect();
    let busiest = calendar::date(progress.today - 3);
    let told = format!(
        "The last seven days: {}. In the last 30 days you answered on 2. \
         The busiest day was {busiest}, with 2 answers. The longest streak was 1 day.",
        week.join(", ")
    );
    assert!(text.contains(&told), "{text}");
}

#[test]
fn a_streak_tells_its_freezes() {
    let days = [8, 7, 6, 5, 4, 3, 2, 0];
    let answers: Vec<Said> = days.iter().map(|&day| (ANSWERS[0].0, day, 3, None)).collect();
    check(
        &progress(&answers, None).0,
        "Progress",
        expect![[r#"
        Progress
        ========

        8 answers to 1 question, 100 % right.
        Nothing is due; the next question is in 36 days.
        8 days in a row, 1 day bridged by a freeze; 0 freezes left.
    "#]],
    );
}

#[test]
fn a_card_of_a_pack_that_is_gone_is_no_question() {
    let (progress, _) = progress(&[("decorators/no-such-item", 1, 3, None)], None);
    assert_eq!((progress.cards().count(), progress.due()), (0, (0, None)));
}

#[test]
fn pauses_in_words() {
    let said = [0, 59 * MINUTE, 61 * MINUTE, 30 * 60 * MINUTE].map(pause);
    assert_eq!(said, ["1 minute", "1 hour", "2 hours", "2 days"]);
}

#[test]
fn what_the_reader_thought_of_a_mock_interview() {
    let mut store = open_in_memory();
    let library = crate::builtin::library();
    let judged = |interview: &str, question: &str, judgement: &str| Judgement {
        interview: interview.into(),
        question: format!("python-interview-5/{question}"),
        at: NOON,
        judgement: judgement.into(),
        found: 2,
        points: 4,
    };
    store.judge(&judged("a", "fetching", "not-yet")).unwrap();
    store.judge(&Judgement { at: NOON + 1, ..judged("b", "fetching", "in-part") }).unwrap();
    store.judge(&judged("b", "gone", "good")).unwrap();
    let progress = Progress::read(&mut store, &library, NOON, None).unwrap();
    check(
        &progress,
        "Mock interview",
        expect![[r#"
        Mock interview
        --------------

        Question                        you thought  points found   judged
        A first way to fetch the pages      in part        2 of 4  2 times
    "#]],
    );
}

#[test]
fn exercises_are_counted_once_one_is_done() {
    let library = crate::builtin::library();
    let ids: Vec<String> = library.exercises().map(|found| found.id()).collect();
    let mut store = open_in_memory();
    let told = |store: &mut Store| {
        let progress = Progress::read(store, &library, NOON, None).unwrap();
        exercises(&progress.practised)
    };
    assert_eq!(told(&mut store), None);
    for (number, event) in [(0, PracticeEvent::Passed), (1, PracticeEvent::GaveUp)] {
        store.practise(number as u128, NOON, &ids[number], event).unwrap();
    }
    store.practise(9, NOON, "gone/with/its-pack", PracticeEvent::Passed).unwrap();
    let expected = format!("1 of {} exercises passed, 1 given up.", ids.len());
    assert_eq!(told(&mut store), Some(expected));
}
