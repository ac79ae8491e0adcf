use proptest::prelude::*;

use super::*;
use crate::items::ItemEnd;

/// Everything that can be compared: item texts, where they start and end, and their trees.
fn state(document: &Document) -> Vec<(String, usize, ItemEnd, String)> {
    document
        .items()
        .iter()
        .enumerate()
        .map(|(index, item)| {
            let tree = item.parsed().map_or_else(String::new, |tree| tree.root_node().to_sexp());
            (item.text().to_owned(), document.start_of(index), item.end(), tree)
        })
        .collect()
}

fn check_edit(before: &str, span: Span, text: &str) {
    let mut document = Document::new(before);
    for item in document.items() {
        item.tree();
    }
    document.edit(span, text);
    let fresh = Document::new(&document.text().to_string());
    assert_eq!(state(&document), state(&fresh), "{before:?} {span:?} {text:?}");
}

#[test]
fn an_edit_inside_an_item_keeps_the_others() {
    let mut document = Document::new("a = 1\nb = 2\nc = 3\n");
    let ids: Vec<_> = document.items().iter().map(Item::id).collect();
    document.items()[2].tree();
    document.edit(Span::new(10, 11), "22");
    assert_eq!(document.items().iter().map(Item::id).collect::<Vec<_>>(), ids);
    assert!(document.items()[2].is_parsed());
    assert_eq!(document.text().to_string(), "a = 1\nb = 22\nc = 3\n");
}

#[test]
fn the_first_text_that_is_no_python_is_found() {
    let error = |source: &str| Document::new(source).first_error();
    for source in [
        "",
        "x = 1\n",
        "def f():\n    return (1,\n            2)\n",
        "match x:\n    case 1: pass\n",
    ] {
        assert_eq!(error(source), None, "{source}");
    }
    for source in ["x = 1\ny = ?\nz = $\n", "x = 1\ndef f(:\n    pass\n", "x = 1\nif x\n    pass\n"]
    {
        let line = source[..error(source).unwrap()].matches('\n').count();
        assert_eq!(line, 1, "{source}");
    }
}

#[test]
fn statements_merge_and_part() {
    check_edit("if a:\n    b\nc\n", Span::empty(12), "else:\n    d\n");
    check_edit("if a:\n    b\nelse:\n    d\nc\n", Span::new(12, 16), "x");
    check_edit("a = 1\nb = 2\n", Span::empty(4), "(");
    check_edit("a = (\nb = 2\nc = 3\n", Span::new(4, 5), "");
    check_edit("a\r\nb\r\n", Span::new(1, 2), "");
    check_edit("a\rb\n", Span::empty(2), "\n");
    check_edit("x = '''\ndef f():\n    pass\n", Span::empty(26), "'''\n");
    check_edit("", Span::empty(0), "a\n");
    check_edit("a\n", Span::new(0, 2), "");
}

#[test]
fn a_line_feed_that_joins_a_carriage_return_changes_the_comment_before_it() {
    let mut document = Document::new("# a\r\n");
    for (span, text) in [(Span::empty(4), "#"), (Span::new(4, 5), "")] {
        document.edit(span, text);
        document.items()[0].tree();
    }
    let comment = document.items()[0].tree().unwrap().root_node().child(0).unwrap();
    let fresh = Document::new("# a\r\n");
    let expected = fresh.items()[0].tree().unwrap().root_node().child(0).unwrap();
    assert_eq!(comment.byte_range(), expected.byte_range());
}

#[test]
fn text_that_the_grammar_cannot_take_has_no_tree() {
    let stairs = |count: usize, in_two_steps: bool| -> String {
        let step = |width: usize| match in_two_steps {
            true => " ".repeat(width / 2) + "\\\n" + &" ".repeat(width.div_ceil(2)),
            false => " ".repeat(width),
        };
        (2..count).map(|width| step(width) + "if a:\n").collect::<String>()
    };
    let has_tree = |source: &str| Document::new(source).items()[0].tree().is_some();
    assert!(has_tree(&stairs(300, false)));
    assert!(!has_tree(&stairs(600, false)));
    assert!(!has_tree(&format!("if a:\n{}", stairs(600, true))));
    assert!(!has_tree(&format!("class A:\n x\n{} y\n", " # c\n".repeat(10_000))));
    assert!(!has_tree(&("(".repeat(300) + "\n")));
}

#[test]
fn a_broken_item_is_the_same_in_a_long_one() {
    let long = "class A:\n".to_owned() + &"    def f(self):\n        return [1, 2]\n".repeat(200);
    check_edit(&long, Span::empty(200), "f\"{");
    check_edit(&long, Span::empty(200), "'''");
}

proptest! {
    #[test]
    fn any_edits_lead_to_the_state_of_a_fresh_open(
        edits in prop::collection::vec((0usize..120, 0usize..8, 0usize..PIECES.len()), 1..12)
    ) {
        let mut document = Document::new("import a\n@b\ndef f(x):\n    '''D.'''\n    return x\nif a:\n    b = [1]\n");
        for (at, len, piece) in edits {
            for (index, item) in document.items().iter().enumerate() {
                if index % 2 == 0 { item.tree(); }
            }
            let at = at.min(document.text().len());
            document.edit(Span::new(at, at + len), PIECES[piece]);
        }
            let fresh = Document::new(&document.text().to_string());
        prop_assert_eq!(state(&document), state(&fresh));
    }
}

const PIECES: &[&str] = &[
    "",
    "\n",
    "\r",
    "\r\n",
    "(",
    ")",
    "[",
    "{",
    "}",
    "'",
    "\"",
    "'''",
    "\"\"\"",
    "f\"{",
    "é",
    "😀",
    "\\\n",
    "@c\n",
    "def g():\n    pass\n",
    "else:\n",
    "x = 1\n",
    "    ",
    "#",
    ":",
    "class C:\n",
    "\u{c}",
    "\u{feff}",
    "import z\n",
    "f'''{",
];

#[test]
fn what_holds_of_some_text_is_known_after_edits() {
    let mut document = Document::new("a = 1\nb = 2  # trio\nc = 3\n");
    let (found, asked) = document.questions_of(|| document.mentions("trio"));
    assert!(found && asked.len() == 1);
    assert!(!document.mentions("anyio"));
    document.take_changes();
    document.edit(Span::new(0, 1), "x");
    assert!(!document.take_changes().questions.contains(&asked[0]));
    document.edit(Span::new(0, 0), "# trio\n");
    assert!(!document.take_changes().questions.contains(&asked[0]), "it holds as before");
    document.edit(Span::new(0, document.text().len()), "b = 2\n# anyio\n");
    assert!(document.take_changes().questions.contains(&asked[0]));
    assert!(!document.mentions("trio") && document.mentions("anyio"));
}
