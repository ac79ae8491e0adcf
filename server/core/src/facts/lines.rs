//! Facts about where something stands, when lines move.

use super::{Facts, Value};
use crate::document::LinesMoved;

impl Facts {
    /// True when a value names a line of the file.
    pub(crate) fn have_lines(&self) -> bool {
        self.values.iter().any(|(_, value)| match value {
            Value::Line(line) => line.file.is_none(),
            Value::Lines(_) => true,
            Value::Records(records) => records.iter().any(Self::have_lines),
            _ => false,
        })
    }

    /// Has the lines of the file that values name follow those that moved.
    pub(crate) fn follow(&mut self, moved: &LinesMoved) {
        for (_, value) in &mut self.values {
            match value {
                Value::Line(line) if line.file.is_none() => moved.carry(&mut line.number),
                Value::Lines(lines) => lines.iter_mut().for_each(|line| moved.carry(line)),
                Value::Records(records) => records.iter_mut().for_each(|one| one.follow(moved)),
                _ => {}
            }
        }
    }
}
