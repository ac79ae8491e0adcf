//! Which rules are looked for, and how much what they find weighs.
//!
//! A selector is `all`, a topic, or a rule (see [`Library::rule`]), or another linter's name for one or
//! several rules. The more exact one counts: a rule before its topic, a topic before `all`.
//!
//! A rule yields to a linter that reports the same: it is on, and its fixes are offered, but its findings
//! are not shown a second time. One that is selected by name does not yield.

mod peer;

use std::fmt;

use crate::analysis::Severity;
use crate::content::{Concept, Library};

pub use peer::{Peer, Told};

/// The selector that means every rule.
pub const ALL: &str = "all";

/// What one place says about rules, such as a configuration file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layer {
    /// If anything, only these are on; what layers below say no longer counts.
    pub select: Option<Vec<String>>,
    /// These are on as well, in a layer without `select` on top of what is on below it.
    pub extend: Vec<String>,
    /// These are off. Where both are equally exact, this counts, not `select`.
    pub ignore: Vec<String>,
    /// How much findings weigh; nothing stands for off.
    pub severity: Vec<(String, Option<Severity>)>,
}

/// What all places say. Nothing said means: every rule, as its page weighs it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// The later one overrides the earlier ones.
    pub layers: Vec<Layer>,
    /// Off for this file, whatever the layers say.
    pub ignored_here: Vec<String>,
    /// The linter that rules yield to.
    pub peer: Option<Peer>,
}

/// How a rule is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Not at all.
    Off,
    /// As its page says.
    On,
    /// Its findings weigh this much.
    Weighs(Severity),
}

/// How exactly a selector speaks of a rule that it names.
const NAMED: u8 = 2;

/// What a selector speaks of.
enum Meaning<'a> {
    All,
    Topic(&'a Concept),
    /// Not empty.
    Rules(Vec<&'a str>),
}

impl<'a> Meaning<'a> {
    /// Nothing for a selector that means nothing.
    fn of(library: &'a Library, selector: &str) -> Option<Self> {
        if selector == ALL {
            return Some(Self::All);
        }
        let rules: Vec<&str> =
            library.rules_called(selector).into_iter().map(|rule| &*rule.id).collect();
        if !rules.is_empty() {
            return Some(Self::Rules(rules));
        }
        let mut topics = library.concepts();
        let topic = topics.find(|(pack, concept)| {
            let pack_of = selector.strip_suffix(&concept.id).and_then(|it| it.strip_suffix('/'));
            concept.id == selector || pack_of == Some(&pack.manifest.id)
        });
        topic.map(|(_, concept)| Self::Topic(concept))
    }

    /// How exactly it speaks of the rule `id`; nothing if it does not.
    fn exactness(&self, id: &str) -> Option<u8> {
        match self {
            Self::All => Some(0),
            Self::Topic(concept) => concept.rules.iter().any(|rule| rule.id == id).then_some(1),
            Self::Rules(rules) => rules.contains(&id).then_some(NAMED),
        }
    }
}

impl Selection {
    /// With these selectors off, and nothing else said.
    pub fn ignoring(selectors: &[&str]) -> Self {
        let ignored_here = selectors.iter().map(|&selector| selector.to_owned()).collect();
        Self { ignored_here, ..Self::default() }
    }

    /// It, with its selectors looked up.
    pub fn resolve<'a>(&self, library: &'a Library) -> Resolved<'a> {
        let meanings = |selectors: &[String]| -> Vec<Meaning<'a>> {
            selectors.iter().filter_map(|selector| Meaning::of(library, selector)).collect()
        };
        let layers = self.layers.iter().map(|layer| ResolvedLayer {
            select: layer.select.as_deref().map(meanings),
            extend: meanings(&layer.extend),
            ignore: meanings(&layer.ignore),
            severity: layer
                .severity
                .iter()
                .filter_map(|(selector, severity)| {
                    Some((Meaning::of(library, selector)?, *severity))
                })
                .collect(),
        });
        let mut resolved = Resolved {
            layers: layers.collect(),
            ignored_here: meanings(&self.ignored_here),
            yielding: Vec::new(),
        };
        if let Some(peer) = &self.peer {
            let covered = library.rules().filter(|rule| {
                let all = &rule.covered_by;
                !all.is_empty() && all.iter().all(|alias| peer.reports(alias))
            });
            let yielding = covered.map(|rule| &*rule.id).filter(|id| !resolved.is_named(id));
            resolved.yielding = yielding.collect();
        }
        resolved
    }
}

/// A [`Selection`] whose selectors are looked up.
pub struct Resolved<'a> {
    layers: Vec<ResolvedLayer<'a>>,
    ignored_here: Vec<Meaning<'a>>,
    yielding: Vec<&'a str>,
}

