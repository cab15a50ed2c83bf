//! Tables of hand-marked cases (`../cases/`): blocks of text with indented marks below it, parted by
//! blank lines; a line that starts with `#` is a comment.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// The folder of the tables.
pub(crate) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("cases")
}

/// Text and marks of every block of a file.
pub(crate) fn blocks(path: &Path) -> Vec<(String, Vec<String>)> {
    let file = fs::read_to_string(path).unwrap();
    let lines: Vec<&str> = file.lines().filter(|l| !l.starts_with('#')).collect();
    let blocks = lines.split(|l| l.trim().is_empty()).filter(|b| !b.is_empty());
    let block = |block: &[&str]| {
        let (text, marks): (Vec<&str>, Vec<&str>) =
            block.iter().partition(|l| !l.starts_with("  "));
        (text.join("\n"), marks.into_iter().map(|mark| mark.trim().to_owned()).collect())
    };
    blocks.map(block).collect()
}

/// Where `item` stands in `text` as whole words: the first place from `from` on, or the one that
/// `words#2` counts out.
pub(crate) fn locate(text: &str, item: &str, from: usize) -> Option<Range<usize>> {
    let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let (words, nth) = match item.rsplit_once('#') {
        Some((words, nth)) => (words, nth.parse::<usize>().ok()),
        None => (item, None),
    };
    let whole = |&(at, _): &(usize, &str)| {
        let (before, after) = (&text[..at], &text[at + words.len()..]);
        !word(before.chars().next_back()) && !word(after.chars().next())
    };
    let mut found = text.match_indices(words).filter(whole).map(|(at, _)| at..at + words.len());
    match nth {
        Some(nth) => found.nth(nth - 1),
        None => found.find(|at| at.start >= from),
    }
}
