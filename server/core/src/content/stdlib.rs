//! `stdlib.toml`: what a pack knows about objects of the standard library.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use toml::{Spanned, Value as Toml};

use super::id::{is_id, suggest};
use super::scan::scan;
use super::source::{Fault, Part};
use crate::facts::tables::{TABLES, Table, table};
use crate::facts::{Facts, Slot, SlotKind, Value};
use crate::vocabulary::{is_dotted, is_qualified};

/// Rows by table and qualified name.
#[derive(Debug, Default)]
pub(crate) struct Rows(HashMap<&'static str, HashMap<String, Facts>>);

impl Rows {
    /// What the table says about the object.
    pub fn get(&self, table: &Table, name: &str) -> Option<&Facts> {
        self.0.get(table.name)?.get(name)
    }

    /// All rows of the table, in any order.
    pub fn of(&self, table: &Table) -> impl Iterator<Item = (&str, &Facts)> {
        let rows = self.0.get(table.name).into_iter().flatten();
        rows.map(|(name, row)| (name.as_str(), row))
    }

    /// Takes over the rows of another concept; says which are there already.
    pub fn add(&mut self, other: Self) -> Vec<String> {
        let mut twice = Vec::new();
        for (table, rows) in other.0 {
            let mine = self.0.entry(table).or_default();
            for (name, row) in rows {
                match mine.entry(name) {
                    Entry::Occupied(there) => twice.push(format!(
                        "`{table}` has `{}` in an earlier concept already",
                        there.key()
                    )),
                    Entry::Vacant(place) => drop(place.insert(row)),
                }
            }
        }
        twice.sort();
        twice
    }
}

type Row = BTreeMap<Spanned<String>, Spanned<Toml>>;

/// Reads the file.
pub(crate) fn read(text: &str, faults: &mut Vec<Fault>) -> Rows {
    read_for(text, &table, faults)
}

fn read_for(
    text: &str,
    table: &dyn Fn(&str) -> Option<&'static Table>,
    faults: &mut Vec<Fault>,
) -> Rows {
    let part = Part { text, line: 1 };
    let mut found = Rows::default();
    let raw: BTreeMap<Spanned<String>, BTreeMap<Spanned<String>, Row>> = match part.toml() {
        Ok(raw) => raw,
        Err(fault) => {
            faults.push(fault);
            return found;
        }
    };
    for (name, rows) in raw {
        let Some(table) = table(name.get_ref()) else {
            let known = suggest(name.get_ref(), TABLES.iter().map(|table| table.name));
            let message = format!("no table is named `{}`{known}", name.get_ref());
            faults.push(part.fault(name.span().start, message));
            continue;
        };
        for (object, row) in rows {
            let name = object.get_ref();
            if table.is_of_options() {
                if !name.strip_prefix("--").is_some_and(is_id) {
                    let message = format!("`{name}`: expected an option such as `--requirement`");
                    faults.push(part.fault(object.span().start, message));
                }
            } else if table.is_of_modules() && !is_dotted(name) {
                let message = format!("`{name}`: expected the name of a module");
                faults.push(part.fault(object.span().start, message));
            } else if !table.is_of_modules() && !is_qualified(name) {
                let message = format!(
                    "`{name}`: expected a qualified name such as `time.sleep` or `builtins.open`"
                );
                faults.push(part.fault(object.span().start, message));
            }
            let facts = read_row(part, table.columns, row, faults);
            found.0.entry(table.name).or_default().insert(object.into_inner(), facts);
        }
    }
    found
}

fn read_row(part: Part<'_>, columns: &'static [Slot], row: Row, faults: &mut Vec<Fault>) -> Facts {
    let mut facts = Facts::of(columns);
    for (key, value) in row {
        let Some(column) = columns.iter().find(|column| column.name == key.get_ref()) else {
            let known = suggest(key.get_ref(), columns.iter().map(|column| column.name));
            let message = format!("no column is named `{}`{known}", key.get_ref());
            faults.push(part.fault(key.span().start, message));
            continue;
        };
        let at = value.span().start;
        match read_value(column.kind, value.into_inner()) {
            Ok(value) => drop(facts.set(column.name, value)),
            Err(message) => faults.push(part.fault(at, message)),
        }
    }
    facts
}

fn read_value(kind: SlotKind, value: Toml) -> Result<Value, String> {
    match (kind, value) {
        (SlotKind::Code, Toml::String(text)) if !text.trim().is_empty() => Ok(Value::Code(text)),
        (SlotKind::Codes, Toml::Array(list)) => list
            .into_iter()
            .map(|value| match value {
                Toml::String(text) if !text.trim().is_empty() => Ok(text),
                _ => Err("expected a list of code".to_owned()),
            })
            .collect::<Result<_, _>>()
            .map(Value::Codes),
        (SlotKind::Number, Toml::Integer(number)) => usize::try_from(number)
            .map(Value::Number)
            .map_err(|_| "expected a number from 0".to_owned()),
        (SlotKind::Words(words), Toml::String(text)) => words
            .iter()
            .find(|word| **word == text)
            .map(|word| Value::Words(word))
            .ok_or_else(|| format!("expected one of: {}", words.join(", "))),
        (SlotKind::Text, Toml::String(text)) => words(&text).map(|()| Value::Text(text)),
        (SlotKind::Flag, Toml::Boolean(true)) => Ok(Value::Flag),
        (SlotKind::Code, _) => Err("expected code in quotes".to_owned()),
        (SlotKind::Codes, _) => Err("expected a list of code".to_owned()),
        (SlotKind::Number, _) => Err("expected a number from 0".to_owned()),
        (SlotKind::Flag, _) => Err("expected `true`; leave the line out otherwise".to_owned()),
        _ => Err("expected words in quotes".to_owned()),
    }
}

/// One line of Markdown with emphasis, code and links only.
fn words(text: &str) -> Result<(), String> {
    let scan = scan(Part { text, line: 1 });
    if let Some(fault) = scan.faults.into_iter().next() {
        return Err(fault.message);
    }
    let is_line = !text.trim().is_empty() && !text.contains('\n');
    if !is_line || !scan.fences.is_empty() || !scan.headings.is_empty() || text.contains("[[") {
        return Err("expected one line of words".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    static SLEEPS: Table = Table {
        name: "sleeps",
        doc: "functions",
        columns: &[
            Slot::new("instead", SlotKind::Code, "x"),
            Slot::new("does", SlotKind::Text, "x"),
            Slot::new("in", SlotKind::Words(&["thread", "loop"]), "x"),
            Slot::new("also", SlotKind::Flag, "x"),
            Slot::new("also-in", SlotKind::Codes, "x"),
            Slot::new("since", SlotKind::Number, "x"),
        ],
    };

    fn read(text: &str) -> Result<Rows, Vec<String>> {
        let mut faults = Vec::new();
        let rows = read_for(text, &|name| (name == "sleeps").then_some(&SLEEPS), &mut faults);
        let told = faults.into_iter().map(|fault| format!("{}: {}", fault.line, fault.message));
        let told: Vec<_> = told.collect();
        if told.is_empty() { Ok(rows) } else { Err(told) }
    }

    #[test]
    fn rows_are_found_by_table_and_name() {
        let rows = read(
            "[sleeps.\"time.sleep\"]\ninstead = \"await asyncio.sleep(1)\"\ndoes = \"stops *all*\"\n\
             in = \"loop\"\nalso = true\nalso-in = [\"a\", \"b\"]\nsince = 3\n[sleeps.\"a.b\"]\n",
        )
        .unwrap();
        let row = rows.get(&SLEEPS, "time.sleep").unwrap();
        assert_eq!(row.get("instead"), Some(&Value::Code("await asyncio.sleep(1)".to_owned())));
        assert_eq!(row.get("does"), Some(&Value::Text("stops *all*".to_owned())));
        assert_eq!(row.get("in"), Some(&Value::Words("loop")));
        assert_eq!(row.get("also"), Some(&Value::Flag));
        assert_eq!(row.get("since"), Some(&Value::Number(3)));
        assert!(rows.get(&SLEEPS, "a.b").is_some());
        assert!(rows.get(&SLEEPS, "a.c").is_none());
    }

    #[test]
    fn faults_are_told_with_their_lines() {
        for (text, told) in [
            ("[sleep.\"a.b\"]\n", "1: no table is named `sleep`"),
            ("[sleeps.\"ab\"]\n", "1: `ab`: expected a qualified name"),
            ("[sleeps.\"a.b\"]\n\nwhere = 1\n", "3: no column is named `where`"),
            ("[sleeps.\"a.b\"]\nin = \"x\"\n", "2: expected one of: thread, loop"),
            ("[sleeps.\"a.b\"]\nalso = false\n", "2: expected `true`"),
            ("[sleeps.\"a.b\"]\nsince = -1\n", "2: expected a number"),
            ("[sleeps.\"a.b\"]\ninstead = 1\n", "2: expected code"),
            ("[sleeps.\"a.b\"]\nalso-in = [1]\n", "2: expected a list"),
            ("[sleeps.\"a.b\"]\ndoes = \"<b>\"\n", "2: "),
            ("[sleeps.\"a.b\"]\ndoes = \"[[x]]\"\n", "2: expected one line"),
            ("[sleeps.\"a.b\"]\ndoes = \"# x\"\n", "2: expected one line"),
            ("[sleeps.\"a.b\"]\n[sleeps.\"a.b\"]\n", "2: "),
            ("[sleeps", "1: "),
        ] {
            let faults = read(text).unwrap_err();
            assert!(faults[0].starts_with(told), "{text}: {faults:?}");
        }
    }

    #[test]
    fn a_row_stands_in_one_concept_only() {
        let text = "[sleeps.\"a.b\"]\n";
        let mut rows = read(text).unwrap();
        assert_eq!(rows.add(read("[sleeps.\"a.c\"]\n").unwrap()), Vec::<String>::new());
        assert_eq!(rows.add(read(text).unwrap()).len(), 1);
    }
}
