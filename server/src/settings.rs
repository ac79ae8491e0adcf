//! What the reader configures: the section `pygloss` of the client's settings.

pub mod safety;
pub mod severity;
pub mod words;

use pygloss_core::analysis::HintKinds;
use pygloss_core::vocabulary::Word;
use serde_json::{Map, Value};

use crate::project::{Wishes, YieldTo};
use crate::store::calendar;

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
    /// `targetVersion`, `select`, `extendSelect`, `ignore`, `severity`, `fixSafety`, `topics` and `yieldTo`,
    /// which override what files say, and `blockingCalls`, `resources`, `extendImmutableCalls` and
    /// `extendDecorators`, which are added to it.
    pub wishes: Wishes,
    /// `quiz.ui`.
    pub quiz_ui: QuizUi,
    /// `quiz.limit`: the most questions in one quiz, 1 to 50, where the client's request names no
    /// limit itself.
    pub quiz_limit: Option<u8>,
    /// `quiz.confidence`: ask with each answer how sure the reader is.
    pub quiz_confidence: bool,
    /// `inlayHints`: which are shown.
    pub inlay_hints: HintKinds,
    /// `packs`: folders with packs to read besides the reader's own.
    pub packs: Vec<String>,
    /// `interviewDate`: the day of the interview, such as `2026-12-24`. Nothing is due after it.
    pub interview_date: Option<String>,
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
                    Some(Ok(version)) => settings.wishes.target = Some(version),
                    Some(Err(error)) => problems.push(format!("pygloss.targetVersion: {error}")),
                    None => problems.push(expected("targetVersion", "a string such as \"3.11\"")),
                },
                "select" => match strings(value) {
                    Some(rules) => settings.wishes.layer.select = Some(rules),
                    None => {
                        problems.push(expected("select", "a list of rules, topics and categories"))
                    }
                },
                "extendSelect" => match strings(value) {
                    Some(rules) => settings.wishes.layer.extend = rules,
                    None => problems
                        .push(expected("extendSelect", "a list of rules, topics and categories")),
                },
                "yieldTo" => match value.as_str().and_then(YieldTo::read) {
                    Some(peer) => settings.wishes.yield_to = Some(peer),
                    None => problems.push(expected("yieldTo", YieldTo::NAMES)),
                },
                "ignore" => match strings(value) {
                    Some(rules) => settings.wishes.layer.ignore = rules,
                    None => {
                        problems.push(expected("ignore", "a list of rules, topics and categories"))
                    }
                },
                "packs" => match strings(value) {
                    Some(folders) => settings.packs = folders,
                    None => problems.push(expected("packs", "a list of folders")),
                },
                "severity" => settings.read_severity(value, problems),
                "fixSafety" => settings.read_safety(value, problems),
                "topics" => match strings(value) {
                    Some(topics) => settings.wishes.topics = Some(topics),
                    None => problems.push(expected("topics", "a list of topics")),
                },
                "blockingCalls" => settings.read_words(key, value, Word::Blocking, problems),
                "resources" => settings.read_words(key, value, Word::Resource, problems),
                "extendImmutableCalls" => {
                    settings.read_words(key, value, Word::Immutable, problems);
                }
                "extendDecorators" => settings.read_words(key, value, Word::Keeping, problems),
                "interviewDate" => {
                    match value.as_str().filter(|date| calendar::start(date).is_some()) {
                        Some(date) => settings.interview_date = Some(date.to_owned()),
                        // What an input field in a settings page holds when nothing is typed.
                        None if value == "" => {}
                        None => problems
                            .push(expected("interviewDate", "a date such as \"2026-12-24\"")),
                    }
                }
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

    fn read_severity(&mut self, section: &Value, problems: &mut Vec<String>) {
        let Some(section) = object(section, "pygloss.severity", problems) else { return };
        for (key, value) in section.iter().filter(|(_, value)| !value.is_null()) {
            match value.as_str().and_then(severity::read) {
                Some(weight) => self.wishes.layer.severity.push((key.clone(), weight)),
                None => problems.push(expected(&format!("severity.{key}"), severity::NAMES)),
            }
        }
    }

    fn read_safety(&mut self, section: &Value, problems: &mut Vec<String>) {
        let Some(section) = object(section, "pygloss.fixSafety", problems) else { return };
        for (key, value) in section.iter().filter(|(_, value)| !value.is_null()) {
            match value.as_str().and_then(safety::read) {
                Some(safety) => self.wishes.layer.safety.push((key.clone(), safety)),
                None => problems.push(expected(&format!("fixSafety.{key}"), safety::NAMES)),
            }
        }
    }

    fn read_words(&mut self, key: &str, value: &Value, word: Word, problems: &mut Vec<String>) {
        let Some(names) = strings(value) else {
            return problems.push(expected(key, &format!("a list of {}", words::WHAT)));
        };
        for name in names {
            match words::check(&name) {
                Ok(()) => self.wishes.vocabulary.add(word, &name),
                Err(error) => problems.push(format!("pygloss.{key}: {error}")),
            }
        }
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
mod tests;
