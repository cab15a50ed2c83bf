//! The signs of `data/evidence.tsv`: what speaks for furniture and what for the story, and how much.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::patterns::PatternSet;

/// How much of a long paragraph a sign is looked for in.
const WINDOW_CHARS: usize = 400;

/// The signs, their weights in hundredths, and the patterns of those that have one.
pub(super) struct Evidence {
    numbers: HashMap<String, usize>,
    /// For furniture.
    pub(super) weights: Vec<i32>,
    /// For the title.
    pub(super) title: Vec<i32>,
    /// Whether a sign speaks of a story, by its name.
    story: Vec<bool>,
    patterns: PatternSet,
    /// The sign of each pattern.
    signs: Vec<usize>,
    /// The sign of each word of `data/words.tsv`.
    words: HashMap<String, usize>,
}

/// Why a file of signs can't be used.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {problem}")]
pub(super) struct EvidenceError {
    line: usize,
    problem: String,
}

pub(super) static EVIDENCE: LazyLock<Evidence> = LazyLock::new(|| {
    let mut evidence = Evidence::parse(include_str!("../../data/evidence.tsv"))
        .expect("the built-in signs are tested");
    let words = include_str!("../../data/words.tsv");
    evidence.add_words(words).expect("the built-in words are tested");
    evidence
});

impl Evidence {
    pub(super) fn parse(data: &str) -> Result<Evidence, EvidenceError> {
        let (mut numbers, mut weights, mut title) = (HashMap::new(), Vec::new(), Vec::new());
        let (mut patterns, mut signs, mut story) = (Vec::new(), Vec::new(), Vec::new());
        for (index, row) in data.lines().enumerate() {
            if row.is_empty() || row.starts_with('#') {
                continue;
            }
            let fail = |problem: String| EvidenceError { line: index + 1, problem };
            let mut fields = row.splitn(4, '\t');
            let name = fields.next().unwrap_or_default().to_owned();
            let mut weight = || {
                let weight = fields.next().and_then(|weight| weight.parse::<i32>().ok());
                weight.ok_or_else(|| fail("expected a name and two weights".to_owned()))
            };
            story.push(name.starts_with("story-"));
            weights.push(weight()?);
            title.push(weight()?);
            if numbers.contains_key(&name) {
                return Err(fail(format!("{name:?} has a weight already")));
            }
            if let Some(pattern) = fields.next() {
                patterns.push((index + 1, pattern));
                signs.push(numbers.len());
            }
            numbers.insert(name, numbers.len());
        }
        let patterns = PatternSet::of_lines(&patterns)
            .map_err(|(line, problem)| EvidenceError { line, problem })?;
        let words = HashMap::new();
        Ok(Evidence { numbers, weights, title, story, patterns, signs, words })
    }

    /// Reads words and their weights.
    pub(super) fn add_words(&mut self, data: &str) -> Result<(), EvidenceError> {
        for (index, row) in data.lines().enumerate() {
            if row.is_empty() || row.starts_with('#') {
                continue;
            }
            let fail = |problem: String| EvidenceError { line: index + 1, problem };
            let mut fields = row.split('\t');
            let word = fields.next().unwrap_or_default();
            let mut weight = || fields.next().and_then(|weight| weight.parse::<i32>().ok());
            let (Some(furniture), Some(title)) = (weight(), weight()) else {
                return Err(fail("expected a word and two weights".to_owned()));
            };
            if self.words.insert(word.to_owned(), self.weights.len()).is_some() {
                return Err(fail(format!("{word:?} has a weight already")));
            }
            self.weights.push(furniture);
            self.title.push(title);
            self.story.push(false);
        }
        Ok(())
    }

    /// The sign of a word.
    #[cfg(test)]
    pub(super) fn word(&self, word: &str) -> Option<usize> {
        self.words.get(word).copied()
    }

    /// The name of a sign.
    #[cfg(test)]
    pub(super) fn name(&self, sign: usize) -> Option<&str> {
        self.numbers.iter().find(|(_, number)| **number == sign).map(|(name, _)| name.as_str())
    }

    /// The signs of the known words of a paragraph, each once.
    pub(super) fn of_vocabulary(&self, paragraph: &str) -> Vec<usize> {
        let mut signs = Vec::new();
        each_word(paragraph, |word| signs.extend(self.words.get(word)));
        signs.sort_unstable();
        signs.dedup();
        signs
    }

    /// The number of a sign that the code tells; none if the file gives it no weight.
    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.numbers.get(name).copied()
    }

    /// How many signs have names; those of words come after them.
    pub(super) fn named(&self) -> usize {
        self.numbers.len()
    }

    /// Whether a sign speaks of a story.
    pub(super) fn of_story(&self, sign: usize) -> bool {
        self.story[sign]
    }

    /// The signs that a paragraph's words show.
    pub(super) fn of_words(&self, paragraph: &str) -> Vec<usize> {
        let window = paragraph
            .char_indices()
            .nth(WINDOW_CHARS)
            .map_or(paragraph, |(at, _)| &paragraph[..at]);
        self.patterns.matches(window).into_iter().map(|index| self.signs[index]).collect()
    }
}

/// The words of the head of a paragraph, pairs of them, and the first with a mark (`^share`), all
/// in lower case; figures as 0.
pub(super) fn each_word(paragraph: &str, mut see: impl FnMut(&str)) {
    let window =
        paragraph.char_indices().nth(WINDOW_CHARS).map_or(paragraph, |(at, _)| &paragraph[..at]);
    let parts = window.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    let parts = parts.map(|part| part.trim_matches(['\'', '’'])).filter(|part| !part.is_empty());
    let mut last = "^".to_owned();
    let mut pair = String::new();
    for part in parts {
        pair.clone_from(&last);
        if last != "^" {
            pair.push(' ');
        }
        let start = pair.len();
        if part.starts_with(|c: char| c.is_ascii_digit()) {
            pair.push('0');
        } else if part.is_ascii() {
            pair.push_str(part);
            pair[start..].make_ascii_lowercase();
        } else {
            pair.push_str(&part.to_lowercase().replace('’', "'"));
        }
        let word = &pair[start..];
        see(word);
        see(&pair);
        last.clear();
        last.push_str(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signs_that_the_code_tells_have_weights() {
        let told = concat!(include_str!("features.rs"), include_str!("title.rs"));
        let names = told.split("say(\"").skip(1).filter_map(|rest| rest.split('"').next());
        let unknown: Vec<&str> = names.filter(|name| EVIDENCE.number(name).is_none()).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }

    #[test]
    fn faults_name_their_line() {
        let faults = [
            ("# fine\na\t1\t2\tx\nb\t1", "line 3"),
            ("a\t1\t0\na\t2\t0", "line 2"),
            ("a\tmuch\t0", "line 1"),
            ("a\t1\t0\t(", "line 1"),
        ];
        for (data, expected) in faults {
            let error = Evidence::parse(data).err().map(|e| e.to_string()).unwrap_or_default();
            assert!(error.starts_with(expected), "{data:?}: {error}");
        }
    }
}
