//! What the encoder reads: some sentences in a row, or one window of a long sentence.

use std::ops::Range;

use dateline_text::{Pieces, Sentence, SpecialIds, Subwords, Text};
use ndarray::Array2;

use crate::ModelError;
use crate::backend::Inputs;
use crate::batch::Size;
use crate::config::Config;
use crate::shape::ShapeClass;
use crate::windows::{Limits, Window, WordWindow, plan, word_windows};

/// Special pieces of a sequence of one sentence: one before, one after.
const AROUND: usize = 2;

/// A sentence, or a part of one, within a sequence, of which something is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// Index of its sentence in the text.
    pub(crate) sentence: usize,
    /// Its words, as indices into the text's tokens.
    pub(crate) words: Range<usize>,
    /// The words whose results are taken from here.
    pub(crate) keep: Range<usize>,
    /// Number of the sentence within the sequence, from 1.
    number: usize,
    /// Where the special piece before it stands: the first piece, or the separator that closes
    /// the sentence before. It stands for the root of the sentence.
    opens: usize,
}

/// Stretches of text that are read as one, encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sequence {
    /// Follow each other in the text. What is read as context only is not among them: nothing is
    /// asked of its words.
    pub(crate) stretches: Vec<Stretch>,
    /// How many sentences, context included.
    sentences: usize,
    /// Special pieces included.
    pieces: Vec<u32>,
    shapes: Vec<u8>,
    /// Position of the first piece of each word of the stretches.
    starts: Vec<usize>,
}

impl Sequence {
    fn new(special: SpecialIds) -> Sequence {
        let (pieces, shapes) = (vec![special.cls], vec![0]);
        Sequence { stretches: Vec::new(), sentences: 0, pieces, shapes, starts: Vec::new() }
    }

    /// How much room it takes.
    pub(crate) fn size(&self) -> Size {
        Size { pieces: self.pieces.len(), words: self.starts.len() }
    }

    /// The first word of its stretches, as an index into the text's tokens.
    pub(crate) fn first_word(&self) -> usize {
        self.stretches.first().map_or(0, |stretch| stretch.words.start)
    }

    /// Starts a sentence of which the words `keep`, if any, are kept.
    fn open(&mut self, sentence: usize, words: Range<usize>, keep: Range<usize>) {
        self.sentences += 1;
        if !keep.is_empty() {
            let (number, opens) = (self.sentences, self.pieces.len() - 1);
            self.stretches.push(Stretch { sentence, words, keep, number, opens });
        }
    }

    fn push(&mut self, pieces: &[u32], shape: ShapeClass) {
        self.pieces.extend_from_slice(pieces);
        self.shapes.extend((0..pieces.len()).map(|i| shape.id(i == 0)));
    }

    fn close(&mut self, special: SpecialIds) {
        self.pieces.push(special.sep);
        self.shapes.push(0);
    }
}

/// A text and its pieces, to make sequences of.
struct Source<'a> {
    text: &'a Text,
    pieces: Pieces,
    special: SpecialIds,
}

impl Source<'_> {
    /// How many pieces each of some words has.
    fn counts(&self, words: &Range<usize>) -> impl Iterator<Item = usize> {
        self.pieces.words[words.clone()].iter().map(ExactSizeIterator::len)
    }

    /// Whole sentences; only what is of `core` is kept.
    fn sentences(&self, read: Range<usize>, core: &Range<usize>) -> Sequence {
        let mut sequence = Sequence::new(self.special);
        for index in read {
            let words = self.text.sentences()[index].tokens.clone();
            let keep = if core.contains(&index) { words.clone() } else { 0..0 };
            self.add(&mut sequence, index, words, keep);
        }
        sequence
    }

    /// The windows of a long sentence, each with at most `limit` pieces of text.
    fn parts(&self, index: usize, limit: usize) -> Vec<Sequence> {
        let sentence = &self.text.sentences()[index].tokens;
        let counts: Vec<usize> = self.counts(sentence).collect();
        let absolute = |r: Range<usize>| sentence.start + r.start..sentence.start + r.end;
        let read = |window: WordWindow| {
            let mut sequence = Sequence::new(self.special);
            self.add(&mut sequence, index, absolute(window.words), absolute(window.keep));
            sequence
        };
        word_windows(&counts, limit).into_iter().map(read).collect()
    }

    fn add(
        &self,
        sequence: &mut Sequence,
        sentence: usize,
        words: Range<usize>,
        keep: Range<usize>,
    ) {
        let is_context = keep.is_empty();
        sequence.open(sentence, words.clone(), keep);
        for word in words {
            if !is_context {
                sequence.starts.push(sequence.pieces.len());
            }
            let pieces = &self.pieces.ids[self.pieces.words[word].clone()];
            sequence.push(pieces, ShapeClass::of(self.text.word(word)));
        }
        sequence.close(self.special);
    }
}

