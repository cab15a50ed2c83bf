//! Linear layers: a matrix product and a bias, in int8 or f32.

use rten_gemm::{
    BiasVector, GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix, QuantParams,
};
use rten_simd::SimdOp as _;
use rten_tensor::NdTensorView;

use super::graph::{Tensor, Values, Weights};
use super::rows::{self, Codes, Dequantize, Then};
use crate::backend::BackendError;

/// In which numbers linear layers compute.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Precision {
    /// 8-bit integers, with one scale for each row of activations and one for each output.
    #[default]
    Int8,
    /// 32-bit floats.
    F32,
}

/// The kernels for this processor.
pub(super) struct Kernels {
    int8: GemmExecutor<u8, i8, i32>,
    pub(super) f32: GemmExecutor,
}

impl Kernels {
    pub(super) fn new() -> Kernels {
        Kernels { int8: GemmExecutor::default(), f32: GemmExecutor::default() }
    }
}

/// Buffers of integer products, used again and again.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    codes: Vec<u8>,
    zeros: Vec<u8>,
    scales: Vec<f32>,
    sums: Vec<i32>,
}

/// `y = x W + b`
pub(super) struct Linear {
    pub(super) inputs: usize,
    pub(super) outputs: usize,
    weights: Packed,
    bias: Vec<f32>,
}

/// Rows whose sums are turned into numbers at once.
const BLOCK_ROWS: usize = 32;

/// Weights laid out for the kernels.
enum Packed {
    Int8 { matrix: Int8, scales: Vec<f32> },
    F32(PackedBMatrix<f32>),
}

/// 8-bit weights.
enum Int8 {
    Gemm(PackedBMatrix<i8>),
    #[cfg(target_arch = "x86_64")]
    Tiles(super::amx::Tiles),
}

impl Int8 {
    fn new(kernels: &Kernels, [inputs, outputs]: [usize; 2], values: &[i8]) -> Int8 {
        #[cfg(target_arch = "x86_64")]
        if super::amx::is_there() && super::amx::takes(inputs) {
            return Int8::Tiles(super::amx::Tiles::new(values, outputs));
        }
        let view = NdTensorView::from_data([inputs, outputs], values);
        Int8::Gemm(kernels.int8.prepack_b(view))
    }

    /// Rounds the rows of `x` and multiplies them. `take` gets the sums in one block or several: the
    /// first row and column, the sums from there, the length of their rows, and the scales of rows.
    fn multiply(
        &self,
        kernels: &Kernels,
        scratch: &mut Scratch,
        x: &[f32],
        [inputs, outputs]: [usize; 2],
        mut take: impl FnMut(usize, usize, &[i32], usize, &[f32]),
    ) -> Result<(), BackendError> {
        let Scratch { codes, zeros, scales, sums } = scratch;
        let rows = x.len() / inputs;
        let scales = fill(scales, rows);
        match self {
            Int8::Gemm(matrix) => {
                let form = if kernels.int8.may_saturate() { Codes::HALF } else { Codes::FULL };
                rows::quantize(x, inputs, form, fill(codes, x.len()), scales);
                let a = NdTensorView::from_data([rows, inputs], &codes[..x.len()]);
                zeros.clear();
                zeros.resize(rows, form.zero);
                let options = GemmOptions {
                    a_quant: Some(QuantParams { zero_point: zeros }),
                    ..Default::default()
                };
                let (a, b) = (GemmInputA::Unpacked(a), GemmInputB::Packed(matrix));
                let sums = fill(sums, rows * outputs);
                kernels.int8.gemm(sums, a, b, options).map_err(BackendError::new)?;
                let blocks = sums.chunks(BLOCK_ROWS * outputs).zip(scales.chunks(BLOCK_ROWS));
                for (block, (sums, scales)) in blocks.enumerate() {
                    take(block * BLOCK_ROWS, 0, sums, outputs, scales);
                }
            }
            #[cfg(target_arch = "x86_64")]
            Int8::Tiles(tiles) => {
                use super::amx::BLOCK;
                let codes = fill(codes, rows.next_multiple_of(BLOCK) * inputs);
                rows::quantize(x, inputs, Codes::SIGNED, &mut codes[..x.len()], scales);
                tiles.multiply(codes, |row, column, block| {
                    let rows = row..(row + BLOCK).min(scales.len());
                    take(row, column, block, BLOCK, &scales[rows]);
                });
            }
        }
        Ok(())
    }
}

/// The first `len` of a buffer, which grows where it must; what stands in it is of no account.
fn fill<T: Copy + Default>(buffer: &mut Vec<T>, len: usize) -> &mut [T] {
    if buffer.len() < len {
        buffer.resize(len, T::default());
    }
    &mut buffer[..len]
}

