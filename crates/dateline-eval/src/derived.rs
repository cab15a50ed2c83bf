//! Numbers computed from sums of cells: macro averages, the CoNLL mean, calibration error.

use crate::cells::{Cell, Cells, Key};
use crate::score::BINS;
use crate::tally::ALL;

/// Precision, recall and F1, or one value three times for an accuracy.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scores {
    /// Precision.
    pub precision: f64,
    /// Recall.
    pub recall: f64,
    /// F1 (for averages over groups: the mean of their F1).
    pub f1: f64,
}

impl From<&Cell> for Scores {
    fn from(cell: &Cell) -> Scores {
        Scores { precision: cell.precision(), recall: cell.recall(), f1: cell.f1() }
    }
}

/// Groups of a metric, without `all`.
pub fn groups<'a>(
    cells: &'a Cells,
    task: &'static str,
    metric: &'static str,
) -> impl Iterator<Item = (&'a str, &'a Cell)> {
    let first = Key { task, metric, group: String::new() };
    cells
        .range(first..)
        .take_while(move |(key, _)| key.task == task && key.metric == metric)
        .filter(|(key, _)| key.group != ALL)
        .map(|(key, cell)| (key.group.as_str(), cell))
}

/// Mean over groups with at least `least_gold` gold items (0: also those that were only
/// predicted, as seqeval does). `None` if there is no such group.
pub fn macro_average<'a>(
    groups: impl IntoIterator<Item = &'a Cell>,
    least_gold: f64,
) -> Option<Scores> {
    average(groups.into_iter().filter(|cell| cell.gold >= least_gold).map(|cell| (cell, 1.0)))
}

/// Mean over groups, weighted by their gold items.
pub fn weighted_average<'a>(groups: impl IntoIterator<Item = &'a Cell>) -> Option<Scores> {
    average(groups.into_iter().map(|cell| (cell, cell.gold)))
}

fn average<'a>(groups: impl Iterator<Item = (&'a Cell, f64)>) -> Option<Scores> {
    let mut sum = Scores::default();
    let mut weights = 0.0;
    for (cell, weight) in groups {
        let of = Scores::from(cell);
        sum.precision += weight * of.precision;
        sum.recall += weight * of.recall;
        sum.f1 += weight * of.f1;
        weights += weight;
    }
    (weights > 0.0).then(|| Scores {
        precision: sum.precision / weights,
        recall: sum.recall / weights,
        f1: sum.f1 / weights,
    })
}

/// Mean of the F1 of MUC, B³ and CEAFe (Pradhan et al. 2012).
pub fn conll_mean(muc: &Cell, b_cubed: &Cell, ceaf_e: &Cell) -> f64 {
    (muc.f1() + b_cubed.f1() + ceaf_e.f1()) / 3.0
}

/// One row of a reliability table.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bin {
    /// Scores in the bin are above this …
    pub low: f64,
    /// … and at most this.
    pub high: f64,
    /// Items in the bin.
    pub count: f64,
    /// Mean score.
    pub confidence: f64,
    /// Share of right ones.
    pub accuracy: f64,
}

/// The reliability table of a calibration metric.
pub fn reliability(cells: &Cells, metric: &'static str) -> Vec<Bin> {
    let cell = |bin: usize| {
        let key = Key { task: "calibration", metric, group: format!("{bin:02}") };
        cells.get(&key).copied().unwrap_or_default()
    };
    (0..BINS)
        .map(|bin| {
            let cell = cell(bin);
            Bin {
                low: bin as f64 / BINS as f64,
                high: (bin + 1) as f64 / BINS as f64,
                count: cell.predicted,
                confidence: cell.recall(),
                accuracy: cell.precision(),
            }
        })
        .collect()
}

/// Expected calibration error (Naeini et al. 2015, Guo et al. 2017): mean distance of accuracy and
/// confidence over the bins, weighted by their items. `None` without items.
pub fn calibration_error<'a>(bins: impl IntoIterator<Item = &'a Cell>) -> Option<f64> {
    let (mut distance, mut count) = (0.0, 0.0);
    for cell in bins {
        distance += (cell.precision_hits - cell.recall_hits).abs();
        count += cell.predicted;
    }
    (count > 0.0).then(|| distance / count)
}

/// The calibration error that true probabilities would show on so many items: in each bin the mean
/// distance of a normal variable from its mean, √(2/π) of its deviation (half of those are right
/// who are scored 0.5, but of ten seldom five). An error that is no larger tells of no fault.
/// `None` without items.
pub fn calibration_error_by_chance<'a>(bins: impl IntoIterator<Item = &'a Cell>) -> Option<f64> {
    let (mut distance, mut count) = (0.0, 0.0);
    for cell in bins.into_iter().filter(|cell| cell.predicted > 0.0) {
        let mean = cell.recall();
        let variance = cell.predicted * mean * (1.0 - mean);
        distance += (std::f64::consts::FRAC_2_PI * variance.max(0.0)).sqrt();
        count += cell.predicted;
    }
    (count > 0.0).then(|| distance / count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn true_probabilities_err_by_chance() {
        let bin = |predicted: f64| Cell {
            precision_hits: predicted / 2.0,
            predicted,
            recall_hits: predicted / 2.0,
            gold: predicted,
        };
        // The mean distance of heads from fifty in a hundred throws: √(2/π · 25) = 3.99.
        let error = calibration_error_by_chance([&bin(100.0)]).expect("items");
        assert!((error - 0.0399).abs() < 1e-4, "{error}");
        let more = calibration_error_by_chance([&bin(10_000.0)]).expect("items");
        assert!((more - 0.00399).abs() < 1e-5, "{more}");
        assert_eq!(calibration_error_by_chance([]), None);
    }

    #[test]
    fn calibration_of_two_bins() {
        // Ten items at 0.9 of which eight are right, ten at 0.5 of which five are: (1 + 0) / 20.
        let bin = |right, sum| Cell {
            precision_hits: right,
            predicted: 10.0,
            recall_hits: sum,
            gold: 10.0,
        };
        let error = calibration_error([&bin(8.0, 9.0), &bin(5.0, 5.0)]).expect("items");
        assert!((error - 0.05).abs() < 1e-12, "{error}");
        assert_eq!(calibration_error([]), None);
    }

    #[test]
    fn averages() {
        let groups = [
            Cell::matched(1.0, 2.0, 1.0),
            Cell::matched(0.0, 1.0, 0.0),
            Cell::matched(9.0, 9.0, 9.0),
        ];
        let mean = macro_average(&groups, 1.0).expect("groups");
        assert_eq!((mean.precision, mean.recall), (0.75, 1.0));
        assert_eq!(macro_average(&groups, 0.0).expect("groups").precision, 0.5);
        assert_eq!(weighted_average(&groups).expect("groups").precision, 0.95);
        assert_eq!(macro_average(&groups, 10.0), None);
    }
}
