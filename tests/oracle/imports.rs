//! Prints what is known about an imported decorator, for comparison with CPython.
//!
//! Reads folders and paths of Python files in them from standard input, one pair a line, with a tab
//! between. For every decorator about whose result something is stated, prints a line of JSON: the
//! folder, the facts about the name, and the line and the file of the wrapper.
//!
//! With `--classes`, prints what the providers in [`OF_CLASSES`] state about the classes of the file
//! instead: the folder, the class, the provider and its slots.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, Error, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use pygloss_core::facts::{Facts, Slot, SlotKind, Value, provider};
use pygloss_core::modules::{Entry, Files, Site, Source};
use pygloss_core::subject::Subject;
use pygloss_core::syntax::{Field, Kind, kind};
use pygloss_core::{Document, Library, Settings, walk};
use serde_json::{Value as Json, json};

use crate::{Outcome, pack};

/// Providers of facts about classes that may have their bases in other files.
const OF_CLASSES: &[&str] = &[
    "abstract-base",
    "abstract-method",
    "cached-property",
    "class-creation",
    "dataclass",
    "enum-class",
    "slots",
    "total-ordering",
];

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

pub fn main(arguments: &[String]) -> Outcome {
    let library = arguments.iter().any(|word| word == "--classes").then(pack::library);
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (root, path) = line.split_once('\t').expect("a folder and a path");
        let folder = Folder::read(Path::new(root))?;
        let document = &folder.files[path];
        let site = Site::new(&folder, path);
        let settings = Settings::default();
        if let Some(library) = &library {
            for mut said in classes(library, document, site) {
                said["root"] = root.into();
                writeln!(out, "{said}")?;
            }
            continue;
        }
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
    Ok(ExitCode::SUCCESS)
}

/// What is stated about the classes of a file.
fn classes(library: &Library, document: &Document, site: Option<Site<'_>>) -> Vec<Json> {
    let settings = Settings::default();
    let mut out = Vec::new();
    for (index, item) in document.items().iter().enumerate() {
        let Some(tree) = item.tree() else { continue };
        walk::intact(tree.root_node(), item.text(), |nodes| {
            let subject = Subject::new(document, &settings, index, nodes)
                .with_library(library)
                .with_site(site);
            let is_class =
                |node: &&pygloss_core::syntax::Node<'_>| kind(**node) == Kind::ClassDefinition;
            let below = nodes[nodes.len() - 1];
            // The decorators of a class stand beside it.
            let beside = nodes.iter().rev().find_map(|it| it.child_in(Field::Definition));
            let Some(class) = nodes.iter().rev().find(is_class).copied().or(beside) else { return };
            let name = class.child_in(Field::Name).map(|name| subject.text(name));
            for wanted in OF_CLASSES {
                let provider = provider(wanted).expect("the provider exists");
                if kind(below) == Kind::DecoratedDefinition {
                    continue;
                }
                if let Some(facts) = (provider.run)(&subject) {
                    let facts = written(&facts, provider.slots);
                    out.push(json!({ "class": name, "provider": wanted, "facts": facts }));
                }
            }
        });
    }
    out
}

/// The slots that are filled.
fn written(facts: &Facts, slots: &[Slot]) -> Json {
    let one = |slot: &Slot| {
        let value = match facts.get(slot.name)? {
            Value::Code(text) => json!(text),
            Value::Codes(texts) => json!(texts),
            Value::Line(line) => json!([line.number + 1, line.file]),
            Value::Records(records) => match slot.kind {
                SlotKind::Records(inner) => {
                    records.iter().map(|record| written(record, inner)).collect()
                }
                _ => Json::Null,
            },
            _ => json!(true),
        };
        Some((slot.name.to_owned(), value))
    };
    Json::Object(slots.iter().filter_map(one).collect())
}

fn code<'a>(facts: &'a Facts, slot: &str) -> Option<&'a str> {
    match facts.get(slot) {
        Some(Value::Code(text)) => Some(text.trim_matches('\'')),
        _ => None,
    }
}
