//! Comments that tell a linter to keep quiet.

use crate::Span;

/// Which findings a comment speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Rules {
    /// All.
    All,
    /// Rules of ours, by id.
    Ours(Vec<String>),
    /// Rules that one of these linters knows under one of these codes.
    Aliases {
        /// Names of linters as in the aliases of a rule's page.
        tools: &'static [&'static str],
        /// None for whatever the linter knows.
        codes: Option<Vec<String>>,
    },
}

/// How far a comment reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Its line, or the logical line below when it stands alone.
    Line,
    /// The logical line below.
    Next,
    /// Its line, or the rest of the block when it stands alone.
    Block,
    /// The rest of the block, until it is [ended](Self::End).
    Start,
    /// Ends what [`Self::Start`] started.
    End,
    /// The file.
    File,
}

/// What one comment says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub reach: Reach,
    pub rules: Rules,
}

const RUFF: &[&str] = &["ruff", "flake8", "bugbear"];
const PYLINT: &[&str] = &["pylint"];
const TYPES: &[&str] = &["mypy", "pyright", "ty"];
const PYRIGHT: &[&str] = &["pyright"];
const TY: &[&str] = &["ty"];
const BANDIT: &[&str] = &["bandit"];
const SEMGREP: &[&str] = &["semgrep"];
const PYCHARM: &[&str] = &["pycharm"];

/// Reads what stands behind a `#`, up to the next one.
pub(crate) fn read(comment: &str) -> Option<Said> {
    let text = comment.trim();
    let said = |reach, rules| Some(Said { reach, rules });
    if let Some(rest) = after(text, "pygloss") {
        return ours(rest);
    }
    if let Some(rest) = after(text, "ruff") {
        return ruff(rest);
    }
    if let Some(rest) = after(text, "flake8") {
        return after_word(rest, "noqa").and_then(|rest| noqa(rest, Reach::File));
    }
    if let Some(rest) = after(text, "pylint") {
        return pylint(rest);
    }
    if let Some(rest) = after(text, "type") {
        return bracketed(after_word(rest, "ignore")?, TYPES);
    }
    if let Some(rest) = after(text, "pyright") {
        return bracketed(after_word(rest, "ignore")?, PYRIGHT);
    }
    if let Some(rest) = after(text, "ty") {
        return bracketed(after_word(rest, "ignore")?, TY);
    }
    if let Some(rest) = after_word(text, "noqa") {
        return noqa(rest, Reach::Line);
    }
    if after_word(text, "nosec").is_some() {
        return said(Reach::Line, Rules::Aliases { tools: BANDIT, codes: None });
    }
    if let Some(rest) = after_word(text, "nosemgrep") {
        return Some(Said { reach: Reach::Line, rules: semgrep(rest) });
    }
    if let Some(list) = text.strip_prefix("noinspection ") {
        return said(Reach::Next, Rules::Aliases { tools: PYCHARM, codes: Some(names(list)) });
    }
    if text == "nosonar" || text.starts_with("NOSONAR") {
        return said(Reach::Line, Rules::All);
    }
    None
}

/// `pygloss: ignore[a, b]`, `file-ignore[a]`, `disable[a]`, `enable[a]`. Without brackets nothing
/// is meant, so that a rule to come is not silenced unseen.
fn ours(rest: &str) -> Option<Said> {
    let (verb, list) = rest.split_once('[')?;
    let (list, _) = list.split_once(']')?;
    let reach = match verb.trim() {
        "ignore" => Reach::Line,
        "file-ignore" => Reach::File,
        "disable" => Reach::Start,
        "enable" => Reach::End,
        _ => return None,
    };
    let rules = names(list);
    (!rules.is_empty()).then_some(Said { reach, rules: Rules::Ours(rules) })
}

/// ruff's own forms: `noqa`, `ignore[x]`, `file-ignore[x]`, `disable[x]`, `enable[x]`.
fn ruff(rest: &str) -> Option<Said> {
    if let Some(rest) = after_word(rest, "noqa") {
        return noqa(rest, Reach::File);
    }
    let Said { reach, rules } = ours(rest)?;
    let Rules::Ours(codes) = rules else { return None };
    Some(Said { reach, rules: Rules::Aliases { tools: RUFF, codes: Some(codes) } })
}

/// What follows `noqa`: nothing, or `: A1, B2`.
fn noqa(rest: &str, reach: Reach) -> Option<Said> {
    let Some(list) = rest.trim_start().strip_prefix(':') else {
        return Some(Said { reach, rules: Rules::All });
    };
    let is_code = |word: &&str| word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let codes = list.split([',', ' ']).map(str::trim).filter(|word| !word.is_empty());
    let codes: Vec<String> = codes.take_while(is_code).map(str::to_owned).collect();
    Some(Said { reach, rules: Rules::Aliases { tools: RUFF, codes: Some(codes) } })
}

/// `disable=a,b`, `disable-next=a`, `enable=a`, `skip-file`.
fn pylint(rest: &str) -> Option<Said> {
    if after_word(rest, "skip-file").is_some() {
        return Some(Said { reach: Reach::File, rules: Rules::All });
    }
    let (verb, list) = rest.split_once('=')?;
    let reach = match verb.trim() {
        "disable" => Reach::Block,
        "disable-next" => Reach::Next,
        "enable" => Reach::End,
        _ => return None,
    };
    let codes = names(list);
    let rules = if codes.iter().any(|code| code == "all") {
        Rules::All
    } else {
        Rules::Aliases { tools: PYLINT, codes: Some(codes) }
    };
    Some(Said { reach, rules })
}

