//! What the encoder reads: one sentence, or one window of a long sentence.

use std::ops::Range;

use dateline_text::{SpecialIds, Subwords, Text};
use ndarray::Array2;

use crate::ModelError;
use crate::backend::Inputs;
use crate::shape::ShapeClass;
use crate::windows::windows;

/// Pieces around a sequence: one before, one after.
const AROUND: usize = 2;

/// A stretch of a sentence, encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sequence {
    /// Index of its sentence in the text.
    pub(crate) sentence: usize,
    /// Its words, as indices into the text's tokens.
    pub(crate) words: Range<usize>,
    /// The words whose results are taken from here.
    pub(crate) keep: Range<usize>,
    pieces: Vec<u32>,
    shapes: Vec<u8>,
    /// Index into `pieces` of each word's first one.
    starts: Vec<usize>,
}

impl Sequence {
    /// Its length as the encoder sees it.
    pub(crate) fn length(&self) -> usize {
        self.pieces.len() + AROUND
    }

    fn push(&mut self, pieces: &[u32], shape: ShapeClass) {
        self.starts.push(self.pieces.len());
        self.pieces.extend_from_slice(pieces);
        self.shapes.extend((0..pieces.len()).map(|i| shape.id(i == 0)));
    }
}

/// Makes sequences of texts and tensors of sequences.
pub(crate) struct Encoder {
    subwords: Subwords,
    special: SpecialIds,
    /// Most pieces of text in one sequence.
    limit: usize,
}

impl Encoder {
    pub(crate) fn new(tokenizer: &[u8], max_pieces: usize) -> Result<Self, ModelError> {
        let subwords =
            Subwords::from_bytes(tokenizer).map_err(|e| ModelError::Tokenizer(e.into()))?;
        let special = subwords.special();
        Ok(Encoder { subwords, special, limit: max_pieces - AROUND })
    }

    /// The sequences of all sentences, in order.
    pub(crate) fn encode(&self, text: &Text) -> Result<Vec<Sequence>, ModelError> {
        let pieces = self.subwords.encode(text).map_err(|e| ModelError::Tokenizer(Box::new(e)))?;
        let mut sequences = Vec::with_capacity(text.sentences().len());
        for (index, sentence) in text.sentences().iter().enumerate() {
            let first = sentence.tokens.start;
            let words: Vec<&[u32]> = pieces.words[sentence.tokens.clone()]
                .iter()
                .map(|word| &pieces.ids[word.start..word.end.min(word.start + self.limit)])
                .collect();
            let counts: Vec<usize> = words.iter().map(|word| word.len()).collect();
            for window in windows(&counts, self.limit) {
                let absolute = |r: &Range<usize>| first + r.start..first + r.end;
                let mut sequence = empty(index, absolute(&window.words), absolute(&window.keep));
                for word in window.words {
                    sequence.push(words[word], ShapeClass::of(text.word(first + word)));
                }
                sequences.push(sequence);
            }
        }
        Ok(sequences)
    }

    /// A short sequence of words outside every vocabulary.
    pub(crate) fn probe(&self) -> Sequence {
        let mut sequence = empty(0, 0..3, 0..3);
        for shape in [ShapeClass::Title, ShapeClass::Lower, ShapeClass::Punct] {
            sequence.push(&[self.special.unk], shape);
        }
        sequence
    }

    /// The tensors of a batch. There is room for as many words as pieces: like the padded length,
    /// that must not depend on what else is in the batch.
    pub(crate) fn inputs(&self, sequences: &[&Sequence], padded: usize) -> Inputs {
        let shape = (sequences.len(), padded);
        let mut inputs = Inputs {
            input_ids: Array2::from_elem(shape, i64::from(self.special.pad)),
            attention_mask: Array2::zeros(shape),
            shape_ids: Array2::zeros(shape),
            word_starts: Array2::zeros(shape),
            word_mask: Array2::zeros(shape),
        };
        for (row, sequence) in sequences.iter().enumerate() {
            inputs.input_ids[[row, 0]] = i64::from(self.special.cls);
            for (at, (&piece, &shape)) in sequence.pieces.iter().zip(&sequence.shapes).enumerate() {
                inputs.input_ids[[row, at + 1]] = i64::from(piece);
                inputs.shape_ids[[row, at + 1]] = i64::from(shape);
            }
            let end = sequence.pieces.len() + 1;
            inputs.input_ids[[row, end]] = i64::from(self.special.sep);
            for at in 0..=end {
                inputs.attention_mask[[row, at]] = 1;
            }
            for (word, &start) in sequence.starts.iter().enumerate() {
                inputs.word_starts[[row, word]] = start as i64 + 1;
                inputs.word_mask[[row, word]] = 1;
            }
        }
        inputs
    }
}

fn empty(sentence: usize, words: Range<usize>, keep: Range<usize>) -> Sequence {
    Sequence { sentence, words, keep, pieces: Vec::new(), shapes: Vec::new(), starts: Vec::new() }
}
