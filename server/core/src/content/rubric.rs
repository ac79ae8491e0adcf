//! What of a rubric stands in a text that a reader wrote: phrases, and words that negate them.

use super::interview::{Interview, InterviewQuestion};
use crate::Span;

/// How many words after a negation it reaches.
const REACH: usize = 6;

/// How many words after a phrase still negate it, as in "threads are not needed".
const BEHIND: usize = 2;

/// Most words of an item of a list that one negation denies.
const ITEM: usize = 2;

/// Words in a row; a `*` at the end of one stands for any ending.
#[derive(Clone, Debug)]
pub(crate) struct Phrase(Vec<(String, bool)>);

impl Phrase {
    pub fn new(text: &str) -> Self {
        let word = |text: &str| match text.strip_suffix('*') {
            Some(stem) => (stem.to_lowercase(), true),
            None => (text.to_lowercase(), false),
        };
        Self(text.split([' ', '.', '-']).filter(|word| !word.is_empty()).map(word).collect())
    }

    /// Whether the phrase begins at the first of `words` and ends before a new sentence.
    fn begins(&self, words: &[Word]) -> bool {
        let fits = |(word, (text, open)): (&Word, &(String, bool))| match open {
            true => word.text.starts_with(text),
            false => word.text == *text,
        };
        !self.0.is_empty()
            && words.len() >= self.0.len()
            && words.iter().zip(&self.0).all(fits)
            && words[1..self.0.len()].iter().all(|word| !word.first)
    }
}

/// How sentences of the pack's language negate.
#[derive(Clone, Debug)]
pub(crate) struct Language {
    pub negations: Vec<Phrase>,
    /// What looks like a negation and is none, such as "not only".
    pub affirmations: Vec<Phrase>,
    /// Where a negation ends, besides the end of a sentence.
    pub breaks: Vec<Phrase>,
    /// What joins the last item of a list that is denied as a whole, as in "no threads, queues or
    /// locks".
    pub joins: Vec<Phrase>,
    /// What begins a statement of its own, so that no item of a list has it.
    pub clauses: Vec<Phrase>,
}

/// A word of the reader's text.
struct Word {
    text: String,
    span: Span,
    /// It is the first of a sentence or a part of one.
    first: bool,
    /// No negation before it reaches it.
    free: bool,
}

/// What was looked for, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen<'a> {
    /// Id of the point or flag.
    pub id: &'a str,
    /// Bytes of the reader's text; nothing for what is missing.
    pub place: Option<Span>,
    /// Where it stands in a negation only, so that it does not count.
    pub negated: Option<Span>,
}

/// An answer beside the rubric. No mark: only which phrases stand in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment<'a> {
    /// Every point of the question, in order.
    pub points: Vec<Seen<'a>>,
    /// The flags that are up.
    pub flags: Vec<Seen<'a>>,
}

impl Interview {
    /// Holds an answer against the rubric of `question`.
    pub fn assess<'a>(&self, question: &'a InterviewQuestion, text: &str) -> Assessment<'a> {
        question.assess(text, &self.language)
    }
}

impl InterviewQuestion {
    pub(crate) fn assess(&self, text: &str, language: &Language) -> Assessment<'_> {
        let words = split(text, language);
        let points: Vec<Seen<'_>> = self
            .points
            .iter()
            .map(|point| {
                let (place, negated) = find(&words, &point.words, language);
                Seen { id: &point.id, place, negated: negated.filter(|_| place.is_none()) }
            })
            .collect();
        let has = |id: &String| points.iter().any(|seen| seen.id == id && seen.place.is_some());
        let mut flags = Vec::new();
        for flag in &self.flags {
            let (place, _) = find(&words, &flag.words, language);
            let excused = find(&words, &flag.unless, language).0.is_some();
            let lacks = !flag.without.is_empty() && !flag.without.iter().any(has);
            if lacks || (place.is_some() && !excused) {
                flags.push(Seen { id: &flag.id, place, negated: None });
            }
        }
        Assessment { points, flags }
    }
}

/// The first place where one of `phrases` is asserted, and the first where it is negated.
fn find(words: &[Word], phrases: &[Phrase], language: &Language) -> (Option<Span>, Option<Span>) {
    let (mut place, mut negated) = (None, None);
    for at in 0..words.len() {
        for phrase in phrases.iter().filter(|phrase| phrase.begins(&words[at..])) {
            let end = at + phrase.0.len();
            let span = Span { start: words[at].span.start, end: words[end - 1].span.end };
            let slot = if is_negated(words, at, end, language) { &mut negated } else { &mut place };
            slot.get_or_insert(span);
        }
    }
    (place, negated)
}

/// Whether the words from `at` to `end` are denied: by an odd number of negations in their part of
/// the sentence, up to [`REACH`] words before them or [`BEHIND`] words after.
fn is_negated(words: &[Word], at: usize, end: usize, language: &Language) -> bool {
    let any = |phrases: &[Phrase], at: usize| phrases.iter().any(|p| p.begins(&words[at..]));
    let start = (0..=at).rev().find(|&i| words[i].free).unwrap_or(0).max(at.saturating_sub(REACH));
    let stop = (end..words.len()).find(|&i| words[i].first).unwrap_or(words.len());
    let near = (start..at).chain(end..stop.min(end + BEHIND));
    let negates = |&i: &usize| any(&language.negations, i) && !any(&language.affirmations, i);
    // "Neither threads nor locks" denies once.
    let (joins, others): (Vec<usize>, Vec<usize>) =
        near.filter(negates).partition(|&i| any(&language.joins, i));
    if others.is_empty() { !joins.is_empty() } else { others.len() % 2 == 1 }
}

