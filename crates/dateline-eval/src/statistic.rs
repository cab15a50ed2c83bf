//! Numbers that are reported: functions of the summed cells.

use crate::articles::{Articles, Row};
use crate::cells::{Cell, Key};
use crate::derived::{calibration_error, calibration_error_by_chance, conll_mean, macro_average};
use crate::rules::{self, Form};
use crate::tally::ALL;

/// A number to report with an interval, or to compare two systems by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statistic {
    /// Precision of a cell.
    Precision(Key),
    /// Recall of a cell; the value of an accuracy.
    Recall(Key),
    /// F1 of a cell.
    F1(Key),
    /// F1 of the sum of some cells.
    SumF1(Vec<Key>),
    /// Mean F1 over the groups of a metric.
    MacroF1 {
        /// As in [`Key`].
        task: &'static str,
        /// As in [`Key`].
        metric: &'static str,
        /// Groups with fewer gold items are left out.
        least_gold: u32,
    },
    /// Mean of the F1 of three cells: MUC, B³, CEAFe.
    ConllMean([Key; 3]),
    /// Expected calibration error of a calibration metric.
    CalibrationError {
        /// As in [`Key`].
        metric: &'static str,
    },
    /// The calibration error that true probabilities would show on the same items.
    CalibrationErrorByChance {
        /// As in [`Key`].
        metric: &'static str,
    },
}

impl Statistic {
    /// The number that stands for a cell: its F1, or its share or mean. `None` for the bins of a
    /// reliability table.
    pub fn of(key: &Key) -> Option<Statistic> {
        match rules::find(key.task, key.metric).map_or(Form::F1, |rule| rule.form) {
            Form::F1 => Some(Statistic::F1(key.clone())),
            Form::Accuracy | Form::Mean => Some(Statistic::Recall(key.clone())),
            Form::Reliability => None,
        }
    }
}

/// A number computed from several cells, and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived {
    /// Task whose table it belongs to.
    pub task: &'static str,
    /// `macro strict`, `CoNLL mean`, `expected calibration error` …
    pub metric: String,
    /// As the group of a cell.
    pub group: String,
    /// How to compute it.
    pub statistic: Statistic,
}

/// Metrics of which the mean over the groups is reported, and the gold items a group has to have.
/// Strict entity scores take in every type that either side has, as seqeval does.
const MACROS: [(&str, &str, u32); 8] = [
    ("entities", "strict", 0),
    ("events", "TC exact", 5),
    ("events", "TC overlap", 5),
    ("factuality", "status", 1),
    ("factuality", "polarity", 1),
    ("factuality", "certainty", 1),
    ("places", "country", 1),
    ("times", "type", 1),
];

/// The types that nearly every corpus labels: their sum is comparable where the others differ.
const CORE: [&str; 3] = ["PERSON", "ORG", "PLACE"];

/// Strict entity scores over the core types, where there are others.
fn core(keys: &[Key]) -> Option<Derived> {
    let (task, metric) = ("entities", "strict");
    let of = |key: &&Key| key.task == task && key.metric == metric && key.group != ALL;
    let is_core = |key: &&Key| CORE.contains(&key.group.as_str());
    let strict: Vec<&Key> = keys.iter().filter(of).collect();
    let kept: Vec<Key> = strict.iter().copied().filter(is_core).cloned().collect();
    (kept.len() == CORE.len() && kept.len() < strict.len()).then(|| Derived {
        task,
        metric: format!("{metric}, {} alone", CORE.join(" ")),
        group: ALL.to_string(),
        statistic: Statistic::SumF1(kept),
    })
}

/// The derived numbers that these cells allow.
pub fn derived(keys: &[Key]) -> Vec<Derived> {
    let mut found: Vec<Derived> = core(keys).into_iter().collect();
    for (task, metric, least_gold) in MACROS {
        let of = |key: &&Key| key.task == task && key.metric == metric && key.group != ALL;
        if let Some(Key { task, metric, .. }) = keys.iter().find(of) {
            let statistic = Statistic::MacroF1 { task, metric, least_gold };
            let (metric, group) = (format!("macro {metric}"), ALL.to_string());
            found.push(Derived { task, metric, group, statistic });
        }
    }
    let mut keys: Vec<&Key> = keys.iter().collect();
    keys.sort_unstable();
    for key in keys.iter().filter(|key| key.task == "clusters" && key.metric == "MUC") {
        let of = |metric| Key { metric, ..(*key).clone() };
        let statistic = Statistic::ConllMean([of("MUC"), of("B³"), of("CEAFe")]);
        let (metric, group) = ("CoNLL mean".to_string(), key.group.clone());
        found.push(Derived { task: "clusters", metric, group, statistic });
    }
    let mut bins: Vec<&'static str> =
        keys.iter().filter(|key| key.task == "calibration").map(|key| key.metric).collect();
    bins.dedup();
    for metric in bins {
        for (name, statistic) in [
            ("expected calibration error", Statistic::CalibrationError { metric }),
            ("calibration error by chance", Statistic::CalibrationErrorByChance { metric }),
        ] {
            let (name, group) = (name.to_string(), metric.to_string());
            found.push(Derived { task: "calibration", metric: name, group, statistic });
        }
    }
    found
}

/// A statistic whose cells are known by their place among the sums.
#[derive(Clone, Debug)]
pub(crate) struct Resolved {
    form: Value,
    slots: Vec<Option<usize>>,
}

#[derive(Clone, Copy, Debug)]
enum Value {
    Precision,
    Recall,
    F1,
    SumF1,
    MacroF1(f64),
    ConllMean,
    CalibrationError,
    CalibrationErrorByChance,
}

