//! Computed answers against CPython: every program of a grammar of decorators is run, and every
//! answer that is given must be what Python says. Programs about which nothing is asked are free.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use super::testing::run as compute;
use super::{Computed, DecoratedFunction, find, generator, guards};
use crate::Document;

/// Runs programs that are separated by NUL; for each prints what the three generators ask about the
/// function `f`, or that it raised.
const RUNNER: &str = r#"
import inspect, sys
for program in sys.stdin.read().split("\0"):
    space = {"__name__": "m"}
    try:
        exec(compile(program, "p", "exec"), space)
        f = space["f"]
        print(repr(f.__name__), repr(f.__doc__), str(inspect.signature(f)), sep="\x1f")
    except Exception as error:
        print("raised", type(error).__name__)
"#;

const ASKED: [&str; 3] =
    ["name-after-decoration", "docstring-after-decoration", "signature-after-decoration"];

/// Every combination of the parts below.
fn programs() -> Vec<String> {
    let mut programs = Vec::new();
    for (import, before, after) in COPYING {
        for wrapper_doc in ["", "\"\"\"Wrap it.\"\"\"\n        "] {
            for wrapper in ["*args, **kwargs", "x, *, y=1"] {
                for (at, (function, doc)) in FUNCTIONS.iter().enumerate() {
                    // A decorator that cannot be applied cannot be for any function.
                    let shapes = if at == 1 { SHAPES } else { &SHAPES[..WELL_FORMED] };
                    for (open, close, line) in shapes {
                        let body = format!(
                            "def {open}(func{close}):\n    {before}def wrapper({wrapper}):\n        \
                             {wrapper_doc}return func(1)\n    {after}return wrapper\n"
                        );
                        let body = match *open {
                            "deco" => body,
                            _ => {
                                format!("def deco{}:\n{}    return inner\n", FACTORY, indent(&body))
                            }
                        };
                        programs.push(format!(
                            "{import}\ndef other(): 'Other.'\n{body}\n{line}\n{function}:\n    {doc}\n    pass\n"
                        ));
                    }
                }
            }
        }
    }
    for tail in TAILS {
        programs.push(format!("{}{tail}", programs[0]));
    }
    programs
}

const FACTORY: &str = "(n, *, m=0)";

/// Import, what stands before the wrapper, what stands before its return.
const COPYING: &[(&str, &str, &str)] = &[
    ("", "", ""),
    ("import functools", "@functools.wraps(func)\n    ", ""),
    ("import functools as ft", "@ft.wraps(func)\n    ", ""),
    ("from functools import wraps", "@wraps(func)\n    ", ""),
    ("from functools import wraps as w", "@w(func)\n    ", ""),
    ("from functools import wraps", "@wraps(other)\n    ", ""),
    ("from functools import wraps", "@wraps(func, assigned=())\n    ", ""),
    ("from functools import wraps", "@wraps\n    ", ""),
    ("import functools", "", "functools.wraps(func)(wrapper)\n    "),
    ("import functools", "", "functools.update_wrapper(wrapper, func)\n    "),
    ("import functools", "", "functools.update_wrapper(func, other)\n    "),
    ("", "", "wrapper.__name__ = func.__name__\n    "),
    ("", "", "setattr(wrapper, '__doc__', func.__doc__)\n    "),
    ("from functools import wraps", "func.__name__ = 'z'\n    @wraps(func)\n    ", ""),
    ("from functools import wraps", "func = other\n    @wraps(func)\n    ", ""),
    ("", "", "wrapper.calls = 0\n    "),
    ("def wraps(f): return lambda g: g", "@wraps(func)\n    ", ""),
];

/// The head of the function and its docstring.
const FUNCTIONS: &[(&str, &str)] = &[
    ("def f()", ""),
    ("def f(a, b=2)", "'Do it.'"),
    ("async def f(a, /, b, *c, d=None, **e)", "\"\"\"Do it.\"\"\""),
    ("def f(a=1.5, b='x', *, c=True)", "\"\"\"Do\n    it.\"\"\""),
    ("def f(a: int = 1) -> int", "f'Do it.'"),
    ("def f(a=0x10, b=[])", "'Do' ' it.'"),
];

/// How many of the shapes, from the first, can be applied.
const WELL_FORMED: usize = 4;

/// The name of the function that takes a function, its other parameters, and the `@` line.
const SHAPES: &[(&str, &str, &str)] = &[
    ("deco", "", "@deco"),
    ("deco", ", n=1", "@deco"),
    ("inner", "", "@deco(1)"),
    ("inner", "", "@deco(n=1, m=2)"),
    ("deco", ", n", "@deco"),
    ("deco", "", "@deco()"),
    ("inner", "", "@deco(1, 2)"),
    ("inner", "", "@deco(1, n=1)"),
    ("inner", "", "@deco(k=1)"),
    ("inner", "", "@deco"),
    ("inner", ", n", "@deco(1)"),
];

