//! Facts without the lines that they stand on.

use super::{Facts, Line, Value};

impl Facts {
    /// The same facts with every line taken for the first one of the file: what stays as it is when
    /// the code is moved.
    pub(crate) fn anywhere(&self) -> Self {
        let values = self.values.iter().map(|(name, value)| (*name, moved(value)));
        Self { values: values.collect(), slots: self.slots }
    }
}

fn moved(value: &Value) -> Value {
    match value {
        Value::Line(line) => Value::Line(Line { number: 0, file: line.file.clone() }),
        Value::Lines(lines) => Value::Lines(vec![0; lines.len()]),
        Value::LinesOf(lines, file) => Value::LinesOf(vec![0; lines.len()], file.clone()),
        Value::Records(records) => Value::Records(records.iter().map(Facts::anywhere).collect()),
        other => other.clone(),
    }
}
