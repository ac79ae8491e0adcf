//! Which module of the workspace an import means.
//!
//! The rules are those of CPython's path based finder (Language Reference, The import system; PEP
//! 420): in one folder a package comes before a module, a module before a namespace portion. Which
//! folders are on `sys.path` is not known; those that usually are all have to agree, or nothing is
//! answered. Files are looked at one by one when they are asked for.

mod files;
mod lookup;
mod standard;

pub use files::{Entry, Files, Line, Source};
pub(crate) use lookup::{Look, join};
pub(crate) use standard::is_standard;

use lookup::look;

/// A file's place among the files of a workspace.
#[derive(Clone, Copy, Debug)]
pub struct Site<'a> {
    files: &'a dyn Files,
    path: &'a str,
    reader: &'a str,
}

/// A module: a file, a package with its folder, or a namespace package with its folders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    /// The file that runs when it is imported; none for a namespace package.
    file: Option<String>,
    /// Where its submodules are; empty for what is no package.
    folders: Vec<String>,
}

/// A file that has the name of a standard module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hiding {
    /// The file.
    pub file: String,
    /// It is the file that was asked about.
    pub is_itself: bool,
    /// Its folder is a package.
    pub in_package: bool,
}

impl Module {
    /// The folder of its submodules, if there is only one.
    pub(crate) fn only_folder(&self) -> Option<&str> {
        match &self.folders[..] {
            [folder] => Some(folder),
            _ => None,
        }
    }

    /// Path of the file that runs when it is imported, relative to the workspace's folder.
    pub(crate) fn file(&self) -> Option<&str> {
        self.file.as_deref()
    }
}

/// Folders that hold what others wrote, or what was made by machines.
const FOREIGN: &[&str] = &["site-packages", "dist-packages", "node_modules", "__pycache__"];

/// Deepest file that takes part, in folders.
const MAX_FOLDERS: usize = 32;

/// Whether a file in these folders takes no part: one of them is hidden or holds installed packages,
/// or there are too many.
pub(crate) fn is_foreign(folders: &str) -> bool {
    let is_foreign = |folder: &str| folder.starts_with('.') || FOREIGN.contains(&folder);
    folders.split('/').any(is_foreign) || folders.split('/').count() >= MAX_FOLDERS
}

impl<'a> Site<'a> {
    /// The place of the file at `path`, relative to the folder of `files`, `/` between names. Nothing
    /// for stubs, which do not run, and for files in hidden folders and among installed packages.
    pub fn new(files: &'a dyn Files, path: &'a str) -> Option<Self> {
        let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
        let runs = name.ends_with(".py") || name.ends_with(".pyw");
        (!is_foreign(folders) && runs).then_some(Self { files, path, reader: path })
    }

