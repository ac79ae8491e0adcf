mod offers;

use proptest::prelude::*;

use crate::analysis::{
    Finding, Settings, Severity, findings, fix_all, fixes, is_fixable, prepare, revision,
};
use crate::content::testing::builtin;
use crate::selection::{Layer, Selection};
use crate::{Document, Span};

const SOURCE: &str = "\
import functools
total = 0

def log(func):
    def wrapper(*args, **kwargs):
        func(*args, **kwargs)
    return wrapper

@log
def add(a, b):
    return a + b

def step():
    total += 1

class C:
    @log
    def m(self):
        return 1

calls = []
for i in range(3):
    calls.append(lambda: i)

import asyncio

class Pages:
    def __init__(self):
        self.limit = asyncio.Semaphore(5)

    async def fetch(self, url):
        await self.limit.acquire()
        try:
            return url
        finally:
            self.limit.release()

rows = (i for i in calls)
print(sum(rows))
print(max(rows))

def made():
    yield 1

more = made()
print(sum(more))
print(max(more))
";

const PIECES: &[&str] = &[
    "",
    "\n",
    "(",
    ")",
    "'''",
    "log",
    "@log\n",
    "def log(f): return f\n",
    "    ",
    "total = 1\n",
    "from m import *\n",
    "async ",
    "return ",
    "#",
    "@functools.wraps(func)\n",
    "x",
    "total",
    "import functools as log\n",
    "def wrapper(): ...\n",
    "if x:\n",
    ":",
    "def g(a):\n    a.limit = 1\n",
    "    self.limit = x\n",
    "setattr(Pages, x, 1)\n",
    ".limit",
    "rows = calls\n",
    "yield",
    "  # noqa",
    "# pygloss: disable[loop-closure]\n",
    "# @generated\n",
];

/// What is found, moved by an edit that put `added` bytes in place of `span`.
fn moved(mut all: Vec<Finding>, span: Span, added: usize) -> Vec<Finding> {
    let behind = |at: usize| if at < span.end { at } else { at - span.end + span.start + added };
    let follow = |old: Span| Span::new(behind(old.start), behind(old.end));
    for finding in &mut all {
        finding.span = follow(finding.span);
        finding.related.iter_mut().for_each(|related| related.span = follow(related.span));
    }
    all
}

/// [`SOURCE`] with a class behind it that is so long that its methods are looked at one by one.
fn with_long_class() -> String {
    let filler: String =
        (0..60).map(|i| format!("    def filler_{i}(self):\n        return {i}\n\n")).collect();
    format!("{SOURCE}{LONG_CLASS}{filler}")
}

const LONG_CLASS: &str = "
class Long(Pages):
    @log
    def total(self, a):
        rows = made()
        print(sum(rows))
        print(max(rows))

    async def hold(self):
        await self.limit.acquire()
        try:
            return 1
        finally:
            self.limit.release()

    def step(self):
        total += 1

";

proptest! {
    #[test]
    fn findings_after_edits_are_those_of_a_fresh_open(
        edits in prop::collection::vec((0usize..1_200, 0usize..6, 0usize..PIECES.len()), 1..10)
    ) {
        let settings = Settings::default();
        let mut document = Document::new(&with_long_class());
        let mut before = findings(builtin(), &document, &settings);
        let mut number = revision(builtin(), &document, &settings);
        for (at, len, piece) in edits {
            let at = at.min(document.text().len());
            let span = Span::new(at, (at + len).min(document.text().len()));
            document.edit(span, PIECES[piece]);
            let after = revision(builtin(), &document, &settings);
            let fresh = Document::new(&document.text().to_string());
            let wanted = findings(builtin(), &fresh, &settings);
            prop_assert_eq!(&findings(builtin(), &document, &settings), &wanted);
            if after == number {
                prop_assert_eq!(&moved(before, span, PIECES[piece].len()), &wanted);
            }
            (before, number) = (wanted, revision(builtin(), &document, &settings));
        }
    }
}

