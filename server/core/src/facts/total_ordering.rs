//! `functools.total_ordering`.
//!
//! Source: Library Reference, functools, and `Lib/functools.py`: of the ordering methods that the
//! class has or inherits (but from `object`), one is taken as the root, `__lt__` before `__le__`
//! before `__gt__` before `__ge__`; those that are missing are made from it.

use super::classes::{Base, Class, Own, adds_nothing};
use super::dataclass::{FrozenBases, frozen_bases, options::options};
use super::decoration::Decorated;
use super::{Facts, Provider, Slot, SlotKind};
use crate::scope::Binding;
use crate::subject::Subject;

pub static PROVIDER: Provider = Provider {
    name: "total-ordering",
    doc: "`functools.total_ordering` above a class; `@target` is the `decorator`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the name of the class"),
    Slot::new("defined", SlotKind::Records(DEFINED), "comparison methods that are written out"),
    Slot::new("generated", SlotKind::Codes, "the methods that are added"),
    Slot::new("root", SlotKind::Code, "the method they are made from"),
    Slot::new("open", SlotKind::Flag, "what is added cannot be told"),
    Slot::new("nothing", SlotKind::Flag, "there is nothing left to add"),
    Slot::new("fails", SlotKind::Flag, "there is no ordering method: `ValueError`"),
    Slot::new("no-eq", SlotKind::Flag, "`__eq__` is that of `object`: identity"),
];

static DEFINED: &[Slot] = &[
    Slot::new("method", SlotKind::Code, "the method"),
    Slot::new("class", SlotKind::Code, "the class that has it"),
    Slot::new("line", SlotKind::Line, "its line"),
];

/// In the order in which one is chosen as the root.
const ORDER: [&str; 4] = ["__lt__", "__le__", "__gt__", "__ge__"];

/// Bases of bases are followed this far.
const MAX_BASES: usize = 20;

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let decorated = Decorated::of(subject)?;
    let at = decorated.find(&["functools.total_ordering"])?;
    if decorated.function().is_some() || decorated.all[at].call.is_some() {
        return None;
    }
    let class = Class::new(subject.names(), subject.item(), decorated.definition)?;
    let mut facts = Facts::of(SLOTS);
    facts.code("name", class.name());

    // Decorators further down may add methods; of `@dataclass` it is known which.
    let below = &decorated.all[at + 1..];
    let mut added: Vec<&str> = Vec::new();
    let mut known = class.is_plain_anywhere();
    for one in below {
        match one.is(&["dataclasses.dataclass"]).then(|| options(class, one)).flatten() {
            // That class is not made.
            Some(options) if frozen_bases(class, options.frozen) != FrozenBases::Fit => {
                return None;
            }
            Some(options) => match options.generated(class) {
                Some(generated) => added.extend(generated),
                None => known = false,
            },
            None => known &= one.is(&["typing.final"]),
        }
    }
    let look = |name: &str| match class.own(name) {
        _ if added.contains(&name) => Method::Made,
        Own::Yes(binding) => Method::Written(class, binding),
        Own::Maybe => Method::Unknown,
        Own::No => inherited(class, name, 0),
    };
    let eq = ("__eq__", look("__eq__"));
    let all = ORDER.map(|name| (name, look(name)));
    let ordering: Vec<_> = all.iter().filter(|(_, method)| method.is_there()).collect();
    let written = std::iter::once(&eq).chain(ordering.iter().copied());
    facts.records("defined", written.filter_map(|(name, at)| at.record(name)).collect());
    if !known || all.iter().any(|(_, method)| matches!(method, Method::Unknown)) {
        facts.flag("open", true);
        return Some(facts);
    }
    facts.flag("no-eq", matches!(eq.1, Method::Nowhere));
    let Some((root, _)) = ordering.first() else {
        facts.flag("fails", true);
        return Some(facts);
    };
    let missing: Vec<_> =
        ORDER.iter().filter(|name| ordering.iter().all(|(other, _)| other != *name)).collect();
    if missing.is_empty() {
        facts.flag("nothing", true);
    } else {
        facts.code("root", *root).codes("generated", missing.into_iter().copied());
    }
    Some(facts)
}

/// Where a class has a comparison method from.
#[derive(Clone, Copy)]
enum Method<'a> {
    /// From the body of this class.
    Written(Class<'a>, &'a Binding),
    /// A decorator of the class or of one above it has made it.
    Made,
    /// It is that of `object`.
    Nowhere,
    Unknown,
}

impl Method<'_> {
    fn is_there(&self) -> bool {
        matches!(self, Self::Written(..) | Self::Made)
    }

    fn record(&self, name: &str) -> Option<Facts> {
        let Self::Written(class, binding) = self else { return None };
        let mut record = Facts::of(DEFINED);
        record.code("method", name).code("class", class.name());
        record.line("line", class.line_at(binding.node.start));
        Some(record)
    }
}

/// The method of that name that the bases of a class bring, in whichever file they are.
fn inherited<'a>(class: Class<'a>, name: &str, depth: usize) -> Method<'a> {
    let mut found = Method::Nowhere;
    for base in class.bases_anywhere() {
        let here = match base {
            Base::Here(base) if depth < MAX_BASES => of_base(base, name, depth + 1),
            Base::Known(name) if adds_nothing(&name) => Method::Nowhere,
            _ => Method::Unknown,
        };
        found = match (found, here) {
            (Method::Nowhere, here) => here,
            (found, Method::Nowhere) => found,
            (Method::Written(a, x), Method::Written(b, _)) if a.node == b.node => {
                Method::Written(a, x)
            }
            // Which of two bases comes first is a matter of the whole method resolution order.
            _ => return Method::Unknown,
        };
    }
    found
}

