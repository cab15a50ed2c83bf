//! The transformer: BERT with a learned embedding of each word's shape.

use std::ops::Range;

use rten_gemm::{GemmInputA, GemmInputB, GemmOptions};
use rten_tensor::NdTensorView;

use super::graph::{Tensor, Values, Weights};
use super::linear::{Kernels, Linear, Precision, Scratch};
use super::rows::{self, LANES, Norm, Then};
use crate::backend::{BackendError, Input};

/// Rows of a feed-forward network that are computed at once: what lies between its layers stays in
/// the cache.
const ROWS: usize = 256;

pub(super) struct Encoder {
    pub(super) size: usize,
    words: Table,
    positions: Table,
    shapes: Table,
    norm: Norm,
    layers: Vec<Layer>,
}

/// A row of numbers for each index.
struct Table {
    size: usize,
    tensor: Tensor,
}

struct Layer {
    heads: usize,
    /// Queries, keys and values at once.
    projections: Linear,
    attended: Linear,
    attended_norm: Norm,
    up: Linear,
    down: Linear,
    down_norm: Norm,
}

/// Buffers of a run, used again and again.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    pub(super) scratch: Scratch,
    projected: Vec<f32>,
    scores: Vec<f32>,
    shares: Vec<f32>,
    mixed: Vec<f32>,
    context: Vec<f32>,
    inner: Vec<f32>,
    outer: Vec<f32>,
}

impl Encoder {
    pub(super) fn load(
        weights: &mut Weights,
        kernels: &Kernels,
        precision: Precision,
        heads: usize,
    ) -> Result<Encoder, BackendError> {
        let words = Table::new(weights.take("encoder.words.weight")?);
        let size = words.size;
        if heads == 0 || !size.is_multiple_of(heads) || !size.is_multiple_of(LANES) {
            return Err(BackendError(format!("{heads} attention heads do not part {size}")));
        }
        let mut layers = Vec::new();
        while weights.has(&format!("encoder.layers.{}.query.bias", layers.len())) {
            let name = format!("encoder.layers.{}", layers.len());
            layers.push(Layer::load(weights, kernels, precision, heads, &name, size)?);
        }
        let encoder = Encoder {
            size,
            words,
            positions: Table::new(weights.take("encoder.positions.weight")?),
            shapes: Table::new(weights.take("encoder.shapes.weight")?),
            norm: norm(weights, "encoder.norm", size)?,
            layers,
        };
        if [&encoder.positions, &encoder.shapes].iter().any(|table| table.size != size) {
            return Err(BackendError::new("the embeddings are of different sizes"));
        }
        Ok(encoder)
    }

    /// The vectors of those pieces of a batch that are `wanted`, as rows. `wanted` has for each
    /// sequence the positions of pieces.
    pub(super) fn run(
        &self,
        kernels: &Kernels,
        buffers: &mut Buffers,
        batch: &[&Input],
        wanted: &[Vec<usize>],
    ) -> Result<Vec<f32>, BackendError> {
        let mut sequences = Vec::with_capacity(batch.len());
        let mut x = Vec::new();
        for input in batch {
            let first = x.len() / self.size;
            self.embed(input, &mut x)?;
            sequences.push(first..x.len() / self.size);
        }
        self.norm.apply(&mut x);
        let mut rows = Vec::new();
        for (sequence, wanted) in sequences.iter().zip(wanted) {
            if wanted.iter().any(|&at| at >= sequence.len()) {
                return Err(BackendError::new("a word lies outside its sequence"));
            }
            rows.extend(wanted.iter().map(|at| sequence.start + at));
        }
        let Some((last, layers)) = self.layers.split_last() else {
            return Ok(self.gather(&x, &rows));
        };
        for layer in layers {
            layer.attend(kernels, buffers, &x, &sequences)?;
            let context = std::mem::take(&mut buffers.context);
            layer.feed(kernels, buffers, &mut x, &context)?;
            buffers.context = context;
        }
        // Beyond the last attention nothing passes between pieces: the others are left out.
        last.attend(kernels, buffers, &x, &sequences)?;
        let context = self.gather(&buffers.context, &rows);
        let mut x = self.gather(&x, &rows);
        last.feed(kernels, buffers, &mut x, &context)?;
        Ok(x)
    }

    fn embed(&self, input: &Input, x: &mut Vec<f32>) -> Result<(), BackendError> {
        if input.pieces.len() != input.shapes.len() {
            return Err(BackendError::new("a sequence has not as many shapes as pieces"));
        }
        for (at, (&piece, &shape)) in input.pieces.iter().zip(&input.shapes).enumerate() {
            let first = x.len();
            x.resize(first + self.size, 0.0);
            self.words.add(piece as usize, &mut x[first..])?;
            self.shapes.add(shape.into(), &mut x[first..])?;
            self.positions.add(at, &mut x[first..])?;
        }
        Ok(())
    }

    fn gather(&self, x: &[f32], rows: &[usize]) -> Vec<f32> {
        rows.iter().flat_map(|row| &x[row * self.size..(row + 1) * self.size]).copied().collect()
    }
}

impl Table {
    fn new(tensor: Tensor) -> Table {
        Table { size: tensor.columns, tensor }
    }

