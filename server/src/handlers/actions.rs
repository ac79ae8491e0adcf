//! `textDocument/codeAction` and `codeAction/resolve`.
//!
//! A client that can ask later gets actions without their edits, so that the list is small and an
//! edit is always made for the text as it is when the reader chooses.

use pygloss_core::Span;
use pygloss_core::analysis::{self, Edit, FixedFinding, Offer, OfferedFinding, Safety};
use pygloss_core::quiz::Hidden;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse, Command,
    Diagnostic, Url,
};

use super::diagnostics::{Pages, to_diagnostic};
use super::edits::workspace_edit;
use super::inlay::ASK;
use super::peers::reported_by_others;
use super::refactorings;
use crate::analysed::{Analysed, Asked};
use crate::capabilities::{FIX_ALL, QUIZ};
use crate::gate::uri::{opaque, spelling};
use crate::practice;
use crate::quiz::{self, START};
use crate::world::World;

/// What offers an interview about code.
const TALK: &str = "Interview me on this";

const FIX_ALL_TITLE: &str = "Fix all safe pygloss findings";

/// What a lazy action is resolved by.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Lazy {
    /// In the client's spelling.
    uri: String,
    version: i32,
    #[serde(flatten)]
    what: What,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum What {
    FixAll,
    /// The fix with this index of the finding of `rule` at the bytes `start..end`.
    Fix {
        rule: String,
        start: usize,
        end: usize,
        index: usize,
    },
    /// The conversion with this id at the bytes `start..end`, a cursor or a selection.
    Rewrite {
        id: String,
        start: usize,
        end: usize,
    },
    /// A comment that silences the finding of `rule` at the bytes `start..end`.
    Ignore {
        rule: String,
        start: usize,
        end: usize,
    },
}

/// The fixes for the findings in a range and for the whole file, and the conversions of what is there.
pub fn list(world: &mut World, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
    if !world.client.action_literals {
        return Ok(None);
    }
    let only = params.context.only.as_deref();
    let mut actions = Vec::new();
    let uri = &params.text_document.uri;
    if practice::is_exercise(world, uri) {
        // A fix would be the solution.
        if wanted(only, &practice::KIND) {
            actions = practice::actions(uri);
        }
    } else if quiz::is_worksheet(world, uri) {
        if wanted(only, &CodeActionKind::QUICKFIX) {
            actions = quiz::worksheet_actions(world, &params);
        }
    } else if let Some(hidden) = hidden(world, &params) {
        offered(world, &params, only, &hidden, &mut actions);
    }
    Ok(Some(actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()))
}

/// What could give the answer of an open question away; nothing when the range does.
fn hidden(world: &mut World, params: &CodeActionParams) -> Option<Hidden> {
    let uri = &params.text_document.uri;
    let hidden = quiz::hidden(world, uri);
    let Some(open) = world.documents.get(uri) else { return Some(hidden) };
    let range = world.client.encoding.span(open.text(), params.range);
    (!hidden.covers(open.text(), range)).then_some(hidden)
}

/// The actions for ordinary code.
fn offered(
    world: &mut World,
    params: &CodeActionParams,
    only: Option<&[CodeActionKind]>,
    hidden: &Hidden,
    actions: &mut Vec<CodeAction>,
) {
    let mut has_fixes = false;
    if wanted(only, &CodeActionKind::QUICKFIX) {
        has_fixes = quick_fixes(world, params, hidden, actions);
    }
    actions.extend(refactorings::list(world, params, has_fixes, |uri, version, id, span| {
        let what = What::Rewrite { id: id.to_owned(), start: span.start, end: span.end };
        serde_json::to_value(Lazy { uri, version, what }).ok()
    }));
    if wanted(only, &FIX_ALL) {
        actions.extend(fix_all(world, &params.text_document.uri));
    }
    if wanted(only, &QUIZ) {
        actions.extend(quiz(world, params));
        actions.extend(interview(world, params));
    }
}

