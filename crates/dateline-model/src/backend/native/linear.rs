//! Linear layers: a matrix product and a bias, in int8 or f32.

use rten_gemm::{
    BiasVector, GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix, QuantParams,
};
use rten_tensor::NdTensorView;

use super::graph::{Tensor, Values};
use super::rows::{self, Codes, Then};
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
    codes: Codes,
}

impl Kernels {
    pub(super) fn new() -> Kernels {
        let int8 = GemmExecutor::<u8, i8, i32>::default();
        let codes = if int8.may_saturate() { Codes::HALF } else { Codes::FULL };
        Kernels { int8, f32: GemmExecutor::default(), codes }
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

/// Weights laid out for the kernels.
enum Packed {
    Int8 { matrix: PackedBMatrix<i8>, scales: Vec<f32> },
    F32(PackedBMatrix<f32>),
}

impl Linear {
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
                let view = NdTensorView::from_data(shape, &values[..]);
                Packed::Int8 { matrix: kernels.int8.prepack_b(view), scales }
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
                let Scratch { codes, zeros, scales: row_scales, sums } = scratch;
                codes.resize(x.len(), 0);
                row_scales.resize(rows, 0.0);
                zeros.clear();
                zeros.resize(rows, kernels.codes.zero);
                sums.resize(rows * self.outputs, 0);
                rows::quantize(x, self.inputs, kernels.codes, codes, row_scales);
                let a = NdTensorView::from_data([rows, self.inputs], &codes[..]);
                let options = GemmOptions {
                    a_quant: Some(QuantParams { zero_point: zeros }),
                    ..Default::default()
                };
                let (a, b) = (GemmInputA::Unpacked(a), GemmInputB::Packed(matrix));
                kernels.int8.gemm(sums, a, b, options).map_err(BackendError::new)?;
                rows::dequantize(sums, row_scales, scales, &self.bias, then, out);
            }
        }
        Ok(())
    }
}
