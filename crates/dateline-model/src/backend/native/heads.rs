//! The heads: what the encoder's vectors say of each word.

use std::ops::Range;

use ndarray::Array2;
use rten_gemm::{GemmInputA, GemmInputB, GemmOptions};
use rten_tensor::NdTensorView;

use super::graph::Weights;
use super::linear::{Kernels, Linear, Precision, Scratch};
use super::rows::Then;
use crate::backend::{BackendError, Output, Word};

/// The score of what cannot be a head.
const MASKED: f32 = -1e4;
/// Words whose relations are scored at once.
const WORDS: usize = 32;

pub(super) struct Heads {
    entity: Linear,
    upos: Linear,
    xpos: Linear,
    lemma: Linear,
    event: Linear,
    arc: Biaffine,
    rel: Biaffine,
    rel_of_dependent: Linear,
}

/// `score(d, h) = d U h + w h`: dependents and heads have vectors of their own.
struct Biaffine {
    dependent: Linear,
    head: Linear,
    bilinear: Linear,
    of_head: Linear,
}

/// Vectors of one sequence: of its words, and of the roots of its sentences.
pub(super) struct Vectors<'a> {
    pub(super) words: &'a [f32],
    /// One row for each sentence, in the order in which its words come.
    pub(super) roots: &'a [f32],
}

impl Heads {
    pub(super) fn load(
        weights: &mut Weights,
        kernels: &Kernels,
        precision: Precision,
        size: usize,
    ) -> Result<Heads, BackendError> {
        let mut linear = |name: &str, inputs: usize| {
            let layer = Linear::load(weights, kernels, precision, name)?;
            if layer.inputs == inputs {
                Ok(layer)
            } else {
                Err(BackendError(format!("{name:?} takes {} numbers, not {inputs}", layer.inputs)))
            }
        };
        let (entity, upos, xpos) =
            (linear("entity", size)?, linear("upos", size)?, linear("xpos", size)?);
        let (lemma, event) = (linear("lemma", size)?, linear("event", size)?);
        let arc = Biaffine::load(weights, kernels, precision, "arc", size)?;
        let rel = Biaffine::load(weights, kernels, precision, "rel", size)?;
        let width = rel.dependent.outputs;
        let rel_of_dependent = Linear::load(weights, kernels, precision, "rel_of_dependent")?;
        let shape = (rel_of_dependent.inputs, rel_of_dependent.outputs);
        if arc.of_head.outputs != 1 || shape != (width, rel.of_head.outputs) {
            return Err(BackendError::new("the heads of arcs and relations do not fit"));
        }
        Ok(Heads { entity, upos, xpos, lemma, event, arc, rel, rel_of_dependent })
    }

    pub(super) fn run(
        &self,
        kernels: &Kernels,
        scratch: &mut Scratch,
        words: &[Word],
        vectors: &Vectors<'_>,
    ) -> Result<Output, BackendError> {
        let mut run = Run { kernels, scratch, words };
        let sentences = sentences(words);
        let x = vectors.words;
        let (entity, upos) = (run.classes(&self.entity, x)?, run.classes(&self.upos, x)?);
        let (xpos, lemma) = (run.classes(&self.xpos, x)?, run.classes(&self.lemma, x)?);
        let event = run.classes(&self.event, x)?;
        let arc = run.arcs(&self.arc, &sentences, vectors)?;
        let heads: Vec<usize> = arc.rows().into_iter().map(|row| likeliest(&row)).collect();
        let rel = run.relations(&self.rel, &self.rel_of_dependent, &sentences, vectors, &heads)?;
        Ok(Output { entity, upos, xpos, lemma, event, arc, rel })
    }
}

impl Biaffine {
    fn load(
        weights: &mut Weights,
        kernels: &Kernels,
        precision: Precision,
        name: &str,
        size: usize,
    ) -> Result<Biaffine, BackendError> {
        let mut linear =
            |part: &str| Linear::load(weights, kernels, precision, &format!("{name}.{part}"));
        let (dependent, head, of_head) =
            (linear("dependent")?, linear("head")?, linear("of_head")?);
        let (width, outputs) = (dependent.outputs, of_head.outputs);
        if (dependent.inputs, head.inputs, head.outputs) != (size, size, width) {
            return Err(BackendError(format!("the layers of {name:?} do not fit each other")));
        }
        let matrix = weights.unnamed(width, outputs * width)?;
        let bilinear = Linear::new(kernels, precision, matrix, vec![0.0; outputs * width])?;
        Ok(Biaffine { dependent, head, bilinear, of_head })
    }
}

/// Where the words of each sentence stand.
pub(super) fn sentences(words: &[Word]) -> Vec<Range<usize>> {
    let mut at = 0;
    let chunks = words.chunk_by(|a, b| a.sentence == b.sentence);
    chunks
        .map(|chunk| {
            at..{
                at += chunk.len();
                at
            }
        })
        .collect()
}

