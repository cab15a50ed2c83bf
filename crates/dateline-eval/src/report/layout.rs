//! What is read first: the numbers of a task in the order in which people look at them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Dropped, Report, Row, Section};
use crate::tally::ALL;

/// The numbers of each task that stand for it, best first. Of a task that is not listed, the first
/// [`FIRST`] do.
const HEADLINES: [(&str, &[&str]); 5] = [
    ("entities", &["strict", "macro strict", "exact span", "partial", "type"]),
    ("events", &["TC overlap", "TC exact", "TI overlap", "TI exact", "AC+ head", "AC head"]),
    ("times", &["value", "strict", "relaxed", "type"]),
    ("clusters", &["CoNLL mean", "MUC", "B³", "CEAFe"]),
    ("syntax", &["LAS", "UAS", "UPOS", "lemma"]),
];
const FIRST: usize = 8;

/// The rows of a section, sorted out. Each row stands in exactly one of the parts.
#[derive(Debug, Serialize)]
pub(super) struct Layout<'a> {
    /// What stands for the task.
    pub(super) headline: Vec<&'a Row>,
    /// The other metrics, over all items.
    pub(super) others: Vec<&'a Row>,
    /// Metrics by type, role or class.
    pub(super) groups: Vec<Groups<'a>>,
    /// Metrics for which gold has no items, with their groups: their scores would say nothing.
    pub(super) empty: Vec<&'a Row>,
}

/// The groups of one metric.
#[derive(Debug, Serialize)]
pub(super) struct Groups<'a> {
    pub(super) metric: &'a str,
    pub(super) rule: &'a str,
    pub(super) rows: Vec<&'a Row>,
}

impl<'a> Layout<'a> {
    pub(super) fn of(section: &'a Section) -> Layout<'a> {
        let task = section.task.trim_end_matches(", inferred");
        let listed = HEADLINES.iter().find(|(of, _)| *of == task).map(|(_, metrics)| *metrics);
        let rank = |row: &Row| match listed {
            Some(metrics) => metrics.iter().position(|metric| *metric == row.metric),
            None => None,
        };
        let wholes = section.rows.iter().filter(|row| row.group == ALL);
        let wholes: BTreeMap<&str, &Row> = wholes.map(|row| (row.metric.as_str(), row)).collect();
        let has_whole = |row: &Row| wholes.contains_key(row.metric.as_str());
        let is_empty =
            |row: &Row| wholes.get(row.metric.as_str()).is_some_and(|whole| whole.gold == 0.0);
        let mut layout = Layout { headline: vec![], others: vec![], groups: vec![], empty: vec![] };
        for row in &section.rows {
            if is_empty(row) {
                layout.empty.push(row);
            } else if row.group != ALL && has_whole(row) {
                match layout.groups.last_mut() {
                    Some(groups) if groups.metric == row.metric => groups.rows.push(row),
                    _ => layout.groups.push(Groups {
                        metric: &row.metric,
                        rule: row.rule,
                        rows: vec![row],
                    }),
                }
            } else if rank(row).is_some() || (listed.is_none() && layout.headline.len() < FIRST) {
                layout.headline.push(row);
            } else {
                layout.others.push(row);
            }
        }
        layout.headline.sort_by_key(|row| rank(row).unwrap_or(0));
        layout.groups.sort_by_key(|groups| rank(groups.rows[0]).unwrap_or(usize::MAX));
        layout
    }

    /// The metrics without gold items, with what was predicted of them.
    pub(super) fn empty_metrics(&self) -> Vec<String> {
        let wholes = self.empty.iter().filter(|row| row.group == ALL);
        let named = |row: &&Row| {
            row.predicted.map(|found| format!("{} ({} found)", row.metric, super::count(found)))
        };
        wholes.filter_map(named).collect()
    }
}

/// Items that were left out of the comparison for one reason, and their labels.
#[derive(Debug, Serialize)]
pub(super) struct Left<'a> {
    pub(super) task: &'a str,
    pub(super) side: &'a str,
    pub(super) why: &'a str,
    pub(super) count: u64,
    /// The most frequent first.
    pub(super) labels: Vec<&'a Dropped>,
}

impl Report {
    /// What was not compared, summed by reason.
    pub(super) fn left(&self) -> Vec<Left<'_>> {
        let mut sums: Vec<Left<'_>> = Vec::new();
        for row in &self.dropped {
            let same = |sum: &&mut Left<'_>| {
                (sum.task, sum.side, sum.why) == (row.task.as_str(), row.side, row.why)
            };
            match sums.iter_mut().find(same) {
                Some(sum) => {
                    sum.count += row.count;
                    sum.labels.push(row);
                }
                None => sums.push(Left {
                    task: &row.task,
                    side: row.side,
                    why: row.why,
                    count: row.count,
                    labels: vec![row],
                }),
            }
        }
        for sum in &mut sums {
            sum.labels.sort_by_key(|row| std::cmp::Reverse(row.count));
        }
        sums
    }
}
