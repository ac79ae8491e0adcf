//! What a statement binds that was left open and has no tree.

use super::BindingKind;
use super::build::{Builder, DYNAMIC, Task};
use crate::Span;
use crate::items::masked;

impl Builder<'_, '_> {
    /// The name at the task's node stands for a statement that was left open. What its first words say of
    /// names is believed, so that nobody takes these names for those of somebody else.
    pub(super) fn left_open(&mut self, task: Task<'_>) {
        let start = task.node.start_byte();
        let all = masked(self.text).statements;
        let Some(span) = all.into_iter().find(|span| span.start == start) else { return };
        let Some(statement) = self.text.get(span.start..span.end) else { return };
        let at = |word: Span| Span::new(start + word.start, start + word.end);
        for word in bound(statement) {
            self.bind_at(BindingKind::Assignment, at(word), task);
        }
        for word in words(statement) {
            if DYNAMIC.contains(&&statement[word.start..word.end]) {
                self.refer_at(at(word), task);
            }
        }
    }
}

/// The words of a statement that may be names that it binds.
fn bound(statement: &str) -> Vec<Span> {
    let all: Vec<Span> = words(statement).collect();
    let first = all.first().map_or("", |word| &statement[word.start..word.end]);
    let head_end = statement.find(['(', '[', '{', '"', '\'', '#']).unwrap_or(statement.len());
    let is_target = |word: &Span| {
        let before = statement[..word.start].trim_end();
        !before.ends_with('.') && !statement[word.end..].trim_start().starts_with('.')
    };
    match first {
        "import" | "from" => {
            let is_import = |word: &Span| &statement[word.start..word.end] == "import";
            all.iter().copied().skip_while(|word| !is_import(word)).skip(1).collect()
        }
        "def" | "class" => all.get(1).copied().into_iter().collect(),
        "async" | "for" | "with" => all.into_iter().filter(|word| word.end <= head_end).collect(),
        _ => {
            let targets = statement[..head_end].rfind('=').unwrap_or(0);
            all.into_iter().filter(|word| word.end <= targets).filter(is_target).collect()
        }
    }
}

fn words(statement: &str) -> impl Iterator<Item = Span> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + statement[at..].find(is_word)?;
        let len = statement[start..].find(|c| !is_word(c));
        at = len.map_or(statement.len(), |len| start + len);
        Some(Span::new(start, at))
    })
}
