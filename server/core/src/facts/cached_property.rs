//! `functools.cached_property`.
//!
//! Source: Library Reference, functools: the first read runs the function and writes the result
//! under the same name into the instance's `__dict__`, where later reads find it.

use super::classes::{Base, Class, Own, adds_nothing};
use super::dataclass::options::options;
use super::decoration::Decorated;
use super::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::function::{is_async, statements};
use crate::syntax::{Kind, kind};

pub static PROVIDER: Provider = Provider {
    name: "cached-property",
    doc: "`functools.cached_property` above a method; `@target` is the `decorator`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the name of the attribute"),
    Slot::new("read", SlotKind::Code, "`obj.x`"),
    Slot::new("delete", SlotKind::Code, "`del obj.x`"),
    Slot::new("entry", SlotKind::Code, "`obj.__dict__['x']`"),
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("slots-line", SlotKind::Line, "the line of a `__slots__` that leaves no `__dict__`"),
    Slot::new("slotted", SlotKind::Flag, "`@dataclass(slots=True)` leaves no `__dict__`"),
    Slot::new("coroutine", SlotKind::Flag, "the function is an `async def`"),
];

/// Bases of bases are followed this far.
const MAX_BASES: usize = 20;

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let decorated = Decorated::of(subject)?;
    let at = decorated.find(&["functools.cached_property"])?;
    let function = decorated.function()?;
    let class = decorated.class(subject.names())?;
    // Above it, the name is bound to something else.
    if at != 0 || decorated.all[at].call.is_some() || !decorated.stays_in(class) {
        return None;
    }
    let name = decorated.name(subject)?;
    let mut facts = Facts::of(SLOTS);
    facts.code("name", name).code("class", class.name()).code("read", format!("obj.{name}"));
    if has_dict(class, 0)? {
        facts.code("delete", format!("del obj.{name}"));
        facts.code("entry", format!("obj.__dict__['{name}']"));
        facts.flag("coroutine", decorated.all.len() == 1 && is_async(function));
    } else if let Own::Yes(binding) = class.own("__slots__") {
        let start = subject.document().start_of(class.item) + binding.node.start;
        facts.line("slots-line", subject.document().text().line_of(start));
    } else {
        facts.flag("slotted", true);
    }
    Some(facts)
}

/// Whether instances have a `__dict__`: not when the class and all above it have `__slots__`
/// without that name (Language Reference, Data model, `__slots__`). Nothing if it cannot be told.
fn has_dict(class: Class<'_>, depth: usize) -> Option<bool> {
    if depth >= MAX_BASES || class.arguments().spread || class.metaclass().is_some() {
        return None;
    }
    let slotted = has_slots(class) || is_slotted_dataclass(class);
    if !slotted {
        return match class.own("__slots__") {
            Own::No => Some(true),
            Own::Maybe => None,
            Own::Yes(binding) => {
                let value = class.value_of(binding)?;
                let names_dict = class.text()[value.byte_range()].contains("'__dict__'");
                names_dict.then_some(true)
            }
        };
    }
    let mut unknown = false;
    for base in class.bases_anywhere() {
        match base {
            Base::Here(base) => match has_dict(base, depth + 1) {
                Some(true) => return Some(true),
                Some(false) => {}
                None => unknown = true,
            },
            Base::Known(name) if adds_nothing(&name) => {}
            Base::Known(_) | Base::Unknown => unknown = true,
        }
    }
    (!unknown).then_some(false)
}

/// True for `__slots__ = (…)` of string literals without `'__dict__'`.
fn has_slots(class: Class<'_>) -> bool {
    let Own::Yes(binding) = class.own("__slots__") else { return false };
    let Some(value) = class.value_of(binding) else { return false };
    let parts = match kind(value) {
        Kind::Tuple | Kind::List | Kind::Set => statements(value),
        Kind::String => vec![value],
        _ => return false,
    };
    parts.iter().all(|part| {
        let text = &class.text()[part.byte_range()];
        kind(*part) == Kind::String && !text.contains("__dict__") && !text.contains(['\\', '{'])
    })
}

