//! Sentence boundaries that no stop marks: emoticons, web addresses, ruled lines, mail headers.

use super::Paragraph;
use crate::words::is_emoticon;

/// Fewer equal marks in a row (`----`) may stand inside a sentence.
const RULE_CHARS: usize = 8;

impl Paragraph<'_> {
    /// Whether a sentence ends before word `i` or with the one in front of it, though no stop is
    /// there.
    pub(super) fn breaks_before(&self, i: usize) -> bool {
        if i == 0 || i >= self.words.len() {
            return false;
        }
        let before = self.word(i - 1);
        is_rule(self.word(i))
            || is_rule(before)
            || is_emoticon(before) && self.first(i).is_uppercase()
            || is_link(before) && (is_link(self.word(i)) || self.is_capitalized(i))
            || self.ends_stamp(i - 1)
            || self.starts_stamp(i) && self.ends_sender(i - 1)
    }

    /// Whether `i` may end the name or address of a mail's sender.
    fn ends_sender(&self, i: usize) -> bool {
        let word = self.word(i);
        word == ">" || word.contains('@') || self.first(i).is_uppercase() && word != "ON"
    }

    /// A capital with small letters behind it.
    fn is_capitalized(&self, i: usize) -> bool {
        self.first(i).is_uppercase() && self.word(i).contains(char::is_lowercase)
    }

    /// Whether a date in figures and a time of day start at `i`: 03/12/2001 10:45 AM, as mail
    /// programs put them between sender and text.
    fn starts_stamp(&self, i: usize) -> bool {
        is_figures(self.word(i), '/', 2) && is_time(self.word(i + 1))
    }

    /// Whether `i` is the AM or PM of such a stamp.
    fn ends_stamp(&self, i: usize) -> bool {
        i >= 2 && matches!(self.word(i), "AM" | "PM" | "am" | "pm") && self.starts_stamp(i - 2)
    }
}

/// Two numbers of an hour, perhaps a third.
fn is_time(word: &str) -> bool {
    is_figures(word, ':', 1) || is_figures(word, ':', 2)
}

/// Numbers with `count` marks between them and nothing else.
fn is_figures(word: &str, mark: char, count: usize) -> bool {
    let number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    word.len() <= 10 && word.matches(mark).count() == count && word.split(mark).all(number)
}

pub(super) fn is_link(word: &str) -> bool {
    word.starts_with("http") && word.contains("://") || word.starts_with("www.")
}

/// A line drawn with marks: `--------`, `********`.
fn is_rule(word: &str) -> bool {
    let mark = word.as_bytes().first().copied().unwrap_or_default();
    word.len() >= RULE_CHARS
        && matches!(mark, b'-' | b'=' | b'*' | b'_' | b'~' | b'#' | b'+')
        && word.bytes().all(|b| b == mark)
}
