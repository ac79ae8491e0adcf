//! What the reader says about functions and classes from elsewhere that no pack knows.
//!
//! They go by dotted names, such as `shop.db.connect` of what `from shop.db import connect as c` makes of
//! `c`. A name that is spelt so and means something else is not meant; nor is a name whose origin is unknown.

use std::collections::{BTreeMap, BTreeSet};

/// Names, by what is said about them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vocabulary(BTreeMap<Word, BTreeSet<String>>);

/// What can be said about a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Word {
    /// A call blocks its thread until something outside of the program has happened. A method is written
    /// `module.Class.method`.
    Blocking,
    /// A call opens something that has to be closed by its method `close()`.
    Resource,
    /// A call makes something that cannot change and has a hash.
    Immutable,
    /// A decorator after which a call of the name is a call of the function below, as behind
    /// `functools.wraps`.
    Keeping,
}

impl Vocabulary {
    /// Says something about a name.
    pub fn add(&mut self, word: Word, name: &str) {
        self.0.entry(word).or_default().insert(name.to_owned());
    }

    /// Says what `other` says as well.
    pub fn extend(&mut self, other: &Self) {
        for (word, names) in &other.0 {
            self.0.entry(*word).or_default().extend(names.iter().cloned());
        }
    }

    /// Whether this is said about the name.
    pub fn says(&self, word: Word, name: &str) -> bool {
        self.0.get(&word).is_some_and(|names| names.contains(name))
    }
}

/// Whether `name` can be that of something in a module: `shop.db.connect`, `builtins.open`.
pub fn is_qualified(name: &str) -> bool {
    name.contains('.') && is_dotted(name)
}

/// Whether `name` is made of names with dots in between.
pub(crate) fn is_dotted(name: &str) -> bool {
    let is_name = |part: &str| {
        let mut chars = part.chars();
        chars.next().is_some_and(|c| c.is_alphabetic() || c == '_')
            && chars.all(|c| c.is_alphanumeric() || c == '_')
    };
    name.split('.').all(is_name)
}

#[cfg(test)]
mod tests;
