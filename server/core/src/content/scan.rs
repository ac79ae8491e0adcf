//! What the Markdown of a pack may hold, read from the parser's events: no raw HTML, no images, no
//! link but `https`. Also where code and links stand, for the template reader.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::source::{Fault, Part};

/// Most faults that are told about one text.
const MAX_FAULTS: usize = 100;

/// A heading.
pub(crate) struct Heading {
    pub range: Range<usize>,
    pub text: String,
}

/// A fenced code block.
pub(crate) struct Fence {
    /// From the opening fence to the end of the closing one.
    pub range: Range<usize>,
    /// The words after the opening back-ticks.
    pub info: String,
    pub code: String,
}

/// What stands where, as byte ranges of the scanned part.
#[derive(Default)]
pub(crate) struct Scan {
    pub headings: Vec<Heading>,
    pub fences: Vec<Fence>,
    pub code_spans: Vec<Range<usize>>,
    pub links: Vec<Range<usize>>,
    pub faults: Vec<Fault>,
}

/// The range of `ranges`, which are in order and apart, that holds `at`.
pub(crate) fn holding(ranges: &[Range<usize>], at: usize) -> Option<&Range<usize>> {
    let next = ranges.partition_point(|range| range.start <= at);
    ranges[..next].last().filter(|range| range.contains(&at))
}

/// Reads `part` and collects everything that a pack may not hold.
pub(crate) fn scan(part: Part<'_>) -> Scan {
    let mut scan = Scan::default();
    let mut heading: Option<String> = None;
    let mut fence: Option<(String, String)> = None;
    // Clients read tables, where a `|` even inside code ends a cell.
    let parser = Parser::new_ext(part.text, Options::ENABLE_TABLES);
    for (_, definition) in parser.reference_definitions().iter() {
        let message = "a link definition: write the link where it stands, `[title](https://…)`";
        scan.faults.push(part.fault(definition.span.start, message));
    }
    for (event, range) in parser.into_offset_iter() {
        match event {
            Event::Start(Tag::Table(_)) => {
                scan.faults.push(part.fault(range.start, "a table: write a list"));
            }
            Event::Html(_) | Event::InlineHtml(_) => {
                let message =
                    "raw HTML: a pack holds Markdown only; write `<` in code as `` `<` ``";
                let line = part.fault(range.start, message);
                if scan.faults.last() != Some(&line) {
                    scan.faults.push(line);
                }
            }
            Event::Start(Tag::Image { .. }) => {
                scan.faults.push(part.fault(range.start, "an image: a pack holds text only"));
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                if let Err(message) = check_url(&dest_url) {
                    scan.faults.push(part.fault(range.start, message));
                }
                scan.links.push(range);
            }
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                let text = heading.take().unwrap_or_default();
                scan.headings.push(Heading { range, text });
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                let message = "an indented code block: write a fence of back-ticks";
                scan.faults.push(part.fault(range.start, message));
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                fence = Some((info.to_string(), String::new()));
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some((info, code)) = fence.take() {
                    scan.fences.push(Fence { range, info, code });
                }
            }
            Event::Text(text) => {
                if let Some((_, code)) = &mut fence {
                    code.push_str(&text);
                } else if text.contains("://") {
                    let message = "a bare address: write it as `[title](https://…)`";
                    scan.faults.push(part.fault(range.start, message));
                }
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
                scan.code_spans.push(range);
            }
            _ => {}
        }
    }
    scan.faults.truncate(MAX_FAULTS);
    scan
}

/// Checks a link's target: `https`, and no character that would need quoting in Markdown.
pub(crate) fn check_url(url: &str) -> Result<(), String> {
    let rest = url
        .strip_prefix("https://")
        .ok_or_else(|| format!("the link `{url}`: only `https://` links are allowed"))?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let plain_host =
        !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:".contains(&b));
    let plain_rest = rest.bytes().all(|b| b.is_ascii_graphic() && !b"<>\"`\\()[]{}|^".contains(&b));
    if plain_host && plain_rest {
        Ok(())
    } else {
        Err(format!("the link `{url}`: percent-encode everything that is not plain in a URL"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<String> {
        let scan = scan(Part { text, line: 1 });
        scan.faults.into_iter().map(|f| format!("{}: {}", f.line, f.message)).collect()
    }

    #[test]
    fn plain_markdown_passes() {
        assert_eq!(
            faults(
                "A `<b>` and [PEP 318](https://peps.python.org/pep-0318/).\n\n```py\na < b > c\n```\n"
            ),
            [""; 0]
        );
    }

    #[test]
    fn everything_that_could_act_is_refused_by_line() {
        for (text, line, word) in [
            ("a\n\n<script>alert(1)</script>\n", 3, "raw HTML"),
            ("a <b>bold</b>\n", 1, "raw HTML"),
            ("<!-- note -->\n", 1, "raw HTML"),
            ("a\n[x](command:workbench.action.quit)\n", 2, "only `https://`"),
            ("[x](http://example.org)\n", 1, "only `https://`"),
            ("[x](javascript:alert(1))\n", 1, "only `https://`"),
            ("[x](HTTPS://example.org)\n", 1, "only `https://`"),
            ("[x][1]\n\n[1]: file:///etc/passwd\n", 1, "only `https://`"),
            ("<mailto:a@example.org>\n", 1, "only `https://`"),
            ("<a@example.org>\n", 1, "only `https://`"),
            ("![x](https://example.org/x.png)\n", 1, "an image"),
            ("see http://example.org\n", 1, "a bare address"),
            ("[x](https://user:pw@example.org/)\n", 1, "percent-encode"),
            ("a\n\n    code\n", 3, "an indented code block"),
            ("a\n\n|a|b|\n|-|-|\n|c|d|\n", 3, "a table"),
            ("a\n\n[x]: https://example.org\n", 3, "a link definition"),
        ] {
            let found = faults(text);
            assert!(
                found.iter().any(|f| f.starts_with(&format!("{line}: ")) && f.contains(word)),
                "{text:?} gave {found:?}"
            );
        }
    }
}
