//! The page that tells the reader what is known, with its words.

use pygloss_core::markdown::plain_text;
use pygloss_core::progress::{Glyphs, heat_map, weekday};

use super::{DAY, Document, Interview, Judged, Practised, Progress, TopicProgress};
use crate::store::{Card, Share, calendar, chance};

const MINUTE: i64 = 60 * 1000;

/// Weeks in the map of days.
const WEEKS: usize = 52;

/// Days between two points of a forgetting curve, and how many there are.
const CURVE: (i64, i64) = (3, 11);

/// How much is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What the reader knows on the whole.
    Overview,
    /// And what becomes of each question.
    Everything,
}

/// The page about `progress`.
pub fn page(progress: &Progress, part: Part, glyphs: Glyphs) -> Document {
    let mut page = Document::default();
    page.heading(1, "Progress");
    page.paragraph(summary(progress));
    page.heading(2, "Topics");
    page.table(topics(progress, glyphs), Some(""));
    page.paragraph(MASTERY);
    if let Some(interview) = &progress.interview {
        page.heading(2, format!("The interview on {}", interview.date));
        readiness(&mut page, progress, interview);
    }
    page.heading(2, "Days");
    let counts: Vec<(i64, u32)> =
        progress.stats.days.iter().map(|day| (day.day, day.answers.all)).collect();
    page.figure(heat_map(&counts, progress.today, WEEKS, glyphs));
    page.paragraph(days(progress, &counts, glyphs));
    if !progress.stats.confidence.is_empty() {
        page.heading(2, "How sure you were");
        page.table(calibration(progress), None);
    }
    if !progress.judged.is_empty() {
        page.heading(2, "Mock interview");
        page.table(judged(progress), None);
    }
    if part == Part::Everything && progress.cards().next().is_some() {
        page.heading(2, "Questions");
        page.paragraph(CURVES);
        for topic in progress.topics.iter().filter(|topic| !topic.cards.is_empty()) {
            page.heading(3, plain_text(&topic.title));
            page.table(curves(progress, topic, glyphs), Some("curve"));
        }
    }
    page
}

const MASTERY: &str = "Mastery is the share of a topic's questions that you know now. What was never asked \
                       counts as not known.";

const CURVES: &str = "The chance that you know the answer, now and later, if the question does not come before. \
                      The curve shows the next thirty days.";

fn summary(progress: &Progress) -> String {
    let answers = progress.stats.answers;
    if answers.all == 0 {
        let lines = ["Nothing was answered yet.".to_owned()].into_iter();
        return lines.chain(exercises(&progress.practised)).collect::<Vec<_>>().join("\n");
    }
    let mut lines = vec![format!(
        "{} to {}, {} right.",
        counted(answers.all as usize, "answer"),
        counted(progress.cards().count(), "question"),
        share(answers),
    )];
    lines.push(match progress.due() {
        (0, Some(next)) => {
            format!("Nothing is due; the next question is in {}.", pause(next - progress.now))
        }
        (0, None) => "Nothing is due.".to_owned(),
        (1, _) => "1 question is due now.".to_owned(),
        (due, _) => format!("{due} questions are due now."),
    });
    let streak = progress.streak;
    if streak.days > 0 {
        let mut line = format!("{} in a row", counted(streak.days as usize, "day"));
        if streak.frozen > 0 {
            line += &format!(", {} bridged by a freeze", counted(streak.frozen as usize, "day"));
        }
        if streak.freezes + streak.frozen > 0 {
            line += &format!("; {} left", counted(streak.freezes as usize, "freeze"));
        }
        lines.push(format!("{line}."));
    }
    lines.extend(exercises(&progress.practised));
    lines.join("\n")
}

/// Nothing when none was passed or given up.
fn exercises(practised: &Practised) -> Option<String> {
    let Practised { all, passed, given_up } = *practised;
    (passed + given_up > 0).then_some(())?;
    let tail = if given_up > 0 { format!(", {given_up} given up") } else { String::new() };
    Some(format!("{passed} of {} passed{tail}.", counted(all, "exercise")))
}

fn topics(progress: &Progress, glyphs: Glyphs) -> Vec<Vec<String>> {
    let header = ["Topic", "asked", "remembered", "mastery", ""].map(str::to_owned).to_vec();
    let row = |topic: &TopicProgress| {
        let mastery = topic.mastery(progress.now);
        vec![
            topic.name.clone(),
            format!("{} of {}", topic.cards.len(), topic.questions),
            topic.recall(progress.now).map_or_else(|| "-".to_owned(), percent),
            percent(mastery),
            glyphs.bar(mastery),
        ]
    };
    std::iter::once(header).chain(progress.topics.iter().map(row)).collect()
}

