//! Sequences in batches, as scripts/bench/engines/batching.py makes them.

use std::error::Error;
use std::path::Path;
use std::{cmp, fs};

use serde::Deserialize;
use tch::Tensor;

/// Pieces of a batch, padding included.
const BUCKET: usize = 1024;

#[derive(Deserialize)]
struct Sequence {
    input_ids: Vec<i64>,
}

/// Sequences padded to one length.
pub(crate) struct Batch {
    rows: i64,
    ids: Vec<i64>,
    mask: Vec<i64>,
}

impl Batch {
    fn new(sequences: &[Sequence]) -> Batch {
        let width = sequences.iter().map(|s| s.input_ids.len()).max().unwrap_or(0);
        let (mut ids, mut mask) = (Vec::new(), Vec::new());
        for Sequence { input_ids } in sequences {
            ids.extend_from_slice(input_ids);
            ids.resize(ids.len() + width - input_ids.len(), 0);
            mask.resize(mask.len() + input_ids.len(), 1);
            mask.resize(mask.len() + width - input_ids.len(), 0);
        }
        Batch { rows: sequences.len() as i64, ids, mask }
    }

    /// Piece ids and mask, `[B, S]`.
    pub(crate) fn tensors(&self) -> (Tensor, Tensor) {
        let shaped = |values: &[i64]| Tensor::from_slice(values).view([self.rows, -1]);
        (shaped(&self.ids), shaped(&self.mask))
    }
}

/// The batches of a file of sequences, longest first, and the pieces in all.
pub(crate) fn read(path: &Path, bucketed: bool) -> Result<(Vec<Batch>, usize), Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    let mut sequences: Vec<Sequence> =
        text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let pieces = sequences.iter().map(|s| s.input_ids.len()).sum();
    sequences.sort_by_key(|s| cmp::Reverse(s.input_ids.len()));
    let mut batches = Vec::new();
    let mut rest = sequences.as_slice();
    while let Some(longest) = rest.first() {
        let room = if bucketed { BUCKET / longest.input_ids.len() } else { 1 };
        let (batch, others) = rest.split_at(room.clamp(1, rest.len()));
        batches.push(Batch::new(batch));
        rest = others;
    }
    Ok((batches, pieces))
}
