//! Classes that derive from `enum.Enum`, and their members.
//!
//! Source: Library Reference, enum; Enum HOWTO.

use super::super::classes::{Class, Own};
use super::super::source_text::one_line_in;
use super::super::{Facts, Provider, Slot, SlotKind};
use super::mro::{Link, Orders};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, expression::plain_string, function::statements, kind};

pub static CLASS: Provider = Provider {
    name: "enum-class",
    doc: "a class that derives from `enum.Enum`; `@target` is the `class_definition`",
    slots: CLASS_SLOTS,
    run: class,
};

pub static MEMBER: Provider = Provider {
    name: "enum-member",
    doc: "a member of such a class; `@target` is the `assignment`",
    slots: MEMBER_SLOTS,
    run: member,
};

static CLASS_SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the class"),
    Slot::new("members", SlotKind::Codes, "its members"),
    Slot::new("empty", SlotKind::Code, "the class, if it has none"),
    Slot::new("aliases", SlotKind::Records(ALIASES), "names with the value of an earlier member"),
    Slot::new("not-unique", SlotKind::Code, "the class, if `enum.unique` refuses them"),
    Slot::new("extended", SlotKind::Code, "the base, if it has members: `TypeError`"),
    Slot::new("metaclass", SlotKind::Code, "its metaclass"),
    Slot::new("methods", SlotKind::Codes, "functions of the body, which are no members"),
];

static ALIASES: &[Slot] = &[
    Slot::new("alias", SlotKind::Code, "the later name"),
    Slot::new("member", SlotKind::Code, "the member it stands for"),
];

static MEMBER_SLOTS: &[Slot] = &[
    Slot::new("member", SlotKind::Code, "the member, by its class: `Color.RED`"),
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("value", SlotKind::Code, "its value, if it is a literal"),
    Slot::new("lookup", SlotKind::Code, "the look-up by value"),
    Slot::new("name", SlotKind::Code, "its name"),
    Slot::new("alias", SlotKind::Code, "the name, if an earlier member has the value"),
    Slot::new("first", SlotKind::Code, "that member"),
    Slot::new("first-line", SlotKind::Line, "its line"),
];

/// A member, in order.
struct Member<'a> {
    name: &'a str,
    value: Node<'a>,
    key: Key,
}

/// The class if it surely is an enumeration of the plain kind.
fn enumeration<'a>(orders: &mut Orders<'_, 'a>, class: Class<'a>) -> Option<Vec<Link<'a>>> {
    let links = orders.of(class).complete()?;
    // Members of a flag whose value has several bits are no members since 3.11.
    let is_enum = links.iter().any(|link| link.is("enum.Enum"))
        && !links.iter().any(|link| link.is("enum.Flag"));
    let plain = orders.metaclass(class).class()?.is("enum.EnumMeta");
    let transparent = class.decorated().is_none_or(|decorated| {
        decorated.all.iter().all(|one| one.is(super::super::classes::TRANSPARENT))
    });
    (is_enum && plain && transparent).then_some(links)
}

