//! The quiz over the real server.

mod client;
mod prompts;
mod rich;
mod typed;
