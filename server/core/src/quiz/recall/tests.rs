use std::sync::LazyLock;

use proptest::prelude::*;

use super::super::testing::{chance, context, library_of, loaded, session};
use super::super::{
    Answer, Answered, Context, Grade, Outcome, Question, Response, Session, Step, Surface, Wish,
    deck, placement,
};
use super::*;

const QUIZ: &str = r#"
[[item]]
id = "wraps"
units = ["c.a.1"]
hints = ["Whose name is it?"]
[[item.variant]]
id = "words"
kind = "recall"
prompt = "Explain `wraps` in two sentences."
model = "It copies the name. Debuggers see the function, and not only its wrapper."
[[item.variant.point]]
id = "name"
title = "the name"
words = ["name*"]
why = "It is what readers see."
[[item.variant.point]]
id = "tools"
title = "what tools see"
words = ["debugger*", "help"]
why = "They go by it."
[[item.variant.flag]]
id = "faster"
title = "speed"
words = ["faster"]
why = "It copies metadata."
[[item.variant.check]]
text = "It keeps the name, and is faster."
points = ["name"]
flags = ["faster"]
[[item.variant.check]]
text = "Debuggers see it, but not the name."
points = ["tools"]
"#;

static LIBRARY: LazyLock<Library> = LazyLock::new(|| library_of(QUIZ));

fn asked(context: &Context<'_>) -> (Session, Question) {
    let mut session = session(context, Wish::Review);
    let Step::Ask(question) = session.next(context, chance(1), 0).unwrap() else { panic!() };
    (session, question)
}

fn judge(question: &Question, how: Option<Recalled>) -> Answer {
    let response = how.map(Response::Recalled);
    let presentation = question.presentation;
    Answer { presentation, response, confidence: None, ms: Some(9), median: Some(99), now: 5 }
}

/// What comes of these words and this judgement.
fn answered(words: &str, hints: usize, how: Recalled) -> Answered {
    let context = context(&LIBRARY, &[]);
    let (mut session, question) = asked(&context);
    for _ in 0..hints {
        session.hint(question.presentation).unwrap();
    }
    session.compare(question.presentation, words).unwrap();
    session.answer(&context, &judge(&question, Some(how))).unwrap().clone()
}

#[test]
fn what_stands_in_the_words_is_found_and_what_is_denied_does_not_count() {
    let context = context(&LIBRARY, &[]);
    let (mut session, question) = asked(&context);
    assert!(question.options.is_empty());
    assert_eq!(question.kind.shape(), Shape::Words);
    let words = "Faster, but without the name. Help shows it.";
    let seen = session.compare(question.presentation, words).unwrap();
    let place = |span: Option<Span>| span.map(|span| &words[span.start..span.end]);
    let points: Vec<_> = seen
        .points
        .iter()
        .map(|point| (point.title.as_str(), place(point.found), place(point.denied)))
        .collect();
    assert_eq!(points, [("the name", None, Some("name")), ("what tools see", Some("Help"), None)]);
    assert_eq!(seen.flags.len(), 1);
    assert_eq!(
        (seen.flags[0].title.as_str(), place(seen.flags[0].place)),
        ("speed", Some("Faster"))
    );
    assert!(seen.model.starts_with("It copies the name."));
    // Other words may be compared before they are judged; the newest count.
    session.compare(question.presentation, "The name.").unwrap();
    let verdict = session.answer(&context, &judge(&question, Some(Recalled::Good))).unwrap();
    let told: Vec<_> =
        verdict.verdict.options.iter().map(|it| (it.label.text.as_str(), it.chosen)).collect();
    assert_eq!(told, [("the name", true), ("what tools see", false)]);
    assert_eq!(verdict.verdict.model, Some(seen.model));
}

#[test]
fn the_reader_judges() {
    for (hints, how, outcome, grade) in [
        (0, Recalled::Good, Outcome::Right, Grade::Good),
        (0, Recalled::Hard, Outcome::Right, Grade::Hard),
        (0, Recalled::Again, Outcome::Wrong, Grade::Again),
        (1, Recalled::Good, Outcome::Right, Grade::Hard),
        (1, Recalled::Again, Outcome::Wrong, Grade::Again),
    ] {
        // Not the words: who finds nothing may still have known it.
        for words in ["I forgot", "Debuggers see the name."] {
            let Answered { verdict, review, .. } = answered(words, hints, how);
            assert_eq!((verdict.outcome, review.grade), (outcome, grade), "{how:?}, {words}");
            assert_eq!((review.card.as_str(), review.variant.as_str()), ("p/c/wraps", "words"));
        }
    }
}

