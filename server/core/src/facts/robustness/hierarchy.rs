//! Which builtin exceptions are kinds of which.
//!
//! Source: Library Reference, Built-in Exceptions, Exception hierarchy, Python 3.9 to 3.15.

/// Names that stand for `OSError` itself.
const SAME: &[&str] = &[
    "builtins.EnvironmentError",
    "builtins.IOError",
    "builtins.WindowsError",
    "os.error",
    "select.error",
    "socket.error",
];

/// Each exception but warnings, and what it derives from first.
const BASES: &[(&str, &str)] = &[
    ("ArithmeticError", "Exception"),
    ("AssertionError", "Exception"),
    ("AttributeError", "Exception"),
    ("BaseExceptionGroup", "BaseException"),
    ("BlockingIOError", "OSError"),
    ("BrokenPipeError", "ConnectionError"),
    ("BufferError", "Exception"),
    ("ChildProcessError", "OSError"),
    ("ConnectionAbortedError", "ConnectionError"),
    ("ConnectionError", "OSError"),
    ("ConnectionRefusedError", "ConnectionError"),
    ("ConnectionResetError", "ConnectionError"),
    ("EOFError", "Exception"),
    ("Exception", "BaseException"),
    ("ExceptionGroup", "BaseExceptionGroup"),
    ("FileExistsError", "OSError"),
    ("FileNotFoundError", "OSError"),
    ("FloatingPointError", "ArithmeticError"),
    ("GeneratorExit", "BaseException"),
    ("ImportError", "Exception"),
    ("IndentationError", "SyntaxError"),
    ("IndexError", "LookupError"),
    ("InterruptedError", "OSError"),
    ("IsADirectoryError", "OSError"),
    ("KeyError", "LookupError"),
    ("KeyboardInterrupt", "BaseException"),
    ("LookupError", "Exception"),
    ("MemoryError", "Exception"),
    ("ModuleNotFoundError", "ImportError"),
    ("NameError", "Exception"),
    ("NotADirectoryError", "OSError"),
    ("NotImplementedError", "RuntimeError"),
    ("OSError", "Exception"),
    ("OverflowError", "ArithmeticError"),
    ("PermissionError", "OSError"),
    ("ProcessLookupError", "OSError"),
    ("PythonFinalizationError", "RuntimeError"),
    ("RecursionError", "RuntimeError"),
    ("ReferenceError", "Exception"),
    ("RuntimeError", "Exception"),
    ("StopAsyncIteration", "Exception"),
    ("StopIteration", "Exception"),
    ("SyntaxError", "Exception"),
    ("SystemError", "Exception"),
    ("SystemExit", "BaseException"),
    ("TabError", "IndentationError"),
    ("TimeoutError", "OSError"),
    ("TypeError", "Exception"),
    ("UnboundLocalError", "NameError"),
    ("UnicodeDecodeError", "UnicodeError"),
    ("UnicodeEncodeError", "UnicodeError"),
    ("UnicodeError", "ValueError"),
    ("UnicodeTranslateError", "UnicodeError"),
    ("ValueError", "Exception"),
    ("ZeroDivisionError", "ArithmeticError"),
];

/// True if an `except` for the dotted name `caught` catches the builtin exception `error`; false if it
/// does not, or not all of them. `error` has no module.
pub(super) fn catches(caught: &str, error: &str) -> bool {
    let caught = if SAME.contains(&caught) { "builtins.OSError" } else { caught };
    let Some(caught) = caught.strip_prefix("builtins.") else { return false };
    let base = |name: &&str| BASES.iter().find(|(child, _)| child == name).map(|(_, base)| *base);
    std::iter::successors(Some(error), base).any(|name| name == caught)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtins::is_builtin;

    #[test]
    fn every_exception_leads_to_the_root() {
        for (child, base) in BASES {
            assert!(is_builtin(child) && is_builtin(base), "{child}");
            assert!(catches("builtins.BaseException", child), "{child}");
        }
    }

    #[test]
    fn bases_catch_and_kinds_do_not() {
        assert!(catches("builtins.ValueError", "UnicodeDecodeError"));
        assert!(catches("builtins.LookupError", "KeyError"));
        assert!(catches("socket.error", "FileNotFoundError"));
        assert!(catches("builtins.Exception", "OSError"));
        assert!(!catches("builtins.FileNotFoundError", "OSError"));
        assert!(!catches("json.JSONDecodeError", "ValueError"));
        assert!(!catches("builtins.Exception", "KeyboardInterrupt"));
    }
}
