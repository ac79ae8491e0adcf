//! Which class of the file `self`, `cls` and `super()` stand for.

use super::{Names, node_with};
use crate::scope::{BindingKind, ItemScopes, Resolution, ScopeId, ScopeKind};
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

/// What stands before the dot in `self.name`, as far as this file tells. Attributes set on the
/// instance come before those of the class, and a subclass may come before the class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receiver<'a> {
    /// The first parameter of a method of this `class_definition`: an instance of it.
    Instance(Node<'a>),
    /// The first parameter of a class method of this class, or its `__class__`: the class.
    Class(Node<'a>),
    /// `super()` in a method of this class: what follows it in the method resolution order.
    Super(Node<'a>),
}

/// Methods that get the class although they carry no decorator (Data model, Basic customization,
/// Customizing class creation, Emulating generic types).
const IMPLICIT_CLASS_METHODS: &[&str] = &["__new__", "__init_subclass__", "__class_getitem__"];

impl<'a> Names<'a> {
    /// What the expression `node` stands for if it is the first parameter of a method around it,
    /// never rebound, or `super()` or `__class__` in a method.
    pub fn receiver(&self, item: usize, node: Node<'_>) -> Option<Receiver<'a>> {
        if kind(node) == Kind::Call {
            return self.super_receiver(item, node);
        }
        if kind(node) != Kind::Identifier {
            return None;
        }
        let scopes = self.scopes(item)?;
        let reference = scopes.reference_at(node.start_byte())?;
        if scopes.name(reference.name) == "__class__" {
            let is_cell = scopes.resolve(reference.scope, reference.name) == Resolution::Module;
            let class = scopes.class_cell(reference.scope).filter(|_| is_cell)?;
            return Some(Receiver::Class(self.node_of(item, class)?));
        }
        let bound = self.binding(item, node)?;
        if bound.binding.kind != BindingKind::Parameter {
            return None;
        }
        let class = class_of_method(scopes, bound.binding.scope)?;
        let method = self.node_of(item, bound.binding.scope)?;
        let is_first = first_parameter(method)? == bound.binding.at.start;
        let class = self.node_of(item, class).filter(|_| is_first)?;
        self.binding_of_first(item, method, class)
    }

    /// `super()`. With arguments it may start anywhere.
    fn super_receiver(&self, item: usize, call: Node<'_>) -> Option<Receiver<'a>> {
        let callee = Field::Function.of(call)?;
        let is_bare = Field::Arguments.of(call)?.named_child_count() == 0;
        let is_super = self.qualified(item, callee).as_deref() == Some("builtins.super");
        let scopes = self.scopes(item)?;
        let scope = scopes.reference_at(callee.start_byte())?.scope;
        // Elsewhere than in the method itself there is no first argument to take.
        let is_method = class_of_method(scopes, scope).is_some();
        let class = scopes.class_cell(scope).filter(|_| is_bare && is_super && is_method)?;
        Some(Receiver::Super(self.node_of(item, class)?))
    }

    /// What the decorators of a method make of its first parameter.
    fn binding_of_first(
        &self,
        item: usize,
        method: Node<'a>,
        class: Node<'a>,
    ) -> Option<Receiver<'a>> {
        let text = self.item(item).text();
        let name = &text[Field::Name.of(method)?.byte_range()];
        let mut receiver = if IMPLICIT_CLASS_METHODS.contains(&name) {
            Receiver::Class(class)
        } else {
            Receiver::Instance(class)
        };
        let path = walk::path_to(class, method.start_byte(), method.end_byte())?;
        let around = path.iter().rev().find(|node| kind(**node) == Kind::DecoratedDefinition);
        let Some(decorated) =
            around.filter(|node| Field::Definition.of(**node).is_some_and(|inner| inner == method))
        else {
            return Some(receiver);
        };
        for decorator in crate::syntax::function::decorators(*decorated) {
            let expression = decorator.named_child(0)?;
            match self.qualified(item, expression).as_deref() {
                Some("builtins.staticmethod") => return None,
                Some("builtins.classmethod") => receiver = Receiver::Class(class),
                _ => {}
            }
        }
        Some(receiver)
    }

    fn node_of(&self, item: usize, scope: ScopeId) -> Option<Node<'a>> {
        let span = self.scopes(item)?.scopes()[scope].span;
        node_with(self.item(item).tree()?.root_node(), span)
    }
}

/// The class whose body defines the function of this scope.
fn class_of_method(scopes: &ItemScopes, function: ScopeId) -> Option<ScopeId> {
    let scope = &scopes.scopes()[function];
    let mut around = scope.parent.filter(|_| scope.kind == ScopeKind::Function)?;
    if scopes.scopes()[around].kind == ScopeKind::TypeParameters {
        around = scopes.scopes()[around].parent?;
    }
    (scopes.scopes()[around].kind == ScopeKind::Class).then_some(around)
}

/// Where the name of the parameter stands that gets the first positional argument.
fn first_parameter(method: Node<'_>) -> Option<usize> {
    use crate::syntax::function::{ParameterKind, parameters};
    let parameters = parameters(method)?;
    let first = parameters.first()?;
    let is_positional =
        matches!(first.kind, ParameterKind::PositionalOnly | ParameterKind::PositionalOrKeyword);
    is_positional.then(|| first.name.start_byte())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, Span};

    /// What the expression at `$0…$0` stands for.
    #[track_caller]
    fn check(source: &str, expected: Option<&str>) {
        let (start, end) = (source.find("$0").unwrap(), source.rfind("$0").unwrap() - 2);
        let document = Document::new(&source.replace("$0", ""));
        let item = document.item_at(start).unwrap();
        let base = document.start_of(item);
        let root = document.items()[item].tree().unwrap().root_node();
        let node = node_with(root, Span::new(start - base, end - base)).unwrap();
        let found = Names::new(&document).receiver(item, node).map(|receiver| {
            let (what, class) = match receiver {
                Receiver::Instance(class) => ("instance of", class),
                Receiver::Class(class) => ("class", class),
                Receiver::Super(class) => ("super of", class),
            };
            let name = Field::Name.of(class).unwrap();
            format!("{what} {}", &document.items()[item].text()[name.byte_range()])
        });
        assert_eq!(found.as_deref(), expected, "{source}");
    }

    #[test]
    fn the_first_parameter_is_the_receiver() {
        check("class C:\n    def f(this, x): $0this$0\n", Some("instance of C"));
        check("class C:\n    def f(self): return lambda: $0self$0\n", Some("instance of C"));
        check("class C:\n    def f[T](self): return $0self$0\n", Some("instance of C"));
        check("class C:\n    def f(self, x): $0x$0\n", None);
        check("class C:\n    def f(*self): $0self$0\n", None);
        check("def f(self): $0self$0\n", None);
        check("class C:\n    def f(self):\n        self = g()\n        $0self$0\n", None);
        check("class C:\n    def f(self):\n        def g(self): $0self$0\n", None);
    }

    #[test]
    fn decorators_say_what_it_is() {
        check("class C:\n    @classmethod\n    def f(cls): $0cls$0\n", Some("class C"));
        check("class C:\n    def __new__(cls): $0cls$0\n", Some("class C"));
        check("class C:\n    @staticmethod\n    def f(x): $0x$0\n", None);
        check(
            "def classmethod(f): ...\nclass C:\n    @classmethod\n    def f(x): $0x$0\n",
            Some("instance of C"),
        );
        check("class C:\n    @property\n    def f(self): $0self$0\n", Some("instance of C"));
    }

    #[test]
    fn super_and_the_class_cell() {
        check("class C(B):\n    def f(self): $0super()$0\n", Some("super of C"));
        check("class C(B):\n    def f(self): $0super(B, self)$0\n", None);
        check("class C(B):\n    def f(self, super): $0super()$0\n", None);
        check("class C(B):\n    def f(self): return [$0super()$0 for _ in x]\n", None);
        check("class C(B):\n    def f(self): $0__class__$0\n", Some("class C"));
        check("$0__class__$0\n", None);
    }
}
