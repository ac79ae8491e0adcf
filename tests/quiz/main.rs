//! The quiz over the real server.

mod client;
mod disk;
mod modes;
mod progress;
mod prompts;
mod restart;
mod rich;
mod typed;
