//! Hover snapshots of files of a project.

use expect_test::Expect;

use super::{FileKind, Place, ProjectFile, hover};
use crate::Settings;
use crate::content::testing::builtin;
use crate::modules::Files;
use crate::modules::testing::Workspace;

/// Checks the card of the built-in packs at the cursor `$0` of `fixture`, see [`Workspace`]. The
/// snapshot shows what the card is about, and the card; or `no card`.
#[track_caller]
pub(crate) fn check_hover(fixture: &str, expect: Expect) {
    check_hover_with(&Settings::default(), fixture, expect);
}

/// [`check_hover`] with other settings.
#[track_caller]
pub(crate) fn check_hover_with(settings: &Settings, fixture: &str, expect: Expect) {
    let (files, path, offset) = Workspace::new(fixture);
    let text = files.text(&path).expect("the file exists");
    let file = ProjectFile::new(FileKind::of(&path).expect("a file of a project"), &text);
    let found = hover(builtin(), &file, settings, Place::new(&files, &path), offset);
    let Some(found) = found else { return expect.assert_eq("no card\n") };
    assert!(builtin().has_id(&found.card), "{} is no id", found.card);
    for line in found.markdown.lines() {
        let breakable = line.trim_start().contains(' ') && !line.contains(['`', ']']);
        assert!(!breakable || line.chars().count() <= 80, "wider than 80 columns: {line}");
    }
    expect.assert_eq(&format!("{}\n---\n{}", &text[found.span.range()], found.markdown));
}
