//! A hundred thousand articles in bounded memory.

use dateline_eval::articles::Articles;
use dateline_eval::bootstrap::{Resampling, intervals};
use dateline_eval::cells::Key;
use dateline_eval::compare::Pairing;
use dateline_eval::mapping::Maps;
use dateline_eval::rules;
use dateline_eval::sample::Sample;
use dateline_eval::score::Task;
use dateline_eval::statistic::{Statistic, derived};
use dateline_eval::tally::{ALL, Tally};
use serde_json::json;

/// An article of 30 entity mentions, 10 times and 10 events with two arguments each; predictions
/// differ in what `seed` says.
fn article(id: usize, seed: usize) -> Sample {
    let kinds = ["PERSON", "ORG", "PLACE", "NORP", "EVENT", "GROUP"];
    let types = ["military.attack", "diplomacy.talks", "statement.say", "justice.arrest"];
    let entities: Vec<_> = (0..15)
        .map(|n| {
            let kind = kinds[(id + n + usize::from((n + id) % 7 == seed)) % kinds.len()];
            json!({"id": n.to_string(), "type": kind, "country": if n % 3 == 0 { "FRA" } else { "DEU" },
                "mentions": [{"start": 20 * n, "end": 20 * n + 5, "score": 0.7},
                             {"start": 20 * n + 10, "end": 20 * n + 15 + usize::from(n % 5 == seed), "score": 0.9}]})
        })
        .collect();
    let times: Vec<_> = (0..10)
        .map(|n| json!({"start": 20 * n + 6, "end": 20 * n + 9, "type": "DATE", "value": format!("2020-01-{n:02}")}))
        .collect();
    let events: Vec<_> = (0..10)
        .map(|n| {
            let kind = types[(n + usize::from((n + id) % 4 == seed)) % types.len()];
            json!({"id": format!("e{n}"), "type": kind,
                "mentions": [{"start": 20 * n + 16, "end": 20 * n + 19, "pos": if n % 2 == 0 { "verb" } else { "noun" },
                              "factuality": {"status": "actual", "polarity": "positive", "certainty": "certain"}}],
                "roles": [{"role": "agent", "start": 20 * n, "end": 20 * n + 5, "entity": n.to_string()},
                          {"role": "target", "start": 20 * n + 10, "end": 20 * n + 15}]})
        })
        .collect();
    let sample =
        json!({"id": id.to_string(), "entities": entities, "times": times, "events": events});
    serde_json::from_value(sample).expect("a sample")
}

#[test]
fn what_equals_gold_is_right_by_every_metric() {
    let gold = article(3, 99);
    let mut tally = Tally::default();
    for task in Task::ALL {
        task.score(&gold, &gold, &Maps::default(), &mut tally).expect("scored");
    }
    for (key, cell) in &tally.cells {
        if key.task != "calibration" && *cell != Default::default() {
            assert_eq!((cell.precision(), cell.recall()), (1.0, 1.0), "{key:?} {cell:?}");
        }
    }
    assert_eq!((tally.mistakes.kinds().count(), tally.dropped.len()), (0, 0));
    assert!(tally.cells.len() > 100, "{} cells", tally.cells.len());
}

fn run(articles: usize, seed: usize) -> (Articles, Tally) {
    // Forty articles stand for all of them: reading is not what is measured.
    let pairs: Vec<(Sample, Sample)> =
        (0..40).map(|id| (article(id, 99), article(id, seed))).collect();
    let (mut kept, mut sum) = (Articles::default(), Tally::default());
    for id in 0..articles {
        let (gold, predicted) = &pairs[id % pairs.len()];
        let mut tally = Tally::default();
        for task in [
            Task::Entities,
            Task::Events,
            Task::Times,
            Task::Places,
            Task::Clusters,
            Task::Calibration,
        ] {
            task.score(gold, predicted, &Maps::default(), &mut tally).expect("scored");
        }
        kept.push(&id.to_string(), &tally.cells);
        sum.merge(tally);
    }
    (kept, sum)
}

/// Returns what it took.
fn check(articles: usize, resamples: usize) -> String {
    let start = std::time::Instant::now();
    let (a, sum) = run(articles, 1);
    let cells: usize = (0..articles).map(|index| a.row(index).count()).sum();
    let scored = start.elapsed();
    assert!(a.bytes() < 900 * articles, "{} bytes", a.bytes());
    // Nothing is lost on the way: the sum of the kept rows is the sum of the tallies.
    assert_eq!(a.cells(), sum.cells);
    for (task, kind, total, kept) in sum.mistakes.kinds() {
        assert!(kept.len() as u64 == total.min(500), "{task} {kind:?} {total}");
    }
    // Every metric has a rule to print beside it.
    for key in a.keys() {
        assert!(rules::find(key.task, key.metric).is_some(), "{key:?}");
    }
    let mut statistics: Vec<Statistic> = a.keys().iter().filter_map(Statistic::of).collect();
    let derived = derived(a.keys());
    let names: Vec<String> =
        derived.iter().map(|of| format!("{} {}", of.metric, of.group)).collect();
    for name in [
        "macro strict all",
        "macro TC exact all",
        "CoNLL mean events",
        "expected calibration error entities",
        "calibration error by chance entities",
    ] {
        assert!(names.iter().any(|own| own == name), "{name} is not among {names:?}");
    }
    statistics.extend(derived.into_iter().map(|of| of.statistic));
    let resampling = Resampling { resamples, seed: 1 };
    let found = intervals(&a, &statistics, resampling);
    let drawn = start.elapsed();
    for interval in &found {
        let (low, high) = interval.bounds.expect("bounds");
        assert!(low <= high && (0.0..=1.0).contains(&low), "{interval:?}");
    }
    let (b, _) = run(articles, 2);
    let key = Key { task: "entities", metric: "strict", group: ALL.into() };
    let verdict =
        Pairing::new(&a, &b).expect("same articles").compare(&[Statistic::F1(key)], resampling);
    assert!(verdict[0].p.is_some_and(|p| p > 0.0 && p <= 1.0), "{verdict:?}");
    format!(
        "{articles} articles, {cells} cells in {} bytes; scored in {scored:?}, {} intervals after {drawn:?}, \
         a second run and its comparison after {:?}",
        a.bytes(),
        found.len(),
        start.elapsed()
    )
}

#[test]
fn a_thousand_articles() {
    check(1_000, 100);
}

/// Prints what the process took: cargo test -p dateline-eval --test scale -- --ignored --nocapture
#[test]
#[ignore = "takes minutes without optimization"]
fn a_hundred_thousand_articles() {
    println!("{}", check(100_000, 1000));
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        let peak = status.lines().find(|line| line.starts_with("VmHWM"));
        println!("{}", peak.unwrap_or("peak unknown"));
    }
}