fn is_slotted_dataclass(class: Class<'_>) -> bool {
    let decorated = class.decorated();
    let dataclass = decorated
        .as_ref()
        .and_then(|all| all.all.iter().find(|one| one.is(&["dataclasses.dataclass"])));
    let found = dataclass.and_then(|dataclass| options(class, dataclass));
    found.is_some_and(|options| options.slots) && !matches!(class.own("__slots__"), Own::Maybe)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::cards::testing::{card_at, check_hover};

    #[test]
    fn a_cached_property() {
        check_hover(
            "from functools import cached_property\nclass Report:\n    @cached_prop$0erty\n    def rows(self): ...\n",
            expect![[r#"
                    @cached_property
                    ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

                Reading `obj.rows` runs the function the first time only; the result is then
                stored as `obj.__dict__['rows']`.

                **Here**

                - `del obj.rows` makes the next read compute it again; an assignment replaces
                  the value.

                **Say in the interview**

                It is a descriptor with `__get__` alone: once the instance's `__dict__` has an
                entry of the same name, attribute lookup finds that and never asks the
                descriptor again. `property` is found first, as it also has `__set__`.

                **Watch for**

                - The value is not renewed when the attributes it was made from change.
                - Without a lock two threads may both run the function; the later result stays.

                **Version**

                - 3.12: there is no lock any more; before, one lock per attribute was held for
                  all instances.

                For Python `3.9`, as no file says which ·
                [functools.cached\_property](https://docs.python.org/3/library/functools.html#functools.cached_property) · [\_\_slots\_\_](https://docs.python.org/3/reference/datamodel.html#slots)
            "#]],
        );
    }

    #[test]
    fn instances_without_a_dict() {
        check_hover(
            "import functools\nclass Base:\n    __slots__ = ()\nclass Report(Base):\n    __slots__ = ('a', 'b')\n\n\
             \x20   @functools.cached_prop$0erty\n    async def rows(self): ...\n",
            expect![[r#"
                    @functools.cached_property
                    ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

                Reading `obj.rows` raises `TypeError`: `__slots__` on line 5 leaves instances of
                `Report` no `__dict__` to store the result in.

                **Say in the interview**

                It is a descriptor with `__get__` alone: once the instance's `__dict__` has an
                entry of the same name, attribute lookup finds that and never asks the
                descriptor again. `property` is found first, as it also has `__set__`.

                **Watch for**

                - The value is not renewed when the attributes it was made from change.
                - Without a lock two threads may both run the function; the later result stays.

                **Version**

                - 3.12: there is no lock any more; before, one lock per attribute was held for
                  all instances.

                For Python `3.9`, as no file says which ·
                [functools.cached\_property](https://docs.python.org/3/library/functools.html#functools.cached_property) · [\_\_slots\_\_](https://docs.python.org/3/reference/datamodel.html#slots)
            "#]],
        );
        check_hover(
            "import functools\nfrom dataclasses import dataclass\n@dataclass(slots=True)\nclass Report:\n    a: int\n\
             \x20   @functools.cached_prop$0erty\n    def rows(self): ...\n",
            expect![[r#"
                    @functools.cached_property
                    ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

                Reading `obj.rows` raises `TypeError`: with `slots=True` instances of `Report`
                have no `__dict__` to store the result in.

                **Say in the interview**

                It is a descriptor with `__get__` alone: once the instance's `__dict__` has an
                entry of the same name, attribute lookup finds that and never asks the
                descriptor again. `property` is found first, as it also has `__set__`.

                **Watch for**

                - The value is not renewed when the attributes it was made from change.
                - Without a lock two threads may both run the function; the later result stays.

                **Version**

                - 3.12: there is no lock any more; before, one lock per attribute was held for
                  all instances.

                For Python `3.9`, as no file says which ·
                [functools.cached\_property](https://docs.python.org/3/library/functools.html#functools.cached_property) · [\_\_slots\_\_](https://docs.python.org/3/reference/datamodel.html#slots)
            "#]],
        );
    }

    #[test]
    fn slots_do_no_harm_where_there_is_a_dict() {
        for head in [
            "class B: ...\nclass Report(B):\n    __slots__ = ()",
            "class Report:\n    __slots__ = ('__dict__',)",
            "class Report(Base):\n    pass",
        ] {
            let source = format!(
                "import functools\n{head}\n    @functools.cached_prop$0erty\n    def rows(self): ...\n"
            );
            let card = crate::cards::testing::snapshot(
                crate::content::testing::builtin(),
                &crate::Settings::default(),
                &source,
            );
            assert!(card.contains("Reading `obj.rows` runs"), "{card}");
            assert!(!card.contains("raises"), "{card}");
        }
    }

    #[test]
    fn silent_elsewhere() {
        for source in [
            "from functools import cached_property\n@cached_prop$0erty\ndef f(self): ...\n",
            "from django.utils.functional import cached_property\nclass C:\n    @cached_prop$0erty\n    def f(self): ...\n",
            "try:\n    from functools import cached_property\nexcept ImportError:\n    cached_property = property\nclass C:\n    @cached_prop$0erty\n    def f(self): ...\n",
            "from functools import cached_property\nclass C(Base):\n    __slots__ = ()\n    @cached_prop$0erty\n    def f(self): ...\n",
            "from functools import cached_property\nclass C:\n    __slots__ = names\n    @cached_prop$0erty\n    def f(self): ...\n",
            "from functools import cached_property\nclass C:\n    if a:\n        __slots__ = ()\n    @cached_prop$0erty\n    def f(self): ...\n",
            "from functools import cached_property\nclass C:\n    @other\n    @cached_prop$0erty\n    def f(self): ...\n",
        ] {
            assert_ne!(card_at(source), "cached-property", "{source}");
        }
    }
}
