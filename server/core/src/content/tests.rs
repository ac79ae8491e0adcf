//! Packs with one fault each, and what the loader says about it.

mod code_interview;
mod exercises;
mod interview;
mod reading;
mod refactorings;
mod units;
mod whole;

use super::Library;
use super::testing::add;

const PACK: &str = "id = \"p\"\ntitle = \"P\"\nlicence = \"MIT\"\nrequires-python = \">=3.9\"\nconcepts = [\"c\"]\n";
const CONCEPT: &str = "+++\ntitle = \"C\"\nunits = [\"c.key.1\"]\nlinks = []\n+++\nText.\n";
const TARGETS: &str = "((decorated_definition) @target\n (#set! card \"one\"))\n";
const FRONT: &str = "+++\ntitle = \"One\"\nfacts = \"decorated-function\"\ntargets = [\"D01\"]\nunits = [\"c.key.1\"]\nlinks = []\n+++\n";
const RULE: &str = "+++\ntitle = \"R\"\nseverity = \"warning\"\ncategory = \"style\"\nmessage = \"{name} is wrong\"\nunits = []\nlinks = []\n+++\nWhy.\n\n```py fires\nx\n```\n\n```py silent\ny\n```\n";

/// A pack without faults, with these files in place of its own; an empty text takes a file away.
fn pack(changes: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
    let card = format!("{FRONT}{{assignment}}\n");
    let mut files = vec![
        ("pack.toml", PACK),
        ("c/concept.md", CONCEPT),
        ("c/targets.scm", TARGETS),
        ("c/cards/one.md", &card),
        ("c/rules/bad.md", RULE),
    ];
    for (path, text) in changes {
        files.retain(|(other, _)| other != path);
        if !text.is_empty() {
            files.push((path, text));
        }
    }
    files.iter().map(|(path, text)| (path.to_string(), text.as_bytes().to_vec())).collect()
}

#[track_caller]
fn check(changes: &[(&str, &str)], expected: &[&str]) {
    let mut library = Library::default();
    let errors = add(&mut library, &pack(changes)).err().unwrap_or_default();
    let matches = errors.len() == expected.len()
        && errors.iter().zip(expected).all(|(error, expected)| error.starts_with(expected));
    assert!(matches, "expected {expected:#?}\nfound {errors:#?}");
    assert_eq!(library.packs().len(), usize::from(expected.is_empty()), "all or nothing");
}

/// One file of the pack with `from` replaced by `to`.
#[track_caller]
fn check_edit(path: &str, text: &str, from: &str, to: &str, expected: &[&str]) {
    assert!(text.contains(from), "nothing to replace");
    check(&[(path, &text.replacen(from, to, 1))], expected);
}

#[track_caller]
fn check_card(body: &str, expected: &[&str]) {
    check(&[("c/cards/one.md", &format!("{FRONT}{body}"))], expected);
}

#[test]
fn a_pack_without_faults_loads() {
    check(&[], &[]);
    check(&[("README.md", "# P"), ("c/quiz.toml", "")], &[]);
    check_edit("pack.toml", PACK, "\n", "\r\n", &[]);
}

#[test]
fn faults_of_the_manifest() {
    check(&[("pack.toml", "")], &["pack.toml: missing"]);
    check_edit("pack.toml", PACK, "id = \"p\"", "id = \"P 1\"", &["pack.toml:1: `P 1` is no id"]);
    check_edit("pack.toml", PACK, "licence", "license", &["pack.toml:3: unknown field `license`"]);
    check_edit("pack.toml", PACK, ">=3.9", "^3.9", &["pack.toml:4: `^3.9`: expected `>=3.9`"]);
    check_edit(
        "pack.toml",
        PACK,
        "[\"c\"]",
        "[\"c\", \"c\"]",
        &["pack.toml:5: the concept `c` is listed twice"],
    );
    check_edit("pack.toml", PACK, "[\"c\"]", "[\"c\",\n \"d\"]", &["d/concept.md: missing"]);
    check_edit("pack.toml", PACK, "title = \"P\"", "title = ", &["pack.toml:2: "]);
    check(
        &[("pack.toml", &format!("{PACK}retired = [\"c/one\"]"))],
        &["c/cards/one.md: the id `c/one` is taken: it is retired"],
    );
    check(
        &[("pack.toml", &format!("{PACK}retired = [\"one\"]"))],
        &["pack.toml:6: `one`: expected `concept/item`"],
    );
}

