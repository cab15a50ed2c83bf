//! Fits the weights of `data/evidence.tsv` to marked pages.

mod chain;
mod pages;
mod title;
mod words;

use std::path::{Path, PathBuf};

use super::evidence::EVIDENCE;
use chain::Chain;
use pages::Page;

const ROUNDS: usize = 200;
const RATE: f64 = 0.3;
const FOLDS: usize = 6;
/// Taken for the story where little speaks for either: of body that was left out of the fit, no more
/// than 0.5 % may be lost.
const BIAS: f64 = -1.0;

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
    fn add(&mut self, page: &Page, course: &[bool]) {
        for (line, taken) in page.lines.iter().zip(course) {
            self.furniture += line.other;
            self.body += line.body;
            if *taken {
                self.found += line.other;
                self.lost += line.body;
            }
        }
    }
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
#[ignore = "rewrites data/evidence.tsv"]
fn fit() {
    if words::renewed(&files()) {
        println!("data/words.tsv has other words now: run this again");
        return;
    }
    let read = |path: PathBuf| pages::page(&std::fs::read_to_string(path).unwrap());
    let pages: Vec<Page> = files().into_iter().map(read).collect();
    let marked = pages.len();
    let pages: Vec<Page> = pages.into_iter().chain(pages::units()).collect();
    // How the fit fares on pages that it has not seen.
    let biases = [-1.5, BIAS, -0.5, 0.0, 0.5];
    let mut scores: Vec<Score> = biases.iter().map(|_| Score::default()).collect();
    let mut titles = 0;
    for fold in 0..FOLDS {
        let (mut train, mut test) = (Vec::new(), Vec::new());
        for (index, page) in pages.iter().enumerate() {
            if index % FOLDS == fold && index < marked { test.push(page) } else { train.push(page) }
        }
        let chain = Chain::fit(&train);
        let titled = title::fit(&train);
        titles += test.iter().filter(|page| title::right(&titled, page)).count();
        for page in test {
            for (score, bias) in scores.iter_mut().zip(biases) {
                score.add(page, &chain.course(page, bias));
            }
        }
    }
    let share = |a: usize, b: usize| a as f64 / b as f64;
    for (score, bias) in scores.iter().zip(biases) {
        println!(
            "left out, bias {bias:4}: furniture {:.4}, body lost {:.4}",
            share(score.found, score.furniture),
            share(score.lost, score.body)
        );
    }
    println!("left out, titles right: {titles}");
    let all: Vec<&Page> = pages.iter().collect();
    let (mut chain, titled) = (Chain::fit(&all), title::fit(&all));
    let right = pages.iter().filter(|page| title::right(&titled, page)).count();
    chain.weights[EVIDENCE.number("any").unwrap()] += BIAS;
    let there = pages.iter().filter(|page| page.title.is_some()).count();
    println!("titles right: {right}, among the candidates {there}");
    let mut score = Score::default();
    for page in &pages {
        score.add(page, &chain.course(page, 0.0));
    }
    println!(
        "{} pages, fitted: furniture {:.4}, body lost {:.4}",
        pages.len(),
        share(score.found, score.furniture),
        share(score.lost, score.body)
    );
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
