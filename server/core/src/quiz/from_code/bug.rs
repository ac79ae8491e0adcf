//! Which line of the reader's function has the mistake that was put into it.
//!
//! The mistake is the inverse of a rule's fix ([`Inverse`]), so the rule's page says why it is one.

use super::{Case, Computed, Find, Found, Generator, Role, candidates};
use crate::content::Library;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Inverse, Mutant};
use crate::quiz::Kind;
use crate::subject::Subject;
use crate::syntax::{self, Field, kind};

/// One for each of [`crate::rules::INVERSES`].
pub static GENERATORS: &[Generator] = &[
    bug("bug-annotation-not-conversion", "annotation-not-conversion"),
    bug("bug-async-for-required", "async-for-required"),
    bug("bug-async-with-required", "async-with-required"),
    bug("bug-asyncio-run-in-async", "asyncio-run-in-async"),
    bug("bug-blocking-io-in-async", "blocking-io-in-async"),
    bug("bug-contextmanager-missing-decorator", "contextmanager-missing-decorator"),
    bug("bug-contextmanager-no-finally", "contextmanager-no-finally"),
    bug("bug-contextmanager-yield-count", "contextmanager-yield-count"),
    bug("bug-coroutine-not-awaited", "coroutine-not-awaited"),
    bug("bug-decorator-args-not-forwarded", "decorator-args-not-forwarded"),
    bug("bug-decorator-drops-result", "decorator-drops-result"),
    bug("bug-decorator-factory-misuse", "decorator-factory-misuse"),
    bug("bug-decorator-missing-wraps", "decorator-missing-wraps"),
    bug("bug-decorator-not-returning-wrapper", "decorator-not-returning-wrapper"),
    bug("bug-decorator-sync-wraps-async", "decorator-sync-wraps-async"),
    bug("bug-defaultdict-bad-factory", "defaultdict-bad-factory"),
    bug("bug-enter-returns-none", "enter-returns-none"),
    bug("bug-exit-swallows-exceptions", "exit-swallows-exceptions"),
    bug("bug-generator-return-value", "generator-return-value"),
    bug("bug-generator-reused", "generator-reused"),
    bug("bug-groupby-group-reuse", "groupby-group-reuse"),
    bug("bug-http-status-unchecked", "http-status-unchecked"),
    bug("bug-implicit-event-loop", "implicit-event-loop"),
    bug("bug-isinstance-generic", "isinstance-generic"),
    bug("bug-iterator-protocol", "iterator-protocol"),
    bug("bug-lazy-result-discarded", "lazy-result-discarded"),
    bug("bug-list-as-queue", "list-as-queue"),
    bug("bug-lock-without-with", "lock-without-with"),
    bug("bug-metaclass-new-args", "metaclass-new-args"),
    bug("bug-mutate-while-iterating", "mutate-while-iterating"),
    bug("bug-new-missing-return", "new-missing-return"),
    bug("bug-retry-without-backoff", "retry-without-backoff"),
    bug("bug-shared-value-race", "shared-value-race"),
    bug("bug-sql-string-format", "sql-string-format"),
    bug("bug-sqlite-with-leak", "sqlite-with-leak"),
    bug("bug-threads-for-cpu-bound", "threads-for-cpu-bound"),
    bug("bug-wall-clock-interval", "wall-clock-interval"),
    bug("bug-worker-target-called", "worker-target-called"),
    bug("bug-wraps-misused", "wraps-misused"),
];

/// The generator for the inverse of the rule with the id `rule`.
const fn bug(name: &'static str, rule: &'static str) -> Generator {
    Generator {
        name,
        doc: "which line has the mistake that the fix of the rule of this name mends, in a copy of a \
              function that has it not",
        kind: Kind::Bug,
        asked: SLOTS,
        told: SLOTS,
        roles: ROLES,
        cases: CASES,
        find: Find::Mutant(rule),
    }
}

static SLOTS: &[Slot] = &[
    Slot::new("function", SlotKind::Code, "the function"),
    Slot::new("line", SlotKind::Line, "the line of its `def`"),
];

static ROLES: &[Role] = &[
    Role::code("mistake", "the line at which the rule finds the mistake"),
    Role::code("other", "another line"),
];

static CASES: &[Case] =
    &[Case { name: "always", doc: "there is one mistake", right: "mistake", wrong: &["other"] }];

/// Longest function that is shown, in lines: longer code is cut where it is written out.
const MAX_LINES: usize = 16;
/// Options beside the right one.
const OTHERS: usize = 3;

/// The question about the subject, at which `inverse` may make its mistake.
pub(super) fn run(
    subject: &Subject<'_>,
    library: &Library,
    inverse: &'static Inverse,
) -> Option<Found> {
    let mutant = inverse.mutant(subject, library)?;
    let function =
        subject.path().iter().find(|it| kind(**it) == syntax::Kind::FunctionDefinition)?;
    let mut facts = Facts::of(SLOTS);
    facts.code("function", subject.text(Field::Name.of(*function)?));
    facts.line("line", subject.line(*function));
    let span = subject.span(*function);
    let options = options(&mutant)?;
    let computed = Computed { case: &CASES[0], options, snippet: Some(mutant.code), facts };
    Some(Found { computed, subject: span, from: vec![span] })
}

/// The line of the mistake, and others from the beginning to the end.
fn options(mutant: &Mutant) -> Option<Vec<super::Candidate>> {
    let lines: Vec<&str> = mutant.code.lines().map(str::trim).collect();
    let right = *lines.get(mutant.line)?;
    let is_single = |text: &str| lines.iter().filter(|line| **line == text).count() == 1;
    let others: Vec<&str> = mutant
        .others
        .iter()
        .filter_map(|line| lines.get(*line).copied())
        .filter(|text| is_single(text))
        .collect();
    if lines.len() > MAX_LINES || !is_single(right) || others.len() < OTHERS {
        return None;
    }
    let spread = (0..OTHERS).map(|at| others[at * others.len() / OTHERS]);
    let label = |text: &str| Some(text.to_owned());
    let labels = std::iter::once(("mistake", label(right)));
    candidates(labels.chain(spread.map(|text| ("other", label(text)))), OTHERS + 1, OTHERS + 1)
}
