//! What is done to the rows of a matrix between its products, in SIMD.
//!
//! Every function takes whole matrices, row by row. A row's numbers depend on that row alone.

use rten_simd::ops::{BitOps, FloatOps, IntOps, NarrowSaturate, NumOps, ToFloat};
use rten_simd::{Isa, Simd, SimdOp, SimdUnaryOp};
use rten_vecmath::Gelu;

/// Codes of zero and of the largest absolute value of a row, as 8-bit integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Codes {
    pub(super) zero: u8,
    pub(super) reach: u8,
    /// Bits that are turned over in the end.
    pub(super) flip: u8,
}

impl Codes {
    /// All that eight bits hold.
    pub(super) const FULL: Codes = Codes { zero: 128, reach: 127, flip: 0 };
    /// The same as signed numbers around zero.
    pub(super) const SIGNED: Codes = Codes { flip: 0x80, ..Codes::FULL };
    /// Seven bits: where the kernel adds products in 16 bits, none overflows.
    pub(super) const HALF: Codes = Codes { zero: 64, reach: 63, flip: 0 };
}

/// Rounds each row of `x` to 8-bit codes, with one scale a row: `x ≈ (code - zero) * scale`.
pub(super) fn quantize(
    x: &[f32],
    columns: usize,
    codes: Codes,
    out: &mut [u8],
    scales: &mut [f32],
) {
    Quantize { x, columns, codes, out, scales }.dispatch();
}

struct Quantize<'a> {
    x: &'a [f32],
    columns: usize,
    codes: Codes,
    out: &'a mut [u8],
    scales: &'a mut [f32],
}

impl SimdOp for Quantize<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let rows = self.x.chunks_exact(self.columns).zip(self.out.chunks_exact_mut(self.columns));
        let reach = f32::from(self.codes.reach);
        for ((x, out), scale) in rows.zip(self.scales) {
            let peak = peak(isa, x);
            *scale = peak / reach;
            encode(isa, x, if peak > 0.0 { reach / peak } else { 0.0 }, self.codes, out);
        }
    }
}

/// The largest absolute value.
#[inline(always)]
fn peak<I: Isa>(isa: I, x: &[f32]) -> f32 {
    let f = isa.f32();
    let step = f.len();
    let mut peaks = [f.zero(); 4];
    let mut chunks = x.chunks_exact(4 * step);
    for chunk in &mut chunks {
        for (at, peak) in peaks.iter_mut().enumerate() {
            *peak = f.max(*peak, f.abs(f.load(&chunk[at * step..])));
        }
    }
    let most = f.max(f.max(peaks[0], peaks[1]), f.max(peaks[2], peaks[3]));
    let rest = chunks.remainder().iter().fold(0.0_f32, |most, x| most.max(x.abs()));
    most.to_array().into_iter().fold(rest, f32::max)
}

#[inline(always)]
fn encode<I: Isa>(isa: I, x: &[f32], factor: f32, codes: Codes, out: &mut [u8]) {
    let Codes { zero, flip, .. } = codes;
    let (f, n, short, byte) = (isa.f32(), isa.i32(), isa.i16(), isa.u8());
    let step = f.len();
    let (factors, zeros) = (f.splat(factor), n.splat(i32::from(zero)));
    let flips = byte.splat(flip);
    let mut x_chunks = x.chunks_exact(4 * step);
    let mut out_chunks = out.chunks_exact_mut(4 * step);
    for (x, out) in (&mut x_chunks).zip(&mut out_chunks) {
        let a = n.add(f.to_int_round(f.mul(f.load(x), factors)), zeros);
        let b = n.add(f.to_int_round(f.mul(f.load(&x[step..]), factors)), zeros);
        let c = n.add(f.to_int_round(f.mul(f.load(&x[2 * step..]), factors)), zeros);
        let d = n.add(f.to_int_round(f.mul(f.load(&x[3 * step..]), factors)), zeros);
        let low = n.narrow_saturate(a, b);
        let high = n.narrow_saturate(c, d);
        byte.store(byte.xor(short.narrow_saturate(low, high), flips), out);
    }
    for (x, out) in x_chunks.remainder().iter().zip(out_chunks.into_remainder()) {
        let code = (x * factor).round_ties_even() as i32 + i32::from(zero);
        *out = code.clamp(0, 255) as u8 ^ flip;
    }
}

/// What follows a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Then {
    Nothing,
    /// x Φ(x), with Φ of the normal distribution.
    Gelu,
}

