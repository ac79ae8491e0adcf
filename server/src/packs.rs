//! Reading a pack from a folder. What it may hold is checked by the core; here it is kept from
//! leaving its folder and from being endless.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use pygloss_core::content::{ContentError, MAX_FILE_BYTES, MAX_FILES, MAX_PACK_BYTES};

/// Deepest folder of a pack below its root.
const MAX_DEPTH: usize = 4;

/// The files of a pack: path below the root with `/` between parts, and content.
pub(crate) type Files = Vec<(String, Vec<u8>)>;

/// The folder itself if it is a pack, else the packs in it, in order of name.
///
/// # Errors
/// When the folder cannot be read.
pub(crate) fn find(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    if folder.join("pack.toml").exists() {
        return Ok(vec![folder.to_owned()]);
    }
    let mut packs = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.join("pack.toml").exists() {
            packs.push(path);
        }
    }
    packs.sort();
    Ok(packs)
}

/// Reads every file below `root` but hidden ones, or says what cannot be read.
pub(crate) fn read(root: &Path) -> Result<Files, Vec<ContentError>> {
    let real = fs::canonicalize(root).map_err(|error| vec![fault("pack.toml", error)])?;
    let mut reader = Reader { root: real, ..Reader::default() };
    reader.folder(String::new(), 0);
    if reader.errors.is_empty() {
        reader.files.sort();
        Ok(reader.files)
    } else {
        Err(reader.errors)
    }
}

fn fault(path: &str, message: impl ToString) -> ContentError {
    ContentError { path: path.to_owned(), line: 0, message: message.to_string() }
}

#[derive(Default)]
struct Reader {
    root: PathBuf,
    files: Files,
    bytes: usize,
    errors: Vec<ContentError>,
}

impl Reader {
    /// Reads the folder at `path`, which is empty for the root and else ends with `/`.
    fn folder(&mut self, path: String, depth: usize) {
        if depth > MAX_DEPTH {
            self.errors.push(fault(&path, format!("folders nested deeper than {MAX_DEPTH}")));
            return;
        }
        let entries = match fs::read_dir(self.root.join(&path)) {
            Ok(entries) => entries,
            Err(error) => return self.errors.push(fault(&path, error)),
        };
        for entry in entries {
            if self.files.len() > MAX_FILES || self.bytes > MAX_PACK_BYTES {
                let message = format!("more than {MAX_FILES} files or {MAX_PACK_BYTES} bytes");
                return self.errors.push(fault("pack.toml", message));
            }
            match entry {
                Ok(entry) => match entry.file_name().to_str() {
                    Some(name) if name.starts_with('.') => {}
                    Some(name) => self.entry(format!("{path}{name}"), depth),
                    None => self.errors.push(fault(&path, "a file name that is not UTF-8")),
                },
                Err(error) => self.errors.push(fault(&path, error)),
            }
        }
    }

    fn entry(&mut self, path: String, depth: usize) {
        let full = self.root.join(&path);
        let kind = match fs::symlink_metadata(&full) {
            Ok(metadata) => metadata.file_type(),
            Err(error) => return self.errors.push(fault(&path, error)),
        };
        if kind.is_dir() {
            self.folder(format!("{path}/"), depth + 1);
        } else if kind.is_file() || (kind.is_symlink() && self.links_inside(&full)) {
            match read_file(&full) {
                Ok(bytes) => {
                    self.bytes += bytes.len();
                    self.files.push((path, bytes));
                }
                Err(error) => self.errors.push(fault(&path, error)),
            }
        } else {
            let message = "neither a file nor a folder, or a link to a folder or out of the pack";
            self.errors.push(fault(&path, message));
        }
    }

    /// True for a link to a file of the pack.
    fn links_inside(&self, link: &Path) -> bool {
        fs::canonicalize(link).is_ok_and(|real| real.starts_with(&self.root) && real.is_file())
    }
}

/// Reads a file up to one byte more than is allowed, for the check to find it too long.
fn read_file(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_FILE_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(root: &Path) -> Result<Vec<String>, Vec<String>> {
        read(root)
            .map(|files| files.into_iter().map(|(path, _)| path).collect())
            .map_err(|errors| errors.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn files_below_the_root_are_read() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("c/cards")).unwrap();
        for name in ["pack.toml", "c/cards/a.md", ".hidden", "c/.swp"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        assert_eq!(names(folder.path()).unwrap(), ["c/cards/a.md", "pack.toml"]);
        let missing = names(&folder.path().join("none")).unwrap_err();
        assert!(missing[0].starts_with("pack.toml: "), "{missing:?}");
    }

    #[test]
    fn endless_packs_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("a/b/c/d/e")).unwrap();
        assert_eq!(names(folder.path()).unwrap_err(), ["a/b/c/d/e/: folders nested deeper than 4"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_stay_in_the_pack() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let pack = folder.path().join("pack");
        fs::create_dir(&pack).unwrap();
        fs::write(pack.join("pack.toml"), "x").unwrap();
        fs::write(folder.path().join("secret"), "x").unwrap();
        symlink("pack.toml", pack.join("inside")).unwrap();
        assert_eq!(names(&pack).unwrap(), ["inside", "pack.toml"]);
        symlink("../secret", pack.join("outside")).unwrap();
        symlink(".", pack.join("loop")).unwrap();
        let mut found = names(&pack).unwrap_err();
        found.sort();
        assert_eq!(found.len(), 2);
        assert!(found[0].starts_with("loop: ") && found[1].starts_with("outside: "), "{found:?}");
    }
}
