//! The fixes of findings in files of a project. As with code, a fix is tried on a copy before it is
//! offered.

use super::lint::{Hit, hits, said};
use super::{Place, ProjectFile, View};
use crate::Span;
use crate::analysis::{Edit, Fix, FixAll, FixedFinding, Safety, Settings};
use crate::content::Library;
use crate::lint::Plan;

/// The findings that meet `span`, each with the fixes that were verified for it.
pub fn fixes(
    library: &Library,
    file: &ProjectFile,
    settings: &Settings,
    place: Option<Place<'_>>,
    span: Span,
) -> Vec<FixedFinding> {
    let view = View::new(library, file, settings, place);
    let hits = hits(&view).into_iter().filter(|hit| hit.found.at.meets(span));
    let fixed = |hit: Hit| {
        let fixes = verified(&view, &hit);
        FixedFinding { finding: hit.finding(), fixes, yields: false }
    };
    hits.map(fixed).collect()
}

/// All safe fixes of the file that do not overlap.
pub fn fix_all(
    library: &Library,
    file: &ProjectFile,
    settings: &Settings,
    place: Option<Place<'_>>,
) -> FixAll {
    let view = View::new(library, file, settings, place);
    let mut all = FixAll::default();
    for hit in hits(&view) {
        let fixes = verified(&view, &hit).into_iter();
        if let Some(fix) = fixes.into_iter().find(|fix| fix.safety == Safety::Safe) {
            all.add(hit.rule.rule.id, fix);
        }
    }
    all.edits.sort_by_key(|edit| edit.span);
    all
}

/// The fixes of a hit that can be read again and take the finding away.
fn verified(view: &View<'_>, hit: &Hit) -> Vec<Fix> {
    let Some(said) = said(view.library, hit.rule) else { return Vec::new() };
    let selection = view.settings.selection.resolve(view.library);
    let works = |plan: Plan| {
        let edits = plan.edits.into_iter().map(|(span, text)| Edit { span, text });
        let mut edits: Vec<Edit> = edits.collect();
        edits.sort_by_key(|edit| edit.span);
        let after = edited(view, &edits)?;
        let title = said.title(plan.fix, &plan.facts)?;
        let left = hits(&after);
        let is_same = |it: &&Hit| it.rule.rule.id == hit.rule.rule.id;
        let fewer = left.iter().filter(is_same).count() < hits(view).iter().filter(is_same).count();
        let safety = selection.safety(hit.rule.rule.id, plan.safety);
        fewer.then_some(Fix { title, safety, edits })
    };
    (hit.rule.fix)(view, &hit.found).into_iter().filter_map(works).collect()
}

/// The file with the edits made, if it can still be read.
pub(super) fn edited<'a>(view: &View<'a>, edits: &[Edit]) -> Option<View<'a>> {
    let mut text = view.text.clone();
    for edit in edits.iter().rev() {
        text.replace_range(edit.span.range(), &edit.text);
    }
    let after = view.with_text(text);
    (view.manifest.is_none() || after.manifest.is_some()).then_some(after)
}
