//! Random tag sequences score as seqeval, nervaluate and conlleval score them, to the last digit
//! printed, through the CoNLL reader. Expected values: scripts/reference/sequence_scores.py, which
//! draws the same sequences.

use dateline_eval::cells::Cell;
use dateline_eval::derived::{Scores, groups, macro_average, weighted_average};
use dateline_eval::mapping::Maps;
use dateline_eval::read::{Format, ReadOptions, Reader};
use dateline_eval::sample::{Entity, Sample};
use dateline_eval::score::{Outcome, entities, outcomes};
use dateline_eval::tags::{Runs, Scheme};
use dateline_eval::tally::{ALL, Tally};

const TYPES: [&str; 3] = ["PER", "LOC", "ORG"];
const COUNT: usize = 1000;

/// Knuth's 64-bit linear congruential generator, as in the script.
struct Lcg(u64);

impl Lcg {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 32) as usize % n
    }

    fn tag(&mut self, prefixes: &str) -> String {
        if self.below(2) == 0 {
            return "O".into();
        }
        let prefix = prefixes.as_bytes()[self.below(prefixes.len())] as char;
        format!("{prefix}-{}", TYPES[self.below(TYPES.len())])
    }
}

type Pair = (Vec<String>, Vec<String>);

fn pairs(prefixes: &str) -> Vec<Pair> {
    let mut rng = Lcg(20260701);
    let draw = |rng: &mut Lcg| {
        let length = 1 + rng.below(24);
        let gold: Vec<String> = (0..length).map(|_| rng.tag(prefixes)).collect();
        let mut predicted = Vec::new();
        for kept in &gold {
            predicted.push(if rng.below(4) == 0 { rng.tag(prefixes) } else { kept.clone() });
        }
        (gold, predicted)
    };
    (0..COUNT).map(|_| draw(&mut rng)).collect()
}

/// The sides of every pair, read from one CoNLL file with a column for each.
fn samples(pairs: &[Pair], scheme: Scheme, runs: Runs) -> [Vec<Sample>; 2] {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tags.conll");
    let mut file = String::new();
    for (gold, predicted) in pairs {
        for (gold, predicted) in gold.iter().zip(predicted) {
            file.push_str(&format!("x {gold} {predicted}\n"));
        }
        file.push('\n');
    }
    std::fs::write(&path, file).expect("written");
    [2, 3].map(|column| {
        let (format, scheme, tag_column) = (Some(Format::Conll), Some(scheme), Some(column));
        let options = ReadOptions { format, scheme, runs, tag_column, ..ReadOptions::default() };
        let reader = Reader::open(&path, &options).expect("opened");
        let samples: Vec<Sample> = reader.map(|sample| sample.expect("read")).collect();
        assert_eq!(samples.len(), pairs.len());
        samples
    })
}

/// Tallies of all pairs, one by one, with their samples.
fn tallies(pairs: &[Pair], scheme: Scheme, runs: Runs) -> Vec<(Tally, [Sample; 2])> {
    let [gold, predicted] = samples(pairs, scheme, runs);
    let score = |(gold, predicted): (Sample, Sample)| {
        let mut tally = Tally::default();
        entities(&gold, &predicted, &Maps::default(), &mut tally).expect("scored");
        (tally, [gold, predicted])
    };
    gold.into_iter().zip(predicted).map(score).collect()
}

/// Spans and types of a sample's mentions, of one type or of all.
fn mentions<'a>(sample: &'a Sample, group: &str) -> Vec<((usize, usize), &'a str)> {
    let kept = sample.entities.iter().flatten().filter(|e| group == ALL || e.kind == group);
    let span = |entity: &'a Entity| {
        let at = &entity.mentions[0].location.at;
        ((at.start, at.end), entity.kind.as_str())
    };
    kept.map(span).collect()
}

