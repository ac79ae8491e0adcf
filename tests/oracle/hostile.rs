//! Text that was made to hurt: each is opened, edited at both ends, asked for all its trees,
//! and must then be what a fresh open is. Prints what that cost.

use std::process::ExitCode;
use std::time::Duration;

use crate::Outcome;
use crate::replay::{Replay, Step};

/// What one step may take of the processor. Far more than the fraction of a second that any step
/// takes on a slow machine, far less than what the same text takes without the bounds.
const LIMIT: Duration = Duration::from_secs(4);

/// Longer than that and the program gives up.
const HANG: Duration = Duration::from_secs(60);

pub fn main(_: &[String]) -> Outcome {
    std::thread::spawn(|| {
        // The whole run takes seconds, so this is no measurement.
        std::thread::sleep(5 * HANG);
        println!("a step never ends");
        std::process::exit(3);
    });
    let mut failures = 0;
    let texts = texts();
    for (name, text) in &texts {
        match run(text) {
            Ok(slowest) => {
                let cost = format!("{:.3} s: {}", slowest.0.as_secs_f64(), slowest.1);
                println!("{name}, {} bytes: at most {cost}", text.len());
                if slowest.0 > LIMIT {
                    println!("{name}: over {LIMIT:?}");
                    failures += 1;
                }
            }
            Err(what) => {
                println!("{name}: {what}");
                failures += 1;
            }
        }
    }
    println!("{} texts", texts.len());
    Ok(ExitCode::from(u8::from(failures > 0)))
}

/// Time of the processor that this thread has used; where the system does not say, of the clock.
fn cpu() -> Duration {
    let nanoseconds = std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|text| text.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(
        || std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default(),
        Duration::from_nanos,
    )
}

/// The slowest step and its name.
fn run(text: &str) -> Result<(Duration, &'static str), String> {
    let mut slowest = (Duration::ZERO, "");
    let mut timed = |name, step: &mut dyn FnMut() -> Result<(), String>| {
        let before = cpu();
        let result = step();
        slowest = slowest.max((cpu() - before, name));
        result
    };
    let mut replay = Replay::open("");
    timed("open", &mut || {
        replay = Replay::open(text);
        Ok(())
    })?;
    let trees = Step::AskTrees { nth: 1 };
    let insert = |at: usize, text: &str| Step::Edit { start: at, end: at, text: text.to_owned() };
    timed("first trees", &mut || replay.run(&trees))?;
    timed("edit at the start", &mut || replay.run(&insert(0, "a")))?;
    timed("trees after it", &mut || replay.run(&trees))?;
    timed("edit at the end", &mut || replay.run(&insert(text.len(), "\nb = (")))?;
    timed("trees after it", &mut || replay.run(&trees))?;
    timed("edit in the middle", &mut || replay.run(&insert(text.len() / 2, "'")))?;
    timed("trees after it", &mut || replay.run(&trees))?;
    replay.run(&Step::Compare)?;
    Ok(slowest)
}

fn texts() -> Vec<(&'static str, String)> {
    let times = |head: &str, part: &str, count: usize, tail: &str| {
        format!("{head}{}{tail}\n", part.repeat(count))
    };
    let staircase =
        |count: usize| (0..count).map(|i| " ".repeat(i) + "if a:\n").collect::<String>();
    vec![
        ("nested brackets", times("x = ", "(", 100_000, "")),
        ("nested brackets that close", times("x = ", "[", 100_000, &"]".repeat(100_000))),
        ("backslash lines", times("x = 1 \\\n", "\\\n", 10_000, "")),
        ("indented backslash lines", times("x = (1 \\\n", "  \\\n\n", 10_000, ")")),
        ("prose", times("", "The fox, it's said, jumps over: (and \"looks back). ", 10_000, "")),
        (
            "prose in lines",
            times("", "The fox, it's said,\njumps over: (and \"looks.\n", 10_000, ""),
        ),
        (
            "prose in a class",
            times("class C:\n", "    It's a list (of [things) that:\n", 10_000, ""),
        ),
        ("open triple quote", times("x = '''\n", "😀😀 text 😀\n", 10_000, "")),
        ("open triple quotes", times("", "x = '''\ny = \"\"\"\ndef f(): f'''{\n", 10_000, "")),
        ("open f-strings", times("", "x = f'''{a\n", 20_000, "")),
        ("a string of 8 MiB", times("x = '", "a", 8 << 20, "'")),
        ("names of 8 MiB", times("", "x ", 4 << 20, "")),
        ("a sum of 8 MiB", times("", "x+", 4 << 20, "1")),
        ("not", times("x = ", "not ", 100_000, "y")),
        ("lambda", times("x = ", "lambda: ", 100_000, "y")),
        ("attributes", times("x = a", ".b", 100_000, "")),
        ("calls", times("x", "()", 100_000, "")),
        ("sum", times("x = a", " + a", 100_000, "")),
        ("comparison", times("x = a", " < a", 100_000, "")),
        ("conditions", times("x = ", "a if b else ", 50_000, "c")),
        ("assignments", times("", "a = ", 100_000, "1")),
        ("decorators", times("", "@d\n", 50_000, "def f(): pass")),
        ("branches", times("if a:\n  b\n", "elif a:\n  b\n", 50_000, "")),
        ("blank lines", "\n".repeat(200_000)),
        ("blank lines in a class", times("class A:\n  x = 1\n", "\n", 200_000, "  y = 1")),
        ("blank lines below a staircase", staircase(200) + &times("", "\n", 200_000, "y")),
        ("comments", times("x\n", "# c\n", 50_000, "y")),
        ("comments in a class", times("class A:\n  x\n", "  # c\n", 50_000, "  y")),
        ("comments in a zigzag", times("class A:\n  x\n", "# c\n  # d\n", 50_000, "  y")),
        ("comments before a tail", times("if a:\n  b\n", "# c\n", 50_000, "else:\n  c")),
        ("comments in brackets", times("x = (1,\n", "# c\n", 50_000, ")")),
        ("staircase", staircase(1_000)),
        ("data", times("x = [", "{\"a\": [1, 2.5, \"b\"]}, ", 100_000, "]")),
        ("open data", times("class A:\n    x = [", "{\"a\": [1, 2.5, \"b\"]},\n", 100_000, "")),
        ("broken methods", times("class A:\n", "    def f(self:\n        x = [1, (\n", 5_000, "")),
        ("nested f-strings", times("x = ", "f'{", 50_000, "")),
        ("open with", times("", "with (", 50_000, "")),
        ("soft keywords", times("", "match type case print ", 50_000, "")),
        ("commas", times("", ",", 200_000, "")),
        ("stars", times("f(", "*", 200_000, "")),
        ("control characters", times("", "\u{1}\u{2}$?`!\0", 100_000, "")),
        ("carriage returns", times("", "a = 1\r", 50_000, "")),
        ("markup", times("", "<div class=\"a\"><p>it's a test</p></div>\n", 10_000, "")),
    ]
}
