use super::*;
use tower_lsp::lsp_types::Position;

fn open(uri: &str, language: &str, text: &str) -> OpenDocument {
    let item = TextDocumentItem::new(uri::opaque(uri), language.into(), 1, text.into());
    OpenDocument::new(item, Settings::default())
}

fn range(start: (u32, u32), end: (u32, u32)) -> Option<Range> {
    Some(Range::new(Position::new(start.0, start.1), Position::new(end.0, end.1)))
}

#[test]
fn an_edit_may_join_carriage_return_and_newline() {
    let mut document = open("file:///a.py", "python", "a\r\nb\nc");
    document.edit(Encoding::Utf16, range((1, 1), (1, 1)), "\r");
    assert_eq!(document.text().to_string(), "a\r\nb\r\nc");
    assert_eq!(document.text().line_count(), 3);
    document.edit(Encoding::Utf16, range((9, 9), (1, 99)), "");
    assert_eq!(document.text().to_string(), "a\r\nb");
}

#[test]
fn questions_are_computed_once_for_a_text_and_settings() {
    const CODE: &str = "def quiet(f):\n    def inner():\n        return f()\n    return inner\n\n\
                        @quiet\ndef loud():\n    pass\n";
    let library = crate::builtin::library();
    let mut document = open("file:///a.py", "python", CODE);
    let all = document.questions(&library);
    let generator = all.first().expect("there is a question").generator;
    assert!(Arc::ptr_eq(&all, &document.questions(&library)));
    assert!(Arc::ptr_eq(&all, &document.questions_of(&library, generator)));
    document.edit(Encoding::Utf16, range((6, 4), (6, 8)), "soft");
    let edited = document.questions(&library);
    assert!(edited.iter().any(|question| question.about == "soft"), "{edited:?}");
    assert!(edited.iter().all(|question| question.about != "loud"), "{edited:?}");
    document.settings.is_stub = true;
    document.outdate();
    assert!(document.questions(&library).is_empty());
    document.settings.is_stub = false;
    document.outdate();
    let some = document.questions_of(&library, generator);
    assert!(!some.is_empty() && some.iter().all(|question| question.generator == generator));
}

#[test]
fn texts_over_the_limits_are_kept_but_not_analysed() {
    let mut document = open("untitled:1", "python", "x = 1\n");
    assert!(document.analysed().is_some());
    document.edit(Encoding::Utf16, range((0, 0), (0, 0)), &"y".repeat(MAX_LINE));
    assert!(document.analysed().is_none());
    document.edit(Encoding::Utf16, range((0, 0), (0, 10)), "");
    assert!(document.analysed().is_some());
    assert_eq!(document.text().len(), MAX_LINE - 10 + 6);
    document.edit(Encoding::Utf16, range((0, 0), (0, 0)), &"y\n".repeat(MAX_TEXT / 2));
    assert!(document.analysed().is_none());
    document.edit(Encoding::Utf16, None, "x");
    assert!(document.analysed().is_some());
    let mut toml = open("file:///pyproject.toml", "toml", "");
    assert!(toml.analysed().is_none());
    assert!(toml.content().is_some() && toml.rests_on_others());
    toml.edit(Encoding::Utf16, None, &"#".repeat(MAX_LINE + 1));
    assert!(toml.content().is_none());
    toml.edit(Encoding::Utf16, range((0, 0), (0, 9)), "");
    assert!(toml.content().is_some());
    assert!(open("file:///other.toml", "toml", "").content().is_none());
}

#[test]
fn two_short_lines_may_join_into_one_that_is_too_long() {
    let half = "y".repeat(MAX_LINE / 2 + 1);
    let mut document = open("file:///a.py", "python", &format!("{half}\n{half}"));
    assert!(document.analysed().is_some());
    document.edit(Encoding::Utf8, range((0, half.len() as u32), (1, 0)), "");
    assert!(document.analysed().is_none());
}

#[test]
fn tests_and_stubs_are_known_by_their_paths() {
    assert_eq!(is_test_and_stub("file:///w/test_a.py"), (true, false));
    assert_eq!(is_test_and_stub("file:///w/tests/a.pyi"), (true, true));
    assert_eq!(is_test_and_stub("C:\\w\\test\\a.py"), (true, false));
    assert_eq!(is_test_and_stub("untitled:conftest.py"), (false, false));
    assert_eq!(is_test_and_stub("file:///w/latest/contest.py"), (false, false));
}
