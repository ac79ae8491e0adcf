//! `textDocument/didOpen`, `didChange` and `didClose`.

use tower_lsp::lsp_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    DidSaveTextDocumentParams, Url,
};

use super::{configuration, diagnostics};
use crate::documents::OpenDocument;
use crate::gate::uri::spelling;
use crate::world::World;

/// Takes the text over; a document that was open already is replaced.
pub fn open(world: &mut World, params: DidOpenTextDocumentParams) {
    let uri = params.text_document.uri.clone();
    world.documents.remove(&uri);
    configuration::files_may_have_changed(world);
    let document = OpenDocument::new(params.text_document, world.settings_for(&uri));
    world.documents.insert(uri.clone(), document);
    world.text_changed(&uri);
    crate::quiz::worksheet_code_opened(world, &uri);
}

/// The text is what it was; files around it may not be.
pub fn save(world: &mut World, _: DidSaveTextDocumentParams) {
    configuration::files_may_have_changed(world);
}

/// Applies the changes in their order. Changes to a document that is not open are not for us.
pub fn change(world: &mut World, params: DidChangeTextDocumentParams) {
    let uri = params.text_document.uri;
    // While it changes the document is not in the map: should that panic, the server knows nothing
    // about the document until it is opened again, rather than something wrong.
    let Some(mut document) = world.documents.remove(&uri) else { return };
    for change in params.content_changes {
        document.edit(world.client.encoding, change.range, &change.text);
    }
    document.version = params.text_document.version;
    world.documents.insert(uri.clone(), document);
    world.text_changed(&uri);
}

/// Forgets the text.
pub fn close(world: &mut World, params: DidCloseTextDocumentParams) {
    if world.documents.remove(&params.text_document.uri).is_some() {
        world.quiz.text_changed(&params.text_document.uri);
        diagnostics::clear(world, params.text_document.uri);
    }
}

/// Forgets a document that was changed in a way that cannot be read: no answer is better than one
/// about another text.
pub fn lose(world: &mut World, uri: Url) {
    if world.documents.remove(&uri).is_some() {
        let message = format!("a change of {} cannot be read; open it again", spelling(&uri));
        world.log_error(message);
        world.quiz.text_changed(&uri);
        diagnostics::clear(world, uri);
    }
}
