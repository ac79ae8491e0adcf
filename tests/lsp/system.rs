//! The server among other processes: whom it outlives and what it asks of the operating system.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use serde_json::{Value, json};

use crate::client::Client;
use crate::documents::{DECORATED, URI, WRAPPER, assert_alive, replace};
use crate::process::program;

/// A process that does nothing; killed at the end.
struct Idler(Child);

impl Idler {
    fn start() -> Self {
        let idler = Command::new("sleep").arg("600").stdin(Stdio::null()).spawn();
        Self(idler.expect("`sleep` runs"))
    }
}

impl Drop for Idler {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn the_server_ends_with_the_process_that_started_it() {
    // The shell stays between us and the server, which has our end of its input, so that the
    // death of the shell does not end that.
    let mut command = Command::new("sh");
    command.args(["-c", "exec 3<&0; \"$0\" <&3 & wait"]).arg(program());
    let mut client = Client::spawn_deaf(&mut command).listen();
    client.initialize(json!({ "processId": client.pid(), "capabilities": {} }));
    assert_alive(&mut client);
    let start = Instant::now();
    client.kill();
    // Its output ends when it does, within the limits of `rest`.
    client.rest();
    println!("ended {:?} after the process that started it", start.elapsed());
}

#[test]
fn the_server_ends_with_the_process_that_the_client_names() {
    let mut idler = Idler::start();
    let mut client = Client::start_with(json!({ "processId": idler.0.id(), "capabilities": {} }));
    assert_alive(&mut client);
    idler.0.kill().expect("it runs");
    idler.0.wait().expect("it ends");
    let start = Instant::now();
    assert_eq!(client.exit_code(), 1);
    println!("ended {:?} after the client's process", start.elapsed());
}

#[test]
fn a_busy_server_ends_with_its_client_too() {
    let mut idler = Idler::start();
    let mut client = Client::start_with(json!({ "processId": idler.0.id(), "capabilities": {} }));
    client.request("pygloss/test", json!({ "sleepMs": 600_000 }));
    idler.0.kill().expect("it runs");
    assert_eq!(client.exit_code(), 1);
}

#[test]
fn a_client_in_another_container_is_not_missed() {
    let processes = [json!(4_000_000), json!(i32::MAX), Value::Null];
    let mut clients = processes
        .map(|process| Client::start_with(json!({ "processId": process, "capabilities": {} })));
    std::thread::sleep(std::time::Duration::from_millis(2500));
    clients.iter_mut().for_each(assert_alive);
}

/// A session with everything in it, under `strace`; the calls that it made.
fn traced_session(calls: &str) -> (Vec<String>, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder for the trace");
    let trace = folder.path().join("trace");
    let mut command = Command::new("strace");
    command.args(["-f", "-s", "4096", "-e", &format!("trace={calls}"), "-o"]);
    command.arg(&trace).arg(program());
    assert!(
        Command::new("strace").arg("-V").stdout(Stdio::null()).status().is_ok(),
        "this test needs `strace`: apt-get install strace"
    );
    let mut client = Client::spawn_deaf(&mut command).listen();
    let home = client.home().to_owned();
    client.initialize(json!({
        "processId": std::process::id(),
        "rootUri": "file:///workspace",
        "capabilities": {
            "workspace": { "configuration": true },
            "window": { "showMessage": {}, "showDocument": { "support": true } },
            "textDocument": { "codeAction": {
                "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } },
            } },
        },
    }));
    let question = client.expect_call("workspace/configuration");
    client.answer(&question["id"], json!([null]));
    assert_alive(&mut client);
    client.open(URI, DECORATED);
    client.change(URI, 2, json!([replace((0, 0), (0, 0), "import os\n")]));
    let wrapper = (WRAPPER.0 + 1, WRAPPER.1);
    assert_ne!(client.actions(URI, wrapper, wrapper), json!([]));
    client.expect_call("textDocument/publishDiagnostics");
    assert_eq!(client.finish(), 0);
    let calls = fs::read_to_string(&trace).expect("strace writes what it saw");
    (calls.lines().map(str::to_owned).collect(), home)
}

#[test]
fn the_server_starts_no_program_and_opens_no_socket() {
    let calls = "execve,execveat,socket,socketpair,connect,bind,listen,sendto,sendmsg";
    let (calls, _) = traced_session(calls);
    let calls: Vec<&String> =
        calls.iter().filter(|call| !call.contains("+++") && !call.contains("---")).collect();
    assert_eq!(calls.len(), 1, "{calls:#?}");
    assert!(calls[0].contains(&format!("execve({:?}", program())), "only its own start: {calls:?}");
}

#[test]
fn the_server_writes_only_below_its_own_folder() {
    let files = "open,openat,openat2,creat,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat";
    let (calls, home) = traced_session(files);
    assert!(calls.iter().any(|call| call.contains("open")), "something was traced");
    let changes = |call: &&String| {
        let opens = call.contains("open");
        let writes = ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC"];
        !call.contains("+++") && (!opens || writes.iter().any(|flag| call.contains(flag)))
    };
    for call in calls.iter().filter(changes) {
        let path = call.split('"').nth(1).map(Path::new);
        assert!(path.is_some_and(|path| path.starts_with(&home)), "{call}");
    }
}
