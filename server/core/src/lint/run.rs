//! From a file to its findings and their fixes.

use std::ops::Range;
use std::sync::Arc;

use super::active::{Active, On};
use super::hit::Hit;
use super::tried::{safe_fix, verified};
use super::units::Members;
use super::{Rule, Said, regions, unused, verify};
use crate::analysis::{Edit, Finding, Fix, FixAll, FixedFinding, Related, Safety, Settings};
use crate::content::Library;
use crate::subject::Subject;
use crate::suppress::Silence;
use crate::syntax::{Node, kind};
use crate::{Document, Span};

/// All findings of the file, in order of position.
pub fn findings(library: &Library, document: &Document, settings: &Settings) -> Vec<Finding> {
    let mut findings = Vec::new();
    if regions::is_generated(document) {
        return findings;
    }
    let silence = Silence::of(document, settings);
    let yields = yielding(library, settings);
    shown(library, document, settings, &silence, |index, hit| {
        if !yields(hit.rule.id) {
            findings.push(finding(document, index, hit));
        }
    });
    let unused = unused::find(library, document, settings, &silence);
    findings.extend(unused.iter().filter_map(|left| left.finding(library, settings)));
    findings.sort_by_key(|finding| finding.span);
    findings
}

/// See [`crate::analysis::revision`].
pub fn revision(library: &Library, document: &Document, settings: &Settings) -> u64 {
    if regions::is_generated(document) {
        return 0;
    }
    let active = Active::of(library, document, settings);
    let find = |index, members: &Members<'_>, member| {
        unit_hits(&active, document, settings, index, members, member)
    };
    document.findings.fill(document, (settings, active.rules()), find, usize::MAX);
    document.findings.revision()
}

/// Whether a rule leaves its findings to another linter.
fn yielding<'a>(library: &'a Library, settings: &Settings) -> impl Fn(&str) -> bool + use<'a> {
    let is_asked = settings.selection.peer.is_some();
    let selection = is_asked.then(|| settings.selection.resolve(library));
    move |rule| selection.as_ref().is_some_and(|selection| selection.yields(rule))
}

/// Calls `visit` with what the rules find in the file and the reader wants to see, each with the index
/// of its item.
fn shown(
    library: &Library,
    document: &Document,
    settings: &Settings,
    silence: &Silence<'_>,
    mut visit: impl FnMut(usize, &Hit),
) {
    let active = Active::of(library, document, settings);
    document.findings.each(
        document,
        (settings, active.rules()),
        |index, members, member| unit_hits(&active, document, settings, index, members, member),
        0..usize::MAX,
        |index, hit| {
            if is_shown(library, document, silence, index, hit) {
                visit(index, hit);
            }
        },
    );
}

/// The comments of ours that silence nothing, each with its fixes.
fn unused_comments(
    library: &Library,
    document: &Document,
    settings: &Settings,
) -> Vec<FixedFinding> {
    let silence = Silence::of(document, settings);
    if silence.unused().next().is_none() {
        return Vec::new();
    }
    shown(library, document, settings, &silence, |_, _| {});
    let unused = unused::find(library, document, settings, &silence);
    unused.iter().filter_map(|left| left.fixed(library, document, settings)).collect()
}

/// Bytes of text after which trees that are not in use are dropped, while a long file is looked at
/// for the first time.
const PORTION: usize = 16 << 10;

/// Makes the findings of a long file portion by portion, so that not all its trees are in memory at
/// a time.
pub fn prepare(library: &Library, document: &mut Document, settings: &Settings) {
    let rules = library.rules().count();
    let mut more = document.is_long()
        && document.findings.is_behind(document, (settings, rules), PORTION)
        && !regions::is_generated(document);
    while more {
        let active = Active::of(library, document, settings);
        let find = |index, members: &Members<'_>, member| {
            unit_hits(&active, document, settings, index, members, member)
        };
        more = document.findings.fill(document, (settings, rules), find, PORTION);
        if more {
            document.drop_unused(1);
        }
    }
}

/// The findings that meet `span`, each with the fixes that were verified for it.
pub fn fixes(
    library: &Library,
    document: &Document,
    settings: &Settings,
    span: Span,
) -> Vec<FixedFinding> {
    let make = |active: &Active<'_>, index, hit: &Hit, finding, yields| {
        let fixes = verified(active, document, settings, index, hit);
        FixedFinding { finding, fixes, yields }
    };
    let mut found = met(library, document, settings, span, make);
    found.sort_by_key(|fixed| fixed.finding.span);
    found
}

