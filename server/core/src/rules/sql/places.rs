//! Where values stand in a statement of SQL.

use super::statement::{Symbol, What};

/// A value in the text of a statement: a string with something put into it, or a bare value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The values put in, by number.
    pub holes: Vec<usize>,
    /// The first and the last symbol.
    pub symbols: (usize, usize),
    pub quoted: bool,
    /// A word before it belongs to it, as in `INTERVAL '…'`, so that no parameter can stand here.
    pub bound: bool,
}

/// What is in a statement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scan {
    pub places: Vec<Place>,
    /// Parameters by position, `?` or `%s`: their first symbols.
    pub marks: Vec<usize>,
    /// There are parameters by name.
    pub named: bool,
}

const STATEMENTS: &[&str] = &["SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "WITH", "MERGE"];

/// Words before a value.
const BEFORE_VALUE: &[&str] = &["LIKE", "ILIKE", "GLOB", "BETWEEN", "LIMIT", "OFFSET"];

/// Words that make one literal with the string behind them.
const TYPES: &[&str] = &["DATE", "TIME", "TIMESTAMP", "INTERVAL", "E", "N", "B", "X", "U"];

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    Operator(String),
    Sign(char),
    Other,
}

/// Reads a statement; nothing when it is none, or no whole one.
pub fn scan(symbols: &[Symbol]) -> Option<Scan> {
    let mut scanner = Scanner { symbols, at: 0, before: None, depth: 0, values: false };
    let mut scan = Scan::default();
    while let Some(symbol) = symbols.get(scanner.at) {
        let first = scanner.before.is_none();
        match symbol.what {
            What::Char(char) if char.is_whitespace() => scanner.at += 1,
            _ if scanner.comment() => {}
            _ => scanner.token(&mut scan)?,
        }
        if first && let Some(token) = &scanner.before {
            let is_statement =
                matches!(token, Token::Word(word) if STATEMENTS.contains(&word.as_str()));
            is_statement.then_some(())?;
        }
    }
    scanner.before.is_some().then_some(scan)
}

struct Scanner<'s> {
    symbols: &'s [Symbol],
    at: usize,
    before: Option<Token>,
    /// How many parentheses are open.
    depth: usize,
    /// `VALUES` was read, and no word behind its parentheses.
    values: bool,
}

impl Scanner<'_> {
    fn char(&self, at: usize) -> Option<char> {
        self.symbols.get(at).and_then(Symbol::char)
    }

    /// Passes over a comment.
    fn comment(&mut self) -> bool {
        match (self.char(self.at), self.char(self.at + 1)) {
            (Some('-'), Some('-')) => {
                while self.at < self.symbols.len() && !self.ends_line() {
                    self.at += 1;
                }
            }
            (Some('/'), Some('*')) => {
                self.at += 2;
                while self.at < self.symbols.len()
                    && (self.char(self.at), self.char(self.at + 1)) != (Some('*'), Some('/'))
                {
                    self.at += 1;
                }
                self.at += 2;
            }
            _ => return false,
        }
        true
    }

    fn ends_line(&self) -> bool {
        self.char(self.at).is_some_and(|char| char == '\n')
    }

    fn token(&mut self, scan: &mut Scan) -> Option<()> {
        let from = self.at;
        let token = match self.symbols[from].what {
            What::Char(quote @ ('\'' | '"' | '`')) => {
                let holes = self.quoted(quote)?;
                self.string(from, quote, holes, scan);
                Token::Other
            }
            What::Hole(_) => self.word(scan),
            What::Char(char) if is_word(char) => self.word(scan),
            What::Char('<' | '>' | '=' | '!') => {
                let mut text = String::new();
                while let Some(char) = self.char(self.at).filter(|it| "<>=!".contains(*it)) {
                    text.push(char);
                    self.at += 1;
                }
                Token::Operator(text)
            }
            What::Char('?') => {
                scan.marks.push(from);
                self.at += 1;
                Token::Other
            }
            What::Char('%') if self.char(from + 1) == Some('s') => {
                scan.marks.push(from);
                self.at += 2;
                Token::Other
            }
            What::Char('%') if self.char(from + 1) == Some('(') => {
                scan.named = true;
                self.at += 1;
                Token::Other
            }
            What::Char(char) => {
                match char {
                    '(' => self.depth += 1,
                    ')' => self.depth = self.depth.saturating_sub(1),
                    ':' | '@' | '$' => scan.named = true,
                    _ => {}
                }
                self.at += 1;
                Token::Sign(char)
            }
        };
        self.before = Some(token);
        Some(())
    }

    /// The values in a string or a quoted name, behind which the scanner stands then.
    fn quoted(&mut self, quote: char) -> Option<Vec<usize>> {
        let mut holes = Vec::new();
        self.at += 1;
        loop {
            match self.symbols.get(self.at)?.what {
                What::Char(char) if char == quote => {
                    self.at += 1;
                    if self.char(self.at) != Some(quote) {
                        return Some(holes);
                    }
                }
                What::Char(_) => {}
                What::Hole(hole) => holes.push(hole),
            }
            self.at += 1;
        }
    }

    fn string(&self, from: usize, quote: char, holes: Vec<usize>, scan: &mut Scan) {
        let is_alias = self.before == Some(Token::Word("AS".to_owned()));
        // In double quotes and back-ticks stand names.
        if holes.is_empty() || quote != '\'' || is_alias {
            return;
        }
        let bound =
            matches!(&self.before, Some(Token::Word(word)) if TYPES.contains(&word.as_str()));
        scan.places.push(Place { holes, symbols: (from, self.at - 1), quoted: true, bound });
    }

    /// A word, a value, or both glued together.
    fn word(&mut self, scan: &mut Scan) -> Token {
        let from = self.at;
        let mut text = String::new();
        let mut holes = Vec::new();
        while let Some(symbol) = self.symbols.get(self.at) {
            match symbol.what {
                What::Hole(hole) => holes.push(hole),
                What::Char(char) if is_word(char) => text.push(char.to_ascii_uppercase()),
                What::Char(_) => break,
            }
            self.at += 1;
        }
        if holes.is_empty() {
            if self.depth == 0 {
                self.values = text == "VALUES";
            }
            return Token::Word(text);
        }
        if text.is_empty() && holes.len() == 1 && self.is_value() {
            let symbols = (from, from);
            scan.places.push(Place { holes, symbols, quoted: false, bound: false });
        }
        Token::Other
    }

    /// Whether what stands behind `before` and in front of here, a bare value, can only be a value.
    fn is_value(&self) -> bool {
        let mut next = self.at;
        while self.char(next).is_some_and(char::is_whitespace) {
            next += 1;
        }
        let next = self.char(next);
        let in_list = self.values && self.depth == 1;
        next != Some('(')
            && match &self.before {
                Some(Token::Operator(_)) => true,
                Some(Token::Word(word)) => BEFORE_VALUE.contains(&word.as_str()),
                Some(Token::Sign(',')) => in_list,
                // A single one may be the text of them all.
                Some(Token::Sign('(')) => in_list && next == Some(','),
                _ => false,
            }
    }
}

fn is_word(char: char) -> bool {
    char.is_alphanumeric() || matches!(char, '_' | '.')
}
