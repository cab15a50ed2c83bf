//! Is B better than A? Both are scored on the same articles; what counts is the difference on each.

use std::collections::BTreeMap;

use rand_chacha::rand_core::Rng;

use crate::articles::Articles;
use crate::bootstrap::{Resampling, batches, bounds, draws, stream};
use crate::cells::Cell;
use crate::statistic::{Plan, Statistic, add_row};

/// Two scored runs that can't be compared.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CompareError {
    /// They don't hold the same articles.
    #[error(
        "the runs don't hold the same articles: {missing} of A are not in B{first_missing}, {extra} of B \
         are not in A{first_extra}"
    )]
    OtherArticles {
        /// Articles of A that B does not have.
        missing: usize,
        /// The first of them, for the message.
        first_missing: Example,
        /// Articles of B that A does not have.
        extra: usize,
        /// The first of them.
        first_extra: Example,
    },
    /// An id stands twice.
    #[error("article {id:?} stands twice in {run}")]
    Repeated {
        /// The id.
        id: String,
        /// `A` or `B`.
        run: char,
    },
}

/// An id shown in a message, if there is one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Example(pub Option<String>);

impl std::fmt::Display for Example {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.as_ref().map_or(Ok(()), |id| write!(f, " (such as {id:?})"))
    }
}

/// A verdict on one statistic.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// Value of A.
    pub a: Option<f64>,
    /// Value of B.
    pub b: Option<f64>,
    /// B less A.
    pub difference: Option<f64>,
    /// 95 % percentile interval of the difference, by bootstrap over the articles, each drawn for
    /// both runs together.
    pub bounds: Option<(f64, f64)>,
    /// Two-sided p-value by approximate randomization (Noreen 1989, Yeh 2000): how often the
    /// difference is at least as large if the runs swap each article with chance ½.
    pub p: Option<f64>,
}

/// Two runs over the same articles.
#[derive(Clone, Debug)]
pub struct Pairing<'a> {
    pub(crate) a: &'a Articles,
    pub(crate) b: &'a Articles,
    /// For each article of A, its index in B.
    pub(crate) partners: Vec<usize>,
}

impl<'a> Pairing<'a> {
    /// Pairs the articles by their ids; order does not matter.
    pub fn new(a: &'a Articles, b: &'a Articles) -> Result<Pairing<'a>, CompareError> {
        let (of_a, of_b) = (index(a, 'A')?, index(b, 'B')?);
        let missing: Vec<&&str> = of_a.keys().filter(|id| !of_b.contains_key(**id)).collect();
        let extra: Vec<&&str> = of_b.keys().filter(|id| !of_a.contains_key(**id)).collect();
        if !missing.is_empty() || !extra.is_empty() {
            let example = |ids: &[&&str]| Example(ids.first().map(|id| id.to_string()));
            return Err(CompareError::OtherArticles {
                missing: missing.len(),
                first_missing: example(&missing),
                extra: extra.len(),
                first_extra: example(&extra),
            });
        }
        let partners =
            (0..a.len()).filter_map(|article| of_b.get(a.id(article)).copied()).collect();
        Ok(Pairing { a, b, partners })
    }

    /// Compares by each of the statistics, all on the same resamples and swaps.
    pub fn compare(&self, statistics: &[Statistic], resampling: Resampling) -> Vec<Comparison> {
        let plan = Plan::new(statistics, self.a, self.b.keys());
        let places_b = plan.places_in(self.b);
        let ones = vec![1; self.a.len()];
        let [all_a, all_b] = self.sums(&plan, &places_b, [&ones, &ones], 1);
        let differences = |a: &[Cell], b: &[Cell]| -> Vec<Option<f64>> {
            let of = plan.statistics.iter().map(|of| Some(of.value(b)? - of.value(a)?));
            of.collect()
        };
        let observed = differences(&all_a, &all_b);
        let mut drawn: Vec<Vec<f64>> = vec![Vec::new(); statistics.len()];
        let mut as_large = vec![0usize; statistics.len()];
        if self.a.len() > 1 {
            for batch in batches(resampling) {
                let (count, width) = (batch.len(), plan.width);
                let each = |sums: [Vec<Cell>; 2], mut take: Box<dyn FnMut(usize, f64) + '_>| {
                    for resample in 0..count {
                        let own = resample * width..(resample + 1) * width;
                        let found = differences(&sums[0][own.clone()], &sums[1][own]);
                        for (index, value) in found.into_iter().enumerate() {
                            if let Some(value) = value {
                                take(index, value);
                            }
                        }
                    }
                };
                let weights = draws(self.a.len(), resampling.seed, batch.clone());
                let sums = self.sums(&plan, &places_b, [&weights, &weights], count);
                each(sums, Box::new(|index, value| drawn[index].push(value)));

                let swaps = swaps(self.a.len(), resampling.seed, batch.clone());
                let stays: Vec<u16> = swaps.iter().map(|swap| 1 - swap).collect();
                let [mut one, mut two] = self.sums(&plan, &places_b, [&stays, &stays], count);
                let [from_a, from_b] = self.sums(&plan, &places_b, [&swaps, &swaps], count);
                one.iter_mut().zip(from_b).for_each(|(cell, other)| cell.add(other));
                two.iter_mut().zip(from_a).for_each(|(cell, other)| cell.add(other));
                // A hair's breadth for sums taken in another order.
                each(
                    [one, two],
                    Box::new(|index, value| {
                        let least = observed[index].unwrap_or(0.0).abs() - 1e-12;
                        as_large[index] += usize::from(value.abs() >= least);
                    }),
                );
            }
        }
        let p = |count: usize| (count + 1) as f64 / (resampling.resamples + 1) as f64;
        drawn
            .into_iter()
            .enumerate()
            .map(|(index, values)| Comparison {
                a: plan.statistics[index].value(&all_a),
                b: plan.statistics[index].value(&all_b),
                difference: observed[index],
                bounds: bounds(values),
                p: observed[index].filter(|_| self.a.len() > 1).map(|_| p(as_large[index])),
            })
            .collect()
    }

    /// Sums of A and of B, each with its own weights per article of A and resample.
    fn sums(
        &self,
        plan: &Plan,
        places_b: &[Option<usize>],
        weights: [&[u16]; 2],
        resamples: usize,
    ) -> [Vec<Cell>; 2] {
        let empty = || vec![Cell::default(); plan.width * resamples];
        let (mut of_a, mut of_b) = (empty(), empty());
        for (article, partner) in self.partners.iter().enumerate() {
            let own = article * resamples..(article + 1) * resamples;
            let [weights_a, weights_b] = weights.map(|weights| &weights[own.clone()]);
            add_row(self.a.row(article), plan.places(), plan.width, weights_a, &mut of_a);
            add_row(self.b.row(*partner), places_b, plan.width, weights_b, &mut of_b);
        }
        [of_a, of_b]
    }
}

