//! Dependency trees from head scores.

/// A square of head scores: row = dependent word, column 0 = the root, column `i` = word `i - 1`.
///
/// Gives the head of every word in the best tree with exactly one child of the root
/// (Chu–Liu/Edmonds; `None` is the root). `score(word, column)` must be finite.
pub(crate) fn best_tree(words: usize, score: impl Fn(usize, usize) -> f32) -> Vec<Option<usize>> {
    let greedy: Vec<usize> = (0..words)
        .map(|word| {
            let columns = (0..=words).filter(|&column| column != word + 1);
            columns.fold(
                0,
                |best, column| {
                    if score(word, column) > score(word, best) { column } else { best }
                },
            )
        })
        .collect();
    let heads = if is_single_rooted(&greedy) { greedy } else { edmonds(words, score) };
    heads.into_iter().map(|head| head.checked_sub(1)).collect()
}

/// True if the heads (0 = root) form a tree with one child of the root.
fn is_single_rooted(heads: &[usize]) -> bool {
    heads.iter().filter(|&&head| head == 0).count() == usize::from(!heads.is_empty())
        && first_cycle(heads).is_none()
}

/// A word (from 0) on a cycle of `heads`, if there is one: the lowest of the first cycle found.
fn first_cycle(heads: &[usize]) -> Option<usize> {
    // 0 is the root and done; words are numbered from 1 here.
    let mut walk = vec![0_usize; heads.len() + 1];
    for start in 1..=heads.len() {
        let mut at = start;
        while at != 0 && walk[at] == 0 {
            walk[at] = start;
            at = heads[at - 1];
        }
        if at != 0 && walk[at] == start {
            let (mut lowest, mut on) = (at, heads[at - 1]);
            while on != at {
                lowest = lowest.min(on);
                on = heads[on - 1];
            }
            return Some(lowest - 1);
        }
    }
    None
}

/// One contraction: what is needed to undo it.
struct Contraction {
    /// The node that stands for the cycle from here on; itself a member.
    node: usize,
    /// The members and their heads in the cycle.
    members: Vec<(usize, usize)>,
    /// For each head outside: the member it enters the cycle by.
    enter: Vec<usize>,
    /// For each dependent outside: the member that is its head.
    leave: Vec<usize>,
}

/// Chu–Liu/Edmonds on a dense matrix, contracting in place: quadratic in the number of words.
fn edmonds(words: usize, score: impl Fn(usize, usize) -> f32) -> Vec<usize> {
    let size = words + 1;
    let mut weight = vec![f64::NEG_INFINITY; size * size];
    let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
    for dependent in 1..size {
        for head in (0..size).filter(|&head| head != dependent) {
            let value = f64::from(score(dependent - 1, head));
            weight[head * size + dependent] = value;
            least = least.min(value);
            most = most.max(value);
        }
    }
    // A second child of the root costs more than all other edges can gain.
    let penalty = (most - least) * size as f64 + 1.0;
    weight[1..size].iter_mut().for_each(|of_root| *of_root -= penalty);

    let mut active = vec![true; size];
    let mut heads = vec![0; size];
    for (node, head) in heads.iter_mut().enumerate().skip(1) {
        *head = best_head(&weight, &active, size, node);
    }
    let mut undo = Vec::new();
    let mut finished = vec![false; size];
    finished[0] = true;
    let mut start = 1;
    while start < size {
        if !active[start] || finished[start] {
            start += 1;
            continue;
        }
        let path = walk(&heads, &finished, start);
        let Some(cycle) = path.cycle else {
            path.nodes.iter().for_each(|&node| finished[node] = true);
            continue;
        };
        let contraction = contract(&mut weight, &mut active, &heads, size, &path.nodes[cycle..]);
        for (node, head) in heads.iter_mut().enumerate() {
            if active[node] && !active[*head] {
                *head = contraction.node;
            }
        }
        // Heads that were the node itself, as one member, stay: it stands for all members now.
        heads[contraction.node] = best_head(&weight, &active, size, contraction.node);
        undo.push(contraction);
    }
    for contraction in undo.iter().rev() {
        let outside = heads[contraction.node];
        let entered = contraction.enter[outside];
        for (node, head) in heads.iter_mut().enumerate().skip(1) {
            if active[node] && node != contraction.node && *head == contraction.node {
                *head = contraction.leave[node];
            }
        }
        for &(member, head) in &contraction.members {
            active[member] = true;
            heads[member] = if member == entered { outside } else { head };
        }
    }
    heads.split_off(1)
}

