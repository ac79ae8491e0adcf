//! The packs that are built into the program.

use include_dir::{Dir, include_dir};
use pygloss_core::Library;
use pygloss_core::content::PackFile;

static CONTENT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content");

/// A library with the built-in packs.
pub fn library() -> Library {
    library_before(None)
}

/// A library with the built-in packs that come before the one with the id `stop`, or all of them if
/// there is none.
pub(crate) fn library_before(stop: Option<&str>) -> Library {
    let mut library = Library::default();
    for pack in CONTENT.dirs() {
        if stop.is_some_and(|stop| pack.path().to_str() == Some(stop)) {
            break;
        }
        if let Err(errors) = library.add_built_in(&files(pack)) {
            // A test keeps this from being shipped.
            debug_assert!(errors.is_empty(), "{errors:#?}");
        }
    }
    library
}

/// The files below `pack`, with paths that start there.
fn files(pack: &'static Dir<'_>) -> Vec<PackFile<'static>> {
    let mut files = Vec::new();
    let mut folders = vec![pack];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let below = file.path().strip_prefix(pack.path()).ok().and_then(|path| path.to_str());
            files.extend(below.map(|path| PackFile { path, bytes: file.contents() }));
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_packs_have_no_faults() {
        let mut library = Library::default();
        for pack in CONTENT.dirs() {
            let files = files(pack);
            assert!(files.iter().any(|file| file.path == "pack.toml"), "{:?}", pack.path());
            assert_eq!(library.add_pack(&files), Ok(()));
            let id = &library.packs().last().expect("it was added").manifest.id;
            assert_eq!(pack.path().to_str(), Some(id.as_str()), "a folder is named as its pack");
        }
        assert!(library.explain("decorators").is_some());
        assert_eq!(super::library().packs().len(), library.packs().len());
        assert_eq!(library_before(Some("python-interview-5")).packs().len(), 0);
    }

    #[test]
    fn what_is_read_later_is_what_was_checked() {
        let mut checked = Library::default();
        for pack in CONTENT.dirs() {
            checked.add_pack(&files(pack)).unwrap();
        }
        let late = super::library();
        let told = |library: &Library| {
            let parts = library.concepts().map(|(_, concept)| {
                format!(
                    "{:?} {:?} {:?} {:?} {:?} {:?}",
                    concept.cards,
                    concept.rules,
                    concept.refactorings,
                    concept.quiz,
                    concept.interviews,
                    concept.exercises
                )
            });
            parts.collect::<Vec<_>>()
        };
        for (late, checked) in told(&late).iter().zip(told(&checked)) {
            assert!(*late == checked, "{late}\n{checked}");
        }
        for pack in late.packs() {
            assert!(!pack.units.is_empty());
            for exercise in late.exercises() {
                assert!(late.has_id(&exercise.id()) && checked.has_id(&exercise.id()));
            }
        }
        assert!(!late.has_id("python-interview-5/decorators/no-such-thing"));
    }
}
