use unicode_segmentation::UnicodeSegmentation;

use super::lists::LISTS;
use super::{Period, Word, clitics, numbers, periods, symbols};
use crate::Span;

/// A grapheme, known by its first character.
#[derive(Clone, Copy)]
struct Unit {
    at: usize,
    c: char,
}

/// A stretch of text without blanks, as graphemes.
pub(crate) struct Chunk<'a> {
    /// The text up to the end of the paragraph.
    pub(crate) block: &'a str,
    units: Vec<Unit>,
    end: usize,
}

impl<'a> Chunk<'a> {
    pub(crate) fn new(block: &'a str, start: usize, end: usize) -> Self {
        let slice = &block[start..end];
        let units = if slice.is_ascii() {
            slice.bytes().enumerate().map(|(i, b)| Unit { at: start + i, c: b.into() }).collect()
        } else {
            slice
                .grapheme_indices(true)
                .filter_map(|(i, g)| Some(Unit { at: start + i, c: g.chars().next()? }))
                .collect()
        };
        Chunk { block, units, end }
    }

    pub(crate) fn len(&self) -> usize {
        self.units.len()
    }

    /// The unit `i` as a character, NUL past the end.
    pub(crate) fn at(&self, i: usize) -> char {
        self.units.get(i).map_or('\0', |unit| unit.c)
    }

    /// The unit before `i`, NUL at the start.
    pub(crate) fn before(&self, i: usize) -> char {
        if i == 0 { '\0' } else { self.at(i - 1) }
    }

    /// The byte where unit `i` starts.
    pub(crate) fn byte(&self, i: usize) -> usize {
        self.units.get(i).map_or(self.end, |unit| unit.at)
    }

    pub(crate) fn slice(&self, from: usize, to: usize) -> &'a str {
        &self.block[self.byte(from)..self.byte(to)]
    }

    /// The text after unit `i` to the end of the paragraph.
    pub(crate) fn rest(&self, i: usize) -> &'a str {
        &self.block[self.byte(i)..]
    }

    /// The first unit from `i` on for which `is` fails.
    pub(crate) fn run(&self, i: usize, is: impl Fn(char) -> bool) -> usize {
        (i..self.len()).find(|&j| !is(self.at(j))).unwrap_or(self.len())
    }

    /// Whether `byte` is the edge of a grapheme.
    fn is_boundary(&self, byte: usize) -> bool {
        byte == self.end || self.units.binary_search_by_key(&byte, |unit| unit.at).is_ok()
    }

    pub(crate) fn cut(&self, out: &mut Vec<Word>) {
        let start = self.byte(0);
        let mut done = start;
        for found in symbols::addresses(&self.block[start..self.end]) {
            let (from, to) = (start + found.start, start + found.end);
            if self.is_boundary(from) && self.is_boundary(to) {
                Chunk::new(self.block, done, from).cut_plain(out);
                out.push(Word { span: Span::new(from, to), period: Period::None });
                done = to;
            }
        }
        if done == start {
            self.cut_plain(out);
        } else {
            Chunk::new(self.block, done, self.end).cut_plain(out);
        }
    }

    /// Cuts what holds no address.
    fn cut_plain(&self, out: &mut Vec<Word>) {
        let mut i = 0;
        while i < self.len() {
            i = self.next(i, out).max(i + 1);
        }
    }

    /// Takes one token, or the parts of one word, from unit `i`; gives back where it ends.
    fn next(&self, i: usize, out: &mut Vec<Word>) -> usize {
        if let Some(to) = numbers::scan(self, i, out) {
            return to;
        }
        let to = match symbols::lead(self, i) {
            Some(to) => to,
            None if !is_word(self.at(i)) => symbols::scan(self, i),
            None => {
                let (to, period) = periods::take(self, i, self.word_end(i));
                clitics::cut(self, i, to, period, out);
                return to;
            }
        };
        self.push(i, to, Period::None, out);
        to
    }

    pub(crate) fn push(&self, from: usize, to: usize, period: Period, out: &mut Vec<Word>) {
        if from < to {
            out.push(Word { span: Span::new(self.byte(from), self.byte(to)), period });
        }
    }

    /// The end of the word that starts at `i`: letters, digits and what joins them.
    fn word_end(&self, i: usize) -> usize {
        let mut segment = i;
        let mut j = i;
        while j < self.len() {
            if is_word(self.at(j)) {
                j += 1;
                continue;
            }
            if !is_word(self.at(j + 1)) || !self.joins(i, segment, j) {
                break;
            }
            segment = j + 1;
            j += 1;
        }
        j
    }

    /// Whether the mark at `j` holds the word from `word` together; its last part starts at
    /// `segment`.
    fn joins(&self, word: usize, segment: usize, j: usize) -> bool {
        let (left, right) = (self.at(j - 1), self.at(j + 1));
        match self.at(j) {
            '\'' | '\u{2019}' | '\u{2BC}' | '`' => right.is_alphabetic(),
            '.' | ',' | ':' if left.is_ascii_digit() && right.is_ascii_digit() => true,
            '.' => {
                // U.S, a.m; not "end.Next".
                (j - segment == 1 && left.is_alphabetic() && right.is_alphabetic())
                    && !is_word(self.at(j + 2))
                    || LISTS.abbreviation(self.slice(word, (j + 3).min(self.len()))).is_some()
            }
            '-' | '\u{2010}' | '\u{2011}' => {
                j - word <= 7 && segment == word && LISTS.is_prefix(self.slice(word, j))
            }
            '&' => j - segment <= 3 && left.is_uppercase() && right.is_uppercase(),
            '*' => left.is_alphabetic() && right.is_alphabetic(),
            _ => false,
        }
    }
}

/// Letters, digits, marks and what else makes words.
pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || matches!(c, '\u{AD}' | '\u{200C}' | '\u{200D}' | '\u{2060}')
}