/// What `make` makes of each finding that meets `span`, and the comments there that silence nothing.
pub(super) fn met<T: From<FixedFinding>>(
    library: &Library,
    document: &Document,
    settings: &Settings,
    span: Span,
    make: impl Fn(&Active<'_>, usize, &Hit, Finding, bool) -> T,
) -> Vec<T> {
    if regions::is_generated(document) {
        return Vec::new();
    }
    let active = Active::of(library, document, settings);
    let yields = yielding(library, settings);
    let first = document.item_at(span.start).unwrap_or(0);
    let last = document.item_at(span.end).map_or(0, |last| last + 1);
    let meets = |index, hit: &Hit| hit.found.at.shifted(document.start_of(index)).meets(span);
    let hits = shown_in(&active, document, settings, first..last, meets);
    let of_hits = hits.iter().map(|(index, hit)| {
        make(&active, *index, hit, finding(document, *index, hit), yields(hit.rule.id))
    });
    let unused = unused_comments(library, document, settings);
    let unused = unused.into_iter().filter(|it| it.finding.span.meets(span));
    of_hits.chain(unused.map(T::from)).collect()
}

/// All safe fixes of the file that do not overlap.
pub fn fix_all(library: &Library, document: &Document, settings: &Settings) -> FixAll {
    let mut all = FixAll::default();
    if regions::is_generated(document) {
        return all;
    }
    let active = Active::of(library, document, settings);
    let yields = yielding(library, settings);
    let is_ours = |_, hit: &Hit| !yields(hit.rule.id);
    for (index, hit) in shown_in(&active, document, settings, 0..usize::MAX, is_ours) {
        if let Some(fix) = safe_fix(&active, document, settings, index, &hit) {
            all.add(hit.rule.id, fix);
        }
    }
    all.edits.sort_by_key(|edit| edit.span);
    if verify::apply(document, &all.edits).is_none() {
        all = FixAll::default();
    }
    // These take comments away, which no other fix may do, and nothing else.
    for found in unused_comments(library, document, settings) {
        if let Some(fix) = found.fixes.into_iter().find(|fix| fix.safety == Safety::Safe) {
            all.add(found.finding.rule, fix);
        }
    }
    all.edits.sort_by_key(|edit| edit.span);
    all
}

/// Whether there is a finding with a safe fix. Quicker than to make all of them, and looked for again
/// only after something changed.
pub fn is_fixable(library: &Library, document: &Document, settings: &Settings) -> bool {
    if regions::is_generated(document) {
        return false;
    }
    let active = Active::of(library, document, settings);
    let made_for = (settings, active.rules());
    if let Some(known) = document.findings.is_fixable(document, made_for) {
        return known;
    }
    let yields = yielding(library, settings);
    let is_ours = |_, hit: &Hit| !yields(hit.rule.id);
    let all = shown_in(&active, document, settings, 0..usize::MAX, is_ours);
    let is_fixable =
        all.iter().any(|(index, hit)| safe_fix(&active, document, settings, *index, hit).is_some())
            || unused_comments(library, document, settings)
                .iter()
                .any(|found| found.fixes.iter().any(|fix| fix.safety == Safety::Safe));
    document.findings.set_fixable(is_fixable);
    is_fixable
}

/// What the rules find in these items, as far as it is wanted and the reader wants to see it. It is not
/// looked for where it is known.
fn shown_in(
    active: &Active<'_>,
    document: &Document,
    settings: &Settings,
    items: Range<usize>,
    is_wanted: impl Fn(usize, &Hit) -> bool,
) -> Vec<(usize, Hit)> {
    let silence = Silence::of(document, settings);
    let mut found = Vec::new();
    let mut visit = |index: usize, hit: &Hit| {
        if is_wanted(index, hit) && is_shown(active.library, document, &silence, index, hit) {
            found.push((index, hit.clone()));
        }
    };
    let made_for = (settings, active.rules());
    if document.findings.is_filled(document, made_for) {
        let find = |index: usize, members: &Members<'_>, member| {
            unit_hits(active, document, settings, index, members, member)
        };
        document.findings.each(document, made_for, find, items, visit);
    } else {
        for index in items.start..items.end.min(document.items().len()) {
            for hit in hits(active, document, settings, index) {
                visit(index, &hit);
            }
        }
    }
    // Of each item from the outside in, whatever its members are.
    let place =
        |(index, hit): &(usize, Hit)| (*index, hit.node.1.start, std::cmp::Reverse(hit.node.1.end));
    found.sort_by_key(place);
    found
}