#[test]
fn a_revision_stays_until_something_else_may_be_found() {
    let settings = Settings::default();
    let head = "\"\"\"Words.\"\"\"\n".repeat(80);
    let log = "def log(func):\n    def wrapper(*args, **kwargs):\n        return func(*args, **kwargs)\n    \
               return wrapper\n\n@log\ndef load(): ...\n\n";
    let source = format!("{head}def quiet(a):\n    return a\n\n{log}def last(): ...\n");
    let mut document = Document::new(&source);
    let place = |text: &str| source.find(text).unwrap() + text.len();
    let (quiet, faulty, last) = (place("return a"), place("**kwargs):"), place("last(): ..."));
    findings(builtin(), &document, &settings);
    let mut number = revision(builtin(), &document, &settings);
    for (at, piece, stays) in [
        (quiet, " + 1", true),
        (quiet, " + (", true),
        (quiet, "  # type: int", true),
        (quiet, "  # noqa", false),
        (quiet, "\n\ndef other(): ...\n", false),
        (last, "; x = [1", true),
        (last, "  # pygloss: ignore[loop-closure]", false),
        (faulty, " ", false),
        (faulty, "  # noqa", false),
        (0, "# Words.\n", false),
        (0, "# @generated\n", false),
        (2, "x", false),
    ] {
        for (span, text) in [(Span::empty(at), piece), (Span::new(at, at + piece.len()), "")] {
            document.edit(span, text);
            let after = revision(builtin(), &document, &settings);
            assert_eq!(after == number, stays, "{piece:?} at {at}: {text:?}");
            findings(builtin(), &document, &settings);
            number = revision(builtin(), &document, &settings);
        }
    }
}

#[test]
fn a_message_follows_the_lines_it_speaks_of() {
    let settings = Settings::default();
    let mistake = "def add(a=[]):\n    a.append(1)\n    return a\n";
    let mut document = Document::new(&format!("x = 1\n{mistake}y = 2\n"));
    for (at, piece, line) in [
        (0, "", 3),
        (0, "\n\n", 5),
        (0, "z = 1\r\n", 6),
        (5, "  # a\n# b", 7),
        (document.text().len() + 20, "\n\n", 7),
    ] {
        document.edit(Span::empty(at), piece);
        let found = findings(builtin(), &document, &settings);
        let [found] = &found[..] else { panic!("{found:?}") };
        assert!(found.message.ends_with(&format!("on line {line}")), "{}", found.message);
    }
    document.edit(Span::new(0, document.text().line_start(1)), "");
    let found = findings(builtin(), &document, &settings);
    assert!(found[0].message.ends_with("on line 6"), "{}", found[0].message);
}

#[test]
fn a_finding_follows_what_another_item_says() {
    let settings = Settings::default();
    let mut document = Document::new("def d(f):\n    def w(): return f()\n    return w\n\nx = 1\n");
    let count = |document: &Document| findings(builtin(), document, &settings).len();
    assert_eq!(count(&document), 0);
    let end = document.text().len();
    document.edit(Span::empty(end), "@d\ndef g(): ...\n");
    assert_eq!(count(&document), 1);
    document.edit(Span::new(end, end + 2), "");
    assert_eq!(count(&document), 0);
}

#[test]
fn a_finding_follows_what_a_function_elsewhere_does() {
    let settings = Settings::default();
    let source = "def made():\n    yield 1\n\nrows = made()\nprint(sum(rows))\nprint(max(rows))\n";
    let mut document = Document::new(source);
    let count = |document: &Document| findings(builtin(), document, &settings).len();
    assert_eq!(count(&document), 1);
    let at = source.find("yield 1").unwrap();
    document.edit(Span::new(at, at + 7), "return [1]");
    assert_eq!(count(&document), 0);
    document.edit(Span::new(at, at + 10), "yield 1");
    assert_eq!(count(&document), 1);
}

#[test]
fn a_finding_follows_who_sets_an_attribute() {
    let settings = Settings::default();
    let mut document = Document::new(SOURCE);
    let held = |document: &Document| {
        let all = findings(builtin(), document, &settings);
        all.iter().any(|finding| finding.rule == "lock-without-with")
    };
    assert!(held(&document));
    let end = document.text().len();
    let other = "def g(pages):\n    pages.limit = None\n";
    document.edit(Span::empty(end), other);
    assert!(!held(&document));
    document.edit(Span::new(end, end + other.len()), "");
    assert!(held(&document));
}

#[test]
fn a_long_file_has_the_same_findings_with_few_trees() {
    let settings = Settings::default();
    let filler: String = (0..8_000)
        .map(|i| format!("def filler_{i}(a, b):\n    c = a + b\n    return c * {i}\n\n"))
        .collect();
    let source = format!("{SOURCE}{filler}{SOURCE}{filler}");
    let mut document = Document::new(&source);
    let wanted = findings(builtin(), &document, &settings);
    let mut prepared = Document::new(&source);
    let parsed =
        |document: &Document| document.items().iter().filter(|item| item.is_parsed()).count();
    prepare(builtin(), &mut prepared, &settings);
    assert!(parsed(&prepared) * 2 < parsed(&document), "{}", parsed(&prepared));
    assert_eq!(findings(builtin(), &prepared, &settings), wanted);
    let at = source.find("@log").unwrap();
    for (span, text) in [(Span::new(at, at + 4), ""), (Span::empty(at), "@log")] {
        document.edit(span, text);
        prepared.edit(span, text);
        prepared.rest();
        let wanted = findings(builtin(), &document, &settings);
        assert_eq!(findings(builtin(), &prepared, &settings), wanted);
    }
}

