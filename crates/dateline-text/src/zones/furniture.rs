//! The patterns of `data/furniture.txt`, and what they say of one paragraph.

use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};

use super::patterns::PatternSet;

/// Longer paragraphs are matched by `para` and `last` patterns only.
const LINE_CHARS: usize = 240;
/// Nothing longer stands over a list.
const HEADING_CHARS: usize = 60;
/// How much of a long paragraph a pattern sees.
const WINDOW_CHARS: usize = 400;

/// Where a pattern of the file applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Line,
    Para,
    Last,
    Weak,
    Head,
    Next,
    List,
    End,
    Rest,
    Never,
}

/// What the patterns say of a paragraph, whatever stands around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Signs {
    /// Furniture wherever it stands.
    pub(super) sure: bool,
    /// Furniture beside furniture.
    pub(super) weak: bool,
    /// Furniture above the story.
    pub(super) head: bool,
    /// Furniture below the story.
    pub(super) last: bool,
    /// So is the line after it, in the same block.
    pub(super) next: bool,
    /// So are the short lines after it.
    pub(super) list: bool,
    /// So is all after it, unless much of a story follows.
    pub(super) end: bool,
    /// So is all after it.
    pub(super) rest: bool,
}

/// The patterns of `data/furniture.txt`.
pub(super) struct Patterns {
    line: Placed,
    para: Placed,
    tail: Vec<Regex>,
}

/// Patterns that are matched at once.
struct Placed {
    set: PatternSet,
    places: Vec<Place>,
}

/// Why a pattern file can't be used.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {problem}")]
pub(super) struct PatternError {
    line: usize,
    problem: String,
}

impl PatternError {
    fn of_empty(line: usize) -> PatternError {
        PatternError { line, problem: "the pattern matches the empty line".to_owned() }
    }
}

pub(super) static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::parse(include_str!("../../data/furniture.txt"))
        .expect("the built-in patterns are tested")
});

impl Patterns {
    fn parse(data: &str) -> Result<Patterns, PatternError> {
        let (mut line, mut para, mut tail) = (vec![], vec![], vec![]);
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
            let place = match place {
                "line" => Place::Line,
                "para" => Place::Para,
                "last" => Place::Last,
                "weak" => Place::Weak,
                "head" => Place::Head,
                "next" => Place::Next,
                "list" => Place::List,
                "end" => Place::End,
                "rest" => Place::Rest,
                "never" => Place::Never,
                "tail" => {
                    tail.push(compile(pattern)?);
                    continue;
                }
                _ => return Err(fail(format!("unknown place {place:?}"))),
            };
            let long = matches!(place, Place::Para | Place::Last);
            if long { &mut para } else { &mut line }.push((place, pattern));
        }
        Ok(Patterns { line: Placed::new(&line)?, para: Placed::new(&para)?, tail })
    }

    /// What the patterns say of a trimmed paragraph.
    pub(super) fn signs(&self, paragraph: &str) -> Signs {
        let window = head(paragraph, WINDOW_CHARS);
        let mut signs = Signs::default();
        let chars =
            if window.len() == paragraph.len() { paragraph.chars().count() } else { usize::MAX };
        if chars <= LINE_CHARS {
            for place in self.line.places(paragraph) {
                match place {
                    Place::Never => return Signs::default(),
                    Place::Weak => signs.weak = true,
                    Place::Head => signs.head = true,
                    Place::Next => signs.next = true,
                    Place::List => signs.list = chars <= HEADING_CHARS,
                    Place::End => signs.end = true,
                    Place::Rest => signs.rest = true,
                    Place::Line | Place::Para | Place::Last => signs.sure = true,
                }
            }
        }
        for place in self.para.places(window) {
            if place == Place::Last {
                signs.last = true;
            } else {
                signs.sure = true;
            }
        }
        signs.sure |= signs.next || signs.list || signs.end || signs.rest;
        signs
    }

    /// Whether a line is furniture by itself.
    pub(super) fn is_sure(&self, line: &str) -> bool {
        self.signs(line).sure
    }

    /// The byte in `paragraph` where furniture at its end starts.
    pub(super) fn tail(&self, paragraph: &str) -> Option<usize> {
        let start = paragraph.char_indices().rev().nth(WINDOW_CHARS).map_or(0, |(at, _)| at);
        let window = &paragraph[start..];
        let found = self.tail.iter().filter_map(|regex| regex.find(window)).map(|m| m.start());
        let at = start + found.min()?;
        (at > 0).then_some(at)
    }
}

impl Placed {
    fn new(entries: &[(Place, (usize, &str))]) -> Result<Placed, PatternError> {
        let patterns: Vec<_> = entries.iter().map(|&(_, pattern)| pattern).collect();
        let places = entries.iter().map(|(place, _)| *place).collect();
        let set = PatternSet::of_lines(&patterns);
        let set = set.map_err(|(line, problem)| PatternError { line, problem })?;
        if let Some(&index) = set.matches("").first() {
            return Err(PatternError::of_empty(patterns[index].0));
        }
        Ok(Placed { set, places })
    }

    fn places(&self, text: &str) -> impl Iterator<Item = Place> {
        self.set.matches(text).into_iter().map(|index| self.places[index])
    }
}

fn compile((line, pattern): (usize, &str)) -> Result<Regex, PatternError> {
    // As in a `PatternSet`: an automaton can follow ASCII words at full speed, others not.
    let regex = RegexBuilder::new(&pattern.replace(r"\b", r"(?-u:\b)"))
        .case_insensitive(true)
        .build()
        .map_err(|error| PatternError { line, problem: error.to_string() })?;
    if regex.is_match("") {
        return Err(PatternError::of_empty(line));
    }
    Ok(regex)
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
