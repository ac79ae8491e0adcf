//! Keeps true what the compiler does not check: layers, sizes, pairs of files.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

/// Longest source file, in lines.
const MAX_LINES: usize = 400;

/// What stands at the top of the project.
const TOP_LEVEL: &[&str] = &[
    ".ci",
    ".gitignore",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "content",
    "editors",
    "rustfmt.toml",
    "server",
    "tests",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below `folder` that are part of the project, relative to its root.
fn files_in(folder: &str) -> Vec<PathBuf> {
    let walk = WalkBuilder::new(root().join(folder)).hidden(false).require_git(false).build();
    let files: Vec<PathBuf> = walk
        .map(|entry| entry.expect("the project can be read"))
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
        .map(|entry| entry.path().strip_prefix(root()).expect("below the root").to_owned())
        .filter(|path| !path.starts_with(".git"))
        .collect();
    assert!(!files.is_empty(), "there is nothing in {folder}");
    files
}

fn files_with(folder: &str, extensions: &[&str]) -> Vec<PathBuf> {
    let mut files = files_in(folder);
    files.retain(|path| {
        path.extension().is_some_and(|end| extensions.iter().any(|&extension| end == extension))
    });
    files
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Fails with all `faults` at once.
#[track_caller]
fn assert_none(what: &str, faults: Vec<String>) {
    assert!(faults.is_empty(), "{what}:\n  {}", faults.join("\n  "));
}

/// The modules of `source` that exist for its tests only, as the files and folders that hold them.
fn test_modules(path: &Path, source: &str) -> Vec<PathBuf> {
    let stem = path.file_stem().expect("a file name");
    let beside = stem == "lib" || stem == "main" || stem == "mod";
    let folder = if beside { path.with_file_name("") } else { path.with_extension("") };
    let lines: Vec<&str> = source.lines().collect();
    let modules = lines.windows(2).filter(|pair| pair[0].trim() == "#[cfg(test)]");
    let names = modules.filter_map(|pair| {
        let name = pair[1].trim().strip_suffix(';')?;
        name.rsplit_once("mod ").map(|(_, name)| name)
    });
    names.flat_map(|name| [folder.join(format!("{name}.rs")), folder.join(name)]).collect()
}

/// The Rust files below `folder` that are part of the product, with the lines of code in them that
/// are neither tests nor comments.
fn product_code(folder: &str) -> Vec<(PathBuf, Vec<String>)> {
    let sources: Vec<(PathBuf, String)> = files_with(folder, &["rs"])
        .into_iter()
        .map(|path| {
            let source = read(&path);
            (path, source)
        })
        .collect();
    let tests: Vec<PathBuf> =
        sources.iter().flat_map(|(path, source)| test_modules(path, source)).collect();
    let product =
        sources.into_iter().filter(|(path, _)| !tests.iter().any(|t| path.starts_with(t)));
    product
        .map(|(path, source)| {
            let code = source.split("\nmod tests {").next().unwrap_or_default();
            let is_code = |line: &&str| !line.trim_start().starts_with("//");
            (path, code.lines().filter(is_code).map(str::to_owned).collect())
        })
        .collect()
}

/// `path:` with the lines of product code in which one of `words` stands.
fn mentions(folder: &str, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, lines) in product_code(folder) {
        let hits = lines.iter().filter(|line| words.iter().any(|word| line.contains(word)));
        found.extend(hits.map(|line| format!("{}: {}", path.display(), line.trim())));
    }
    found
}

#[test]
fn the_core_depends_on_no_protocol_runtime_or_store() {
    let manifest: toml::Table = read("server/core/Cargo.toml").parse().expect("TOML");
    // The oracles are examples of the core and read JSON; that reaches no product.
    let only_in_tests = "serde_json";
    let mut names = BTreeSet::new();
    let mut add = |kind: &str, table: Option<&toml::Value>| {
        let table = table.and_then(toml::Value::as_table).into_iter().flatten();
        let found = table.map(|(name, value)| {
            let renamed = value.get("package").and_then(toml::Value::as_str);
            renamed.unwrap_or(name).to_owned()
        });
        let allowed = |name: &String| kind == "dev-dependencies" && name == only_in_tests;
        names.extend(found.filter(|name| !allowed(name)));
    };
    let kinds = ["dependencies", "dev-dependencies", "build-dependencies"];
    for kind in kinds {
        add(kind, manifest.get(kind));
        let targets = manifest.get("target").and_then(toml::Value::as_table);
        for (_, target) in targets.into_iter().flatten() {
            add(kind, target.get(kind));
        }
    }
    assert!(names.contains("tree-sitter"), "the dependencies were found: {names:?}");
    for foreign in
        ["tower-lsp", "lsp-types", "tokio", "rusqlite", "serde_json", "futures", "tower", "pygloss"]
    {
        assert!(!names.contains(foreign), "pygloss-core depends on {foreign}");
    }
}

#[test]
fn the_core_does_no_io_and_reads_no_clock() {
    let words = [
        "std::fs",
        "std::net",
        "std::process",
        "std::env",
        "std::io",
        "std::time",
        "SystemTime",
        "Instant",
        "println!",
        "eprintln!",
    ];
    assert_none("the core does IO", mentions("server/core/src", &words));
}

#[test]
fn the_server_starts_no_program_and_opens_no_socket() {
    let words = ["std::net", "process::Command", "TcpStream", "UnixStream", "UdpSocket"];
    let mut found = mentions("server", &words);
    // The terminal tour opens an editor because its user says so; it is no server.
    found.retain(|place| !place.starts_with("server/src/cli/try"));
    assert_none("the server reaches out", found);
}

#[test]
fn handlers_wait_for_nothing_but_the_owner() {
    let backend = read("server/src/backend.rs");
    let parts: Vec<&str> = backend.split(".await").collect();
    assert!(parts.len() > 5, "backend.rs holds the handlers");
    for part in &parts[..parts.len() - 1] {
        let statement = part.rsplit("{\n").next().unwrap_or_default().trim();
        assert!(statement.starts_with("self.owner.ask"), "waits for another:\n{statement}");
    }
}

#[test]
fn one_file_knows_utf16() {
    let words = ["utf16", "utf_16", "UTF16", "UTF_16", "Utf16", "utf-16", "UTF-16"];
    let allowed = ["server/core/src/text.rs:", "server/src/convert.rs:"];
    let mut found = mentions("server", &words);
    let all = found.len();
    found.retain(|place| !allowed.iter().any(|file| place.starts_with(file)));
    assert!(all > found.len(), "the conversion was found");
    assert_none("knows UTF-16", found);
}

#[test]
fn files_are_short() {
    let mut files = files_with("server", &["rs"]);
    files.extend(files_with("tests", &["rs", "lua", "ts", "js", "mjs", "py"]));
    files.extend(files_with("editors", &["ts", "js", "mjs", "lua"]));
    let long = files.iter().filter_map(|path| {
        let lines = read(path).lines().count();
        (lines > MAX_LINES).then(|| format!("{}: {lines} lines", path.display()))
    });
    assert_none("longer than 400 lines", long.collect());
}

#[test]
fn nothing_is_left_undone_or_skipped() {
    // Put together so that this file does not find itself.
    let rust = [
        concat!("#[", "ignore"),
        concat!("should_", "panic"),
        concat!("to", "do!("),
        concat!("unimple", "mented!("),
    ];
    let script = [
        "it.skip(",
        "test.skip(",
        "describe.skip(",
        "it.only(",
        "test.only(",
        "describe.only(",
        "xit(",
        "xdescribe(",
        "pending(",
        "mark.skip",
        "unittest.skip",
    ];
    let mut found = Vec::new();
    for (folder, extensions, marks) in [
        ("server", &["rs"][..], &rust[..]),
        ("tests", &["rs"], &rust),
        ("editors", &["ts", "js", "mjs", "lua"], &script),
        ("tests", &["ts", "js", "mjs", "lua", "py"], &script),
    ] {
        for path in files_with(folder, extensions) {
            let source = read(&path);
            let hits = source.lines().filter(|line| marks.iter().any(|&mark| is_used(line, mark)));
            found.extend(hits.map(|line| format!("{}: {}", path.display(), line.trim())));
        }
    }
    assert_none("left undone or skipped", found);
}

/// Whether `mark` stands in `line` and is not the end of a longer name.
fn is_used(line: &str, mark: &str) -> bool {
    line.match_indices(mark).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !mark.starts_with(char::is_alphabetic)
            || !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
    })
}

