//! The quizzes of the built-in packs: what they claim is what Python does.

use std::process::Command;

use super::{Form, Kind, QuizItem, Written};
use crate::PythonVersion;
use crate::content::testing::builtin;
use crate::quiz::blank::fill;

fn items() -> Vec<&'static QuizItem> {
    builtin().concepts().flat_map(|(_, concept)| &concept.quiz).collect()
}

fn written() -> impl Iterator<Item = (&'static QuizItem, &'static super::Variant, &'static Written)>
{
    items().into_iter().flat_map(|item| {
        item.variants.iter().filter_map(move |variant| match &variant.form {
            Form::Written(written) => Some((item, variant, written)),
            Form::Computed(_) | Form::Recall(_) => None,
        })
    })
}

fn python(arguments: &[&str]) -> String {
    let output = Command::new("python3").args(arguments).output().expect("this test needs python3");
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), output.stderr);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&err));
    out
}

#[test]
fn every_snippet_prints_what_it_is_said_to_print() {
    let minor = python(&["-c", "import sys; print(sys.version_info.minor)"]);
    let version = PythonVersion::py3(minor.trim().parse().unwrap());
    let mut run = 0;
    for (item, variant, written) in written() {
        let (Some(snippet), Some(stdout)) = (&written.snippet, &written.stdout) else { continue };
        if written.kind != Kind::Blank && variant.python.contains(version) {
            assert_eq!(python(&["-I", "-c", snippet]), *stdout, "{}/{}", item.id, variant.id);
            run += 1;
        }
    }
    assert!(run >= 8, "only {run} snippets run on Python {version}");
}

/// Python itself says which forms of a typed answer are right.
#[test]
fn a_blank_is_filled_by_the_right_forms_alone() {
    let minor = python(&["-c", "import sys; print(sys.version_info.minor)"]);
    let version = PythonVersion::py3(minor.trim().parse().unwrap());
    let mut topics = std::collections::BTreeSet::new();
    let mut asked = 0;
    for (item, variant, written) in written().filter(|(_, _, it)| it.kind == Kind::Blank) {
        let (Some(snippet), Some(stdout)) = (&written.snippet, &written.stdout) else { panic!() };
        if !variant.python.contains(version) {
            continue;
        }
        for form in &written.options {
            let program = fill(snippet, &form.label.text);
            let output = Command::new("timeout")
                .args(["20", "python3", "-I", "-W", "ignore", "-c", &program])
                .output()
                .unwrap();
            let prints = output.status.success() && output.stdout == stdout.as_bytes();
            let name = format!("{}/{}: {}", item.id, variant.id, form.label.text);
            assert_eq!(prints, form.right, "{name}\n{output:?}");
        }
        topics.extend(item.units().filter_map(|unit| unit.split('.').next()));
        asked += 1;
    }
    assert!(asked >= 8 && topics.len() >= 4, "{asked} in {topics:?}");
}

#[test]
fn nobody_passes_without_knowing() {
    assert_eq!(builtin().advice(), []);
}

#[test]
fn the_chapters_questions_about_decorators_are_asked() {
    let asked: Vec<&str> = items().into_iter().flat_map(QuizItem::units).collect();
    for unit in [
        "decorators.mistake.1",
        "decorators.mistake.2",
        "decorators.mistake.3",
        "decorators.followup.1",
        "decorators.followup.2",
        "decorators.followup.3",
        "mcq.6.stem",
        "mcq.6.correct",
        "mcq.6.explanation.1",
        "mcq.6.explanation.2",
    ] {
        assert!(asked.contains(&unit), "{unit}");
    }
}

/// A client that can only show a line of text and buttons still gets at every item.
#[test]
fn every_item_can_be_asked_by_a_line_with_buttons() {
    for item in items() {
        let plain = written().any(|(other, _, written)| {
            let is_one = !matches!(written.kind, Kind::Several | Kind::Order);
            std::ptr::eq(other, item) && written.snippet.is_none() && is_one
        });
        assert!(plain, "{}", item.id);
    }
}
