//! What scoring one article, or many, yields.

use std::collections::BTreeMap;

use crate::cells::{Cell, Cells, Key};
use crate::mistakes::Mistakes;

/// Name of the group that counts every item of a metric.
pub const ALL: &str = "all";

/// Counts of one article or, merged, of many. Everything printed is computed from it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    /// Sums per metric and group; the derived values (macro averages, CoNLL mean, calibration
    /// error) are functions of these: [`crate::derived`].
    pub cells: Cells,
    /// What went wrong, with examples.
    pub mistakes: Mistakes,
    /// How often a gold entity type met a predicted type, on a one-to-one matching of overlapping
    /// mentions. A gold item without a prediction stands under the predicted type `""`, a
    /// prediction without gold under the gold type `""`.
    pub confusion: BTreeMap<(String, String), u64>,
    /// The same for the types of event triggers.
    pub event_confusion: BTreeMap<(String, String), u64>,
    /// What was left out of the comparison, and why.
    pub dropped: BTreeMap<Dropped, u64>,
}

/// Something that was not compared: counted, so that all items of both files are accounted for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dropped {
    /// `entities`, `events` …
    pub task: &'static str,
    /// Whose item it is.
    pub side: Side,
    /// Why it was left out.
    pub why: Why,
    /// Its label in the file.
    pub label: String,
}

impl Why {
    /// As printed.
    pub fn name(self) -> &'static str {
        match self {
            Why::LabelMapsToNothing => "label maps to nothing",
            Why::OnDroppedGold => "on a gold item whose label maps to nothing",
            Why::Optional => "optional",
            Why::OnOptionalGold => "on an optional gold item",
            Why::NotAnnotated => "outside what is annotated",
            Why::KindNotInGold => "kind of mention not in gold",
            Why::TypeNotInGold => "of a type that gold does not label",
            Why::Duplicate => "repeats another item",
        }
    }
}

impl Side {
    /// As printed.
    pub fn name(self) -> &'static str {
        match self {
            Side::Gold => "gold",
            Side::Predicted => "predicted",
        }
    }
}

/// Whose item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Of the labelled sample.
    Gold,
    /// Of the system.
    Predicted,
}

/// Why an item was left out of the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The map gives its label no counterpart.
    LabelMapsToNothing,
    /// A prediction on a gold item whose label maps to nothing.
    OnDroppedGold,
    /// An optional gold item.
    Optional,
    /// A prediction on an optional gold item.
    OnOptionalGold,
    /// Outside the annotated stretches.
    NotAnnotated,
    /// A prediction of a type that the gold labels don't have.
    TypeNotInGold,
    /// A nominal or a pronoun where gold holds names only.
    KindNotInGold,
    /// An exact repetition of another item: same span and label.
    Duplicate,
}

impl Tally {
    /// Adds to one number.
    pub fn add(&mut self, task: &'static str, metric: &'static str, group: &str, cell: Cell) {
        let key = Key { task, metric, group: group.to_string() };
        self.cells.entry(key).or_default().add(cell);
    }

    /// Counts an item that is not compared.
    pub fn drop_item(&mut self, task: &'static str, side: Side, why: Why, label: &str) {
        let dropped = Dropped { task, side, why, label: label.to_string() };
        *self.dropped.entry(dropped).or_default() += 1;
    }

    /// Counts a meeting of two event types; `""` stands for none.
    pub fn confuse_events(&mut self, gold: &str, predicted: &str) {
        *self.event_confusion.entry((gold.to_string(), predicted.to_string())).or_default() += 1;
    }

    /// Counts a meeting of two entity types; `""` stands for none.
    pub fn confuse(&mut self, gold: &str, predicted: &str) {
        *self.confusion.entry((gold.to_string(), predicted.to_string())).or_default() += 1;
    }

    /// Adds the counts of other articles.
    pub fn merge(&mut self, other: Tally) {
        for (key, cell) in other.cells {
            self.cells.entry(key).or_default().add(cell);
        }
        self.mistakes.merge(other.mistakes);
        for (pair, count) in other.confusion {
            *self.confusion.entry(pair).or_default() += count;
        }
        for (pair, count) in other.event_confusion {
            *self.event_confusion.entry(pair).or_default() += count;
        }
        for (dropped, count) in other.dropped {
            *self.dropped.entry(dropped).or_default() += count;
        }
    }

    /// The cell of one number; empty where nothing was counted.
    pub fn cell(&self, task: &'static str, metric: &'static str, group: &str) -> Cell {
        let key = Key { task, metric, group: group.to_string() };
        self.cells.get(&key).copied().unwrap_or_default()
    }
}
