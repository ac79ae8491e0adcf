//! Whether `__exit__` drops the exception of the block.
//!
//! Source: Python Language Reference, Data model, `object.__exit__()`: a true value suppresses the
//! exception, any other lets it be processed normally.

use crate::syntax::Node;

use super::truth::{Raised, Truth};
use super::ways::{Way, ways};

/// What `__exit__` does with an exception.
#[derive(Clone, Debug)]
pub(crate) enum Verdict<'a> {
    /// It is not dropped: no way returns a true value. These raise another in its place.
    Never(Vec<Node<'a>>),
    /// It is dropped, whatever it is: each way returns a true value, and none raises.
    Always(Vec<Way<'a>>),
    /// It is dropped where one of these is taken and its value is true.
    Sometimes(Vec<Way<'a>>),
    /// Each way raises another in its place.
    Raises,
}

/// What the method does, which is no coroutine function and no generator function unless that is
/// what `with` expects.
pub(crate) fn verdict(raised: Raised<'_>) -> Option<Verdict<'_>> {
    let ways = ways(raised)?;
    let all = ways.returns.len();
    let may: Vec<_> = ways.returns.into_iter().filter(|way| way.truth != Truth::False).collect();
    let is_sure = may.iter().all(|way| way.truth == Truth::True);
    Some(match (may.is_empty(), ways.falls) {
        (true, false) if all == 0 && !ways.raises.iter().any(|it| raised.raises_again(*it)) => {
            (!ways.raises.is_empty()).then_some(())?;
            Verdict::Raises
        }
        (true, _) => {
            let others = ways.raises.into_iter().filter(|raise| !raised.raises_again(*raise));
            Verdict::Never(others.collect())
        }
        (false, false) if is_sure && may.len() == all && ways.raises.is_empty() => {
            Verdict::Always(may)
        }
        (false, _) => Verdict::Sometimes(may),
    })
}
