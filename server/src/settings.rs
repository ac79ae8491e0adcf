//! What the reader configures: the section `pygloss` of the client's settings.

use pygloss_core::PythonVersion;
use pygloss_core::analysis::HintKinds;
use serde_json::{Map, Value};

/// Who draws a quiz.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum QuizUi {
    /// The best that the client declares.
    #[default]
    Auto,
    /// The client, over the custom requests.
    Rich,
    /// Message prompts.
    Prompt,
    /// A document that is answered by edits and code actions.
    Worksheet,
}

/// The section `pygloss`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UserSettings {
    /// `targetVersion`: the oldest Python that the code must run on, instead of what
    /// `pyproject.toml` says.
    pub target: Option<PythonVersion>,
    /// `ignore`: ids of rules that are off.
    pub ignored_rules: Vec<String>,
    /// `quiz.ui`.
    pub quiz_ui: QuizUi,
    /// `quiz.limit`: the most questions in one quiz, 1 to 50, where the client's request names no
    /// limit itself.
    pub quiz_limit: Option<u8>,
    /// `quiz.confidence`: ask with each answer how sure the reader is.
    pub quiz_confidence: bool,
    /// `inlayHints`: which are shown.
    pub inlay_hints: HintKinds,
    /// `codeLens.quiz`: a lens above code that there are questions about.
    pub code_lens: bool,
}

impl UserSettings {
    /// Reads the section. Each value that cannot be used is left at its default and described in
    /// `problems`; `null` counts as absent.
    pub fn read(section: &Value, problems: &mut Vec<String>) -> Self {
        let mut settings = Self::default();
        let Some(section) = object(section, "pygloss", problems) else { return settings };
        for (key, value) in section.iter().filter(|(_, value)| !value.is_null()) {
            match key.as_str() {
                "targetVersion" => match value.as_str().map(str::parse) {
                    Some(Ok(version)) => settings.target = Some(version),
                    Some(Err(error)) => problems.push(format!("pygloss.targetVersion: {error}")),
                    None => problems.push(expected("targetVersion", "a string such as \"3.11\"")),
                },
                "ignore" => match strings(value) {
                    Some(rules) => settings.ignored_rules = rules,
                    None => problems.push(expected("ignore", "a list of rule ids")),
                },
                "quiz" => settings.read_quiz(value, problems),
                "inlayHints" => settings.read_hints(value, problems),
                "codeLens" => settings.read_lens(value, problems),
                // The clients' own: how they find, start and trace the server.
                "path" | "trace" => {}
                _ => problems.push(format!("there is no setting pygloss.{key}")),
            }
        }
        settings
    }

    fn read_hints(&mut self, section: &Value, problems: &mut Vec<String>) {
        let Some(section) = object(section, "pygloss.inlayHints", problems) else { return };
        for (key, value) in section.iter().filter(|(_, value)| !value.is_null()) {
            let place = match key.as_str() {
                "decorators" => &mut self.inlay_hints.decorators,
                "lazyCalls" => &mut self.inlay_hints.lazy_calls,
                "exitOrder" => &mut self.inlay_hints.exit_order,
                _ => {
                    problems.push(format!("there is no setting pygloss.inlayHints.{key}"));
                    continue;
                }
            };
            match value.as_bool() {
                Some(show) => *place = show,
                None => problems.push(expected(&format!("inlayHints.{key}"), "true or false")),
            }
        }
    }

    fn read_lens(&mut self, section: &Value, problems: &mut Vec<String>) {
        let Some(section) = object(section, "pygloss.codeLens", problems) else { return };
        for (key, value) in section.iter().filter(|(_, value)| !value.is_null()) {
            match (key.as_str(), value.as_bool()) {
                ("quiz", Some(show)) => self.code_lens = show,
                ("quiz", None) => problems.push(expected("codeLens.quiz", "true or false")),
                _ => problems.push(format!("there is no setting pygloss.codeLens.{key}")),
            }
        }
    }

