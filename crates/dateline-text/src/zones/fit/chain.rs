//! The weights for furniture: those of a linear chain of two states (story, furniture), by the
//! likelihood of the marks with a margin for what a fault costs.

use super::pages::{Line, Page};
use super::{RATE, ROUNDS, weights_of};
use crate::zones::course;
use crate::zones::evidence::EVIDENCE;

/// Taken for the story by the signs where little speaks for either.
pub(super) const BIAS: f64 = -1.0;

/// How much a weight costs by the square of its distance from where it starts.
const RIDGE: f64 = 0.002;
/// Where the weights start, and what pulls them back: what is known of pages without counting.
const PRIOR: &[(&str, f64)] = &[
    ("after-next", 4.0),
    ("after-end", 4.0),
    ("deck", -1.5),
    ("dateline-prose", -3.0),
    ("log-time", -12.0),
    ("asked", -3.0),
    ("copyright-sure", 5.0),
    ("credit-sure", 4.0),
    ("credit-caps", 3.0),
    ("caption-place", 1.0),
    ("appeal", 3.0),
    ("promo", 3.5),
    ("buttons", 4.0),
    ("account", 3.0),
    ("framed", 4.0),
    ("header", 2.5),
    ("notice", 2.0),
    ("self-notice", 2.0),
    ("notice-tail", 2.0),
    ("bio-sure", 0.5),
    ("bio-tail", 4.0),
    ("last-tail", 4.0),
    ("caption-spot", 1.0),
    ("ruled-sure", 7.0),
    ("ruled", 1.0),
    ("above-title", 2.0),
    ("paragraph", -1.5),
    ("long-paragraph", -1.0),
    ("huge-paragraph", -8.0),
    ("long-sentence", -1.0),
    ("change", -1.0),
    ("change-within", -1.5),
];
/// These stay where they start.
const FIXED: [&str; 5] = ["ruled-sure", "after-next", "after-end", "log-time", "huge-paragraph"];

pub(super) struct Chain {
    pub(super) weights: Vec<f64>,
    change: [usize; 2],
}

impl Chain {
    fn favour(&self, line: &Line) -> f64 {
        line.signs.iter().map(|sign| self.weights[*sign]).sum()
    }

    fn price(&self, line: &Line) -> f64 {
        self.weights[self.change[usize::from(line.within)]]
    }

    /// Adds the gradient of the log-likelihood.
    fn learn(&self, page: &Page, gradient: &mut [f64]) {
        let count = page.lines.len();
        let add = |a: f64, b: f64| a.max(b) + (-(a - b).abs()).exp().ln_1p();
        // What a wrong state would cost counts for it.
        let score = |line: &Line| {
            if line.furniture {
                [0.3 + line.other as f64 / 80.0, self.favour(line)]
            } else {
                [0.0, self.favour(line) + (0.6 + line.body as f64 / 60.0).min(4.0)]
            }
        };
        let scores: Vec<[f64; 2]> = page.lines.iter().map(score).collect();
        let mut ahead = vec![[0.0; 2]; count];
        let mut behind = vec![[0.0; 2]; count];
        for at in 0..count {
            ahead[at] = scores[at];
            if at > 0 {
                let price = self.price(&page.lines[at]);
                for state in 0..2 {
                    ahead[at][state] += add(ahead[at - 1][state], ahead[at - 1][1 - state] + price);
                }
            }
        }
        for at in (0..count.saturating_sub(1)).rev() {
            let price = self.price(&page.lines[at + 1]);
            let next =
                [behind[at + 1][0] + scores[at + 1][0], behind[at + 1][1] + scores[at + 1][1]];
            for state in 0..2 {
                behind[at][state] = add(next[state], next[1 - state] + price);
            }
        }
        let total = add(ahead[count - 1][0], ahead[count - 1][1]);
        for (at, line) in page.lines.iter().enumerate() {
            let likely = (ahead[at][1] + behind[at][1] - total).exp();
            let error = page.counts * (f64::from(u8::from(line.furniture)) - likely);
            for sign in &line.signs {
                gradient[*sign] += error;
            }
            if at > 0 {
                let price = self.price(line);
                let changes: f64 = (0..2)
                    .map(|state| {
                        (ahead[at - 1][1 - state] + price + scores[at][state] + behind[at][state]
                            - total)
                            .exp()
                    })
                    .sum();
                let changed = line.furniture != page.lines[at - 1].furniture;
                gradient[self.change[usize::from(line.within)]] +=
                    page.counts * (f64::from(u8::from(changed)) - changes);
            }
        }
    }

    pub(super) fn fit(pages: &[&Page]) -> Chain {
        let count = EVIDENCE.weights.len();
        let change = ["change", "change-within"].map(|name| EVIDENCE.number(name).unwrap());
        let prior = weights_of(PRIOR);
        let mut chain = Chain { weights: prior.clone(), change };
        let fixed = FIXED.map(|name| EVIDENCE.number(name).unwrap());
        let mut squares = vec![1e-6; count];
        for _ in 0..ROUNDS {
            let mut gradient = vec![0.0; count];
            for page in pages {
                chain.learn(page, &mut gradient);
            }
            for sign in (0..count).filter(|sign| !fixed.contains(sign)) {
                let slope = gradient[sign] / pages.len() as f64
                    - RIDGE * (chain.weights[sign] - prior[sign]);
                squares[sign] += slope * slope;
                chain.weights[sign] += RATE * slope / squares[sign].sqrt();
            }
        }
        chain
    }

    /// What is in favour of furniture at each line, as the zoner counts it.
    pub(super) fn favours(&self, page: &Page) -> Vec<i32> {
        let hundredths = |weight: f64| (100.0 * weight).round() as i32;
        page.lines.iter().map(|line| hundredths(self.favour(line) + BIAS)).collect()
    }

    pub(super) fn margins(&self, favours: &[i32], page: &Page) -> Vec<i32> {
        let prices = self.change.map(|change| (100.0 * self.weights[change]).round() as i32);
        course::margins(favours, &page.shapes, prices)
    }
}
