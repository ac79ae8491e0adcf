//! The files that the reader works on.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use crate::store::{Practised, data_folder};

/// The folder of exercises. An exercise is the file `<pack>/<concept>/<exercise>.py` in it.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

/// How far the reader is with an exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// There is no file of it.
    New,
    /// There is one.
    Started,
    /// All goals were reached.
    Passed,
    /// The solution was shown before that.
    GaveUp,
}

impl State {
    /// The word in the protocol.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Started => "started",
            Self::Passed => "passed",
            Self::GaveUp => "gaveUp",
        }
    }
}

impl Folder {
    /// `practice` in the folder for progress; nothing when the environment names no home.
    pub fn find() -> Option<Self> {
        data_folder().map(|folder| Self(folder.join("practice")))
    }

    /// The file of the exercise with this full id.
    pub fn file(&self, id: &str) -> PathBuf {
        let parts = id.split('/');
        parts.fold(self.0.clone(), |path, part| path.join(part)).with_extension("py")
    }

    /// The full id of the exercise whose file this is. Whether there is such an exercise is for the
    /// library to say.
    pub fn id_of(&self, file: &Path) -> Option<String> {
        let below = match file.strip_prefix(&self.0) {
            Ok(below) => below.to_owned(),
            // An editor may have resolved a link on the way.
            Err(_) => file.strip_prefix(fs::canonicalize(&self.0).ok()?).ok()?.to_owned(),
        };
        if below.extension().is_none_or(|end| end != "py") {
            return None;
        }
        let without = below.with_extension("");
        let parts = without.components().map(|part| match part {
            Component::Normal(name) => name.to_str(),
            _ => None,
        });
        let parts = parts.collect::<Option<Vec<_>>>()?;
        (parts.len() == 3).then(|| parts.join("/"))
    }

    /// Whether the exercise was begun.
    pub fn state(&self, id: &str, practised: Practised) -> State {
        if practised.passed {
            State::Passed
        } else if practised.gave_up {
            State::GaveUp
        } else if self.file(id).exists() {
            State::Started
        } else {
            State::New
        }
    }

    /// Writes `start` as the file of the exercise, unless there is one: true if it was written.
    ///
    /// # Errors
    /// When the file or its folder cannot be written.
    pub fn begin(&self, id: &str, start: &str) -> io::Result<bool> {
        let file = self.file(id);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        match OpenOptions::new().write(true).create_new(true).open(&file) {
            Ok(mut file) => file.write_all(start.as_bytes()).map(|()| true),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Renames the file of the exercise, so that it can begin anew; what it is called now. Nothing
    /// when there is no file.
    ///
    /// # Errors
    /// When it cannot be renamed.
    pub fn set_aside(&self, id: &str) -> io::Result<Option<PathBuf>> {
        let file = self.file(id);
        let name = |number: u32| file.with_extension(format!("old-{number}.py"));
        let free = (1..10_000).map(name).find(|aside| !aside.exists());
        let aside = free.ok_or_else(|| io::Error::other("too many old files are there"))?;
        match fs::rename(&file, &aside) {
            Ok(()) => Ok(Some(aside)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_its_exercise_and_nothing_else_does() {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder(home.path().join("practice"));
        let file = folder.file("p/c/e-1");
        assert!(file.ends_with("practice/p/c/e-1.py"));
        assert_eq!(folder.id_of(&file).as_deref(), Some("p/c/e-1"));
        for other in ["p/c.py", "p/c/d/e.py", "p/c/e.md", "p/../c/e.py"] {
            assert_eq!(folder.id_of(&home.path().join("practice").join(other)), None, "{other}");
        }
        assert_eq!(folder.id_of(Path::new("/elsewhere/p/c/e.py")), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_on_the_way_is_no_matter() {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir_all(home.path().join("real/practice")).unwrap();
        std::os::unix::fs::symlink("real", home.path().join("link")).unwrap();
        let folder = Folder(home.path().join("link/practice"));
        let real = fs::canonicalize(home.path()).unwrap().join("real/practice/p/c/e.py");
        assert_eq!(folder.id_of(&real).as_deref(), Some("p/c/e"));
    }

    #[test]
    fn what_is_there_stays() {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder(home.path().to_owned());
        assert_eq!(folder.state("p/c/e", Practised::default()), State::New);
        assert!(folder.begin("p/c/e", "start").unwrap());
        let file = folder.file("p/c/e");
        fs::write(&file, "work").unwrap();
        assert!(!folder.begin("p/c/e", "start").unwrap());
        assert_eq!(fs::read_to_string(&file).unwrap(), "work");
        assert_eq!(folder.state("p/c/e", Practised::default()), State::Started);
        let aside = folder.set_aside("p/c/e").unwrap().unwrap();
        assert_eq!(fs::read_to_string(&aside).unwrap(), "work");
        assert_eq!(folder.id_of(&aside).as_deref(), Some("p/c/e.old-1"), "which is no id");
        assert_eq!(folder.set_aside("p/c/e").unwrap(), None);
        assert!(folder.begin("p/c/e", "start").unwrap());
        assert_ne!(folder.set_aside("p/c/e").unwrap(), Some(aside), "and none is lost");
    }
}
