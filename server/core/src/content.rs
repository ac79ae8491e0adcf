//! Packs of lessons: cards, rule pages and quiz items as data.

/// All loaded packs.
#[derive(Debug, Default)]
pub struct Library {}

/// One file of a pack: its path below the pack's root, with `/` between parts, and its bytes.
#[derive(Clone, Debug)]
pub struct PackFile<'a> {
    /// Path below the pack's root.
    pub path: &'a str,
    /// What the file holds.
    pub bytes: &'a [u8],
}

/// A fault in a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentError {
    /// Path below the pack's root.
    pub path: String,
    /// Line, from 1; 0 when the fault is the file as a whole.
    pub line: usize,
    /// What is wrong and what was expected.
    pub message: String,
}

impl Library {
    /// Adds a pack, or says everything that is wrong with it.
    pub fn add_pack(&mut self, files: &[PackFile<'_>]) -> Result<(), Vec<ContentError>> {
        let _ = files;
        Ok(())
    }
}
