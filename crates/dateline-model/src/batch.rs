//! Which sequences run together.

/// Sequences are padded to multiples of this. A run of few sequences costs no more a piece than
/// one of many, so little is gained by bringing more of them to one size.
const STEP: usize = 8;

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

/// How much room a sequence takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Size {
    pub(crate) pieces: usize,
    pub(crate) words: usize,
}

impl Size {
    /// The room made for a sequence of this size, where none has more than `max` pieces. It depends
    /// on the sequence alone, never on its batch: so do its results.
    fn padded(self, max: usize) -> Size {
        let pieces = self.pieces.next_multiple_of(STEP).min(max.max(self.pieces));
        Size { pieces, words: self.words.next_multiple_of(STEP) }
    }
}

/// Sequences that run together, padded to one size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Batch {
    pub(crate) room: Size,
    /// Indices of the sequences; never empty.
    pub(crate) sequences: Vec<usize>,
}

/// Groups sequences of like size, as many as the budget holds but at least one.
pub(crate) fn plan(sizes: &[Size], max: usize, options: &BatchOptions) -> Vec<Batch> {
    let rooms: Vec<Size> = sizes.iter().map(|size| size.padded(max)).collect();
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    // Long ones first: they take longest, and a parallel caller ends evenly.
    order.sort_by_key(|&i| std::cmp::Reverse(rooms[i]));
    let mut batches = Vec::new();
    for bucket in order.chunk_by(|&a, &b| rooms[a] == rooms[b]) {
        let room = rooms[bucket[0]];
        let count = (options.pieces / room.pieces).max(1);
        batches.extend(bucket.chunks(count).map(|chunk| Batch { room, sequences: chunk.to_vec() }));
    }
    batches
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sizes_are_padded_by_themselves() {
        let padded = |pieces, words, max| {
            let room = Size { pieces, words }.padded(max);
            (room.pieces, room.words)
        };
        assert_eq!(padded(3, 1, 256), (8, 8));
        assert_eq!(padded(129, 104, 256), (136, 104));
        assert_eq!(padded(256, 254, 256), (256, 256));
        assert_eq!(padded(249, 9, 250), (250, 16));
    }

    proptest! {
        #[test]
        fn every_sequence_runs_once(
            sizes in prop::collection::vec((3_usize..=100, 1_usize..=98), 0..200),
            pieces in 1_usize..2000,
        ) {
            let sizes: Vec<Size> =
                sizes.into_iter().map(|(pieces, words)| Size { pieces, words }).collect();
            let options = BatchOptions::default().with_pieces(pieces);
            let mut seen = vec![0; sizes.len()];
            for Batch { room, sequences } in plan(&sizes, 100, &options) {
                prop_assert!(!sequences.is_empty());
                prop_assert!(sequences.len() == 1 || sequences.len() * room.pieces <= pieces);
                for index in sequences {
                    seen[index] += 1;
                    prop_assert_eq!(sizes[index].padded(100), room);
                }
            }
            prop_assert!(seen.into_iter().all(|count| count == 1));
        }
    }
}
