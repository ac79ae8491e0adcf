//! Names that a fix needs: an import that is there, or one to be added.

use crate::document::Item;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};
use crate::{Document, Span};

/// How a fix can write a name of another module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The expression, such as `functools.wraps`.
    pub expression: String,
    /// The edit of the file that makes it mean the right thing, if one is needed.
    pub edit: Option<(Span, String)>,
}

/// Finds or plans an import of `module`.`name` that works at `node`, a node of the subject's item.
pub fn imported(subject: &Subject<'_>, node: Node<'_>, module: &str, name: &str) -> Imported {
    let document = subject.document();
    let names = subject.names();
    let is_hidden = |bound: &str| names.is_hidden_at(subject.item(), node.start_byte(), bound);
    // Other statements that bring it could be added.
    document.items_that_bind(name);
    // To parse all that stands above takes long; whatever imports the module has its name.
    let speaks = |item: &&Item| [module, "import"].iter().all(|word| item.text().contains(word));
    let existing = document.items()[..subject.item()].iter().filter(speaks).flat_map(|item| {
        let root = item.tree().map(|tree| tree.root_node());
        root.map(|root| expressions(root, item.text(), module, name)).unwrap_or_default()
    });
    let is_import = |bound: &str| names.module_bindings(bound).len() == 1 && !is_hidden(bound);
    if let Some((_, expression)) = existing.into_iter().find(|(bound, _)| is_import(bound)) {
        return Imported { expression, edit: None };
    }
    let is_free = !is_hidden(module) && names.module_bindings(module).is_empty();
    let (statement, expression) = if is_free {
        (format!("import {module}"), format!("{module}.{name}"))
    } else {
        (format!("import {module} as _{module}"), format!("_{module}.{name}"))
    };
    Imported { expression, edit: Some(insertion(document, module, &statement)) }
}

/// Like [`imported`], but a new import is `from module import name`. Nothing when the name means
/// something else at `node`.
pub fn imported_name(
    subject: &Subject<'_>,
    node: Node<'_>,
    module: &str,
    name: &str,
) -> Option<Imported> {
    let found = imported(subject, node, module, name);
    if found.edit.is_none() {
        return Some(found);
    }
    let names = subject.names();
    let is_free = !names.is_hidden_at(subject.item(), node.start_byte(), name)
        && names.module_bindings(name).is_empty();
    let statement = format!("from {module} import {name}");
    let edit = insertion(subject.document(), module, &statement);
    is_free.then(|| Imported { expression: name.to_owned(), edit: Some(edit) })
}

/// The ways in which an import statement of the module's own level lets one write the name: the
/// name it binds, and the expression.
fn expressions(root: Node<'_>, text: &str, module: &str, name: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for statement in statements(root) {
        let from = match kind(statement) {
            Kind::ImportStatement => None,
            Kind::ImportFromStatement => {
                let source = Field::ModuleName.of(statement);
                match source.map(|node| &text[node.byte_range()]) {
                    Some(source) if source == module => Some(()),
                    _ => continue,
                }
            }
            _ => continue,
        };
        let wanted = if from.is_some() { name } else { module };
        for imported in statement.children_in(Field::Name) {
            let alias = Field::Alias.of(imported);
            let target = Field::Name.of(imported).unwrap_or(imported);
            if &text[target.byte_range()] != wanted {
                continue;
            }
            let bound = &text[alias.unwrap_or(target).byte_range()];
            let expression =
                if from.is_some() { bound.to_owned() } else { format!("{bound}.{name}") };
            found.push((bound.to_owned(), expression));
        }
    }
    found
}

