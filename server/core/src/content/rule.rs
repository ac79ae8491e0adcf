//! `rules/<rule-id>.md`: what a rule says, and the examples it is tested with.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;

use super::examples::{Example, Expect, read as read_examples};
use super::front::{Link, Links, Title, UnitAt, Units};
use super::id::is_id;
use super::late::Late;
use super::manifest::not_an_id;
use super::page::Page;
use super::source::{Fault, Source, body_of, split};
use crate::analysis::Severity;
use crate::lint::Said;
use crate::rules;

/// The page of a rule. Messages and titles may name slots of the rule in braces.
#[derive(Debug)]
pub struct Rule {
    /// Permanent id, unique over all packs, such as `decorator-missing-wraps`.
    pub id: String,
    /// Title for readers, plain text with back-ticks around code.
    pub title: String,
    /// How much its findings weigh.
    pub severity: Severity,
    /// How an editor may draw what was found, besides its severity.
    pub tag: Option<Tag>,
    /// What kind of mistake it is.
    pub category: Category,
    /// True for those that matter most.
    pub is_core: bool,
    /// The message of a finding: one line, plain text with back-ticks around code.
    pub message: String,
    /// What other cases of the mistake say instead, by the case's id.
    pub cases: BTreeMap<String, Case>,
    /// Titles of the rule's fixes by the fix's id, in the form of a message.
    pub fixes: BTreeMap<String, String>,
    /// Why related places matter, by role, in the form of a message.
    pub related: BTreeMap<String, String>,
    /// The words ready to be filled in; nothing when the engine does not have the rule.
    pub(crate) said: Option<Arc<Said>>,
    /// Names by which other linters know it, such as `ruff:B023`.
    pub aliases: Vec<String>,
    /// Those of the aliases, all of one linter, that together report whatever this rule finds. Where they
    /// are on, that linter says the same on the same line.
    pub covered_by: Vec<String>,
    /// Primary sources.
    pub links: Vec<Link>,
    /// Why it matters.
    pub page: Late<Page>,
    /// Its tests, in the page's order.
    pub examples: Late<Vec<Example>>,
    pub(crate) units: Vec<UnitAt>,
}

/// What kind of code a finding is about (LSP's `DiagnosticTag`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tag {
    /// Does nothing: editors fade it.
    Unnecessary,
    /// An old way: editors strike it through.
    Deprecated,
}

/// What kind of mistake a rule finds. The first six are words of clippy and ruff.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Category {
    /// Code that fails, hangs or does nothing.
    Correctness,
    /// Code that is most likely wrong.
    Suspicious,
    /// Code that takes longer, or more memory, than it need.
    Performance,
    /// Code that says in many words what could be said in few.
    Complexity,
    /// Code that is written in another way today.
    Style,
    /// Code that others can turn against the program.
    Security,
    /// No fault: another way that is worth knowing.
    Teaching,
}

impl Category {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Correctness,
        Self::Suspicious,
        Self::Performance,
        Self::Complexity,
        Self::Style,
        Self::Security,
        Self::Teaching,
    ];

    /// The name that pages and selectors have for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Correctness => "correctness",
            Self::Suspicious => "suspicious",
            Self::Performance => "performance",
            Self::Complexity => "complexity",
            Self::Style => "style",
            Self::Security => "security",
            Self::Teaching => "teaching",
        }
    }
}

