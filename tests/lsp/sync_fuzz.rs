//! Random edits: the server's idea of the text is ours, and its answers are those for a document
//! that was opened with the final text.
//!
//! `PYGLOSS_SEED=<number>` repeats a run; the seed of a run is printed.

use fastrand::Rng;
use serde_json::{Value, json};

use crate::client::{Client, result};
use crate::documents::{DECORATED, URI, replace};

const FRESH: &str = "file:///workspace/fresh.py";

/// Documents a run edits, and notifications for each.
const DOCUMENTS: usize = 48;
const NOTIFICATIONS: usize = 16;

/// What edits put in most of the time.
const HARMLESS: &[&str] = &[
    "",
    "a",
    "é",
    "漢",
    "😀",
    "𐐨",
    "\n",
    "\r\n",
    "\r",
    "\u{c}",
    "#",
    "    ",
    "@log\n",
    "def f():\n    pass\n",
    "    return wrapper\n",
    "import functools\n",
    DECORATED,
];

/// What edits put in now and then, with consequences far away.
const HARMFUL: &[&str] = &[
    "\u{feff}",
    "\u{2028}",
    "\u{85}",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "'",
    "\"",
    "'''",
    "\"\"\"",
    "f'{",
    "\\\n",
    ":",
    "\t",
    "class C:\n",
    "else:\n",
    "nonlocal x\n",
    "return",
];

/// The text as this client holds it, with its own reading of positions.
struct Model {
    text: String,
    utf16: bool,
}

impl Model {
    /// Where each line starts and where its content ends, in bytes.
    fn lines(&self) -> Vec<(usize, usize)> {
        let bytes = self.text.as_bytes();
        let mut lines = Vec::new();
        let mut start = 0;
        let mut at = 0;
        while at < bytes.len() {
            let width = match bytes[at] {
                b'\r' if bytes.get(at + 1) == Some(&b'\n') => 2,
                b'\r' | b'\n' => 1,
                _ => {
                    at += 1;
                    continue;
                }
            };
            lines.push((start, at));
            at += width;
            start = at;
        }
        lines.push((start, bytes.len()));
        lines
    }

    /// The byte that a position means: past the end of a line its end, inside a character the
    /// start of that.
    fn offset(&self, (line, character): (u32, u32)) -> usize {
        let lines = self.lines();
        let Some(&(start, end)) = lines.get(line as usize) else { return self.text.len() };
        let mut left = character as usize;
        let mut at = start;
        for c in self.text[start..end].chars() {
            let width = if self.utf16 { c.len_utf16() } else { c.len_utf8() };
            if left < width {
                break;
            }
            left -= width;
            at += c.len_utf8();
        }
        at
    }

    /// Somewhere in the text, or near its edges.
    fn position(&self, rng: &mut Rng) -> (u32, u32) {
        let lines = self.lines();
        let line = rng.usize(..lines.len() + 1);
        let (start, end) = lines.get(line).copied().unwrap_or_default();
        let character = match rng.u8(..10) {
            0 => rng.usize(..200),
            1 => u32::MAX as usize,
            _ => rng.usize(..=end - start),
        };
        (line as u32, character as u32)
    }

    /// Where words of [`DECORATED`] stand, which have cards.
    fn words(&self) -> Vec<(u32, u32)> {
        let lines = self.lines();
        let finds = ["log", "api_call", "wrapper"].iter().flat_map(|w| self.text.match_indices(w));
        finds
            .map(|(at, _)| {
                let line = lines.partition_point(|&(start, _)| start <= at) - 1;
                let before = &self.text[lines[line].0..at];
                let units = if self.utf16 { before.encode_utf16().count() } else { before.len() };
                (line as u32, units as u32)
            })
            .collect()
    }

    fn change(&mut self, rng: &mut Rng) -> Value {
        let pieces = if rng.usize(..20) == 0 { HARMFUL } else { HARMLESS };
        let piece = pieces[rng.usize(..pieces.len())];
        if rng.usize(..100) == 0 {
            piece.clone_into(&mut self.text);
            return json!({ "text": piece });
        }
        let start = self.position(rng);
        // Mostly short, sometimes anything, sometimes reversed.
        let end = match rng.u8(..20) {
            0..10 => start,
            10..19 => (start.0, start.1.saturating_add(rng.u32(..6))),
            _ => self.position(rng),
        };
        let (a, b) = (self.offset(start), self.offset(end));
        self.text.replace_range(a.min(b)..a.max(b), piece);
        replace(start, end, piece)
    }
}

