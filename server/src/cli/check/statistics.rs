//! How often each rule found something.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

use pygloss_core::Library;
use pygloss_core::markdown::plain_text;
use serde_json::json;

use super::outcome::{Outcome, safe_fix};
use super::output::Format;

/// Prints each rule that found something, the one that found most first.
///
/// # Errors
/// When `out` cannot be written to.
pub fn print(
    out: &mut dyn Write,
    library: &Library,
    outcomes: &[Outcome],
    format: Format,
) -> io::Result<()> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for found in outcomes.iter().flat_map(|outcome| &outcome.found) {
        let (all, fixable) = counts.entry(found.finding.rule).or_default();
        *all += 1;
        *fixable += usize::from(safe_fix(found).is_some());
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by_key(|(_, (all, _))| Reverse(*all));
    let title =
        |rule: &str| library.rule(rule).map(|rule| plain_text(&rule.title)).unwrap_or_default();
    if format == Format::Json {
        let row = |(rule, (count, fixable)): &(&str, (usize, usize))| json!({ "code": rule, "name": title(rule), "count": count, "fixable": fixable });
        let rows: Vec<_> = rows.iter().map(row).collect();
        serde_json::to_writer_pretty(&mut *out, &rows)?;
        return writeln!(out);
    }
    let digits = rows.first().map_or(0, |(_, (most, _))| most.to_string().len());
    let width = rows.iter().map(|(rule, _)| rule.len()).max().unwrap_or(0);
    let any_fix = rows.iter().any(|(_, (_, fixable))| *fixable > 0);
    for (rule, (count, fixable)) in rows {
        let mark = match (any_fix, count == fixable, fixable) {
            (false, ..) => "",
            (_, true, _) => "[*] ",
            (_, _, 0) => "[ ] ",
            _ => "[-] ",
        };
        writeln!(out, "{count:>digits$}  {rule:<width$}  {mark}{}", title(rule))?;
    }
    Ok(())
}
