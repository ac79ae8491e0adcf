//! The names of the `builtins` module, Python 3.9 to 3.15.
//!
//! Sources: Library Reference, Built-in Functions, Constants and Exceptions; What's New in Python
//! 3.10 to 3.15; `dir(builtins)` of CPython. Names that only an interactive session has (`_`) are
//! left out.

use crate::PythonVersion;

/// True when `name` is a builtin of some version from 3.9 on.
pub fn is_builtin(name: &str) -> bool {
    NAMES.binary_search(&name).is_ok()
}

/// Methods of the builtin mutable types that change the object (Library Reference, Built-in Types).
pub(crate) const CHANGING_METHODS: &[&str] = &[
    "add",
    "append",
    "clear",
    "discard",
    "extend",
    "insert",
    "pop",
    "popitem",
    "remove",
    "reverse",
    "setdefault",
    "sort",
    "update",
];

/// The first version that has the builtin `name`; 3.9 for all older ones, nothing for other names.
pub fn builtin_since(name: &str) -> Option<PythonVersion> {
    let later = LATER.iter().find(|(later, _)| *later == name);
    let minor = later.map_or(PythonVersion::OLDEST.minor, |(_, minor)| *minor);
    is_builtin(name).then_some(PythonVersion::py3(minor))
}

/// Builtins that came after 3.9, with the minor version (What's New in Python 3.10, 3.11, 3.13 and
/// 3.15; PEP 654, PEP 661, PEP 810, PEP 814).
const LATER: &[(&str, u8)] = &[
    ("EncodingWarning", 10),
    ("aiter", 10),
    ("anext", 10),
    ("BaseExceptionGroup", 11),
    ("ExceptionGroup", 11),
    ("PythonFinalizationError", 13),
    ("__lazy_import__", 15),
    ("frozendict", 15),
    ("sentinel", 15),
];

/// Sorted by bytes.
const NAMES: &[&str] = &[
    "ArithmeticError",
    "AssertionError",
    "AttributeError",
    "BaseException",
    "BaseExceptionGroup",
    "BlockingIOError",
    "BrokenPipeError",
    "BufferError",
    "BytesWarning",
    "ChildProcessError",
    "ConnectionAbortedError",
    "ConnectionError",
    "ConnectionRefusedError",
    "ConnectionResetError",
    "DeprecationWarning",
    "EOFError",
    "Ellipsis",
    "EncodingWarning",
    "EnvironmentError",
    "Exception",
    "ExceptionGroup",
    "False",
    "FileExistsError",
    "FileNotFoundError",
    "FloatingPointError",
    "FutureWarning",
    "GeneratorExit",
    "IOError",
    "ImportError",
    "ImportWarning",
    "IndentationError",
    "IndexError",
    "InterruptedError",
    "IsADirectoryError",
    "KeyError",
    "KeyboardInterrupt",
    "LookupError",
    "MemoryError",
    "ModuleNotFoundError",
    "NameError",
    "None",
    "NotADirectoryError",
    "NotImplemented",
    "NotImplementedError",
    "OSError",
    "OverflowError",
    "PendingDeprecationWarning",
    "PermissionError",
    "ProcessLookupError",
    "PythonFinalizationError",
    "RecursionError",
    "ReferenceError",
    "ResourceWarning",
    "RuntimeError",
    "RuntimeWarning",
    "StopAsyncIteration",
    "StopIteration",
    "SyntaxError",
    "SyntaxWarning",
    "SystemError",
    "SystemExit",
    "TabError",
    "TimeoutError",
    "True",
    "TypeError",
    "UnboundLocalError",
    "UnicodeDecodeError",
    "UnicodeEncodeError",
    "UnicodeError",
    "UnicodeTranslateError",
    "UnicodeWarning",
    "UserWarning",
    "ValueError",
    "Warning",
    "WindowsError",
    "ZeroDivisionError",
    "__build_class__",
    "__debug__",
    "__doc__",
    "__import__",
    "__lazy_import__",
    "__loader__",
    "__name__",
    "__package__",
    "__spec__",
    "abs",
    "aiter",
    "all",
    "anext",
    "any",
    "ascii",
    "bin",
    "bool",
    "breakpoint",
    "bytearray",
    "bytes",
    "callable",
    "chr",
    "classmethod",
    "compile",
    "complex",
    "copyright",
    "credits",
    "delattr",
    "dict",
    "dir",
    "divmod",
    "enumerate",
    "eval",
    "exec",
    "exit",
    "filter",
    "float",
    "format",
    "frozendict",
    "frozenset",
    "getattr",
    "globals",
    "hasattr",
    "hash",
    "help",
    "hex",
    "id",
    "input",
    "int",
    "isinstance",
    "issubclass",
    "iter",
    "len",
    "license",
    "list",
    "locals",
    "map",
    "max",
    "memoryview",
    "min",
    "next",
    "object",
    "oct",
    "open",
    "ord",
    "pow",
    "print",
    "property",
    "quit",
    "range",
    "repr",
    "reversed",
    "round",
    "sentinel",
    "set",
    "setattr",
    "slice",
    "sorted",
    "staticmethod",
    "str",
    "sum",
    "super",
    "tuple",
    "type",
    "vars",
    "zip",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted() {
        assert!(NAMES.is_sorted());
        assert!(is_builtin("property") && !is_builtin("wraps"));
        assert!(LATER.iter().all(|(name, _)| is_builtin(name)));
    }

    #[test]
    fn versions_are_those_of_the_first_release() {
        assert_eq!(builtin_since("aiter"), Some(PythonVersion::py3(10)));
        assert_eq!(builtin_since("len"), Some(PythonVersion::OLDEST));
        assert_eq!(builtin_since("wraps"), None);
    }
}