fn beginnings() -> Vec<String> {
    let astral = DECORATED.replace("wrapper", "wräpper𐐨").replace("Calls", "😀漢é");
    let mixed = DECORATED.replacen('\n', "\r\n", 3).replacen("\n\n", "\r\r", 1);
    vec![
        DECORATED.to_owned(),
        DECORATED.replace('\n', "\r\n"),
        DECORATED.replace('\n', "\r"),
        format!("\u{feff}{DECORATED}"),
        astral,
        mixed,
        format!("{DECORATED}\u{c}\n{DECORATED}").replace("api_call", "é"),
        String::new(),
    ]
}

/// All that the server says about a document, without its name and version.
fn answers(client: &mut Client, uri: &str, places: &[(u32, u32)]) -> Vec<Value> {
    let hovers: Vec<i64> = places.iter().map(|&place| client.ask_hover(uri, place)).collect();
    let mut answers: Vec<Value> =
        hovers.into_iter().map(|id| result(client.response(id))).collect();
    answers.push(client.pull(uri, None)["items"].clone());
    answers.push(client.actions(uri, (0, 0), (u32::MAX, 0)));
    for answer in &mut answers {
        let plain = answer.to_string().replace(uri, "").replace(r#""version":2"#, r#""version":1"#);
        *answer = serde_json::from_str(&plain).expect("still JSON");
    }
    answers
}

fn run(encoding: &str) {
    let seed = std::env::var("PYGLOSS_SEED").ok();
    let seed = seed.map_or_else(|| fastrand::u64(..), |seed| seed.parse().expect("a number"));
    println!("PYGLOSS_SEED={seed}");
    let mut rng = Rng::with_seed(seed);
    let literals = json!({ "codeActionKind": { "valueSet": ["quickfix"] } });
    let mut client = Client::start(json!({
        "general": { "positionEncodings": [encoding] },
        "textDocument": {
            "diagnostic": {},
            "codeAction": { "codeActionLiteralSupport": literals },
        },
    }));
    let (mut said, mut found) = (0, 0);
    for (round, text) in beginnings().into_iter().cycle().take(DOCUMENTS).enumerate() {
        let mut model = Model { text, utf16: encoding == "utf-16" };
        client.open(URI, &model.text);
        for notification in 0..NOTIFICATIONS {
            let changes = (0..rng.usize(1..5)).map(|_| model.change(&mut rng));
            let changes = changes.collect::<Vec<Value>>();
            client.change(URI, 2, json!(changes));
            if rng.usize(..4) == 0 {
                // Trees are made when they are asked for: sometimes in between.
                client.hover(URI, model.position(&mut rng));
            }
            let held = client.held(URI).0;
            assert_eq!(held, model.text, "seed {seed}, document {round}.{notification}");
        }
        let mut places = model.words();
        rng.shuffle(&mut places);
        places.truncate(40);
        places.extend((0..20).map(|_| model.position(&mut rng)));
        let edited = answers(&mut client, URI, &places);
        client.open(FRESH, &model.text);
        let fresh = answers(&mut client, FRESH, &places);
        said += fresh.iter().filter(|answer| answer.is_object()).count();
        found += fresh[places.len()].as_array().expect("a list").len();
        for (index, (edited, fresh)) in edited.iter().zip(&fresh).enumerate() {
            let place = places.get(index);
            let text = &model.text;
            assert_eq!(edited, fresh, "seed {seed}, document {round}, {place:?} of {text:?}");
        }
        client.close(FRESH);
        client.close(URI);
    }
    println!("{said} hovers had something to say, {found} findings");
    assert!(said > 20 && found > 0, "the texts are beyond all reading");
    assert_eq!(client.finish(), 0);
}

#[test]
fn random_edits_in_utf16() {
    run("utf-16");
}

#[test]
fn random_edits_in_utf8() {
    run("utf-8");
}