fn readiness(page: &mut Document, progress: &Progress, interview: &Interview) {
    let days = calendar::day(interview.at) - progress.today;
    let left = counted(usize::try_from(days).unwrap_or(0), "day");
    page.paragraph(format!(
        "In {left}. If you answered nothing more until then, you would know {} of all questions; now it is {}.\n\
         No question is put off beyond that day: what would come after it comes once more before it.",
        percent(progress.readiness(interview.at)),
        percent(progress.readiness(progress.now)),
    ));
    let header = ["Topic", "now", "that day", "still to come"].map(str::to_owned).to_vec();
    let row = |topic: &TopicProgress| {
        let coming = topic.cards.iter().filter(|card| card.due_at < interview.at).count();
        let new = topic.questions - topic.cards.len();
        vec![
            topic.name.clone(),
            percent(topic.mastery(progress.now)),
            percent(topic.mastery(interview.at)),
            format!("{coming} again, {new} new"),
        ]
    };
    page.table(std::iter::once(header).chain(progress.topics.iter().map(row)).collect(), None);
}

fn days(progress: &Progress, counts: &[(i64, u32)], glyphs: Glyphs) -> String {
    let [none, .., most] = glyphs.shades();
    let on = |day: i64| counts.iter().find(|(known, _)| *known == day).map_or(0, |it| it.1);
    let week = (progress.today - 6..=progress.today)
        .map(|day| format!("{} {}", weekday(day), on(day)))
        .collect::<Vec<_>>()
        .join(", ");
    let recent = counts.iter().filter(|(day, _)| *day > progress.today - 30).count();
    let mut text = format!(
        "Each column is a week, the last one this week: {none} for no answer, {most} for the most.\n\
         The last seven days: {week}. In the last 30 days you answered on {recent}."
    );
    if let Some((day, most)) = counts.iter().rev().max_by_key(|(_, count)| *count) {
        text += &format!(
            " The busiest day was {}, with {}.",
            calendar::date(*day),
            counted(*most as usize, "answer")
        );
    }
    if progress.streak.longest > 0 {
        let longest = counted(progress.streak.longest as usize, "day");
        text += &format!(" The longest streak was {longest}.");
    }
    text
}

fn calibration(progress: &Progress) -> Vec<Vec<String>> {
    let header = ["You said", "right", "that is"].map(str::to_owned).to_vec();
    let row = |(said, right): &(String, Share)| {
        vec![said.clone(), format!("{} of {}", right.right, right.all), share(*right)]
    };
    std::iter::once(header).chain(progress.stats.confidence.iter().map(row)).collect()
}

fn judged(progress: &Progress) -> Vec<Vec<String>> {
    let header = ["Question", "you thought", "points found", "judged"].map(str::to_owned).to_vec();
    let row = |judged: &Judged| {
        let newest = &judged.newest;
        vec![
            plain_text(&judged.title).trim().to_owned(),
            newest.judgement.replace('-', " "),
            format!("{} of {}", newest.found, newest.points),
            counted(judged.times as usize, "time"),
        ]
    };
    std::iter::once(header).chain(progress.judged.iter().map(row)).collect()
}

/// The questions of a topic: what will be known of each, on the day of the interview too.
fn curves(progress: &Progress, topic: &TopicProgress, glyphs: Glyphs) -> Vec<Vec<String>> {
    let interview = progress.interview.as_ref();
    let names = ["Question", "now", "1 day", "7 days", "30 days"].into_iter();
    let names = names.chain(interview.map(|interview| interview.date.as_str()));
    let header = names.chain(["curve", "due"]).map(str::to_owned).collect();
    let row = |card: &Card| {
        let after = |days: i64| chance(card, progress.now + days * DAY);
        let (step, count) = CURVE;
        let curve: Vec<f64> = (0..count).map(|point| after(point * step)).collect();
        let due = match card.due_at - progress.now {
            ..=0 => "now".to_owned(),
            ms => pause(ms),
        };
        let name = card.card.rsplit('/').next().unwrap_or_default().to_owned();
        let mut row = vec![name];
        row.extend([0, 1, 7, 30].map(|days| percent(after(days))));
        row.extend(interview.map(|interview| percent(chance(card, interview.at))));
        row.extend([glyphs.curve(&curve), due]);
        row
    };
    std::iter::once(header).chain(topic.cards.iter().map(row)).collect()
}

fn percent(share: f64) -> String {
    // A sum of nothing is minus zero.
    format!("{:.0} %", 100.0 * share + 0.0)
}

fn share(share: Share) -> String {
    match share.all {
        0 => "-".to_owned(),
        all => percent(f64::from(share.right) / f64::from(all)),
    }
}

/// Such as `1 answer` and `3 answers`.
fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Rounded up to minutes, hours or days.
fn pause(ms: i64) -> String {
    let minutes = usize::try_from(ms.max(0) / MINUTE + 1).unwrap_or(usize::MAX);
    match minutes {
        0..60 => counted(minutes, "minute"),
        60..1440 => counted(minutes.div_ceil(60), "hour"),
        _ => counted(minutes.div_ceil(1440), "day"),
    }
}

#[cfg(test)]
mod tests;
