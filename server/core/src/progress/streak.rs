//! Days in a row.

/// How long the reader has kept at it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Streak {
    /// Days with an answer since the last break, up to today or yesterday.
    pub days: u32,
    /// Days in between that freezes stood in for.
    pub frozen: u32,
    /// Freezes that are left.
    pub freezes: u32,
    /// The most days of any streak.
    pub longest: u32,
}

/// Days with an answer that earn a freeze.
const EARNS: u32 = 7;

/// Most freezes that are kept.
const KEPT: u32 = 2;

/// The streak at `today`, from the days with an answer in their order, each once.
///
/// A streak counts the days with an answer. Each seventh of them earns a freeze, of which two are kept at
/// most. A day without an answer takes a freeze, and the streak goes on; without a freeze, or with fewer than
/// days were missed, it ends, and what is left of them with it. Today is missed only when it is over. Days
/// after today, which a clock that ran ahead has made, do not count.
pub fn streak(days: &[i64], today: i64) -> Streak {
    let mut now = Streak::default();
    let mut last = None;
    for day in days.iter().copied().filter(|day| *day <= today) {
        now = missed(now, last, day);
        now.days += 1;
        if now.days % EARNS == 0 {
            now.freezes = KEPT.min(now.freezes + 1);
        }
        now.longest = now.longest.max(now.days);
        last = Some(day);
    }
    missed(now, last, today)
}

/// The streak after the days between `last` and `next`.
fn missed(streak: Streak, last: Option<i64>, next: i64) -> Streak {
    let gap = last.map_or(0, |last| (next - last - 1).max(0));
    match u32::try_from(gap) {
        Ok(0) => streak,
        Ok(gap) if gap <= streak.freezes => {
            Streak { freezes: streak.freezes - gap, frozen: streak.frozen + gap, ..streak }
        }
        _ => Streak { longest: streak.longest, ..Streak::default() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Days as a row of `x` for a day with an answer and `.` for one without; the last is today.
    fn at_end(row: &str) -> Streak {
        let days: Vec<i64> =
            row.char_indices().filter(|it| it.1 == 'x').map(|it| it.0 as i64).collect();
        streak(&days, row.len() as i64 - 1)
    }

    fn days(row: &str) -> u32 {
        at_end(row).days
    }

    #[test]
    fn days_in_a_row() {
        assert_eq!(days(""), 0);
        assert_eq!(days("."), 0);
        assert_eq!(days("x"), 1);
        assert_eq!(days("xx.xxx"), 3);
        assert_eq!(days("xxx."), 3, "today is not over");
        assert_eq!(days("xxx.."), 0, "yesterday is");
    }

    #[test]
    fn seven_days_earn_a_freeze() {
        assert_eq!(at_end("xxxxxx").freezes, 0);
        assert_eq!(at_end("xxxxxxx"), Streak { days: 7, frozen: 0, freezes: 1, longest: 7 });
        assert_eq!(at_end("xxxxxxx.x"), Streak { days: 8, frozen: 1, freezes: 0, longest: 8 });
        assert_eq!(at_end("xxxxxxx.."), Streak { days: 7, frozen: 1, freezes: 0, longest: 7 });
        assert_eq!(at_end("xxxxxxx..x"), Streak { days: 1, frozen: 0, freezes: 0, longest: 7 });
        assert_eq!(days("xxxxxx.x"), 1, "there was none yet");
    }

    #[test]
    fn two_freezes_are_kept() {
        let month = "x".repeat(28);
        assert_eq!(at_end(&month), Streak { days: 28, frozen: 0, freezes: 2, longest: 28 });
        assert_eq!(days(&format!("{month}..x")), 29);
        assert_eq!(at_end(&format!("{month}...x")).days, 1);
        assert_eq!(at_end(&format!("{month}..x")).freezes, 0);
        let again = format!("{month}..xxxxxxx");
        assert_eq!(at_end(&again), Streak { days: 35, frozen: 2, freezes: 1, longest: 35 });
    }

    #[test]
    fn the_future_does_not_count() {
        assert_eq!(streak(&[3, 4, 9], 4).days, 2);
        assert_eq!(streak(&[9], 4), Streak::default());
    }
}
