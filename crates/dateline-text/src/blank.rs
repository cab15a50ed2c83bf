/// True for white space and for what prints nothing and stands between words: byte order marks,
/// zero-width spaces, writing-direction marks and control characters.
///
/// Segmentation reads these as white space: every other character of a title or body zone is in
/// a token. Joiners and soft hyphens stay in their word.
pub fn is_blank(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_whitespace() || c.is_ascii_control();
    }
    c.is_whitespace()
        || c.is_control()
        || matches!(c,
            '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2066}'..='\u{206F}' | '\u{FEFF}')
}

/// The part of `text[start..end]` without blanks at its ends, as `start..end`; empty at `start`
/// where all is blank.
pub(crate) fn trim(text: &str, start: usize, end: usize) -> (usize, usize) {
    let slice = &text[start..end];
    let head = slice.len() - slice.trim_start_matches(is_blank).len();
    let kept = slice.trim_matches(is_blank).len();
    (start + head, start + head + kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trims_marks_as_well_as_spaces() {
        assert_eq!(trim("\u{FEFF} a b\0\u{A0}", 0, 10), (4, 7));
        assert_eq!(trim(" \t ", 0, 3), (3, 3));
        assert!(!is_blank('\u{200D}') && !is_blank('\u{AD}'));
    }
}
