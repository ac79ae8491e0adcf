//! Where tower-lsp 0.20 and the types under it (lsp-types 0.94) differ from the protocol, the
//! parameters are changed before they get there.

use serde::Deserialize;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::Request;
use tower_lsp::lsp_types::{DidChangeTextDocumentParams, Url};

use super::{outgoing, uri};

/// Where among the experimental capabilities a client's `workspaceEdit.snippetEditSupport` is put.
pub const SNIPPET_EDITS: &str = "pygloss/snippetEditSupport";

/// The same call in the shape that tower-lsp takes.
pub fn amend(call: Request) -> Request {
    let (mut method, id, mut params) = call.into_parts();
    match method.as_ref() {
        "textDocument/diagnostic" => method = outgoing::DIAGNOSTIC.into(),
        // tower-lsp refuses any parameters here, even an empty object.
        "shutdown" => params = None,
        "initialized" if params.is_none() => params = Some(json!({})),
        "initialize" => params.iter_mut().for_each(amend_initialize),
        "workspace/didChangeWorkspaceFolders" => params.iter_mut().for_each(|params| {
            make_folders_opaque(params, "/event/added");
            make_folders_opaque(params, "/event/removed");
        }),
        _ => {}
    }
    if let Some(params) = &mut params {
        make_opaque(params, "/textDocument/uri");
        if method == "workspace/executeCommand" {
            make_opaque(params, "/arguments/0/textDocument/uri");
        }
        // `null` until LSP 3.15; without a number the whole change would be lost.
        if let Some(version) = params.pointer_mut("/textDocument/version")
            && version.is_null()
        {
            *version = json!(0);
        }
    }
    let mut call = Request::build(method);
    if let Some(id) = id {
        call = call.id(id);
    }
    if let Some(params) = params {
        call = call.params(params);
    }
    call.finish()
}

fn amend_initialize(params: &mut Value) {
    // The protocol's name is `diagnostics`; lsp-types reads `diagnostic`.
    if let Some(Value::Object(workspace)) = params.pointer_mut("/capabilities/workspace")
        && let Some(diagnostics) = workspace.remove("diagnostics")
    {
        workspace.entry("diagnostic").or_insert(diagnostics);
    }
    // LSP 3.18; lsp-types does not read it.
    let snippets = params.pointer("/capabilities/workspace/workspaceEdit/snippetEditSupport");
    if snippets == Some(&Value::Bool(true))
        && let Some(Value::Object(all)) = params.get_mut("capabilities")
    {
        let experimental = all.entry("experimental").or_insert(Value::Null);
        if experimental.is_null() {
            *experimental = json!({});
        }
        if let Value::Object(experimental) = experimental {
            experimental.insert(SNIPPET_EDITS.to_owned(), Value::Bool(true));
        }
    }
    // A value that is no URL would refuse the whole request.
    make_opaque(params, "/rootUri");
    make_folders_opaque(params, "/workspaceFolders");
}

fn make_folders_opaque(params: &mut Value, list: &str) {
    if let Some(Value::Array(folders)) = params.pointer_mut(list) {
        folders.iter_mut().for_each(|folder| make_opaque(folder, "/uri"));
    }
}

/// Makes the URI at `pointer` one that stays as it is (see [`uri`]).
fn make_opaque(params: &mut Value, pointer: &str) {
    if let Some(Value::String(spelling)) = params.pointer_mut(pointer) {
        *spelling = uri::opaque(spelling).into();
    }
}

/// What a call of `textDocument/didChange` says.
///
/// # Errors
/// When its parameters are not what LSP says: the document that it would change, if it names one.
pub fn change(call: &Request) -> Result<DidChangeTextDocumentParams, Option<Url>> {
    let params = call.params().ok_or(None)?;
    DidChangeTextDocumentParams::deserialize(params)
        .map_err(|_| Url::parse(params.pointer("/textDocument/uri")?.as_str()?).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amended(method: &'static str, params: Value) -> Request {
        amend(Request::build(method).params(params).finish())
    }

    #[test]
    fn what_tower_lsp_would_refuse() {
        assert_eq!(amended("shutdown", json!({})).params(), None);
        let without = Request::build("initialized").finish();
        assert_eq!(amend(without).params(), Some(&json!({})));
        let caps =
            json!({"capabilities": {"workspace": {"diagnostics": {"refreshSupport": true}}}});
        let snippets = json!({"capabilities": {
            "workspace": {"workspaceEdit": {"snippetEditSupport": true}},
            "experimental": {"x": 1},
        }});
        let amended_snippets = amended("initialize", snippets);
        let experimental = &amended_snippets.params().unwrap()["capabilities"]["experimental"];
        assert_eq!(*experimental, json!({"x": 1, SNIPPET_EDITS: true}));
        let workspace = json!({"diagnostic": {"refreshSupport": true}});
        assert_eq!(
            amended("initialize", caps).params(),
            Some(&json!({"capabilities": {"workspace": workspace}}))
        );
    }

    #[test]
    fn a_change_that_cannot_be_read_names_its_document() {
        let change = |version: Value, changes: Value| {
            let document = json!({"uri": "untitled:1", "version": version});
            let params = json!({"textDocument": document, "contentChanges": changes});
            super::change(&amended("textDocument/didChange", params)).err()?.map(String::from)
        };
        assert_eq!(change(json!(2), json!([{"text": "x"}])), None);
        assert_eq!(change(Value::Null, json!([])), None);
        let lost = Some("untitled:1".to_owned());
        assert_eq!(change(json!("two"), json!([])), lost);
        assert_eq!(change(json!(2), json!([{"text": 1}])), lost);
        assert_eq!(change(json!(2), Value::Null), lost);
    }
}
