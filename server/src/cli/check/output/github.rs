//! [Workflow commands](https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands)
//! of GitHub Actions.

use std::io::{self, Write};

use pygloss_core::analysis::Severity;

use super::super::outcome::Outcome;

pub(super) fn print(out: &mut dyn Write, outcomes: &[Outcome]) -> io::Result<()> {
    for outcome in outcomes {
        let path = property(&outcome.path.to_string_lossy());
        for found in &outcome.found {
            let finding = &found.finding;
            let command = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Information | Severity::Hint => "notice",
            };
            let (line, column) = outcome.place(finding.span.start);
            let (end_line, end_column) = outcome.place(finding.span.end);
            write!(out, "::{command} title=pygloss ({}),file={path},line={line}", finding.rule)?;
            write!(out, ",col={column},endLine={end_line},endColumn={end_column}")?;
            let message = data(&finding.message);
            writeln!(out, "::{path}:{line}:{column}: {} {message}", finding.rule)?;
        }
    }
    Ok(())
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
