//! Everything the server knows. Lives on the owner's thread (see [`crate::owner`]).

use std::collections::{HashSet, VecDeque};
use std::fmt;

use pygloss_core::analysis::{Hover, Settings};
use pygloss_core::text::Text;
use serde_json::Value;
use tower_lsp::jsonrpc;
use tower_lsp::lsp_types::{MessageType, Position, Url};

use crate::analysed::Asked;
use crate::asks::Asks;
use crate::capabilities::ClientCaps;
use crate::documents::{Age, Documents, file_of, path_of};
use crate::gate::Writer;
use crate::handlers::diagnostics;
use crate::imports::Cache;
use crate::owner::Owner;
use crate::parent;
use crate::project::{Named, Projects, Root, Wishes};
use crate::quiz::{self, Quiz};
use crate::settings::UserSettings;
use crate::shelf::Shelf;
use crate::workspace::Workspace;

/// All state of a session.
pub struct World {
    /// What the client can do.
    pub client: ClientCaps,
    /// The open documents.
    pub documents: Documents,
    /// The loaded packs; read at the first use, at the latest in the first pause.
    pub library: Shelf,
    /// What the reader configured.
    pub user: UserSettings,
    /// The section `pygloss` that came with `initialize`, or null.
    pub initial_section: Value,
    /// The open folders.
    pub workspace: Workspace,
    /// Whether the client tells that ruff's server runs beside.
    pub runs_ruff: bool,
    /// What configuration files say.
    pub projects: Projects,
    /// Files that are not open and were read for imports.
    pub imported: Cache,
    /// The way to the client.
    pub asks: Asks,
    /// Brings what other threads found out back to this one; nothing where there is no thread.
    pub owner: Option<Owner>,
    /// The quiz.
    pub quiz: Quiz,
    /// Id of the newest diagnostics report.
    pub last_report: u64,
    /// Documents whose diagnostics the client has not been sent, oldest first. Empty for clients
    /// that ask for them.
    unpublished: VecDeque<Url>,
    /// What was already said about settings.
    reported: HashSet<String>,
    serving: bool,
    selectors_checked: bool,
    /// Ends the session; taken by the first who watches the client's process.
    parent_died: Option<Box<dyn FnOnce() + Send>>,
}

impl World {
    /// A world before `initialize`.
    pub fn new(writer: Writer, library: Shelf, parent_died: Box<dyn FnOnce() + Send>) -> Self {
        Self {
            client: ClientCaps::default(),
            documents: Documents::default(),
            library,
            user: UserSettings::default(),
            initial_section: Value::Null,
            workspace: Workspace::default(),
            runs_ruff: false,
            projects: Projects::default(),
            imported: Cache::default(),
            asks: Asks::new(writer),
            owner: None,
            quiz: Quiz::default(),
            last_report: 0,
            unpublished: VecDeque::new(),
            reported: HashSet::new(),
            serving: false,
            selectors_checked: false,
            parent_died: Some(parent_died),
        }
    }

    /// Ends the session when the client's process dies.
    pub fn watch_parent(&mut self, pid: u32) {
        if let Some(parent_died) = self.parent_died.take()
            && let Err(error) = parent::watch(pid, parent_died)
        {
            self.log_error(format!("cannot watch process {pid}: {error}"));
        }
    }

    /// Does one piece of work that can wait for a pause in the input; false when there is none.
    pub fn idle(&mut self) -> bool {
        if let Some(uri) = self.unpublished.pop_front() {
            diagnostics::publish(self, &uri);
            return true;
        }
        if self.serving && (!self.selectors_checked || self.projects.has_news()) {
            self.check_selectors();
            return true;
        }
        quiz::check(self) || self.serving && quiz::hide(self)
    }

    /// Makes ready some of what is going to be asked when the cursor comes to a finding; false when there
    /// is nothing to make. What the next key may undo is made in a `pause` only.
    pub fn prepare(&self, pause: bool) -> bool {
        self.serving
            && self.client.lazy_actions
            && self.documents.values().any(|open| open.prepare_offers(&self.library, pause))
    }

    /// Reads the packs, if that is not done, and looks up the rules that settings and configuration
    /// files name.
    fn check_selectors(&mut self) {
        self.selectors_checked = true;
        let fault = |(key, named): (&str, Named)| {
            Some(format!("pygloss.{key}: {}", named.fault(&self.library)?))
        };
        let wishes = std::iter::once(&self.user.wishes).chain(self.workspace.wishes());
        let mut problems: Vec<String> = wishes.flat_map(Wishes::named).filter_map(fault).collect();
        problems.extend_from_slice(self.library.problems());
        let in_files = self.projects.problems(&self.library);
        problems.extend(in_files.iter().map(ToString::to_string));
        self.report_problems(problems);
    }

