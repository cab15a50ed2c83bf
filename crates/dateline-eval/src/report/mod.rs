//! What is printed of a comparison: the same numbers as a terminal table, JSON, Markdown and one
//! HTML page.

mod build;
mod compared;
mod html;
mod layout;
mod markdown;
mod terminal;

use serde::Serialize;

pub use build::Options;
pub use compared::Compared;

/// A comparison, ready to be written in any form.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Version of the scorer.
    pub version: &'static str,
    /// The labelled files, with what they were read as.
    pub gold: Vec<String>,
    /// What was scored: a file with what it was read as, or the model.
    pub predictions: String,
    /// The map of labels, where one was used.
    pub map: Option<String>,
    /// Articles scored.
    pub articles: usize,
    /// Resamples behind the intervals, and their seed.
    pub resamples: usize,
    /// Seed of the resampling.
    pub seed: u64,
    /// One a task.
    pub sections: Vec<Section>,
    /// What was not compared, and why.
    pub dropped: Vec<Dropped>,
    /// What a reader has to know.
    pub messages: Vec<String>,
    /// Mistakes by task and kind.
    pub mistakes: Vec<MistakeList>,
}

/// The numbers of one task.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    /// `entities`, `events` …
    pub task: String,
    /// Its numbers.
    pub rows: Vec<Row>,
    /// Which gold type met which predicted one.
    pub confusion: Option<Confusion>,
    /// Scores against outcomes, for calibration.
    pub reliability: Vec<Bin>,
}

/// One number, or precision, recall and F1.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// The metric.
    pub metric: String,
    /// Its matching rule in words.
    pub rule: &'static str,
    /// `all`, `macro`, or a type, role or class.
    pub group: String,
    /// Precision; absent for accuracies and means.
    pub precision: Option<f64>,
    /// Recall; absent for accuracies and means.
    pub recall: Option<f64>,
    /// F1, the accuracy, or the mean.
    pub value: f64,
    /// 95 % interval of the value, by bootstrap over articles.
    pub interval: Option<(f64, f64)>,
    /// Gold items, or items judged.
    pub gold: f64,
    /// Predicted items; absent for accuracies and means.
    pub predicted: Option<f64>,
}

/// Gold types in rows, predicted ones in columns. The type "" of a row holds predictions without
/// gold, that of a column gold without a prediction.
#[derive(Clone, Debug, Serialize)]
pub struct Confusion {
    /// Types of the rows.
    pub gold: Vec<String>,
    /// Types of the columns.
    pub predicted: Vec<String>,
    /// Counts by row, then column.
    pub counts: Vec<Vec<u64>>,
}

/// A row of a reliability table.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Bin {
    /// What was scored: `entities` or `events`.
    pub of: &'static str,
    /// Scores above this …
    pub low: f64,
    /// … and at most this.
    pub high: f64,
    /// Items.
    pub count: f64,
    /// Mean score.
    pub confidence: f64,
    /// Share of right ones.
    pub accuracy: f64,
}

/// Items left out of the comparison.
#[derive(Clone, Debug, Serialize)]
pub struct Dropped {
    /// `entities`, `events` …
    pub task: String,
    /// `gold` or `predicted`.
    pub side: &'static str,
    /// Why.
    pub why: &'static str,
    /// Their label.
    pub label: String,
    /// How many.
    pub count: u64,
}

/// Mistakes of one kind.
#[derive(Clone, Debug, Serialize)]
pub struct MistakeList {
    /// `entities`, `events` …
    pub task: String,
    /// `missed`, `wrong type` …
    pub kind: &'static str,
    /// How many there are.
    pub total: u64,
    /// The first of them.
    pub shown: Vec<Mistake>,
}

/// A mistake in its context. Offsets count code points within `context`.
#[derive(Clone, Debug, Serialize)]
pub struct Mistake {
    /// Id of the article.
    pub article: String,
    /// What gold has.
    pub gold: Option<Item>,
    /// What was predicted.
    pub predicted: Option<Item>,
    /// The text around.
    pub context: String,
}

/// A labelled stretch of a context.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    /// First character within the context.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Type, role, value …
    pub label: String,
}

impl Report {
    /// The report as JSON, indented.
    ///
    /// # Errors
    /// None in practice: every part can be written as JSON.
    pub fn json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self)
    }
}

impl Section {
    /// The reliability tables, one for each thing that is scored.
    fn tables(&self) -> Vec<(&'static str, Vec<&Bin>)> {
        let mut tables: Vec<(&'static str, Vec<&Bin>)> = Vec::new();
        for bin in &self.reliability {
            match tables.last_mut() {
                Some((of, bins)) if *of == bin.of => bins.push(bin),
                _ => tables.push((bin.of, vec![bin])),
            }
        }
        tables
    }
}

/// Text of a file on one line, without characters that a terminal obeys or that turn the line
/// around.
fn plain(text: &str) -> String {
    let obeyed =
        |c: char| c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if obeyed(c) { plain.extend(c.escape_unicode()) } else { plain.push(c) }
    }
    plain
}

/// A share as printed: four decimals, so that differences of a few items show.
fn number(value: f64) -> String {
    format!("{value:.4}")
}

/// A count: whole numbers without a point.
fn count(value: f64) -> String {
    if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.1}") }
}
