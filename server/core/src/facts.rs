//! Facts about one construct of the reader's code, and the providers that find them.
//!
//! A provider states what it knows as typed values in named slots; a card's template says in which
//! words. The slot lists are the whole contract between the two, so neither holds the other's part:
//! no words in Rust, no logic in content.

mod abstract_method;
mod anywhere;
pub(crate) mod around;
mod bare_wraps;
mod bound_method;
mod cached_property;
mod call_method;
pub(crate) mod call_sites;
mod class_decorator;
pub(crate) mod classes;
mod closure_variable;
mod collect;
pub(crate) mod collections;
pub(crate) mod concurrency;
pub(crate) mod context_managers;
mod dataclass;
mod decorated_class;
mod decorated_function;
pub(crate) mod decoration;
mod decorator_definition;
mod decorator_line;
mod decorator_misuse;
mod deprecated;
mod dispatch;
pub(crate) mod environments;
mod final_definition;
mod generator_context;
pub(crate) mod generators;
mod hashing;
mod lines;
mod lru_cache;
pub(crate) mod metaclasses;
mod missing_star;
mod nonlocal;
mod overload;
mod override_method;
mod partial;
mod properties;
mod property;
mod registering;
pub(crate) mod robustness;
mod singledispatch;
pub(crate) mod source_text;
mod star_argument;
mod star_parameter;
pub mod tables;
mod total_ordering;
pub(crate) mod type_hints;
mod update_wrapper;
mod wrapped_attribute;
mod wrapper;
mod wraps;

pub use crate::modules::Line;
use crate::subject::Subject;
pub(crate) use dataclass::PROVIDER as DATACLASS;

/// The providers of the topics, in the chapter's order.
static TOPICS: &[&[&Provider]] = &[
    DECORATORS,
    generators::PROVIDERS,
    context_managers::PROVIDERS,
    concurrency::PROVIDERS,
    type_hints::PROVIDERS,
    collections::PROVIDERS,
    environments::PROVIDERS,
    metaclasses::PROVIDERS,
    robustness::PROVIDERS,
    crate::project::PROVIDERS,
];

static DECORATORS: &[&Provider] = &[
    &decorated_function::PROVIDER,
    &decorated_class::PROVIDER,
    &class_decorator::PROVIDER,
    &property::PROVIDER,
    &property::ACCESSOR,
    &decorator_line::PROVIDER,
    &decorator_misuse::BARE,
    &decorator_misuse::CALLED,
    &decorator_definition::PROVIDER,
    &wrapper::PROVIDER,
    &wraps::PROVIDER,
    &bare_wraps::PROVIDER,
    &nonlocal::PROVIDER,
    &closure_variable::PROVIDER,
    &star_parameter::PROVIDER,
    &star_argument::PROVIDER,
    &missing_star::PROVIDER,
    &wrapped_attribute::PROVIDER,
    &call_method::PROVIDER,
    &bound_method::STATIC,
    &bound_method::CLASS,
    &dataclass::PROVIDER,
    &lru_cache::PROVIDER,
    &cached_property::PROVIDER,
    &singledispatch::PROVIDER,
    &singledispatch::REGISTER,
    &partial::PROVIDER,
    &total_ordering::PROVIDER,
    &abstract_method::PROVIDER,
    &update_wrapper::PROVIDER,
    &generator_context::PROVIDER,
    &overload::PROVIDER,
    &override_method::PROVIDER,
    &final_definition::PROVIDER,
    &deprecated::PROVIDER,
    &registering::PROVIDER,
];

/// Every provider that a card can name in `facts = "…"`.
pub fn providers() -> impl Iterator<Item = &'static Provider> {
    TOPICS.iter().copied().flatten().copied()
}

/// The provider of that name.
pub fn provider(name: &str) -> Option<&'static Provider> {
    providers().find(|provider| provider.name == name)
}

/// Finds the facts of one kind of construct.
#[derive(Debug)]
pub struct Provider {
    /// The name that cards use, `[a-z0-9-]`.
    pub name: &'static str,
    /// What the facts are about, one line of Markdown for the author's guide.
    pub doc: &'static str,
    /// Everything that `run` may set.
    pub slots: &'static [Slot],
    /// States the facts about the subject, or nothing when the construct is not what the provider
    /// knows about. A value that is not certain is left out.
    pub run: fn(&Subject<'_>) -> Option<Facts>,
}

/// A named place for a value in a template.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    /// The name in braces, `[a-z0-9-]`.
    pub name: &'static str,
    /// What the value is, and so how it is written out.
    pub kind: SlotKind,
    /// What the value says, one line of Markdown for the author's guide.
    pub doc: &'static str,
}