#[test]
fn files_that_nothing_asks_for() {
    check(&[("c/card/two.md", "x")], &["c/card/two.md: unexpected"]);
    check(&[("d/concept.md", "x")], &["d/concept.md: pack.toml lists no concept `d`"]);
    check(&[("c/run.py", "x")], &["c/run.py: unexpected"]);
    check(
        &[("c/cards/A.md", &format!("{FRONT}{{name}}"))],
        &["c/cards/A.md: `A` is no id", "c/cards/A.md: no pattern"],
    );
}

#[test]
fn faults_of_front_matter() {
    let card = format!("{FRONT}{{assignment}}\n");
    let path = "c/cards/one.md";
    check(&[(path, "x")], &["c/cards/one.md:1: expected `+++`"]);
    check_edit(path, &card, "+++\n{", "{", &["c/cards/one.md:1: the front matter has no end"]);
    check_edit(path, &card, "units", "unit", &["c/cards/one.md:5: unknown field `unit`"]);
    check_edit(
        path,
        &card,
        "decorated-function",
        "decorated-funktion",
        &[
            "c/cards/one.md:3: no provider of facts is named `decorated-funktion`; did you mean `decorated-function`?",
        ],
    );
    check_edit(path, &card, "D01", "D1", &["c/cards/one.md:4: `D1`: expected a hover target"]);
    check_edit(
        path,
        &card,
        "c.key.1",
        "c.key.2",
        &[
            "c/cards/one.md:5: no concept.md of the pack lists the unit `c.key.2`; did you mean `c.key.1`?",
        ],
    );
    check_edit(
        path,
        &card,
        "links = []",
        "links = [[\"x\", \"http://example.org\"]]",
        &["c/cards/one.md:6: the link `http://example.org`: only `https://`"],
    );
    check_edit(
        path,
        &card,
        "\"One\"",
        "\"<b>One</b>\"",
        &["c/cards/one.md:2: a title is one line of plain text"],
    );
    check_edit(
        "c/concept.md",
        CONCEPT,
        "Text.",
        "",
        &["c/concept.md:6: the page of a concept has no text"],
    );
    check_edit(
        "c/concept.md",
        CONCEPT,
        "Text.",
        "Text.\n\n[[worse]]",
        &["c/concept.md:8: no rule `worse`"],
    );
}

