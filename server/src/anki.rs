//! The questions of the packs as notes for Anki.
//!
//! The text file is as Anki's manual describes it: <https://docs.ankiweb.net/importing/text-files.html>,
//! "File Headers". A note keeps its guid as long as the question keeps its id, so that importing a newer
//! file updates the notes that are there, with what Anki knows about them.

use std::io::{self, Write};

use csv::{QuoteStyle, WriterBuilder};
use pulldown_cmark::{Event, Parser, html};
use pygloss_core::Library;
use pygloss_core::content::quiz::{Choice, Form, Kind, Label, QuizItem, Recall, Variant, Written};
use pygloss_core::content::{Concept, Pack, Point};
use pygloss_core::markdown::plain_text;

/// What Anki is to make of the lines below.
const HEADERS: &str = "#separator:tab\n#html:true\n#notetype:Basic\n#guid column:1\n#deck column:2\n\
                       #tags column:3\n#columns:guid\tdeck\ttags\tFront\tBack\n";

/// Writes every question that an author wrote, a note each, and returns how many there are. Questions about
/// the reader's code have no text of their own and are left out.
///
/// # Errors
/// When `out` cannot be written to.
pub fn export(out: &mut impl Write, library: &Library) -> io::Result<usize> {
    out.write_all(HEADERS.as_bytes())?;
    let mut rows = WriterBuilder::new();
    let mut rows = rows.delimiter(b'\t').quote_style(QuoteStyle::Necessary).from_writer(out);
    let mut count = 0;
    for (pack, concept) in library.concepts() {
        for item in &concept.quiz {
            for variant in &item.variants {
                let sides = match &variant.form {
                    Form::Written(written) => [front(written), back(item, written)],
                    Form::Recall(recall) => recalled(item, recall),
                    Form::Computed(_) => continue,
                };
                rows.write_record(note(pack, concept, item, variant, sides))?;
                count += 1;
            }
        }
    }
    rows.flush()?;
    Ok(count)
}

/// Guid, deck, tags, front, back.
fn note(
    pack: &Pack,
    concept: &Concept,
    item: &QuizItem,
    variant: &Variant,
    [front, back]: [String; 2],
) -> [String; 5] {
    let card = format!("{}/{}/{}", pack.manifest.id, concept.id, item.id);
    // Two colons make one deck a part of another, and so with tags.
    let deck = format!("pygloss::{}", plain_text(&concept.title).replace("::", ":"));
    let tags = format!("pygloss::{} pygloss::{}", concept.id, pack.manifest.id);
    [format!("pygloss/{card}/{}", variant.id), deck, tags, front, back]
}

fn front(written: &Written) -> String {
    let mut out = paragraph(&written.prompt);
    if let Some(snippet) = &written.snippet {
        out += &code(snippet);
    }
    // Those of a blank are forms of the answer.
    if written.kind != Kind::Blank {
        out += &list("ul", shuffled(written).into_iter().map(|option| label(&option.label)));
    }
    out
}

fn back(item: &QuizItem, written: &Written) -> String {
    let reason =
        |option: &Choice| format!("<b>{}</b>: {}", label(&option.label), inline(&option.why));
    let mut out = match written.kind {
        Kind::Order => list("ol", written.options.iter().map(reason)),
        _ => {
            let right = written.options.iter().filter(|option| option.right).map(reason);
            let wrong = written.options.iter().filter(|option| !option.right);
            let wrong = wrong.map(|it| format!("{}: {}", label(&it.label), inline(&it.why)));
            format!("{}<p>Not:</p>{}", list("ul", right), list("ul", wrong))
        }
    };
    out += &links(item);
    out
}

/// A question that is answered in free words: the model answer, and what is looked for in it.
fn recalled(item: &QuizItem, recall: &Recall) -> [String; 2] {
    let Recall { question, .. } = recall;
    let point = |point: &Point| format!("<b>{}</b>: {}", inline(&point.title), inline(&point.why));
    let points = list("ul", question.points.iter().map(point));
    [paragraph(&question.ask), paragraph(&question.model) + &points + &links(item)]
}

/// Where to read on.
fn links(item: &QuizItem) -> String {
    let links: Vec<_> = item.links.iter().map(|link| link.markdown()).collect();
    if links.is_empty() { String::new() } else { paragraph(&links.join(", ")) }
}

/// The options in an order that tells nothing: that of a hash, but for those that stay last.
fn shuffled(written: &Written) -> Vec<&Choice> {
    let mut options: Vec<&Choice> = written.options.iter().collect();
    let hash = |text: &str| {
        text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    };
    if written.kind != Kind::Bool {
        options.sort_by_key(|option| (option.last, hash(&option.label.text)));
    }
    options
}

fn list(tag: &str, items: impl Iterator<Item = String>) -> String {
    let items: String = items.map(|item| format!("<li>{item}</li>")).collect();
    format!("<{tag}>{items}</{tag}>")
}

fn label(label: &Label) -> String {
    if label.code { format!("<code>{}</code>", escape(&label.text)) } else { inline(&label.text) }
}

