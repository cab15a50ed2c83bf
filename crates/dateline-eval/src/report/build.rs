//! From counts to a report.

use std::collections::{BTreeMap, BTreeSet};

use super::{Bin, Confusion, Dropped, Item, Mistake, MistakeList, Report, Row, Section};
use crate::articles::Articles;
use crate::bootstrap::{Interval, Resampling, intervals};
use crate::cells::{Cell, Cells, Key};
use crate::derived::{calibration_error, conll_mean, groups, macro_average, reliability};
use crate::evaluation::Scored;
use crate::mistakes;
use crate::rules::{self, Form};
use crate::statistic::Statistic;
use crate::tally::{ALL, Side, Tally, Why};

/// Groups with fewer gold items don't enter macro averages of events.
const LEAST_GOLD: u32 = 5;

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

struct Planned {
    task: &'static str,
    row: Row,
    statistic: Statistic,
}

/// All rows, in the order of the rules; inferred ones behind the stated ones of their task.
fn rows(cells: &Cells) -> Vec<Planned> {
    let metrics: BTreeSet<(&'static str, &'static str)> =
        cells.keys().map(|key| (key.task, key.metric)).collect();
    let place = |(task, metric): &(&'static str, &'static str)| {
        let inferred = task.ends_with(", inferred");
        let rule = rules::find(task, metric);
        let at = rule.and_then(|rule| rules::RULES.iter().position(|r| r == rule));
        (at.unwrap_or(usize::MAX), inferred)
    };
    let mut metrics: Vec<_> = metrics.into_iter().collect();
    metrics.sort_by_key(place);
    let mut rows = Vec::new();
    for (task, metric) in metrics {
        let rule = rules::find(task, metric);
        let form = rule.map_or(Form::F1, |rule| rule.form);
        if form == Form::Reliability {
            rows.extend(calibration(cells, task, metric));
            continue;
        }
        let text = rule.map_or("", |rule| rule.text);
        let mut own: Vec<(&Key, &Cell)> =
            cells.iter().filter(|(k, _)| k.task == task && k.metric == metric).collect();
        // The whole first, then the largest groups.
        own.sort_by(|a, b| {
            let rank =
                |(key, cell): &(&Key, &Cell)| (key.group != ALL, -cell.gold, -cell.predicted);
            rank(a).partial_cmp(&rank(b)).unwrap_or(std::cmp::Ordering::Equal)
        });
        for (key, cell) in own {
            rows.push(planned(key, cell, form, text));
            if key.group == ALL && form == Form::F1 {
                rows.extend(macro_row(cells, task, metric, text));
            }
        }
    }
    rows.extend(conll_rows(cells));
    let mut order: Vec<&'static str> = Vec::new();
    for planned in &rows {
        if !order.contains(&planned.task) {
            order.push(planned.task);
        }
    }
    rows.sort_by_key(|p| order.iter().position(|task| *task == p.task));
    rows
}

fn planned(key: &Key, cell: &Cell, form: Form, rule: &'static str) -> Planned {
    let both = form == Form::F1;
    Planned {
        task: key.task,
        row: Row {
            metric: key.metric.to_owned(),
            rule,
            group: key.group.clone(),
            precision: both.then(|| cell.precision()),
            recall: both.then(|| cell.recall()),
            value: if both { cell.f1() } else { cell.recall() },
            interval: None,
            gold: cell.gold,
            predicted: both.then_some(cell.predicted),
        },
        statistic: if both { Statistic::F1(key.clone()) } else { Statistic::Recall(key.clone()) },
    }
}

