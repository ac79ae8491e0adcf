//! `contextlib.contextmanager` and `asynccontextmanager` above a generator function.
//!
//! Source: Library Reference, contextlib: a call returns a context manager; its `__enter__` runs
//! the generator up to the `yield`, its `__exit__` the rest, and an exception of the block is
//! raised at the `yield`.

use super::decoration::Decorated;
use super::source_text::one_line;
use super::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::function::{is_async, is_generator, own_nodes, returned, returns, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

pub static PROVIDER: Provider = Provider {
    name: "generator-context",
    doc: "`contextlib.contextmanager` or `asynccontextmanager` above a function; `@target` is the \
          `decorator`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the function"),
    Slot::new("with", SlotKind::Code, "`with f(…):` or `async with f(…):`"),
    Slot::new("yield-line", SlotKind::Line, "the line of the only `yield`"),
    Slot::new("value", SlotKind::Code, "what it yields, which `as` receives"),
    Slot::new("no-value", SlotKind::Flag, "it yields nothing, so `as` receives `None`"),
    Slot::new("count", SlotKind::Number, "how many `yield` there are, if more than one"),
    Slot::new("cleanup", SlotKind::Line, "the line of a `finally` that the `yield` stands in"),
    Slot::new("unprotected", SlotKind::Line, "the line of code behind an unguarded `yield`"),
    Slot::new("not-generator", SlotKind::Flag, "there is no `yield` and no value: `with` fails"),
    Slot::new("needs-async", SlotKind::Flag, "`asynccontextmanager` above a plain generator"),
    Slot::new("needs-plain", SlotKind::Flag, "`contextmanager` above an `async def`"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let decorated = Decorated::of(subject)?;
    let at = decorated.find(&["contextlib.contextmanager", "contextlib.asynccontextmanager"])?;
    let function = decorated.function()?;
    // What a decorator below makes of the function may be no generator function any more.
    if decorated.all[at].call.is_some() || at + 1 != decorated.all.len() {
        return None;
    }
    let wants_async = decorated.all[at].is(&["contextlib.asynccontextmanager"]);
    let name = decorated.name(subject)?;
    let mut facts = Facts::of(SLOTS);
    facts.code("name", name);
    if !is_generator(function) {
        let gives = returns(function).into_iter().any(|it| returned(it).is_some());
        facts.flag("not-generator", !gives);
        return Some(facts);
    }
    if is_async(function) != wants_async {
        facts.flag(if wants_async { "needs-async" } else { "needs-plain" }, true);
        return Some(facts);
    }
    let with = if wants_async { "async with" } else { "with" };
    facts.code("with", format!("{with} {name}(…):"));
    let mut yields = Vec::new();
    own_nodes(function, |node| {
        if kind(node) == Kind::Yield {
            yields.push(node);
        }
    });
    let [only] = yields[..] else {
        facts.number("count", yields.len());
        return Some(facts);
    };
    facts.line("yield-line", subject.line(only));
    match statements(only).first() {
        Some(value) if only.child(1).is_none_or(|it| it.kind() != "from") => {
            facts.code("value", one_line(subject, *value));
        }
        Some(_) => {}
        None => {
            facts.flag("no-value", true);
        }
    }
    guard(subject, function, only, &mut facts);
    Some(facts)
}

/// What runs behind the `yield` when the block raises.
fn guard(subject: &Subject<'_>, function: Node<'_>, only: Node<'_>, facts: &mut Facts) {
    let Some(body) = function.child_in(Field::Body) else { return };
    let Some(path) = walk::path_to(body, only.start_byte(), only.end_byte()) else { return };
    let mut guarded = false;
    for pair in path.windows(2) {
        match kind(pair[0]) {
            Kind::TryStatement => {
                guarded = true;
                let in_body = pair[0].child_in(Field::Body) == Some(pair[1]);
                let finally = statements(pair[0])
                    .into_iter()
                    .find(|clause| kind(*clause) == Kind::FinallyClause);
                if let Some(finally) = finally.filter(|_| in_body) {
                    facts.line("cleanup", subject.line(finally));
                }
            }
            Kind::WithStatement => guarded = true,
            _ => {}
        }
    }
    let top = path.get(1).copied().unwrap_or(only);
    let is_statement = kind(top) == Kind::ExpressionStatement;
    let next = statements(body).into_iter().find(|it| it.start_byte() >= top.end_byte());
    if let Some(next) = next.filter(|_| !guarded && is_statement) {
        facts.line("unprotected", subject.line(next));
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::cards::testing::{card_at, check_hover};

    #[test]
    fn code_behind_the_yield_is_skipped_by_an_exception() {
        check_hover(
            "from contextlib import contextmanager\n@context$0manager\ndef opened(path):\n    f = open(path)\n    yield f\n    f.close()\n",
            expect![[r#"
                @contextmanager
                ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

                `with opened(…):` runs `opened` up to its `yield`, then the block, then the
                rest. The decorator replaces `opened`: a call no longer gives what its own code
                returns, but a context manager.

                **Here**

                - `as` receives `f`, from the `yield` on line 5.
                - An exception of the block is raised at the `yield`: the code from line 6 on is
                  then skipped, as there is no `try` around it.

                **Say in the interview**

                The decorator turns a generator function into a factory of context managers, so
                set-up and clean-up stand in one function, with the `yield` between them. The
                result also works as a decorator: the function then runs inside the `with`
                block.

                **Watch for**

                - Catching the exception at the `yield` without raising it again suppresses it.

                [contextlib.contextmanager](https://docs.python.org/3/library/contextlib.html#contextlib.contextmanager) · [contextlib.asynccontextmanager](https://docs.python.org/3/library/contextlib.html#contextlib.asynccontextmanager)
            "#]],
        );
    }

    #[test]
    fn cleanup_in_finally() {
        check_hover(
            "import contextlib\n@contextlib.asynccontext$0manager\nasync def session():\n    try:\n        yield\n    finally:\n        await close()\n",
            expect![[r#"
                @contextlib.asynccontextmanager
                ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

                `async with session(…):` runs `session` up to its `yield`, then the block, then
                the rest. The decorator replaces `session`: a call no longer gives what its own
                code returns, but a context manager.

                **Here**

                - `as` receives `None`: the `yield` has no value.
                - An exception of the block is raised at the `yield`; `finally` on line 6 still
                  runs.

                **Say in the interview**

                The decorator turns a generator function into a factory of context managers, so
                set-up and clean-up stand in one function, with the `yield` between them. The
                result also works as a decorator: the function then runs inside the `with`
                block.

                **Watch for**

                - Catching the exception at the `yield` without raising it again suppresses it.

                [contextlib.contextmanager](https://docs.python.org/3/library/contextlib.html#contextlib.contextmanager) · [contextlib.asynccontextmanager](https://docs.python.org/3/library/contextlib.html#contextlib.asynccontextmanager)
            "#]],
        );
    }

    #[test]
    fn functions_that_do_not_fit() {
        for (function, line) in [
            ("def f():\n    return", "has no `yield`"),
            ("async def f():\n    yield 1", "is an `async def`"),
            ("def f():\n    if a:\n        yield 1\n    else:\n        yield 2", "2 places"),
        ] {
            let source = format!("import contextlib\n@contextlib.context$0manager\n{function}\n");
            let settings = crate::Settings::default();
            let builtin = crate::content::testing::builtin();
            let card = crate::cards::testing::snapshot(builtin, &settings, &source);
            assert!(card.contains(line), "{card}");
        }
    }

    #[test]
    fn silent_elsewhere() {
        for source in [
            "from m import contextmanager\n@context$0manager\ndef f():\n    yield\n",
            "from contextlib import *\n@context$0manager\ndef f():\n    yield\n",
            "from contextlib import contextmanager\n@context$0manager\n@other\ndef f():\n    yield\n",
        ] {
            assert_ne!(card_at(source), "generator-context", "{source}");
        }
    }
}