/// One line of Markdown as HTML. HTML in it stays text.
fn inline(markdown: &str) -> String {
    let events = Parser::new(markdown).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::SoftBreak | Event::HardBreak => Event::Text(" ".into()),
        other => other,
    });
    let mut out = String::new();
    html::push_html(&mut out, events);
    let out = out.trim();
    out.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>")).unwrap_or(out).to_owned()
}

fn paragraph(markdown: &str) -> String {
    format!("<p>{}</p>", inline(markdown))
}

/// Code on one line of the file: a line of Anki's file is a note.
fn code(text: &str) -> String {
    let lines = escape(text.trim_end()).replace('\n', "<br>").replace('\t', "&#9;");
    format!("<pre style=\"text-align: left\"><code>{lines}</code></pre>")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use pygloss_core::content::PackFile;

    use super::*;

    /// The notes as a reader of such files has them, one for each line.
    fn notes(library: &Library) -> Vec<[String; 5]> {
        let mut out = Vec::new();
        let count = export(&mut out, library).unwrap();
        let text = String::from_utf8(out).unwrap();
        let body = text.strip_prefix(HEADERS).unwrap();
        assert_eq!(body.lines().count(), count, "a line for each note");
        let mut reader = csv::ReaderBuilder::new();
        let mut reader = reader.delimiter(b'\t').has_headers(false).from_reader(body.as_bytes());
        let rows = reader.records().map(|row| row.unwrap());
        rows.map(|row| std::array::from_fn(|at| row[at].to_owned())).collect()
    }

    #[test]
    fn every_question_is_one_note_of_its_own() {
        let notes = notes(&crate::builtin::library());
        let guids: std::collections::BTreeSet<_> = notes.iter().map(|note| &note[0]).collect();
        assert_eq!(guids.len(), notes.len());
        assert!(notes.len() > 100, "{}", notes.len());
        for [guid, deck, tags, front, back] in &notes {
            assert!(guid.starts_with("pygloss/python-interview-5/"), "{guid}");
            assert!(
                deck.starts_with("pygloss::") && tags.starts_with("pygloss::"),
                "{deck} {tags}"
            );
            assert!(front.starts_with("<p>") && back.contains("<li>"), "{front} {back}");
        }
    }

    #[test]
    fn the_front_does_not_tell_the_answer_by_its_order() {
        let library = crate::builtin::library();
        let items = library.concepts().flat_map(|(_, concept)| &concept.quiz);
        let variants = items.flat_map(|item| &item.variants);
        let mut firsts = 0;
        let mut all = 0;
        for variant in variants {
            let Form::Written(written) = &variant.form else { continue };
            if written.kind == Kind::Choice {
                firsts += usize::from(shuffled(written)[0].right);
                all += 1;
            }
        }
        let share = firsts as f64 / f64::from(all);
        assert!((0.1..0.45).contains(&share), "{share} of {all}");
    }

    #[test]
    fn code_and_markup_stay_what_they_are() {
        assert_eq!(
            inline("What is `a < b & c` in **this**?"),
            "What is <code>a &lt; b &amp; c</code> in <strong>this</strong>?"
        );
        assert_eq!(inline("no <b>html</b>"), "no &lt;b&gt;html&lt;/b&gt;");
        assert_eq!(
            code("if a < b:\n\tprint(\"x\")\n"),
            "<pre style=\"text-align: left\"><code>if a &lt; b:<br>&#9;print(\"x\")</code></pre>"
        );
    }

    #[test]
    fn tabs_quotes_and_line_breaks_break_no_note() {
        let pack = "id = \"p\"\ntitle = \"P\"\nlicence = \"MIT\"\nrequires-python = \">=3.9\"\n\
                    concepts = [\"c\"]\n";
        let concept = "+++\ntitle = \"A :: B\"\nunits = [\"c.a.1\"]\nlinks = []\n+++\nText.\n";
        let quiz = "[[item]]\nid = \"i\"\nunits = [\"c.a.1\"]\n[[item.variant]]\nid = \"v\"\n\
                    kind = \"choice\"\nprompt = \"Say \\\"a < b\\\" & `x\\\"y`?\"\n\
                    snippet = \"if 1 < 2:\\n\\tprint('\\\"')\\n\"\n\
                    options = [{ text = \"`\\\"`\", right = true, why = \"It is.\" }, \
                    { text = \"b\", why = \"Not `<b>`.\" }]\n";
        let files = [("pack.toml", pack), ("c/concept.md", concept), ("c/quiz.toml", quiz)];
        let files = files.map(|(path, text)| PackFile { path, bytes: text.as_bytes() });
        let mut library = Library::default();
        library.add_pack(&files).unwrap();
        let [note] = &notes(&library)[..] else { panic!("one question, one note") };
        let [guid, deck, tags, front, back] = note;
        assert_eq!(guid, "pygloss/p/c/i/v");
        assert_eq!((deck.as_str(), tags.as_str()), ("pygloss::A : B", "pygloss::c pygloss::p"));
        let snippet = "<code>if 1 &lt; 2:<br>&#9;print('\"')</code>";
        assert!(
            front.contains("a &lt; b") && front.contains("<code>x") && front.contains(snippet),
            "{front}"
        );
        assert!(!front.contains(['\t', '\n']) && !back.contains(['\t', '\n']), "{front} {back}");
        assert!(back.contains("Not <code>&lt;b&gt;</code>."), "{back}");
    }
}
