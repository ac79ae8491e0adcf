//! The quiz over the real server.

mod client;
mod code;
mod modes;
mod prompts;
mod restart;
mod rich;
mod typed;
