//! The quiz over the real server.

mod client;
mod editor;
mod interview;
mod modes;
mod prompts;
mod restart;
mod rich;
mod typed;
mod worksheet;
