//! Code actions of the kind `refactor.rewrite`: conversions that no finding asks for.

use std::cell::OnceCell;

use pygloss_core::Span;
use pygloss_core::analysis::{self, Blank, Edit, Offer, Rewrite};
use tower_lsp::lsp_types::{
    CodeAction, CodeActionDisabled, CodeActionKind, CodeActionParams, CodeActionTriggerKind, Url,
    WorkspaceEdit,
};

use super::actions::{plain, wanted};
use super::edits::{snippet_edit, workspace_edit};
use crate::capabilities::{ClientCaps, REFACTOR};
use crate::gate::uri::spelling;
use crate::world::World;

/// The conversions at a range; those that would be wrong there only for a client that shows why, and
/// a reader who asks. Not what the fixes do that are offered beside them, if it has any. `lazy` makes what
/// the edit is resolved by, from the id and the bytes that were asked about.
pub fn list(
    world: &mut World,
    params: &CodeActionParams,
    has_fixes: bool,
    lazy: impl Fn(String, i32, &'static str, Span) -> Option<serde_json::Value>,
) -> Vec<CodeAction> {
    if !is_asked_for(params.context.only.as_deref()) {
        return Vec::new();
    }
    let World { client, documents, library, .. } = world;
    let uri = &params.text_document.uri;
    let Some(open) = documents.get_mut(uri) else { return Vec::new() };
    let version = open.version;
    let Some((document, settings)) = open.analysed() else { return Vec::new() };
    let text = document.text();
    let span = client.encoding.span(text, params.range);
    let only = params.context.only.as_deref();
    let is_asked = params.context.trigger_kind != Some(CodeActionTriggerKind::AUTOMATIC);
    let is_fix = OnceCell::new();
    let fixes = || {
        let found = analysis::fixes(library, document, settings, span);
        found.into_iter().flat_map(|found| found.fixes).map(|fix| fix.edits).collect::<Vec<_>>()
    };
    let is_fix = |edits: &Vec<Edit>| has_fixes && is_fix.get_or_init(fixes).contains(edits);
    let mut actions = Vec::new();
    for Rewrite { id, title, offer } in analysis::rewrites(library, document, settings, span) {
        let kind = kind_of(id);
        if !wanted(only, &kind) {
            continue;
        }
        let mut action =
            CodeAction { title: plain(&title), kind: Some(kind), ..CodeAction::default() };
        match offer {
            Offer::Edits { edits, .. } if is_fix(&edits) => continue,
            Offer::Edits { .. } if client.lazy_actions => {
                action.data = lazy(spelling(uri), version, id, span);
            }
            Offer::Edits { edits, blank } => {
                action.edit = Some(edit(client, text, (uri, version), &edits, blank));
            }
            Offer::Refused(reason) if client.disabled_actions && is_asked => {
                action.disabled = Some(CodeActionDisabled { reason: plain(&reason) });
            }
            Offer::Refused(_) => continue,
        }
        actions.push(action);
    }
    actions
}

/// Whether one of the kinds is above or below those of conversions.
fn is_asked_for(only: Option<&[CodeActionKind]>) -> bool {
    let is_below = |asked: &CodeActionKind| asked.as_str().starts_with(REFACTOR.as_str());
    wanted(only, &REFACTOR) || only.is_some_and(|only| only.iter().any(is_below))
}

/// The kind of the action that makes a conversion, so that a key can be bound to it.
fn kind_of(id: &str) -> CodeActionKind {
    CodeActionKind::from(format!("{}.{id}", REFACTOR.as_str()))
}

/// The edit of an action, with a place to fill in where the client can show one.
pub fn edit(
    client: &ClientCaps,
    text: &pygloss_core::text::Text,
    (uri, version): (&Url, i32),
    edits: &[Edit],
    blank: Option<Blank>,
) -> WorkspaceEdit {
    blank
        .filter(|_| client.snippet_edits && client.versioned_edits)
        .and_then(|blank| snippet_edit(client, text, (uri, version), edits, blank))
        .unwrap_or_else(|| workspace_edit(client, text, uri, version, edits))
}
