//! A sentence that the encoder cannot take at once is read in overlapping windows of words.

use std::ops::Range;

/// Words of context a kept word should have on each side, where the sentence has them.
const CONTEXT: usize = 32;

/// A stretch of a sentence that the encoder reads at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    /// The words read.
    pub(crate) words: Range<usize>,
    /// Those whose results are taken from this window. The windows' `keep`s follow each other.
    pub(crate) keep: Range<usize>,
}

/// Cuts a sentence into windows of at most `limit` pieces, given the pieces of each word.
///
/// The limit is more than any word has.
pub(crate) fn windows(pieces: &[usize], limit: usize) -> Vec<Window> {
    let mut reads = reads(pieces, limit);
    if let Some(last) = reads.last_mut() {
        // The last window has room left: fill it with context.
        let start = pieces.len() - fitting(pieces.iter().rev(), limit);
        last.start = last.start.min(start);
    }
    let mut kept = 0;
    let end_of = |i: usize| match reads.get(i + 1) {
        // The middle of the overlap is where both windows see equally much.
        Some(next) => (reads[i].end + next.start) / 2,
        None => pieces.len(),
    };
    let keeps: Vec<_> = (0..reads.len())
        .map(|i| {
            let keep = kept..end_of(i);
            kept = keep.end;
            keep
        })
        .collect();
    let cut = reads.into_iter().zip(keeps).map(|(words, keep)| Window { words, keep });
    // Where few words fill a window, the last one may have made the one before it needless.
    cut.filter(|window| !window.keep.is_empty()).collect()
}

fn reads(pieces: &[usize], limit: usize) -> Vec<Range<usize>> {
    let mut reads = Vec::new();
    let mut start = 0;
    while start < pieces.len() {
        let end = start + fitting(pieces[start..].iter(), limit);
        reads.push(start..end);
        if end == pieces.len() {
            break;
        }
        start = end - (2 * CONTEXT).min((end - start) / 2);
    }
    reads
}

/// How many of the first words fit; at least one.
fn fitting<'a>(pieces: impl Iterator<Item = &'a usize>, limit: usize) -> usize {
    let mut total = 0;
    let fit = pieces.take_while(|&&count| {
        total += count;
        total <= limit
    });
    fit.count().max(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_short_sentence_is_one_window() {
        assert_eq!(windows(&[1; 254], 254), [Window { words: 0..254, keep: 0..254 }]);
        assert!(windows(&[], 254).is_empty());
    }

    #[test]
    fn a_long_sentence_overlaps() {
        let cut = windows(&[1; 300], 254);
        assert_eq!(cut.len(), 2);
        assert_eq!(cut[0], Window { words: 0..254, keep: 0..150 });
        assert_eq!(cut[1], Window { words: 46..300, keep: 150..300 });
        for window in windows(&[1; 5000], 254).windows(2) {
            assert!(window[0].words.end - window[0].keep.end >= CONTEXT);
            assert!(window[1].keep.start - window[1].words.start >= CONTEXT);
        }
    }

    proptest! {
        #[test]
        fn every_word_is_kept_once(
            pieces in prop::collection::vec(1_usize..=24, 1..600),
            limit in 24_usize..254,
        ) {
            let cut = windows(&pieces, limit);
            let mut next = 0;
            for window in &cut {
                prop_assert_eq!(window.keep.start, next);
                next = window.keep.end;
                prop_assert!(!window.keep.is_empty());
                prop_assert!(window.words.start <= window.keep.start);
                prop_assert!(window.keep.end <= window.words.end);
                prop_assert!(pieces[window.words.clone()].iter().sum::<usize>() <= limit);
            }
            prop_assert_eq!(next, pieces.len());
            // Windows advance by half a window at least: the work stays linear.
            let total: usize = cut.iter().map(|w| w.words.len()).sum();
            prop_assert!(total <= 3 * pieces.len() + limit);
        }
    }
}
