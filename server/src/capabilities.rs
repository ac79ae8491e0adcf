//! What the client can do, and what the server announces because of it.
//!
//! Architecture invariant: the `initialize` request is read here, once. Replies differ between
//! clients only by the fields of [`ClientCaps`].

use serde_json::{Value, json};
use tower_lsp::lsp_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, CodeActionProviderCapability,
    CodeLensOptions, DiagnosticOptions, DiagnosticServerCapabilities, DiagnosticTag,
    ExecuteCommandOptions, HoverProviderCapability, InitializeParams, InitializeResult, MarkupKind,
    OneOf, ServerCapabilities, ServerInfo, TextDocumentSyncCapability, TextDocumentSyncKind,
    TextDocumentSyncOptions, TextDocumentSyncSaveOptions, WorkspaceFoldersServerCapabilities,
    WorkspaceServerCapabilities,
};

use crate::convert::Encoding;
use crate::gate::SNIPPET_EDITS;
use crate::practice::KIND as PRACTICE;

/// Kind of the action that applies every safe fix of a file.
pub const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.pygloss");

/// Kind of the actions that convert code; each has one of its own below it.
pub const REFACTOR: CodeActionKind = CodeActionKind::new("refactor.rewrite.pygloss");

/// Kind of the action that asks about the code.
pub const QUIZ: CodeActionKind = CodeActionKind::new("source.pygloss.quiz");

/// The version of the custom part of the protocol, `editors/PROTOCOL.md`.
pub const PROTOCOL_VERSION: u32 = 1;

/// Clients that show the buttons of a prompt as a list, one on a line. No capability tells.
const LISTS_TITLES: &[&str] = &["neovim", "helix", "emacs", "kak-lsp", "kate"];

/// Clients that answer prompts themselves, at once and by nothing, without asking the reader. The one
/// that calls itself so is <https://github.com/yegappan/lsp>.
const SWALLOWS_PROMPTS: &[&str] = &["vim"];

/// What the client can do. The default is a client that declares nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClientCaps {
    /// What columns count.
    pub encoding: Encoding,
    /// Hovers are Markdown rather than plain text.
    pub markdown: bool,
    /// Code actions may be objects of their own, not just commands.
    pub action_literals: bool,
    /// Code actions may be marked as the preferred ones.
    pub preferred_actions: bool,
    /// Code actions may be shown as disabled, with a reason.
    pub disabled_actions: bool,
    /// The edit of a code action may be asked for later.
    pub lazy_actions: bool,
    /// Edits may name the version of the document that they are for.
    pub versioned_edits: bool,
    /// Edits may have places to fill in. From LSP 3.18, which the types do not know; see the gate.
    pub snippet_edits: bool,
    /// The server may ask for an edit.
    pub apply_edit: bool,
    /// The client asks for diagnostics; the server then never sends them unasked.
    pub pull_diagnostics: bool,
    /// The server may ask the client to ask again for diagnostics.
    pub refresh_diagnostics: bool,
    /// The client asks for inlay hints.
    pub inlay_hints: bool,
    /// The server may ask the client to ask again for inlay hints.
    pub refresh_hints: bool,
    /// The client asks for code lenses.
    pub code_lenses: bool,
    /// The server may ask the client to ask again for code lenses.
    pub refresh_lenses: bool,
    /// Diagnostics may point at other places.
    pub related_information: bool,
    /// Diagnostics may link to a description of their code.
    pub code_description: bool,
    /// Diagnostics may be marked as about unnecessary code.
    pub tag_unnecessary: bool,
    /// Diagnostics may be marked as about deprecated code.
    pub tag_deprecated: bool,
    /// The client answers `workspace/configuration`.
    pub configuration: bool,
    /// `workspace/didChangeConfiguration` may be registered.
    pub register_configuration: bool,
    /// File watchers may be registered.
    pub watch_files: bool,
    /// The server may open a document or a web page.
    pub show_document: bool,
    /// `window/showMessageRequest` reaches the reader.
    pub prompts: bool,
    /// The buttons of a prompt can be whole sentences. Elsewhere they are cut after a few words.
    pub long_titles: bool,
    /// The client draws quizzes itself, over the custom requests.
    pub rich_quiz: bool,
    /// The client draws questions with several right options.
    pub draws_several: bool,
    /// The client draws questions whose options are put in order.
    pub draws_order: bool,
    /// The client has a field to type an answer in.
    pub draws_text: bool,
    /// The client has a field for whole sentences, and shows what stands in them.
    pub draws_words: bool,
    /// `command:` links of ours in Markdown work. From `initializationOptions.commandLinks`.
    pub command_links: bool,
    /// The reader trusts the workspace. From `initializationOptions.workspaceTrusted`.
    pub trusted_workspace: bool,
}

