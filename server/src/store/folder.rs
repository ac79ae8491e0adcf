//! Where progress is kept.

use std::env;
use std::path::PathBuf;

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
