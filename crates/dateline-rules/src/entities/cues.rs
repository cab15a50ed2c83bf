//! Words that tell of which country an article speaks, where its places are no help.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::lexicon::columns;
use crate::data::{RuleError, Source};
use crate::tree::Tree;

/// Expressions of one to three words by their first word, in lower case.
#[derive(Debug, Default)]
pub(crate) struct Cues {
    by_word: HashMap<String, Vec<(Vec<String>, String)>>,
}

/// More expressions of one country tell no more.
const MOST: usize = 4;

impl Cues {
    pub(crate) fn load(source: &Source) -> Result<Cues, RuleError> {
        const FILE: &str = "cues.tsv";
        let mut cues = Cues::default();
        for (line, row) in source.rows(FILE)? {
            let [country, forms] = columns(FILE, line, &row)?;
            if country.len() != 3 || !country.bytes().all(|b| b.is_ascii_uppercase()) {
                let problem = format!("{country:?} is not an alpha-3 code");
                return Err(RuleError::new(FILE, line, problem));
            }
            for form in forms.split(';') {
                let words: Vec<String> = form.split_whitespace().map(str::to_lowercase).collect();
                let Some(first) = words.first() else {
                    return Err(RuleError::new(FILE, line, "an expression has no words"));
                };
                cues.by_word.entry(first.clone()).or_default().push((words, country.clone()));
            }
        }
        Ok(cues)
    }

    /// How many different expressions tell of each country.
    pub(crate) fn told(&self, tree: &Tree<'_>) -> Vec<(String, f64)> {
        let mut told: BTreeMap<&str, BTreeSet<&[String]>> = BTreeMap::new();
        for at in 0..tree.len() {
            for (words, country) in self.by_word.get(tree.lower(at)).into_iter().flatten() {
                let fits = at + words.len() <= tree.len();
                if fits && words.iter().enumerate().all(|(i, word)| tree.lower(at + i) == word) {
                    told.entry(country).or_default().insert(words);
                }
            }
        }
        let number = |cues: BTreeSet<_>| cues.len().min(MOST) as f64;
        told.into_iter().map(|(country, cues)| (country.to_owned(), number(cues))).collect()
    }
}