/// The method of that name that a class has once its decorators have run.
fn of_base<'a>(class: Class<'a>, name: &str, depth: usize) -> Method<'a> {
    match class.own(name) {
        Own::Yes(binding) => return Method::Written(class, binding),
        Own::Maybe => return Method::Unknown,
        Own::No => {}
    }
    let decorated = class.decorated();
    for one in decorated.iter().flat_map(|decorated| decorated.all.iter().rev()) {
        if one.is(&["dataclasses.dataclass"]) {
            let generated = options(class, one).and_then(|options| options.generated(class));
            let Some(generated) = generated else { return Method::Unknown };
            if generated.contains(&name) {
                return Method::Made;
            }
        } else if one.is(&["functools.total_ordering"]) && ORDER.contains(&name) {
            // Afterwards the class has all four; those that it inherits are left.
            return match inherited(class, name, depth) {
                Method::Nowhere => Method::Made,
                found => found,
            };
        }
    }
    inherited(class, name, depth)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::cards::testing::{card_at, check_hover};

    #[test]
    fn missing_methods_are_made_from_the_root() {
        check_hover(
            "from functools import total_ordering\nclass Base:\n    def __eq__(self, other): ...\n\n\
             @total_orde$0ring\nclass Version(Base):\n    def __lt__(self, other): ...\n    def __ge__(self, other): ...\n",
            expect![[r#"
                @total_ordering
                ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

                Added to `Version`: `__le__`, `__gt__`, all made from `__lt__` and `__eq__`.

                **Here**

                - `__eq__` of `Base` is on line 3.
                - `__lt__` of `Version` is on line 7.
                - `__ge__` of `Version` is on line 8.

                **Say in the interview**

                One ordering method and `__eq__` are enough: the rest is derived, as `a <= b`
                from `a < b or a == b`. The price is slower comparisons and longer tracebacks.

                **Watch for**

                - An ordering method that is inherited counts as defined and is not replaced.

                [functools.total\_ordering](https://docs.python.org/3/library/functools.html#functools.total_ordering)
            "#]],
        );
    }

    #[test]
    fn nothing_to_start_from() {
        check_hover(
            "import functools\n@functools.total_orde$0ring\nclass Version:\n    def __cmp__(self, other): ...\n",
            expect![[r#"
                @functools.total_ordering
                ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

                Making `Version` raises `ValueError`: it has no `__lt__`, `__le__`, `__gt__` or
                `__ge__`.

                **Here**

                - `__eq__` is that of `object`, by identity: two objects with the same values
                  are not equal.

                **Say in the interview**

                One ordering method and `__eq__` are enough: the rest is derived, as `a <= b`
                from `a < b or a == b`. The price is slower comparisons and longer tracebacks.

                **Watch for**

                - An ordering method that is inherited counts as defined and is not replaced.

                [functools.total\_ordering](https://docs.python.org/3/library/functools.html#functools.total_ordering)
            "#]],
        );
    }

    #[test]
    fn a_data_class_below_brings_its_own() {
        check_hover(
            "import functools\nfrom dataclasses import dataclass\n@functools.total_orde$0ring\n@dataclass(order=True)\nclass Version:\n    x: int\n",
            expect![[r#"
                @functools.total_ordering
                ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

                Adds nothing: `Version` has all four ordering methods.

                **Say in the interview**

                One ordering method and `__eq__` are enough: the rest is derived, as `a <= b`
                from `a < b or a == b`. The price is slower comparisons and longer tracebacks.

                **Watch for**

                - An ordering method that is inherited counts as defined and is not replaced.

                [functools.total\_ordering](https://docs.python.org/3/library/functools.html#functools.total_ordering)
            "#]],
        );
    }

    #[test]
    fn an_unknown_base_leaves_most_open() {
        check_hover(
            "import functools\n@functools.total_orde$0ring\nclass Version(Base):\n    def __gt__(self, other): ...\n",
            expect![[r#"
                @functools.total_ordering
                ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

                The ordering methods that `Version` lacks are added to it.

                **Here**

                - `__gt__` of `Version` is on line 4.

                **Say in the interview**

                One ordering method and `__eq__` are enough: the rest is derived, as `a <= b`
                from `a < b or a == b`. The price is slower comparisons and longer tracebacks.

                **Watch for**

                - An ordering method that is inherited counts as defined and is not replaced.

                [functools.total\_ordering](https://docs.python.org/3/library/functools.html#functools.total_ordering)
            "#]],
        );
    }

    #[test]
    fn silent_for_other_things() {
        for source in [
            "from m import total_ordering\n@total_orde$0ring\nclass C: ...\n",
            "from functools import total_ordering\n@total_orde$0ring\ndef f(): ...\n",
            "from functools import total_ordering\n@total_orde$0ring\nclass C:\n    def __lt__(:\n",
            "from functools import total_ordering\nfrom dataclasses import dataclass\n\
             @dataclass\nclass A: ...\n\
             @total_orde$0ring\n@dataclass(frozen=True)\nclass C(A):\n    def __lt__(self, other): ...\n",
        ] {
            assert_ne!(card_at(source), "total-ordering", "{source}");
        }
    }
}
