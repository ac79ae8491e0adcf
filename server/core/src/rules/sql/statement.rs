//! The text of a statement, put together from literals and values.

use crate::Span;
use crate::subject::Subject;
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Field, Kind, Node, kind};

use super::super::code::{bare, method};

/// The parts of a text, in order.
pub struct Statement<'a> {
    pub symbols: Vec<Symbol>,
    pub holes: Vec<Hole<'a>>,
    pub literals: Vec<Literal<'a>>,
    pub form: Form<'a>,
}

/// A character of the text, or a value in it.
#[derive(Clone, Copy, Debug)]
pub struct Symbol {
    pub what: What,
    /// Bytes of the item.
    pub span: Span,
    /// Which literal it is in; nothing for an operand of `+`.
    pub literal: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Char(char),
    /// A value, by its place in [`Statement::holes`].
    Hole(usize),
}

/// Where a value is put into the text.
#[derive(Clone, Copy, Debug)]
pub struct Hole<'a> {
    /// The expression, if it is clear which one.
    pub value: Option<Node<'a>>,
    /// It is put in as `str` gives it.
    pub plain: bool,
    /// Only a number can be put in.
    pub number: bool,
}

/// A string literal.
#[derive(Clone, Copy, Debug)]
pub struct Literal<'a> {
    pub start: Node<'a>,
    pub end: Node<'a>,
    pub formatted: bool,
}

/// What puts the parts together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form<'a> {
    /// Nothing, or the braces of an f-string.
    Literal,
    /// `text % values`: the operation and its text.
    Percent(Node<'a>, Node<'a>),
    /// `text.format(values)`: the call and its text.
    Format(Node<'a>, Node<'a>),
    /// `text + value`.
    Sum,
}

/// More operands are no statement that someone wrote.
const MAX_OPERANDS: usize = 100;

/// Reads an expression; nothing when it is no text that is put together so.
pub fn read<'a>(subject: &Subject<'a>, node: Node<'a>) -> Option<Statement<'a>> {
    let mut read = Reader {
        subject,
        statement: Statement {
            symbols: Vec::new(),
            holes: Vec::new(),
            literals: Vec::new(),
            form: Form::Literal,
        },
    };
    let node = bare(node);
    match kind(node) {
        Kind::BinaryOperator => match node.child_in(Field::Operator)?.kind() {
            "+" => read.sum(node)?,
            "%" => read.percent(node)?,
            _ => return None,
        },
        Kind::Call => read.format(node)?,
        _ => read.text(node)?,
    }
    Some(read.statement)
}

struct Reader<'a, 's> {
    subject: &'s Subject<'a>,
    statement: Statement<'a>,
}

