//! Reading on from page to page.

use crate::content::testing::builtin;

fn names(name: &str) -> Option<[String; 4]> {
    let reading = builtin().reading(name)?;
    let name = |topic: Option<crate::content::Topic>| topic.map_or("-".into(), |topic| topic.name);
    Some([reading.topic.name, name(reading.within), name(reading.previous), name(reading.next)])
}

#[test]
fn concepts_follow_the_chapter() {
    let at = |name| names(name).unwrap();
    assert_eq!(at("decorators"), ["decorators", "-", "-", "generators"]);
    assert_eq!(
        at("python-interview-5/generators"),
        ["generators", "-", "decorators", "context-managers"]
    );
    assert_eq!(at("robustness"), ["robustness", "-", "metaclasses", "-"]);
}

#[test]
fn rules_stay_within_their_concept() {
    let at = |name| names(name).unwrap();
    assert_eq!(
        at("ruff:B023"),
        ["loop-closure", "decorators", "decorator-sync-wraps-async", "wall-clock-interval"]
    );
    assert_eq!(at("wraps-misused"), ["wraps-misused", "decorators", "wall-clock-interval", "-"]);
    assert_eq!(
        at("generator-return-value"),
        ["generator-return-value", "generators", "-", "generator-reused"]
    );
}

#[test]
fn what_is_not_there_has_no_page() {
    for name in ["", "decorator", "python-interview-5", "decorators/decorators"] {
        assert_eq!(names(name), None, "{name}");
    }
}
