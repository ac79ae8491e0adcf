//! Literals, displays, comprehensions and operators.

use super::{At, Builtin, MAX_DEPTH, MAX_STEPS, Object, Value, attribute, call, name};
use crate::syntax::{Field, Kind, Node, function::statements, kind};

pub(super) fn evaluate<'a>(at: At<'a>) -> Option<Value<'a>> {
    let node = at.node;
    if node.is_broken() || at.step > MAX_STEPS || at.depth > MAX_DEPTH {
        return None;
    }
    let operand = |field: Field| evaluate(at.part(field.of(node)?));
    let found = match kind(node) {
        Kind::List | Kind::ListComprehension => Builtin::List,
        Kind::Dictionary | Kind::DictionaryComprehension => Builtin::Dict,
        Kind::Set | Kind::SetComprehension => Builtin::Set,
        // Without brackets on the right-hand side of an assignment, or behind `return`.
        Kind::Tuple | Kind::ExpressionList => Builtin::Tuple,
        Kind::True | Kind::False => Builtin::Bool,
        Kind::None => Builtin::None,
        Kind::Integer | Kind::Float => number(at)?,
        Kind::String | Kind::ConcatenatedString => string(at)?,
        Kind::NotOperator => Builtin::Bool,
        Kind::UnaryOperator => match &evaluate(at.part(Field::Argument.of(node)?))?.object {
            Object::Builtin(Builtin::Bool | Builtin::Int) => Builtin::Int,
            Object::Builtin(kind @ (Builtin::Float | Builtin::Complex)) => *kind,
            _ => return None,
        },
        Kind::BinaryOperator => {
            let (left, right) = (operand(Field::Left)?, operand(Field::Right)?);
            let (Object::Builtin(left), Object::Builtin(right)) = (&left.object, &right.object)
            else {
                return None;
            };
            let sign = Field::Operator.of(node)?.kind();
            operator(*left, sign, *right)?
        }
        Kind::Lambda => return Value::new(Object::Lambda, at),
        Kind::GeneratorExpression => return generator(at),
        Kind::ParenthesizedExpression => {
            return evaluate(at.part(*statements(node).first()?));
        }
        Kind::NamedExpression => return operand(Field::Value),
        Kind::Await => {
            let awaited = evaluate(at.part(*statements(node).first()?))?;
            let Object::Coroutine(function) = awaited.object else { return None };
            return Some(Value { object: Object::Returned(function), ..awaited });
        }
        Kind::Call => return call::evaluate(at),
        Kind::Identifier => return name::evaluate(at),
        Kind::Attribute => return attribute::evaluate(at),
        _ => return None,
    };
    Value::builtin(found, at)
}

fn number(at: At<'_>) -> Option<Builtin> {
    let text = &at.text()[at.node.byte_range()];
    match text.chars().last()? {
        'j' | 'J' => Some(Builtin::Complex),
        // Python 2.
        'l' | 'L' => None,
        _ if kind(at.node) == Kind::Float => Some(Builtin::Float),
        _ => Some(Builtin::Int),
    }
}

/// A template string (PEP 750) is none, and Python cannot join `str` and `bytes`.
fn string(at: At<'_>) -> Option<Builtin> {
    let parts = match kind(at.node) {
        Kind::ConcatenatedString => statements(at.node),
        _ => vec![at.node],
    };
    let mut found = parts.iter().map(|part| {
        let text = &at.text()[part.byte_range()];
        let prefix = &text[..text.find(['"', '\''])?];
        match prefix {
            _ if prefix.contains(['t', 'T']) => None,
            _ if prefix.contains(['b', 'B']) => Some(Builtin::Bytes),
            _ => Some(Builtin::Str),
        }
    });
    let first = found.next()??;
    found.all(|other| other == Some(first)).then_some(first)
}

/// Of two builtin types, the type of the result (Library Reference, Built-in Types).
fn operator(left: Builtin, sign: &str, right: Builtin) -> Option<Builtin> {
    use Builtin::{Bool, Bytes, Dict, Frozenset, Int, List, Set, Str, Tuple};
    match (left, sign, right) {
        (List | Tuple | Str | Bytes, "+", _) if left == right => Some(left),
        (List | Tuple | Str | Bytes, "*", Int | Bool) => Some(left),
        (Int | Bool, "*", List | Tuple | Str | Bytes) => Some(right),
        (Str | Bytes, "%", _) => Some(left),
        (Dict, "|", Dict) => Some(Dict),
        (Set | Frozenset, "|" | "&" | "-" | "^", Set | Frozenset) => Some(left),
        (Int, "+" | "-" | "*" | "//", Int) => Some(Int),
        _ => None,
    }
}

/// `async for` in it makes a generator expression asynchronous, and so does `await` almost
/// everywhere (Language Reference, Generator expressions).
fn generator<'a>(at: At<'a>) -> Option<Value<'a>> {
    let clauses = statements(at.node);
    let is_async = |clause: &Node<'_>| {
        kind(*clause) == Kind::ForInClause && clause.child(0).is_some_and(|it| it.kind() == "async")
    };
    if clauses.iter().any(is_async) {
        return Value::new(Object::AsyncGenerator(at.definition()), at);
    }
    let mut awaits = false;
    crate::walk::until(at.node, |node| {
        awaits |= kind(node) == Kind::Await;
        awaits
    });
    (!awaits).then_some(())?;
    Value::new(Object::Generator(at.definition()), at)
}
