//! `textDocument/hover`.

use pygloss_core::analysis;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

use crate::world::World;

/// The card about what is under the cursor; null where there is none, so that the hovers of other
/// servers stay in sight.
pub fn hover(world: &mut World, params: HoverParams) -> Result<Option<Hover>> {
    let place = params.text_document_position_params;
    let World { client, documents, library, .. } = world;
    let Some(open) = documents.get_mut(&place.text_document.uri) else { return Ok(None) };
    let settings = open.settings.clone();
    let Some(document) = open.analysed() else { return Ok(None) };
    let offset = client.encoding.offset(document.text(), place.position);
    let Some(card) = analysis::hover(library, document, &settings, offset) else { return Ok(None) };
    let content = if client.markdown {
        MarkupContent { kind: MarkupKind::Markdown, value: card.markdown }
    } else {
        MarkupContent { kind: MarkupKind::PlainText, value: plain_text(&card.markdown) }
    };
    Ok(Some(Hover {
        contents: HoverContents::Markup(content),
        range: Some(client.encoding.range(document.text(), card.span)),
    }))
}

/// The words of `markdown` without its marks.
fn plain_text(markdown: &str) -> String {
    use pulldown_cmark::{Event, Parser, TagEnd};
    let mut text = String::new();
    for event in Parser::new(markdown) {
        match event {
            Event::Text(words) | Event::Code(words) => text.push_str(&words),
            Event::SoftBreak | Event::HardBreak => text.push('\n'),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_)) => text.push_str("\n\n"),
            Event::End(TagEnd::Item) => text.push('\n'),
            Event::End(TagEnd::CodeBlock) => text.push('\n'),
            _ => {}
        }
    }
    text.truncate(text.trim_end().len());
    text
}
