//! A client at the other end of the real server.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

/// Longer than any answer takes on a loaded machine.
const PATIENCE: Duration = Duration::from_secs(60);

pub const URI: &str = "file:///w/api.py";

pub struct Client {
    server: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    /// What came while something else was waited for.
    kept: VecDeque<Value>,
    last: i64,
}

impl Client {
    /// Starts a server that keeps progress in `data`, for a client with these capabilities.
    pub fn start(data: &Path, name: &str, capabilities: Value) -> Self {
        let program = Command::new(env!("CARGO_BIN_EXE_pygloss"));
        Self::start_by(program, data, name, capabilities)
    }

    /// The same by a command of one's own.
    pub fn start_by(mut program: Command, data: &Path, name: &str, capabilities: Value) -> Self {
        let mut server = program
            .env("PYGLOSS_DATA_DIR", data)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = server.stdin.take().unwrap();
        let mut output = BufReader::new(server.stdout.take().unwrap());
        let (sender, messages) = channel();
        thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let mut client = Self { server, input, messages, kept: VecDeque::new(), last: 0 };
        let params = json!({
            "processId": null,
            "rootUri": null,
            "clientInfo": { "name": name },
            "capabilities": capabilities,
        });
        client.request("initialize", params).unwrap();
        client.notify("initialized", json!({}));
        client
    }

    /// A client that draws quizzes itself.
    pub fn rich(data: &Path) -> Self {
        Self::start(data, "test", json!({ "experimental": { "pygloss": { "protocol": 1 } } }))
    }

    pub fn open(&mut self, text: &str) {
        let document = json!({ "uri": URI, "languageId": "python", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Inserts `text` at the start of a line.
    pub fn insert(&mut self, version: i32, line: u32, text: &str) {
        let at = json!({ "line": line, "character": 0 });
        let change = json!({ "range": { "start": at, "end": at }, "text": text });
        let document = json!({ "uri": URI, "version": version });
        let params = json!({ "textDocument": document, "contentChanges": [change] });
        self.notify("textDocument/didChange", params);
    }

    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// The result of a request, or its error.
    pub fn request(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        self.last += 1;
        let id = self.last;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        let mut answer =
            self.wait(|message| message["id"] == id && message.get("method").is_none());
        match answer.get_mut("error") {
            Some(error) => Err(error.take()),
            None => Ok(answer["result"].take()),
        }
    }

    pub fn quiz(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        self.request(&format!("pygloss/quiz/{method}"), params)
    }

    pub fn command(&mut self, name: &str, argument: Value) -> Result<Value, Value> {
        let params = json!({ "command": format!("pygloss.quiz.{name}"), "arguments": [argument] });
        self.request("workspace/executeCommand", params)
    }

    /// The next message of the server with this method.
    pub fn expect(&mut self, method: &str) -> Value {
        self.wait(|message| message["method"] == method)
    }

    /// The next message of the server with one of these methods.
    pub fn next_of(&mut self, methods: &[&str]) -> Value {
        self.wait(|message| methods.iter().any(|method| message["method"] == *method))
    }

    /// Whether a message with this method has come and was not taken.
    pub fn has(&self, method: &str) -> bool {
        self.kept.iter().any(|message| message["method"] == method)
    }

    /// Answers a request of the server.
    pub fn answer(&mut self, request: &Value, result: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "id": request["id"], "result": result }));
    }

    /// Presses the button with this title of a prompt.
    pub fn press(&mut self, prompt: &Value, title: &str) {
        assert!(titles(prompt).iter().any(|known| known == title), "no {title} in {prompt}");
        self.answer(prompt, json!({ "title": title }));
    }

    /// What has come by now that the reader of a quiz sees. The requests make sure that the server is
    /// done with what it got before.
    pub fn rest(&mut self) -> Vec<Value> {
        self.request("textDocument/hover", hover(0, 0)).unwrap();
        // What the store answers comes from another thread.
        let _ = self.quiz("stop", json!({ "sessionId": "none" }));
        let mut rest: Vec<_> = self.kept.drain(..).collect();
        rest.retain(|message| {
            let method = message["method"].as_str().unwrap_or_default();
            method.starts_with("window/showMessage") || method.starts_with("pygloss/")
        });
        rest
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    }

    fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.kept.iter().position(&wanted) {
            return self.kept.remove(at).unwrap();
        }
        loop {
            match self.messages.recv_timeout(PATIENCE) {
                Ok(message) if wanted(&message) => return message,
                Ok(message) => self.kept.push_back(message),
                Err(RecvTimeoutError::Timeout) => panic!("no answer; came: {:#?}", self.kept),
                Err(RecvTimeoutError::Disconnected) => panic!("the server ended"),
            }
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

pub fn hover(line: u32, character: u32) -> Value {
    json!({ "textDocument": { "uri": URI }, "position": { "line": line, "character": character } })
}

pub fn titles(prompt: &Value) -> Vec<String> {
    let actions = prompt["params"]["actions"].as_array().cloned().unwrap_or_default();
    actions.iter().map(|action| action["title"].as_str().unwrap().to_owned()).collect()
}

fn read(input: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if input.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim() {
            "" => break,
            line => {
                if let Some(value) = line.strip_prefix("Content-Length: ") {
                    length = value.parse().ok()?;
                }
            }
        }
    }
    let mut body = vec![0; length];
    input.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}
