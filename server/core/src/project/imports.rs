//! Which modules the Python files of a project import when they are loaded.
//!
//! Source: Language Reference, The import statement.

use std::collections::{BTreeMap, BTreeSet};

use super::{FileKind, Place};
use crate::Document;
use crate::modules::{Entry, Files, is_foreign, is_standard, join};
use crate::syntax::{Field, Kind, Node, function::statements, kind};

/// Projects with more Python files than this are not looked through.
const MAX_FILES: usize = 300;

/// Nor are those with more folders.
const MAX_FOLDERS: usize = 300;

/// What a project imports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Imports {
    /// Top-level modules that are neither in the standard library nor among the project's files, with
    /// the first file that imports each and the line of that, from 0.
    pub modules: BTreeMap<String, (String, usize)>,
}

/// Folders of code that runs in surroundings of its own.
const APART: &[&str] = &[
    "bench",
    "benchmark",
    "benchmarks",
    "ci",
    "doc",
    "docs",
    "example",
    "examples",
    "node_modules",
    "notebooks",
    "samples",
    "scripts",
    "test",
    "testing",
    "tests",
    "tools",
];

/// Files that are run by tools which bring their modules along.
const TOOLS: &[&str] =
    &["conf.py", "conftest.py", "fabfile.py", "noxfile.py", "setup.py", "tasks.py", "wscript.py"];

/// What the code of the project at `place` imports wherever it is loaded: not in a `try`, an `if` or a
/// function. Nothing when there is too much to look at, or the search path is changed by hand.
pub(crate) fn imports(place: Place<'_>) -> Option<Imports> {
    let mut own: BTreeSet<String> = BTreeSet::new();
    let mut files = Vec::new();
    let mut folders = vec![(place.folder().to_owned(), false)];
    let mut seen = 0;
    while let Some((folder, is_apart)) = folders.pop() {
        seen += 1;
        (seen <= MAX_FOLDERS).then_some(())?;
        let names = place.files.names(&folder)?;
        if seen > 1 && is_elsewhere(place.files, &folder, &names) {
            continue;
        }
        for name in names {
            let path = join(&folder, &name);
            let stem = name.split('.').next().unwrap_or_default();
            own.insert(stem.to_owned());
            if name.ends_with(".py") && place.files.entry(&path) == Entry::File {
                files.push((path, is_apart || TOOLS.contains(&&*name) || is_test(&name)));
                (files.len() <= MAX_FILES).then_some(())?;
            } else if !is_foreign(&path) && place.files.entry(&path) == Entry::Folder {
                folders.push((path, is_apart || APART.contains(&&*name.to_lowercase())));
            }
        }
    }
    files.sort();
    let mut found = Imports::default();
    for (path, is_apart) in files {
        let Some(text) = place.files.text(&path) else { continue };
        if text.contains("sys.path") || text.contains("addsitedir") {
            return None;
        }
        // What is written at the top of a single script is declared there (PEP 723).
        if is_apart || text.contains("# /// script") || !may_import(&text, &own) {
            continue;
        }
        for (module, line) in imported(&text) {
            if !is_standard(&module) && !own.contains(&module) {
                found.modules.entry(module).or_insert_with(|| (path.clone(), line));
            }
        }
    }
    Some(found)
}

fn is_test(name: &str) -> bool {
    name.starts_with("test_") || name.ends_with("_test.py")
}

/// True for a folder of another project, or of an environment.
fn is_elsewhere(files: &dyn Files, folder: &str, names: &[String]) -> bool {
    names.iter().any(|name| {
        let is_its = FileKind::of(&join(folder, name)).is_some_and(|it| it != FileKind::GitIgnore);
        is_its
            || matches!(&**name, "pyvenv.cfg" | "setup.py" | "setup.cfg" | "Pipfile")
                && files.entry(&join(folder, name)) == Entry::File
    })
}

/// True when a line begins like an import of something that is not known. Parsing takes longer.
fn may_import(text: &str, own: &BTreeSet<String>) -> bool {
    text.lines().any(|line| {
        let rest = line.strip_prefix("import ").or_else(|| line.strip_prefix("from "));
        rest.is_some_and(|rest| {
            let end =
                rest.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(rest.len());
            let name = &rest[..end];
            rest[end..].contains(',') || !is_standard(name) && !own.contains(name)
        })
    })
}

/// The top-level modules that statements of the module's own level import, with their lines.
fn imported(text: &str) -> Vec<(String, usize)> {
    let document = Document::new(text);
    let mut found = Vec::new();
    for (index, item) in document.items().iter().enumerate() {
        let Some(tree) = item.tree().filter(|tree| !tree.root_node().is_broken()) else { continue };
        for statement in statements(tree.root_node()) {
            let line = document.text().line_of(document.start_of(index) + statement.start_byte());
            let mut add = |node: Node<'_>| {
                let name = Field::Name.of(node).unwrap_or(node);
                let text = item.text().get(name.byte_range()).unwrap_or_default();
                let top = text.split('.').next().unwrap_or_default().trim();
                if kind(name) == Kind::DottedName && !top.is_empty() {
                    found.push((top.to_owned(), line));
                }
            };
            match kind(statement) {
                Kind::ImportStatement => {
                    statement.children_in(Field::Name).for_each(&mut add);
                }
                Kind::ImportFromStatement => {
                    if let Some(module) = Field::ModuleName.of(statement) {
                        add(module);
                    }
                }
                _ => {}
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::modules::testing::Workspace;

    fn found(files: &[(&str, &str)]) -> Option<String> {
        let files: Vec<_> =
            files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        let files = Workspace::of(&files);
        let found = imports(Place::new(&files, "pyproject.toml").unwrap())?;
        let show = |(module, (file, line)): (&String, &(String, usize))| {
            format!("{module} {file}:{}", line + 1)
        };
        Some(found.modules.iter().map(show).collect::<Vec<_>>().join(", "))
    }

    #[test]
    fn what_is_loaded_with_a_file_counts() {
        let text = "\"\"\"\nimport no\n\"\"\"\nimport os, yaml.nodes as nodes\nfrom requests import get\n\
                    from . import near\nfrom .near import no\ntry:\n    import simplejson\nexcept \
                    ImportError:\n    pass\ndef f():\n    import numpy\n";
        let shown = found(&[("pyproject.toml", ""), ("app/main.py", text)]);
        assert_eq!(shown.as_deref(), Some("requests app/main.py:5, yaml app/main.py:4"));
    }

    #[test]
    fn files_of_the_project_and_what_tools_run_do_not() {
        let shown = found(&[
            ("pyproject.toml", ""),
            ("src/app/main.py", "import app.util, lib.x, fast\nimport yaml\n"),
            ("src/lib/x.py", ""),
            ("fast.pyx", ""),
            ("tests/test_app.py", "import pytest\n"),
            ("setup.py", "import setuptools\n"),
            ("other/pyproject.toml", ""),
            ("other/more.py", "import numpy\n"),
            (".venv/lib/python3.12/site-packages/x/y.py", "import numpy\n"),
            ("one.py", "# /// script\n# ///\nimport rich\n"),
        ]);
        assert_eq!(shown.as_deref(), Some("yaml src/app/main.py:2"));
        let moved = [("pyproject.toml", ""), ("a.py", "import sys\nsys.path.append('lib')\n")];
        assert_eq!(found(&moved), None);
    }
}
