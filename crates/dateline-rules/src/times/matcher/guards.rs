//! Conditions on what a pattern matched: capitals, parts of speech, the words beside it.

use dateline_text::Upos;

use super::Word;
use super::year::is_year;
use crate::times::grammar::{Guard, Rule};

pub(super) fn holds(rule: &Rule, words: &[Word<'_>], start: usize, end: usize) -> bool {
    let Some(guard) = rule.guard else { return true };
    let (first, last, next) = (&words[start], &words[end - 1], words.get(end));
    let nominal = |w: &Word<'_>| matches!(w.upos, Upos::Noun | Upos::Propn);
    let verbal = |w: &Word<'_>| matches!(w.upos, Upos::Verb | Upos::Aux | Upos::Adp | Upos::Sconj);
    match guard {
        Guard::Capital => is_upper(first.text) && !is_titled(words, start),
        // "the song Yesterday"
        Guard::Small => start == 0 || !is_upper(first.text) || is_headline(words),
        Guard::Lower => {
            let named = next.is_some_and(|n| is_upper(n.text));
            !named && (start == 0 || !is_upper(first.text))
        }
        Guard::Noun => nominal(first) || nominal(last),
        Guard::Adverb => first.upos == Upos::Adv,
        Guard::Month => is_upper(first.text) && !verbal(first) && !is_titled(words, start),
        Guard::DayMonth => is_upper(last.text) && !verbal(last),
        Guard::Year => is_year(words, end - 1, end),
        Guard::Season => !next.is_some_and(|n| nominal(n) || n.text == "-"),
        Guard::Length => {
            const BEFORE: &[&str] = &[
                "for", "in", "within", "over", "after", "about", "nearly", "almost", "than",
                "least", "around", "took", "spent", "lasted", "lasting", "takes", "take", "under",
                "just",
            ];
            start > 0 && BEFORE.contains(&words[start - 1].lower)
        }
        Guard::NotOld => {
            let old =
                |w: Option<&Word<'_>>| w.is_some_and(|w| w.lower == "old" || w.lower == "olds");
            let behind =
                if next.is_some_and(|n| n.lower == "-") { words.get(end + 1) } else { next };
            // "60 Minutes", "the Six-Day War"
            let titled = is_upper(last.text) && end > 1 && !is_headline(words);
            !old(behind) && !titled
        }
        Guard::NotAs => {
            let beside =
                |w: Option<&Word<'_>>, list: &[&str]| w.is_some_and(|w| list.contains(&w.lower));
            first.upos == Upos::Adv
                && !beside(start.checked_sub(1).map(|b| &words[b]), &["as", "how", "too"])
                && !beside(next, &["as", "after", "before", "enough"])
        }
    }
}

fn is_upper(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_uppercase)
}

/// Whether a word is somebody's name: "Mr August".
fn is_titled(words: &[Word<'_>], at: usize) -> bool {
    const TITLES: &[&str] =
        &["mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "dr", "dr.", "sir", "lady", "lord"];
    at > 0 && TITLES.contains(&words[at - 1].lower)
}

/// Whether capitals tell nothing of a word: every longer word begins with one.
fn is_headline(words: &[Word<'_>]) -> bool {
    let small = |w: &Word<'_>| w.text.len() > 4 && w.text.chars().all(char::is_lowercase);
    !words.iter().any(small)
}