struct ResolvedLayer<'a> {
    select: Option<Vec<Meaning<'a>>>,
    extend: Vec<Meaning<'a>>,
    ignore: Vec<Meaning<'a>>,
    severity: Vec<(Meaning<'a>, Option<Severity>)>,
}

impl Resolved<'_> {
    /// What is said about the rule `id`.
    pub fn of(&self, id: &str) -> Verdict {
        let exact = |meanings: &[Meaning<'_>]| {
            meanings.iter().filter_map(|meaning| meaning.exactness(id)).max()
        };
        let mut is_on = true;
        let mut verdict = Verdict::On;
        for layer in &self.layers {
            let on = layer.select.as_deref().and_then(exact).max(exact(&layer.extend));
            let off = exact(&layer.ignore);
            is_on = match (on, off) {
                (Some(on), off) => off.is_none_or(|off| on > off),
                (None, off) => layer.select.is_none() && off.is_none() && is_on,
            };
            let said = layer
                .severity
                .iter()
                .filter_map(|(meaning, severity)| Some((meaning.exactness(id)?, severity)));
            if let Some((_, said)) = said.max_by_key(|(exact, _)| *exact) {
                verdict = said.map_or(Verdict::Off, Verdict::Weighs);
            }
        }
        let is_on = is_on && exact(&self.ignored_here).is_none();
        if is_on { verdict } else { Verdict::Off }
    }

    /// Whether findings of the rule `id` are left to another linter.
    pub fn yields(&self, id: &str) -> bool {
        self.yielding.contains(&id)
    }

    /// Whether the rule `id` is selected by its name.
    fn is_named(&self, id: &str) -> bool {
        let named = |all: &[Meaning<'_>]| all.iter().any(|it| it.exactness(id) == Some(NAMED));
        let select = |layer: &ResolvedLayer<'_>| layer.select.as_deref().is_some_and(named);
        self.layers.iter().any(|layer| select(layer) || named(&layer.extend))
    }
}

impl fmt::Debug for Resolved<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Resolved").field("layers", &self.layers.len()).finish_non_exhaustive()
    }
}