/// The members of the first of these classes, whose order they are; nothing when the body does what
/// cannot be followed.
fn members<'a>(links: &[Link<'a>]) -> Option<Vec<Member<'a>>> {
    let class = links.first()?.here()?;
    let mixin = Mixin::of(links)?;
    let mut found: Vec<Member<'a>> = Vec::new();
    for statement in class.statements() {
        match kind(statement) {
            Kind::FunctionDefinition
            | Kind::DecoratedDefinition
            | Kind::PassStatement
            | Kind::ImportStatement
            | Kind::ImportFromStatement => continue,
            Kind::ExpressionStatement => {}
            // A nested class is a member before 3.13 and none after it; loops may do anything.
            _ => return None,
        }
        let node = statement.named_child(0)?;
        if kind(node) != Kind::Assignment {
            if matches!(kind(node), Kind::String | Kind::ConcatenatedString | Kind::Ellipsis) {
                continue;
            }
            return None;
        }
        let left = Field::Left.of(node)?;
        let Some(value) = Field::Right.of(node) else { continue };
        if kind(left) != Kind::Identifier {
            return None;
        }
        let name = &class.text()[left.byte_range()];
        // Private and special names are no members.
        if name.starts_with("__") || name.starts_with('_') && name.ends_with('_') {
            continue;
        }
        if found.iter().any(|other| other.name == name) {
            return None;
        }
        let key = match is_auto(class, value) {
            true if mixin == Mixin::StrEnum => Key::Text(name.to_lowercase()),
            true => Key::Auto(found.len()),
            false => key(value, class)?,
        };
        mixin.keeps(&key).then_some(())?;
        found.push(Member { name, value, key });
    }
    // What `auto()` counts from is the value before it.
    let autos = found.iter().filter(|one| matches!(one.key, Key::Auto(_))).count();
    let counted = found.iter().all(|one| match one.key {
        Key::Auto(_) => true,
        // To `str` a number is a text.
        Key::Text(_) => mixin == Mixin::None,
        _ => false,
    });
    if autos > 0 && !counted {
        return None;
    }
    Some(found)
}

/// What the values of an enumeration are made into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mixin {
    None,
    Int,
    Str,
    /// As `Str`, and `auto()` gives the name in lower case.
    StrEnum,
}

impl Mixin {
    /// That of a class with this order; nothing for what may make any value of any other.
    fn of(links: &[Link<'_>]) -> Option<Self> {
        let mut found = Self::None;
        for link in links {
            match link {
                Link::Here(class) => {
                    let special = ["_ignore_", "__new__", "_generate_next_value_"];
                    let is_plain = special.iter().all(|name| matches!(class.own(name), Own::No));
                    // Instances of a data class are compared as it says.
                    let is_data = class.decorated().is_some_and(|decorated| {
                        decorated.all.iter().any(|one| one.is(&["dataclasses.dataclass"]))
                    });
                    (is_plain && !is_data).then_some(())?;
                }
                Link::Known(name) => match name.as_str() {
                    "builtins.int" => found = Self::Int,
                    "enum.StrEnum" => found = Self::StrEnum,
                    "builtins.str" if found == Self::None => found = Self::Str,
                    name if name.starts_with("enum.") => {}
                    "builtins.str" | "builtins.object" => {}
                    _ => return None,
                },
            }
        }
        Some(found)
    }

    /// True when the value of a member stays what is written.
    fn keeps(self, key: &Key) -> bool {
        match self {
            Self::None => true,
            Self::Int => matches!(key, Key::Integer(_) | Key::Auto(_)),
            Self::Str | Self::StrEnum => matches!(key, Key::Text(_) | Key::Auto(_)),
        }
    }
}

/// The base that surely has members, so that making the class raises `TypeError`. Nothing at all when
/// one may have some.
fn extends<'a>(orders: &mut Orders<'_, 'a>, links: &[Link<'a>]) -> Option<Option<Class<'a>>> {
    for base in links.iter().skip(1).filter_map(Link::here) {
        let above = orders.of(base).complete()?;
        if above.iter().any(|link| link.is("enum.Enum")) && !members(&above)?.is_empty() {
            return Some(Some(base));
        }
    }
    Some(None)
}

/// A value that can be compared with the other ones.
#[derive(Clone, Debug, PartialEq)]
enum Key {
    Integer(i128),
    Text(String),
    None,
    Tuple(Vec<Key>),
    /// `auto()`, the number of the member.
    Auto(usize),
}

/// The key of a literal; nothing for what may equal anything.
fn key(value: Node<'_>, class: Class<'_>) -> Option<Key> {
    Some(match kind(value) {
        Kind::Tuple => {
            let parts = statements(value).into_iter();
            Key::Tuple(parts.map(|part| simple_key(part, class)).collect::<Option<_>>()?)
        }
        _ => simple_key(value, class)?,
    })
}

