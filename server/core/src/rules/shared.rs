//! What several rules need.

use crate::Span;
use crate::decorator::{self, Decorator, User};
use crate::lint::{Place, line_break};
use crate::subject::Subject;
use crate::syntax::function::{ParameterKind, parameters};
use crate::syntax::{Field, Kind, Node, kind};

/// The decorator that the subject is, or makes; nothing when the function around it is its factory,
/// since the factory is asked about it then.
pub(crate) fn decorator_at<'a>(subject: &Subject<'a>) -> Option<Decorator<'a>> {
    let found = subject.decorator()?;
    if found.factory.is_none() {
        let around = subject.ancestors().find(|node| kind(*node) == Kind::FunctionDefinition);
        let factory = around
            .and_then(|around| decorator::read(subject.names(), subject.item(), around))
            .filter(|outer| outer.factory.is_some() && outer.function.id() == found.function.id());
        if factory.is_some() {
            return None;
        }
    }
    Some(found)
}

/// The functions that `decorator` is applied to.
pub(crate) fn users<'a>(subject: &Subject<'a>, decorator: &Decorator<'a>) -> Vec<User<'a>> {
    let mut users = decorator::users(subject.names(), decorator);
    users.retain(User::is_function);
    users
}

/// The place of a decorated function, for a finding about its decorator.
pub(crate) fn place_of(subject: &Subject<'_>, user: &User<'_>) -> Option<Place> {
    let item = subject.document().items().get(user.item)?.id();
    Some(Place { item, at: user.decorator.byte_range().into(), role: "user" })
}

/// The bytes of the name of a definition, in its item.
pub(crate) fn name_span(definition: Node<'_>) -> Span {
    Field::Name.of(definition).unwrap_or(definition).byte_range().into()
}

/// The white space in front of the line on which `node` starts, if nothing else stands there.
pub(crate) fn indentation<'a>(subject: &Subject<'a>, node: Node<'_>) -> Option<&'a str> {
    let before = subject.item_text().get(..node.start_byte())?;
    let line = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let indent = &before[line..];
    indent.chars().all(|char| matches!(char, ' ' | '\t' | '\x0c')).then_some(indent)
}

/// The line break of the file.
pub(crate) fn break_of(subject: &Subject<'_>) -> &'static str {
    line_break(subject.document())
}

/// The names of `*args` and `**kwargs` among a function's parameters.
pub(crate) fn stars<'a>(
    subject: &Subject<'a>,
    function: Node<'_>,
) -> (Option<&'a str>, Option<&'a str>) {
    let find = |wanted: ParameterKind| {
        let all = parameters(function).unwrap_or_default();
        let found = all.into_iter().find(|parameter| parameter.kind == wanted)?;
        Some(subject.text(found.name))
    };
    (find(ParameterKind::VarPositional), find(ParameterKind::VarKeyword))
}

/// True when the call passes on just `*args, **kwargs` of these names.
pub(crate) fn spreads(
    subject: &Subject<'_>,
    argument: Node<'_>,
    stars: (Option<&str>, Option<&str>),
) -> bool {
    let inner = argument.named_child(0).map(|inner| subject.text(inner));
    match kind(argument) {
        Kind::ListSplat => inner.is_some() && inner == stars.0,
        Kind::DictionarySplat => inner.is_some() && inner == stars.1,
        _ => false,
    }
}
