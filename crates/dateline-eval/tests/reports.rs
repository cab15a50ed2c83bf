//! Reports over a small sample set with labels of every task: `data/report/`, four articles, of
//! which one has markup, quotes and right-to-left text in all its parts and one has items of every
//! kind that is left out of the comparison.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use dateline_eval::bootstrap::Resampling;
use dateline_eval::evaluation::{Evaluation, Scored};
use dateline_eval::gold::Gold;
use dateline_eval::mapping::Maps;
use dateline_eval::read::{ReadOptions, pair};
use dateline_eval::report::{Compared, Options, Report, Row};
use dateline_eval::sample::{Entity, Location, Mention, Sample, Stretch};
use dateline_eval::score::Task;
use serde_json::Value;

const GOLD: &str = "tests/data/report/gold.jsonl";
const PREDICTIONS: &str = "tests/data/report/predictions.jsonl";
const MAP: &str = "tests/data/report/map.toml";
const RESAMPLING: Resampling = Resampling { resamples: 100, seed: 1 };
/// Id of the article that would break out of a page.
const HOSTILE: &str = "q\"uote's & </script><script>alert(1)</script>";

/// Gold with its predictions.
fn pairs() -> Vec<(Sample, Sample)> {
    let gold = Gold::open(&[PathBuf::from(GOLD)], &ReadOptions::default()).unwrap();
    let pairs = pair(gold, Path::new(PREDICTIONS), &ReadOptions::default()).unwrap();
    pairs.map(|pair| pair.unwrap()).map(|(gold, found)| (gold, found.unwrap())).collect()
}

fn maps() -> Maps {
    Maps::read(Path::new(MAP)).unwrap()
}

fn score(pairs: &[(Sample, Sample)], tasks: &[Task], maps: Maps) -> Scored {
    let mut evaluation = Evaluation::new(tasks, maps);
    for (gold, predicted) in pairs {
        evaluation.add(gold, predicted).unwrap();
    }
    evaluation.finish()
}

fn report(scored: &Scored) -> Report {
    let options = Options {
        gold: vec![format!("{GOLD} (dateline)")],
        predictions: format!("{PREDICTIONS} (dateline)"),
        map: Some(MAP.to_owned()),
        messages: vec!["a *note* with <b>markup</b> | a bar and \u{1b}[31ma colour".to_owned()],
        resampling: RESAMPLING,
    };
    Report { version: "0.0.0", ..Report::new(scored, options) }
}

fn whole() -> Report {
    report(&score(&pairs(), &[], maps()))
}

fn row<'r>(report: &'r Report, task: &str, metric: &str) -> &'r Row {
    let mut rows = report.sections.iter().filter(|s| s.task == task).flat_map(|s| &s.rows);
    rows.find(|row| row.metric == metric && row.group == "all").unwrap()
}

fn mistakes(report: &Report, task: &str, kind: &str) -> u64 {
    let of = |list: &&dateline_eval::report::MistakeList| list.task == task && list.kind == kind;
    report.mistakes.iter().find(of).map_or(0, |list| list.total)
}

#[test]
fn terminal() {
    insta::assert_snapshot!(whole().terminal());
}

#[test]
fn markdown() {
    insta::assert_snapshot!(whole().markdown());
}

#[test]
fn json() {
    let scored = score(&pairs()[2..], &[Task::Entities, Task::Calibration], maps());
    insta::assert_snapshot!(report(&scored).json().unwrap());
}

#[test]
fn every_number_of_json_stands_in_markdown() {
    let report = whole();
    let markdown = report.markdown();
    let tasks = [
        "entities",
        "events",
        "factuality",
        "attribution",
        "labels",
        "main event",
        "times",
        "places",
        "clusters",
        "syntax",
        "segmentation",
        "calibration",
    ];
    assert_eq!(report.sections.iter().map(|s| s.task.as_str()).collect::<Vec<_>>(), tasks);
    for section in &report.sections {
        let start = markdown.find(&format!("\n## {}\n", section.task)).unwrap();
        let part = &markdown[start + 1..];
        let part = &part[..part.find("\n## ").unwrap_or(part.len())];
        for row in &section.rows {
            assert!(part.contains(&row.metric), "{}: {}", section.task, row.metric);
            assert!(part.contains(&format!("{:.4}", row.value)), "{}: {row:?}", section.task);
            assert!(!row.rule.is_empty() && part.contains(row.rule), "{}: {row:?}", section.task);
        }
    }
}

