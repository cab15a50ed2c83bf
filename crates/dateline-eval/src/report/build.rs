//! From counts to a report.

use std::collections::{BTreeMap, BTreeSet};

use super::{Bin, Confusion, Dropped, Item, Mistake, MistakeList, Report, Row, Section};
use crate::articles::Articles;
use crate::bootstrap::{Interval, Resampling, intervals};
use crate::cells::{Cell, Cells, Key};
use crate::derived::{groups, reliability};
use crate::evaluation::Scored;
use crate::mistakes;
use crate::rules::{self, Form};
use crate::statistic::{Derived, Statistic, derived};
use crate::tally::{ALL, Tally};

/// What a report says beside the numbers.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The labelled files, with what they were read as.
    pub gold: Vec<String>,
    /// What was scored.
    pub predictions: String,
    /// The map of labels.
    pub map: Option<String>,
    /// What a reader has to know.
    pub messages: Vec<String>,
    /// How intervals are drawn.
    pub resampling: Resampling,
}

impl Report {
    /// Computes everything that is printed.
    pub fn new(scored: &Scored, options: Options) -> Report {
        let cells = &scored.tally.cells;
        let mut rows = rows(cells);
        set_intervals(&mut rows, &scored.articles, options.resampling);
        let mut tasks: Vec<&'static str> = Vec::new();
        for planned in &rows {
            if !tasks.contains(&planned.task) {
                tasks.push(planned.task);
            }
        }
        let sections = tasks.into_iter().map(|task| Section {
            task: task.to_owned(),
            rows: rows.iter().filter(|p| p.task == task).map(|p| p.row.clone()).collect(),
            confusion: match task {
                "entities" => confusion(&scored.tally.confusion),
                "events" => confusion(&scored.tally.event_confusion),
                _ => None,
            },
            reliability: if task == "calibration" { bins(cells) } else { Vec::new() },
        });
        let mut messages = options.messages;
        for task in &scored.unlabelled {
            messages.push(format!("no article has gold labels for the task {}", task.name()));
        }
        if rows.is_empty() && scored.unlabelled.is_empty() {
            messages
                .push("nothing to compare: gold has no items, and none was predicted".to_owned());
        }
        for task in &scored.unpredicted {
            let what = if scored.tasks.contains(task) { "scored as empty" } else { "not scored" };
            messages
                .push(format!("no prediction has what the task {} compares: {what}", task.name()));
        }
        if let Some(strangers) = &scored.strangers {
            messages.push(format!(
                "gold's types {} are never predicted, the predicted types {} are not gold's; where \
                 they stand for each other, say so in a map (--map)",
                strangers.gold.join(", "),
                strangers.predicted.join(", ")
            ));
        }
        Report {
            version: env!("CARGO_PKG_VERSION"),
            gold: options.gold,
            predictions: options.predictions,
            map: options.map,
            articles: scored.articles.len(),
            resamples: options.resampling.resamples,
            seed: options.resampling.seed,
            sections: sections.collect(),
            dropped: dropped(&scored.tally),
            messages,
            mistakes: mistake_lists(&scored.tally),
        }
    }
}

/// A row before its intervals are drawn.
struct Planned {
    task: &'static str,
    row: Row,
    statistic: Statistic,
}

/// All rows, in the order of the rules; inferred ones behind the stated ones of their task, what is
/// derived from a metric behind it.
fn rows(cells: &Cells) -> Vec<Planned> {
    let keys: Vec<Key> = cells.keys().cloned().collect();
    let more = derived(&keys);
    let metrics: BTreeSet<(&'static str, &'static str)> =
        keys.iter().map(|key| (key.task, key.metric)).collect();
    let mut metrics: Vec<_> = metrics.into_iter().collect();
    metrics.sort_by_key(|(task, metric)| {
        let rule = rules::find(task, metric);
        let at = rules::RULES.iter().position(|r| Some(r) == rule);
        (at.unwrap_or(usize::MAX), task.ends_with(", inferred"))
    });
    let mut rows = Vec::new();
    for (task, metric) in metrics {
        let mut own: Vec<(&Key, &Cell)> =
            cells.iter().filter(|(k, _)| k.task == task && k.metric == metric).collect();
        // The whole first, then the largest groups.
        own.sort_by(|a, b| {
            let rank =
                |(key, cell): &(&Key, &Cell)| (key.group != ALL, -cell.gold, -cell.predicted);
            rank(a).partial_cmp(&rank(b)).unwrap_or(std::cmp::Ordering::Equal)
        });
        rows.extend(own.into_iter().filter_map(|(key, cell)| counted(key, cell)));
        let averaged =
            more.iter().filter(|d| d.task == task && d.metric == format!("macro {metric}"));
        rows.extend(averaged.map(|derived| computed(derived, cells)));
    }
    let others = more.iter().filter(|d| !d.metric.starts_with("macro "));
    rows.extend(others.map(|derived| computed(derived, cells)).filter(|p| p.row.gold > 0.0));
    let mut order: Vec<&'static str> = Vec::new();
    for planned in &rows {
        if !order.contains(&planned.task) {
            order.push(planned.task);
        }
    }
    rows.sort_by_key(|p| order.iter().position(|task| *task == p.task));
    rows
}

