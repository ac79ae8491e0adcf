//! Answers that the goals of an exercise are tested with.

use crate::Document;
use crate::syntax::{Field, Kind, kind};

/// An answer of which is known whether it is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The whole program, or the parts in which it differs from the solution.
    pub(super) code: String,
    pub(super) is_whole: bool,
    /// Ids of the goals that it misses; none for a right answer.
    pub misses: Vec<String>,
    /// Line of the opening fence in the exercise's file, from 1.
    pub line: usize,
}

impl Answer {
    /// The whole program. `solution` is that of its exercise.
    pub fn program(&self, solution: &str) -> String {
        if self.is_whole { self.code.clone() } else { with(solution, &self.code) }
    }
}

/// `program` with the top-level functions, classes and variables of `part` in place of its own.
/// What `program` does not have comes before its first function or class.
fn with(program: &str, part: &str) -> String {
    let (program, part) = (Document::new(program), Document::new(part));
    let new: Vec<(Option<String>, &str)> =
        part.items().iter().map(|item| (name(item), item.text())).collect();
    let is_there =
        |wanted: &str| program.items().iter().any(|it| name(it).as_deref() == Some(wanted));
    let added = || new.iter().filter(|(name, _)| !name.as_deref().is_some_and(is_there));
    let mut out = String::new();
    let mut is_added = false;
    for item in program.items() {
        let own = name(item);
        if own.is_some() && !is_added {
            added().for_each(|(_, text)| push(&mut out, text));
            is_added = true;
        }
        let replaced = own.and_then(|own| new.iter().find(|(it, _)| it.as_ref() == Some(&own)));
        push(&mut out, replaced.map_or(item.text(), |(_, text)| text));
    }
    if !is_added {
        added().for_each(|(_, text)| push(&mut out, text));
    }
    out
}

fn push(out: &mut String, text: &str) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
    out.push_str(text);
}

/// The name that a top-level statement defines or assigns.
fn name(item: &crate::document::Item) -> Option<String> {
    let root = item.tree()?.root_node();
    let statement = root.named_children().find(|node| kind(*node) != Kind::Comment)?;
    let target = match kind(statement) {
        Kind::FunctionDefinition | Kind::ClassDefinition => Field::Name.of(statement)?,
        Kind::DecoratedDefinition => Field::Name.of(Field::Definition.of(statement)?)?,
        Kind::ExpressionStatement => {
            let inner = statement.named_child(0).filter(|it| kind(*it) == Kind::Assignment)?;
            Field::Left.of(inner).filter(|left| kind(*left) == Kind::Identifier)?
        }
        _ => return None,
    };
    Some(item.text()[target.byte_range()].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_take_the_place_of_what_has_their_name() {
        let program =
            "\"\"\"Do.\"\"\"\nimport a\n\nT = 1\n\n@d\ndef f():\n    return 1\n\nprint(f())\n";
        let part = "import b\n\ndef f():\n    return 2\n\nclass C: ...\n";
        assert_eq!(
            with(program, part),
            "\"\"\"Do.\"\"\"\nimport a\n\nimport b\n\nclass C: ...\nT = 1\n\ndef f():\n    return 2\n\nprint(f())\n"
        );
        assert_eq!(with("print(1)\n", "x = 2\n"), "print(1)\nx = 2\n");
    }
}
