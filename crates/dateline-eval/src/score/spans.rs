//! Which spans of an article are compared.

use crate::matching::{Span, overlapping};
use crate::tally::{Side, Tally, Why};

/// How many characters two spans share.
pub(crate) fn shared(a: Span, b: Span) -> usize {
    a.1.min(b.1).saturating_sub(a.0.max(b.0))
}

/// True if an item is to be compared: it lies, at least in part, in an annotated stretch.
pub(crate) fn is_compared(annotated: Option<&[Span]>, span: Span) -> bool {
    annotated.is_none_or(|stretches| stretches.iter().any(|stretch| shared(*stretch, span) > 0))
}

/// Gold items that are neither rewarded nor punished: optional ones, and those whose label maps to
/// nothing. Predictions on them are left out too.
#[derive(Clone, Debug, Default)]
pub(crate) struct Neutral {
    spans: Vec<Span>,
    whys: Vec<Why>,
}

impl Neutral {
    /// Adds the spans of a gold item and why it is not compared.
    pub(crate) fn push(&mut self, spans: impl IntoIterator<Item = Span>, gold: Why) {
        let why = if gold == Why::Optional { Why::OnOptionalGold } else { Why::OnDroppedGold };
        self.spans.extend(spans);
        self.whys.resize(self.spans.len(), why);
    }

    /// Which of the predictions are left out, and why: those with exactly such a span and no
    /// compared item of the same span, and those that overlap one and no compared item.
    pub(crate) fn covers(&self, compared: &[Span], predicted: &[Span]) -> Vec<Option<Why>> {
        if self.spans.is_empty() {
            return vec![None; predicted.len()];
        }
        // Nearness to each side: 0 apart, 1 overlapping, 2 the same span.
        let nearness = |spans: &[Span]| {
            let mut near = vec![(0u8, 0); predicted.len()];
            for (own, other) in overlapping(spans, predicted) {
                let level = if spans[own] == predicted[other] { 2 } else { 1 };
                if level > near[other].0 {
                    near[other] = (level, own);
                }
            }
            near
        };
        let (neutral, compared) = (nearness(&self.spans), nearness(compared));
        let pairs = neutral.into_iter().zip(compared);
        pairs.map(|(own, other)| (own.0 > other.0).then(|| self.whys[own.1])).collect()
    }

    /// Leaves out the predictions on these items, and counts them.
    pub(crate) fn retain<T>(
        &self,
        compared: &[Span],
        predicted: &mut Vec<T>,
        describe: impl Fn(&T) -> (Span, &str),
        task: &'static str,
        out: &mut Tally,
    ) {
        let spans: Vec<Span> = predicted.iter().map(|item| describe(item).0).collect();
        let mut whys = self.covers(compared, &spans).into_iter();
        predicted.retain(|item| {
            let why = whys.next().flatten();
            if let Some(why) = why {
                out.drop_item(task, Side::Predicted, why, describe(item).1);
            }
            why.is_none()
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn predictions_on_neutral_items() {
        let mut neutral = Neutral::default();
        neutral.push([(0, 3)], Why::Optional);
        neutral.push([(20, 25)], Why::LabelMapsToNothing);
        let compared = [(0, 10), (30, 40)];
        // Exactly neutral; exactly compared; overlapping both; overlapping neutral only; neither.
        let predicted = [(0, 3), (0, 10), (2, 9), (24, 28), (50, 51)];
        assert_eq!(
            neutral.covers(&compared, &predicted),
            [Some(Why::OnOptionalGold), None, None, Some(Why::OnDroppedGold), None]
        );
    }
}