fn index(articles: &Articles, run: char) -> Result<BTreeMap<&str, usize>, CompareError> {
    let mut index = BTreeMap::new();
    for article in 0..articles.len() {
        if index.insert(articles.id(article), article).is_some() {
            return Err(CompareError::Repeated { id: articles.id(article).to_string(), run });
        }
    }
    Ok(index)
}

/// Which articles the runs swap (1) in each of the resamples: by article, then by resample.
fn swaps(articles: usize, seed: u64, resamples: std::ops::Range<usize>) -> Vec<u16> {
    let mut swaps = vec![0; articles * resamples.len()];
    for (column, resample) in resamples.clone().enumerate() {
        // Streams of their own, above those of the bootstrap.
        let mut rng = stream(seed, resample as u64 | 1 << 40);
        for article in 0..articles {
            swaps[article * resamples.len() + column] = (rng.next_u32() >> 31) as u16;
        }
    }
    swaps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{key, run};

    #[test]
    fn a_steady_gain_is_significant_and_noise_is_not() {
        let a = run((0..40).map(|n| (n, 5.0)));
        let b = run((0..40).rev().map(|n| (n, 6.0)));
        let pairing = Pairing::new(&a, &b).expect("same articles");
        let found = pairing.compare(&[Statistic::F1(key())], Resampling::default())[0];
        assert!((found.difference.expect("difference") - 0.1).abs() < 1e-12);
        assert!(found.p.expect("p") < 0.01, "{found:?}");
        let (low, high) = found.bounds.expect("bounds");
        assert!((low - 0.1).abs() < 1e-9 && (high - 0.1).abs() < 1e-9);

        let c = run((0..40).map(|n| (n, if n % 2 == 0 { 6.0 } else { 4.0 })));
        let noise = Pairing::new(&a, &c)
            .expect("same")
            .compare(&[Statistic::F1(key())], Resampling::default());
        assert!(noise[0].p.expect("p") > 0.9, "{noise:?}");
        let (low, high) = noise[0].bounds.expect("bounds");
        assert!(low < 0.0 && high > 0.0);
    }

    #[test]
    fn p_is_that_of_the_exact_test_on_few_articles() {
        // Five articles, B better by one on each: of the 32 swaps, two are as extreme: p = 1/16.
        let a = run((0..5).map(|n| (n, 3.0)));
        let b = run((0..5).map(|n| (n, 4.0)));
        let many = Resampling { resamples: 20_000, seed: 7 };
        let found = Pairing::new(&a, &b).expect("same").compare(&[Statistic::F1(key())], many);
        assert!((found[0].p.expect("p") - 0.0625).abs() < 0.006, "{found:?}");
    }

    #[test]
    fn other_articles_are_named() {
        let (a, b) = (run([(1, 1.0), (2, 1.0)]), run([(2, 1.0), (3, 1.0), (4, 1.0)]));
        let error = Pairing::new(&a, &b).expect_err("other articles").to_string();
        assert!(
            error.contains(
                "1 of A are not in B (such as \"1\"), 2 of B are not in A (such as \"3\")"
            ),
            "{error}"
        );
        let twice = run([(2, 1.0), (2, 1.0)]);
        assert!(
            Pairing::new(&a, &twice)
                .expect_err("twice")
                .to_string()
                .contains("\"2\" stands twice in B")
        );
    }
}
