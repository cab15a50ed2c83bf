//! From logits to labels.

mod entities;
mod lemma;
mod lemma_table;
pub(crate) mod tree;

use std::ops::Range;

use dateline_text::{Deprel, Upos, Xpos};
use ndarray::{Array2, ArrayView1};

pub(crate) use self::entities::Tags;
pub(crate) use self::lemma::LemmaScript;
pub(crate) use self::lemma_table::LemmaTable;
use crate::backend::Output;
use crate::config::{Config, EVENT};

/// What a sequence says of one of its words.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct WordReading {
    pub(crate) upos: Upos,
    pub(crate) xpos: Xpos,
    /// Index of the lemma script.
    pub(crate) lemma: usize,
    /// Index of the head among the stretch's words; `None` for its root.
    pub(crate) head: Option<usize>,
    pub(crate) deprel: Deprel,
    pub(crate) event: f32,
}

/// What a sequence says of the words kept of one of its stretches.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Reading {
    pub(crate) words: Vec<WordReading>,
    /// A row of tag probabilities for each word. Entities are decoded over the whole sentence.
    pub(crate) tags: Vec<f32>,
}

/// Reads the words `keep` of a sentence, or a part of one, that stands at `words` in a sequence.
///
/// `None` if a score is not a number.
pub(crate) fn read_stretch(
    config: &Config,
    outputs: &Output,
    words: &Range<usize>,
    keep: Range<usize>,
) -> Option<Reading> {
    // What the sequence's other sentences score as heads is never looked at.
    let arc = |word: usize, column: usize| {
        outputs.arc[[words.start + word, if column == 0 { 0 } else { words.start + column }]]
    };
    let count = words.len();
    if !(0..count).all(|word| (0..=count).all(|column| arc(word, column).is_finite())) {
        return None;
    }
    let heads = tree::best_tree(count, arc);
    let mut reading = Reading::default();
    for word in keep {
        let head = heads[word - words.start];
        let of = |array| class_scores(array, word);
        let relation = best(of(&outputs.rel)?, |class| {
            (config.deprel[class] == Deprel::Root) == head.is_none()
        });
        reading.words.push(WordReading {
            upos: config.upos[best(of(&outputs.upos)?, |_| true)],
            xpos: config.xpos[best(of(&outputs.xpos)?, |_| true)],
            lemma: best(of(&outputs.lemma)?, |_| true),
            head,
            deprel: config.deprel[relation],
            event: softmax(of(&outputs.event)?, config.event_temperature).nth(EVENT)?,
        });
        reading.tags.extend(softmax(of(&outputs.entity)?, config.entity_temperature));
    }
    Some(reading)
}

/// The logits of one word, if all are numbers.
fn class_scores(array: &Array2<f32>, word: usize) -> Option<ArrayView1<'_, f32>> {
    let scores = array.row(word);
    scores.iter().all(|score| score.is_finite()).then_some(scores)
}

/// The likeliest of the allowed classes, the first of equals.
fn best(scores: ArrayView1<'_, f32>, allowed: impl Fn(usize) -> bool) -> usize {
    let mut best = None;
    for (class, &score) in scores.iter().enumerate() {
        if allowed(class) && best.is_none_or(|(_, top)| score > top) {
            best = Some((class, score));
        }
    }
    best.map_or(0, |(class, _)| class)
}

fn softmax(scores: ArrayView1<'_, f32>, temperature: f32) -> impl Iterator<Item = f32> + use<> {
    let scaled: Vec<f64> = scores.iter().map(|&x| f64::from(x) / f64::from(temperature)).collect();
    let top = scaled.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let total: f64 = scaled.iter().map(|x| (x - top).exp()).sum();
    scaled.into_iter().map(move |x| ((x - top).exp() / total) as f32)
}

/// To three decimals: what is written must not hang on the last bits of a float.
pub(crate) fn rounded(score: f64) -> f32 {
    ((score * 1000.0).round() / 1000.0) as f32
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn softmax_with_temperature() {
        let p: Vec<f32> = softmax(array![0.0_f32, 2.0].view(), 2.0).collect();
        assert!((p[1] - 0.731_058_6).abs() < 1e-6);
        assert!((p[0] + p[1] - 1.0).abs() < 1e-6);
        let p: Vec<f32> = softmax(array![-1e4_f32, 1e4].view(), 1.0).collect();
        assert_eq!(p, [0.0, 1.0]);
    }

    #[test]
    fn best_takes_the_first_of_equals() {
        assert_eq!(best(array![1.0_f32, 3.0, 3.0].view(), |_| true), 1);
        assert_eq!(best(array![1.0_f32, 3.0, 3.0].view(), |class| class != 1), 2);
    }

    #[test]
    fn scores_are_rounded_at_the_edge() {
        assert_eq!(rounded(0.123_49), 0.123);
        assert_eq!(rounded(0.999_6), 1.0);
    }
}
