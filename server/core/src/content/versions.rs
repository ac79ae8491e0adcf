//! `versions.toml`: how a card ends that would say something else to a reader of another Python.

use std::collections::BTreeMap;

use toml::Spanned;

use super::id::suggest;
use super::message::Message;
use super::source::{Fault, Part};
use crate::PythonVersion;
use crate::analysis::TargetSource;
use crate::facts::{Facts, Slot, SlotKind};

/// The file, below the pack's root.
pub(crate) const PATH: &str = "versions.toml";

/// The name of the words where nothing says which Python the code must run on.
const GUESS: &str = "guess";

/// What the words may name.
static SLOTS: &[Slot] = &[Slot::new("version", SlotKind::Code, "the oldest Python")];

/// For which Python a card is, by what says so.
#[derive(Debug, Default)]
pub(crate) struct Versions(Vec<(Option<TargetSource>, Message)>);

impl Versions {
    /// The words, if the pack has some.
    pub fn words(&self, target: PythonVersion, source: Option<TargetSource>) -> Option<String> {
        let (_, message) = self.0.iter().find(|(about, _)| *about == source)?;
        let mut facts = Facts::of(SLOTS);
        facts.code("version", target.to_string());
        message.render(&facts)
    }
}

/// Reads the file; a pack need not have one.
pub(crate) fn read(text: &str, faults: &mut Vec<Fault>) -> Versions {
    let part = Part { text, line: 1 };
    let mut versions = Versions::default();
    let raw: BTreeMap<Spanned<String>, Spanned<String>> = match part.toml() {
        Ok(raw) => raw,
        Err(fault) => {
            faults.push(fault);
            return versions;
        }
    };
    for (name, words) in raw {
        let source = TargetSource::ALL.iter().copied().find(|it| it.name() == name.get_ref());
        if source.is_none() && name.get_ref() != GUESS {
            let names = TargetSource::ALL.iter().map(|source| source.name()).chain([GUESS]);
            let known = suggest(name.get_ref(), names);
            let message =
                format!("nothing that names a Python is called `{}`{known}", name.get_ref());
            faults.push(part.fault(name.span().start, message));
            continue;
        }
        match Message::read(words.get_ref(), SLOTS) {
            Ok(message) => versions.0.push((source, message)),
            Err(fault) => faults.push(part.fault(words.span().start, fault)),
        }
    }
    versions
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(text: &str) -> (Versions, Vec<String>) {
        let mut faults = Vec::new();
        let versions = read(text, &mut faults);
        (versions, faults.into_iter().map(|fault| fault.message).collect())
    }

    #[test]
    fn each_source_has_words_of_its_own() {
        let (versions, faults) = read_all("ruff = 'ruff: {version}'\nguess = '{version} or so'\n");
        assert_eq!(faults, [""; 0]);
        let words = |source| versions.words(PythonVersion::py3(12), source);
        assert_eq!(words(Some(TargetSource::Ruff)).as_deref(), Some("ruff: `3.12`"));
        assert_eq!(words(None).as_deref(), Some("`3.12` or so"));
        assert_eq!(words(Some(TargetSource::Reader)), None, "the pack has none");
    }

    #[test]
    fn what_is_wrong_is_said() {
        let faults = |text| read_all(text).1.join("; ");
        assert!(faults("rufff = 'x'").contains("called `rufff`; did you mean `ruff`"));
        assert!(faults("ruff = '{other}'").contains("other"));
        assert!(!faults("ruff = 1").is_empty());
    }

    #[test]
    fn the_builtin_pack_has_words_for_every_source() {
        let versions = &crate::content::testing::builtin().packs()[0].versions;
        for source in TargetSource::ALL.iter().copied().map(Some).chain([None]) {
            let words = versions.words(PythonVersion::OLDEST, source);
            assert!(words.is_some_and(|words| words.contains("`3.9`")), "{source:?}");
        }
    }

    #[test]
    fn the_guide_names_every_source() {
        let guide = crate::content::testing::content_folder().join("README.md");
        let guide = std::fs::read_to_string(guide).unwrap();
        let section =
            guide.split("## versions.toml").nth(1).unwrap().split("\n## ").next().unwrap();
        for name in TargetSource::ALL.iter().map(|it| it.name()).chain([GUESS]) {
            assert!(section.contains(&format!("`{name}`")), "{name}");
        }
    }
}