/// Sums of an integer product, and what they become: `sum * row scale * column scale + bias`.
pub(super) struct Dequantize<'a> {
    pub(super) sums: &'a [i32],
    /// From one row of `sums` to the next.
    pub(super) stride: usize,
    /// Of each row.
    pub(super) row_scales: &'a [f32],
    /// Of each column.
    pub(super) scales: &'a [f32],
    /// Of each column.
    pub(super) bias: &'a [f32],
    pub(super) then: Then,
    pub(super) out: &'a mut [f32],
    /// From one row of `out` to the next.
    pub(super) out_stride: usize,
}

impl SimdOp for Dequantize<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let (f, n) = (isa.f32(), isa.i32());
        let step = f.len();
        let columns = self.scales.len();
        let whole = columns - columns % step;
        // Column by column of vectors: scales and bias are loaded once for all rows.
        for at in (0..whole).step_by(step) {
            let (scale, bias) = (f.load(&self.scales[at..]), f.load(&self.bias[at..]));
            let sums = self.sums[at..].chunks(self.stride);
            let out = self.out[at..].chunks_mut(self.out_stride);
            for ((sums, out), &row_scale) in sums.zip(out).zip(self.row_scales) {
                let sum = n.to_float(n.load(sums));
                let mut y = f.mul_add(sum, f.mul(scale, f.splat(row_scale)), bias);
                if self.then == Then::Gelu {
                    y = near_gelu(isa, y);
                }
                f.store(y, out);
            }
        }
        if whole < columns {
            let sums = self.sums.chunks(self.stride);
            let out = self.out.chunks_mut(self.out_stride);
            for ((sums, out), &row_scale) in sums.zip(out).zip(self.row_scales) {
                for at in whole..columns {
                    out[at] = sums[at] as f32 * (row_scale * self.scales[at]) + self.bias[at];
                }
                if self.then == Then::Gelu {
                    gelu_tail(isa, &mut out[whole..columns]);
                }
            }
        }
    }
}

/// Fewer numbers than a vector holds.
#[inline(always)]
fn gelu_tail<I: Isa>(isa: I, x: &mut [f32]) {
    let (padded, _) = isa.f32().load_pad(x);
    for (x, y) in x.iter_mut().zip(near_gelu(isa, padded).to_array()) {
        *x = y;
    }
}

/// Of `t Q(t²)` ≈ Φ(t) - ½ for |t| ≤ [`NORMAL`], lowest power first: the minimax fit of t times it.
const NORMAL_FIT: [f32; 7] = [
    3.978_832_3e-1,
    -6.457_297e-2,
    8.772_329e-3,
    -8.140_044e-4,
    4.795_446_4e-5,
    -1.598_553e-6,
    2.278_054e-8,
];
const NORMAL: f32 = 4.0;

/// GELU within 2e-4: far less than is lost when its values are rounded to eight bits, and a third of
/// the time.
#[inline(always)]
fn near_gelu<I: Isa>(isa: I, x: I::F32) -> I::F32 {
    let f = isa.f32();
    let t = f.clamp(x, f.splat(-NORMAL), f.splat(NORMAL));
    let square = f.mul(t, t);
    let mut q = f.splat(NORMAL_FIT[6]);
    for at in (0..6).rev() {
        q = f.mul_add(q, square, f.splat(NORMAL_FIT[at]));
    }
    let half = f.splat(0.5);
    let over = f.clamp(f.mul(q, t), f.splat(-0.5), half);
    f.mul(x, f.add(over, half))
}

/// GELU of every number.
pub(super) fn gelu(x: &mut [f32]) {
    Gelu {}.map_mut(x);
}

/// Softmax of each row, but for the division by its sum: `exp(x - most)`, and in `shares` what each row
/// has still to be multiplied by. What is a few numbers later is cheaper to divide than a row.
pub(super) fn softmax(x: &mut [f32], columns: usize, shares: &mut [f32]) {
    Softmax { x, columns, shares }.dispatch();
}

struct Softmax<'a> {
    x: &'a mut [f32],
    columns: usize,
    shares: &'a mut [f32],
}