/// The mistakes as the script of the page reads them.
fn data(page: &str) -> Value {
    let start = "<script type=\"application/json\" id=\"data\">";
    let start = page.find(start).unwrap() + start.len();
    serde_json::from_str(&page[start..start + page[start..].find("</script>").unwrap()]).unwrap()
}

#[test]
fn the_page_holds_any_text() {
    let report = whole();
    let page = report.html().unwrap();
    // The data and the script; nothing of the articles opens or closes an element.
    assert_eq!(page.matches("</script").count(), 2);
    assert!(
        !page.contains("<script>alert") && !page.contains("<i>ORG") && !page.contains("<b>Cole")
    );
    assert!(page.contains("a *note* with &lt;b&gt;markup&lt;"));
    // Nothing is fetched.
    for outside in ["http:", "https:", "src=", "url(", "@import"] {
        assert!(!page.contains(outside), "{outside}");
    }
    // What the script reads is what the report holds.
    let data = data(&page);
    assert_eq!(data, serde_json::to_value(&report.mistakes).unwrap());
    assert!(data.to_string().contains("alert(1)") && data.to_string().contains("ليلى"));
}

#[test]
fn marks_lie_on_the_words() {
    let report = whole();
    let list = report.mistakes.iter().find(|l| l.task == "entities" && l.kind == "missed").unwrap();
    let hostile: Vec<String> = list
        .shown
        .iter()
        .filter(|mistake| mistake.article == HOSTILE)
        .map(|mistake| {
            let item = mistake.gold.as_ref().unwrap();
            mistake.context.chars().skip(item.start).take(item.end - item.start).collect()
        })
        .collect();
    assert_eq!(hostile[..2], ["Ana", "ليلى"]);
    // 720 characters, of which the excerpt holds some.
    assert!(hostile[2].starts_with("A very long line, A very"), "{}", hostile[2]);
    assert!(list.shown.iter().all(|m| m.context.chars().count() <= 400));
}

/// Entity mentions of the files, however they are labelled.
fn mentions(samples: impl Iterator<Item = Sample>) -> f64 {
    let entities = samples.flat_map(|sample| sample.entities.unwrap_or_default());
    entities.map(|entity| entity.mentions.len()).sum::<usize>() as f64
}

