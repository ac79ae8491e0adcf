//! Which items a question may be about, by their text alone. So of another file, which is asked about a
//! few names, only the items that hold these names are parsed.

use memchr::memmem::{Finder, find_iter};

use super::attributes::sets_anything;
use super::{Item, ItemId};
use crate::scope::DYNAMIC;

/// A longer item may be more than the parser takes, and then binds anything.
const LONG_ITEM: usize = 32 << 10;

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub(super) enum About<'a> {
    /// Who binds or uses the name, or sets an attribute of that name.
    Name(&'a str),
    /// Who imports all names of a module.
    Star,
    /// Who may bind names without writing them.
    Dynamic,
    /// Who may set attributes without naming them.
    Setters,
    /// Only which items there are.
    Order,
    /// All of the above.
    All,
}

/// Takes out of `pending`, which are some of the `items` in their order, those that the question may be
/// about.
pub(super) fn take(items: &[Item], pending: &mut Vec<ItemId>, about: About<'_>) -> Vec<ItemId> {
    let concerns = concern(about);
    let mut wanted = Vec::new();
    let mut items = items.iter();
    pending.retain(|id| {
        let item = items.find(|item| item.id() == *id);
        let is_wanted = item.is_none_or(&concerns);
        if is_wanted {
            wanted.push(*id);
        }
        !is_wanted
    });
    wanted
}

/// Whether the question may be about an item. Wrong only in saying yes too often.
fn concern(about: About<'_>) -> Box<dyn Fn(&Item) -> bool + '_> {
    match about {
        About::All => Box::new(|_| true),
        About::Order => Box::new(|_| false),
        About::Star => Box::new(|item| is_odd(item) || imports_star(item.text())),
        About::Dynamic => {
            Box::new(|item| is_odd(item) || DYNAMIC.iter().any(|it| has_word(item.text(), it)))
        }
        About::Setters => Box::new(|item| is_odd(item) || sets_anything(item.text())),
        About::Name(name) => {
            let word = Finder::new(written(name));
            Box::new(move |item| is_odd(item) || word.find(item.text().as_bytes()).is_some())
        }
    }
}

/// True when the item may have no tree, or names that are not written as they are.
fn is_odd(item: &Item) -> bool {
    !item.text().is_ascii() || item.text().len() > LONG_ITEM || !item.is_parsable()
}

/// True when the text may hold `from a import *`.
fn imports_star(text: &str) -> bool {
    let between = |c: char| c.is_whitespace() || matches!(c, '\\' | '(');
    find_iter(text.as_bytes(), b"import").any(|at| {
        let mut rest = text[at + "import".len()..].trim_start_matches(between);
        while let Some(comment) = rest.strip_prefix('#') {
            let end = comment.find(['\n', '\r']).unwrap_or(comment.len());
            rest = comment[end..].trim_start_matches(between);
        }
        rest.starts_with('*')
    })
}

/// True when the word stands in the text, and not as a part of a longer one.
fn has_word(text: &str, word: &str) -> bool {
    let is_part =
        |byte: Option<&u8>| byte.is_some_and(|it| it.is_ascii_alphanumeric() || *it == b'_');
    let bytes = text.as_bytes();
    find_iter(bytes, word.as_bytes()).any(|at| {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        !is_part(before) && !is_part(bytes.get(at + word.len()))
    })
}

/// What of the name is surely written where it is meant: in a class, `_C__x` is written `__x` (Language
/// Reference, Private name mangling).
fn written(name: &str) -> &str {
    let private = name.strip_prefix('_').and_then(|rest| rest.find("__")).map(|at| at + 1);
    private.map_or(name, |at| &name[at..])
}

#[cfg(test)]
mod tests {
    use crate::Document;

    const SOURCE: &str = "import a\ndef f():\n    global it\n    it = 1\nclass C:\n    def m(self):\n        \
                          global __p\n        __p = self.x\nf()\n𝔥 = 1\n";

    fn parsed(document: &Document) -> Vec<bool> {
        document.items().iter().map(crate::document::Item::is_parsed).collect()
    }

    #[test]
    fn only_items_that_hold_the_name_are_parsed() {
        let document = Document::of_another_file(SOURCE);
        assert_eq!(document.items_that_bind("it"), [1]);
        assert_eq!(parsed(&document), [false, true, false, false, true]);
        assert_eq!(document.items_that_use("f"), [3]);
        assert_eq!(parsed(&document), [false, true, true, true, true]);
        assert!(!document.has_star_import());
        assert!(!parsed(&document)[0]);
    }

    #[test]
    fn names_that_are_written_otherwise_are_found() {
        let document = Document::of_another_file(SOURCE);
        assert_eq!(document.items_that_bind("_C__p"), [2]);
        assert_eq!(document.items_that_bind("h"), [4]);
    }

    #[test]
    fn what_is_told_is_the_same() {
        let sources = [
            SOURCE,
            "from a import (\n    *\n)\n",
            "from a import ( # all\n # of it\n *)\n",
            "from a import\\\n*\n",
            "if a:\n    from .a import*\n",
            "import a; b = 1 * 2\n",
            "x.y = 1\nvars()\n",
            "x = vars\n",
            "evaluate(x.eval, my_vars)\n",
            "def f():\n    a.exec(b)\n",
            "x.__dict__ = a\n",
            "setattr(f, 'x', 1)\nb.x = 2\n",
            "my_setattr = 1\n",
            "a = 1\na += b\n",
            "",
        ];
        for source in sources {
            let (glanced, whole) = (Document::of_another_file(source), Document::new(source));
            for name in ["a", "f", "it", "_C__p", "__p", "h", "C", "x", "y", "b", "vars", "none"] {
                assert_eq!(glanced.items_that_bind(name), whole.items_that_bind(name), "{name}");
                assert_eq!(glanced.items_that_use(name), whole.items_that_use(name), "{name}");
                let attributes = whole.items_with_attribute(name);
                assert_eq!(glanced.items_with_attribute(name), attributes, "{name}");
            }
            assert_eq!(glanced.has_star_import(), whole.has_star_import(), "{source}");
            assert_eq!(glanced.is_dynamic(), whole.is_dynamic(), "{source}");
            for item in glanced.items() {
                assert_eq!(glanced.index_of(item.id()), whole.index_of(item.id()));
            }
        }
    }

    #[test]
    fn an_edit_ends_it() {
        let mut document = Document::of_another_file(SOURCE);
        assert_eq!(document.items_that_bind("it"), [1]);
        document.edit(crate::Span::new(0, 0), "it = 2\n");
        assert_eq!(document.items_that_bind("it"), [0, 2]);
        assert!(parsed(&document).iter().all(|parsed| *parsed));
    }
}
