//! A program calls `pip`: some `pip`, or one that must not be called that way.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Plan, Rule, imported};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};

use super::code::{callee_name, is_expected_to_fail, plain_arguments};

pub static RULE: Rule = Rule {
    id: "pip-in-code",
    kinds: &[Kind::Call],
    slots: SLOTS,
    cases: &["as-module"],
    fixes: &["use-this-python"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "what is called"),
    Slot::new("program", SlotKind::Code, "the program: `pip`"),
];

/// Functions that start a program which their first argument names.
const STARTERS: &[&str] = &[
    "os.popen",
    "os.system",
    "subprocess.Popen",
    "subprocess.call",
    "subprocess.check_call",
    "subprocess.check_output",
    "subprocess.getoutput",
    "subprocess.run",
];

/// The one deeper down is called by pip itself.
const MAINS: &[&str] = &["pip._internal.main", "pip.main"];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let call = subject.node();
    let Some(callee) = Field::Function.of(call) else { return };
    let Some(name) = callee_name(subject, call) else { return };
    let may_be_it = MAINS.contains(&&*name) || STARTERS.contains(&&*name);
    if !may_be_it || subject.settings().is_test || is_expected_to_fail(subject) {
        return;
    }
    let mut facts = Facts::of(SLOTS);
    facts.code("call", subject.text(callee));
    if MAINS.contains(&&*name) {
        let at = callee.byte_range().into();
        found.push(Found { at, case: Some("as-module"), facts, related: Vec::new() });
        return;
    }
    if !STARTERS.contains(&&*name) {
        return;
    }
    let Some((program, at)) = program(subject, call) else { return };
    facts.code("program", program);
    found.push(Found { at: at.byte_range().into(), case: None, facts, related: Vec::new() });
}

/// The `pip` that the first argument starts, and the string that names it.
fn program<'a>(subject: &Subject<'a>, call: Node<'a>) -> Option<(&'a str, Node<'a>)> {
    let (positional, _) = plain_arguments(call)?;
    let first = *positional.first()?;
    match kind(first) {
        Kind::List | Kind::Tuple => {
            let all = statements(first);
            let [program, command, ..] = &all[..] else { return None };
            let is_command = matches!(
                literal(subject, *command)?,
                "install" | "uninstall" | "download" | "freeze" | "list" | "wheel"
            );
            let text = literal(subject, *program).filter(|text| is_command && is_pip(text))?;
            Some((text, *program))
        }
        Kind::String => {
            let mut words = literal(subject, first)?.split_whitespace();
            let program = words.next().filter(|word| is_pip(word))?;
            matches!(words.next()?, "install" | "uninstall").then_some((program, first))
        }
        _ => None,
    }
}

fn is_pip(word: &str) -> bool {
    matches!(word, "pip" | "pip3")
}

/// The text of a plain string literal; for an f-string, its text before the first hole.
fn literal<'a>(subject: &Subject<'a>, node: Node<'a>) -> Option<&'a str> {
    let content = statements(node)
        .into_iter()
        .find(|part| kind(*part) == Kind::StringContent)
        .filter(|_| kind(node) == Kind::String)?;
    Some(subject.text(content))
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

/// Only for a list: in a shell's command line the path would need quotes.
fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let node = crate::names::node_with(subject.node(), found.at)?;
    let (positional, _) = plain_arguments(subject.node())?;
    let list = positional.first().filter(|first| kind(**first) != Kind::String)?;
    let in_list = Span::from(list.byte_range()).contains(found.at);
    let text = subject.text(node);
    let quote = text.chars().find(|char| matches!(char, '"' | '\''))?;
    let import = imported(subject, node, "sys", "executable");
    let new = format!("{}, {quote}-m{quote}, {quote}pip{quote}", import.expression);
    let mut edits = vec![(subject.span(node), new)];
    edits.extend(import.edit);
    let facts = found.facts.clone();
    in_list.then_some(Plan { fix: "use-this-python", safety: Safety::Review, facts, edits })
}
