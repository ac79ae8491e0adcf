//! Whether two programs are the same but for how they are written down.

use crate::Document;
use crate::syntax::{Field, Kind, Node, kind, language, quirks};
use crate::walk::MAX_DEPTH;

/// A program without what means nothing: white space, comments, parentheses around an expression,
/// which quotes a string has, a comma before a closing bracket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Normal(Vec<Token>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// A node begins; its kind in the grammar.
    Open(&'static str),
    Close,
    /// A name that a scope looks up.
    Name(String),
    Text(String),
}

impl Normal {
    /// The normal form of `source`; nothing when it has a syntax error or nests too deep.
    pub fn of(source: &str) -> Option<Self> {
        let mut tokens = Vec::new();
        for item in Document::new(source).items() {
            let root = item.tree()?.root_node();
            if root.is_broken() {
                return None;
            }
            read(root, item.text(), &mut tokens)?;
        }
        Some(Self(tokens))
    }

    /// Whether `other` is this program, where `free` names of this one may have other names there:
    /// each one other, none of them twice, and none that this program uses for something else.
    pub fn is_like(&self, other: &Self, free: &[String]) -> bool {
        let is_free = |name: &String| free.contains(name);
        let is_taken = |name: &String| {
            self.0.iter().any(|it| matches!(it, Token::Name(own) if own == name && !is_free(own)))
        };
        let mut renamed: Vec<(&String, &String)> = Vec::new();
        self.0.len() == other.0.len()
            && self.0.iter().zip(&other.0).all(|pair| match pair {
                (Token::Name(own), Token::Name(their)) if is_free(own) => {
                    let met = renamed.iter().find(|(a, b)| *a == own || *b == their);
                    match met {
                        Some(known) => *known == (own, their),
                        None => {
                            renamed.push((own, their));
                            !is_taken(their)
                        }
                    }
                }
                (own, their) => own == their,
            })
    }

    /// Whether the program looks up this name.
    pub fn has_name(&self, name: &str) -> bool {
        self.0.iter().any(|token| matches!(token, Token::Name(own) if own == name))
    }
}

/// Adds the tokens of a tree; nothing when it is broken or too deep.
fn read(root: Node<'_>, text: &str, tokens: &mut Vec<Token>) -> Option<()> {
    let mut path: Vec<Node<'_>> = Vec::new();
    let close = |parent: Option<Node<'_>>, tokens: &mut Vec<Token>| {
        if parent.is_some_and(|parent| !is_transparent(parent)) {
            tokens.push(Token::Close);
        }
    };
    let mut next = Some(root);
    while let Some(node) = next {
        while path.last().is_some_and(|around| !around.holds(node)) {
            close(path.pop(), tokens);
        }
        if quirks::is_torn(node, text) || path.len() > MAX_DEPTH {
            return None;
        }
        next = if enter(node, path.last().copied(), text, tokens) && !node.is_leaf() {
            path.push(node);
            node.next()
        } else {
            node.following()
        };
    }
    while !path.is_empty() {
        close(path.pop(), tokens);
    }
    Some(())
}

/// Adds what stands for `node` itself; true when what is in it matters too.
fn enter(node: Node<'_>, parent: Option<Node<'_>>, text: &str, tokens: &mut Vec<Token>) -> bool {
    let source = &text[node.byte_range()];
    match kind(node) {
        Kind::Comment => return false,
        Kind::String => {
            if let Some(value) = plain_string(node, text) {
                tokens.push(Token::Text(value));
                return false;
            }
        }
        Kind::Identifier => {
            let is_looked_up = match parent.map(kind) {
                Some(Kind::Attribute) => node.field() != Some(Field::Attribute),
                Some(Kind::KeywordArgument) => node.field() != Some(Field::Name),
                _ => true,
            };
            let name = source.to_owned();
            tokens.push(if is_looked_up { Token::Name(name) } else { Token::Text(name) });
            return false;
        }
        Kind::Integer => {
            tokens.push(Token::Text(source.replace('_', "").to_ascii_lowercase()));
            return false;
        }
        _ => {}
    }
    if node.child_count() > 0 {
        if !is_transparent(node) {
            let name = language().node_kind_for_id(node.kind_id());
            tokens.push(Token::Open(name.unwrap_or_default()));
        }
        return true;
    }
    let is_bracket = matches!(source, "(" | ")" | "[" | "]" | "}");
    if is_bracket && ends_a_list(source, parent) && tokens.last() == Some(&comma()) {
        tokens.pop();
    }
    let is_noise = match source {
        "" | ";" | "\\" => true,
        "(" | ")" => parent.is_some_and(|parent| {
            is_transparent(parent) || kind(parent) == Kind::ImportFromStatement
        }),
        _ => node.kind() == "line_continuation",
    };
    if !is_noise {
        tokens.push(Token::Text(source.to_owned()));
    }
    false
}

