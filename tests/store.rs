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

#[cfg(unix)]
#[test]
fn what_was_acknowledged_survives_a_kill() {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;
    const TEST: &str = "what_was_acknowledged_survives_a_kill";
    if let Ok(role) = env::var(ROLE) {
        let (writer, folder) = role.split_once(' ').unwrap();
        let mut opened = store::open(Path::new(folder));
        for number in 0.. {
            opened.store.record(&review(writer.parse().unwrap(), number)).unwrap();
            eprintln!("kept {number}");
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = 0;
    for writer in 0..8 {
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", TEST, "--nocapture"])
            .env(ROLE, format!("{writer} {}", folder.path().display()))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let kept = lines.map_while(Result::ok).filter(|line| line.starts_with("kept"));
        acknowledged += u32::try_from(kept.take(5 + writer).count()).unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let opened = store::open(folder.path());
    assert_eq!(opened.notice, None);
    assert!(opened.store.reviews().unwrap() >= acknowledged);
    assert_eq!(acknowledged, (5..13).sum::<u32>());
}
