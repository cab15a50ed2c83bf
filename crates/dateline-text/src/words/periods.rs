use super::Period;
use super::chunk::Chunk;
use super::lists::{Abbreviation, LISTS};
use crate::blank::is_blank;

/// Whether the period after the word `from..to` belongs to it: the word's end with its period.
pub(super) fn take(chunk: &Chunk, from: usize, to: usize) -> (usize, Period) {
    // More periods make an ellipsis.
    let ellipsis = chunk.at(to + 1) == '.' && chunk.at(to + 2) == '.';
    if chunk.at(to) != '.' || ellipsis {
        return (to, Period::None);
    }
    let period = kind(chunk, from, to);
    (to + usize::from(period != Period::None), period)
}

fn kind(chunk: &Chunk, from: usize, to: usize) -> Period {
    if to - from > 12 {
        return Period::None;
    }
    let next = Next::after(chunk.rest(to + 1));
    let word = chunk.slice(from, to + 1);
    if let Some(kind) = LISTS.abbreviation(word) {
        let keeps = match kind {
            Abbreviation::Title | Abbreviation::Date | Abbreviation::Number
                if chunk.at(to + 1) == '.' =>
            {
                false
            }
            Abbreviation::Title | Abbreviation::Plain | Abbreviation::Ending => true,
            Abbreviation::Date => !next.is_end && (!next.capital || next.date),
            Abbreviation::Number => next.digit,
        };
        return if keeps { Period::Abbreviation(kind) } else { Period::None };
    }
    if is_letters(chunk, from, to) {
        return Period::Letters;
    }
    let initial = to - from == 1
        && chunk.at(from).is_uppercase()
        && (chunk.at(from) != 'I' || next.initial)
        && chunk.before(from) != '-'
        && next.capital
        && chunk.at(to + 1) != '"';
    if initial { Period::Initial } else { Period::None }
}

/// Single letters with periods between them.
fn is_letters(chunk: &Chunk, from: usize, to: usize) -> bool {
    to - from >= 3
        && !(to - from).is_multiple_of(2)
        && (from..to).all(|i| {
            if (i - from).is_multiple_of(2) {
                chunk.at(i).is_alphabetic()
            } else {
                chunk.at(i) == '.'
            }
        })
}

/// What stands after a period.
#[derive(Default)]
struct Next {
    is_end: bool,
    digit: bool,
    capital: bool,
    /// A capital and a period: another initial.
    initial: bool,
    /// Another month or day, abbreviated.
    date: bool,
}

impl Next {
    fn after(rest: &str) -> Next {
        // Enough for any spacing that people write.
        let mut chars = rest.char_indices().take(16).skip_while(|&(_, c)| is_blank(c));
        let Some((at, c)) = chars.next() else {
            return Next { is_end: true, ..Next::default() };
        };
        let second = chars.next().map(|(_, c)| c);
        let word = rest[at..].char_indices().take(6).find(|&(_, c)| c == '.');
        let word = word.map_or("", |(length, _)| &rest[at..=at + length]);
        Next {
            is_end: false,
            digit: c.is_ascii_digit(),
            capital: c.is_uppercase(),
            initial: c.is_uppercase() && second == Some('.'),
            date: LISTS.abbreviation(word) == Some(Abbreviation::Date),
        }
    }
}
