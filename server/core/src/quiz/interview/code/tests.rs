use super::*;
use crate::content::testing::builtin;
use crate::quiz::interview::{Conversation, Judgement, Stage};

fn at(source: &str) -> (Document, Option<CodeTalk>) {
    let offset = source.find("$0").expect("the source has a cursor `$0`");
    let document = Document::new(&source.replacen("$0", "", 1));
    let talk = talk_at(builtin(), &document, &Settings::default(), offset);
    (document, talk)
}

/// The interview at the cursor, and what it is about.
fn about(source: &str) -> Option<(String, String)> {
    let (document, talk) = at(source);
    let talk = talk?;
    let id = talk.interview.pack.rsplit('/').next().unwrap_or_default().to_owned();
    let text = document.text().slice(talk.subject);
    Some((id, text.lines().next().unwrap_or_default().to_owned()))
}

#[track_caller]
fn check(source: &str, id: &str, first_line: &str) {
    assert_eq!(about(source), Some((id.to_owned(), first_line.to_owned())));
}

const EXIT: &str = "class Timer:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.over = $0True
        return False
";

#[test]
fn the_examples_hold() {
    assert_eq!(verify(builtin()), []);
}

#[test]
fn the_innermost_construct_is_asked_about() {
    check(EXIT, "walk-exit", "def __exit__(self, kind, error, trace):");
    check("$0async def f(x):\n    await x\n", "walk-coroutine", "async def f(x):");
    check("async def f(x):\n    $0await x\n", "walk-await", "await x");
    check("async def f(x):\n$0    await x\n", "walk-await", "await x");
    check("async def f(x):\n    # $0\n    await x\n", "walk-coroutine", "async def f(x):");
    check("def g():\n    yield $01\n", "walk-generator", "def g():");
    check(
        "class M(type):\n    x = $01\n\nclass C(metaclass=M): ...\n",
        "walk-metaclass",
        "class M(type):",
    );
}

#[test]
fn what_is_in_a_function_is_not_about_the_class_around_it() {
    assert_eq!(about("class M(type):\n    def f(cls):\n        return $01\n"), None);
    assert_eq!(about("def g():\n    yield 1\n    def f():\n        return $02\n"), None);
}

#[test]
fn what_cannot_be_told_is_not_asked_about() {
    assert_eq!(about("x = $01\n"), None);
    assert_eq!(
        about("from a import *\ndef g():\n    yield $01\n"),
        None,
        "names may mean anything"
    );
    assert_eq!(about("def g(:\n    yield $01\n"), None, "it is no Python");
    let document = Document::new("def g():\n    yield 1\n");
    let stub = Settings { is_stub: true, ..Settings::default() };
    assert!(talk_at(builtin(), &document, &stub, 4).is_none());
}

#[test]
fn points_are_facts_of_this_code() {
    let points = |source: &str| {
        let talk = at(source).1.unwrap();
        let all = talk.interview.questions.iter().flat_map(|question| &question.points);
        all.map(|point| point.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(points(EXIT), ["end", "arguments", "passes"]);
    let drops = EXIT.replace("False", "True");
    assert_eq!(points(&drops), ["end", "arguments", "drops"]);
    let open = EXIT.replace("return False", "return self.check(kind)");
    assert_eq!(points(&open), ["end", "arguments", "depends"]);
    let talk = at(&drops).1.unwrap();
    let model = &talk.interview.questions[1].model;
    assert_eq!(model, "`Timer.__exit__` drops every exception: it returns a true value on line 7.");
}

#[test]
fn an_interview_goes_through_its_questions() {
    let talk = at(EXIT).1.unwrap();
    let interview = &talk.interview;
    let mut conversation = Conversation::new();
    let asked = conversation.asked(interview).unwrap().words().to_owned();
    assert_eq!(asked, "Walk me through `Timer.__exit__`: when does it run, and what does it get?");
    let answer = "When the block ends, however it went.";
    let found = conversation.compare(interview, answer).unwrap();
    let place = found.found.points[0].place.unwrap();
    assert_eq!(&answer[place.start..place.end], "block ends");
    let judged = conversation.judge(interview, Judgement::InPart).unwrap();
    assert_eq!(judged.question, "python-interview-5/context-managers/walk-exit/call");
    assert_eq!((judged.found, judged.points), (1, 2));
    assert_eq!(conversation.stage(), Stage::FollowUp(1));
    let asked = conversation.asked(interview).unwrap().words().to_owned();
    assert_eq!(asked, "What do `kind`, `error` and `trace` hold?");
    conversation.next(interview).unwrap();
    conversation.next(interview).unwrap();
    assert_eq!(conversation.stage(), Stage::Over);
}

#[test]
fn it_goes_on_where_the_code_has_moved_and_ends_where_it_has_changed() {
    let source = EXIT.replace("$0", "");
    let (_, talk) = at(EXIT);
    let talk = talk.unwrap();
    let again = |source: &str| talk.again(builtin(), &Document::new(source), &Settings::default());
    assert!(again(&source).is_some());
    let moved = again(&format!("import os\n\n\n{source}")).unwrap();
    assert_eq!(moved.subject.start, talk.subject.start + "import os\n\n\n".len());
    assert!(again(&format!("{source}\n\nx = 1\n")).is_some());
    assert!(again(&source.replace("self.over = True", "self.over = 1")).is_none());
    assert!(
        again(&source.replace("class Timer", "class Clock")).is_none(),
        "it is named otherwise"
    );
    assert!(again(&source.replace("def __enter__", "def enter")).is_some(), "of no account for it");
    assert!(again(&format!("{source}from os import *\n")).is_none());
    assert!(again("").is_none());
    let twice = format!("{source}\n\n{}", source.replace("Timer", "Clock"));
    assert_eq!(again(&twice).unwrap().subject, talk.subject);
    let before = format!("{}\n\n{source}", source.replace("Timer", "Clock"));
    assert_ne!(again(&before).unwrap().subject, talk.subject, "the other one is another class's");
}

#[test]
fn an_interview_is_found_again_by_its_mark() {
    let (_, talk) = at(EXIT);
    let mark = talk.unwrap().mark();
    assert_eq!(mark.line, "def __exit__(self, kind, error, trace):");
    let plain = EXIT.replace("$0", "");
    let find = |source: &str| {
        let document = Document::new(source);
        let found = CodeTalk::find(builtin(), &document, &Settings::default(), &mark);
        found.map(|talk| talk.subject.start)
    };
    assert_eq!(find(&plain), plain.find("def __exit__"));
    // Below another class with the same line, and a comment that looks like it.
    let other = "class A:\n    # def __exit__(self, kind, error, trace):\n    def __exit__(self, kind, error, \
                 trace):\n        return True\n\n\n";
    let moved = format!("{other}{plain}");
    assert_eq!(find(&moved), moved.rfind("def __exit__"));
    for (from, to) in [("return False", "return True"), ("class Timer", "class Clock")] {
        assert_eq!(find(&plain.replace(from, to)), None, "{to}");
    }
    assert_eq!(find(other), None);
    assert_eq!(find(""), None);
}