fn macro_row(
    cells: &Cells,
    task: &'static str,
    metric: &'static str,
    rule: &'static str,
) -> Option<Planned> {
    let seen = |cell: &&Cell| cell.gold > 0.0 || cell.predicted > 0.0;
    let parts: Vec<&Cell> = groups(cells, task, metric).map(|(_, c)| c).filter(seen).collect();
    let least_gold = if task.starts_with("events") { LEAST_GOLD } else { 0 };
    let mean = macro_average(parts.iter().copied(), f64::from(least_gold))?;
    (parts.len() > 1).then(|| Planned {
        task,
        row: Row {
            metric: metric.to_owned(),
            rule,
            group: "macro".to_owned(),
            precision: Some(mean.precision),
            recall: Some(mean.recall),
            value: mean.f1,
            interval: None,
            gold: parts.iter().map(|cell| cell.gold).sum(),
            predicted: Some(parts.iter().map(|cell| cell.predicted).sum()),
        },
        statistic: Statistic::MacroF1 { task, metric, least_gold },
    })
}

/// The mean of MUC, B³ and CEAFe, for every part that has them.
fn conll_rows(cells: &Cells) -> Vec<Planned> {
    const TASK: &str = "clusters";
    let key =
        |metric: &'static str, group: &str| Key { task: TASK, metric, group: group.to_owned() };
    let parts: Vec<&str> = cells
        .keys()
        .filter(|k| k.task == TASK && k.metric == "MUC")
        .map(|k| k.group.as_str())
        .collect();
    let row = |group: &&str| {
        let keys = [key("MUC", group), key("B³", group), key("CEAFe", group)];
        let [muc, b_cubed, ceaf_e] =
            keys.each_ref().map(|key| cells.get(key).copied().unwrap_or_default());
        Planned {
            task: TASK,
            row: Row {
                metric: "CoNLL mean".to_owned(),
                rule: "mean of the F1 of MUC, B³ and CEAFe",
                group: (*group).to_owned(),
                precision: None,
                recall: None,
                value: conll_mean(&muc, &b_cubed, &ceaf_e),
                interval: None,
                gold: b_cubed.gold,
                predicted: None,
            },
            statistic: Statistic::ConllMean(keys),
        }
    };
    parts.iter().map(row).collect()
}

fn calibration(cells: &Cells, task: &'static str, metric: &'static str) -> Option<Planned> {
    let bins = || groups(cells, task, metric).map(|(_, cell)| cell);
    let value = calibration_error(bins())?;
    Some(Planned {
        task,
        row: Row {
            metric: "expected calibration error".to_owned(),
            rule: rules::find(task, metric).map_or("", |rule| rule.text),
            group: metric.to_owned(),
            precision: None,
            recall: None,
            value,
            interval: None,
            gold: bins().map(|cell| cell.predicted).sum(),
            predicted: None,
        },
        statistic: Statistic::CalibrationError { metric },
    })
}

fn set_intervals(rows: &mut [Planned], articles: &Articles, resampling: Resampling) {
    let statistics: Vec<Statistic> = rows.iter().map(|planned| planned.statistic.clone()).collect();
    let found: Vec<Interval> = intervals(articles, &statistics, resampling);
    for (planned, interval) in rows.iter_mut().zip(found) {
        planned.row.interval = interval.bounds;
    }
}

fn bins(cells: &Cells) -> Vec<Bin> {
    let bins = reliability(cells, "entities");
    let filled = bins.into_iter().filter(|bin| bin.count > 0.0);
    let bin = |b: crate::derived::Bin| Bin {
        low: b.low,
        high: b.high,
        count: b.count,
        confidence: b.confidence,
        accuracy: b.accuracy,
    };
    filled.map(bin).collect()
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
        side: match dropped.side {
            Side::Gold => "gold",
            Side::Predicted => "predicted",
        },
        why: match dropped.why {
            Why::LabelMapsToNothing => "label maps to nothing",
            Why::OnDroppedGold => "on gold that was left out",
            Why::Optional => "optional",
            Why::NotAnnotated => "outside the annotated stretches",
            Why::TypeNotInGold => "type that gold does not have",
            Why::Duplicate => "repetition",
            Why::KindNotInGold => "kind of mention that gold does not have",
        },
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