/// A case of a mistake that weighs differently or is said in other words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// How much it weighs.
    pub severity: Severity,
    /// Its message, in the form of [`Rule::message`].
    pub message: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    title: Title,
    severity: SeverityName,
    tag: Option<Tag>,
    category: Category,
    #[serde(default)]
    core: bool,
    message: Spanned<String>,
    #[serde(default)]
    cases: BTreeMap<Spanned<String>, CaseFront>,
    #[serde(default)]
    fixes: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    related: BTreeMap<Spanned<String>, Spanned<String>>,
    units: Units,
    links: Links,
    #[serde(default)]
    aliases: Vec<Spanned<String>>,
    #[serde(default, rename = "covered-by")]
    covered_by: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFront {
    severity: Option<SeverityName>,
    message: Spanned<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum SeverityName {
    Error,
    Warning,
    Information,
    Hint,
}

impl From<SeverityName> for Severity {
    fn from(name: SeverityName) -> Self {
        match name {
            SeverityName::Error => Self::Error,
            SeverityName::Warning => Self::Warning,
            SeverityName::Information => Self::Information,
            SeverityName::Hint => Self::Hint,
        }
    }
}

/// Every rule shows where it fires and where it does not.
fn check_examples(examples: &[Example], has_fixes: bool, faults: &mut Vec<Fault>) {
    for (expect, name) in [(Expect::Fires, "fires"), (Expect::Silent, "silent")] {
        if !examples.iter().any(|example| example.expect == expect) {
            let message = format!("a rule's page needs an example fenced with `py {name}`");
            faults.push(Fault::new(0, message));
        }
    }
    if has_fixes && !examples.iter().any(|example| example.expect == Expect::Fixed) {
        faults.push(Fault::new(0, "a rule with fixes needs an example fenced with `py fixed`"));
    }
}

/// Reads a rule's page.
pub(crate) fn read(id: &str, text: Source<'_>, faults: &mut Vec<Fault>) -> Option<Rule> {
    let later = text.later();
    let text = text.text();
    let parts = split(text).and_then(|(front, body)| Ok((front, body, front.toml::<Front>()?)));
    let (front_part, body, front) = parts.map_err(|fault| faults.push(fault)).ok()?;
    let one_line = |text: &Spanned<String>, faults: &mut Vec<Fault>| {
        let at = text.span().start;
        if text.get_ref().trim().is_empty() || text.get_ref().contains('\n') {
            let message = "expected one line of plain text with back-ticks around code";
            faults.push(front_part.fault(at, message));
        }
    };
    let check_id = |id: &Spanned<String>, faults: &mut Vec<Fault>| {
        if !is_id(id.get_ref()) {
            faults.push(front_part.fault(id.span().start, not_an_id(id.get_ref())));
        }
    };
    one_line(&front.message, faults);
    let mut cases = BTreeMap::new();
    for (case, said) in front.cases {
        check_id(&case, faults);
        one_line(&said.message, faults);
        let severity = said.severity.unwrap_or(front.severity).into();
        cases.insert(case.into_inner(), Case { severity, message: said.message.into_inner() });
    }
    let mut fixes = BTreeMap::new();
    for (fix, title) in front.fixes {
        check_id(&fix, faults);
        one_line(&title, faults);
        fixes.insert(fix.into_inner(), title.into_inner());
    }
    let mut related = BTreeMap::new();
    for (role, words) in front.related {
        check_id(&role, faults);
        one_line(&words, faults);
        related.insert(role.into_inner(), words.into_inner());
    }
    for alias in &front.aliases {
        let known = alias.get_ref().split_once(':').is_some_and(|(tool, name)| {
            is_id(tool) && !name.is_empty() && name.bytes().all(|b| b.is_ascii_graphic())
        });
        if !known {
            let message =
                format!("`{}`: expected `tool:name`, such as `ruff:B023`", alias.get_ref());
            faults.push(front_part.fault(alias.span().start, message));
        }
    }
    for name in &front.covered_by {
        let is_alias = front.aliases.iter().any(|alias| alias.get_ref() == name.get_ref());
        let tool = |name: &Spanned<String>| name.get_ref().split(':').next().map(str::to_owned);
        if !is_alias || tool(name) != tool(&front.covered_by[0]) {
            let message = format!("`{}`: expected aliases of one linter", name.get_ref());
            faults.push(front_part.fault(name.span().start, message));
        }
    }
    let (page, examples) = match later {
        Some(text) => {
            let fixes = fixes.clone();
            let page = move || Page::read(body_of(text), &mut Vec::new());
            let examples = move || {
                let fences = Page::read_with_fences(body_of(text), &mut Vec::new()).1;
                read_examples(body_of(text), &fences, &fixes, &mut Vec::new())
            };
            (Late::later(page), Late::later(examples))
        }
        None => {
            let (page, fences) = Page::read_with_fences(body, faults);
            let examples = read_examples(body, &fences, &fixes, faults);
            check_examples(&examples, !fixes.is_empty(), faults);
            (Late::now(page), Late::now(examples))
        }
    };
    let mut rule = Rule {
        id: id.to_owned(),
        title: front.title.read(front_part, faults),
        severity: front.severity.into(),
        tag: front.tag,
        category: front.category,
        is_core: front.core,
        message: front.message.into_inner(),
        cases,
        fixes,
        aliases: front.aliases.into_iter().map(Spanned::into_inner).collect(),
        covered_by: front.covered_by.into_iter().map(Spanned::into_inner).collect(),
        links: front.links.read(front_part, faults),
        units: front.units.read(front_part, faults),
        page,
        examples,
        related,
        said: None,
    };
    match rules::rule(id).map(|engine| Said::read(&rule, engine)) {
        Some(Ok(said)) => rule.said = Some(Arc::new(said)),
        Some(Err(found)) => {
            faults.extend(found.into_iter().map(|message| front_part.fault(0, message)));
        }
        None => {}
    }
    Some(rule)
}
