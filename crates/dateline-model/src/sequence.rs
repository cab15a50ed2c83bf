//! What the encoder reads: some sentences in a row, or one window of a long sentence.

use std::ops::Range;

use dateline_text::{Pieces, Sentence, SpecialIds, Subwords, Text};

use crate::ModelError;
use crate::backend::{Input, Word};
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
}

/// Stretches of text that are read as one, encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sequence {
    /// Follow each other in the text. What is read as context only is not among them: nothing is
    /// asked of its words.
    pub(crate) stretches: Vec<Stretch>,
    /// What the network reads: special pieces included, and of the words those of the stretches.
    pub(crate) input: Input,
    /// How many sentences, context included.
    sentences: usize,
    /// Pieces of what is kept, with the separators after it. The others are context.
    pub(crate) own: usize,
}

impl Sequence {
    fn new(special: SpecialIds) -> Sequence {
        let input = Input { pieces: vec![special.cls], shapes: vec![0], words: Vec::new() };
        Sequence { stretches: Vec::new(), input, sentences: 0, own: 0 }
    }

    /// The first word of its stretches, as an index into the text's tokens.
    pub(crate) fn first_word(&self) -> usize {
        self.stretches.first().map_or(0, |stretch| stretch.words.start)
    }

    /// Starts a sentence of which the words `keep`, if any, are kept.
    fn open(&mut self, sentence: usize, words: Range<usize>, keep: Range<usize>) {
        self.sentences += 1;
        if !keep.is_empty() {
            self.stretches.push(Stretch { sentence, words, keep });
        }
    }

    fn push(&mut self, pieces: &[u32], shape: ShapeClass) {
        self.input.pieces.extend_from_slice(pieces);
        self.input.shapes.extend((0..pieces.len()).map(|i| shape.id(i == 0)));
    }

    fn close(&mut self, special: SpecialIds) {
        self.input.pieces.push(special.sep);
        self.input.shapes.push(0);
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
        sequence.own += usize::from(!is_context);
        sequence.open(sentence, words.clone(), keep.clone());
        // The first piece, or the separator that closes the sentence before.
        let root = sequence.input.pieces.len() - 1;
        for word in words {
            if !is_context {
                let (start, sentence) = (sequence.input.pieces.len(), sequence.sentences);
                sequence.input.words.push(Word { start, root, sentence });
            }
            let pieces = &self.pieces.ids[self.pieces.words[word].clone()];
            sequence.own += if keep.contains(&word) { pieces.len() } else { 0 };
            sequence.push(pieces, ShapeClass::of(self.text.word(word)));
        }
        sequence.close(self.special);
    }
}

/// Makes sequences of texts.
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
            let root = sequence.input.pieces.len() - 1;
            for shape in
                [ShapeClass::Title, ShapeClass::Lower, ShapeClass::Punct].iter().take(words.len())
            {
                let start = sequence.input.pieces.len();
                sequence.input.words.push(Word { start, root, sentence: sentence + 1 });
                sequence.push(&[self.special.unk], *shape);
            }
            sequence.close(self.special);
        }
        sequence
    }
}
