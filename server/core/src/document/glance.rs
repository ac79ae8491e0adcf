//! Which items a question may be about, by their text alone. So of another file, which is asked about a
//! few names, only the items that hold these names are parsed.

mod prose;

use memchr::memmem::Finder;
use rustc_hash::FxHashSet;
use unicode_normalization::UnicodeNormalization;

use super::attributes::SETS_ANYTHING;
use super::{Item, ItemId};
use crate::scope::DYNAMIC;

/// An item with more tokens may be more than the parser takes, and then binds anything.
const LONG_ITEM: usize = 32 << 10;

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub(super) enum About<'a> {
    /// Who binds or uses the name.
    Name(&'a str),
    /// Who sets an attribute of that name.
    Attribute(&'a str),
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
/// about. What the texts of `odd` items tell is not enough.
pub(super) fn take(
    items: &[Item],
    odd: &FxHashSet<ItemId>,
    pending: &mut Vec<ItemId>,
    about: About<'_>,
) -> Vec<ItemId> {
    let concerns = concern(about, odd);
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
fn concern<'a>(about: About<'a>, odd: &'a FxHashSet<ItemId>) -> Box<dyn Fn(&Item) -> bool + 'a> {
    let is_odd = |item: &Item| odd.contains(&item.id());
    match about {
        About::All => Box::new(|_| true),
        About::Order => Box::new(|_| false),
        About::Star => {
            let import = Finder::new("import");
            Box::new(move |item| is_odd(item) || imports_star(item.text(), &import))
        }
        About::Dynamic => {
            let words = finders(DYNAMIC);
            Box::new(move |item| is_odd(item) || has_word_in_code(item, &words))
        }
        About::Setters => {
            let words = finders(SETS_ANYTHING);
            let has = move |text: &str| words.iter().any(|it| it.find(text.as_bytes()).is_some());
            Box::new(move |item| is_odd(item) || has(item.text()))
        }
        // A name that is written as it is, and in one way.
        About::Name(name) if name.is_ascii() && written(name) == name => {
            let word = [Finder::new(name)];
            Box::new(move |item| is_odd(item) || has_word_in_code(item, &word))
        }
        About::Name(name) | About::Attribute(name) => {
            let word = Finder::new(written(name));
            let is_ascii = name.is_ascii();
            Box::new(move |item| {
                is_odd(item)
                    || !is_ascii && !item.text().is_ascii()
                    || word.find(item.text().as_bytes()).is_some()
            })
        }
    }
}

/// The [odd](is_odd) ones of the items.
pub(super) fn odd(items: &[Item]) -> FxHashSet<ItemId> {
    items.iter().filter(|item| is_odd(item)).map(Item::id).collect()
}

/// True when the item may have no tree, or ASCII names that are not written as they are.
fn is_odd(item: &Item) -> bool {
    let text = item.text();
    text.len() > LONG_ITEM && tokens(text) > LONG_ITEM
        || !item.is_parsable()
        || !text.is_ascii() && is_in_disguise(text)
}

/// At least as many as the tokens of the text: each word is one, and each other byte but white space.
/// Nodes of valid code are fewer than three for each.
fn tokens(text: &str) -> usize {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80;
    let mut before = b' ';
    let starts = text.bytes().filter(|&byte| {
        let goes_on = is_word(byte) && is_word(before);
        before = byte;
        !goes_on && !byte.is_ascii_whitespace()
    });
    starts.count()
}

/// True when a character that is not ASCII may stand for an ASCII one in a name, as names are compared in
/// NFKC (Language Reference, Identifiers). Most that stand in strings and comments do not.
fn is_in_disguise(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut others = text.chars().filter(|c| !c.is_ascii());
    others.any(|c| std::iter::once(c).nfkc().any(is_part))
}

/// Made once for all items: that takes as long as to look through a short one.
fn finders(words: &'static [&'static str]) -> Vec<Finder<'static>> {
    words.iter().map(|word| Finder::new(*word)).collect()
}

/// True when the text may hold `from a import *`; `import` finds that word.
fn imports_star(text: &str, import: &Finder<'_>) -> bool {
    let between = |c: char| c.is_whitespace() || matches!(c, '\\' | '(');
    import.find_iter(text.as_bytes()).any(|at| {
        let mut rest = text[at + "import".len()..].trim_start_matches(between);
        while let Some(comment) = rest.strip_prefix('#') {
            let end = comment.find(['\n', '\r']).unwrap_or(comment.len());
            rest = comment[end..].trim_start_matches(between);
        }
        rest.starts_with('*')
    })
}

/// True when one of the items calls what may bind names without writing them, as its text alone shows: the
/// function is called wherever it is named, so that the name is nothing of the item's own.
pub(super) fn is_surely_dynamic(items: &[Item], odd: &FxHashSet<ItemId>) -> bool {
    let words = finders(DYNAMIC);
    let is_plain = |item: &&Item| !item.is_open() && !odd.contains(&item.id());
    items.iter().filter(is_plain).any(|item| calls_one(item.text(), &words))
}

fn calls_one(text: &str, words: &[Finder<'_>]) -> bool {
    let bytes = text.as_bytes();
    let is_call = |at: usize, word: &Finder<'_>| {
        let before = text[..at].trim_end_matches(|c: char| c.is_whitespace() || c == '\\');
        bytes.get(at + word.needle().len()) == Some(&b'(')
            && !["def", "class"].iter().any(|keyword| before.ends_with(keyword))
    };
    let mut prose = None;
    words.iter().any(|word| {
        let mut places = places_of(text, word).peekable();
        if places.peek().is_none() {
            return false;
        }
        let Some(prose) = prose.get_or_insert_with(|| prose::of(text)) else { return false };
        let places: Vec<usize> = places.filter(|at| prose.may_be_code(*at)).collect();
        places.iter().any(|at| prose.is_code(*at)) && places.iter().all(|at| is_call(*at, word))
    })
}

/// True when one of the words stands in the code of the item.
fn has_word_in_code(item: &Item, words: &[Finder<'_>]) -> bool {
    let text = item.text();
    let mut places = words.iter().flat_map(|word| places_of(text, word)).peekable();
    if places.peek().is_none() || item.is_open() {
        return places.peek().is_some();
    }
    let Some(prose) = prose::of(text) else { return true };
    places.any(|at| prose.may_be_code(at))
}

/// Where the word stands in the text, and not as a part of a longer one, or as an attribute.
fn places_of<'a>(text: &'a str, word: &'a Finder<'_>) -> impl Iterator<Item = usize> + 'a {
    let is_part =
        |byte: Option<&u8>| byte.is_some_and(|it| it.is_ascii_alphanumeric() || *it == b'_');
    let bytes = text.as_bytes();
    word.find_iter(bytes).filter(move |&at| {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        // Behind a number, the point is a part of that.
        let is_attribute = before == Some(&b'.')
            && at.checked_sub(2).is_some_and(|before| !bytes[before].is_ascii_digit());
        !is_attribute && !is_part(before) && !is_part(bytes.get(at + word.needle().len()))
    })
}

/// What of the name is surely written where it is meant: in a class, `_C__x` is written `__x` (Language
/// Reference, Private name mangling).
fn written(name: &str) -> &str {
    let private = name.strip_prefix('_').and_then(|rest| rest.find("__")).map(|at| at + 1);
    private.map_or(name, |at| &name[at..])
}

#[cfg(test)]
mod tests;
