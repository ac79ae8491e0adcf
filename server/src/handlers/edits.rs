//! Edits of the engine as edits of LSP.

use std::collections::HashMap;

use pygloss_core::Span;
use pygloss_core::analysis::{Blank, Edit};
use pygloss_core::text::Text;
use tower_lsp::lsp_types::{
    AnnotatedTextEdit, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier,
    TextDocumentEdit, TextEdit, Url, WorkspaceEdit,
};

use crate::capabilities::ClientCaps;
use crate::gate::SNIPPET;

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

/// [`workspace_edit`] by version, with one edit as a snippet: its blank is selected when it was made.
/// Nothing where that cannot be.
pub fn snippet_edit(
    client: &ClientCaps,
    text: &Text,
    (uri, version): (&Url, i32),
    edits: &[Edit],
    blank: Blank,
) -> Option<WorkspaceEdit> {
    let mut all = Vec::new();
    let mut end = 0;
    for (number, edit) in edits.iter().enumerate() {
        let (start, before) = from_line_start(text, edit);
        (start >= end).then_some(())?;
        end = edit.span.end;
        let range = client.encoding.range(text, Span::new(start, edit.span.end));
        let new = |inner: &str| format!("{before}{inner}");
        all.push(if number == blank.edit {
            let edit =
                TextEdit::new(range, format!("{}{}", escaped(&before), snippet(edit, blank.span)?));
            OneOf::Right(AnnotatedTextEdit { text_edit: edit, annotation_id: SNIPPET.to_owned() })
        } else {
            OneOf::Left(TextEdit::new(range, new(&edit.text)))
        });
    }
    let text_document =
        OptionalVersionedTextDocumentIdentifier { uri: uri.clone(), version: Some(version) };
    let edits = vec![TextDocumentEdit { text_document, edits: all }];
    let document_changes = Some(DocumentChanges::Edits(edits));
    Some(WorkspaceEdit { document_changes, ..WorkspaceEdit::default() })
}

/// Where the edit starts, and what stands between there and its own start. VS Code indents the lines
/// of a snippet, and of all edits beside one, as the line is on which they start, up to that place: so
/// edits of several lines start where their line does.
fn from_line_start(text: &Text, edit: &Edit) -> (usize, String) {
    let start = text.line_start(text.line_of(edit.span.start));
    let before = text.slice(Span::new(start, edit.span.start));
    if edit.text.contains('\n') && before.starts_with([' ', '\t']) {
        (start, before)
    } else {
        (edit.span.start, String::new())
    }
}

/// The text of an edit as a snippet (LSP, Snippet syntax).
fn snippet(edit: &Edit, blank: Span) -> Option<String> {
    let (before, after) = (edit.text.get(..blank.start)?, edit.text.get(blank.end..)?);
    let blank = edit.text.get(blank.range())?;
    let place = if blank.is_empty() { "$0".into() } else { format!("${{0:{}}}", escaped(blank)) };
    Some(format!("{}{place}{}", escaped(before), escaped(after)))
}

fn escaped(text: &str) -> String {
    text.replace('\\', r"\\").replace('$', r"\$").replace('}', r"\}")
}

#[cfg(test)]
mod tests {
    use super::*;
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

    #[test]
    fn a_blank_is_a_place_of_a_snippet() {
        let text = Text::new("def f():\n    pass; x\n");
        let url = Url::parse("untitled:1").unwrap();
        let client = ClientCaps { versioned_edits: true, ..ClientCaps::default() };
        let made = |edits: &[Edit], blank: Blank| {
            let edit = snippet_edit(&client, &text, (&url, 7), edits, blank)?;
            let json = serde_json::to_value(edit).unwrap();
            Some(json["documentChanges"][0]["edits"].clone())
        };
        let body = Edit { span: Span::new(13, 17), text: "a = '$'\n    return {b}".into() };
        let blank = Blank { edit: 0, span: Span::new(12, 22) };
        let expected = json!([{
            "range": {"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 8}},
            "newText": "    a = '\\$'\n    ${0:return {b\\}}",
            "annotationId": SNIPPET,
        }]);
        assert_eq!(made(std::slice::from_ref(&body), blank), Some(expected));
        let name = Edit { span: Span::new(4, 5), text: "g()".into() };
        let edits = made(&[name, body.clone()], Blank { edit: 0, span: Span::empty(2) }).unwrap();
        assert_eq!(edits[0]["newText"], "g($0)");
        assert_eq!(edits[1]["newText"], "    a = '$'\n    return {b}");
        // Both would have to start where the line does.
        let behind = Edit { span: Span::new(19, 20), text: "y\nz".into() };
        assert_eq!(made(&[body, behind], blank), None);
    }
}
