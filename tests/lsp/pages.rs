//! Reading on: the page behind a card, for clients that show it themselves and for the others.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::client::Client;
use crate::documents::URI;

const TOUR: &str = include_str!("../../content/python-interview-5/decorators/tour.py");
const OPEN: &str = "pygloss.page.open";

/// The line with the decorator of the tour.
fn line() -> usize {
    TOUR.lines().position(|line| line.starts_with("@rate_limit")).unwrap()
}

fn markdown() -> Value {
    json!({ "hover": { "contentFormat": ["markdown", "plaintext"] } })
}

/// A client that draws pages itself.
fn rich() -> Client {
    Client::start(json!({
        "textDocument": markdown(),
        "experimental": { "pygloss": { "protocol": 1 } },
    }))
}

fn name(topic: &Value) -> &str {
    topic["name"].as_str().unwrap_or("-")
}

/// Runs the command; what comes back, and the first thing that the server then shows.
fn open(client: &mut Client, topic: &str) -> (Value, Value) {
    let params = json!({ "command": OPEN, "arguments": [{ "topic": topic }] });
    let answer = client.call("workspace/executeCommand", params);
    let shown = client.expect("a page", |message| {
        message["method"].as_str().is_some_and(|method| method.starts_with("window/show"))
    });
    (answer, shown)
}

#[test]
fn pages_lead_through_the_chapter() {
    let mut client = rich();
    let topics = client.call("pygloss/topics", json!({}));
    let topics = topics.as_array().unwrap();
    let concepts: Vec<&str> =
        topics.iter().filter(|topic| topic["kind"] == "concept").map(name).collect();
    assert_eq!(concepts[..2], ["decorators", "generators"]);
    assert!(topics[0]["cards"].as_u64().unwrap() > 10, "{}", topics[0]);
    let mut read = vec![concepts[0].to_owned()];
    loop {
        let topic = read.last().unwrap().clone();
        let page = client.call("pygloss/page", json!({ "topic": topic }));
        assert_eq!(name(&page["topic"]), topic);
        assert_eq!(page["content"]["kind"], "markdown");
        assert!(page["content"]["value"].as_str().unwrap().starts_with("# "), "{page}");
        let previous = page["previous"]["name"].as_str().map(str::to_owned);
        assert_eq!(previous, read.iter().rev().nth(1).cloned());
        let Some(next) = page["next"]["name"].as_str() else { break };
        assert!(page["ways"].as_str().unwrap().contains(&format!("({next}.md)")), "{page}");
        read.push(next.to_owned());
    }
    assert_eq!(read, concepts);
}

#[test]
fn a_rule_leads_to_its_topic() {
    let mut client = rich();
    let page = client.call("pygloss/page", json!({ "topic": "ruff:B023" }));
    assert_eq!((name(&page["topic"]), name(&page["within"])), ("loop-closure", "decorators"));
    assert!(page["ways"].as_str().unwrap().starts_with("[Topic: Decorators](../decorators.md)"));
    let page = client.call("pygloss/page", json!({ "topic": "decorators" }));
    assert_eq!(name(&page["within"]), "-");
}

#[test]
fn the_code_at_a_place_has_the_page_of_its_card() {
    let mut client = rich();
    client.open(URI, TOUR);
    let at = |line: usize, character: u32| json!({ "textDocument": { "uri": URI }, "position": { "line": line, "character": character } });
    let page = client.call("pygloss/page", at(line(), 3));
    assert_eq!(name(&page["topic"]), "decorators");
    let params = json!({ "command": OPEN, "arguments": [at(line(), 3)] });
    assert_eq!(client.call("workspace/executeCommand", params), page);
    assert_eq!(client.call_in_vain("pygloss/page", at(1, 0)), -32803, "no card, no page");
    let elsewhere = json!({
        "textDocument": { "uri": "file:///not/open.py" },
        "position": { "line": 0, "character": 0 },
    });
    assert_eq!(client.call_in_vain("pygloss/page", elsewhere), -32803);
}

