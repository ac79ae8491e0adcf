//! The packs in use: those that are built in, the reader's own, and those that settings name.

use std::cell::OnceCell;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{env, fs, thread};

use pygloss_core::Library;
use pygloss_core::content::PackFile;

use crate::packs;
use crate::store::data_folder;

/// The library of a session, read at its first use.
#[derive(Debug)]
pub struct Shelf {
    built_in: fn() -> Library,
    /// The reader's own folders.
    own: Vec<PathBuf>,
    /// The folders that settings name.
    named: Vec<PathBuf>,
    filled: OnceCell<Filled>,
}

#[derive(Debug)]
struct Filled {
    library: Arc<Library>,
    problems: Vec<String>,
}

impl Shelf {
    /// The packs that `built_in` makes, and those in `own`.
    pub fn new(built_in: fn() -> Library, own: Vec<PathBuf>) -> Self {
        Self { built_in, own, named: Vec::new(), filled: OnceCell::new() }
    }

    /// The packs that are built in.
    #[cfg(test)]
    pub fn built_in() -> Self {
        Self::new(crate::builtin::library, Vec::new())
    }

    /// From now on these folders are read as well; true if they were others before.
    pub fn read_also(&mut self, named: Vec<PathBuf>) -> bool {
        let is_new = named != self.named;
        if is_new {
            self.named = named;
            self.filled.take();
        }
        is_new
    }

    /// Reads the packs, if that is not done, and says what is wrong with those that are not in use.
    pub fn problems(&self) -> &[String] {
        &self.filled().problems
    }

    fn filled(&self) -> &Filled {
        self.filled.get_or_init(|| {
            let mut library = (self.built_in)();
            let folders = self.own.iter().chain(&self.named);
            let problems = add(&mut library, folders.map(PathBuf::as_path));
            Filled { library: prepared(library), problems }
        })
    }
}

impl Deref for Shelf {
    type Target = Arc<Library>;

    fn deref(&self) -> &Self::Target {
        &self.filled().library
    }
}

/// The library; what only hovers need of it is made meanwhile, on a thread of its own.
fn prepared(library: Library) -> Arc<Library> {
    let library = Arc::new(library);
    let theirs = Arc::clone(&library);
    // Where no thread can be had, the first hover does it.
    let _ = thread::Builder::new().name("prepare".into()).spawn(move || theirs.prepare());
    library
}

/// The library of the command line. What is wrong with packs is said on standard error.
pub fn for_terminal() -> Library {
    let mut library = crate::builtin::library();
    for problem in add(&mut library, own_folders().iter().map(PathBuf::as_path)) {
        eprintln!("warning: {problem}");
    }
    library
}

/// The reader's own folders of packs: `packs` where progress is kept, if there is one, and the
/// folders in `$PYGLOSS_PACKS`.
pub fn own_folders() -> Vec<PathBuf> {
    let kept = data_folder().map(|folder| folder.join("packs")).filter(|folder| folder.is_dir());
    let named = env::var_os("PYGLOSS_PACKS").unwrap_or_default();
    let named = env::split_paths(&named).filter(|folder| !folder.as_os_str().is_empty());
    kept.into_iter().chain(named).collect()
}

/// Adds the packs in `folders`, each of which is a pack or holds packs. Says which are not added, and
/// why.
fn add<'a>(library: &mut Library, folders: impl Iterator<Item = &'a Path>) -> Vec<String> {
    let mut problems = Vec::new();
    let mut added = Vec::new();
    for folder in folders {
        match packs::find(folder) {
            Ok(found) if found.is_empty() => {
                problems.push(format!("there is no pack in {}", folder.display()));
            }
            Ok(found) => {
                for pack in found {
                    let real = fs::canonicalize(&pack).unwrap_or_else(|_| pack.clone());
                    if added.contains(&real) {
                        continue;
                    }
                    problems.extend(add_pack(library, &pack).err());
                    added.push(real);
                }
            }
            Err(error) => problems.push(format!("no packs from {}: {error}", folder.display())),
        }
    }
    problems
}

fn add_pack(library: &mut Library, folder: &Path) -> Result<(), String> {
    let added = packs::read(folder).and_then(|files| {
        let files = files.iter().map(|(path, bytes)| PackFile { path, bytes });
        library.add_pack(&files.collect::<Vec<_>>())
    });
    added.map_err(|errors| {
        let pack = folder.display();
        let first = errors.first().map(ToString::to_string).unwrap_or_default();
        let more = match errors.len() {
            0 | 1 => String::new(),
            count => format!(", and {} more that `pygloss pack check {pack}` tells", count - 1),
        };
        format!("the pack in {pack} is not used: {first}{more}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write_pack(folder: &Path, id: &str, page: &str) {
        fs::create_dir_all(folder.join("c")).unwrap();
        let toml = format!(
            "id = \"{id}\"\ntitle = \"T\"\nlicence = \"MIT\"\nrequires-python = \">=3.9\"\nconcepts = [\"c\"]\n"
        );
        fs::write(folder.join("pack.toml"), toml).unwrap();
        let page = format!("+++\ntitle = \"C\"\nunits = []\nlinks = []\n+++\n{page}\n");
        fs::write(folder.join("c/concept.md"), page).unwrap();
    }

    fn ids(library: &Library) -> Vec<&str> {
        library.packs().iter().map(|pack| pack.manifest.id.as_str()).collect()
    }

    #[test]
    fn packs_are_added_in_order_and_each_once() {
        let folder = tempfile::tempdir().unwrap();
        write_pack(&folder.path().join("b"), "second", "Words.");
        write_pack(&folder.path().join("a"), "first", "Words.");
        let own = vec![folder.path().to_owned(), folder.path().join("a")];
        let mut shelf = Shelf::new(Library::default, own);
        assert_eq!(ids(&shelf), ["first", "second"]);
        assert_eq!(shelf.problems(), &[] as &[String]);
        let more = tempfile::tempdir().unwrap();
        write_pack(&more.path().join("c"), "third", "Words.");
        assert!(shelf.read_also(vec![more.path().to_owned()]));
        assert_eq!(ids(&shelf), ["first", "second", "third"]);
        assert!(!shelf.read_also(vec![more.path().to_owned()]), "nothing new");
        assert!(shelf.read_also(Vec::new()));
        assert_eq!(ids(&shelf), ["first", "second"]);
    }

    #[test]
    fn a_pack_with_faults_is_named_and_the_others_are_used() {
        let folder = tempfile::tempdir().unwrap();
        write_pack(&folder.path().join("bad"), "bad", "<b>\n\n<i>");
        write_pack(&folder.path().join("good"), "good", "Words.");
        let missing = folder.path().join("missing");
        let shelf = Shelf::new(Library::default, vec![missing.clone(), folder.path().to_owned()]);
        assert_eq!(ids(&shelf), ["good"]);
        let [first, second] = shelf.problems() else { panic!("{:?}", shelf.problems()) };
        assert!(first.starts_with(&format!("no packs from {}: ", missing.display())), "{first}");
        let bad = folder.path().join("bad");
        let expected = format!("the pack in {} is not used: c/concept.md:6: raw", bad.display());
        assert!(second.starts_with(&expected), "{second}");
        assert!(second.contains("and 1 more that `pygloss pack check"), "{second}");
    }
}
