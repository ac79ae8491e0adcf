//! The rules about files of a project. Each is one file here and one page of the same name in
//! `content/`.

mod import_undeclared;
mod requirements_unpinned;
mod venv_committed;
mod venv_missing;

use super::View;
use crate::lint::{Found, Plan, Rule};

/// A rule about files that are not Python.
pub(super) struct FileRule {
    /// Its id, and what its page has words for; it looks at no node.
    pub rule: &'static Rule,
    /// Looks at a file.
    pub check: fn(&View<'_>, &mut Vec<Found>),
    /// Plans the fixes of something that `check` found, the preferred one first.
    pub fix: fn(&View<'_>, &Found) -> Vec<Plan>,
}

/// Every rule about files of a project.
pub(super) static RULES: &[FileRule] = &[
    FileRule {
        rule: &import_undeclared::RULE,
        check: import_undeclared::check,
        fix: import_undeclared::fix,
    },
    FileRule {
        rule: &requirements_unpinned::RULE,
        check: requirements_unpinned::check,
        fix: requirements_unpinned::fix,
    },
    FileRule {
        rule: &venv_committed::RULE,
        check: venv_committed::check,
        fix: venv_committed::fix,
    },
    FileRule { rule: &venv_missing::RULE, check: venv_missing::check, fix: |_, _| Vec::new() },
];

/// What the pages of these rules have words for.
pub(crate) static WORDS: [&Rule; 4] = [
    &import_undeclared::RULE,
    &requirements_unpinned::RULE,
    &venv_committed::RULE,
    &venv_missing::RULE,
];
