//! Figures as bars of text.

/// The characters that bars are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyphs {
    full: char,
    empty: char,
    /// From little to much, for the height of a curve.
    heights: &'static [char],
    /// From none to many, for a day.
    pub(super) shades: [char; 5],
}

impl Glyphs {
    /// Blocks of Unicode.
    pub const UNICODE: Self = Self {
        full: '█',
        empty: '░',
        heights: &['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
        shades: ['·', '░', '▒', '▓', '█'],
    };

    /// For terminals that show ASCII alone.
    pub const ASCII: Self = Self {
        full: '#',
        empty: '.',
        heights: &['_', '.', '-', '=', '^'],
        shades: ['.', '-', '+', 'x', '#'],
    };

    /// The shades of days, from none to many.
    pub fn shades(self) -> [char; 5] {
        self.shades
    }

    /// A bar of ten characters, full as far as `share` is of 1.
    pub fn bar(self, share: f64) -> String {
        let full = (share.clamp(0.0, 1.0) * 10.0).round() as usize;
        let part = |glyph, count| std::iter::repeat_n(glyph, count);
        part(self.full, full).chain(part(self.empty, 10 - full)).collect()
    }

    /// A curve of shares from 0 to 1, a character for each.
    pub fn curve(self, shares: &[f64]) -> String {
        let top = self.heights.len() - 1;
        let height =
            |share: &f64| self.heights[(share.clamp(0.0, 1.0) * top as f64).round() as usize];
        shares.iter().map(height).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_full_as_their_share() {
        assert_eq!(Glyphs::UNICODE.bar(0.52), "█████░░░░░");
        assert_eq!(Glyphs::ASCII.bar(0.0), "..........");
        assert_eq!(Glyphs::ASCII.bar(2.0), "##########");
    }

    #[test]
    fn a_curve_falls_with_its_shares() {
        assert_eq!(Glyphs::UNICODE.curve(&[1.0, 0.9, 0.5, 0.0]), "█▇▅▁");
        assert_eq!(Glyphs::ASCII.curve(&[1.0, 0.75, 0.5, 0.25, 0.0]), "^=-._");
        assert!(Glyphs::ASCII.curve(&[1.0; 3]).is_ascii());
    }
}
