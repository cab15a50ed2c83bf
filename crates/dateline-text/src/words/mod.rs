//! Words and punctuation marks after the conventions of UD English (EWT).
//!
//! A stretch without blanks is a chunk; a chunk is cut left to right into units (graphemes), and
//! each scanner takes as many units as its token is long. No unit is ever looked at again by the
//! loop, so that a chunk of any length takes linear time.

mod chunk;
mod clitics;
mod lists;
mod numbers;
mod periods;
mod symbols;
#[cfg(test)]
mod tests;

use chunk::Chunk;
pub(crate) use lists::Abbreviation;
pub(crate) use symbols::is_emoticon;

use crate::Span;
use crate::blank::is_blank;

/// What the last period of a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Period {
    /// No period, or a mark of its own.
    None,
    /// Of an abbreviation in the lists.
    Abbreviation(Abbreviation),
    /// Of letters with periods between: U.S., a.m.
    Letters,
    /// Of a single capital: J. Smith
    Initial,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) span: Span,
    pub(crate) period: Period,
}

/// Cuts `text[range]` into words; spans point into `text`.
pub(crate) fn words(text: &str, range: Span) -> Vec<Word> {
    let mut out = Vec::new();
    let block = &text[..range.end];
    let mut start = None;
    for (offset, c) in text[range.range()].char_indices() {
        let at = range.start + offset;
        match (is_blank(c), start) {
            (true, Some(from)) => {
                Chunk::new(block, from, at).cut(&mut out);
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    if let Some(from) = start {
        Chunk::new(block, from, range.end).cut(&mut out);
    }
    out
}
