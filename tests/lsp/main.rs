//! The protocol, spoken with the real program.

mod client;
mod diagnostics;
mod documents;
mod foreign;
mod framing;
mod lifecycle;
mod order;
mod positions;
mod process;
mod system;
mod texts;
