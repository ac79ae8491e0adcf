//! Facts about objects of the standard library, which a pack lists by qualified name.
//!
//! What the reader's code shows is found by providers; what `time.sleep` does is not in that code.
//! A table says which columns such knowledge has; the rows are content.

use super::Slot;

/// Every table that a pack can fill in `stdlib.toml`, one a line.
#[rustfmt::skip]
pub static TABLES: &[&Table] = &[
    &super::context_managers::table::CONTEXT_MANAGER,
    &super::context_managers::table::FILE_FUNCTION,
    &super::metaclasses::CLASSES,
    super::concurrency::BLOCKING_CALL,
    super::concurrency::AWAITABLE,
    &super::type_hints::ABSTRACT,
    &super::type_hints::ALIASES,
    &super::type_hints::OUTDATED,
    &super::collections::CONTAINERS,
    &super::collections::OPERATIONS,
    &super::collections::ABSTRACT_BASES,
    &super::collections::BYPASS,
    &super::collections::REMOVED_NAMES,
    &super::collections::ORDER_FUNCTIONS,
    &super::generators::CONSUMER,
    &super::generators::ITERABLE,
    &super::generators::LAZY,
    &super::environments::OBJECTS,
    &super::environments::MODULES,
    &super::environments::DISTRIBUTIONS,
    super::robustness::RAISES,
    &super::robustness::database::DATABASE,
    &super::robustness::REQUESTS,
    &super::robustness::CLIENTS,
    &crate::hints::DECORATED_AS,
    &crate::project::OPTIONS,
];

/// A list of facts about objects with a qualified name.
#[derive(Debug)]
pub struct Table {
    /// The name that packs use, `[a-z0-9-]`.
    pub name: &'static str,
    /// What has a row, one line of Markdown for the author's guide.
    pub doc: &'static str,
    /// What a row may say. A column is one of [code](super::SlotKind::Code),
    /// [codes](super::SlotKind::Codes), [number](super::SlotKind::Number),
    /// [words](super::SlotKind::Words), [text](super::SlotKind::Text) and
    /// [flag](super::SlotKind::Flag).
    pub columns: &'static [Slot],
}

/// Tables whose rows are named by a module, which may have no dot in its name.
static OF_MODULES: &[&Table] =
    &[&super::environments::MODULES, &super::environments::DISTRIBUTIONS];

impl Table {
    /// True when a row is about a module, so that its name may have no dot.
    pub fn is_of_modules(&self) -> bool {
        OF_MODULES.iter().any(|table| table.name == self.name)
    }

    /// True when a row is about an option of a command: `--requirement`.
    pub fn is_of_options(&self) -> bool {
        self.name == crate::project::OPTIONS.name
    }
}

/// The table of that name.
pub fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().copied().find(|table| table.name == name)
}
