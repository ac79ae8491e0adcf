//! What a line of a list for pip does that is no requirement.
//!
//! Sources: pip, Requirements File Format, Constraints Files, pip install.

use super::super::{Candidate, Case, Computed, Find, Generator, Role, files::Posed, is_brief};
use super::line::{line_of, posed};
use crate::Span;
use crate::facts::{Facts, Slot, SlotKind};
use crate::project::{FileKind, View};
use crate::quiz::Kind;
use crate::requirements::list::{Entry, What};

pub static GENERATOR: Generator = Generator {
    name: "list-option",
    doc: "what an option on a line of its own in a list for pip does",
    kind: Kind::Choice,
    asked: SLOTS,
    told: SLOTS,
    roles: ROLES,
    cases: CASES,
    find: Find::InFile(run),
};

static SLOTS: &[Slot] = &[
    Slot::new("option", SlotKind::Code, "the option as it is written, with its value"),
    Slot::new("value", SlotKind::Code, "its value"),
    Slot::new("line", SlotKind::Line, "its line"),
];

static ROLES: &[Role] = &[
    Role::words("takes-over", "what the other list asks for is installed, too"),
    Role::words("limits", "the other list only limits versions"),
    Role::words(
        "editable",
        "the project in a folder is installed, and changes in it count at once",
    ),
    Role::words("copies", "the project in a folder is installed as it is now"),
    Role::words("instead", "this index is asked and PyPI is not"),
    Role::words("as-well", "this index is asked besides PyPI"),
    Role::words("only-if-missing", "this index is asked for what PyPI lacks"),
];

const PATHS: &[&str] = &["takes-over", "limits", "editable", "copies"];
const INDEXES: &[&str] = &["instead", "as-well", "only-if-missing"];

static CASES: &[Case] = &[
    Case {
        name: "requirement",
        doc: "`-r`",
        right: "takes-over",
        wrong: &["limits", "editable", "copies"],
    },
    Case {
        name: "constraint",
        doc: "`-c`",
        right: "limits",
        wrong: &["takes-over", "editable", "copies"],
    },
    Case {
        name: "editable",
        doc: "`-e`, with a folder",
        right: "editable",
        wrong: &["takes-over", "limits", "copies"],
    },
    Case {
        name: "index",
        doc: "`--index-url`",
        right: "instead",
        wrong: &["as-well", "only-if-missing"],
    },
    Case {
        name: "extra-index",
        doc: "`--extra-index-url`",
        right: "as-well",
        wrong: &["instead", "only-if-missing"],
    },
];

fn run(view: &View<'_>) -> Vec<Posed> {
    // What a list of constraints takes over is another matter.
    if view.kind != FileKind::Requirements {
        return Vec::new();
    }
    let options: Vec<(Span, Span)> = view
        .entries
        .iter()
        .filter_map(|entry| match entry.what {
            What::Option(name, value) => Some((name, value?)),
            _ => None,
        })
        .collect();
    options.iter().filter_map(|(name, value)| question(view, *name, *value, &options)).collect()
}

fn question(view: &View<'_>, name: Span, value: Span, all: &[(Span, Span)]) -> Option<Posed> {
    let case_at =
        |name: Span, value: Span| case(&view.text[name.range()], &view.text[value.range()]);
    let case = case_at(name, value)?;
    let is_index = INDEXES.contains(&case.right);
    let roles = if is_index { INDEXES } else { PATHS };
    // Another one may have a part in it, here or in a list that is taken over.
    (!is_index || view.entries.iter().filter(|entry| chooses_index(view, entry)).count() == 1)
        .then_some(())?;
    let at = Span::new(name.start, value.end);
    let written = &view.text[at.range()];
    is_brief(written).then_some(())?;
    let mut facts = Facts::of(SLOTS);
    facts.code("option", written).code("value", &view.text[value.range()]);
    facts.line("line", line_of(view, at));
    let options = roles.iter().map(|role| Candidate { role, code: None }).collect();
    let computed = Computed { case, options, snippet: None, facts };
    let others = all.iter().map(|(name, value)| Span::new(name.start, value.end));
    Some(posed(view, at, others.filter(|it| *it != at), computed))
}

/// Whether the line says, or may say, which indexes are asked.
fn chooses_index(view: &View<'_>, entry: &Entry) -> bool {
    let What::Option(name, _) = entry.what else { return false };
    let others = ["-e", "--editable", "-c", "--constraint", "-f", "--find-links", "--pre"];
    !others.contains(&&view.text[name.range()])
}

/// What the option comes down to; nothing for one that is not asked about.
fn case(name: &str, value: &str) -> Option<&'static Case> {
    let is_address = value.contains("://");
    let is_named = |ending: &str| value.ends_with(ending);
    let (name, fits) = match name {
        "-r" | "--requirement" => ("requirement", is_named(".txt") || is_named(".in")),
        "-c" | "--constraint" => ("constraint", is_named(".txt") || is_named(".in")),
        "-e" | "--editable" => {
            let is_folder = value == "." || value.starts_with("./") || value.starts_with("../");
            ("editable", is_folder && !value.contains(['[', '#', '$']))
        }
        "-i" | "--index-url" => ("index", is_address),
        "--extra-index-url" => ("extra-index", is_address),
        _ => return None,
    };
    CASES.iter().find(|case| case.name == name && fits)
}
