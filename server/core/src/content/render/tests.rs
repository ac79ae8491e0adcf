use expect_test::{Expect, expect};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser};

use super::*;
use crate::content::source::Part;
use crate::content::template::parse_card;
use crate::facts::{Slot, SlotKind};

static FIELDS: &[Slot] =
    &[Slot::new("name", SlotKind::Code, "x"), Slot::new("line", SlotKind::Line, "x")];
static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "x"),
    Slot::new("other", SlotKind::Code, "x"),
    Slot::new("codes", SlotKind::Codes, "x"),
    Slot::new("count", SlotKind::Number, "x"),
    Slot::new("line", SlotKind::Line, "x"),
    Slot::new("lines", SlotKind::Lines, "x"),
    Slot::new("body", SlotKind::Block, "x"),
    Slot::new("kind", SlotKind::Words(&["sync", "async"]), "x"),
    Slot::new("flag", SlotKind::Flag, "x"),
    Slot::new("list", SlotKind::Records(FIELDS), "x"),
];

fn written(template: &str, facts: &Facts, minor: u8) -> Option<String> {
    let (template, faults) = parse_card(Part { text: template, line: 1 }, SLOTS);
    assert_eq!(faults, []);
    render(&template, facts, PythonVersion::py3(minor), &|id| format!("Rule (`{id}`)"))
}

#[track_caller]
fn check(template: &str, facts: &Facts, expect: Expect) {
    expect.assert_eq(&written(template, facts, 9).unwrap_or_else(|| "no card".to_owned()));
}

fn facts() -> Facts {
    let mut facts = Facts::of(SLOTS);
    facts.code("name", "f").number("count", 2).line("line", 4).word("kind", "async");
    facts.codes("codes", ["a", "b"]).set("lines", Value::Lines(vec![2, 6]));
    facts
}

#[test]
fn slots_are_filled_by_type() {
    check(
        "{name} is {kind}, {count} times, on {line}, {lines}: {codes}. {{x}} [[bad]]\n",
        &facts(),
        expect![[r#"
            `f` is async, 2 times, on line 5, lines 3, 7: `a`, `b`. {x} Rule (`bad`)
        "#]],
    );
}

#[test]
fn a_line_without_its_value_goes_with_what_continues_it() {
    let template = "{name} stands.\n{other} goes,\n  all of it.\nThis stays.\n";
    check(
        template,
        &facts(),
        expect![[r#"
        `f` stands. This stays.
    "#]],
    );
}

#[test]
fn a_section_without_lines_goes_with_its_heading() {
    let template = "{name}\n\n## Here\n- {other}\n\n{body}\n\n## Watch for\n- {count}\n";
    check(
        template,
        &facts(),
        expect![[r#"
        `f`

        **Watch for**

        - 2
    "#]],
    );
}

#[test]
fn a_card_without_its_answer_is_no_card() {
    check("{other}\n\n## Here\nWords.\n", &facts(), expect![[r#"no card"#]]);
}

#[test]
fn a_flag_shows_a_line_and_leaves_no_trace() {
    let template = "{flag} Up.\n{name}.\n- {flag}So.\n- {flag} So.\n";
    check(
        template,
        &facts(),
        expect![[r#"
        `f`.
    "#]],
    );
    check(
        template,
        facts().flag("flag", true),
        expect![[r#"
        Up. `f`.
        - So.
        - So.
    "#]],
    );
}

#[test]
fn a_line_repeats_per_record() {
    let mut records = Vec::new();
    for (i, name) in ["a", "", "c"].iter().enumerate() {
        let mut record = Facts::of(FIELDS);
        record.code("name", *name).line("line", i);
        records.push(record);
    }
    let mut facts = facts();
    facts.records("list", records);
    check(
        "{name}:\n- {list.name} on {list.line}, {count}\n- end\n",
        &facts,
        expect![[r#"
        `f`:
        - `a` on line 1, 2
        - `c` on line 3, 2
        - end
    "#]],
    );
}

#[test]
fn blocks_and_fences_stand_alone() {
    let mut facts = facts();
    facts.set("body", Value::Block("x = '''\n```\n'''\n".to_owned()));
    check(
        "{name}\n{body}\nand\n\n```python\n{name}\n```\n",
        &facts,
        expect![[r#"
        `f`

        ````python
        x = '''
        ```
        '''
        ````

        and

        ```python
        {name}
        ```
    "#]],
    );
}

#[test]
fn a_version_is_told_where_an_older_python_counts() {
    let template = "{name}\n\n## Version\n- 3.12: new.\n- 3.14: {name} newer.\n";
    assert_eq!(written(template, &facts(), 14).unwrap(), "`f`\n");
    assert!(
        written(template, &facts(), 12).unwrap().ends_with("**Version**\n\n- 3.14: `f` newer.\n")
    );
    assert!(written(template, &facts(), 9).unwrap().contains("- 3.12: new.\n- 3.14:"));
}

#[test]
fn long_paragraphs_and_items_are_wrapped() {
    let words = "word ".repeat(30);
    let card = written(&format!("{{name}} {words}\n- {words}\n"), &facts(), 9).unwrap();
    assert!(card.lines().all(|line| line.chars().count() <= 80));
    assert!(card.lines().last().unwrap().starts_with("  word"));
}

#[test]
fn long_lists_are_counted() {
    let mut facts = facts();
    facts.codes("codes", (0..11).map(|n| n.to_string()));
    assert!(written("{codes}\n", &facts, 9).unwrap().ends_with("`7` + 3\n"));
}

/// The events with the text of every code span and block taken out.
fn shape(markdown: &str) -> Vec<String> {
    let events = Parser::new_ext(markdown, Options::all());
    let mut shape = Vec::new();
    let mut in_block = false;
    for event in events {
        match event {
            Event::Code(_) => shape.push("code".to_owned()),
            Event::SoftBreak => shape.push("Text( )".to_owned()),
            Event::Text(_) if in_block => {}
            Event::Text(text) => shape.push(format!("Text({text})")),
            other => {
                let name = format!("{other:?}");
                in_block = name.starts_with("Start(CodeBlock");
                shape.push(name);
            }
        }
    }
    let text = shape.join("");
    text.replace(")Text(", "").split(')').map(str::to_owned).collect()
}

proptest! {
    /// Whatever the reader's code holds, the card has the same marks.
    #[test]
    fn the_readers_text_never_becomes_markup(
        name in "[ -~`\\n\\r]{1,30}|[`\\[\\]()<>!|#*_~-]{1,12}|\\]\\(command:x\\)|</?b>|\n\n# x|\\\\`+",
        other in "`{1,4}|[ -~]{1,10}|-|\\|",
        block in "(`{3,6}|~~~|<b>|\\n|x){1,8}",
    ) {
        prop_assume!(!name.trim().is_empty() && !other.trim().is_empty() && !block.trim().is_empty());
        let template = "{name} and {other}.\n{other}\n- {name}: **{other}**\n\n{body}\n\n## Here\n- {list.name} is {name}\n- {codes}\n";
        let fill = |name: &str, other: &str, block: &str| {
            let mut record = Facts::of(FIELDS);
            record.code("name", name);
            let mut facts = Facts::of(SLOTS);
            facts.code("name", name).code("other", other).codes("codes", [name, other]);
            facts.set("body", Value::Block(block.to_owned())).records("list", vec![record]);
            written(template, &facts, 9).unwrap()
        };
        let hostile = fill(&name, &other, &block);
        prop_assert_eq!(shape(&hostile), shape(&fill("x", "y", "z")), "{}", hostile);
        prop_assert!(crate::markdown::plain_text(&hostile).contains("and"));
    }
}
