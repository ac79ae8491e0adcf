//! One session of the language server.

use std::io::{self, Read, Write};
use std::sync::mpsc::{Sender, channel};
use std::thread;

use crate::backend::Backend;
use crate::gate::{Gate, Writer};
use crate::owner::Owner;
use crate::shelf::Shelf;
use crate::world::World;

/// Serves the client at the other end of `input` and `output`. Returns the exit code when the session
/// is over: `exit`, the end of `input`, a broken `output` or the death of the client's process.
/// Threads of the session may still wait for `input`, so the caller is expected to end the process.
///
/// A termination signal is left to do what it does: every progress that was confirmed to the reader
/// is on disk already.
///
/// # Errors
/// When threads cannot be started.
pub fn serve(
    input: impl Read + Send + 'static,
    output: impl Write + Send + 'static,
    library: Shelf,
) -> io::Result<u8> {
    let (end, ended) = channel();
    let ends = |end: &Sender<u8>, code| {
        let end = end.clone();
        move || {
            let _ = end.send(code);
        }
    };
    let writer = Writer::start(output, ends(&end, 1))?;
    let parent_died = ends(&end, 1);
    let owner = Owner::start({
        let writer = writer.clone();
        move |owner| {
            let mut world = World::new(writer, library, Box::new(parent_died));
            world.quiz.connect(owner.clone());
            world.owner = Some(owner);
            world
        }
    })?;
    let gate = Gate::new(Backend::service(owner.clone()), owner, writer);
    thread::Builder::new().name("reader".into()).spawn(move || {
        let _ = end.send(gate.serve(input));
    })?;
    // The reader holds a sender for as long as it runs.
    Ok(ended.recv().unwrap_or(1))
}
