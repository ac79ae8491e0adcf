//! Writing text of the reader's code into Markdown so that it can never become markup, and reading
//! Markdown back as plain text.

mod plain;
mod wrap;

pub use plain::plain_text;
pub use wrap::wrap;

use std::fmt::Write;

/// Widest line of prose on a card, in characters.
pub(crate) const WIDTH: usize = 80;

/// Longest code span, in characters.
pub const MAX_CODE: usize = 120;

/// Most lines of a code block.
const MAX_BLOCK_LINES: usize = 16;

/// `text` as a code span: control characters written as escapes, cut at [`MAX_CODE`] characters,
/// inside a fence longer than any run of back-ticks in it (CommonMark 0.31, 6.1).
pub fn code_span(text: &str) -> String {
    let shown = visible(text.trim(), MAX_CODE, false);
    let fence = "`".repeat(longest_run(&shown) + 1);
    // A span that starts or ends with a back-tick needs a space on both sides; readers take one off.
    let ends = |c: char| shown.starts_with(c) || shown.ends_with(c);
    let pad = if shown.is_empty() || ends('`') { " " } else { "" };
    format!("{fence}{pad}{shown}{pad}{fence}")
}

/// `text` as a fenced block of Python: control characters but line breaks and tabs written as
/// escapes, cut at a bounded size, inside a fence longer than any run of back-ticks in it.
pub fn code_block(text: &str) -> String {
    let text = text.trim_matches('\n');
    let mut shown = String::new();
    for (i, line) in text.lines().enumerate() {
        if i == MAX_BLOCK_LINES {
            shown.push_str("…\n");
            break;
        }
        shown.push_str(&visible(line, MAX_CODE, true));
        shown.push('\n');
    }
    let fence = "`".repeat(longest_run(&shown).max(2) + 1);
    format!("{fence}python\n{shown}{fence}")
}

/// Plain words as Markdown: every character that could start markup is escaped.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text, usize::MAX, false).chars() {
        if c.is_ascii_punctuation() && !",.;:'\"?%/".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Length of the longest run of back-ticks.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// `text` with characters that do not show, or that reorder what is shown, written as escapes, and
/// cut after `limit` characters.
fn visible(text: &str, limit: usize, keep_tabs: bool) -> String {
    let mut out = String::with_capacity(text.len().min(4 * MAX_CODE));
    for (i, c) in text.chars().enumerate() {
        if i >= limit {
            out.push('…');
            break;
        }
        match c {
            '\t' if keep_tabs => out.push(c),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if is_hidden(c) => {
                let _ = match c as u32 {
                    code @ 0..=0xff => write!(out, "\\x{code:02x}"),
                    code @ 0x100..=0xffff => write!(out, "\\u{code:04x}"),
                    code => write!(out, "\\U{code:08x}"),
                };
            }
            _ => out.push(c),
        }
    }
    out
}

/// Control characters, line separators, direction overrides, zero-width characters and tags.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};

    use super::*;

    fn events(markdown: &str) -> Vec<Event<'_>> {
        Parser::new_ext(markdown, Options::all()).collect()
    }

    #[test]
    fn code_spans_survive_back_ticks_spaces_and_control_characters() {
        assert_eq!(code_span("f(x)"), "`f(x)`");
        assert_eq!(code_span("a`b"), "``a`b``");
        assert_eq!(code_span("``"), "``` `` ```");
        assert_eq!(code_span("'\n\t\u{1b}\u{202e}'"), r"`'\n\t\x1b\u202e'`");
        assert_eq!(code_span(&"x".repeat(500)).chars().count(), MAX_CODE + 3);
    }

    #[test]
    fn blocks_survive_fences_and_length() {
        assert_eq!(code_block("a = '```'\n"), "````python\na = '```'\n````");
        assert_eq!(code_block(&"x\n".repeat(99)).lines().count(), MAX_BLOCK_LINES + 3);
    }

    #[test]
    fn words_are_words() {
        assert_eq!(escape("a_b [x](y) <b>"), r"a\_b \[x\]\(y\) \<b\>");
    }

    proptest! {
        #[test]
        fn any_text_is_one_code_span(text in "[ -~`\\n\\r\\t\u{80}-\u{2fff}]{0,40}|`{0,5}[ab` ]{1,20}`{0,5}") {
            let markdown = format!("a {} b", code_span(&text));
            let events = events(&markdown);
            prop_assert_eq!(events.len(), 5, "{:?}", events);
            if !text.trim().is_empty() {
                let shown = visible(text.trim(), MAX_CODE, false);
                prop_assert_eq!(&events[2], &Event::Code(CowStr::from(shown)));
            }
        }

        #[test]
        fn any_text_is_one_block(text in "[ -~`\\n\u{80}-\u{2fff}]{0,60}|(`{3,5}[a\\n]){1,5}") {
            let markdown = format!("{}\n\nafter", code_block(&text));
            let events = events(&markdown);
            let is_fence = matches!(&events[0], Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if &**info == "python");
            prop_assert!(is_fence);
            let end = events.iter().position(|e| *e == Event::End(TagEnd::CodeBlock)).unwrap();
            prop_assert_eq!(events.len() - end, 4, "{:?}", events);
        }

        #[test]
        fn escaped_words_are_one_paragraph_of_text(text in "[ -~]{0,40}") {
            let markdown = format!("a {} b", escape(&text));
            for event in events(&markdown) {
                let plain = matches!(event, Event::Text(_) | Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph));
                prop_assert!(plain, "{:?}", event);
            }
        }
    }
}
