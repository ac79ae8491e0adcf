//! tower-lsp's view of the server.
//!
//! Architecture invariant: each method is one line that posts a closure to the owner. The only thing
//! ever awaited is the owner's answer; what is posted is posted before that, so in arrival order.

use std::future::Future;

use serde_json::Value;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::*;
use tower_lsp::{LanguageServer, LspService};

use crate::gate::DIAGNOSTIC;
use crate::handlers::commands::{CustomRequest, REQUESTS};
use crate::handlers::{
    actions, commands, configuration, diagnostics, hover, inlay, session, sync, testing,
};
use crate::owner::Owner;

/// Posts messages to the owner.
#[derive(Debug)]
pub struct Backend {
    owner: Owner,
}

impl Backend {
    /// The service that routes messages by their method to `owner`.
    pub fn service(owner: Owner) -> LspService<Self> {
        let test = testing::is_enabled().then_some(&testing::REQUEST);
        let mut builder = LspService::build(|_| Self { owner });
        for request in REQUESTS.iter().copied().flatten().chain(test) {
            let call = |backend: &Self, params| backend.custom(request, params);
            builder = builder.custom_method(request.method, call);
        }
        builder.custom_method(DIAGNOSTIC, Self::diagnostic).finish().0
    }

    fn diagnostic(
        &self,
        params: DocumentDiagnosticParams,
    ) -> impl Future<Output = Result<String>> + Send + use<> {
        self.owner.ask("diagnostic", |world| diagnostics::pull(world, params))
    }

    fn custom(
        &self,
        request: &'static CustomRequest,
        params: Value,
    ) -> impl Future<Output = Result<Value>> + Send + use<> {
        self.owner.ask_later(request.method, |world, reply| (request.run)(world, params, reply))
    }
}

#[tower_lsp::async_trait]
impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        self.owner.ask("initialize", |world| session::initialize(world, params)).await
    }

    async fn initialized(&self, _: InitializedParams) {
        self.owner.post("initialized", session::initialized);
    }

    async fn shutdown(&self) -> Result<()> {
        self.owner.ask("shutdown", session::shutdown).await
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        self.owner.post("didOpen", |world| sync::open(world, params));
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.owner.post("didClose", |world| sync::close(world, params));
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        self.owner.post("didSave", |world| sync::save(world, params));
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        self.owner.post("configuration", |world| configuration::changed(world, params));
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.owner.post("folders", |world| configuration::folders_changed(world, params));
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        self.owner.post("files", |world| configuration::files_changed(world, params));
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        self.owner.ask("hover", |world| hover::hover(world, params)).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.owner.ask("inlayHint", |world| inlay::hints(world, params)).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.owner.ask("codeLens", |world| inlay::lenses(world, params)).await
    }

    async fn code_action_resolve(&self, action: CodeAction) -> Result<CodeAction> {
        self.owner.ask("codeAction/resolve", |world| actions::resolve(world, action)).await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        self.owner.ask_later("executeCommand", commands::execute(params)).await.map(Some)
    }
}
