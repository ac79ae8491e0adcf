//! Makes up texts and edits as editors send them, and some that no editor should send.

use std::path::PathBuf;

use fastrand::Rng;

use crate::replay::Step;

/// What is put in: everything that opens, closes, or means something at the start of a line.
const PIECES: &[&str] = &[
    "\n",
    "\r",
    "\r\n",
    "\n\n\n",
    " ",
    "    ",
    "\t",
    "\\",
    "\\\n",
    "#",
    "# c\n",
    ":",
    ";",
    ",",
    ".",
    "=",
    ":=",
    "->",
    "*",
    "@",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "'",
    "\"",
    "'''",
    "\"\"\"",
    "''''",
    "f'",
    "f\"",
    "f'''",
    "rb\"\"\"",
    "t'{",
    "f\"{",
    "{{",
    "}}",
    "!r}",
    "{x:>{w}}",
    "\\{",
    "\\N{DASH}",
    "é",
    "😀",
    "日本",
    "\u{301}",
    "\u{2028}",
    "\u{feff}",
    "\u{c}",
    "\u{b}",
    "\0",
    "\u{85}",
    "x",
    "1",
    "0x",
    "1e",
    "...",
    "$",
    "?",
    "`",
    "@d\n",
    "@d(\n",
    "\n@d\n",
    "def f():\n    pass\n",
    "\ndef g(a, *,",
    "async def h(): await x\n",
    "class C:\n",
    "\nclass D(B):\n    def m(self): ...\n",
    "else:\n",
    "\nelse:\n    y\n",
    "elif z:\n",
    "except E as e:\n",
    "finally:\n",
    "try:\n",
    "if a:\n",
    "\nif a:\n    b\n",
    "for i in x:\n",
    "while True:\n",
    "with a as b, c:\n",
    "match x:\n    case 1: pass\n",
    "import z\n",
    "\nimport z\n",
    "from a import (b,\n c)\n",
    "return",
    "yield ",
    "lambda: ",
    "not ",
    "in ",
    "global g\n",
    "pass\n",
    "x = 1\n",
    "\nx = 1\n",
    "x = [\n1,\n]\n",
    "s = '''\n'''\n",
    "print(f'{a!r:{b}}')\n",
    "type X = int\n",
    "del x\n",
    "raise\n",
    "if x else y",
    "for x in y",
    "async ",
    "await ",
    "_",
    "match ",
];

/// Small texts at the edges of the grammar.
const SNIPPETS: &[&str] = &[
    "",
    "\n",
    "x",
    "\u{feff}",
    "\u{feff}# coding: utf-8\nimport a\n",
    "import a\n@b\ndef f(x):\n    '''D.'''\n    return x\nif a:\n    b = [1]\nelse:\n    c\n",
    "@a\n@b(\n    1,\n)\nclass C(B):\n    x: int = 1\n\n    @p\n    def f(self): return f'{self.x!r:>{10}}'\n\n# end\n",
    "try:\n    a\nexcept* E:\n    b\nelse:\n    c\nfinally:\n    d\nmatch x:\n    case [1, *r]:\n        pass\n",
    "s = f'''{\na\n} {b:%Y-{c}} {{'''\nt = rb'\\''\nu = 'a' \\\n    'b'\nv = (1 +\n2)\n",
    "a = 1; b = 2;\n\x0cc = 3\n \x0cd = 4\n\tif e:\n  f\n",
    "async def f():\n    async with a as b, c as d:\n        async for x in y:\n            await z\n    return [\n        await q async for q in r\n    ]\n",
    "x = {\n'a': 1,\n'b': [\n2,\n3],\n}\ny = x[\n'a']\nz = \"\"\"\ndef not_code():\n    '''\n\"\"\"\n",
    "def f(\n    a,\n    b=1, /,\n    *c: int,\n    d: str = 'x',\n    **e,\n) -> int:\n    return a\n\n\n\n# c\n\nf(\n1)\n",
    "é = '😀'\nclass 日本:\n    ñ = \"\"\"😀\n    \"\"\"\n    def 名(self, ö): return f'😀{ö}😀'\n",
    "if a: b\nelif c: d\nelse: e\nfor x in y: z\nelse: w\nwhile a: b\nwith a: b\nprint('x'); print('y')\n",
];

/// Longer files make a run slow and find nothing more.
const LONGEST: usize = 60_000;

/// A snippet or a file, perhaps with other line breaks or a byte order mark.
pub fn source(files: &[PathBuf], random: &mut Rng) -> String {
    let mut text = if once_in(3, random) {
        SNIPPETS[random.usize(..SNIPPETS.len())].to_owned()
    } else {
        part_of_a_file(files, random, LONGEST)
    };
    match random.usize(..8) {
        0 => text = text.replace('\n', "\r\n"),
        1 => text = text.replace('\n', "\r"),
        2 => {
            let breaks = ["\n", "\r\n", "\r"];
            text = text
                .split('\n')
                .fold(String::new(), |all, line| all + line + breaks[random.usize(..breaks.len())]);
        }
        _ => {}
    }
    if once_in(16, random) { format!("\u{feff}{text}") } else { text }
}