impl Linear {
    /// The layer of this name.
    pub(super) fn load(
        weights: &mut Weights,
        kernels: &Kernels,
        precision: Precision,
        name: &str,
    ) -> Result<Linear, BackendError> {
        let matrix = weights.take(&format!("{name}.weight"))?;
        let bias = weights.vector(&format!("{name}.bias"), matrix.columns)?;
        Linear::new(kernels, precision, matrix, bias)
    }

    /// A layer of a matrix `[inputs, outputs]` and a bias.
    ///
    /// Matrices that are stored in f32 compute in f32: they are small, and lose most by rounding.
    pub(super) fn new(
        kernels: &Kernels,
        precision: Precision,
        matrix: Tensor,
        bias: Vec<f32>,
    ) -> Result<Linear, BackendError> {
        let (inputs, outputs) = (matrix.rows, matrix.columns);
        if bias.len() != outputs || inputs == 0 || outputs == 0 {
            let problem = format!("a layer [{inputs}, {outputs}] has a bias of {}", bias.len());
            return Err(BackendError(problem));
        }
        let shape = [inputs, outputs];
        let weights = match (precision, matrix) {
            (Precision::Int8, Tensor { values: Values::Int8 { values, scales, axis: 1 }, .. }) => {
                Packed::Int8 { matrix: Int8::new(kernels, shape, &values), scales }
            }
            (_, matrix) => {
                let values = matrix.into_f32();
                let view = NdTensorView::from_data(shape, &values[..]);
                Packed::F32(kernels.f32.prepack_b(view))
            }
        };
        Ok(Linear { inputs, outputs, weights, bias })
    }

    /// `out` is `[rows, outputs]` for `x` of `[rows, inputs]`.
    pub(super) fn apply(
        &self,
        kernels: &Kernels,
        scratch: &mut Scratch,
        x: &[f32],
        then: Then,
        out: &mut [f32],
    ) -> Result<(), BackendError> {
        let rows = x.len() / self.inputs;
        match &self.weights {
            Packed::F32(matrix) => {
                let a = NdTensorView::from_data([rows, self.inputs], x);
                let options =
                    GemmOptions { bias: Some(BiasVector::Row(&self.bias)), ..Default::default() };
                let (a, b) = (GemmInputA::Unpacked(a), GemmInputB::Packed(matrix));
                kernels.f32.gemm(out, a, b, options).map_err(BackendError::new)?;
                if then == Then::Gelu {
                    rows::gelu(out);
                }
            }
            Packed::Int8 { matrix, scales } => {
                let shape = [self.inputs, self.outputs];
                let out_stride = self.outputs;
                matrix.multiply(
                    kernels,
                    scratch,
                    x,
                    shape,
                    |row, column, sums, stride, row_scales| {
                        let columns = column..self.outputs.min(column + stride);
                        let (scales, bias) = (&scales[columns.clone()], &self.bias[columns]);
                        let out = &mut out[row * out_stride + column..];
                        Dequantize {
                            sums,
                            stride,
                            row_scales,
                            scales,
                            bias,
                            then,
                            out,
                            out_stride,
                        }
                        .dispatch();
                    },
                )?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sums of integers are exact: every kernel says the same, bit for bit.
    #[test]
    fn kernels_agree() {
        let (inputs, outputs, rows) = (128, 51, 37);
        let kernels = Kernels::new();
        let values: Vec<i8> = (0..inputs * outputs).map(|i| (i * 73 % 255) as u8 as i8).collect();
        let values: Vec<i8> = values.into_iter().map(|value| value.max(-127)).collect();
        let x: Vec<f32> = (0..rows * inputs).map(|i| (i * 37 % 101) as f32 / 7.0 - 7.0).collect();
        let view = NdTensorView::from_data([inputs, outputs], &values[..]);
        let gemm = Int8::Gemm(kernels.int8.prepack_b(view));
        let best = Int8::new(&kernels, [inputs, outputs], &values);
        let sums = |matrix: &Int8| {
            let mut found = vec![0; rows * outputs];
            let mut take = |first: usize, column, sums: &[i32], stride: usize, scales: &[f32]| {
                for (row, sums) in (first..).zip(sums.chunks(stride)).take(scales.len()) {
                    let columns = column..outputs.min(column + stride);
                    let count = columns.len();
                    found[row * outputs..][columns].copy_from_slice(&sums[..count]);
                }
            };
            let mut scratch = Scratch::default();
            let shape = [inputs, outputs];
            matrix.multiply(&kernels, &mut scratch, &x, shape, &mut take).expect("sums");
            found
        };
        if kernels.int8.may_saturate() {
            // Rounded to seven bits, which tiles never are.
            assert!(matches!(best, Int8::Gemm(_)));
        }
        assert_eq!(sums(&gemm), sums(&best));
    }
}
