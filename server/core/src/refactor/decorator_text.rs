//! The text of a decorator that does nothing yet.

use crate::Span;

/// What such a decorator is made of.
pub(super) struct Skeleton<'a> {
    /// The parameter that is the function.
    pub func: &'a str,
    /// How `functools.wraps` is written.
    pub wraps: &'a str,
    /// The decorated functions are coroutine functions.
    pub is_async: bool,
}

impl Skeleton<'_> {
    /// The lines of its body, without indentation but what they have among themselves.
    pub fn body(&self, step: &str) -> Vec<String> {
        let Self { func, wraps, is_async } = *self;
        let (word, waits) = if is_async { ("async def", "await ") } else { ("def", "") };
        vec![
            format!("@{wraps}({func})"),
            format!("{word} wrapper(*args, **kwargs):"),
            format!("{step}return {waits}{func}(*args, **kwargs)"),
            String::new(),
            "return wrapper".to_owned(),
        ]
    }

    /// The whole definition, which makes the decorator from these parameters if there are some.
    pub fn definition(&self, name: &str, parameters: Option<&[String]>, step: &str) -> Vec<String> {
        let head = |name: &str| format!("def {name}({}):", self.func);
        let Some(parameters) = parameters else {
            return [vec![head(name)], deeper(&self.body(step), step)].concat();
        };
        let inner = [vec![head("decorate")], deeper(&self.body(step), step)].concat();
        let rest = [inner, vec![String::new(), "return decorate".to_owned()]].concat();
        let first = format!("def {name}({}):", parameters.join(", "));
        [vec![first], deeper(&rest, step)].concat()
    }
}

/// The lines with `step` in front, but for empty ones.
pub(super) fn deeper(lines: &[String], step: &str) -> Vec<String> {
    let line =
        |line: &String| if line.is_empty() { String::new() } else { format!("{step}{line}") };
    lines.iter().map(line).collect()
}

/// Where in the text of a skeleton the call of the function stands, for the reader to go on.
pub(super) fn blank_in(text: &str) -> Option<Span> {
    let start = text.find("return ")?;
    let end = start + text[start..].find(['\r', '\n'])?;
    Some(Span::new(start, end))
}
