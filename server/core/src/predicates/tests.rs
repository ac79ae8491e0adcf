use crate::content::testing::add;
use crate::{Document, Library, Settings, cards};

/// Whether a decorated function at the cursor `$0` has a card when the pattern, which captures the
/// expression after `@` as `@d`, asks for `predicate`.
fn holds(predicate: &str, source: &str) -> bool {
    let targets = format!(
        "((decorated_definition (decorator (_) @d) definition: (function_definition)) @target\n \
         {predicate} (#set! card \"one\"))"
    );
    let files = [
        (
            "pack.toml",
            "id = \"p\"\ntitle = \"P\"\nlicence = \"MIT\"\nrequires-python = \">=3.9\"\nconcepts = [\"c\"]\n",
        ),
        ("c/concept.md", "+++\ntitle = \"C\"\nunits = []\nlinks = []\n+++\nText.\n"),
        ("c/targets.scm", &targets),
        (
            "c/cards/one.md",
            "+++\ntitle = \"One\"\nfacts = \"decorated-function\"\ntargets = [\"D01\"]\nunits = []\nlinks = []\n+++\n{name}\n",
        ),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    let mut library = Library::default();
    add(&mut library, &files).unwrap();
    let offset = source.find("$0").unwrap();
    let document = Document::new(&source.replace("$0", ""));
    cards::hover(&library, &document, &Settings::default(), None, offset).is_some()
}

#[test]
fn a_name_resolves_by_what_it_is() {
    let cache = r#"(#resolves? @d "functools.cache" "functools.lru_cache")"#;
    assert!(holds(cache, "import functools as ft\n@ft.cache$0\ndef f(): ...\n"));
    assert!(holds(cache, "from functools import lru_cache as memo\n@memo$0\ndef f(): ...\n"));
    assert!(!holds(cache, "from mine import cache\n@cache$0\ndef f(): ...\n"));
    assert!(!holds(cache, "@cache$0\ndef f(): ...\n"));
    assert!(!holds(cache, "from functools import *\n@cache$0\ndef f(): ...\n"));
    assert!(!holds(cache, "def cache(f): return f\n@cache$0\ndef f(): ...\n"));
    let property = r#"(#resolves? @d "builtins.property")"#;
    assert!(holds(property, "class C:\n    @property$0\n    def f(self): ...\n"));
    assert!(!holds(
        property,
        "from x import property\nclass C:\n    @property$0\n    def f(self): ...\n"
    ));
}

#[test]
fn a_name_is_defined_here() {
    let function = r#"(#defined-here? @d "function")"#;
    assert!(holds(function, "def d(f): return f\n\n@d$0\ndef f(): ...\n"));
    assert!(!holds(function, "class d: ...\n\n@d$0\ndef f(): ...\n"));
    assert!(!holds(function, "from x import d\n\n@d$0\ndef f(): ...\n"));
    assert!(!holds(function, "def d(f): return f\nd = 1\n\n@d$0\ndef f(): ...\n"));
    assert!(holds(r#"(#defined-here? @d "class")"#, "class d: ...\n\n@d$0\ndef f(): ...\n"));
}

#[test]
fn a_scope_is_the_body_and_not_the_head() {
    let class = r#"(#scope? "class")"#;
    assert!(holds(class, "class C:\n    @d$0\n    def f(self): ...\n"));
    assert!(!holds(class, "@d$0\ndef f(): ...\n"));
    assert!(holds(class, "class C:\n    if x:\n        @d$0\n        def f(self): ...\n"));
    let function = r#"(#scope? "function")"#;
    assert!(holds(function, "class C:\n    def m(self):\n        @d$0\n        def f(): ...\n"));
    assert!(!holds(function, "class C:\n    @d$0\n    def f(self): ...\n"));
    assert!(holds(r#"(#scope? "module" "class")"#, "@d$0\ndef f(): ...\n"));
}

#[test]
fn what_a_node_stands_in() {
    let holds = |steps: &str, around: &str| {
        let source = format!("{around}@d$0\n        def f(): ...\n");
        holds(&format!("(#inside? @d {steps})"), &source)
    };
    let looped = "class C:\n    for x in y:\n        ";
    assert!(holds("\"for_statement:body\"", looped));
    assert!(holds("\"while_statement|for_statement\"", looped));
    assert!(holds("\"for_statement:body\" \"class_definition\"", looped));
    assert!(!holds("\"class_definition\" \"for_statement:body\"", looped), "from the inside out");
    assert!(!holds("\"while_statement\"", looped));
    let otherwise = "for x in y: ...\nelse:\n    if z:\n        ";
    assert!(holds("\"for_statement:alternative\"", otherwise));
    assert!(!holds("\"for_statement:body\"", otherwise));
    let nested = "for x in y:\n    def g():\n        ";
    assert!(!holds("\"for_statement:body\"", nested), "the loop is around another function");
    assert!(holds("\"function_definition:body\" \"for_statement:body\"", nested));
}

#[test]
fn a_fact_is_what_its_provider_says() {
    let source = "@d$0\nasync def f(): ...\n";
    assert!(holds(r#"(#fact? "decorated-function" "coroutine" "name=f")"#, source));
    assert!(!holds(r#"(#fact? "decorated-function" "name=g")"#, source));
    assert!(!holds(r#"(#fact? "decorated-function" "method")"#, source));
    assert!(!holds(r#"(#fact? "decorated-class" "name")"#, source));
}
