//! Finding the grammar's patterns in a sentence.

mod classes;
mod guards;
mod modifiers;
mod patterns;
mod year;

use std::ops::Range;

use dateline_text::Upos;

use super::calendar::{Anchor, Direction, Reference, Value};
use super::grammar::Grammar;
pub(crate) use classes::is_numeric;
use modifiers::modified;
use patterns::{Match, longest};

/// A word of a sentence, as the grammar sees it.
#[derive(Clone, Debug)]
pub(crate) struct Word<'a> {
    pub(crate) text: &'a str,
    pub(crate) lower: &'a str,
    /// The grammar names the word ([`Grammar::names`]).
    pub(crate) known: bool,
    /// A built-in class may begin here ([`is_numeric`]).
    pub(crate) numeric: bool,
    pub(crate) upos: Upos,
    pub(crate) plural: bool,
    /// No space stands before the next word.
    pub(crate) joined: bool,
    /// Part of a person's or an organization's name.
    pub(crate) taken: bool,
}

/// What the classes of a pattern matched.
#[derive(Clone, Debug, Default)]
pub(crate) struct Captures(Vec<(String, String)>);

impl Captures {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// An expression found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    pub(crate) words: Range<usize>,
    pub(crate) kind: &'static str,
    pub(crate) value: Value,
    pub(crate) modifier: Option<&'static str>,
}

/// What expressions are counted from when a sentence begins.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Anchors {
    pub(crate) published: Option<jiff::civil::Date>,
    /// The last date of the sentence before.
    pub(crate) reference: Option<Reference>,
    /// The quarter named last in the article, but for those it is compared with.
    pub(crate) period: Option<Reference>,
    /// Index of the first expression of the sentence before.
    pub(crate) near: usize,
    /// How many expressions the article holds so far.
    pub(crate) count: usize,
}

/// The time expressions of a sentence, left to right, never overlapping. `direction` tells where
/// the verb points that governs the words of a range.
pub(crate) fn find(
    grammar: &Grammar,
    words: &[Word<'_>],
    mut anchors: Anchors,
    direction: impl Fn(&Range<usize>) -> Direction,
) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    let mut free = 0;
    while at < words.len() {
        let Some(Match { end, kind, value, modifier }) =
            longest(grammar, words, at, anchors, &direction)
        else {
            at += 1;
            continue;
        };
        let (start, modifier) = match modifier {
            Some(_) => (at, modifier),
            None => modified(grammar, words, at..end, free, kind),
        };
        let named = value.text.as_deref().filter(|_| kind == "DATE");
        let reference = named.and_then(|v| Reference::new(anchors.count + found.len(), v));
        anchors.reference = reference.or(anchors.reference);
        let compared = matches!(value.anchor, Some(Anchor::Time(_)));
        anchors.period = reference.filter(|r| r.is_quarter() && !compared).or(anchors.period);
        found.push(Found { words: start..end, kind, value, modifier });
        at = end;
        free = end;
    }
    found
}