#[test]
fn faults_of_templates() {
    check_card(
        "{asignment}\n",
        &["c/cards/one.md:8: unknown slot `{asignment}`; did you mean `assignment`?"],
    );
    check_card("{assignment\n", &["c/cards/one.md:8: a `{` without `}`"]);
    check_card(
        "{a b}\n",
        &["c/cards/one.md:8: a `{` without `}`", "c/cards/one.md:8: a `}` without `{`"],
    );
    check_card("{A}\n", &["c/cards/one.md:8: not a slot `{A}`"]);
    check_card("a }\n", &["c/cards/one.md:8: a `}` without `{`"]);
    check_card(
        "{name}\n{steps}\n",
        &["c/cards/one.md:9: `{steps}` is a list; name a field: `{steps.decorator}`"],
    );
    check_card(
        "{name}\n- {steps.decorater}\n",
        &["c/cards/one.md:9: unknown slot `{steps.decorater}`; did you mean `decorator`?"],
    );
    check_card("{name.x}\n", &["c/cards/one.md:8: `{name.x}`: `name` is no list"]);
    check_card("`{name}`\n", &["c/cards/one.md:8: `{name}` brings its own back-ticks"]);
    check_card(
        "[{name}](https://example.org)\n",
        &["c/cards/one.md:8: the slot `{name}` inside a link"],
    );
    check_card("{name}{line}\n", &["c/cards/one.md:8: a slot touches"]);
    check_card("a `b`{name}\n", &["c/cards/one.md:8: a slot touches"]);
    check_card("a ` {name}\n", &["c/cards/one.md:8: a back-tick without its partner"]);
    check_card(
        "a `b\nc` {name}\n",
        &[
            "c/cards/one.md:8: a code span that does not end",
            "c/cards/one.md:9: a back-tick without",
        ],
    );
    check_card("## Here\n{name}\n", &["c/cards/one.md:8: a card starts with a paragraph"]);
    check_card("{name}\n\n## There\nx\n", &["c/cards/one.md:10: the heading `There`"]);
    check_card("{name}\n\n### Here\nx\n", &["c/cards/one.md:10: the heading `Here`"]);
    check_card(
        "{name}\n\n## Watch for\nx\n\n## Here\ny\n",
        &["c/cards/one.md:13: the heading `Here`"],
    );
    check_card("{name}\n\nHere\n---\nx\n", &["c/cards/one.md:10: the heading `Here`"]);
    check_card(
        "{name}\n\n## Version\nSince 3.12 so.\n",
        &["c/cards/one.md:11: a line of `## Version` starts with"],
    );
    check_card("{name} [[bat]]\n", &["c/cards/one.md:8: no rule `bat`; did you mean `bad`?"]);
    check_card("{name} <b>x</b>\n", &["c/cards/one.md:8: raw HTML"]);
    check_card("{name}\n[x](command:x)\n", &["c/cards/one.md:9: the link `command:x`"]);
}

#[test]
fn faults_of_targets() {
    let path = "c/targets.scm";
    check_edit(
        path,
        TARGETS,
        "decorated_definition",
        "decorated",
        &["c/targets.scm:1: `decorated` is no node"],
    );
    check_edit(
        path,
        TARGETS,
        "(decorated_definition)",
        "(decorated_definition name: (_))",
        &["c/targets.scm:1: "],
    );
    check_edit(path, TARGETS, "\"one\"))", "\"one\")", &["c/targets.scm:"]);
    check_edit(
        path,
        TARGETS,
        "\"one\"",
        "\"two\"",
        &[
            "c/cards/one.md: no pattern of targets.scm",
            "c/targets.scm:2: no card `two` in `cards/`",
        ],
    );
    check_edit(
        path,
        TARGETS,
        "@target",
        "@it",
        &["c/targets.scm:1: a pattern captures exactly one node as `@target`"],
    );
    check_edit(
        path,
        TARGETS,
        "(#set! card \"one\")",
        "(#set! page \"one\")",
        &[
            "c/cards/one.md: no pattern",
            "c/targets.scm:1: a pattern names its card",
            "c/targets.scm:2: `#set! page`",
        ],
    );
    check_edit(
        path,
        TARGETS,
        "(#set!",
        "(#scop? \"class\") (#set!",
        &["c/targets.scm:2: unknown predicate `#scop?`; did you mean `scope?`?"],
    );
    check_edit(
        path,
        TARGETS,
        "(#set!",
        "(#scope? \"klass\") (#set!",
        &["c/targets.scm:2: expected `(#scope? \"module\"|\"class\"|\"function\" …)`"],
    );
    check_edit(
        path,
        TARGETS,
        "(#set!",
        "(#scope?) (#set!",
        &["c/targets.scm:2: expected `(#scope? "],
    );
    check_edit(path, TARGETS, "(#set!", "(#match? @target \"(\") (#set!", &["c/targets.scm:"]);
    let nested = format!("{}_{} @target", "(".repeat(40_000), ")".repeat(40_000));
    check(&[(path, &nested)], &["c/targets.scm: larger than 65536 bytes"]);
    let nested = format!("; \"\n\n{}_{} @target", "(".repeat(20_000), ")".repeat(20_000));
    check(&[(path, &nested)], &["c/targets.scm:3: nested deeper than 32 brackets"]);
}