/// What else a file may do with the function.
const TAILS: &[&str] = &[
    "",
    "f.__name__ = 'g'\n",
    "g = f\ng.__name__ = 'g'\n",
    "f.__name__, x = 'g', 1\n",
    "for f.__name__ in 'gh': pass\n",
    "f.__dict__['__wrapped__'] = other\n",
    "f = other\n",
    "if True:\n    def f(): pass\n",
    "def change():\n    global f\n    f = other\nchange()\n",
    "globals()['f'] = other\n",
    "exec('f = other')\n",
    "class C:\n    def f(self): pass\n",
];

fn indent(text: &str) -> String {
    text.lines().map(|line| format!("    {line}\n")).collect()
}

fn functions(document: &Document) -> Vec<DecoratedFunction> {
    if document.has_star_import() || document.is_dynamic() {
        return Vec::new();
    }
    let clean = guards::leaves_metadata_alone(document);
    (0..document.items().len()).flat_map(|item| find::functions(document, item, clean)).collect()
}

/// The lines that a program prints when it is given `input`.
fn run(program: &str, input: &str) -> Vec<String> {
    let mut python = Command::new("python3")
        .args(["-I", "-c", program])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("these tests need python3");
    let mut stdin = python.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = thread::spawn(move || stdin.write_all(input.as_bytes()).unwrap());
    let output = python.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

fn right(computed: &Computed) -> &str {
    let option = computed.options.iter().find(|option| option.role == computed.case.right);
    option.unwrap().code.as_deref().unwrap()
}

#[test]
fn no_computed_answer_is_wrong() {
    let programs = programs();
    let said = run(RUNNER, &programs.join("\0"));
    assert_eq!(programs.len(), said.len());
    let mut asked = [0usize; 3];
    for (program, said) in programs.iter().zip(&said) {
        let said: Vec<_> = said.split('\x1f').collect();
        let document = Document::new(program);
        for function in functions(&document) {
            if function.name != "f" {
                continue;
            }
            for (at, name) in ASKED.iter().enumerate() {
                if let Some(computed) = compute(generator(name).unwrap(), &function) {
                    asked[at] += 1;
                    let answer = right(&computed);
                    assert_eq!(said.get(at), Some(&answer), "{name}: {said:?}\n{program}");
                }
            }
        }
    }
    // The grammar has this many programs about which something can be said; losing some is a
    // change worth noticing.
    expect_test::expect!["2120 programs, [674, 224, 450] answers"]
        .assert_eq(&format!("{} programs, {asked:?} answers", programs.len()));
}

/// Imports modules and prints what the generators ask about their functions.
const IMPORTER: &str = r#"
import importlib, inspect, sys
for line in sys.stdin.read().split():
    module, name = line.split(":")
    f = getattr(importlib.import_module(module), name)
    print(repr(f.__name__), repr(f.__doc__), str(inspect.signature(f)), sep="\x1f")
"#;

/// Every answer about the standard library is what its own functions say of themselves.
#[test]
fn no_answer_about_the_standard_library_is_wrong() {
    let code = "import sysconfig; print(sysconfig.get_path('stdlib'))";
    let folder = run(code, "");
    let root = PathBuf::from(folder[0].trim());
    let mut asked = Vec::new();
    let mut read = 0;
    for (module, path) in modules(&root) {
        let Ok(source) = fs::read_to_string(path) else { continue };
        if !source.contains("\n@") {
            continue;
        }
        read += 1;
        let document = Document::new(&source);
        for function in functions(&document) {
            let answers = ASKED.map(|name| compute(generator(name).unwrap(), &function));
            if answers.iter().any(Option::is_some) {
                asked.push((format!("{module}:{}", function.name), answers));
            }
        }
    }
    let names: Vec<&str> = asked.iter().map(|(name, _)| name.as_str()).collect();
    let said = run(IMPORTER, &names.join("\n"));
    assert_eq!(said.len(), asked.len());
    assert!(read > 20, "only {read} modules with decorators in {root:?}");
    for (said, (name, answers)) in said.iter().zip(&asked) {
        for (said, computed) in said.split('\x1f').zip(answers) {
            if let Some(computed) = computed {
                assert_eq!(right(computed), said, "{name}");
            }
        }
    }
}

/// The modules of the standard library with their files, but for tests and what runs on import.
fn modules(root: &Path) -> Vec<(String, PathBuf)> {
    const LEFT_OUT: [&str; 6] =
        ["test", "tests", "site-packages", "idlelib", "lib2to3", "__pycache__"];
    let mut found = Vec::new();
    let mut folders = vec![(String::new(), root.to_owned())];
    while let Some((prefix, folder)) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && path.join("__init__.py").exists() {
                if !LEFT_OUT.contains(&name.as_str()) {
                    folders.push((format!("{prefix}{name}."), path));
                }
            } else if let Some(module) = name.strip_suffix(".py") {
                let module = match module {
                    "__init__" => prefix.trim_end_matches('.').to_owned(),
                    module => format!("{prefix}{module}"),
                };
                found.push((module, path));
            }
        }
    }
    found
}
