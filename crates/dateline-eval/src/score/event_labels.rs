//! The short noun phrases that name events.

use super::heads::{head_word, words};
use super::pairing::Rule;
use super::triggers::of_both;
use super::{ScoreError, mistake};
use crate::cells::Cell;
use crate::mapping::Maps;
use crate::mistakes::MistakeKind;
use crate::sample::Sample;
use crate::tally::{ALL, Tally};

const TASK: &str = "labels";

/// Scores labels on matched events whose gold has one; with several gold labels, the best counts.
///
/// Cells, all means over such events: `exact` (lower case, without articles and plurals), `token
/// F1` (words in common), `head` (same head noun). An event without a label counts 0.
pub fn labels(
    gold: &Sample,
    predicted: &Sample,
    maps: &Maps,
    out: &mut Tally,
) -> Result<(), ScoreError> {
    let Some((triggers, golds, found)) = of_both(gold, predicted, maps)? else {
        return Ok(());
    };
    let pairs = triggers.all_pairs(Rule::Overlap);
    for (own, other) in triggers.best_events(&pairs) {
        let accepted: Vec<&String> = golds[own]
            .label
            .iter()
            .chain(&golds[own].labels)
            .filter(|label| !label.is_empty())
            .collect();
        let Some(first) = accepted.first() else { continue };
        let actual = found[other].label.as_deref().unwrap_or("");
        let best = |score: &dyn Fn(&str) -> f64| {
            accepted.iter().map(|label| score(label)).fold(0.0, f64::max)
        };
        let own_words = words(actual);
        let given = !own_words.is_empty();
        let exact = best(&|label| f64::from(u8::from(given && words(label) == own_words)));
        let tokens = best(&|label| token_f1(&words(label), &own_words));
        let head = head_word(actual);
        let heads = best(&|label| f64::from(u8::from(head.is_some() && head_word(label) == head)));
        for (metric, value) in [("exact", exact), ("token F1", tokens), ("head", heads)] {
            out.add(TASK, metric, ALL, Cell::accuracy(value, 1.0));
        }
        if exact == 0.0 {
            let at = |event: usize, golds: bool| {
                let spans = pairs
                    .iter()
                    .map(|(own, other)| (&triggers.golds[*own], &triggers.found[*other]));
                let mut of =
                    spans.filter(
                        |(own, other)| {
                            if golds { own.event == event } else { other.event == event }
                        },
                    );
                of.next()
                    .map_or((0, 0), |(own, other)| if golds { own.spans[0] } else { other.span })
            };
            let (own, other) = ((at(own, true), first.as_str()), (at(other, false), actual));
            mistake(out, gold, TASK, MistakeKind::WrongLabel, Some(own), Some(other));
        }
    }
    Ok(())
}

/// F1 of two bags of words.
pub(crate) fn token_f1(a: &[String], b: &[String]) -> f64 {
    let mut left: Vec<&String> = b.iter().collect();
    let mut common = 0.0;
    for word in a {
        if let Some(place) = left.iter().position(|other| *other == word) {
            left.swap_remove(place);
            common += 1.0;
        }
    }
    if common == 0.0 { 0.0 } else { 2.0 * common / (a.len() + b.len()) as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_common() {
        let f1 = |a: &str, b: &str| token_f1(&words(a), &words(b));
        assert_eq!(f1("the troop withdrawal talks", "withdrawal talk"), 0.8);
        assert_eq!(f1("talks talks", "talks"), 2.0 / 3.0);
        assert_eq!(f1("", ""), 0.0);
    }
}