#[test]
fn counts_add_up() {
    let report = whole();
    let strict = row(&report, "entities", "strict");
    let (gold, predicted) = (strict.gold, strict.predicted.unwrap());
    let dropped = |side: &str| {
        let own = report.dropped.iter().filter(|d| d.task == "entities" && d.side == side);
        own.map(|d| d.count).sum::<u64>() as f64
    };
    // Everything in the files is compared or counted as left out, once.
    assert_eq!(gold + dropped("gold"), mentions(pairs().into_iter().map(|(gold, _)| gold)));
    assert_eq!(predicted + dropped("predicted"), mentions(pairs().into_iter().map(|(_, p)| p)));
    assert!(dropped("gold") == 4.0 && dropped("predicted") == 5.0);
    // Everything that is compared is right or a mistake, once.
    let hits = (strict.recall.unwrap() * gold).round();
    let kinds = ["wrong type", "wrong boundary", "wrong boundary and type"];
    let wrong: u64 = kinds.iter().map(|kind| mistakes(&report, "entities", kind)).sum();
    let of = |kind: &str| mistakes(&report, "entities", kind) as f64;
    assert_eq!(gold, hits + wrong as f64 + of("missed"));
    assert_eq!(predicted, hits + wrong as f64 + of("spurious"));
    // So is every item of the matrix; the groups make up the whole.
    let section = &report.sections[0];
    let matrix = section.confusion.as_ref().unwrap();
    let sum = |row: &Vec<u64>| row.iter().sum::<u64>() as f64;
    let named = matrix.gold.iter().zip(&matrix.counts).filter(|(name, _)| !name.is_empty());
    assert_eq!(named.map(|(_, counts)| sum(counts)).sum::<f64>(), gold);
    let groups = section.rows.iter().filter(|r| r.metric == "strict" && r.group != "all");
    assert_eq!(groups.map(|row| row.gold).sum::<f64>(), gold);
    for (task, metric, right) in [("times", "value", 0.0), ("events", "TC overlap", 1.0)] {
        let row = row(&report, task, metric);
        let lists = report.mistakes.iter().filter(|list| list.task == task);
        let (mut missing, mut extra) = (0.0, 0.0);
        for list in lists {
            missing += if list.kind == "spurious" { 0.0 } else { list.total as f64 };
            extra += if list.kind == "missed" { 0.0 } else { list.total as f64 };
        }
        assert_eq!((row.gold, row.predicted.unwrap()), (right + missing, right + extra), "{task}");
    }
    // The summed lines of the terminal hold all that was left out.
    let terminal = report.terminal();
    let (_, lines) = terminal.split_once("\nNot compared\n").unwrap();
    let lines = lines.lines().take_while(|line| !line.is_empty());
    let counts = lines.map(|line| line.split_whitespace().next().unwrap().parse::<u64>().unwrap());
    assert_eq!(counts.sum::<u64>(), report.dropped.iter().map(|d| d.count).sum::<u64>());
}

#[test]
fn many_labels_are_summed_in_the_terminal_and_named_elsewhere() {
    let mut gold =
        Sample { id: "a".into(), text: Some("One two three.".into()), ..Sample::default() };
    let at = |start: usize, end: usize| {
        Mention::at(Location {
            at: Stretch { field: dateline::Field::Text, start, end },
            text: String::new(),
        })
    };
    let labelled = |kind: &str, mentions: Vec<Mention>| Entity {
        kind: kind.into(),
        mentions,
        ..Entity::default()
    };
    gold.entities = Some(vec![
        labelled("A", vec![at(0, 3)]),
        labelled("B", vec![at(0, 3), at(4, 7)]),
        labelled("C", vec![at(8, 13)]),
        labelled("D", vec![at(0, 7)]),
        labelled("E", vec![at(0, 3), at(4, 7), at(8, 13)]),
        labelled("KEPT", vec![at(4, 13)]),
    ]);
    let map = "[entities]\nA = ''\nB = ''\nC = ''\nD = ''\nE = ''\nKEPT = 'MISC'\n";
    let maps = Maps::parse(map, Path::new("map.toml")).unwrap();
    let empty = Sample { id: "a".into(), ..Sample::default() };
    let report = report(&score(&[(gold, empty)], &[], maps));
    let terminal = report.terminal();
    let line = "8  entities gold: label maps to nothing: E 3, B 2, A 1, 2 other labels 2\n";
    assert!(terminal.contains(line), "{terminal}");
    assert!(report.markdown().contains("| 8 | E 3, B 2, A 1, C 1, D 1 |"));
}

#[test]
fn five_hundred_of_a_kind_with_the_total_stated() {
    let word = |n: usize| {
        Mention::at(Location {
            at: Stretch { field: dateline::Field::Text, start: 4 * n, end: 4 * n + 3 },
            text: "Ann".into(),
        })
    };
    let gold = Sample {
        id: "many".into(),
        text: Some("Ann ".repeat(700)),
        entities: Some(
            (0..700)
                .map(|n| Entity {
                    kind: "PERSON".into(),
                    mentions: vec![word(n)],
                    ..Entity::default()
                })
                .collect(),
        ),
        ..Sample::default()
    };
    let pairs = [(gold, Sample { id: "many".into(), ..Sample::default() })];
    let report = report(&score(&pairs, &[Task::Entities], Maps::default()));
    let [list] = &report.mistakes[..] else { panic!("one kind of mistakes") };
    assert_eq!((list.kind, list.total, list.shown.len()), ("missed", 700, 500));
    assert!(report.terminal().contains("     700  entities missed\n"));
    assert!(report.markdown().contains("| entities | missed | 700 |\n"));
    let data = data(&report.html().unwrap());
    assert_eq!(data[0]["total"], 700);
    assert_eq!(data[0]["shown"].as_array().unwrap().len(), 500);
}