struct Path {
    nodes: Vec<usize>,
    /// Where in `nodes` the cycle begins, if the walk ended in one.
    cycle: Option<usize>,
}

/// Follows the heads from `start` until it meets a finished node or itself.
fn walk(heads: &[usize], finished: &[bool], start: usize) -> Path {
    let mut place = vec![usize::MAX; heads.len()];
    let mut nodes = Vec::new();
    let mut at = start;
    while !finished[at] {
        if place[at] != usize::MAX {
            return Path { nodes, cycle: Some(place[at]) };
        }
        place[at] = nodes.len();
        nodes.push(at);
        at = heads[at];
    }
    Path { nodes, cycle: None }
}

fn best_head(weight: &[f64], active: &[bool], size: usize, node: usize) -> usize {
    let mut best = 0;
    for head in (0..size).filter(|&head| active[head] && head != node) {
        if weight[head * size + node] > weight[best * size + node] {
            best = head;
        }
    }
    best
}

fn contract(
    weight: &mut [f64],
    active: &mut [bool],
    heads: &[usize],
    size: usize,
    cycle: &[usize],
) -> Contraction {
    let members: Vec<(usize, usize)> = cycle.iter().map(|&node| (node, heads[node])).collect();
    let node = cycle[0];
    let mut enter = vec![node; size];
    let mut leave = vec![node; size];
    for &member in cycle {
        active[member] = false;
    }
    for other in (0..size).filter(|&other| active[other]) {
        let (mut best_in, mut best_out) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
        for &(member, head) in &members {
            let gain = weight[other * size + member] - weight[head * size + member];
            if gain > best_in {
                (best_in, enter[other]) = (gain, member);
            }
            let out = weight[member * size + other];
            if out > best_out {
                (best_out, leave[other]) = (out, member);
            }
        }
        weight[other * size + node] = best_in;
        weight[node * size + other] = best_out;
    }
    active[node] = true;
    Contraction { node, members, enter, leave }
}

/// What [`stitch`] changed of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repair {
    /// It became the sentence's root.
    Root,
    /// It was the root of its window and now hangs on the sentence's root.
    SecondRoot,
    /// It was cut off from the root and now hangs on it.
    Adrift,
}

