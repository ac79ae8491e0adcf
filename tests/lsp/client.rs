//! A language client that does what a test says and nothing more.
//!
//! It is synchronous: what a test sends is on the wire when the call returns, and a test waits for
//! exactly what it names. Requests of the server are left unanswered unless the test answers them.
//! The time limits only turn a server that hangs into a failed test.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::process::{memory_high_water, program};

/// How long a test waits for a message that must come.
const PATIENCE: Duration = Duration::from_secs(120);

/// How long a test may take before its server is killed, so that a write to it cannot block for
/// good.
const LONGEST_TEST: Duration = Duration::from_secs(600);

/// How long a server may take to end.
const PATIENCE_FOR_THE_END: Duration = Duration::from_secs(10);

/// The client's end of one session.
pub struct Client {
    server: Arc<Mutex<Child>>,
    input: Option<ChildStdin>,
    inbox: Receiver<Value>,
    listening: Option<Sender<()>>,
    errors: Arc<Mutex<String>>,
    /// Everything received and not yet taken, in order of arrival.
    received: Vec<Value>,
    last_id: i64,
    _alive: Sender<()>,
    home: TempDir,
}

impl Client {
    /// A server that has been told nothing yet.
    pub fn spawn() -> Self {
        let client = Self::spawn_deaf(&mut Command::new(program()));
        client.listen()
    }

    /// A server behind `command`, for a client that does not read before [`Client::listen`].
    pub fn spawn_deaf(command: &mut Command) -> Self {
        let home = tempfile::tempdir().expect("a folder for what the server keeps");
        let mut server = command
            .env("HOME", home.path())
            .env("XDG_DATA_HOME", home.path().join("data"))
            .env("PYGLOSS_TEST", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let input = server.stdin.take();
        let output = server.stdout.take().expect("piped");
        let stderr = server.stderr.take().expect("piped");
        let (listening, listen) = channel();
        let (post, inbox) = channel();
        thread::spawn(move || {
            if listen.recv().is_ok() {
                read_messages(output, &post);
            }
        });
        let errors = Arc::<Mutex<String>>::default();
        thread::spawn({
            let errors = Arc::clone(&errors);
            move || {
                for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                    eprintln!("server: {line}");
                    *errors.lock().unwrap() += &(line + "\n");
                }
            }
        });
        let server = Arc::new(Mutex::new(server));
        let (alive, ended) = channel::<()>();
        thread::spawn({
            let server = Arc::clone(&server);
            move || {
                if ended.recv_timeout(LONGEST_TEST) == Err(RecvTimeoutError::Timeout) {
                    eprintln!("the test takes too long: the server is killed");
                    let _ = server.lock().unwrap().kill();
                }
            }
        });
        Self {
            server,
            input,
            inbox,
            listening: Some(listening),
            errors,
            received: Vec::new(),
            last_id: 0,
            _alive: alive,
            home,
        }
    }

    /// Starts to read.
    pub fn listen(mut self) -> Self {
        let listening = self.listening.take().expect("listens for the first time");
        listening.send(()).expect("the reader waits");
        self
    }

    /// An initialized session of a client with these capabilities.
    pub fn start(capabilities: Value) -> Self {
        Self::start_with(
            json!({ "processId": null, "rootUri": null, "capabilities": capabilities }),
        )
    }

    /// An initialized session that began with these parameters of `initialize`.
    pub fn start_with(initialize: Value) -> Self {
        let mut client = Self::spawn();
        client.initialize(initialize);
        client
    }

    /// Goes through the handshake; returns what the server announces.
    pub fn initialize(&mut self, params: Value) -> Value {
        let announced = self.call("initialize", params);
        self.notify("initialized", json!({}));
        announced
    }

    /// Puts bytes on the wire as they are.
    pub fn send_bytes(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("stdin is open");
        input.write_all(bytes).and_then(|()| input.flush()).expect("the server reads");
    }

    /// Frames `body`.
    pub fn send_body(&mut self, body: &str) {
        let frame = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        self.send_bytes(frame.as_bytes());
    }

    /// Sends a message.
    pub fn send(&mut self, message: &Value) {
        self.send_body(&message.to_string());
    }

    /// Sends a notification.
    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request; returns its id.
    pub fn request(&mut self, method: &str, params: Value) -> i64 {
        self.last_id += 1;
        let id = self.last_id;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    /// Answers a request of the server.
    pub fn answer(&mut self, id: &Value, result: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": result }));
    }

    /// Waits for the response to request `id`.
    pub fn response(&mut self, id: impl Into<Value>) -> Value {
        let id = id.into();
        self.expect(&format!("the response to request {id}"), |message| {
            message.get("method").is_none() && message["id"] == id
        })
    }

    /// Sends a request and waits for its result.
    pub fn call(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params);
        result(self.response(id))
    }

    /// Sends a request and waits for the code of its error.
    pub fn call_in_vain(&mut self, method: &str, params: Value) -> i64 {
        let id = self.request(method, params);
        error_code(&self.response(id))
    }

