//! Several servers on one store lose nothing and agree.

use std::env;
use std::path::Path;
use std::process::Command;

use pygloss::store::{self, Review};

const PROCESSES: u32 = 4;
const ANSWERS: u32 = 500;
const ROLE: &str = "PYGLOSS_STORE_TEST_WRITER";

fn review(writer: u32, number: u32) -> Review {
    Review {
        id: u128::from(writer) << 64 | u128::from(number),
        session: format!("writer {writer}"),
        at: i64::from(number) * 40_000_000 + i64::from(writer),
        card: format!("p/c/card-{}", number % 40),
        variant: format!("v{}", number % 2),
        seed: u64::from(number),
        source: "pack",
        outcome: if number.is_multiple_of(5) { "wrong" } else { "right" },
        grade: if number.is_multiple_of(5) { 1 } else { 3 },
        confidence: Some("sure"),
        hints: 0,
        ms: None,
    }
}

fn write_all(folder: &Path, writer: u32) {
    let mut opened = store::open(folder);
    assert_eq!(opened.notice, None);
    for number in 0..ANSWERS {
        opened.store.record(&review(writer, number)).unwrap();
    }
}

#[test]
fn four_servers_write_to_one_store() {
    if let Ok(role) = env::var(ROLE) {
        let (writer, folder) = role.split_once(' ').unwrap();
        return write_all(Path::new(folder), writer.parse().unwrap());
    }
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let writers: Vec<_> = (0..PROCESSES)
        .map(|writer| {
            Command::new(env::current_exe().unwrap())
                .args(["--exact", "four_servers_write_to_one_store"])
                .env(ROLE, format!("{writer} {}", data.display()))
                .spawn()
                .unwrap()
        })
        .collect();
    for mut writer in writers {
        assert!(writer.wait().unwrap().success());
    }
    let together = store::open(&data).store;
    assert_eq!(together.reviews().unwrap(), PROCESSES * ANSWERS);
    let mut alone = store::open_in_memory();
    for writer in 0..PROCESSES {
        for number in 0..ANSWERS {
            alone.record(&review(writer, number)).unwrap();
        }
    }
    assert_eq!(together.cards().unwrap(), alone.cards().unwrap());
}

/// Answers until it is killed or has answered `most` times; says on standard error what was kept, and what was
/// refused and why.
fn write_until(role: &str, most: u32) {
    let (writer, folder) = role.split_once(' ').unwrap();
    let mut opened = store::open(Path::new(folder));
    for number in 0..most {
        let review = review(writer.parse().unwrap(), number);
        match opened.store.record(&review) {
            Ok(_) => eprintln!("kept {:032x}", review.id),
            Err(error) => eprintln!("refused: {error}"),
        }
    }
}

/// The ids of the answers that count.
fn ids(store: &store::Store) -> String {
    let mut log = Vec::new();
    store.export(&mut log).unwrap();
    String::from_utf8(log).unwrap()
}

#[cfg(unix)]
#[test]
fn what_was_acknowledged_survives_a_kill() {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;
    const TEST: &str = "what_was_acknowledged_survives_a_kill";
    const KILLS: usize = 200;
    if let Ok(role) = env::var(ROLE) {
        return write_until(&role, u32::MAX);
    }
    let folder = tempfile::tempdir().unwrap();
    let kill_one = |writer: usize| {
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", TEST, "--nocapture"])
            .env(ROLE, format!("{writer} {}", folder.path().display()))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let kept = lines
            .map_while(Result::ok)
            .filter_map(|line| line.strip_prefix("kept ").map(str::to_owned));
        let acknowledged: Vec<String> = kept.take(1 + writer % 7).collect();
        child.kill().unwrap();
        child.wait().unwrap();
        acknowledged
    };
    // Four at a time, each killed in the middle of its work.
    let acknowledged: Vec<String> = std::thread::scope(|scope| {
        let lanes: Vec<_> = (0..4)
            .map(|lane| {
                scope.spawn(move || (lane..KILLS).step_by(4).flat_map(kill_one).collect::<Vec<_>>())
            })
            .collect();
        lanes.into_iter().flat_map(|lane| lane.join().unwrap()).collect()
    });
    let opened = store::open(folder.path());
    assert_eq!(opened.notice, None);
    assert_eq!(acknowledged.len(), (0..KILLS).map(|writer| 1 + writer % 7).sum::<usize>());
    let there = ids(&opened.store);
    for id in acknowledged {
        assert!(there.contains(&id), "{id} was acknowledged");
    }
}

/// No file may grow beyond a limit, as on a full disk. What was acknowledged before is there, what could not be
/// kept is refused with a reason, and nothing else happens.
#[cfg(unix)]
#[test]
fn a_full_disk_refuses_answers_and_loses_none() {
    const TEST: &str = "a_full_disk_refuses_answers_and_loses_none";
    if let Ok(role) = env::var(ROLE) {
        return write_until(&role, 400);
    }
    let folder = tempfile::tempdir().unwrap();
    drop(store::open(folder.path()));
    // In blocks of 512 bytes; without the trap the program would be ended by a signal.
    let script = "trap '' XFSZ; ulimit -f 256; exec \"$0\" --exact \"$1\" --nocapture";
    let done = Command::new("sh")
        .args(["-c", script])
        .arg(env::current_exe().unwrap())
        .arg(TEST)
        .env(ROLE, format!("7 {}", folder.path().display()))
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
    let said = String::from_utf8(done.stderr).unwrap();
    let kept: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix("kept ")).collect();
    let refused: Vec<&str> =
        said.lines().filter_map(|line| line.strip_prefix("refused: ")).collect();
    assert_eq!(kept.len() + refused.len(), 400, "{said}");
    assert!(!kept.is_empty() && !refused.is_empty(), "{said}");
    assert!(refused.iter().all(|why| why.contains("disk")), "{refused:?}");
    let mut opened = store::open(folder.path());
    assert_eq!(opened.notice, None);
    let there = ids(&opened.store);
    assert_eq!(there.lines().count(), kept.len());
    for id in kept {
        assert!(there.contains(id), "{id} was acknowledged");
    }
    opened.store.record(&review(8, 1)).unwrap();
}
