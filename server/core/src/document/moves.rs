//! Which lines an edit moved.

use crate::Span;
use crate::text::Text;

/// The lines from one on are others now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LinesMoved {
    /// The line in which the edit ended; counts from 0. What stands before it, the edit may have taken away.
    from: usize,
    /// Where that line is now.
    to: usize,
}

impl LinesMoved {
    /// What an edit of `old` does that puts `new` in place of the text at `span`; nothing when all lines stay
    /// where they are.
    pub fn by_edit(old: &Text, span: Span, new: &Text) -> Option<Self> {
        let from = old.line_of(span.end);
        let to = (new.line_count() + from).checked_sub(old.line_count())?;
        (from != to).then_some(Self { from, to })
    }

    /// Has the number of a line follow.
    pub fn carry(&self, line: &mut usize) {
        if *line >= self.from {
            *line = *line - self.from + self.to;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of `old`, by their numbers in what an edit makes of it.
    fn after(old: &str, span: Span, text: &str) -> Vec<usize> {
        let before = Text::new(old);
        let mut new = Text::new(old);
        new.replace(span, text);
        let moved = LinesMoved::by_edit(&before, span, &new);
        let mut lines: Vec<usize> = (0..before.line_count()).collect();
        lines.iter_mut().for_each(|line| moved.iter().for_each(|moved| moved.carry(line)));
        lines
    }

    #[test]
    fn lines_follow_what_is_put_in_and_taken_out_above_them() {
        let text = "a\nb\nc\n";
        assert_eq!(after(text, Span::empty(0), "x"), [0, 1, 2, 3]);
        assert_eq!(after(text, Span::empty(0), "x\n\n"), [2, 3, 4, 5]);
        assert_eq!(after(text, Span::empty(4), "x\r\n"), [0, 1, 3, 4]);
        assert_eq!(after(text, Span::new(0, 2), ""), [0, 0, 1, 2]);
        assert_eq!(after(text, Span::new(1, 4), ""), [0, 1, 0, 1]);
        assert_eq!(after(text, Span::new(1, 4), "\n\n"), [0, 1, 2, 3]);
        assert_eq!(after("a\r\nb\r\nc", Span::empty(2), "x")[1..], [2, 3]);
    }
}