/// Where a new import goes: into the first block of imports by name, else behind the docstring and
/// the imports from `__future__`, else in front of the first statement.
fn insertion(document: &Document, module: &str, statement: &str) -> (Span, String) {
    let line_break = line_break(document);
    let mut after_prologue = None;
    let mut block: Vec<(usize, bool, String)> = Vec::new();
    for (index, item) in document.items().iter().enumerate() {
        let Some(tree) = item.tree() else { break };
        let all = statements(tree.root_node());
        let Some(first) = all.first() else { continue };
        let start = document.start_of(index) + first.start_byte();
        let end = document.start_of(index) + all[all.len() - 1].end_byte();
        match kind(*first) {
            Kind::FutureImportStatement => after_prologue = Some(end),
            Kind::ExpressionStatement if index == 0 && is_docstring(*first) => {
                after_prologue = Some(end);
            }
            Kind::ImportStatement => {
                let name = Field::Name.of(*first);
                let name = name.map_or("", |name| &item.text()[name.byte_range()]);
                block.push((start, true, name.to_owned()));
            }
            Kind::ImportFromStatement => {
                let name = Field::ModuleName.of(*first);
                let name = name.map_or("", |name| &item.text()[name.byte_range()]);
                block.push((start, false, name.to_owned()));
            }
            _ => break,
        }
    }
    let is_plain = statement.starts_with("import ");
    let is_behind = |plain: bool, name: &str| match (is_plain, plain) {
        (true, false) => true,
        (false, true) => false,
        _ => name > module,
    };
    if let Some((start, ..)) = block.iter().find(|(_, plain, name)| is_behind(*plain, name)) {
        return (Span::empty(*start), format!("{statement}{line_break}"));
    }
    if let Some((start, ..)) = block.last() {
        let line = document.text().line_of(*start);
        let end = document.text().line_content(line).end;
        return (Span::empty(end), format!("{line_break}{statement}"));
    }
    if let Some(end) = after_prologue {
        let line = document.text().line_of(end);
        let end = document.text().line_content(line).end;
        return (Span::empty(end), format!("{line_break}{line_break}{statement}"));
    }
    in_front(document, statement)
}

/// Puts the statement where the code begins.
fn in_front(document: &Document, statement: &str) -> (Span, String) {
    let line_break = line_break(document);
    let at = behind_header(document);
    let gap = if defines_at(document, at) { line_break } else { "" };
    (Span::empty(at), format!("{statement}{line_break}{line_break}{gap}"))
}

/// Plans `from __future__ import name`, which comes behind the docstring and its like and before
/// everything else (Language Reference, Future statements).
pub(crate) fn future_import(document: &Document, name: &str) -> Option<(Span, String)> {
    let statement = format!("from __future__ import {name}");
    let break_ = line_break(document);
    let mut after = None;
    for (index, item) in document.items().iter().enumerate() {
        let all = statements(item.tree()?.root_node());
        let Some(first) = all.first() else { continue };
        let gap = match kind(*first) {
            Kind::FutureImportStatement => "",
            Kind::ExpressionStatement if after.is_none() && is_docstring(*first) => break_,
            _ => break,
        };
        (all.len() == 1).then_some(())?;
        after = Some((document.start_of(index) + first.end_byte(), gap));
    }
    let Some((end, gap)) = after else { return Some(in_front(document, &statement)) };
    let line = document.text().line_of(end);
    let end = document.text().line_content(line).end;
    Some((Span::empty(end), format!("{break_}{gap}{statement}")))
}

/// Whether a function or class is defined at `at`: PEP 8 sets it apart by two blank lines.
fn defines_at(document: &Document, at: usize) -> bool {
    let item =
        document.item_at(at).map(|index| (&document.items()[index], document.start_of(index)));
    item.and_then(|(item, start)| {
        let first = *statements(item.tree()?.root_node()).first()?;
        (start + first.start_byte() == at).then_some(kind(first))
    })
    .is_some_and(|kind| {
        matches!(kind, Kind::FunctionDefinition | Kind::ClassDefinition | Kind::DecoratedDefinition)
    })
}

fn is_docstring(statement: Node<'_>) -> bool {
    statement
        .named_child(0)
        .is_some_and(|node| matches!(kind(node), Kind::String | Kind::ConcatenatedString))
}

