//! The slots of what is known about a context manager.

use crate::facts::{Slot, SlotKind};

pub static SLOTS: &[Slot] = &[
    Slot::new("text", SlotKind::Code, "the expression behind `with`"),
    Slot::new("target", SlotKind::Code, "what stands behind `as`"),
    Slot::new("with", SlotKind::Code, "`with` or `async with`"),
    Slot::new("enter-name", SlotKind::Code, "`__enter__` or `__aenter__`"),
    Slot::new("exit-name", SlotKind::Code, "`__exit__` or `__aexit__`"),
    Slot::new("several", SlotKind::Flag, "the statement has other items too"),
    Slot::new("open", SlotKind::Flag, "what the expression gives cannot be told"),
    Slot::new("made", SlotKind::Code, "the call that makes it, if it is behind a name"),
    Slot::new("made-line", SlotKind::Line, "the line of that call"),
    Slot::new("class", SlotKind::Code, "the class of the file that it is an instance of"),
    Slot::new("enter", SlotKind::Code, "`C.__enter__`, with the class that has it"),
    Slot::new("enter-line", SlotKind::Line, "its line"),
    Slot::new("exit", SlotKind::Code, "`C.__exit__`, with the class that has it"),
    Slot::new("exit-line", SlotKind::Line, "its line"),
    Slot::new("base", SlotKind::Code, "the base from elsewhere that has one of them"),
    Slot::new("exit-only", SlotKind::Flag, "`__enter__` is that of the base"),
    Slot::new("enter-only", SlotKind::Flag, "`__exit__` is that of the base"),
    Slot::new("missing", SlotKind::Codes, "methods that no class has: `with` fails"),
    Slot::new("not-an-instance", SlotKind::Code, "the class that stands there without a call"),
    Slot::new("needs-async", SlotKind::Flag, "it works behind `async with` only"),
    Slot::new("needs-plain", SlotKind::Flag, "it works behind `with` only"),
    Slot::new("gives-itself", SlotKind::Flag, "`as` receives the instance"),
    Slot::new("gives-nothing", SlotKind::Flag, "`as` receives `None`"),
    Slot::new("gives", SlotKind::Code, "the expression that `__enter__` returns"),
    Slot::new("is", SlotKind::Text, "what `as` receives, for an object that the table knows"),
    Slot::new("end", SlotKind::Text, "what happens at the end, likewise"),
    Slot::new("note", SlotKind::Text, "what often goes wrong, likewise"),
    Slot::new(
        "since",
        SlotKind::Code,
        "the Python that first has it, if the code runs on older ones",
    ),
    Slot::new("passes", SlotKind::Flag, "an exception of the block passes on"),
    Slot::new(
        "swallows-all",
        SlotKind::Lines,
        "`return` lines of an `__exit__` that drops every exception",
    ),
    Slot::new("always-raises", SlotKind::Flag, "`__exit__` raises on every way"),
    Slot::new(
        "not-awaited",
        SlotKind::Codes,
        "methods that are `async def`, which `with` does not await",
    ),
    Slot::new(
        "coroutine-is-true",
        SlotKind::Flag,
        "`__exit__` is one of them: its coroutine counts as true",
    ),
    Slot::new(
        "not-awaitable",
        SlotKind::Codes,
        "methods that are no `async def`, behind `async with`",
    ),
    Slot::new("replaces", SlotKind::Lines, "`raise` in an `__exit__` that drops nothing"),
    Slot::new("may-drop", SlotKind::Flag, "`__exit__` may drop an exception"),
    Slot::new(
        "also",
        SlotKind::Records(SOMETIMES),
        "ways on which it is dropped that stand in no `if`",
    ),
    Slot::new("yielded", SlotKind::Code, "the expression that is yielded"),
    Slot::new("yields-nothing", SlotKind::Flag, "a bare `yield`: `as` receives `None`"),
    Slot::new(
        "drops-by-return",
        SlotKind::Line,
        "a `finally` around the `yield` that ends by `return`",
    ),
    Slot::new("drops", SlotKind::Text, "a sentence of the table: which exceptions are dropped"),
    Slot::new(
        "dropped",
        SlotKind::Codes,
        "the arguments that name the exceptions that are dropped",
    ),
    Slot::new(
        "sometimes",
        SlotKind::Records(SOMETIMES),
        "ways on which an exception is dropped, in the branch of an `if`",
    ),
    Slot::new("decides", SlotKind::Records(SOMETIMES), "values that decide it, true ones drop it"),
    Slot::new("generator", SlotKind::Code, "the generator function of the file that it comes from"),
    Slot::new("generator-line", SlotKind::Line, "its line"),
    Slot::new("yield-line", SlotKind::Line, "the line of its only `yield`"),
    Slot::new("cleanup", SlotKind::Line, "the line of its `finally` around the `yield`"),
    Slot::new("unprotected", SlotKind::Line, "the line of code behind an unguarded `yield`"),
    Slot::new("catches", SlotKind::Records(CATCHES), "its `except` clauses that drop an exception"),
    Slot::new("untold", SlotKind::Flag, "what `as` receives cannot be told"),
    Slot::new("closes", SlotKind::Flag, "what `as` receives is closed at the end"),
    Slot::new("used-after", SlotKind::Lines, "uses of the name behind the statement"),
    Slot::new("entered", SlotKind::Lines, "`with` statements of the file that call the function"),
    Slot::new("steps", SlotKind::Block, "the statement as calls, if it has one item"),
    Slot::new("leaves", SlotKind::Lines, "`return`, `break` and `continue` that leave the block"),
    Slot::new("yields", SlotKind::Lines, "`yield` in the block"),
];

pub static SOMETIMES: &[Slot] = &[
    Slot::new("line", SlotKind::Line, "the line of the `return`"),
    Slot::new("value", SlotKind::Code, "what is returned"),
    Slot::new("when", SlotKind::Code, "the condition of the `if` around it"),
];

static CATCHES: &[Slot] = &[
    Slot::new("line", SlotKind::Line, "the line of the clause"),
    Slot::new("what", SlotKind::Code, "the exceptions it names, or `BaseException`"),
];

pub static CATCHES_SLOTS: &[Slot] = CATCHES;