#[test]
fn same_bytes_twice() {
    let (a, b) = (whole(), whole());
    assert_eq!(a.terminal(), b.terminal());
    assert_eq!(a.markdown(), b.markdown());
    assert_eq!(a.json().unwrap(), b.json().unwrap());
    assert_eq!(a.html().unwrap(), b.html().unwrap());
}

#[test]
fn nothing_to_compare_is_said() {
    let empty = Sample {
        id: "a".into(),
        text: Some("Rain.".into()),
        entities: Some(Vec::new()),
        ..Sample::default()
    };
    let scored = score(&[(empty.clone(), empty)], &[Task::Entities], Maps::default());
    let text = Report::new(&scored, Options::default()).terminal();
    assert!(
        text.ends_with("note: nothing to compare: gold has no items, and none was predicted\n")
    );
}

#[test]
fn a_metric_for_which_gold_has_no_items_is_named_and_not_scored() {
    let quiet = pairs().remove(2);
    assert!(quiet.0.entities.as_ref().is_some_and(Vec::is_empty));
    let report = report(&score(&[quiet], &[Task::Entities], maps()));
    let terminal = report.terminal();
    let line =
        "\n  gold has no items for: strict (1 found), exact span (1 found), partial (1 found), ";
    assert!(terminal.contains(line), "{terminal}");
    assert!(!terminal.contains("precision") && terminal.contains("       1  entities spurious\n"));
    assert!(report.markdown().contains("\nGold has no items for strict (1 found), exact span"));
    assert!(report.html().unwrap().contains("Gold has no items for strict (1 found), exact span"));
    // The counts stand in the JSON.
    assert_eq!(row(&report, "entities", "strict").predicted, Some(1.0));
}

/// Runs A, the predictions, and B, in which one entity type is mended.
fn runs() -> (Scored, Scored) {
    let a = pairs();
    let mut b = a.clone();
    for entity in b[0].1.entities.iter_mut().flatten().filter(|entity| entity.kind == "ORG") {
        entity.kind = "PLACE".to_owned();
    }
    let tasks = [Task::Entities, Task::Times];
    (score(&a, &tasks, maps()), score(&b, &tasks, maps()))
}

#[test]
fn two_runs() {
    let (a, b) = runs();
    let compared = Compared::new(("a.jsonl", &a), ("b.jsonl", &b), RESAMPLING).unwrap();
    insta::assert_snapshot!("compared_terminal", compared.terminal());
    insta::assert_snapshot!("compared_json", compared.json().unwrap());
}

#[test]
fn a_run_is_no_better_than_itself() {
    let (a, _) = runs();
    let compared = Compared::new(("a", &a), ("a", &a), RESAMPLING).unwrap();
    assert!(!compared.rows.is_empty());
    for row in &compared.rows {
        assert_eq!((row.difference, row.better, row.worse), (0.0, 0, 0));
        assert_eq!((row.verdict, row.p), ("no difference shown", Some(1.0)));
    }
    assert!(!compared.terminal().contains("Articles that got"));
}

#[test]
fn runs_over_other_articles_are_not_compared() {
    let (a, _) = runs();
    let fewer = score(&pairs()[1..], &[Task::Entities], maps());
    let error = Compared::new(("a", &a), ("b", &fewer), RESAMPLING).unwrap_err().to_string();
    assert_eq!(
        error,
        "the runs don't hold the same articles: 1 of A are not in B (such as \"fjord\"), 0 of B are \
         not in A"
    );
}