/// Which keys some statistics need, and their places among the sums.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// Place of each key of the articles.
    places: Vec<Option<usize>>,
    pub(crate) width: usize,
    pub(crate) statistics: Vec<Resolved>,
    keys: Vec<Key>,
}

impl Plan {
    /// Keys are those of `articles` and of `others`.
    pub(crate) fn new(statistics: &[Statistic], articles: &Articles, others: &[Key]) -> Plan {
        let mut plan = Plan {
            places: vec![None; articles.keys().len()],
            width: 0,
            statistics: Vec::new(),
            keys: Vec::new(),
        };
        let mut known: Vec<Key> = articles.keys().iter().chain(others).cloned().collect();
        known.sort_unstable();
        known.dedup();
        plan.statistics = statistics.iter().map(|of| plan.resolve(of, &known)).collect();
        plan.places = plan.places_in(articles);
        plan
    }

    /// The places of another file's keys.
    pub(crate) fn places_in(&self, articles: &Articles) -> Vec<Option<usize>> {
        articles.keys().iter().map(|key| self.keys.iter().position(|own| own == key)).collect()
    }

    pub(crate) fn places(&self) -> &[Option<usize>] {
        &self.places
    }

    fn resolve(&mut self, statistic: &Statistic, known: &[Key]) -> Resolved {
        let of_metric = |task: &str, metric: &str| {
            let own = |key: &&Key| key.task == task && key.metric == metric && key.group != ALL;
            known.iter().filter(own).cloned().collect::<Vec<_>>()
        };
        let (form, keys) = match statistic {
            Statistic::Precision(key) => (Value::Precision, vec![key.clone()]),
            Statistic::Recall(key) => (Value::Recall, vec![key.clone()]),
            Statistic::F1(key) => (Value::F1, vec![key.clone()]),
            Statistic::SumF1(keys) => (Value::SumF1, keys.clone()),
            Statistic::MacroF1 { task, metric, least_gold } => {
                (Value::MacroF1(f64::from(*least_gold)), of_metric(task, metric))
            }
            Statistic::ConllMean(keys) => (Value::ConllMean, keys.to_vec()),
            Statistic::CalibrationError { metric } => {
                (Value::CalibrationError, of_metric("calibration", metric))
            }
            Statistic::CalibrationErrorByChance { metric } => {
                (Value::CalibrationErrorByChance, of_metric("calibration", metric))
            }
        };
        let slots = keys
            .into_iter()
            .map(|key| {
                known.binary_search(&key).ok()?;
                Some(self.keys.iter().position(|own| *own == key).unwrap_or_else(|| {
                    self.keys.push(key);
                    self.width += 1;
                    self.width - 1
                }))
            })
            .collect();
        Resolved { form, slots }
    }
}

impl Resolved {
    /// The value; `None` where there is nothing to compute it from.
    pub(crate) fn value(&self, sums: &[Cell]) -> Option<f64> {
        let cells: Vec<Cell> =
            self.slots.iter().map(|slot| slot.map_or(Cell::default(), |slot| sums[slot])).collect();
        match self.form {
            Value::Precision => cells.first().map(Cell::precision),
            Value::Recall => cells.first().map(Cell::recall),
            Value::F1 => cells.first().map(Cell::f1),
            Value::SumF1 => {
                let mut sum = Cell::default();
                cells.iter().for_each(|cell| sum.add(*cell));
                Some(sum.f1())
            }
            Value::MacroF1(least) => {
                let seen = cells.iter().filter(|cell| cell.gold > 0.0 || cell.predicted > 0.0);
                macro_average(seen, least).map(|scores| scores.f1)
            }
            Value::ConllMean => match &cells[..] {
                [muc, b_cubed, ceaf_e] => Some(conll_mean(muc, b_cubed, ceaf_e)),
                _ => None,
            },
            Value::CalibrationError => calibration_error(&cells),
            Value::CalibrationErrorByChance => calibration_error_by_chance(&cells),
        }
    }

    /// How bad an article is: items wrong on either side; for a calibration, its error.
    pub(crate) fn badness(&self, sums: &[Cell]) -> f64 {
        let cells = || self.slots.iter().flatten().map(|slot| &sums[*slot]);
        let wrong_predictions = |cell: &Cell| cell.predicted - cell.precision_hits;
        let missed = |cell: &Cell| cell.gold - cell.recall_hits;
        match self.form {
            Value::Precision => cells().map(wrong_predictions).sum(),
            Value::Recall => cells().map(missed).sum(),
            Value::CalibrationError => calibration_error(cells()).unwrap_or(0.0),
            _ => cells().map(|cell| wrong_predictions(cell) + missed(cell)).sum(),
        }
    }
}

/// Adds the cells of an article, as often as each of the resamples has it, to the sums: `width`
/// cells for each resample, one resample after the other.
pub(crate) fn add_row(
    row: Row<'_>,
    places: &[Option<usize>],
    width: usize,
    weights: &[u16],
    sums: &mut [Cell],
) {
    for (key, cell) in row {
        let Some(place) = places[key] else { continue };
        for (resample, weight) in weights.iter().enumerate().filter(|(_, weight)| **weight > 0) {
            let times = f64::from(*weight);
            sums[resample * width + place].add(Cell {
                precision_hits: times * cell.precision_hits,
                predicted: times * cell.predicted,
                recall_hits: times * cell.recall_hits,
                gold: times * cell.gold,
            });
        }
    }
}
