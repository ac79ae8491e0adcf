use std::fs;

use tower_lsp::lsp_types::{TextDocumentItem, Url};

use super::*;
use crate::documents::OpenDocument;
use pygloss_core::analysis::Settings;

/// What is in the file at `path`, as imports see it.
fn text(root: &Path, documents: &Documents, cache: &Cache, path: &str) -> Option<String> {
    let folder = Folder::new(root.to_owned(), documents, cache);
    Some(folder.source(path)?.document.text().to_string())
}

fn open(documents: &mut Documents, path: &Path, text: &str) {
    let uri = Url::from_file_path(path).unwrap();
    let item = TextDocumentItem::new(uri.clone(), "python".into(), 1, text.into());
    documents.insert(uri, OpenDocument::new(item, Settings::default()));
}

#[test]
fn what_is_open_comes_before_the_disk() {
    let root = tempfile::tempdir().unwrap();
    let (mut documents, cache) = (Documents::default(), Cache::default());
    fs::write(root.path().join("a.py"), "x = 1\n").unwrap();
    let read = |documents: &Documents| text(root.path(), documents, &cache, "a.py");
    assert_eq!(read(&documents).as_deref(), Some("x = 1\n"));
    open(&mut documents, &root.path().join("a.py"), "x = 2\n");
    assert_eq!(read(&documents).as_deref(), Some("x = 2\n"));
    fs::remove_file(root.path().join("a.py")).unwrap();
    assert_eq!(read(&documents).as_deref(), Some("x = 2\n"));
    assert_eq!(read(&Documents::default()), None);
}

#[test]
fn a_change_is_noticed_and_what_did_not_change_is_not_read_again() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("a.py");
    let cache = Cache::default();
    fs::write(&path, "x = 1\n").unwrap();
    let first = cache.read(&path).unwrap();
    assert!(Rc::ptr_eq(&first, &cache.read(&path).unwrap()));
    // The same length, and on most file systems the same time.
    fs::write(&path, "x = 2\n").unwrap();
    assert_eq!(cache.read(&path).unwrap().text().to_string(), "x = 2\n");
    let long_ago = std::time::SystemTime::UNIX_EPOCH;
    fs::File::options().write(true).open(&path).unwrap().set_modified(long_ago).unwrap();
    let settled = cache.read(&path).unwrap();
    assert!(Rc::ptr_eq(&settled, &cache.read(&path).unwrap()));
    fs::write(&path, "x = 3\n").unwrap();
    assert_eq!(cache.read(&path).unwrap().text().to_string(), "x = 3\n");
    fs::remove_file(&path).unwrap();
    assert!(cache.read(&path).is_none());
}

#[test]
fn little_is_kept() {
    let root = tempfile::tempdir().unwrap();
    let cache = Cache::default();
    let text = "# a line of a comment\n".repeat(9_000);
    for number in 0..12 {
        let path = root.path().join(format!("m{number}.py"));
        fs::write(&path, &text).unwrap();
        assert!(cache.read(&path).is_some());
    }
    assert!((2..=6).contains(&cache.len()), "{}", cache.len());
    fs::write(root.path().join("long.py"), text.repeat(2)).unwrap();
    assert!(cache.read(&root.path().join("long.py")).is_none());
}

#[test]
fn what_is_no_text_of_the_reader_is_not_read() {
    let root = tempfile::tempdir().unwrap();
    let outside = tempfile::tempdir().unwrap();
    let (documents, cache) = (Documents::default(), Cache::default());
    let at = |path: &str| root.path().join(path);
    fs::write(at("latin.py"), b"x = '\xe9'\n").unwrap();
    fs::write(at("bom.py"), "\u{feff}x = 1\n").unwrap();
    fs::create_dir_all(at(".venv")).unwrap();
    fs::write(at(".venv/m.py"), "x = 1\n").unwrap();
    fs::write(outside.path().join("m.py"), "x = 1\n").unwrap();
    fs::create_dir(at("folder.py")).unwrap();
    let read = |path: &str| text(root.path(), &documents, &cache, path);
    assert_eq!(read("bom.py").as_deref(), Some("x = 1\n"));
    for none in ["latin.py", "folder.py", "none.py", "../m.py", ".venv/m.py"] {
        assert_eq!(read(none), None, "{none}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink(outside.path().join("m.py"), at("link.py")).unwrap();
        symlink(outside.path(), at("linked")).unwrap();
        symlink(at(".venv"), at("venv")).unwrap();
        symlink(at("bom.py"), at("inner.py")).unwrap();
        for none in ["link.py", "linked/m.py", "venv/m.py"] {
            assert_eq!(read(none), None, "{none}");
        }
        assert_eq!(read("inner.py").as_deref(), Some("x = 1\n"));
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_is_neither_read_nor_taken_for_a_module() {
    let root = tempfile::tempdir().unwrap();
    let pipe = root.path().join("m.py");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    let (documents, cache) = (Documents::default(), Cache::default());
    let folder = Folder::new(root.path().to_owned(), &documents, &cache);
    assert_eq!(folder.entry("m.py"), Entry::Unknown);
    assert!(folder.source("m.py").is_none());
}

#[test]
fn paths_are_below_the_folder() {
    let below = |path| relative(Path::new("/w"), Path::new(path));
    assert_eq!(below("/w/a/b.py").as_deref(), Some("a/b.py"));
    for none in ["/w", "/v/a.py", "/wa.py", "/w/../a.py"] {
        assert_eq!(below(none), None, "{none}");
    }
}

#[test]
fn texts_of_any_kind_come_from_the_editor_or_from_inside_the_folder() {
    let root = tempfile::tempdir().unwrap();
    let outside = tempfile::tempdir().unwrap();
    let (mut documents, cache) = (Documents::default(), Cache::default());
    let path = root.path().join("pyproject.toml");
    let read = |documents: &Documents, path: &str| {
        Folder::new(root.path().to_owned(), documents, &cache).text(path)
    };
    assert_eq!(read(&documents, "pyproject.toml"), None);
    fs::write(&path, "a = 1\n").unwrap();
    assert_eq!(read(&documents, "pyproject.toml").as_deref(), Some("a = 1\n"));
    let uri = Url::from_file_path(&path).unwrap();
    let item = TextDocumentItem::new(uri.clone(), "toml".into(), 1, "a = 2\n".into());
    documents.insert(uri, OpenDocument::new(item, Settings::default()));
    assert_eq!(read(&documents, "pyproject.toml").as_deref(), Some("a = 2\n"));
    fs::write(outside.path().join("secret"), "x\n").unwrap();
    let up = format!("../{}/secret", outside.path().file_name().unwrap().to_str().unwrap());
    assert_eq!(read(&documents, &up), None);
    assert_eq!(read(&documents, ""), None);
}
