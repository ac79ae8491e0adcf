//! How much was done on which day, a column for a week.

use super::Glyphs;

/// Names of the rows, the first day of the week first. A day is one of these by its number: day 0 is the
/// fourth, as 1 January 1970 was a Thursday.
const ROWS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// The short name of the day of the week; `day` in days since 1 January 1970.
pub fn weekday(day: i64) -> &'static str {
    ROWS[usize::try_from(row(day)).unwrap_or(0)]
}

fn row(day: i64) -> i64 {
    (day + 3).rem_euclid(7)
}

/// The last `weeks` weeks up to `today` as seven rows, each of the days of one name. `counts` are numbers of
/// answers by day, in days since 1 January 1970. A day without an answer has the lightest shade, the others
/// are shared out between the other four, up to the day with most.
pub fn heat_map(counts: &[(i64, u32)], today: i64, weeks: usize, glyphs: Glyphs) -> String {
    let first = today - row(today) - 7 * (weeks as i64 - 1);
    let shown = counts.iter().filter(|(day, _)| (first..=today).contains(day));
    let most = shown.map(|(_, count)| *count).max().unwrap_or(0);
    let mut out = String::new();
    for (row, name) in ROWS.iter().enumerate() {
        let cells = (0..weeks as i64).map(|week| {
            let day = first + 7 * week + row as i64;
            let count = counts.iter().find(|(known, _)| *known == day).map_or(0, |it| it.1);
            if day > today { ' ' } else { shade(count, most, glyphs) }
        });
        let line: String = cells.collect();
        out.push_str(format!("{name}  {line}").trim_end());
        out.push('\n');
    }
    out
}

fn shade(count: u32, most: u32, glyphs: Glyphs) -> char {
    let at = if count == 0 { 0 } else { (4 * u64::from(count)).div_ceil(u64::from(most.max(1))) };
    glyphs.shades[usize::try_from(at).unwrap_or(4).min(4)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_stand_in_their_week() {
        // Day 4 is a Monday: Thursday 1 January 1970, then Friday, Saturday, Sunday.
        let counts = [(4, 1), (5, 4), (6, 8), (0, 2), (-3, 2), (8, 90)];
        let map = heat_map(&counts, 7, 2, Glyphs::ASCII);
        assert_eq!(map, "Mon  --\nTue  .+\nWed  .#\nThu  -.\nFri  .\nSat  .\nSun  .\n");
    }

    #[test]
    fn days_have_their_names() {
        assert_eq!([0, 4, -4, 20_000].map(weekday), ["Thu", "Mon", "Sun", "Fri"]);
    }

    #[test]
    fn an_empty_year_is_light() {
        let map = heat_map(&[], 7, 52, Glyphs::UNICODE);
        assert_eq!(map.chars().filter(|c| *c == '·').count(), 51 * 7 + 4);
        assert!(map.lines().all(|line| line.chars().count() <= 57));
    }
}
