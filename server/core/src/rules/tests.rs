//! The examples of every rule's page, run.

mod inverses;
mod safety;

use crate::analysis::{self, Finding, FixedFinding, Safety, Settings, TargetSource};
use crate::content::testing::builtin;
use crate::content::{Example, Expect, Rule};
use crate::modules::testing::Workspace;
use crate::project::{self, FileKind, Place, ProjectFile};
use crate::{Document, PythonVersion};

fn settings(example: &Example) -> Settings {
    Settings {
        target: example.target.unwrap_or(PythonVersion::OLDEST),
        target_source: example.target.map(|_| TargetSource::RequiresPython),
        is_test: example.is_test,
        is_stub: example.is_stub,
        ..Settings::default()
    }
}

/// The file of an example that is not Python, and the files around it.
struct InProject(ProjectFile, Workspace);

impl InProject {
    fn of(example: &Example, path: &str, code: &str) -> Self {
        let kind = FileKind::of(path).expect("a file of a project");
        let mut files = example.around.clone();
        files.push((path.to_owned(), code.to_owned()));
        Self(ProjectFile::new(kind, code), Workspace::of(&files))
    }
}

fn findings(example: &Example, code: &str) -> Vec<Finding> {
    let settings = settings(example);
    let Some(path) = &example.path else {
        return analysis::findings(builtin(), &Document::new(code), &settings);
    };
    let InProject(file, around) = InProject::of(example, path, code);
    project::findings(builtin(), &file, &settings, Place::new(&around, path))
}

fn fixes(example: &Example, code: &str) -> Vec<FixedFinding> {
    let (settings, whole) = (settings(example), crate::Span::new(0, code.len()));
    let Some(path) = &example.path else {
        return analysis::fixes(builtin(), &Document::new(code), &settings, whole);
    };
    let InProject(file, around) = InProject::of(example, path, code);
    project::fixes(builtin(), &file, &settings, Place::new(&around, path), whole)
}

/// What the rule finds in an example: start and length.
fn found(rule: &Rule, example: &Example, code: &str) -> Vec<(usize, usize)> {
    findings(example, code)
        .iter()
        .filter(|finding| finding.rule == rule.id)
        .map(|finding| (finding.span.start, finding.span.len()))
        .collect()
}

/// Applies the wanted fix of the first finding again and again.
fn fixed(rule: &Rule, example: &Example, wanted: Option<&str>) -> String {
    let mut code = example.code.clone();
    for _ in 0..10 {
        let all = fixes(example, &code);
        let of_rule = all.into_iter().filter(|found| found.finding.rule == rule.id);
        let Some(fix) = of_rule
            .flat_map(|found| found.fixes)
            .find(|fix| wanted.is_none_or(|id| rule.fixes[id].starts_with(&fix.title[..4])))
        else {
            break;
        };
        for edit in fix.edits.iter().rev() {
            code.replace_range(edit.span.range(), &edit.text);
        }
    }
    code
}

#[test]
fn examples_hold() {
    let mut faults = Vec::new();
    for rule in builtin().rules() {
        let mut before: Option<&Example> = None;
        for example in &rule.examples {
            let place = format!("{}:{}", rule.id, example.line);
            match example.expect {
                Expect::Fires => {
                    let found = found(rule, example, &example.code);
                    let marks: Vec<_> = example.marks.iter().map(|mark| mark.start).collect();
                    let fits = found.iter().zip(&example.marks).all(|((start, len), mark)| {
                        *start == mark.start && mark.len.is_none_or(|wanted| wanted == *len)
                    });
                    if found.is_empty()
                        || (!marks.is_empty() && (found.len() != marks.len() || !fits))
                    {
                        faults
                            .push(format!("{place}: found {found:?}, marked {:?}", example.marks));
                    }
                    before = Some(example);
                }
                Expect::Fixed => {
                    let after = fixed(rule, before.unwrap(), example.fix.as_deref());
                    if after != example.code {
                        faults.push(format!("{place}: fixed to\n{after}"));
                    }
                }
                Expect::Silent => {
                    let found = found(rule, example, &example.code);
                    if !found.is_empty() {
                        faults.push(format!("{place}: not silent: {found:?}"));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_rule_has_its_page() {
    for rule in super::all() {
        assert!(builtin().rule(rule.id).is_some(), "{} has no page", rule.id);
    }
    for page in builtin().rules() {
        assert!(super::rule(&page.id).is_some(), "{} has no rule", page.id);
    }
}

#[test]
fn silent_examples_are_at_least_as_many_as_firing_ones() {
    for rule in builtin().rules() {
        let count =
            |wanted| rule.examples.iter().filter(|example| example.expect == wanted).count();
        assert!(count(Expect::Silent) >= count(Expect::Fires), "{}", rule.id);
    }
}

#[test]
fn the_chapters_example_gets_wraps_and_an_import() {
    let source = &builtin().concepts().next().unwrap().1.tour;
    let document = Document::new(source);
    let edits = analysis::fix_all(builtin(), &document, &Settings::default()).edits;
    let mut after = document.clone();
    for edit in edits.iter().rev() {
        after.edit(edit.span, &edit.text);
    }
    let after = after.text().to_string();
    assert!(after.starts_with("import functools\nimport time\n"), "{after}");
    assert!(
        after.contains("        @functools.wraps(func)\n        def wrapper(*args, **kwargs):\n")
    );
    let again = Document::new(&after);
    assert!(analysis::findings(builtin(), &again, &Settings::default()).is_empty());
    let all = analysis::fixes(
        builtin(),
        &document,
        &Settings::default(),
        crate::Span::new(0, source.len()),
    );
    assert_eq!(all[0].fixes[0].safety, Safety::Safe);
}
