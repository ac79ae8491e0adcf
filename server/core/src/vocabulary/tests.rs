use std::sync::Arc;

use super::*;
use crate::analysis::{self, Settings};
use crate::content::testing::builtin;
use crate::{Document, Span};

/// Settings in which these words are said.
fn saying(words: &[(Word, &str)]) -> Settings {
    let mut vocabulary = Vocabulary::default();
    for (word, name) in words {
        vocabulary.add(*word, name);
    }
    Settings { vocabulary: Arc::new(vocabulary), ..Settings::default() }
}

/// `line: rule` for each finding.
fn found(source: &str, settings: &Settings) -> Vec<String> {
    let document = Document::new(source);
    let all = analysis::findings(builtin(), &document, settings);
    let line = |at: usize| document.text().line_of(at) + 1;
    all.iter().map(|it| format!("{}: {}", line(it.span.start), it.rule)).collect()
}

/// The file after the first fix of its first finding of this rule.
fn fixed(source: &str, settings: &Settings, rule: &str) -> Option<String> {
    let mut document = Document::new(source);
    let all = Span::new(0, source.len());
    let fixes = analysis::fixes(builtin(), &document, settings, all);
    let edits =
        fixes.into_iter().find(|it| it.finding.rule == rule)?.fixes.into_iter().next()?.edits;
    for edit in edits.iter().rev() {
        document.edit(edit.span, &edit.text);
    }
    Some(document.text().to_string())
}

const NOTHING: [&str; 0] = [];

#[test]
fn calls_block_that_are_said_to_by_what_they_resolve_to() {
    let settings = saying(&[
        (Word::Blocking, "shop.db.query"),
        (Word::Blocking, "shop.Client.fetch"),
        (Word::Blocking, "shop.db"),
    ]);
    for (head, call) in [
        ("from shop.db import query", "query(1)"),
        ("from shop.db import query as q", "q(1)"),
        ("import shop.db", "shop.db.query(1)"),
        ("from shop import db as d", "d.query(1)"),
        ("from shop import Client\nclient = Client()", "client.fetch()"),
    ] {
        let source = format!("{head}\nasync def f():\n    {call}\n");
        let line = head.lines().count() + 2;
        assert_eq!(
            found(&source, &settings),
            [format!("{line}: blocking-io-in-async")],
            "{source}"
        );
        assert_eq!(found(&source, &Settings::default()), NOTHING, "{source}");
    }
    for (head, call) in [
        ("", "query(1)"),
        ("def query(x): ...", "query(1)"),
        ("from shop import query", "query(1)"),
        ("from .shop.db import query", "query(1)"),
        ("from shop.db import query\ndef query(x): ...", "query(1)"),
        ("from shop.db import query, other", "other(1)"),
        ("import shop", "shop.db.query.more(1)"),
        ("from shop.db import *", "query(1)"),
    ] {
        let source = format!("{head}\nasync def f():\n    {call}\n");
        assert_eq!(found(&source, &settings), NOTHING, "{source}");
    }
    let plain = "from shop.db import query\ndef f():\n    query(1)\n";
    assert_eq!(found(plain, &settings), NOTHING, "in a plain function it may block");
}

#[test]
fn a_helper_that_makes_such_a_call_blocks_and_both_have_a_fix_and_a_card() {
    let settings = saying(&[(Word::Blocking, "shop.query")]);
    let source = "from shop import query\ndef load():\n    return query(1)\n\
                  async def f():\n    x = load()\n    y = query(2)\n    return x, y\n";
    let rule = "blocking-io-in-async";
    assert_eq!(found(source, &settings), ["5: blocking-io-in-async", "6: blocking-io-in-async"]);
    let after = fixed(source, &settings, rule).unwrap();
    assert!(after.contains("x = await asyncio.to_thread(load)"), "{after}");
    let at = source.rfind("query").unwrap();
    let card = |settings: &Settings| {
        analysis::hover(builtin(), &Document::new(source), settings, at).map(|card| card.markdown)
    };
    let text = card(&settings).unwrap();
    assert!(text.contains("blocks the event loop"), "{text}");
    assert!(text.contains("await asyncio.to_thread(query, 2)"), "{text}");
    assert_eq!(card(&Settings::default()), None);
}

#[test]
fn resources_have_to_be_closed() {
    let settings = saying(&[(Word::Resource, "shop.connect")]);
    let source =
        "from shop import connect\ndef f():\n    c = connect()\n    c.send(1)\n    c.close()\n";
    assert_eq!(found(source, &settings), ["3: open-without-with"]);
    assert_eq!(found(source, &Settings::default()), NOTHING);
    // Whether its own `with` closes it is not said.
    let after = fixed(source, &settings, "open-without-with").unwrap();
    let expected = "closing(connect()) as c:\n        c.send(1)\n";
    assert!(after.contains(expected) && !after.contains("c.close()"), "{after}");
    for silent in [
        "from shop import connect\ndef f():\n    with connect() as c:\n        c.send(1)\n",
        "from shop import connect\ndef f():\n    return connect()\n",
        "def connect(): ...\ndef f():\n    c = connect()\n    c.send(1)\n    c.close()\n",
        "from shop import other as connect\ndef f():\n    c = connect()\n    c.send(1)\n    c.close()\n",
    ] {
        assert_eq!(found(silent, &settings), NOTHING, "{silent}");
    }
    let at_once = "from shop import connect\ndef f():\n    return connect().read()\n";
    assert_eq!(found(at_once, &settings), ["3: open-without-with"]);
    assert_eq!(fixed(at_once, &settings, "open-without-with"), None, "`with` may not close it");
}

