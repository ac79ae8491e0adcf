//! Fields of tree-sitter-python, resolved once: looking one up by its text compares strings.

use std::num::NonZeroU16;
use std::sync::LazyLock;

use tree_sitter::Node;

use super::language;

/// A field of a node. Names are those of tree-sitter-python.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Field {
    Alias,
    Alternative,
    Argument,
    Arguments,
    Attribute,
    Body,
    Cause,
    Condition,
    Consequence,
    Definition,
    Expression,
    FormatSpecifier,
    Function,
    Key,
    Left,
    ModuleName,
    Name,
    Object,
    Operator,
    Operators,
    Parameters,
    ReturnType,
    Right,
    Subscript,
    Superclasses,
    Type,
    TypeParameters,
    Value,
}

const FIELDS: [(Field, &str); 28] = [
    (Field::Alias, "alias"),
    (Field::Alternative, "alternative"),
    (Field::Argument, "argument"),
    (Field::Arguments, "arguments"),
    (Field::Attribute, "attribute"),
    (Field::Body, "body"),
    (Field::Cause, "cause"),
    (Field::Condition, "condition"),
    (Field::Consequence, "consequence"),
    (Field::Definition, "definition"),
    (Field::Expression, "expression"),
    (Field::FormatSpecifier, "format_specifier"),
    (Field::Function, "function"),
    (Field::Key, "key"),
    (Field::Left, "left"),
    (Field::ModuleName, "module_name"),
    (Field::Name, "name"),
    (Field::Object, "object"),
    (Field::Operator, "operator"),
    (Field::Operators, "operators"),
    (Field::Parameters, "parameters"),
    (Field::ReturnType, "return_type"),
    (Field::Right, "right"),
    (Field::Subscript, "subscript"),
    (Field::Superclasses, "superclasses"),
    (Field::Type, "type"),
    (Field::TypeParameters, "type_parameters"),
    (Field::Value, "value"),
];

static IDS: LazyLock<[NonZeroU16; FIELDS.len()]> = LazyLock::new(|| {
    FIELDS.map(|(_, name)| language().field_id_for_name(name).expect("a field of the grammar"))
});

impl Field {
    /// The number of the field in the grammar.
    pub fn id(self) -> NonZeroU16 {
        IDS[self as usize]
    }

    /// The first child of `node` in this field.
    pub fn of(self, node: Node<'_>) -> Option<Node<'_>> {
        node.child_by_field_id(self.id().get())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_fields() {
        for (index, (field, name)) in FIELDS.iter().enumerate() {
            assert_eq!(*field as usize, index, "{name}");
            assert_eq!(language().field_name_for_id(field.id().get()), Some(*name));
        }
    }
}
