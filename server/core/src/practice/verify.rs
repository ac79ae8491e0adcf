//! Whether the goals of the exercises in a pack tell right answers from wrong ones.

use std::collections::BTreeSet;

use super::open_goals;
use crate::content::{ContentError, Exercise, SYNTAX};
use crate::syntax::{Field, Kind, kind};
use crate::{Document, Library, walk};

/// What is wrong with the exercises of the newest pack, in order of file and line: a solution that
/// does not pass, a wrong answer that does, a goal that nothing misses.
pub fn verify(library: &Library) -> Vec<ContentError> {
    let mut errors = Vec::new();
    for concept in library.packs().last().into_iter().flat_map(|pack| &pack.concepts) {
        for exercise in &concept.exercises {
            let path = format!("{}/exercises/{}.md", concept.id, exercise.id);
            let faults = faults(library, exercise).into_iter();
            errors.extend(faults.map(|(line, message)| ContentError {
                path: path.clone(),
                line,
                message,
            }));
        }
    }
    errors
}

fn faults(library: &Library, exercise: &Exercise) -> Vec<(usize, String)> {
    let misses = |text: &str| -> BTreeSet<String> {
        let document = Document::new(text);
        open_goals(library, exercise, &document).iter().map(|open| open.id().to_owned()).collect()
    };
    let mut faults = Vec::new();
    let mut missed = misses(&exercise.start);
    if missed.is_empty() || missed.contains(SYNTAX) {
        faults.push((0, format!("the start misses {}", listed(&missed))));
    }
    let open = misses(&exercise.solution);
    if !open.is_empty() {
        faults.push((0, format!("the solution misses {}", listed(&open))));
    }
    for answer in &exercise.answers {
        let open = misses(&answer.program(&exercise.solution));
        let said: BTreeSet<String> = answer.misses.iter().cloned().collect();
        if open != said {
            let message = format!("it misses {}, not {}", listed(&open), listed(&said));
            faults.push((answer.line, message));
        }
        missed.extend(open);
    }
    for goal in &exercise.goals {
        if !missed.contains(&goal.id) {
            let message = format!("neither the start nor a wrong answer misses `{}`", goal.id);
            faults.push((0, message));
        }
    }
    let comments: String = exercise.solution.lines().map(|line| format!("# {line}\n")).collect();
    let emptied = [
        ("an empty file", String::new()),
        ("the solution as a comment", comments),
        ("a file with `pass`", "pass\n".to_owned()),
        ("the solution with empty functions", gutted(&exercise.solution)),
    ];
    for (what, text) in emptied {
        if misses(&text).is_empty() {
            faults.push((0, format!("{what} passes")));
        }
    }
    faults
}

fn listed(ids: &BTreeSet<String>) -> String {
    if ids.is_empty() {
        return "nothing".to_owned();
    }
    ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")
}

/// The program with `pass` as the body of every function.
fn gutted(program: &str) -> String {
    let document = Document::new(program);
    let mut out = String::new();
    for item in document.items() {
        let mut at = 0;
        if let Some(tree) = item.tree() {
            walk::until(tree.root_node(), |node| {
                let is_function = kind(node) == Kind::FunctionDefinition;
                if let Some(body) = Field::Body.of(node).filter(|_| is_function) {
                    out.push_str(&item.text()[at..body.start_byte()]);
                    out.push_str("pass");
                    at = body.end_byte();
                }
                is_function
            });
        }
        out.push_str(&item.text()[at..]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::gutted;

    #[test]
    fn a_gutted_program_has_its_names_left() {
        let program = "@d\ndef f(x):\n    '''Doc.'''\n    return x\n\nclass C:\n    def m(self):\n        return 1\n\nf(1)\n";
        assert_eq!(
            gutted(program),
            "@d\ndef f(x):\n    pass\n\nclass C:\n    def m(self):\n        pass\n\nf(1)\n"
        );
    }
}
