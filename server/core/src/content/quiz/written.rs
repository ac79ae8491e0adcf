//! Questions that the author answers.

use std::collections::BTreeSet;

use toml::Spanned;

use super::raw::{Faults, RawKind, RawOption, RawVariant};
use super::{
    Choice, Kind, Label, MAX_FORMS, MAX_LABEL, MAX_OPTIONS, MAX_PROMPT, Written, blank, is_output,
};

/// Longest reason or hint, in characters.
pub(super) const MAX_REASON: usize = 400;

/// Reads a question with options; `at` is its first byte.
pub(super) fn read(
    raw: &RawVariant,
    at: usize,
    hints: &[Spanned<String>],
    faults: &mut Faults<'_>,
) -> Option<Written> {
    for key in raw.labels.keys().chain(raw.why.keys()) {
        faults.add(key.span().start, "`labels` and `why` go with `from`; an option has its `why`");
    }
    let kind = match raw.kind.as_ref().map(|kind| *kind.get_ref()) {
        Some(RawKind::Choice) => Kind::Choice,
        Some(RawKind::Bool) => Kind::Bool,
        Some(RawKind::Predict) => Kind::Predict,
        Some(RawKind::Several) => Kind::Several,
        Some(RawKind::Order) => Kind::Order,
        Some(RawKind::Blank) => Kind::Blank,
        Some(RawKind::Recall) | None => {
            faults.add(at, "expected a `kind`, or `from`");
            return None;
        }
    };
    faults.line(&raw.prompt, MAX_PROMPT);
    for hint in hints {
        faults.line(hint, MAX_REASON);
    }
    let stdout = raw.stdout.as_ref().map(Spanned::get_ref);
    match (&raw.snippet, &raw.stdout) {
        (None, Some(stdout)) => faults.add(stdout.span().start, "`stdout` without a `snippet`"),
        (_, None) if matches!(kind, Kind::Predict | Kind::Blank) => {
            faults.add(at, "`predict` and `blank` need a `snippet` and its `stdout`");
        }
        _ => {}
    }
    if let Some(snippet) = raw.snippet.as_ref().filter(|snippet| !snippet.get_ref().ends_with('\n'))
    {
        faults.add(snippet.span().start, "a snippet ends with a line break");
    }
    check_options(raw, kind, at, faults);
    if kind == Kind::Blank {
        blank::check(raw, at, faults);
    } else if let Some(name) = raw.names.first() {
        faults.add(name.span().start, "`names` go with the kind `blank`");
    }
    let is_output = kind == Kind::Blank || is_output(kind, raw.stdout.is_some());
    let options =
        raw.options.iter().map(|option| choice(option.get_ref(), is_output, faults)).collect();
    Some(Written {
        kind,
        prompt: raw.prompt.get_ref().clone(),
        snippet: raw.snippet.as_ref().map(|snippet| snippet.get_ref().clone()),
        stdout: stdout.cloned(),
        options,
        names: raw.names.iter().map(|name| name.get_ref().clone()).collect(),
        hints: hints.iter().map(|hint| hint.get_ref().clone()).collect(),
    })
}

fn check_options(raw: &RawVariant, kind: Kind, at: usize, faults: &mut Faults<'_>) {
    let options = &raw.options;
    // Two are a coin to toss, where one choice out of two is as good as an order of them.
    let fewest = if matches!(kind, Kind::Several | Kind::Order) { 3 } else { 2 };
    let most = if kind == Kind::Blank { MAX_FORMS } else { MAX_OPTIONS };
    if !(fewest..=most).contains(&options.len()) {
        faults.add(at, format!("expected {fewest} to {most} options"));
    }
    let right = options.iter().filter(|option| option.get_ref().right).count();
    match kind {
        Kind::Several | Kind::Blank if right == 0 || right == options.len() => {
            faults.add(at, "of this kind at least one option is right and one is not");
        }
        Kind::Order if right > 0 || options.iter().any(|it| it.get_ref().pin.is_some()) => {
            faults.add(at, "of kind `order` the options stand in the right order, without marks");
        }
        Kind::Choice | Kind::Bool | Kind::Predict if right != 1 => {
            faults.add(at, format!("exactly one option must be `right = true`; here {right} are"));
        }
        _ => {}
    }
    let mut seen = BTreeSet::new();
    for option in options {
        let text = &option.get_ref().text;
        if !seen.insert(text.get_ref()) {
            faults.add(text.span().start, format!("the option `{}` twice", text.get_ref()));
        }
    }
    if kind == Kind::Bool {
        let texts: Vec<&str> =
            options.iter().map(|o| o.get_ref().text.get_ref().as_str()).collect();
        if texts != ["True", "False"] {
            faults.add(at, "the options of kind `bool` are `True` and `False`, in this order");
        }
    }
    if let Some(stdout) = &raw.stdout {
        check_outputs(options, kind, stdout, faults);
    }
}

/// A computed output, not an author's memory of it, decides what is right.
fn check_outputs(
    options: &[Spanned<RawOption>],
    kind: Kind,
    stdout: &Spanned<String>,
    faults: &mut Faults<'_>,
) {
    let printed = stdout.get_ref().trim_end_matches('\n');
    let lines: Vec<&str> = printed.lines().collect();
    let text = |option: &Spanned<RawOption>| option.get_ref().text.get_ref().clone();
    match kind {
        Kind::Choice | Kind::Bool | Kind::Blank => {}
        Kind::Predict => {
            let right = options.iter().find(|option| option.get_ref().right);
            if let Some(option) = right.filter(|option| text(option) != printed) {
                let message = format!("the right option is not the stdout: `{printed}`");
                faults.add(option.span().start, message);
            }
        }
        Kind::Several => {
            for option in options {
                if lines.contains(&text(option).as_str()) != option.get_ref().right {
                    let message = "an option is right if it is a line of the stdout, else wrong";
                    faults.add(option.span().start, message);
                }
            }
        }
        Kind::Order => {
            if options.iter().map(text).ne(lines.iter().map(|line| (*line).to_owned())) {
                let message = "the options of an `order` are the lines of its stdout, in order";
                faults.add(stdout.span().start, message);
            }
        }
    }
}

fn choice(raw: &RawOption, is_output: bool, faults: &mut Faults<'_>) -> Choice {
    let text = raw.text.get_ref();
    let label = if is_output {
        if text.trim().is_empty() || text.contains('\n') || text.chars().count() > MAX_LABEL {
            let message = format!("an output is one line of at most {MAX_LABEL} characters");
            faults.add(raw.text.span().start, message);
        }
        Label::code(text.clone())
    } else {
        faults.line(&raw.text, MAX_LABEL);
        Label::from_markdown(text)
    };
    faults.line(&raw.why, MAX_REASON);
    if let Some(pin) = raw.pin.as_ref().filter(|pin| pin.get_ref() != "last") {
        faults.add(pin.span().start, "expected `pin = \"last\"`");
    }
    Choice { label, right: raw.right, why: raw.why.get_ref().clone(), last: raw.pin.is_some() }
}
