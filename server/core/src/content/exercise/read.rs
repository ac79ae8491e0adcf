//! From the file of an exercise to the exercise.

use std::collections::BTreeSet;

use serde::Deserialize;
use toml::Spanned;

use super::{Answer, Exercise, Goal, GoalPattern, KEEP, Level, SYNTAX};
use crate::content::front::{Links, Title, Units};
use crate::content::id::is_id;
use crate::content::manifest::not_an_id;
use crate::content::page::Page;
use crate::content::scan::{Fence, scan};
use crate::content::source::{Fault, Part, split};

/// Most hints.
const MAX_HINTS: usize = 6;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    title: Title,
    level: LevelName,
    units: Units,
    links: Links,
    hints: Spanned<Vec<Spanned<String>>>,
    #[serde(default)]
    keep: Vec<Spanned<String>>,
    #[serde(default)]
    goals: Vec<Spanned<RawGoal>>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum LevelName {
    Worked,
    Fill,
    Write,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawGoal {
    id: Spanned<String>,
    message: Spanned<String>,
    #[serde(rename = "in")]
    within: Option<Spanned<String>>,
    must: Option<Spanned<String>>,
    at_least: Option<Spanned<usize>>,
    must_not: Option<Spanned<String>>,
    #[serde(default)]
    finds_nothing: Vec<String>,
}

/// Reads an exercise.
pub(crate) fn read(id: &str, text: &str, faults: &mut Vec<Fault>) -> Option<Exercise> {
    let parts = split(text).and_then(|(front, body)| Ok((front, body, front.toml::<Front>()?)));
    let (front_part, body, front) = parts.map_err(|fault| faults.push(fault)).ok()?;
    let mut reader = Reader { part: front_part, faults };
    let hints_at = front.hints.span().start;
    let hints: Vec<String> =
        front.hints.into_inner().into_iter().map(|it| reader.line(it)).collect();
    if hints.is_empty() || hints.len() > MAX_HINTS {
        reader.fault(hints_at, format!("expected 1 to {MAX_HINTS} hints"));
    }
    let goals = reader.goals(front.goals);
    let keep = front.keep.into_iter().map(|name| reader.name(name)).collect();
    let fences = fences(body, faults);
    let start = fences.iter().map(|fence| fence.at).min().unwrap_or(body.text.len());
    let page = Page::read(Part { text: &body.text[..start], line: body.line }, faults);
    if page.is_empty() {
        faults.push(body.fault(0, "expected what is told with the solution, before the fences"));
    }
    let mut exercise = Exercise {
        id: id.to_owned(),
        title: front.title.read(front_part, faults),
        level: match front.level {
            LevelName::Worked => Level::Worked,
            LevelName::Fill => Level::Fill,
            LevelName::Write => Level::Write,
        },
        hints,
        links: front.links.read(front_part, faults),
        units: front.units.read(front_part, faults),
        keep,
        goals,
        page,
        start: String::new(),
        solution: String::new(),
        answers: Vec::new(),
        stdout: None,
    };
    take(&mut exercise, fences, faults);
    Some(exercise)
}

struct Reader<'a> {
    part: Part<'a>,
    faults: &'a mut Vec<Fault>,
}

impl Reader<'_> {
    fn fault(&mut self, at: usize, message: impl Into<String>) {
        self.faults.push(self.part.fault(at, message));
    }

    fn line(&mut self, text: Spanned<String>) -> String {
        let found = scan(Part { text: text.get_ref(), line: 1 });
        let is_marked =
            !found.links.is_empty() || !found.faults.is_empty() || !found.headings.is_empty();
        if text.get_ref().trim().is_empty() || text.get_ref().contains('\n') || is_marked {
            let message = "expected one line of plain text with back-ticks around code";
            self.fault(text.span().start, message);
        }
        text.into_inner()
    }

    /// A dotted name.
    fn name(&mut self, text: Spanned<String>) -> String {
        let is_name =
            |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_');
        if !text.get_ref().split('.').all(is_name) {
            let message = format!("`{}`: expected `name` or `outer.inner`", text.get_ref());
            self.fault(text.span().start, message);
        }
        text.into_inner()
    }

    fn goals(&mut self, raw: Vec<Spanned<RawGoal>>) -> Vec<Goal> {
        if raw.is_empty() {
            self.fault(0, "an exercise has a goal");
        }
        let mut seen = BTreeSet::from([KEEP.to_owned(), SYNTAX.to_owned()]);
        let mut goals = Vec::new();
        for goal in raw {
            let at = goal.span().start;
            let goal = goal.into_inner();
            let id = goal.id.get_ref();
            if !is_id(id) {
                self.fault(goal.id.span().start, not_an_id(id));
            } else if !seen.insert(id.clone()) {
                self.fault(goal.id.span().start, format!("the goal `{id}` is there already"));
            }
            if goal.must.is_none() && goal.must_not.is_none() && goal.finds_nothing.is_empty() {
                self.fault(at, "a goal has `must`, `must-not` or `finds-nothing`");
            }
            let at_least = goal.at_least.as_ref().map_or(1, |count| *count.get_ref());
            if let Some(count) = &goal.at_least
                && (at_least < 2 || goal.must.is_none())
            {
                self.fault(count.span().start, "`at-least` is 2 or more, and goes with `must`");
            }
            goals.push(Goal {
                message: self.line(goal.message),
                within: goal.within.map(|name| self.name(name)),
                must: goal.must.map(|text| self.pattern(text)),
                at_least,
                must_not: goal.must_not.map(|text| self.pattern(text)),
                clean: goal.finds_nothing,
                id: goal.id.into_inner(),
            });
        }
        goals
    }

    fn pattern(&mut self, text: Spanned<String>) -> GoalPattern {
        let at = text.span().start;
        // A line break right behind the opening quotes is not part of the string.
        let opening = self.part.text[at..].trim_start_matches(['\'', '"']);
        let line = self.part.line_at(at) + usize::from(opening.starts_with('\n'));
        GoalPattern::new(text.into_inner(), line)
    }
}