impl ClientCaps {
    /// Reads the `initialize` request.
    pub fn new(params: &InitializeParams) -> Self {
        let caps = &params.capabilities;
        let option = |name: &str| {
            let options = params.initialization_options.as_ref();
            options.and_then(|options| options[name].as_bool()).unwrap_or(false)
        };
        Self {
            command_links: option("commandLinks"),
            trusted_workspace: option("workspaceTrusted"),
            encoding: Encoding::choose(
                caps.general
                    .as_ref()
                    .and_then(|general| general.position_encodings.as_deref())
                    .unwrap_or_default(),
            ),
            rich_quiz: is_set(caps.experimental.as_ref().map(|all| &all["pygloss"])),
            snippet_edits: caps
                .experimental
                .as_ref()
                .is_some_and(|all| all[SNIPPET_EDITS] == Value::Bool(true)),
            draws_several: draws(caps, "several"),
            draws_order: draws(caps, "order"),
            draws_text: draws(caps, "text"),
            draws_words: draws(caps, "words"),
            long_titles: is_one_of(params, LISTS_TITLES),
            ..Self::default()
        }
        .with_text_document(caps)
        .with_workspace(caps)
        .with_window(caps, is_one_of(params, SWALLOWS_PROMPTS))
    }

    fn with_text_document(mut self, caps: &ClientCapabilities) -> Self {
        let Some(caps) = &caps.text_document else { return self };
        // The first format is the one the client likes best.
        let formats = caps.hover.as_ref().and_then(|hover| hover.content_format.as_deref());
        self.markdown = formats.and_then(<[_]>::first) == Some(&MarkupKind::Markdown);
        self.pull_diagnostics = caps.diagnostic.is_some();
        self.inlay_hints = caps.inlay_hint.is_some();
        self.code_lenses = caps.code_lens.is_some();
        if let Some(action) = &caps.code_action {
            // ALE declares literals with no kind at all, and takes none.
            self.action_literals = action
                .code_action_literal_support
                .as_ref()
                .is_some_and(|literals| !literals.code_action_kind.value_set.is_empty());
            self.preferred_actions = action.is_preferred_support == Some(true);
            self.disabled_actions = action.disabled_support == Some(true);
            // Without `data` a resolve request does not say what to resolve.
            let resolves_edit = action.resolve_support.as_ref().is_some_and(|resolve| {
                resolve.properties.iter().any(|property| property == "edit")
            });
            self.lazy_actions = action.data_support == Some(true) && resolves_edit;
        }
        if let Some(publish) = &caps.publish_diagnostics {
            self.related_information = publish.related_information == Some(true);
            self.code_description = publish.code_description_support == Some(true);
            let tags = publish.tag_support.iter().flat_map(|tags| &tags.value_set);
            for tag in tags {
                self.tag_unnecessary |= *tag == DiagnosticTag::UNNECESSARY;
                self.tag_deprecated |= *tag == DiagnosticTag::DEPRECATED;
            }
        }
        self
    }

    fn with_workspace(mut self, caps: &ClientCapabilities) -> Self {
        let Some(caps) = &caps.workspace else { return self };
        self.apply_edit = caps.apply_edit == Some(true);
        self.versioned_edits =
            caps.workspace_edit.as_ref().is_some_and(|edit| edit.document_changes == Some(true));
        self.refresh_diagnostics =
            caps.diagnostic.as_ref().is_some_and(|pull| pull.refresh_support == Some(true));
        let hints = caps.inlay_hint.as_ref();
        self.refresh_hints = hints.is_some_and(|hints| hints.refresh_support == Some(true));
        let lenses = caps.code_lens.as_ref();
        self.refresh_lenses = lenses.is_some_and(|lenses| lenses.refresh_support == Some(true));
        self.configuration = caps.configuration == Some(true);
        self.register_configuration = caps
            .did_change_configuration
            .as_ref()
            .is_some_and(|change| change.dynamic_registration == Some(true));
        self.watch_files = caps
            .did_change_watched_files
            .as_ref()
            .is_some_and(|watch| watch.dynamic_registration == Some(true));
        self
    }

