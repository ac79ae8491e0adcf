//! A small pack for the tests of the quiz.

use std::sync::LazyLock;

use crate::content::{ContentError, PackFile};
use crate::quiz::from_code::CodeQuestion;
use crate::quiz::{Chance, Context, Surface, Wish};
use crate::{Library, PythonVersion};

/// Number of written items of [`library`].
pub(crate) const ITEMS: usize = 7;

/// A pack `p` with the concept `c`: items `i0` to `i6` with two written variants of three options
/// each, the option number `right` being right, and an item `code` with computed variants only.
pub(crate) fn library(right: usize) -> &'static Library {
    static LIBRARIES: [LazyLock<Library>; 3] =
        [LazyLock::new(|| build(0)), LazyLock::new(|| build(1)), LazyLock::new(|| build(2))];
    &LIBRARIES[right]
}

fn build(right: usize) -> Library {
    let mut quiz = String::new();
    for item in 0..ITEMS {
        quiz.push_str(&format!(
            "[[item]]\nid = \"i{item}\"\nunits = [\"c.a.1\"]\nhints = [\"First {item}\", \"Second\"]\n"
        ));
        for variant in ["a", "b"] {
            let option = |n: usize| {
                let right = if n == right { "right = true, " } else { "" };
                format!("{{ text = \"`o{n}`\", {right}why = \"reason {n} of {item}\" }}")
            };
            quiz.push_str(&format!(
                "[[item.variant]]\nid = \"{variant}\"\nkind = \"choice\"\nprompt = \"{variant}{item}?\"\n\
                 options = [{}, {}, {}]\n",
                option(0),
                option(1),
                option(2)
            ));
        }
    }
    quiz.push_str(CODE);
    library_of(&quiz)
}

/// A pack `p` with the concept `c` and this `quiz.toml`.
pub(crate) fn library_of(quiz: &str) -> Library {
    loaded(quiz).unwrap()
}

/// The same, or what is wrong with it.
pub(crate) fn loaded(quiz: &str) -> Result<Library, Vec<ContentError>> {
    let pack = "id = \"p\"\ntitle = \"P\"\nlicence = \"MIT\"\nrequires-python = \">=3.9\"\n\
                concepts = [\"c\"]\n";
    let concept = "+++\ntitle = \"C\"\nunits = [\"c.a.1\"]\nlinks = []\n+++\nText.\n";
    let files = [
        ("pack.toml", pack),
        ("interview.toml", INTERVIEW),
        ("c/concept.md", concept),
        ("c/quiz.toml", quiz),
    ];
    let files: Vec<_> =
        files.iter().map(|(path, text)| PackFile { path, bytes: text.as_bytes() }).collect();
    let mut library = Library::default();
    library.add_pack(&files).map(|()| library)
}

/// How the language of the pack negates.
pub(crate) const INTERVIEW: &str = r#"
title = "T"
scenario = "S."
notice = "N."
closing = "C."
[language]
negations = ["not", "no", "without"]
affirmations = ["not only"]
breaks = ["but", "because"]
[[question]]
id = "q"
title = "Q"
ask = "Why?"
model = "Because of rain."
[[question.point]]
id = "rain"
title = "rain"
words = ["rain"]
why = "It is wet."
follow = "What falls?"
[[question.check]]
text = "Because."
points = []
flags = []
"#;

const CODE: &str = r#"
[[item]]
id = "code"
units = ["c.a.1"]
hints = ["Look at {decorator}"]
[[item.variant]]
id = "name"
from = "name-after-decoration"
prompt = "What is `__name__` of {function}, {line}?"
[item.variant.why.always]
own = "{function}"
wrapper = "{wrapper} in {wrapper-line}"
inner = "{made-by}"
decorator = "{decorator}"
type = "the type"
"#;

/// The context of a client that shows snippets.
pub(crate) fn context<'a>(library: &'a Library, questions: &'a [CodeQuestion]) -> Context<'a> {
    Context { library, python: PythonVersion::OLDEST, surface: Surface::FULL, questions }
}

/// A chance that differs for each `n`.
pub(crate) fn chance(n: u64) -> Chance {
    Chance { id: u128::from(n) + (1 << 100), seed: n.wrapping_mul(0x9e37_79b9_7f4a_7c15) }
}

/// A new session over everything that can be asked.
pub(crate) fn session(context: &Context<'_>, wish: Wish) -> super::Session {
    let deck = super::deck(context, wish, &[], &|_| None, 0, 50);
    super::Session::new("s".to_owned(), deck)
}
