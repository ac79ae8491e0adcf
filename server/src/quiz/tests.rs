//! What crosses the wire before an answer does not depend on the answer.

use std::io;
use std::sync::mpsc::channel;

use pygloss_core::Library;
use pygloss_core::content::PackFile;
use serde_json::{Value, json};
use tower_lsp::lsp_types::Url;

use super::engine::{self, DICE};
use super::wire::{StartParams, Step, Ui};
use super::worksheet::{self, Action};
use super::{pause, show, start};
use crate::gate::Writer;
use crate::handlers::sync;
use crate::shelf::Shelf;
use crate::store::data_folder;
use crate::world::World;

const URI: &str = "file:///w/a.py";

/// With `@` for `mark` the wrapper keeps the name, with `#` it does not.
fn source(mark: char) -> String {
    format!(
        "import functools\ndef log(func):\n    {mark}functools.wraps(func)\n    def wrapper(*args):\n        \
         return func(*args)\n    return wrapper\n\n@log\ndef save(): ...\n"
    )
}

/// The places of four options in a right order, by the number of the library.
const ORDERS: [[usize; 4]; 4] = [[0, 1, 2, 3], [3, 0, 2, 1], [1, 2, 3, 0], [2, 1, 0, 3]];

/// Eight questions whose option `right` is right, one where that option alone is wrong, one for an
/// order, one with a blank for the number `right`, one to explain a word with that number, and one about
/// the reader's code.
fn library(right: usize) -> Library {
    let mut quiz = String::new();
    for item in 0..8 {
        let option = |n: usize| {
            let right = if n == right { "right = true, " } else { "" };
            format!("{{ text = \"option {n}\", {right}why = \"because {item} {n}\" }}")
        };
        quiz.push_str(&format!(
            "[[item]]\nid = \"i{item}\"\nunits = [\"c.a.1\"]\nhints = [\"First\", \"Second\"]\n\
             [[item.variant]]\nid = \"a\"\nkind = \"choice\"\nprompt = \"Question {item}?\"\n\
             options = [{}, {}, {}, {}]\n",
            option(0),
            option(1),
            option(2),
            option(3),
        ));
    }
    let option = |n: usize, is_right: bool| {
        let right = if is_right { "right = true, " } else { "" };
        format!("{{ text = \"option {n}\", {right}why = \"because {n}\" }}, ")
    };
    let several: String = (0..4).map(|n| option(n, n != right)).collect();
    let order: String = ORDERS[right].iter().map(|&n| option(n, false)).collect();
    for (kind, options) in [("several", several), ("order", order)] {
        quiz.push_str(&format!(
            "[[item]]\nid = \"{kind}\"\nunits = [\"c.a.1\"]\nhints = [\"First\", \"Second\"]\n\
             [[item.variant]]\nid = \"a\"\nkind = \"{kind}\"\nprompt = \"Of {kind}?\"\n\
             options = [{options}]\n"
        ));
    }
    let forms: String = (0..=right + 1)
        .map(|n| {
            let right = if n == right { "right = true, " } else { "" };
            format!("{{ text = \"{n}\", {right}why = \"because {n}\" }}, ")
        })
        .collect();
    quiz.push_str(&format!(
        "[[item]]\nid = \"blank\"\nunits = [\"c.a.1\"]\nhints = [\"First\", \"Second\"]\n\
         [[item.variant]]\nid = \"a\"\nkind = \"blank\"\nprompt = \"Fill it.\"\n\
         snippet = \"print(____)\\n\"\nstdout = \"{right}\\n\"\noptions = [{forms}]\n"
    ));
    quiz.push_str(
        "[[item]]\nid = \"code\"\nunits = [\"c.a.1\"]\nhints = [\"Look at {decorator}\"]\n\
         [[item.variant]]\nid = \"a\"\nfrom = \"name-after-decoration\"\n\
         prompt = \"The name of {function} in {line}?\"\n[item.variant.why.always]\n\
         own = \"a\"\nwrapper = \"b\"\ninner = \"c\"\ndecorator = \"d\"\ntype = \"e\"\n",
    );
    quiz.push_str(&format!(
        "[[item]]\nid = \"recall\"\nunits = [\"c.a.1\"]\nhints = [\"First\", \"Second\"]\n\
         [[item.variant]]\nid = \"a\"\nkind = \"recall\"\nprompt = \"Explain it.\"\n\
         model = \"It is word{right}.\"\n[[item.variant.point]]\nid = \"p{right}\"\n\
         title = \"number {right}\"\nwords = [\"word{right}\"]\nwhy = \"because {right}\"\n\
         [[item.variant.check]]\ntext = \"No.\"\npoints = []\n"
    ));
    let interview = "title = \"T\"\nscenario = \"S\"\nnotice = \"N\"\nclosing = \"C\"\n[language]\n\
                     negations = [\"not\"]\naffirmations = []\nbreaks = []\n[[question]]\nid = \"q\"\n\
                     title = \"Q\"\nask = \"?\"\nmodel = \"rain\"\n[[question.point]]\nid = \"p\"\n\
                     title = \"P\"\nwords = [\"rain\"]\nwhy = \"W\"\nfollow = \"F\"\n\
                     [[question.check]]\ntext = \"x\"\npoints = []\nflags = []\n";
    let pack = "id = \"p\"\ntitle = \"P\"\nlicence = \"MIT\"\nrequires-python = \">=3.9\"\n\
                concepts = [\"c\"]\n";
    let concept = "+++\ntitle = \"C\"\nunits = [\"c.a.1\"]\nlinks = []\n+++\nText.\n";
    let files = [
        ("pack.toml", pack),
        ("interview.toml", interview),
        ("c/concept.md", concept),
        ("c/quiz.toml", quiz.as_str()),
    ];
    let files: Vec<_> =
        files.iter().map(|(path, text)| PackFile { path, bytes: text.as_bytes() }).collect();
    let mut library = Library::default();
    library.add_pack(&files).unwrap();
    library
}

