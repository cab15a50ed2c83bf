//! Fits the weights of `data/evidence.tsv` and the trees of `data/trees.tsv` to marked pages.

mod chain;
mod pages;
mod title;
mod trees;
mod words;

use std::path::{Path, PathBuf};

use super::evidence::EVIDENCE;
use super::measures;
use super::trees::Trees;
use chain::Chain;
use pages::{Line, Page};
use trees::Sample;

const ROUNDS: usize = 200;
const RATE: f64 = 0.3;
const FOLDS: usize = 6;
/// Taken for the story by the trees where little speaks for either: of body that was left out of the
/// fit, no more than 0.5 % may be lost.
const BIAS: f64 = -1.8;
const BIASES: [f64; 9] = [-2.2, -2.0, BIAS, -1.7, -1.6, -1.4, -1.2, -0.8, -0.4];

/// All weights, those of the named signs set.
fn weights_of(named: &[(&str, f64)]) -> Vec<f64> {
    let mut weights = vec![0.0; EVIDENCE.weights.len()];
    for (name, weight) in named {
        weights[EVIDENCE.number(name).unwrap()] = *weight;
    }
    weights
}

#[derive(Default)]
struct Score {
    found: usize,
    furniture: usize,
    lost: usize,
    body: usize,
}

impl Score {
    fn add(&mut self, page: &Page, furniture: impl Iterator<Item = bool>) {
        for (line, taken) in page.lines.iter().zip(furniture) {
            self.furniture += line.other;
            self.body += line.body;
            if taken && !line.title {
                self.found += line.other;
                self.lost += line.body;
            }
        }
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        let share = |a: usize, b: usize| a as f64 / b as f64;
        let (found, lost) = (share(self.found, self.furniture), share(self.lost, self.body));
        write!(f, "furniture {found:.4}, body lost {lost:.4}")
    }
}

/// The lines of a page as the trees see them, by the signs as fitted.
fn samples_of(chain: &Chain, page: &Page) -> Vec<Sample> {
    let favours = chain.favours(page);
    let margins = chain.margins(&favours, page);
    let signs: Vec<Vec<usize>> = page.lines.iter().map(|line| line.signs.clone()).collect();
    let title = page.lines.iter().position(|line| line.title).map(|title| title as i32);
    let rows = measures::rows(&signs, &favours, &margins, &page.shapes, title);
    let sample = |(line, row): (&Line, Vec<i32>)| {
        let cost = if line.furniture {
            0.3 + line.other.min(300) as f64 / 80.0
        } else {
            0.6 + line.body.min(400) as f64 / 60.0
        };
        Sample { row, furniture: line.furniture, cost: cost * page.counts }
    };
    page.lines.iter().zip(rows).map(sample).collect()
}

fn files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = root.join("tests/layouts/development");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    // And half A of the others.
    let splits = std::fs::read_to_string(root.join("scripts/data/splits.json")).unwrap();
    let layouts = &splits[splits.find("\"layouts\"").unwrap()..];
    let open = &layouts[layouts.find("\"A\": [").unwrap()..layouts.find("\"B\": [").unwrap()];
    let ids = open.lines().skip(1).map(|line| line.trim_matches([' ', '"', ',', ']']));
    let ids = ids.filter(|id| !id.is_empty());
    files.extend(ids.map(|id| root.join(format!("tests/layouts/{id}.txt"))));
    files
}

#[test]
#[ignore = "rewrites data/evidence.tsv, words.tsv and trees.tsv"]
fn fit() {
    if words::renewed(&files()) {
        println!("data/words.tsv has other words now: run this again");
        return;
    }
    let read = |path: PathBuf| pages::page(&std::fs::read_to_string(path).unwrap());
    let pages: Vec<Page> = files().into_iter().map(read).collect();
    let marked = pages.len();
    let pages: Vec<Page> = pages.into_iter().chain(pages::units()).collect();
    let all: Vec<&Page> = pages.iter().collect();
    let (mut chain, titled) = (Chain::fit(&all), title::fit(&all));
    // The trees see pages as the zoner will: by signs that were not fitted to them.
    let fold = |index: usize| (index < marked).then_some(index % FOLDS);
    let mut titles = 0;
    let mut samples: Vec<Vec<Sample>> = pages.iter().map(|page| samples_of(&chain, page)).collect();
    for left_out in 0..FOLDS {
        let (test, train): (Vec<usize>, Vec<usize>) =
            (0..pages.len()).partition(|index| fold(*index) == Some(left_out));
        let train: Vec<&Page> = train.into_iter().map(|index| &pages[index]).collect();
        let (chain, titled) = (Chain::fit(&train), title::fit(&train));
        titles += test.iter().filter(|index| title::right(&titled, &pages[**index])).count();
        test.into_iter().for_each(|index| samples[index] = samples_of(&chain, &pages[index]));
    }
    println!("left out, titles right: {titles}");
    // How both fare on pages that neither has seen.
    let mut signs = Score::default();
    let mut scores: Vec<Score> = BIASES.iter().map(|_| Score::default()).collect();
    for left_out in 0..FOLDS {
        let train = samples.iter().enumerate().filter(|(index, _)| fold(*index) != Some(left_out));
        let train: Vec<&Sample> = train.flat_map(|(_, samples)| samples).collect();
        let trees = Trees::parse(&trees::fit(&train, 0.0)).unwrap();
        for index in (0..marked).filter(|index| fold(*index) == Some(left_out)) {
            let (page, samples) = (&pages[index], &samples[index]);
            let margin = measures::number("margin").unwrap();
            signs.add(page, samples.iter().map(|sample| sample.row[margin] > 0));
            for (score, bias) in scores.iter_mut().zip(BIASES) {
                let bias = trees::shown(bias);
                score.add(page, samples.iter().map(|sample| trees.furniture(&sample.row, bias)));
            }
        }
    }
    println!("left out, signs alone: {signs}");
    for (score, bias) in scores.iter().zip(BIASES) {
        println!("left out, bias {bias:4}: {score}");
    }
    let grown = trees::fit(&samples.iter().flatten().collect::<Vec<_>>(), BIAS);
    trees::write(&grown);
    let grown = Trees::parse(&grown).unwrap();
    let right = pages.iter().filter(|page| title::right(&titled, page)).count();
    let there = pages.iter().filter(|page| page.title.is_some()).count();
    println!("titles right: {right}, among the candidates {there}");
    let mut score = Score::default();
    for page in &pages {
        let samples = samples_of(&chain, page);
        score.add(page, samples.iter().map(|sample| grown.furniture(&sample.row, 0)));
    }
    println!("{} pages, fitted: {score}", pages.len());
    chain.weights[EVIDENCE.number("any").unwrap()] += chain::BIAS;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/evidence.tsv");
    let data = std::fs::read_to_string(&path).unwrap();
    let mut out = String::new();
    for row in data.lines() {
        let mut fields: Vec<&str> = row.splitn(4, '\t').collect();
        let sign = EVIDENCE.number(fields[0]).filter(|_| !row.starts_with('#'));
        let shown = sign.map(|sign| {
            let shown = |weight: f64| (100.0 * weight).round() as i32;
            [shown(chain.weights[sign]).to_string(), shown(titled[sign]).to_string()]
        });
        if let Some([furniture, title]) = &shown {
            (fields[1], fields[2]) = (furniture, title);
        }
        out += &fields.join("\t");
        out.push('\n');
    }
    std::fs::write(path, out).unwrap();
    words::write(&chain.weights, &titled);
}
