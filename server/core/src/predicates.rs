//! Semantic predicates: the conditions that a pattern of `targets.scm` can make beyond the shape
//! of the tree. A predicate that cannot tell answers false, so that the pattern stays silent.

mod fact;
mod inside;
mod resolves;
mod same;
mod scope;

use crate::syntax::Node;

use crate::subject::Subject;

/// Every predicate that a pattern can use as `(#name? @capture …)`.
pub static PREDICATES: &[&Predicate] = &[
    &resolves::RESOLVES,
    &resolves::DEFINED_HERE,
    &same::SAME,
    &scope::SCOPE,
    &inside::INSIDE,
    &fact::FACT,
];

/// A condition on a match.
#[derive(Debug)]
pub struct Predicate {
    /// The name in patterns, after `#`, with its question mark.
    pub name: &'static str,
    /// What must follow the name.
    pub args: &'static [Arg],
    /// What it asks, one line of Markdown for the author's guide.
    pub doc: &'static str,
    /// What is wrong with its strings, which have the shape that `args` asks for.
    pub fault: fn(&[&str]) -> Option<String>,
    /// Whether it holds. The arguments have the shape that `args` asks for.
    pub test: fn(&Subject<'_>, &[Given<'_>]) -> bool,
}

/// The shape of an argument.
#[derive(Clone, Copy, Debug)]
pub enum Arg {
    /// A capture that the pattern binds to one node: `@fn`. Says what the node is.
    Capture(&'static str),
    /// A string; says what it is.
    Text(&'static str),
    /// One or more strings of a closed list. Only as the last argument.
    OneOf(&'static [&'static str]),
    /// One or more strings; says what they are. Only as the last argument.
    Texts(&'static str),
}

/// An argument as a predicate receives it.
#[derive(Clone, Copy, Debug)]
pub enum Given<'a> {
    /// The captured node.
    Node(Node<'a>),
    /// A string of the pattern.
    Text(&'a str),
}

impl<'a> Given<'a> {
    /// The node, for an argument declared as [`Arg::Capture`].
    pub fn node(self) -> Option<Node<'a>> {
        match self {
            Self::Node(node) => Some(node),
            Self::Text(_) => None,
        }
    }

    /// The string, for any other argument.
    pub fn text(self) -> Option<&'a str> {
        match self {
            Self::Node(_) => None,
            Self::Text(text) => Some(text),
        }
    }
}

/// A predicate of a pattern with its arguments.
pub(crate) struct Check {
    predicate: &'static Predicate,
    args: Vec<CheckArg>,
}

/// An argument as it stands in a pattern.
pub(crate) enum CheckArg {
    Capture(u32),
    Text(String),
}

impl Predicate {
    /// Ties the predicate to arguments, or says what it expects instead.
    pub(crate) fn check(&'static self, args: Vec<CheckArg>) -> Result<Check, String> {
        let mut shapes = self.args.iter();
        let mut shape = shapes.next();
        let mut missing = shape.is_some();
        let mut fits = true;
        for arg in &args {
            fits &= match (shape, arg) {
                (Some(Arg::Capture(_)), CheckArg::Capture(_)) => true,
                (Some(Arg::Text(_) | Arg::Texts(_)), CheckArg::Text(_)) => true,
                (Some(Arg::OneOf(words)), CheckArg::Text(text)) => words.contains(&text.as_str()),
                _ => false,
            };
            if matches!(shape, Some(Arg::Texts(_) | Arg::OneOf(_))) {
                missing = false;
            } else {
                shape = shapes.next();
                missing = shape.is_some();
            }
        }
        if !fits || missing {
            return Err(format!("expected `{}`", self.usage()));
        }
        let texts = args.iter().filter_map(|arg| match arg {
            CheckArg::Capture(_) => None,
            CheckArg::Text(text) => Some(text.as_str()),
        });
        match (self.fault)(&texts.collect::<Vec<_>>()) {
            Some(fault) => Err(fault),
            None => Ok(Check { predicate: self, args }),
        }
    }

    /// How the predicate is written.
    pub fn usage(&self) -> String {
        let mut out = format!("(#{}", self.name);
        for arg in self.args {
            match arg {
                Arg::Capture(what) => out.push_str(&format!(" @{what}")),
                Arg::Text(what) => out.push_str(&format!(" \"{what}\"")),
                Arg::Texts(what) => out.push_str(&format!(" \"{what}\" …")),
                Arg::OneOf(words) => {
                    for (i, word) in words.iter().enumerate() {
                        out.push_str(&format!("{}\"{word}\"", if i == 0 { " " } else { "|" }));
                    }
                    out.push_str(" …");
                }
            }
        }
        out.push(')');
        out
    }
}

impl Check {
    /// Whether the predicate holds. False when a capture has no node.
    pub fn holds(&self, subject: &Subject<'_>) -> bool {
        let args = self.args.iter().map(|arg| match arg {
            CheckArg::Capture(index) => subject.capture_at(*index).map(Given::Node),
            CheckArg::Text(text) => Some(Given::Text(text)),
        });
        match args.collect::<Option<Vec<_>>>() {
            Some(args) => (self.predicate.test)(subject, &args),
            None => false,
        }
    }
}

#[cfg(test)]
mod tests;
