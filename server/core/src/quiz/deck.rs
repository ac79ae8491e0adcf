//! Which cards a session asks about.

use super::from_code::DecoratedFunction;
use super::{Context, Kind};
use crate::content::quiz::{Form, QuizItem, Variant};
use crate::content::{Concept, Pack};

/// What a session is to ask about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wish {
    /// What is due, then what is new.
    Review,
    /// What is due, what is new, then the rest.
    Topic,
    /// What can be asked about the functions of the context; nothing else.
    Code,
}

/// What is remembered of a card that was asked before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remembered {
    /// Milliseconds since 1970 (UTC).
    pub due_at: u64,
    /// The variant that was asked last.
    pub last_variant: String,
}

/// A card that is to be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Permanent id, `pack/concept/item`.
    pub card: String,
    /// Ask only about the reader's code, in these functions.
    pub functions: Option<Vec<String>>,
    /// The variant that was asked last; another one is better.
    pub last_variant: Option<String>,
}

/// The cards for a session: at most `limit`, each once, and each can be asked. `topics` are ids
/// `pack/concept` or `concept`; all when empty. `memory` tells what is remembered of a card.
pub fn deck(
    context: &Context<'_>,
    wish: Wish,
    topics: &[String],
    memory: &dyn Fn(&str) -> Option<Remembered>,
    now: u64,
    limit: usize,
) -> Vec<Planned> {
    let mut ranked: Vec<((u8, u64), Planned)> = Vec::new();
    for (pack, concept) in context.library.concepts() {
        let id = format!("{}/{}", pack.manifest.id, concept.id);
        if !topics.is_empty() && !topics.iter().any(|topic| *topic == id || *topic == concept.id) {
            continue;
        }
        for item in &concept.quiz {
            let code_only = wish == Wish::Code;
            if !item.variants.iter().any(|variant| is_askable(context, variant, code_only)) {
                continue;
            }
            let card = card_id(pack, concept, item);
            let known = memory(&card);
            let rank = match &known {
                Some(known) if known.due_at <= now => (0, known.due_at),
                None => (1, 0),
                Some(known) => (2, known.due_at),
            };
            if rank.0 == 2 && wish == Wish::Review {
                continue;
            }
            let names = || context.functions.iter().map(|function| function.name.clone()).collect();
            let planned = Planned {
                card,
                functions: code_only.then(names),
                last_variant: known.map(|known| known.last_variant),
            };
            ranked.push((rank, planned));
        }
    }
    // New cards keep the order in which they are taught.
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().take(limit).map(|(_, planned)| planned).collect()
}

/// The permanent id of a card.
pub(super) fn card_id(pack: &Pack, concept: &Concept, item: &QuizItem) -> String {
    format!("{}/{}/{}", pack.manifest.id, concept.id, item.id)
}

/// Whether the variant can be asked in this context.
pub(super) fn is_askable(context: &Context<'_>, variant: &Variant, code_only: bool) -> bool {
    variant.python.contains(context.python)
        && match &variant.form {
            Form::Written(written) => {
                !code_only
                    && (context.surface.snippets || written.snippet.is_none())
                    && context.surface.draws(Kind::from(written.kind).shape())
            }
            Form::Computed(wording) => context
                .functions
                .iter()
                .any(|function: &DecoratedFunction| (wording.generator.run)(function).is_some()),
        }
}
