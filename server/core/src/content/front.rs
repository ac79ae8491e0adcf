//! The fields that the front matter of concepts, cards and rules shares.

use std::collections::BTreeSet;

use serde::Deserialize;
use toml::Spanned;

use super::id::is_unit;
use super::scan::{check_url, scan};
use super::source::{Fault, Part};
use crate::markdown::escape;

/// A link to a primary source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Plain text.
    pub title: String,
    /// An `https` address.
    pub url: String,
}

impl Link {
    /// The link as Markdown.
    pub fn markdown(&self) -> String {
        format!("[{}]({})", escape(&self.title), self.url)
    }
}

/// The ids of units of the chapter.
#[derive(Deserialize, Default)]
#[serde(transparent)]
pub(crate) struct Units(Vec<Spanned<String>>);

/// A unit id and its line in the file.
pub(crate) type UnitAt = (String, usize);

impl Units {
    pub fn read(self, front: Part<'_>, faults: &mut Vec<Fault>) -> Vec<UnitAt> {
        let mut units: Vec<UnitAt> = Vec::new();
        let mut seen = BTreeSet::new();
        for unit in self.0 {
            let at = unit.span().start;
            let id = unit.into_inner();
            if !is_unit(&id) {
                faults.push(front.fault(at, format!("`{id}` is no unit: expected `topic.part.1`")));
            } else if !seen.insert(id.clone()) {
                faults.push(front.fault(at, format!("the unit `{id}` is listed twice")));
            }
            units.push((id, front.line_at(at)));
        }
        units
    }
}

/// Pairs of title and address.
#[derive(Deserialize, Default)]
#[serde(transparent)]
pub(crate) struct Links(Vec<Spanned<(String, String)>>);

impl Links {
    pub fn read(self, front: Part<'_>, faults: &mut Vec<Fault>) -> Vec<Link> {
        let mut links = Vec::new();
        for link in self.0 {
            let at = link.span().start;
            let (title, url) = link.into_inner();
            if let Err(message) = check_url(&url) {
                faults.push(front.fault(at, message));
            }
            if title.trim().is_empty() || title.contains('\n') {
                faults.push(front.fault(at, "a link needs a title of one line"));
            }
            links.push(Link { title, url });
        }
        links
    }
}

/// A title: one line of plain text.
#[derive(Deserialize)]
#[serde(transparent)]
pub(crate) struct Title(Spanned<String>);

impl Title {
    pub fn read(self, front: Part<'_>, faults: &mut Vec<Fault>) -> String {
        let at = self.0.span().start;
        let title = self.0.into_inner();
        let found = scan(Part { text: &title, line: front.line_at(at) });
        let marked =
            !found.links.is_empty() || !found.faults.is_empty() || !found.headings.is_empty();
        if title.trim().is_empty() || title.contains('\n') || marked {
            faults.push(
                front.fault(at, "a title is one line of plain text with back-ticks around code"),
            );
        }
        title
    }
}
