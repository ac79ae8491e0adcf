//! What the reader knows, in figures and bars.
//!
//! Everything here is a pure function of its arguments. A day is a number that grows by one from day to day;
//! what makes a day is the caller's business.

mod bars;
mod heat;
mod streak;

pub use bars::Glyphs;
pub use heat::{heat_map, weekday};
pub use streak::{Streak, streak};
