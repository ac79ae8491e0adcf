//! Which attributes an item may touch, by their names.

/// Words in code that may set any attribute.
const SETS_ANYTHING: &[&str] = &["setattr", "__dict__", "__getattribute__"];

/// What the text of an item says about attributes. More than what the code does: a name in a comment
/// counts, too.
#[derive(Debug)]
pub(super) struct Attributes {
    /// The names that stand behind a dot, sorted, each once.
    pub names: Box<[Box<str>]>,
    /// True when the item may set an attribute without naming it.
    pub sets_anything: bool,
}

impl Attributes {
    pub fn of(text: &str) -> Self {
        let mut names: Vec<&str> = memchr::memchr_iter(b'.', text.as_bytes())
            .filter_map(|dot| {
                let rest =
                    text[dot + 1..].trim_start_matches(|c: char| c.is_whitespace() || c == '\\');
                let is_word = |c: char| c.is_alphanumeric() || c == '_';
                let len = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                let starts = rest.chars().next().is_some_and(|c| is_word(c) && !c.is_ascii_digit());
                starts.then_some(&rest[..len])
            })
            .collect();
        names.sort_unstable();
        names.dedup();
        Self {
            names: names.into_iter().map(Box::from).collect(),
            sets_anything: SETS_ANYTHING.iter().any(|word| text.contains(word)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_behind_dots() {
        let found = Attributes::of("self.b = a.\\\n  é1 + 1.5 + x . y...\nself.b.z\n# t.u\n");
        let names: Vec<&str> = found.names.iter().map(|name| &**name).collect();
        assert_eq!(names, ["b", "self", "u", "y", "z", "é1"]);
        assert!(!found.sets_anything);
        assert!(Attributes::of("vars(x).update(y); x.__dict__").sets_anything);
    }
}
