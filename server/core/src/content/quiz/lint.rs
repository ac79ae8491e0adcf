//! Whether a bank of questions can be passed without knowing anything.

use super::super::{ContentError, source::Fault};
use super::{Form, Kind, QuizItem, Written};

/// From this many questions on, a pattern is no accident.
const SMALL_BANK: usize = 5;
/// Largest share of questions, in percent, that "take the longest option" may get right.
const MAX_LONGEST: usize = 40;

/// What the author of a quiz should know, though each question is well formed: an item that is
/// always asked in the same words, and a bank in which the longest option is the right one. `quizzes`
/// are the items with the path of their file.
pub(crate) fn lint<'a>(
    quizzes: impl IntoIterator<Item = (&'a str, &'a [QuizItem])>,
) -> Vec<ContentError> {
    let mut errors = Vec::new();
    let mut longest: Vec<(&str, usize)> = Vec::new();
    let mut questions = 0;
    for (path, items) in quizzes {
        for item in items {
            if item.variants.len() < 2 {
                let message =
                    format!("`{}` has one variant; a second one asks it differently", item.id);
                errors.push(Fault::new(item.line, message).at(path));
            }
            for variant in &item.variants {
                let Form::Written(written) = &variant.form else { continue };
                if written.kind != Kind::Choice {
                    continue;
                }
                questions += 1;
                if longest_is_right(written) {
                    longest.push((path, variant.line));
                }
            }
        }
    }
    if questions >= SMALL_BANK && longest.len() * 100 > questions * MAX_LONGEST {
        let share = longest.len() * 100 / questions;
        for (path, line) in longest {
            let message = format!(
                "the longest option is the right one, as in {share} % of the questions; at most \
                 {MAX_LONGEST} % may be that easy to guess"
            );
            errors.push(Fault::new(line, message).at(path));
        }
    }
    errors
}

/// No wrong option is as long as the right one.
fn longest_is_right(written: &Written) -> bool {
    let len = |right: bool| {
        let options = written.options.iter().filter(move |option| option.right == right);
        options.map(|option| option.label.text.chars().count()).max()
    };
    len(true) > len(false)
}
