//! What an answer says about the reader's memory.

/// How an answer came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The right option.
    Right,
    /// Another option.
    Wrong,
    /// The reader asked for the answer.
    GaveUp,
}

/// How sure the reader was, said together with the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Confidence {
    /// Knew it.
    Sure,
    /// Thought so.
    Unsure,
    /// Took a chance.
    Guess,
}

/// The four grades of spaced repetition, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Grade {
    /// Not known.
    Again = 1,
    /// Known with effort.
    Hard = 2,
    /// Known.
    Good = 3,
    /// Known at once.
    Easy = 4,
}

/// Grades an answer; readers are not asked to. A right guess among options is luck. `hints` is the
/// number given, `recall` says that the answer had to be worked out rather than recognised, `quick`
/// that it came faster than the reader's median.
pub fn grade(
    outcome: Outcome,
    confidence: Option<Confidence>,
    hints: usize,
    recall: bool,
    quick: bool,
) -> Grade {
    match (outcome, confidence) {
        (Outcome::Wrong | Outcome::GaveUp, _) | (_, Some(Confidence::Guess)) => Grade::Again,
        (Outcome::Right, Some(Confidence::Unsure)) => Grade::Hard,
        (Outcome::Right, _) if hints > 0 => Grade::Hard,
        (Outcome::Right, Some(Confidence::Sure)) if recall && quick => Grade::Easy,
        (Outcome::Right, _) => Grade::Good,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn luck_and_help_count_less_than_knowing() {
        use Confidence::{Guess, Sure, Unsure};
        let right = |confidence, hints, recall, quick| {
            grade(Outcome::Right, confidence, hints, recall, quick)
        };
        assert_eq!(right(None, 0, false, true), Grade::Good);
        assert_eq!(right(Some(Sure), 0, false, true), Grade::Good);
        assert_eq!(right(Some(Sure), 0, true, false), Grade::Good);
        assert_eq!(right(Some(Sure), 0, true, true), Grade::Easy);
        assert_eq!(right(Some(Sure), 1, true, true), Grade::Hard);
        assert_eq!(right(None, 2, false, false), Grade::Hard);
        assert_eq!(right(Some(Unsure), 0, true, true), Grade::Hard);
        assert_eq!(right(Some(Guess), 0, true, true), Grade::Again);
        for confidence in [None, Some(Sure), Some(Unsure), Some(Guess)] {
            assert_eq!(grade(Outcome::Wrong, confidence, 0, true, true), Grade::Again);
            assert_eq!(grade(Outcome::GaveUp, confidence, 0, true, true), Grade::Again);
        }
    }
}
