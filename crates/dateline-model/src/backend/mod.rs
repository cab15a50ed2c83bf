//! What runs the graph.

use ndarray::{Array2, Array3};

#[cfg(feature = "rten")]
mod rten;

#[cfg(feature = "rten")]
pub use self::rten::RtenBackend;

/// One batch: `B` sequences of `S` pieces with room for `W` words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inputs {
    /// `[B, S]` piece ids.
    pub input_ids: Array2<i64>,
    /// `[B, S]` 1 for pieces, 0 for padding.
    pub attention_mask: Array2<i64>,
    /// `[B, S]` shape class of each piece's word.
    pub shape_ids: Array2<i64>,
    /// `[B, W]` position of each word's first piece.
    pub word_starts: Array2<i64>,
    /// `[B, W]` number of each word's sentence within the sequence, from 1; 0 for padding.
    pub word_sentences: Array2<i64>,
    /// `[B, W]` position of the special piece before each word's sentence, which stands for its
    /// root.
    pub root_starts: Array2<i64>,
}

/// What the graph says of a batch, as logits.
#[derive(Clone, Debug, PartialEq)]
pub struct Outputs {
    /// `[B, W, entity tags]`
    pub entity: Array3<f32>,
    /// `[B, W, parts of speech]`
    pub upos: Array3<f32>,
    /// `[B, W, Penn tags]`
    pub xpos: Array3<f32>,
    /// `[B, W, lemma scripts]`
    pub lemma: Array3<f32>,
    /// `[B, W, event labels]`
    pub event: Array3<f32>,
    /// `[B, W, W + 1]` score of each head; head 0 is the root of the word's own sentence, head
    /// `i` is word `i - 1` of the sequence. Words of other sentences score far below all others.
    pub arc: Array3<f32>,
    /// `[B, W, relations]` of each word to its likeliest head.
    pub rel: Array3<f32>,
}

/// Names of the graph's inputs, in the order of [`Inputs`].
pub const INPUT_NAMES: [&str; 6] =
    ["input_ids", "attention_mask", "shape_ids", "word_starts", "word_sentences", "root_starts"];

/// Names of the graph's outputs, in the order of [`Outputs`].
pub const OUTPUT_NAMES: [&str; 7] = ["entity", "upos", "xpos", "lemma", "event", "arc", "rel"];

/// A failure of the backend.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BackendError(pub String);

/// Runs the graph on a batch.
///
/// The numbers of a sequence must not depend on the other sequences of its batch.
pub trait Backend: Send + Sync {
    /// Runs one batch on the calling thread's time: parallelism is the caller's.
    fn run(&self, inputs: &Inputs) -> Result<Outputs, BackendError>;

    /// How many parameters the graph has, if known.
    fn parameters(&self) -> Option<usize> {
        None
    }
}
