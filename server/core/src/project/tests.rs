use proptest::prelude::*;

use super::*;
use crate::analysis::Settings;
use crate::content::testing::builtin;
use crate::modules::testing::Workspace;

#[test]
fn files_are_known_by_their_names() {
    for (path, kind) in [
        ("requirements.txt", Some(FileKind::Requirements)),
        ("a/dev-requirements.in", Some(FileKind::Requirements)),
        ("file:///a/requirements/test.txt", Some(FileKind::Requirements)),
        (r"C:\a\requirements-dev.txt", Some(FileKind::Requirements)),
        ("constraints.txt", Some(FileKind::Constraints)),
        ("requirements/constraints.txt", Some(FileKind::Constraints)),
        ("a/pyproject.toml", Some(FileKind::PyProject)),
        (".gitignore", Some(FileKind::GitIgnore)),
        ("requirements.md", None),
        ("poetry.toml", None),
        ("app.py", None),
    ] {
        assert_eq!(FileKind::of(path), kind, "{path}");
    }
}

/// The findings of a file with these files around it: `line:rule`, and its text with the comment that
/// silences the first.
fn found(fixture: &str) -> (String, Option<String>) {
    let (files, path, _) = Workspace::new(fixture);
    let text = files.text(&path).unwrap();
    let file = ProjectFile::new(FileKind::of(&path).unwrap(), &text);
    let (settings, place) = (Settings::default(), Place::new(&files, &path));
    let found = findings(builtin(), &file, &settings, place);
    let line = |at: usize| text[..at].matches('\n').count() + 1;
    let all: Vec<_> =
        found.iter().map(|it| format!("{}:{}", line(it.span.start), it.rule)).collect();
    let edits = found.first().and_then(|it| silence(builtin(), &file, &settings, place, it));
    let after = edits.map(|edits| {
        let mut text = text.clone();
        edits.iter().for_each(|edit| text.replace_range(edit.span.range(), &edit.text));
        text
    });
    (all.join(" "), after)
}

#[test]
fn comments_silence_findings() {
    let text = "//- requirements.txt\n$0a==1\nb==1\nc\nd\n//- Pipfile\n";
    // Two of four are no list of pins.
    assert_eq!(found(text), (String::new(), None));
    let text = "//- requirements.txt\n$0a==1\nb==1\nc\n//- Pipfile\n";
    let (all, after) = found(text);
    assert_eq!(all, "3:requirements-unpinned");
    let silenced = "a==1\nb==1\n# pygloss: ignore[requirements-unpinned]\nc\n";
    assert_eq!(after.as_deref(), Some(silenced));
    for comment in [
        "  # pygloss: ignore[requirements-unpinned]",
        " # pygloss: file-ignore[requirements-unpinned]",
    ] {
        let text = format!("//- requirements.txt\n$0a==1\nb==1\nc{comment}\n//- Pipfile\n");
        assert_eq!(found(&text).0, "");
    }
    let text = "//- requirements.txt\n$0a==1  # pygloss: ignore[requirements-unpinned]\nb==1\nc\n//- Pipfile\n";
    assert_eq!(found(text).0, "3:requirements-unpinned");
}

#[test]
fn files_among_installed_packages_take_no_part() {
    let (files, ..) = Workspace::new("//- a.py\n$0\n");
    assert!(Place::new(&files, ".venv/requirements.txt").is_none());
    assert!(Place::new(&files, "x/site-packages/a/requirements.txt").is_none());
    assert!(Place::new(&files, ".gitignore").is_some());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever is in a file, every place can be asked about, and fixes can be made.
    #[test]
    fn any_text_can_be_asked_about(
        text in r#"((-r|-é|--hash|--|a|b==1|é|~=|>=|\[|\]|;|@| |#|"|'|\\|=|,|\n|\r\n|\[project\]\n|dependencies = \[|"x"|# pygloss: ignore\[a\]|.venv/){0,2}){0,12}"#,
    ) {
        for path in ["requirements.txt", "pyproject.toml", ".gitignore"] {
            let file = ProjectFile::new(FileKind::of(path).unwrap(), &text);
            let (settings, files) = (Settings::default(), Workspace::of(&[
                (".git/HEAD".into(), String::new()),
                (".venv/pyvenv.cfg".into(), "version = 3.12\ninclude-system-site-packages = false".into()),
                (".venv/lib/python3.12/site-packages/a-1.0.dist-info/METADATA".into(), String::new()),
            ]));
            let place = Place::new(&files, path);
            for at in 0..=text.len() {
                if text.is_char_boundary(at) {
                    hover(builtin(), &file, &settings, place, at);
                }
            }
            for found in fixes(builtin(), &file, &settings, place, Span::new(0, text.len())) {
                silence(builtin(), &file, &settings, place, &found.finding);
                prop_assert!(text.get(found.finding.span.range()).is_some());
            }
        }
    }
}
