//! `textDocument/hover`.

use pygloss_core::markdown;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

use super::pages;
use crate::quiz;
use crate::world::World;

/// The card about what is under the cursor; null where there is none, so that the hovers of other
/// servers stay in sight.
pub fn hover(world: &mut World, params: HoverParams) -> Result<Option<Hover>> {
    let place = params.text_document_position_params;
    if let Some(instead) = quiz::hover(world, &place, None) {
        return Ok(Some(instead));
    }
    let encoding = world.client.encoding;
    let found = world.card(&place.text_document.uri, place.position);
    let Some((mut card, text)) = found else { return Ok(None) };
    let range = encoding.range(text, card.span);
    if let Some(instead) = quiz::hover(world, &place, Some(&card.markdown)) {
        return Ok(Some(instead));
    }
    let World { client, library, .. } = world;
    if let Some(link) = pages::link(client, library, card.concept()) {
        // On the line of the sources: a card has no room for more lines.
        let sources = card.markdown.trim_end().lines().last().is_some_and(|l| l.starts_with('['));
        let gap = if sources { " · " } else { "\n\n" };
        card.markdown = format!("{}{gap}{link}\n", card.markdown.trim_end());
    }
    let content = if client.markdown {
        MarkupContent { kind: MarkupKind::Markdown, value: card.markdown }
    } else {
        MarkupContent { kind: MarkupKind::PlainText, value: markdown::plain_text(&card.markdown) }
    };
    Ok(Some(Hover { contents: HoverContents::Markup(content), range: Some(range) }))
}
