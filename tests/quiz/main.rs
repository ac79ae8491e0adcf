//! The quiz over the real server.

mod client;
mod prompts;
mod restart;
mod rich;
mod typed;
