//! Prints what cards say of classes and functions, for comparison with CPython.
//!
//! Usage: `oracle classes ROOT` with paths of Python files below that folder on standard input, one a
//! line. For each class statement at module level and each function prints a line of JSON. Imports
//! are followed below the folder.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use pygloss_core::facts::{Facts, Provider, Value, provider};
use pygloss_core::modules::{Entry, Files, Site, Source};
use pygloss_core::subject::Subject;
use pygloss_core::syntax::function::{is_async, is_generator};
use pygloss_core::syntax::{Field, Kind, Node, kind};
use pygloss_core::{Document, Library, Settings, walk};
use serde_json::{Value as Json, json};

use crate::{Outcome, pack};

/// The Python files of a folder, each read when it is asked for. They live as long as the program.
#[derive(Debug)]
struct Folder {
    root: PathBuf,
    files: RefCell<HashMap<String, Option<Source<'static>>>>,
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
        let mut files = self.files.borrow_mut();
        let read = || {
            let text = fs::read_to_string(self.root.join(path)).ok()?;
            let document: &'static Document = Box::leak(Box::new(Document::new(&text)));
            let path: &'static str = Box::leak(path.to_owned().into_boxed_str());
            Some(Source { path, document })
        };
        *files.entry(path.to_owned()).or_insert_with(read)
    }

    fn text(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.root.join(path)).ok()
    }
}

/// What is asked about each file.
struct Asker<'a> {
    library: &'a Library,
    creation: &'static Provider,
    exit: &'static Provider,
    settings: Settings,
}

pub fn main(arguments: &[String]) -> Outcome {
    let root = arguments.first().expect("a folder");
    let folder = Folder { root: root.into(), files: RefCell::default() };
    let library = pack::library();
    let asker = Asker {
        library: &library,
        creation: provider("class-creation").expect("the provider exists"),
        exit: provider("exit-method").expect("the provider exists"),
        settings: Settings::default(),
    };
    let mut out = BufWriter::new(std::io::stdout().lock());
    for path in std::io::stdin().lock().lines() {
        let path = path?;
        let Some(source) = folder.source(&path) else { continue };
        let site = Site::new(&folder, &path);
        for index in 0..source.document.items().len() {
            for mut said in asker.item(source.document, site, index) {
                said["path"] = path.as_str().into();
                writeln!(out, "{said}")?;
            }
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

impl Asker<'_> {
    fn item<'a>(&self, document: &'a Document, site: Option<Site<'a>>, index: usize) -> Vec<Json> {
        let item = &document.items()[index];
        let Some(tree) = item.tree() else { return Vec::new() };
        let mut said = Vec::new();
        walk::intact(tree.root_node(), item.text(), |nodes| {
            let subject = Subject::new(document, &self.settings, index, nodes)
                .with_site(site)
                .with_library(self.library);
            let node = subject.node();
            let name = || subject.text(Field::Name.of(node).unwrap_or(node)).to_owned();
            let line = |node: Node<'_>| subject.line(node) + 1;
            let decorated = subject.ancestors().next();
            let first = decorated.filter(|it| kind(*it) == Kind::DecoratedDefinition);
            match kind(node) {
                Kind::ClassDefinition if subject.ancestors().count() < 3 => {
                    if let Some(facts) = (self.creation.run)(&subject) {
                        said.push(class(&name(), line(node), &facts));
                    }
                }
                Kind::FunctionDefinition => {
                    let kinds = [is_async(node), is_generator(node)];
                    let line = line(first.unwrap_or(node));
                    let mut one = json!({ "function": name(), "line": line, "kinds": kinds });
                    if name() == "__exit__"
                        && let Some(facts) = (self.exit.run)(&subject)
                        && let Some(owner) = owner(&subject)
                    {
                        let drops = facts.get("swallows-all").is_some();
                        let passes = facts.get("passes").is_some();
                        one["exit"] = json!({ "class": owner, "drops": drops, "passes": passes });
                    }
                    said.push(one);
                }
                _ => {}
            }
        });
        said
    }
}

/// The class at module level whose method the subject is.
fn owner<'a>(subject: &Subject<'a>) -> Option<&'a str> {
    let class = subject.ancestors().find(|node| kind(*node) == Kind::ClassDefinition)?;
    let is_top = subject.ancestors().skip_while(|node| *node != class).count() < 4;
    is_top.then(|| Some(subject.text(Field::Name.of(class)?))).flatten()
}

fn class(name: &str, line: usize, facts: &Facts) -> Json {
    let code = |slot: &str| match facts.get(slot) {
        Some(Value::Code(text)) => Some(text.clone()),
        _ => None,
    };
    let order = match facts.get("mro") {
        Some(Value::Codes(names)) => Some(names.clone()),
        _ => None,
    };
    json!({
        "class": name,
        "line": line,
        "metaclass": code("call").map(|call| call.split('(').next().unwrap_or_default().to_owned()),
        "order": order,
        "fails": code("no-order").or(code("conflict")),
        "constructor": code("constructor"),
        "parent": code("parent"),
    })
}
