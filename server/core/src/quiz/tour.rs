//! The questions that are asked about real code.

use expect_test::{Expect, expect};

use super::from_code::questions;
use super::testing::{chance, context, session};
use super::*;
use crate::content::testing::builtin;
use crate::{Document, Settings};

mod bugs;
mod files;
mod mistakes;
mod silent;
mod topics;

/// Writes out the questions that a session asks about `source` with their options, the right one marked,
/// and the reasons.
fn check(source: &str, expected: Expect) {
    let document = Document::new(source);
    let questions = questions(builtin(), &document, &Settings::default());
    let context = context(builtin(), &questions);
    let mut session = session(&context, Wish::Code);
    let mut out = String::new();
    // Misses come again; once is enough.
    for n in 0..session.total() as u64 {
        ask(&mut session, &context, &document, n, &mut out);
    }
    expected.assert_eq(&out);
}

/// [`check`] for all questions with a copy of a function, or for all others.
fn check_all(source: &str, copies: bool, expected: Expect) {
    let document = Document::new(source);
    let questions = questions(builtin(), &document, &Settings::default());
    let mut out = String::new();
    for question in questions.iter().filter(|it| (it.generator.kind == Kind::Bug) == copies) {
        let context = context(builtin(), std::slice::from_ref(question));
        ask(&mut session(&context, Wish::Code), &context, &document, 0, &mut out);
    }
    expected.assert_eq(&out);
}

fn ask(
    session: &mut Session,
    context: &Context<'_>,
    document: &Document,
    n: u64,
    out: &mut String,
) {
    let Step::Ask(question) = session.next(context, chance(n), 0).unwrap() else { return };
    out.push_str(&format!("{}\n", question.prompt));
    if let Some(snippet) = &question.snippet {
        snippet.lines().for_each(|line| out.push_str(&format!("  | {line}\n")));
    }
    let count = if question.kind == Kind::Order { question.options.len() } else { 1 };
    let keys = question.options[..count].iter().map(|option| option.key.clone()).collect();
    let answer = Answer {
        presentation: question.presentation,
        response: Some(Response::Keys(keys)),
        confidence: None,
        ms: None,
        median: None,
        now: 0,
    };
    let verdict = &session.answer(context, &answer).unwrap().verdict;
    let mut options: Vec<_> = verdict.options.iter().collect();
    let is_order = question.kind == Kind::Order;
    options.sort_by_key(|option| (option.place, is_order || !option.right, &option.label));
    for option in options {
        let mark = match option.place {
            Some(place) => (place + 1).to_string(),
            None => if option.right { "*" } else { " " }.to_owned(),
        };
        out.push_str(&format!("  {mark} {}: {}\n", option.label.text, option.why));
    }
    let lines = verdict.evidence.iter().map(|span| document.text().line_of(span.start) + 1);
    out.push_str(&format!("    from lines {:?}\n", lines.collect::<Vec<_>>()));
}