/// Micro, macro and weighted precision, recall and F1, four decimals.
fn seqeval(tally: &Tally) -> String {
    let of_types = || groups(&tally.cells, "entities", "strict").map(|(_, cell)| cell);
    let averages = [
        Some(Scores::from(&tally.cell("entities", "strict", ALL))),
        macro_average(of_types(), 0.0),
        // seqeval prints 0 for a weighted mean of nothing, and nan for a mean of nothing.
        Some(weighted_average(of_types()).unwrap_or_default()),
    ];
    let rows = averages.map(|average| match average {
        Some(s) => format!("{:.4} {:.4} {:.4}", s.precision, s.recall, s.f1),
        None => "nan nan nan".to_string(),
    });
    rows.join(" ")
}

/// Percentages with two decimals.
fn conlleval(tally: &Tally) -> String {
    let cell = tally.cell("entities", "strict", ALL);
    let [p, r, f] = [cell.precision(), cell.recall(), cell.f1()].map(|value| 100.0 * value);
    format!("{p:.2} {r:.2} {f:.2}")
}

fn check(name: &str, prefixes: &str, scheme: Scheme, expected: &str) {
    let lines: Vec<&str> = expected.lines().collect();
    assert_eq!(lines.len(), COUNT + 1);
    let mut sums = [Tally::default(), Tally::default()];
    let compare = |index: usize, tallies: [&Tally; 2]| {
        let [lenient, strict] = tallies;
        let ours = match scheme {
            Scheme::Bilou => seqeval(strict),
            _ => format!("{}\t{}\t{}", seqeval(lenient), conlleval(lenient), seqeval(strict)),
        };
        assert_eq!(ours, lines[index], "{name}, line {}", index + 1);
    };
    let pairs = pairs(prefixes);
    let [lenient, strict] = [Runs::Lenient, Runs::Legal].map(|runs| tallies(&pairs, scheme, runs));
    for (index, ((lenient, _), (strict, _))) in lenient.into_iter().zip(strict).enumerate() {
        compare(index, [&lenient, &strict]);
        sums[0].merge(lenient);
        sums[1].merge(strict);
    }
    compare(COUNT, [&sums[0], &sums[1]]);
}

#[test]
fn iob1_scores_as_seqeval_and_conlleval_do() {
    check("IOB1", "IIB", Scheme::Iob1, include_str!("data/seqeval_conlleval_iob1.tsv"));
}

#[test]
fn iob2_scores_as_seqeval_and_conlleval_do() {
    check("IOB2", "BII", Scheme::Iob2, include_str!("data/seqeval_conlleval_iob2.tsv"));
}

#[test]
fn bioes_scores_as_seqeval_and_conlleval_do() {
    check("BIOES", "BIES", Scheme::Bioes, include_str!("data/seqeval_conlleval_bioes.tsv"));
}

#[test]
fn bilou_scores_as_seqeval_does_in_strict_mode() {
    check("BILOU", "BILU", Scheme::Bilou, include_str!("data/seqeval_conlleval_bilou.tsv"));
}

/// Strategies in nervaluate's order: strict, exact, partial, type. The cells have to hold what the
/// counts say; their scores are shown on request.
fn nervaluate(outcomes: &[Outcome; 4], cells: [Cell; 4], with_scores: bool) -> String {
    let row = |(o, cell): (&Outcome, Cell)| {
        assert_eq!(o.cell(), cell);
        let counts = [o.correct, o.incorrect, o.partial, o.missed, o.spurious];
        let counts = counts.map(|count| count.to_string()).join(" ");
        if !with_scores {
            return counts;
        }
        format!("{counts} {:.4} {:.4} {:.4}", cell.precision(), cell.recall(), cell.f1())
    };
    outcomes.iter().zip(cells).map(row).collect::<Vec<_>>().join("|")
}

fn add(sums: &mut [Outcome; 4], found: &[Outcome; 4]) {
    for (sum, one) in sums.iter_mut().zip(found) {
        sum.correct += one.correct;
        sum.incorrect += one.incorrect;
        sum.partial += one.partial;
        sum.missed += one.missed;
        sum.spurious += one.spurious;
    }
}