/// The row of a cell; bins of a reliability table have none, nor does a cell without any items.
fn counted(key: &Key, cell: &Cell) -> Option<Planned> {
    if cell.gold == 0.0 && cell.predicted == 0.0 {
        return None;
    }
    let rule = rules::find(key.task, key.metric);
    let both = rule.is_none_or(|rule| rule.form == Form::F1);
    Some(Planned {
        task: key.task,
        row: Row {
            metric: key.metric.to_owned(),
            rule: rule.map_or("", |rule| rule.text),
            group: key.group.clone(),
            precision: both.then(|| cell.precision()),
            recall: both.then(|| cell.recall()),
            value: if both { cell.f1() } else { cell.recall() },
            interval: None,
            gold: cell.gold,
            predicted: both.then_some(cell.predicted),
        },
        statistic: Statistic::of(key)?,
    })
}

/// The row of a number that is computed from several cells; its value comes with its interval.
fn computed(derived: &Derived, cells: &Cells) -> Planned {
    let gold = |keys: &[&Key]| keys.iter().filter_map(|k| cells.get(*k)).map(|c| c.gold).sum();
    let (rule, gold): (&'static str, f64) = match &derived.statistic {
        Statistic::MacroF1 { task, metric, least_gold } => (
            match least_gold {
                0 => "mean F1 over the types of either side",
                1 => "mean F1 over the types of gold",
                _ => "mean F1 over the types with at least 5 gold items",
            },
            groups(cells, task, metric).map(|(_, cell)| cell.gold).sum(),
        ),
        Statistic::SumF1(keys) => {
            ("same span and type; other types left out", gold(&keys.iter().collect::<Vec<_>>()))
        }
        Statistic::ConllMean(keys) => ("mean of the F1 of MUC, B³ and CEAFe", gold(&[&keys[1]])),
        Statistic::CalibrationError { metric } => (
            rules::find("calibration", metric).map_or("", |rule| rule.text),
            groups(cells, "calibration", metric).map(|(_, cell)| cell.predicted).sum(),
        ),
        Statistic::CalibrationErrorByChance { metric } => (
            "what true probabilities would show on so many items: a smaller error tells of no fault",
            groups(cells, "calibration", metric).map(|(_, cell)| cell.predicted).sum(),
        ),
        Statistic::Precision(key) | Statistic::Recall(key) | Statistic::F1(key) => {
            ("", gold(&[key]))
        }
    };
    Planned {
        task: derived.task,
        row: Row {
            metric: derived.metric.clone(),
            rule,
            group: derived.group.clone(),
            precision: None,
            recall: None,
            value: 0.0,
            interval: None,
            gold,
            predicted: None,
        },
        statistic: derived.statistic.clone(),
    }
}

/// Draws the intervals, and takes out what can't be computed, such as a mean over no types.
fn set_intervals(rows: &mut Vec<Planned>, articles: &Articles, resampling: Resampling) {
    let statistics: Vec<Statistic> = rows.iter().map(|planned| planned.statistic.clone()).collect();
    let found: Vec<Interval> = intervals(articles, &statistics, resampling);
    let drawn = std::mem::take(rows).into_iter().zip(found);
    rows.extend(drawn.filter_map(|(mut planned, interval)| {
        planned.row.value = interval.value?;
        planned.row.interval = interval.bounds;
        Some(planned)
    }));
}

fn bins(cells: &Cells) -> Vec<Bin> {
    let bin = |of: &'static str, b: crate::derived::Bin| Bin {
        of,
        low: b.low,
        high: b.high,
        count: b.count,
        confidence: b.confidence,
        accuracy: b.accuracy,
    };
    let bins = ["entities", "events"]
        .into_iter()
        .flat_map(|of| reliability(cells, of).into_iter().map(move |b| bin(of, b)));
    bins.filter(|bin| bin.count > 0.0).collect()
}

fn confusion(counts: &BTreeMap<(String, String), u64>) -> Option<Confusion> {
    if counts.is_empty() {
        return None;
    }
    // Types in order, nothing last.
    let sorted = |names: BTreeSet<&String>| -> Vec<String> {
        let mut names: Vec<String> = names.into_iter().cloned().collect();
        names.sort_by_key(String::is_empty);
        names
    };
    let gold = sorted(counts.keys().map(|(gold, _)| gold).collect());
    let predicted = sorted(counts.keys().map(|(_, predicted)| predicted).collect());
    let at = |g: &String, p: &String| counts.get(&(g.clone(), p.clone())).copied().unwrap_or(0);
    let counts = gold.iter().map(|g| predicted.iter().map(|p| at(g, p)).collect()).collect();
    Some(Confusion { gold, predicted, counts })
}

fn dropped(tally: &Tally) -> Vec<Dropped> {
    let row = |(dropped, count): (&crate::tally::Dropped, &u64)| Dropped {
        task: dropped.task.to_owned(),
        side: dropped.side.name(),
        why: dropped.why.name(),
        label: dropped.label.clone(),
        count: *count,
    };
    tally.dropped.iter().map(row).collect()
}

fn mistake_lists(tally: &Tally) -> Vec<MistakeList> {
    let lists = tally.mistakes.kinds().map(|(task, kind, total, kept)| MistakeList {
        task: task.to_owned(),
        kind: kind.name(),
        total,
        shown: kept.iter().map(mistake).collect(),
    });
    lists.collect()
}

fn mistake(mistake: &mistakes::Mistake) -> Mistake {
    let (start, context) =
        mistake.excerpt.as_ref().map_or((0, String::new()), |e| (e.start, e.text.clone()));
    let length = context.chars().count();
    let item = |item: &mistakes::Item| Item {
        start: item.start.saturating_sub(start).min(length),
        end: item.end.saturating_sub(start).min(length),
        label: item.label.clone(),
    };
    Mistake {
        article: mistake.article.clone(),
        gold: mistake.gold.as_ref().map(item),
        predicted: mistake.predicted.as_ref().map(item),
        context,
    }
}
