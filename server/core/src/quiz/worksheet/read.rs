//! Reading blocks and the answers in them.

use super::{Block, BlockKind, Confidence, Fault, Marked, Question, Response, TOLD, Wrong, letter};
use crate::Span;
use crate::quiz::Shape;
use crate::quiz::blank::MAX_TEXT;

/// How the lines that name a block begin.
const RULE: &str = "----";

/// The quotes around words that are no Python.
const QUOTES: &str = "\"\"\"";

/// The blocks of a text, in its order. One whose last line is gone ends where the next one begins.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut open = false;
    for line in lines(text, Span::new(0, text.len())) {
        match named(&text[line.start..line.end]) {
            Some(Name::Head(kind, id)) => {
                let id = id.to_owned();
                found.push(Block { kind, id, span: line, head: line, foot: line.end });
                open = true;
            }
            Some(Name::End(id)) => {
                if let Some(block) = found.last_mut().filter(|block| open && block.id == id) {
                    block.span.end = line.end;
                    block.foot = line.start;
                    open = false;
                }
            }
            None => {
                if let Some(block) = found.last_mut().filter(|_| open)
                    && line.start < line.end
                {
                    block.span.end = line.end;
                    block.foot = after(text, line.end);
                }
            }
        }
    }
    for block in &mut found {
        block.foot = block.foot.max(after(text, block.head.end));
    }
    found
}

/// What is marked or typed in a block as an answer to `question`.
///
/// # Errors
/// When that is no answer to the question.
pub fn marked(text: &str, block: &Block, question: &Question) -> Result<Marked, Fault> {
    let confidence = confidence(text, block)?;
    let shape = question.kind.shape();
    let (response, lines) = match shape {
        Shape::Text => typed(text, block)?,
        // What the reader thinks of it is no mark in the text.
        Shape::Words => return Err(Fault { span: block.head, wrong: Wrong::Nothing }),
        Shape::One | Shape::Several | Shape::Order => {
            let ticks = ticks(text, block, question.options.len())?;
            let chosen = match shape {
                Shape::Order => ordered(block, &ticks)?,
                _ => crossed(block, &ticks, shape)?,
            };
            let keys = chosen.iter().map(|&at| question.options[at].key.clone()).collect();
            let mut lines: Vec<Span> = chosen.iter().map(|&at| ticks[at].line).collect();
            lines.sort_by_key(|line| line.start);
            (Response::Keys(keys), lines)
        }
    };
    Ok(Marked { response, confidence, lines })
}

/// Whether a block is answered in words between quotes.
pub fn is_quoted(text: &str, block: &Block) -> bool {
    let body = text[block.head.end..block.foot].lines();
    body.map(str::trim).any(|line| line.strip_prefix('r') == Some(QUOTES))
}

/// The reader's own words in a block: what stands between its quotes, else its lines that are no
/// comments, without the space around them.
pub fn free_text(text: &str, block: &Block) -> Span {
    let body = Span::new(block.head.end, block.foot);
    let inner = &text[body.start..body.end];
    let quoted = inner.find(QUOTES).map(|open| {
        let start = open + QUOTES.len();
        let end = inner[start..].rfind(QUOTES).map_or(inner.len(), |close| start + close);
        Span::new(body.start + start, body.start + end)
    });
    let span = quoted.unwrap_or_else(|| {
        let own = |line: &Span| {
            let line = text[line.start..line.end].trim_start();
            !line.is_empty() && !line.starts_with('#')
        };
        let mut own = lines(text, body).into_iter().filter(own);
        let first = own.next().unwrap_or(Span::empty(block.foot));
        Span::new(first.start, own.next_back().unwrap_or(first).end)
    });
    let written = &text[span.start..span.end];
    let start = span.start + (written.len() - written.trim_start().len());
    Span::new(start.min(span.end), (span.start + written.trim_end().len()).max(start.min(span.end)))
}

