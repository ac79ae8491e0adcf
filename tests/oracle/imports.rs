//! Prints what is known about an imported decorator, for comparison with CPython.
//!
//! Reads folders and paths of Python files in them from standard input, one pair a line, with a tab
//! between. For every decorator about whose result something is stated, prints a line of JSON: the
//! folder, the facts about the name, and the line and the file of the wrapper.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, Error, Write};
use std::path::{Path, PathBuf};

use pygloss_core::facts::{Facts, Value, provider};
use pygloss_core::modules::{Entry, Files, Site, Source};
use pygloss_core::subject::Subject;
use pygloss_core::syntax::{Kind, kind};
use pygloss_core::{Document, Settings, walk};
use serde_json::json;

/// All Python files of a folder, read at once.
#[derive(Debug)]
struct Folder {
    root: PathBuf,
    files: HashMap<String, Document>,
}

impl Folder {
    fn read(root: &Path) -> Result<Self, Error> {
        let mut folder = Self { root: root.to_owned(), files: HashMap::new() };
        let mut open = vec![root.to_owned()];
        while let Some(path) = open.pop() {
            for entry in fs::read_dir(path)? {
                let path = entry?.path();
                if path.is_dir() {
                    open.push(path);
                } else if path.extension().is_some_and(|end| end == "py") {
                    let name = path.strip_prefix(root).expect("below the root").display();
                    let document = Document::new(&fs::read_to_string(&path)?);
                    folder.files.insert(name.to_string(), document);
                }
            }
        }
        Ok(folder)
    }
}

impl Files for Folder {
    fn entry(&self, path: &str) -> Entry {
        match self.root.join(path).metadata() {
            Ok(about) if about.is_dir() => Entry::Folder,
            Ok(_) => Entry::File,
            Err(_) => Entry::Nothing,
        }
    }

    fn source(&self, path: &str) -> Option<Source<'_>> {
        let (path, document) = self.files.get_key_value(path)?;
        Some(Source { path, document })
    }

    fn text(&self, path: &str) -> Option<String> {
        std::fs::read_to_string(self.root.join(path)).ok()
    }
}

fn main() -> Result<(), Error> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (root, path) = line.split_once('\t').expect("a folder and a path");
        let folder = Folder::read(Path::new(root))?;
        let document = &folder.files[path];
        let site = Site::new(&folder, path);
        let settings = Settings::default();
        let provider = provider("decorator-line").expect("the provider exists");
        for (index, item) in document.items().iter().enumerate() {
            let Some(tree) = item.tree() else { continue };
            let mut said = Vec::new();
            walk::intact(tree.root_node(), item.text(), |nodes| {
                if kind(nodes[nodes.len() - 1]) == Kind::Decorator {
                    let subject = Subject::new(document, &settings, index, nodes).with_site(site);
                    said.extend((provider.run)(&subject));
                }
            });
            for facts in said.iter().filter(|facts| facts.get("dunder-name").is_some()) {
                let (line, file) = match facts.get("wrapper-line") {
                    Some(Value::Line(line)) => (Some(line.number + 1), line.file.as_deref()),
                    _ => (None, None),
                };
                let shown = code(facts, "kept").or(code(facts, "renamed"));
                writeln!(
                    out,
                    "{}",
                    json!({ "root": root, "shown": shown, "line": line, "file": file })
                )?;
            }
        }
    }
    Ok(())
}

fn code<'a>(facts: &'a Facts, slot: &str) -> Option<&'a str> {
    match facts.get(slot) {
        Some(Value::Code(text)) => Some(text.trim_matches('\'')),
        _ => None,
    }
}