    fn read_quiz(&mut self, section: &Value, problems: &mut Vec<String>) {
        let Some(section) = object(section, "pygloss.quiz", problems) else { return };
        for (key, value) in section.iter().filter(|(_, value)| !value.is_null()) {
            match key.as_str() {
                "ui" => match value.as_str() {
                    Some("auto") => self.quiz_ui = QuizUi::Auto,
                    Some("rich") => self.quiz_ui = QuizUi::Rich,
                    Some("prompt") => self.quiz_ui = QuizUi::Prompt,
                    Some("worksheet") => self.quiz_ui = QuizUi::Worksheet,
                    _ => {
                        let values = "\"auto\", \"rich\", \"prompt\" or \"worksheet\"";
                        problems.push(expected("quiz.ui", values));
                    }
                },
                "limit" => match value.as_u64().and_then(|limit| u8::try_from(limit).ok()) {
                    Some(limit @ 1..=50) => self.quiz_limit = Some(limit),
                    _ => problems.push(expected("quiz.limit", "an integer from 1 to 50")),
                },
                "confidence" => match value.as_bool() {
                    Some(ask) => self.quiz_confidence = ask,
                    None => problems.push(expected("quiz.confidence", "true or false")),
                },
                _ => problems.push(format!("there is no setting pygloss.quiz.{key}")),
            }
        }
    }
}

fn object<'a>(
    value: &'a Value,
    name: &str,
    problems: &mut Vec<String>,
) -> Option<&'a Map<String, Value>> {
    if !value.is_object() && !value.is_null() {
        problems.push(format!("{name} must be an object"));
    }
    value.as_object()
}

fn strings(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|item| item.as_str().map(str::to_owned)).collect()
}

fn expected(key: &str, what: &str) -> String {
    format!("pygloss.{key} must be {what}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(section: Value) -> (UserSettings, Vec<String>) {
        let mut problems = Vec::new();
        let settings = UserSettings::read(&section, &mut problems);
        (settings, problems)
    }

    #[test]
    fn every_setting_is_read() {
        let section = json!({
            "targetVersion": "3.11", "ignore": ["loop-closure"],
            "quiz": {"ui": "prompt", "limit": 9, "confidence": true},
            "inlayHints": {"decorators": true, "lazyCalls": false, "exitOrder": true},
            "codeLens": {"quiz": true},
        });
        let expected = UserSettings {
            target: Some(PythonVersion::py3(11)),
            ignored_rules: vec!["loop-closure".into()],
            quiz_ui: QuizUi::Prompt,
            quiz_limit: Some(9),
            quiz_confidence: true,
            inlay_hints: HintKinds { decorators: true, lazy_calls: false, exit_order: true },
            code_lens: true,
        };
        assert_eq!(read(section), (expected, vec![]));
        assert_eq!(read(Value::Null), (UserSettings::default(), vec![]));
        assert_eq!(read(json!({"targetVersion": null})), (UserSettings::default(), vec![]));
    }

    #[test]
    fn what_cannot_be_used_is_named_and_changes_nothing_else() {
        let section = json!({
            "targetVersion": "2.7", "ignore": ["a", 1], "colour": 1,
            "quiz": {"ui": 3, "x": 1, "limit": 51, "confidence": 1},
            "inlayHints": {"exitOrder": 1, "x": true}, "codeLens": {"quiz": "on", "x": true},
        });
        let (settings, problems) = read(section);
        assert_eq!(settings, UserSettings::default());
        assert_eq!(problems.len(), 11, "{problems:?}");
        let (settings, problems) = read(json!({"nonsense": 1, "ignore": ["a"]}));
        assert_eq!(settings.ignored_rules, ["a"]);
        assert_eq!(problems, ["there is no setting pygloss.nonsense"]);
        assert_eq!(read(json!([])).1, ["pygloss must be an object"]);
    }
}
