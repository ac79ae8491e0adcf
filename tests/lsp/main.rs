//! The protocol, spoken with the real program.

mod actions;
mod client;
mod clients;
mod configuration;
mod diagnostics;
mod documents;
mod foreign;
mod framing;
mod imports;
mod inlay;
mod lifecycle;
mod order;
mod pages;
mod peers;
mod positions;
mod practice;
mod process;
mod project_files;
mod sync_fuzz;
mod system;
mod texts;
mod words;
