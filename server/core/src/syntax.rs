//! Node kinds of tree-sitter-python as an enum, so that a `match` needs no strings.

pub(crate) mod expression;
mod field;
pub mod flow;
pub mod function;
pub mod quirks;
pub(crate) mod soundness;
mod tree;

pub use field::Field;
pub use tree::{Children, Node, Tree};

use std::sync::LazyLock;

use tree_sitter::Language;

/// The grammar.
pub fn language() -> &'static Language {
    static LANGUAGE: LazyLock<Language> = LazyLock::new(|| tree_sitter_python::LANGUAGE.into());
    &LANGUAGE
}

macro_rules! kinds {
    ($($variant:ident = $name:literal),* $(,)?) => {
        /// A named node kind of the grammar. Names are those of tree-sitter-python.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs)]
        pub enum Kind { $($variant,)* /// Any other node, named or not.
            Other }

        static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| {
            let language = language();
            // Aliases give one name several ids.
            let kind = |id| match language.node_kind_for_id(id) {
                $(Some($name) if language.node_kind_is_named(id) => Kind::$variant,)*
                _ => Kind::Other,
            };
            (0..language.node_kind_count() as u16).map(kind).collect()
        });

        #[cfg(test)]
        const NAMES: &[&str] = &[$($name),*];
    };
}

kinds! {
    AliasedImport = "aliased_import", Argument = "argument_list", AsPattern = "as_pattern",
    AsPatternTarget = "as_pattern_target", AssertStatement = "assert_statement",
    Assignment = "assignment", Attribute = "attribute",
    AugmentedAssignment = "augmented_assignment", Await = "await",
    BinaryOperator = "binary_operator", Block = "block", BooleanOperator = "boolean_operator",
    BreakStatement = "break_statement", Call = "call", CaseClause = "case_clause",
    CasePattern = "case_pattern", ClassDefinition = "class_definition",
    ClassPattern = "class_pattern", Comment = "comment",
    ComparisonOperator = "comparison_operator", ConcatenatedString = "concatenated_string",
    ConditionalExpression = "conditional_expression", ContinueStatement = "continue_statement",
    DecoratedDefinition = "decorated_definition", Decorator = "decorator",
    DefaultParameter = "default_parameter", DeleteStatement = "delete_statement",
    DictPattern = "dict_pattern", Dictionary = "dictionary",
    DictionaryComprehension = "dictionary_comprehension", DictionarySplat = "dictionary_splat",
    DictionarySplatPattern = "dictionary_splat_pattern", DottedName = "dotted_name",
    ElifClause = "elif_clause", Ellipsis = "ellipsis", ElseClause = "else_clause",
    ExceptClause = "except_clause",
    ExpressionList = "expression_list",
    ExpressionStatement = "expression_statement", False = "false",
    FinallyClause = "finally_clause", Float = "float", ForInClause = "for_in_clause",
    ForStatement = "for_statement", FormatExpression = "format_expression",
    FunctionDefinition = "function_definition",
    FutureImportStatement = "future_import_statement",
    GeneratorExpression = "generator_expression", GenericType = "generic_type",
    GlobalStatement = "global_statement", Identifier = "identifier", IfClause = "if_clause",
    IfStatement = "if_statement", ImportFromStatement = "import_from_statement",
    ImportPrefix = "import_prefix", ImportStatement = "import_statement", Integer = "integer",
    Interpolation = "interpolation", KeywordArgument = "keyword_argument",
    KeywordPattern = "keyword_pattern", KeywordSeparator = "keyword_separator", Lambda = "lambda",
    LambdaParameters = "lambda_parameters", List = "list",
    ListComprehension = "list_comprehension", ListPattern = "list_pattern",
    ListSplat = "list_splat", ListSplatPattern = "list_splat_pattern",
    MatchStatement = "match_statement", Module = "module", NamedExpression = "named_expression",
    None = "none", NonlocalStatement = "nonlocal_statement", NotOperator = "not_operator",
    Pair = "pair", Parameters = "parameters",
    ParenthesizedExpression = "parenthesized_expression", PassStatement = "pass_statement",
    PatternList = "pattern_list", PositionalSeparator = "positional_separator", PrintStatement = "print_statement",
    RaiseStatement = "raise_statement", RelativeImport = "relative_import",
    ReturnStatement = "return_statement", Set = "set", SetComprehension = "set_comprehension",
    Slice = "slice", SplatPattern = "splat_pattern", SplatType = "splat_type", String = "string",
    StringContent = "string_content", StringEnd = "string_end", StringStart = "string_start",
    Subscript = "subscript", True = "true", TryStatement = "try_statement", Tuple = "tuple",
    TuplePattern = "tuple_pattern", Type = "type",
    TypeAliasStatement = "type_alias_statement",
    TypeParameter = "type_parameter", TypedDefaultParameter = "typed_default_parameter",
    TypedParameter = "typed_parameter", UnaryOperator = "unary_operator",
    UnionPattern = "union_pattern", UnionType = "union_type", WhileStatement = "while_statement",
    WildcardImport = "wildcard_import", WithClause = "with_clause", WithItem = "with_item",
    WithStatement = "with_statement", Yield = "yield",
}

/// The kind of `node`; [`Kind::Other`] for anonymous tokens, ERROR nodes and rare kinds.
#[inline]
pub fn kind(node: Node<'_>) -> Kind {
    node.kind_of()
}

fn kind_of(symbol: u16) -> Kind {
    KINDS.get(symbol as usize).copied().unwrap_or(Kind::Other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_in_the_grammar() {
        for name in NAMES {
            assert_ne!(language().id_for_node_kind(name, true), 0, "{name}");
        }
    }
}
