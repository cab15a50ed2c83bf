//! Modifiers in front of an expression: "early", "nearly", "the end of".

use std::ops::Range;

use super::Word;
use crate::times::grammar::Grammar;

/// The start of an expression and its modifier, with the words of the modifier in front.
pub(super) fn modified(
    grammar: &Grammar,
    words: &[Word<'_>],
    matched: Range<usize>,
    free: usize,
    kind: &str,
) -> (usize, Option<&'static str>) {
    let start = matched.start;
    let ago = words[matched.end - 1].lower == "ago";
    let fits = |modifier: &str, phrase: &[String]| {
        let part = matches!(modifier, "START" | "MID" | "END");
        match kind {
            // "over the past 50 years" is no more than fifty.
            "DURATION" => !part && words[start].lower != "the",
            "SET" | "TIME" => false,
            // "nearly two years ago"
            _ if ago => !part,
            _ => part || phrase.iter().any(|w| matches!(w.as_str(), "around" | "circa")),
        }
    };
    for (phrase, modifier) in &grammar.modifiers {
        let Some(from) = start.checked_sub(phrase.len()).filter(|f| *f >= free) else { continue };
        let same = words[from..start].iter().zip(phrase).all(|(w, p)| w.lower == *p);
        if same && fits(modifier, phrase) {
            let article = from > free && words[from - 1].lower == "the";
            return (if article { from - 1 } else { from }, Some(modifier));
        }
    }
    // "early in the 1990s", "the end of the year": the article stands between.
    (start, None)
}
