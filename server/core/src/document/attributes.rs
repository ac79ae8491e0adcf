//! Which attributes an item may touch, by their names.

use crate::scope::ItemScopes;

/// Words in code that may set any attribute.
pub(super) const SETS_ANYTHING: &[&str] = &["setattr", "__dict__", "__getattribute__"];

/// What an item says about setting attributes.
#[derive(Debug)]
pub(super) struct Attributes {
    /// The names that stand behind a dot where they are set, sorted, each once. Of broken code, those
    /// that may be set.
    pub names: Box<[Box<str>]>,
    /// True when the item may set an attribute without naming it.
    pub sets_anything: bool,
}

impl Attributes {
    /// By what the statements of intact code bind and delete.
    pub fn of_intact(text: &str, scopes: &ItemScopes) -> Self {
        let stores = scopes.stored_attributes();
        let names = stores.chunk_by(|a, b| a.0 == b.0).map(|same| same[0].0.clone()).collect();
        Self { names, sets_anything: sets_anything(text) }
    }

    /// By the text alone. More than what the code does: a name in a comment counts, too.
    pub fn of_text(text: &str) -> Self {
        let mut names: Vec<&str> = memchr::memchr_iter(b'.', text.as_bytes())
            .filter_map(|dot| {
                let rest =
                    text[dot + 1..].trim_start_matches(|c: char| c.is_whitespace() || c == '\\');
                let is_word = |c: char| c.is_alphanumeric() || c == '_';
                let len = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                let starts = rest.chars().next().is_some_and(|c| is_word(c) && !c.is_ascii_digit());
                let start = text[..dot].rfind(['\n', '\r']).map_or(0, |at| at + 1);
                let tail = &rest[len..];
                let tail = &tail[..tail.find(['\n', '\r']).unwrap_or(tail.len())];
                (starts && may_be_target(&text[start..dot], tail)).then_some(&rest[..len])
            })
            .collect();
        names.sort_unstable();
        names.dedup();
        Self {
            names: names.into_iter().map(Box::from).collect(),
            sets_anything: sets_anything(text),
        }
    }
}

/// True when the text may set an attribute that it does not name.
fn sets_anything(text: &str) -> bool {
    SETS_ANYTHING
        .iter()
        .any(|word| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some())
}

/// Whether an attribute between `head` and `tail`, the rest of its line, may be what a statement
/// binds or deletes. Wrong only in saying yes too often.
fn may_be_target(head: &str, tail: &str) -> bool {
    let tail = tail.trim_start();
    if tail.starts_with(['.', '(', '[']) {
        return false;
    }
    let is_annotated = tail.strip_prefix(':').is_some_and(|rest| !rest.trim().is_empty());
    // A line of a target that goes over several.
    let is_chain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | ',' | '(' | '[' | '*');
    has_equals(tail)
        || names_targets(head)
        || is_annotated
        || tail == "\\"
        || ((tail.is_empty() || tail.starts_with([',', ')', ']']))
            && head.trim().replace(", ", ",").chars().all(is_chain))
}

/// Whether a word of `head` says that targets follow, and no `in` that they are over.
fn names_targets(head: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut is_loop = false;
    // Brackets that were opened since the last `for`; an `in` inside them is part of a target.
    let mut depth = 0_usize;
    let mut rest = head;
    while let Some(c) = rest.chars().next() {
        let len = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(len.max(c.len_utf8()));
        rest = after;
        match word {
            "as" | "del" | "with" => return true,
            "for" => (is_loop, depth) = (true, 0),
            "in" if depth == 0 => is_loop = false,
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    is_loop
}

/// Whether there is an `=` that is no part of a comparison.
fn has_equals(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'=', bytes).any(|at| {
        let before = at.checked_sub(1).map(|at| bytes[at]);
        let doubled = bytes.get(at + 1) == Some(&b'=') || before == Some(b'=');
        let shift = at >= 2 && matches!(&bytes[at - 2..at], b"<<" | b">>");
        !doubled && (shift || !matches!(before, Some(b'<' | b'>' | b'!')))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        Attributes::of_text(text).names.iter().map(|name| name.to_string()).collect()
    }

    /// What is found in code that is intact, if `source` is.
    fn exact(source: &str) -> Option<Vec<String>> {
        let document = crate::Document::new(source);
        let item = &document.items()[0];
        if item.tree()?.root_node().is_broken() {
            return None;
        }
        let found = Attributes::of_intact(item.text(), item.scopes()?);
        Some(found.names.iter().map(|name| name.to_string()).collect())
    }

    #[test]
    fn what_a_statement_may_bind() {
        for target in [
            "type(self).x = 1",
            "self.x = 1",
            "self.x: int",
            "self.x: int = 1",
            "self.x += 1",
            "self.x >>= 1",
            "a.x, b.y = 1, 2",
            "(a.x) = 1",
            "[a.x, *b] = c",
            "(\n    a.x,\n    b\n) = c",
            "(\n    a.x\n) = c",
            "self.x \\\n    = 1",
            "self \\\n    .x = 1",
            "for self.x in y: pass",
            "with a as self.x: pass",
            "with a as (b,\n    self.x): pass",
            "[0 for self.x in y]",
            "[0 for a in b for self.x in y]",
            "for a[b in c].x in y: pass",
            "for a[b in c], (self.x) in y: pass",
            "del self.x",
            "(self.x) += 1",
            "((self.x)) += 1",
            "(self.x): int = 1",
            "(self.x): int",
            "(self.x), b = 1, 2",
            "((self.x), b) = 1, 2",
            "[(self.x), *(b.y)] = c",
            "a, *(self.x) = b",
            "for (self.x) in y: pass",
            "for a, (self.x) in y: pass",
            "with a as (self.x): pass",
            "with (a as (self.x)): pass",
            "with a as ((self.x), b): pass",
            "with b, a as (self.x): pass",
            "[0 for (self.x) in y]",
            "del (self.x)",
            "del a, (self.x)",
            "del (a, (self.x))",
            "del [(self.x)]",
            "(self.x) = (b.y) = 1",
            "print ((a).x, file=b.y); (self.x) = 1",
            "async def f():\n    async for (self.x) in y: pass",
        ] {
            assert!(names(target).contains(&"x".to_owned()), "{target}");
            assert!(exact(target).is_none_or(|names| names.contains(&"x".to_owned())), "{target}");
        }
    }

    #[test]
    fn what_is_only_read() {
        for read in [
            "self.x.append(1)",
            "self.x[0] = 1",
            "self.x(y=1)",
            "return self.x",
            "if self.x: pass".trim_end_matches(" pass"),
            "y = self.x",
            "if self.x == 1: return",
            "print(1 + self.x, 1)",
            "1.5",
            "{a: [b] for a, b in c.x",
            "[a for a in b.x]",
            "for a in b.x:",
        ] {
            assert_eq!(names(read), [""; 0], "{read}");
            assert!(exact(read).is_none_or(|names| names.is_empty()), "{read}");
        }
        assert!(Attributes::of_text("x.__dict__").sets_anything);
        for read in ["with a: y = b.x", "for y in b.x: pass", "with a.x as y: pass", "y = f(b.x)"] {
            assert_eq!(exact(read), Some(vec![]), "{read}");
        }
    }
}
