//! The weights for the title: by how likely it is among the lines that may be it.

use super::pages::Page;
use super::{RATE, ROUNDS, weights_of};

/// How much a weight costs by the square of its distance from where it starts.
const RIDGE: f64 = 0.005;
/// Where the weights start, and what pulls them back.
const PRIOR: &[(&str, f64)] = &[
    ("t-after-prose", -1.0),
    ("t-after-prose-2", -3.0),
    ("t-ruled", -3.0),
    ("menu", -2.0),
    ("t-soon-byline", 1.0),
    ("some-words", 1.0),
    ("few-words", 0.5),
    ("email", -1.0),
    ("url", -1.0),
    ("network", -1.0),
    ("column", -2.0),
    ("boxed", -2.0),
    ("header", -4.0),
    ("buttons", -3.0),
    ("credit-sure", -3.0),
    ("framed", -2.0),
    ("account", -2.0),
    ("field", -0.5),
    ("t-after-headline", -1.0),
    ("t-head", -2.0),
    ("figures", -1.5),
];

/// Fits the weights for the title: which of the candidates it is.
pub(super) fn fit(pages: &[&Page]) -> Vec<f64> {
    let prior = weights_of(PRIOR);
    let mut weights = prior.clone();
    let mut squares = vec![1e-6; weights.len()];
    for _ in 0..ROUNDS {
        let mut gradient = vec![0.0; weights.len()];
        for page in pages {
            let Some(title) = page.title else { continue };
            let score = |signs: &Vec<usize>| signs.iter().map(|sign| weights[*sign]).sum::<f64>();
            // The title has to win by something.
            let margin = |at: usize| if at == title { 0.0 } else { 1.0 };
            let scores: Vec<f64> =
                page.candidates.iter().enumerate().map(|(at, s)| score(s) + margin(at)).collect();
            let most = scores.iter().copied().fold(f64::MIN, f64::max);
            let total: f64 = scores.iter().map(|score| (score - most).exp()).sum();
            for (at, signs) in page.candidates.iter().enumerate() {
                let error = page.counts
                    * (f64::from(u8::from(at == title)) - (scores[at] - most).exp() / total);
                signs.iter().for_each(|sign| gradient[*sign] += error);
            }
        }
        for (sign, weight) in weights.iter_mut().enumerate() {
            let slope = gradient[sign] / pages.len() as f64 - RIDGE * (*weight - prior[sign]);
            squares[sign] += slope * slope;
            *weight += RATE * slope / squares[sign].sqrt();
        }
    }
    weights
}

pub(super) fn right(weights: &[f64], page: &Page) -> bool {
    page.title.is_some() && pick(weights, page) == page.title
}

fn pick(weights: &[f64], page: &Page) -> Option<usize> {
    let score = |signs: &Vec<usize>| signs.iter().map(|sign| weights[*sign]).sum::<f64>();
    let mut best = (f64::MIN, None);
    for (at, signs) in page.candidates.iter().enumerate() {
        if score(signs) > best.0 {
            best = (score(signs), Some(at));
        }
    }
    best.1
}