impl<'a> Reader<'a, '_> {
    fn sum(&mut self, node: Node<'a>) -> Option<()> {
        self.statement.form = Form::Sum;
        let mut operands = Vec::new();
        let mut at = node;
        while kind(at) == Kind::BinaryOperator && operands.len() < MAX_OPERANDS {
            (at.child_in(Field::Operator)?.kind() == "+").then_some(())?;
            operands.push(Field::Right.of(at)?);
            at = Field::Left.of(at)?;
        }
        operands.push(at);
        for operand in operands.into_iter().rev() {
            if self.text(operand).is_none() {
                self.hole(operand.byte_range().into(), None, Some(operand), true);
            }
        }
        (!self.statement.literals.is_empty()).then_some(())
    }

    fn hole(&mut self, span: Span, literal: Option<usize>, value: Option<Node<'a>>, plain: bool) {
        let what = What::Hole(self.statement.holes.len());
        self.statement.holes.push(Hole { value, plain, number: false });
        self.statement.symbols.push(Symbol { what, span, literal });
    }

    /// A literal, or several side by side.
    fn text(&mut self, node: Node<'a>) -> Option<()> {
        match kind(node) {
            Kind::String => self.literal(node),
            Kind::ConcatenatedString => {
                for part in statements(node) {
                    self.literal(part)?;
                }
                Some(())
            }
            _ => None,
        }
    }

    fn literal(&mut self, node: Node<'a>) -> Option<()> {
        let parts: Vec<_> = node.children().collect();
        let [start, inner @ .., end] = &parts[..] else { return None };
        let prefix = self.subject.text(*start).to_ascii_lowercase();
        let is_text = kind(*start) == Kind::StringStart && kind(*end) == Kind::StringEnd;
        (is_text && !prefix.contains(['b', 't'])).then_some(())?;
        let formatted = prefix.contains('f');
        let number = self.statement.literals.len();
        self.statement.literals.push(Literal { start: *start, end: *end, formatted });
        let mut from = start.end_byte();
        for part in inner.iter().filter(|part| kind(**part) == Kind::Interpolation) {
            self.characters(Span::new(from, part.start_byte()), number, prefix.contains('r'));
            let value = Field::Expression.of(*part);
            let inside = self.subject.text(*part);
            let is_named = inside.trim_end_matches('}').trim_end().ends_with('=');
            let plain = Field::FormatSpecifier.of(*part).is_none() && !is_named;
            self.hole(part.byte_range().into(), Some(number), value, plain);
            from = part.end_byte();
        }
        self.characters(Span::new(from, end.start_byte()), number, prefix.contains('r'));
        Some(())
    }

    /// The characters that the source in `span` stands for, as far as SQL cares.
    fn characters(&mut self, span: Span, literal: usize, raw: bool) {
        let text = self.subject.item_text().get(span.range()).unwrap_or_default();
        let formatted = self.statement.literals[literal].formatted;
        let mut rest = text.char_indices().peekable();
        while let Some((at, mut char)) = rest.next() {
            let next = rest.peek().map(|(_, next)| *next);
            let is_pair = match char {
                '\\' => !raw,
                '{' | '}' => formatted && next == Some(char),
                _ => false,
            };
            if is_pair && let Some((_, second)) = rest.next() {
                char = match second {
                    'n' if char == '\\' => '\n',
                    'r' | 't' | '\n' | '\r' if char == '\\' => ' ',
                    _ => second,
                };
            }
            let end = rest.peek().map_or(text.len(), |(end, _)| *end);
            let span = Span::new(span.start + at, span.start + end);
            let symbol = Symbol { what: What::Char(char), span, literal: Some(literal) };
            self.statement.symbols.push(symbol);
        }
    }

    fn percent(&mut self, node: Node<'a>) -> Option<()> {
        let text = Field::Left.of(node)?;
        let right = bare(Field::Right.of(node)?);
        self.text(bare(text))?;
        self.statement.form = Form::Percent(node, text);
        let values = match kind(right) {
            Kind::Tuple => Values { listed: statements(right), named: Vec::new() },
            Kind::Dictionary => Values { listed: Vec::new(), named: self.pairs(right)? },
            _ => Values { listed: vec![right], named: Vec::new() },
        };
        values.listed.iter().all(|it| kind(*it) != Kind::ListSplat).then_some(())?;
        let symbols = std::mem::take(&mut self.statement.symbols);
        let mut at = 0;
        while let Some(symbol) = symbols.get(at) {
            let Some(used) = directive(&symbols[at..]) else {
                self.statement.symbols.push(*symbol);
                at += 1;
                continue;
            };
            let last = symbols[at + used.len - 1];
            let span = Span::new(symbol.span.start, last.span.end);
            at += used.len;
            if used.letter == '%' {
                let what = What::Char('%');
                self.statement.symbols.push(Symbol { what, span, literal: symbol.literal });
                continue;
            }
            let value = values.get(used.name.as_deref(), self.statement.holes.len());
            let plain = used.letter == 's' && used.is_short;
            self.hole(span, symbol.literal, value, plain);
            let hole = self.statement.holes.last_mut()?;
            hole.number = !matches!(used.letter, 's' | 'r' | 'a');
        }
        Some(())
    }

    /// The values of a dictionary, by key.
    fn pairs(&self, dictionary: Node<'a>) -> Option<Vec<(&'a str, Node<'a>)>> {
        let pair = |pair: Node<'a>| {
            let key = pair.child_in(Field::Key).filter(|key| kind(*key) == Kind::String)?;
            let name = self.subject.text(key).trim_matches(['"', '\'']);
            Some((name, Field::Value.of(pair)?))
        };
        statements(dictionary).into_iter().map(pair).collect()
    }

    fn format(&mut self, call: Node<'a>) -> Option<()> {
        let (text, name) = method(call)?;
        (self.subject.text(name) == "format").then_some(())?;
        self.text(bare(text))?;
        self.statement.form = Form::Format(call, text);
        let mut values = Values { listed: Vec::new(), named: Vec::new() };
        for argument in arguments(call) {
            match kind(argument) {
                Kind::ListSplat | Kind::DictionarySplat => return None,
                Kind::KeywordArgument => values.named.push((
                    self.subject.text(Field::Name.of(argument)?),
                    Field::Value.of(argument)?,
                )),
                _ => values.listed.push(argument),
            }
        }
        let symbols = std::mem::take(&mut self.statement.symbols);
        let (mut at, mut automatic) = (0, 0);
        while let Some(symbol) = symbols.get(at) {
            let (here, next) = (symbol.what, symbols.get(at + 1).map(|next| next.what));
            let is_brace = matches!(here, What::Char('{' | '}'));
            if is_brace && next != Some(here) {
                let close = |symbol: &Symbol| symbol.what == What::Char('}');
                let len = symbols[at..].iter().position(close)? + 1;
                let field: String =
                    symbols[at + 1..at + len - 1].iter().filter_map(Symbol::char).collect();
                (here == What::Char('{') && !field.contains('{')).then_some(())?;
                let name = field.split(['!', ':']).next().unwrap_or_default();
                let value = match name.parse() {
                    Ok(place) => values.get(None, place),
                    Err(_) if name.is_empty() => values.get(None, automatic),
                    Err(_) => values.get(Some(name), 0),
                };
                automatic += usize::from(name.is_empty());
                let span = Span::new(symbol.span.start, symbols[at + len - 1].span.end);
                self.hole(span, symbol.literal, value, !field.contains([':', '!']));
                at += len;
                continue;
            }
            let span = match symbols.get(at + 1) {
                Some(next) if is_brace => Span::new(symbol.span.start, next.span.end),
                _ => symbol.span,
            };
            self.statement.symbols.push(Symbol { span, ..*symbol });
            at += 1 + usize::from(is_brace);
        }
        Some(())
    }
}

