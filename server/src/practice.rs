//! Exercises as clients see them: a file to work on, goals as diagnostics, hints and the solution.
//!
//! Architecture invariant: the path of a file says that it is an exercise, and which; nothing in it
//! does. No program is started here: running an exercise is the reader's act, in the reader's editor.

mod actions;
mod files;
mod goals;
mod requests;
mod show;
mod wire;
mod words;

pub use actions::{KIND, actions, is_exercise};
pub use files::{Folder, State};
pub use goals::{Work, findings, looked_at};
pub use requests::{COMMANDS, REQUESTS};
pub use words::said;
