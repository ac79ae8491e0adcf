//! The protocol, spoken with the real program.

mod client;
mod documents;
mod lifecycle;
mod order;
mod process;
