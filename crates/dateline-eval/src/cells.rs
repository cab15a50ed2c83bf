//! Counts that add up: one article's scores, their sum, and what is printed of it.
//!
//! Every metric is a function of sums over articles, so that intervals (bootstrap over articles)
//! and comparisons (paired by article) need no second look at the texts.

use std::collections::BTreeMap;

/// Names one number: which task, under which matching rule, over what part of the items.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// `entities`, `events`, `times` …
    pub task: &'static str,
    /// The metric with its matching rule: `strict`, `exact span`, `partial`, `TI exact`, `B3` …
    pub metric: &'static str,
    /// `all`, or the type, role or class counted.
    pub group: String,
}

/// Sums of one key. What they mean depends on the form of the metric.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cell {
    /// Numerator of precision (or of accuracy).
    pub precision_hits: f64,
    /// Denominator of precision: items predicted (or, for accuracy, judged).
    pub predicted: f64,
    /// Numerator of recall.
    pub recall_hits: f64,
    /// Denominator of recall: gold items.
    pub gold: f64,
}

impl Cell {
    /// Counts of a comparison in which one match is one hit on both sides.
    pub fn matched(hits: f64, predicted: f64, gold: f64) -> Cell {
        Cell { precision_hits: hits, predicted, recall_hits: hits, gold }
    }

    /// Counts of an accuracy: `hits` of `judged`.
    pub fn accuracy(hits: f64, judged: f64) -> Cell {
        Cell { precision_hits: hits, predicted: judged, recall_hits: hits, gold: judged }
    }

    /// Adds another cell.
    pub fn add(&mut self, other: Cell) {
        self.precision_hits += other.precision_hits;
        self.predicted += other.predicted;
        self.recall_hits += other.recall_hits;
        self.gold += other.gold;
    }

    /// Share of the predicted items that are right; 0 where none was predicted.
    pub fn precision(&self) -> f64 {
        ratio(self.precision_hits, self.predicted)
    }

    /// Share of the gold items that were found; 0 where there is none.
    pub fn recall(&self) -> f64 {
        ratio(self.recall_hits, self.gold)
    }

    /// Harmonic mean of precision and recall; equals the accuracy for cells of an accuracy.
    pub fn f1(&self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        ratio(2.0 * precision * recall, precision + recall)
    }
}

fn ratio(numerator: f64, denominator: f64) -> f64 {
    if denominator == 0.0 { 0.0 } else { numerator / denominator }
}

/// The cells of one article, or of many.
pub type Cells = BTreeMap<Key, Cell>;
