use std::collections::BTreeMap;

use super::*;
use crate::content::quiz::Label;
use crate::content::testing::builtin;
use crate::quiz::testing::{chance, context};
use crate::quiz::{Answer, Confidence, Question, Response, Session, Step, Undone};

/// What a reader answers to the questions on a topic, one after the other.
type Script<'a> = &'a dyn Fn(&str, usize) -> bool;

/// Gives up, or answers by `response`.
fn answer(question: &Question, response: Option<Response>, guess: bool) -> Answer {
    Answer {
        presentation: question.presentation,
        response,
        confidence: guess.then_some(Confidence::Guess),
        ms: None,
        median: None,
        now: 0,
    }
}

/// The right answer, which the session tells after giving up in a copy of itself.
fn right(session: &Session, context: &Context<'_>, question: &Question) -> Response {
    let mut other = Session::restore(session.save().unwrap(), context.library);
    let Ok(Step::Ask(same)) = other.resume(context, chance(0), 0) else { panic!() };
    assert_eq!(same.prompt, question.prompt);
    let told = other.answer(context, &answer(&same, None, false)).unwrap();
    let told = told.verdict.answer();
    if question.options.is_empty() {
        return Response::Text(told[0].label.text.clone());
    }
    // The keys are made up for each showing.
    let key = |label: &Label| {
        let option = question.options.iter().find(|option| option.label == *label);
        option.unwrap().key.clone()
    };
    Response::Keys(told.iter().map(|option| key(&option.label)).collect())
}

/// Runs a placement test over the whole chapter; what was found, and the topics in the order in which they
/// were asked about.
fn place(knows: Script<'_>, guess: bool) -> (Session, Vec<String>) {
    let context = context(builtin(), &[]);
    let deck = placement(&context, &[], &|_| None, 0);
    let mut session = Session::placing("s".to_owned(), deck);
    let mut asked: Vec<String> = Vec::new();
    for n in 0.. {
        let Step::Ask(question) = session.next(&context, chance(n), 0).unwrap() else { break };
        let topic = question.topic.id.clone();
        let before = asked.iter().filter(|known| **known == topic).count();
        let response = knows(&topic, before).then(|| right(&session, &context, &question));
        session.answer(&context, &answer(&question, response, guess)).unwrap();
        asked.push(topic);
    }
    (session, asked)
}

fn topics() -> Vec<String> {
    let concepts = builtin().concepts().filter(|(_, concept)| concept.quiz.len() > 2);
    concepts.map(|(pack, concept)| format!("{}/{}", pack.manifest.id, concept.id)).collect()
}

fn counts(asked: &[String]) -> BTreeMap<&str, usize> {
    asked.iter().fold(BTreeMap::new(), |mut counts, topic| {
        *counts.entry(topic.as_str()).or_default() += 1;
        counts
    })
}

#[test]
fn who_knows_all_or_nothing_is_asked_twice_about_each_topic() {
    for (knows, level) in [(true, Level::Known), (false, Level::New)] {
        let (session, asked) = place(&|_, _| knows, false);
        let found = session.placement().unwrap();
        for topic in topics() {
            assert_eq!(found.level(&topic), Some(level), "{topic}");
            assert_eq!(counts(&asked)[topic.as_str()], 2, "{topic}");
        }
        assert!(topics().len() >= 8);
    }
}

#[test]
fn a_topic_that_is_unclear_gets_a_third_question() {
    let unclear = topics()[1].clone();
    for (third, level) in [(true, Level::Partly), (false, Level::New)] {
        let script = |topic: &str, nth: usize| match nth {
            0 => true,
            1 => topic != unclear,
            _ => third,
        };
        let (session, asked) = place(&script, false);
        let found = session.placement().unwrap();
        assert_eq!(found.level(&unclear), Some(level));
        assert_eq!(counts(&asked)[unclear.as_str()], 3);
        assert_eq!(found.level(&topics()[0]), Some(Level::Known));
    }
}

#[test]
fn topics_take_turns() {
    let (_, asked) = place(&|_, _| true, false);
    assert!(asked.windows(2).all(|pair| pair[0] != pair[1]), "{asked:?}");
}

#[test]
fn a_guess_shows_no_knowledge() {
    let (session, _) = place(&|_, _| true, true);
    assert_eq!(session.placement().unwrap().level(&topics()[0]), Some(Level::New));
}

#[test]
fn what_was_known_before_is_scheduled_as_known() {
    let (session, _) = place(&|_, nth| nth == 0, false);
    let grades: Vec<_> = session.answered.iter().map(|it| it.review.grade).collect();
    assert!(grades.contains(&Grade::Easy) && grades.contains(&Grade::Again), "{grades:?}");
    assert!(!grades.contains(&Grade::Good));
    assert_eq!(session.tally().asked, grades.len(), "nothing is asked twice");
}

#[test]
fn an_answer_that_is_taken_back_leaves_its_topic_unclear() {
    let context = context(builtin(), &[]);
    let deck = placement(&context, &["generators".to_owned()], &|_| None, 0);
    let mut session = Session::placing("s".to_owned(), deck);
    for n in 0..2 {
        let Step::Ask(question) = session.next(&context, chance(n), 0).unwrap() else { panic!() };
        session.answer(&context, &answer(&question, None, false)).unwrap();
    }
    let topic = &topics()[1];
    assert_eq!(session.placement().unwrap().level(topic), Some(Level::New));
    assert_eq!(session.total(), 2, "the third question is not needed");
    let review = session.answered[1].review.clone();
    session.undo(&Undone {
        presentation: review.presentation,
        card: review.card.clone(),
        variant: review.variant,
        source: review.source,
        outcome: review.outcome,
        knew: Undone::knew(review.grade as u8),
        confidence: review.confidence,
    });
    assert_eq!(session.placement().unwrap().level(topic), None);
    let Step::Ask(question) = session.next(&context, chance(9), 0).unwrap() else { panic!() };
    let again = session.answer(&context, &answer(&question, None, false)).unwrap();
    assert_eq!(again.review.card, review.card);
    assert_eq!(session.placement().unwrap().level(topic), Some(Level::New));
}

#[test]
fn one_topic_can_be_tested_alone_and_new_questions_come_first() {
    let context = context(builtin(), &[]);
    let only = ["generators".to_owned()];
    let first = placement(&context, &only, &|_| None, 0);
    assert_eq!(first.len(), 3);
    assert!(first.iter().all(|planned| planned.card.contains("/generators/")));
    let memory = |card: &str| {
        let seen = first.iter().any(|planned| planned.card == card);
        seen.then(|| Remembered { due_at: 0, last_variant: "a".to_owned() })
    };
    let second = placement(&context, &only, &memory, 0);
    assert!(second.iter().all(|planned| planned.last_variant.is_none()), "{second:?}");
}

#[test]
fn a_topic_with_one_question_stays_unclear() {
    let mut found = Placement::default();
    assert_eq!(found.level("p/c"), None);
    found.count("p/c", true);
    assert_eq!(found.level("p/c"), None);
    found.count("p/c", true);
    assert_eq!(found.level("p/c"), Some(Level::Known));
    found.uncount("p/c", true);
    assert_eq!(found.level("p/c"), None);
}
