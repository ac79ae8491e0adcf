//! Functions for the tests of generators and sessions.

use super::{CodeQuestion, Computed, DecoratedFunction, DecoratorLine, Docstring, Evidence, Find};
use super::{Generator, How, Outcome, Wrapper, generators};
use crate::Span;

/// What the generator computes about a function.
pub(crate) fn run(generator: &Generator, function: &DecoratedFunction) -> Option<Computed> {
    match generator.find {
        Find::Decorated(run) => run(function),
        Find::At(..) | Find::Mutant(_) | Find::InFile(_) => None,
    }
}

/// The questions about the chapter's example.
pub(crate) fn api_call(how: How) -> Vec<CodeQuestion> {
    let function = decorated(how);
    let question = |generator: &'static Generator| {
        let computed = run(generator, &function)?;
        let (about, evidence) = (function.name.clone(), function.evidence.clone());
        Some(CodeQuestion { generator, about, computed, evidence })
    };
    generators().filter_map(question).collect()
}

/// The chapter's example: `@rate_limit(2)` over `def api_call(endpoint)`, whose decorator does `how`.
pub(crate) fn decorated(how: How) -> DecoratedFunction {
    let wrapper = Wrapper {
        name: "wrapper".to_owned(),
        line: 6,
        docstring: Docstring::Missing,
        signature: Some("(*args, **kwargs)".to_owned()),
    };
    DecoratedFunction {
        name: "api_call".to_owned(),
        line: 14,
        decorators: vec![line("rate_limit(2)", 13)],
        docstring: Docstring::Line("Call the service.".to_owned()),
        signature: Some("(endpoint)".to_owned()),
        outcome: Some(Outcome {
            how,
            decorator: "rate_limit".to_owned(),
            decorator_line: 3,
            decorator_signature: Some("(calls)".to_owned()),
            inner: Some("decorator".to_owned()),
            wrapper,
        }),
        evidence: Evidence {
            subject: Span::new(100, 150),
            from: vec![Span::new(0, 90)],
            extents: vec![Span::new(100, 200), Span::new(0, 95)],
            texts: vec![format!("{how:?}")],
        },
    }
}

/// A function with these decorators, about which nothing else is known.
pub(crate) fn stacked(decorators: &[&str]) -> DecoratedFunction {
    DecoratedFunction {
        decorators: decorators.iter().enumerate().map(|(at, text)| line(text, at)).collect(),
        line: decorators.len(),
        outcome: None,
        ..decorated(How::Replaced)
    }
}

fn line(text: &str, line: usize) -> DecoratorLine {
    DecoratorLine { text: text.to_owned(), line }
}
