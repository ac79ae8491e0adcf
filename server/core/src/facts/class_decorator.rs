//! A decorator that is a class of the workspace: the name becomes one of its instances.
//!
//! Sources: Python Language Reference, Data model, Emulating callable objects and Implementing
//! descriptors; Descriptor Guide, Functions and methods.

use super::classes::{Class, Lookup};
use super::decorated_function::assignment;
use super::decoration::{Arguments, Decorated, qualified};
use super::source_text::one_line;
use super::{Facts, Provider, Slot, SlotKind};
use crate::names::Bound;
use crate::scope::{Binding, BindingKind};
use crate::subject::Subject;
use crate::syntax::function::{own_nodes, parameters};
use crate::syntax::{Field, Kind, kind};
use crate::walk;

pub static PROVIDER: Provider = Provider {
    name: "class-decorator",
    doc: "a `decorator` that names or calls a class of the workspace; `@target` is the `decorator`. \
          Silent when the class or a base of it may make something else than an instance",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the decorated name"),
    Slot::new("kind", SlotKind::Words(KINDS), "what is decorated"),
    Slot::new("class", SlotKind::Code, "the class that decorates"),
    Slot::new("class-line", SlotKind::Line, "the line of its `class`"),
    Slot::new("made", SlotKind::Code, "`C(f)`, if the class itself is the decorator"),
    Slot::new("factory", SlotKind::Code, "`C(…)`, if the decorator is an instance made with it"),
    Slot::new("call-line", SlotKind::Line, "the line of `__call__`"),
    Slot::new("not-callable", SlotKind::Flag, "instances have no `__call__`"),
    Slot::new("get-line", SlotKind::Line, "the line of `__get__`, if a method is decorated"),
    Slot::new(
        "unbound",
        SlotKind::Code,
        "the class of the method, if instances have no `__get__`: they do not get `self`",
    ),
    Slot::new(
        "no-name",
        SlotKind::Flag,
        "instances have no `__name__`: nothing in the class can set it",
    ),
    Slot::new("keeps-name", SlotKind::Line, "the line of `functools.update_wrapper(self, …)`"),
];

const KINDS: &[&str] = &["function", "method", "class"];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let names = subject.names();
    let decorated = Decorated::of(subject)?;
    let at = decorated.at?;
    let decoration = &decorated.all[at];
    // What stands above gets the instance and binds the name to something else. What a factory's
    // instance is called with is what stands below makes.
    if at != 0 || (decoration.call.is_some() && decorated.all.len() > 1) {
        return None;
    }
    let class = Class::anywhere(names, subject.item(), decoration.callee)?;
    // `__new__` or a metaclass may make something else than an instance.
    if !class.is_plain_anywhere() || !matches!(class.lookup_anywhere("__new__"), Lookup::Absent) {
        return None;
    }
    let name = decorated.name(subject)?;
    let is_class = decorated.function().is_none();
    let owner = decorated.class(names);
    let line_of = |class: Class<'_>, binding: &Binding| class.line_at(binding.node.start);

    let mut facts = Facts::of(SLOTS);
    facts.code("name", name).code("class", class.name());
    facts.word(
        "kind",
        match (is_class, &owner) {
            (true, _) => "class",
            (false, Some(_)) => "method",
            (false, None) => "function",
        },
    );
    facts.line("class-line", class.line_at(class.node.start_byte()));
    let call = class.lookup_anywhere("__call__");
    if let Lookup::Found(at, binding) = call {
        facts.line("call-line", line_of(at, binding));
    }
    facts.flag("not-callable", matches!(call, Lookup::Absent));
    if decoration.call.is_some() {
        facts.code("factory", one_line(subject, decoration.expression));
        return Some(facts);
    }
    let expressions: Vec<_> = decorated.all.iter().map(|one| one.expression).collect();
    let whole = assignment(subject, name, &expressions);
    facts.code("made", whole.split_once(" = ")?.1);
    if let Some(owner) = owner.filter(|_| !is_class) {
        match class.lookup_anywhere("__get__") {
            Lookup::Found(at, binding) => {
                facts.line("get-line", line_of(at, binding));
            }
            Lookup::Absent if matches!(call, Lookup::Found(..)) => {
                facts.code("unbound", owner.name());
            }
            _ => {}
        }
    }
    name_of_instances(class, &mut facts);
    Some(facts)
}

