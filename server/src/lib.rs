//! The server around the engine: the protocol, the command line and what is kept on disk.
//!
//! The way of a message: [`gate`] (bytes to calls, in order) → [`backend`] (one line per method) →
//! [`owner`] (one thread, one [`world`]) → [`handlers`]. Back to the client: [`gate::Writer`].

mod analysed;
mod anki;
mod asks;
mod backend;
mod builtin;
mod capabilities;
mod convert;
mod documents;
mod gate;
mod handlers;
mod imports;
mod owner;
mod pack_check;
mod packs;
mod parent;
mod practice;
mod progress;
mod project;
mod serve;
mod settings;
mod shelf;
pub mod store;
mod workspace;
mod world;

pub mod cli;
pub mod quiz;
