//! What several files of a pack have to do with each other.

use std::collections::{BTreeMap, BTreeSet};

use super::super::source::Fault;
use super::super::template::TemplatePart;
use super::super::{ContentError, Library, Pack, concept, interview, quiz, suggest, units};
use super::{INTERVIEW, QUIZ};

/// Most faults that are told about the names in a pack.
const MAX_ERRORS: usize = 500;

/// Checks a pack as a whole.
pub(super) fn check(pack: &Pack, library: &Library, errors: &mut Vec<ContentError>) {
    let complete = pack.concepts.len() == pack.manifest.concepts.len();
    if complete {
        pack.targets.check(&pack.concepts, errors);
        check_goals(&pack.concepts, errors);
        let frame = pack.interview.as_ref().or_else(|| library.interview());
        quiz::check_recall(&pack.concepts, frame.map(|frame| &frame.language), errors);
    }
    check_ids(pack, library, errors);
    check_rules(pack, library, errors);
    check_units(pack, errors);
    if complete {
        units::check(pack, errors);
    }
    let frame = pack.interview.as_ref().filter(|it| !it.code_notice.trim().is_empty());
    let is_asked = |concept: &concept::Concept| !concept.interviews.is_empty();
    if frame.is_none() && pack.concepts.iter().any(is_asked) {
        let message = "missing: interviews about code need its language, notice and `code-notice`";
        errors.push(Fault::new(0, message).at(interview::PATH));
    }
}

/// Compiles the patterns of all goals.
fn check_goals(concepts: &[concept::Concept], errors: &mut Vec<ContentError>) {
    for concept in concepts {
        for exercise in &concept.exercises {
            let mut faults = Vec::new();
            for goal in &exercise.goals {
                let patterns = goal.must.iter().chain(&goal.must_not);
                patterns.for_each(|pattern| pattern.check(&mut faults));
            }
            let path = format!("{}/exercises/{}.md", concept.id, exercise.id);
            errors.extend(faults.into_iter().map(|fault| fault.at(&path)));
        }
    }
}

/// Ids are unique, not retired, and rules and refactorings have theirs for themselves over all packs.
fn check_ids(pack: &Pack, library: &Library, errors: &mut Vec<ContentError>) {
    let retired = pack.manifest.retired.iter();
    let mut seen: BTreeMap<String, &str> =
        retired.map(|id| (id.clone(), "it is retired in pack.toml")).collect();
    for concept in &pack.concepts {
        let cards = concept.cards.iter().map(|card| ("cards", &card.id, 0));
        let rules = concept.rules.iter().map(|rule| ("rules", &rule.id, 0));
        let others = concept.refactorings.iter().map(|one| ("refactorings", &one.id, 0));
        let exercises = concept.exercises.iter().map(|exercise| ("exercises", &exercise.id, 0));
        let questions = concept.quiz.iter().map(|item| (QUIZ, &item.id, item.line));
        let interviews = concept.interviews.iter().map(|it| (INTERVIEW, &it.id, it.line));
        let files = cards.chain(rules).chain(others).chain(exercises);
        for (folder, item, line) in files.chain(questions).chain(interviews) {
            let id = format!("{}/{item}", concept.id);
            let path = match folder {
                QUIZ | INTERVIEW => format!("{}/{folder}", concept.id),
                folder => format!("{}/{folder}/{item}.md", concept.id),
            };
            if let Some(why) = seen.insert(id.clone(), "something else of the concept has it") {
                errors.push(Fault::new(line, format!("the id `{id}` is taken: {why}")).at(&path));
            }
            let here = pack.concepts.iter().filter(|other| other.id < concept.id);
            let earlier = library.packs.iter().flat_map(|pack| &pack.concepts).chain(here);
            let is_taken = |other: &concept::Concept| match folder {
                "rules" => other.rules.iter().any(|rule| rule.id == *item),
                "refactorings" => other.refactorings.iter().any(|one| one.id == *item),
                _ => false,
            };
            if earlier.into_iter().any(is_taken) {
                let what = folder.trim_end_matches('s');
                errors.push(Fault::new(0, format!("a {what} `{item}` exists already")).at(&path));
            }
        }
    }
}

