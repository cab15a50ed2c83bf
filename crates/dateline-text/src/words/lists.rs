//! The word lists of `data/`, read once.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// When an abbreviation keeps its period, and whether it can end a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// Stands before a name: never ends a sentence.
    Title,
    /// May end a sentence.
    Plain,
    /// Ends a sentence if a capital follows.
    Ending,
    /// A month or a day.
    Date,
    /// An abbreviation before numbers only.
    Number,
}

pub(crate) struct Lists {
    abbreviations: HashMap<&'static str, Abbreviation>,
    prefixes: HashSet<&'static str>,
    units: HashSet<&'static str>,
    contractions: HashMap<String, Vec<usize>>,
    longest_contraction: usize,
}

pub(crate) static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists {
    abbreviations: abbreviations(include_str!("../../data/abbreviations.txt")),
    prefixes: entries(include_str!("../../data/prefixes.txt")).collect(),
    units: entries(include_str!("../../data/units.txt")).collect(),
    contractions: contractions(include_str!("../../data/contractions.txt")),
    longest_contraction: 8,
});

impl Lists {
    /// What kind of abbreviation `word` (with its period) is.
    pub(crate) fn abbreviation(&self, word: &str) -> Option<Abbreviation> {
        self.abbreviations.get(word).copied()
    }

    pub(crate) fn is_prefix(&self, word: &str) -> bool {
        word.len() <= 7 && self.prefixes.contains(word.to_lowercase().as_str())
    }

    pub(crate) fn is_unit(&self, word: &str) -> bool {
        self.units.contains(word)
    }

    /// Byte lengths of the parts of a word that is two words.
    pub(crate) fn contraction(&self, word: &str) -> Option<&[usize]> {
        if word.len() > self.longest_contraction || !word.is_ascii() {
            return None;
        }
        self.contractions.get(word.to_ascii_lowercase().as_str()).map(Vec::as_slice)
    }
}

fn lines(data: &'static str) -> impl Iterator<Item = &'static str> {
    data.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn entries(data: &'static str) -> impl Iterator<Item = &'static str> {
    lines(data).flat_map(str::split_whitespace)
}

fn abbreviations(data: &'static str) -> HashMap<&'static str, Abbreviation> {
    let mut found = HashMap::new();
    let mut kind = Abbreviation::Plain;
    for line in lines(data) {
        match line {
            "[title]" => kind = Abbreviation::Title,
            "[plain]" => kind = Abbreviation::Plain,
            "[ending]" => kind = Abbreviation::Ending,
            "[date]" => kind = Abbreviation::Date,
            "[number]" => kind = Abbreviation::Number,
            _ => {
                for word in line.split_whitespace() {
                    found.entry(word).or_insert(kind);
                }
            }
        }
    }
    found
}

fn contractions(data: &'static str) -> HashMap<String, Vec<usize>> {
    lines(data)
        .map(|line| {
            let parts: Vec<&str> = line.split_whitespace().collect();
            (parts.concat(), parts.iter().map(|part| part.len()).collect())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_abbreviation_ends_in_a_period_or_is_a_known_heading() {
        let data = include_str!("../../data/abbreviations.txt");
        let headings = ["[title]", "[plain]", "[ending]", "[date]", "[number]"];
        let wrong: Vec<_> =
            entries(data).filter(|word| !word.contains('.') && !headings.contains(word)).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn no_contraction_is_longer_than_looked_up() {
        let longest = LISTS.contractions.keys().map(String::len).max();
        assert_eq!(longest, Some(LISTS.longest_contraction));
    }
}
