//! The lists of the author's guide, made from what there is.

use std::fs;

use super::testing::content_folder;
use crate::facts::tables::TABLES;
use crate::facts::{Slot, SlotKind, providers as all_providers};
use crate::predicates::PREDICATES;
use crate::quiz::Kind;
use crate::quiz::from_code::{Shown, generators as all_generators};

fn providers() -> String {
    let mut out = String::new();
    for provider in all_providers() {
        out.push_str(&format!("\n### {}\n\n{}.\n\n", provider.name, sentence(provider.doc)));
        out.push_str("| slot | type | what it says |\n|---|---|---|\n");
        slots(provider.slots, "", &mut out);
    }
    out
}

fn kind(slot: &Slot) -> String {
    match slot.kind {
        SlotKind::Code => "code".to_owned(),
        SlotKind::Codes => "codes".to_owned(),
        SlotKind::Number => "number".to_owned(),
        SlotKind::Line => "line".to_owned(),
        SlotKind::Lines => "lines".to_owned(),
        SlotKind::Block => "block".to_owned(),
        SlotKind::Words(words) => format!("words: {}", words.join(", ")),
        SlotKind::Text => "text".to_owned(),
        SlotKind::Flag => "flag".to_owned(),
        SlotKind::Records(_) => "list".to_owned(),
    }
}

fn slots(list: &[Slot], prefix: &str, out: &mut String) {
    for slot in list {
        let kind = kind(slot);
        out.push_str(&format!("| `{{{prefix}{}}}` | {kind} | {} |\n", slot.name, slot.doc));
        if let SlotKind::Records(fields) = slot.kind {
            slots(fields, &format!("{prefix}{}.", slot.name), out);
        }
    }
}

fn tables() -> String {
    let mut out = String::new();
    for table in TABLES {
        out.push_str(&format!("\n### {}\n\n{}.\n\n", table.name, sentence(table.doc)));
        out.push_str("| column | type | what it says |\n|---|---|---|\n");
        for column in table.columns {
            out.push_str(&format!("| `{}` | {} | {} |\n", column.name, kind(column), column.doc));
        }
    }
    out
}

fn generators() -> String {
    let mut out = String::new();
    let (bugs, others): (Vec<_>, Vec<_>) = all_generators().partition(|it| it.kind == Kind::Bug);
    // Those with a copy are all alike.
    for generator in others.iter().chain(bugs.first()) {
        let names = if generator.kind == Kind::Bug { "bug-…" } else { generator.name };
        out.push_str(&format!("\n### {names}\n\n{}.\n\n", sentence(generator.doc)));
        if generator.kind == Kind::Bug {
            let names = bugs.iter().map(|it| format!("`{}`", it.name));
            out.push_str(&format!("{}\n\n", names.collect::<Vec<_>>().join(",\n")));
        }
        out.push_str("| slot | type | what it says |\n|---|---|---|\n");
        slots(generator.asked, "", &mut out);
        let told = generator.told.iter();
        let later: Vec<Slot> = told
            .filter(|slot| generator.asked.iter().all(|asked| asked.name != slot.name))
            .copied()
            .collect();
        if !later.is_empty() {
            out.push_str("\nIn reasons also:\n\n| slot | type | what it says |\n|---|---|---|\n");
            slots(&later, "", &mut out);
        }
        out.push('\n');
        for role in generator.roles {
            let label = if role.shown == Shown::Words { ", needs a label" } else { "" };
            out.push_str(&format!("- option `{}`: {}{label}\n", role.name, role.doc));
        }
        for case in generator.cases {
            let wrong: Vec<_> = case.wrong.iter().map(|role| format!("`{role}`")).collect();
            out.push_str(&format!(
                "- case `{}`: {}; right is `{}`, wrong {}\n",
                case.name,
                case.doc,
                case.right,
                wrong.join(", ")
            ));
        }
    }
    out
}

fn predicates() -> String {
    let mut out = "\n".to_owned();
    for predicate in PREDICATES {
        out.push_str(&format!("- `{}`: {}.\n", predicate.usage(), predicate.doc));
    }
    out
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().collect::<String>() + chars.as_str())
        .unwrap_or_default()
}

/// Puts `list` between the markers of that name.
fn put(readme: &str, name: &str, list: &str) -> String {
    let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- end of {name} -->\n"));
    let from = readme.find(&start).expect("start marker") + start.len();
    let to = readme.find(&end).expect("end marker");
    format!("{}{list}\n{}", &readme[..from], &readme[to..])
}

#[test]
fn the_lists_of_the_authors_guide_are_up_to_date() {
    let path = content_folder().join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let wanted = put(&readme, "providers", &providers());
    let wanted = put(&put(&wanted, "generators", &generators()), "predicates", &predicates());
    let wanted = put(&wanted, "tables", &tables());
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, wanted).unwrap();
    } else {
        assert!(readme == wanted, "run with UPDATE_EXPECT=1 to write the lists into {path:?}");
    }
}
