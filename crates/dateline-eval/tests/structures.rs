//! Random trees score as the CoNLL 2018 scorer scores them, random clusters as the coreference
//! scorer of Clark and Manning. Expected values: scripts/reference/structure_scores.py, which draws
//! the same cases.

use std::collections::BTreeMap;

use dateline::Field;
use dateline_eval::cells::Cell;
use dateline_eval::derived::conll_mean;
use dateline_eval::mapping::Maps;
use dateline_eval::sample::{Entity, Location, Mention, Sample, Sentence, Stretch, Token};
use dateline_eval::score::{clusters, segmentation, syntax};
use dateline_eval::tally::{ALL, Tally};

const COUNT: usize = 500;
const SEED: u64 = 20260702;

/// Knuth's 64-bit linear congruential generator, as in the script.
struct Lcg(u64);

impl Lcg {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 32) as usize % n
    }

    fn one_of(&mut self, values: &[&str]) -> Option<String> {
        Some(values[self.below(values.len())].to_string())
    }
}

/// Where character `n` stands in a text that has a space after every third character: the scorer
/// does not count white space.
fn place(n: usize) -> usize {
    n + n / 3
}

fn location(start: usize, end: usize) -> Location {
    let at = Stretch { field: Field::Text, start: place(start), end: place(end - 1) + 1 };
    Location { at, text: String::new() }
}

fn draw_texts(rng: &mut Lcg) -> [Sample; 2] {
    let length = 1 + rng.below(30);
    let mut cuts = [Vec::new(), Vec::new()];
    let mut ends = [Vec::new(), Vec::new()];
    for place in 1..length {
        let cut = rng.below(3) > 0;
        let other_cut = cut != (rng.below(6) == 0);
        let end = rng.below(5) == 0;
        let other_end = end != (rng.below(8) == 0);
        for (side, (is_cut, is_end)) in [(cut, end), (other_cut, other_end)].into_iter().enumerate()
        {
            if is_cut {
                cuts[side].push(place);
            }
            if is_cut && is_end {
                ends[side].push(place);
            }
        }
    }
    let text: String = (0..place(length)).map(|n| if n % 4 == 3 { ' ' } else { 'x' }).collect();
    [0, 1].map(|side| {
        let mut bounds = vec![0];
        bounds.extend(&cuts[side]);
        bounds.push(length);
        let mut sentences = vec![Vec::new()];
        for pair in bounds.windows(2) {
            sentences.last_mut().expect("a sentence").push((pair[0], pair[1]));
            if ends[side].contains(&pair[1]) {
                sentences.push(Vec::new());
            }
        }
        let sentences = sentences.iter().map(|words| tree(rng, words)).collect();
        Sample { text: Some(text.clone()), sentences: Some(sentences), ..Sample::default() }
    })
}

fn tree(rng: &mut Lcg, words: &[(usize, usize)]) -> Sentence {
    let n = words.len();
    let root = rng.below(n);
    let order: Vec<usize> = (0..n).map(|k| (root + k) % n).collect();
    let mut heads = vec![0; n];
    for k in 1..n {
        heads[order[k]] = order[rng.below(k)] + 1;
    }
    let mut tokens = Vec::new();
    for ((start, end), head) in words.iter().zip(heads) {
        let upos = rng.one_of(&["NOUN", "VERB"]);
        let xpos = rng.one_of(&["NN", "VB"]);
        let lemma = rng.one_of(&["_", "a", "b"]);
        let relation = rng.one_of(&["nsubj", "nsubj:pass", "obj"]);
        let deprel = if head == 0 { Some("root".into()) } else { relation };
        let location = location(*start, *end);
        tokens.push(Token { location, upos, xpos, lemma, head: Some(head), deprel });
    }
    Sentence { tokens }
}

#[test]
fn trees_score_as_the_conll_2018_scorer_scores_them() {
    let lines: Vec<&str> = include_str!("data/conll2018.txt").lines().collect();
    assert_eq!(lines.len(), COUNT);
    let mut rng = Lcg(SEED);
    for (index, line) in lines.iter().enumerate() {
        let [gold, predicted] = draw_texts(&mut rng);
        let mut tally = Tally::default();
        syntax(&gold, &predicted, &Maps::default(), &mut tally).expect("scored");
        segmentation(&gold, &predicted, &Maps::default(), &mut tally).expect("scored");
        let cells = [
            tally.cell("segmentation", "token", ALL),
            tally.cell("segmentation", "sentence", ALL),
            tally.cell("syntax", "UPOS", ALL),
            tally.cell("syntax", "XPOS", ALL),
            tally.cell("syntax", "lemma", ALL),
            tally.cell("syntax", "UAS", ALL),
            tally.cell("syntax", "LAS", ALL),
        ];
        let shown = cells.map(|cell| {
            let Cell { precision_hits, predicted, gold, .. } = cell;
            format!("{precision_hits}/{predicted}/{gold}/{:.2}", 100.0 * cell.f1())
        });
        assert_eq!(shown.join(" "), *line, "line {}", index + 1);
    }
}

fn draw_clusters(rng: &mut Lcg) -> [Sample; 2] {
    let mut sides = [BTreeMap::new(), BTreeMap::new()];
    for mention in 0..2 + rng.below(19) {
        let cluster = rng.below(5);
        let other = if rng.below(3) == 0 { rng.below(5) } else { cluster };
        let (in_gold, in_predicted) = (rng.below(6) > 0, rng.below(6) > 0);
        if in_gold {
            sides[0].entry(cluster).or_insert_with(Vec::new).push(mention);
        }
        if in_predicted {
            sides[1].entry(other).or_insert_with(Vec::new).push(mention);
        }
    }
    let mention = |mention: &usize| Mention {
        location: location(*mention, mention + 1),
        kind: None,
        score: None,
        metonymy: None,
        optional: false,
        alternatives: Vec::new(),
    };
    sides.map(|side| {
        let kept = side.values().filter(|cluster| cluster.len() > 1);
        let entities = kept.map(|cluster| Entity {
            mentions: cluster.iter().map(mention).collect(),
            ..Entity::default()
        });
        Sample { entities: Some(entities.collect()), ..Sample::default() }
    })
}

fn row(tally: &Tally) -> String {
    let cells = ["MUC", "B³", "CEAFe"].map(|metric| tally.cell("clusters", metric, "entities"));
    let of = |cell: &Cell| format!("{:.4} {:.4} {:.4}", cell.precision(), cell.recall(), cell.f1());
    let mean = conll_mean(&cells[0], &cells[1], &cells[2]);
    format!("{} {mean:.4}", cells.each_ref().map(of).join(" "))
}

#[test]
fn clusters_score_as_the_scorer_of_clark_and_manning_scores_them() {
    let lines: Vec<&str> = include_str!("data/coreference.txt").lines().collect();
    assert_eq!(lines.len(), COUNT + 1);
    let mut rng = Lcg(SEED);
    let mut sum = Tally::default();
    for (index, line) in lines[..COUNT].iter().enumerate() {
        let [gold, predicted] = draw_clusters(&mut rng);
        let mut tally = Tally::default();
        clusters(&gold, &predicted, &Maps::default(), &mut tally).expect("scored");
        assert_eq!(row(&tally), *line, "line {}", index + 1);
        sum.merge(tally);
    }
    assert_eq!(row(&sum), lines[COUNT], "all");
}