fn simple_key(value: Node<'_>, class: Class<'_>) -> Option<Key> {
    let text = &class.text()[value.byte_range()];
    Some(match kind(value) {
        Kind::Integer => Key::Integer(text.parse().ok()?),
        Kind::True => Key::Integer(1),
        Kind::False => Key::Integer(0),
        Kind::None => Key::None,
        Kind::String => Key::Text(plain_string(value, class.text())?.to_owned()),
        _ => return None,
    })
}

/// True for `enum.auto()`.
fn is_auto(class: Class<'_>, value: Node<'_>) -> bool {
    let callee = value.child_in(Field::Function).filter(|_| kind(value) == Kind::Call);
    callee.is_some_and(|callee| {
        class.names.qualified(class.item, callee).as_deref() == Some("enum.auto")
    })
}

/// The earlier member that the one at `index` is another name of.
fn aliased<'m, 'a>(members: &'m [Member<'a>], index: usize) -> Option<&'m Member<'a>> {
    members[..index].iter().find(|other| other.key == members[index].key)
}

fn class(subject: &Subject<'_>) -> Option<Facts> {
    let class = Class::new(subject.names(), subject.item(), subject.node())?;
    let mut orders = Orders::across_files(subject);
    let links = enumeration(&mut orders, class)?;
    let members = members(&links)?;
    let extended = extends(&mut orders, &links)?;
    let mut facts = Facts::of(CLASS_SLOTS);
    facts.code("name", class.name()).code("metaclass", "EnumMeta");
    let mut aliases = Vec::new();
    let mut own = Vec::new();
    for (index, one) in members.iter().enumerate() {
        match aliased(&members, index) {
            Some(first) => {
                let mut record = Facts::of(ALIASES);
                record.code("alias", one.name).code("member", first.name);
                aliases.push(record);
            }
            None => own.push(one.name),
        }
    }
    let unique = class
        .decorated()
        .is_some_and(|decorated| decorated.all.iter().any(|one| one.is(&["enum.unique"])));
    // A class that extends members is not made, so `unique` never sees it.
    let refused = unique && extended.is_none() && !aliases.is_empty();
    match extended {
        Some(base) => facts.code("extended", base.name()),
        None if own.is_empty() => facts.code("empty", class.name()),
        None if refused => &mut facts,
        None => facts.codes("members", own),
    };
    facts.records("aliases", aliases);
    if refused {
        facts.code("not-unique", class.name());
    }
    let functions = class.statements().into_iter().filter_map(|statement| {
        let node = match kind(statement) {
            Kind::DecoratedDefinition => statement.child_in(Field::Definition)?,
            _ => statement,
        };
        (kind(node) == Kind::FunctionDefinition).then(|| node.child_in(Field::Name))?
    });
    facts.codes("methods", functions.map(|name| &class.text()[name.byte_range()]));
    Some(facts)
}

fn member(subject: &Subject<'_>) -> Option<Facts> {
    let found = super::body_attribute::BodyAttribute::of(subject)?;
    let class = found.class;
    let mut orders = Orders::across_files(subject);
    let links = enumeration(&mut orders, class)?;
    let members = members(&links)?;
    extends(&mut orders, &links)?.is_none().then_some(())?;
    let index = members.iter().position(|one| one.name == found.name)?;
    let mut facts = Facts::of(MEMBER_SLOTS);
    facts.code("class", class.name());
    if let Some(first) = aliased(&members, index) {
        facts.code("alias", format!("{}.{}", class.name(), found.name));
        facts.code("first", format!("{}.{}", class.name(), first.name));
        facts.line("first-line", class.line_at(first.value.start_byte()));
        facts.code("name", format!("'{}'", first.name));
        return Some(facts);
    }
    facts.code("member", format!("{}.{}", class.name(), found.name));
    facts.code("name", format!("'{}'", found.name));
    let plain = links[1..].iter().all(|link| link.is("enum.Enum") || link.is("builtins.object"));
    if !matches!(members[index].key, Key::Auto(_)) && plain {
        let value = one_line_in(class.text(), found.value);
        facts.code("lookup", format!("{}({value})", class.name())).code("value", value);
    }
    Some(facts)
}

#[cfg(test)]
mod tests;