/// Makes one tree of heads that were found window by window. Each word changed is reported.
pub(crate) fn stitch(heads: &mut [Option<usize>]) -> Vec<(usize, Repair)> {
    let mut repairs = Vec::new();
    if heads.is_empty() {
        return repairs;
    }
    let mut roots = (0..heads.len()).filter(|&word| heads[word].is_none());
    let root = roots.next();
    let others: Vec<usize> = roots.collect();
    let root = root.unwrap_or_else(|| {
        // Every window's root is kept by another window: without a root there is a cycle.
        let plain: Vec<usize> = heads.iter().map(|head| head.map_or(0, |h| h + 1)).collect();
        let word = first_cycle(&plain).unwrap_or(0);
        heads[word] = None;
        repairs.push((word, Repair::Root));
        word
    });
    for word in others {
        heads[word] = Some(root);
        repairs.push((word, Repair::SecondRoot));
    }
    let mut walk = vec![0_usize; heads.len()];
    for start in 0..heads.len() {
        let mut at = start;
        while walk[at] == 0 {
            walk[at] = start + 1;
            match heads[at] {
                Some(head) => at = head,
                None => break,
            }
        }
        if at != root && walk[at] == start + 1 {
            heads[at] = Some(root);
            repairs.push((at, Repair::Adrift));
        }
    }
    repairs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn matrix(words: usize, flat: &[f32]) -> impl Fn(usize, usize) -> f32 + Copy + '_ {
        move |word, column| flat[word * (words + 1) + column]
    }

    fn total(heads: &[Option<usize>], score: impl Fn(usize, usize) -> f32) -> f64 {
        heads.iter().enumerate().map(|(w, h)| f64::from(score(w, h.map_or(0, |h| h + 1)))).sum()
    }

    fn is_tree(heads: &[Option<usize>]) -> bool {
        let plain: Vec<usize> = heads.iter().map(|head| head.map_or(0, |h| h + 1)).collect();
        is_single_rooted(&plain)
    }

    fn brute_force(words: usize, score: impl Fn(usize, usize) -> f32 + Copy) -> f64 {
        let mut best = f64::NEG_INFINITY;
        for code in 0..(words + 1).pow(words as u32) {
            let heads: Vec<Option<usize>> = (0..words)
                .map(|i| (code / (words + 1).pow(i as u32) % (words + 1)).checked_sub(1))
                .collect();
            if is_tree(&heads) {
                best = best.max(total(&heads, score));
            }
        }
        best
    }

    #[test]
    fn small_trees() {
        assert_eq!(best_tree(0, |_, _| 0.0), []);
        assert_eq!(best_tree(1, |_, _| -1.0), [None]);
        // Both words want the root; the second wants it more.
        let flat = [5.0, -1e4, 1.0, 7.0, 1.0, -1e4];
        assert_eq!(best_tree(2, matrix(2, &flat)), [Some(1), None]);
        // Two words that choose each other.
        let flat = [1.0, -1e4, 5.0, 2.0, 5.0, -1e4];
        assert_eq!(best_tree(2, matrix(2, &flat)), [Some(1), None]);
    }

    #[test]
    fn equal_scores_still_make_a_tree() {
        for words in 1..40 {
            assert!(is_tree(&best_tree(words, |_, _| 0.0)));
            assert!(is_tree(&best_tree(words, |_, column| if column == 0 { -1e4 } else { 0.0 })));
        }
    }

    #[test]
    fn stitching_repairs() {
        let mut heads = [None, Some(0), Some(3), Some(2), None, Some(4)];
        let repairs = stitch(&mut heads);
        assert!(is_tree(&heads));
        assert_eq!(heads[4], Some(0));
        assert_eq!(repairs, [(4, Repair::SecondRoot), (2, Repair::Adrift)]);
        let mut rootless = [Some(1), Some(0), Some(1)];
        assert_eq!(stitch(&mut rootless), [(0, Repair::Root)]);
        assert!(is_tree(&rootless));
    }

    proptest! {
        #[test]
        fn agrees_with_enumeration(
            (words, flat) in (1_usize..6).prop_flat_map(|n| {
                (Just(n), prop::collection::vec(-8.0_f32..8.0, n * (n + 1)))
            }),
        ) {
            let score = matrix(words, &flat);
            let heads = best_tree(words, score);
            prop_assert!(is_tree(&heads));
            prop_assert!((total(&heads, score) - brute_force(words, score)).abs() < 1e-6);
        }

        #[test]
        fn agrees_with_enumeration_on_ties(
            (words, flat) in (1_usize..6).prop_flat_map(|n| {
                (Just(n), prop::collection::vec((0_i8..3).prop_map(f32::from), n * (n + 1)))
            }),
        ) {
            let score = matrix(words, &flat);
            let heads = best_tree(words, score);
            prop_assert!(is_tree(&heads));
            prop_assert!((total(&heads, score) - brute_force(words, score)).abs() < 1e-6);
        }

        #[test]
        fn always_a_tree(
            (words, flat) in (1_usize..60).prop_flat_map(|n| {
                (Just(n), prop::collection::vec(-100.0_f32..100.0, n * (n + 1)))
            }),
        ) {
            prop_assert!(is_tree(&best_tree(words, matrix(words, &flat))));
        }

        #[test]
        fn stitching_makes_a_tree(
            mut heads in (1_usize..50).prop_flat_map(|n| {
                prop::collection::vec(prop::option::weighted(0.9, 0..n), n)
            }),
        ) {
            stitch(&mut heads);
            prop_assert!(is_tree(&heads));
        }
    }
}