fn world(load: fn() -> Library, mark: char) -> World {
    let writer = Writer::start(io::sink(), || {}).unwrap();
    let mut world = World::new(writer, Shelf::new(load, Vec::new()), Box::new(|| {}));
    world.client.draws_several = true;
    world.client.draws_order = true;
    world.client.draws_text = true;
    world.client.draws_words = true;
    world.set_serving(true);
    let document =
        json!({ "uri": URI, "languageId": "python", "version": 1, "text": source(mark) });
    let params = serde_json::from_value(json!({ "textDocument": document })).unwrap();
    sync::open(&mut world, params);
    world
}

/// A step of a session without a store, which comes at once.
fn now(run: impl FnOnce(engine::Then<Step>)) -> Step {
    let (sender, step) = channel();
    run(Box::new(move |_, result| sender.send(result.unwrap()).unwrap()));
    step.try_recv().unwrap()
}

/// Everything that is sent in a session in which each question is shown, hinted at, shown again and
/// skipped; and the number of presentations.
fn traffic(world: &mut World, seed: u64) -> (String, usize) {
    DICE.set(Some(seed));
    let params = json!({ "limit": 50, "textDocument": { "uri": URI } });
    let params: StartParams = serde_json::from_value(params).unwrap();
    let mut sent = String::new();
    let mut shown = 0;
    let mut step = now(|then| start::start(world, params, Ui::Rich, then));
    while let Some(question) = &step.question {
        sent.push_str(&serde_json::to_string(question).unwrap());
        sent.push_str(&step.session.index.to_string());
        let presentation = show::presentation(&question.presentation_id);
        let id = step.session.id.clone();
        let hint = engine::hint(world, &id, presentation).unwrap();
        sent.push_str(&serde_json::to_string(&hint).unwrap());
        let again = now(|then| pause::resume(world, None, Ui::Rich, then));
        let question = again.question.unwrap();
        sent.push_str(&serde_json::to_string(&question).unwrap());
        shown += 2;
        let presentation = show::presentation(&question.presentation_id);
        step = now(|then| engine::skip(world, &id, presentation, then));
    }
    DICE.set(None);
    (sent, shown)
}

