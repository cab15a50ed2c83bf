//! One-to-one pairs of gold items and predictions by their spans.

use super::spans::shared;
use crate::matching::{Edge, Span, maximum_weight, overlapping};

/// When two spans may be a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    /// The same span.
    Exact,
    /// At least one shared character.
    Overlap,
}

/// The partner of each gold item. As many pairs as there can be; among these the greatest sum of
/// `bonus` (0 to 9 a pair; `None` forbids it), then of identical spans, then of shared characters.
///
/// `golds` holds all spans that count as each item.
pub(crate) fn pairs(
    golds: &[Vec<Span>],
    predicted: &[Span],
    rule: Rule,
    bonus: impl Fn(usize, usize) -> Option<i64>,
) -> Vec<Option<usize>> {
    let mut owners = Vec::new();
    let mut spans = Vec::new();
    for (gold, accepted) in golds.iter().enumerate() {
        owners.extend(std::iter::repeat_n(gold, accepted.len()));
        spans.extend(accepted);
    }
    let mut edges = Vec::new();
    for (index, partner) in overlapping(&spans, predicted) {
        let (span, other) = (spans[index], predicted[partner]);
        if rule == Rule::Exact && span != other {
            continue;
        }
        let gold = owners[index];
        let Some(bonus) = bonus(gold, partner) else { continue };
        let weight = 1_000_000_000
            + 100_000 * bonus
            + 10_000 * i64::from(span == other)
            + shared(span, other).min(9_999) as i64;
        edges.push(Edge { gold, predicted: partner, weight });
    }
    maximum_weight(golds.len(), predicted.len(), &edges)
}
