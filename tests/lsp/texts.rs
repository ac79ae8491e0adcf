//! Texts that are hard on parsers, and texts that are no Python at all: the server neither dies nor
//! hangs, and no answer is an error.

use serde_json::{Value, json};

use crate::client::{Client, result};
use crate::documents::{URI, assert_alive, replace};

/// More than any text here may take, in MiB.
const MUCH_MEMORY: u64 = 500;

fn client() -> Client {
    Client::start(json!({ "textDocument": {
        "diagnostic": {},
        "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [""] } } },
    } }))
}

/// Asks everything about `text` at its beginning, middle and end, before and after edits there.
fn survive(client: &mut Client, what: &str, text: &str) {
    client.open(URI, text);
    let last = text.matches('\n').count() as u32;
    let mut asked = Vec::new();
    for (version, line) in [(2, 0), (3, last / 2), (4, last)] {
        for at in [(line, 0), (line, 10), (line, 1_000_000)] {
            asked.push(client.ask_hover(URI, at));
        }
        client.change(URI, version, json!([replace((line, 0), (line, 0), "\"'''(")]));
        asked.push(client.ask_hover(URI, (line, 2)));
        client.change(URI, version, json!([replace((line, 0), (line, 5), "")]));
    }
    for id in asked {
        result(client.response(id));
    }
    let actions = client.actions(URI, (0, 0), (last, 0));
    assert!(actions.is_null() || actions.is_array(), "{what}: {actions}");
    assert!(client.pull(URI, None)["items"].is_array(), "{what}");
    // Not `assert_eq!`, which would print megabytes.
    assert!(client.held(URI) == (text.to_owned(), 4), "{what}: the text is another one");
    client.close(URI);
    assert_alive(client);
}

fn survive_all(texts: &[(&str, String)]) {
    let mut client = client();
    for (what, text) in texts {
        let start = std::time::Instant::now();
        survive(&mut client, what, text);
        println!("{what}: {:?}", start.elapsed());
    }
    let memory = client.memory();
    println!("memory: {memory} MiB");
    assert!(memory < MUCH_MEMORY, "{memory} MiB for texts of a few MB");
    assert_eq!(client.finish(), 0);
}

/// `unit` 100,000 times, 100 to a line.
fn in_lines(unit: &str) -> String {
    format!("{}\n", unit.repeat(100)).repeat(1000)
}

#[test]
fn a_hundred_thousand_open_brackets() {
    survive_all(&[
        ("round", in_lines("(")),
        ("square", in_lines("[")),
        ("curly", in_lines("{")),
        ("closing", in_lines(")")),
        ("all kinds", in_lines("([{")),
        ("calls", in_lines("f(")),
        ("lambdas", in_lines("(lambda:")),
        ("on one line", "(".repeat(100_000)),
    ]);
}

#[test]
fn a_hundred_thousand_closed_brackets() {
    survive_all(&[
        ("round", format!("{}{}", in_lines("("), in_lines(")"))),
        ("list", format!("x = [\n{}{}]\n", in_lines("["), in_lines("]"))),
        ("dict", format!("x = (\n{}1\n{})\n", in_lines("{1:"), in_lines("}"))),
        ("subscripts", format!("x = (a\n{}0\n{})\n", in_lines("[a"), in_lines("]"))),
        ("pairs", in_lines("()")),
    ]);
}

#[test]
fn other_deep_nesting() {
    let indented = |limit: usize, line: &str| -> String {
        (0..limit).map(|depth| format!("{}{line}\n", " ".repeat(depth))).collect()
    };
    survive_all(&[
        ("not", format!("x = (\n{}1)\n", in_lines("not "))),
        ("minus", format!("x = (\n{}1)\n", in_lines("-"))),
        ("attributes", format!("x = (a\n{})\n", in_lines(".b"))),
        ("calls of calls", format!("x = (a\n{})\n", in_lines("()"))),
        ("sum", format!("x = (1\n{})\n", in_lines("+1"))),
        ("await", format!("async def f():\n  x = (\n{}1)\n", in_lines("await "))),
        ("conditions", format!("x = (1\n{})\n", " if 1 else 1\n".repeat(10_000))),
        ("decorators", format!("{}def f(): pass\n", "@d\n".repeat(2000))),
        ("decorators left open", "@d(\n".repeat(30_000)),
        ("if", format!("{}{}pass\n", indented(1000, "if x:"), " ".repeat(1000))),
        ("def", indented(1000, "def f():")),
        ("class without body", indented(1000, "class C(")),
        ("elif", format!("if x: pass\n{}", "elif x: pass\n".repeat(5000))),
        ("f-strings", format!("x = {}1{}\n", "f'{".repeat(1000), "}'".repeat(1000))),
        ("open f-strings", "f'''{\n".repeat(10_000)),
        ("patterns", format!("match x:\n case {}{}: pass\n", "[".repeat(5000), "]".repeat(5000))),
    ]);
}

#[test]
fn ten_thousand_backslash_lines() {
    survive_all(&[
        ("alone", "\\\n".repeat(10_000)),
        ("with a carriage return", "\\\r\n".repeat(10_000)),
        ("in an expression", format!("x = 1 + \\\n{}1\n", "1 + \\\n".repeat(10_000))),
        ("after decorators", "@d \\\n".repeat(10_000)),
    ]);
}