/// What follows `nosemgrep`: nothing, or `: a, b`.
fn semgrep(rest: &str) -> Rules {
    match rest.trim_start().strip_prefix(':') {
        Some(list) => Rules::Aliases { tools: SEMGREP, codes: Some(names(list)) },
        None => Rules::All,
    }
}

/// What follows `ignore`: nothing, or `[a, b]`.
fn bracketed(rest: &str, tools: &'static [&'static str]) -> Option<Said> {
    let codes = match rest.trim_start().strip_prefix('[') {
        Some(list) => Some(names(list.split_once(']')?.0)),
        None => None,
    };
    Some(Said { reach: Reach::Line, rules: Rules::Aliases { tools, codes } })
}

fn names(list: &str) -> Vec<String> {
    let words = list.split(',').map(|word| word.split_whitespace().next().unwrap_or_default());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Where the names stand that [`read`] finds in the brackets of a comment of ours.
pub(crate) fn name_spans(comment: &str) -> Vec<Span> {
    let inside = comment.find('[').and_then(|open| {
        let close = open + 1 + comment[open + 1..].find(']')?;
        Some((open + 1, &comment[open + 1..close]))
    });
    let Some((mut at, list)) = inside else { return Vec::new() };
    let mut spans = Vec::new();
    for part in list.split(',') {
        if let Some(name) = part.split_whitespace().next() {
            let start = at + part.len() - part.trim_start().len();
            spans.push(Span::new(start, start + name.len()));
        }
        at += part.len() + 1;
    }
    spans
}

/// What stands behind `tool:`.
fn after<'a>(text: &'a str, tool: &str) -> Option<&'a str> {
    Some(text.strip_prefix(tool)?.trim_start().strip_prefix(':')?.trim_start())
}

/// What stands behind a word in any case, if the word ends there.
fn after_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(word.len())?;
    let ends = rest.chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '-');
    (head.eq_ignore_ascii_case(word) && ends).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aliases(tools: &'static [&'static str], codes: &[&str]) -> Rules {
        Rules::Aliases { tools, codes: Some(codes.iter().map(|&code| code.into()).collect()) }
    }

    fn check(comment: &str, reach: Reach, rules: Rules) {
        assert_eq!(read(comment), Some(Said { reach, rules }), "{comment}");
    }

    #[test]
    fn our_own_forms() {
        let ours = |names: &[&str]| Rules::Ours(names.iter().map(|&name| name.into()).collect());
        check(" pygloss: ignore[a, b]", Reach::Line, ours(&["a", "b"]));
        check("pygloss:ignore[a] since b", Reach::Line, ours(&["a"]));
        check(" pygloss: file-ignore[a]", Reach::File, ours(&["a"]));
        check(" pygloss: disable[a]", Reach::Start, ours(&["a"]));
        check(" pygloss: enable[a]", Reach::End, ours(&["a"]));
        for no in ["pygloss: ignore", "pygloss: ignore[]", "pygloss: off[a]", "pygloss ignore[a]"] {
            assert_eq!(read(no), None, "{no}");
        }
    }

    #[test]
    fn names_are_found_where_they_stand() {
        let comment = "# pygloss: ignore[ a,b-c why,, d ] e[f]";
        let names: Vec<_> = name_spans(comment).iter().map(|it| &comment[it.range()]).collect();
        assert_eq!(names, ["a", "b-c", "d"]);
        assert_eq!(read(&comment[1..]).map(|said| said.rules), {
            let ours = names.iter().map(|&name| name.into()).collect();
            Some(Rules::Ours(ours))
        });
        assert_eq!(name_spans("# pygloss: ignore"), []);
    }

    #[test]
    fn forms_of_other_linters() {
        check(" noqa", Reach::Line, Rules::All);
        check(" NOQA because", Reach::Line, Rules::All);
        check(" noqa: B023, E501 text", Reach::Line, aliases(RUFF, &["B023", "E501", "text"]));
        check(" flake8: noqa", Reach::File, Rules::All);
        check(" ruff: noqa: B023", Reach::File, aliases(RUFF, &["B023"]));
        check(" ruff: ignore[B023]", Reach::Line, aliases(RUFF, &["B023"]));
        check(
            " pylint: disable=W0640,all-bad",
            Reach::Block,
            aliases(PYLINT, &["W0640", "all-bad"]),
        );
        check(" pylint: disable-next=x (y)", Reach::Next, aliases(PYLINT, &["x"]));
        check(" pylint: disable=all", Reach::Block, Rules::All);
        check(" pylint: skip-file", Reach::File, Rules::All);
        check(" type: ignore[attr]", Reach::Line, aliases(TYPES, &["attr"]));
        check(" type: ignore", Reach::Line, Rules::Aliases { tools: TYPES, codes: None });
        check(" NOSONAR", Reach::Line, Rules::All);
        check(" nosemgrep", Reach::Line, Rules::All);
        check(" nosemgrep: a.b.c, d", Reach::Line, aliases(SEMGREP, &["a.b.c", "d"]));
        check(
            "noinspection PyTypeHints,PyX",
            Reach::Next,
            aliases(PYCHARM, &["PyTypeHints", "PyX"]),
        );
        check(" nosec B101", Reach::Line, Rules::Aliases { tools: BANDIT, codes: None });
        for no in [
            "type: int",
            "noqas",
            "nosection",
            "typed: ignore",
            "pylint: disable",
            "todo",
            "nosemgreps",
            "noinspection",
        ] {
            assert_eq!(read(no), None, "{no}");
        }
    }
}