impl SimdOp for Softmax<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let f = isa.f32();
        let step = f.len();
        let whole = self.columns - self.columns % step;
        let rest = self.columns - whole;
        for (x, share) in self.x.chunks_exact_mut(self.columns).zip(self.shares) {
            let mut most = f.splat(f32::NEG_INFINITY);
            for at in (0..whole).step_by(step) {
                most = f.max(most, f.load(&x[at..]));
            }
            let tail = x[whole..].iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let most = f.splat(most.to_array().into_iter().fold(tail, f32::max));
            let mut sum = f.zero();
            for at in (0..whole).step_by(step) {
                let y = exp_of_negative(isa, f.sub(f.load(&x[at..]), most));
                f.store(y, &mut x[at..]);
                sum = f.add(sum, y);
            }
            let mut total = f.sum(sum);
            if rest > 0 {
                let (padded, _) = f.load_pad(&x[whole..]);
                let y = exp_of_negative(isa, f.sub(padded, most)).to_array();
                for (x, y) in x[whole..].iter_mut().zip(y) {
                    *x = y;
                    total += y;
                }
            }
            *share = 1.0 / total;
        }
    }
}

/// e^x for x ≤ 0 (and for a little above), to the last bits of an f32: 2^n e^r with |r| ≤ ½ ln 2, e^r by the
/// polynomial of Cephes (Moshier, `expf.c`).
#[inline(always)]
fn exp_of_negative<I: Isa>(isa: I, x: I::F32) -> I::F32 {
    const LN_2: [f32; 2] = [0.693_359_4, -2.121_944_4e-4];
    const POLYNOMIAL: [f32; 6] =
        [1.987_569_1e-4, 1.398_2e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5];
    let (f, n) = (isa.f32(), isa.i32());
    let x = f.max(x, f.splat(-87.0));
    let power = f.round_ties_even(f.mul(x, f.splat(std::f32::consts::LOG2_E)));
    let r = f.mul_add(power, f.splat(-LN_2[0]), x);
    let r = f.mul_add(power, f.splat(-LN_2[1]), r);
    let mut p = f.splat(POLYNOMIAL[0]);
    for coefficient in &POLYNOMIAL[1..] {
        p = f.mul_add(p, r, f.splat(*coefficient));
    }
    let y = f.add(f.mul_add(p, f.mul(r, r), r), f.one());
    let exponent = n.shift_left::<23>(f.to_int_round(power));
    n.add(y.reinterpret_cast::<I::I32>(), exponent).reinterpret_cast()
}

/// Weights of a layer normalization.
#[derive(Clone, Debug)]
pub(super) struct Norm {
    pub(super) gain: Vec<f32>,
    pub(super) bias: Vec<f32>,
}

/// As BERT has it.
const EPSILON: f32 = 1e-12;

impl Norm {
    /// Adds `y` to `x` and normalizes each row of the sum to mean 0 and variance 1, times gain plus
    /// bias.
    pub(super) fn add(&self, x: &mut [f32], y: &[f32]) {
        AddNorm { x, y: Some(y), norm: self }.dispatch();
    }

    /// Normalizes each row.
    pub(super) fn apply(&self, x: &mut [f32]) {
        AddNorm { x, y: None, norm: self }.dispatch();
    }
}

struct AddNorm<'a> {
    x: &'a mut [f32],
    y: Option<&'a [f32]>,
    norm: &'a Norm,
}

impl SimdOp for AddNorm<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let f = isa.f32();
        let step = f.len();
        let Norm { gain, bias } = self.norm;
        let columns = gain.len();
        for (row, x) in self.x.chunks_exact_mut(columns).enumerate() {
            let mut sum = f.zero();
            for at in (0..columns).step_by(step) {
                let mut value = f.load(&x[at..]);
                if let Some(y) = self.y {
                    value = f.add(value, f.load(&y[row * columns + at..]));
                    f.store(value, &mut x[at..]);
                }
                sum = f.add(sum, value);
            }
            let mean = f.splat(f.sum(sum) / columns as f32);
            let mut squares = f.zero();
            for at in (0..columns).step_by(step) {
                let off = f.sub(f.load(&x[at..]), mean);
                squares = f.mul_add(off, off, squares);
            }
            let deviation = (f.sum(squares) / columns as f32 + EPSILON).sqrt();
            let factor = f.splat(1.0 / deviation);
            for at in (0..columns).step_by(step) {
                let unit = f.mul(f.sub(f.load(&x[at..]), mean), factor);
                let y = f.mul_add(unit, f.load(&gain[at..]), f.load(&bias[at..]));
                f.store(y, &mut x[at..]);
            }
        }
    }
}

