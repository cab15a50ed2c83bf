//! Times and publication dates: the time grammar reads tokens and a tree, so that a text is
//! segmented, annotated and read by all rules.
//!
//! The first byte says what is done (see `FLAGS`), the second seeds the trees (`0`: plausible ones).
//! In the rest, a byte above 127 stands for a word of `WORDS`, any other for itself.
#![no_main]

use std::sync::OnceLock;

use dateline_fuzz::{annotate, check_document};
use dateline_rules::{Options, Rules};
use dateline_text::{Article, segment, segment_body};
use libfuzzer_sys::fuzz_target;

/// What bits of the first byte, counted from `@`, ask for.
mod flags {
    /// All is body: no zoning.
    pub(super) const BODY: u8 = 1;
    /// The caller knows the publication date.
    pub(super) const PUBLISHED: u8 = 2;
    /// The first line is the publication date of the metadata.
    pub(super) const METADATA: u8 = 4;
    /// The first line (after that) is the title.
    pub(super) const TITLE: u8 = 8;
}

/// Words that make dates; byte 128 is the first.
#[rustfmt::skip]
const WORDS: [&str; 128] = [
    "Monday", "Tuesday", "Wed.", "Thursday", "Friday", "Saturday", "Sundays", "January", "Feb.",
    "March", "April", "May", "June", "Jul", "August", "Sept.", "October", "Nov.", "December",
    "next", "last", "this", "past", "coming", "the", "a", "an", "every", "each", "other", "same",
    "day", "days", "week", "weeks", "month", "months", "year", "years", "decade", "decades",
    "century", "hour", "hours", "minutes", "seconds", "fortnight", "quarter", "half", "weekend",
    "morning", "afternoon", "evening", "night", "noon", "midnight", "lunchtime", "spring", "summer",
    "autumn", "winter", "today", "tomorrow", "yesterday", "tonight", "now", "currently", "recently",
    "ago", "earlier", "later", "before", "after", "since", "until", "by", "from", "to", "between",
    "and", "of", "in", "on", "at", "about", "around", "early", "mid", "late", "end", "beginning",
    "more than", "less than", "at least", "nearly", "1990s", "mid-2016", "2024", "'98", "1", "2",
    "30", "31", "22nd", "first", "second", "third", "twenty-first", "two", "ten", "a hundred",
    "million", "99999999999", "0", "Feb. 30, 2024", "2024-02-30", "2024-W53", "03/04/2025",
    "10:15", "25:61", "1430 GMT", "a.m.", "p.m.", "Published:", "GENEVA, July 22 (XYZ) —", "’s",
    "é", "will",
];

fn rules() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(|| Rules::builtin().expect("the built-in rules load"))
}

fuzz_target!(|data: &[u8]| {
    let [first, seed, rest @ ..] = data else { return };
    let (asks, seed) = (first ^ b'@', seed.wrapping_sub(b'0'));
    let written = written(rest);
    let mut rest = written.as_str();
    let mut line = |flag: u8| {
        let (line, after) = (asks & flag > 0).then(|| rest.split_once('\n')).flatten()?;
        rest = after;
        Some(line.to_owned())
    };
    let published = line(flags::METADATA);
    let title = line(flags::TITLE);
    let article = Article { title, published, ..Article::from_text("a", rest) };
    let text = if asks & flags::BODY > 0 { segment_body(&article) } else { segment(&article) };
    let date = jiff::civil::date(2024, 2, 29);
    let options = Options { published: (asks & flags::PUBLISHED > 0).then_some(date) };
    let document = rules().read(&article, &text, &annotate(&text, seed), &options);
    check_document(&document, &text);
});

fn written(bytes: &[u8]) -> String {
    let mut text = String::new();
    let mut after_word = false;
    for &byte in bytes {
        let word = usize::from(byte).checked_sub(128).and_then(|index| WORDS.get(index));
        if let Some(word) = word {
            if after_word {
                text.push(' ');
            }
            text.push_str(word);
        } else {
            text.push(char::from(byte));
        }
        after_word = word.is_some();
    }
    text
}
