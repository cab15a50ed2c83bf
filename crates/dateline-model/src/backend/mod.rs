//! What runs the network.
//!
//! [`NativeBackend`] is for networks of the shipped architecture and the one that is used: nothing
//! is padded, weights are laid out once, linear layers compute in int8 or f32. [`RtenBackend`] runs
//! any graph with the same inputs and outputs; in tests it is what the native one is held against.

use ndarray::Array2;

mod alone;
pub mod native;
#[cfg(feature = "rten")]
mod rten;

pub use self::native::{NativeBackend, Precision};
#[cfg(feature = "rten")]
pub use self::rten::RtenBackend;

/// A word of a sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Position of its first piece.
    pub start: usize,
    /// Position of the special piece before its sentence, which stands for the sentence's root.
    pub root: usize,
    /// Number of its sentence within the sequence, from 1. Words of a sentence stand together.
    pub sentence: usize,
}

/// One sequence of `S` pieces, of which something is asked about `W` words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    /// `[S]` piece ids.
    pub pieces: Vec<u32>,
    /// `[S]` shape class of each piece's word.
    pub shapes: Vec<u8>,
    /// `[W]`
    pub words: Vec<Word>,
}

/// What the network says of a sequence, as logits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Output {
    /// `[W, entity tags]`
    pub entity: Array2<f32>,
    /// `[W, parts of speech]`
    pub upos: Array2<f32>,
    /// `[W, Penn tags]`
    pub xpos: Array2<f32>,
    /// `[W, lemma scripts]`
    pub lemma: Array2<f32>,
    /// `[W, event labels]`
    pub event: Array2<f32>,
    /// `[W, W + 1]` score of each head; head 0 is the root of the word's own sentence, head
    /// `i` is word `i - 1` of the sequence. Words of other sentences score far below all others.
    pub arc: Array2<f32>,
    /// `[W, relations]` of each word to its likeliest head.
    pub rel: Array2<f32>,
}

/// A failure of the backend.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BackendError(pub String);

impl BackendError {
    pub(crate) fn new(problem: impl std::fmt::Display) -> BackendError {
        BackendError(problem.to_string())
    }
}

/// Runs the network on a batch.
///
/// The numbers of a sequence must not depend on the other sequences of its batch.
pub trait Backend: Send + Sync {
    /// Runs one batch on the calling thread's time: parallelism is the caller's. One output for
    /// each input, in their order.
    fn run(&self, batch: &[&Input]) -> Result<Vec<Output>, BackendError>;

    /// How many parameters the network has, if known.
    fn parameters(&self) -> Option<usize> {
        None
    }
}
