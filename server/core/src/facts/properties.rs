//! The properties that a class body makes.
//!
//! Source: Library Reference, Built-in Functions, `property`: `x.setter(f)` is a copy of the
//! property `x` with `f` as its setter; what it is bound to is the name of the decorated function.

use super::classes::Class;
use super::decoration::{Arguments, Decorated, Decoration};
use crate::syntax::{Field, Kind, Node, function::statements, kind};

/// A property as it stands at the end of a class body.
#[derive(Clone, Debug)]
pub(super) struct Property<'a> {
    /// The name that the class binds it to.
    pub name: &'a str,
    /// The functions, as far as they are known: `def` or name.
    pub getter: Option<Node<'a>>,
    pub setter: Option<Node<'a>>,
    pub deleter: Option<Node<'a>>,
    /// The property it was copied from, if that has another name.
    pub copied_from: Option<&'a str>,
}

/// The functions that a property object has methods to replace.
pub(super) const ACCESSORS: &[&str] = &["getter", "setter", "deleter"];

/// The properties that the body of `class` surely makes, in order of their names' first binding.
/// What a branch may bind is left out.
pub(super) fn properties<'a>(class: Class<'a>) -> Vec<Property<'a>> {
    let mut found: Vec<Property<'a>> = Vec::new();
    let mut unsure: Vec<&'a str> = Vec::new();
    for statement in class.statements() {
        let made = match kind(statement) {
            Kind::DecoratedDefinition => decorated(class, statement, &found),
            Kind::ExpressionStatement => assigned(class, statement, &found),
            _ => None,
        };
        match made {
            Some(property) => match found.iter_mut().find(|old| old.name == property.name) {
                Some(old) => *old = property,
                None => found.push(property),
            },
            None => {
                let rebound = |name: &str| {
                    class.names.bindings_in(class.item, class.node, name).iter().any(|binding| {
                        let bytes = statement.byte_range();
                        bytes.start <= binding.at.start && binding.at.end <= bytes.end
                    })
                };
                unsure.extend(found.iter().map(|old| old.name).filter(|name| rebound(name)));
                found.retain(|old| !rebound(old.name));
            }
        }
    }
    found.retain(|one| {
        // A binding in a branch before the property's own does not matter, but tells of a design
        // that is not understood here.
        let all = class.names.bindings_in(class.item, class.node, one.name);
        !unsure.contains(&one.name) && all.iter().all(|binding| !binding.conditional)
    });
    found
}

/// What a decorator in a class body makes of the function below it: `property`, or the name of the
/// property that is copied and of the accessor.
pub(super) enum Role<'a> {
    Property,
    Accessor(Node<'a>, &'a str),
}

/// The role of a decorator, if it has one of these.
pub(super) fn role<'a>(text: &'a str, decoration: &Decoration<'a>) -> Option<Role<'a>> {
    if decoration.call.is_some() {
        return None;
    }
    if decoration.is(&["builtins.property"]) {
        return Some(Role::Property);
    }
    let callee = decoration.callee;
    (kind(callee) == Kind::Attribute).then_some(())?;
    let accessor = &text[callee.child_in(Field::Attribute)?.byte_range()];
    let of = callee.child_in(Field::Object)?;
    ACCESSORS.contains(&accessor).then_some(Role::Accessor(of, accessor))
}

fn decorated<'a>(
    class: Class<'a>,
    statement: Node<'a>,
    found: &[Property<'a>],
) -> Option<Property<'a>> {
    let text = class.text();
    let decorated = Decorated::read(class.names, class.item, statement)?;
    let function = decorated.function()?;
    let name = &text[function.child_in(Field::Name)?.byte_range()];
    // Decorators further down make the function; the topmost makes what the name is bound to.
    match role(text, decorated.all.first()?)? {
        Role::Property => Some(Property {
            name,
            getter: Some(function),
            setter: None,
            deleter: None,
            copied_from: None,
        }),
        Role::Accessor(of, accessor) => {
            let of = property_at(class, of, found)?;
            let mut copy = Property { name, ..of.clone() };
            copy.copied_from = (of.name != name).then_some(of.name);
            match accessor {
                "getter" => copy.getter = Some(function),
                "setter" => copy.setter = Some(function),
                _ => copy.deleter = Some(function),
            }
            Some(copy)
        }
    }
}

/// `x = property(get, set, delete)`, `x = x.setter(set)`.
fn assigned<'a>(
    class: Class<'a>,
    statement: Node<'a>,
    found: &[Property<'a>],
) -> Option<Property<'a>> {
    let text = class.text();
    let assignment = *statements(statement).first()?;
    let left = assignment.child_in(Field::Left).filter(|it| kind(*it) == Kind::Identifier)?;
    let call = assignment.child_in(Field::Right).filter(|it| kind(*it) == Kind::Call)?;
    let callee = call.child_in(Field::Function)?;
    let arguments = Arguments::of(call, text);
    if arguments.spread {
        return None;
    }
    let name = &text[left.byte_range()];
    let given =
        |position, name| arguments.get(position, name).filter(|value| kind(*value) != Kind::None);
    if class.names.qualified(class.item, callee).as_deref() == Some("builtins.property") {
        return Some(Property {
            name,
            getter: given(0, "fget"),
            setter: given(1, "fset"),
            deleter: given(2, "fdel"),
            copied_from: None,
        });
    }
    (kind(callee) == Kind::Attribute).then_some(())?;
    let of = property_at(class, callee.child_in(Field::Object)?, found)?;
    let mut copy = Property { name, ..of.clone() };
    copy.copied_from = (of.name != name).then_some(of.name);
    match &text[callee.child_in(Field::Attribute)?.byte_range()] {
        "getter" => copy.getter = given(0, ""),
        "setter" => copy.setter = given(0, ""),
        "deleter" => copy.deleter = given(0, ""),
        _ => return None,
    }
    Some(copy)
}

/// The property of this class body that an identifier means.
fn property_at<'p, 'a>(
    class: Class<'a>,
    node: Node<'_>,
    found: &'p [Property<'a>],
) -> Option<&'p Property<'a>> {
    (kind(node) == Kind::Identifier).then_some(())?;
    let name = &class.text()[node.byte_range()];
    found.iter().find(|one| one.name == name)
}
