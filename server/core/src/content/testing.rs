//! Packs for tests.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use super::{Library, PackFile};

/// The packs that are built into the server, read from the source tree.
pub(crate) fn builtin() -> &'static Library {
    static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
        let mut library = Library::default();
        let root = content_folder().join("python-interview-5");
        let mut files = Vec::new();
        collect(&root, &root, &mut files);
        if let Err(errors) = add(&mut library, &files) {
            panic!("the built-in pack has faults:\n{}", errors.join("\n"));
        }
        library
    });
    &LIBRARY
}

/// `content/` of the source tree.
pub(crate) fn content_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content")
}

/// Adds a pack; faults as `file:line: message`.
pub(crate) fn add(library: &mut Library, files: &[(String, Vec<u8>)]) -> Result<(), Vec<String>> {
    let files: Vec<_> = files.iter().map(|(path, bytes)| PackFile { path, bytes }).collect();
    library.add_pack(&files).map_err(|errors| errors.iter().map(ToString::to_string).collect())
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            files.push((name, fs::read(&path).unwrap()));
        }
    }
}
