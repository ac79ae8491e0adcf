//! A snippet with a blank, and what a typed answer is compared with.

use super::normal::Normal;

/// What stands for the blank in a snippet.
pub const BLANK: &str = "____";

/// Longest answer that is looked at, in characters.
pub const MAX_TEXT: usize = 400;

/// How a typed answer compares with the forms that are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// It is the form with this index.
    Known(usize),
    /// It is none of them.
    Unknown,
    /// With it the snippet is not Python.
    NotPython,
}

/// The snippet with `text` in its blank.
pub fn fill(snippet: &str, text: &str) -> String {
    snippet.replacen(BLANK, text.trim(), 1)
}

/// Which of the `forms` the answer `text` is, by the syntax of the whole snippet. `names` may be called
/// otherwise than in the form.
pub fn compare<'a>(
    snippet: &str,
    names: &[String],
    forms: impl IntoIterator<Item = &'a str>,
    text: &str,
) -> Typed {
    let Some(answer) = Normal::of(&fill(snippet, text)) else { return Typed::NotPython };
    let is_form = |form: &str| {
        Normal::of(&fill(snippet, form)).is_some_and(|form| form.is_like(&answer, names))
    };
    match forms.into_iter().position(is_form) {
        Some(at) => Typed::Known(at),
        None => Typed::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SNIPPET: &str = "from m import d\ng = d(____)\ng['a'].append(1)\n";

    fn typed(text: &str) -> Typed {
        compare(SNIPPET, &["x".to_owned()], ["list", "lambda: []", "list()", "lambda x: x"], text)
    }

    #[test]
    fn an_answer_is_known_by_its_syntax() {
        assert_eq!(typed("list"), Typed::Known(0));
        assert_eq!(
            typed(" ( list ) # the factory\n"),
            Typed::NotPython,
            "the comment eats the `)`"
        );
        assert_eq!(typed(" ( list ),\n"), Typed::Known(0));
        assert_eq!(typed("lambda :[ ]"), Typed::Known(1));
        assert_eq!(typed("list( )"), Typed::Known(2));
        assert_eq!(typed("lambda it: it"), Typed::Known(3));
        assert_eq!(typed("lambda d: d"), Typed::Unknown, "`d` is something else here");
        assert_eq!(typed("dict"), Typed::Unknown);
    }

    #[test]
    fn an_answer_cannot_leave_its_blank() {
        assert_eq!(typed("list)\nprint(g"), Typed::Unknown);
        assert_eq!(typed("list); h = (1"), Typed::Unknown);
        assert_eq!(typed("____"), Typed::Unknown);
        assert_eq!(typed(""), Typed::Unknown);
        assert_eq!(typed("list("), Typed::NotPython);
        assert_eq!(typed("1 2"), Typed::NotPython);
    }
}