#[test]
fn nothing_on_the_wire_tells_the_answer() {
    let mut first = world(|| library(0), '#');
    let mut others = [world(|| library(1), '@'), world(|| library(3), '@')];
    let mut shown = 0;
    for seed in 0.. {
        let (sent, count) = traffic(&mut first, seed);
        assert_eq!(count, 26, "twelve written questions and one computed one, each shown twice");
        let (same, again) = traffic(&mut others[seed as usize % 2], seed);
        assert!(sent == same, "seed {seed}");
        shown += count + again;
        if shown >= 10_000 {
            break;
        }
    }
}

/// Everything that comes with a worksheet in which each question is shown, marked, hinted at and
/// skipped: the blocks, their diagnostics and their actions; and the number of questions.
fn sheets(world: &mut World, seed: u64) -> (String, usize) {
    DICE.set(Some(seed));
    world.client.action_literals = true;
    let file = data_folder().unwrap().join("worksheets/quiz.py");
    let uri = Url::from_file_path(file).unwrap();
    let params = json!({ "limit": 50, "textDocument": { "uri": URI } });
    worksheet::start(world, serde_json::from_value(params).unwrap());
    let mut sent = String::new();
    let mut shown = 0;
    while let Some((id, block)) = worksheet::block(world, "1/1") {
        shown += 1;
        let filled = [("[ ] A", "[x] A"), ("# > ", "# > 0"), ("\"\n\n\"", "\"\nword0 word1\n\"")];
        let filled = filled.map(|(from, to)| block.replace(from, to));
        for text in std::iter::once(block.clone()).chain(filled) {
            let document =
                json!({ "uri": uri, "languageId": "python", "version": 1, "text": text });
            let params = serde_json::from_value(json!({ "textDocument": document })).unwrap();
            sync::open(world, params);
            sent.push_str(&text);
            sent.push_str(&format!("{:?}", worksheet::notes(world, &uri)));
            let place = json!({ "line": 1, "character": 0 });
            let params = json!({
                "textDocument": { "uri": uri }, "range": { "start": place, "end": place },
                "context": { "diagnostics": [] },
            });
            let actions = worksheet::actions(world, &serde_json::from_value(params).unwrap());
            sent.push_str(&serde_json::to_string(&actions).unwrap());
            worksheet::run(world, &uri, Some(&id), Action::Hint);
        }
        worksheet::run(world, &uri, Some(&id), Action::Skip);
    }
    DICE.set(None);
    (sent, shown)
}

#[test]
fn nothing_in_a_worksheet_tells_the_answer() {
    let mut first = world(|| library(0), '#');
    let mut others = [world(|| library(1), '@'), world(|| library(3), '@')];
    for seed in 0..40 {
        let (sent, count) = sheets(&mut first, seed);
        assert_eq!(count, 13, "twelve written questions and one computed one");
        assert!(sent.contains("Check this answer") && sent.contains("Hint: Second"), "{sent}");
        let (same, _) = sheets(&mut others[seed as usize % 2], seed);
        assert!(sent == same, "seed {seed}");
    }
}

#[test]
fn the_answer_is_told_afterwards() {
    for (mark, right) in [('#', "'wrapper'"), ('@', "'save'")] {
        let mut world = world(|| library(0), mark);
        let params = json!({ "mode": "cursor", "textDocument": { "uri": URI } });
        let params: StartParams = serde_json::from_value(params).unwrap();
        let step = now(|then| start::start(&mut world, params, Ui::Rich, then));
        let question = step.question.unwrap();
        let presentation = show::presentation(&question.presentation_id);
        let (sender, verdict) = channel();
        let then = Box::new(move |_: &mut World, result: tower_lsp::jsonrpc::Result<_>| {
            sender.send(serde_json::to_value(result.unwrap()).unwrap()).unwrap();
        });
        let said = (None, None);
        engine::answer(&mut world, &step.session.id, presentation, None, said, then);
        let verdict: Value = verdict.try_recv().unwrap();
        assert_eq!(verdict["headline"], format!("It is {right}."));
        assert_eq!(verdict["card"], Value::Null, "there is no store");
    }
}