/// Whether `kind` is, or is below, one of the kinds that were asked for.
pub(super) fn wanted(only: Option<&[CodeActionKind]>, kind: &CodeActionKind) -> bool {
    only.is_none_or(|only| {
        only.iter().any(|asked| {
            let rest = kind.as_str().strip_prefix(asked.as_str());
            asked.as_str().is_empty()
                || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    })
}

/// Adds the fixes of the findings in the range; true if there are any.
fn quick_fixes(
    world: &mut World,
    params: &CodeActionParams,
    hidden: &Hidden,
    actions: &mut Vec<CodeAction>,
) -> bool {
    let World { client, documents, library, workspace, imported, .. } = world;
    let uri = &params.text_document.uri;
    let Some(version) = documents.get(uri).map(|open| open.version) else { return false };
    let Some(asked) = Asked::of(documents, workspace, imported, uri) else { return false };
    let text = asked.text();
    let span = client.encoding.span(text, params.range);
    let mut pages = Pages::new(client, library);
    let (mut has_fixes, mut last) = (false, Vec::new());
    // A client that asks for the edits later is not kept waiting for them.
    let (offered, edits) = if client.lazy_actions {
        (asked.offers(library, span), Vec::new())
    } else {
        let fixed = asked.fixes(library, span);
        let edits =
            |found: &FixedFinding| found.fixes.iter().map(|fix| fix.edits.clone()).collect();
        let edits = fixed.iter().map(edits).collect();
        (fixed.into_iter().map(OfferedFinding::from).collect(), edits)
    };
    let mut edits: std::vec::IntoIter<Vec<Vec<Edit>>> = edits.into_iter();
    for found in offered {
        let edits = edits.next().unwrap_or_default();
        if hidden.covers(text, found.finding.span) {
            continue;
        }
        let diagnostics = if found.yields {
            let range = client.encoding.range(text, found.finding.span);
            reported_by_others(library, found.finding.rule, range, &params.context.diagnostics)
        } else {
            vec![to_diagnostic(client, &mut pages, text, uri, &found.finding)]
        };
        let safe = found.fixes.iter().position(|fix| fix.safety == Safety::Safe);
        for (index, fix) in found.fixes.iter().enumerate() {
            let Span { start, end } = found.finding.span;
            let what = What::Fix { rule: found.finding.rule.to_owned(), start, end, index };
            let mut action = quick_fix(plain(&fix.title), &diagnostics);
            action.is_preferred = (client.preferred_actions && safe == Some(index)).then_some(true);
            if client.lazy_actions {
                action.data = serde_json::to_value(Lazy { uri: spelling(uri), version, what }).ok();
            } else {
                let edits = edits.get(index).map(Vec::as_slice).unwrap_or_default();
                action.edit = Some(workspace_edit(client, text, uri, version, edits));
            }
            actions.push(action);
            has_fixes = true;
        }
        // What others show is silenced by their own comments.
        if found.yields {
            continue;
        }
        let rule = found.finding.rule.to_owned();
        let mut action = quick_fix(format!("Ignore {rule} here"), &diagnostics);
        if client.lazy_actions {
            if !asked.can_silence(library, &found.finding) {
                continue;
            }
            let Span { start, end } = found.finding.span;
            let what = What::Ignore { rule, start, end };
            action.data = serde_json::to_value(Lazy { uri: spelling(uri), version, what }).ok();
        } else {
            let Some(edits) = asked.silence(library, &found.finding) else { continue };
            action.edit = Some(workspace_edit(client, text, uri, version, &edits));
        }
        last.push(action);
    }
    actions.append(&mut last);
    has_fixes
}

fn quick_fix(title: String, diagnostics: &[Diagnostic]) -> CodeAction {
    CodeAction {
        title,
        kind: Some(CodeActionKind::QUICKFIX),
        // An empty list is not what it says to every client.
        diagnostics: (!diagnostics.is_empty()).then(|| diagnostics.to_vec()),
        ..CodeAction::default()
    }
}

/// A title without the marks around code: clients show titles as they are.
pub(super) fn plain(title: &str) -> String {
    title.replace('`', "")
}

fn fix_all(world: &mut World, uri: &Url) -> Option<CodeAction> {
    let World { client, documents, library, workspace, imported, .. } = world;
    let version = documents.get(uri)?.version;
    let asked = Asked::of(documents, workspace, imported, uri)?;
    if !asked.is_fixable(library) {
        return None;
    }
    let mut action =
        CodeAction { title: FIX_ALL_TITLE.into(), kind: Some(FIX_ALL), ..CodeAction::default() };
    if client.lazy_actions {
        let lazy = Lazy { uri: spelling(uri), version, what: What::FixAll };
        action.data = serde_json::to_value(lazy).ok();
    } else {
        let edits = asked.fix_all(library).edits;
        (!edits.is_empty()).then_some(())?;
        action.edit = Some(workspace_edit(client, asked.text(), uri, version, &edits));
    }
    Some(action)
}

/// A quiz about what stands at the start of the range, where something can be asked about it.
fn quiz(world: &mut World, params: &CodeActionParams) -> Option<CodeAction> {
    let World { client, documents, library, .. } = world;
    let uri = &params.text_document.uri;
    let open = documents.get_mut(uri)?;
    open.rest();
    let offset = client.encoding.offset(open.text(), params.range.start);
    open.content()?
        .questions_at(library, &open.settings, offset)
        .iter()
        .find(|question| question.evidence.extents[0].touches(offset))?;
    let asked = json!({
        "mode": "cursor",
        "textDocument": { "uri": spelling(uri) },
        "position": params.range.start,
    });
    let command = Command::new(ASK.into(), START.into(), Some(vec![asked]));
    Some(CodeAction {
        title: ASK.into(),
        kind: Some(QUIZ),
        command: Some(command),
        ..CodeAction::default()
    })
}

/// An interview about the code at the start of the range, where there is one.
fn interview(world: &mut World, params: &CodeActionParams) -> Option<CodeAction> {
    let World { client, documents, library, .. } = world;
    let uri = &params.text_document.uri;
    let (document, settings) = documents.get_mut(uri)?.analysed()?;
    let offset = client.encoding.offset(document.text(), params.range.start);
    quiz::is_interview_offered(library, document, settings, offset).then_some(())?;
    let asked = json!({
        "textDocument": { "uri": spelling(uri) },
        "position": params.range.start,
    });
    let command = Command::new(TALK.into(), quiz::INTERVIEW.into(), Some(vec![asked]));
    Some(CodeAction {
        title: TALK.into(),
        kind: Some(QUIZ),
        command: Some(command),
        ..CodeAction::default()
    })
}

/// Fills in the edit of an action that was offered for the text as it still is.
pub fn resolve(world: &mut World, mut action: CodeAction) -> Result<CodeAction> {
    let Some(data) = action.data.clone() else { return Ok(action) };
    let lazy: Lazy = serde_json::from_value(data)
        .map_err(|error| Error::invalid_params(format!("not an action of this server: {error}")))?;
    let World { client, documents, library, workspace, imported, .. } = world;
    let uri = opaque(&lazy.uri);
    documents.get(&uri).filter(|open| open.version == lazy.version).ok_or_else(outdated)?;
    let asked = Asked::of(documents, workspace, imported, &uri).ok_or_else(outdated)?;
    let edits: Vec<Edit> = match lazy.what {
        What::Rewrite { id, start, end } => {
            let span = Span::new(start.min(end), end);
            let Analysed::Python(document) = asked.content else { return Err(outdated()) };
            let settings = asked.settings;
            let all = analysis::rewrites(library, document, settings, span);
            let found = all.into_iter().find(|rewrite| rewrite.id == id).map(|it| it.offer);
            let Some(Offer::Edits { edits, blank }) = found else { return Err(outdated()) };
            let place = (&uri, lazy.version);
            action.edit = Some(refactorings::edit(client, document.text(), place, &edits, blank));
            return Ok(action);
        }
        What::FixAll => asked.fix_all(library).edits,
        What::Fix { rule, start, end, index } => {
            let span = Span::new(start.min(end), end);
            let found = asked.fixes(library, span);
            let found = found.into_iter().find(|found| {
                found.finding.rule == rule && found.finding.span == Span { start, end }
            });
            let fix = found.and_then(|mut found| {
                (index < found.fixes.len()).then(|| found.fixes.swap_remove(index))
            });
            // The list was made without edits: what the reader chose is what the title said.
            let fix = fix.filter(|fix| plain(&fix.title) == action.title);
            fix.ok_or_else(outdated)?.edits
        }
        What::Ignore { rule, start, end } => {
            let findings = asked.findings(library);
            let found = findings
                .into_iter()
                .find(|finding| finding.rule == rule && finding.span == Span { start, end });
            let edits = found.and_then(|finding| asked.silence(library, &finding));
            edits.ok_or_else(outdated)?
        }
    };
    action.edit = Some(workspace_edit(client, asked.text(), &uri, lazy.version, &edits));
    Ok(action)
}

fn outdated() -> Error {
    Error {
        message: "the document changed since the action was offered".into(),
        ..Error::new(ErrorCode::ContentModified)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_hierarchical() {
        let asks = |only: &[&'static str], kind: &CodeActionKind| {
            let only: Vec<_> = only.iter().map(|&kind| CodeActionKind::new(kind)).collect();
            wanted(Some(&only), kind)
        };
        assert!(wanted(None, &FIX_ALL));
        assert!(asks(&[""], &FIX_ALL));
        assert!(asks(&["source"], &FIX_ALL));
        assert!(asks(&["refactor", "source.fixAll"], &FIX_ALL));
        assert!(asks(&["source.fixAll.pygloss"], &FIX_ALL));
        assert!(!asks(&["source.fixAll.ruff"], &FIX_ALL));
        assert!(!asks(&["source.fix"], &FIX_ALL));
        assert!(asks(&["source"], &QUIZ));
        assert!(!asks(&["source.fixAll"], &QUIZ));
        assert!(!asks(&["source.organizeImports"], &QUIZ));
        assert!(!asks(&[], &FIX_ALL));
        assert!(!asks(&["quickfix.ruff"], &CodeActionKind::QUICKFIX));
    }

    #[test]
    fn what_a_lazy_action_carries_comes_back() {
        let uri = "file:///a b.py".to_owned();
        let fix = What::Fix { rule: "loop-closure".into(), start: 3, end: 9, index: 1 };
        let rewrite = What::Rewrite { id: "loop-to-comprehension".into(), start: 3, end: 3 };
        for what in [What::FixAll, fix, rewrite] {
            let lazy = Lazy { uri: uri.clone(), version: 4, what };
            let json = serde_json::to_value(&lazy).unwrap();
            assert_eq!(serde_json::from_value::<Lazy>(json).unwrap(), lazy);
        }
    }
}