/// The words of a text, without case. Code such as `asyncio.gather` is two words of one sentence.
fn split(text: &str, language: &Language) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let (mut first, mut comma) = (true, false);
    let mut commas = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
        if c.is_alphanumeric() || matches!(c, '_' | '\'' | '’') {
            start.get_or_insert(at);
            continue;
        }
        if let Some(start) = start.take() {
            if comma && !first {
                commas.push(words.len());
            }
            let word = text[start..at].to_lowercase().replace('’', "'");
            let free = first || comma;
            words.push(Word { text: word, span: Span { start, end: at }, first: free, free });
            (first, comma) = (false, false);
        }
        let inside = text[at..].chars().nth(1).is_some_and(char::is_alphanumeric);
        first |= matches!(c, ';' | ':' | '!' | '?') || (c == '.' && !inside);
        comma |= c == ',';
    }
    for at in 0..words.len() {
        if language.breaks.iter().any(|phrase| phrase.begins(&words[at..])) {
            (words[at].first, words[at].free) = (true, true);
        }
    }
    for at in commas {
        words[at].free = !goes_on(&words, at, language);
    }
    words
}

/// Whether the words from `at`, behind a comma, are further items of a list that a word such as "or"
/// closes: short ones that state nothing by themselves.
fn goes_on(words: &[Word], at: usize, language: &Language) -> bool {
    let any = |phrases: &[Phrase], at: usize| phrases.iter().any(|p| p.begins(&words[at..]));
    let mut item = 0;
    for (next, word) in words.iter().enumerate().skip(at) {
        if any(&language.joins, next) {
            return true;
        }
        if next > at && word.first {
            item = 0;
        }
        item += 1;
        let states = [&language.clauses, &language.negations, &language.breaks]
            .iter()
            .any(|phrases| any(phrases, next));
        if states || item > ITEM {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::testing::builtin;

    /// The texts found for a point of the chapter's interview: asserted, and only negated.
    #[track_caller]
    fn check(question: &str, point: &str, text: &str, found: Option<&str>, negated: Option<&str>) {
        let interview = builtin().interview().expect("the chapter has one");
        let asked = interview.questions.iter().find(|asked| asked.id == question).unwrap();
        let seen = interview.assess(asked, text);
        let seen = seen.points.iter().find(|seen| seen.id == point).unwrap();
        assert_eq!(seen.place.map(|span| &text[span.start..span.end]), found, "{text}");
        assert_eq!(seen.negated.map(|span| &text[span.start..span.end]), negated, "{text}");
    }

    #[test]
    fn a_point_is_found_where_it_stands() {
        check("concurrency", "gather", "Use asyncio.gather here.", Some("asyncio.gather"), None);
        check("concurrency", "gather", "A Task Group.", Some("Task Group"), None);
        check("concurrency", "gather", "I gather that you ask.", None, None);
        check("concurrency", "asyncio", "First. ASYNCIO!", Some("ASYNCIO"), None);
        check("concurrency", "asyncio", "", None, None);
    }

    #[test]
    fn what_is_denied_does_not_count() {
        check("concurrency", "asyncio", "I would not use asyncio.", None, Some("asyncio"));
        check("concurrency", "asyncio", "I wouldn’t use asyncio.", None, Some("asyncio"));
        check("concurrency", "asyncio", "asyncio is not needed", None, Some("asyncio"));
        check("concurrency", "asyncio", "without threads or asyncio", None, Some("asyncio"));
    }

    #[test]
    fn a_list_is_denied_as_a_whole() {
        let denied = |text| check("concurrency", "asyncio", text, None, Some("asyncio"));
        denied("I use no threads, queues or asyncio.");
        denied("no threads, queues, or asyncio");
        denied("without threads, asyncio or queues");
        denied("neither threads, a queue nor asyncio");
        let asserted = |text| check("concurrency", "asyncio", text, Some("asyncio"), None);
        asserted("No threads, I use asyncio or trio.");
        asserted("No threads, use asyncio or trio.");
        asserted("No threads, just asyncio or trio.");
        asserted("No threads, asyncio.");
        asserted("No threads, queues. Or asyncio.");
        asserted("No threads; asyncio or trio.");
        asserted("No threads, but asyncio or trio.");
        asserted("No threads, locks and queues are built on asyncio or trio.");
        asserted("threads, queues or asyncio");
    }

    #[test]
    fn a_negation_ends_where_its_part_of_the_sentence_ends() {
        check("concurrency", "asyncio", "Not threads, asyncio.", Some("asyncio"), None);
        check("concurrency", "asyncio", "not threads but asyncio", Some("asyncio"), None);
        check("concurrency", "asyncio", "I would not block. asyncio helps.", Some("asyncio"), None);
        check("concurrency", "asyncio", "not only asyncio", Some("asyncio"), None);
        check("concurrency", "asyncio", "never without asyncio", Some("asyncio"), None);
        check("concurrency", "asyncio", "No asyncio? Yes: asyncio.", Some("asyncio"), None);
    }
}
