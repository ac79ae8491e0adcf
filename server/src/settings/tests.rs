use pygloss_core::PythonVersion;
use pygloss_core::analysis::Severity;
use pygloss_core::selection::Layer;
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
        "quiz": {"ui": "prompt", "limit": 9, "confidence": true},
        "inlayHints": {"decorators": true, "lazyCalls": false, "exitOrder": true},
        "codeLens": {"quiz": true}, "packs": ["~/packs", "course"], "interviewDate": "2026-12-24",
    });
    let expected = UserSettings {
        wishes: Wishes {
            target: Some(PythonVersion::py3(11)),
            layer: Layer {
                select: Some(vec!["all".into()]),
                extend: vec!["decorators".into()],
                ignore: vec!["loop-closure".into()],
                severity: vec![("all".into(), None), ("decorators".into(), Some(Severity::Hint))],
            },
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
    });
    let (settings, problems) = read(section);
    assert_eq!(settings, UserSettings::default());
    assert_eq!(problems.len(), 17, "{problems:?}");
    let (settings, problems) = read(json!({"nonsense": 1, "ignore": ["a"]}));
    assert_eq!(settings.wishes.layer.ignore, ["a"]);
    assert_eq!(problems, ["there is no setting pygloss.nonsense"]);
    assert_eq!(read(json!({"interviewDate": ""})), (UserSettings::default(), vec![]));
    assert_eq!(read(json!([])).1, ["pygloss must be an object"]);
}
