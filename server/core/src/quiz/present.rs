//! Showing a question once: which variant, in which order, under which keys.

use fastrand::Rng;

use super::deck::{card_id, is_askable};
use super::from_code::{Candidate, CodeQuestion};
use super::question::{Choice, Kind, Question, Source, Topic};
use super::recall::Rubric;
use super::{Chance, Context, Planned};
use crate::content::quiz::{
    self as content, Form, Label, MAX_PROMPT, QuizItem, Recall, Variant, Wording, Written,
};
use crate::content::{Link, Point};
use crate::facts::Facts;

/// A question on the screen, with everything that is not told yet.
#[derive(Clone, Debug)]
pub(super) struct Presented {
    pub question: Question,
    /// For each option of the question, in its order; where the answer is typed, for each form that
    /// the author foresaw; where it is written, for each point of the rubric.
    pub secrets: Vec<Secret>,
    /// Names that may be other ones in what is typed.
    pub names: Vec<String>,
    /// What is looked for in the reader's words.
    pub rubric: Option<Rubric>,
    pub hints: Vec<String>,
    /// Hints given.
    pub given: usize,
    pub planned: Planned,
    pub variant: String,
    pub links: Vec<Link>,
    pub seed: u64,
    /// The answer has to be worked out.
    pub recall: bool,
    /// The question about the reader's code that it is.
    pub code: Option<CodeQuestion>,
    /// Milliseconds since 1970 (UTC).
    pub at: u64,
}

#[derive(Clone, Debug)]
pub(super) struct Secret {
    pub key: String,
    pub label: Label,
    pub right: bool,
    /// From 0, where the answer is an order.
    pub place: Option<usize>,
    pub why: String,
}

/// The question among `questions` that is `asked`, if it and its answer are still the same.
pub(super) fn still<'a>(
    asked: &CodeQuestion,
    questions: &'a [CodeQuestion],
) -> Option<&'a CodeQuestion> {
    questions.iter().find(|question| question.is_same(asked))
}

/// An option with its reason, before it is shuffled.
struct Draft {
    label: Label,
    right: bool,
    place: Option<usize>,
    why: String,
    last: bool,
}

/// Shows the planned card; nothing when none of its variants can be asked any more. `variant` asks
/// for one of them.
pub(super) fn present(
    context: &Context<'_>,
    planned: &Planned,
    variant: Option<&str>,
    chance: Chance,
    now: u64,
) -> Option<Presented> {
    let (topic, item) = find(context, &planned.card)?;
    let questions: Vec<_> = context
        .questions
        .iter()
        .filter(|it| planned.about.as_ref().is_none_or(|about| about.contains(&it.about)))
        .cloned()
        .collect();
    let context = Context { questions: &questions, ..*context };
    let mut rng = Rng::with_seed(chance.seed);
    let code_only = planned.about.is_some();
    let mut variants: Vec<&Variant> = item
        .variants
        .iter()
        .filter(|candidate| is_askable(&context, candidate, code_only))
        .filter(|candidate| variant.is_none_or(|id| candidate.id == id))
        .collect();
    rng.shuffle(&mut variants);
    // Stable: the variant that was asked last comes after the others.
    variants.sort_by_key(|variant| planned.last_variant.as_ref() == Some(&variant.id));
    variants.into_iter().find_map(|variant| {
        let (draft, options) = match &variant.form {
            Form::Written(written) => written_draft(written),
            Form::Computed(wording) => computed_draft(&context, wording, &mut rng)?,
            Form::Recall(recall) => recall_draft(recall),
        };
        let rubric = match &variant.form {
            Form::Recall(recall) => Some(Rubric::of(context.library, &topic.id, recall)?),
            Form::Written(_) | Form::Computed(_) => None,
        };
        // What is typed has no options to show, and nothing may hang on how many forms there are.
        let is_typed = matches!(draft.kind, Kind::Blank | Kind::Recall);
        let shown = if is_typed { 0 } else { options.len() };
        let keys = keys(shown, &mut rng);
        let options = shuffled(options, draft.kind, &mut rng);
        Some(Presented {
            question: Question {
                presentation: chance.id,
                kind: draft.kind,
                topic: topic.clone(),
                prompt: draft.prompt,
                snippet: draft.snippet,
                options: keys
                    .iter()
                    .zip(&options)
                    .map(|(key, option)| Choice { key: key.clone(), label: option.label.clone() })
                    .collect(),
                subject: draft.code.as_ref().map(|asked| asked.evidence.subject),
                hints: draft.hints.len(),
                source: if draft.code.is_some() { Source::Code } else { Source::Pack },
            },
            secrets: secrets(keys, options),
            names: draft.names,
            rubric,
            hints: draft.hints,
            given: 0,
            planned: planned.clone(),
            variant: variant.id.clone(),
            links: item.links.clone(),
            seed: chance.seed,
            recall: draft.recall,
            code: draft.code,
            at: now,
        })
    })
}

