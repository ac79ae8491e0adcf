//! What each kind of node binds, refers to and encloses.

use tree_sitter::Node;

use super::build::{Builder, Task};
use super::{BindingKind, ScopeId, ScopeKind};
use crate::syntax::function::parameters;
use crate::syntax::{Kind, kind};

impl<'tree> Builder<'_, 'tree> {
    pub(super) fn visit(&mut self, task: Task<'tree>) {
        let Task { node, scope, conditional } = task;
        match kind(node) {
            Kind::Identifier => self.refer(node, scope),
            Kind::FunctionDefinition | Kind::Lambda => self.function(task),
            Kind::ClassDefinition => self.class(task),
            Kind::ListComprehension
            | Kind::SetComprehension
            | Kind::DictionaryComprehension
            | Kind::GeneratorExpression => self.comprehension(task),
            Kind::Assignment => self.assignment(task),
            Kind::AugmentedAssignment => {
                let left = node.child_by_field_name("left");
                if let Some(name) = left.filter(|left| kind(*left) == Kind::Identifier) {
                    self.refer(name, scope);
                    self.bind(BindingKind::AugmentedAssignment, name, node, task);
                } else {
                    self.later_field("left", task);
                }
                self.later_field("right", task);
            }
            Kind::NamedExpression => {
                let scope = self.outside_comprehensions(scope);
                if let Some(name) = node.child_by_field_name("name") {
                    self.bind(BindingKind::NamedExpression, name, node, Task { scope, ..task });
                }
                self.later_field("value", task);
            }
            Kind::ForStatement => {
                let within = Task { conditional: true, ..task };
                if let Some(left) = node.child_by_field_name("left") {
                    self.target(BindingKind::For, left, node, within);
                }
                self.later_field("right", task);
                self.later_field("body", within);
                self.later_field("alternative", within);
            }
            Kind::IfStatement
            | Kind::WhileStatement
            | Kind::TryStatement
            | Kind::MatchStatement
            | Kind::ConditionalExpression
            | Kind::BooleanOperator => self.children(Task { conditional: true, ..task }),
            Kind::AsPattern => self.as_pattern(task, BindingKind::With),
            Kind::ExceptClause => {
                let mut cursor = node.walk();
                for child in node.named_children(&mut cursor) {
                    let within = Task { node: child, ..task };
                    match kind(child) {
                        Kind::AsPattern => self.as_pattern(within, BindingKind::Except),
                        _ => self.later(within),
                    }
                }
            }
            Kind::ImportStatement => self.import(task),
            Kind::ImportFromStatement => self.import_from(task),
            Kind::FutureImportStatement => self.import_from(task),
            Kind::GlobalStatement | Kind::NonlocalStatement => self.declare(task),
            Kind::DeleteStatement => {
                let mut cursor = node.walk();
                for target in node.named_children(&mut cursor) {
                    self.target(BindingKind::Delete, target, node, task);
                }
            }
            Kind::CaseClause => self.case(task),
            Kind::TypeAliasStatement => self.type_alias(task),
            Kind::Attribute => self.later_field("object", task),
            Kind::KeywordArgument => self.later_field("value", task),
            _ => self.children(Task { node, scope, conditional }),
        }
    }

    fn outside_comprehensions(&self, mut scope: ScopeId) -> ScopeId {
        while self.scopes.scopes[scope].kind == ScopeKind::Comprehension {
            scope = self.scopes.scopes[scope].parent.unwrap_or(super::MODULE);
        }
        scope
    }

    /// The scope for annotations and bases: that of the type parameters, if there are any.
    fn type_parameters(&mut self, task: Task<'tree>, list: Option<Node<'tree>>) -> ScopeId {
        let Some(list) = list else { return task.scope };
        let scope = self.open(ScopeKind::TypeParameters, Some(task.scope), task.node, None);
        let mut cursor = list.walk();
        for parameter in list.named_children(&mut cursor) {
            let mut name = parameter;
            // `T`, `T: bound`, `*T` and `**T` nest the name in one node after the other.
            while kind(name) != Kind::Identifier {
                let Some(inner) = name.named_child(0) else { break };
                let bound = name.named_child(1);
                if let Some(node) = bound {
                    self.later(Task { node, scope, conditional: true });
                }
                name = inner;
            }
            if kind(name) == Kind::Identifier {
                self.bind(BindingKind::TypeParameter, name, parameter, Task { scope, ..task });
            }
        }
        scope
    }

    fn function(&mut self, task: Task<'tree>) {
        let node = task.node;
        let is_lambda = kind(node) == Kind::Lambda;
        if let Some(name) = node.child_by_field_name("name") {
            self.bind(BindingKind::Function, name, node, task);
        }
        let around = self.type_parameters(task, node.child_by_field_name("type_parameters"));
        let scope_kind = if is_lambda { ScopeKind::Lambda } else { ScopeKind::Function };
        let inside = self.open(scope_kind, Some(around), node, None);
        let body = Task { node, scope: inside, conditional: false };
        match parameters(node) {
            Some(found) => {
                for parameter in found {
                    self.bind(BindingKind::Parameter, parameter.name, parameter.node, body);
                    if let Some(node) = parameter.default {
                        self.later(Task { node, ..task });
                    }
                    if let Some(node) = parameter.annotation {
                        self.later(Task { node, scope: around, ..task });
                    }
                }
            }
            None => self.later_field("parameters", body),
        }
        self.later_field("return_type", Task { scope: around, ..task });
        self.later_field("body", body);
    }

    fn class(&mut self, task: Task<'tree>) {
        let node = task.node;
        let Some(name) = node.child_by_field_name("name") else { return self.children(task) };
        self.bind(BindingKind::Class, name, node, task);
        let around = self.type_parameters(task, node.child_by_field_name("type_parameters"));
        self.later_field("superclasses", Task { scope: around, ..task });
        let class = self.source(name);
        let inside = self.open(ScopeKind::Class, Some(around), node, Some(class));
        self.later_field("body", Task { node, scope: inside, conditional: false });
    }

    fn comprehension(&mut self, task: Task<'tree>) {
        let node = task.node;
        let inside = self.open(ScopeKind::Comprehension, Some(task.scope), node, None);
        let within = Task { node, scope: inside, conditional: true };
        let mut first = true;
        let mut cursor = node.walk();
        for child in node.named_children(&mut cursor) {
            if kind(child) != Kind::ForInClause {
                self.later(Task { node: child, ..within });
                continue;
            }
            if let Some(left) = child.child_by_field_name("left") {
                self.target(BindingKind::For, left, child, within);
            }
            // The first iterable is evaluated outside (Language Reference, Displays).
            let place =
                if first { Task { node: child, ..task } } else { Task { node: child, ..within } };
            let mut parts = child.walk();
            for right in child.children_by_field_name("right", &mut parts) {
                self.later(Task { node: right, ..place });
            }
            first = false;
        }
    }

    fn assignment(&mut self, task: Task<'tree>) {
        let node = task.node;
        let annotation = node.child_by_field_name("type");
        let value = node.child_by_field_name("right");
        if let Some(left) = node.child_by_field_name("left") {
            let binding = match (annotation, value) {
                (None, _) => BindingKind::Assignment,
                (Some(_), Some(_)) => BindingKind::AnnotatedAssignment,
                (Some(_), None) => BindingKind::Declaration,
            };
            self.target(binding, left, node, task);
        }
        for node in annotation.into_iter().chain(value) {
            self.later(Task { node, ..task });
        }
    }

    /// Binds the names in a target, and visits what is evaluated in it.
    pub(super) fn target(
        &mut self,
        how: BindingKind,
        target: Node<'tree>,
        node: Node<'tree>,
        task: Task<'tree>,
    ) {
        let mut pending = vec![target];
        while let Some(target) = pending.pop() {
            match kind(target) {
                Kind::Identifier => self.bind(how, target, node, task),
                Kind::PatternList
                | Kind::TuplePattern
                | Kind::ListPattern
                | Kind::ListSplatPattern
                | Kind::ListSplat
                | Kind::Tuple
                | Kind::List
                | Kind::ExpressionList
                | Kind::ParenthesizedExpression
                | Kind::AsPatternTarget => {
                    let mut cursor = target.walk();
                    pending.extend(target.named_children(&mut cursor));
                }
                Kind::Comment => {}
                _ => self.later(Task { node: target, ..task }),
            }
        }
    }

    fn as_pattern(&mut self, task: Task<'tree>, how: BindingKind) {
        let mut cursor = task.node.walk();
        for child in task.node.named_children(&mut cursor) {
            if kind(child) == Kind::AsPatternTarget {
                self.target(how, child, task.node, task);
            } else {
                self.later(Task { node: child, ..task });
            }
        }
    }

    fn import(&mut self, task: Task<'tree>) {
        let mut cursor = task.node.walk();
        for name in task.node.children_by_field_name("name", &mut cursor) {
            let bound = name.child_by_field_name("alias").or_else(|| name.named_child(0));
            if let Some(bound) = bound.filter(|bound| kind(*bound) == Kind::Identifier) {
                self.bind(BindingKind::Import, bound, name, task);
            }
        }
    }

    fn import_from(&mut self, task: Task<'tree>) {
        let mut cursor = task.node.walk();
        for name in task.node.named_children(&mut cursor) {
            self.scopes.has_star_import |= kind(name) == Kind::WildcardImport;
        }
        for name in task.node.children_by_field_name("name", &mut cursor) {
            let bound = name.child_by_field_name("alias").or_else(|| name.named_child(0));
            if let Some(bound) = bound.filter(|bound| kind(*bound) == Kind::Identifier) {
                self.bind(BindingKind::ImportFrom, bound, task.node, task);
            }
        }
    }

    /// A `case`: names in its pattern are captures, but for classes and dotted names.
    fn case(&mut self, task: Task<'tree>) {
        let mut cursor = task.node.walk();
        let mut pending = Vec::new();
        for child in task.node.named_children(&mut cursor) {
            match kind(child) {
                Kind::CasePattern => pending.push((child, false)),
                _ => self.later(Task { node: child, ..task }),
            }
        }
        while let Some((pattern, is_class)) = pending.pop() {
            match kind(pattern) {
                Kind::DottedName => {
                    let Some(first) = pattern.named_child(0) else { continue };
                    let is_value = is_class || pattern.named_child_count() > 1;
                    if is_value {
                        self.refer(first, task.scope);
                    } else if self.source(first) != "_" {
                        self.bind(BindingKind::Capture, first, task.node, task);
                    }
                }
                Kind::Identifier => self.bind(BindingKind::Capture, pattern, task.node, task),
                Kind::String | Kind::ConcatenatedString => {
                    self.later(Task { node: pattern, ..task });
                }
                parent => {
                    let mut inner = pattern.walk();
                    for (index, child) in pattern.named_children(&mut inner).enumerate() {
                        match (parent, index) {
                            (Kind::KeywordPattern, 0) => {}
                            (Kind::ClassPattern, 0) => pending.push((child, true)),
                            _ => pending.push((child, false)),
                        }
                    }
                }
            }
        }
    }

    /// `type X[T] = …`; but `type(x).y = …` and `type(x)[y] = …` are assignments that the grammar
    /// mistakes for it.
    fn type_alias(&mut self, task: Task<'tree>) {
        let left = task.node.child_by_field_name("left").and_then(|node| node.named_child(0));
        let Some(left) = left else { return self.children(task) };
        let (name, list) = match kind(left) {
            Kind::Identifier => (left, None),
            Kind::GenericType => match left.named_child(0) {
                Some(name) => (name, left.named_child(1)),
                None => return self.children(task),
            },
            _ => return self.children(task),
        };
        self.bind(BindingKind::TypeAlias, name, task.node, task);
        let scope = self.type_parameters(task, list);
        self.later_field("right", Task { scope, ..task });
    }
}
