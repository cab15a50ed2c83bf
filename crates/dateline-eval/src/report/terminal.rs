//! The report as aligned text.

use std::fmt::Write as _;

use super::{Report, Row, Section, count, number};

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

impl Report {
    /// The report as a table for a terminal.
    pub fn terminal(&self) -> String {
        let mut out = String::new();
        for gold in &self.gold {
            let _ = writeln!(out, "gold         {gold}");
        }
        let _ = writeln!(out, "predictions  {}", self.predictions);
        if let Some(map) = &self.map {
            let _ = writeln!(out, "map          {map}");
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
            for row in &self.dropped {
                let (side, why) = (row.side, row.why);
                let label = if row.label.is_empty() { "–" } else { &row.label };
                let _ = writeln!(out, "  {:>8}  {} {side}: {why}: {label}", row.count, row.task);
            }
        }
        if !self.mistakes.is_empty() {
            let _ = writeln!(out, "\nMistakes");
            for list in &self.mistakes {
                let _ = writeln!(out, "  {:>8}  {} {}", list.total, list.task, list.kind);
            }
        }
        for message in &self.messages {
            let _ = writeln!(out, "\nnote: {message}");
        }
        out
    }

    fn section(&self, section: &Section, out: &mut String) {
        let mut title = section.task.clone();
        title[..1].make_ascii_uppercase();
        let _ = writeln!(out, "\n{title}");
        let shown: Vec<&Row> = shown(section);
        let width = shown.iter().map(|row| name(row).chars().count()).max().unwrap_or(0).max(12);
        let columns = ["precision", "recall", "F1/share", "95 % interval", "gold", "found"];
        let [p, r, f, i, g, n] = columns;
        let _ = writeln!(out, "  {:width$}  {p:>9} {r:>7} {f:>8}  {i:<15} {g:>7} {n:>7}", "");
        let mut metric = "";
        for row in shown {
            if row.metric != metric {
                metric = &row.metric;
                let _ = writeln!(out, "  {metric}: {}", row.rule);
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
                "  {name}{:pad$}  {:>9} {:>7} {:>8}  {interval:<15} {:>7} {:>7}",
                "",
                of(row.precision),
                of(row.recall),
                number(row.value),
                count(row.gold),
                row.predicted.map_or_else(dash, count),
            );
        }
        for bin in &section.reliability {
            let _ = writeln!(
                out,
                "    scores {:.2} to {:.2}: mean {}, right {}, {} items",
                bin.low,
                bin.high,
                number(bin.confidence),
                number(bin.accuracy),
                count(bin.count)
            );
        }
    }
}

fn name(row: &Row) -> String {
    format!("  {}", row.group)
}

fn shown(section: &Section) -> Vec<&Row> {
    let mut shown = Vec::new();
    let mut groups = 0;
    for row in &section.rows {
        let whole = matches!(row.group.as_str(), "all" | "macro");
        if whole {
            groups = 0;
        }
        let grouped = BY_GROUP.contains(&(section.task.as_str(), row.metric.as_str()));
        // A metric without a whole has nothing but groups.
        let only = !section.rows.iter().any(|r| r.metric == row.metric && r.group == "all");
        groups += usize::from(!whole);
        if whole || only || (grouped && groups <= GROUPS) {
            shown.push(row);
        }
    }
    shown
}
