//! Positions and edit ranges as clients send them, in order or not.
//!
//! Expected: past the end of a line means before its break; past the last line, the end of the
//! text; inside a character, its start; a reversed range is the same range; edits may join `\r`
//! and `\n`.

use serde_json::{Value, json};

use crate::client::Client;
use crate::documents::{DECORATED, URI, assert_alive, range, replace};

const FAR: u32 = u32::MAX;

fn client(encoding: &str) -> Client {
    Client::start(json!({
        "general": { "positionEncodings": [encoding] },
        "textDocument": {
            "diagnostic": {},
            "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [""] } } },
        },
    }))
}

/// `before`, with the range replaced by `new`, is `after` to the server.
#[track_caller]
fn check_edit(
    client: &mut Client,
    before: &str,
    start: (u32, u32),
    end: (u32, u32),
    new: &str,
    after: &str,
) {
    client.open(URI, before);
    client.change(URI, 2, json!([replace(start, end, new)]));
    assert_eq!(client.held(URI).0, after, "{start:?}..{end:?} of {before:?}");
    client.close(URI);
}

#[test]
fn past_the_end_of_a_line_is_before_its_break() {
    let mut client = client("utf-16");
    for line_break in ["\n", "\r\n", "\r"] {
        let before = format!("ab{line_break}cd{line_break}");
        let after = format!("ab!{line_break}cd{line_break}");
        check_edit(&mut client, &before, (0, 3), (0, 3), "!", &after);
        check_edit(&mut client, &before, (0, FAR), (0, FAR), "!", &after);
        let joined = format!("abcd{line_break}");
        check_edit(&mut client, &before, (0, 99), (1, 0), "", &joined);
    }
}

#[test]
fn past_the_last_line_is_the_end() {
    let mut client = client("utf-16");
    check_edit(&mut client, "ab\ncd", (2, 0), (FAR, FAR), "!", "ab\ncd!");
    check_edit(&mut client, "ab\ncd\n", (7, 3), (7, 3), "!", "ab\ncd\n!");
    check_edit(&mut client, "ab\ncd\n", (1, 1), (FAR, 0), "!", "ab\nc!");
    check_edit(&mut client, "", (5, 5), (9, 9), "x", "x");
    check_edit(&mut client, "ab", (0, 0), (FAR, FAR), "", "");
}

#[test]
fn a_reversed_range_is_the_same_range() {
    let mut client = client("utf-16");
    check_edit(&mut client, "abc\ndef", (1, 1), (0, 2), "!", "ab!ef");
    check_edit(&mut client, "abc\ndef", (FAR, FAR), (0, 0), "", "");
    check_edit(&mut client, "a😀b", (0, 4), (0, 2), "", "a");
}

#[test]
fn inside_a_surrogate_pair_is_before_it() {
    let mut client = client("utf-16");
    check_edit(&mut client, "a😀b", (0, 2), (0, 2), "!", "a!😀b");
    check_edit(&mut client, "a😀b", (0, 2), (0, 3), "!", "a!b");
    check_edit(&mut client, "a😀b", (0, 1), (0, 2), "!", "a!😀b");
    check_edit(&mut client, "é漢😀x", (0, 4), (0, 5), "", "é漢😀");
}

#[test]
fn inside_a_utf8_sequence_is_before_it() {
    let mut client = client("utf-8");
    for inside in 2..=4 {
        check_edit(&mut client, "a😀b", (0, inside), (0, inside), "!", "a!😀b");
        check_edit(&mut client, "a😀b", (0, 0), (0, inside), "", "😀b");
    }
    check_edit(&mut client, "é漢", (0, 1), (0, 4), "!", "!漢");
    check_edit(&mut client, "é漢\nx", (0, 6), (1, 1), "!", "é漢!");
}

#[test]
fn columns_count_what_was_agreed_on() {
    let text = "x = 'é漢😀', old\n";
    let mut utf16 = client("utf-16");
    check_edit(&mut utf16, text, (0, 12), (0, 15), "new", "x = 'é漢😀', new\n");
    let mut utf8 = client("utf-8");
    check_edit(&mut utf8, text, (0, 17), (0, 20), "new", "x = 'é漢😀', new\n");
}