/// The ids of the rules that have a file of code, from the files' names.
fn rules_in_code() -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let code = files_with("server/core/src/rules", &["rs"]).into_iter();
    for path in code.chain(files_with("server/core/src/project/rules", &["rs"])) {
        let source = read(&path);
        if !source.contains("pub static RULE: Rule") {
            continue;
        }
        let id = path.file_stem().unwrap().to_str().unwrap().replace('_', "-");
        assert!(source.contains(&format!("id: {id:?}")), "{} is not {id}", path.display());
        ids.insert(id);
    }
    assert!(!ids.is_empty(), "there are rules");
    ids
}

/// The pages of rules in the built-in packs: id and path.
fn pages_of_rules() -> Vec<(String, PathBuf)> {
    let pages = files_with("content", &["md"]).into_iter();
    let pages = pages.filter(|path| path.parent().is_some_and(|folder| folder.ends_with("rules")));
    let pages: Vec<(String, PathBuf)> =
        pages.map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), path)).collect();
    assert!(!pages.is_empty(), "there are pages of rules");
    pages
}

#[test]
fn every_rule_has_one_page_and_every_page_a_rule() {
    let pages = pages_of_rules();
    let ids: BTreeSet<String> = pages.iter().map(|(id, _)| id.clone()).collect();
    assert_eq!(ids.len(), pages.len(), "two pages have one id");
    assert_eq!(rules_in_code(), ids, "rules in code and their pages");
}

