//! The decorated functions of a file that can be asked about.

use super::guards::{is_bound_once, is_closed, takes_its_arguments};
use super::literal::{docstring_of, signature_of};
use super::{DecoratedFunction, DecoratorLine, Evidence, How, Outcome, Wrapper};
use crate::decorator::{self, Gives, Metadata, applied};
use crate::names::Names;
use crate::syntax::function::{decorators, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::{Document, Span};

/// The functions with decorators of an item. `clean` is what [`super::guards::leaves_metadata_alone`] says of the file.
pub(super) fn functions(document: &Document, item: usize, clean: bool) -> Vec<DecoratedFunction> {
    let Some(root) = document.items()[item].tree().map(|tree| tree.root_node()) else {
        return Vec::new();
    };
    let names = Names::new(document);
    let top = statements(root).into_iter();
    top.filter_map(|node| read(document, names, item, node, clean)).collect()
}

fn read(
    document: &Document,
    names: Names<'_>,
    item: usize,
    node: Node<'_>,
    clean: bool,
) -> Option<DecoratedFunction> {
    if kind(node) != Kind::DecoratedDefinition || node.is_broken() {
        return None;
    }
    let function = node.child_in(Field::Definition)?;
    (kind(function) == Kind::FunctionDefinition).then_some(())?;
    let place = Place { document, item };
    let text = names.item(item).text();
    let name = function.child_in(Field::Name)?;
    is_bound_once(names, item, function).then_some(())?;
    let lines = decorators(node);
    let written = |line: &Node<'_>| {
        let expression = *statements(*line).first()?;
        let text = &text[expression.byte_range()];
        let line = place.line(*line);
        (!text.contains(['\n', '\r', '#'])).then(|| DecoratorLine { text: text.to_owned(), line })
    };
    let outcome = match lines[..] {
        [only] if clean => outcome(document, names, item, node, only),
        _ => None,
    };
    let mut evidence = Evidence {
        subject: place.span(Span::new(node.start_byte(), name.end_byte())),
        from: lines.iter().map(|line| place.span(line.byte_range().into())).collect(),
        extents: vec![place.span(node.byte_range().into())],
        texts: vec![text[node.byte_range()].to_owned()],
    };
    let outcome = outcome.map(|(outcome, more)| {
        evidence.from.extend(more.from);
        evidence.from.sort();
        evidence.extents.push(more.extent);
        evidence.texts.push(more.text);
        outcome
    });
    Some(DecoratedFunction {
        name: text[name.byte_range()].to_owned(),
        line: place.line(function),
        decorators: lines.iter().map(written).collect::<Option<_>>()?,
        docstring: docstring_of(function, text),
        signature: signature_of(function, text),
        outcome,
        evidence,
    })
}

/// What an outcome follows from.
struct More {
    from: Vec<Span>,
    extent: Span,
    text: String,
}

/// What the one decorator `line` of the definition `node` makes of the function.
fn outcome(
    document: &Document,
    names: Names<'_>,
    item: usize,
    node: Node<'_>,
    line: Node<'_>,
) -> Option<(Outcome, More)> {
    // The shape of the decorator and what it does with the metadata.
    decorator::outcome(names, item, node)?;
    let applied = applied(names, item, line)?;
    let call = applied.called.then(|| statements(line).first().copied()).flatten();
    let decorator = &applied.decorator;
    let certain = decorator.item < item
        && decorator.gives == Gives::Wrapper
        && is_closed(decorator)
        && takes_its_arguments(names, &applied, item, call);
    if !certain {
        return None;
    }
    let how = match decorator.metadata {
        Metadata::Own => How::Replaced,
        Metadata::Copied(_) => How::Wrapped,
        Metadata::Unknown => return None,
    };
    let place = Place { document, item: decorator.item };
    let text = names.item(decorator.item).text();
    let (outer, wrapper) = (decorator.outer(), decorator.wrapper);
    let name = |function| decorator.name_of(function).to_owned();
    let mut from: Vec<Span> = [outer, wrapper]
        .iter()
        .filter_map(|function| function.child_in(Field::Name))
        .map(|name| place.span(name.byte_range().into()))
        .collect();
    if let Metadata::Copied(copied) = decorator.metadata {
        from.push(place.span(copied.byte_range().into()));
    }
    let outcome = Outcome {
        how,
        decorator: name(outer),
        decorator_line: place.line(outer),
        decorator_signature: signature_of(outer, text),
        inner: decorator.factory.map(|_| name(decorator.function)),
        wrapper: Wrapper {
            name: name(wrapper),
            line: place.line(wrapper),
            docstring: docstring_of(wrapper, text),
            signature: signature_of(wrapper, text),
        },
    };
    let extent = place.span(outer.byte_range().into());
    Some((outcome, More { from, extent, text: text[outer.byte_range()].to_owned() }))
}

/// An item in its file.
struct Place<'a> {
    document: &'a Document,
    item: usize,
}

impl Place<'_> {
    fn span(&self, span: Span) -> Span {
        span.shifted(self.document.start_of(self.item))
    }

    fn line(&self, node: Node<'_>) -> usize {
        let start = self.document.start_of(self.item) + node.start_byte();
        self.document.text().line_of(start)
    }
}
