//! Environments that a program makes, by `venv`.
//!
//! Source: Library Reference, venv, API.

use crate::facts::decoration::Arguments;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};

pub static PROVIDER: Provider = Provider {
    name: "environment-builder",
    doc: "A call of `venv.create` or `venv.EnvBuilder`; `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("directory", SlotKind::Code, "the directory, the first argument of `venv.create`"),
    Slot::new("builder", SlotKind::Code, "the class, if nothing is made yet"),
    Slot::new("with-pip", SlotKind::Flag, "`with_pip` is true"),
    Slot::new("without-pip", SlotKind::Flag, "`with_pip` is false, or not given"),
    Slot::new("links", SlotKind::Flag, "`symlinks` is true"),
    Slot::new("copies", SlotKind::Flag, "`symlinks` is false, or not given"),
    Slot::new("open", SlotKind::Flag, "`system_site_packages` is true"),
    Slot::new("isolated", SlotKind::Flag, "`system_site_packages` is false, or not given"),
    Slot::new("clears", SlotKind::Flag, "`clear` is true"),
    Slot::new("keeps", SlotKind::Flag, "`clear` is false, or not given"),
    Slot::new("scm", SlotKind::Code, "the argument `scm_ignore_files`, which older Pythons refuse"),
];

/// Parameters from the first option on; `upgrade` is one of the class only.
const OPTIONS: [&str; 7] =
    ["system_site_packages", "clear", "symlinks", "upgrade", "with_pip", "prompt", "upgrade_deps"];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let call = subject.node();
    let callee = Field::Function.of(call).filter(|_| kind(call) == Kind::Call)?;
    let is_class = match subject.names().qualified(subject.item(), callee)?.as_str() {
        "venv.create" => false,
        "venv.EnvBuilder" => true,
        _ => return None,
    };
    let arguments = Arguments::of(call, subject.item_text());
    if arguments.spread {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    if is_class {
        facts.code("builder", one_line(subject, callee));
    } else {
        facts.code("directory", one_line(subject, arguments.get(0, "env_dir")?));
    }
    let option = |name: &str| {
        let mut options = OPTIONS.iter().filter(|option| is_class || **option != "upgrade");
        let place = options.position(|option| *option == name)? + usize::from(!is_class);
        switch(arguments.get(place, name))
    };
    for (name, on, off) in [
        ("with_pip", "with-pip", "without-pip"),
        ("symlinks", "links", "copies"),
        ("system_site_packages", "open", "isolated"),
        ("clear", "clears", "keeps"),
    ] {
        match option(name) {
            Some(true) => facts.flag(on, true),
            Some(false) => facts.flag(off, true),
            None => &mut facts,
        };
    }
    if let Some(value) = arguments.keyword("scm_ignore_files") {
        facts.code("scm", format!("scm_ignore_files={}", one_line(subject, value)));
    }
    Some(facts)
}

/// What an option is set to; off is the default of all of them.
fn switch(value: Option<Node<'_>>) -> Option<bool> {
    match value.map(kind) {
        None | Some(Kind::False) => Some(false),
        Some(Kind::True) => Some(true),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests;
