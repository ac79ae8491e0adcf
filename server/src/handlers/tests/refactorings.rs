//! Conversions, as each client sees them.

use super::*;

const LOOP: &str = "\
squares = []
for number in range(3):
    squares.append(number)

def log(func): ...
";

impl Session {
    /// The conversions at a place that a reader asks for.
    fn rewrites(&mut self, line: u32, character: u32, context: Value) -> Vec<Value> {
        let place = json!({"line": line, "character": character});
        let params = json!({
            "textDocument": {"uri": uri()},
            "range": {"start": place, "end": place},
            "context": context,
        });
        let params = serde_json::from_value(params).unwrap();
        let all = actions::list(&mut self.world, params).unwrap().unwrap_or_default();
        let all = all.iter().map(|action| serde_json::to_value(action).unwrap());
        all.filter(|action| action["kind"].as_str().unwrap().starts_with("refactor")).collect()
    }
}

fn asked(only: &str) -> Value {
    json!({"diagnostics": [], "only": [only], "triggerKind": 1})
}

#[test]
fn a_conversion_is_offered_as_each_client_takes_it() {
    let mut vscode = Session::open("vscode-1.139", LOOP);
    let found = vscode.rewrites(1, 3, asked("refactor"));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["title"], "Make a comprehension of the loop");
    assert_eq!(found[0]["kind"], "refactor.rewrite.pygloss.loop-to-comprehension");
    assert_eq!(found[0].get("edit"), None);
    let edit = vscode.resolve(&found[0]).unwrap()["edit"].clone();
    assert_eq!(edit["documentChanges"][0]["textDocument"]["version"], 1);
    let after = vscode.apply(&edit);
    assert!(after.starts_with("squares = [number for number in range(3)]\n\ndef log"), "{after}");
    let mut eglot = Session::open("eglot", LOOP);
    let found = eglot.rewrites(1, 3, asked("refactor"));
    assert_eq!(eglot.apply(&found[0]["edit"]), after);
    assert_eq!(Session::open("ale", LOOP).rewrites(1, 3, asked("refactor")), Vec::<Value>::new());
}

#[test]
fn a_kind_that_is_asked_for_is_given_alone() {
    let mut session = Session::open("vscode-1.139", LOOP);
    let mut count = |only: &str| session.rewrites(1, 3, asked(only)).len();
    assert_eq!(count("refactor.rewrite"), 1);
    assert_eq!(count("refactor.rewrite.pygloss.loop-to-comprehension"), 1);
    assert_eq!(count("refactor.rewrite.pygloss.list-to-generator"), 0);
    assert_eq!(count("refactor.extract"), 0);
    assert_eq!(count("quickfix"), 0);
    assert_eq!(count(""), 1);
}

#[test]
fn what_would_be_wrong_is_said_to_whom_asks() {
    let source = LOOP.replace("append(number)", "append(number or squares)");
    let mut vscode = Session::open("vscode-1.139", &source);
    let found = vscode.rewrites(1, 3, asked("refactor"));
    assert_eq!(found[0]["disabled"]["reason"], "The loop reads squares while it fills it.");
    assert_eq!(found[0].get("data"), None);
    let unasked = json!({"diagnostics": [], "triggerKind": 2});
    assert_eq!(vscode.rewrites(1, 3, unasked), Vec::<Value>::new());
    // Neovim does not say that it shows reasons.
    let mut neovim = Session::open("neovim-0.11.4", &source);
    assert_eq!(neovim.rewrites(1, 3, asked("refactor")), Vec::<Value>::new());
}

#[test]
fn a_body_to_write_is_a_snippet_where_the_client_has_them() {
    let mut vscode = Session::open("vscode-1.139", LOOP);
    let found = vscode.rewrites(4, 5, asked("refactor"));
    let resolved = vscode.resolve(&found[0]).unwrap();
    let edits = &resolved["edit"]["documentChanges"][0]["edits"];
    assert_eq!(edits[0]["newText"], "import functools\n\n");
    let snippet = edits[1]["newText"].as_str().unwrap();
    assert!(snippet.contains("\n        ${0:return func(*args, **kwargs)}\n"), "{snippet}");
    let mut helix = Session::open("helix", LOOP);
    let found = helix.rewrites(4, 5, asked("refactor"));
    let resolved = helix.resolve(&found[0]).unwrap();
    let after = helix.apply(&resolved["edit"]);
    assert!(after.contains("\n        return func(*args, **kwargs)\n\n    return wrapper\n"));
}

#[test]
fn a_fix_that_does_the_same_is_enough() {
    let source = "\
def f(words):
    groups = {}
    for word in words:
        if word not in groups:
            groups[word] = []
        groups[word].append(1)
    return groups
";
    let mut session = Session::open("vscode-1.139", source);
    let everything = json!({"diagnostics": [], "triggerKind": 1});
    assert_eq!(session.rewrites(3, 12, everything), Vec::<Value>::new());
    assert_eq!(session.rewrites(3, 12, asked("refactor")).len(), 1);
}

#[test]
fn an_outdated_conversion_is_refused() {
    let mut session = Session::open("vscode-1.139", LOOP);
    let found = session.rewrites(1, 3, asked("refactor"));
    session.change(2, 0, "\n");
    assert_eq!(session.resolve(&found[0]), Err(-32801));
}
