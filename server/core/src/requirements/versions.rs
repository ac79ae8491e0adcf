//! Version specifiers: `>=2.1, <3`.
//!
//! Source: Version specifiers (PEP 440).

use std::str::FromStr;

use pep440_rs::{Operator, Version, VersionSpecifier};

/// One of the conditions between commas.
#[derive(Clone, Debug)]
pub(crate) struct Clause {
    /// As it is written, without blanks around it.
    pub text: String,
    specifier: VersionSpecifier,
}

/// What a clause lets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// `==1.0`, `===1.0`
    Exact,
    /// `==1.*`
    Series,
    /// `~=1.4`
    Compatible,
    /// `>=1.0`
    AtLeast,
    /// `>1.0`
    Above,
    /// `<=1.0`
    AtMost,
    /// `<1.0`
    Below,
    /// `!=1.0`, `!=1.*`
    Not,
}

/// The clauses in their order; nothing unless all can be read.
pub(crate) fn read(text: &str) -> Option<Vec<Clause>> {
    let mut clauses = Vec::new();
    for part in text.split(',').map(str::trim) {
        // A comma may end the list.
        if !part.is_empty() {
            let specifier = VersionSpecifier::from_str(part).ok()?;
            clauses.push(Clause { text: part.to_owned(), specifier });
        }
    }
    Some(clauses)
}

impl Clause {
    /// What it lets in.
    pub fn sort(&self) -> Sort {
        match self.specifier.operator() {
            Operator::Equal | Operator::ExactEqual => Sort::Exact,
            Operator::EqualStar => Sort::Series,
            Operator::TildeEqual => Sort::Compatible,
            Operator::GreaterThanEqual => Sort::AtLeast,
            Operator::GreaterThan => Sort::Above,
            Operator::LessThanEqual => Sort::AtMost,
            Operator::LessThan => Sort::Below,
            Operator::NotEqual | Operator::NotEqualStar => Sort::Not,
        }
    }

    /// The version that it names, without the `.*` of a series.
    pub fn bound(&self) -> &Version {
        self.specifier.version()
    }

    /// Whether it is a `===`, which compares texts.
    pub fn is_by_text(&self) -> bool {
        *self.specifier.operator() == Operator::ExactEqual
    }

    /// Whether it names a series: `==1.*`, `!=1.*`.
    pub fn is_of_series(&self) -> bool {
        self.specifier.operator().is_star()
    }

    /// Whether it lets in the version, which is written so.
    pub fn lets_in(&self, text: &str, version: &Version) -> bool {
        match self.specifier.operator() {
            Operator::ExactEqual => self.version().eq_ignore_ascii_case(text),
            // The library takes `1.0` for one of the series `1.0.3.*`.
            Operator::EqualStar => is_in_series(self.bound(), version),
            Operator::NotEqualStar => !is_in_series(self.bound(), version),
            // It lets in no pre-release of the version, even where that is one itself.
            Operator::LessThan if self.bound().any_prerelease() => {
                version.clone().without_local() < *self.bound()
            }
            _ => self.specifier.contains(version),
        }
    }

    /// The version as it is written, with the `.*` of a series.
    pub fn version(&self) -> &str {
        self.text.trim_start_matches(['<', '>', '=', '!', '~']).trim()
    }

    /// The two clauses that `~=` stands for: `>=1.4, ==1.*`.
    pub fn spelled_out(&self) -> Option<String> {
        (self.sort() == Sort::Compatible).then_some(())?;
        let release = self.specifier.version().release();
        let kept = release.len().checked_sub(1).filter(|kept| *kept > 0)?;
        let series: Vec<String> = release[..kept].iter().map(u64::to_string).collect();
        let epoch = self.specifier.version().epoch();
        let epoch = if epoch == 0 { String::new() } else { format!("{epoch}!") };
        Some(format!(">={}, =={epoch}{}.*", self.version(), series.join(".")))
    }
}

/// The one version that is let in.
pub(crate) fn pinned(clauses: &[Clause]) -> Option<&str> {
    let mut exact = clauses.iter().filter(|clause| clause.sort() == Sort::Exact);
    exact.next().filter(|_| exact.next().is_none()).map(Clause::version)
}

/// Whether all clauses let `version` in; nothing for what is no version.
pub(crate) fn let_in(clauses: &[Clause], version: &str) -> Option<bool> {
    let parsed = Version::from_str(version).ok()?;
    Some(clauses.iter().all(|clause| clause.lets_in(version, &parsed)))
}

/// Whether the version begins with the numbers of `series`. Those that it has not are zeros.
fn is_in_series(series: &Version, version: &Version) -> bool {
    let numbers = version.release().iter().copied().chain(std::iter::repeat(0));
    series.epoch() == version.epoch()
        && series.release().iter().copied().zip(numbers).all(|(one, other)| one == other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lets(text: &str, version: &str) -> bool {
        let_in(&read(text).unwrap(), version).unwrap()
    }

    // As `packaging.specifiers.SpecifierSet(text).contains(version, prereleases=True)` says.
    #[test]
    fn what_is_let_in() {
        assert!(lets("~=2.1", "2.9") && !lets("~=2.1", "3.0") && !lets("~=2.1", "2.0"));
        assert!(lets("~=2.1.3", "2.1.9") && !lets("~=2.1.3", "2.2"));
        assert!(lets("==2.1", "2.1.0") && lets("==2.1", "2.1+local"));
        assert!(lets("==2.*", "2.7.1") && !lets("!=2.*", "2.0"));
        assert!(!lets("==1.0.3.*", "1.0") && lets("!=1.0.3.*", "1.0") && lets("==1.0.*", "1"));
        assert!(lets("<3.0rc1", "3.0.dev1") && !lets("<3.0rc1", "3.0"));
        assert!(lets("===2.1", "2.1") && !lets("===2.1", "2.1.0"));
        assert!(!lets("<3", "3.0rc1") && !lets(">1.7", "1.7.0.post1"));
        assert!(lets(">=1,<3,!=2.0,", "2.1") && !lets(">=1,<3,!=2.0", "2.0.0"));
        assert!(let_in(&read(">=1").unwrap(), "no version").is_none());
    }

    #[test]
    fn a_compatible_release_is_two_clauses() {
        let both = |text: &str| read(text).unwrap()[0].spelled_out();
        assert_eq!(both("~=2.1").as_deref(), Some(">=2.1, ==2.*"));
        assert_eq!(both("~= 2.1.3").as_deref(), Some(">=2.1.3, ==2.1.*"));
        assert_eq!(both("~=2.2.post3").as_deref(), Some(">=2.2.post3, ==2.*"));
        assert_eq!(both("~=1!2.0").as_deref(), Some(">=1!2.0, ==1!2.*"));
        assert_eq!(both(">=2.1"), None);
        assert!(read("~=2").is_none() && read(">=1,what").is_none());
    }

    #[test]
    fn one_version_is_pinned() {
        let version = |text: &str| pinned(&read(text).unwrap()).map(str::to_owned);
        assert_eq!(version("== 1.0"), Some("1.0".into()));
        assert_eq!(version("===1.0"), Some("1.0".into()));
        for open in ["", ">=1", "==1.*", "<=1,>=1"] {
            assert_eq!(version(open), None, "{open}");
        }
    }
}
