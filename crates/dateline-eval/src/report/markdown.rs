//! The report as Markdown, with every number.

use std::fmt::Write as _;

use super::{Confusion, Report, count, number};

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
            let _ = writeln!(out, "\n## {}\n", section.task);
            out.push_str("| metric | of | P | R | F1 / share | 95 % | gold | found | rule |\n");
            out.push_str("|---|---|---|---|---|---|---|---|---|\n");
            for row in &section.rows {
                let of = |value: Option<f64>| value.map_or_else(String::new, number);
                let interval = row.interval.map_or_else(String::new, |(low, high)| {
                    format!("{}–{}", number(low), number(high))
                });
                let _ = writeln!(
                    out,
                    "| {} | {} | {} | {} | {} | {interval} | {} | {} | {} |",
                    cell(&row.metric),
                    cell(&row.group),
                    of(row.precision),
                    of(row.recall),
                    number(row.value),
                    count(row.gold),
                    row.predicted.map_or_else(String::new, count),
                    cell(row.rule),
                );
            }
            if let Some(confusion) = &section.confusion {
                matrix(confusion, &mut out);
            }
            for bin in &section.reliability {
                let _ = writeln!(
                    out,
                    "- scores {:.2} to {:.2}: mean {}, right {}, {} items",
                    bin.low,
                    bin.high,
                    number(bin.confidence),
                    number(bin.accuracy),
                    count(bin.count)
                );
            }
        }
        if !self.dropped.is_empty() {
            out.push_str("\n## not compared\n\n| task | side | why | label | items |\n|---|---|---|---|---|\n");
            for row in &self.dropped {
                let label = cell(&row.label);
                let _ = writeln!(
                    out,
                    "| {} | {} | {} | {label} | {} |",
                    row.task, row.side, row.why, row.count
                );
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

/// Text that can't break out of a table's cell.
fn cell(text: &str) -> String {
    text.replace('\\', "\\\\").replace('|', "\\|").replace(['\n', '\r'], " ")
}
