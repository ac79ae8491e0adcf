//! What a single script needs, in a comment for the tool that runs it.
//!
//! Source: PEP 723; Python Packaging User Guide, Inline script metadata.

use super::distribution::distributions;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::names::Bound;
use crate::requirements::{Requirement, in_script, normalised};
use crate::subject::Subject;
use crate::syntax::{Kind, kind};

pub static PROVIDER: Provider = Provider {
    name: "script-metadata",
    doc: "A line of the comment between `# /// script` and `# ///`; `@target` is the `comment`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("dependencies", SlotKind::Codes, "what the script asks for"),
    Slot::new("nothing", SlotKind::Flag, "it asks for nothing"),
    Slot::new("open", SlotKind::Flag, "something it asks for may have several versions"),
    Slot::new("python", SlotKind::Code, "its `requires-python`"),
    Slot::new(
        "missing",
        SlotKind::Records(MISSING),
        "imported modules whose distribution is not listed",
    ),
];

static MISSING: &[Slot] = &[
    Slot::new("module", SlotKind::Code, "the module"),
    Slot::new("distribution", SlotKind::Code, "the distribution it comes from"),
    Slot::new("line", SlotKind::Line, "the line that imports it"),
];

/// Longest comment that is read, in lines.
const MAX_LINES: usize = 1_000;

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let comment = subject.node();
    (kind(comment) == Kind::Comment).then_some(())?;
    let (content, first) = block(subject, subject.line(comment))?;
    let (requirements, python) = in_script(&content, first)?;
    let mut facts = Facts::of(SLOTS);
    facts.codes("dependencies", requirements.iter().map(|it| it.text.as_str()));
    facts.flag("nothing", requirements.is_empty());
    let is_open = |it: &Requirement| !it.text.contains("==") && !it.text.contains('@');
    facts.flag("open", requirements.iter().any(is_open));
    if let Some(python) = python {
        facts.code("python", python);
    }
    facts.records("missing", missing(subject, &requirements));
    Some(facts)
}

/// The metadata around the line, without the marks of comments, and its first line.
fn block(subject: &Subject<'_>, at: usize) -> Option<(String, usize)> {
    let text = subject.document().text();
    let line = |number: usize| text.slice(text.line_content(number));
    let is_part = |line: &str| line == "#" || line.starts_with("# ");
    let mut start = at;
    while line(start).trim_end() != "# /// script" {
        (is_part(&line(start)) && start > 0 && at - start < MAX_LINES).then_some(())?;
        start -= 1;
    }
    let rest = (start + 1..text.line_count()).take(MAX_LINES).map(line);
    let mut lines: Vec<String> = rest.take_while(|line| is_part(line)).collect();
    // The last one counts (PEP 723).
    let end = lines.iter().rposition(|line| line.trim_end() == "# ///")?;
    (at <= start + 1 + end).then_some(())?;
    lines.truncate(end);
    let content = lines.iter().map(|line| line.get(2..).unwrap_or_default());
    Some((content.collect::<Vec<_>>().join("\n"), start + 1))
}

/// Imports of modules that come from a known distribution which is not listed.
fn missing(subject: &Subject<'_>, listed: &[Requirement]) -> Vec<Facts> {
    let names = subject.names();
    let mut found: Vec<(String, Facts)> = Vec::new();
    for item in 0..subject.document().items().len() {
        let Some(scopes) = names.scopes(item) else { continue };
        for binding in scopes.all_bindings() {
            let bound = Bound { item, binding };
            let Some((module, _)) = names.import_of(bound) else { continue };
            let known = distributions(subject, &module);
            let is_listed =
                listed.iter().any(|it| known.iter().any(|name| normalised(name) == it.name));
            // With several of them it is not known which one is meant.
            let [distribution] = &known[..] else { continue };
            if is_listed {
                continue;
            }
            if found.iter().any(|(other, _)| *other == module) {
                continue;
            }
            let document = subject.document();
            let line = document.text().line_of(document.start_of(item) + binding.at.start);
            let mut facts = Facts::of(MISSING);
            facts.code("module", module.as_str()).code("distribution", distribution.as_str());
            facts.line("line", line);
            found.push((module, facts));
        }
    }
    found.into_iter().map(|(_, facts)| facts).collect()
}

#[cfg(test)]
mod tests;
