use std::collections::BTreeSet;

use proptest::prelude::*;

use super::from_code::How;
use super::from_code::testing::api_call;
use super::testing::{ITEMS, chance, context, library, session};
use super::*;

fn ask(step: Step) -> Question {
    match step {
        Step::Ask(question) => question,
        Step::Done => panic!("the session is over"),
    }
}

/// The key of the option with this label.
fn key(question: &Question, label: &str) -> String {
    let option = question.options.iter().find(|option| option.label.text == label);
    option.unwrap_or_else(|| panic!("no {label} in {question:?}")).key.clone()
}

fn answer(question: &Question, label: &str) -> Answer {
    let response = Some(Response::Keys(vec![key(question, label)]));
    let presentation = question.presentation;
    Answer { presentation, response, confidence: None, ms: Some(900), median: None, now: 5 }
}

#[test]
fn an_answer_is_explained_option_by_option() {
    let library = library(1);
    let context = context(library, &[]);
    let mut session = session(&context, Wish::Review);
    assert_eq!((session.number(), session.total()), (0, ITEMS));
    let question = ask(session.next(&context, chance(1), 0).unwrap());
    assert_eq!((question.topic.id.as_str(), question.topic.title.as_str()), ("p/c", "C"));
    let answered = session.answer(&context, &answer(&question, "o2")).unwrap();
    assert_eq!(answered.verdict.outcome, Outcome::Wrong);
    assert!(answered.verdict.more);
    let right = answered.verdict.answer()[0];
    assert_eq!((right.label.text.as_str(), right.why.as_str()), ("o1", "reason 1 of 0"));
    for (reason, option) in answered.verdict.options.iter().zip(&question.options) {
        assert_eq!((&reason.key, &reason.label), (&option.key, &option.label));
        assert_eq!(reason.chosen, reason.label.text == "o2");
    }
    let review = &answered.review;
    assert_eq!((review.card.as_str(), review.grade), ("p/c/i0", Grade::Again));
    assert_eq!((review.presentation, review.ms), (question.presentation, Some(900)));
}

#[test]
fn an_answer_counts_once() {
    let library = library(0);
    let context = context(library, &[]);
    let mut session = session(&context, Wish::Review);
    let question = ask(session.next(&context, chance(1), 0).unwrap());
    let first = session.answer(&context, &answer(&question, "o0")).unwrap().clone();
    let again = session.answer(&context, &answer(&question, "o1")).unwrap().clone();
    assert_eq!(first, again);
    assert_eq!((session.tally().asked, session.tally().right), (1, 1));
    session.next(&context, chance(2), 0).unwrap();
    assert_eq!(session.answer(&context, &answer(&question, "o1")).unwrap(), &first);
    session.stop();
    assert_eq!(session.answer(&context, &answer(&question, "o1")).unwrap(), &first);
}

#[test]
fn what_does_not_fit_the_state_is_refused() {
    let library = library(0);
    let context = context(library, &[]);
    let mut session = session(&context, Wish::Review);
    assert_eq!(session.hint(7), Err(Refusal::Stale));
    let question = ask(session.next(&context, chance(1), 0).unwrap());
    let shown = question.presentation;
    assert_eq!(session.next(&context, chance(2), 0), Err(Refusal::NotAnswered));
    assert_eq!(session.hint(7), Err(Refusal::Stale));
    let wrong_key =
        Answer { response: Some(Response::Keys(vec!["k0".into()])), ..answer(&question, "o0") };
    assert_eq!(session.answer(&context, &wrong_key).unwrap_err(), Refusal::NoSuchOption);
    assert_eq!(session.open().unwrap().presentation, shown, "the question stays open");
    session.answer(&context, &answer(&question, "o0")).unwrap();
    assert_eq!(session.hint(shown), Err(Refusal::AlreadyAnswered));
    assert_eq!(session.skip(&context, shown, chance(3), 0), Err(Refusal::AlreadyAnswered));
    session.stop();
    assert_eq!(session.next(&context, chance(3), 0), Err(Refusal::Over));
    assert_eq!(session.resume(&context, chance(3), 0), Err(Refusal::Over));
    assert!(session.is_over());
}

#[test]
fn hints_come_in_steps_and_lower_the_grade() {
    let library = library(0);
    let context = context(library, &[]);
    let mut session = session(&context, Wish::Review);
    let question = ask(session.next(&context, chance(1), 0).unwrap());
    assert_eq!(question.hints, 2);
    let hint = session.hint(question.presentation).unwrap();
    assert_eq!((hint.text.as_str(), hint.given, hint.of), ("First 0", 1, 2));
    session.hint(question.presentation).unwrap();
    assert_eq!(session.hint(question.presentation), Err(Refusal::NoHint));
    // Seeing the question anew does not take the hints back.
    let question = ask(session.resume(&context, chance(2), 0).unwrap());
    let review = session.answer(&context, &answer(&question, "o0")).unwrap().review.clone();
    assert_eq!((review.grade, review.hints), (Grade::Hard, 2));
}

