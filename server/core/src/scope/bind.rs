//! What each kind of node binds, refers to and encloses.

use super::build::{Builder, Task};
use super::{BindingKind, ScopeId, ScopeKind};
use crate::syntax::{Field, Kind, Node, function::parameters, kind, quirks};

impl<'tree> Builder<'_, 'tree> {
    pub(super) fn visit(&mut self, task: Task<'tree>) {
        let Task { node, scope, .. } = task;
        match kind(node) {
            Kind::Identifier if node.is_broken() => self.left_open(task),
            Kind::Identifier => self.refer(task),
            Kind::FunctionDefinition | Kind::Lambda => self.function(task),
            Kind::ClassDefinition => self.class(task),
            Kind::ListComprehension
            | Kind::SetComprehension
            | Kind::DictionaryComprehension
            | Kind::GeneratorExpression => self.comprehension(task),
            Kind::Assignment => self.assignment(task),
            Kind::AugmentedAssignment => {
                if let Some(written) = Field::Left.of(node) {
                    let left = quirks::in_parentheses(written);
                    let in_brackets = task.in_brackets || left != written;
                    let task = Task { node: left, in_brackets, ..task };
                    if kind(left) == Kind::Identifier {
                        self.refer(task);
                        self.bind(BindingKind::AugmentedAssignment, left, node, task);
                    } else {
                        self.store(left);
                        self.later(task);
                    }
                }
                self.later_field(Field::Right, task);
            }
            Kind::NamedExpression => {
                let scope = self.outside_comprehensions(scope);
                if let Some(name) = Field::Name.of(node) {
                    self.bind(BindingKind::NamedExpression, name, node, Task { scope, ..task });
                }
                self.later_field(Field::Value, task);
            }
            Kind::ForStatement => {
                let within = Task { conditional: true, ..task };
                if let Some(left) = Field::Left.of(node) {
                    self.target(BindingKind::For, left, node, within);
                }
                self.later_field(Field::Right, task);
                self.later_field(Field::Body, within);
                self.later_field(Field::Alternative, within);
            }
            Kind::IfStatement
            | Kind::WhileStatement
            | Kind::TryStatement
            | Kind::MatchStatement
            | Kind::ConditionalExpression
            | Kind::BooleanOperator => self.children(Task { conditional: true, ..task }),
            Kind::AsPattern => self.as_pattern(task, BindingKind::With),
            Kind::ExceptClause => {
                for child in node.named_children() {
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
                for target in node.named_children() {
                    self.target(BindingKind::Delete, target, node, task);
                }
            }
            Kind::CaseClause => self.case(task),
            Kind::TypeAliasStatement => self.type_alias(task),
            Kind::Attribute => {
                self.later_field(Field::Object, task);
                if let Some(node) = self.swallowed_name(task) {
                    self.refer(Task { node, ..task });
                }
            }
            Kind::KeywordArgument => self.later_field(Field::Value, task),
            Kind::Subscript => self.subscript(task),
            Kind::Interpolation | Kind::FormatExpression => self.interpolation(task),
            Kind::PrintStatement => self.keyword_as_name(task),
            kind => {
                let has_brackets = quirks::has_brackets(kind)
                    || kind == Kind::WithClause && self.source(node).starts_with('(');
                let in_brackets = task.in_brackets || has_brackets;
                self.children(Task { in_brackets, ..task });
            }
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
        for parameter in list.named_children() {
            let mut name = parameter;
            if quirks::is_type_default(self.text, parameter) {
                self.later(Task { node: parameter, scope, conditional: true, ..task });
                continue;
            }
            // `T`, `T: bound`, `*T` and `**T` nest the name in one node after the other.
            while kind(name) != Kind::Identifier {
                let Some(inner) = name.named_child(0) else { break };
                if let Some(node) = name.named_child(1) {
                    self.later(Task { node, scope, conditional: true, ..task });
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
        if let Some(name) = Field::Name.of(node) {
            self.bind(BindingKind::Function, name, node, task);
        }
        let around = self.type_parameters(task, Field::TypeParameters.of(node));
        let scope_kind = if is_lambda { ScopeKind::Lambda } else { ScopeKind::Function };
        let inside = self.open(scope_kind, Some(around), node, None);
        let body = Task { scope: inside, conditional: false, ..task };
        match parameters(node) {
            Some(found) => {
                let task = Task { in_brackets: task.in_brackets || !is_lambda, ..task };
                for parameter in found {
                    self.bind(BindingKind::Parameter, parameter.name, parameter.node, body);
                    if let Some(node) = parameter.default {
                        self.later(Task { node, ..task });
                    }
                    if let Some(node) = parameter.annotation {
                        self.later(Task { node, scope: around, in_annotation: true, ..task });
                    }
                }
            }
            None => self.later_field(Field::Parameters, body),
        }
        self.later_field(Field::ReturnType, Task { scope: around, in_annotation: true, ..task });
        self.later_field(Field::Body, body);
    }

    fn class(&mut self, task: Task<'tree>) {
        let node = task.node;
        let Some(name) = Field::Name.of(node) else { return self.children(task) };
        self.bind(BindingKind::Class, name, node, task);
        let around = self.type_parameters(task, Field::TypeParameters.of(node));
        self.later_field(Field::Superclasses, Task { scope: around, ..task });
        let class = self.source(name);
        let inside = self.open(ScopeKind::Class, Some(around), node, Some(class));
        self.later_field(Field::Body, Task { scope: inside, conditional: false, ..task });
    }

    fn comprehension(&mut self, task: Task<'tree>) {
        let node = task.node;
        let inside = self.open(ScopeKind::Comprehension, Some(task.scope), node, None);
        let task = Task { in_brackets: true, ..task };
        let within = Task { scope: inside, conditional: true, ..task };
        let mut first = true;
        for child in node.named_children() {
            if kind(child) != Kind::ForInClause {
                self.later(Task { node: child, ..within });
                continue;
            }
            if let Some(left) = Field::Left.of(child) {
                self.target(BindingKind::For, left, child, within);
            }
            // The first iterable is evaluated outside (Language Reference, Displays).
            let place =
                if first { Task { node: child, ..task } } else { Task { node: child, ..within } };
            for right in child.children_in(Field::Right) {
                self.later(Task { node: right, ..place });
            }
            first = false;
        }
    }

    fn assignment(&mut self, task: Task<'tree>) {
        let node = task.node;
        let annotation = Field::Type.of(node);
        let value = Field::Right.of(node);
        if let Some(left) = Field::Left.of(node) {
            let in_parentheses = kind(left) == Kind::TuplePattern;
            match (annotation, value) {
                (None, _) => self.target(BindingKind::Assignment, left, node, task),
                // In parentheses an annotated name is no declaration (Language Reference,
                // Annotated assignment statements).
                (Some(_), None)
                    if in_parentheses && kind(quirks::in_parentheses(left)) == Kind::Identifier => {
                }
                (Some(_), Some(_)) if in_parentheses => {
                    self.target(BindingKind::Assignment, left, node, task);
                }
                (Some(_), Some(_)) => {
                    self.target(BindingKind::AnnotatedAssignment, left, node, task);
                }
                (Some(_), None) => self.target(BindingKind::Declaration, left, node, task),
            }
        }
        if let Some(node) = annotation {
            self.later(Task { node, in_annotation: true, ..task });
        }
        if let Some(node) = value {
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
        let mut pending = vec![(target, task.in_brackets)];
        while let Some((target, in_brackets)) = pending.pop() {
            let task = Task { in_brackets, ..task };
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
                    let in_brackets = in_brackets || quirks::has_brackets(kind(target));
                    let parts = target.named_children();
                    pending.extend(parts.map(|part| (part, in_brackets)));
                }
                Kind::Attribute => match self.swallowed_name(Task { node: target, ..task }) {
                    Some(name) => {
                        self.bind(how, name, node, task);
                        self.later_field(Field::Object, Task { node: target, ..task });
                    }
                    None => {
                        self.store(target);
                        self.later(Task { node: target, ..task });
                    }
                },
                Kind::Comment => {}
                _ => self.later(Task { node: target, ..task }),
            }
        }
    }

    fn as_pattern(&mut self, task: Task<'tree>, how: BindingKind) {
        for child in task.node.named_children() {
            if kind(child) == Kind::AsPatternTarget {
                self.target(how, child, task.node, task);
            } else {
                self.later(Task { node: child, ..task });
            }
        }
    }

    fn import(&mut self, task: Task<'tree>) {
        for name in task.node.children_in(Field::Name) {
            let bound = Field::Alias.of(name).or_else(|| name.named_child(0));
            if let Some(bound) = bound.filter(|bound| kind(*bound) == Kind::Identifier) {
                self.bind(BindingKind::Import, bound, name, task);
            }
        }
    }

    fn import_from(&mut self, task: Task<'tree>) {
        for name in task.node.named_children() {
            self.scopes.has_star_import |= kind(name) == Kind::WildcardImport;
        }
        for name in task.node.children_in(Field::Name) {
            let bound = Field::Alias.of(name).or_else(|| name.named_child(0));
            if let Some(bound) = bound.filter(|bound| kind(*bound) == Kind::Identifier) {
                self.bind(BindingKind::ImportFrom, bound, task.node, task);
            }
        }
    }

    /// A `case`: names in its pattern are captures, but for classes and dotted names.
    fn case(&mut self, task: Task<'tree>) {
        let mut pending = Vec::new();
        for child in task.node.named_children() {
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
                        self.refer(Task { node: first, ..task });
                    } else if self.source(first) != "_" {
                        self.bind(BindingKind::Capture, first, task.node, task);
                    }
                }
                Kind::Identifier => self.bind(BindingKind::Capture, pattern, task.node, task),
                Kind::String | Kind::ConcatenatedString => {
                    self.later(Task { node: pattern, ..task });
                }
                parent => {
                    for (index, child) in pattern.named_children().enumerate() {
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

    fn type_alias(&mut self, task: Task<'tree>) {
        let Some((name, list)) = quirks::type_alias(task.node) else {
            if let Some(target) = Field::Left.of(task.node).and_then(|left| left.named_child(0)) {
                self.store(target);
            }
            return self.keyword_as_name(task);
        };
        self.bind(BindingKind::TypeAlias, name, task.node, task);
        let scope = self.type_parameters(task, list);
        self.later_field(Field::Right, Task { scope, ..task });
    }

    fn subscript(&mut self, task: Task<'tree>) {
        self.later_field(Field::Value, task);
        for node in task.node.children_in(Field::Subscript) {
            self.later(Task { node, in_brackets: true, ..task });
        }
    }

    fn interpolation(&mut self, task: Task<'tree>) {
        let task = Task { in_brackets: true, ..task };
        let walrus = Field::Expression.of(task.node).and_then(quirks::not_a_walrus);
        let Some((name, specification)) = walrus else { return self.children(task) };
        self.later(Task { node: name, ..task });
        if let Some(node) = specification {
            self.later(Task { node, ..task });
        }
        self.later_field(Field::FormatSpecifier, task);
    }

    /// A statement whose first token is a keyword to the grammar and a name to Python.
    fn keyword_as_name(&mut self, task: Task<'tree>) {
        if let Some(node) = task.node.child(0) {
            self.refer(Task { node, ..task });
        }
        self.children(task);
    }

    fn swallowed_name(&self, task: Task<'tree>) -> Option<Node<'tree>> {
        let name = Field::Attribute.of(task.node)?;
        let is_swallowed = !task.in_brackets && quirks::is_after_swallowed_break(self.text, name);
        is_swallowed.then_some(name)
    }
}
