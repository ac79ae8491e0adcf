//! Virtual environments in a workspace, and what is installed in them.
//!
//! Sources: PEP 405 (`pyvenv.cfg`); Library Reference, sysconfig (where `site-packages` is); Recording
//! installed projects (PEP 376, PEP 427: the names of `.dist-info` folders).

use crate::modules::{Entry, Files, join};
use crate::requirements::normalised;

/// A virtual environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Environment {
    /// The folder with `pyvenv.cfg`.
    pub folder: String,
    /// Its `site-packages`.
    pub packages: String,
    /// It also sees what is installed elsewhere, or may do so.
    pub is_open: bool,
}

/// Something that is installed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Installed {
    /// The distribution, normalised.
    pub name: String,
    /// Its version, where its folder says so.
    pub version: Option<String>,
}

impl Environment {
    /// The nearest `.venv` or `venv` in these folders. Nothing for an environment whose packages are
    /// not where POSIX has them.
    pub fn nearest<'a>(
        files: &dyn Files,
        mut folders: impl Iterator<Item = &'a str>,
    ) -> Option<Self> {
        folders
            .find_map(|folder| {
                let found = [".venv", "venv"].map(|name| join(folder, name));
                found.into_iter().find_map(|it| {
                    let config = files.text(&join(&it, "pyvenv.cfg"))?;
                    Some((it, config))
                })
            })
            .and_then(|(folder, config)| Self::read(files, folder, &config))
    }

    fn read(files: &dyn Files, folder: String, config: &str) -> Option<Self> {
        let packages = format!("{folder}/lib/python{}/site-packages", version(config)?);
        (files.entry(&packages) == Entry::Folder).then_some(())?;
        let open = value(config, &["include-system-site-packages"]);
        let is_open = open.is_none_or(|it| !it.eq_ignore_ascii_case("false"));
        Some(Self { folder, packages, is_open })
    }

    /// What is installed in it.
    pub fn installed(&self, files: &dyn Files) -> Option<Vec<Installed>> {
        Some(files.names(&self.packages)?.iter().filter_map(|name| installed(name)).collect())
    }
}

/// The folders in `folder` that are virtual environments. Nothing where that cannot be told.
pub(crate) fn environments(files: &dyn Files, folder: &str) -> Option<Vec<String>> {
    let is_environment =
        |name: &String| files.entry(&format!("{}/pyvenv.cfg", join(folder, name))) == Entry::File;
    let mut found: Vec<String> = files.names(folder)?.into_iter().filter(is_environment).collect();
    found.sort_unstable();
    Some(found)
}

/// The minor release that an environment was made with: `3.11`.
fn version(config: &str) -> Option<String> {
    let mut parts = value(config, &["version", "version_info"])?.split('.');
    let (major, minor) = (parts.next()?, parts.next()?);
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(major) && is_number(minor)).then(|| format!("{major}.{minor}"))
}

fn value<'c>(config: &'c str, keys: &[&str]) -> Option<&'c str> {
    config.lines().find_map(|line| {
        let (key, value) = line.split_once('=')?;
        keys.contains(&key.trim()).then(|| value.trim())
    })
}

/// What an entry of `site-packages` says is installed.
fn installed(entry: &str) -> Option<Installed> {
    if let Some(stem) = entry.strip_suffix(".dist-info") {
        let (name, version) = stem.rsplit_once('-')?;
        return Some(Installed { name: normalised(name), version: Some(version.to_owned()) });
    }
    let stem = entry.strip_suffix(".egg-info").or_else(|| entry.strip_suffix(".egg-link"))?;
    let name = stem.split('-').next()?;
    Some(Installed { name: normalised(name), version: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_installed_has_a_folder_for_its_metadata() {
        let found = |entry: &str| installed(entry).map(|it| (it.name, it.version));
        let version = Some("6.0.1".to_owned());
        assert_eq!(found("PyYAML-6.0.1.dist-info"), Some(("pyyaml".into(), version)));
        let version = Some("1.0".to_owned());
        assert_eq!(found("zope_interface-1.0.dist-info"), Some(("zope-interface".into(), version)));
        assert_eq!(found("old-1.0-py3.11.egg-info"), Some(("old".into(), None)));
        assert_eq!(found("mine.egg-link"), Some(("mine".into(), None)));
        assert_eq!(found("yaml"), None);
        assert_eq!(found("yaml.py"), None);
    }
}