/// Makes sequences of texts and tensors of sequences.
pub(crate) struct Encoder {
    subwords: Subwords,
    special: SpecialIds,
    limits: Limits,
}

impl Encoder {
    pub(crate) fn new(tokenizer: &[u8], config: &Config) -> Result<Self, ModelError> {
        let subwords =
            Subwords::from_bytes(tokenizer).map_err(|e| ModelError::Tokenizer(e.into()))?;
        let special = subwords.special();
        let limits = Limits { max: config.max_pieces, context: config.context_pieces };
        Ok(Encoder { subwords, special, limits })
    }

    /// The sequences of a text. What they keep follows each other and is all of the text.
    pub(crate) fn encode(&self, text: &Text) -> Result<Vec<Sequence>, ModelError> {
        let pieces = self.subwords.encode(text).map_err(|e| ModelError::Tokenizer(Box::new(e)))?;
        let source = Source { text, pieces, special: self.special };
        let cost = |sentence: &Sentence| source.counts(&sentence.tokens).sum::<usize>() + 1;
        let costs: Vec<usize> = text.sentences().iter().map(cost).collect();
        let mut sequences = Vec::with_capacity(costs.len() / 2);
        for window in plan(&costs, self.limits) {
            match window {
                Window::Sentences { read, core } => sequences.push(source.sentences(read, &core)),
                Window::Long(sentence) => {
                    sequences.extend(source.parts(sentence, self.limits.max - AROUND));
                }
            }
        }
        Ok(sequences)
    }

    /// Two short sentences of words outside every vocabulary.
    pub(crate) fn probe(&self) -> Sequence {
        let mut sequence = Sequence::new(self.special);
        for (sentence, words) in [0..3, 3..5].into_iter().enumerate() {
            sequence.open(sentence, words.clone(), words.clone());
            for shape in
                [ShapeClass::Title, ShapeClass::Lower, ShapeClass::Punct].iter().take(words.len())
            {
                sequence.starts.push(sequence.pieces.len());
                sequence.push(&[self.special.unk], *shape);
            }
            sequence.close(self.special);
        }
        sequence
    }

    /// The tensors of a batch, with room for sequences of that size.
    pub(crate) fn inputs(&self, sequences: &[&Sequence], room: Size) -> Inputs {
        let pieces = (sequences.len(), room.pieces);
        let words = (sequences.len(), room.words);
        let mut inputs = Inputs {
            input_ids: Array2::from_elem(pieces, i64::from(self.special.pad)),
            attention_mask: Array2::zeros(pieces),
            shape_ids: Array2::zeros(pieces),
            word_starts: Array2::zeros(words),
            word_sentences: Array2::zeros(words),
            root_starts: Array2::zeros(words),
        };
        for (row, sequence) in sequences.iter().enumerate() {
            for (at, (&piece, &shape)) in sequence.pieces.iter().zip(&sequence.shapes).enumerate() {
                inputs.input_ids[[row, at]] = i64::from(piece);
                inputs.shape_ids[[row, at]] = i64::from(shape);
                inputs.attention_mask[[row, at]] = 1;
            }
            for (word, &start) in sequence.starts.iter().enumerate() {
                inputs.word_starts[[row, word]] = start as i64;
            }
            let first = sequence.first_word();
            for stretch in &sequence.stretches {
                for word in stretch.words.start - first..stretch.words.end - first {
                    inputs.word_sentences[[row, word]] = stretch.number as i64;
                    inputs.root_starts[[row, word]] = stretch.opens as i64;
                }
            }
        }
        inputs
    }
}
