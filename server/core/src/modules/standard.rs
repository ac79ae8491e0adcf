//! The names of the top-level modules of the standard library, Python 3.9 to 3.15.
//!
//! Sources: `sys.stdlib_module_names` of CPython; What's New in Python 3.10 to 3.15 for those that
//! came and went; `test`, which is installed beside them.

/// True when `name` is a module of the standard library in some version from 3.9 on. Which module
/// an import of it means, when there is a file of that name too, depends on how Python was started.
pub(crate) fn is_standard(name: &str) -> bool {
    NAMES.binary_search(&name).is_ok()
}

/// True for a standard module that an import may find before it looks at any folder: in
/// `sys.modules`, where start-up put it, among built-in modules, or among frozen ones (Language
/// Reference, The import system; `sys.builtin_module_names`). Which are built in depends on how
/// Python was compiled, so all that can be count.
pub(super) fn is_found_first(name: &str) -> bool {
    name.starts_with('_') || FOUND_FIRST.binary_search(&name).is_ok()
}

#[rustfmt::skip]
const FOUND_FIRST: &[&str] = &[
    "abc", "array", "atexit", "audioop", "binascii", "builtins", "cmath", "codecs", "crypt",
    "encodings", "errno", "faulthandler", "fcntl", "gc", "genericpath", "grp", "importlib", "io",
    "itertools", "marshal", "math", "mmap", "msvcrt", "nis", "nt", "ntpath", "os", "ossaudiodev",
    "parser", "posix", "posixpath", "pwd", "pyexpat", "readline", "resource", "runpy", "select",
    "site", "sitecustomize", "spwd", "stat", "sys", "syslog", "termios", "test", "time",
    "unicodedata", "usercustomize", "winreg", "winsound", "zipimport", "zlib",
];

#[rustfmt::skip]
const NAMES: &[&str] = &[
    "__future__", "__main__", "_abc", "_aix_support", "_android_support", "_apple_support",
    "_ast", "_ast_unparse", "_asyncio", "_bisect", "_blake2", "_bootlocale",
    "_bootsubprocess", "_bz2", "_codecs", "_codecs_cn", "_codecs_hk", "_codecs_iso2022",
    "_codecs_jp", "_codecs_kr", "_codecs_tw", "_collections", "_collections_abc", "_colorize",
    "_compat_pickle", "_compression", "_contextvars", "_crypt", "_csv", "_ctypes", "_curses",
    "_curses_panel", "_datetime", "_dbm", "_decimal", "_elementtree", "_frozen_importlib",
    "_frozen_importlib_external", "_functools", "_gdbm", "_hashlib", "_heapq", "_hmac",
    "_imp", "_interpchannels", "_interpqueues", "_interpreters", "_io", "_ios_support",
    "_json", "_locale", "_lsprof", "_lzma", "_markupbase", "_md5", "_msi", "_multibytecodec",
    "_multiprocessing", "_opcode", "_opcode_metadata", "_operator", "_osx_support",
    "_overlapped", "_pickle", "_posixshmem", "_posixsubprocess", "_py_abc", "_py_warnings",
    "_pydecimal", "_pyio", "_pylong", "_pyrepl", "_queue", "_random", "_remote_debugging",
    "_scproxy", "_sha1", "_sha256", "_sha3", "_sha512", "_signal", "_sitebuiltins", "_socket",
    "_sqlite3", "_sre", "_ssl", "_stat", "_statistics", "_string", "_strptime", "_struct",
    "_suggestions", "_symtable", "_sysconfig", "_thread", "_threading_local", "_tkinter",
    "_tokenize", "_tracemalloc", "_types", "_typing", "_uuid", "_warnings", "_weakref",
    "_weakrefset", "_winapi", "_zoneinfo", "_zstd", "abc", "aifc", "annotationlib",
    "antigravity", "argparse", "array", "ast", "asynchat", "asyncio", "asyncore", "atexit",
    "audioop", "base64", "bdb", "binascii", "binhex", "bisect", "builtins", "bz2", "cProfile",
    "calendar", "cgi", "cgitb", "chunk", "cmath", "cmd", "code", "codecs", "codeop",
    "collections", "colorsys", "compileall", "compression", "concurrent", "configparser",
    "contextlib", "contextvars", "copy", "copyreg", "crypt", "csv", "ctypes", "curses",
    "dataclasses", "datetime", "dbm", "decimal", "difflib", "dis", "distutils", "doctest",
    "dummy_threading", "email", "encodings", "ensurepip", "enum", "errno", "faulthandler",
    "fcntl", "filecmp", "fileinput", "fnmatch", "formatter", "fractions", "ftplib",
    "functools", "gc", "genericpath", "getopt", "getpass", "gettext", "glob", "graphlib",
    "grp", "gzip", "hashlib", "heapq", "hmac", "html", "http", "idlelib", "imaplib", "imghdr",
    "imp", "importlib", "inspect", "io", "ipaddress", "itertools", "json", "keyword",
    "lib2to3", "linecache", "locale", "logging", "lzma", "macpath", "mailbox", "mailcap",
    "marshal", "math", "mimetypes", "mmap", "modulefinder", "msilib", "msvcrt",
    "multiprocessing", "netrc", "nis", "nntplib", "nt", "ntpath", "nturl2path", "numbers",
    "opcode", "operator", "optparse", "os", "ossaudiodev", "parser", "pathlib", "pdb",
    "pickle", "pickletools", "pipes", "pkgutil", "platform", "plistlib", "poplib", "posix",
    "posixpath", "pprint", "profile", "profiling", "pstats", "pty", "pwd", "py_compile",
    "pyclbr", "pydoc", "pydoc_data", "pyexpat", "pyrepl", "queue", "quopri", "random", "re",
    "readline", "reprlib", "resource", "rlcompleter", "runpy", "sched", "secrets", "select",
    "selectors", "shelve", "shlex", "shutil", "signal", "site", "sitecustomize", "smtpd",
    "smtplib", "sndhdr", "socket", "socketserver", "spwd", "sqlite3", "sre_compile",
    "sre_constants", "sre_parse", "ssl", "stat", "statistics", "string", "stringprep",
    "struct", "subprocess", "sunau", "symbol", "symtable", "sys", "sysconfig", "syslog",
    "tabnanny", "tarfile", "telnetlib", "tempfile", "termios", "test", "textwrap", "this",
    "threading", "time", "timeit", "tkinter", "token", "tokenize", "tomllib", "trace",
    "traceback", "tracemalloc", "tty", "turtle", "turtledemo", "types", "typing",
    "unicodedata", "unittest", "urllib", "usercustomize", "uu", "uuid", "venv", "warnings",
    "wave", "weakref", "webbrowser", "winreg", "winsound", "wsgiref", "xdrlib", "xml",
    "xmlrpc", "zipapp", "zipfile", "zipimport", "zlib", "zoneinfo",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_order() {
        assert!(NAMES.is_sorted() && FOUND_FIRST.is_sorted());
        assert!(FOUND_FIRST.iter().all(|name| is_standard(name)));
        assert!(
            is_standard("functools") && is_standard("annotationlib") && is_standard("distutils")
        );
        assert!(!is_standard("utils"));
    }
}
