//! Headings, lines, tables and figures, written as Markdown or as plain text in columns.

use pygloss_core::markdown::wrap;

/// A text that is made once and written in two ways.
#[derive(Debug, Default)]
pub struct Document {
    blocks: Vec<Block>,
}

#[derive(Debug)]
enum Block {
    /// How deep, from 1, and the words.
    Heading(usize, String),
    Paragraph(String),
    /// Rows of cells, the first of which are names; the first row names the columns. The name of the column
    /// of bars.
    Table(Vec<Vec<String>>, Option<&'static str>),
    /// Lines that are shown as they are.
    Figure(String),
}

impl Document {
    /// Adds a heading, `level` from 1. Headings and cells are plain text without markup.
    pub fn heading(&mut self, level: usize, text: impl Into<String>) {
        self.blocks.push(Block::Heading(level, text.into()));
    }

    /// Adds a paragraph of plain text, which may have several lines.
    pub fn paragraph(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Paragraph(text.into()));
    }

    /// Adds a table; its first row names the columns, and all columns but the first are flush right. What
    /// stands in the column called `bars` needs letters that are equally wide.
    pub fn table(&mut self, rows: Vec<Vec<String>>, bars: Option<&'static str>) {
        self.blocks.push(Block::Table(rows, bars));
    }

    /// Adds lines that are shown as they are.
    pub fn figure(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Figure(text.into()));
    }

    /// The document as Markdown with tables (GitHub Flavored Markdown, 4.10).
    pub fn markdown(&self) -> String {
        let block = |block: &Block| match block {
            Block::Heading(level, text) => format!("{} {}\n", "#".repeat(*level), text),
            // Two spaces at the end of a line break it.
            Block::Paragraph(text) => format!("{}\n", text.replace('\n', "  \n")),
            Block::Table(rows, bars) => markdown_table(rows, *bars),
            Block::Figure(text) => format!("```text\n{}\n```\n", text.trim_end()),
        };
        self.blocks.iter().map(block).collect::<Vec<_>>().join("\n")
    }

    /// The document as plain text, with tables in columns and prose of at most 80.
    pub fn text(&self) -> String {
        let block = |block: &Block| match block {
            Block::Heading(1, text) => format!("{text}\n{}\n", "=".repeat(text.chars().count())),
            Block::Heading(_, text) => format!("{text}\n{}\n", "-".repeat(text.chars().count())),
            Block::Paragraph(text) => text.lines().map(|line| wrap(line, 0) + "\n").collect(),
            Block::Table(rows, _) => text_table(rows),
            Block::Figure(text) => format!("{}\n", text.trim_end()),
        };
        self.blocks.iter().map(block).collect::<Vec<_>>().join("\n")
    }
}

fn markdown_table(rows: &[Vec<String>], bars: Option<&str>) -> String {
    let names = rows.first();
    let bars = bars.zip(names).and_then(|(bars, names)| names.iter().position(|it| it == bars));
    let mut out = String::new();
    for (number, row) in rows.iter().enumerate() {
        let cells = row.iter().enumerate().map(|(column, cell)| {
            let cell = cell.replace('|', "\\|");
            if number > 0 && bars == Some(column) { format!("`{cell}`") } else { cell }
        });
        out.push_str(&format!("| {} |\n", cells.collect::<Vec<_>>().join(" | ")));
        if number == 0 {
            let right = "---:|".repeat(row.len().saturating_sub(1));
            out.push_str(&format!("|:---|{right}\n"));
        }
    }
    out
}

fn text_table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let cells = |column: usize| rows.iter().filter_map(move |row| row.get(column));
    let width = |column| cells(column).map(|cell| cell.chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            line.push_str(&match column {
                0 => format!("{cell:<width$}"),
                _ => format!("  {cell:>width$}"),
            });
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Document {
        let mut document = Document::default();
        document.heading(1, "Progress");
        document.paragraph("Two lines.\nOne more.");
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let rows = vec![row(["Topic", "asked", "now"]), row(["a|b", "1 of 10", "█░"])];
        document.table(rows, Some("now"));
        document.figure("Mon  ..#\n");
        document
    }

    #[test]
    fn as_markdown() {
        assert_eq!(
            document().markdown(),
            "# Progress\n\nTwo lines.  \nOne more.\n\n\
             | Topic | asked | now |\n|:---|---:|---:|\n| a\\|b | 1 of 10 | `█░` |\n\n\
             ```text\nMon  ..#\n```\n"
        );
    }

    #[test]
    fn as_text_in_columns() {
        assert_eq!(
            document().text(),
            "Progress\n========\n\nTwo lines.\nOne more.\n\n\
             Topic    asked  now\na|b    1 of 10   █░\n\nMon  ..#\n"
        );
    }
}
