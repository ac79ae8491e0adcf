//! A program adds a folder of its own project, or packages of another Python, to `sys.path`.
//!
//! Source: Library Reference, `sys.path` and the initialization of the `sys.path` module search path.

use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Rule};
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

use super::code::callee_name;

pub static RULE: Rule = Rule {
    id: "sys-path-hack",
    kinds: &[Kind::Call, Kind::AugmentedAssignment],
    slots: SLOTS,
    cases: &["packages", "relative"],
    fixes: &[],
    related: &[],
    check,
    fix: |_, _| Vec::new(),
};

static SLOTS: &[Slot] = &[Slot::new("folder", SlotKind::Code, "the folder that is added")];

/// Functions that add one folder.
const ADDERS: &[&str] = &["sys.path.append", "sys.path.insert", "site.addsitedir"];

/// What makes a path of a string.
const PATHS: &[&str] =
    &["os.path.abspath", "os.path.join", "os.path.normpath", "os.path.realpath", "pathlib.Path"];

/// What one adds on purpose: code of others that is kept in the project, or looked for at run time.
const OTHERS: &[&str] = &["vendor", "third", "extern", "plugin", "extension", "addon", "contrib"];

/// Words of programs that are run where nothing is installed yet: builds, documentation.
const BUILDING: &[&str] = &["setuptools", "distutils", "sphinx", "SCons", "waflib", "Cython"];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.settings().is_test || subject.settings().is_stub {
        return;
    }
    let Some((at, folder)) = added(subject) else { return };
    let Some(case) = folder_case(subject, folder) else { return };
    if is_bootstrap(subject) || is_temporary(subject) {
        return;
    }
    let mut facts = Facts::of(SLOTS);
    facts.code("folder", one_line(subject, folder));
    found.push(Found { at: at.byte_range().into(), case, facts, related: Vec::new() });
}

/// Where a folder is added to `sys.path`, and which.
fn added<'a>(subject: &Subject<'a>) -> Option<(Node<'a>, Node<'a>)> {
    let node = subject.node();
    if kind(node) == Kind::Call {
        let name = callee_name(subject, node)?;
        ADDERS.contains(&&*name).then_some(())?;
        let folder = match (&*name, &arguments(node)[..]) {
            ("sys.path.insert", [_, folder]) | ("sys.path.append", [folder]) => *folder,
            ("site.addsitedir", [folder, ..]) => *folder,
            _ => return None,
        };
        return Some((Field::Function.of(node)?, folder));
    }
    let (left, right) = (Field::Left.of(node)?, Field::Right.of(node)?);
    let is_path = subject.names().qualified(subject.item(), left).as_deref() == Some("sys.path");
    let folder = match statements(right)[..] {
        [only] if kind(right) == Kind::List => only,
        _ => return None,
    };
    is_path.then_some((left, folder))
}

/// The case of the finding about a folder; nothing for a folder about which nothing is known.
#[allow(clippy::option_option)]
fn folder_case(subject: &Subject<'_>, folder: Node<'_>) -> Option<Option<&'static str>> {
    let parts = parts(subject, folder)?;
    let text = parts.text.to_lowercase();
    if OTHERS.iter().any(|word| text.contains(word)) {
        return None;
    }
    if text.contains("site-packages") || text.contains("dist-packages") {
        return Some(Some("packages"));
    }
    if parts.has_file {
        return Some(None);
    }
    (parts.is_relative).then_some(Some("relative"))
}

/// What an expression of a folder is made of.
#[derive(Default)]
struct Parts {
    /// Its source, and that of the variables in it.
    text: String,
    /// It starts from `__file__`.
    has_file: bool,
    /// It starts from the folder in which the program was started.
    is_relative: bool,
}

/// Variables are followed this far.
const MAX_STEPS: usize = 4;

/// Nothing when a part of the expression is not known.
fn parts(subject: &Subject<'_>, folder: Node<'_>) -> Option<Parts> {
    let names = subject.names();
    let mut parts = Parts::default();
    let mut open = vec![(subject.item(), folder)];
    let mut steps = 0;
    while let Some((item, node)) = open.pop() {
        let source = names.item(item).text();
        let scopes = names.scopes(item)?;
        parts.text.push_str(source.get(node.byte_range())?);
        parts.is_relative |= is_relative_path(source, node);
        let mut variables = Vec::new();
        walk::until(node, |inner| {
            match kind(inner) {
                // Not the name of an attribute or a keyword.
                Kind::Identifier if scopes.reference_at(inner.start_byte()).is_some() => {
                    if source.get(inner.byte_range()) == Some("__file__") {
                        parts.has_file = true;
                    } else if names.qualified(item, inner).is_none() {
                        variables.push(inner);
                    }
                }
                Kind::Call => {
                    let callee = Field::Function.of(inner);
                    let name = callee.and_then(|callee| names.qualified(item, callee));
                    let first = arguments(inner).first().copied();
                    parts.is_relative |= name.is_some_and(|name| PATHS.contains(&name.as_str()))
                        && first.is_some_and(|first| is_relative_path(source, first));
                }
                _ => {}
            }
            false
        });
        for variable in variables {
            steps += 1;
            let bound = names.binding(item, variable)?;
            let is_plain = steps <= MAX_STEPS
                && bound.binding.kind == BindingKind::Assignment
                && !bound.binding.conditional;
            let assignment = names.node(bound).filter(|_| is_plain)?;
            Field::Left.of(assignment).filter(|left| kind(*left) == Kind::Identifier)?;
            open.push((bound.item, Field::Right.of(assignment)?));
        }
    }
    Some(parts)
}

/// True for `".."`, `"src"`, `"../lib"`; not for the folder in which the program is started itself,
/// which a program may mean.
fn is_relative_path(source: &str, node: Node<'_>) -> bool {
    let Some(literal) = source.get(node.byte_range()).filter(|_| kind(node) == Kind::String) else {
        return false;
    };
    let quote = literal.find(['"', '\'']).unwrap_or(0);
    let inner = literal[quote..].trim_matches(['"', '\'']);
    let is_plain = literal[..quote].is_empty() || literal[..quote].eq_ignore_ascii_case("r");
    is_plain
        && !matches!(inner, "" | "." | "./")
        && !inner.starts_with(['/', '\\', '~', '$', '<'])
        && !inner.contains(':')
}

/// True where the program cannot rely on being installed: it is run as a script although it belongs to
/// a package, or it builds something.
fn is_bootstrap(subject: &Subject<'_>) -> bool {
    let asks = subject.ancestors().any(|node| {
        kind(node) == Kind::IfStatement
            && Field::Condition.of(node).is_some_and(|it| subject.text(it).contains("__package__"))
    });
    // The file by which Sphinx is configured binds these.
    let configures = ["extensions", "html_theme"]
        .iter()
        .all(|name| !subject.names().module_bindings(name).is_empty());
    asks || configures || says(subject, BUILDING)
}

/// True when the file takes what it added away again.
fn is_temporary(subject: &Subject<'_>) -> bool {
    says(subject, &["path.remove", "path.pop", "path.clear", "sys.path =", "path[:] ="])
}

/// True when one of these stands anywhere in the file.
fn says(subject: &Subject<'_>, words: &[&str]) -> bool {
    words.iter().any(|word| subject.names().some_text(|text, word| text.contains(word), word))
}
