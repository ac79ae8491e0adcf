//! Parameters in place of values in the text of a statement.

use crate::Span;
use crate::analysis::Safety;
use crate::lint::{Found, Plan};
use crate::subject::Subject;

use super::super::code::{bare, is_call_of, plain_arguments};
use super::super::sql::places::Place;
use super::super::sql::statement::{Form, Literal, Symbol, What};
use super::{Injection, assigned, injection};
use crate::syntax::{Kind, Node, expression::next_statement, function::statements, kind};

type Edits = Vec<(Span, String)>;

pub fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let injection = injection(subject)?;
    let placeholder = injection.execution.database.as_ref()?.placeholder.clone()?;
    let is_alone = injection.execution.method == "execute" && is_near(subject, &injection)?;
    is_alone.then_some(())?;
    let rewrite = Rewrite { subject, injection: &injection, placeholder: &placeholder };
    let mut edits = rewrite.text()?;
    edits.push(rewrite.arguments()?);
    let start = subject.document().start_of(subject.item());
    let edits = edits.into_iter().map(|(span, text)| (span.shifted(start), text)).collect();
    let facts = found.facts.clone();
    Some(Plan { fix: "use-parameters", safety: Safety::Review, facts, edits })
}

/// True when nothing happens between the text and the call, and the text is for the call alone.
fn is_near(subject: &Subject<'_>, injection: &Injection<'_>) -> Option<bool> {
    let argument = bare(injection.argument);
    if kind(argument) != Kind::Identifier {
        return Some(injection.text == injection.argument);
    }
    let bound = assigned(subject, argument)?;
    let uses = subject.names().uses(bound)?;
    let parent = |node: Node<'_>| {
        let span = node.byte_range();
        let path = crate::walk::path_to(subject.path()[0], span.start, span.end)?;
        path.into_iter().rev().find(|it| kind(*it) == Kind::ExpressionStatement)
    };
    let next = next_statement(parent(subject.names().node(bound)?)?)?;
    let call = subject.node().byte_range();
    let in_next = next.start_byte() <= call.start && call.end <= next.end_byte();
    let is_simple = matches!(
        kind(next),
        Kind::ExpressionStatement | Kind::ReturnStatement | Kind::ForStatement
    );
    Some(uses.len() == 1 && in_next && is_simple)
}

struct Rewrite<'a, 's> {
    subject: &'s Subject<'a>,
    injection: &'s Injection<'a>,
    placeholder: &'s str,
}

