//! Versions near the bounds of version specifiers, and why each is let in or not.
//!
//! Source: Version specifiers (PEP 440). A pre-release that would be let in is left out, since
//! installers take it only in some cases; one that is shut out is shut out in every case.

use std::str::FromStr;

use pep440_rs::Version;

use super::versions::{Clause, Sort};

/// A version near a bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Near {
    /// As it is written.
    pub text: String,
    version: Version,
    pub why: Why,
}

/// Why a version is let in or shut out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Why {
    /// A release that is let in.
    Release,
    /// The one version, with more or fewer zeros at its end.
    Padded,
    /// A post-release that is let in.
    Post,
    /// The one version, with a local label.
    Local,
    /// It comes before the lower bound.
    Older,
    /// It comes after the upper bound.
    Newer,
    /// A pre-release of the lower bound, which comes before it.
    Pre,
    /// A pre-release of the version behind `<`.
    PreOfUpper,
    /// A post-release of the version behind `>`.
    PostOfLower,
    /// The version behind `<` or `>`.
    Bound,
    /// A `!=` names it.
    Excluded,
    /// Another version than the only one.
    Other,
    /// The version behind `===`, written in another way.
    Spelling,
}

impl Why {
    /// Whether the version is let in.
    pub fn lets_in(self) -> bool {
        self <= Self::Local
    }
}

/// Longest release that is varied, in numbers.
const MAX_NUMBERS: usize = 4;

/// Versions near the bounds of `clauses`, no two of which mean the same, in an order that hangs on
/// `seed` and not on what is let in; none for clauses with an epoch or a local label.
pub(crate) fn near(clauses: &[Clause], seed: &str) -> Vec<Near> {
    let usual = |clause: &Clause| {
        let version = clause.bound();
        version.epoch() == 0
            && !version.is_local()
            && version.release().len() <= MAX_NUMBERS
            && (!clause.is_by_text() || clause.version() == version.to_string())
    };
    if !clauses.iter().all(usual) {
        return Vec::new();
    }
    let mut texts: Vec<String> = clauses.iter().flat_map(around).collect();
    texts.sort_by_key(|text| (hash(&format!("{seed} {text}")), text.clone()));
    let by_text = clauses.iter().any(Clause::is_by_text);
    let mut found: Vec<Near> = Vec::new();
    for text in texts {
        let Ok(version) = Version::from_str(&text) else { continue };
        let is_known = |it: &Near| it.text == text || (!by_text && it.version == version);
        if found.iter().any(is_known) || is_disputed(clauses, &version) {
            continue;
        }
        if let Some(why) = why(clauses, &text, &version) {
            found.push(Near { text, version, why });
        }
    }
    found
}

/// Whether installers differ: `9.post1` is of the series `9.0.*` for newer ones only, and `>2.1a2` lets in
/// `2.1+local` for some.
pub(crate) fn is_disputed(clauses: &[Clause], version: &Version) -> bool {
    let release = |version: &Version| Version::new(version.release());
    let is_plain = *version == release(version);
    let is_local_above = |clause: &Clause| {
        let bound = clause.bound();
        clause.sort() == Sort::Above
            && version.is_local()
            && *bound != release(bound)
            && release(bound) == release(version)
    };
    if clauses.iter().any(is_local_above) {
        return true;
    }
    let shorter = |clause: &Clause| {
        let numbers = clause.bound().release().len();
        let series = match clause.sort() {
            // `~=1.3.0.0` stands for `==1.3.0.*`, too.
            Sort::Compatible => numbers - 1,
            _ if clause.is_of_series() => numbers,
            _ => 0,
        };
        version.release().len() < series
    };
    !is_plain && clauses.iter().any(shorter)
}

/// A number that follows from `text` and says nothing about it (FNV-1a).
pub(crate) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Versions around the one of a clause.
fn around(clause: &Clause) -> Vec<String> {
    let version = clause.bound();
    let release = version.release();
    let plain = Version::new(release) == *version && !version.any_prerelease();
    let (last, at) = (release.len() - 1, |numbers: &[u64]| text(numbers));
    let with = |place: usize, number: u64, rest: u64| {
        let mut numbers = release.to_vec();
        numbers[place] = number;
        numbers[place + 1..].fill(rest);
        at(&numbers)
    };
    let mut found = vec![version.to_string(), with(last, release[last] + 1, 0)];
    found.extend(release[last].checked_sub(1).map(|number| with(last, number, 0)));
    if last > 0 {
        found.push(with(last - 1, release[last - 1] + 1, 0));
        found.extend(release[last - 1].checked_sub(1).map(|number| with(last - 1, number, 9)));
    }
    found.push(at(&[release[0] + 1, 0]));
    if plain {
        let release = at(release);
        found.push(format!("{release}.post1"));
        found.push(format!("{release}rc1"));
        found.push(format!("{release}.dev1"));
        match clause.sort() {
            Sort::Exact => {
                found.push(format!("{release}.0"));
                found.push(format!("{release}+local.1"));
            }
            Sort::Series | Sort::Not => found.push(format!("{release}.7")),
            _ => {}
        }
    }
    found
}

fn text(numbers: &[u64]) -> String {
    let numbers: Vec<String> = numbers.iter().map(u64::to_string).collect();
    numbers.join(".")
}

