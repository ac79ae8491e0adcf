//! The fields of a data class, in order.
//!
//! Source: Library Reference, dataclasses: a field is a name of the class body with an annotation;
//! fields of bases come first, and one that is annotated again keeps its place.

use super::super::classes::{Base, Class, Lookup, Own, adds_nothing};
use super::super::decoration::{Arguments, qualified};
use super::super::source_text::one_line_in;
use super::options::options;
use crate::names::Names;
use crate::syntax::{Field, Kind, Node, function::statements, kind};
use crate::walk;

/// Bases of bases are followed this far.
const MAX_BASES: usize = 20;

/// One field, or a parameter of `__init__` that is none (`InitVar`).
#[derive(Clone, Debug)]
pub(in super::super) struct DataclassField<'a> {
    /// The names of the file that the field stands in.
    pub names: Names<'a>,
    /// Index of the item.
    pub item: usize,
    pub name: &'a str,
    /// The expression behind the colon.
    pub annotation: Node<'a>,
    /// The annotation on one line.
    pub shown: String,
    pub default: FieldDefault<'a>,
    pub init: bool,
    pub kw_only: bool,
    pub compare: bool,
    /// `hash=`; without it the field is in the hash if it is compared.
    pub hash: Option<bool>,
    pub role: FieldRole,
}

impl DataclassField<'_> {
    /// True for a parameter of the generated `__init__`.
    pub fn is_parameter(&self) -> bool {
        self.init && self.role != FieldRole::ClassVar
    }

    /// True for what the generated `__hash__` reads.
    pub fn is_hashed(&self) -> bool {
        self.role == FieldRole::Stored && self.hash.unwrap_or(self.compare)
    }
}

/// What a name with an annotation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum FieldRole {
    /// A field of every instance.
    Stored,
    /// `InitVar`: handed to `__post_init__` and not stored.
    InitOnly,
    /// `ClassVar`: no field, but it takes the place of a field of that name.
    ClassVar,
}

/// What a field has as default.
#[derive(Clone, Debug)]
pub(in super::super) enum FieldDefault<'a> {
    None,
    /// A value, made once.
    Value(Node<'a>),
    /// The argument of `default_factory=`.
    Factory(Node<'a>),
    /// Something, or a `field(…)`, that cannot be told; the value if there is one.
    Unclear(Option<Node<'a>>),
}

/// What the body of one class adds.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct OwnFields<'a> {
    /// Names with an annotation in order.
    pub fields: Vec<DataclassField<'a>>,
    /// False when there may be more fields or fewer.
    pub complete: bool,
}

/// What kind of annotation stands behind the colon.
enum Annotation {
    Field(FieldRole),
    KeywordOnly,
    Unclear,
}

/// The fields that the body of `class` declares. `kw_only` is the decorator's argument.
pub(in super::super) fn own_fields<'a>(class: Class<'a>, kw_only: bool) -> OwnFields<'a> {
    let mut out = OwnFields { complete: true, ..OwnFields::default() };
    let text = class.text();
    // The last annotation of a name counts, in the place of the first.
    let mut annotations: Vec<(&'a str, Node<'a>)> = Vec::new();
    for statement in class.statements() {
        let Some(assignment) = annotated(statement) else {
            out.complete &= !may_annotate(statement);
            continue;
        };
        let (Some(left), Some(annotation)) =
            (assignment.child_in(Field::Left), assignment.child_in(Field::Type))
        else {
            continue;
        };
        let name = &text[left.byte_range()];
        if kind(left) != Kind::Identifier {
            continue;
        }
        // A private name is mangled.
        out.complete &= !name.starts_with("__") || name.ends_with("__");
        match annotations.iter_mut().find(|(other, _)| *other == name) {
            Some((_, old)) => *old = annotation,
            None => annotations.push((name, annotation)),
        }
    }
    let mut keyword_only = kw_only;
    let mut seen_marker = false;
    for (name, annotation) in annotations {
        let role = match read_annotation(class, annotation) {
            Annotation::Field(role) => role,
            Annotation::KeywordOnly => {
                out.complete &= !seen_marker;
                (keyword_only, seen_marker) = (true, true);
                continue;
            }
            Annotation::Unclear => {
                out.complete = false;
                continue;
            }
        };
        let mut field = DataclassField {
            names: class.names,
            item: class.item,
            name,
            annotation,
            shown: one_line_in(text, annotation),
            default: FieldDefault::None,
            init: true,
            kw_only: keyword_only,
            compare: true,
            hash: None,
            role,
        };
        read_value(class, &mut field);
        if role != FieldRole::Stored && matches!(field.default, FieldDefault::Factory(_)) {
            // Refused when the class is made.
            field.default = FieldDefault::Unclear(None);
        }
        out.fields.push(field);
    }
    out
}

