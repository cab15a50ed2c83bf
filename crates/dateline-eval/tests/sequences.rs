//! Random tag sequences score as seqeval, nervaluate and conlleval score them, to the last digit
//! printed. Expected values: scripts/reference/sequence_scores.py, which draws the same sequences.

use dateline::Field;
use dateline_eval::cells::Cell;
use dateline_eval::derived::{Scores, groups, macro_average, weighted_average};
use dateline_eval::mapping::Maps;
use dateline_eval::sample::{Entity, Location, Mention, Sample, Stretch};
use dateline_eval::score::{Outcome, entities, outcomes};
use dateline_eval::tags::{Scheme, TagSpan, decode};
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

/// A sample whose tokens are of one character, with a space between them.
fn sample(spans: &[TagSpan], length: usize) -> Sample {
    let mention = |start: usize, end: usize| Mention {
        location: Location {
            at: Stretch { field: Field::Text, start: 2 * start, end: 2 * end - 1 },
            text: String::new(),
        },
        kind: None,
        score: None,
        optional: false,
        alternatives: Vec::new(),
    };
    let entity = |(start, end, kind): &TagSpan| Entity {
        kind: kind.clone(),
        mentions: vec![mention(*start, *end)],
        ..Entity::default()
    };
    Sample {
        text: Some(vec!["x"; length].join(" ")),
        entities: Some(spans.iter().map(entity).collect()),
        ..Sample::default()
    }
}

fn tally(pair: &Pair, scheme: Scheme, strict: bool) -> Tally {
    let side = |tags: &[String]| {
        sample(&decode(tags, scheme, strict).expect("tags of the scheme"), tags.len())
    };
    let mut tally = Tally::default();
    entities(&side(&pair.0), &side(&pair.1), &Maps::default(), &mut tally).expect("scored");
    tally
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
    for (index, pair) in pairs(prefixes).iter().enumerate() {
        let tallies = [false, true].map(|strict| tally(pair, scheme, strict));
        compare(index, [&tallies[0], &tallies[1]]);
        for (sum, tally) in sums.iter_mut().zip(tallies) {
            sum.merge(tally);
        }
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

#[test]
fn iob2_scores_as_nervaluate_does() {
    let expected = include_str!("data/nervaluate_iob2.tsv").lines();
    let lines: Vec<Vec<&str>> = expected.map(|line| line.split('\t').collect()).collect();
    assert_eq!(lines.len(), COUNT + 1);
    let metrics = ["strict", "exact span", "partial", "type"];
    let groups = [ALL, TYPES[0], TYPES[1], TYPES[2]];
    let mut sum = Tally::default();
    let mut counts = [[Outcome::default(); 4]; 4];
    for (index, pair) in pairs("BII").iter().enumerate() {
        let tally = tally(pair, Scheme::Iob2, false);
        let sides = [&pair.0, &pair.1].map(|tags| decode(tags, Scheme::Iob2, false).expect("tags"));
        for (column, group) in groups.iter().enumerate() {
            let [gold, predicted] = sides.each_ref().map(|spans| {
                let kept = spans.iter().filter(|span| *group == ALL || span.2 == *group);
                kept.map(|(start, end, kind)| ((*start, *end), kind.as_str())).collect::<Vec<_>>()
            });
            if lines[index][column] == "-" {
                assert!(gold.is_empty() && predicted.is_empty());
                continue;
            }
            let found = outcomes(&gold, &predicted);
            let cells = metrics.map(|metric| tally.cell("entities", metric, group));
            let shown = nervaluate(&found, cells, *group == ALL);
            assert_eq!(shown, lines[index][column], "line {}, {group}", index + 1);
            for (sum, one) in counts[column].iter_mut().zip(found) {
                sum.correct += one.correct;
                sum.incorrect += one.incorrect;
                sum.partial += one.partial;
                sum.missed += one.missed;
                sum.spurious += one.spurious;
            }
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
    let mut sums = [Tally::default(), Tally::default()];
    let mut counts = [Outcome::default(); 4];
    for gold in sentences.into_iter().filter(|tags| !tags.is_empty()) {
        let mut predicted = Vec::new();
        for kept in &gold {
            predicted.push(if rng.below(8) == 0 { tag(&mut rng) } else { kept.clone() });
        }
        let pair = (gold, predicted);
        for (sum, strict) in sums.iter_mut().zip([false, true]) {
            sum.merge(tally(&pair, Scheme::Iob2, strict));
        }
        let sides = [&pair.0, &pair.1].map(|tags| decode(tags, Scheme::Iob2, false).expect("tags"));
        let [gold, predicted] = sides.each_ref().map(|spans| {
            spans
                .iter()
                .map(|(start, end, kind)| ((*start, *end), kind.as_str()))
                .collect::<Vec<_>>()
        });
        for (sum, one) in counts.iter_mut().zip(outcomes(&gold, &predicted)) {
            sum.correct += one.correct;
            sum.incorrect += one.incorrect;
            sum.partial += one.partial;
            sum.missed += one.missed;
            sum.spurious += one.spurious;
        }
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
