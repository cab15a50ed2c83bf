//! The vocabulary of `data/words.tsv`: the words of enough pages, whatever they are marked.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::pages;
use crate::zones::evidence::{EVIDENCE, each_word};

/// Words of fewer pages say too little.
const LEAST_PAGES: usize = 4;

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/words.tsv")
}

/// True if the pages have other words than the file, which is then written anew, without weights.
pub(super) fn renewed(files: &[PathBuf]) -> bool {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for file in files {
        let text = pages::text(&std::fs::read_to_string(file).unwrap());
        let mut seen: BTreeSet<String> = BTreeSet::new();
        text.lines().for_each(|line| each_word(line, |word| seen.extend([word.to_owned()])));
        for word in seen {
            *counts.entry(word).or_default() += 1;
        }
    }
    counts.retain(|_, pages| *pages >= LEAST_PAGES);
    let known = std::fs::read_to_string(path()).unwrap();
    let known = known.lines().filter(|row| !row.starts_with('#'));
    let known: BTreeSet<&str> = known.filter_map(|row| row.split('\t').next()).collect();
    if known.iter().copied().eq(counts.keys().map(String::as_str)) {
        return false;
    }
    save(counts.keys().map(|word| (word.as_str(), [0, 0])));
    true
}

/// Writes the fitted weights.
pub(super) fn write(furniture: &[f64], title: &[f64]) {
    let known = std::fs::read_to_string(path()).unwrap();
    let rows = known.lines().filter(|row| !row.starts_with('#'));
    let words: Vec<&str> = rows.filter_map(|row| row.split('\t').next()).collect();
    let weights = |word: &str| {
        let sign = EVIDENCE.word(word).unwrap();
        [furniture[sign], title[sign]].map(|weight| (100.0 * weight).round() as i32)
    };
    save(words.iter().map(|word| (*word, weights(word))));
}

fn save<'a>(rows: impl Iterator<Item = (&'a str, [i32; 2])>) {
    let known = std::fs::read_to_string(path()).unwrap();
    let mut out: String =
        known.lines().filter(|r| r.starts_with('#')).map(|r| format!("{r}\n")).collect();
    for (word, [furniture, title]) in rows {
        out += &format!("{word}\t{furniture}\t{title}\n");
    }
    std::fs::write(path(), out).unwrap();
}
