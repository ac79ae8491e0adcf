//! The one way out: messages to the client, in the order they were handed over.
//!
//! Architecture invariant: handing over never blocks. A client that stops reading fills a queue in
//! memory; the server goes on reading, so that it sees `exit` and the end of the stream.

use std::io::{self, BufWriter, Write};
use std::sync::mpsc::{self, channel};
use std::thread;
use std::time::Duration;

use async_task::Runnable;
use serde::Serialize;
use tokio::runtime::{Builder, Handle};
use tokio::sync::mpsc::error::TryRecvError;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::uri;

/// Bytes that are written at once. Nearly every message fits, so that the client wakes up once for it.
const BUFFER: usize = 64 << 10;

/// Hands messages to the thread that writes them.
#[derive(Clone, Debug)]
pub struct Writer {
    queue: UnboundedSender<Packet>,
    runtime: Handle,
}

#[derive(Debug)]
enum Packet {
    Body(Vec<u8>),
    /// A task that has something to do.
    Run(Runnable),
    /// Everything before this is written: say so.
    Flush(mpsc::Sender<()>),
}

impl Writer {
    /// Starts the thread that writes to `output`. `broken` is called once, when that fails: the
    /// client has gone.
    ///
    /// # Errors
    /// When the thread cannot be started.
    pub fn start(
        output: impl Write + Send + 'static,
        broken: impl FnOnce() + Send + 'static,
    ) -> io::Result<Self> {
        let (queue, packets) = unbounded_channel();
        let runtime = Builder::new_current_thread().build()?;
        let handle = runtime.handle().clone();
        thread::Builder::new().name("writer".into()).spawn(move || {
            runtime.block_on(async {
                if write_all(BufWriter::with_capacity(BUFFER, output), packets).await.is_err() {
                    broken();
                    // Tasks on this thread may still wait for something.
                    std::future::pending::<()>().await;
                }
            });
        })?;
        Ok(Self { queue, runtime: handle })
    }

    /// The runtime of the thread that writes.
    pub fn runtime(&self) -> &Handle {
        &self.runtime
    }

    /// Runs a task on the thread that writes, so that what it sends needs no third thread. It waits
    /// while the client does not read.
    pub fn run(&self, task: Runnable) {
        // After the client has gone nobody is left to answer.
        let _ = self.queue.send(Packet::Run(task));
    }

    /// Queues a JSON-RPC message.
    pub fn send(&self, message: &impl Serialize) {
        // Only a map with keys that are no strings fails; no message has one.
        if let Ok(body) = serde_json::to_vec(message) {
            self.send_body(body);
        }
    }

    /// Queues the bytes of a JSON-RPC message.
    pub fn send_body(&self, body: Vec<u8>) {
        // After the client has gone nobody is left to tell.
        let _ = self.queue.send(Packet::Body(uri::restore(body)));
    }

    /// Waits until everything queued so far is written, at most for `patience`.
    pub fn flush(&self, patience: Duration) {
        let (done, written) = channel();
        if self.queue.send(Packet::Flush(done)).is_ok() {
            let _ = written.recv_timeout(patience);
        }
    }
}

async fn write_all(
    mut output: BufWriter<impl Write>,
    mut packets: UnboundedReceiver<Packet>,
) -> io::Result<()> {
    loop {
        let packet = match packets.try_recv() {
            Ok(packet) => packet,
            Err(TryRecvError::Disconnected) => return output.flush(),
            Err(TryRecvError::Empty) => {
                output.flush()?;
                match packets.recv().await {
                    Some(packet) => packet,
                    None => return Ok(()),
                }
            }
        };
        match packet {
            Packet::Body(body) => {
                write!(output, "Content-Length: {}\r\n\r\n", body.len())?;
                output.write_all(&body)?;
            }
            Packet::Run(task) => {
                task.run();
            }
            Packet::Flush(done) => {
                output.flush()?;
                let _ = done.send(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::Receiver;

    /// A client that never reads.
    struct Stuck(Receiver<()>);

    impl Write for Stuck {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let _ = self.0.recv();
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_client_that_does_not_read_holds_nobody_up() {
        let (_release, stuck) = channel();
        let writer = Writer::start(Stuck(stuck), || {}).unwrap();
        // Nothing is ever read, so whoever waited for that would wait for ever.
        for _ in 0..1000 {
            writer.send(&"x".repeat(10_000));
        }
        writer.flush(Duration::from_millis(20));
    }

    #[test]
    fn a_client_that_has_gone_ends_the_session() {
        let (reader, output) = io::pipe().unwrap();
        drop(reader);
        let (send, broken) = channel();
        let writer = Writer::start(output, move || send.send(()).unwrap()).unwrap();
        writer.send(&1);
        broken.recv_timeout(Duration::from_secs(10)).unwrap();
        writer.send(&2);
    }
}