fn secrets(keys: Vec<String>, options: Vec<Draft>) -> Vec<Secret> {
    let keys = keys.into_iter().chain(std::iter::repeat(String::new()));
    let secret =
        |(key, Draft { label, right, place, why, .. })| Secret { key, label, right, place, why };
    keys.zip(options).map(secret).collect()
}

fn find<'a>(context: &Context<'a>, card: &str) -> Option<(Topic, &'a QuizItem)> {
    context.library.concepts().find_map(|(pack, concept)| {
        let item = concept.quiz.iter().find(|item| card_id(pack, concept, item) == card)?;
        let id = format!("{}/{}", pack.manifest.id, concept.id);
        Some((Topic { id, title: concept.title.clone() }, item))
    })
}

/// A variant without its options.
struct Stem {
    kind: Kind,
    prompt: String,
    snippet: Option<String>,
    hints: Vec<String>,
    names: Vec<String>,
    recall: bool,
    code: Option<CodeQuestion>,
}

fn written_draft(written: &Written) -> (Stem, Vec<Draft>) {
    let stem = Stem {
        kind: Kind::from(written.kind),
        prompt: written.prompt.clone(),
        snippet: written.snippet.clone(),
        hints: written.hints.clone(),
        names: written.names.clone(),
        recall: written.is_recall(),
        code: None,
    };
    let is_order = written.kind == content::Kind::Order;
    let draft = |(at, option): (usize, &content::Choice)| Draft {
        label: option.label.clone(),
        right: option.right,
        place: is_order.then_some(at),
        why: option.why.clone(),
        last: option.last,
    };
    (stem, written.options.iter().enumerate().map(draft).collect())
}

/// What is told of the answer is what the author looks for in it.
fn recall_draft(recall: &Recall) -> (Stem, Vec<Draft>) {
    let stem = Stem {
        kind: Kind::Recall,
        prompt: recall.question.ask.clone(),
        snippet: None,
        hints: recall.hints.clone(),
        names: Vec::new(),
        recall: true,
        code: None,
    };
    let draft = |point: &Point| Draft {
        label: Label { text: point.title.clone(), code: false },
        right: true,
        place: None,
        why: point.why.clone(),
        last: false,
    };
    (stem, recall.question.points.iter().map(draft).collect())
}

/// Nothing when some word has no fact to stand on.
fn computed_draft(
    context: &Context<'_>,
    wording: &Wording,
    rng: &mut Rng,
) -> Option<(Stem, Vec<Draft>)> {
    let mut askable: Vec<_> = context
        .questions
        .iter()
        .filter(|question| question.generator == wording.generator)
        .filter(|question| context.surface.snippets || question.computed.snippet.is_none())
        .collect();
    if askable.is_empty() {
        return None;
    }
    let question = askable.swap_remove(rng.usize(..askable.len()));
    let (kind, computed) = (wording.generator.kind, &question.computed);
    let facts: &Facts = &computed.facts;
    let draft = |(at, option): (usize, &Candidate)| {
        let label = match &option.code {
            Some(code) => Label::code(code.clone()),
            None => Label::from_markdown(&wording.label(option.role)?.render(facts)?),
        };
        let why = wording.why(computed.case.name, option.role)?.render(facts)?;
        let right = kind != Kind::Order && option.role == computed.case.right;
        let place = (kind == Kind::Order).then_some(at);
        Some(Draft { label, right, place, why, last: false })
    };
    let options: Option<Vec<Draft>> = computed.options.iter().enumerate().map(draft).collect();
    let options = options?;
    let rights = options.iter().filter(|option| option.right).count();
    let is_new = |at: usize| options[..at].iter().all(|other| other.label != options[at].label);
    let is_sound = match kind {
        Kind::Several => (1..options.len()).contains(&rights),
        Kind::Order => rights == 0,
        _ => rights == 1,
    };
    if !is_sound || !(0..options.len()).all(is_new) {
        return None;
    }
    let prompt = wording.prompt.render(facts)?;
    if prompt.chars().count() > MAX_PROMPT {
        return None;
    }
    let stem = Stem {
        kind,
        prompt,
        snippet: computed.snippet.clone(),
        hints: wording.hints.iter().map(|hint| hint.render(facts)).collect::<Option<_>>()?,
        names: Vec::new(),
        recall: true,
        code: Some(question.clone()),
    };
    Some((stem, options))
}

/// Distinct names without meaning.
fn keys(count: usize, rng: &mut Rng) -> Vec<String> {
    let mut keys: Vec<String> = Vec::with_capacity(count);
    while keys.len() < count {
        let key = format!("k{:08x}", rng.u32(..));
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// Shuffles what has no place of its own. What is right has no part in it.
fn shuffled(mut options: Vec<Draft>, kind: Kind, rng: &mut Rng) -> Vec<Draft> {
    if matches!(kind, Kind::Bool | Kind::Blank | Kind::Recall) {
        return options;
    }
    if kind == Kind::Order {
        // The author's order is the answer: what is shuffled must not depend on it.
        options.sort_by(|one, other| one.label.cmp(&other.label));
    }
    options.sort_by_key(|option| option.last);
    let free = options.iter().filter(|option| !option.last).count();
    rng.shuffle(&mut options[..free]);
    options
}
