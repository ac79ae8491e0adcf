//! Where tower-lsp 0.20 and the types under it (lsp-types 0.94) differ from the protocol, the
//! parameters are changed before they get there.

use serde_json::{Value, json};
use tower_lsp::jsonrpc::Request;

use super::uri;

/// The same call in the shape that tower-lsp takes.
pub fn amend(call: Request) -> Request {
    let (method, id, mut params) = call.into_parts();
    match method.as_ref() {
        // tower-lsp refuses any parameters here, even an empty object.
        "shutdown" => params = None,
        "initialized" if params.is_none() => params = Some(json!({})),
        "initialize" => params.iter_mut().for_each(amend_initialize),
        _ => {}
    }
    if let Some(Value::String(spelling)) =
        params.as_mut().and_then(|params| params.pointer_mut("/textDocument/uri"))
    {
        *spelling = uri::opaque(spelling).into();
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
    let Value::Object(params) = params else { return };
    // A value that is no URL would refuse the whole request.
    if let Some(Value::String(root)) = params.get_mut("rootUri") {
        *root = uri::opaque(root).into();
    }
    if let Some(Value::Array(folders)) = params.get_mut("workspaceFolders") {
        for folder in folders {
            if let Some(Value::String(root)) = folder.get_mut("uri") {
                *root = uri::opaque(root).into();
            }
        }
    }
}
