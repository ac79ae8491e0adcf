//! Which rules are looked for, and how much what they find weighs.
//!
//! A selector is `all`, a group of rules (a topic, a category, or `core`), a rule (see [`Library::rule`]),
//! or another linter's name for one or several rules. The more exact one counts: a rule before the groups
//! that it is in, these before `all`.
//!
//! A rule yields to a linter that reports the same: it is on, and its fixes are offered, but its findings
//! are not shown a second time. One that is selected by name does not yield.

mod peer;

use std::fmt;

use crate::analysis::{Safety, Severity};
use crate::content::{Category, Concept, Library, Rule, suggest};

pub use peer::{Peer, Told};

/// The selector that means every rule.
pub const ALL: &str = "all";

/// The selector that means the rules that matter most.
pub const CORE: &str = "core";

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
    /// What is said of all fixes of rules, instead of what is known about each. They are safe only where a
    /// rule is named: nobody knows all fixes of a group.
    pub safety: Vec<(String, Safety)>,
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
    /// If anything, of other topics the reader wants to hear nothing, but of rules that are selected by name.
    pub topics: Option<Vec<String>>,
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

/// How exactly a selector speaks of the rules of a group.
const GROUP: u8 = 1;

/// What a selector speaks of.
enum Meaning<'a> {
    All,
    Core(Vec<&'a str>),
    Category(Vec<&'a str>),
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
        let those = |is_one: &dyn Fn(&Rule) -> bool| -> Vec<&'a str> {
            library.rules().filter(|rule| is_one(rule)).map(|rule| &*rule.id).collect()
        };
        if selector == CORE {
            return Some(Self::Core(those(&|rule| rule.is_core)));
        }
        if let Some(category) = Category::ALL.into_iter().find(|it| it.name() == selector) {
            return Some(Self::Category(those(&|rule| rule.category == category)));
        }
        topic(library, selector).map(Self::Topic)
    }

    /// How exactly it speaks of the rule `id`; nothing if it does not.
    fn exactness(&self, id: &str) -> Option<u8> {
        match self {
            Self::All => Some(0),
            Self::Core(rules) | Self::Category(rules) => rules.contains(&id).then_some(GROUP),
            Self::Topic(concept) => concept.rules.iter().any(|rule| rule.id == id).then_some(GROUP),
            Self::Rules(rules) => rules.contains(&id).then_some(NAMED),
        }
    }

    /// Which of several that are equally exact counts, where only one can: the greatest.
    fn rank(&self) -> u8 {
        match self {
            Self::Topic(_) => 2,
            Self::Category(_) => 1,
            _ => 0,
        }
    }
}

/// The topic of that name, with its pack or without.
fn topic<'a>(library: &'a Library, name: &str) -> Option<&'a Concept> {
    library
        .concepts()
        .find(|(pack, concept)| is_topic(&pack.manifest.id, concept, name))
        .map(|it| it.1)
}

fn is_topic(pack: &str, concept: &Concept, name: &str) -> bool {
    let pack_of = name.strip_suffix(&concept.id).and_then(|it| it.strip_suffix('/'));
    concept.id == name || pack_of == Some(pack)
}

/// What the most exact of these says about the rule `id`.
fn said<'s, T>(all: &'s [(Meaning<'_>, T)], id: &str) -> Option<&'s T> {
    let speaking =
        all.iter().filter_map(|(meaning, said)| Some((meaning.exactness(id)?, meaning, said)));
    let most = speaking.max_by_key(|(exact, meaning, _)| (*exact, meaning.rank()));
    most.map(|(_, _, said)| said)
}

impl Selection {
    /// Whether the reader wants to hear of a topic of the pack with this id.
    pub fn wants(&self, pack: &str, concept: &Concept) -> bool {
        let wanted = self.topics.as_ref();
        wanted.is_none_or(|topics| topics.iter().any(|name| is_topic(pack, concept, name)))
    }

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
            severity: looked_up(library, &layer.severity),
            safety: looked_up(library, &layer.safety),
        });
        let unwanted = library.concepts().filter(|(pack, it)| !self.wants(&pack.manifest.id, it));
        let unwanted = unwanted.flat_map(|(_, concept)| &concept.rules).map(|rule| &*rule.id);
        let mut resolved = Resolved {
            layers: layers.collect(),
            ignored_here: meanings(&self.ignored_here),
            unwanted: unwanted.collect(),
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

fn looked_up<'a, T: Copy>(library: &'a Library, all: &[(String, T)]) -> Vec<(Meaning<'a>, T)> {
    let meant = |(selector, said): &(String, T)| Some((Meaning::of(library, selector)?, *said));
    all.iter().filter_map(meant).collect()
}

/// A [`Selection`] whose selectors are looked up.
pub struct Resolved<'a> {
    layers: Vec<ResolvedLayer<'a>>,
    ignored_here: Vec<Meaning<'a>>,
    /// The rules of topics that the reader does not want.
    unwanted: Vec<&'a str>,
    yielding: Vec<&'a str>,
}

struct ResolvedLayer<'a> {
    select: Option<Vec<Meaning<'a>>>,
    extend: Vec<Meaning<'a>>,
    ignore: Vec<Meaning<'a>>,
    severity: Vec<(Meaning<'a>, Option<Severity>)>,
    safety: Vec<(Meaning<'a>, Safety)>,
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
            if let Some(said) = said(&layer.severity, id) {
                verdict = said.map_or(Verdict::Off, Verdict::Weighs);
            }
        }
        let is_on = is_on && exact(&self.ignored_here).is_none();
        let is_wanted = !self.unwanted.contains(&id) || self.is_named(id);
        if is_on && is_wanted { verdict } else { Verdict::Off }
    }

    /// What fixes of the rule `id` are, where one is known to be `known`.
    pub fn safety(&self, id: &str, known: Safety) -> Safety {
        let mut safety = known;
        for layer in &self.layers {
            let is_one = |(meaning, said): &&(Meaning<'_>, Safety)| {
                *said == Safety::Review || matches!(meaning, Meaning::Rules(_))
            };
            let all = layer.safety.iter().filter(is_one);
            let all = all.filter_map(|(meaning, said)| Some((meaning.exactness(id)?, *said)));
            // Of those that are equally exact the careful one counts.
            let most = all.max_by_key(|(exact, said)| (*exact, *said == Safety::Review));
            safety = most.map_or(safety, |(_, said)| said);
        }
        safety
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
    /// Whether `selector` means anything: `all`, `core`, a category, a topic, or rules.
    pub fn knows_selector(&self, selector: &str) -> bool {
        Meaning::of(self, selector).is_some()
    }

    /// Whether `selector` names rules, and no group of them.
    pub fn names_rules(&self, selector: &str) -> bool {
        matches!(Meaning::of(self, selector), Some(Meaning::Rules(_)))
    }

    /// The selectors closest to `name`, as the end of a message, or nothing.
    pub fn suggest_selector(&self, name: &str) -> String {
        let topics = self.topics();
        let mut names: Vec<&str> = topics.iter().map(|topic| topic.name.as_str()).collect();
        names.extend(Category::ALL.map(Category::name).into_iter().chain([ALL, CORE]));
        suggest(name, names)
    }

    /// Whether `name` is a topic.
    pub fn knows_topic(&self, name: &str) -> bool {
        topic(self, name).is_some()
    }
}

#[cfg(test)]
mod tests;