impl Slot {
    /// A slot.
    pub const fn new(name: &'static str, kind: SlotKind, doc: &'static str) -> Self {
        Self { name, kind, doc }
    }
}

/// The type of a slot's value.
#[derive(Clone, Copy, Debug)]
pub enum SlotKind {
    /// Text of the reader's code, written as a code span.
    Code,
    /// Several of these, written with commas between them.
    Codes,
    /// A count.
    Number,
    /// A line of the file, written as `line 12`; of another file, as `line 12 of` and its path.
    Line,
    /// Several lines, written as `lines 3, 7, 12`; of another file, with its path behind them.
    Lines,
    /// Lines of code, written as a fenced block.
    Block,
    /// One of these words or phrases.
    Words(&'static [&'static str]),
    /// Words of the pack's author, from a [table](tables): one line of Markdown, written as it is.
    Text,
    /// Nothing to be written: a line with the slot is shown only if the flag is up.
    Flag,
    /// A list; a line with `{list.field}` is written once per record.
    Records(&'static [Slot]),
}

/// A value in a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// See [`SlotKind::Code`]. Any text; it is made harmless where it is written out.
    Code(String),
    /// See [`SlotKind::Codes`].
    Codes(Vec<String>),
    /// See [`SlotKind::Number`].
    Number(usize),
    /// See [`SlotKind::Line`].
    Line(Line),
    /// See [`SlotKind::Lines`]; count from 0.
    Lines(Vec<usize>),
    /// The same, of another file: its path in the workspace.
    LinesOf(Vec<usize>, String),
    /// See [`SlotKind::Block`]. Any text.
    Block(String),
    /// See [`SlotKind::Words`].
    Words(&'static str),
    /// See [`SlotKind::Text`]. Never text of the reader's code.
    Text(String),
    /// See [`SlotKind::Flag`].
    Flag,
    /// See [`SlotKind::Records`].
    Records(Vec<Facts>),
}

impl Value {
    fn fits(&self, kind: SlotKind) -> bool {
        match (self, kind) {
            (Self::Code(_), SlotKind::Code)
            | (Self::Codes(_), SlotKind::Codes)
            | (Self::Number(_), SlotKind::Number)
            | (Self::Line(_), SlotKind::Line)
            | (Self::Lines(_) | Self::LinesOf(..), SlotKind::Lines)
            | (Self::Block(_), SlotKind::Block)
            | (Self::Records(_), SlotKind::Records(_))
            | (Self::Text(_), SlotKind::Text)
            | (Self::Flag, SlotKind::Flag) => true,
            (Self::Words(word), SlotKind::Words(words)) => words.contains(word),
            _ => false,
        }
    }

    /// True for a value that would be written as nothing, which counts as no value.
    fn is_blank(&self) -> bool {
        match self {
            Self::Code(text) | Self::Block(text) | Self::Text(text) => text.trim().is_empty(),
            Self::Codes(list) => list.is_empty(),
            Self::Lines(list) | Self::LinesOf(list, _) => list.is_empty(),
            Self::Records(list) => list.is_empty(),
            Self::Number(_) | Self::Line(_) | Self::Words(_) | Self::Flag => false,
        }
    }
}

/// The values a provider found, for slots of its list only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    values: Vec<(&'static str, Value)>,
    slots: SlotList,
}

