//! The report as aligned text.

use std::fmt::Write as _;

use super::layout::Left;
use super::{Report, Row, Section, count, number, plain};
use crate::tally::ALL;

/// Metrics whose groups are shown; of the others only the whole. The other forms show all.
const BY_GROUP: [(&str, &str); 8] = [
    ("entities", "strict"),
    ("events", "TC overlap"),
    ("events", "TC overlap, by part of speech"),
    ("events", "AC+ head"),
    ("factuality", "status"),
    ("times", "value"),
    ("clusters", "CoNLL mean"),
    ("main event", "who"),
];
/// Groups shown of one metric; the rest is counted.
const GROUPS: usize = 20;
/// Labels named of what was not compared; the rest is counted.
const LABELS: usize = 3;

impl Report {
    /// The report as a table for a terminal.
    pub fn terminal(&self) -> String {
        let mut out = String::new();
        for gold in &self.gold {
            let _ = writeln!(out, "gold         {}", plain(gold));
        }
        let _ = writeln!(out, "predictions  {}", plain(&self.predictions));
        if let Some(map) = &self.map {
            let _ = writeln!(out, "map          {}", plain(map));
        }
        let _ = writeln!(
            out,
            "{} articles; intervals: 95 %, {} resamples of the articles",
            self.articles, self.resamples
        );
        for section in &self.sections {
            self.section(section, &mut out);
        }
        if !self.dropped.is_empty() {
            let _ = writeln!(out, "\nNot compared");
            for left in self.left() {
                let (task, side, why, count) = (left.task, left.side, left.why, left.count);
                let _ = writeln!(out, "  {count:>8}  {task} {side}: {why}: {}", labels(&left));
            }
        }
        if !self.mistakes.is_empty() {
            let _ = writeln!(out, "\nMistakes");
            for list in &self.mistakes {
                let _ = writeln!(out, "  {:>8}  {} {}", list.total, list.task, list.kind);
            }
        }
        for message in &self.messages {
            let _ = writeln!(out, "\nnote: {}", plain(message));
        }
        out
    }

    fn section(&self, section: &Section, out: &mut String) {
        let mut title = section.task.clone();
        title[..1].make_ascii_uppercase();
        let _ = writeln!(out, "\n{title}");
        let shown: Vec<Line<'_>> = shown(section);
        let name = |row: &Row| format!("    {}", plain(&row.group));
        let rows = || shown.iter().flat_map(|line| line.row());
        let width = rows().map(|row| name(row).chars().count()).max().unwrap_or(0).max(14);
        if rows().next().is_some() {
            let columns = ["precision", "recall", "F1/share", "95 % interval", "gold", "found"];
            let [p, r, f, i, g, n] = columns;
            let _ = writeln!(out, "{:width$}  {p:>9} {r:>7} {f:>8}  {i:<15} {g:>7} {n:>7}", "");
        }
        let mut above = ("", "");
        for line in &shown {
            let row = match line {
                Line::Row(row) => row,
                Line::More(more) => {
                    let _ = writeln!(out, "    … {more} more groups (--format json, --html)");
                    continue;
                }
            };
            if above != (row.metric.as_str(), row.rule) {
                above = (&row.metric, row.rule);
                let _ = writeln!(out, "  {}: {}", row.metric, row.rule);
            }
            let dash = || "–".to_owned();
            let of = |value: Option<f64>| value.map_or_else(dash, number);
            let interval = row
                .interval
                .map_or_else(dash, |(low, high)| format!("{} {}", number(low), number(high)));
            let name = name(row);
            let pad = width.saturating_sub(name.chars().count());
            let _ = writeln!(
                out,
                "{name}{:pad$}  {:>9} {:>7} {:>8}  {interval:<15} {:>7} {:>7}",
                "",
                of(row.precision),
                of(row.recall),
                number(row.value),
                count(row.gold),
                row.predicted.map_or_else(dash, count),
            );
        }
        let empty = super::layout::Layout::of(section).empty_metrics();
        if !empty.is_empty() {
            let _ = writeln!(out, "  gold has no items for: {}", empty.join(", "));
        }
    }
}

/// The labels of what was left out: the most frequent, and how many others.
fn labels(left: &Left<'_>) -> String {
    let named = left.labels.iter().take(LABELS).map(|row| {
        let label = if row.label.is_empty() { "–".to_owned() } else { plain(&row.label) };
        if left.labels.len() > 1 { format!("{label} {}", row.count) } else { label }
    });
    let mut list = named.collect::<Vec<_>>().join(", ");
    let more = left.labels.len().saturating_sub(LABELS);
    if more > 0 {
        let rest: u64 = left.labels.iter().skip(LABELS).map(|row| row.count).sum();
        let of =
            if more == 1 { "1 other label".to_owned() } else { format!("{more} other labels") };
        let _ = write!(list, ", {of} {rest}");
    }
    list
}

/// A line of a table.
enum Line<'a> {
    Row(&'a Row),
    /// Groups of the metric above that are not shown.
    More(usize),
}

impl<'a> Line<'a> {
    fn row(&self) -> Option<&'a Row> {
        match self {
            Line::Row(row) => Some(row),
            Line::More(_) => None,
        }
    }
}

fn shown(section: &Section) -> Vec<Line<'_>> {
    let empty = super::layout::Layout::of(section).empty;
    let mut shown = Vec::new();
    let mut groups = 0;
    let mut rows = section.rows.iter().filter(|row| !empty.iter().any(|e| std::ptr::eq(*e, *row)));
    let mut next = rows.next();
    while let Some(row) = next {
        next = rows.next();
        let whole = row.group == ALL;
        let grouped = BY_GROUP.contains(&(section.task.as_str(), row.metric.as_str()));
        // A metric without a whole has nothing but groups.
        let only = !section.rows.iter().any(|r| r.metric == row.metric && r.group == ALL);
        groups = if whole { 0 } else { groups + 1 };
        if whole || only || (grouped && groups <= GROUPS) {
            shown.push(Line::Row(row));
        }
        let last = next.is_none_or(|next| next.metric != row.metric);
        if last && grouped && !only && groups > GROUPS {
            shown.push(Line::More(groups - GROUPS));
        }
        if last {
            groups = 0;
        }
    }
    shown
}