/// Where what was told of an answer begins in a block, if anything was.
pub fn told_at(text: &str, block: &Block) -> Option<usize> {
    let is_told = |line: &Span| {
        let rest = text[line.start..line.end].trim_start().strip_prefix('#');
        rest.is_some_and(|rest| rest.trim_start().starts_with(TOLD))
    };
    body(text, block).into_iter().find(is_told).map(|line| line.start)
}

/// The lines of the options with these indexes, where they stand there once.
pub fn option_lines(text: &str, block: &Block, count: usize) -> Vec<Option<Span>> {
    let mut found = vec![None; count];
    for (line, name, _) in brackets(text, block) {
        if let Some(at) = (0..count).find(|&at| letter(at) == name) {
            found[at] = found[at].is_none().then_some(line);
        }
    }
    found
}

enum Name<'a> {
    Head(BlockKind, &'a str),
    End(&'a str),
}

/// What a line names, if it is one of those that begin or end a block.
fn named(line: &str) -> Option<Name<'_>> {
    let rest = line.trim_start().strip_prefix('#')?;
    let rest = rest.strip_prefix(' ').unwrap_or(rest).strip_prefix(RULE)?;
    let mut words = rest.split_whitespace().rev();
    let id = words.next()?;
    let word = words.next()?;
    if word == "end" {
        return words.next().is_none().then_some(Name::End(id));
    }
    let kinds = [BlockKind::Question, BlockKind::Interview];
    kinds.into_iter().find(|kind| kind.word() == word).map(|kind| Name::Head(kind, id))
}

/// The lines within a span, without their breaks.
fn lines(text: &str, span: Span) -> Vec<Span> {
    let mut start = span.start;
    let split = text[span.start..span.end].split_inclusive('\n');
    let trim = |line: &str| line.trim_end_matches(['\n', '\r']).len();
    split
        .map(|line| {
            let found = Span::new(start, start + trim(line));
            start += line.len();
            found
        })
        .collect()
}

/// The start of the line after the one that ends at `end`, or the end of the text.
fn after(text: &str, end: usize) -> usize {
    text[end..].find('\n').map_or(text.len(), |at| end + at + 1)
}

/// The lines between the first and the last line of a block.
fn body(text: &str, block: &Block) -> Vec<Span> {
    lines(text, Span::new(after(text, block.head.end).min(block.foot), block.foot))
}

/// A line that the reader marks.
#[derive(Clone, Copy)]
struct Tick<'a> {
    line: Span,
    /// Between the brackets, without the space around it.
    mark: &'a str,
}

/// A line as `[mark] rest`.
fn bracket(line: &str) -> Option<(&str, &str)> {
    let rest = line.trim_start();
    let rest = rest.strip_prefix('#').unwrap_or(rest).trim_start().strip_prefix('[')?;
    let (mark, rest) = rest.split_once(']')?;
    Some((mark.trim(), rest.trim_start()))
}

/// The lines with an option, its letter and its mark.
fn brackets<'a>(
    text: &'a str,
    block: &Block,
) -> impl Iterator<Item = (Span, char, &'a str)> + use<'a> {
    body(text, block).into_iter().filter_map(|line| {
        let (mark, rest) = bracket(&text[line.start..line.end])?;
        let mut chars = rest.chars();
        let name = chars.next()?.to_ascii_uppercase();
        (chars.next() == Some('.')).then_some((line, name, mark))
    })
}

/// The options in the order of their letters.
fn ticks<'a>(text: &'a str, block: &Block, count: usize) -> Result<Vec<Tick<'a>>, Fault> {
    let mut found: Vec<Option<Tick<'a>>> = vec![None; count];
    for (line, name, mark) in brackets(text, block) {
        let at = (0..count).find(|&at| letter(at) == name);
        let at = at.ok_or(Fault { span: line, wrong: Wrong::NoSuchOption })?;
        if found[at].replace(Tick { line, mark }).is_some() {
            return Err(Fault { span: line, wrong: Wrong::Twice });
        }
    }
    let all: Option<Vec<_>> = found.into_iter().collect();
    all.ok_or(Fault { span: block.head, wrong: Wrong::Gone })
}

