//! Where progress is kept.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The folder for progress: `$PYGLOSS_DATA_DIR`, else the platform's place for an application's
/// data. Nothing when the environment names no home.
pub fn data_folder() -> Option<PathBuf> {
    let variable =
        |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(folder) = variable("PYGLOSS_DATA_DIR") {
        return Some(folder);
    }
    if cfg!(windows) {
        return variable("LOCALAPPDATA").map(|folder| folder.join("pygloss"));
    }
    let home = variable("HOME");
    if cfg!(target_os = "macos") {
        return home.map(|home| home.join("Library/Application Support/pygloss"));
    }
    // A relative path is to be ignored (XDG Base Directory Specification).
    variable("XDG_DATA_HOME")
        .filter(|folder| folder.is_absolute())
        .or_else(|| home.map(|home| home.join(".local/share")))
        .map(|folder| folder.join("pygloss"))
}

/// Below the folder for progress, the page about it: for clients that show files and nothing else.
pub fn progress_page(markdown: bool) -> PathBuf {
    PathBuf::from("pages").join(if markdown { "progress.md" } else { "progress.txt" })
}

/// Removes what tells of answers besides the database in `folder`: pages about progress, and files that
/// were set aside since they were damaged.
///
/// # Errors
/// When something is there and cannot be removed.
pub(super) fn remove_traces(folder: &Path) -> io::Result<()> {
    let pages = [true, false].map(|markdown| folder.join(progress_page(markdown)));
    let aside = fs::read_dir(folder)?.filter_map(|entry| {
        let entry = entry.ok()?;
        entry.file_name().to_str()?.starts_with("progress.damaged-").then(|| entry.path())
    });
    for file in pages.into_iter().chain(aside) {
        match fs::remove_file(file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}
