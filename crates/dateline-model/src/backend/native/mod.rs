//! The shipped architecture, computed without padding and with weights laid out once.
//!
//! Sequences are laid end to end. Linear layers take their rows together, attention looks at one
//! sequence at a time. In int8 the activations are rounded with one scale for each row (a token),
//! so that a sequence's numbers are the same bits whatever surrounds it (compare per-token dynamic
//! quantization, Yao et al. 2022, ZeroQuant); attention, normalization and small heads compute in
//! f32. The matrix kernels are those of `rten-gemm`.

#[cfg(target_arch = "x86_64")]
mod amx;
mod encoder;
mod graph;
mod heads;
mod linear;
mod rows;

use std::sync::{Mutex, PoisonError};

use self::encoder::{Buffers, Encoder};
use self::graph::Weights;
use self::heads::{Heads, Vectors, sentences};
use self::linear::Kernels;
pub use self::linear::Precision;
use super::alone::Alone;
use super::{Backend, BackendError, Input, Output};

/// Runs networks of the shipped architecture.
pub struct NativeBackend {
    encoder: Encoder,
    heads: Heads,
    parameters: usize,
    alone: Alone,
    /// Idle buffers; as many come to be as runs overlap.
    buffers: Mutex<Vec<Buffers>>,
}

impl NativeBackend {
    /// Takes the weights of `model.onnx`, as `scripts/train/export.py` writes it, for an encoder
    /// with this many attention heads.
    pub fn from_bytes(
        onnx: &[u8],
        attention_heads: usize,
        precision: Precision,
    ) -> Result<NativeBackend, BackendError> {
        let alone = Alone::default();
        // A damaged file may trip an assertion in what reads it, which becomes an error here.
        let (encoder, heads, parameters) = alone.run(|| {
            let mut weights = Weights::read(onnx)?;
            let parameters = weights.parameters();
            let kernels = Kernels::new();
            let encoder = Encoder::load(&mut weights, &kernels, precision, attention_heads)?;
            let heads = Heads::load(&mut weights, &kernels, precision, encoder.size)?;
            Ok((encoder, heads, parameters))
        })?;
        Ok(NativeBackend { encoder, heads, parameters, alone, buffers: Mutex::default() })
    }

    /// The encoder alone: the vectors of all pieces of a batch, row by row. For measurements.
    #[doc(hidden)]
    pub fn encode(&self, batch: &[&Input]) -> Result<Vec<f32>, BackendError> {
        self.alone.run(|| {
            let all: Vec<Vec<usize>> =
                batch.iter().map(|input| (0..input.pieces.len()).collect()).collect();
            self.with_buffers(|buffers| self.encoder.run(&Kernels::new(), buffers, batch, &all))
        })
    }

    fn with_buffers<T>(&self, work: impl FnOnce(&mut Buffers) -> T) -> T {
        let idle = self.buffers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut buffers = idle.unwrap_or_default();
        let result = work(&mut buffers);
        self.buffers.lock().unwrap_or_else(PoisonError::into_inner).push(buffers);
        result
    }

    fn run_here(
        &self,
        buffers: &mut Buffers,
        batch: &[&Input],
    ) -> Result<Vec<Output>, BackendError> {
        let kernels = Kernels::new();
        // Of each sequence first its words, then the roots of its sentences.
        let wanted: Vec<Vec<usize>> = batch.iter().map(|input| wanted(input)).collect();
        let x = self.encoder.run(&kernels, buffers, batch, &wanted)?;
        let mut outputs = Vec::with_capacity(batch.len());
        let mut rest = &x[..];
        for (input, wanted) in batch.iter().zip(&wanted) {
            let (vectors, others) = rest.split_at(wanted.len() * self.encoder.size);
            let (words, roots) = vectors.split_at(input.words.len() * self.encoder.size);
            let vectors = Vectors { words, roots };
            outputs.push(self.heads.run(&kernels, &mut buffers.scratch, &input.words, &vectors)?);
            rest = others;
        }
        Ok(outputs)
    }
}

impl Backend for NativeBackend {
    fn run(&self, batch: &[&Input]) -> Result<Vec<Output>, BackendError> {
        self.alone.run(|| self.with_buffers(|buffers| self.run_here(buffers, batch)))
    }

    fn parameters(&self) -> Option<usize> {
        Some(self.parameters)
    }
}

fn wanted(input: &Input) -> Vec<usize> {
    let starts = input.words.iter().map(|word| word.start);
    let roots = sentences(&input.words).into_iter().map(|words| input.words[words.start].root);
    starts.chain(roots).collect()
}