/// Widths of rows that [`Norm`] takes are multiples of this, the widest vector.
pub(super) const LANES: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(count: usize) -> Vec<f32> {
        (0..count).map(|i| ((i * 37 % 101) as f32 - 50.0) / 7.0).collect()
    }

    #[test]
    fn codes_stand_for_their_numbers() {
        for codes in [Codes::FULL, Codes::SIGNED, Codes::HALF] {
            for columns in [1, 5, 64, 131] {
                let mut x = numbers(3 * columns);
                x[columns..2 * columns].fill(0.0);
                let (mut out, mut scales) = (vec![9; x.len()], vec![9.0; 3]);
                quantize(&x, columns, codes, &mut out, &mut scales);
                for (at, (&x, code)) in x.iter().zip(&out).enumerate() {
                    let code = code ^ codes.flip;
                    let back = (f32::from(code) - f32::from(codes.zero)) * scales[at / columns];
                    assert!((back - x).abs() <= 0.501 * scales[at / columns], "{x} {back}");
                    assert!(code.abs_diff(codes.zero) <= codes.reach);
                }
                assert_eq!(scales[1], 0.0);
            }
        }
    }

    #[test]
    fn sums_become_numbers() {
        for columns in [3, 16, 51] {
            let sums: Vec<i32> = (0..2 * columns as i32).map(|i| i * 13 - 40).collect();
            let scales = vec![0.5; columns];
            let bias = numbers(columns);
            let mut out = vec![0.0; sums.len()];
            let dequantize = |then, out: &mut [f32]| {
                let (stride, out_stride, row_scales) = (columns, columns, &[0.25, 2.0]);
                let (sums, scales, bias) = (&sums, &scales, &bias);
                Dequantize { sums, stride, row_scales, scales, bias, then, out, out_stride }
                    .dispatch();
            };
            dequantize(Then::Nothing, &mut out);
            for (at, &y) in out.iter().enumerate() {
                let row = [0.25, 2.0][at / columns];
                let expected = sums[at] as f32 * row * 0.5 + bias[at % columns];
                assert!((y - expected).abs() < 1e-4);
            }
            let mut again = vec![0.0; sums.len()];
            dequantize(Then::Gelu, &mut again);
            gelu(&mut out);
            for (a, b) in again.iter().zip(&out) {
                assert!((a - b).abs() < 2e-4);
            }
        }
    }

    #[test]
    fn gelu_is_near_everywhere() {
        struct Near<'a>(&'a mut [f32]);
        impl SimdOp for Near<'_> {
            type Output = ();
            #[inline(always)]
            fn eval<I: Isa>(self, isa: I) {
                self.0.chunks_mut(isa.f32().len()).for_each(|chunk| gelu_tail(isa, chunk));
            }
        }
        let x: Vec<f32> = (-9000..9000).map(|i| i as f32 / 1000.0).collect();
        let (mut near, mut exact) = (x.clone(), x);
        Near(&mut near).dispatch();
        gelu(&mut exact);
        for (near, exact) in near.iter().zip(&exact) {
            assert!((near - exact).abs() < 2e-4, "{near} {exact}");
        }
    }

    #[test]
    fn softmax_is_that_of_f64() {
        for columns in [1, 3, 16, 45] {
            let x: Vec<f32> = numbers(4 * columns).iter().map(|x| x * 9.0).collect();
            let (mut y, mut shares) = (x.clone(), vec![0.0; 4]);
            softmax(&mut y, columns, &mut shares);
            for ((x, y), share) in x.chunks(columns).zip(y.chunks(columns)).zip(shares) {
                let total: f64 = x.iter().map(|&x| f64::from(x).exp()).sum();
                for (&x, &y) in x.iter().zip(y) {
                    let expected = f64::from(x).exp() / total;
                    let found = f64::from(y * share);
                    assert!((found - expected).abs() < 1e-6 + 1e-5 * expected, "{x}");
                }
            }
        }
    }

    #[test]
    fn normalized_rows_have_mean_0_and_variance_1() {
        let norm = Norm { gain: vec![2.0; 48], bias: vec![1.0; 48] };
        let y = numbers(96);
        let mut x: Vec<f32> = numbers(96).iter().map(|x| x * x).collect();
        norm.add(&mut x, &y);
        for row in x.chunks(48) {
            let mean = row.iter().sum::<f32>() / 48.0;
            let variance = row.iter().map(|x| (x - mean).powi(2)).sum::<f32>() / 48.0;
            assert!((mean - 1.0).abs() < 1e-5 && (variance - 4.0).abs() < 1e-3);
        }
    }
}