#[test]
fn nothing_is_judged_before_it_was_compared() {
    let context = context(&LIBRARY, &[]);
    let (mut session, question) = asked(&context);
    let good = judge(&question, Some(Recalled::Good));
    assert_eq!(session.answer(&context, &good).unwrap_err(), Refusal::NotCompared);
    let long = "name ".repeat(MAX_WORDS);
    for words in ["", " \n", &long] {
        let refused = session.compare(question.presentation, words);
        assert_eq!(refused.unwrap_err(), Refusal::NoAnswer);
    }
    assert_eq!(session.compare(7, "name").unwrap_err(), Refusal::Stale);
    assert_eq!(session.answer(&context, &good).unwrap_err(), Refusal::NotCompared);
    for response in [Response::Keys(Vec::new()), Response::Text("name".to_owned())] {
        let other = Answer { response: Some(response), ..judge(&question, None) };
        assert_eq!(session.answer(&context, &other).unwrap_err(), Refusal::NoAnswer);
    }
    // Shown anew it waits for words again.
    session.compare(question.presentation, "name").unwrap();
    let Step::Ask(again) = session.resume(&context, chance(2), 0).unwrap() else { panic!() };
    let good = judge(&again, Some(Recalled::Good));
    assert_eq!(session.answer(&context, &good).unwrap_err(), Refusal::NotCompared);
    let told = session.answer(&context, &judge(&again, None)).unwrap();
    assert_eq!((told.verdict.outcome, told.review.grade), (Outcome::GaveUp, Grade::Again));
    assert!(told.verdict.options.iter().all(|it| it.right && !it.chosen));
    let late = session.compare(again.presentation, "name").unwrap_err();
    assert_eq!(late, Refusal::AlreadyAnswered);
}

#[test]
fn confidence_says_nothing_beside_a_judgement() {
    let context = context(&LIBRARY, &[]);
    let (mut session, question) = asked(&context);
    session.compare(question.presentation, "name").unwrap();
    let confidence = Some(super::super::Confidence::Guess);
    let good = Answer { confidence, ..judge(&question, Some(Recalled::Good)) };
    let review = session.answer(&context, &good).unwrap().review.clone();
    assert_eq!((review.grade, review.confidence), (Grade::Good, None));
    assert_eq!(session.tally().calibration, super::super::Calibration::default());
}

#[test]
fn a_rubric_is_held_against_its_answers() {
    for (from, to, fault) in [
        ("copies the name", "copies all", "in this answer are the points {\"tools\"}"),
        ("points = [\"tools\"]", "points = []", "in this answer are the points {\"tools\"}"),
        ("Debuggers see it, but not the name.", "Help and the name", "misses the point `name`"),
        ("and is faster", "and more", "raises the flag `faster`"),
        ("kind = \"recall\"", "kind = \"choice\"", "go with the kind `recall`"),
        (
            "kind = \"recall\"",
            "kind = \"recall\"\nsnippet = \"x\\n\"",
            "in free words has a `prompt`",
        ),
        ("why = \"They go", "follow = \"F\"\nwhy = \"They go", "no `follow`"),
        ("model = ", "hints = []\n# ", "a `recall` has a `model`"),
    ] {
        assert_eq!(QUIZ.matches(from).count(), 1, "{from}");
        let faults = loaded(&QUIZ.replace(from, to)).unwrap_err();
        assert!(faults.iter().any(|it| it.message.contains(fault)), "{fault}: {faults:?}");
    }
}

#[test]
fn it_is_not_asked_where_nobody_can_write_or_where_others_judge() {
    let full = context(&LIBRARY, &[]);
    let surface = Surface { words: false, ..Surface::FULL };
    let narrow = Context { surface, ..full };
    assert_eq!(deck(&narrow, Wish::Review, &[], &|_| None, 0, 5), []);
    assert_eq!(deck(&full, Wish::Review, &[], &|_| None, 0, 5).len(), 1);
    assert_eq!(placement(&full, &[], &|_| None, 0), []);
    // A session that moves to another surface goes on without it.
    let (mut session, _) = asked(&full);
    assert_eq!(session.resume(&narrow, chance(2), 0), Ok(Step::Done));
}

proptest! {
    /// Any inputs in any order: only what was compared since it was shown can be judged, and each
    /// showing counts once at most.
    #[test]
    fn a_judgement_follows_a_comparison(inputs in proptest::collection::vec(0u8..6, 1..40)) {
        let context = context(&LIBRARY, &[]);
        let (mut session, mut question) = asked(&context);
        let (mut compared, mut judged) = (false, false);
        for (n, input) in (10..).zip(inputs) {
            let how = [Recalled::Again, Recalled::Hard, Recalled::Good].get(usize::from(input));
            match how {
                Some(how) => {
                    let result = session.answer(&context, &judge(&question, Some(*how)));
                    prop_assert_eq!(result.is_ok(), compared || judged);
                    judged |= compared;
                }
                None if input == 3 => {
                    let result = session.compare(question.presentation, "a name");
                    prop_assert_eq!(result.is_ok(), !judged);
                    compared = !judged;
                }
                None if input == 4 => {
                    let _ = session.hint(question.presentation);
                }
                None => match session.resume(&context, chance(n), 0) {
                    Ok(Step::Ask(again)) => {
                        prop_assert!(!judged);
                        (question, compared) = (again, false);
                    }
                    Ok(Step::Done) | Err(_) => prop_assert!(judged),
                },
            }
            prop_assert_eq!(session.tally().asked, usize::from(judged));
        }
    }
}
