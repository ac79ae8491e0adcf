//! The packs of the project, read from its folder.

use std::path::{Path, PathBuf};

use pygloss_core::Library;
use pygloss_core::content::PackFile;

/// The built-in packs, as the program has them: other tests check them as a whole.
///
/// # Panics
/// When a pack has a fault.
pub fn library() -> Library {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    let mut library = Library::default();
    for pack in listed(&content).into_iter().filter(|path| path.is_dir()) {
        let files: Vec<_> = files(&pack)
            .into_iter()
            .map(|path| PackFile {
                path: name(&pack, &path).leak(),
                bytes: std::fs::read(&path).expect("it can be read").leak(),
            })
            .collect();
        library.add_built_in(&files).expect("the pack has no fault");
    }
    library
}

/// The path below the pack, with `/` between parts.
fn name(pack: &Path, path: &Path) -> String {
    let below = path.strip_prefix(pack).expect("it is inside");
    below.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for path in listed(folder) {
        if path.is_dir() {
            out.extend(files(&path));
        } else {
            out.push(path);
        }
    }
    out
}

fn listed(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut out: Vec<_> = entries.map(|entry| entry.expect("it can be listed").path()).collect();
    out.sort();
    out
}
