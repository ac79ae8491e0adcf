use proptest::prelude::*;

use super::*;
use crate::content::testing::builtin;

fn interview() -> &'static Interview {
    builtin().interview().expect("the chapter has one")
}

fn words(talk: &Conversation) -> String {
    talk.asked(interview()).map(|asked| asked.words().to_owned()).unwrap_or_default()
}

#[test]
fn a_missed_point_is_asked_about_after_the_judgement() {
    let mut talk = Conversation::new();
    let first = words(&talk);
    assert_eq!(talk.judge(interview(), Judgement::Good), Err(Refusal::NotCompared));
    let answer = "I loop over the pages with httpx, throttled.";
    let told = talk.compare(interview(), answer).unwrap();
    let place = told.found.points[1].place.and_then(|place| told.in_newest(place)).unwrap();
    assert_eq!(&answer[place.start..place.end], "httpx");
    assert_eq!((talk.stage(), words(&talk)), (Stage::Judgement, first.clone()));
    let judged = talk.judge(interview(), Judgement::InPart).unwrap();
    assert_eq!(
        (judged.question.as_str(), judged.found, judged.points),
        ("python-interview-5/fetching", 3, 4)
    );
    assert_eq!(words(&talk), "What does your program do while it sleeps?");
    assert_eq!(talk.judge(interview(), Judgement::Good), Err(Refusal::NotCompared), "judged once");
    let told = talk.compare(interview(), "It blocks.").unwrap();
    let places: Vec<_> = told.found.points.iter().map(|seen| seen.place.unwrap()).collect();
    assert_eq!(told.in_newest(places[1]), None, "it stands in the first answer");
    let place = told.in_newest(places[3]).unwrap();
    assert_eq!(&"It blocks."[place.start..place.end], "blocks");
    talk.next(interview()).unwrap();
    let asked = talk.asked(interview()).unwrap();
    assert_eq!((asked.number, asked.question.id.as_str()), (2, "concurrency"));
}

#[test]
fn an_answer_with_all_points_leads_to_the_next_question() {
    let mut talk = Conversation::new();
    for (at, question) in interview().questions.iter().enumerate() {
        assert_eq!(talk.asked(interview()).unwrap().number, at + 1);
        assert_eq!(talk.compare(interview(), " \n"), Err(Refusal::Nothing));
        talk.compare(interview(), "Well.").unwrap();
        talk.compare(interview(), &question.model).unwrap();
        let judged = talk.judge(interview(), Judgement::Good).unwrap();
        assert_eq!(judged.found, judged.points, "the newest answer counts");
    }
    assert_eq!(talk.stage(), Stage::Over);
    assert_eq!(talk.compare(interview(), "More."), Err(Refusal::Over));
    assert_eq!(talk.next(interview()), Err(Refusal::Over));
    assert!(talk.asked(interview()).is_none());
}

#[test]
fn it_can_be_taken_up_where_it_was() {
    let talk = Conversation::at(interview(), "rate", None, "").unwrap();
    assert_eq!(talk.asked(interview()).unwrap().number, 3);
    let mut talk = Conversation::at(interview(), "rate", Some("window"), "One limiter.").unwrap();
    assert!(words(&talk).contains("Semaphore(5)"));
    let told = talk.compare(interview(), "A token bucket.").unwrap();
    let found: Vec<bool> = told.found.points.iter().map(|seen| seen.place.is_some()).collect();
    assert_eq!(found, [true, true, false]);
    assert_eq!(Conversation::at(interview(), "rate", Some("none"), ""), None);
    assert_eq!(Conversation::at(interview(), "none", None, ""), None);
}

proptest! {
    /// Whatever is done in whatever order, it ends, no question comes twice, and each is judged once at
    /// most.
    #[test]
    fn it_only_goes_forward(inputs in prop::collection::vec((0u8..4, "[a-z ]{0,12}|asyncio|loop"), 0..60)) {
        let mut talk = Conversation::new();
        let mut judged: Vec<String> = Vec::new();
        for (input, text) in inputs {
            let before = talk.clone();
            let refused = match input {
                0 => talk.next(interview()).is_err(),
                1 => match talk.judge(interview(), Judgement::NotYet) {
                    Ok(what) => {
                        prop_assert!(!judged.contains(&what.question));
                        judged.push(what.question);
                        false
                    }
                    Err(_) => true,
                },
                _ => talk.compare(interview(), &text).is_err(),
            };
            if refused {
                prop_assert_eq!(&talk, &before);
            }
            prop_assert!(talk.question >= before.question && talk.question <= before.question + 1);
            prop_assert_eq!(talk.stage() == Stage::Over, talk.asked(interview()).is_none());
        }
    }
}
