//! Which interpreter the first line of a script means.
//!
//! Sources: execve(2), Interpreter scripts; env(1), which looks for the program on `PATH`.

use super::super::{Case, Computed, Find, Found, Generator, Role};
use crate::facts::{Facts, Slot, SlotKind};
use crate::quiz::Kind;
use crate::subject::Subject;
use crate::syntax;

pub static GENERATOR: Generator = Generator {
    name: "script-interpreter",
    doc: "which interpreter runs a script that is started by its name, by its `#!` line",
    kind: Kind::Choice,
    asked: ASKED,
    told: TOLD,
    roles: ROLES,
    cases: CASES,
    find: Find::At(&[syntax::Kind::Comment], run),
};

static ASKED: &[Slot] = &[Slot::new("first", SlotKind::Code, "the `#!` line")];

static TOLD: &[Slot] =
    &[ASKED[0], Slot::new("program", SlotKind::Code, "what it names: `python3`")];

static ROLES: &[Role] = &[
    Role::words("path", "the first of that name on `PATH`"),
    Role::words("fixed", "the one at that place, and no other"),
    Role::words("newest", "the newest one that is installed"),
    Role::words("beside", "the one of the `.venv` beside the script"),
];

static CASES: &[Case] = &[
    Case {
        name: "env",
        doc: "`/usr/bin/env` is given the name of an interpreter",
        right: "path",
        wrong: &["fixed", "newest", "beside"],
    },
    Case {
        name: "absolute",
        doc: "it is the path of an interpreter outside any environment",
        right: "fixed",
        wrong: &["path", "newest", "beside"],
    },
];

fn run(subject: &Subject<'_>) -> Option<Found> {
    let span = subject.span(subject.node());
    let line = subject.text(subject.node()).trim_end();
    let words: Vec<&str> =
        line.strip_prefix("#!").filter(|_| span.start == 0)?.split_whitespace().collect();
    let (case, program) = match words[..] {
        ["/usr/bin/env", name] if is_python(name) => (&CASES[0], name),
        [path] if path.starts_with('/') => {
            let (folder, name) = path.rsplit_once('/')?;
            let is_system = matches!(folder, "/usr/bin" | "/usr/local/bin" | "/bin");
            (is_system && is_python(name)).then_some((&CASES[1], path))?
        }
        _ => return None,
    };
    let mut facts = Facts::of(TOLD);
    facts.code("first", line).code("program", program);
    let computed = Computed::in_words(case, ROLES, facts);
    Some(Found { computed, subject: span, from: vec![span] })
}

/// `python`, `python3`, `python3.12`.
fn is_python(name: &str) -> bool {
    let version = name.strip_prefix("python");
    version.is_some_and(|it| it.chars().all(|char| char.is_ascii_digit() || char == '.'))
}
