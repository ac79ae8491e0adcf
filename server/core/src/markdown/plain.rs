//! Markdown as plain text, for clients that show no Markdown.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The words of `markdown` without its marks: code blocks indented by four spaces, list items after
/// a dash, links followed by their address in parentheses.
pub fn plain_text(markdown: &str) -> String {
    let mut out = Writer::default();
    let mut links: Vec<String> = Vec::new();
    for event in Parser::new_ext(markdown, Options::empty()) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => {
                out.block();
                out.indent += 4;
            }
            Event::End(TagEnd::CodeBlock) => out.indent -= 4,
            Event::Start(Tag::Item) => {
                out.line();
                out.text("- ");
                out.indent += 2;
            }
            Event::End(TagEnd::Item) => out.indent -= 2,
            Event::Start(Tag::Paragraph | Tag::Heading { .. }) => out.paragraph(),
            Event::Start(Tag::List(_) | Tag::BlockQuote(_)) => out.block(),
            Event::Start(Tag::Link { dest_url, .. }) => links.push(dest_url.into_string()),
            Event::End(TagEnd::Link) => {
                if let Some(url) = links.pop() {
                    out.text(&format!(" ({url})"));
                }
            }
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::List(_)) => out.gap = true,
            Event::Text(text) | Event::Code(text) => out.text(&text),
            Event::SoftBreak | Event::HardBreak => out.text("\n"),
            Event::Rule => out.block(),
            _ => {}
        }
    }
    out.text.trim_end().to_owned()
}

#[derive(Default)]
struct Writer {
    text: String,
    indent: usize,
    /// A block ended: the next one starts after an empty line.
    gap: bool,
}

impl Writer {
    fn text(&mut self, text: &str) {
        for (i, line) in text.split('\n').enumerate() {
            if i > 0 {
                self.text.push('\n');
            }
            if !line.is_empty() {
                if self.text.is_empty() || self.text.ends_with('\n') {
                    self.text.extend(std::iter::repeat_n(' ', self.indent));
                }
                self.text.push_str(line);
            }
        }
    }

    fn line(&mut self) {
        self.gap = false;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Starts a block after an empty line.
    fn block(&mut self) {
        self.line();
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// Starts a paragraph; the first one of a list item stays on the item's line.
    fn paragraph(&mut self) {
        if self.gap || !self.text.trim_end_matches(' ').ends_with('-') {
            self.block();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_mark_is_left() {
        let markdown = "`f = d(f)` runs **once**.\nThen \\*not\\* again.\n\n## Watch for\n\n- one `a`\n  more\n- two\n\n\
                        ```python\nx = 1\n  y\n```\n\n[PEP 318](https://peps.python.org/pep-0318/)\n";
        assert_eq!(
            plain_text(markdown),
            "f = d(f) runs once.\nThen *not* again.\n\nWatch for\n\n- one a\n  more\n- two\n\n    x = 1\n      y\n\n\
             PEP 318 (https://peps.python.org/pep-0318/)"
        );
    }

    #[test]
    fn loose_lists_keep_their_dashes() {
        assert_eq!(plain_text("- a\n\n- b\n"), "- a\n- b");
    }

    #[test]
    fn hostile_nesting_is_flat_work() {
        assert!(plain_text(&format!("{}x", "> ".repeat(20_000))).ends_with('x'));
        assert!(plain_text(&format!("{}x", "- ".repeat(2_000))).ends_with('x'));
    }
}
