//! Fenced examples of a rule's page: the rule's own tests.

use std::collections::BTreeMap;

use super::scan::Fence;
use super::source::{Fault, Part};
use crate::PythonVersion;

/// What the rule must do with an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// It finds something at every mark, and nowhere else; without marks, at least once.
    Fires,
    /// What the `fires` example before it becomes by the fix.
    Fixed,
    /// It finds nothing.
    Silent,
}

/// A fenced example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// What the rule must do with it.
    pub expect: Expect,
    /// The source without the lines that only hold marks.
    pub code: String,
    /// The path of the file, if it is not Python.
    pub path: Option<String>,
    /// The files around it, by path.
    pub around: Vec<(String, String)>,
    /// Where findings stand in `code`, in order.
    pub marks: Vec<Mark>,
    /// The oldest Python the example is for, if it says so (`target=3.12`).
    pub target: Option<PythonVersion>,
    /// The file is a test file (`file=test`).
    pub is_test: bool,
    /// The file is a stub (`file=stub`).
    pub is_stub: bool,
    /// The fix that makes a `fixed` example (`fix=id`); the preferred one without it.
    pub fix: Option<String>,
    /// Line of the opening fence in the page's file, from 1.
    pub line: usize,
}

/// A place marked by a comment below it: `#  ^^^` or, for the column of the `#` itself, `# <-`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Byte offset in the example's code.
    pub start: usize,
    /// Bytes, unknown for `# <-`.
    pub len: Option<usize>,
}

/// Reads the examples of a rule's page. Fences that are neither `py` nor `files` are text.
pub(crate) fn read(
    body: Part<'_>,
    fences: &[Fence],
    fixes: &BTreeMap<String, String>,
    faults: &mut Vec<Fault>,
) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    for fence in fences {
        let line = body.line_at(fence.range.start);
        let mut words = fence.info.split_whitespace();
        let is_files = match words.next() {
            Some("py") => false,
            Some("files") => true,
            _ => continue,
        };
        let expect = match words.next() {
            None => continue,
            Some("fires") => Expect::Fires,
            Some("fixed") => Expect::Fixed,
            Some("silent") => Expect::Silent,
            Some(other) => {
                let message = format!("`{other}`: expected `fires`, `fixed` or `silent`");
                faults.push(Fault::new(line, message));
                continue;
            }
        };
        let mut around = if is_files { split(&fence.code) } else { Vec::new() };
        if is_files && around.is_empty() {
            faults
                .push(Fault::new(line, "expected a line `==> pyproject.toml <==` above each file"));
            continue;
        }
        let (path, source) = if is_files {
            let (path, text) = around.remove(0);
            (Some(path), text)
        } else {
            (None, fence.code.clone())
        };
        let (code, marks) = unmark(&source);
        let (target, fix) = (None, None);
        let mut example = Example {
            expect,
            code,
            path,
            around,
            marks,
            target,
            is_test: false,
            is_stub: false,
            fix,
            line,
        };
        for word in words {
            match word.split_once('=') {
                Some(("target", version)) if version.parse::<PythonVersion>().is_ok() => {
                    example.target = version.parse().ok();
                }
                Some(("file", "test")) => example.is_test = true,
                Some(("file", "stub")) => example.is_stub = true,
                Some(("fix", id)) if expect == Expect::Fixed && fixes.contains_key(id) => {
                    example.fix = Some(id.to_owned());
                }
                _ => faults.push(Fault::new(
                    line,
                    format!(
                        "`{word}`: expected `target=3.12`, `file=test`, `file=stub` or, \
                         after `fixed`, `fix=` and the id of a fix"
                    ),
                )),
            }
        }
        let follows = examples.last().map(|last| last.expect);
        if expect == Expect::Fixed && !matches!(follows, Some(Expect::Fires | Expect::Fixed)) {
            faults.push(Fault::new(line, "a `fixed` example follows its `fires` example"));
        }
        if expect != Expect::Fires && !example.marks.is_empty() {
            faults.push(Fault::new(line, "only a `fires` example has marks"));
        }
        examples.push(example);
    }
    examples
}

/// The files of an example, each below a line `==> path <==`, as `head` writes them.
fn split(code: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in code.split_inclusive('\n') {
        let path = line.trim_end().strip_prefix("==> ").and_then(|it| it.strip_suffix(" <=="));
        match (path, files.last_mut()) {
            (Some(path), _) => files.push((path.to_owned(), String::new())),
            (None, Some((_, text))) => text.push_str(line),
            (None, None) => return Vec::new(),
        }
    }
    files
}

/// Takes the lines that only hold marks out of `code`.
pub(crate) fn unmark(code: &str) -> (String, Vec<Mark>) {
    let mut out = String::with_capacity(code.len());
    let mut marks = Vec::new();
    let mut last = 0;
    for line in code.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        let inner = line.trim().strip_prefix('#').map(str::trim);
        match inner {
            Some("<-") => marks.push(Mark { start: last + indent, len: None }),
            Some(carets) if !carets.is_empty() && carets.bytes().all(|b| b == b'^') => {
                let column = line.find('^').unwrap_or(indent);
                marks.push(Mark { start: last + column, len: Some(carets.len()) });
            }
            _ => {
                last = out.len();
                out.push_str(line);
            }
        }
    }
    (out, marks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_stand_below_their_paths() {
        let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
        let files = split("==> a.txt <==\nx\n\n==> b/c <==\n==> d <==\ny\n");
        assert_eq!(files, [file("a.txt", "x\n\n"), file("b/c", ""), file("d", "y\n")]);
        assert_eq!(split("x\n==> a <==\n"), []);
    }

    #[test]
    fn marks_point_into_the_line_above() {
        let (code, marks) = unmark("def f(x):\n#   ^\n    pass\n# <-\n    #  plain ^\nx\n");
        assert_eq!(code, "def f(x):\n    pass\n    #  plain ^\nx\n");
        assert_eq!(marks, [Mark { start: 4, len: Some(1) }, Mark { start: 10, len: None }]);
    }
}
