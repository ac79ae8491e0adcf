//! Facts as JSON.

use pygloss_core::facts::{Facts, Slot, SlotKind, Value};
use serde_json::{Map, Value as Json, json};

/// The values by slot.
pub fn object(facts: &Facts, slots: &[Slot]) -> Json {
    let mut out = Map::new();
    for slot in slots {
        if let Some(value) = facts.get(slot.name) {
            out.insert(slot.name.to_owned(), written(value, slot.kind));
        }
    }
    Json::Object(out)
}

/// Lines count from 1, as on a card.
fn written(value: &Value, slot: SlotKind) -> Json {
    match (value, slot) {
        (Value::Code(text) | Value::Block(text), _) => json!(text),
        (Value::Codes(texts), _) => json!(texts),
        (Value::Number(number), _) => json!(number),
        (Value::Line(line), _) => json!(line + 1),
        (Value::Lines(lines), _) => json!(lines.iter().map(|line| line + 1).collect::<Vec<_>>()),
        (Value::Text(text), _) => text.as_str().into(),
        (Value::Words(word), _) => json!(word),
        (Value::Flag, _) => json!(true),
        (Value::Records(records), SlotKind::Records(slots)) => {
            records.iter().map(|record| object(record, slots)).collect()
        }
        (Value::Records(_), _) => Json::Null,
    }
}