#[test]
fn skipping_counts_for_nothing_and_giving_up_counts_as_a_lapse() {
    let library = library(0);
    let context = context(library, &[]);
    let mut session = session(&context, Wish::Review);
    let question = ask(session.next(&context, chance(1), 0).unwrap());
    let question = ask(session.skip(&context, question.presentation, chance(2), 0).unwrap());
    assert_eq!(session.tally().asked, 0);
    let give_up = Answer { response: None, ..answer(&question, "o0") };
    let answered = session.answer(&context, &give_up).unwrap();
    assert_eq!(answered.verdict.outcome, Outcome::GaveUp);
    assert_eq!(answered.review.grade, Grade::Again);
    assert!(answered.verdict.options.iter().all(|option| !option.chosen));
}

#[test]
fn resuming_shows_the_same_question_anew() {
    let library = library(0);
    let context = context(library, &[]);
    let mut session = session(&context, Wish::Review);
    let first = ask(session.next(&context, chance(1), 0).unwrap());
    let second = ask(session.resume(&context, chance(2), 0).unwrap());
    assert_eq!((&first.prompt, session.number()), (&second.prompt, 1));
    assert_ne!(first.presentation, second.presentation);
    let keys: BTreeSet<_> = first.options.iter().chain(&second.options).map(|o| &o.key).collect();
    assert_eq!(keys.len(), 6, "keys are made up for each showing");
    assert_eq!(session.answer(&context, &answer(&first, "o0")).unwrap_err(), Refusal::Stale);
    session.answer(&context, &answer(&second, "o0")).unwrap();
}

#[test]
fn a_card_is_asked_in_other_words_the_next_time() {
    let library = library(0);
    let context = context(library, &[]);
    for seed in 0..50 {
        for (last, next) in [("a", "b0?"), ("b", "a0?")] {
            let memory = |card: &str| {
                let known = Remembered { due_at: 0, last_variant: last.to_owned() };
                (card == "p/c/i0").then_some(known)
            };
            let deck = deck(&context, Wish::Review, &[], &memory, 10, 1);
            let mut session = Session::new("s".into(), deck);
            assert_eq!(ask(session.next(&context, chance(seed), 0).unwrap()).prompt, next);
        }
    }
}

#[test]
fn due_cards_come_first_and_known_ones_not_at_all() {
    let library = library(0);
    let context = context(library, &[]);
    let memory = |card: &str| {
        let due_at = match card {
            "p/c/i3" => 20,
            "p/c/i5" => 10,
            "p/c/i0" => 200,
            _ => return None,
        };
        Some(Remembered { due_at, last_variant: "a".to_owned() })
    };
    let cards = |wish, topics: &[&str], limit| -> Vec<String> {
        let topics: Vec<String> = topics.iter().map(|&topic| topic.to_owned()).collect();
        let deck = deck(&context, wish, &topics, &memory, 100, limit);
        deck.iter().map(|planned| planned.card.replace("p/c/", "")).collect()
    };
    assert_eq!(cards(Wish::Review, &[], 4), ["i5", "i3", "i1", "i2"]);
    assert_eq!(cards(Wish::Review, &["p/c"], 50), ["i5", "i3", "i1", "i2", "i4", "i6"]);
    assert_eq!(cards(Wish::Topic, &["c"], 50), ["i5", "i3", "i1", "i2", "i4", "i6", "i0"]);
    assert_eq!(cards(Wish::Topic, &["d"], 50), [""; 0]);
    assert_eq!(cards(Wish::Code, &[], 50), [""; 0], "there is no code");
}

#[test]
fn code_is_asked_about_only_while_it_stays_as_it_was() {
    let library = library(0);
    let questions = api_call(How::Replaced);
    let here = context(library, &questions);
    let mut session = session(&here, Wish::Code);
    let question = ask(session.next(&here, chance(1), 0).unwrap());
    assert_eq!(question.prompt, "What is `__name__` of `api_call`, line 15?");
    assert_eq!(
        (question.source, question.subject),
        (Source::Code, Some(crate::Span::new(100, 150)))
    );

    let mut moved = questions.clone();
    for question in &mut moved {
        question.evidence.from = vec![crate::Span::new(7, 97)];
    }
    let moved = context(library, &moved);
    assert_eq!(session.check(&moved), None, "the code only moved");
    let fixed = api_call(How::Wrapped);
    let fixed = context(library, &fixed);
    let mut other = super::testing::session(&here, Wish::Code);
    let same = ask(other.next(&here, chance(1), 0).unwrap());
    assert_eq!(other.answer(&fixed, &answer(&same, "'wrapper'")).unwrap_err(), Refusal::Changed);
    assert_eq!(other.next(&fixed, chance(2), 0).unwrap(), Step::Done);
    assert_eq!(other.tally().asked, 0);

    let answered = session.answer(&moved, &answer(&question, "'wrapper'")).unwrap();
    assert_eq!(answered.verdict.outcome, Outcome::Right);
    assert_eq!(answered.verdict.evidence, [crate::Span::new(7, 97)]);
    assert_eq!(answered.verdict.answer()[0].why, "`wrapper` in line 7");
}

