//! The fixes of something found, each tried before it is offered.

use crate::syntax::Node;

use super::active::Active;
use super::hit::Hit;
use super::run::{hits, said};
use super::{Plan, verify};
use crate::analysis::{Edit, Fix, Safety, Settings};
use crate::subject::Subject;
use crate::{Document, Span, walk};

/// The first safe fix of a hit.
pub(super) fn safe_fix(
    active: &Active<'_>,
    document: &Document,
    settings: &Settings,
    index: usize,
    hit: &Hit,
) -> Option<Fix> {
    let is_safe = |plan: &Plan| plan.safety == Safety::Safe;
    tried(active, document, settings, index, hit, is_safe).into_iter().next()
}

/// The fixes of a hit that leave the file intact and take the finding away.
pub(super) fn verified(
    active: &Active<'_>,
    document: &Document,
    settings: &Settings,
    index: usize,
    hit: &Hit,
) -> Vec<Fix> {
    tried(active, document, settings, index, hit, |_| true)
}

/// [`verified`], of the wanted plans only.
fn tried(
    active: &Active<'_>,
    document: &Document,
    settings: &Settings,
    index: usize,
    hit: &Hit,
    is_wanted: impl Fn(&Plan) -> bool,
) -> Vec<Fix> {
    let library = active.library;
    let Some(said) = said(library, hit.rule) else { return Vec::new() };
    let Some(tree) = document.items()[index].tree() else { return Vec::new() };
    let Some(path) = path_of(tree.root_node(), hit.node) else { return Vec::new() };
    let subject = Subject::new(document, settings, index, &path).with_library(library);
    let mut plans = (hit.rule.fix)(&subject, &hit.found);
    for plan in &mut plans {
        plan.safety = active.safety(hit.rule, plan.safety);
    }
    plans.retain(is_wanted);
    if plans.is_empty() {
        return Vec::new();
    }
    let only = Active::only(library, settings, hit.rule);
    let works = |plan: Plan| {
        let mut edits: Vec<Edit> =
            plan.edits.into_iter().map(|(span, text)| Edit { span, text }).collect();
        edits.sort_by_key(|edit| edit.span);
        let after = verify::apply(document, &edits)?;
        let place = moved(hit.found.at.shifted(document.start_of(index)).start, &edits);
        let item = after.item_at(place)?;
        let gone = hits(&only, &after, settings, item)
            .iter()
            .all(|left| left.found.at.shifted(after.start_of(item)).start != place);
        let title = said.title(plan.fix, &plan.facts)?;
        gone.then_some(Fix { title, safety: plan.safety, edits })
    };
    plans.into_iter().filter_map(works).collect()
}

/// Where `offset` is after the edits, which are in ascending order.
fn moved(offset: usize, edits: &[Edit]) -> usize {
    let mut place = offset;
    for edit in edits.iter().rev() {
        if edit.span.end <= offset {
            place = place + edit.text.len() - edit.span.len();
        }
    }
    place
}

/// The path to the node with this kind and these bytes.
fn path_of(root: Node<'_>, (kind_id, span): (u16, Span)) -> Option<Vec<Node<'_>>> {
    let mut path = walk::path_to(root, span.start, span.end)?;
    while path.last().is_some_and(|node| node.kind_id() != kind_id) {
        path.pop();
    }
    let node = path.last()?;
    (Span::from(node.byte_range()) == span).then_some(path)
}
