//! The report as Markdown, with every number that gold has items for: of each task first the whole, then the groups.

use std::fmt::Write as _;

use super::layout::{Groups, Layout};
use super::{Confusion, Report, Row, Section, count, number, plain};

impl Report {
    /// The report as a Markdown document.
    pub fn markdown(&self) -> String {
        let mut out = String::from("# Evaluation\n\n");
        for gold in &self.gold {
            let _ = writeln!(out, "- gold: {}", cell(gold));
        }
        let _ = writeln!(out, "- predictions: {}", cell(&self.predictions));
        if let Some(map) = &self.map {
            let _ = writeln!(out, "- map: {}", cell(map));
        }
        let _ = writeln!(
            out,
            "- {} articles; 95 % intervals by bootstrap over articles, {} resamples, seed {}",
            self.articles, self.resamples, self.seed
        );
        for message in &self.messages {
            let _ = writeln!(out, "- note: {}", cell(message));
        }
        for section in &self.sections {
            tables(section, &mut out);
        }
        if !self.dropped.is_empty() {
            out.push_str(
                "\n## not compared\n\n| task | side | why | items | labels |\n|---|---|---|---|---|\n",
            );
            for left in self.left() {
                let label = |row: &&super::Dropped| {
                    let name =
                        if row.label.is_empty() { "–".to_owned() } else { cell(&row.label) };
                    format!("{name} {}", row.count)
                };
                let labels: Vec<String> = left.labels.iter().map(label).collect();
                let (task, side, why, count) = (left.task, left.side, left.why, left.count);
                let labels = labels.join(", ");
                let _ = writeln!(out, "| {task} | {side} | {why} | {count} | {labels} |");
            }
        }
        if !self.mistakes.is_empty() {
            out.push_str("\n## mistakes\n\n| task | kind | items |\n|---|---|---|\n");
            for list in &self.mistakes {
                let _ = writeln!(out, "| {} | {} | {} |", list.task, list.kind, list.total);
            }
        }
        out
    }
}

fn tables(section: &Section, out: &mut String) {
    let layout = Layout::of(section);
    let _ = writeln!(out, "\n## {}\n", section.task);
    if !layout.headline.is_empty() || !layout.others.is_empty() {
        out.push_str("| metric | P | R | F1 / share | 95 % | gold | found | rule |\n");
        out.push_str("|---|---|---|---|---|---|---|---|\n");
    }
    for row in layout.headline.iter().chain(&layout.others) {
        let of = if row.group == crate::tally::ALL {
            String::new()
        } else {
            format!(": {}", cell(&row.group))
        };
        let _ = writeln!(out, "| {}{of} |{} {} |", cell(&row.metric), numbers(row), cell(row.rule));
    }
    let empty = layout.empty_metrics();
    if !empty.is_empty() {
        let _ = writeln!(out, "\nGold has no items for {}.", cell(&empty.join(", ")));
    }
    for Groups { metric, rows, .. } in &layout.groups {
        let _ = writeln!(out, "\n### {}, {}, by group\n", section.task, cell(metric));
        out.push_str(
            "| of | P | R | F1 / share | 95 % | gold | found |\n|---|---|---|---|---|---|---|\n",
        );
        for row in rows {
            let _ = writeln!(out, "| {} |{}", cell(&row.group), numbers(row));
        }
    }
    if let Some(confusion) = &section.confusion {
        matrix(confusion, out);
    }
    for (of, bins) in section.tables() {
        let _ = writeln!(out, "\n### scores of {of}\n");
        out.push_str("| scores | mean | right | items |\n|---|---|---|---|\n");
        for bin in bins {
            let _ = writeln!(
                out,
                "| {:.2} to {:.2} | {} | {} | {} |",
                bin.low,
                bin.high,
                number(bin.confidence),
                number(bin.accuracy),
                count(bin.count)
            );
        }
    }
}

/// The numbers of a row, each closed by a bar.
fn numbers(row: &Row) -> String {
    let of = |value: Option<f64>| value.map_or_else(String::new, number);
    let interval = row
        .interval
        .map_or_else(String::new, |(low, high)| format!("{}–{}", number(low), number(high)));
    format!(
        " {} | {} | {} | {interval} | {} | {} |",
        of(row.precision),
        of(row.recall),
        number(row.value),
        count(row.gold),
        row.predicted.map_or_else(String::new, count),
    )
}

fn matrix(confusion: &Confusion, out: &mut String) {
    let named = |name: &String| if name.is_empty() { "(none)".to_owned() } else { cell(name) };
    let heads: Vec<String> = confusion.predicted.iter().map(named).collect();
    let _ = writeln!(out, "\n| gold ↓ predicted → | {} |", heads.join(" | "));
    let _ = writeln!(out, "|---|{}", "---|".repeat(heads.len()));
    for (name, row) in confusion.gold.iter().zip(&confusion.counts) {
        let counts: Vec<String> = row.iter().map(u64::to_string).collect();
        let _ = writeln!(out, "| {} | {} |", named(name), counts.join(" | "));
    }
}

/// Text that stays text: it can't break out of a table's cell, nor be read as markup.
fn cell(text: &str) -> String {
    let mut cell = String::with_capacity(text.len());
    for c in plain(text).chars() {
        match c {
            '&' => cell.push_str("&amp;"),
            '<' => cell.push_str("&lt;"),
            '\\' | '|' | '`' | '*' | '[' => cell.extend(['\\', c]),
            c => cell.push(c),
        }
    }
    cell
}
