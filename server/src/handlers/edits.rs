//! Edits of the engine as edits of LSP.

use std::collections::HashMap;

use pygloss_core::analysis::Edit;
use pygloss_core::text::Text;
use tower_lsp::lsp_types::{
    DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextEdit,
    Url, WorkspaceEdit,
};

use crate::capabilities::ClientCaps;

/// `edits` of `version` of `text`, with that version where the client can hold to it.
pub fn workspace_edit(
    client: &ClientCaps,
    text: &Text,
    uri: &Url,
    version: i32,
    edits: &[Edit],
) -> WorkspaceEdit {
    let edits: Vec<TextEdit> = edits
        .iter()
        .map(|edit| TextEdit::new(client.encoding.range(text, edit.span), edit.text.clone()))
        .collect();
    if client.versioned_edits {
        let edits = TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                uri: uri.clone(),
                version: Some(version),
            },
            edits: edits.into_iter().map(OneOf::Left).collect(),
        };
        let document_changes = Some(DocumentChanges::Edits(vec![edits]));
        WorkspaceEdit { document_changes, ..WorkspaceEdit::default() }
    } else {
        WorkspaceEdit::new(HashMap::from([(uri.clone(), edits)]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pygloss_core::Span;
    use serde_json::json;

    #[test]
    fn versioned_where_declared() {
        let text = Text::new("漢字\r\nx");
        let url = Url::parse("untitled:1").unwrap();
        let edits = [Edit { span: Span::new(3, 6), text: "y".into() }];
        let edit = |client: &ClientCaps| {
            serde_json::to_value(workspace_edit(client, &text, &url, 7, &edits)).unwrap()
        };
        let expected = json!([{
            "range": {"start": {"line": 0, "character": 1}, "end": {"line": 0, "character": 2}},
            "newText": "y",
        }]);
        let plain = ClientCaps::default();
        assert_eq!(edit(&plain), json!({"changes": {"untitled:1": expected.clone()}}));
        let versioned = ClientCaps { versioned_edits: true, ..plain };
        let expected = json!({"documentChanges": [
            {"textDocument": {"uri": "untitled:1", "version": 7}, "edits": expected},
        ]});
        assert_eq!(edit(&versioned), expected);
    }
}
