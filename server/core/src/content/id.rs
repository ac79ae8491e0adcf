//! Permanent names. Progress hangs on them, so an id is never reused for something else.

/// True for `[a-z0-9-]{1,64}`.
pub(crate) fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// True for the id of a unit of the chapter: parts like an id, separated by dots.
pub(crate) fn is_unit(text: &str) -> bool {
    text.len() <= 64 && text.contains('.') && text.split('.').all(is_id)
}

/// What stands before the next `]]`, if it is near: the name of a rule in `[[name]]`.
pub(crate) fn rule_name(text: &str) -> Option<&str> {
    let near = text.as_bytes().get(..80).unwrap_or(text.as_bytes());
    let end = near.windows(2).position(|two| two == b"]]")?;
    text.get(..end)
}

/// What is known that is most like `word`, as the end of a message, or nothing.
pub fn suggest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    closest(word, known).map_or_else(String::new, |like| format!("; did you mean `{like}`?"))
}

/// What is known that is most like `word`, if it is like it at all.
pub(crate) fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance * 3 <= candidate.len().max(word.len()))
        .min()
        .map(|(_, candidate)| candidate)
}

/// Levenshtein distance in bytes; words longer than an id are infinitely far.
fn distance(a: &str, b: &str) -> usize {
    if a.len() > 64 || b.len() > 64 {
        return usize::MAX / 4;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.bytes().enumerate() {
            let substituted = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_lower_case_words() {
        for good in ["a", "decorator-missing-wraps", "3-14"] {
            assert!(is_id(good), "{good}");
        }
        for bad in ["", "A", "a_b", "a.b", "é", &"x".repeat(65)] {
            assert!(!is_id(bad), "{bad}");
        }
        assert!(is_unit("decorators.key.1"));
        assert!(!is_unit("decorators"));
        assert!(!is_unit("decorators..1"));
    }

    #[test]
    fn a_slip_of_the_pen_is_recognised() {
        assert_eq!(suggest("asignment", ["name", "assignment"]), "; did you mean `assignment`?");
        assert_eq!(suggest("zzz", ["name", "assignment"]), "");
    }
}
