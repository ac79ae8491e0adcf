//! Objects that are handed to processes as arguments.

use super::code::callee;
use super::held::{Held, Place};
use super::started::Started;
use crate::facts::decoration::Arguments;
use crate::names::{Bound, Names};
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::function::{parameters, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

/// The uses of the object by its name, and by the parameters of functions of the file that
/// `multiprocessing.Process(target=…, args=(…))` gives it to.
pub(super) fn places<'a>(subject: &Subject<'a>, held: &Held<'a>) -> Vec<Place<'a>> {
    let names = subject.names();
    let mut found = held.uses.clone();
    for used in &held.uses {
        if let Some((item, function, parameter)) = taker(names, used) {
            found.extend(uses(names, item, function, parameter).unwrap_or_default());
        }
    }
    found.sort_by_key(|place| (place.item, place.node().start_byte()));
    found.dedup_by_key(|place| (place.item, place.node().start_byte()));
    found
}

/// The parameter that gets what is used here, and its function.
fn taker<'a>(names: Names<'a>, used: &Place<'a>) -> Option<(usize, Node<'a>, Node<'a>)> {
    let [.., call, list, keyword, tuple, node] = used.path[..] else { return None };
    let text = names.item(used.item).text();
    let is_args = kind(list) == Kind::Argument
        && kind(keyword) == Kind::KeywordArgument
        && matches!(kind(tuple), Kind::Tuple | Kind::List)
        && &text[Field::Name.of(keyword)?.byte_range()] == "args"
        && callee(names, used.item, call)? == "multiprocessing.Process";
    let at = statements(tuple).iter().position(|one| *one == node).filter(|_| is_args)?;
    let target = Arguments::of(call, text).keyword("target")?;
    let function = Started::of(names, used.item, target).function()?;
    let skipped = usize::from(kind(target) == Kind::Attribute);
    let all = parameters(function.node)?;
    let parameter = all.get(at + skipped)?;
    Some((function.item, function.node, parameter.name))
}

/// The uses of a parameter that nothing else binds.
fn uses<'a>(
    names: Names<'a>,
    item: usize,
    function: Node<'a>,
    parameter: Node<'a>,
) -> Option<Vec<Place<'a>>> {
    let text = names.item(item).text();
    let bindings = names.bindings_in(item, function, &text[parameter.byte_range()]);
    let [binding] = bindings[..] else { return None };
    if binding.kind != BindingKind::Parameter {
        return None;
    }
    let root = names.item(item).tree()?.root_node();
    let mut found = Vec::new();
    for used in names.uses(Bound { item, binding })? {
        let span = used.reference.at;
        found.push(Place { item: used.item, path: walk::path_to(root, span.start, span.end)? });
    }
    Some(found)
}
