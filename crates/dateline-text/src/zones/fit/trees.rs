//! The trees of `data/trees.tsv`: each is grown to what those before it leave wrong, by how much a
//! fault costs (gradient boosting by the logistic loss).

use std::fmt::Write;
use std::path::{Path, PathBuf};

use crate::zones::measures;

const TREES: usize = 400;
const RATE: f64 = 0.05;
const DEPTH: usize = 4;
/// A leaf holds so many lines at least.
const LEAST_LINES: usize = 20;
/// Pulls the leaves to nothing.
const RIDGE: f64 = 5.0;
/// So many figures of a measure are asked for at most.
const MOST_CUTS: usize = 63;
/// Out of ten measures, so many are looked at for a tree.
const TRIED: u64 = 3;
/// Out of ten lines, so many are looked at for a tree.
const USED: u64 = 7;

/// A line: its measures, what it is, and what a fault costs.
pub(super) struct Sample {
    pub(super) row: Vec<i32>,
    pub(super) furniture: bool,
    pub(super) cost: f64,
}

/// The samples by measures, as the growing trees see them.
struct Ground {
    /// The figures that a measure may be less than.
    cuts: Vec<Vec<i32>>,
    /// For each measure and sample, how many cuts are no greater.
    bins: Vec<Vec<u8>>,
    slopes: Vec<f64>,
    bends: Vec<f64>,
    /// Whether the tree that grows looks at a sample.
    used: Vec<bool>,
    /// What the trees say so far.
    favours: Vec<f64>,
}

/// The rows of the file: first what is taken for the story in doubt, then a tree a row.
pub(super) fn fit(samples: &[&Sample], bias: f64) -> String {
    let mut ground = Ground::of(samples);
    let mean = samples.iter().map(|sample| sample.cost).sum::<f64>() / samples.len() as f64;
    let mut out = format!("{}\n", shown(bias));
    let mut random: u64 = 1;
    let mut of_ten = || {
        random =
            random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) % 10
    };
    for _ in 0..TREES {
        for (at, sample) in samples.iter().enumerate() {
            let likely = 1.0 / (1.0 + (-ground.favours[at]).exp());
            let cost = sample.cost / mean;
            ground.slopes[at] = cost * (f64::from(u8::from(sample.furniture)) - likely);
            ground.bends[at] = cost * likely * (1.0 - likely);
        }
        ground.used.iter_mut().for_each(|used| *used = of_ten() < USED);
        let tried: Vec<usize> = (0..ground.cuts.len())
            .filter(|measure| of_ten() < TRIED && !ground.cuts[*measure].is_empty())
            .collect();
        let mut fields = Vec::new();
        ground.grow(&tried, (0..samples.len()).collect(), DEPTH, &mut fields);
        writeln!(out, "{}", fields.join("\t")).unwrap();
    }
    out
}

/// In ten-thousandths.
pub(super) fn shown(favour: f64) -> i32 {
    (10_000.0 * favour).round() as i32
}

impl Ground {
    fn of(samples: &[&Sample]) -> Ground {
        let count = samples.len();
        let (mut cuts, mut bins) = (Vec::new(), Vec::new());
        for measure in 0..measures::count() {
            let values = || samples.iter().map(|sample| sample.row[measure]);
            let mut sorted: Vec<i32> = values().collect();
            sorted.sort_unstable();
            let least = sorted[0];
            let mut distinct = sorted.clone();
            distinct.dedup();
            if distinct.len() > MOST_CUTS {
                distinct =
                    (0..=MOST_CUTS).map(|cut| sorted[cut * (count - 1) / MOST_CUTS]).collect();
                distinct.dedup();
            }
            distinct.retain(|figure| *figure > least);
            let bin = |value: i32| distinct.partition_point(|figure| *figure <= value) as u8;
            bins.push(values().map(bin).collect());
            cuts.push(distinct);
        }
        let zero = vec![0.0; count];
        Ground {
            cuts,
            bins,
            slopes: zero.clone(),
            bends: zero.clone(),
            used: vec![true; count],
            favours: zero,
        }
    }

    fn grow(&mut self, tried: &[usize], lines: Vec<usize>, depth: usize, out: &mut Vec<String>) {
        let cut = if depth == 0 { None } else { self.best(tried, &lines) };
        if let Some((measure, cut)) = cut {
            let figure = self.cuts[measure][cut];
            out.push(format!("{}<{figure}", measures::name(measure)));
            let less = |line: &usize| usize::from(self.bins[measure][*line]) <= cut;
            let (yes, no): (Vec<usize>, Vec<usize>) = lines.into_iter().partition(less);
            self.grow(tried, yes, depth - 1, out);
            self.grow(tried, no, depth - 1, out);
            return;
        }
        let used = || lines.iter().filter(|line| self.used[**line]);
        let slope: f64 = used().map(|line| self.slopes[*line]).sum();
        let bend: f64 = used().map(|line| self.bends[*line]).sum();
        let favour = shown(RATE * slope / (bend + RIDGE));
        lines.iter().for_each(|line| self.favours[*line] += f64::from(favour) / 10_000.0);
        out.push(favour.to_string());
    }

    /// The measure and the cut that tell the lines apart best.
    fn best(&self, tried: &[usize], lines: &[usize]) -> Option<(usize, usize)> {
        let worth = |slope: f64, bend: f64| slope * slope / (bend + RIDGE);
        let mut best = (1e-6, None);
        for &measure in tried {
            let cuts = self.cuts[measure].len();
            let mut sums = vec![(0.0, 0.0, 0usize); cuts + 1];
            let bins = &self.bins[measure];
            for &line in lines.iter().filter(|line| self.used[**line]) {
                let sum = &mut sums[usize::from(bins[line])];
                sum.0 += self.slopes[line];
                sum.1 += self.bends[line];
                sum.2 += 1;
            }
            let all = sums.iter().fold((0.0, 0.0, 0), |a, b| (a.0 + b.0, a.1 + b.1, a.2 + b.2));
            let mut less = (0.0, 0.0, 0);
            for (cut, sum) in sums[..cuts].iter().enumerate() {
                less = (less.0 + sum.0, less.1 + sum.1, less.2 + sum.2);
                if less.2 < LEAST_LINES || all.2 - less.2 < LEAST_LINES {
                    continue;
                }
                let gain = worth(less.0, less.1) + worth(all.0 - less.0, all.1 - less.1)
                    - worth(all.0, all.1);
                if gain > best.0 {
                    best = (gain, Some((measure, cut)));
                }
            }
        }
        best.1
    }
}

/// Writes the fitted trees.
pub(super) fn write(trees: &str) {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/trees.tsv");
    let known = std::fs::read_to_string(&path).unwrap();
    let mut out: String =
        known.lines().filter(|r| r.starts_with('#')).map(|r| format!("{r}\n")).collect();
    out += trees;
    std::fs::write(path, out).unwrap();
}
