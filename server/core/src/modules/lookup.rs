//! What one folder has under a module's name.

use super::{Entry, Files, Module};

/// What was found under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// Nothing.
    Nothing,
    /// This module.
    Found(Module),
    /// It cannot be told which.
    Unclear,
}

impl Look {
    /// The module, if it is certain.
    pub fn found(self) -> Option<Module> {
        match self {
            Self::Found(module) => Some(module),
            Self::Nothing | Self::Unclear => None,
        }
    }
}

/// What an import of `name` finds in `folder`.
pub(super) fn look(files: &dyn Files, folder: &str, name: &str) -> Look {
    // Other identifiers are normalised before a file is looked for, and no name leaves the folder.
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return Look::Unclear;
    }
    let path = join(folder, name);
    let portion = match files.entry(&path) {
        Entry::Unknown => return Look::Unclear,
        Entry::Nothing | Entry::File => None,
        Entry::Folder => {
            let init = join(&path, "__init__.py");
            match files.entry(&init) {
                Entry::File => {
                    return Look::Found(Module { file: Some(init), folders: vec![path] });
                }
                Entry::Unknown => return Look::Unclear,
                Entry::Nothing | Entry::Folder => Some(path.clone()),
            }
        }
    };
    let file = format!("{path}.py");
    match (files.entry(&file), portion) {
        (Entry::File, _) => Look::Found(Module { file: Some(file), folders: Vec::new() }),
        (Entry::Unknown, _) => Look::Unclear,
        (_, Some(folder)) => Look::Found(Module { file: None, folders: vec![folder] }),
        (_, None) => Look::Nothing,
    }
}

/// The path of `name` in `folder`.
pub(crate) fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