/// The indexes of the options with an `x`.
fn crossed(block: &Block, ticks: &[Tick<'_>], shape: Shape) -> Result<Vec<usize>, Fault> {
    let mut chosen = Vec::new();
    for (at, option) in ticks.iter().enumerate() {
        match option.mark {
            "" => {}
            "x" | "X" => chosen.push(at),
            _ => return Err(Fault { span: option.line, wrong: Wrong::Mark }),
        }
    }
    if shape == Shape::One && chosen.len() > 1 {
        let last = chosen.iter().map(|&at| ticks[at].line).max_by_key(|line| line.start);
        return Err(Fault { span: last.unwrap_or(block.head), wrong: Wrong::TooMany });
    }
    if chosen.is_empty() {
        return Err(Fault { span: block.head, wrong: Wrong::Nothing });
    }
    Ok(chosen)
}

/// The indexes of the options in the order of their numbers.
fn ordered(block: &Block, ticks: &[Tick<'_>]) -> Result<Vec<usize>, Fault> {
    let mut places: Vec<Option<usize>> = vec![None; ticks.len()];
    for (at, option) in ticks.iter().enumerate().filter(|(_, option)| !option.mark.is_empty()) {
        let number = option.mark.parse::<usize>().ok();
        let number = number.filter(|number| (1..=ticks.len()).contains(number));
        let number = number.ok_or(Fault { span: option.line, wrong: Wrong::Number })?;
        if places[number - 1].replace(at).is_some() {
            return Err(Fault { span: option.line, wrong: Wrong::SameNumber });
        }
    }
    if places.iter().all(Option::is_none) {
        return Err(Fault { span: block.head, wrong: Wrong::Nothing });
    }
    let all: Option<Vec<_>> = places.into_iter().collect();
    all.ok_or(Fault { span: block.head, wrong: Wrong::Incomplete })
}

/// What stands behind the `>`.
fn typed(text: &str, block: &Block) -> Result<(Response, Vec<Span>), Fault> {
    let mut code: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for line in body(text, block) {
        let content = text[line.start..line.end].trim_start();
        let content = content.strip_prefix('#').unwrap_or(content).trim_start();
        if let Some(typed) = content.strip_prefix('>') {
            code.push(typed.strip_prefix(' ').unwrap_or(typed).trim_end());
            found.push(line);
        }
    }
    let span = *found.first().ok_or(Fault { span: block.head, wrong: Wrong::Gone })?;
    let code = code.join("\n").trim().to_owned();
    if code.is_empty() {
        return Err(Fault { span: block.head, wrong: Wrong::Nothing });
    }
    if code.chars().count() > MAX_TEXT {
        return Err(Fault { span, wrong: Wrong::TooLong });
    }
    Ok((Response::Text(code), found))
}

/// How sure the reader is, where the block asks.
fn confidence(text: &str, block: &Block) -> Result<Option<Confidence>, Fault> {
    const SAID: [(&str, Confidence); 3] =
        [("sure", Confidence::Sure), ("unsure", Confidence::Unsure), ("guess", Confidence::Guess)];
    let mut said = None;
    for line in body(text, block) {
        let Some((_, rest)) = text[line.start..line.end].split_once("How sure?") else { continue };
        for part in rest.split('[').skip(1) {
            let Some((mark, word)) = part.split_once(']') else { continue };
            let Some((_, meant)) = SAID.iter().find(|(known, _)| *known == word.trim()) else {
                continue;
            };
            match mark.trim() {
                "" => {}
                "x" | "X" if said.is_none() => said = Some(*meant),
                "x" | "X" => return Err(Fault { span: line, wrong: Wrong::TooMany }),
                _ => return Err(Fault { span: line, wrong: Wrong::Mark }),
            }
        }
    }
    Ok(said)
}
