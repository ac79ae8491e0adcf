//! `sys.path` that is changed by hand, and the interpreter that a first line names.
//!
//! Sources: Library Reference, `sys.path`, and `sys.path` initialization; execve(2) and env(1).

use crate::facts::decoration::Arguments;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, kind};

pub static PROVIDER: Provider = Provider {
    name: "search-path",
    doc: "`sys.path.append(…)` or `sys.path.insert(…)`; `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("added", SlotKind::Code, "the directory that is added"),
    Slot::new("last", SlotKind::Flag, "it is added at the end"),
    Slot::new("first", SlotKind::Flag, "it is added at index 0"),
    Slot::new("position", SlotKind::Code, "the index at which it is added, if another"),
    Slot::new("relative", SlotKind::Code, "the directory, if it depends on where the program runs"),
    Slot::new("inside-function", SlotKind::Flag, "it is added whenever a function runs"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let call = subject.node();
    let callee = call.child_in(Field::Function).filter(|_| kind(call) == Kind::Call)?;
    let called = subject.names().qualified(subject.item(), callee)?;
    let arguments = Arguments::of(call, subject.item_text());
    if arguments.spread || !arguments.keywords.is_empty() {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    let added = match (called.as_str(), &arguments.positional[..]) {
        ("sys.path.append", [added]) => {
            facts.flag("last", true);
            *added
        }
        ("sys.path.insert", [index, added]) => {
            match subject.text(*index) {
                "0" => facts.flag("first", true),
                _ => facts.code("position", one_line(subject, *index)),
            };
            *added
        }
        _ => return None,
    };
    facts.code("added", one_line(subject, added));
    if let Some(text) = super::interpreter::plain_string(subject, added) {
        let is_relative = !text.starts_with('/') && !text.contains(':') && !text.starts_with('\\');
        if is_relative {
            facts.code("relative", one_line(subject, added));
        }
    }
    // In a branch it may not run, or only once.
    let mut around = subject
        .ancestors()
        .skip_while(|node| matches!(kind(*node), Kind::ExpressionStatement | Kind::Block));
    let in_function = around.next().is_some_and(|node| kind(node) == Kind::FunctionDefinition);
    facts.flag("inside-function", in_function);
    Some(facts)
}

pub static SHEBANG: Provider = Provider {
    name: "shebang",
    doc: "The first line of the file, if it starts with `#!` and names a Python; `@target` is the \
          `comment`",
    slots: SHEBANG_SLOTS,
    run: shebang,
};

static SHEBANG_SLOTS: &[Slot] = &[
    Slot::new("searched", SlotKind::Code, "the interpreter that `env` looks up on `PATH`"),
    Slot::new("fixed", SlotKind::Code, "the path of the interpreter, if it is not searched"),
    Slot::new("environment", SlotKind::Flag, "that path leads into a directory `venv` or `.venv`"),
    Slot::new("system", SlotKind::Flag, "that path is one of the system's interpreter"),
    Slot::new("bare", SlotKind::Code, "the name without a version, which may be missing"),
];

fn shebang(subject: &Subject<'_>) -> Option<Facts> {
    let comment = subject.node();
    let is_first = kind(comment) == Kind::Comment && subject.span(comment).start == 0;
    let line = subject.text(comment).strip_prefix("#!").filter(|_| is_first)?;
    let mut words = line.split_whitespace();
    let program = words.next()?;
    let mut facts = Facts::of(SHEBANG_SLOTS);
    let file = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    if file(program) == "env" {
        let mut name = words.next()?;
        if name == "-S" {
            name = words.next()?;
        }
        is_python(name).then_some(())?;
        facts.code("searched", name);
        if name == "python" {
            facts.code("bare", name);
        }
        return Some(facts);
    }
    (program.starts_with('/') && is_python(&file(program))).then_some(())?;
    facts.code("fixed", program);
    let in_environment = program.split('/').any(|part| matches!(part, "venv" | ".venv"));
    facts.flag("environment", in_environment);
    let directory = program.rsplit_once('/').map(|(directory, _)| directory);
    facts.flag("system", matches!(directory, Some("/usr/bin" | "/bin")));
    Some(facts)
}

fn is_python(name: &str) -> bool {
    name.strip_prefix("python")
        .is_some_and(|rest| rest.chars().all(|char| char.is_ascii_digit() || char == '.'))
}

#[cfg(test)]
mod tests;
