//! Ends the server when the process that started it has died without saying so.

use std::io;
use std::thread;
use std::time::Duration;

/// How often is looked.
const PERIOD: Duration = Duration::from_secs(2);

/// Calls `dead` when the process `pid` is gone. A process that cannot be seen to begin with, such
/// as one outside this container, is not watched.
///
/// # Errors
/// When the thread cannot be started.
pub fn watch(pid: u32, dead: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let Some(first) = identity(pid) else { return Ok(()) };
    thread::Builder::new().name("parent".into()).spawn(move || {
        // Another identity is another process that got the number of the dead one.
        while identity(pid).as_ref() == Some(&first) {
            thread::sleep(PERIOD);
        }
        dead();
    })?;
    Ok(())
}

/// Something that stays the same as long as the process lives; nothing when it does not.
#[cfg(target_os = "linux")]
fn identity(pid: u32) -> Option<String> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // proc(5): the name in parentheses may hold anything; then come the state (field 3) and, as
    // field 22, the time when the process started.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    let state = fields.next()?;
    let started = fields.nth(18)?;
    (!matches!(state, "Z" | "X")).then(|| started.to_owned())
}

#[cfg(all(unix, not(target_os = "linux")))]
fn identity(pid: u32) -> Option<()> {
    let pid = rustix::process::Pid::from_raw(i32::try_from(pid).ok()?)?;
    match rustix::process::test_kill_process(pid) {
        Ok(()) | Err(rustix::io::Errno::PERM) => Some(()),
        Err(_) => None,
    }
}

/// Elsewhere the end of stdin is the only sign.
#[cfg(not(unix))]
fn identity(_: u32) -> Option<()> {
    None
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::process::Command;
    use std::sync::mpsc::channel;

    #[test]
    fn a_dead_parent_is_noticed_even_before_it_is_reaped() {
        let mut parent = Command::new("sleep").arg("60").spawn().unwrap();
        let (send, dead) = channel();
        watch(parent.id(), move || send.send(()).unwrap()).unwrap();
        assert!(dead.recv_timeout(Duration::from_millis(100)).is_err());
        parent.kill().unwrap();
        dead.recv_timeout(Duration::from_secs(60)).unwrap();
        parent.wait().unwrap();
        assert_eq!(identity(parent.id()), None);
    }

    #[test]
    fn a_process_out_of_sight_is_not_watched() {
        let (send, dead) = channel::<()>();
        watch(u32::MAX, move || send.send(()).unwrap()).unwrap();
        assert!(dead.recv().is_err());
    }
}