    /// Waits for the first message that is not taken yet and for which `is_it` holds; takes it.
    pub fn expect(&mut self, what: &str, is_it: impl Fn(&Value) -> bool) -> Value {
        let deadline = Instant::now() + PATIENCE;
        let mut from = 0;
        loop {
            if let Some(at) = self.received[from..].iter().position(&is_it) {
                return self.received.remove(from + at);
            }
            from = self.received.len();
            match self.inbox.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(message) => self.received.push(message),
                Err(error) => panic!("no {what}: {error}; not taken: {}", self.waiting()),
            }
        }
    }

    /// Waits for a request or notification of the server.
    pub fn expect_call(&mut self, method: &str) -> Value {
        self.expect(method, |message| message["method"] == method)
    }

    /// Takes everything that the server has sent up to now: up to the answer to a request that is
    /// sent for this purpose, with what the server does in pauses done before.
    pub fn drain(&mut self) -> Vec<Value> {
        // What waits for a pause is done by the time the second request comes in.
        self.sync();
        thread::sleep(Duration::from_millis(100));
        self.sync();
        std::mem::take(&mut self.received)
    }

    /// Waits until the server has dealt with all that was sent.
    pub fn sync(&mut self) {
        self.call("pygloss/test", json!({}));
    }

    /// All messages until the server closes its output.
    pub fn rest(&mut self) -> Vec<Value> {
        let deadline = Instant::now() + PATIENCE_FOR_THE_END;
        loop {
            match self.inbox.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(message) => self.received.push(message),
                Err(RecvTimeoutError::Disconnected) => return std::mem::take(&mut self.received),
                Err(RecvTimeoutError::Timeout) => panic!("the server has not ended"),
            }
        }
    }

    /// Ends the server's input.
    pub fn close_input(&mut self) {
        self.input = None;
    }

    /// Waits for the end of the server; returns its exit code.
    pub fn exit_code(&mut self) -> i32 {
        let start = Instant::now();
        loop {
            let status = self.server.lock().unwrap().try_wait().expect("a child of ours");
            if let Some(status) = status {
                println!("the server ended after {:?}", start.elapsed());
                return status.code().unwrap_or_else(|| panic!("ended by {status}"));
            }
            assert!(start.elapsed() < PATIENCE_FOR_THE_END, "the server does not end");
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// `shutdown` and `exit`; returns the exit code.
    pub fn finish(&mut self) -> i32 {
        self.call("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        self.exit_code()
    }

    /// Most memory that the server has had in use so far, in MiB.
    pub fn memory(&self) -> u64 {
        memory_high_water(self.pid())
    }

    /// The home folder of the server.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The number of the process that was started.
    pub fn pid(&self) -> u32 {
        self.server.lock().unwrap().id()
    }

    /// Kills the process that was started, and does not collect its exit code.
    pub fn kill(&self) {
        self.server.lock().unwrap().kill().expect("it runs");
    }

    /// What the server has written to its standard error.
    pub fn stderr(&self) -> String {
        self.errors.lock().unwrap().clone()
    }

    fn waiting(&self) -> String {
        let list: Vec<String> = self.received.iter().map(|message| clip(message, 300)).collect();
        format!("[{}]", list.join(", "))
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let mut server = self.server.lock().unwrap_or_else(|broken| broken.into_inner());
        let _ = server.kill();
        let _ = server.wait();
    }
}

/// The result that `response` must have.
pub fn result(mut response: Value) -> Value {
    assert!(response.get("error").is_none(), "an error: {}", clip(&response, 500));
    response.get_mut("result").map(Value::take).expect("a response has a result or an error")
}

/// The code of the error that `response` must have.
pub fn error_code(response: &Value) -> i64 {
    assert!(response.get("result").is_none(), "no error: {}", clip(response, 500));
    assert!(response["error"]["message"].is_string(), "an error says what is wrong");
    response["error"]["code"].as_i64().expect("an error has a code")
}

fn clip(value: &Value, len: usize) -> String {
    value.to_string().chars().take(len).collect()
}

/// Posts what `output` holds; anything but well-formed messages is a panic, which closes the inbox.
fn read_messages(output: impl Read, post: &Sender<Value>) {
    let mut output = BufReader::new(output);
    while let Some(body) = read_frame(&mut output) {
        let message: Value = serde_json::from_slice(&body).expect("the server writes JSON");
        assert_eq!(message["jsonrpc"], "2.0", "{message}");
        let is_call = message.get("method").is_some();
        let kinds = ["result", "error"].iter().filter(|&&kind| message.get(kind).is_some()).count();
        assert_eq!(kinds, usize::from(!is_call), "not a message: {}", clip(&message, 500));
        if post.send(message).is_err() {
            return;
        }
    }
}

/// The next body, or nothing at the end of the stream, which must be between two messages.
fn read_frame(output: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut header = String::new();
    if output.read_line(&mut header).expect("a header is text") == 0 {
        return None;
    }
    let length = header.strip_prefix("Content-Length: ").map(str::trim_end);
    let length = length.and_then(|length| length.parse().ok());
    let length = length.unwrap_or_else(|| panic!("not a header: {header:?}"));
    let mut empty = String::new();
    output.read_line(&mut empty).expect("a header is text");
    assert_eq!(empty, "\r\n", "one header field and an empty line");
    let mut body = vec![0; length];
    output.read_exact(&mut body).expect("the whole of the body");
    Some(body)
}
