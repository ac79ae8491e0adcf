//! The packs of the project, read from its folder.

use std::path::{Path, PathBuf};

use pygloss_core::Library;
use pygloss_core::content::PackFile;

/// The built-in packs, as the program has them.
///
/// # Panics
/// When a pack has a fault.
pub fn library() -> Library {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    let mut library = Library::default();
    for pack in listed(&content).into_iter().filter(|path| path.is_dir()) {
        let files: Vec<_> = files(&pack)
            .into_iter()
            .map(|path| (name(&pack, &path), std::fs::read(&path).expect("it can be read")))
            .collect();
        let files: Vec<_> = files.iter().map(|(path, bytes)| PackFile { path, bytes }).collect();
        library.add_pack(&files).expect("the pack has no fault");
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
