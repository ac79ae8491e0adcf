//! Whether a conversion may be meant, by the words on the lines around the cursor alone. The cursor rests on
//! every line, and few of them need a tree to know that nothing is offered there.

use super::CONVERSIONS;
use crate::Document;
use crate::items::logical_line_at;
use crate::syntax::Kind;

/// False when no conversion is about what is at `place` (bytes of the file) and around it.
pub(super) fn may_be_meant(document: &Document, place: usize) -> bool {
    let Some(index) = document.item_at(place) else { return false };
    let item = &document.items()[index];
    if item.is_parsed() || item.is_open() {
        return true;
    }
    let place = place - document.start_of(index);
    let line = logical_line_at(item.text(), place);
    let has = |line: &str, kind: Kind| words(kind).iter().any(|word| has_word(line, word));
    let is_promising = |line: &str| {
        CONVERSIONS.iter().any(|conversion| {
            conversion.kinds.iter().any(|kind| has(line, *kind))
                || conversion.calls.iter().any(|name| has_word(line, name))
        })
    };
    // A loop is meant in its body, too.
    is_promising(line) || heads_above(item.text(), place).any(|head| has(head, Kind::ForStatement))
}

/// The words without which there is no node of a kind.
fn words(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::ListComprehension
        | Kind::SetComprehension
        | Kind::DictionaryComprehension
        | Kind::GeneratorExpression
        | Kind::ForStatement => &["for"],
        Kind::ClassDefinition => &["class"],
        Kind::FunctionDefinition => &["def"],
        Kind::TryStatement => &["try"],
        Kind::IfStatement => &["if"],
        Kind::Await => &["await"],
        Kind::Decorator => &["@"],
        // A call has the names of its conversion.
        _ => &[],
    }
}

fn has_word(line: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    memchr::memmem::find_iter(line.as_bytes(), word).any(|at| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        word == "@" || !(before.is_some_and(is_part) || after.is_some_and(is_part))
    })
}

/// The lines above that are indented less than all between them and the one at `place`.
fn heads_above(text: &str, place: usize) -> impl Iterator<Item = &str> {
    let start = memchr::memrchr2(b'\n', b'\r', &text.as_bytes()[..place]).map_or(0, |at| at + 1);
    let indentation = |line: &str| line.len() - line.trim_start().len();
    let mut least = indentation(&text[start..]);
    text[..start].lines().rev().filter(move |line| {
        let own = indentation(line);
        let is_head = !line.trim().is_empty() && own < least;
        if is_head {
            least = own;
        }
        is_head
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether something may be meant at each `|` of a text that has a tree nowhere.
    #[track_caller]
    fn check(source: &str, expected: bool) {
        let place = source.find('|').expect("a cursor");
        let document = Document::new(&source.replace('|', ""));
        assert_eq!(may_be_meant(&document, place), expected, "{source}");
    }

    #[test]
    fn ordinary_lines_promise_nothing() {
        for source in [
            "x = |call(y)\n",
            "def f():\n    |return x\n",
            "class A:\n    def f(self):\n        x = [\n            |1,\n        ]\n",
            "def f():\n    for x in y:\n        pass\n    |return x\n",
            "def f():\n    information = |deferred\n",
        ] {
            check(source, false);
        }
    }

    #[test]
    fn what_may_be_converted_is_seen() {
        for source in [
            "def |f(): pass\n",
            "@|log\ndef f(): pass\n",
            "def f(\n    a,\n    |b,\n): pass\n",
            "x = [\n    |g(y)\n    for y in z\n]\n",
            "def f():\n    for x in y:\n        if x:\n            |z.append(x)\n",
            "async def f():\n    |await gather(a, b)\n",
            "def f():\n    task.|add_done_callback(done)\n",
            "groups.setdefault(key, [])|.append(1)\n",
            "def f():\n    print(|(1)\n    x = 1\n",
        ] {
            check(source, true);
        }
    }

    #[test]
    fn every_kind_but_calls_has_words() {
        for conversion in CONVERSIONS {
            for kind in conversion.kinds {
                let has_words = !words(*kind).is_empty() || *kind == Kind::Call;
                assert!(has_words, "{}: {kind:?}", conversion.id);
            }
            assert_eq!(
                conversion.calls.is_empty(),
                !conversion.kinds.contains(&Kind::Call),
                "{}",
                conversion.id,
            );
        }
    }
}
