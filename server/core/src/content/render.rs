//! Filling a template with facts.

use super::template::{Line, Prose, Template, TemplatePart};
use crate::PythonVersion;
use crate::facts::{Facts, Value};
use crate::markdown::{code_block, code_span, wrap};

/// Most entries of a list that are written out; the rest is counted.
const MAX_LIST: usize = 8;

/// Writes the card's body. `target` is the oldest Python the code must run on, `rule` gives the
/// Markdown that stands for a rule. Nothing if no line of the first section is left: a card whose
/// answer is not known is no card.
pub(crate) fn render(
    template: &Template,
    facts: &Facts,
    target: PythonVersion,
    rule: &dyn Fn(&str) -> String,
) -> Option<String> {
    let mut out = String::new();
    for section in &template.sections {
        let mut body = Writer::default();
        for line in &section.lines {
            match line {
                Line::Blank => body.end_paragraph(),
                Line::Literal(text) => body.block(text),
                Line::Prose(prose) if prose.since.is_none_or(|since| target < since) => {
                    write_prose(prose, facts, rule, &mut body);
                }
                Line::Prose(_) => {}
            }
        }
        body.end_paragraph();
        if body.has_prose || (section.heading.is_some() && !body.text.is_empty()) {
            if let Some(heading) = section.heading {
                out.push_str(&format!("\n**{heading}**\n\n"));
            }
            out.push_str(body.text.trim_matches('\n'));
            out.push('\n');
        } else if section.heading.is_none() {
            return None;
        }
    }
    Some(out)
}

/// The Markdown of a section as it grows.
#[derive(Default)]
struct Writer {
    text: String,
    /// Lines that flow together, and the indentation of their wrapped lines.
    flow: String,
    indent: usize,
    has_prose: bool,
}

impl Writer {
    /// Adds to the paragraph, or starts the next item of a list.
    fn line(&mut self, line: &str, indent: usize, is_item: bool) {
        if line.trim().is_empty() {
            return;
        }
        if is_item || self.flow.is_empty() {
            self.end_flow();
            self.indent = indent;
            self.flow.push_str(line.trim_end());
        } else {
            self.flow.push(' ');
            self.flow.push_str(line.trim());
        }
        self.has_prose = true;
    }

    fn end_flow(&mut self) {
        if !self.flow.is_empty() {
            self.text.push_str(&wrap(&self.flow, self.indent));
            self.text.push('\n');
            self.flow.clear();
        }
    }

    fn end_paragraph(&mut self) {
        self.end_flow();
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn block(&mut self, block: &str) {
        self.end_paragraph();
        self.text.push_str(block);
        self.text.push_str("\n\n");
    }
}

/// Writes one line of text, or nothing when a slot of it has no value.
pub(crate) fn render_line(parts: &[TemplatePart], facts: &Facts) -> Option<String> {
    fill(parts, facts, None, &|_| String::new()).map(|line| line.trim().to_owned())
}

fn write_prose(prose: &Prose, facts: &Facts, rule: &dyn Fn(&str) -> String, out: &mut Writer) {
    let push = |line: Option<String>, out: &mut Writer| {
        if let Some(line) = line {
            out.line(&line, prose.indent, prose.is_item);
        }
    };
    match (&prose.list, prose.parts.as_slice()) {
        (Some(list), parts) => {
            if let Some(Value::Records(records)) = facts.get(list) {
                for record in records.iter().take(MAX_LIST) {
                    push(fill(parts, facts, Some(record), rule), out);
                }
            }
        }
        (None, [TemplatePart::Slot(name)]) => match facts.get(name) {
            Some(Value::Block(text)) => {
                out.block(&code_block(text));
                out.has_prose = true;
            }
            _ => push(fill(&prose.parts, facts, None, rule), out),
        },
        (None, parts) => push(fill(parts, facts, None, rule), out),
    }
}

fn fill(
    parts: &[TemplatePart],
    facts: &Facts,
    record: Option<&Facts>,
    rule: &dyn Fn(&str) -> String,
) -> Option<String> {
    let mut out = String::new();
    let mut after_flag = false;
    for part in parts {
        let value = match part {
            TemplatePart::Text(text) => {
                // A flag leaves no trace, not even the space after it.
                let drop_space = after_flag && (out.is_empty() || out.ends_with(' '));
                out.push_str(if drop_space { text.trim_start() } else { text });
                after_flag = false;
                continue;
            }
            TemplatePart::Rule(id, _) => {
                out.push_str(&rule(id));
                continue;
            }
            TemplatePart::Slot(name) => facts.get(name)?,
            TemplatePart::Field(name) => record?.get(name)?,
        };
        after_flag = matches!(value, Value::Flag);
        write_value(value, &mut out)?;
    }
    Some(out)
}

fn write_value(value: &Value, out: &mut String) -> Option<()> {
    match value {
        Value::Code(text) => out.push_str(&code_span(text)),
        Value::Codes(list) => join(list, |text| code_span(text), out),
        Value::Number(number) => out.push_str(&number.to_string()),
        Value::Line(line) => {
            out.push_str(&format!("line {}", line.number + 1));
            if let Some(file) = &line.file {
                out.push_str(&format!(" of {}", code_span(file)));
            }
        }
        Value::Lines(lines) => write_lines(lines, out),
        Value::LinesOf(lines, file) => {
            write_lines(lines, out);
            out.push_str(&format!(" of {}", code_span(file)));
        }
        Value::Words(word) => out.push_str(word),
        Value::Text(text) => out.push_str(text),
        Value::Flag => {}
        Value::Block(_) | Value::Records(_) => return None,
    }
    Some(())
}

fn write_lines(lines: &[usize], out: &mut String) {
    out.push_str(if lines.len() == 1 { "line " } else { "lines " });
    join(lines, |line| (line + 1).to_string(), out);
}

fn join<T>(list: &[T], show: impl Fn(&T) -> String, out: &mut String) {
    for (i, item) in list.iter().take(MAX_LIST).enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        out.push_str(&show(item));
    }
    if list.len() > MAX_LIST {
        out.push_str(&format!(" + {}", list.len() - MAX_LIST));
    }
}

#[cfg(test)]
mod tests;