/// The most usual thing to say of a class is that it is called.
#[test]
fn typing_in_a_class_leaves_findings_about_its_instances_alone() {
    let class = "class A:\n    def f(self):\n        pass";
    let mut document =
        Document::new(&format!("{class}\n\n\ndef g():\n    first = A()\n    return first\n"));
    let settings = Settings::default();
    findings(builtin(), &document, &settings);
    document.edit(Span::empty(class.len()), "; pass");
    let typed_in = document.items()[0].text().len();
    let is_behind =
        |len| document.findings.is_behind(&document, (&settings, builtin().rules().count()), len);
    assert!(is_behind(typed_in - 1));
    assert!(!is_behind(typed_in), "more than the class is looked at again");
}

#[test]
fn settings_count() {
    let document = Document::new(SOURCE);
    let all = findings(builtin(), &document, &Settings::default()).len();
    let selection = Selection::ignoring(&["loop-closure"]);
    let settings = Settings { selection, ..Settings::default() };
    assert_eq!(findings(builtin(), &document, &settings).len(), all - 1);
    let weigh = |selector: &str| {
        let severity = vec![(selector.to_owned(), Some(Severity::Error))];
        let layers = vec![Layer { severity, ..Layer::default() }];
        let selection = Selection { layers, ..Selection::default() };
        let settings = Settings { selection, ..Settings::default() };
        let found = findings(builtin(), &document, &settings);
        assert_eq!(found.len(), all);
        found.iter().filter(|finding| finding.severity == Severity::Error).count()
    };
    let errors = weigh("nothing");
    assert!(errors + 1 < all);
    assert_eq!((weigh("loop-closure"), weigh("all")), (errors + 1, all));
    let settings = Settings { is_stub: true, ..Settings::default() };
    assert_eq!(findings(builtin(), &document, &settings).len(), 0);
}

#[test]
fn no_fix_is_offered_that_loses_a_comment() {
    let source = "def d(f):\n    def w():\n        return f(  # why\n        )\n    return w\n\n@d\ndef g(x): ...\n";
    let document = Document::new(source);
    let all = fixes(builtin(), &document, &Settings::default(), Span::new(0, source.len()));
    let forwarding = all.iter().find(|found| found.finding.rule == "decorator-args-not-forwarded");
    assert!(forwarding.unwrap().fixes.is_empty());
}

#[test]
fn a_broken_function_does_not_import_for_the_module() {
    let settings = Settings::default();
    let source = "import functools\n\ndef f(text):\n    import functools\n    x = 1\n    return x\n\n\
                  def d(g):\n    def w():\n        return g()\n    return w\n\n@d\ndef h(): ...\n";
    let mut document = Document::new(source);
    let all = findings(builtin(), &document, &settings);
    assert_eq!(all.len(), 1);
    let at = source.find("x = 1").unwrap();
    document.edit(Span::empty(at), "y = f'{");
    let names = crate::names::Names::new(&document);
    assert_eq!(names.module_bindings("functools").len(), 1);
    assert_eq!(findings(builtin(), &document, &settings).len(), 1);
}

#[test]
fn whether_anything_can_be_mended_is_found_out_anew_after_an_edit() {
    let settings = Settings::default();
    let mut document = Document::new("x = 1\n");
    let log = "def log(func):\n    def wrapper(*args, **kwargs):\n        return func(*args, **kwargs)\n    \
               return wrapper\n\n@log\ndef load(): ...\n";
    let wrapper = 6 + log.find("def wrapper").unwrap();
    let silenced = "# pygloss: ignore[decorator-missing-wraps]\n    ";
    for (at, len, piece, expected) in [
        (6, 0, log, true),
        (0, 0, "", true),
        (wrapper, 0, silenced, false),
        (wrapper, silenced.len(), "", true),
        (0, 6, "import functools\n", true),
        (wrapper + 11, 0, "@functools.wraps(func)\n    ", false),
    ] {
        document.edit(Span::new(at, at + len), piece);
        let all = fix_all(builtin(), &document, &settings);
        assert_eq!(is_fixable(builtin(), &document, &settings), expected, "{}", document.text());
        assert_eq!(all.edits.is_empty(), !expected, "{}", document.text());
    }
}