#[test]
fn an_edit_withdraws_the_open_question() {
    let library = library(0);
    let questions = api_call(How::Replaced);
    let here = context(library, &questions);
    let mut session = session(&here, Wish::Topic);
    while session.open().is_none_or(|question| question.source == Source::Pack) {
        match session.open().map(|question| question.presentation) {
            Some(shown) => session.skip(&here, shown, chance(shown as u64 + 1), 0).unwrap(),
            None => session.next(&here, chance(0), 0).unwrap(),
        };
    }
    let shown = session.open().unwrap().presentation;
    let gone = context(library, &[]);
    assert_eq!(session.check(&gone), Some(shown));
    assert_eq!(session.check(&gone), None, "once");
    assert_eq!(session.hint(shown), Err(Refusal::Stale));
    assert_eq!(session.next(&gone, chance(99), 0).unwrap(), Step::Done);
}

proptest! {
    /// Whatever is right, what is sent before the answer is the same to the last byte.
    #[test]
    fn nothing_before_the_answer_tells_it(seeds in proptest::collection::vec(any::<u64>(), 1..20)) {
        let seen = |right: usize, how: How| {
            let library = library(right);
            let questions = api_call(how);
            let context = context(library, &questions);
            let mut session = session(&context, Wish::Topic);
            let mut seen = String::new();
            let mut step = session.next(&context, chance(seeds[0]), 0);
            for (at, seed) in seeds.iter().enumerate() {
                let Ok(Step::Ask(question)) = &step else { break };
                let hint = session.hint(question.presentation);
                let again = session.resume(&context, chance(seed.wrapping_add(1)), 1);
                seen.push_str(&format!("{question:?} {hint:?} {again:?}\n"));
                let shown = session.open().unwrap().presentation;
                step = session.skip(&context, shown, chance(seed.wrapping_add(at as u64 + 2)), 2);
            }
            seen
        };
        let first = seen(0, How::Replaced);
        prop_assert_eq!(&first, &seen(1, How::Replaced));
        prop_assert_eq!(&first, &seen(2, How::Wrapped));
    }

    /// Any sequence of inputs: a miss comes back after at least three others, a hit does not come
    /// back, the counts add up, and the session ends.
    #[test]
    fn sessions_end_and_misses_return(
        seed in any::<u64>(),
        inputs in proptest::collection::vec(0u8..6, 0..120),
    ) {
        let library = library(2);
        let context = context(library, &[]);
        let mut session = session(&context, Wish::Review);
        let mut shown: Vec<String> = Vec::new();
        let mut rights = BTreeSet::new();
        let (mut answers, mut count) = (0, seed);
        let mut step = session.next(&context, chance(count), 0).unwrap();
        for input in inputs {
            count = count.wrapping_add(1);
            let Step::Ask(question) = &step else { break };
            let card = question.prompt[1..].to_owned();
            prop_assert!(session.number() <= session.total());
            prop_assert!(!rights.contains(&card), "{} was known", card);
            if shown.last() != Some(&card) {
                if let Some(before) = shown.iter().rposition(|other| *other == card) {
                    prop_assert!(shown.len() - before > 3, "{:?} then {}", shown, card);
                }
                shown.push(card.clone());
            }
            match input {
                0 => step = session.skip(&context, question.presentation, chance(count), 0).unwrap(),
                1 => step = session.resume(&context, chance(count), 0).unwrap(),
                _ => {
                    let label = if input < 4 { "o2" } else { "o0" };
                    let outcome =
                        session.answer(&context, &answer(question, label)).unwrap().verdict.outcome;
                    prop_assert_eq!(outcome == Outcome::Right, input < 4);
                    if input < 4 {
                        rights.insert(card);
                    }
                    answers += 1;
                    step = session.next(&context, chance(count), 0).unwrap();
                }
            }
        }
        prop_assert_eq!(session.tally().asked, answers);
        prop_assert_eq!(session.tally().right, rights.len());
        prop_assert_eq!(step == Step::Done, session.is_over());
    }
}

/// No place of an option is worth a guess.
#[test]
fn every_place_is_as_likely_as_any_other() {
    let library = library(0);
    let context = context(library, &[]);
    let mut places = [0usize; 3];
    for n in 0..1200 {
        let mut session = session(&context, Wish::Review);
        let question = ask(session.next(&context, chance(n), 0).unwrap());
        places[question.options.iter().position(|o| o.label.text == "o0").unwrap()] += 1;
    }
    assert!(places.iter().all(|place| (320..=480).contains(place)), "{places:?}");
}