fn part_of_a_file(files: &[PathBuf], random: &mut Rng, longest: usize) -> String {
    let bytes = std::fs::read(&files[random.usize(..files.len())]).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    if text.len() <= longest {
        return text.into_owned();
    }
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let first = random.usize(..lines.len());
    let mut room = longest;
    let fits = |line: &&&str| {
        room = room.saturating_sub(line.len());
        room > 0
    };
    lines[first..].iter().take_while(fits).copied().collect()
}

/// What is typed next, one key at a time.
struct Typing {
    at: usize,
    rest: Vec<char>,
}

/// Makes the steps of one sequence.
pub struct Typist<'a> {
    files: &'a [PathBuf],
    random: Rng,
    left: usize,
    /// Edits that take back the last ones.
    undo: Vec<Step>,
    typing: Option<Typing>,
    ending: usize,
}

impl<'a> Typist<'a> {
    /// A typist for one sequence of up to 60 edits.
    pub fn new(files: &'a [PathBuf], mut random: Rng) -> Self {
        let left = 4 + random.usize(..56);
        Self { files, random, left, undo: Vec::new(), typing: None, ending: 1 }
    }

    /// The next step on this text; nothing at the end.
    pub fn next(&mut self, text: &str) -> Option<Step> {
        if self.left == 0 {
            self.ending = self.ending.checked_sub(1)?;
            return Some(Step::Compare);
        }
        match self.random.usize(..12) {
            0 => return Some(Step::AskTrees { nth: 1 }),
            1 => return Some(Step::AskTrees { nth: 2 + self.random.usize(..3) }),
            2 if once_in(3, &mut self.random) => {
                return Some(Step::Compare);
            }
            _ => {}
        }
        self.left -= 1;
        Some(self.edit(text))
    }

    fn edit(&mut self, text: &str) -> Step {
        if let Some(step) = self.key(text) {
            return step;
        }
        if once_in(6, &mut self.random)
            && let Some(step) = self.undo.pop()
        {
            return step;
        }
        let at = self.place(text);
        let (start, end, new) = match self.random.usize(..16) {
            0 => {
                let snippet = self.piece(text);
                self.typing = Some(Typing { at, rest: snippet.chars().rev().collect() });
                (at, at, String::new())
            }
            1 | 2 => (at, at + 1 + self.random.usize(..4), String::new()),
            3 => (at, at + self.random.usize(..200), String::new()),
            4 => (at, at + self.random.usize(..text.len() + 1), String::new()),
            5 => (at, at, part_of_a_file(self.files, &mut self.random, 3_000)),
            6 => (at, at + self.random.usize(..30), self.piece(text)),
            7 => self.move_line(text),
            8 => (self.random.usize(..text.len() + 9), usize::MAX, self.piece(text)),
            _ => (at, at, self.piece(text)),
        };
        self.remember(text, start, end, &new)
    }

    fn key(&mut self, text: &str) -> Option<Step> {
        let typing = self.typing.as_mut()?;
        let Some(char) = typing.rest.pop() else {
            self.typing = None;
            return None;
        };
        let at = typing.at;
        typing.at += char.len_utf8();
        Some(self.remember(text, at, at, &char.to_string()))
    }

    /// Notes the edit that takes this one back.
    fn remember(&mut self, text: &str, start: usize, end: usize, new: &str) -> Step {
        let from = floor_boundary(text, start);
        let to = floor_boundary(text, end.max(from));
        self.undo.push(Step::Edit {
            start: from,
            end: from + new.len(),
            text: text[from..to].to_owned(),
        });
        Step::Edit { start, end, text: new.to_owned() }
    }

    /// Anywhere, even inside a character; or at the start or end of a line.
    fn place(&mut self, text: &str) -> usize {
        let at = self.random.usize(..text.len() + 1);
        let from = floor_boundary(text, at);
        match self.random.usize(..4) {
            0 => text[..from].rfind('\n').map_or(0, |index| index + 1),
            1 => text[from..].find(['\n', '\r']).map_or(text.len(), |index| from + index),
            _ => at,
        }
    }

    fn piece(&mut self, text: &str) -> String {
        match self.random.usize(..12) {
            0 => SNIPPETS[self.random.usize(..SNIPPETS.len())].to_owned(),
            1 => {
                let at = floor_boundary(text, self.random.usize(..text.len() + 1));
                let end = floor_boundary(text, at + self.random.usize(..80));
                text[at..end].to_owned()
            }
            2 => PIECES[self.random.usize(..PIECES.len())].repeat(1 + self.random.usize(..5)),
            _ => PIECES[self.random.usize(..PIECES.len())].to_owned(),
        }
    }

    /// Swaps a line with the next one.
    fn move_line(&mut self, text: &str) -> (usize, usize, String) {
        let at = floor_boundary(text, self.random.usize(..text.len() + 1));
        let start = text[..at].rfind('\n').map_or(0, |index| index + 1);
        let mut lines = text[start..].split_inclusive('\n');
        let (first, second) = (lines.next().unwrap_or(""), lines.next().unwrap_or(""));
        (start, start + first.len() + second.len(), format!("{second}{first}"))
    }
}

fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

fn once_in(times: usize, random: &mut Rng) -> bool {
    random.usize(..times) == 0
}