/// The column of the highest score, the first of equals.
fn likeliest(scores: &ndarray::ArrayView1<'_, f32>) -> usize {
    let better = |best: (usize, f32), (at, &score): (usize, &f32)| {
        if score > best.1 { (at, score) } else { best }
    };
    scores.iter().enumerate().fold((0, f32::NEG_INFINITY), better).0
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    let (a_chunks, b_chunks) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f32 = a_chunks.remainder().iter().zip(b_chunks.remainder()).map(|(a, b)| a * b).sum();
    let mut sums = [0.0; 8];
    for (a, b) in a_chunks.zip(b_chunks) {
        for lane in 0..8 {
            sums[lane] += a[lane] * b[lane];
        }
    }
    sums.iter().sum::<f32>() + rest
}

struct Run<'a> {
    kernels: &'a Kernels,
    scratch: &'a mut Scratch,
    words: &'a [Word],
}

impl Run<'_> {
    fn rows(&mut self, layer: &Linear, x: &[f32], then: Then) -> Result<Vec<f32>, BackendError> {
        let mut out = vec![0.0; x.len() / layer.inputs * layer.outputs];
        if !x.is_empty() {
            layer.apply(self.kernels, self.scratch, x, then, &mut out)?;
        }
        Ok(out)
    }

    fn classes(&mut self, layer: &Linear, x: &[f32]) -> Result<Array2<f32>, BackendError> {
        let rows = self.rows(layer, x, Then::Nothing)?;
        Array2::from_shape_vec((self.words.len(), layer.outputs), rows).map_err(BackendError::new)
    }

    /// `[W, W + 1]`
    fn arcs(
        &mut self,
        arc: &Biaffine,
        sentences: &[Range<usize>],
        vectors: &Vectors<'_>,
    ) -> Result<Array2<f32>, BackendError> {
        let width = arc.dependent.outputs;
        let dependents = self.rows(&arc.dependent, vectors.words, Then::Gelu)?;
        let dependents = self.rows(&arc.bilinear, &dependents, Then::Nothing)?;
        let heads = self.rows(&arc.head, vectors.words, Then::Gelu)?;
        let roots = self.rows(&arc.head, vectors.roots, Then::Gelu)?;
        let of_head = self.rows(&arc.of_head, &heads, Then::Nothing)?;
        let of_root = self.rows(&arc.of_head, &roots, Then::Nothing)?;
        let count = self.words.len();
        let mut scores = Array2::from_elem((count, count + 1), MASKED);
        for (sentence, words) in sentences.iter().enumerate() {
            let within = words.start * width..words.end * width;
            let root = &roots[sentence * width..(sentence + 1) * width];
            for (word, row) in words.clone().zip(dependents[within.clone()].chunks_exact(width)) {
                scores[[word, 0]] = dot(row, root) + of_root[sentence];
            }
            let shape = [words.len(), width];
            let a = NdTensorView::from_data(shape, &dependents[within.clone()]);
            let b = NdTensorView::from_data(shape, &heads[within]);
            let mut products = vec![0.0; words.len() * words.len()];
            let (a, b) = (GemmInputA::Unpacked(a), GemmInputB::Unpacked(b.transposed()));
            let options = GemmOptions::default();
            self.kernels.f32.gemm(&mut products, a, b, options).map_err(BackendError::new)?;
            let rows = products.chunks_exact(words.len());
            for (word, row) in words.clone().zip(rows) {
                let mut of_word = scores.row_mut(word);
                for ((at, product), of_head) in words.clone().zip(row).zip(&of_head[words.clone()])
                {
                    // A word is not its own head.
                    of_word[at + 1] = if at == word { MASKED } else { product + of_head };
                }
            }
        }
        Ok(scores)
    }

    /// `[W, relations]` to the given heads.
    fn relations(
        &mut self,
        rel: &Biaffine,
        of_dependent: &Linear,
        sentences: &[Range<usize>],
        vectors: &Vectors<'_>,
        chosen: &[usize],
    ) -> Result<Array2<f32>, BackendError> {
        let width = rel.dependent.outputs;
        let dependents = self.rows(&rel.dependent, vectors.words, Then::Gelu)?;
        let of_words = self.rows(&rel.head, vectors.words, Then::Gelu)?;
        let of_roots = self.rows(&rel.head, vectors.roots, Then::Gelu)?;
        let mut heads = Vec::with_capacity(of_words.len());
        for (sentence, words) in sentences.iter().enumerate() {
            for word in words.clone() {
                let (table, row) = match chosen[word] {
                    0 => (&of_roots, sentence),
                    head => (&of_words, head - 1),
                };
                heads.extend_from_slice(&table[row * width..(row + 1) * width]);
            }
        }
        let mut scores = self.classes(of_dependent, &dependents)?;
        scores += &self.classes(&rel.of_head, &heads)?;
        let relations = rel.of_head.outputs;
        for first in (0..self.words.len()).step_by(WORDS) {
            let words = first..(first + WORDS).min(self.words.len());
            let within = words.start * width..words.end * width;
            let turned = self.rows(&rel.bilinear, &dependents[within.clone()], Then::Nothing)?;
            let pairs =
                turned.chunks_exact(relations * width).zip(heads[within].chunks_exact(width));
            for (word, (turned, head)) in words.zip(pairs) {
                for (relation, row) in turned.chunks_exact(width).enumerate() {
                    scores[[word, relation]] += dot(row, head);
                }
            }
        }
        Ok(scores)
    }
}
