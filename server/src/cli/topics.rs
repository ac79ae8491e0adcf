//! `pygloss topics`.

use std::io::{self, Write};

use pygloss_core::Library;
use pygloss_core::content::Concept;
use pygloss_core::markdown::plain_text;

use super::counted;

/// Lists the concepts in the order in which they are taught, with what there is about each.
///
/// # Errors
/// When `out` cannot be written to.
pub fn run(out: &mut impl Write, library: &Library) -> io::Result<i32> {
    for pack in library.packs() {
        writeln!(out, "{}", pack.manifest.title)?;
        for concept in &pack.concepts {
            let title = plain_text(&concept.title);
            writeln!(out, "  {:<22} {title:<48} {}", concept.id, contents(concept))?;
        }
    }
    writeln!(out, "\n`pygloss explain TOPIC` shows the page of a topic.")?;
    Ok(0)
}

/// Such as `12 cards, 1 rule, 8 questions, 3 exercises`.
fn contents(concept: &Concept) -> String {
    let parts = [
        (concept.cards.len(), "card"),
        (concept.rules.len(), "rule"),
        (concept.quiz.len(), "question"),
        (concept.exercises.len(), "exercise"),
    ];
    let parts = parts.iter().filter(|(count, _)| *count > 0);
    parts.map(|(count, what)| counted(*count, what)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_come_in_the_order_of_the_chapter_with_what_there_is() {
        let library = crate::builtin::library();
        let mut out = Vec::new();
        assert_eq!(run(&mut out, &library).unwrap(), 0);
        let out = String::from_utf8(out).unwrap();
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!(lines[0], "Intermediate Python and its libraries");
        let names: Vec<&str> = lines[1..lines.len() - 2]
            .iter()
            .map(|line| line.split_whitespace().next().unwrap())
            .collect();
        let taught: Vec<&str> = library.concepts().map(|(_, concept)| &*concept.id).collect();
        assert_eq!(names, taught);
        assert_eq!(&names[..3], ["decorators", "generators", "context-managers"]);
        let decorators = library.concepts().next().unwrap().1;
        let (cards, questions) = (decorators.cards.len(), decorators.quiz.len());
        let expected = format!(
            "{cards} cards, {} rules, {questions} questions, 3 exercises",
            decorators.rules.len()
        );
        assert!(lines[1].starts_with("  decorators             Decorators "), "{out}");
        assert!(lines[1].ends_with(&expected), "{out}");
        assert!(lines[6].contains(" The collections module "), "no marks are left: {out}");
    }
}