#[test]
fn iob2_scores_as_nervaluate_does() {
    let expected = include_str!("data/nervaluate_iob2.tsv").lines();
    let lines: Vec<Vec<&str>> = expected.map(|line| line.split('\t').collect()).collect();
    assert_eq!(lines.len(), COUNT + 1);
    let metrics = ["strict", "exact span", "partial", "type"];
    let groups = [ALL, TYPES[0], TYPES[1], TYPES[2]];
    let mut sum = Tally::default();
    let mut counts = [[Outcome::default(); 4]; 4];
    let tallies = tallies(&pairs("BII"), Scheme::Iob2, Runs::Lenient);
    for (index, (tally, sides)) in tallies.into_iter().enumerate() {
        for (column, group) in groups.iter().enumerate() {
            let [gold, predicted] = sides.each_ref().map(|side| mentions(side, group));
            if lines[index][column] == "-" {
                assert!(gold.is_empty() && predicted.is_empty());
                continue;
            }
            let found = outcomes(&gold, &predicted);
            let cells = metrics.map(|metric| tally.cell("entities", metric, group));
            let shown = nervaluate(&found, cells, *group == ALL);
            assert_eq!(shown, lines[index][column], "line {}, {group}", index + 1);
            add(&mut counts[column], &found);
        }
        sum.merge(tally);
    }
    for (column, group) in groups.iter().enumerate() {
        let cells = metrics.map(|metric| sum.cell("entities", metric, group));
        let shown = nervaluate(&counts[column], cells, *group == ALL);
        assert_eq!(shown, lines[COUNT][column], "all, {group}");
    }
}

/// Needs the corpora: DATELINE_DATA=DIR cargo test -p dateline-eval -- --ignored
#[test]
#[ignore = "needs the folder of corpora in DATELINE_DATA"]
fn conll_2003_test_scores_as_seqeval_nervaluate_and_conlleval_do() {
    let folder = std::env::var("DATELINE_DATA").expect("DATELINE_DATA names the folder of corpora");
    let path = std::path::Path::new(&folder).join("conll2003/test.txt");
    let text = std::fs::read_to_string(path).expect("CoNLL-2003 test");
    let mut sentences: Vec<Vec<String>> = vec![Vec::new()];
    for line in text.lines() {
        match line.split_whitespace().next_back() {
            Some(tag) if !line.starts_with("-DOCSTART-") => {
                sentences.last_mut().expect("a sentence").push(tag.to_string());
            }
            _ => sentences.push(Vec::new()),
        }
    }
    let mut rng = Lcg(20260701);
    let tag = |rng: &mut Lcg| match rng.below(3) {
        0 => "O".to_string(),
        drawn => {
            let prefix = if drawn == 1 { 'B' } else { 'I' };
            format!("{prefix}-{}", ["PER", "LOC", "ORG", "MISC"][rng.below(4)])
        }
    };
    let mut pairs: Vec<Pair> = Vec::new();
    for gold in sentences.into_iter().filter(|tags| !tags.is_empty()) {
        let mut predicted = Vec::new();
        for kept in &gold {
            predicted.push(if rng.below(8) == 0 { tag(&mut rng) } else { kept.clone() });
        }
        pairs.push((gold, predicted));
    }
    let mut sums = [Tally::default(), Tally::default()];
    let mut counts = [Outcome::default(); 4];
    for (tally, sides) in tallies(&pairs, Scheme::Iob2, Runs::Lenient) {
        let [gold, predicted] = sides.each_ref().map(|side| mentions(side, ALL));
        add(&mut counts, &outcomes(&gold, &predicted));
        sums[0].merge(tally);
    }
    for (tally, _) in tallies(&pairs, Scheme::Iob2, Runs::Legal) {
        sums[1].merge(tally);
    }
    let cells = ["strict", "exact span", "partial", "type"]
        .map(|metric| sums[0].cell("entities", metric, ALL));
    let ours = [
        seqeval(&sums[0]),
        conlleval(&sums[0]),
        seqeval(&sums[1]),
        nervaluate(&counts, cells, true),
    ];
    let expected: Vec<&str> = include_str!("data/conll2003.txt").lines().collect();
    assert_eq!(ours.to_vec(), expected);
}