    fn with_window(mut self, caps: &ClientCapabilities, swallows_prompts: bool) -> Self {
        let window = caps.window.as_ref();
        self.show_document = window
            .and_then(|window| window.show_document.as_ref())
            .is_some_and(|show| show.support);
        // Older clients answer prompts without saying so; one that cannot even edit does not.
        let answers = self.apply_edit || window.is_some_and(|w| w.show_message.is_some());
        self.prompts = answers && !swallows_prompts;
        self
    }

    /// The answer to `initialize`. `commands` are what `workspace/executeCommand` takes.
    pub fn announce(&self, commands: &[&str]) -> InitializeResult {
        let actions = self.action_literals.then(|| {
            CodeActionProviderCapability::Options(CodeActionOptions {
                code_action_kinds: Some(vec![
                    CodeActionKind::QUICKFIX,
                    REFACTOR,
                    FIX_ALL,
                    QUIZ,
                    PRACTICE,
                ]),
                resolve_provider: Some(self.lazy_actions),
                ..CodeActionOptions::default()
            })
        });
        let pull = self.pull_diagnostics.then(|| {
            DiagnosticServerCapabilities::Options(DiagnosticOptions {
                identifier: Some("pygloss".into()),
                ..DiagnosticOptions::default()
            })
        });
        let sync = TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            // When nobody tells of changed files, a saved document is a reason to look at some.
            save: (!self.watch_files).then_some(TextDocumentSyncSaveOptions::Supported(true)),
            ..TextDocumentSyncOptions::default()
        };
        let folders = WorkspaceFoldersServerCapabilities {
            supported: Some(true),
            change_notifications: Some(OneOf::Left(true)),
        };
        InitializeResult {
            capabilities: ServerCapabilities {
                position_encoding: Some(self.encoding.kind()),
                text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
                hover_provider: Some(HoverProviderCapability::Simple(true)),
                code_action_provider: actions,
                diagnostic_provider: pull,
                inlay_hint_provider: self.inlay_hints.then_some(OneOf::Left(true)),
                code_lens_provider: self
                    .code_lenses
                    .then_some(CodeLensOptions { resolve_provider: Some(false) }),
                execute_command_provider: Some(ExecuteCommandOptions {
                    commands: commands.iter().map(|&command| command.to_owned()).collect(),
                    ..ExecuteCommandOptions::default()
                }),
                workspace: Some(WorkspaceServerCapabilities {
                    workspace_folders: Some(folders),
                    ..WorkspaceServerCapabilities::default()
                }),
                experimental: Some(json!({ "pygloss": { "protocol": PROTOCOL_VERSION } })),
                ..ServerCapabilities::default()
            },
            server_info: Some(ServerInfo {
                name: "pygloss".into(),
                version: Some(env!("CARGO_PKG_VERSION").into()),
            }),
        }
    }
}

/// Whether the client calls itself by one of these names.
fn is_one_of(params: &InitializeParams, names: &[&str]) -> bool {
    let client = params.client_info.as_ref();
    client.is_some_and(|client| names.iter().any(|name| client.name.eq_ignore_ascii_case(name)))
}

/// Whether the client says that it draws questions of this shape.
fn draws(caps: &ClientCapabilities, shape: &str) -> bool {
    let shapes = caps.experimental.as_ref().and_then(|all| all["pygloss"]["shapes"].as_array());
    shapes.is_some_and(|shapes| shapes.iter().any(|known| known == shape))
}

/// True for an object and for `true`.
fn is_set(value: Option<&Value>) -> bool {
    value.is_some_and(|value| value.is_object() || value == &Value::Bool(true))
}

#[cfg(test)]
mod tests;
