//! Packs as a whole: the built-in one, and such as want to take all day.

use std::sync::mpsc::channel;
use std::time::Duration;

use super::{CONCEPT, FRONT, pack};
use crate::Library;
use crate::content::testing::{add, builtin};

/// Ten times as long as work that does not grow faster than the pack may take anywhere.
const PATIENCE: Duration = Duration::from_secs(300);

#[test]
fn hostile_packs_are_flat_work() {
    let (send, done) = channel();
    std::thread::spawn(move || {
        load_hostile_packs();
        send.send(()).unwrap();
    });
    // It ends before that, too, when the thread panics.
    done.recv_timeout(PATIENCE).expect("they are loaded or refused");
}

fn load_hostile_packs() {
    let mega = |text: &str| text.repeat((30 << 10) / text.len());
    for text in [
        "[[x]]", "`a` ", "## x\n\n", "[[`", "{name} ", "- ", "> ", "[", "![a](", "**a", "<a ",
        "\\`",
    ] {
        let page = format!("{CONCEPT}{}", mega(text));
        let card = format!("{FRONT}{{name}}\n\n{}", &mega(text)[..24 << 10]);
        let mut library = Library::default();
        let _ = add(&mut library, &pack(&[("c/concept.md", &page), ("c/cards/one.md", &card)]));
    }
    let units = format!("units = [\n{}]", mega("\"c.key.1\",\n"));
    let page = CONCEPT.replace("units = [\"c.key.1\"]", &units);
    assert!(add(&mut Library::default(), &pack(&[("c/concept.md", &page)])).is_err());
    let nested = format!("id = {}", mega("["));
    assert!(add(&mut Library::default(), &pack(&[("pack.toml", &nested)])).is_err());
}

#[test]
fn built_in_pages_hold_python_and_plain_words() {
    let library = builtin();
    for topic in library.topics() {
        let page = library.explain(&topic.name).unwrap();
        let plain = crate::markdown::plain_text(&page);
        assert!(
            !plain.contains("](https") && !plain.contains("```") && !plain.contains("\n#"),
            "{plain}"
        );
        for code in page.split("```py").skip(1) {
            let code = code.split("```").next().unwrap().split_once('\n').unwrap().1;
            let document = crate::Document::new(code);
            for item in document.items() {
                assert!(!item.tree().unwrap().root_node().is_broken(), "{}", item.text());
            }
        }
    }
}