#[test]
fn an_edit_may_join_or_part_a_line_break() {
    let mut client = client("utf-16");
    check_edit(&mut client, "a\nb", (0, 1), (0, 1), "\r", "a\r\nb");
    check_edit(&mut client, "a\rxb", (1, 0), (1, 1), "\n", "a\r\nb");
    check_edit(&mut client, "a\rx\nb", (1, 0), (1, 1), "", "a\r\nb");
    // Now line 1 is `b`: the joined break counts once.
    client.open(URI, "a\rx\nb\nc");
    let changes = json!([replace((1, 0), (1, 1), ""), replace((1, 0), (1, 1), "B")]);
    client.change(URI, 2, changes);
    assert_eq!(client.held(URI).0, "a\r\nB\nc");
    client.change(URI, 3, json!([replace((0, 9), (1, 0), "\r"), replace((2, 0), (2, 1), "C")]));
    assert_eq!(client.held(URI).0, "a\rB\nC");
}

#[test]
fn only_the_line_breaks_of_the_protocol_break_lines() {
    let mut client = client("utf-16");
    let odd = "a\u{b}b\u{c}c\u{85}d\u{2028}e\u{2029}f\u{1c}g\n";
    check_edit(&mut client, odd, (1, 0), (1, 0), "!", &format!("{odd}!"));
    check_edit(&mut client, odd, (0, FAR), (0, FAR), "!", &odd.replace('\n', "!\n"));
}

#[test]
fn a_byte_order_mark_is_a_character() {
    for encoding in ["utf-16", "utf-8"] {
        let mut client = client(encoding);
        let width = if encoding == "utf-8" { 3 } else { 1 };
        check_edit(&mut client, "\u{feff}x", (0, width), (0, width + 1), "y", "\u{feff}y");
    }
}

#[test]
fn changes_apply_in_their_order_each_to_the_result_of_the_one_before() {
    let mut client = client("utf-16");
    client.open(URI, "one\n");
    let changes = json!([
        replace((0, 0), (0, 3), "two\nthree"),
        replace((1, 0), (1, 5), "four"),
        { "text": "five" },
        replace((0, 4), (0, 4), "!"),
        replace((0, 0), (0, 0), "\n"),
        replace((1, 4), (1, 5), "?"),
    ]);
    client.change(URI, 2, changes);
    assert_eq!(client.held(URI), ("\nfive?".to_owned(), 2));
    client.change(URI, 7, json!([]));
    assert_eq!(client.held(URI), ("\nfive?".to_owned(), 7));
}

#[test]
fn the_old_rangelength_is_ignored() {
    let mut client = client("utf-16");
    client.open(URI, "abc");
    let change = json!({ "range": range((0, 1), (0, 2)), "rangeLength": 77, "text": "" });
    client.change(URI, 2, json!([change]));
    assert_eq!(client.held(URI).0, "ac");
}

#[test]
fn questions_about_places_outside_the_text_have_answers() {
    for encoding in ["utf-16", "utf-8"] {
        let mut client = client(encoding);
        let text = format!("{DECORATED}# 😀é");
        for text in ["", "\r", "😀", "\u{feff}", &text] {
            client.open(URI, text);
            let places =
                [(0, 0), (0, 1), (0, 2), (0, 3), (0, FAR), (1, 0), (10, 3), (10, 4), (FAR, FAR)];
            for start in places {
                // Not null inside the decorated function, and never an error.
                client.hover(URI, start);
                for end in places {
                    let actions = client.actions(URI, start, end);
                    assert!(actions.is_null() || actions.is_array());
                }
            }
            client.close(URI);
        }
        assert_alive(&mut client);
    }
}

/// Replies are checked on a line with characters of every width.
#[test]
fn ranges_of_replies_count_what_was_agreed_on() {
    let source = "def log(f):\r\n    return f\r\n\u{c}\r\nx = 'é漢😀'; log2 = log\r\n@log\r\ndef é漢𝒻(): pass\r\n";
    let name_end = |encoding: &str| if encoding == "utf-8" { 4 + 2 + 3 + 4 } else { 4 + 1 + 1 + 2 };
    for encoding in ["utf-16", "utf-8"] {
        for bom in ["", "\u{feff}"] {
            let mut client = client(encoding);
            client.open(URI, &format!("{bom}{source}"));
            let last = name_end(encoding) - 1;
            for character in [4, last] {
                let hover = client.hover(URI, (5, character));
                let found = &hover["range"];
                assert_ne!(*found, Value::Null, "{encoding} {character}: {hover}");
                assert_eq!(found["end"], json!({ "line": 5, "character": name_end(encoding) }));
            }
        }
    }
}
