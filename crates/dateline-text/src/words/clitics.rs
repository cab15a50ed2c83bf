use super::chunk::Chunk;
use super::lists::LISTS;
use super::{Period, Word};

/// Pushes the word `from..to`, cut into its parts: do n't, it 's, can not.
pub(super) fn cut(chunk: &Chunk, from: usize, to: usize, period: Period, out: &mut Vec<Word>) {
    if period == Period::None {
        if let Some(lengths) = LISTS.contraction(chunk.slice(from, to)) {
            // Contractions are ASCII: one byte a unit.
            let mut at = from;
            for &length in lengths {
                chunk.push(at, at + length, Period::None, out);
                at += length;
            }
            return;
        }
        if let Some(at) = clitic(chunk, from, to) {
            // "couldn't've" has two.
            match clitic(chunk, from, at) {
                Some(inner) => {
                    chunk.push(from, inner, Period::None, out);
                    chunk.push(inner, at, Period::None, out);
                }
                None => chunk.push(from, at, Period::None, out),
            }
            return chunk.push(at, to, Period::None, out);
        }
    }
    chunk.push(from, to, period, out);
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2BC}' | '`' | '\u{FF07}')
}

/// Where the clitic at the end of the word starts.
fn clitic(chunk: &Chunk, from: usize, to: usize) -> Option<usize> {
    let apostrophe = (to.saturating_sub(3)..to).rev().find(|&i| is_apostrophe(chunk.at(i)))?;
    if apostrophe <= from {
        return None;
    }
    let tail: Vec<char> = (apostrophe + 1..to).map(|i| chunk.at(i).to_ascii_lowercase()).collect();
    match tail.as_slice() {
        ['t'] if chunk.before(apostrophe).eq_ignore_ascii_case(&'n') => {
            // "n't" by itself is the end of a word that was cut elsewhere.
            (apostrophe - 1 > from).then_some(apostrophe - 1)
        }
        ['s' | 'm' | 'd'] | ['l', 'l'] | ['r', 'e'] | ['v', 'e'] => Some(apostrophe),
        _ => None,
    }
}
