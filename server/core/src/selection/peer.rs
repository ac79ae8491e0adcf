//! Another linter that looks at the same file, and what it reports there.
//!
//! Its codes are letters with a number behind them, such as `B023`, and a selector is `ALL` or the
//! beginning of codes. As with ours, the more exact one counts.
//! Source: ruff's documentation, [rule selection](https://docs.astral.sh/ruff/linter/#rule-selection).

/// What one place tells a linter about its codes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    /// If anything, only these are on; what places below say no longer counts.
    pub select: Option<Vec<String>>,
    /// These are on as well.
    pub extend: Vec<String>,
    /// These are off. Where both are equally exact, this counts.
    pub ignore: Vec<String>,
}

/// Another linter, as far as one file is concerned.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Peer {
    /// Its name, as in the aliases of rules.
    pub tool: String,
    /// What it is told; the later one overrides the earlier ones.
    pub told: Vec<Told>,
    /// Off in this file, whatever is told.
    pub ignored_here: Vec<String>,
}

impl Peer {
    /// Whether it reports what it calls so in the file. `alias` is such as `ruff:B023`.
    pub fn reports(&self, alias: &str) -> bool {
        let Some((tool, code)) = alias.split_once(':') else { return false };
        let most = |selectors: &[String]| {
            selectors.iter().filter_map(|selector| exactness(selector, code)).max()
        };
        if tool != self.tool || most(&self.ignored_here).is_some() {
            return false;
        }
        let mut is_on = false;
        for told in &self.told {
            let on = told.select.as_deref().and_then(most).max(most(&told.extend));
            let off = most(&told.ignore);
            is_on = match (on, off) {
                (Some(on), off) => off.is_none_or(|off| on > off),
                (None, off) => told.select.is_none() && off.is_none() && is_on,
            };
        }
        is_on
    }
}

/// How exactly a selector speaks of a code; nothing if it does not.
fn exactness(selector: &str, code: &str) -> Option<usize> {
    if selector == "ALL" {
        return Some(0);
    }
    let letters = |text: &str| text.bytes().take_while(u8::is_ascii_uppercase).count();
    // `B` does not speak of `BLE001`, but pylint's codes have a letter of their kind behind `PL`.
    let is_whole = letters(selector) == letters(code) || selector == "PL";
    (is_whole && !selector.is_empty() && code.starts_with(selector)).then_some(selector.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(select: Option<&[&str]>, extend: &[&str], ignore: &[&str]) -> Told {
        let owned = |all: &[&str]| all.iter().map(|&one| one.to_owned()).collect();
        Told { select: select.map(owned), extend: owned(extend), ignore: owned(ignore) }
    }

    /// Those of `B023 B006 BLE001 PLR1708 UP006` that are reported.
    fn reported(told: &[Told], ignored_here: &[&str]) -> String {
        let ignored_here = ignored_here.iter().map(|&one| one.to_owned()).collect();
        let peer = Peer { tool: "ruff".into(), told: told.to_vec(), ignored_here };
        let all = ["B023", "B006", "BLE001", "PLR1708", "UP006"];
        let on = all.into_iter().filter(|code| peer.reports(&format!("ruff:{code}")));
        on.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_more_exact_selector_counts() {
        let one = |select, extend, ignore| reported(&[told(Some(select), extend, ignore)], &[]);
        assert_eq!(one(&["B"], &[], &[]), "B023 B006");
        assert_eq!(one(&["B0"], &["PL"], &[]), "B023 B006 PLR1708");
        assert_eq!(one(&["PLR"], &[], &[]), "PLR1708");
        assert_eq!(one(&["ALL"], &[], &["B"]), "BLE001 PLR1708 UP006");
        assert_eq!(one(&["B"], &[], &["B023"]), "B006");
        assert_eq!(one(&["B023"], &[], &["B"]), "B023");
        assert_eq!(one(&["B"], &[], &["B"]), "");
        assert_eq!(one(&[], &["BLE"], &["ALL"]), "BLE001");
        assert_eq!(one(&["U", "P", "", "b023"], &[], &[]), "", "these mean nothing");
    }

    #[test]
    fn a_later_place_adds_and_takes_away_and_its_select_starts_anew() {
        let below = told(Some(&["B"]), &[], &[]);
        let with = |above| reported(&[below.clone(), above], &[]);
        assert_eq!(with(told(None, &["UP"], &["B006"])), "B023 UP006");
        assert_eq!(with(told(Some(&["UP"]), &[], &[])), "UP006");
        assert_eq!(with(told(None, &[], &[])), "B023 B006");
        assert_eq!(reported(&[below], &["B0"]), "");
        assert_eq!(reported(&[told(None, &[], &[])], &[]), "");
    }

    #[test]
    fn the_codes_are_those_of_one_tool() {
        let peer = Peer {
            tool: "ruff".into(),
            told: vec![told(Some(&["ALL"]), &[], &[])],
            ..Peer::default()
        };
        assert!(peer.reports("ruff:W0640"));
        assert!(!peer.reports("pylint:W0640") && !peer.reports("W0640"));
    }
}
