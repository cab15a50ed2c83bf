//! Two runs side by side.

use std::fmt::Write as _;

use serde::Serialize;

use super::{number, plain};
use crate::bootstrap::Resampling;
use crate::changes::Change;
use crate::compare::{CompareError, Pairing};
use crate::evaluation::Scored;
use crate::rules::{self, Form};
use crate::statistic::Statistic;
use crate::tally::ALL;

/// Articles listed on either side.
const LISTED: usize = 20;

/// Is B better than A?
#[derive(Clone, Debug, Serialize)]
pub struct Compared {
    /// What A is.
    pub a: String,
    /// What B is.
    pub b: String,
    /// Articles that both were scored on.
    pub articles: usize,
    /// Resamples and swaps.
    pub resamples: usize,
    /// One a metric.
    pub rows: Vec<ComparedRow>,
}

/// Two runs by one metric.
#[derive(Clone, Debug, Serialize)]
pub struct ComparedRow {
    /// `entities`, `events` …
    pub task: &'static str,
    /// The metric.
    pub metric: &'static str,
    /// Its matching rule.
    pub rule: &'static str,
    /// Value of A.
    pub a: f64,
    /// Value of B.
    pub b: f64,
    /// B less A.
    pub difference: f64,
    /// 95 % interval of the difference.
    pub interval: Option<(f64, f64)>,
    /// Two-sided p-value by approximate randomization.
    pub p: Option<f64>,
    /// `B is better`, `A is better` or `no difference shown`, at the level of 0.05.
    pub verdict: &'static str,
    /// Articles on which B has fewer errors.
    pub better: usize,
    /// Articles on which B has more errors.
    pub worse: usize,
    /// Articles with as many errors in both.
    pub equal: usize,
    /// The largest improvements.
    pub most_better: Vec<ChangedArticle>,
    /// The largest losses.
    pub most_worse: Vec<ChangedArticle>,
}

/// An article on which the runs differ.
#[derive(Clone, Debug, Serialize)]
pub struct ChangedArticle {
    /// Its id.
    pub article: String,
    /// Items that A has wrong.
    pub errors_a: f64,
    /// Items that B has wrong.
    pub errors_b: f64,
}

impl Compared {
    /// Compares by every metric that both runs have.
    ///
    /// # Errors
    /// Runs over different articles.
    pub fn new(
        a: (&str, &Scored),
        b: (&str, &Scored),
        resampling: Resampling,
    ) -> Result<Compared, CompareError> {
        let pairing = Pairing::new(&a.1.articles, &b.1.articles)?;
        let has = |scored: &Scored, rule: &rules::Rule| {
            scored
                .tally
                .cells
                .keys()
                .any(|k| k.task == rule.task && k.metric == rule.metric && k.group == ALL)
        };
        let shared: Vec<&rules::Rule> = rules::RULES
            .iter()
            .filter(|rule| rule.form != Form::Reliability && (has(a.1, rule) || has(b.1, rule)))
            .collect();
        let statistic = |rule: &&rules::Rule| {
            let key =
                crate::cells::Key { task: rule.task, metric: rule.metric, group: ALL.to_owned() };
            if rule.form == Form::F1 { Statistic::F1(key) } else { Statistic::Recall(key) }
        };
        let statistics: Vec<Statistic> = shared.iter().map(statistic).collect();
        let found = pairing.compare(&statistics, resampling);
        let mut rows = Vec::new();
        for ((rule, statistic), comparison) in shared.into_iter().zip(&statistics).zip(found) {
            let (Some(value_a), Some(value_b)) = (comparison.a, comparison.b) else { continue };
            let changes = pairing.changes(statistic);
            let list = |changes: &[Change]| -> Vec<ChangedArticle> {
                let listed = changes.iter().take(LISTED).map(|change| ChangedArticle {
                    article: a.1.articles.id(change.article).to_owned(),
                    errors_a: change.errors_a,
                    errors_b: change.errors_b,
                });
                listed.collect()
            };
            let difference = value_b - value_a;
            rows.push(ComparedRow {
                task: rule.task,
                metric: rule.metric,
                rule: rule.text,
                a: value_a,
                b: value_b,
                difference,
                interval: comparison.bounds,
                p: comparison.p,
                verdict: match comparison.p {
                    Some(p) if p < 0.05 && difference > 0.0 => "B is better",
                    Some(p) if p < 0.05 && difference < 0.0 => "A is better",
                    _ => "no difference shown",
                },
                better: changes.better.len(),
                worse: changes.worse.len(),
                equal: changes.equal,
                most_better: list(&changes.better),
                most_worse: list(&changes.worse),
            });
        }
        Ok(Compared {
            a: a.0.to_owned(),
            b: b.0.to_owned(),
            articles: a.1.articles.len(),
            resamples: resampling.resamples,
            rows,
        })
    }

    /// The comparison as text for a terminal.
    pub fn terminal(&self) -> String {
        let mut out = String::new();
        let _ = writeln!(out, "A  {}\nB  {}", plain(&self.a), plain(&self.b));
        let _ = writeln!(
            out,
            "{} articles; 95 % interval of the difference by paired bootstrap, p by approximate \
             randomization, {} rounds each\n",
            self.articles, self.resamples
        );
        let mut task = "";
        for row in &self.rows {
            if row.task != task {
                task = row.task;
                let _ = writeln!(out, "{task}");
            }
            let interval = row
                .interval
                .map_or_else(String::new, |(low, high)| format!("  [{low:+.4} {high:+.4}]"));
            let p = row.p.map_or_else(String::new, |p| format!("  p {p:.3}"));
            let _ = writeln!(
                out,
                "  {}: {}\n    A {}  B {}  {:+.4}{interval}{p}  {}; articles: {} better, {} worse, {} \
                 equal",
                row.metric,
                row.rule,
                number(row.a),
                number(row.b),
                row.difference,
                row.verdict,
                row.better,
                row.worse,
                row.equal,
            );
        }
        let Some(first) = self.rows.first() else {
            out.push_str("nothing that both runs could be compared by\n");
            return out;
        };
        for (name, list) in [("better", &first.most_better), ("worse", &first.most_worse)] {
            if !list.is_empty() {
                let _ =
                    writeln!(out, "\nArticles that got {name} by {}, {}", first.task, first.metric);
            }
            for change in list {
                let _ = writeln!(
                    out,
                    "  {}: {} errors in A, {} in B",
                    plain(&change.article),
                    super::count(change.errors_a),
                    super::count(change.errors_b)
                );
            }
        }
        out
    }

    /// The comparison as JSON, indented.
    ///
    /// # Errors
    /// None in practice: every part can be written as JSON.
    pub fn json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self)
    }
}