#[test]
fn the_chapters_example() {
    check(
        include_str!("../../../../content/python-interview-5/decorators/tour.py"),
        expect![[r#"
            `api_call` in line 22 is decorated with `rate_limit(max_calls_per_second=2)`. What is its `__name__` after that?
              * 'wrapper': The name is bound to `wrapper` of line 8, and nothing copies another `__name__` onto it.
                'api_call': So it would be with `functools.wraps`. Here the name is bound to `wrapper` of line 8, which has a `__name__` of its own.
                'decorator': That function was called with `api_call` once. The name is bound to what it returned.
                'rate_limit': The name is bound to what comes back in the end, not to `rate_limit` itself.
                from lines [3, 8, 21]
            `api_call` in line 22 is decorated with `rate_limit(max_calls_per_second=2)`. What does `inspect.signature` show for it?
              * (*args, **kwargs): The name is bound to `wrapper` of line 8, and these are its parameters.
                (): The name is not bound to a function without parameters.
                (endpoint): They would show if `functools.wraps` had left a `__wrapped__` on `wrapper` of line 8 to follow.
                (max_calls_per_second): These are the parameters of `rate_limit`, whose work is done when the name is bound.
                from lines [3, 8, 21]
        "#]],
    );
}

#[test]
fn with_wraps_and_a_docstring() {
    check(
        r#"import functools as ft

def traced(func):
    @ft.wraps(func)
    def call(*args):
        """Trace and call."""
        return func(*args)
    return call

@traced
def load(path, mode="r"):
    """Load a file."""

@app.get("/")
@traced
def index(): ...
"#,
        expect![[r#"
            In this copy of `traced`, which stands in line 3 of your file, one mistake was made on purpose. At which line is it to be found?
              | def traced(func):
              |     def call(*args):
              |         """Trace and call."""
              |         return func(*args)
              |     return call
              * def call(*args):: Nothing copies the metadata of the decorated function onto this one, which takes its place: its name, docstring and signature are lost. `functools.wraps` stood above it.
                """Trace and call.""": This line is as it is in your file.
                def traced(func):: This line is as it is in your file.
                return func(*args): This line is as it is in your file.
                from lines [3]
            In this copy of `traced`, which stands in line 3 of your file, one mistake was made on purpose. At which line is it to be found?
              | def traced(func):
              |     @ft.wraps
              |     def call(*args):
              |         """Trace and call."""
              |         return func(*args)
              |     return call
              * @ft.wraps: Without the call, `wraps` takes the wrapper for what is wrapped and returns a decorator, and that takes the wrapper's place. It was called with the decorated function.
                def call(*args):: This line is as it is in your file.
                def traced(func):: This line is as it is in your file.
                return func(*args): This line is as it is in your file.
                from lines [3]
            `load` in line 11 is decorated with `traced`. What is its `__name__` after that?
              * 'load': The name is bound to `call` of line 5, and `functools.wraps` has copied the `__name__` of `load` onto it.
                'call': So it would be without `functools.wraps`, which copies the name of `load` onto `call` here.
                'function': That is the name of its type, `type(f).__name__`.
                'traced': The name is bound to what comes back in the end, not to `traced` itself.
                from lines [3, 4, 5, 10]
            `load` in line 11 has a docstring and is decorated with `traced`. What is its `__doc__` after that?
              * 'Load a file.': `functools.wraps` has copied the docstring of `load` onto `call` of line 5.
                '': A function without a docstring has `None` there, not an empty string.
                'Trace and call.': `functools.wraps` replaces that docstring by the one of `load`.
                None: Nothing is lost: `functools.wraps` copies the docstring onto `call` of line 5.
                from lines [3, 4, 5, 10]
            In this copy of `traced`, which stands in line 3 of your file, one mistake was made on purpose. At which line is it to be found?
              | def traced(func):
              |     def call(*args):
              |         """Trace and call."""
              |         return func(*args)
              |     return call
              * def call(*args):: Nothing copies the metadata of the decorated function onto this one, which takes its place: its name, docstring and signature are lost. `functools.wraps` stood above it.
                """Trace and call.""": This line is as it is in your file.
                def traced(func):: This line is as it is in your file.
                return func(*args): This line is as it is in your file.
                from lines [3]
            In this copy of `traced`, which stands in line 3 of your file, one mistake was made on purpose. At which line is it to be found?
              | def traced(func):
              |     @ft.wraps
              |     def call(*args):
              |         """Trace and call."""
              |         return func(*args)
              |     return call
              * @ft.wraps: Without the call, `wraps` takes the wrapper for what is wrapped and returns a decorator, and that takes the wrapper's place. It was called with the decorated function.
                def call(*args):: This line is as it is in your file.
                def traced(func):: This line is as it is in your file.
                return func(*args): This line is as it is in your file.
                from lines [3]
        "#]],
    );
}

#[test]
fn nothing_is_asked_where_nothing_is_certain() {
    for source in [
        "from lib import deco\n@deco\ndef f():\n    'Doc.'\n",
        "def d(f):\n    def w(): return f()\n    return w\n@d\ndef g(): 'Doc.'\ng.__name__ = 'h'\n",
        "def d(f):\n    def w(): return f()\n    return w\nif x:\n    @d\n    def g(): 'Doc.'\n",
        "from m import *\ndef d(f):\n    def w(): return f()\n    return w\n@d\ndef g(): 'Doc.'\n",
        "def d(f):\n    def w(): return f()\n    return w\n@d\ndef g(: 'Doc.'\n",
        "@d\ndef g(): 'Doc.'\ndef d(f):\n    def w(): return f()\n    return w\n",
    ] {
        check(source, expect![[""]]);
    }
}
