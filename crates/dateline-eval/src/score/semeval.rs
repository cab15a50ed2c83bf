//! SemEval-2013 task 9 scores of typed spans, as nervaluate 1.2 computes them.
//!
//! Predictions are taken in text order. On flat annotations (no overlaps within a side) the counts
//! are nervaluate's. Nested annotations have no order to rely on: identical spans are paired first,
//! which changes nothing on flat ones.

use crate::cells::Cell;
use crate::matching::{Span, overlapping};

/// How spans are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strategy {
    /// Same span and same type.
    Strict,
    /// Same span, whatever the type.
    Exact,
    /// Same span counts 1, an overlapping one ½, whatever the type.
    Partial,
    /// Overlapping span of the same type.
    Type,
}

impl Strategy {
    /// All four.
    pub const ALL: [Strategy; 4] =
        [Strategy::Strict, Strategy::Exact, Strategy::Partial, Strategy::Type];

    /// Name of the metric.
    pub fn metric(self) -> &'static str {
        match self {
            Strategy::Strict => "strict",
            Strategy::Exact => "exact span",
            Strategy::Partial => "partial",
            Strategy::Type => "type",
        }
    }
}

/// What became of the items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Right.
    pub correct: usize,
    /// Paired, but wrong in what the strategy looks at.
    pub incorrect: usize,
    /// Paired with an overlapping span, where that counts half.
    pub partial: usize,
    /// Gold items without a partner.
    pub missed: usize,
    /// Predictions without a partner.
    pub spurious: usize,
}

impl Outcome {
    /// Counts for precision and recall.
    pub fn cell(&self) -> Cell {
        let paired = self.correct + self.incorrect + self.partial;
        Cell::matched(
            self.correct as f64 + 0.5 * self.partial as f64,
            (paired + self.spurious) as f64,
            (paired + self.missed) as f64,
        )
    }
}

/// Typed spans of one side.
type Items<'a> = [(Span, &'a str)];

/// Counts by each strategy, in the order of [`Strategy::ALL`]. Both sides are in text order.
pub fn outcomes(gold: &Items<'_>, predicted: &Items<'_>) -> [Outcome; 4] {
    let spans = |items: &Items<'_>| items.iter().map(|(span, _)| *span).collect::<Vec<_>>();
    let mut near: Vec<Vec<usize>> = vec![Vec::new(); predicted.len()];
    for (true_index, index) in overlapping(&spans(gold), &spans(predicted)) {
        if overlaps_enough(gold[true_index].0, predicted[index].0) {
            near[index].push(true_index);
        }
    }
    Strategy::ALL.map(|strategy| outcome(strategy, gold, predicted, &near))
}

/// nervaluate asks for an overlap of at least one percent of the gold span.
fn overlaps_enough(gold: Span, predicted: Span) -> bool {
    super::spans::shared(gold, predicted) as f64 / (gold.1 - gold.0) as f64 * 100.0 >= 1.0
}

fn outcome(
    strategy: Strategy,
    gold: &Items<'_>,
    predicted: &Items<'_>,
    near: &[Vec<usize>],
) -> Outcome {
    let mut taken = vec![false; gold.len()];
    let mut done = vec![false; predicted.len()];
    let mut out = Outcome::default();
    // Identical spans first: of the same type, then (where a type can't be right elsewhere) of any.
    for same_type in [true, false] {
        if !same_type && strategy == Strategy::Type {
            continue;
        }
        for (index, (span, kind)) in predicted.iter().enumerate() {
            let found = near[index].iter().copied().find(|other| {
                !taken[*other] && gold[*other].0 == *span && (!same_type || gold[*other].1 == *kind)
            });
            if let (false, Some(found)) = (done[index], found) {
                (taken[found], done[index]) = (true, true);
                match strategy {
                    Strategy::Strict if !same_type => out.incorrect += 1,
                    _ => out.correct += 1,
                }
            }
        }
    }
    for (index, (span, kind)) in predicted.iter().enumerate() {
        if done[index] {
            continue;
        }
        let free = || near[index].iter().copied().filter(|other| !taken[*other]);
        let distance = |other: &usize| {
            let other = gold[*other].0;
            other.0.abs_diff(span.0) + other.1.abs_diff(span.1)
        };
        let of_type = match strategy {
            Strategy::Type => free().filter(|other| gold[*other].1 == *kind).min_by_key(distance),
            _ => None,
        };
        let found = of_type.or_else(|| free().next());
        if let Some(found) = found {
            taken[found] = true;
        }
        match found {
            None => out.spurious += 1,
            Some(_) if of_type.is_some() => out.correct += 1,
            Some(_) if strategy == Strategy::Partial => out.partial += 1,
            Some(_) => out.incorrect += 1,
        }
    }
    out.missed = taken.iter().filter(|taken| !**taken).count();
    out
}