#[test]
fn prose_as_python() {
    let sentence = "It's the reader's own fault, isn't it (or so they say): \"if in doubt, don't\"; \
                    for example, with 3 o'clock tea - that's what he 'd said.\n";
    survive_all(&[
        ("5,000 lines", sentence.repeat(5000)),
        ("paragraphs", format!("{sentence}\n").repeat(2000)),
        ("an encyclopedia's letter", "def. class; if: else (import @ for lambda\n".repeat(5000)),
    ]);
}

#[test]
fn a_triple_quote_left_open_before_astral_text() {
    let astral = "𝒻😀 = '漢字' # 😀😀😀😀😀😀😀😀\n".repeat(10_000);
    survive_all(&[
        ("single", format!("x = '''\n{astral}")),
        ("double", format!("x = 1\nf(\"\"\"{astral}")),
        ("f-string", format!("f'''{{\n{astral}")),
        ("in a class", format!("class C:\n    '''\n{}", astral.replace("𝒻", "    𝒻"))),
    ]);
}

#[test]
fn one_huge_line() {
    survive_all(&[
        ("4 MB of names", "name ".repeat(800_000)),
        ("4 MB in brackets", format!("x = [{}]\n", "1, ".repeat(1_300_000))),
        ("4 MB of string", format!("x = '{}'\n", "é".repeat(2_000_000))),
        ("3 MB of comment", format!("# {}\n", "😀".repeat(750_000))),
        ("a line just within the limit", format!("x = [{}]\n", "1,".repeat(32_000))),
    ]);
}

#[test]
fn odd_characters() {
    let all_controls: String = (0..0xA0).filter_map(char::from_u32).collect();
    survive_all(&[
        ("nothing", String::new()),
        ("nul", "\0".repeat(1000)),
        ("controls", all_controls.repeat(100)),
        ("byte order marks", "\u{feff}".repeat(1000)),
        ("byte order mark inside", "x = 1\n\u{feff}y = 2\n".repeat(100)),
        ("form feeds", "\u{c}\n\u{c}x = 1\n".repeat(1000)),
        ("carriage returns", "@d\rdef f(): pass\r\r".repeat(1000)),
        ("mixed line breaks", "x = 1\r\n\ry = 2\n\r".repeat(1000)),
        ("no characters", "\u{fffe}\u{ffff}\u{10ffff}".repeat(1000)),
        ("combining", "x\u{301}\u{301}\u{301} = 1\n".repeat(1000)),
        ("right to left", "\u{202e}x = 'a' # \u{2066}\n".repeat(1000)),
        ("tabs", "\t\t if x:\n        \ty\n".repeat(1000)),
    ]);
}

#[test]
fn sixty_four_mebibytes() {
    let mut client = client();
    let line = format!("# {}\n", "x".repeat(1021));
    let text = line.repeat((64 << 20) / line.len());
    assert_eq!(text.len(), 64 << 20);
    client.open(URI, &text);
    assert_eq!(client.hover(URI, (30_000, 3)), Value::Null);
    assert_eq!(client.pull(URI, None)["items"], json!([]));
    client.change(URI, 2, json!([replace((30_000, 3), (30_000, 4), "é")]));
    assert_eq!(client.hover(URI, (30_000, 3)), Value::Null);
    println!("memory: {} MiB", client.memory());
    // Its text can be made small again by an edit, and is analysed from then on.
    let rest = replace((0, 0), (u32::MAX, 0), crate::documents::DECORATED);
    client.change(URI, 3, json!([rest]));
    assert!(client.hover(URI, crate::documents::API_CALL).is_object());
    assert_eq!(client.finish(), 0);
}

#[test]
fn halves_of_surrogate_pairs() {
    let mut client = client();
    let open = |uri: &str, text: &str| {
        format!(
            r#"{{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{{"textDocument":{{"uri":"{uri}","languageId":"python","version":1,"text":"{text}"}}}}}}"#
        )
    };
    client.send_body(&open(URI, r"x = '\ud800'\ny\udfffz\ud83d\ud83d\ude00"));
    assert_eq!(client.held(URI).0, "x = '\u{fffd}'\ny\u{fffd}z\u{fffd}😀");
    // One half is one UTF-16 code unit, before and after.
    client.change(URI, 2, json!([replace((1, 2), (1, 3), "!")]));
    assert_eq!(client.held(URI).0, "x = '\u{fffd}'\ny\u{fffd}!\u{fffd}😀");
    for elsewhere in [
        r#"{"jsonrpc":"2.0","id":"half","method":"textDocument/hover\udc00","params":{}}"#,
        r#"{"jsonrpc":"2.0","id":"half","method":"unknown","params":{"\ud800":"\udbff"}}"#,
    ] {
        client.send_body(elsewhere);
        assert_eq!(client.response("half")["error"]["code"], -32601, "{elsewhere}");
    }
    client.send_body(r#"{"jsonrpc":"2.0","id":"\ud800","method":"unknown"}"#);
    assert_eq!(client.response("\u{fffd}")["error"]["code"], -32601);
    client.send_body(&open(r"file:///\ud800.py", "x"));
    assert_eq!(client.held("file:///\u{fffd}.py").0, "x");
    assert_alive(&mut client);
}
