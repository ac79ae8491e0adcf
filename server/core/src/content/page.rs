//! A page of Markdown without slots. `[[rule-id]]` stands for a rule.

use super::id::rule_name;
use super::scan::{Fence, holding, scan};
use super::source::{Fault, Part};

/// A page, cut where rules are named.
#[derive(Debug, Default)]
pub struct Page {
    pieces: Vec<Piece>,
}

#[derive(Debug)]
enum Piece {
    Markdown(String),
    Rule { id: String, line: usize },
}

impl Page {
    pub(crate) fn read(body: Part<'_>, faults: &mut Vec<Fault>) -> Self {
        Self::read_with_fences(body, faults).0
    }

    /// The page and its code fences.
    pub(crate) fn read_with_fences(body: Part<'_>, faults: &mut Vec<Fault>) -> (Self, Vec<Fence>) {
        let scan = scan(body);
        faults.extend(scan.faults);
        let fences: Vec<_> = scan.fences.iter().map(|fence| fence.range.clone()).collect();
        let in_code = |at| holding(&scan.code_spans, at).or(holding(&fences, at)).is_some();
        let mut pieces = Vec::new();
        let mut from = 0;
        let mut search = 0;
        while let Some(found) = body.text[search..].find("[[") {
            let at = search + found;
            let inner = &body.text[at + 2..];
            search = at + 2;
            let Some(id) = rule_name(inner).filter(|_| !in_code(at)) else { continue };
            let len = id.len();
            if from < at {
                pieces.push(Piece::Markdown(body.text[from..at].to_owned()));
            }
            pieces.push(Piece::Rule { id: id.to_owned(), line: body.line_at(at) });
            from = at + len + 4;
            search = from;
        }
        if from < body.text.len() {
            pieces.push(Piece::Markdown(body.text[from..].to_owned()));
        }
        (Self { pieces }, scan.fences)
    }

    /// True for a page without text.
    pub fn is_empty(&self) -> bool {
        self.pieces
            .iter()
            .all(|piece| matches!(piece, Piece::Markdown(text) if text.trim().is_empty()))
    }

    /// The rules the page names, each with its line in the file.
    pub(crate) fn rules(&self) -> impl Iterator<Item = (&str, usize)> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Rule { id, line } => Some((id.as_str(), *line)),
            Piece::Markdown(_) => None,
        })
    }

    /// The page as Markdown, with `rule` saying what stands for a rule's id.
    pub(crate) fn markdown(&self, rule: &dyn Fn(&str) -> String) -> String {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Markdown(text) => out.push_str(text),
                Piece::Rule { id, .. } => out.push_str(&rule(id)),
            }
        }
        out.trim().to_owned()
    }
}