#[test]
fn faults_of_rules() {
    let path = "c/rules/bad.md";
    check_edit(path, RULE, "warning", "fatal", &["c/rules/bad.md:3: unknown variant `fatal`"]);
    check_edit(path, RULE, "{name} is wrong", "", &["c/rules/bad.md:5: expected one line"]);
    check_edit(
        path,
        RULE,
        "py silent",
        "py quiet",
        &[
            "c/rules/bad.md: a rule's page needs an example fenced with `py silent`",
            "c/rules/bad.md:15: `quiet`: expected `fires`",
        ],
    );
    check_edit(
        path,
        RULE,
        "py silent",
        "py silent target=4",
        &["c/rules/bad.md:15: `target=4`: expected"],
    );
    check_edit(path, RULE, "py silent", "py fixed\n```\n\n```py silent", &[]);
    check_edit(
        path,
        RULE,
        "links = []",
        "links = []\nfixes = { add = \"Add {x}\" }",
        &["c/rules/bad.md: a rule with fixes needs"],
    );
    check_edit(
        path,
        RULE,
        "links = []",
        "links = []\naliases = [\"B023\"]",
        &["c/rules/bad.md:8: `B023`: expected `tool:name`"],
    );
    check_edit(
        path,
        RULE,
        "links = []",
        "links = []\naliases = [\"a:1\", \"b:1\"]\ncovered-by = [\"a:1\", \"b:1\", \"a:2\"]",
        &[
            "c/rules/bad.md:9: `b:1`: expected aliases of one linter",
            "c/rules/bad.md:9: `a:2`: expected aliases of one linter",
        ],
    );
    check(&[("c/rules/one.md", RULE)], &["c/rules/one.md: the id `c/one` is taken"]);
}

#[test]
fn ids_are_unique_over_packs() {
    let mut library = Library::default();
    assert_eq!(add(&mut library, &pack(&[])), Ok(()));
    let errors = add(&mut library, &pack(&[])).unwrap_err();
    assert_eq!(errors, ["pack.toml: a pack with the id `p` is loaded already"]);
    let other = PACK.replacen("\"p\"", "\"q\"", 1);
    let errors = add(&mut library, &pack(&[("pack.toml", &other)])).unwrap_err();
    assert_eq!(errors, ["c/rules/bad.md: a rule `bad` exists already"]);
    let card = format!("{FRONT}{{name}} [[bad]]\n");
    let third = [("pack.toml", other.as_str()), ("c/rules/bad.md", ""), ("c/cards/one.md", &card)];
    assert_eq!(add(&mut library, &pack(&third)), Ok(()));
    assert!(library.has_id("q/c/one") && library.has_id("p/c/bad"));
    assert!(!library.has_id("q/c/bad") && !library.has_id("q"));
}

#[test]
fn sizes_are_bounded() {
    let big = "x".repeat(super::MAX_FILE_BYTES + 1);
    check(&[("c/concept.md", &big)], &["c/concept.md: larger than"]);
}

#[test]
fn topics_are_explained_by_name() {
    let mut library = Library::default();
    assert_eq!(add(&mut library, &pack(&[])), Ok(()));
    let names: Vec<_> = library.topics().into_iter().map(|topic| topic.name).collect();
    assert_eq!(names, ["c", "bad"]);
    assert!(library.explain("p/c").is_some_and(|page| page.starts_with("# C\n\nText.")));
    assert!(library.explain("bad").is_some_and(|page| page.starts_with("# R\n\n`bad`\n\nWhy.")));
    assert_eq!(library.explain("none"), None);
    assert_eq!(library.suggest("baad"), "; did you mean `bad`?");
}
