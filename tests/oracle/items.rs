//! Holds the top-level items of valid files against CPython's `ast` and a whole-file parse.
//!
//! Reads files from standard input, each as a line `BYTES STARTS PATH` (`STARTS`: the offsets of
//! the lines where `ast` says that a top-level statement starts, with commas between, or `-`),
//! followed by that many bytes of UTF-8. Prints `PATH: difference` for each file that fails and
//! ends with a count. The exit code is 1 when there was a difference.

use std::io::BufRead;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};

use pygloss_core::Document;
use pygloss_core::syntax::language;
use tree_sitter::{Parser, Tree};

use crate::Outcome;
use crate::tree::{Nodes, SyntaxNode, difference};

struct File {
    path: String,
    source: String,
    statements: Vec<usize>,
}

pub fn main(_: &[String]) -> Outcome {
    let files = match read_files(&mut std::io::stdin().lock()) {
        Ok(files) if !files.is_empty() => files,
        Ok(_) => {
            eprintln!("no files on standard input");
            return Ok(ExitCode::from(2));
        }
        Err(error) => {
            eprintln!("standard input: {error}");
            return Ok(ExitCode::from(2));
        }
    };
    let next = AtomicUsize::new(0);
    let work = || {
        let mut parser = parser();
        let mut failures = Vec::new();
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            let document = Document::new(&file.source);
            failures.extend(
                boundaries(file, &document)
                    .or_else(|| nodes(file, &document, &mut parser))
                    .map(|difference| format!("{}: {difference}", file.path)),
            );
        }
        failures
    };
    let mut failures: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..2).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("no panic")).collect()
    });
    failures.sort();
    for failure in &failures {
        println!("{failure}");
    }
    let bytes: usize = files.iter().map(|file| file.source.len()).sum();
    println!("{} files, {} bytes, {} differ", files.len(), bytes, failures.len());
    Ok(ExitCode::from(u8::from(!failures.is_empty())))
}

fn read_files(input: &mut impl BufRead) -> Result<Vec<File>, Box<dyn std::error::Error>> {
    let mut files = Vec::new();
    let mut header = String::new();
    while input.read_line(&mut header)? > 0 {
        let mut words = header.trim_end_matches('\n').splitn(3, ' ');
        let mut word = || words.next().ok_or("a header has three words");
        let size: usize = word()?.parse()?;
        let starts = word()?;
        let statements = if starts == "-" {
            Vec::new()
        } else {
            starts.split(',').map(str::parse).collect::<Result<_, _>>()?
        };
        let path = word()?.to_owned();
        let mut source = vec![0; size];
        input.read_exact(&mut source)?;
        files.push(File { path, source: String::from_utf8(source)?, statements });
        header.clear();
    }
    Ok(files)
}

/// Each item holds one top-level statement of `ast`, and what stands before the statement are
/// blank lines and comments. Only items that hold nothing else have no statement.
fn boundaries(file: &File, document: &Document) -> Option<String> {
    let found: Vec<usize> = (0..document.items().len())
        .filter_map(|index| {
            Some(document.start_of(index) + code_in(document.items()[index].text())?)
        })
        .collect();
    let line = |offset: usize| document.text().line_of(offset) + 1;
    let (item, statement) = (found.iter(), file.statements.iter());
    let what = difference(item.clone(), statement.clone())?;
    let place = item.zip(statement).find(|(item, statement)| item != statement);
    let place = place.map_or(document.text().len(), |(item, statement)| *item.min(statement));
    Some(format!("item / statement of `ast`: {what} (line {})", line(place)))
}

/// Where the first line starts that is neither blank nor a comment.
fn code_in(item: &str) -> Option<usize> {
    let mut start = 0;
    for line in item.split_inclusive(['\n', '\r']) {
        let code = line.trim_start_matches(['\u{feff}', ' ', '\t', '\x0c']);
        if !code.starts_with(['\n', '\r', '#']) && !code.is_empty() {
            return Some(start);
        }
        start += line.len();
    }
    None
}

fn nodes(file: &File, document: &Document, parser: &mut Parser) -> Option<String> {
    let whole = parse_whole(parser, &file.source);
    match nodes_of_items(document) {
        Ok(items) => difference(items, Nodes::of(&whole, 0))
            .map(|what| format!("item by item / whole file: {what}")),
        Err(error) => Some(error),
    }
}

/// The nodes of all items, in bytes of the file; `Err` names an item that has no tree.
fn nodes_of_items(document: &Document) -> Result<impl Iterator<Item = SyntaxNode>, String> {
    if let Some(index) = document.items().iter().position(|item| item.parsed().is_none()) {
        return Err(format!("the item at byte {} has no tree", document.start_of(index)));
    }
    Ok(document.items().iter().enumerate().flat_map(move |(index, item)| {
        item.parsed().into_iter().flat_map(move |tree| Nodes::of(tree, document.start_of(index)))
    }))
}

/// Parses a whole file without any limit. A `\r` without `\n` is a line break to CPython but not
/// to the grammar, so the copy that is parsed has `\n` there.
fn parse_whole(parser: &mut Parser, source: &str) -> Tree {
    let mut bytes = source.as_bytes().to_vec();
    for at in 0..bytes.len() {
        if bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n') {
            bytes[at] = b'\n';
        }
    }
    parser.parse(&bytes, None).expect("a parser with a language and no limit gives a tree")
}

/// A parser for Python.
fn parser() -> Parser {
    let mut parser = Parser::new();
    parser.set_language(language()).expect("the versions fit");
    parser
}