/// All names with an annotation that the class and its bases have, those of the bases first;
/// nothing when they cannot all be told.
pub(in super::super) fn all_fields<'a>(class: Class<'a>) -> Option<Vec<DataclassField<'a>>> {
    fields_within(class, 0)
}

fn fields_within<'a>(class: Class<'a>, depth: usize) -> Option<Vec<DataclassField<'a>>> {
    let mut all: Vec<DataclassField<'a>> = Vec::new();
    for base in class.bases_anywhere() {
        let inherited = match base {
            Base::Here(base) if depth < MAX_BASES => fields_within(base, depth + 1)?,
            Base::Known(name) if adds_nothing(&name) => Vec::new(),
            _ => return None,
        };
        // Of two bases with fields, the order depends on the whole method resolution order.
        if !all.is_empty() && !inherited.is_empty() {
            return None;
        }
        all.extend(inherited);
    }
    let decorated = class.decorated();
    let dataclass = decorated
        .as_ref()
        .and_then(|decorated| decorated.all.iter().find(|one| one.is(&["dataclasses.dataclass"])));
    let Some(dataclass) = dataclass else { return Some(all) };
    let own = own_fields(class, options(class, dataclass)?.kw_only);
    let clear = |field: &DataclassField<'_>| !matches!(field.default, FieldDefault::Unclear(_));
    (own.complete && own.fields.iter().all(clear)).then_some(())?;
    for field in own.fields {
        // Without a value of its own the field takes the class attribute of a base as default.
        let bare = matches!(class.own(field.name), Own::No);
        if bare && !matches!(class.inherited_anywhere(field.name), Lookup::Absent) {
            return None;
        }
        match all.iter_mut().find(|old| old.name == field.name) {
            Some(old) => *old = field,
            None => all.push(field),
        }
    }
    Some(all)
}