impl FixAll {
    /// Adds a fix, unless it touches what another one changes.
    pub(crate) fn add(&mut self, rule: &'static str, fix: Fix) {
        // Two fixes may need the same import, which is then added once.
        let new = fix.edits.into_iter().filter(|edit| !self.edits.contains(edit));
        let new: Vec<Edit> = new.collect();
        let free = |edit: &Edit| self.edits.iter().all(|other| !other.span.meets(edit.span));
        if new.iter().all(free) {
            self.edits.extend(new);
            self.rules.push(rule);
        }
    }
}

/// What the rules find in one item.
pub(super) fn hits(
    active: &Active<'_>,
    document: &Document,
    settings: &Settings,
    index: usize,
) -> Vec<Hit> {
    let members = Members::of(&document.items()[index]);
    let units = [None].into_iter().chain((0..members.count()).map(Some));
    let hits = units.map(|unit| unit_hits(active, document, settings, index, &members, unit));
    let mut hits: Vec<Hit> = hits.flatten().collect();
    hits.sort_by_key(|hit| (hit.node.1.start, std::cmp::Reverse(hit.node.1.end)));
    hits
}

/// What the rules find in one member of an item, or in what is in no member.
fn unit_hits(
    active: &Active<'_>,
    document: &Document,
    settings: &Settings,
    index: usize,
    members: &Members<'_>,
    member: Option<u32>,
) -> Vec<Hit> {
    let mut hits = Vec::new();
    if settings.is_stub {
        return hits;
    }
    let visit = |path: &[Node<'_>]| {
        let node = path[path.len() - 1];
        let rules = active.at(kind(node));
        if rules.is_empty() {
            return;
        }
        let subject =
            Subject::new(document, settings, index, path).with_library(active.library).shared();
        let at = (node.kind_id(), Span::from(node.byte_range()));
        let mut all = Vec::new();
        for On { rule, severity: wanted, .. } in rules {
            (rule.check)(&subject, &mut all);
            if all.is_empty() {
                continue;
            }
            let said = said(active.library, rule).filter(|_| !regions::never_runs(&subject));
            for found in all.drain(..) {
                hits.extend(said.and_then(|said| Hit::new(rule, found, said, *wanted, at)));
            }
        }
    };
    match member {
        Some(member) => members.within(member, visit),
        None => members.around(visit),
    }
    hits
}

/// Whether the reader wants to see the finding.
fn is_shown(
    library: &Library,
    document: &Document,
    silence: &Silence<'_>,
    index: usize,
    hit: &Hit,
) -> bool {
    let at = hit.found.at.shifted(document.start_of(index));
    library.rule(hit.rule.id).is_none_or(|rule| !silence.covers(rule, at))
}

pub(super) fn said<'a>(library: &'a Library, rule: &Rule) -> Option<&'a Arc<Said>> {
    library.rule(rule.id)?.said.as_ref()
}

fn finding(document: &Document, index: usize, hit: &Hit) -> Finding {
    let related = hit.related.iter().filter_map(|(item, at, message)| {
        let start = document.start_of(document.index_of(*item)?);
        Some(Related { span: at.shifted(start), message: Arc::clone(message) })
    });
    Finding {
        rule: hit.rule.id,
        severity: hit.severity,
        span: hit.found.at.shifted(document.start_of(index)),
        message: Arc::clone(&hit.message),
        related: related.collect(),
    }
}

/// Whether the reader is shown a finding of `rule` that starts at `place` (bytes of the file).
pub(crate) fn is_found_at(
    library: &Library,
    document: &Document,
    settings: &Settings,
    rule: &str,
    place: usize,
) -> bool {
    let Some(index) = document.item_at(place) else { return false };
    let start = document.start_of(index);
    let Some(rule) = crate::rules::rule(rule) else { return false };
    let active = Active::only(library, settings, rule);
    let silence = Silence::of(document, settings);
    hits(&active, document, settings, index).iter().any(|hit| {
        hit.found.at.start + start == place && is_shown(library, document, &silence, index, hit)
    })
}