impl Symbol {
    /// The character, if it is one.
    pub fn char(&self) -> Option<char> {
        match self.what {
            What::Char(char) => Some(char),
            What::Hole(_) => None,
        }
    }
}

struct Values<'a> {
    listed: Vec<Node<'a>>,
    named: Vec<(&'a str, Node<'a>)>,
}

impl<'a> Values<'a> {
    fn get(&self, name: Option<&str>, place: usize) -> Option<Node<'a>> {
        match name {
            None => self.listed.get(place).copied(),
            Some(name) => self.named.iter().find(|(key, _)| *key == name).map(|(_, value)| *value),
        }
    }
}

/// A conversion specifier of `%` (Library Reference, printf-style String Formatting).
struct Directive {
    name: Option<String>,
    letter: char,
    /// Nothing stands between `%` and the letter but a name.
    is_short: bool,
    /// In symbols.
    len: usize,
}

fn directive(symbols: &[Symbol]) -> Option<Directive> {
    let char = |at: usize| symbols.get(at).and_then(Symbol::char);
    (char(0)? == '%').then_some(())?;
    let mut at = 1;
    let mut name = None;
    if char(at) == Some('(') {
        let end = at + symbols[at..].iter().position(|it| it.char() == Some(')'))?;
        name = Some(symbols[at + 1..end].iter().filter_map(Symbol::char).collect());
        at = end + 1;
    }
    let begin = at;
    while char(at).is_some_and(|it| "#0- +123456789.*".contains(it)) {
        at += 1;
    }
    Some(Directive { name, letter: char(at)?, is_short: at == begin, len: at + 1 })
}
