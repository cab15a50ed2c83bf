//! MUC, B³ and CEAFe of two partitions of mentions.

use std::collections::BTreeMap;

use crate::cells::Cell;
use crate::matching::{Edge, maximum_weight};

/// Clusters of mention ids; a mention stands in at most one cluster of a side.
pub(crate) type Clusters = Vec<Vec<usize>>;

/// Shared mentions of each pair of a gold and a predicted cluster that have any.
fn overlaps(golds: &Clusters, predicted: &Clusters) -> BTreeMap<(usize, usize), usize> {
    let mut owner = BTreeMap::new();
    for (cluster, mentions) in predicted.iter().enumerate() {
        owner.extend(mentions.iter().map(|mention| (*mention, cluster)));
    }
    let mut shared = BTreeMap::new();
    for (cluster, mentions) in golds.iter().enumerate() {
        for other in mentions.iter().filter_map(|mention| owner.get(mention)) {
            *shared.entry((cluster, *other)).or_default() += 1;
        }
    }
    shared
}

/// MUC (Vilain et al. 1995), B³ (Bagga and Baldwin 1998) and CEAF with φ4 (Luo 2005); mentions
/// that only one side has are treated as Pradhan et al. 2014 do. In this order.
pub(crate) fn scores(golds: &Clusters, predicted: &Clusters) -> [Cell; 3] {
    let shared = overlaps(golds, predicted);
    [
        muc(golds, predicted, &shared),
        b_cubed(golds, predicted, &shared),
        ceaf(golds, predicted, &shared),
    ]
}

/// Links kept: a cluster of n mentions has n − 1, less one for each further part that the other
/// side divides it into (a mention that the other side lacks is a part of its own).
fn muc(golds: &Clusters, predicted: &Clusters, shared: &BTreeMap<(usize, usize), usize>) -> Cell {
    let links = |clusters: &Clusters| -> f64 {
        clusters.iter().map(|cluster| cluster.len().saturating_sub(1) as f64).sum()
    };
    // Each shared part of n mentions keeps n − 1 links on either side.
    let kept: f64 = shared.values().map(|count| (count - 1) as f64).sum();
    Cell::matched(kept, links(predicted), links(golds))
}

/// For each mention, the share of its cluster that the other side has with it.
fn b_cubed(
    golds: &Clusters,
    predicted: &Clusters,
    shared: &BTreeMap<(usize, usize), usize>,
) -> Cell {
    let mentions = |clusters: &Clusters| clusters.iter().map(Vec::len).sum::<usize>() as f64;
    let mut cell = Cell::matched(0.0, mentions(predicted), mentions(golds));
    for ((gold, other), count) in shared {
        let squared = (count * count) as f64;
        cell.precision_hits += squared / predicted[*other].len() as f64;
        cell.recall_hits += squared / golds[*gold].len() as f64;
    }
    cell
}

/// The one-to-one alignment of clusters with the greatest sum of φ4 = 2·|K∩R| / (|K|+|R|).
fn ceaf(golds: &Clusters, predicted: &Clusters, shared: &BTreeMap<(usize, usize), usize>) -> Cell {
    let similarity = |gold: usize, other: usize, count: usize| {
        2.0 * count as f64 / (golds[gold].len() + predicted[other].len()) as f64
    };
    // The matching works on whole numbers: similarities in units of 2^-40.
    let edges: Vec<Edge> = shared
        .iter()
        .map(|((gold, other), count)| {
            let weight = (similarity(*gold, *other, *count) * (1u64 << 40) as f64) as i64;
            Edge { gold: *gold, predicted: *other, weight: weight.max(1) }
        })
        .collect();
    let partners = maximum_weight(golds.len(), predicted.len(), &edges);
    let pairs = partners.iter().enumerate().filter_map(|(gold, other)| Some((gold, (*other)?)));
    let sum: f64 = pairs
        .filter_map(|(gold, other)| Some(similarity(gold, other, *shared.get(&(gold, other))?)))
        .sum();
    Cell::matched(sum, predicted.len() as f64, golds.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cell: Cell, recall: f64, precision: f64) {
        assert!((cell.recall() - recall).abs() < 1e-12, "recall {} not {recall}", cell.recall());
        assert!(
            (cell.precision() - precision).abs() < 1e-12,
            "precision {} not {precision}",
            cell.precision()
        );
    }

    #[test]
    fn the_worked_example_of_pradhan_and_others_2014() {
        // Key {a b c} {d e f g}; response {a b} {c d} {f g h i}: section 3 of "Scoring coreference
        // partitions of predicted mentions" (ACL 2014), with a to i as 0 to 8.
        let key = vec![vec![0, 1, 2], vec![3, 4, 5, 6]];
        let response = vec![vec![0, 1], vec![2, 3], vec![5, 6, 7, 8]];
        let [muc, b_cubed, ceaf] = scores(&key, &response);
        // Recall ((3−2) + (4−3)) / ((3−1) + (4−1)) = 2/5; precision ((2−1) + (2−2) + (4−3)) / 5 = 2/5.
        check(muc, 0.4, 0.4);
        // Recall (2²/3 + 1²/3 + 1²/4 + 2²/4) / 7; precision (2²/2 + 1/2 + 1/2 + 2²/4) / 8.
        check(b_cubed, (4.0 / 3.0 + 1.0 / 3.0 + 0.25 + 1.0) / 7.0, 4.0 / 8.0);
        // {a b c} with {a b}: 4/5; {d e f g} with {f g h i}: 4/8.
        check(ceaf, 1.3 / 2.0, 1.3 / 3.0);
    }

    #[test]
    fn ceaf_aligns_the_whole_not_the_first_best() {
        // Luo 2005, figure 1: truth {1-5} {6 7} {8-C}. Response (c) puts all but {6 7} together.
        let key = vec![vec![1, 2, 3, 4, 5], vec![6, 7], vec![8, 9, 10, 11, 12]];
        let response = vec![vec![1, 2, 3, 4, 5, 8, 9, 10, 11, 12], vec![6, 7]];
        let [muc, b_cubed, ceaf] = scores(&key, &response);
        check(muc, 1.0, 9.0 / 10.0);
        // Each of the ten stands with five of its own among ten: precision (10 · ½ + 2) / 12.
        check(b_cubed, 1.0, 7.0 / 12.0);
        // One of the two with 2·5/15, {6 7} with 1.
        check(ceaf, (1.0 + 2.0 / 3.0) / 3.0, (1.0 + 2.0 / 3.0) / 2.0);
    }

    #[test]
    fn singletons_and_nothing() {
        let [muc, b_cubed, ceaf] = scores(&vec![vec![0], vec![1]], &vec![vec![0]]);
        assert_eq!(muc, Cell::default());
        check(b_cubed, 0.5, 1.0);
        check(ceaf, 0.5, 1.0);
        assert_eq!(scores(&Vec::new(), &Vec::new()), [Cell::default(); 3]);
    }
}
