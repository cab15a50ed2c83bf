//! Sentence boundaries, decided between the words of a paragraph.

mod breaks;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use breaks::is_link;

use crate::words::{Abbreviation, Period, Word};

struct Lists {
    starter: HashSet<&'static str>,
    speech: HashSet<&'static str>,
    time: HashSet<&'static str>,
    caption: HashSet<&'static str>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let mut lists = Lists {
        starter: HashSet::new(),
        speech: HashSet::new(),
        time: HashSet::new(),
        caption: HashSet::new(),
    };
    let mut name = "";
    for line in include_str!("../../data/sentence_words.txt").lines() {
        if line.starts_with('#') {
            continue;
        }
        if let Some(heading) = line.strip_prefix('[') {
            name = heading.trim_end_matches(']');
            continue;
        }
        let list = match name {
            "speech" => &mut lists.speech,
            "time" => &mut lists.time,
            "caption" => &mut lists.caption,
            _ => &mut lists.starter,
        };
        list.extend(line.split_whitespace());
    }
    lists
});

/// How a sentence may end at a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    Period,
    /// ? and !
    Strong,
    Ellipsis,
    Abbreviation(Period),
}

/// Cuts the words of one paragraph into sentences, as ranges of `words`.
pub(crate) fn sentences(text: &str, words: &[Word]) -> Vec<Range<usize>> {
    let paragraph = Paragraph { text, words, careless: is_careless(text, words) };
    let mut out = Vec::new();
    let mut start = 0;
    let mut i = 0;
    while i < words.len() {
        let end = match paragraph.stop(i) {
            Some(stop) => paragraph.end(start, i, stop),
            None if paragraph.is_bullet(i + 1) || paragraph.breaks_before(i + 1) => Some(i + 1),
            None => None,
        };
        if let Some(end) = end {
            out.push(start..end);
            start = end;
        }
        i = end.unwrap_or(i + 1);
    }
    if start < words.len() {
        out.push(start..words.len());
    }
    out
}

struct Paragraph<'a> {
    text: &'a str,
    words: &'a [Word],
    /// Whether its sentences may begin in lower case.
    careless: bool,
}

/// Whether a paragraph is written without regard to capitals: it begins in lower case, or has an
/// "i" for its writer.
fn is_careless(text: &str, words: &[Word]) -> bool {
    let word = |i: usize| words.get(i).map_or("", |word| &text[word.span.range()]);
    let mut letters = words.iter().flat_map(|word| text[word.span.range()].chars());
    let list = |i: usize| matches!(word(i + 1), ")" | "." | "]") || word(i.wrapping_sub(1)) == "(";
    letters.find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase)
        || (0..words.len()).any(|i| word(i) == "i" && !list(i))
}

