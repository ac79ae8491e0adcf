//! Breaking lines of Markdown prose without touching what they mean.

use super::WIDTH;

/// Breaks `line` at spaces so that no line is wider than 80 characters, where it can be;
/// later lines start with `indent` spaces. Code spans are never broken, and no line starts with a
/// word that would open a list, a heading or a quote there.
pub fn wrap(line: &str, indent: usize) -> String {
    if line.chars().count() <= WIDTH {
        return line.to_owned();
    }
    let mut out = String::with_capacity(line.len() + 16);
    let mut column = 0;
    // The last space of this line that may become a break: where it is in `out`, and its column.
    let mut space: Option<(usize, usize)> = None;
    let line_break = format!("\n{}", " ".repeat(indent));
    for word in words(line) {
        let width = word.chars().count();
        let is_full = column + 1 + width > WIDTH;
        if column == 0 {
            out.push_str(word);
            column = width;
            continue;
        }
        // Behind the mark of a list item there is nothing to break.
        if is_full && !opens_block(word) && column >= indent {
            out.push_str(&line_break);
            out.push_str(word);
            column = indent + width;
            space = None;
            continue;
        }
        if is_full
            && let Some((at, before)) = space.take()
            && indent + column - before + width <= WIDTH
        {
            out.replace_range(at..=at, &line_break);
            column = column - before - 1 + indent;
        } else if !opens_block(word) {
            space = Some((out.len(), column));
        }
        out.push(' ');
        out.push_str(word);
        column += 1 + width;
    }
    out
}

/// The words of `line`; a code span and what touches it are one word.
fn words(line: &str) -> Vec<&str> {
    let bytes = line.as_bytes();
    let mut words = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at < bytes.len() {
        match bytes[at] {
            b' ' => {
                if start < at {
                    words.push(&line[start..at]);
                }
                at += 1;
                start = at;
            }
            b'\\' => at += 2,
            b'`' => {
                let run = bytes[at..].iter().take_while(|b| **b == b'`').count();
                at = closing_run(bytes, at + run, run).unwrap_or(at + run);
            }
            _ => at += 1,
        }
    }
    if start < bytes.len() {
        words.push(&line[start..]);
    }
    words
}

/// The end of the next run of exactly `run` back-ticks.
fn closing_run(bytes: &[u8], mut at: usize, run: usize) -> Option<usize> {
    while at < bytes.len() {
        let len = bytes[at..].iter().take_while(|b| **b == b'`').count();
        if len == run {
            return Some(at + len);
        }
        at += len.max(1);
    }
    None
}

/// True for a word that means something else at the start of a line.
fn opens_block(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
    word.starts_with(['>', '|'])
        || word.starts_with("```")
        || word.starts_with("~~~")
        || word.chars().all(|c| "#-+*=_".contains(c))
        || (digits.len() < word.len() && matches!(digits, "." | ")"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_prose_is_broken_and_code_is_not() {
        let code = format!("`{}`", "a b ".repeat(15).trim());
        let line =
            format!("- The value is {code} and it is bound once the `def` statement has run.");
        let wrapped = wrap(&line, 2);
        assert_eq!(
            wrapped,
            format!("- The value is {code} and\n  it is bound once the `def` statement has run.")
        );
    }

    #[test]
    fn a_word_that_would_open_a_block_stays_on_its_line() {
        let line = format!("{} - b", "a".repeat(80));
        assert_eq!(wrap(&line, 0), format!("{} -\nb", "a".repeat(80)));
        let line = format!("- {} b", "a".repeat(80));
        assert_eq!(wrap(&line, 2), format!("- {}\n  b", "a".repeat(80)));
        let line = format!("{} line 12. b", "a ".repeat(37).trim_end());
        assert_eq!(wrap(&line, 2), format!("{}\n  line 12. b", "a ".repeat(37).trim_end()));
        for word in ["1.", "#", ">", "12)", "***", "```"] {
            assert!(opens_block(word), "{word}");
        }
        for word in ["*so*", "1.5", "#1", "x", "`a`"] {
            assert!(!opens_block(word), "{word}");
        }
    }
}
