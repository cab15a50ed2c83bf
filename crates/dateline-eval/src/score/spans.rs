//! Spans on one axis per article, and which of them are compared.

use dateline::Field;

use crate::matching::Span;
use crate::sample::{Sample, Stretch};

/// The axis of an article: the title, one separator, the text; in code points.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Axis {
    shift: usize,
}

impl Axis {
    /// The axis of a gold sample; predictions of the same article are laid on it too.
    pub(crate) fn of(gold: &Sample) -> Axis {
        Axis { shift: gold.title.as_ref().map_or(0, |title| title.chars().count() + 1) }
    }

    pub(crate) fn span(self, at: &Stretch) -> Span {
        match at.field {
            Field::Title => (at.start, at.end),
            Field::Text => (at.start + self.shift, at.end + self.shift),
        }
    }

    /// The stretches within which items are compared; `None` means everywhere.
    pub(crate) fn annotated(self, gold: &Sample) -> Option<Vec<Span>> {
        (!gold.annotated.is_empty())
            .then(|| gold.annotated.iter().map(|at| self.span(at)).collect())
    }

    /// All spans that count as an item: its own, then the alternatives.
    pub(crate) fn accepted(self, at: &Stretch, alternatives: &[Stretch]) -> Vec<Span> {
        std::iter::once(at).chain(alternatives).map(|at| self.span(at)).collect()
    }
}

/// How many characters two spans share.
pub(crate) fn shared(a: Span, b: Span) -> usize {
    a.1.min(b.1).saturating_sub(a.0.max(b.0))
}

/// True if an item is to be compared: it lies, at least in part, in an annotated stretch.
pub(crate) fn is_compared(annotated: Option<&[Span]>, span: Span) -> bool {
    annotated.is_none_or(|stretches| stretches.iter().any(|stretch| shared(*stretch, span) > 0))
}

/// Spans of gold items that are neither rewarded nor punished, and what predictions on them are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Neutral {
    spans: Vec<Span>,
}

impl Neutral {
    pub(crate) fn push(&mut self, spans: impl IntoIterator<Item = Span>) {
        self.spans.extend(spans);
    }

    /// Which of the predictions lie on neutral items: with exactly such a span and no compared item
    /// of the same span, or overlapping one and no compared item.
    pub(crate) fn covers(&self, compared: &[Span], predicted: &[Span]) -> Vec<bool> {
        if self.spans.is_empty() {
            return vec![false; predicted.len()];
        }
        // Nearness to each side: 0 apart, 1 overlapping, 2 the same span.
        let nearness = |spans: &[Span]| {
            let mut near = vec![0u8; predicted.len()];
            for (own, other) in crate::matching::overlapping(spans, predicted) {
                let level = if spans[own] == predicted[other] { 2 } else { 1 };
                near[other] = near[other].max(level);
            }
            near
        };
        let (neutral, compared) = (nearness(&self.spans), nearness(compared));
        neutral.iter().zip(compared).map(|(neutral, compared)| *neutral > compared).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn predictions_on_neutral_items() {
        let mut neutral = Neutral::default();
        neutral.push([(0, 3), (20, 25)]);
        let compared = [(0, 10), (30, 40)];
        // Exactly neutral; exactly compared; overlapping both; overlapping neutral only; neither.
        let predicted = [(0, 3), (0, 10), (2, 9), (24, 28), (50, 51)];
        assert_eq!(neutral.covers(&compared, &predicted), [true, false, false, true, false]);
    }
}
