//! Applies safe fixes to a text, and puts a text into a file.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use pygloss_core::Library;
use pygloss_core::analysis::Settings;

use crate::analysed::Analysed;
use crate::cli::source::Place;

/// Most rounds of fixes for one file. A fix may make room for another one; that this many do so one
/// after the other is a fault.
const MAX_ROUNDS: usize = 50;

/// A text after its fixes.
#[derive(Debug)]
pub struct Fixed {
    /// The text.
    pub content: Analysed,
    /// The rule of each finding that was fixed.
    pub rules: Vec<&'static str>,
    /// Whether there would have been more to do.
    pub is_cut_off: bool,
}

/// Applies the safe fixes of a text until none is left.
pub fn fixed(library: &Library, content: Analysed, settings: &Settings, place: &Place) -> Fixed {
    let mut done = Fixed { content, rules: Vec::new(), is_cut_off: false };
    for _ in 0..MAX_ROUNDS {
        let fixes = place.ask(&done.content, settings).fix_all(library);
        if fixes.edits.is_empty() {
            return done;
        }
        for edit in fixes.edits.iter().rev() {
            done.content.edit(edit.span, &edit.text);
        }
        done.rules.extend(fixes.rules);
    }
    done.is_cut_off = true;
    done
}

/// Puts `new` in place of `old` in a file: all of it or nothing, and only while it still holds `old`.
/// A link stays one.
///
/// # Errors
/// When the file has changed, is write-protected or cannot be written.
pub fn write(path: &Path, old: &str, new: &str) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    let permissions = fs::metadata(&path)?.permissions();
    if permissions.readonly() {
        let what = "it is write-protected; nothing was fixed";
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, what));
    }
    let folder = path.parent().unwrap_or(Path::new("/"));
    let mut beside = tempfile::Builder::new().prefix(".pygloss-").tempfile_in(folder)?;
    beside.write_all(new.as_bytes())?;
    beside.as_file().set_permissions(permissions)?;
    beside.as_file().sync_all()?;
    if fs::read(&path)? != old.as_bytes() {
        return Err(io::Error::other("it has changed meanwhile; nothing was fixed"));
    }
    beside.persist(&path).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_changed_meanwhile_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.py");
        fs::write(&path, "new").unwrap();
        let error = write(&path, "old", "fixed").unwrap_err();
        assert_eq!(error.to_string(), "it has changed meanwhile; nothing was fixed");
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        write(&path, "new", "fixed").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "fixed");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left behind");
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_are_kept() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("a.py"), folder.path().join("link.py"));
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o754)).unwrap();
        symlink(&path, &link).unwrap();
        write(&link, "old", "new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o754);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
        assert!(write(&path, "new", "newer").is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
    }
}
