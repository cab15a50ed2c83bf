//! Which sequences run together.

use std::ops::Range;
use std::time::Instant;

/// How much the encoder reads at once.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BatchOptions {
    /// Most pieces in one batch. More takes more memory; results don't change.
    pub pieces: usize,
    /// When to give up ([`ModelError::Deadline`](crate::ModelError::Deadline)); looked at before
    /// each batch.
    pub deadline: Option<Instant>,
}

impl Default for BatchOptions {
    fn default() -> Self {
        BatchOptions { pieces: 512, deadline: None }
    }
}

impl BatchOptions {
    /// The same with another token budget.
    pub fn with_pieces(mut self, pieces: usize) -> Self {
        self.pieces = pieces;
        self
    }

    /// The same with another deadline.
    pub fn with_deadline(mut self, deadline: impl Into<Option<Instant>>) -> Self {
        self.deadline = deadline.into();
        self
    }
}

/// Cuts sequences of these lengths into batches: neighbours, as many as the budget holds but at
/// least one.
pub(crate) fn plan(lengths: &[usize], options: &BatchOptions) -> Vec<Range<usize>> {
    let mut batches = Vec::new();
    let (mut start, mut pieces) = (0, 0);
    for (index, &length) in lengths.iter().enumerate() {
        if index > start && pieces + length > options.pieces {
            batches.push(start..index);
            (start, pieces) = (index, 0);
        }
        pieces += length;
    }
    if start < lengths.len() {
        batches.push(start..lengths.len());
    }
    batches
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_sequence_runs_once(
            lengths in prop::collection::vec(3_usize..=100, 0..200),
            pieces in 1_usize..2000,
        ) {
            let mut at = 0;
            for batch in plan(&lengths, &BatchOptions::default().with_pieces(pieces)) {
                prop_assert_eq!(batch.start, at);
                prop_assert!(!batch.is_empty());
                let total: usize = lengths[batch.clone()].iter().sum();
                prop_assert!(batch.len() == 1 || total <= pieces);
                at = batch.end;
            }
            prop_assert_eq!(at, lengths.len());
        }
    }
}
