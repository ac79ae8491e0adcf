//! Finding things in the library by the names that readers use.

use super::{Card, Concept, Exercise, Library, Pack, Refactoring, Rule};
use crate::markdown::escape;

/// Something that can be explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// The name to ask by: a concept's id or a rule's id.
    pub name: String,
    /// Full permanent id, `pack/concept` or `pack/concept/rule`.
    pub id: String,
    /// Title, plain text with back-ticks around code.
    pub title: String,
    /// Whether it is a rule rather than a concept.
    pub is_rule: bool,
}

/// A page, and where to read on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What the page is about.
    pub topic: Topic,
    /// The page as Markdown without raw HTML.
    pub markdown: String,
    /// The concept of a rule.
    pub within: Option<Topic>,
    /// The topic of the same kind that is taught before it: of its pack, and for a rule of its
    /// concept.
    pub previous: Option<Topic>,
    /// The topic of the same kind that is taught after it.
    pub next: Option<Topic>,
}

/// An exercise, and where it belongs.
#[derive(Clone, Copy, Debug)]
pub struct FoundExercise<'a> {
    /// Its pack.
    pub pack: &'a Pack,
    /// Its concept.
    pub concept: &'a Concept,
    /// The exercise.
    pub exercise: &'a Exercise,
}

impl FoundExercise<'_> {
    /// Full permanent id, `pack/concept/exercise`.
    pub fn id(&self) -> String {
        format!("{}/{}/{}", self.pack.manifest.id, self.concept.id, self.exercise.id)
    }

    /// Full id of the concept.
    pub fn topic(&self) -> String {
        format!("{}/{}", self.pack.manifest.id, self.concept.id)
    }
}

