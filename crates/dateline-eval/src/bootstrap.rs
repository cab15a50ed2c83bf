//! Confidence intervals: the articles are drawn again, with replacement, a thousand times.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::articles::Articles;
use crate::statistic::{Plan, Statistic, add_row};

/// How articles are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resampling {
    /// Number of resamples.
    pub resamples: usize,
    /// Seed; the same seed draws the same articles for every metric.
    pub seed: u64,
}

impl Default for Resampling {
    fn default() -> Self {
        Resampling { resamples: 1000, seed: 1 }
    }
}

/// A value and its 95 % percentile interval over articles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// On the articles as they are; `None` where nothing was counted.
    pub value: Option<f64>,
    /// 2.5th and 97.5th percentile; `None` with fewer than two articles.
    pub bounds: Option<(f64, f64)>,
}

/// Resamples computed in one pass over the articles: bounds memory, changes no result.
const BATCH: usize = 50;

/// Intervals of some statistics, all on the same resamples.
pub fn intervals(
    articles: &Articles,
    statistics: &[Statistic],
    resampling: Resampling,
) -> Vec<Interval> {
    let plan = Plan::new(statistics, articles, &[]);
    let all = sums(articles, &plan, &vec![1; articles.len()], 1);
    let mut drawn: Vec<Vec<f64>> = vec![Vec::new(); statistics.len()];
    if articles.len() > 1 {
        for batch in batches(resampling) {
            let weights = draws(articles.len(), resampling.seed, batch.clone());
            let sums = sums(articles, &plan, &weights, batch.len());
            for resample in 0..batch.len() {
                let own = &sums[resample * plan.width..(resample + 1) * plan.width];
                for (values, statistic) in drawn.iter_mut().zip(&plan.statistics) {
                    values.extend(statistic.value(own));
                }
            }
        }
    }
    let of = |(statistic, values): (&crate::statistic::Resolved, Vec<f64>)| Interval {
        value: statistic.value(&all),
        bounds: bounds(values),
    };
    plan.statistics.iter().zip(drawn).map(of).collect()
}

fn sums(
    articles: &Articles,
    plan: &Plan,
    weights: &[u16],
    resamples: usize,
) -> Vec<crate::cells::Cell> {
    let mut sums = vec![Default::default(); plan.width * resamples];
    for article in 0..articles.len() {
        let own = &weights[article * resamples..(article + 1) * resamples];
        add_row(articles.row(article), plan.places(), plan.width, own, &mut sums);
    }
    sums
}

/// Ranges of resamples that are computed together.
pub(crate) fn batches(resampling: Resampling) -> impl Iterator<Item = std::ops::Range<usize>> {
    (0..resampling.resamples)
        .step_by(BATCH)
        .map(move |first| first..(first + BATCH).min(resampling.resamples))
}

/// How often each of the resamples has each article: by article, then by resample.
pub(crate) fn draws(articles: usize, seed: u64, resamples: std::ops::Range<usize>) -> Vec<u16> {
    let mut weights = vec![0u16; articles * resamples.len()];
    for (column, resample) in resamples.clone().enumerate() {
        let mut rng = stream(seed, resample as u64);
        for _ in 0..articles {
            let weight = &mut weights[below(&mut rng, articles) * resamples.len() + column];
            *weight = weight.saturating_add(1);
        }
    }
    weights
}

/// A generator of its own for each resample, so that no result depends on the batches.
pub(crate) fn stream(seed: u64, resample: u64) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(resample);
    rng
}

/// A number below `n`, by Lemire's multiplication (2019); its bias, at most n/2^64, is left in.
fn below(rng: &mut ChaCha8Rng, n: usize) -> usize {
    ((u128::from(rng.next_u64()) * n as u128) >> 64) as usize
}

/// The 2.5th and the 97.5th percentile, interpolated linearly between order statistics.
pub(crate) fn bounds(mut values: Vec<f64>) -> Option<(f64, f64)> {
    values.sort_by(f64::total_cmp);
    let last = values.len().checked_sub(1)?;
    let at = |share: f64| {
        let place = share * last as f64;
        let (low, high) = (values[place.floor() as usize], values[place.ceil() as usize]);
        low + (high - low) * place.fract()
    };
    Some((at(0.025), at(0.975)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cells::{Cell, Cells, Key};

    fn key() -> Key {
        Key { task: "entities", metric: "strict", group: "all".into() }
    }

    fn articles(hits: impl IntoIterator<Item = bool>) -> Articles {
        let mut articles = Articles::default();
        for (index, hit) in hits.into_iter().enumerate() {
            let cell = Cell::accuracy(f64::from(u8::from(hit)), 1.0);
            articles.push(&index.to_string(), &Cells::from([(key(), cell)]));
        }
        articles
    }

    #[test]
    fn the_interval_of_a_share_is_the_binomial_one() {
        // 200 articles with one item each, 80 % right: mean ± 1.96 · sqrt(0.8 · 0.2 / 200) = 0.8 ± 0.0554.
        let articles = articles((0..200).map(|n| n % 5 != 0));
        let statistic = Statistic::Recall(key());
        let found = intervals(&articles, std::slice::from_ref(&statistic), Resampling::default());
        let (low, high) = found[0].bounds.expect("bounds");
        assert_eq!(found[0].value, Some(0.8));
        assert!((low - 0.7446).abs() < 0.012 && (high - 0.8554).abs() < 0.012, "{low} {high}");
        // The same seed, the same interval, in whatever company; another seed, another one.
        let two =
            intervals(&articles, &[Statistic::F1(key()), statistic.clone()], Resampling::default());
        assert_eq!(two[1], found[0]);
        let other =
            intervals(&articles, &[statistic], Resampling { seed: 2, ..Default::default() });
        assert_ne!(other[0].bounds, found[0].bounds);
    }

    #[test]
    fn one_article_has_no_interval() {
        let found = intervals(&articles([true]), &[Statistic::F1(key())], Resampling::default());
        assert_eq!(found, [Interval { value: Some(1.0), bounds: None }]);
    }

    #[test]
    fn every_resample_has_as_many_articles() {
        let weights = draws(7, 3, 10..14);
        for resample in 0..4 {
            assert_eq!((0..7).map(|article| weights[article * 4 + resample]).sum::<u16>(), 7);
        }
        assert_eq!(draws(7, 3, 12..13), (0..7).map(|a| weights[a * 4 + 2]).collect::<Vec<_>>());
    }
}
