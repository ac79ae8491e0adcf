//! Fields of tree-sitter-python.

use std::num::NonZeroU16;
use std::sync::LazyLock;

use super::{Node, language};

macro_rules! fields {
    ($($variant:ident = $name:literal),* $(,)?) => {
        /// A field of a node. Names are those of tree-sitter-python.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum Field { $($variant),* }

        const FIELDS: &[(Field, &str)] = &[$((Field::$variant, $name)),*];
    };
}

fields! {
    Alias = "alias", Alternative = "alternative", Argument = "argument", Arguments = "arguments",
    Attribute = "attribute", Body = "body", Cause = "cause", Code = "code", Condition = "condition",
    Consequence = "consequence", Definition = "definition", Expression = "expression",
    FormatSpecifier = "format_specifier", Function = "function", Guard = "guard", Key = "key",
    Left = "left", ModuleName = "module_name", Name = "name", Object = "object",
    Operator = "operator", Operators = "operators", Parameters = "parameters",
    ReturnType = "return_type", Right = "right", Subject = "subject", Subscript = "subscript",
    Superclasses = "superclasses", Type = "type", TypeConversion = "type_conversion",
    TypeParameters = "type_parameters", Value = "value",
}

/// The fields by their number in the grammar, from 1.
static OF_ID: LazyLock<Vec<Option<Field>>> = LazyLock::new(|| {
    let field = |id| {
        let name = language().field_name_for_id(id);
        FIELDS.iter().find(|(_, own)| Some(*own) == name).map(|(field, _)| *field)
    };
    (0..=language().field_count() as u16).map(field).collect()
});

impl Field {
    /// The field with this number in the grammar.
    pub(super) fn of_id(id: NonZeroU16) -> Option<Self> {
        OF_ID.get(id.get() as usize).copied().flatten()
    }

    /// What the grammar calls the field.
    pub fn name(self) -> &'static str {
        FIELDS[self as usize].1
    }

    /// The first child of `node` in this field.
    #[inline]
    pub fn of(self, node: Node<'_>) -> Option<Node<'_>> {
        node.child_in(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_the_grammar_is_known() {
        assert_eq!(FIELDS.len(), language().field_count());
        assert!((1..=language().field_count() as u16).all(|id| OF_ID[id as usize].is_some()));
    }
}
