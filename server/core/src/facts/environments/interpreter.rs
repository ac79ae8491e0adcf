//! A call that starts `python` or `pip` by name, and so whichever comes first on `PATH`.
//!
//! Source: Library Reference, subprocess (Popen constructor) and `sys.executable`.

use crate::facts::decoration::Arguments;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};

pub static PROVIDER: Provider = Provider {
    name: "interpreter-call",
    doc: "A call of `subprocess` or `os.system` whose program is written out and is `python` or \
          `pip`; `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "the function that is called"),
    Slot::new("python", SlotKind::Code, "the program, if it is an interpreter"),
    Slot::new("pip", SlotKind::Code, "the program, if it is `pip`"),
    Slot::new("meant", SlotKind::Code, "the list of arguments that names this interpreter"),
    Slot::new("shell", SlotKind::Flag, "the command is one string for a shell"),
];

/// Functions whose first parameter, `args`, is the program with its arguments.
const RUNS: &[&str] = &[
    "subprocess.Popen",
    "subprocess.call",
    "subprocess.check_call",
    "subprocess.check_output",
    "subprocess.run",
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let call = subject.node();
    let callee = call.child_in(Field::Function).filter(|_| kind(call) == Kind::Call)?;
    let called = subject.names().qualified(subject.item(), callee)?;
    let arguments = Arguments::of(call, subject.item_text());
    // `executable=` replaces the program.
    if arguments.spread || arguments.keyword("executable").is_some() {
        return None;
    }
    let shell = arguments.keyword("shell");
    let mut facts = Facts::of(SLOTS);
    facts.code("call", one_line(subject, callee));
    let command = match called.as_str() {
        "os.system" => arguments.positional.first().copied()?,
        name if RUNS.contains(&name) => arguments.get(0, "args")?,
        _ => return None,
    };
    match kind(command) {
        // With a shell only the first element is the command.
        Kind::List | Kind::Tuple if shell.is_none_or(|node| kind(node) == Kind::False) => {
            let parts = statements(command);
            let program = plain_string(subject, *parts.first()?)?;
            let is_pip = name(&mut facts, program)?;
            let rest = parts[1..].iter().map(|part| one_line(subject, *part));
            let mut list = vec!["sys.executable".to_owned()];
            if is_pip {
                list.extend(["\"-m\"".to_owned(), "\"pip\"".to_owned()]);
            }
            list.extend(rest);
            facts.code("meant", format!("[{}]", list.join(", ")));
        }
        Kind::String => {
            let text = plain_string(subject, command)?;
            let program = text.split_whitespace().next()?;
            name(&mut facts, program)?;
            // Without a shell a string is the name of a program, blanks included.
            let is_shell =
                called == "os.system" || shell.is_some_and(|node| kind(node) == Kind::True);
            if !is_shell && text.contains(char::is_whitespace) {
                return None;
            }
            facts.flag("shell", is_shell);
        }
        _ => return None,
    }
    Some(facts)
}

/// Notes the program; true for `pip`.
fn name(facts: &mut Facts, program: &str) -> Option<bool> {
    let version = |name: &str| {
        let rest = program.strip_prefix(name)?;
        rest.chars().all(|char| char.is_ascii_digit() || char == '.').then_some(())
    };
    if version("pip").is_some() {
        facts.code("pip", program);
        return Some(true);
    }
    version("python")?;
    facts.code("python", program);
    Some(false)
}

/// The text of a string literal without prefix, escapes and interpolations.
pub(in crate::facts) fn plain_string<'a>(subject: &Subject<'a>, node: Node<'_>) -> Option<&'a str> {
    if kind(node) != Kind::String {
        return None;
    }
    let parts = statements(node);
    let [start, content, _] = parts[..] else { return None };
    let is_plain = kind(content) == Kind::StringContent
        && content.named_child_count() == 0
        && matches!(subject.text(start), "\"" | "'" | "\"\"\"" | "'''");
    is_plain.then(|| subject.text(content))
}

#[cfg(test)]
mod tests;
