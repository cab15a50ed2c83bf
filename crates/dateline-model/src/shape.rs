//! What an uncased encoder cannot see of a word: its shape.

/// The shape class of a word as written. The training side computes the same numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ShapeClass {
    Lower = 1,
    Upper = 2,
    Title = 3,
    Digits = 4,
    Alnum = 5,
    Punct = 6,
    Cap1 = 7,
    Mixed = 8,
}

impl ShapeClass {
    pub(crate) fn of(word: &str) -> ShapeClass {
        let (mut letters, mut upper, mut lower) = (0_usize, 0_usize, 0_usize);
        let (mut digit, mut first_is_upper) = (false, false);
        for c in word.chars() {
            // Letter-like numerals (`Ⅷ`) are alphabetic to Unicode, but count as numbers here.
            if c.is_numeric() {
                digit = true;
            } else if c.is_alphabetic() {
                letters += 1;
                upper += usize::from(c.is_uppercase());
                lower += usize::from(c.is_lowercase());
                first_is_upper |= letters == 1 && c.is_uppercase();
            }
        }
        match (digit, letters) {
            (true, 0) => ShapeClass::Digits,
            (true, _) => ShapeClass::Alnum,
            (false, 0) => ShapeClass::Punct,
            (false, _) if upper == 0 => ShapeClass::Lower,
            (false, 1) => ShapeClass::Cap1,
            (false, _) if lower == 0 => ShapeClass::Upper,
            (false, _) if upper == 1 && first_is_upper => ShapeClass::Title,
            (false, _) => ShapeClass::Mixed,
        }
    }

    /// The id of a piece of such a word; 0 is left to the special pieces.
    pub(crate) fn id(self, is_first_piece: bool) -> u8 {
        2 * self as u8 - u8::from(is_first_piece)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes() {
        let table = [
            ("talks", ShapeClass::Lower),
            ("a", ShapeClass::Lower),
            ("état", ShapeClass::Lower),
            ("会议", ShapeClass::Lower),
            ("'s", ShapeClass::Lower),
            ("NATO", ShapeClass::Upper),
            ("U.S.", ShapeClass::Upper),
            ("Ottawa", ShapeClass::Title),
            ("Éire", ShapeClass::Title),
            ("Al-quds", ShapeClass::Title),
            ("2019", ShapeClass::Digits),
            ("3,500.75", ShapeClass::Digits),
            ("½", ShapeClass::Digits),
            ("Ⅷ", ShapeClass::Digits),
            ("F-16", ShapeClass::Alnum),
            ("22nd", ShapeClass::Alnum),
            ("—", ShapeClass::Punct),
            ("$", ShapeClass::Punct),
            ("", ShapeClass::Punct),
            ("I", ShapeClass::Cap1),
            ("J.", ShapeClass::Cap1),
            ("McKay", ShapeClass::Mixed),
            ("eBay", ShapeClass::Mixed),
            ("Jean-Luc", ShapeClass::Mixed),
        ];
        for (word, class) in table {
            assert_eq!(ShapeClass::of(word), class, "{word}");
        }
    }

    #[test]
    fn ids_are_odd_for_first_pieces() {
        assert_eq!(ShapeClass::Lower.id(true), 1);
        assert_eq!(ShapeClass::Lower.id(false), 2);
        assert_eq!(ShapeClass::Mixed.id(true), 15);
        assert_eq!(ShapeClass::Mixed.id(false), 16);
    }
}