/// Parentheses around an expression, whose tree says all that they say; and what holds all statements.
fn is_transparent(node: Node<'_>) -> bool {
    matches!(kind(node), Kind::ParenthesizedExpression | Kind::Module)
}

fn comma() -> Token {
    Token::Text(",".to_owned())
}

/// Whether a comma before this bracket means nothing; it makes a tuple of one element.
fn ends_a_list(bracket: &str, parent: Option<Node<'_>>) -> bool {
    let Some(parent) = parent.filter(|_| matches!(bracket, ")" | "]" | "}")) else { return false };
    match kind(parent) {
        Kind::Tuple => parent.named_child_count() > 1,
        Kind::Subscript => false,
        _ => true,
    }
}

/// What a string says, if it says it without escapes and without replacement fields.
fn plain_string(node: Node<'_>, text: &str) -> Option<String> {
    let (mut prefix, mut content) = (String::new(), String::new());
    for child in node.children() {
        let source = &text[child.byte_range()];
        match kind(child) {
            Kind::StringStart => {
                prefix = source.trim_end_matches(['"', '\'']).to_ascii_lowercase();
                prefix.retain(|letter| !matches!(letter, 'r' | 'u'));
            }
            Kind::StringContent if !source.contains(['\\', '{', '}']) => content.push_str(source),
            Kind::StringEnd => {}
            _ => return None,
        }
    }
    Some(format!("{prefix}\"{content}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_same(one: &str, other: &str, free: &[&str]) -> bool {
        let free: Vec<String> = free.iter().map(|&name| name.to_owned()).collect();
        let normal = |source: &str| Normal::of(source).unwrap_or_else(|| panic!("{source}"));
        normal(one).is_like(&normal(other), &free)
    }

    #[test]
    fn how_it_is_written_down_means_nothing() {
        for (one, other) in [
            ("x = f(a, 'b')\n", "x=f( a,\"b\", )  # why\n"),
            ("if not a:\n    return\n", "if (not a):\n  return\n"),
            ("x = (a + b) * c\n", "x = ((a + b)) * (c)\n"),
            ("x = 1_000\n", "x = 1000\n"),
            ("x = [1, 2]\n", "x = [\n    1,\n    2,\n]\n"),
            ("x = (1, 2)\n", "x = (1, 2,)\n"),
            ("from m import a, b\n", "from m import (a, b,)\n"),
            ("a = 1; b = 2\n", "a = 1\nb = 2\n"),
            ("x = a + \\\n    b\n", "x = a + b\n"),
            ("x = r'a'\n", "x = \"\"\"a\"\"\"\n"),
        ] {
            assert!(is_same(one, other, &[]), "{one}{other}");
            assert!(is_same(other, one, &[]), "{other}{one}");
        }
    }

    #[test]
    fn what_it_does_means_something() {
        for (one, other) in [
            ("x = (a + b) * c\n", "x = a + b * c\n"),
            ("x = f(a)\n", "x = f\n"),
            ("x = (1,)\n", "x = (1)\n"),
            ("x = a[1,]\n", "x = a[1]\n"),
            ("x = b'a'\n", "x = 'a'\n"),
            ("x = 'a b'\n", "x = 'ab'\n"),
            ("x = 'a\\n'\n", "x = r'a\\n'\n"),
            ("f(*a)\n", "f(**a)\n"),
            ("for x in y:\n    a()\n    b()\n", "for x in y:\n    a()\nb()\n"),
            ("async def f(): pass\n", "def f(): pass\n"),
            ("x = a is b\n", "x = a == b\n"),
            ("x = 10\n", "x = 0x10\n"),
        ] {
            assert!(!is_same(one, other, &[]), "{one}{other}");
            assert!(!is_same(other, one, &[]), "{other}{one}");
        }
    }

    #[test]
    fn free_names_have_any_name_but_a_taken_one() {
        let one = "s = {w: len(w) for w in words}\n";
        assert!(is_same(one, "s = {x: len(x) for x in words}\n", &["w"]));
        assert!(!is_same(one, "s = {x: len(x) for x in words}\n", &[]));
        assert!(!is_same(one, "s = {x: len(y) for x in words}\n", &["w"]));
        assert!(!is_same(one, "s = {words: len(words) for words in words}\n", &["w"]));
        let two = "f = lambda a, b: a.b(b=b)\n";
        assert!(is_same(two, "f = lambda x, y: x.b(b=y)\n", &["a", "b"]));
        assert!(!is_same(two, "f = lambda x, y: x.y(b=y)\n", &["a", "b"]));
        assert!(!is_same(two, "f = lambda x, x: x.b(b=x)\n", &["a", "b"]));
    }

    #[test]
    fn what_is_no_python_has_no_form() {
        for source in ["x = (\n", "x = a b\n", "def f(:\n", "x = )\n", "x = \n"] {
            assert_eq!(Normal::of(source), None, "{source}");
        }
        let deep = format!("x = {}1{}\n", "[".repeat(3000), "]".repeat(3000));
        assert_eq!(Normal::of(&deep), None);
    }
}