impl Library {
    /// Whether `selector` means anything: `all`, a topic, or rules.
    pub fn knows_selector(&self, selector: &str) -> bool {
        Meaning::of(self, selector).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::testing::builtin;

    fn layer(select: Option<&[&str]>, ignore: &[&str]) -> Layer {
        let owned = |all: &[&str]| all.iter().map(|&one| one.to_owned()).collect();
        Layer { select: select.map(owned), ignore: owned(ignore), ..Layer::default() }
    }

    fn weighing(severity: &[(&str, Option<Severity>)]) -> Layer {
        let severity = severity.iter().map(|(name, weight)| ((*name).to_owned(), *weight));
        Layer { severity: severity.collect(), ..Layer::default() }
    }

    /// The verdicts about a rule of the topic *decorators* and one of another topic.
    fn verdicts(layers: &[Layer]) -> (Verdict, Verdict) {
        let selection = Selection { layers: layers.to_vec(), ..Selection::default() };
        let resolved = selection.resolve(builtin());
        (resolved.of("loop-closure"), resolved.of("list-as-queue"))
    }

    use Verdict::{Off, On, Weighs};

    #[test]
    fn without_a_word_everything_is_on() {
        assert_eq!(verdicts(&[]), (On, On));
        assert_eq!(verdicts(&[Layer::default()]), (On, On));
    }

    #[test]
    fn the_more_exact_selector_counts() {
        assert_eq!(verdicts(&[layer(None, &["decorators"])]), (Off, On));
        assert_eq!(verdicts(&[layer(None, &["ruff:B023"])]), (Off, On), "another linter's name");
        assert_eq!(verdicts(&[layer(Some(&["decorators"]), &[])]), (On, Off));
        assert_eq!(verdicts(&[layer(Some(&["decorators"]), &["loop-closure"])]), (Off, Off));
        assert_eq!(verdicts(&[layer(Some(&["loop-closure"]), &["decorators"])]), (On, Off));
        assert_eq!(verdicts(&[layer(Some(&["all"]), &["decorators"])]), (Off, On));
        assert_eq!(verdicts(&[layer(Some(&["decorators"]), &["all"])]), (On, Off));
        assert_eq!(verdicts(&[layer(Some(&["all"]), &["all"])]), (Off, Off));
        assert_eq!(verdicts(&[layer(Some(&[]), &[])]), (Off, Off));
        assert_eq!(verdicts(&[layer(None, &["no-such-rule"])]), (On, On));
        let full = "python-interview-5/decorators";
        assert_eq!(verdicts(&[layer(None, &[full])]), (Off, On));
    }

    #[test]
    fn a_later_layer_takes_away_and_a_later_select_starts_anew() {
        let file = layer(None, &["loop-closure"]);
        assert_eq!(verdicts(&[file.clone(), layer(None, &["list-as-queue"])]), (Off, Off));
        assert_eq!(verdicts(&[file.clone(), layer(None, &[])]), (Off, On));
        assert_eq!(verdicts(&[file, layer(Some(&["all"]), &[])]), (On, On));
    }

    #[test]
    fn what_is_selected_besides_comes_on_top() {
        let extend = |extend: &[&str], ignore: &[&str]| Layer {
            extend: extend.iter().map(|&one| one.to_owned()).collect(),
            ..layer(None, ignore)
        };
        assert_eq!(verdicts(&[extend(&["loop-closure"], &["decorators"])]), (On, On));
        assert_eq!(verdicts(&[extend(&["decorators"], &["loop-closure"])]), (Off, On));
        assert_eq!(verdicts(&[extend(&["decorators"], &["decorators"])]), (Off, On));
        let file = layer(Some(&["collections"]), &["loop-closure"]);
        assert_eq!(verdicts(&[file.clone(), extend(&["decorators"], &[])]), (On, On));
        let both = Layer { select: file.select.clone(), ..extend(&["decorators"], &[]) };
        assert_eq!(verdicts(&[both]), (On, On));
    }

    #[test]
    fn another_linters_name_speaks_of_all_rules_that_it_means() {
        assert_eq!(verdicts(&[layer(None, &["B023"])]), (Off, On));
        assert_eq!(verdicts(&[layer(None, &["W0640", "no-such-name"])]), (Off, On));
        assert_eq!(verdicts(&[layer(Some(&["pylint:W0640"]), &[])]), (On, Off));
    }

    #[test]
    fn a_rule_yields_where_all_that_cover_it_are_reported_unless_it_is_named() {
        let yields = |select: &[&str], layers: &[Layer], tool: &str| {
            let select = select.iter().map(|&one| one.to_owned()).collect();
            let told = vec![Told { select: Some(select), ..Told::default() }];
            let peer = Peer { tool: tool.to_owned(), told, ..Peer::default() };
            let (layers, peer) = (layers.to_vec(), Some(peer));
            let selection = Selection { layers, peer, ..Selection::default() };
            let resolved = selection.resolve(builtin());
            assert_eq!(resolved.of("pep604-union"), On, "it stays on");
            assert!(!resolved.yields("decorator-missing-wraps"), "nobody else has it");
            resolved.yields("pep604-union")
        };
        assert!(yields(&["UP"], &[], "ruff"));
        assert!(yields(&["UP007", "UP045"], &[layer(Some(&["all"]), &[])], "ruff"));
        assert!(!yields(&["UP007"], &[], "ruff"), "half of it would be lost");
        assert!(!yields(&["UP"], &[], "flake8"));
        let named = layer(Some(&["all", "pep604-union"]), &[]);
        assert!(!yields(&["UP"], &[named], "ruff"));
        let named = Layer { extend: vec!["pep604-union".into()], ..Layer::default() };
        assert!(!yields(&["UP"], &[named], "ruff"));
    }

    #[test]
    fn severity_is_set_by_rule_or_topic_and_can_be_off() {
        let hint = Some(Severity::Hint);
        assert_eq!(
            verdicts(&[weighing(&[("all", hint)])]),
            (Weighs(Severity::Hint), Weighs(Severity::Hint))
        );
        let both = weighing(&[("loop-closure", hint), ("decorators", None)]);
        assert_eq!(verdicts(std::slice::from_ref(&both)), (Weighs(Severity::Hint), On));
        let off = weighing(&[("loop-closure", None)]);
        assert_eq!(verdicts(std::slice::from_ref(&off)), (Off, On));
        assert_eq!(verdicts(&[off, both]), (Weighs(Severity::Hint), On), "the later layer counts");
        let ignored = layer(None, &["loop-closure"]);
        assert_eq!(verdicts(&[ignored, weighing(&[("loop-closure", hint)])]), (Off, On));
    }

    #[test]
    fn what_is_ignored_here_is_off_whatever_is_selected() {
        let selection = Selection {
            layers: vec![layer(Some(&["loop-closure"]), &[])],
            ignored_here: vec!["decorators".into()],
            ..Selection::default()
        };
        assert_eq!(selection.resolve(builtin()).of("loop-closure"), Off);
    }
}