/// Behind a byte order mark, a `#!` line, a coding comment (PEP 263), and a first block of comments
/// that a blank line sets apart.
fn behind_header(document: &Document) -> usize {
    let text = document.text();
    let line = |number: usize| text.slice(text.line_content(number));
    let is_comment = |number: usize| line(number).trim_start_matches('\u{feff}').starts_with('#');
    let mut comments = 0;
    while comments < text.line_count() && is_comment(comments) {
        comments += 1;
    }
    let is_blank = |number: usize| number < text.line_count() && line(number).trim().is_empty();
    if comments > 0 && is_blank(comments) {
        let mut next = comments;
        while is_blank(next) && next + 1 < text.line_count() {
            next += 1;
        }
        return text.line_start(next);
    }
    let fixed = (0..comments.min(2))
        .take_while(|&number| {
            number == 0 && line(0).contains("#!") || line(number).contains("coding")
        })
        .count();
    if fixed > 0 {
        return text.line_start(fixed);
    }
    if line(0).starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// The line break that the file uses, judged by its first one.
pub fn line_break(document: &Document) -> &'static str {
    let text = document.text();
    let first = text.slice(Span::new(text.line_content(0).end, text.line_start(1)));
    match first.as_str() {
        "\r\n" => "\r\n",
        "\r" => "\r",
        _ => "\n",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Settings;

    fn find(source: &str) -> (Document, Imported) {
        let document = Document::new(source);
        let at = source.find("def f").unwrap();
        let item = document.item_at(at).unwrap();
        let root = document.items()[item].tree().unwrap().root_node();
        let settings = Settings::default();
        let path = [root];
        let subject = Subject::new(&document, &settings, item, &path);
        let node = root.named_descendant_for_byte_range(
            at - document.start_of(item) + 8,
            at - document.start_of(item) + 8,
        );
        let found = imported(&subject, node.unwrap(), "functools", "wraps");
        (document.clone(), found)
    }

    fn check(source: &str, expected: &str) {
        let (document, found) = find(&format!("{source}(): pass\n"));
        let mut after = document;
        if let Some((span, text)) = &found.edit {
            after.edit(*span, text);
        }
        let shown = format!("{}|{}", found.expression, after.text());
        assert_eq!(shown.strip_suffix("(): pass\n"), Some(expected));
    }

    #[test]
    fn an_import_that_is_there_is_used() {
        check("import functools\ndef f", "functools.wraps|import functools\ndef f");
        check("import functools as ft\ndef f", "ft.wraps|import functools as ft\ndef f");
        check(
            "from functools import (cache, wraps as w)\ndef f",
            "w|from functools import (cache, wraps as w)\ndef f",
        );
    }

    #[test]
    fn a_new_one_joins_the_others_by_name() {
        check(
            "import abc\nimport os\ndef f",
            "functools.wraps|import abc\nimport functools\nimport os\ndef f",
        );
        check("import abc\r\ndef f", "functools.wraps|import abc\r\nimport functools\r\ndef f");
        check(
            "from abc import ABC\n\ndef f",
            "functools.wraps|import functools\nfrom abc import ABC\n\ndef f",
        );
    }

    #[test]
    fn a_first_one_stands_behind_what_must_come_first() {
        check("def f", "functools.wraps|import functools\n\n\ndef f");
        check("\u{feff}def f", "functools.wraps|\u{feff}import functools\n\n\ndef f");
        check(
            "'''Doc.'''\n\n# About f.\ndef f",
            "functools.wraps|'''Doc.'''\n\nimport functools\n\n# About f.\ndef f",
        );
        check(
            "from __future__ import annotations\ndef f",
            "functools.wraps|from __future__ import annotations\n\nimport functools\ndef f",
        );
        check(
            "#!/usr/bin/python\n# coding: utf-8\ndef f",
            "functools.wraps|#!/usr/bin/python\n# coding: utf-8\nimport functools\n\n\ndef f",
        );
        check(
            "# Licence.\n\n# About f.\ndef f",
            "functools.wraps|# Licence.\n\nimport functools\n\n# About f.\ndef f",
        );
    }

    #[test]
    fn a_name_that_means_something_else_is_avoided() {
        for source in [
            "def f(functools): ...\n",
            "functools = 1\ndef f(): ...\n",
            "if a:\n    import functools\ndef f(): ...\n",
        ] {
            let (_, found) = find(source);
            assert_eq!(found.expression, "_functools.wraps", "{source}");
            assert!(found.edit.unwrap().1.starts_with("import functools as _functools\n"));
        }
    }
}