impl Library {
    /// All exercises, in order of packs and teaching, the easy ones of a concept first.
    pub fn exercises(&self) -> impl Iterator<Item = FoundExercise<'_>> {
        self.concepts().flat_map(|(pack, concept)| {
            concept.exercises.iter().map(move |exercise| FoundExercise { pack, concept, exercise })
        })
    }

    /// The exercise with this full id, or with this id if it is the only one.
    pub fn exercise(&self, name: &str) -> Option<FoundExercise<'_>> {
        let mut same = self.exercises().filter(|found| found.exercise.id == name);
        match (same.next(), same.next()) {
            (Some(found), None) => Some(found),
            _ => self.exercises().find(|found| found.id() == name),
        }
    }

    /// The page about a concept or a rule and its neighbours. `name` is as for
    /// [`Library::explain`].
    pub fn reading(&self, name: &str) -> Option<Reading> {
        let markdown = self.explain(name)?;
        let rule = self.rule(name).map(|rule| rule.id.as_str());
        let topics = self.topics();
        let at = topics.iter().position(|topic| match rule {
            Some(rule) => topic.is_rule && topic.name == rule,
            None => !topic.is_rule && (topic.name == name || topic.id == name),
        })?;
        let topic = topics[at].clone();
        let beside = |other: &&Topic| {
            let folder = |topic: &Topic| topic.id.rsplit_once('/').map(|(at, _)| at.to_owned());
            other.is_rule == topic.is_rule && folder(other) == folder(&topic)
        };
        let within = topics[..at].iter().rev().find(|other| !other.is_rule);
        Some(Reading {
            markdown,
            within: within.filter(|_| topic.is_rule).cloned(),
            previous: topics[..at].iter().rev().find(beside).cloned(),
            next: topics[at + 1..].iter().find(beside).cloned(),
            topic,
        })
    }

    /// All concepts in order of packs and teaching, each followed by its rules.
    pub fn topics(&self) -> Vec<Topic> {
        let mut topics = Vec::new();
        for (pack, concept) in self.concepts() {
            let id = format!("{}/{}", pack.manifest.id, concept.id);
            for rule in &concept.rules {
                topics.push(Topic {
                    name: rule.id.clone(),
                    id: format!("{id}/{}", rule.id),
                    title: rule.title.clone(),
                    is_rule: true,
                });
            }
            let at = topics.len() - concept.rules.len();
            let title = concept.title.clone();
            topics.insert(at, Topic { name: concept.id.clone(), id, title, is_rule: false });
        }
        topics
    }

    /// The page about a concept, a rule or a refactoring as Markdown without raw HTML. `name` is an
    /// id, a full id or another linter's name for a rule, such as `ruff:B023` or `B023`.
    pub fn explain(&self, name: &str) -> Option<String> {
        if let Some(rule) = self.rule(name) {
            return Some(self.rule_page(rule));
        }
        if let Some(refactoring) = self.refactoring(name) {
            return Some(self.refactoring_page(refactoring));
        }
        self.concepts()
            .find(|(pack, concept)| {
                concept.id == name || name == format!("{}/{}", pack.manifest.id, concept.id)
            })
            .map(|(_, concept)| self.concept_page(concept))
    }

    /// The names closest to `name`, as the end of a message, or nothing.
    pub fn suggest(&self, name: &str) -> String {
        let topics = self.topics();
        super::suggest(name, topics.iter().map(|topic| topic.name.as_str()))
    }

    /// The rule with this id, full id or alias. Of several that another linter calls so it is the first.
    pub fn rule(&self, name: &str) -> Option<&Rule> {
        match self.rules.get(name) {
            Some(&(pack, concept, rule)) => Some(&self.packs[pack].concepts[concept].rules[rule]),
            None => self.rules_called(name).into_iter().next(),
        }
    }

    /// The rule with this id or full id, or all that another linter calls so: `ruff:B023`, `B023`.
    pub fn rules_called(&self, name: &str) -> Vec<&Rule> {
        if let Some(&(pack, concept, rule)) = self.rules.get(name) {
            return vec![&self.packs[pack].concepts[concept].rules[rule]];
        }
        let by_full_id = self.concepts().find_map(|(pack, concept)| {
            let id = name.strip_prefix(pack.manifest.id.as_str())?.strip_prefix('/')?;
            let id = id.strip_prefix(concept.id.as_str())?.strip_prefix('/')?;
            concept.rules.iter().find(|rule| rule.id == id)
        });
        if let Some(rule) = by_full_id {
            return vec![rule];
        }
        let is_called = |alias: &String| {
            alias == name || alias.split_once(':').is_some_and(|(_, bare)| bare == name)
        };
        self.rules().filter(|rule| rule.aliases.iter().any(is_called)).collect()
    }

    /// All rules, in order of packs and teaching.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.concepts().flat_map(|(_, concept)| &concept.rules)
    }

    /// The refactoring with this id.
    pub fn refactoring(&self, id: &str) -> Option<&Refactoring> {
        self.refactorings().find(|one| one.id == id)
    }

    /// All refactorings, in order of packs and teaching.
    pub fn refactorings(&self) -> impl Iterator<Item = &Refactoring> {
        self.concepts().flat_map(|(_, concept)| &concept.refactorings)
    }

    /// All cards with their full ids, in order of packs and teaching.
    pub fn cards(&self) -> impl Iterator<Item = (String, &Card)> {
        self.concepts().flat_map(|(pack, concept)| {
            concept.cards.iter().map(move |card| (card_id(pack, concept, card), card))
        })
    }

    /// All concepts, in order of packs and teaching.
    pub fn concepts(&self) -> impl Iterator<Item = (&Pack, &Concept)> {
        self.packs.iter().flat_map(|pack| pack.concepts.iter().map(move |concept| (pack, concept)))
    }

    /// True for an id `pack/concept/item` that names a card or a rule.
    pub fn has_id(&self, id: &str) -> bool {
        let Some((pack, rest)) = id.split_once('/') else { return false };
        self.packs
            .iter()
            .find(|other| other.manifest.id == pack)
            .is_some_and(|pack| pack.ids().binary_search_by(|id| id.as_str().cmp(rest)).is_ok())
    }

    /// What stands for a rule's id in running text.
    pub(crate) fn rule_reference(&self, id: &str) -> String {
        match self.rule(id) {
            Some(rule) => format!("{} (`{id}`)", rule.title),
            None => format!("`{id}`"),
        }
    }

    /// What is told with the solution of an exercise, and the solution, as Markdown.
    pub fn solution(&self, found: &FoundExercise<'_>) -> String {
        let exercise = found.exercise;
        let mut out = format!("# {}\n\n", exercise.title);
        out.push_str(&exercise.page.markdown(&|id| self.rule_reference(id)));
        out.push_str(&format!("\n\n```python\n{}```", exercise.solution));
        push_links(&mut out, &exercise.links);
        out.push('\n');
        out
    }

    fn concept_page(&self, concept: &Concept) -> String {
        let mut out = format!("# {}\n\n", concept.title);
        out.push_str(&concept.page.markdown(&|id| self.rule_reference(id)));
        push_links(&mut out, &concept.links);
        out
    }

    fn refactoring_page(&self, refactoring: &Refactoring) -> String {
        let mut out = format!("# {}\n\n`{}`\n\n", refactoring.title, refactoring.id);
        out.push_str(&refactoring.page.markdown(&|id| self.rule_reference(id)));
        push_links(&mut out, &refactoring.links);
        out
    }

    fn rule_page(&self, rule: &Rule) -> String {
        let mut out = format!("# {}\n\n`{}`\n\n", rule.title, rule.id);
        out.push_str(&rule.page.markdown(&|id| self.rule_reference(id)));
        let (same, like): (Vec<_>, Vec<_>) =
            rule.aliases.iter().partition(|alias| rule.covered_by.contains(alias));
        for (words, names) in [("The same elsewhere", same), ("Elsewhere", like)] {
            let names: Vec<_> = names.into_iter().map(|alias| escape(alias)).collect();
            if !names.is_empty() {
                out.push_str(&format!("\n\n{words}: {}", names.join(", ")));
            }
        }
        push_links(&mut out, &rule.links);
        out
    }
}

/// The permanent id of a card.
pub(crate) fn card_id(pack: &Pack, concept: &Concept, card: &Card) -> String {
    format!("{}/{}/{}", pack.manifest.id, concept.id, card.id)
}

fn push_links(out: &mut String, links: &[super::Link]) {
    if !links.is_empty() {
        out.push_str("\n\n## Sources\n\n");
        for link in links {
            out.push_str(&format!("- {}\n", link.markdown()));
        }
    }
}
