//! Offices, ranks and honorifics in front of a name or in apposition to it.

mod apposition;
mod attach;
mod lexicon;
mod release;

use std::ops::Range;

use super::mentions::is_hyphen;
pub(crate) use attach::attach;
pub(crate) use lexicon::Titles;
pub(crate) use release::release;

/// What a title word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// `Mr`: dropped from the name, kept nowhere.
    Honorific,
    Office,
    Rank,
    /// Belongs to the office after it: `former`, `press`.
    Modifier,
    /// An office of its own, or part of the office right after it: `deputy`.
    Leading,
}

/// Grammatical gender a title tells of its bearer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gender {
    Masculine,
    Feminine,
}

/// What the words around a name say of its bearer.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Bearing {
    pub(crate) titles: Vec<String>,
    pub(crate) country: Option<String>,
    pub(crate) gender: Option<Gender>,
    /// Names (by index) of what the bearer holds the titles of.
    pub(crate) of: Vec<usize>,
    /// The words in front of the name that were read.
    pub(crate) chain: Range<usize>,
}

/// How many words in front of a name are looked at.
const REACH: usize = 12;

/// Words with spaces between, hyphens closed up.
fn joined(words: &[&str]) -> String {
    let mut text = String::new();
    let mut tight = true;
    for word in words {
        let hyphen = is_hyphen(word);
        if !tight && !hyphen {
            text.push(' ');
        }
        text.push_str(word);
        tight = hyphen;
    }
    text
}
