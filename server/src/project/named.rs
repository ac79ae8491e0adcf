//! What settings and configuration files call by name, to be looked up when the packs are read.

use pygloss_core::Library;
use pygloss_core::analysis::Safety;

use super::Wishes;

/// A name, by what it must mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// Rules, or a group of them.
    Selector(String),
    /// Rules, and no group of them, as their fixes are said to be safe.
    Rule(String),
    /// A topic.
    Topic(String),
}

impl Named {
    /// A selector of `fix-safety`.
    pub fn of(selector: &str, safety: Safety) -> Self {
        match safety {
            Safety::Safe => Self::Rule(selector.to_owned()),
            Safety::Review => Self::Selector(selector.to_owned()),
        }
    }

    /// What is wrong with the name, if anything is.
    pub fn fault(&self, library: &Library) -> Option<String> {
        match self {
            Self::Selector(name) | Self::Rule(name) if !library.knows_selector(name) => {
                Some(unknown_selector(library, name))
            }
            Self::Rule(name) if !library.names_rules(name) => {
                Some(format!("`{name}` is no rule; fixes are safe only by the name of their rule"))
            }
            Self::Topic(name) if !library.knows_topic(name) => {
                let topics = library.concepts().map(|(_, concept)| concept.id.as_str());
                let like = pygloss_core::content::suggest(name, topics);
                Some(format!("there is no topic `{name}`{like}"))
            }
            _ => None,
        }
    }
}

impl Wishes {
    /// What an editor's settings name, each with the setting it stands in.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, Named)> {
        let Self { layer, topics, .. } = self;
        let selector = |it: &String| Named::Selector(it.clone());
        let select = layer.select.iter().flatten().map(move |it| ("select", selector(it)));
        let extend = layer.extend.iter().map(move |it| ("extendSelect", selector(it)));
        let ignore = layer.ignore.iter().map(move |it| ("ignore", selector(it)));
        let severity = layer.severity.iter().map(move |(it, _)| ("severity", selector(it)));
        let safety = layer.safety.iter().map(|(it, safety)| ("fixSafety", Named::of(it, *safety)));
        let topics = topics.iter().flatten().map(|it| ("topics", Named::Topic(it.clone())));
        select.chain(extend).chain(ignore).chain(severity).chain(safety).chain(topics)
    }
}

/// What is said about a selector that means nothing.
fn unknown_selector(library: &Library, selector: &str) -> String {
    let like = library.suggest_selector(selector);
    format!("there is no rule, topic or category `{selector}`{like}")
}
