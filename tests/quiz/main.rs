//! The quiz over the real server.

mod client;
mod code;
mod disk;
mod editor;
mod files;
mod interview;
mod modes;
mod progress;
mod prompts;
mod recall;
mod restart;
mod rich;
mod typed;
mod worksheet;
