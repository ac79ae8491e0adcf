//! The form that every card has.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// The first paragraph carries the answer in this many lines.
const ANSWER_LINES: usize = 5;
const COLUMNS: usize = 80;

/// What is wrong with the text of a card.
pub fn faults(markdown: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut blocks = Vec::new();
    let mut whole = Vec::new();
    let mut fenced = false;
    for (event, range) in Parser::new(markdown).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => {
                fenced = true;
                blocks.push(range);
            }
            Event::End(TagEnd::CodeBlock) => fenced = false,
            Event::Code(_) | Event::Start(Tag::Link { .. }) => whole.push(range),
            Event::Text(text) if !fenced && text.contains(['{', '}']) => {
                out.push(format!("an unfilled slot in {text:?}"));
            }
            Event::Html(html) | Event::InlineHtml(html) => out.push(format!("HTML: {html:?}")),
            _ => {}
        }
    }
    let answer = markdown.split("\n\n").next().unwrap_or_default();
    // The reader's own code takes its room: one line more for each hundred bytes of it.
    let code = answer.split('`').skip(1).step_by(2).map(str::len);
    let of_code = code.sum::<usize>() / 100;
    let answer = answer.lines().count();
    if answer == 0 || answer > ANSWER_LINES + of_code {
        out.push(format!("the answer has {answer} lines"));
    }
    let mut start = 0;
    for line in markdown.split_inclusive('\n') {
        if !holds(&blocks, start) && could_break(line, start, &whole) {
            out.push(format!("wider than {COLUMNS} columns: {line:?}"));
        }
        start += line.len();
    }
    out
}

fn holds(ranges: &[Range<usize>], offset: usize) -> bool {
    ranges.iter().any(|range| range.contains(&offset))
}

/// Whether the line is too wide though it has a space to break at. Code stays whole, and so
/// does the last line with its links, which no editor shows as it is written.
fn could_break(line: &str, start: usize, whole: &[Range<usize>]) -> bool {
    let line = line.trim_end();
    let text = line.trim_start_matches([' ', '-']);
    line.chars().count() > COLUMNS
        && !line.starts_with('[')
        && line
            .char_indices()
            .take(COLUMNS + 1)
            .skip(line.chars().count() - text.chars().count())
            .any(|(at, c)| c == ' ' && !holds(whole, start + at))
}
