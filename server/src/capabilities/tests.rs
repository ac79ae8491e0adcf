use std::path::Path;

use expect_test::{Expect, expect};

use super::*;

/// The recorded `initialize` request of a client, as it reaches the server.
fn recorded(client: &str) -> InitializeParams {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lsp/clients");
    let json = std::fs::read_to_string(path.join(format!("{client}.json"))).unwrap();
    let params: Value = serde_json::from_str(&json).unwrap();
    serde_json::from_value(crate::gate::as_tower_lsp_takes_it("initialize", params)).unwrap()
}

/// Compares the names of what is set, and the encoding.
fn check(client: &str, expected: &Expect) {
    let debug = format!("{:?}", ClientCaps::new(&recorded(client)));
    let fields = debug.trim_start_matches("ClientCaps { ").trim_end_matches(" }").split(", ");
    let set = fields.filter_map(|field| match field.split_once(": ") {
        Some((_, "false")) => None,
        Some((name, "true")) => Some(name),
        _ => field.strip_prefix("encoding: "),
    });
    expected.assert_eq(&set.collect::<Vec<_>>().join(" "));
}

#[test]
fn vscode() {
    let expected = expect![[
        r#"Utf16 markdown action_literals preferred_actions disabled_actions lazy_actions versioned_edits snippet_edits apply_edit pull_diagnostics refresh_diagnostics inlay_hints refresh_hints code_lenses refresh_lenses related_information code_description tag_unnecessary tag_deprecated configuration register_configuration watch_files show_document prompts"#
    ]];
    check("vscode-1.100", &expected);
    check("vscode-1.139", &expected);
}

#[test]
fn neovim() {
    check(
        "neovim-0.11.4",
        &expect![
            "Utf8 markdown action_literals preferred_actions lazy_actions apply_edit pull_diagnostics inlay_hints refresh_hints code_lenses related_information tag_unnecessary tag_deprecated configuration show_document prompts long_titles"
        ],
    );
}

#[test]
fn emacs() {
    check(
        "eglot",
        &expect![
            "Utf16 markdown action_literals preferred_actions versioned_edits apply_edit tag_unnecessary tag_deprecated configuration watch_files prompts"
        ],
    );
    check(
        "lsp-mode",
        &expect![
            "Utf16 markdown action_literals preferred_actions lazy_actions versioned_edits apply_edit related_information tag_unnecessary tag_deprecated configuration watch_files prompts long_titles"
        ],
    );
}

#[test]
fn kakoune() {
    check(
        "kak-lsp",
        &expect![
            "Utf8 markdown action_literals versioned_edits apply_edit inlay_hints code_lenses related_information configuration watch_files prompts long_titles"
        ],
    );
}

#[test]
fn helix() {
    check(
        "helix",
        &expect![
            "Utf8 markdown action_literals preferred_actions disabled_actions lazy_actions versioned_edits apply_edit pull_diagnostics refresh_diagnostics inlay_hints tag_unnecessary tag_deprecated configuration watch_files show_document prompts long_titles"
        ],
    );
}

#[test]
fn vim() {
    check("ale", &expect!["Utf16 related_information"]);
}

#[test]
fn a_client_that_declares_nothing_gets_the_floor() {
    let caps = ClientCaps::new(&InitializeParams::default());
    assert_eq!(caps, ClientCaps::default());
    let announced = serde_json::to_value(caps.announce(&["pygloss.x"]).capabilities).unwrap();
    let expected = json!({
        "positionEncoding": "utf-16",
        "textDocumentSync": {"openClose": true, "change": 2, "save": true},
        "hoverProvider": true,
        "executeCommandProvider": {"commands": ["pygloss.x"]},
        "workspace": {"workspaceFolders": {"supported": true, "changeNotifications": true}},
        "experimental": {"pygloss": {"protocol": 1}},
    });
    assert_eq!(announced, expected);
}

#[test]
fn announcements_follow_the_client() {
    let announced = |client| {
        let caps = ClientCaps::new(&recorded(client));
        serde_json::to_value(caps.announce(&[]).capabilities).unwrap()
    };
    let neovim = announced("neovim-0.11.4");
    assert_eq!(neovim["positionEncoding"], "utf-8");
    assert_eq!(
        neovim["diagnosticProvider"],
        json!({"identifier": "pygloss", "interFileDependencies": false, "workspaceDiagnostics": false})
    );
    assert_eq!(
        neovim["codeActionProvider"],
        json!({"codeActionKinds": ["quickfix", "refactor.rewrite.pygloss", "source.fixAll.pygloss", "source.pygloss.quiz", "source.pygloss.practice"], "resolveProvider": true})
    );
    let kakoune = announced("kak-lsp");
    assert_eq!(kakoune["codeActionProvider"]["resolveProvider"], false);
    assert_eq!(kakoune.get("diagnosticProvider"), None);
    assert_eq!(announced("ale").get("codeActionProvider"), None);
}

#[test]
fn trust_and_links_come_from_the_initialization_options() {
    let options = json!({"commandLinks": true, "workspaceTrusted": true});
    let params =
        InitializeParams { initialization_options: Some(options), ..InitializeParams::default() };
    let caps = ClientCaps::new(&params);
    assert!(caps.command_links && caps.trusted_workspace);
}

/// It takes edits like any other, but answers prompts by itself.
#[test]
fn vim_shows_no_prompts() {
    let prompts = |name: &str| {
        let params = serde_json::json!({
            "clientInfo": { "name": name },
            "capabilities": { "workspace": { "applyEdit": true }, "window": {} },
        });
        ClientCaps::new(&serde_json::from_value(params).unwrap()).prompts
    };
    assert!(!prompts("Vim"));
    assert!(prompts("vim-lsp"));
}