impl<'a> Rewrite<'a, '_> {
    fn symbols(&self) -> &[Symbol] {
        &self.injection.statement.symbols
    }

    fn literal(&self, symbol: &Symbol) -> Option<&Literal<'a>> {
        self.injection.statement.literals.get(symbol.literal?)
    }

    /// The edits of the text, in bytes of the item.
    fn text(&self) -> Option<Edits> {
        let statement = &self.injection.statement;
        let replaced: Vec<usize> =
            self.injection.places().flat_map(|place| place.holes.clone()).collect();
        let is_in_place = |at: usize| {
            let mut places = self.injection.places();
            places.any(|place| (place.symbols.0..=place.symbols.1).contains(&at))
        };
        let marks = &self.injection.scan.marks;
        let has_percent = (0..self.symbols().len()).any(|at| {
            self.symbols()[at].what == What::Char('%') && !is_in_place(at) && !marks.contains(&at)
        });
        // With parameters a driver that writes them `%s` reads every `%`.
        (!has_percent).then_some(())?;
        let mut edits: Edits = Vec::new();
        match statement.form {
            Form::Percent(node, text) | Form::Format(node, text) => {
                (replaced.len() == statement.holes.len()).then_some(())?;
                let mut symbols = statement.symbols.iter();
                let is_brace = |it: &Symbol| matches!(it.what, What::Char('{' | '}'));
                (!symbols.any(is_brace)).then_some(())?;
                edits.push((Span::new(text.end_byte(), node.end_byte()), String::new()));
            }
            Form::Literal | Form::Sum => {}
        }
        for place in self.injection.places() {
            edits.push(self.place(place)?);
        }
        for (number, literal) in statement.literals.iter().enumerate() {
            let is_here = |at: &usize| self.symbols()[*at].literal == Some(number);
            let mut here = (0..self.symbols().len()).filter(is_here);
            let stays = |at: usize| match self.symbols()[at].what {
                What::Hole(_) => !is_in_place(at),
                // Written twice.
                What::Char(char) => matches!(char, '{' | '}'),
            };
            if literal.formatted && !here.any(stays) {
                let prefix = self.subject.text(literal.start);
                let at = literal.start.start_byte() + prefix.find(['f', 'F'])?;
                edits.push((Span::new(at, at + 1), String::new()));
            }
        }
        Some(edits)
    }

    /// The placeholder in place of a value.
    fn place(&self, place: &Place) -> Option<(Span, String)> {
        (!place.bound).then_some(())?;
        let (first, last) = (self.symbols()[place.symbols.0], self.symbols()[place.symbols.1]);
        let placeholder = self.placeholder.to_owned();
        if place.quoted || first.literal.is_some() {
            let joins = match (self.literal(&first), self.literal(&last)) {
                (Some(_), Some(_)) if first.literal == last.literal => true,
                (Some(a), Some(b)) => self.injection.statement.form == Form::Sum && self.fits(a, b),
                _ => false,
            };
            return joins.then(|| (Span::new(first.span.start, last.span.end), placeholder));
        }
        let before = self.symbols().get(place.symbols.0.checked_sub(1)?)?;
        let before = self.literal(before).filter(|it| !it.formatted)?;
        let start = before.end.start_byte();
        match self.symbols().get(place.symbols.1 + 1) {
            Some(next) => {
                let next = self.literal(next).filter(|next| self.fits(before, next))?;
                Some((Span::new(start, next.start.end_byte()), placeholder))
            }
            None => {
                let close = self.subject.text(before.end);
                Some((Span::new(start, last.span.end), format!("{placeholder}{close}")))
            }
        }
    }

    /// True when the two literals, put together, are one of the same kind.
    fn fits(&self, a: &Literal<'_>, b: &Literal<'_>) -> bool {
        let text = |node: Node<'_>| self.subject.text(node);
        !a.formatted && text(a.start) == text(b.start) && text(a.end) == text(b.end)
    }

    /// The values as a second argument, or in the tuple that is there.
    fn arguments(&self) -> Option<(Span, String)> {
        let (positional, keywords) = plain_arguments(self.subject.node())?;
        keywords.is_empty().then_some(())?;
        let places = self.injection.places();
        let mut all: Vec<(usize, String)> = places
            .map(|place| Some((place.symbols.0, self.value(place)?)))
            .collect::<Option<_>>()?;
        let marks = &self.injection.scan.marks;
        let span = match positional[..] {
            [argument] if marks.is_empty() => Span::empty(argument.end_byte()),
            [_, values] if matches!(kind(values), Kind::Tuple | Kind::List) => {
                let old = statements(values);
                let plain = |node: &Node<'_>| kind(*node) != Kind::ListSplat;
                let fits =
                    old.len() == marks.len() && !self.injection.scan.named && old.iter().all(plain);
                fits.then_some(())?;
                let old = old.iter().map(|node| self.subject.text(*node).to_owned());
                all.extend(marks.iter().copied().zip(old));
                all.sort_by_key(|(at, _)| *at);
                values.byte_range().into()
            }
            _ => return None,
        };
        let texts: Vec<_> = all.into_iter().map(|(_, text)| text).collect();
        let tuple = match &texts[..] {
            [only] => format!("({only},)"),
            texts => format!("({})", texts.join(", ")),
        };
        Some((span, if span.is_empty() { format!(", {tuple}") } else { tuple }))
    }

    /// The value that takes the place of what is in the text.
    fn value(&self, place: &Place) -> Option<String> {
        let holes = &self.injection.statement.holes;
        let inner = &self.symbols()[place.symbols.0..=place.symbols.1];
        if let [hole] = place.holes[..]
            && (!place.quoted || inner.len() == 3)
        {
            let hole = holes[hole];
            let value = hole.value.filter(|_| hole.plain || !place.quoted)?;
            return Some(self.subject.text(self.unwrapped(value)).to_owned());
        }
        let mut text = String::new();
        let mut code = String::new();
        for symbol in &inner[1..inner.len() - 1] {
            match symbol.what {
                What::Char('\'' | '"' | '\\' | '\n' | '\r') => return None,
                What::Char(char @ ('{' | '}')) => text.extend([char, char]),
                What::Char(char) => text.push(char),
                What::Hole(hole) => {
                    let hole = holes[hole];
                    let value = self.subject.text(hole.value.filter(|_| hole.plain)?);
                    (!value.contains(['\\', '\n', '\r', '{'])).then_some(())?;
                    code.push_str(value);
                    text.push_str(&format!("{{{value}}}"));
                }
            }
        }
        let quote = if code.contains('"') { '\'' } else { '"' };
        (!code.contains(quote)).then(|| format!("f{quote}{text}{quote}"))
    }

    /// What is in `str(…)`: the driver converts.
    fn unwrapped(&self, value: Node<'a>) -> Node<'a> {
        let value = bare(value);
        let arguments = Some(value)
            .filter(|value| is_call_of(self.subject, *value, &["builtins.str"]))
            .and_then(plain_arguments);
        match arguments {
            Some((positional, _)) if positional.len() == 1 => positional[0],
            _ => value,
        }
    }
}