/// Whether an instance has a `__name__`, as far as the class itself tells.
fn name_of_instances(class: Class<'_>, facts: &mut Facts) {
    let Lookup::Found(at, binding) = class.lookup("__init__") else { return };
    if at.node != class.node || binding.kind != BindingKind::Function {
        return;
    }
    let init = class.names.node(Bound { item: class.item, binding });
    let Some(init) = init else { return };
    let text = class.text();
    let first =
        parameters(init).and_then(|all| all.first().map(|one| &text[one.name.byte_range()]));
    let Some(first) = first else { return };
    let mut given_away = false;
    own_nodes(init, |node| {
        if kind(node) != Kind::Call {
            return;
        }
        let arguments = Arguments::of(node, text);
        let all = arguments.positional.iter().chain(arguments.keywords.iter().map(|(_, it)| it));
        if !all.clone().any(|it| &text[it.byte_range()] == first) {
            return;
        }
        given_away = true;
        let callee = node.child_in(Field::Function);
        let callee = callee.and_then(|callee| qualified(class.names, class.item, callee));
        let is_wrapper =
            arguments.get(0, "wrapper").is_some_and(|wrapper| &text[wrapper.byte_range()] == first);
        if callee.as_deref() == Some("functools.update_wrapper") && is_wrapper {
            facts.line("keeps-name", class.line_at(node.start_byte()));
        }
    });
    let mut sets = false;
    walk::until(class.node, |node| {
        let word = &text[node.byte_range()];
        sets |= kind(node) == Kind::Identifier
            && matches!(word, "__name__" | "__dict__" | "__getattr__" | "__getattribute__");
        false
    });
    facts.flag("no-name", !given_away && !sets && class.arguments().positional.is_empty());
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::cards::testing::{card_at, check_hover};

    const COUNT: &str = "\
class Count:
    def __init__(self, func):
        self.func = func
        self.calls = 0

    def __call__(self, *args, **kwargs):
        self.calls += 1
        return self.func(*args, **kwargs)
";

    #[test]
    fn an_instance_replaces_a_method() {
        check_hover(
            &format!("{COUNT}\nclass Api:\n    @Cou$0nt\n    def get(self, url): ...\n"),
            expect![[r#"
                    @Count
                    ▔▔▔▔▔▔

                The method `get` becomes an instance of `Count`: `Count(get)`.

                **Here**

                - `Count` is defined on line 1.
                - `__call__` on line 6 runs when the instance is called.
                - In `Api` it is no method: without `__get__` an instance is not bound, so
                  `__call__` does not receive `self` of `Api`.
                - The instance has no `__name__`.

                **Say in the interview**

                Any callable can decorate, a class too: calling the class makes an instance, and
                the instance takes the function's place. Functions become methods because they
                have `__get__`; instances of a class of your own have none unless you write it.

                **Watch for**

                - State on the instance is shared by all callers of the decorated function.

                [Emulating callable objects](https://docs.python.org/3/reference/datamodel.html#emulating-callable-objects) · [Functions and methods](https://docs.python.org/3/howto/descriptor.html#functions-and-methods)
            "#]],
        );
    }

    #[test]
    fn a_class_called_with_arguments() {
        check_hover(
            "class Retry:\n    def __init__(self, times): ...\n    def __call__(self, func): ...\n\n\
             @Re$0try(3)\ndef load(): ...\n",
            expect![[r#"
                @Retry(3)
                ▔▔▔▔▔▔▔▔▔

                The decorator is an instance of `Retry`, made once by `Retry(3)`; it is then
                called with the function, and `load` is what its `__call__` returns.

                **Here**

                - `Retry` is defined on line 1.
                - `__call__` on line 3 runs when the instance is called.

                **Say in the interview**

                Any callable can decorate, a class too: calling the class makes an instance, and
                the instance takes the function's place. Functions become methods because they
                have `__get__`; instances of a class of your own have none unless you write it.

                **Watch for**

                - State on the instance is shared by all callers of the decorated function.

                [Emulating callable objects](https://docs.python.org/3/reference/datamodel.html#emulating-callable-objects) · [Functions and methods](https://docs.python.org/3/howto/descriptor.html#functions-and-methods)
            "#]],
        );
    }

    #[test]
    fn an_instance_that_cannot_be_called() {
        check_hover(
            "import functools\nclass Mark:\n    def __init__(self, f):\n\
             \x20       functools.update_wrapper(self, f)\n\n@Mark$0\ndef load(): ...\n",
            expect![[r#"
                @Mark
                ▔▔▔▔▔

                The function `load` becomes an instance of `Mark`: `Mark(load)`.

                **Here**

                - `Mark` is defined on line 2.
                - Neither `Mark` nor a base of it has `__call__`: calling the instance raises
                  `TypeError`.
                - `functools.update_wrapper` on line 4 copies name and docstring to the
                  instance.

                **Say in the interview**

                Any callable can decorate, a class too: calling the class makes an instance, and
                the instance takes the function's place. Functions become methods because they
                have `__get__`; instances of a class of your own have none unless you write it.

                **Watch for**

                - State on the instance is shared by all callers of the decorated function.

                [Emulating callable objects](https://docs.python.org/3/reference/datamodel.html#emulating-callable-objects) · [Functions and methods](https://docs.python.org/3/howto/descriptor.html#functions-and-methods)
            "#]],
        );
    }

    #[test]
    fn silent_where_others_of_the_stack_come_between() {
        let card = |stack: &str| card_at(&format!("{COUNT}\n{stack}\ndef f(): ...\n"));
        assert_eq!(card("@Cou$0nt\n@other"), "class-decorator");
        assert_ne!(card("@other\n@Cou$0nt"), "class-decorator");
        assert_ne!(card("@Cou$0nt(1)\n@other"), "class-decorator");
    }

    #[test]
    fn silent_when_it_may_be_something_else() {
        for class in [
            "class Count:\n    def __new__(cls, f): return f\n",
            "class Count(metaclass=Meta):\n    def __call__(self): ...\n",
            "from x import Base\nclass Count(Base):\n    def __call__(self): ...\n",
            "if x:\n    class Count:\n        def __call__(self): ...\n",
            "@other\nclass Count:\n    def __call__(self): ...\n",
            "class Count:\n    def __call__(self): ...\nCount = wrap(Count)\n",
            "from x import *\nclass Count:\n    def __call__(self): ...\n",
            "class Count:\n    def __call__(self: ...\n",
        ] {
            let source = format!("{class}@Coun$0t\ndef f(): ...\n");
            assert_ne!(card_at(&source), "class-decorator", "{source}");
        }
    }
}
