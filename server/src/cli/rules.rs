//! `pygloss rules` and `pygloss rule`.

use std::io::{self, Write};
use std::path::Path;

use clap::ValueEnum;
use pygloss_core::Library;
use pygloss_core::content::{Concept, Expect, Rule};
use pygloss_core::markdown::plain_text;
use pygloss_core::selection::{Resolved, Selection, Verdict};
use serde_json::json;

use super::{fail, source};
use crate::project::{Projects, Wishes};
use crate::settings::severity;

/// A form of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

/// Lists all rules by topic, each with how much it weighs for files in the current folder.
///
/// # Errors
/// When `out` cannot be written to.
pub fn list(out: &mut impl Write, library: &Library, format: Format) -> io::Result<i32> {
    let selection = here(library);
    if format == Format::Json {
        let all = library.concepts().flat_map(|(_, concept)| {
            let rules = concept.rules.iter();
            rules.map(|rule| as_json(concept, rule, &selection)).collect::<Vec<_>>()
        });
        serde_json::to_writer_pretty(&mut *out, &all.collect::<Vec<_>>())?;
        writeln!(out)?;
        return Ok(0);
    }
    for (_, concept) in library.concepts().filter(|(_, concept)| !concept.rules.is_empty()) {
        writeln!(out, "{}", concept.id)?;
        for rule in &concept.rules {
            let (weight, title) = (weight(rule, &selection), plain_text(&rule.title));
            writeln!(out, "  {:<32} {weight:<12} {title}", rule.id)?;
        }
    }
    writeln!(out, "\n`pygloss rule NAME` tells more about one.")?;
    Ok(0)
}

/// Shows the page of a rule, with what else is known about it. `name` may be another linter's.
///
/// # Errors
/// When `out` cannot be written to.
pub fn show(
    out: &mut impl Write,
    library: &Library,
    name: &str,
    format: Format,
) -> io::Result<i32> {
    let Some(rule) = library.rule(name) else {
        if library.knows_selector(name) {
            if library.knows_topic(name) {
                let hint = "`pygloss explain` shows its page";
                return Ok(fail(&format!("`{name}` is no rule but a topic; {hint}")));
            }
            return Ok(fail(&format!("`{name}` is no rule but a group of rules")));
        }
        let like = library.suggest(name);
        let hint = "`pygloss rules` lists the rules";
        return Ok(fail(&format!("there is no rule `{name}`{like}\n{hint}")));
    };
    let selection = here(library);
    let concept = library.concepts().map(|(_, concept)| concept).find(|concept| {
        let mut rules = concept.rules.iter();
        rules.any(|other| other.id == rule.id)
    });
    if format == Format::Json {
        let about = concept.map(|concept| as_json(concept, rule, &selection));
        serde_json::to_writer_pretty(&mut *out, &about)?;
        writeln!(out)?;
        return Ok(0);
    }
    let page = library.explain(&rule.id).unwrap_or_default();
    writeln!(out, "{}\n", plain_text(&page).trim_end())?;
    writeln!(out, "Topic: {}", concept.map_or("", |concept| &concept.id))?;
    let core = if rule.is_core { ", of the core" } else { "" };
    writeln!(out, "Category: {}{core}", rule.category.name())?;
    writeln!(out, "Severity here: {}", weight(rule, &selection))?;
    for title in fixes(rule) {
        writeln!(out, "Fix: {}", plain_text(&title))?;
    }
    Ok(0)
}

/// The titles of its fixes, with dots for what depends on the code.
fn fixes(rule: &Rule) -> Vec<String> {
    let titles = rule.fixes.values().map(|title| {
        let mut parts = title.split('{');
        let mut shown = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            shown.push('…');
            shown.push_str(part.split_once('}').map_or(part, |(_, rest)| rest));
        }
        shown
    });
    titles.collect()
}

/// What counts for files in the current folder.
fn here(library: &Library) -> Resolved<'_> {
    let projects = Projects::default();
    let settings = source::settings(&projects, Path::new("a.py"), &Wishes::default());
    source::report_problems(&projects, library);
    // Which files there are is not known: what holds for some of them is left out.
    let Selection { layers, mut peer, topics, .. } = settings.selection;
    if let Some(peer) = &mut peer {
        peer.ignored_here.clear();
    }
    Selection { layers, peer, topics, ..Selection::default() }.resolve(library)
}

fn weight(rule: &Rule, selection: &Resolved<'_>) -> &'static str {
    match selection.of(&rule.id) {
        Verdict::Off => "off",
        _ if selection.yields(&rule.id) => "left to ruff",
        Verdict::On => severity::name(rule.severity),
        Verdict::Weighs(weight) => severity::name(weight),
    }
}

fn as_json(concept: &Concept, rule: &Rule, selection: &Resolved<'_>) -> serde_json::Value {
    let examples = rule.examples.iter().map(|example| {
        let expect = match example.expect {
            Expect::Fires => "fires",
            Expect::Fixed => "fixed",
            Expect::Silent => "silent",
        };
        json!({ "expect": expect, "code": example.code })
    });
    json!({
        "name": rule.id,
        "topic": concept.id,
        "category": rule.category.name(),
        "core": rule.is_core,
        "title": plain_text(&rule.title),
        "severity": weight(rule, selection),
        "aliases": rule.aliases,
        "covered_by": rule.covered_by,
        "fixes": fixes(rule),
        "links": rule.links.iter().map(|link| &link.url).collect::<Vec<_>>(),
        "examples": examples.collect::<Vec<_>>(),
    })
}
