//! One line of words with slots: what a finding says, what a fix is called.

use super::render::render_line;
use super::source::Part;
use super::template::{TemplatePart, parse_line};
use crate::facts::{Facts, Slot};

/// A line of plain text with back-ticks around code, and slots in braces.
#[derive(Debug)]
pub struct Message(Vec<TemplatePart>);

impl Message {
    /// Reads `text`, which may name these slots only, or says what is wrong with it.
    pub fn read(text: &str, slots: &[Slot]) -> Result<Self, String> {
        let (parts, faults) = parse_line(Part { text, line: 1 }, slots);
        match faults.into_iter().next() {
            None => Ok(Self(parts)),
            Some(fault) => Err(fault.message),
        }
    }

    /// How long it is without the facts, in characters.
    pub(crate) fn width(&self) -> usize {
        let width = |part: &TemplatePart| match part {
            TemplatePart::Text(text) => text.chars().count(),
            _ => 0,
        };
        self.0.iter().map(width).sum()
    }

    /// The line with the facts in it; nothing when a slot has no value.
    pub fn render(&self, facts: &Facts) -> Option<String> {
        render_line(&self.0, facts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::SlotKind;

    static SLOTS: &[Slot] = &[
        Slot::new("wrapper", SlotKind::Code, "the wrapper"),
        Slot::new("line", SlotKind::Line, "where"),
    ];

    #[test]
    fn a_message_holds_facts_and_nothing_else() {
        let message = Message::read("{wrapper} on {line} is not `wrapped`", SLOTS).unwrap();
        let mut facts = Facts::of(SLOTS);
        facts.code("wrapper", "in`ner").line("line", 4);
        assert_eq!(
            message.render(&facts).as_deref(),
            Some("``in`ner`` on line 5 is not `wrapped`")
        );
        assert_eq!(message.render(&Facts::of(SLOTS)), None);
        for bad in ["{other}", "", "a\nb", "[x](https://example.org) {{", "[[rule]]", "<b>"] {
            assert!(Message::read(bad, SLOTS).is_err(), "{bad}");
        }
    }
}
