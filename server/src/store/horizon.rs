//! When a card is asked, given the day of the interview and clocks that were wrong.

use super::Card;
use super::schedule::{DAY, direction};

/// When `card` is due, in milliseconds since 1970, seen at `now`.
///
/// - With an interview ahead nothing is due after it. A card that would be is asked once more shortly
///   before it: when between a fifth and a twentieth of the time from the last answer to the interview is
///   left, so that not all come on one day.
/// - A card whose last answer lies more than a day ahead was answered under a clock that ran ahead. What it
///   says about the next time is worth nothing, so the card is due.
pub(super) fn due(card: &Card, interview: Option<i64>, now: i64) -> i64 {
    if card.last_at > now.saturating_add(DAY) {
        return now;
    }
    match interview.filter(|at| *at > now && card.due_at > *at) {
        None => card.due_at,
        Some(at) => {
            let left = at.saturating_sub(card.last_at).max(0);
            let share = 0.125 + 0.075 * direction(&card.card);
            at - if left > DAY { (left as f64 * share) as i64 } else { 0 }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(name: &str, last_day: i64, due_day: i64) -> Card {
        Card {
            card: name.to_owned(),
            stability: 10.0,
            difficulty: 5.0,
            due_at: due_day * DAY,
            last_at: last_day * DAY,
            last_variant: String::new(),
            reviews: 1,
            lapses: 0,
        }
    }

    #[test]
    fn nothing_is_due_after_the_interview() {
        let interview = Some(30 * DAY);
        assert_eq!(due(&card("a", 0, 20), interview, 0), 20 * DAY, "soon enough as it is");
        let days: Vec<f64> = (0..50)
            .map(|n| due(&card(&format!("p/c/{n}"), 0, 100), interview, 0) as f64 / DAY as f64)
            .collect();
        assert!(days.iter().all(|day| (24.0..=28.5).contains(day)), "{days:?}");
        let (first, last) =
            days.iter().fold((99.0, 0.0), |(low, high), day| (day.min(low), day.max(high)));
        assert!(last - first > 3.0, "they are spread: {days:?}");
        // On the last day there is nothing to win any more.
        assert_eq!(due(&card("a", 29, 40), interview, 29 * DAY), 30 * DAY);
    }

    #[test]
    fn after_the_interview_the_memory_alone_counts() {
        assert_eq!(due(&card("a", 0, 100), Some(30 * DAY), 30 * DAY), 100 * DAY);
        assert_eq!(due(&card("a", 0, 100), None, 0), 100 * DAY);
    }

    #[test]
    fn an_answer_from_the_future_puts_nothing_off() {
        assert_eq!(due(&card("a", 5000, 5100), None, 10 * DAY), 10 * DAY);
        let hour = DAY / 24;
        let ahead = Card { last_at: 10 * DAY + hour, ..card("a", 0, 12) };
        assert_eq!(due(&ahead, None, 10 * DAY), 12 * DAY, "clocks differ a little");
    }
}
