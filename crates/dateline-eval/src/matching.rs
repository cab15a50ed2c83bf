//! Who is whose partner: one-to-one matching of gold items with predictions.

use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;

/// Half-open stretch of code points on the axis of an article.
pub type Span = (usize, usize);

/// A possible pair and what it is worth (more than 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Index of the gold item.
    pub gold: usize,
    /// Index of the prediction.
    pub predicted: usize,
    /// Worth of the pair.
    pub weight: i64,
}

/// All pairs of overlapping spans, by gold index, then by prediction. Empty spans overlap nothing.
/// Linear in the number of spans and pairs, apart from sorting.
pub fn overlapping(gold: &[Span], predicted: &[Span]) -> Vec<(usize, usize)> {
    let side = |spans: &[Span], is_gold: bool| {
        let items = spans.iter().enumerate().filter(|(_, span)| span.0 < span.1);
        items.map(|(index, span)| (*span, is_gold, index)).collect::<Vec<_>>()
    };
    let mut items = side(gold, true);
    items.extend(side(predicted, false));
    items.sort_unstable();
    let (mut open_gold, mut open_predicted) = (Vec::new(), Vec::new());
    let mut pairs = Vec::new();
    for ((start, end), is_gold, index) in items {
        let (own, others) = if is_gold {
            (&mut open_gold, &mut open_predicted)
        } else {
            (&mut open_predicted, &mut open_gold)
        };
        others.retain(|(other_end, _): &(usize, usize)| *other_end > start);
        for (_, other) in others.iter() {
            pairs.push(if is_gold { (index, *other) } else { (*other, index) });
        }
        own.push((end, index));
    }
    pairs.sort_unstable();
    pairs
}

/// The one-to-one matching of the greatest total weight: the partner of each gold item.
///
/// Items that compete with each other form small groups; the cubic algorithm (Kuhn 1955, Munkres
/// 1957) runs within a group only.
pub fn maximum_weight(golds: usize, predictions: usize, edges: &[Edge]) -> Vec<Option<usize>> {
    let mut partners = vec![None; golds];
    for group in groups(golds, predictions, edges) {
        if let [edge] = group[..] {
            partners[edge.gold] = Some(edge.predicted);
            continue;
        }
        let left = distinct(group.iter().map(|edge| edge.gold));
        let right = distinct(group.iter().map(|edge| edge.predicted));
        // No row may be left without a column: the smaller side makes the rows.
        let gold_rows = left.len() <= right.len();
        let (rows, columns) = if gold_rows { (&left, &right) } else { (&right, &left) };
        let mut weights = Matrix::new(rows.len(), columns.len(), 0i64);
        for edge in &group {
            let (row, column) =
                if gold_rows { (edge.gold, edge.predicted) } else { (edge.predicted, edge.gold) };
            if let (Ok(row), Ok(column)) =
                (rows.binary_search(&row), columns.binary_search(&column))
            {
                let weight = &mut weights[(row, column)];
                *weight = edge.weight.max(*weight);
            }
        }
        for (row, column) in kuhn_munkres(&weights).1.into_iter().enumerate() {
            if weights[(row, column)] > 0 {
                let (row, column) = (rows[row], columns[column]);
                let (gold, predicted) = if gold_rows { (row, column) } else { (column, row) };
                partners[gold] = Some(predicted);
            }
        }
    }
    partners
}

/// The partners of the predictions, given those of the gold items.
pub fn inverse(partners: &[Option<usize>], predictions: usize) -> Vec<Option<usize>> {
    let mut inverse = vec![None; predictions];
    for (gold, partner) in partners.iter().enumerate() {
        if let Some(predicted) = partner {
            inverse[*predicted] = Some(gold);
        }
    }
    inverse
}

/// Edges by connected component.
fn groups(golds: usize, predictions: usize, edges: &[Edge]) -> Vec<Vec<Edge>> {
    let mut parents: Vec<usize> = (0..golds + predictions).collect();
    fn root(parents: &mut [usize], mut node: usize) -> usize {
        while parents[node] != node {
            parents[node] = parents[parents[node]];
            node = parents[node];
        }
        node
    }
    for edge in edges {
        let a = root(&mut parents, edge.gold);
        let b = root(&mut parents, golds + edge.predicted);
        parents[a.max(b)] = a.min(b);
    }
    let mut keyed: Vec<(usize, Edge)> =
        edges.iter().map(|edge| (root(&mut parents, edge.gold), *edge)).collect();
    keyed.sort_by_key(|(root, edge)| (*root, edge.gold, edge.predicted));
    keyed
        .chunk_by(|a, b| a.0 == b.0)
        .map(|group| group.iter().map(|(_, edge)| *edge).collect())
        .collect()
}

fn distinct(items: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut items: Vec<usize> = items.collect();
    items.sort_unstable();
    items.dedup();
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_and_touching_spans() {
        let gold = [(0, 10), (2, 4), (10, 12), (5, 5)];
        let predicted = [(4, 10), (3, 11), (12, 13)];
        assert_eq!(overlapping(&gold, &predicted), [(0, 0), (0, 1), (1, 1), (2, 1)]);
    }

    #[test]
    fn the_whole_counts_not_the_first_best_pair() {
        // Taking the best pair (1, 0) first would leave item 0 alone: 5 + 0 < 4 + 4.
        let edge = |gold, predicted, weight| Edge { gold, predicted, weight };
        let edges = [edge(0, 0, 4), edge(1, 0, 5), edge(1, 1, 4), edge(2, 3, 1)];
        assert_eq!(maximum_weight(4, 4, &edges), [Some(0), Some(1), Some(3), None]);
        let one = [edge(0, 0, 2), edge(0, 1, 3), edge(0, 2, 1)];
        assert_eq!(maximum_weight(1, 3, &one), [Some(1)]);
        let other = [edge(0, 0, 2), edge(1, 0, 3), edge(2, 0, 1)];
        assert_eq!(maximum_weight(3, 1, &other), [None, Some(0), None]);
        assert_eq!(inverse(&[None, Some(0), None], 1), [Some(1)]);
    }

    #[test]
    fn a_long_article_is_matched_quickly() {
        let spans: Vec<Span> = (0..200_000).map(|n| (3 * n, 3 * n + 2)).collect();
        let edges: Vec<Edge> = overlapping(&spans, &spans)
            .into_iter()
            .map(|(gold, predicted)| Edge { gold, predicted, weight: 1 })
            .collect();
        let partners = maximum_weight(spans.len(), spans.len(), &edges);
        assert!(partners.iter().enumerate().all(|(gold, partner)| *partner == Some(gold)));
    }
}