    fn add(&self, index: usize, x: &mut [f32]) -> Result<(), BackendError> {
        if index >= self.tensor.rows {
            let rows = self.tensor.rows;
            return Err(BackendError(format!("index {index} in a table of {rows} embeddings")));
        }
        let range = index * self.size..(index + 1) * self.size;
        match &self.tensor.values {
            Values::F32(values) => {
                for (x, value) in x.iter_mut().zip(&values[range]) {
                    *x += value;
                }
            }
            Values::Int8 { values, scales, axis } => {
                let by_row = if *axis == 0 { Some(scales[index]) } else { None };
                for (column, (x, &value)) in x.iter_mut().zip(&values[range]).enumerate() {
                    *x += f32::from(value) * by_row.unwrap_or_else(|| scales[column]);
                }
            }
        }
        Ok(())
    }
}

fn norm(weights: &mut Weights, name: &str, size: usize) -> Result<Norm, BackendError> {
    Ok(Norm {
        gain: weights.vector(&format!("{name}.weight"), size)?,
        bias: weights.vector(&format!("{name}.bias"), size)?,
    })
}

impl Layer {
    fn load(
        weights: &mut Weights,
        kernels: &Kernels,
        precision: Precision,
        heads: usize,
        name: &str,
        size: usize,
    ) -> Result<Layer, BackendError> {
        let mut of = |part: &str| weights.take(&format!("{name}.{part}"));
        let parts = [of("query.weight")?, of("key.weight")?, of("value.weight")?];
        let biases = [of("query.bias")?, of("key.bias")?, of("value.bias")?];
        let biases = biases.into_iter().flat_map(Tensor::into_f32).collect();
        let projections = Linear::new(kernels, precision, Tensor::beside(parts)?, biases)?;
        let mut linear =
            |part: &str| Linear::load(weights, kernels, precision, &format!("{name}.{part}"));
        let (attended, up, down) = (linear("attended")?, linear("up")?, linear("down")?);
        let fits = (projections.inputs, projections.outputs) == (size, 3 * size)
            && (attended.inputs, attended.outputs) == (size, size)
            && (up.inputs, up.outputs, down.outputs) == (size, down.inputs, size);
        if !fits {
            return Err(BackendError(format!("the layers of {name:?} do not fit each other")));
        }
        let attended_norm = norm(weights, &format!("{name}.attended_norm"), size)?;
        let down_norm = norm(weights, &format!("{name}.down_norm"), size)?;
        Ok(Layer { heads, projections, attended, attended_norm, up, down, down_norm })
    }

    /// Lets the pieces of each sequence look at each other: the mixed values of all rows of `x`.
    fn attend(
        &self,
        kernels: &Kernels,
        buffers: &mut Buffers,
        x: &[f32],
        sequences: &[Range<usize>],
    ) -> Result<(), BackendError> {
        let Buffers { scratch, projected, scores, shares, mixed, context, .. } = buffers;
        let size = self.attended.inputs;
        let rows = x.len() / size;
        projected.resize(rows * 3 * size, 0.0);
        self.projections.apply(kernels, scratch, x, Then::Nothing, projected)?;
        context.resize(x.len(), 0.0);
        let width = size / self.heads;
        let scale = (width as f32).sqrt().recip();
        for sequence in sequences.iter().filter(|sequence| !sequence.is_empty()) {
            let count = sequence.len();
            let all = NdTensorView::from_data(
                [count, 3 * size],
                &projected[sequence.start * 3 * size..sequence.end * 3 * size],
            );
            scores.resize(count * count, 0.0);
            shares.resize(count, 0.0);
            mixed.resize(count * width, 0.0);
            for head in 0..self.heads {
                let columns = |part: usize| {
                    let first = part * size + head * width;
                    all.slice((.., first..first + width))
                };
                let options = GemmOptions { alpha: scale, ..Default::default() };
                let (queries, keys) = (columns(0), columns(1));
                let (a, b) =
                    (GemmInputA::Unpacked(queries), GemmInputB::Unpacked(keys.transposed()));
                kernels.f32.gemm(scores, a, b, options).map_err(BackendError::new)?;
                rows::softmax(scores, count, shares);
                let weights = NdTensorView::from_data([count, count], &scores[..]);
                let (a, b) = (GemmInputA::Unpacked(weights), GemmInputB::Unpacked(columns(2)));
                kernels.f32.gemm(mixed, a, b, GemmOptions::default()).map_err(BackendError::new)?;
                let rows =
                    context[sequence.start * size..sequence.end * size].chunks_exact_mut(size);
                for ((row, mixed), share) in rows.zip(mixed.chunks_exact(width)).zip(&*shares) {
                    let out = &mut row[head * width..(head + 1) * width];
                    out.iter_mut().zip(mixed).for_each(|(out, value)| *out = value * share);
                }
            }
        }
        Ok(())
    }

    /// What each piece makes of its mixed values, by itself. `x` is replaced.
    fn feed(
        &self,
        kernels: &Kernels,
        buffers: &mut Buffers,
        x: &mut [f32],
        context: &[f32],
    ) -> Result<(), BackendError> {
        let Buffers { scratch, inner, outer, .. } = buffers;
        let size = self.attended.inputs;
        let chunks = x.chunks_mut(ROWS * size).zip(context.chunks(ROWS * size));
        for (x, context) in chunks {
            outer.resize(x.len(), 0.0);
            self.attended.apply(kernels, scratch, context, Then::Nothing, outer)?;
            self.attended_norm.add(x, outer);
            inner.resize(x.len() / size * self.up.outputs, 0.0);
            self.up.apply(kernels, scratch, x, Then::Gelu, inner)?;
            self.down.apply(kernels, scratch, inner, Then::Nothing, outer)?;
            self.down_norm.add(x, outer);
        }
        Ok(())
    }
}
