//! Which sequences run together.

/// Padded lengths. They depend on a sequence alone, never on its batch: so do its results.
const LADDER: [usize; 10] = [16, 32, 48, 64, 96, 128, 160, 192, 224, 256];

/// How much the encoder reads at once.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BatchOptions {
    /// Most pieces (padding included) in one batch. More takes more memory; results don't change.
    pub pieces: usize,
}

impl Default for BatchOptions {
    fn default() -> Self {
        BatchOptions { pieces: 1024 }
    }
}

impl BatchOptions {
    /// The same with another token budget.
    pub fn with_pieces(mut self, pieces: usize) -> Self {
        self.pieces = pieces;
        self
    }
}

/// Sequences that run together, padded to one length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Batch {
    pub(crate) padded: usize,
    /// Indices of the sequences; never empty.
    pub(crate) sequences: Vec<usize>,
}

/// The length a sequence of `length` pieces is padded to.
pub(crate) fn padded(length: usize, max: usize) -> usize {
    LADDER.into_iter().find(|&step| length <= step && step <= max).unwrap_or(max.max(length))
}

/// Groups sequences of like length, as many as the budget holds but at least one.
pub(crate) fn plan(lengths: &[usize], max: usize, options: &BatchOptions) -> Vec<Batch> {
    let padded: Vec<usize> = lengths.iter().map(|&length| padded(length, max)).collect();
    let mut order: Vec<usize> = (0..lengths.len()).collect();
    // Long ones first: they take longest, and a parallel caller ends evenly.
    order.sort_by_key(|&i| std::cmp::Reverse(padded[i]));
    let mut batches = Vec::new();
    for bucket in order.chunk_by(|&a, &b| padded[a] == padded[b]) {
        let length = padded[bucket[0]];
        let size = (options.pieces / length).max(1);
        batches.extend(
            bucket.chunks(size).map(|chunk| Batch { padded: length, sequences: chunk.to_vec() }),
        );
    }
    batches
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ladder() {
        for (length, expected) in
            [(3, 16), (16, 16), (17, 32), (97, 128), (129, 160), (193, 224), (225, 256), (256, 256)]
        {
            assert_eq!(padded(length, 256), expected);
        }
        assert_eq!(padded(193, 200), 200);
        assert_eq!(padded(300, 512), 512);
    }

    proptest! {
        #[test]
        fn every_sequence_runs_once(
            lengths in prop::collection::vec(3_usize..=256, 0..200),
            pieces in 1_usize..2000,
        ) {
            let options = BatchOptions::default().with_pieces(pieces);
            let mut seen = vec![0; lengths.len()];
            for batch in plan(&lengths, 256, &options) {
                prop_assert!(!batch.sequences.is_empty());
                prop_assert!(
                    batch.sequences.len() == 1 || batch.sequences.len() * batch.padded <= pieces
                );
                for index in batch.sequences {
                    seen[index] += 1;
                    prop_assert_eq!(padded(lengths[index], 256), batch.padded);
                }
            }
            prop_assert!(seen.into_iter().all(|count| count == 1));
        }
    }
}