#[test]
fn what_exit_leaves_open_may_be_such_a_resource() {
    let settings = saying(&[(Word::Resource, "shop.connect")]);
    let source = "from shop import connect
class Shop:
    def __enter__(self):
        self.link = connect()
        return self
    def __exit__(self, *args):
        print('left')
";
    assert_eq!(found(source, &settings), ["4: exit-leaks-resource"]);
    assert_eq!(found(source, &Settings::default()), NOTHING);
}

#[test]
fn what_cannot_change_is_no_mutable_default() {
    let settings = saying(&[(Word::Immutable, "collections.OrderedDict")]);
    let source = "from collections import OrderedDict, deque
def f(x=OrderedDict()):
    x.update(a=1)
def g(x=deque()):
    x.append(1)
";
    let both = ["2: mutable-default-argument", "4: mutable-default-argument"];
    assert_eq!(found(source, &Settings::default()), both);
    assert_eq!(found(source, &settings), both[1..]);
}

#[test]
fn what_cannot_change_can_be_the_default_of_a_field() {
    let settings = saying(&[(Word::Immutable, "shop.Money")]);
    let source = "from shop import Money
class Price:
    def __init__(self, name: str, of: Money = Money(0)):
        self.name = name
        self.of = of
    def __eq__(self, other):
        return isinstance(other, Price) and self.name == other.name and self.of == other.of
";
    let rule = "class-to-dataclass";
    let after = fixed(source, &settings, rule).unwrap();
    assert!(after.contains("    of: Money = Money(0)\n"), "{after}");
    assert_eq!(fixed(source, &Settings::default(), rule), None, "it may change");
    let hidden = format!("{source}def Money(x): return [x]\n");
    assert_eq!(fixed(&hidden, &settings, rule), None);
}

#[test]
fn a_call_of_a_function_is_seen_through_decorators_that_keep_it() {
    let settings = saying(&[(Word::Keeping, "shop.traced")]);
    let coroutine = |head: &str, line: &str| {
        format!("{head}\n{line}\nasync def save(): ...\nasync def f():\n    save()\n")
    };
    for (head, line) in [
        ("from shop import traced", "@traced"),
        ("import shop", "@shop.traced"),
        ("from shop import traced as t", "@t('save')"),
        ("from shop import traced", "@traced\n@traced(1)"),
    ] {
        let source = coroutine(head, line);
        let at = source.lines().count();
        assert_eq!(found(&source, &settings), [format!("{at}: coroutine-not-awaited")], "{source}");
        assert_eq!(found(&source, &Settings::default()), NOTHING, "{source}");
    }
    for (head, line) in [
        ("from shop import other as traced", "@traced"),
        ("def traced(f): return f", "@traced"),
        ("from shop import traced, other", "@traced\n@other"),
        ("from shop import traced", "@traced.more"),
        ("", "@traced"),
    ] {
        let source = coroutine(head, line);
        assert_eq!(found(&source, &settings), NOTHING, "{source}");
    }
    let generator =
        "from shop import traced\n@traced\ndef items():\n    yield 1\ndef f():\n    items()\n";
    assert_eq!(found(generator, &settings), ["6: lazy-result-discarded"]);
    assert_eq!(found(generator, &Settings::default()), NOTHING);
}

#[test]
fn words_add_up_and_other_words_are_other_settings() {
    let (mut one, two) = (Vocabulary::default(), saying(&[(Word::Blocking, "a.b")]).vocabulary);
    one.add(Word::Blocking, "a.c");
    one.extend(&two);
    assert!(one.says(Word::Blocking, "a.b") && one.says(Word::Blocking, "a.c"));
    assert!(!one.says(Word::Resource, "a.b"));
    assert_ne!(saying(&[(Word::Keeping, "a.b")]), saying(&[(Word::Immutable, "a.b")]));
    // A document that is asked with other settings does not answer with what it found before.
    let source = "from a import b\nasync def f():\n    b()\n";
    let document = Document::new(source);
    let count = |settings: &Settings| analysis::findings(builtin(), &document, settings).len();
    let settings = saying(&[(Word::Blocking, "a.b")]);
    let counts = [&Settings::default(), &settings, &Settings::default()].map(count);
    assert_eq!(counts, [0, 1, 0]);
}

#[test]
fn names_have_dots_in_between() {
    for name in ["a.b", "_a.B2.c", "größe.x"] {
        assert!(is_qualified(name), "{name}");
    }
    for name in ["", ".", "a", "a.", ".a", "a..b", "a.2", "a b.c", "a.b()", "a-b.c", "*.a", "a.b\n"]
    {
        assert!(!is_qualified(name), "{name:?}");
    }
}
