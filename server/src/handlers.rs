//! What is done with each message, on the owner's thread.
//!
//! Architecture invariant: handlers are plain functions of the [`World`](crate::world::World) and
//! the parameters. They await nothing and ask the client nothing that their answer depends on.

pub mod actions;
pub mod commands;
pub mod configuration;
pub mod diagnostics;
pub mod edits;
pub mod hover;
pub mod inlay;
pub mod pages;
pub mod peers;
pub mod progress;
pub mod refactorings;
pub mod session;
pub mod sync;
pub mod testing;

#[cfg(test)]
mod tests;
