use std::sync::LazyLock;

use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};

/// Longer paragraphs are matched by `para` patterns only.
const LINE_CHARS: usize = 240;
/// How much of a long paragraph a pattern sees.
const WINDOW_CHARS: usize = 400;

/// What a paragraph that matches is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Furniture {
    /// This paragraph only.
    Paragraph,
    /// This paragraph and all after it.
    Rest,
}

/// The patterns of `data/furniture.txt`.
pub(crate) struct Patterns {
    line: RegexSet,
    para: RegexSet,
    rest: RegexSet,
    tail: Vec<Regex>,
}

/// Why a pattern file can't be used.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {problem}")]
pub(crate) struct PatternError {
    line: usize,
    problem: String,
}

pub(crate) static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::parse(include_str!("../../data/furniture.txt"))
        .expect("the built-in patterns are tested")
});

impl Patterns {
    pub(crate) fn parse(data: &str) -> Result<Patterns, PatternError> {
        let (mut line, mut para, mut rest, mut tail) = (vec![], vec![], vec![], vec![]);
        for (index, entry) in data.lines().enumerate() {
            let (number, entry) = (index + 1, entry.trim());
            if entry.is_empty() || entry.starts_with('#') {
                continue;
            }
            let fail = |problem: String| PatternError { line: number, problem };
            let (place, fields) = entry.split_once(' ').unwrap_or((entry, ""));
            let Some((_kind, pattern)) = fields.trim_start().split_once(' ') else {
                return Err(fail("expected a place, a kind and a pattern".to_owned()));
            };
            let pattern = (number, pattern.trim());
            match place {
                "line" => line.push(pattern),
                "para" => para.push(pattern),
                "rest" => rest.push(pattern),
                "tail" => tail.push(compile(pattern)?),
                _ => return Err(fail(format!("unknown place {place:?}"))),
            }
        }
        Ok(Patterns { line: set(&line)?, para: set(&para)?, rest: set(&rest)?, tail })
    }

    /// What a trimmed paragraph is, if it is furniture.
    pub(crate) fn classify(&self, paragraph: &str) -> Option<Furniture> {
        let window = head(paragraph, WINDOW_CHARS);
        let short = window.len() == paragraph.len() && paragraph.chars().count() <= LINE_CHARS;
        if short && self.rest.is_match(paragraph) {
            return Some(Furniture::Rest);
        }
        let found = short && self.line.is_match(paragraph) || self.para.is_match(window);
        found.then_some(Furniture::Paragraph)
    }

    /// The byte in `paragraph` where furniture at its end starts.
    pub(crate) fn tail(&self, paragraph: &str) -> Option<usize> {
        let start = paragraph.char_indices().rev().nth(WINDOW_CHARS).map_or(0, |(at, _)| at);
        let window = &paragraph[start..];
        let found = self.tail.iter().filter_map(|regex| regex.find(window)).map(|m| m.start());
        let at = start + found.min()?;
        (at > 0).then_some(at)
    }
}

fn compile((line, pattern): (usize, &str)) -> Result<Regex, PatternError> {
    let regex = RegexBuilder::new(pattern)
        .case_insensitive(true)
        .build()
        .map_err(|error| PatternError { line, problem: error.to_string() })?;
    if regex.is_match("") {
        let problem = "the pattern matches the empty line".to_owned();
        return Err(PatternError { line, problem });
    }
    Ok(regex)
}

/// All patterns at once; one by one only to find the line of a fault.
fn set(patterns: &[(usize, &str)]) -> Result<RegexSet, PatternError> {
    let built = RegexSetBuilder::new(patterns.iter().map(|(_, pattern)| pattern))
        .case_insensitive(true)
        .size_limit(64 << 20)
        .build();
    match built {
        Ok(set) if !set.is_match("") => Ok(set),
        fault => {
            for &pattern in patterns {
                compile(pattern)?;
            }
            fault.map_err(|error| PatternError { line: 0, problem: error.to_string() })
        }
    }
}

fn head(text: &str, chars: usize) -> &str {
    text.char_indices().nth(chars).map_or(text, |(at, _)| &text[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_patterns_are_valid() {
        if let Err(error) = Patterns::parse(include_str!("../../data/furniture.txt")) {
            panic!("data/furniture.txt: {error}");
        }
    }

    #[test]
    fn faults_name_their_line() {
        let faults = [
            ("# fine\nline kind ^a$\nline kind (", "line 3"),
            ("line kind", "line 1"),
            ("\nwhere kind ^a$", "line 2"),
            ("line kind ^a*$", "line 1"),
        ];
        for (data, expected) in faults {
            let error = Patterns::parse(data).err().map(|e| e.to_string()).unwrap_or_default();
            assert!(error.starts_with(expected), "{data:?}: {error}");
        }
    }
}
