//! A comment that tells type checkers to be silent about its line.
//!
//! Sources: PEP 484, Compatibility with other uses of function annotations; mypy, Silencing errors
//! based on error codes; pyright, Comments.

use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::{Kind, kind};

pub static PROVIDER: Provider = Provider {
    name: "ignore-comment",
    doc: "A comment `# type: ignore` or `# pyright: ignore` behind code, without or with the codes \
          of errors; `@target` is the `comment`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new(
        "everything",
        SlotKind::Code,
        "the comment, if it speaks to all checkers of all errors",
    ),
    Slot::new(
        "everything-of",
        SlotKind::Words(CHECKERS),
        "the checker, if it alone hides all errors",
    ),
    Slot::new("checker", SlotKind::Words(CHECKERS), "the checker whose codes are listed"),
    Slot::new("codes", SlotKind::Codes, "the codes of the errors that it hides"),
    Slot::new("line", SlotKind::Line, "the line it speaks of"),
];

const CHECKERS: &[&str] = &["mypy", "pyright"];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let comment = subject.node();
    (kind(comment) == Kind::Comment).then_some(())?;
    let start = subject.span(comment).start;
    let text = subject.document().text();
    let line = text.line_of(start);
    // Alone on its line it speaks of the whole file or of nothing, as the checker has it.
    let before = text.slice(crate::Span::new(text.line_content(line).start, start));
    let has_code = before.chars().any(|char| !char.is_whitespace());
    let rest = subject.text(comment).strip_prefix('#').filter(|_| has_code)?.trim_start();
    let (checker, rest) = match rest.strip_prefix("type:") {
        Some(rest) => ("mypy", rest),
        None => ("pyright", rest.strip_prefix("pyright:")?),
    };
    let rest = rest.trim_start().strip_prefix("ignore")?.trim_end();
    let mut facts = Facts::of(SLOTS);
    facts.line("line", line);
    if rest.trim_start().is_empty() || rest.trim_start().starts_with('#') {
        match checker {
            "mypy" => facts.code("everything", "# type: ignore"),
            _ => facts.word("everything-of", checker),
        };
        return Some(facts);
    }
    let (list, rest) = rest.trim_start().strip_prefix('[')?.split_once(']')?;
    let rest = rest.trim_start();
    let codes: Vec<_> = list.split(',').map(str::trim).collect();
    let is_code = |code: &&str| {
        !code.is_empty() && code.chars().all(|char| char.is_ascii_alphanumeric() || char == '-')
    };
    let is_whole = codes.iter().all(is_code) && (rest.is_empty() || rest.starts_with('#'));
    is_whole.then_some(())?;
    facts.word("checker", checker).codes("codes", codes);
    Some(facts)
}

#[cfg(test)]
mod tests;