#[derive(Clone, Copy, Debug)]
struct SlotList(&'static [Slot]);

impl PartialEq for SlotList {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for SlotList {}

impl Facts {
    /// No values yet, for `slots`.
    pub fn of(slots: &'static [Slot]) -> Self {
        Self { values: Vec::new(), slots: SlotList(slots) }
    }

    /// Puts `value` into the slot `name`, in place of an earlier one. A blank value leaves the slot
    /// empty.
    ///
    /// # Panics
    /// In debug builds, when the list has no such slot or the slot has another type. In release
    /// builds the value is dropped: the card's line disappears instead of saying something wrong.
    pub fn set(&mut self, name: &'static str, value: Value) -> &mut Self {
        let fits = self.slots.0.iter().any(|slot| slot.name == name && value.fits(slot.kind));
        debug_assert!(fits, "no slot `{name}` takes {value:?}");
        if fits {
            self.values.retain(|(other, _)| *other != name);
            if !value.is_blank() {
                self.values.push((name, value));
            }
        }
        self
    }

    /// Sets a [`SlotKind::Code`] slot.
    pub fn code(&mut self, name: &'static str, text: impl Into<String>) -> &mut Self {
        self.set(name, Value::Code(text.into()))
    }

    /// Sets a [`SlotKind::Codes`] slot.
    pub fn codes<S: Into<String>>(
        &mut self,
        name: &'static str,
        texts: impl IntoIterator<Item = S>,
    ) -> &mut Self {
        self.set(name, Value::Codes(texts.into_iter().map(Into::into).collect()))
    }

    /// Sets a [`SlotKind::Number`] slot.
    pub fn number(&mut self, name: &'static str, number: usize) -> &mut Self {
        self.set(name, Value::Number(number))
    }

    /// Sets a [`SlotKind::Line`] slot. A bare number is a line of the file that the card is about and
    /// counts from 0.
    pub fn line(&mut self, name: &'static str, line: impl Into<Line>) -> &mut Self {
        self.set(name, Value::Line(line.into()))
    }

    /// Sets a [`SlotKind::Lines`] slot; all lines are of one file.
    pub fn lines(
        &mut self,
        name: &'static str,
        lines: impl IntoIterator<Item = Line>,
    ) -> &mut Self {
        let (numbers, files): (Vec<usize>, Vec<Option<String>>) =
            lines.into_iter().map(|line| (line.number, line.file)).unzip();
        self.set(
            name,
            match files.into_iter().next().flatten() {
                Some(file) => Value::LinesOf(numbers, file),
                None => Value::Lines(numbers),
            },
        )
    }

    /// Sets a [`SlotKind::Words`] slot to one of its words.
    pub fn word(&mut self, name: &'static str, word: &'static str) -> &mut Self {
        self.set(name, Value::Words(word))
    }

    /// Raises a [`SlotKind::Flag`] if `up`.
    pub fn flag(&mut self, name: &'static str, up: bool) -> &mut Self {
        if up { self.set(name, Value::Flag) } else { self }
    }

    /// Sets a [`SlotKind::Records`] slot.
    pub fn records(&mut self, name: &'static str, records: Vec<Facts>) -> &mut Self {
        self.set(name, Value::Records(records))
    }

    /// Takes the value that a row of a table has in the column `column` over into the slot `name`.
    pub fn take(&mut self, name: &'static str, row: &Facts, column: &str) -> &mut Self {
        if let Some(value) = row.get(column) {
            self.set(name, value.clone());
        }
        self
    }

    /// The value in the slot `name`.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.values.iter().find(|(other, _)| *other == name).map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::is_id;

    fn check_slots(owner: &str, slots: &[Slot]) {
        for (i, slot) in slots.iter().enumerate() {
            assert!(is_id(slot.name), "{owner}: {}", slot.name);
            assert!(!slot.doc.is_empty(), "{owner}: {} has no description", slot.name);
            let first = slots.iter().position(|other| other.name == slot.name);
            assert_eq!(first, Some(i), "{owner}: {} twice", slot.name);
            if let SlotKind::Records(fields) = slot.kind {
                check_slots(owner, fields);
            }
        }
    }

    #[test]
    fn names_are_ids_and_unique() {
        for (i, one) in providers().enumerate() {
            assert!(is_id(one.name));
            assert!(providers().skip(i + 1).all(|other| other.name != one.name));
            check_slots(one.name, one.slots);
        }
    }

    #[test]
    fn blank_values_are_no_values() {
        static SLOTS: &[Slot] =
            &[Slot::new("a", SlotKind::Code, "x"), Slot::new("b", SlotKind::Flag, "x")];
        let mut facts = Facts::of(SLOTS);
        facts.code("a", " \n").flag("b", false);
        assert_eq!((facts.get("a"), facts.get("b")), (None, None));
        facts.code("a", "x").flag("b", true);
        assert_eq!(facts.get("a"), Some(&Value::Code("x".to_owned())));
        assert_eq!(facts.get("b"), Some(&Value::Flag));
    }
}
