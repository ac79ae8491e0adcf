//! Parts of cards, for tests about one line of them.

use crate::Document;
use crate::Settings;
use crate::cards;
use crate::content::testing::builtin;

/// The points of the card at the cursor `$0` in which one of the words stands; empty without a card.
pub(super) fn lines(source: &str, words: &[&str]) -> String {
    lines_with(&Settings::default(), source, words)
}

/// [`lines`] with other settings.
pub(super) fn lines_with(settings: &Settings, source: &str, words: &[&str]) -> String {
    let offset = source.find("$0").expect("the source has a cursor `$0`");
    let document = Document::new(&source.replacen("$0", "", 1));
    let Some(hover) = cards::hover(builtin(), &document, settings, None, offset) else {
        return String::new();
    };
    // Continued lines join the line above them.
    let text = hover.markdown.replace("\n  ", " ").replace("\n\n", "\u{0}");
    let text = text.replace("\n- ", "\u{0}- ").replace('\n', " ").replace('\u{0}', "\n");
    let found: Vec<_> = text
        .lines()
        .filter(|line| words.iter().any(|word| line.contains(word)))
        .map(str::trim)
        .collect();
    found.join("\n")
}
