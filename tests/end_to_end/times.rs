//! Time expressions in single sentences (`../cases/times.txt`), each marked in full.

use std::fmt::Write as _;

use dateline::{Article, Document};

use crate::system::PIPELINE;

const TABLE: &str = include_str!("../cases/times.txt");

/// The section of cases on which careful readers differ; reported, not asserted.
const DOUBTFUL: &str = "doubtful conventions";

/// Shares that are reached; raised with them.
const FLOOR_RIGHT: f64 = 0.97;
const FLOOR_EMPTY: f64 = 0.95;

/// `text = value TYPE [MOD]`; `?` for a value that cannot be told.
fn shown(document: &Document) -> Vec<String> {
    let one = |time: &dateline::record::Time| {
        let value = time.value.as_deref().unwrap_or("?");
        let modifier = time.modifier.as_ref().map_or(String::new(), |m| format!(" [{m}]"));
        format!("{} = {value} {}{modifier}", time.location.text, time.kind)
    };
    document.times.iter().map(one).collect()
}

struct Case {
    line: usize,
    sentence: &'static str,
    published: Option<&'static str>,
    expected: Vec<&'static str>,
    doubtful: bool,
}

fn cases() -> Vec<Case> {
    let (mut published, mut doubtful, mut cases) = (None, false, Vec::new());
    for (index, line) in TABLE.lines().enumerate() {
        if line.starts_with('#') || line.trim().is_empty() {
            doubtful |= line.contains(DOUBTFUL);
        } else if let Some(date) = line.strip_prefix('@') {
            published = (date != "-").then_some(date);
        } else {
            let (sentence, expected) = line.split_once(" =>").unwrap();
            let expected = expected.split(" ; ").map(str::trim).filter(|e| !e.is_empty()).collect();
            cases.push(Case { line: index + 1, sentence, published, expected, doubtful });
        }
    }
    cases
}

#[derive(Default)]
struct Tally {
    expressions: usize,
    right: usize,
    empty: usize,
    left_empty: usize,
    faults: String,
}

impl Tally {
    fn count(&mut self, case: &Case, found: &[String]) {
        let mut left: Vec<&str> = found.iter().map(String::as_str).collect();
        for expected in &case.expected {
            self.expressions += 1;
            if let Some(at) = left.iter().position(|f| f == expected) {
                self.right += 1;
                left.remove(at);
            }
        }
        self.empty += usize::from(case.expected.is_empty());
        self.left_empty += usize::from(case.expected.is_empty() && found.is_empty());
        if case.expected != *found {
            let Case { line, sentence, expected, .. } = case;
            let _ = writeln!(
                self.faults,
                "times.txt:{line}: {sentence}\n  expected {}\n  found    {}",
                expected.join(" ; "),
                found.join(" ; ")
            );
        }
    }

    fn shares(&self) -> (f64, f64) {
        let share = |part: usize, all: usize| if all == 0 { 1.0 } else { part as f64 / all as f64 };
        (share(self.right, self.expressions), share(self.left_empty, self.empty))
    }
}

#[test]
fn expressions_of_single_sentences() {
    let (mut sure, mut doubtful) = (Tally::default(), Tally::default());
    let cases = cases();
    let article = |case: &Case| Article {
        text: case.sentence.to_owned(),
        published: case.published.map(str::to_owned),
        ..Article::default()
    };
    let articles: Vec<Article> = cases.iter().map(article).collect();
    for (case, document) in cases.iter().zip(PIPELINE.read_many(&articles)) {
        let tally = if case.doubtful { &mut doubtful } else { &mut sure };
        tally.count(case, &shown(&document.unwrap()));
    }
    let (right, empty) = sure.shares();
    println!("{}", sure.faults);
    println!("doubtful, not asserted:\n{}", doubtful.faults);
    println!("doubtful: {}/{} right", doubtful.right, doubtful.expressions);
    println!("right {}/{} = {right:.3} (floor {FLOOR_RIGHT})", sure.right, sure.expressions);
    println!("empty {}/{} = {empty:.3} (floor {FLOOR_EMPTY})", sure.left_empty, sure.empty);
    assert!(right >= FLOOR_RIGHT && empty >= FLOOR_EMPTY, "see the faults above");
}
