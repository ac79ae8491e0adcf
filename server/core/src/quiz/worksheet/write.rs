//! Writing questions as blocks.

use super::{BlockKind, Question, TOLD, letter};
use crate::content::quiz::Label;
use crate::markdown::plain_text;
use crate::quiz::Shape;
use crate::quiz::blank::BLANK;

/// Widest line of prose, in characters.
const WIDTH: usize = 88;

/// Where the reader writes words that are no Python.
const WORDS: &str = "r\"\"\"\n\n\"\"\"\n";

/// A question without anything that gives its answer away. `place` is such as `1/5`, `about` names the
/// reader's file that it is about; with `confidence` the reader is asked how sure the answer is.
pub fn question(
    question: &Question,
    id: &str,
    place: &str,
    about: Option<&str>,
    confidence: bool,
) -> String {
    let topic = plain_text(&question.topic.title);
    let mut out = head(BlockKind::Question, id, place, topic.trim());
    if let Some(file) = about {
        out += &comment(&format!("About {file}:"));
    }
    out += &comment(plain_text(&question.prompt).trim());
    if let Some(snippet) = &question.snippet {
        out += "#\n";
        for line in snippet.trim_end().lines() {
            out += format!("#     {line}").trim_end();
            out.push('\n');
        }
        out += "#\n";
    }
    let count = question.options.len();
    out += &comment(&match question.kind.shape() {
        Shape::One => "Mark one option with an x.".to_owned(),
        Shape::Several => "Mark every option that is right with an x.".to_owned(),
        Shape::Order => format!("Number the options in their order, from 1 to {count}."),
        Shape::Text => format!("Type what belongs in the {BLANK} behind the >."),
        Shape::Words => "Write your answer between the quotes.".to_owned(),
    });
    for (index, option) in question.options.iter().enumerate() {
        out += &format!("# [ ] {}. {}\n", letter(index), plain(&option.label));
    }
    if question.kind.shape() == Shape::Text {
        out += "# > \n";
    }
    if question.kind.shape() == Shape::Words {
        return out + WORDS + &end(id);
    }
    if confidence {
        out += "# How sure? [ ] sure [ ] unsure [ ] guess\n";
    }
    out + &end(id)
}

/// A question that is answered in the reader's own words, between quotes, so that the words are no
/// Python.
pub fn spoken(id: &str, place: &str, title: &str, words: &str) -> String {
    let mut out = head(BlockKind::Interview, id, place, plain_text(title).trim());
    out += &comment(plain_text(words).trim());
    out + WORDS + &end(id)
}

/// What is told of an answer, as lines of comments; [`super::told_at`] finds it.
pub fn told(text: &str) -> String {
    comment(&format!("{TOLD} {}", text.trim_start()))
}

/// `text` as lines of comments, broken at spaces. Lines that are indented by four spaces are code and
/// stay as they are.
pub fn comment(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        if indent >= 4 {
            out += &format!("# {}\n", line.trim_end());
            continue;
        }
        let mut width = 0;
        for word in line.split_whitespace() {
            let long = word.chars().count();
            if width > 0 && width + 1 + long > WIDTH {
                out.push('\n');
                width = 0;
            }
            if width == 0 {
                out.push('#');
                width = 1;
            }
            out.push(' ');
            out += word;
            width += 1 + long;
        }
        if width == 0 {
            out.push('#');
        }
        out.push('\n');
    }
    out
}

fn head(kind: BlockKind, id: &str, place: &str, title: &str) -> String {
    format!("# ---- {place} · {} · {} {id}\n", one_line(title), kind.word())
}

fn end(id: &str) -> String {
    format!("# ---- end {id}\n")
}

/// A label without marks.
fn plain(label: &Label) -> String {
    let text = if label.code { label.text.clone() } else { plain_text(&label.text) };
    one_line(text.trim())
}

fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}
