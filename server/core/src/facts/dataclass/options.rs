//! The arguments of `@dataclass`, and what they mean for the methods of the class.

use super::super::classes::{Class, Own};
use super::super::decoration::{Arguments, Decoration};
use super::super::hashing::{OwnHash, own_hash};
use crate::syntax::{Kind, kind};

/// The arguments of `@dataclass` with their defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Options {
    pub init: bool,
    pub repr: bool,
    pub eq: bool,
    pub order: bool,
    pub unsafe_hash: bool,
    pub frozen: bool,
    pub kw_only: bool,
    pub slots: bool,
}

/// What happens to `__hash__`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum HashOutcome {
    /// Generated from the fields.
    Generated,
    /// Set to `None`.
    Removed,
    /// The class's own stays.
    Own,
    /// That of the bases.
    Inherited,
    /// The class cannot be made.
    Error,
}

/// Reads the arguments. Nothing when one is no literal or not known.
pub(in super::super) fn options(class: Class<'_>, dataclass: &Decoration<'_>) -> Option<Options> {
    let mut options = Options {
        init: true,
        repr: true,
        eq: true,
        order: false,
        unsafe_hash: false,
        frozen: false,
        kw_only: false,
        slots: false,
    };
    let Some(call) = dataclass.call else { return Some(options) };
    let arguments = Arguments::of(call, class.text());
    if arguments.spread || !arguments.positional.is_empty() {
        return None;
    }
    for (name, value) in &arguments.keywords {
        let value = match kind(*value) {
            Kind::True => true,
            Kind::False => false,
            _ => return None,
        };
        match *name {
            "init" => options.init = value,
            "repr" => options.repr = value,
            "eq" => options.eq = value,
            "order" => options.order = value,
            "unsafe_hash" => options.unsafe_hash = value,
            "frozen" => options.frozen = value,
            "kw_only" => options.kw_only = value,
            "slots" => options.slots = value,
            "match_args" | "weakref_slot" => {}
            _ => return None,
        }
    }
    Some(options)
}

impl Options {
    /// What happens to `__hash__`, by the table of the documentation. Nothing when it cannot be
    /// told what the class body defines.
    pub fn hash(&self, class: Class<'_>) -> Option<HashOutcome> {
        // `__hash__ = None` beside an `__eq__` counts as no `__hash__`: Python itself puts it there.
        let explicit = match own_hash(class)? {
            OwnHash::Defined => true,
            OwnHash::Removed => {
                matches!(class.own("__hash__"), Own::Yes(_))
                    && matches!(class.own("__eq__"), Own::No)
            }
            OwnHash::Inherited => false,
        };
        let removed = own_hash(class) == Some(OwnHash::Removed);
        Some(match (self.unsafe_hash, self.eq, self.frozen) {
            (true, ..) if explicit => HashOutcome::Error,
            (true, ..) => HashOutcome::Generated,
            (false, true, true) if !explicit => HashOutcome::Generated,
            (false, true, false) if !explicit => HashOutcome::Removed,
            _ if removed => HashOutcome::Removed,
            _ if explicit => HashOutcome::Own,
            _ => HashOutcome::Inherited,
        })
    }

    /// A name of the body that `order`, `frozen` or `slots` wants to set: `TypeError`.
    pub fn overwritten(&self, class: Class<'_>) -> Option<&'static str> {
        let order = ["__lt__", "__le__", "__gt__", "__ge__"].into_iter().filter(|_| self.order);
        let frozen = ["__setattr__", "__delattr__"].into_iter().filter(|_| self.frozen);
        let slots = ["__slots__"].into_iter().filter(|_| self.slots);
        order.chain(frozen).chain(slots).find(|name| matches!(class.own(name), Own::Yes(_)))
    }

    /// The special methods that are generated, in a fixed order; nothing when it cannot be told
    /// or the class cannot be made.
    pub fn generated(&self, class: Class<'_>) -> Option<Vec<&'static str>> {
        const ORDER: [&str; 4] = ["__lt__", "__le__", "__gt__", "__ge__"];
        self.overwritten(class).is_none().then_some(())?;
        let mut out = Vec::new();
        for (wanted, name) in
            [(self.init, "__init__"), (self.repr, "__repr__"), (self.eq, "__eq__")]
        {
            match class.own(name) {
                Own::No if wanted => out.push(name),
                Own::Maybe if wanted => return None,
                _ => {}
            }
        }
        if self.order {
            // Any of them in the body raises TypeError, and so does `eq=False`.
            let none = ORDER.iter().all(|name| matches!(class.own(name), Own::No));
            (none && self.eq).then_some(())?;
            out.extend(ORDER);
        }
        if self.frozen {
            let names = ["__setattr__", "__delattr__"];
            let none = names.iter().all(|name| matches!(class.own(name), Own::No));
            none.then_some(())?;
            out.extend(names);
        }
        match self.hash(class)? {
            HashOutcome::Generated => out.push("__hash__"),
            HashOutcome::Error => return None,
            _ => {}
        }
        Some(out)
    }
}