    /// The path of the file, if it is not the one that the reader has before them.
    pub(crate) fn elsewhere(&self) -> Option<&'a str> {
        (self.path != self.reader).then_some(self.path)
    }

    /// The file of `module`, and its place.
    pub(crate) fn open(&self, module: &Module) -> Option<(Self, Source<'a>)> {
        let source = self.files.source(module.file()?)?;
        let site = Self::new(self.files, source.path)?;
        Some((Self { reader: self.reader, ..site }, source))
    }

    /// The module that `import name` in this file means, or `from name import …`: a dotted name, with
    /// leading dots if it is relative. Nothing for the standard library, for what is not in the
    /// workspace, and where the answer depends on how Python was started.
    pub(crate) fn import(&self, name: &str) -> Option<Module> {
        let path = name.trim_start_matches('.');
        let dots = name.len() - path.len();
        let mut parts = path.split('.').filter(|part| !part.is_empty());
        let mut module = match dots {
            0 => self.top_level(parts.next()?)?,
            dots => self.package(dots)?,
        };
        for part in parts {
            module = self.submodule(&module, part).found()?;
        }
        Some(module)
    }

    /// The file beside this one that has the name of the standard module `name`, and that a program
    /// finds first if its script stands in this folder (Library Reference, The initialization of
    /// the `sys.path` module search path). Nothing for modules that may be found before any file is.
    pub(crate) fn hides(&self, name: &str) -> Option<Hiding> {
        if !standard::is_standard(name) || standard::is_found_first(name) {
            return None;
        }
        let own = parent(self.path)?;
        let file = look(self.files, own, name).found()?.file?;
        let in_package = match self.files.entry(&join(own, "__init__.py")) {
            Entry::File => true,
            Entry::Nothing => false,
            Entry::Folder | Entry::Unknown => return None,
        };
        Some(Hiding { is_itself: file == self.path, file, in_package })
    }

    /// Whether a folder that is usually on `sys.path` has anything under this name, or may have.
    pub(crate) fn has_own(&self, name: &str) -> bool {
        let (mut folders, mut doubtful) = (Vec::new(), Vec::new());
        self.roots(self.path, &mut folders, &mut doubtful).is_none()
            || folders.iter().chain(&doubtful).any(|it| look(self.files, it, name) != Look::Nothing)
    }

    /// The folders around the file, from the inside out to the workspace's.
    pub(crate) fn folders(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        std::iter::successors(parent(self.path), |folder| parent(folder))
    }

    /// The files of the workspace.
    pub(crate) fn files(&self) -> &'a dyn Files {
        self.files
    }

    /// What there is at a path of the workspace.
    pub(crate) fn entry(&self, path: &str) -> Entry {
        self.files.entry(path)
    }

    /// The text of any file of the workspace.
    pub(crate) fn text(&self, path: &str) -> Option<String> {
        self.files.text(path)
    }

    /// Whether the folder that `dots` leading dots mean has an `__init__.py`.
    pub(crate) fn is_regular_package(&self, dots: usize) -> bool {
        self.package_folder(dots)
            .is_some_and(|folder| self.files.entry(&join(folder, "__init__.py")) == Entry::File)
    }

    /// The folder of the package that `dots` leading dots mean.
    fn package_folder(&self, dots: usize) -> Option<&'a str> {
        let mut folder = parent(self.path)?;
        for _ in 1..dots {
            folder = parent(folder)?;
        }
        Some(folder)
    }

    /// The module `name` in the package `module`.
    pub(crate) fn submodule(&self, module: &Module, name: &str) -> Look {
        self.only(module.folders.iter().map(|folder| look(self.files, folder, name)))
    }

    /// The package that `dots` leading dots mean (Language Reference, Package Relative Imports).
    fn package(&self, dots: usize) -> Option<Module> {
        let folder = self.package_folder(dots)?;
        let init = join(folder, "__init__.py");
        match self.files.entry(&init) {
            Entry::File => Some(Module { file: Some(init), folders: vec![folder.to_owned()] }),
            Entry::Nothing => self.namespace(folder),
            _ => None,
        }
    }

    /// The namespace package with this folder, and with those of its name below the other roots.
    fn namespace(&self, folder: &str) -> Option<Module> {
        let (mut roots, mut doubtful) = (Vec::new(), Vec::new());
        for path in [self.path, self.reader] {
            self.roots(path, &mut roots, &mut doubtful)?;
        }
        let mut folders = vec![folder.to_owned()];
        for root in &roots {
            let below = match root.as_str() {
                "" => Some(folder),
                root => folder.strip_prefix(root).and_then(|rest| rest.strip_prefix('/')),
            };
            let Some(name) = below.filter(|name| !name.is_empty()) else { continue };
            for other in roots.iter().map(|root| join(root, name)) {
                if self.files.entry(&other) != Entry::Folder || folders.contains(&other) {
                    continue;
                }
                (self.files.entry(&join(&other, "__init__.py")) == Entry::Nothing).then_some(())?;
                folders.push(other);
            }
        }
        Some(Module { file: None, folders })
    }

    fn top_level(&self, name: &str) -> Option<Module> {
        if standard::is_standard(name) {
            return None;
        }
        let mut folders = Vec::new();
        let mut doubtful = Vec::new();
        for path in [self.path, self.reader] {
            self.roots(path, &mut folders, &mut doubtful)?;
        }
        let found = self.only(folders.iter().map(|folder| look(self.files, folder, name)));
        // Run as a script, a module of a package finds its neighbours first.
        let is_hidden = doubtful.iter().any(|folder| {
            !folders.contains(folder) && look(self.files, folder, name) != Look::Nothing
        });
        found.found().filter(|_| !is_hidden)
    }

    /// Adds the folders that are usually on `sys.path` for code in the file at `path`, and to
    /// `doubtful` the one that is if it is run as a script although it belongs to a package.
    fn roots(&self, path: &str, out: &mut Vec<String>, doubtful: &mut Vec<String>) -> Option<()> {
        let has = |folder: &str, name: &str| match self.files.entry(&join(folder, name)) {
            Entry::File => Some(true),
            Entry::Unknown => None,
            _ => Some(false),
        };
        let own = parent(path)?;
        let mut around = Some(own);
        while let Some(folder) = around.filter(|folder| has(folder, "__init__.py") == Some(true)) {
            around = parent(folder);
        }
        let mut add = |folder: &str| {
            if has(folder, "__init__.py")? {
                return Some(());
            }
            if !out.iter().any(|other| other == folder) {
                out.push(folder.to_owned());
            }
            Some(())
        };
        if let Some(around) = around {
            add(around)?;
        }
        let mut project = Some(own);
        while let Some(folder) = project {
            if has(folder, "pyproject.toml")? || has(folder, "setup.py")? || folder.is_empty() {
                add(folder)?;
                add(&join(folder, "src"))?;
            }
            project = parent(folder);
        }
        if around != Some(own) {
            doubtful.push(own.to_owned());
        }
        Some(())
    }

    /// What several folders have together: one module that runs, or portions of one namespace.
    fn only(&self, found: impl Iterator<Item = Look>) -> Look {
        let (mut regular, mut portions) = (None, Vec::new());
        for look in found {
            match look {
                Look::Nothing => {}
                Look::Unclear => return Look::Unclear,
                Look::Found(module) if module.file.is_none() => portions.extend(module.folders),
                Look::Found(module) if regular.is_none() => regular = Some(module),
                Look::Found(_) => return Look::Unclear,
            }
        }
        match regular {
            Some(module) if portions.is_empty() => Look::Found(module),
            // Without the folder of the one that runs on the path, it would be the namespace.
            Some(_) => Look::Unclear,
            None if portions.is_empty() => Look::Nothing,
            None => Look::Found(Module { file: None, folders: portions }),
        }
    }
}

/// The folder around a file or a folder; nothing around the workspace's own.
pub(crate) fn parent(path: &str) -> Option<&str> {
    match path.rsplit_once('/') {
        Some((folder, _)) => Some(folder),
        None => (!path.is_empty()).then_some(""),
    }
}

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_stars;
