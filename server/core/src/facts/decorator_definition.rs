//! The definition of a decorator or of a factory of decorators.

use super::{Facts, Provider, Slot, SlotKind};
use crate::decorator::{self, Gives, Metadata};
use crate::scope::{Resolution, ScopeKind};
use crate::subject::Subject;
use crate::syntax::{Kind, Node, kind};

pub static PROVIDER: Provider = Provider {
    name: "decorator-definition",
    doc: "a function that takes a function and returns a wrapper, or makes such a function; `@target` is the `function_definition`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the function's name"),
    Slot::new("factory", SlotKind::Code, "the name, if the function makes the decorator"),
    Slot::new("plain", SlotKind::Code, "the name, if the function is the decorator"),
    Slot::new(
        "made-by",
        SlotKind::Code,
        "the factory around it, if it is the decorator that one returns",
    ),
    Slot::new("decorator", SlotKind::Code, "the decorator inside a factory"),
    Slot::new("decorator-line", SlotKind::Line, "its line"),
    Slot::new("wrapper", SlotKind::Code, "the wrapper"),
    Slot::new("wrapper-line", SlotKind::Line, "its line"),
    Slot::new("func", SlotKind::Code, "the parameter that gets the function"),
    Slot::new("levels", SlotKind::Number, "how many functions are nested: 2, or 3 with a factory"),
    Slot::new(
        "captured",
        SlotKind::Codes,
        "variables of the functions around it that the wrapper uses",
    ),
    Slot::new(
        "per-function",
        SlotKind::Codes,
        "variables of the decorator itself: each decorated function has its own",
    ),
    Slot::new(
        "per-call",
        SlotKind::Codes,
        "variables and parameters of the factory: shared by what one call of it decorates",
    ),
    Slot::new("uses", SlotKind::Records(USES), "where this file applies it"),
    Slot::new("unused", SlotKind::Flag, "this file does not apply it"),
    Slot::new(
        "returns-nothing",
        SlotKind::Flag,
        "it does not return its wrapper, nor anything else",
    ),
    Slot::new("own-metadata", SlotKind::Flag, "the wrapper has only its own metadata"),
    Slot::new("wraps-line", SlotKind::Line, "the line that copies the metadata"),
];

static USES: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the decorated function or class"),
    Slot::new("line", SlotKind::Line, "the line of the decorator"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let names = subject.names();
    let found = decorator::read(names, subject.item(), subject.node())?;
    let mut facts = Facts::of(SLOTS);
    let name = found.name_of(subject.node());
    facts.code("name", name).code("func", found.func);
    let around = subject.ancestors().find(|node| kind(*node) == Kind::FunctionDefinition);
    let outer = around.and_then(|around| decorator::read(names, subject.item(), around));
    let made_by =
        outer.filter(|outer| outer.factory.is_some() && outer.function.id() == found.function.id());
    match (&found.factory, &made_by) {
        (Some(_), _) => {
            facts.code("factory", name).number("levels", 3);
            facts.code("decorator", found.name_of(found.function));
            facts.line("decorator-line", subject.line(found.function));
        }
        (None, Some(outer)) => {
            facts.code("made-by", found.name_of(outer.outer())).number("levels", 3);
        }
        (None, None) => {
            facts.code("plain", name).number("levels", 2);
        }
    }
    facts.code("wrapper", found.name_of(found.wrapper));
    facts.line("wrapper-line", subject.line(found.wrapper));
    facts.flag("returns-nothing", found.gives == Gives::Nothing);
    match found.metadata {
        Metadata::Own => drop(facts.flag("own-metadata", found.gives == Gives::Wrapper)),
        Metadata::Copied(node) => drop(facts.line("wraps-line", subject.line(node))),
        Metadata::Unknown => {}
    }
    let takes_one = found.takes_one();
    let whole = made_by.unwrap_or(found);
    captured(subject, &whole, &mut facts);
    let users = decorator::users(names, &whole);
    // `@` hands over one argument. Where nobody decorates, a function that needs more is no decorator.
    if users.is_empty() && !takes_one {
        return None;
    }
    facts.flag("unused", users.is_empty());
    let records = users.iter().map(|user| {
        let mut record = Facts::of(USES);
        let start = subject.document().start_of(user.item) + user.decorator.start_byte();
        record.code("name", user.name(names));
        record.line("line", subject.document().text().line_of(start));
        record
    });
    facts.records("uses", records.collect());
    Some(facts)
}

/// The variables of the functions around the wrapper that it uses, by who owns them.
fn captured(subject: &Subject<'_>, decorator: &decorator::Decorator<'_>, facts: &mut Facts) {
    let Some(scopes) = subject.names().scopes(decorator.item) else { return };
    let scope_of = |node: Node<'_>| scopes.scope_of(node.byte_range().into());
    let owners = (scope_of(decorator.function), decorator.factory.and_then(scope_of));
    let (mut all, mut per_function, mut per_call) = (Vec::new(), Vec::new(), Vec::new());
    for reference in scopes.references() {
        let inside = crate::Span::from(decorator.wrapper.byte_range()).contains(reference.at);
        let Resolution::Local(owner) = scopes.resolve(reference.scope, reference.name) else {
            continue;
        };
        let name = scopes.name(reference.name);
        if !inside || all.contains(&name) || scopes.scopes()[owner].kind != ScopeKind::Function {
            continue;
        }
        if Some(owner) == owners.0 {
            all.push(name);
            if name != decorator.func {
                per_function.push(name);
            }
        } else if Some(owner) == owners.1 {
            all.push(name);
            per_call.push(name);
        }
    }
    facts.codes("captured", all).codes("per-function", per_function).codes("per-call", per_call);
}

#[cfg(test)]
mod tests {
    use crate::cards::testing::card_at;

    #[test]
    fn silent_where_a_function_needs_more_than_the_function() {
        let body = "    def wrapper(value):\n        return func(value)\n    return wrapper\n";
        let card = |head: &str| card_at(&format!("def ca$0ll({head}):\n{body}"));
        assert_eq!(card("func"), "decorator-definition");
        assert_eq!(card("func, times=1, *, log=None"), "decorator-definition");
        assert_ne!(card("func, times"), "decorator-definition");
        assert_ne!(card("func, *, times"), "decorator-definition");
        assert_ne!(card("times=1, func=None"), "decorator-definition");
    }
}
