//! `pygloss pack check DIR`.

use std::fmt::Display;
use std::io::{self, Write};
use std::path::Path;

use pygloss_core::Library;
use pygloss_core::content::{ContentError, PackFile};

use crate::{builtin, packs};

/// Checks the pack in `folder`, or every pack in a folder of packs. Writes each fault to `out` as
/// `file:line: message`, or one line about a pack without faults. The exit code: 0 without faults,
/// 1 with some. An error when there is no pack to read.
pub fn run(folder: &Path, out: &mut dyn Write) -> io::Result<i32> {
    let of_folder =
        |error: &dyn Display| io::Error::other(format!("{}: {error}", folder.display()));
    let packs = packs::find(folder).map_err(|error| of_folder(&error))?;
    if packs.is_empty() {
        return Err(of_folder(&"no pack.toml here, nor in the folders in it"));
    }
    let mut code = 0;
    let mut library: Option<Library> = None;
    for pack in packs {
        match check(&pack, &mut library) {
            Ok(summary) => writeln!(out, "{summary}")?,
            Err(errors) => {
                code = 1;
                for error in errors {
                    writeln!(
                        out,
                        "{}",
                        pack.join(&error.path).display().to_string() + &tail(&error)
                    )?;
                }
            }
        }
    }
    Ok(code)
}

/// `:line: message`.
fn tail(error: &ContentError) -> String {
    match error.line {
        0 => format!(": {}", error.message),
        line => format!(":{line}: {}", error.message),
    }
}

/// Adds the pack to the library: the built-in packs before it, and the packs checked before it.
fn check(folder: &Path, library: &mut Option<Library>) -> Result<String, Vec<ContentError>> {
    let files = packs::read(folder)?;
    let id = files.iter().find(|(path, _)| path == "pack.toml").and_then(|(_, bytes)| id(bytes));
    let library = library.get_or_insert_with(|| builtin::library_before(id.as_deref()));
    let files: Vec<_> = files.iter().map(|(path, bytes)| PackFile { path, bytes }).collect();
    library.add_pack(&files)?;
    let mut advice = library.advice();
    advice.extend(pygloss_core::practice::verify(library));
    advice.extend(pygloss_core::quiz::interview::verify(library));
    if !advice.is_empty() {
        return Err(advice);
    }
    let Some(pack) = library.packs().last() else { return Ok(String::new()) };
    let count = |of: fn(&pygloss_core::content::Concept) -> usize| -> usize {
        pack.concepts.iter().map(of).sum()
    };
    Ok(format!(
        "{}: no faults (concepts: {}, cards: {}, rules: {}, questions: {}, exercises: {})",
        pack.manifest.id,
        pack.concepts.len(),
        count(|concept| concept.cards.len()),
        count(|concept| concept.rules.len()),
        count(|concept| concept.quiz.len()),
        count(|concept| concept.exercises.len()),
    ))
}

/// The id in a `pack.toml`, if it can be read at all.
fn id(bytes: &[u8]) -> Option<String> {
    let table: toml::Table = toml::from_str(str::from_utf8(bytes).ok()?).ok()?;
    table.get("id")?.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn checked(folder: &Path) -> (i32, String) {
        let mut out = Vec::new();
        let code = run(folder, &mut out).unwrap();
        (code, String::from_utf8(out).unwrap())
    }

    #[test]
    fn the_built_in_packs_can_be_checked_where_they_are_written() {
        let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        for folder in [content.clone(), content.join("python-interview-5")] {
            let (code, out) = checked(&folder);
            assert_eq!(code, 0, "{out}");
            assert!(out.starts_with("python-interview-5: no faults (concepts: "), "{out}");
        }
    }

    #[test]
    fn faults_are_told_by_file_and_line() {
        let folder = tempfile::tempdir().unwrap();
        let pack = folder.path().join("mine");
        fs::create_dir_all(pack.join("c/cards")).unwrap();
        let toml = "id = \"mine\"\ntitle = \"Mine\"\nlicence = \"MIT\"\nrequires-python = \">=3.9\"\nconcepts = [\"c\"]\n";
        fs::write(pack.join("pack.toml"), toml).unwrap();
        fs::write(
            pack.join("c/concept.md"),
            "+++\ntitle = \"C\"\nunits = []\nlinks = []\n+++\n<b>\n",
        )
        .unwrap();
        let (code, out) = checked(&pack);
        assert_eq!(code, 1);
        let place = pack.join("c/concept.md").display().to_string();
        assert!(out.starts_with(&format!("{place}:6: raw HTML")), "{out}");
        assert_eq!(out.lines().count(), 1, "{out}");
        assert_eq!(checked(folder.path()), (1, out));
    }

    #[test]
    fn a_folder_without_packs_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        for folder in [folder.path(), &folder.path().join("none")] {
            let error = run(folder, &mut Vec::new()).unwrap_err().to_string();
            assert!(error.starts_with(&format!("{}: ", folder.display())), "{error}");
        }
    }
}
