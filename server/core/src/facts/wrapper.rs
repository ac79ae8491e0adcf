//! The function that a decorator puts in the place of another.

use super::{Facts, Provider, Slot, SlotKind};
use crate::decorator::{self, Decorator, Gives, Metadata, User};
use crate::subject::Subject;
use crate::syntax::function::{
    Parameter, ParameterKind, arguments, docstring, is_async, is_generator, parameters, returned,
    returns,
};
use crate::syntax::{Field, Kind, Node, kind};

pub static PROVIDER: Provider = Provider {
    name: "wrapper",
    doc: "the nested function that a decorator returns; `@target` is the `function_definition`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("wrapper", SlotKind::Code, "the wrapper's name"),
    Slot::new("decorator", SlotKind::Code, "the function that returns it"),
    Slot::new("func", SlotKind::Code, "the parameter that it calls"),
    Slot::new("users", SlotKind::Codes, "the functions of this file whose place it takes"),
    Slot::new(
        "of-func",
        SlotKind::Code,
        "the parameter that it calls, if no function of this file is decorated",
    ),
    Slot::new("signature", SlotKind::Code, "its parameters as written"),
    Slot::new(
        "forwards",
        SlotKind::Code,
        "what every call of the function passes on, if it is all that the wrapper collects: `*args, **kwargs`",
    ),
    Slot::new("drops", SlotKind::Codes, "what it collects and passes to no call of the function"),
    Slot::new("returns", SlotKind::Flag, "it returns the result of the call"),
    Slot::new("drops-result", SlotKind::Flag, "it returns nothing at all"),
    Slot::new(
        "plain-around-async",
        SlotKind::Codes,
        "the decorated `async def`s, if the wrapper is a plain function",
    ),
    Slot::new("own-metadata", SlotKind::Flag, "nothing copies the function's metadata"),
    Slot::new(
        "losing-doc",
        SlotKind::Codes,
        "the decorated functions of this file whose docstring is lost",
    ),
    Slot::new(
        "dunder-name",
        SlotKind::Code,
        "`'wrapper'`: what `__name__` of the decorated functions is, if nothing copies it",
    ),
    Slot::new("wraps-line", SlotKind::Line, "the line that copies the metadata"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let names = subject.names();
    let around = subject.ancestors().find(|node| kind(*node) == Kind::FunctionDefinition)?;
    let found = decorator::read(names, subject.item(), around)?;
    (found.wrapper.id() == subject.node().id() && found.gives == Gives::Wrapper).then_some(())?;
    let whole = subject
        .ancestors()
        .filter(|node| kind(*node) == Kind::FunctionDefinition)
        .nth(1)
        .and_then(|factory| decorator::read(names, subject.item(), factory))
        .filter(|outer| outer.factory.is_some() && outer.function.id() == around.id());
    let users = decorator::users(names, whole.as_ref().unwrap_or(&found));
    // An inner function that calls what was handed in beside other things takes no one's place.
    if users.is_empty() && !found.takes_one() {
        return None;
    }
    let users: Vec<&User<'_>> = users.iter().filter(|user| user.is_function()).collect();

    let mut facts = Facts::of(SLOTS);
    facts.code("wrapper", found.name_of(found.wrapper)).code("func", found.func);
    facts.code("decorator", found.name_of(found.function));
    if users.is_empty() {
        facts.code("of-func", found.func);
    }
    facts.codes("users", users.iter().map(|user| user.name(names)));
    if let Some(list) = found.wrapper.child_in(Field::Parameters) {
        facts.code("signature", super::source_text::one_line(subject, list));
    }
    passed(subject, &found, &mut facts);
    let gives: Vec<_> = returns(found.wrapper).into_iter().filter_map(returned).collect();
    let is_result = |value: &Node<'_>| found.calls.iter().any(|call| call.node.id() == value.id());
    facts.flag("returns", !gives.is_empty() && gives.iter().all(is_result));
    facts.flag("drops-result", gives.is_empty() && !is_generator(found.wrapper));
    if !is_async(found.wrapper) {
        let coroutines = users.iter().filter(|user| is_async(user.definition));
        facts.codes("plain-around-async", coroutines.map(|user| user.name(names)));
    }
    match found.metadata {
        Metadata::Own => {
            facts.flag("own-metadata", true);
            facts.code("dunder-name", format!("'{}'", found.name_of(found.wrapper)));
            let documented = users
                .iter()
                .filter(|user| docstring(user.definition, names.item(user.item).text()).is_some());
            let own = docstring(found.wrapper, subject.item_text()).is_some();
            facts.codes("losing-doc", documented.filter(|_| !own).map(|user| user.name(names)));
        }
        Metadata::Copied(node) => drop(facts.line("wraps-line", subject.line(node))),
        Metadata::Unknown => {}
    }
    Some(facts)
}

/// What the wrapper collects, and which of it the calls pass on.
fn passed(subject: &Subject<'_>, found: &Decorator<'_>, facts: &mut Facts) {
    let Some(all) = parameters(found.wrapper) else { return };
    let star = |parameter: &Parameter<'_>| match parameter.kind {
        ParameterKind::VarPositional => Some(format!("*{}", subject.text(parameter.name))),
        ParameterKind::VarKeyword => Some(format!("**{}", subject.text(parameter.name))),
        _ => None,
    };
    let collected: Vec<String> = all.iter().filter_map(star).collect();
    let given: Vec<Vec<&str>> = found
        .calls
        .iter()
        .map(|call| arguments(call.node).into_iter().map(|node| subject.text(node)).collect())
        .collect();
    let everywhere = |text: &String| given.iter().all(|call| call.contains(&text.as_str()));
    let nowhere = |text: &&String| !given.iter().any(|call| call.contains(&text.as_str()));
    if !collected.is_empty() && collected.iter().all(everywhere) {
        facts.code("forwards", collected.join(", "));
    }
    facts.codes("drops", collected.iter().filter(nowhere));
}

#[cfg(test)]
mod tests {
    use crate::cards::testing::card_at;

    #[test]
    fn silent_about_what_calls_one_of_several_arguments() {
        let card = |head: &str| {
            card_at(&format!(
                "def make({head}):\n    def in$0ner(item):\n        return after(item)\n    return inner\n"
            ))
        };
        assert_eq!(card("after"), "wrapper");
        assert_ne!(card("name, after=None"), "wrapper");
        assert_ne!(card("name=1, after=None"), "wrapper");
    }
}