/// The annotated assignment or declaration that a statement is.
pub(in super::super) fn annotated(statement: Node<'_>) -> Option<Node<'_>> {
    (kind(statement) == Kind::ExpressionStatement).then_some(())?;
    let assignment = *statements(statement).first()?;
    let is_it = kind(assignment) == Kind::Assignment && assignment.child_in(Field::Type).is_some();
    is_it.then_some(assignment)
}

/// True when a compound statement of a class body may declare a field.
fn may_annotate(statement: Node<'_>) -> bool {
    let mut found = false;
    walk::until(statement, |node| {
        found |= annotated(node).is_some();
        found || matches!(kind(node), Kind::FunctionDefinition | Kind::ClassDefinition)
    });
    found
}

fn read_annotation(class: Class<'_>, annotation: Node<'_>) -> Annotation {
    let text = &class.text()[annotation.byte_range()];
    if !["ClassVar", "InitVar", "KW_ONLY"].iter().any(|word| text.contains(word)) {
        // An alias of one of them would be needed to be anything else.
        return match head(annotation).and_then(|head| qualified(class.names, class.item, head)) {
            Some(name) => special(&name, annotation),
            None => Annotation::Field(FieldRole::Stored),
        };
    }
    match head(annotation).and_then(|head| qualified(class.names, class.item, head)) {
        Some(name) => match special(&name, annotation) {
            Annotation::Field(FieldRole::Stored) => Annotation::Unclear,
            other => other,
        },
        None => Annotation::Unclear,
    }
}

fn special(name: &str, annotation: Node<'_>) -> Annotation {
    let bare = statements(annotation)
        .first()
        .is_some_and(|node| matches!(kind(*node), Kind::Identifier | Kind::Attribute));
    match name {
        "typing.ClassVar" => Annotation::Field(FieldRole::ClassVar),
        "dataclasses.InitVar" => Annotation::Field(FieldRole::InitOnly),
        "dataclasses.KW_ONLY" if bare => Annotation::KeywordOnly,
        _ => Annotation::Field(FieldRole::Stored),
    }
}

/// The name in front of the brackets of an annotation.
fn head(annotation: Node<'_>) -> Option<Node<'_>> {
    let mut node = annotation;
    loop {
        node = match kind(node) {
            Kind::Type | Kind::GenericType => *statements(node).first()?,
            Kind::Subscript => node.child_in(Field::Value)?,
            Kind::Identifier | Kind::Attribute => return Some(node),
            _ => return None,
        };
    }
}

/// Reads what the class body binds the field's name to in the end.
fn read_value<'a>(class: Class<'a>, field: &mut DataclassField<'a>) {
    field.default = match class.own(field.name) {
        Own::No => FieldDefault::None,
        Own::Maybe => FieldDefault::Unclear(None),
        Own::Yes(binding) => match class.value_of(binding) {
            Some(value) => read_default(class, field, value),
            None => FieldDefault::Unclear(None),
        },
    };
}

fn read_default<'a>(
    class: Class<'a>,
    field: &mut DataclassField<'a>,
    value: Node<'a>,
) -> FieldDefault<'a> {
    let is_call = kind(value) == Kind::Call;
    let callee = value.child_in(Field::Function).filter(|_| is_call);
    let Some(callee) = callee else { return FieldDefault::Value(value) };
    if qualified(class.names, class.item, callee).as_deref() == Some("dataclasses.field") {
        // Much of what `field()` says is refused for a class variable.
        if field.role == FieldRole::ClassVar {
            return FieldDefault::Unclear(Some(value));
        }
        return read_field(class, field, value).unwrap_or(FieldDefault::Unclear(Some(value)));
    }
    // A helper may return what `field()` returns.
    if makes_plain_value(class, callee) {
        FieldDefault::Value(value)
    } else {
        FieldDefault::Unclear(Some(value))
    }
}

/// Reads `field(…)`.
fn read_field<'a>(
    class: Class<'a>,
    field: &mut DataclassField<'a>,
    call: Node<'a>,
) -> Option<FieldDefault<'a>> {
    let arguments = Arguments::of(call, class.text());
    if arguments.spread || !arguments.positional.is_empty() {
        return None;
    }
    let mut default = FieldDefault::None;
    for (name, value) in arguments.keywords {
        match name {
            "default" => default = FieldDefault::Value(value),
            "default_factory" => default = FieldDefault::Factory(value),
            "init" => field.init = literal(value)?,
            "kw_only" => field.kw_only = literal(value)?,
            "compare" => field.compare = literal(value)?,
            "hash" if kind(value) != Kind::None => field.hash = Some(literal(value)?),
            "repr" | "hash" | "metadata" | "doc" => {}
            _ => return None,
        }
    }
    Some(default)
}

fn literal(node: Node<'_>) -> Option<bool> {
    match kind(node) {
        Kind::True => Some(true),
        Kind::False => Some(false),
        _ => None,
    }
}

/// True for a builtin, or a class of the workspace that is no descriptor.
fn makes_plain_value(class: Class<'_>, callee: Node<'_>) -> bool {
    const MODULES: &[&str] = &[
        "builtins",
        "collections",
        "datetime",
        "decimal",
        "fractions",
        "ipaddress",
        "math",
        "operator",
        "os",
        "pathlib",
        "random",
        "re",
        "string",
        "time",
        "uuid",
    ];
    if let Some(made) = Class::anywhere(class.names, class.item, callee) {
        let absent = |name| matches!(made.lookup_anywhere(name), Lookup::Absent);
        return made.is_plain_anywhere() && absent("__get__") && absent("__new__");
    }
    let name = qualified(class.names, class.item, callee);
    name.is_some_and(|name| {
        let module = name.split('.').next().unwrap_or_default();
        MODULES.contains(&module) && name != "builtins.property"
    })
}
