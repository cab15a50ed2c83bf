//! Words that a line shares with the sentences around it: a caption has the story's words, the
//! headline of another story has few of them.

use std::collections::{BTreeSet, HashMap};

use super::shape::Shape;

/// Sentences of the story are so long.
const SENTENCE_CHARS: usize = 70;
/// Words of fewer letters are as common in one text as in another.
const LEAST_LETTERS: usize = 4;
/// So much of a paragraph is looked at.
const MOST_WORDS: usize = 80;

pub(super) struct Echo {
    /// The content words of each line.
    words: Vec<BTreeSet<String>>,
    /// In how many sentences of the page each word stands.
    counts: HashMap<String, usize>,
    sentence: Vec<bool>,
}

impl Echo {
    pub(super) fn of(surfaces: &[&str], shapes: &[Shape]) -> Echo {
        let words: Vec<BTreeSet<String>> =
            surfaces.iter().map(|surface| content(surface)).collect();
        let told = |shape: &Shape| shape.ends && shape.chars >= SENTENCE_CHARS;
        let sentence: Vec<bool> = shapes.iter().map(told).collect();
        let mut counts: HashMap<String, usize> = HashMap::new();
        for (words, _) in words.iter().zip(&sentence).filter(|(_, sentence)| **sentence) {
            for word in words {
                *counts.entry(word.clone()).or_default() += 1;
            }
        }
        Echo { words, counts, sentence }
    }

    /// How much of a line's content words other sentences have: 0 none or little, 3 nearly all; no
    /// answer for fewer than two words.
    pub(super) fn shared(&self, line: usize) -> Option<usize> {
        let words = &self.words[line];
        let own = usize::from(self.sentence[line]);
        let shared = words.iter().filter(|word| self.counts.get(*word).copied() > Some(own));
        let shared = shared.count();
        (words.len() > 1).then(|| 39 * shared / (10 * words.len()))
    }

    /// Whether two lines share a content word.
    pub(super) fn both(&self, line: usize, other: usize) -> bool {
        line != other && !self.words[line].is_disjoint(&self.words[other])
    }
}

/// The words of a line that tell of its matter, without the endings of number.
fn content(surface: &str) -> BTreeSet<String> {
    let words = surface.split(|c: char| !c.is_alphabetic()).take(MOST_WORDS);
    let words = words.filter(|word| word.chars().count() >= LEAST_LETTERS).map(str::to_lowercase);
    words.map(|word| word.trim_end_matches('s').to_owned()).collect()
}
