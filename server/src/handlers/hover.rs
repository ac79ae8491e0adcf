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
    let has_sources = card.markdown.trim_end().lines().last().is_some_and(|l| l.starts_with('['));
    card.markdown = spread(&card.markdown);
    if let Some(link) = pages::link(client, library, card.concept()) {
        // On the line of the last source: a card has no room for more lines.
        let gap = if has_sources { " · " } else { "\n\n" };
        card.markdown = format!("{}{gap}{link}\n", card.markdown.trim_end());
    }
    let content = if client.markdown {
        MarkupContent { kind: MarkupKind::Markdown, value: card.markdown }
    } else {
        MarkupContent { kind: MarkupKind::PlainText, value: markdown::plain_text(&card.markdown) }
    };
    Ok(Some(Hover { contents: HoverContents::Markup(content), range: Some(range) }))
}

/// Gives each source a line of its own. They stay one paragraph, but an editor that hides addresses
/// and draws lines as they are written would break a line of several inside a word.
fn spread(markdown: &str) -> String {
    match markdown.trim_end().rsplit_once('\n') {
        Some((card, sources)) if sources.starts_with('[') => {
            format!("{card}\n{}\n", sources.replace(") · [", ")\n· ["))
        }
        _ => markdown.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn each_source_has_a_line() {
        let card = "`f(x) · [a]`.\n\n[A](https://a.org) · [B](https://b.org)\n";
        let spread_out = "`f(x) · [a]`.\n\n[A](https://a.org)\n· [B](https://b.org)\n";
        assert_eq!(spread(card), spread_out);
        assert_eq!(spread("One · two.\n"), "One · two.\n");
    }
}