#[test]
fn every_rule_is_registered() {
    let registry = read("server/core/src/rules.rs") + &read("server/core/src/project/rules.rs");
    let faults = rules_in_code().into_iter().filter_map(|id| {
        let module = id.replace('-', "_");
        let listed = registry.contains(&format!("&{module}::RULE,"))
            && registry.contains(&format!("mod {module};"));
        (!listed).then_some(id)
    });
    assert_none("not in rules.rs", faults.collect());
}

#[test]
fn every_rule_is_shown_to_be_silent_as_often_as_to_fire() {
    let mut faults = Vec::new();
    for (id, path) in pages_of_rules() {
        let page = read(path);
        let count = |kind: &str| {
            let is_opening = |line: &&str| {
                let mut words = line.strip_prefix("```").unwrap_or_default().split_whitespace();
                words.next().is_some() && words.any(|word| word == kind)
            };
            page.lines().filter(is_opening).count()
        };
        let (fires, silent) = (count("fires"), count("silent"));
        if fires == 0 || silent < fires {
            faults.push(format!("{id}: {fires} fires, {silent} silent"));
        }
    }
    assert_none("rules without enough examples", faults);
}

#[test]
fn the_top_level_holds_what_was_agreed_on() {
    let walk = WalkBuilder::new(root()).hidden(false).require_git(false).max_depth(Some(1)).build();
    let entries: BTreeSet<String> = walk
        .map(|entry| entry.expect("the project can be read"))
        .filter(|entry| entry.depth() == 1)
        .map(|entry| entry.file_name().to_str().expect("UTF-8").to_owned())
        .filter(|name| name != ".git")
        .collect();
    let agreed: BTreeSet<String> = TOP_LEVEL.iter().map(|&name| name.to_owned()).collect();
    assert_none("not agreed on", entries.difference(&agreed).cloned().collect());
    let missing = agreed.difference(&entries);
    assert_none("missing", missing.cloned().collect());
}

#[test]
fn versions_of_dependencies_are_locked() {
    assert!(root().join("Cargo.lock").is_file());
    let manifests = files_in("editors").into_iter().chain(files_in("tests"));
    let manifests = manifests.filter(|path| path.ends_with("package.json"));
    for manifest in manifests {
        let lock = read(manifest.with_file_name("package-lock.json"));
        assert!(!lock.contains("\"resolved\""), "{} names a registry", manifest.display());
    }
}

#[test]
fn what_is_broken_is_asked_in_one_way() {
    // A statement that was left open has no error in its tree, but a mark.
    const MAY_ASK: &[&str] = &["document/item.rs", "document/parse.rs", "syntax/tree.rs"];
    for path in files_with("server/core/src", &["rs"]) {
        let may = MAY_ASK.iter().any(|end| path.ends_with(end));
        let is_test = path.to_string_lossy().contains("tests");
        let asks = read(&path).contains(".has_error()");
        assert!(may || is_test || !asks, "{}: ask `is_broken`", path.display());
    }
}