impl Paragraph<'_> {
    fn word(&self, i: usize) -> &str {
        self.words.get(i).map_or("", |word| &self.text[word.span.range()])
    }

    fn first(&self, i: usize) -> char {
        self.word(i).chars().next().unwrap_or('\0')
    }

    /// Whether nothing stands between word `i` and the one before it.
    fn joined(&self, i: usize) -> bool {
        i > 0 && self.words.get(i).is_some_and(|word| word.span.start == self.words[i - 1].span.end)
    }

    fn is_bullet(&self, i: usize) -> bool {
        i > 0 && matches!(self.word(i), "•" | "●" | "▪" | "■") && !self.joined(i)
    }

    fn stop(&self, i: usize) -> Option<Stop> {
        let word = self.word(i);
        let period = self.words[i].period;
        if period != Period::None {
            return Some(Stop::Abbreviation(period));
        }
        match word.as_bytes() {
            b"." | b"\xE3\x80\x82" => Some(Stop::Period),
            [b'!' | b'?', ..] => Some(Stop::Strong),
            [b'.', b'.', ..] => Some(Stop::Ellipsis),
            _ if word.starts_with(['…', '‼', '⁉']) => Some(Stop::Ellipsis),
            _ => None,
        }
    }

    /// Where the sentence `start..` ends if it ends with the stop at `i`.
    fn end(&self, start: usize, i: usize, stop: Stop) -> Option<usize> {
        let mut end = i + 1;
        let mut quoted = false;
        while end < self.words.len() && self.closes(end) {
            quoted |= !matches!(self.word(end), ")" | "]" | "}");
            end += 1;
        }
        while let Some(after) = self.reference(end) {
            end = after;
        }
        if end == self.words.len() {
            return Some(end);
        }
        // More marks follow: the last of them decides.
        if self.joined(end) && self.stop(end).is_some() {
            return None;
        }
        self.splits(start, i, stop, end, quoted).then_some(end)
    }

    /// Whether word `i` is a quote or bracket that closes after a stop.
    fn closes(&self, i: usize) -> bool {
        match self.word(i) {
            ")" | "]" | "}" | "”" | "’" | "»" | "''" | "’’" => self.joined(i),
            "\"" | "'" => self.joined(i) && !self.joined(i + 1) || self.closes_run(i),
            _ => false,
        }
    }

    /// The end of a reference in brackets, [17], which goes with the sentence before it.
    fn reference(&self, i: usize) -> Option<usize> {
        let number = self.word(i + 1);
        let is_number =
            !number.is_empty() && number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit());
        (self.word(i) == "[" && is_number && self.word(i + 2) == "]").then_some(i + 3)
    }

    /// A straight quote with a closing mark right after it.
    fn closes_run(&self, i: usize) -> bool {
        self.joined(i)
            && self.joined(i + 1)
            && matches!(self.word(i + 1), "\"" | "'" | ")" | "]" | "," | "”")
    }

    fn splits(&self, start: usize, i: usize, stop: Stop, next: usize, quoted: bool) -> bool {
        // Past the opening quotes and brackets of the next sentence.
        let mut head = next;
        while head < self.words.len() && head < next + 3 && is_opening(self.word(head)) {
            head += 1;
        }
        let opened = head > next;
        let c = self.first(head);
        // iPhone and eBay start sentences too.
        let brand = c.is_lowercase() && self.word(head).contains(char::is_uppercase);
        let starts = brand
            || c.is_uppercase()
            || c.is_numeric()
            || matches!(c, '$' | '£' | '€' | '#' | '@' | '•');
        match stop {
            Stop::Period if self.is_list_number(start, i) => false,
            Stop::Period if self.joined(next) => {
                // "end.Next" without a space: what follows must look like prose.
                let word = self.word(head);
                let article = matches!(word, "A" | "I") && !self.joined(head + 1);
                c.is_uppercase()
                    && (opened || article || word.len() > 1 && word.contains(char::is_lowercase))
            }
            Stop::Period => {
                starts
                    || is_dash(self.word(head)) && !opened
                    || is_link(self.word(head))
                    || c.is_lowercase() && !quoted && (self.careless || self.is_common(i))
                    || (!c.is_lowercase() && c.is_alphabetic())
            }
            Stop::Strong if quoted && self.is_speech(next) => false,
            Stop::Strong if c.is_lowercase() && !brand => {
                let many = self.word(i).len() > 1;
                let loud = self.word(i).starts_with('!') && (many || self.is_common(i));
                !quoted && !self.joined(next) && (self.careless || loud)
            }
            Stop::Strong => {
                (starts || (!c.is_lowercase() && c.is_alphabetic()))
                    && (!self.joined(next) || c.is_uppercase())
            }
            Stop::Ellipsis => {
                c.is_uppercase()
                    && (!self.joined(next) || quoted)
                    && self.word(i).len() > 1
                    && i > start
            }
            Stop::Abbreviation(period) => {
                (!self.joined(next)) && self.splits_after(i, period, head, opened)
            }
        }
    }

    /// Whether a new sentence starts at `head` after the abbreviation `i`.
    fn splits_after(&self, i: usize, period: Period, head: usize, opened: bool) -> bool {
        let word = self.word(head);
        let starter = LISTS.starter.contains(word);
        match period {
            Period::Initial => {
                let name = i > 0 && self.first(i - 1).is_uppercase();
                starter && !name
            }
            Period::Abbreviation(Abbreviation::Ending) => self.first(head).is_uppercase(),
            Period::Abbreviation(Abbreviation::Title | Abbreviation::Number) => false,
            Period::Letters if matches!(self.word(i), "a.m." | "p.m." | "A.M." | "P.M.") => {
                let name = word.chars().take(2).all(char::is_uppercase) && word.len() > 1;
                self.first(head).is_uppercase() && !LISTS.time.contains(word) && !name
            }
            Period::Letters if matches!(self.word(i), "e.g." | "i.e.") => false,
            _ => starter || opened && self.word(head - 1) != "(" && self.first(head).is_uppercase(),
        }
    }

    /// 1. or a. or 2.1. at the start of an item, with or without a mark in front; Figure 1.
    fn is_list_number(&self, start: usize, i: usize) -> bool {
        let marked = i == start + 2
            && (is_dash(self.word(start)) || LISTS.caption.contains(self.word(start)));
        let item = self.word(if marked { start + 1 } else { start });
        let number = item.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        (marked || i == start + 1)
            && (item.len() <= 3 && number
                || item.len() <= 8 && number && item.contains('.')
                || item.len() == 1 && item != "I")
    }

    /// Whether a common word, no abbreviation, stands before `i`: letters in lower case, four or
    /// more.
    fn is_common(&self, i: usize) -> bool {
        let word = if i == 0 { "" } else { self.word(i - 1) };
        word.chars().count() >= 4 && word.chars().all(char::is_lowercase)
    }

    /// A short name or pronoun and a verb of speech, or the verb alone.
    fn is_speech(&self, from: usize) -> bool {
        for i in from..self.words.len().min(from + 5) {
            let word = self.word(i);
            if LISTS.speech.contains(word) {
                return true;
            }
            let name = self.first(i).is_uppercase() || matches!(word, "the" | "a" | "of");
            if !name {
                return false;
            }
        }
        false
    }
}

fn is_opening(word: &str) -> bool {
    matches!(word, "\"" | "'" | "“" | "‘" | "``" | "«" | "(" | "[" | "{" | "¿" | "¡")
}

fn is_dash(word: &str) -> bool {
    matches!(word, "-" | "–" | "—" | "--" | "*")
}
