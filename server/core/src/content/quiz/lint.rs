//! Whether a bank of questions can be passed without knowing anything.

use std::collections::BTreeMap;

use super::super::{ContentError, source::Fault};
use super::{Form, Kind, QuizItem, Wording, Written};

/// From this many questions on, a pattern is no accident.
const SMALL_BANK: usize = 5;
/// Largest share of questions, in percent, that "take the longest option" may get right.
const MAX_LONGEST: usize = 40;
/// Largest share of statements, in percent, with the same answer.
const MAX_SAME: usize = 60;
/// From this many questions on, the places of right options can be even.
const EVEN_BANK: usize = 20;
/// How far the share of a place may be from an even one, in percent of that: with four options from 15
/// to 35 in a hundred.
const UNEVEN: usize = 40;

/// What the author of a quiz should know, though each question is well formed: an item that is
/// always asked in the same words, and a bank with a habit that gives its answers away, be it in the
/// length of options, in their places or in what is true. `quizzes` are the items with the path of their
/// file.
pub(crate) fn lint<'a>(
    quizzes: impl IntoIterator<Item = (&'a str, &'a [QuizItem])>,
) -> Vec<ContentError> {
    let mut errors = Vec::new();
    let mut habits = Habits::default();
    for (path, items) in quizzes {
        for item in items {
            if item.variants.len() < 2 {
                let message =
                    format!("`{}` has one variant; a second one asks it differently", item.id);
                errors.push(Fault::new(item.line, message).at(path));
            }
            for variant in &item.variants {
                let at = (path, variant.line);
                match &variant.form {
                    Form::Written(written) => habits.written(written, at),
                    Form::Computed(wording) => habits.computed(wording, at),
                    // There is nothing to choose.
                    Form::Recall(_) => {}
                }
            }
        }
    }
    habits.tell(&mut errors);
    errors
}

/// Path and line of a question.
type At<'a> = (&'a str, usize);

/// What a guesser could go by.
#[derive(Default)]
struct Habits<'a> {
    /// By kind of question: how many there are, and where the longest option is right.
    lengths: BTreeMap<&'static str, (usize, Vec<At<'a>>)>,
    /// Where statements are true, and where they are false.
    statements: [Vec<At<'a>>; 2],
    /// By the number of options: the places of the right one, and where the first such question is.
    places: BTreeMap<usize, (Vec<usize>, At<'a>)>,
}

impl<'a> Habits<'a> {
    fn written(&mut self, written: &Written, at: At<'a>) {
        match written.kind {
            Kind::Choice => self.length("choice", longest_is_right(written), at),
            Kind::Predict => self.length("predict", longest_is_right(written), at),
            Kind::Several => self.length("several", longest_are_right(written), at),
            Kind::Bool => {
                let is_true = written.options.first().is_some_and(|option| option.right);
                self.statements[usize::from(!is_true)].push(at);
            }
            // The options of the one are all right, those of the other are not shown.
            Kind::Order | Kind::Blank => {}
        }
        if matches!(written.kind, Kind::Choice | Kind::Predict)
            && let Some(place) = written.options.iter().position(|option| option.right)
        {
            let count = written.options.len();
            let (places, _) = self.places.entry(count).or_insert_with(|| (vec![0; count], at));
            places[place] += 1;
        }
    }

    /// A case is a question of its own: each has another right answer. Labels that are code are the
    /// reader's.
    fn computed(&mut self, wording: &Wording, at: At<'a>) {
        for case in wording.generator.cases {
            let width = |role: &str| wording.label(role).map(|label| label.width());
            let widths: Option<Vec<usize>> = case.wrong.iter().map(|role| width(role)).collect();
            let Some((right, wrong)) = width(case.right).zip(widths) else { continue };
            if wording.generator.kind == crate::quiz::Kind::Choice && !wrong.is_empty() {
                let is_longest = wrong.iter().all(|other| right > *other);
                self.length("computed", is_longest, at);
            }
        }
    }

    fn length(&mut self, kind: &'static str, is_longest: bool, at: At<'a>) {
        let (count, longest) = self.lengths.entry(kind).or_default();
        *count += 1;
        longest.extend(is_longest.then_some(at));
    }

    fn tell(self, errors: &mut Vec<ContentError>) {
        for (kind, (count, longest)) in self.lengths {
            let share = longest.len() * 100 / count;
            if count >= SMALL_BANK && longest.len() * 100 > count * MAX_LONGEST {
                for (path, line) in longest {
                    let message = format!(
                        "the longest option is the right one, as in {share} % of the questions of its kind \
                         (`{kind}`); at most {MAX_LONGEST} % may be that easy to guess"
                    );
                    errors.push(Fault::new(line, message).at(path));
                }
            }
        }
        let count: usize = self.statements.iter().map(Vec::len).sum();
        for (answer, places) in ["True", "False"].into_iter().zip(self.statements) {
            if count >= SMALL_BANK && places.len() * 100 > count * MAX_SAME {
                let share = places.len() * 100 / count;
                let message = format!(
                    "the answer is `{answer}`, as in {share} % of the statements; at most {MAX_SAME} % may \
                     have the same"
                );
                let faults = places.into_iter();
                errors.extend(faults.map(|(path, line)| Fault::new(line, &message).at(path)));
            }
        }
        for (options, (places, (path, line))) in self.places {
            let count: usize = places.iter().sum();
            let (least, most) = ((100 - UNEVEN) / options, (100 + UNEVEN) / options);
            for (place, &right) in places.iter().enumerate() {
                let share = right * 100 / count;
                if count >= EVEN_BANK && !(least..=most).contains(&share) {
                    let message = format!(
                        "of the {count} questions with {options} options {share} % have the right one in \
                         place {}; it should be {least} to {most} %",
                        place + 1
                    );
                    errors.push(Fault::new(line, message).at(path));
                }
            }
        }
    }
}

/// No wrong option is as long as the right one.
fn longest_is_right(written: &Written) -> bool {
    longest(written, true) > longest(written, false)
}

/// Every right option is longer than every wrong one.
fn longest_are_right(written: &Written) -> bool {
    let right = written.options.iter().filter(|option| option.right);
    right.map(|option| option.label.text.chars().count()).min() > longest(written, false)
}

fn longest(written: &Written, right: bool) -> Option<usize> {
    let options = written.options.iter().filter(|option| option.right == right);
    options.map(|option| option.label.text.chars().count()).max()
}

#[cfg(test)]
mod tests;