#[test]
fn what_is_no_topic_is_refused_by_name() {
    let mut client = rich();
    let id = client.request("pygloss/page", json!({ "topic": "decorator" }));
    let error = client.response(id)["error"].clone();
    assert_eq!(error["code"], -32602);
    assert_eq!(error["message"], "nothing is called `decorator`; did you mean `decorators`?");
    for params in [json!({}), Value::Null, json!({ "topic": 1 }), json!({ "position": {} })] {
        assert_eq!(client.call_in_vain("pygloss/page", params), -32602);
    }
    let params = json!({ "command": OPEN, "arguments": [] });
    assert_eq!(client.call_in_vain("workspace/executeCommand", params), -32602);
}

/// The files that a page links to.
fn links(page: &Path) -> Vec<PathBuf> {
    let text = fs::read_to_string(page).unwrap();
    let ways = text.lines().last().unwrap();
    let targets = ways.split("](").skip(1).map(|rest| rest.split(')').next().unwrap());
    targets.map(|target| page.parent().unwrap().join(target)).collect()
}

#[test]
fn other_clients_show_it_as_a_file() {
    let mut client = Client::start(json!({
        "textDocument": markdown(),
        "window": { "showDocument": { "support": true } },
    }));
    for (topic, count) in [("generators", 2), ("decorators", 1), ("wraps-misused", 2)] {
        let (answer, shown) = open(&mut client, topic);
        assert_eq!(answer, Value::Null);
        assert_eq!(shown["method"], "window/showDocument");
        assert_eq!(shown["params"]["takeFocus"], true);
        let path = shown["params"]["uri"].as_str().unwrap().strip_prefix("file://").unwrap();
        let path = Path::new(path);
        assert!(path.starts_with(client.home()), "{path:?}");
        assert!(path.ends_with(format!("{topic}.md")), "{path:?}");
        let links = links(path);
        assert_eq!(links.len(), count, "{links:?}");
        assert!(links.iter().all(|link| link.is_file()), "{links:?}");
        client.answer(&shown["id"], json!({ "success": true }));
    }
    let (_, shown) = open(&mut client, "generators");
    client.answer(&shown["id"], json!({ "success": false }));
    let said = client.expect_call("window/showMessage");
    assert!(said["params"]["message"].as_str().unwrap().ends_with("generators.md"), "{said}");
}

#[test]
fn clients_without_markdown_get_plain_text() {
    let mut client = Client::start(json!({}));
    let page = client.call("pygloss/page", json!({ "topic": "decorators" }));
    let plain = page["content"]["value"].as_str().unwrap();
    assert_eq!(page["content"]["kind"], "plaintext");
    assert!(plain.starts_with("Decorators\n\nThe answer\n\nA decorator is "), "{plain}");
    let (_, shown) = open(&mut client, "decorators");
    assert_eq!(shown["method"], "window/showMessage");
    let path = shown["params"]["message"].as_str().unwrap().strip_prefix("pygloss: the page is ");
    let page = fs::read_to_string(path.unwrap()).unwrap();
    assert!(page.starts_with(plain), "the same text");
    assert!(page.ends_with("Next: Generators and iterators (generators.txt)\n"), "{page}");
}

#[test]
fn a_card_links_to_its_page_where_our_links_are_trusted() {
    let card = |options: Value| {
        let mut client = Client::start_with(json!({
            "processId": null, "rootUri": null, "initializationOptions": options,
            "capabilities": { "textDocument": markdown() },
        }));
        client.open(URI, TOUR);
        let id = client.ask_hover(URI, (line() as u32, 3));
        client.response(id)["result"]["contents"]["value"].as_str().unwrap().to_owned()
    };
    let (plain, linked) = (card(Value::Null), card(json!({ "commandLinks": true })));
    assert!(!plain.contains("command:"), "{plain}");
    let link = " · [Read on: Decorators](command:pygloss.page.open?\
                %5B%7B%22topic%22%3A%22python-interview-5%2Fdecorators%22%7D%5D)\n";
    assert_eq!(linked.strip_suffix(link), Some(plain.trim_end()), "nothing else differs");
    assert_eq!(linked.lines().count(), plain.lines().count(), "and no line is added");
}
