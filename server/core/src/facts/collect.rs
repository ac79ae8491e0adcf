//! Which arguments of a call `*args` and `**kwargs` get.
//!
//! Source: Python Language Reference, Expressions, Calls.

use super::source_text::one_line_in;
use crate::syntax::function::{Parameter, ParameterKind, arguments};
use crate::syntax::{Field, Kind, Node, kind};

/// What is left of a call's arguments when the other parameters have theirs.
pub(super) struct Collected {
    /// Nothing when `*x` in the call hides how many there are.
    positional: Option<Vec<String>>,
    /// Nothing when `**x` in the call hides which there are.
    keywords: Option<Vec<(String, String)>>,
}

impl Collected {
    /// The value of the parameter of this kind, as an expression.
    pub fn of(&self, parameter: ParameterKind) -> Option<String> {
        match parameter {
            ParameterKind::VarPositional => self.positional.as_deref().map(|values| match values {
                [one] => format!("({one},)"),
                _ => format!("({})", values.join(", ")),
            }),
            ParameterKind::VarKeyword => {
                let pairs = self.keywords.as_ref()?.iter();
                let pairs: Vec<_> =
                    pairs.map(|(name, value)| format!("'{name}': {value}")).collect();
                Some(format!("{{{}}}", pairs.join(", ")))
            }
            _ => None,
        }
    }
}

/// Gives the arguments of `call` to `parameters`. Nothing for a call that fails, as far as can be
/// seen.
pub(super) fn collect(
    text: &str,
    parameters: &[Parameter<'_>],
    call_text: &str,
    call: Node<'_>,
) -> Option<Collected> {
    let has = |wanted| parameters.iter().any(|parameter| parameter.kind == wanted);
    let name_of = |parameter: &Parameter<'_>| &text[parameter.name.byte_range()];
    let mut values = Vec::new();
    let mut keywords: Vec<(&str, String)> = Vec::new();
    let (mut spreads_list, mut spreads_dictionary) = (false, false);
    for argument in arguments(call) {
        match kind(argument) {
            Kind::ListSplat => spreads_list = true,
            Kind::DictionarySplat => spreads_dictionary = true,
            Kind::KeywordArgument => {
                let name = &call_text[argument.child_in(Field::Name)?.byte_range()];
                let value = one_line_in(call_text, argument.child_in(Field::Value)?);
                if keywords.iter().any(|(other, _)| *other == name) {
                    return None;
                }
                keywords.push((name, value));
            }
            // A generator expression as the only argument brings its own parentheses.
            _ => values.push(one_line_in(call_text, argument)),
        }
    }
    let mut values = values.into_iter();
    for parameter in parameters {
        let by_name = match parameter.kind {
            ParameterKind::PositionalOnly => None,
            ParameterKind::PositionalOrKeyword | ParameterKind::KeywordOnly => {
                keywords.iter().position(|(name, _)| *name == name_of(parameter))
            }
            ParameterKind::VarPositional | ParameterKind::VarKeyword => continue,
        };
        let by_place = parameter.kind != ParameterKind::KeywordOnly && values.next().is_some();
        match by_name {
            Some(_) if by_place => return None,
            Some(index) => drop(keywords.remove(index)),
            None => {
                let is_hidden = spreads_list || spreads_dictionary;
                if !by_place && !parameter.is_optional() && !is_hidden {
                    return None;
                }
            }
        }
    }
    let values: Vec<String> = values.collect();
    let too_many = !has(ParameterKind::VarPositional) && !values.is_empty();
    let unknown = !has(ParameterKind::VarKeyword) && !keywords.is_empty();
    if too_many || unknown {
        return None;
    }
    let keywords = keywords.into_iter().map(|(name, value)| (name.to_owned(), value));
    Some(Collected {
        positional: (!spreads_list).then_some(values),
        keywords: (!spreads_dictionary).then(|| keywords.collect()),
    })
}
