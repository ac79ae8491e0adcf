//! The other servers that look at the reader's files, as far as the client tells.

use pygloss_core::Library;
use serde_json::Value;
use tower_lsp::jsonrpc::Error;
use tower_lsp::lsp_types::{Diagnostic, NumberOrString, Range};

use super::commands::CustomRequest;
use crate::owner::Reply;
use crate::world::World;

/// The request by which a client says that other servers came or went.
pub const REQUESTS: &[CustomRequest] = &[CustomRequest { method: "pygloss/peers", run: changed }];

/// What ruff's server is called: in Neovim, as an extension of VS Code, and its predecessor.
const RUFF: &[&str] = &["ruff", "charliermarsh.ruff", "ruff-lsp", "ruff_lsp"];

/// Whether ruff is one of the `peers` of some parameters; nothing where these have none.
pub fn runs_ruff(params: &Value) -> Option<bool> {
    let names = params["peers"].as_array()?;
    let is_ruff = |name: &str| RUFF.iter().any(|ruff| name.eq_ignore_ascii_case(ruff));
    Some(names.iter().filter_map(Value::as_str).any(is_ruff))
}

fn changed(world: &mut World, params: Value, reply: Reply<Value>) {
    let Some(runs_ruff) = runs_ruff(&params) else {
        reply.send(Err(Error::invalid_params("`peers` must be a list of names")));
        return;
    };
    if world.runs_ruff != runs_ruff {
        world.runs_ruff = runs_ruff;
        world.settings_changed();
    }
    reply.send(Ok(Value::Null));
}

/// Those of the client's diagnostics by which another linter says on the lines of `range` what `rule`
/// says.
pub fn reported_by_others(
    library: &Library,
    rule: &str,
    range: Range,
    diagnostics: &[Diagnostic],
) -> Vec<Diagnostic> {
    let Some(rule) = library.rule(rule) else { return Vec::new() };
    let is_meant = |diagnostic: &&Diagnostic| {
        let (Some(NumberOrString::String(code)), Some(source)) =
            (&diagnostic.code, &diagnostic.source)
        else {
            return false;
        };
        let mut names = rule.aliases.iter().filter_map(|alias| alias.split_once(':'));
        let lines = |range: &Range| (range.start.line, range.end.line);
        let ((start, end), (first, last)) = (lines(&diagnostic.range), lines(&range));
        (start <= last && first <= end)
            && names.any(|(tool, name)| name == code && tool.eq_ignore_ascii_case(source))
    };
    diagnostics.iter().filter(is_meant).cloned().collect()
}