    /// Says that requests are answered from now on, or no longer.
    pub fn set_serving(&mut self, serving: bool) {
        self.serving = serving;
        self.unpublished.clear();
    }

    /// Whether requests are answered, so that the client may be asked things too.
    pub fn is_serving(&self) -> bool {
        self.serving
    }

    /// Runs what was to be done with the client's answer to question `id`.
    pub fn answered(&mut self, id: i32, result: jsonrpc::Result<Value>) {
        if let Some(then) = self.asks.take(id) {
            then(self, result);
        }
    }

    /// What analysis has to know about a document besides its text.
    pub fn settings_for(&self, uri: &Url) -> Settings {
        let wishes = self.workspace.wishes_for(uri).unwrap_or(&self.user.wishes);
        let root = self.workspace.place_of(uri).map(|(root, _)| Root::Folder(root.to_owned()));
        let root = root.unwrap_or(Root::Nowhere);
        let wishes = Wishes { runs_ruff: self.runs_ruff, root, ..wishes.clone() };
        self.projects.settings(&path_of(uri), file_of(uri).as_deref(), &wishes)
    }

    /// The card about what is at `position` of an open document, and the text of the document.
    pub fn card(&mut self, uri: &Url, position: Position) -> Option<(Hover, &Text)> {
        let Self { client, documents, library, workspace, imported, .. } = self;
        let asked = Asked::with_files(documents, workspace, imported, uri)?;
        let offset = client.encoding.offset(asked.text(), position);
        let card = asked.hover(library, offset)?;
        Some((card, asked.text()))
    }

    /// The text or the settings of `uri` changed.
    pub fn text_changed(&mut self, uri: &Url) {
        self.quiz.text_changed(uri);
        self.publish_later(uri);
    }

    /// Other findings of `uri` are to be shown than before, though neither text nor settings changed.
    pub fn report_changed(&mut self, uri: &Url) {
        let Some(open) = self.documents.get_mut(uri) else { return };
        open.report_age = Age::Old;
        self.publish_later(uri);
        diagnostics::refresh(self);
    }

    fn publish_later(&mut self, uri: &Url) {
        if !self.client.pull_diagnostics && self.serving && !self.unpublished.contains(uri) {
            self.unpublished.push_back(uri.clone());
        }
    }

    /// What the answers for all documents rest on changed.
    pub fn settings_changed(&mut self) {
        self.selectors_checked = false;
        let uris: Vec<Url> = self.documents.keys().cloned().collect();
        let mut changed = false;
        for uri in uris {
            let settings = self.settings_for(&uri);
            let Some(document) = self.documents.get_mut(&uri) else { continue };
            if document.settings != settings {
                document.settings = settings;
                document.outdate();
                changed = true;
                self.text_changed(&uri);
            }
        }
        if changed {
            diagnostics::refresh(self);
        }
    }

    /// Reads packs from the folders that settings name, if these are others than before.
    pub fn packs_changed(&mut self) {
        if !self.library.read_also(self.workspace.folders_named(&self.user.packs)) {
            return;
        }
        let uris: Vec<Url> = self.documents.keys().cloned().collect();
        for uri in uris {
            if let Some(document) = self.documents.get_mut(&uri) {
                document.outdate();
            }
            self.text_changed(&uri);
        }
        diagnostics::refresh(self);
    }

    /// Files around the open ones changed, so that what rests on them has to be found again.
    pub fn surroundings_changed(&mut self) {
        let resting = self.documents.iter().filter(|(_, open)| open.rests_on_others());
        let uris: Vec<Url> = resting.map(|(uri, _)| uri.clone()).collect();
        uris.iter().for_each(|uri| self.text_changed(uri));
        if !uris.is_empty() {
            diagnostics::refresh(self);
        }
    }

    /// Tells the client about things in its settings that cannot be used, each once.
    pub fn report_problems(&mut self, problems: Vec<String>) {
        for problem in problems {
            if self.reported.insert(problem.clone()) {
                self.asks.log(MessageType::WARNING, problem);
            }
        }
    }

    /// Puts a fault of the server into the client's log.
    pub fn log_error(&self, message: String) {
        self.asks.log(MessageType::ERROR, message);
    }
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("World")
            .field("client", &self.client)
            .field("documents", &self.documents.keys())
            .field("asks", &self.asks)
            .finish_non_exhaustive()
    }
}