/// Every `[[rule]]` names a rule of this pack or an earlier one.
fn check_rules(pack: &Pack, library: &Library, errors: &mut Vec<ContentError>) {
    let concepts = || library.packs.iter().flat_map(|pack| &pack.concepts).chain(&pack.concepts);
    let ids: Vec<&str> = concepts().flat_map(|c| &c.rules).map(|rule| rule.id.as_str()).collect();
    let mut check = |path: &str, id: &str, line: usize| {
        if errors.len() < MAX_ERRORS && !ids.contains(&id) {
            let known = suggest(id, ids.iter().copied());
            errors.push(Fault::new(line, format!("no rule `{id}`{known}")).at(path));
        }
    };
    for concept in &pack.concepts {
        for (id, line) in concept.page.rules() {
            check(&format!("{}/concept.md", concept.id), id, line);
        }
        for rule in &concept.rules {
            for (id, line) in rule.page.rules() {
                check(&format!("{}/rules/{}.md", concept.id, rule.id), id, line);
            }
        }
        for one in &concept.refactorings {
            for (id, line) in one.page.rules() {
                check(&format!("{}/refactorings/{}.md", concept.id, one.id), id, line);
            }
        }
        for exercise in &concept.exercises {
            let path = format!("{}/exercises/{}.md", concept.id, exercise.id);
            for (id, line) in exercise.page.rules() {
                check(&path, id, line);
            }
            for id in exercise.goals.iter().flat_map(|goal| &goal.clean) {
                check(&path, id, 0);
            }
        }
        for card in &concept.cards {
            for part in card.template.parts() {
                if let TemplatePart::Rule(id, line) = part {
                    check(&format!("{}/cards/{}.md", concept.id, card.id), id, *line);
                }
            }
        }
    }
}

/// Every unit that a card, a rule or the like names belongs to a concept of the pack.
fn check_units(pack: &Pack, errors: &mut Vec<ContentError>) {
    let known: BTreeSet<&str> = pack.concepts.iter().flat_map(|concept| concept.units()).collect();
    let questions = pack.interview.iter().flat_map(|interview| &interview.questions);
    for (unit, line) in questions.flat_map(|question| &question.units) {
        if !known.contains(unit.as_str()) {
            let close = suggest(unit, known.iter().copied());
            let message = format!("no concept.md of the pack lists the unit `{unit}`{close}");
            errors.push(Fault::new(*line, message).at(interview::PATH));
        }
    }
    for concept in &pack.concepts {
        let cards = concept.cards.iter().map(|card| ("cards", &card.id, &card.units));
        let rules = concept.rules.iter().map(|rule| ("rules", &rule.id, &rule.units));
        let others = concept.refactorings.iter().map(|one| ("refactorings", &one.id, &one.units));
        let exercises = concept.exercises.iter().map(|it| ("exercises", &it.id, &it.units));
        let questions = concept.quiz.iter().map(|item| (QUIZ, &item.id, &item.units));
        let interviews = concept.interviews.iter().map(|it| (INTERVIEW, &it.id, &it.units));
        let files = cards.chain(rules).chain(others).chain(exercises);
        for (folder, id, units) in files.chain(questions).chain(interviews) {
            for (unit, line) in units {
                if errors.len() < MAX_ERRORS && !known.contains(unit.as_str()) {
                    let close = suggest(unit, known.iter().copied());
                    let message =
                        format!("no concept.md of the pack lists the unit `{unit}`{close}");
                    let path = match folder {
                        QUIZ | INTERVIEW => format!("{}/{folder}", concept.id),
                        folder => format!("{}/{folder}/{id}.md", concept.id),
                    };
                    errors.push(Fault::new(*line, message).at(&path));
                }
            }
        }
    }
}
