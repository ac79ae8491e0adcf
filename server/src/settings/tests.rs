use pygloss_core::PythonVersion;
use pygloss_core::analysis::{Safety, Severity};
use pygloss_core::selection::Layer;
use pygloss_core::vocabulary::{Vocabulary, Word};
use serde_json::json;

use super::*;

fn read(section: Value) -> (UserSettings, Vec<String>) {
    let mut problems = Vec::new();
    let settings = UserSettings::read(&section, &mut problems);
    (settings, problems)
}

#[test]
fn every_setting_is_read() {
    let section = json!({
        "targetVersion": "3.11", "select": ["all"], "ignore": ["loop-closure"],
        "extendSelect": ["decorators"], "yieldTo": "ruff",
        "severity": {"decorators": "hint", "all": "off"},
        "fixSafety": {"loop-closure": "safe", "core": "review"}, "topics": ["decorators"],
        "blockingCalls": ["a.b"], "resources": ["a.c"], "extendImmutableCalls": ["a.d"],
        "extendDecorators": ["a.e"],
        "quiz": {"ui": "prompt", "limit": 9, "confidence": true},
        "inlayHints": {"decorators": true, "lazyCalls": false, "exitOrder": true},
        "codeLens": {"quiz": true}, "packs": ["~/packs", "course"], "interviewDate": "2026-12-24",
    });
    let mut vocabulary = Vocabulary::default();
    vocabulary.add(Word::Blocking, "a.b");
    vocabulary.add(Word::Resource, "a.c");
    vocabulary.add(Word::Immutable, "a.d");
    vocabulary.add(Word::Keeping, "a.e");
    let expected = UserSettings {
        wishes: Wishes {
            target: Some(PythonVersion::py3(11)),
            layer: Layer {
                select: Some(vec!["all".into()]),
                extend: vec!["decorators".into()],
                ignore: vec!["loop-closure".into()],
                severity: vec![("all".into(), None), ("decorators".into(), Some(Severity::Hint))],
                safety: vec![
                    ("core".into(), Safety::Review),
                    ("loop-closure".into(), Safety::Safe),
                ],
            },
            topics: Some(vec!["decorators".into()]),
            vocabulary,
            yield_to: Some(YieldTo::Ruff),
            ..Wishes::default()
        },
        quiz_ui: QuizUi::Prompt,
        quiz_limit: Some(9),
        quiz_confidence: true,
        inlay_hints: HintKinds { decorators: true, lazy_calls: false, exit_order: true },
        packs: vec!["~/packs".into(), "course".into()],
        code_lens: true,
        interview_date: Some("2026-12-24".into()),
    };
    assert_eq!(read(section), (expected, vec![]));
    assert_eq!(read(Value::Null), (UserSettings::default(), vec![]));
    assert_eq!(read(json!({"targetVersion": null})), (UserSettings::default(), vec![]));
}

#[test]
fn what_cannot_be_used_is_named_and_changes_nothing_else() {
    let section = json!({
        "targetVersion": "2.7", "ignore": ["a", 1], "colour": 1,
        "select": "all", "severity": {"all": "loud"},
        "quiz": {"ui": 3, "x": 1, "limit": 51, "confidence": 1},
        "inlayHints": {"exitOrder": 1, "x": true}, "codeLens": {"quiz": "on", "x": true},
        "packs": "course", "extendSelect": "all", "yieldTo": "flake8",
        "interviewDate": "2026-02-30",
        "fixSafety": {"loop-closure": "unsafe"}, "topics": "all", "blockingCalls": "a.b",
        "resources": [1], "extendImmutableCalls": ["Money", "a."], "extendDecorators": {},
    });
    let (settings, problems) = read(section);
    assert_eq!(settings, UserSettings::default());
    assert_eq!(problems.len(), 24, "{problems:?}");
    let about = |key: &str| problems.iter().filter(|it| it.contains(key)).collect::<Vec<_>>();
    assert_eq!(
        about("pygloss.fixSafety"),
        ["pygloss.fixSafety.loop-closure must be \"safe\" or \"review\""]
    );
    assert_eq!(
        about("Money"),
        ["pygloss.extendImmutableCalls: `Money` is no dotted name such as `shop.db.connect`"]
    );
    let (settings, problems) = read(json!({"nonsense": 1, "ignore": ["a"]}));
    assert_eq!(settings.wishes.layer.ignore, ["a"]);
    assert_eq!(problems, ["there is no setting pygloss.nonsense"]);
    assert_eq!(read(json!({"interviewDate": ""})), (UserSettings::default(), vec![]));
    assert_eq!(read(json!([])).1, ["pygloss must be an object"]);
}