/// A fence that belongs to the exercise rather than to the text.
struct Program {
    role: Role,
    code: String,
    /// Byte offset in the body.
    at: usize,
    line: usize,
}

enum Role {
    Start,
    Solution,
    Stdout,
    Answer { misses: Vec<String>, is_whole: bool },
}

fn fences(body: Part<'_>, faults: &mut Vec<Fault>) -> Vec<Program> {
    let found = scan(body);
    faults.extend(found.faults);
    let mut programs = Vec::new();
    for Fence { range, info, code } in found.fences {
        let line = body.line_at(range.start);
        match role(&info) {
            Ok(Some(role)) => programs.push(Program { role, code, at: range.start, line }),
            Ok(None) => {}
            Err(message) => faults.push(Fault::new(line, message)),
        }
    }
    programs
}

/// What the words behind a fence say; nothing for a fence of the text.
fn role(info: &str) -> Result<Option<Role>, String> {
    let words: Vec<&str> = info.split_whitespace().collect();
    let (name, rest) = match words[..] {
        ["text", "stdout"] => return Ok(Some(Role::Stdout)),
        ["py", name, ..] => (name, &words[2..]),
        _ => return Ok(None),
    };
    let mut misses = Vec::new();
    let mut is_whole = false;
    for word in rest {
        match word.split_once('=') {
            Some(("goal", id)) if name == "fails" => misses.push(id.to_owned()),
            None if *word == "whole" && matches!(name, "passes" | "fails") => is_whole = true,
            _ => return Err(format!("`{word}`: expected `whole`, or after `fails` `goal=<id>`")),
        }
    }
    match name {
        "start" => Ok(Some(Role::Start)),
        "solution" => Ok(Some(Role::Solution)),
        "passes" => Ok(Some(Role::Answer { misses, is_whole })),
        "fails" if !misses.is_empty() => Ok(Some(Role::Answer { misses, is_whole })),
        "fails" => Err("a wrong answer names what it misses: `py fails goal=<id>`".to_owned()),
        other => {
            Err(format!("`{other}`: expected `start`, `solution`, `passes` or `fails goal=<id>`"))
        }
    }
}

/// Puts the programs into the exercise.
fn take(exercise: &mut Exercise, programs: Vec<Program>, faults: &mut Vec<Fault>) {
    let mut parts = Vec::new();
    for Program { role, code, line, .. } in programs {
        let twice = match role {
            Role::Start => !std::mem::replace(&mut exercise.start, code).is_empty(),
            Role::Solution => !std::mem::replace(&mut exercise.solution, code).is_empty(),
            Role::Stdout => exercise.stdout.replace(code).is_some(),
            Role::Answer { misses, is_whole } => {
                parts.push((code, misses, is_whole, line));
                false
            }
        };
        if twice {
            faults.push(Fault::new(line, "there is such a fence already"));
        }
    }
    for (program, name) in [(&exercise.start, "start"), (&exercise.solution, "solution")] {
        if program.is_empty() {
            faults.push(Fault::new(0, format!("an exercise has a fence `py {name}`")));
        }
    }
    for (code, misses, is_whole, line) in parts {
        for id in &misses {
            let is_known =
                id == KEEP || id == SYNTAX || exercise.goals.iter().any(|it| it.id == *id);
            if !is_known {
                faults.push(Fault::new(line, format!("the exercise has no goal `{id}`")));
            }
        }
        exercise.answers.push(Answer { code, is_whole, misses, line });
    }
    for (is_right, name) in [(true, "passes"), (false, "fails")] {
        if !exercise.answers.iter().any(|answer| answer.misses.is_empty() == is_right) {
            faults.push(Fault::new(0, format!("an exercise has a fence `py {name}`")));
        }
    }
}
