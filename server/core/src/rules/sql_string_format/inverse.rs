//! Values in the text of a statement that has parameters.

use crate::Span;
use crate::lint::Inverse;
use crate::subject::Subject;
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Kind, kind};

use super::super::sql::execution;
use super::RULE;

pub static INVERSE: Inverse = Inverse { rule: &RULE, kinds: &[Kind::Call], edits: with_values };

/// An f-string with the names that were given as parameters, each in the quotes of SQL.
fn with_values(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    let call = subject.node();
    let execution = execution(subject, call).filter(|found| found.method == "execute")?;
    let mark = execution.database?.placeholder?;
    let [text, given] = arguments(call)[..] else { return None };
    let is_plain = kind(text) == Kind::String && kind(given) == Kind::Tuple;
    let values = statements(given);
    let inner = subject.text(text).strip_prefix('"').filter(|_| is_plain)?.strip_suffix('"')?;
    let is_clear = !inner.contains(['{', '}', '\'', '"', '\\', '\n', '\r', ':'])
        && values.iter().all(|value| kind(*value) == Kind::Identifier)
        && inner.matches(&mark).count() == values.len();
    let mut parts = inner.split(&mark);
    let mut written = format!("f\"{}", parts.next().filter(|_| is_clear)?);
    for (value, part) in values.iter().zip(parts) {
        written.push_str(&format!("'{{{}}}'{part}", subject.text(*value)));
    }
    written.push('"');
    let span = Span::new(subject.span(text).start, subject.span(given).end);
    Some(vec![(span, written)])
}
