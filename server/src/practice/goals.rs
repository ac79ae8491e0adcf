//! Goals as diagnostics, and what happens when none is open.

use std::sync::Arc;

use pygloss_core::analysis::{Finding, Severity};
use pygloss_core::content::Exercise;
use pygloss_core::markdown::plain_text;
use pygloss_core::{Document, Library, practice};
use tower_lsp::lsp_types::{MessageType, Url};

use super::{files::Folder, words};
use crate::documents::file_of;
use crate::quiz::{chance, now, warn, with_store};
use crate::store::{PracticeEvent, Store};
use crate::world::World;

/// The code of the diagnostics.
const RULE: &str = "practice";

/// An open document that is the file of an exercise.
#[derive(Clone, Debug)]
pub struct Work {
    /// The exercise's full id. The library may not know it.
    pub id: String,
    /// Whether all goals were reached when they were looked at last.
    passes: Option<bool>,
    /// The reader was told that they are.
    told: bool,
}

impl Work {
    /// The work that the file of `uri` is, if it is one.
    pub fn of(uri: &Url) -> Option<Self> {
        let id = Folder::find()?.id_of(&file_of(uri)?)?;
        Some(Self { id, passes: None, told: false })
    }
}

/// The open goals as findings.
pub fn findings(library: &Library, exercise: &Exercise, document: &Document) -> Vec<Finding> {
    let open = practice::open_goals(library, exercise, document);
    let finding = |open: &practice::OpenGoal<'_>| Finding {
        rule: RULE,
        severity: Severity::Information,
        span: open.span,
        message: Arc::from(words::said(open)),
        related: Vec::new(),
    };
    let mut findings: Vec<Finding> = open.iter().map(finding).collect();
    findings.sort_by_key(|finding| finding.span);
    findings
}

/// The goals of the document were looked at: all are reached, or not.
pub fn looked_at(world: &mut World, uri: &Url, passes: bool) {
    let Some(work) = world.documents.get_mut(uri).and_then(|open| open.exercise.as_mut()) else {
        return;
    };
    let before = work.passes.replace(passes);
    if !passes || work.told || before == Some(true) {
        return;
    }
    let id = work.id.clone();
    if before == Some(false) {
        work.told = true;
        let title = world.library.exercise(&id).map(|found| plain_text(&found.exercise.title));
        world.asks.show(MessageType::INFO, words::passed(&title.unwrap_or_default()));
    }
    let event = chance().id;
    let at = i64::try_from(now()).unwrap_or(i64::MAX);
    let keep = move |store: &mut Store| {
        // A file that was done before is opened now and then.
        let known = before.is_none()
            && store.practised()?.get(&id).is_some_and(|it| it.passed || it.gave_up);
        if known { Ok(()) } else { store.practise(event, at, &id, PracticeEvent::Passed) }
    };
    with_store(world, keep, |world, kept| {
        if let Some(Err(error)) = kept {
            warn(world, format!("What was practised could not be kept: {error}."));
        }
    });
}
