//! Which sentences are read together.
//!
//! Each sentence is kept from one window. A window reads on to both sides of what it keeps, so
//! that the first and the last sentence kept have neighbours too. The training side cuts its
//! texts by the same rules.

use std::ops::Range;

/// How much a window holds, counted in pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    /// Longest sequence, special pieces included.
    pub(crate) max: usize,
    /// Most pieces of context on each side of the sentences kept.
    pub(crate) context: usize,
}

/// What is read at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Window {
    /// Whole sentences.
    Sentences {
        /// The sentences read.
        read: Range<usize>,
        /// Those whose results are taken from this window; never empty.
        core: Range<usize>,
    },
    /// One sentence that no sequence holds: it is cut by words, and read without context.
    Long(usize),
}

/// Cuts a text into windows, given the cost of each sentence: its pieces and a separator. A
/// sequence costs one piece more than its sentences.
///
/// The sentences kept follow each other through the windows and are all of the text.
pub(crate) fn plan(costs: &[usize], limits: Limits) -> Vec<Window> {
    let is_long = |cost: usize| 1 + cost > limits.max;
    let mut windows = Vec::new();
    let mut start = 0;
    // Context does not reach over a long sentence.
    for run in costs.chunk_by(|&a, &b| is_long(a) == is_long(b)) {
        let end = start + run.len();
        if is_long(run[0]) {
            windows.extend((start..end).map(Window::Long));
        } else {
            plan_run(run, start, limits, &mut windows);
        }
        start = end;
    }
    windows
}

/// The windows of neighbouring sentences, each of which a sequence holds.
fn plan_run(costs: &[usize], offset: usize, limits: Limits, windows: &mut Vec<Window>) {
    let mut at = 0;
    while at < costs.len() {
        let room = (limits.max - 1).saturating_sub(costs[at]);
        let left = fitting(costs[..at].iter().rev(), limits.context.min(room));
        let room = limits.max - 1 - left.cost;
        let mut core = fitting(costs[at..].iter(), room);
        let mut right = Fitting::default();
        if at + core.count < costs.len() {
            // There is more to come: leave room for context on the right, even if that means
            // keeping fewer sentences.
            core = fitting(costs[at..].iter(), room.saturating_sub(limits.context));
            if core.count == 0 {
                core = Fitting { count: 1, cost: costs[at] };
            }
            let room = room.saturating_sub(core.cost).min(limits.context);
            right = fitting(costs[at + core.count..].iter(), room);
        }
        let end = at + core.count;
        windows.push(Window::Sentences {
            read: offset + at - left.count..offset + end + right.count,
            core: offset + at..offset + end,
        });
        at = end;
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Fitting {
    count: usize,
    cost: usize,
}

/// How many of the first sentences cost at most `room` together.
fn fitting<'a>(costs: impl Iterator<Item = &'a usize>, room: usize) -> Fitting {
    let mut fitting = Fitting::default();
    for cost in costs {
        if fitting.cost + cost > room {
            break;
        }
        fitting.count += 1;
        fitting.cost += cost;
    }
    fitting
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn window(read: Range<usize>, core: Range<usize>) -> Window {
        Window::Sentences { read, core }
    }

    #[test]
    fn what_fits_is_one_window() {
        let limits = Limits { max: 256, context: 32 };
        assert_eq!(plan(&[85, 85, 85], limits), [window(0..3, 0..3)]);
        assert_eq!(plan(&[255], limits), [window(0..1, 0..1)]);
        assert_eq!(plan(&[256], limits), [Window::Long(0)]);
        assert!(plan(&[], limits).is_empty());
    }

    #[test]
    fn without_context_windows_follow_each_other() {
        let limits = Limits { max: 64, context: 0 };
        let found = plan(&[20, 20, 23, 20, 20, 24, 63], limits);
        let expected =
            [window(0..3, 0..3), window(3..5, 3..5), window(5..6, 5..6), window(6..7, 6..7)];
        assert_eq!(found, expected);
    }

    #[test]
    fn neighbours_are_read_on_both_sides() {
        let limits = Limits { max: 64, context: 16 };
        // Four are kept and leave room on the right; three, once there is room on the left too;
        // five at the end, where nothing follows.
        let found = plan(&[10; 12], limits);
        let expected = [window(0..5, 0..4), window(3..8, 4..7), window(6..12, 7..12)];
        assert_eq!(found, expected);
        // The sentence kept is so long that there is no context at all.
        let found = plan(&[10, 60, 10, 60], limits);
        let expected =
            [window(0..1, 0..1), window(1..2, 1..2), window(2..3, 2..3), window(3..4, 3..4)];
        assert_eq!(found, expected);
    }

    #[test]
    fn context_stops_at_a_long_sentence() {
        let limits = Limits { max: 64, context: 16 };
        let found = plan(&[5, 5, 90, 64, 5, 5], limits);
        let expected = [window(0..2, 0..2), Window::Long(2), Window::Long(3), window(4..6, 4..6)];
        assert_eq!(found, expected);
    }

    /// What the windows read, special pieces included; checks every law but that on the way.
    fn check(costs: &[usize], limits: Limits) -> usize {
        let sum = |range: Range<usize>| costs[range].iter().sum::<usize>();
        let (mut next, mut work) = (0, 0);
        for window in plan(costs, limits) {
            match window {
                Window::Long(sentence) => {
                    assert_eq!(sentence, next);
                    assert!(1 + costs[sentence] > limits.max);
                    next += 1;
                }
                Window::Sentences { read, core } => {
                    assert_eq!(core.start, next);
                    assert!(!core.is_empty());
                    next = core.end;
                    assert!(read.start <= core.start && core.end <= read.end);
                    assert!(sum(read.start..core.start) <= limits.context);
                    assert!(sum(core.end..read.end) <= limits.context);
                    let length = 1 + sum(read.clone());
                    assert!(length <= limits.max);
                    work += length;
                }
            }
        }
        assert_eq!(next, costs.len());
        work
    }

    proptest! {
        #[test]
        fn every_sentence_is_kept_once(
            costs in prop::collection::vec(prop_oneof![2_usize..40, 2_usize..300], 0..200),
            max in 64_usize..=256,
            context in 0_usize..=64,
        ) {
            let limits = Limits { max, context: context.min(max / 4) };
            let work = check(&costs, limits);
            // The cores of two windows in a row exceed max - 1 - 2 * context, half a window: else the
            // first would have kept more. So windows are no more than about four times the text.
            let total: usize = costs.iter().filter(|&&cost| cost < max).sum();
            let runs = costs.chunk_by(|a, b| (*a < max) == (*b < max)).count();
            prop_assert!(work <= 5 * total + runs * (max + 1), "{work} of {total}");
        }

        #[test]
        fn any_context_is_safe(
            costs in prop::collection::vec(2_usize..80, 0..60),
            max in 3_usize..=70,
            context in 0_usize..200,
        ) {
            check(&costs, Limits { max, context });
        }
    }

    #[test]
    fn context_costs_a_book_of_one_word_sentences_little() {
        let costs = vec![2; 100_000];
        let work = |context| check(&costs, Limits { max: 256, context });
        assert!(work(32) * 2 < work(0) * 3);
        assert!(work(64) * 4 < work(0) * 9);
    }
}
