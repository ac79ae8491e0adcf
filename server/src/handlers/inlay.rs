//! `textDocument/inlayHint` and `textDocument/codeLens`: what is shown between the reader's words. All
//! of it is off until the reader wants it.

use std::collections::BTreeSet;

use pygloss_core::analysis;
use pygloss_core::markdown::plain_text;
use pygloss_core::quiz::from_code::questions_without_copies;
use serde_json::json;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::request::{CodeLensRefresh, InlayHintRefreshRequest};
use tower_lsp::lsp_types::{
    CodeLens, CodeLensParams, Command, InlayHint, InlayHintLabel, InlayHintParams,
    InlayHintTooltip, MarkupContent, MarkupKind, Range,
};

use crate::gate::uri::spelling;
use crate::quiz;
use crate::world::World;

/// What stands above code that there are questions about.
pub const ASK: &str = "Quiz me on this";

/// The hints in a range; null when none are wanted.
pub fn hints(world: &mut World, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
    if world.user.inlay_hints.is_none() {
        return Ok(None);
    }
    // One anywhere in the file may give the answer away.
    if quiz::is_asking_about(world, &params.text_document.uri) {
        return Ok(Some(Vec::new()));
    }
    let World { client, documents, library, user, .. } = world;
    let Some(open) = documents.get_mut(&params.text_document.uri) else { return Ok(None) };
    let Some((document, settings)) = open.analysed() else { return Ok(None) };
    let text = document.text();
    let span = client.encoding.span(text, params.range);
    let found = analysis::inlay_hints(library, document, settings, user.inlay_hints, span);
    let hints = found.into_iter().map(|hint| InlayHint {
        position: client.encoding.position(text, hint.offset),
        label: InlayHintLabel::String(hint.label),
        kind: None,
        text_edits: None,
        tooltip: Some(if client.markdown {
            let kind = MarkupKind::Markdown;
            InlayHintTooltip::MarkupContent(MarkupContent { kind, value: hint.tooltip })
        } else {
            InlayHintTooltip::String(plain_text(&hint.tooltip))
        }),
        padding_left: Some(true),
        padding_right: None,
        data: None,
    });
    Ok(Some(hints.collect()))
}

/// A lens above each function that a question can be computed about; null when none are wanted.
pub fn lenses(world: &mut World, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
    let World { client, documents, user, library, .. } = world;
    let uri = &params.text_document.uri;
    if !user.code_lens {
        return Ok(None);
    }
    let Some(open) = documents.get_mut(uri) else { return Ok(None) };
    let Some((document, settings)) = open.analysed() else { return Ok(None) };
    let found = questions_without_copies(library, document, settings);
    let definitions = found.iter().filter(|question| question.is_about_definition());
    let places: BTreeSet<usize> =
        definitions.map(|question| question.evidence.extents[0].start).collect();
    let lenses = places.into_iter().map(|place| {
        let start = client.encoding.position(document.text(), place);
        let asked = json!({
            "mode": "cursor",
            "textDocument": { "uri": spelling(uri) },
            "position": start,
        });
        let command = Command::new(ASK.into(), quiz::START.into(), Some(vec![asked]));
        CodeLens { range: Range::new(start, start), command: Some(command), data: None }
    });
    Ok(Some(lenses.collect()))
}

/// Has the client ask for hints again, if it shows any and can be asked to: a question about code has
/// come or gone.
pub fn refresh_hints(world: &mut World) {
    if world.client.refresh_hints && !world.user.inlay_hints.is_none() {
        world.asks.ask::<InlayHintRefreshRequest>((), |_, _| {});
    }
}

/// Has the client ask again, where it can be asked to.
pub fn refresh(world: &mut World) {
    if world.client.refresh_hints {
        world.asks.ask::<InlayHintRefreshRequest>((), |_, _| {});
    }
    if world.client.refresh_lenses {
        world.asks.ask::<CodeLensRefresh>((), |_, _| {});
    }
}
