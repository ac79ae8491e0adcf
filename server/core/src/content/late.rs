//! Content that is read when it is first asked for.

use std::fmt;
use std::ops::Deref;
use std::sync::LazyLock;

/// A value that is made when it is first looked at. Most of a pack is for readers who ask for it: until
/// then it takes neither time nor memory.
pub struct Late<T>(LazyLock<T, Box<dyn FnOnce() -> T + Send>>);

impl<T: Send + 'static> Late<T> {
    /// A value that there is.
    pub(crate) fn now(value: T) -> Self {
        let late = Self::later(move || value);
        LazyLock::force(&late.0);
        late
    }
}

impl<T> Late<T> {
    /// What `make` makes, the first time it is looked at.
    pub(crate) fn later(make: impl FnOnce() -> T + Send + 'static) -> Self {
        Self(LazyLock::new(Box::new(make)))
    }
}

impl<T: Default + Send + 'static> Default for Late<T> {
    fn default() -> Self {
        Self::now(T::default())
    }
}

impl<T> Deref for Late<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<'a, T> IntoIterator for &'a Late<Vec<T>> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: fmt::Debug> fmt::Debug for Late<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    static MADE: AtomicUsize = AtomicUsize::new(0);

    #[test]
    fn a_value_is_made_once_and_only_when_it_is_looked_at() {
        let late = Late::later(|| vec![MADE.fetch_add(1, Ordering::Relaxed)]);
        assert_eq!(MADE.load(Ordering::Relaxed), 0);
        assert_eq!((&late).into_iter().count(), 1);
        assert_eq!(late.len(), 1);
        assert_eq!(MADE.load(Ordering::Relaxed), 1);
    }
}
