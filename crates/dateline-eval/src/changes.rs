//! Which articles got better, and which worse.

use crate::cells::Cell;
use crate::compare::Pairing;
use crate::statistic::{Plan, Statistic, add_row};

/// An article on which the runs differ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// Index of the article in A.
    pub article: usize,
    /// Items that A has wrong (missed and spurious).
    pub errors_a: f64,
    /// Items that B has wrong.
    pub errors_b: f64,
    /// Value of A on this article.
    pub value_a: Option<f64>,
    /// Value of B on this article.
    pub value_b: Option<f64>,
}

/// Articles by what became of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// B has fewer errors; the largest change first.
    pub better: Vec<Change>,
    /// B has more errors; the largest change first.
    pub worse: Vec<Change>,
    /// How many articles have as many errors in both.
    pub equal: usize,
}

impl Pairing<'_> {
    /// The articles that got better and worse by a statistic.
    pub fn changes(&self, statistic: &Statistic) -> Changes {
        let plan = Plan::new(std::slice::from_ref(statistic), self.a, self.b.keys());
        let places_b = plan.places_in(self.b);
        let mut changes = Changes::default();
        for (article, partner) in self.partners.iter().enumerate() {
            let mut sums = [vec![Cell::default(); plan.width], vec![Cell::default(); plan.width]];
            add_row(self.a.row(article), plan.places(), plan.width, &[1], &mut sums[0]);
            add_row(self.b.row(*partner), &places_b, plan.width, &[1], &mut sums[1]);
            let of = &plan.statistics[0];
            let [errors_a, errors_b] = [of.badness(&sums[0]), of.badness(&sums[1])];
            let [value_a, value_b] = [of.value(&sums[0]), of.value(&sums[1])];
            let change = Change { article, errors_a, errors_b, value_a, value_b };
            match errors_b.total_cmp(&errors_a) {
                std::cmp::Ordering::Less => changes.better.push(change),
                std::cmp::Ordering::Greater => changes.worse.push(change),
                std::cmp::Ordering::Equal => changes.equal += 1,
            }
        }
        let size = |change: &Change| (change.errors_b - change.errors_a).abs();
        changes.better.sort_by(|x, y| size(y).total_cmp(&size(x)));
        changes.worse.sort_by(|x, y| size(y).total_cmp(&size(x)));
        changes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{key, run};

    #[test]
    fn better_and_worse_articles() {
        let a = run([(1, 5.0), (2, 5.0), (3, 5.0), (4, 5.0)]);
        let b = run([(4, 9.0), (3, 5.0), (2, 6.0), (1, 4.0)]);
        let changes = Pairing::new(&a, &b).expect("same").changes(&Statistic::F1(key()));
        let better: Vec<(usize, f64, f64)> =
            changes.better.iter().map(|c| (c.article, c.errors_a, c.errors_b)).collect();
        assert_eq!(better, [(3, 10.0, 2.0), (1, 10.0, 8.0)]);
        assert_eq!((changes.worse.len(), changes.worse[0].article, changes.equal), (1, 0, 1));
    }
}