/// Why the version is let in or not; nothing for a pre-release that is let in.
fn why(clauses: &[Clause], text: &str, version: &Version) -> Option<Why> {
    if let Some(clause) = clauses.iter().find(|clause| !clause.lets_in(text, version)) {
        return Some(why_not(clause, version));
    }
    if version.any_prerelease() {
        return None;
    }
    let mut exact = clauses.iter().filter(|clause| clause.sort() == Sort::Exact);
    Some(match exact.next() {
        Some(_) if version.is_local() => Why::Local,
        Some(only) if only.bound().to_string() != text => Why::Padded,
        None if version.is_post() => Why::Post,
        _ => Why::Release,
    })
}

/// Why `clause` shuts the version out.
fn why_not(clause: &Clause, version: &Version) -> Why {
    let bound = clause.bound();
    let is_same_release = Version::new(bound.release()) == Version::new(version.release());
    let is_pre = version.any_prerelease() && is_same_release;
    match clause.sort() {
        Sort::Not => Why::Excluded,
        Sort::Exact if clause.is_by_text() && version == bound => Why::Spelling,
        Sort::Exact => Why::Other,
        Sort::Above | Sort::Below if version == bound => Why::Bound,
        Sort::Below if version < bound => Why::PreOfUpper,
        Sort::Above if version > bound && is_same_release => Why::PostOfLower,
        _ if version < bound && is_pre => Why::Pre,
        _ if version < bound => Why::Older,
        _ => Why::Newer,
    }
}

#[cfg(test)]
mod tests {
    use super::super::versions::read;
    use super::*;

    fn whys(specifiers: &str) -> Vec<(String, Why)> {
        let mut found: Vec<_> = near(&read(specifiers).unwrap(), "")
            .into_iter()
            .map(|near| (near.text, near.why))
            .collect();
        found.sort_by_key(|(text, _)| Version::from_str(text).unwrap());
        found
    }

    #[test]
    fn a_compatible_release_ends_before_the_next_series() {
        let expected = [
            ("1.3.9", Why::Older),
            ("1.4.1", Why::Older),
            ("1.4.2.dev1", Why::Pre),
            ("1.4.2rc1", Why::Pre),
            ("1.4.2", Why::Release),
            ("1.4.2.post1", Why::Post),
            ("1.4.3", Why::Release),
            ("1.5.0", Why::Newer),
            ("2.0", Why::Newer),
        ];
        assert_eq!(whys("~=1.4.2"), expected.map(|(text, why)| (text.to_owned(), why)));
    }

    #[test]
    fn bounds_shut_out_what_belongs_to_their_version() {
        let is = |specifiers: &str, text: &str| {
            let found = whys(specifiers);
            found.iter().find(|(it, _)| it == text).map(|(_, why)| *why)
        };
        assert_eq!(is("<3", "3rc1"), Some(Why::PreOfUpper));
        assert_eq!(is("<3", "3"), Some(Why::Bound));
        assert_eq!(is(">1.7", "1.7.post1"), Some(Why::PostOfLower));
        assert_eq!(is("!=1.7", "1.7"), Some(Why::Excluded));
        assert_eq!(is("!=1.7.*", "1.7.7"), Some(Why::Excluded));
        assert_eq!(is("==2.1", "2.1+local.1"), Some(Why::Local));
        assert_eq!(is("==2.1", "2.1.post1"), Some(Why::Other));
        assert_eq!(is("===2.1", "2.1.0"), Some(Why::Spelling));
        assert_eq!(is("==2.1.*", "2.1rc1"), None, "only with --pre");
        assert_eq!(is(">=2.0rc1", "2.0rc1"), None);
        assert_eq!(is("==9.0.*,!=9", "9.post1"), None, "installers differ");
    }

    #[test]
    fn what_is_unusual_has_no_neighbours() {
        for specifiers in ["==1!2.0", "==1.0+cpu", "===1.0-rc1", ">=1.2.3.4.5"] {
            assert_eq!(whys(specifiers), [], "{specifiers}");
        }
    }

    #[test]
    fn no_two_mean_the_same() {
        for specifiers in ["==2.1", "==2.0", ">=1,<1.0.1", "~=2.0,!=2.0"] {
            let found = near(&read(specifiers).unwrap(), "seed");
            for (at, one) in found.iter().enumerate() {
                assert!(found[..at].iter().all(|it| it.version != one.version), "{}", one.text);
            }
        }
    }

    #[test]
    fn a_short_post_release_is_of_no_longer_series() {
        let is_short = |(text, _): &(String, Why)| text == "1.3.post1";
        assert!(whys(">=1.3").iter().any(is_short));
        assert!(!whys(">=1.3, ~=1.3.0.0").iter().any(is_short));
        assert!(!whys(">=1.3, ==1.3.0.*").iter().any(is_short));
    }

    #[test]
    fn a_local_version_above_a_pre_release_is_not_asked_about() {
        let has_local = |specifiers| whys(specifiers).iter().any(|(_, why)| *why == Why::Local);
        assert!(has_local("==2.1.0"));
        assert!(!has_local(">2.1a2, ==2.1.0"));
    }
}
