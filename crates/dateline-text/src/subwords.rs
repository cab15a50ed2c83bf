use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, PoisonError, RwLock};

use tokenizers::Tokenizer;

use crate::{Span, Text};

/// At most so many pieces stand for one word.
pub const MAX_WORD_PIECES: usize = 24;
/// Only so many characters of a word are encoded: far more than any word has, and a "word" of a
/// megabyte costs no more than this.
pub const MAX_WORD_CHARS: usize = 200;
/// Words remembered at once, and the longest one remembered (bytes).
const CACHE_WORDS: usize = 1 << 16;
const CACHE_BYTES: usize = 48;

/// Why subwords could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SubwordError {
    /// The tokenizer file can't be read.
    #[error("not a tokenizer file")]
    Load(#[source] tokenizers::Error),
    /// The vocabulary lacks one of the marks an encoder needs.
    #[error("the tokenizer has no {0} piece")]
    Special(&'static str),
    /// The tokenizer failed on a word.
    #[error("cannot encode {word:?}")]
    Encode {
        /// The word, as encoded.
        word: String,
        /// What the tokenizer says.
        #[source]
        source: tokenizers::Error,
    },
}

/// Ids of the pieces that stand for no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpecialIds {
    /// Starts a sequence.
    pub cls: u32,
    /// Ends a sequence.
    pub sep: u32,
    /// Fills a batch.
    pub pad: u32,
    /// Stands for a word without pieces.
    pub unk: u32,
}

/// The subword pieces of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pieces {
    /// Vocabulary ids of the pieces.
    pub ids: Vec<u32>,
    /// Where each piece stands in the source; inside its word.
    pub spans: Vec<Span>,
    /// The pieces of each token, as indices; never empty.
    pub words: Vec<Range<usize>>,
}

/// A piece and its place in the word.
type Piece = (u32, Span);

/// A subword tokenizer: cuts each word by itself into the pieces that the model knows.
///
/// Words are encoded one at a time, so a word's pieces never depend on its neighbours. A word
/// without pieces gets the unknown piece; at most [`MAX_WORD_PIECES`] pieces of its first
/// [`MAX_WORD_CHARS`] characters are kept.
#[derive(Debug)]
pub struct Subwords {
    tokenizer: Tokenizer,
    special: SpecialIds,
    cache: RwLock<HashMap<Box<str>, Arc<[Piece]>>>,
}

impl Subwords {
    /// Reads a tokenizer in the Hugging Face `tokenizer.json` format. Truncation and padding
    /// set in it are not used.
    pub fn from_bytes(bytes: &[u8]) -> Result<Subwords, SubwordError> {
        let mut tokenizer = Tokenizer::from_bytes(bytes).map_err(SubwordError::Load)?;
        tokenizer.with_padding(None);
        tokenizer.with_truncation(None).map_err(SubwordError::Load)?;
        let id = |names: [&'static str; 2]| {
            let found = names.iter().find_map(|name| tokenizer.token_to_id(name));
            found.ok_or(SubwordError::Special(names[0]))
        };
        let special = SpecialIds {
            cls: id(["[CLS]", "<s>"])?,
            sep: id(["[SEP]", "</s>"])?,
            pad: id(["[PAD]", "<pad>"])?,
            unk: id(["[UNK]", "<unk>"])?,
        };
        Ok(Subwords { tokenizer, special, cache: RwLock::default() })
    }

    /// The pieces that stand for no text.
    pub fn special(&self) -> SpecialIds {
        self.special
    }

    /// The pieces of every token of `text`.
    pub fn encode(&self, text: &Text) -> Result<Pieces, SubwordError> {
        let mut pieces = Pieces::default();
        for token in text.tokens() {
            let start = pieces.ids.len();
            for &(id, span) in self.word(text.surface(token.span))?.iter() {
                pieces.ids.push(id);
                pieces.spans.push(span.shifted(token.span.start));
            }
            pieces.words.push(start..pieces.ids.len());
        }
        Ok(pieces)
    }

    /// The pieces of one word, spans counted from its start.
    fn word(&self, word: &str) -> Result<Arc<[Piece]>, SubwordError> {
        if word.len() > CACHE_BYTES {
            return self.split(word).map(Arc::from);
        }
        let cache = self.cache.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(pieces) = cache.get(word) {
            return Ok(Arc::clone(pieces));
        }
        drop(cache);
        let pieces: Arc<[Piece]> = self.split(word)?.into();
        let mut cache = self.cache.write().unwrap_or_else(PoisonError::into_inner);
        if cache.len() < CACHE_WORDS {
            cache.insert(word.into(), Arc::clone(&pieces));
        }
        Ok(pieces)
    }

    fn split(&self, word: &str) -> Result<Vec<Piece>, SubwordError> {
        let end = word.char_indices().nth(MAX_WORD_CHARS).map_or(word.len(), |(at, _)| at);
        let known = &word[..end];
        let encoding = self
            .tokenizer
            .encode(known, false)
            .map_err(|source| SubwordError::Encode { word: known.to_owned(), source })?;
        let mut pieces: Vec<Piece> = encoding
            .get_ids()
            .iter()
            .zip(encoding.get_offsets())
            .take(MAX_WORD_PIECES)
            .map(|(&id, &(from, to))| (id, clamp(word, from, to)))
            .collect();
        if pieces.is_empty() {
            pieces.push((self.special.unk, Span::new(0, word.len())));
        }
        Ok(pieces)
    }
}

/// `from..to` on character boundaries inside the word.
fn clamp(word: &str, from: usize, to: usize) -> Span {
    let mut start = from.min(word.len());
    while !word.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = to.clamp(start, word.len());
    while !word.is_char_boundary(end) {
        end += 1;
    }
    Span::new(start, end)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::{Article, segment};

    /// A WordPiece tokenizer of a few pieces, uncased as the model's is.
    pub(crate) const TOKENIZER: &str = r###"{
        "version": "1.0", "truncation": {"direction": "Right", "max_length": 2,
        "strategy": "LongestFirst", "stride": 0}, "padding": null, "added_tokens": [],
        "normalizer": {"type": "BertNormalizer", "clean_text": true,
            "handle_chinese_chars": true, "strip_accents": null, "lowercase": true},
        "pre_tokenizer": {"type": "BertPreTokenizer"}, "post_processor": null, "decoder": null,
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100, "vocab": {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2,
            "[SEP]": 3, "storm": 4, "##s": 5, "u": 6, ".": 7, "e": 8, "##e": 9}}
    }"###;

    fn encode(source: &str) -> (Text, Pieces) {
        let subwords = Subwords::from_bytes(TOKENIZER.as_bytes()).unwrap();
        let text = segment(&Article::from_text("", source));
        let pieces = subwords.encode(&text).unwrap();
        assert_eq!(subwords.encode(&text).unwrap(), pieces, "from the cache");
        (text, pieces)
    }

    #[test]
    fn pieces_stand_where_their_text_stands() {
        let (text, pieces) = encode("Storms in the U.S. é 日");
        let surfaces: Vec<&str> = pieces.spans.iter().map(|&s| text.surface(s)).collect();
        assert_eq!(surfaces, ["Storm", "s", "in", "the", "U", ".", "S", ".", "é", "日"]);
        assert_eq!(pieces.ids, [4, 5, 1, 1, 6, 7, 1, 7, 8, 1]);
        assert_eq!(pieces.words, [0..2, 2..3, 3..4, 4..8, 8..9, 9..10]);
    }

    #[test]
    fn every_word_has_pieces_within_it() {
        let long = "e".repeat(300_000);
        let dots = "U.".repeat(100);
        let (text, pieces) =
            encode(&format!("{long} {dots} \u{301} \u{AD} \u{FFFD} 👩\u{200D}👧 x"));
        assert_eq!(pieces.words.len(), text.tokens().len());
        for (token, range) in text.tokens().iter().zip(&pieces.words) {
            assert!((1..=MAX_WORD_PIECES).contains(&range.len()));
            for span in &pieces.spans[range.clone()] {
                assert!(token.span.contains(*span));
                assert!(text.source().get(span.range()).is_some());
            }
        }
    }

    #[test]
    fn faults_say_what_is_wrong() {
        let message = |data: &str| Subwords::from_bytes(data.as_bytes()).map(|_| ()).unwrap_err();
        assert_eq!(message("{}").to_string(), "not a tokenizer file");
        let error = message(&TOKENIZER.replace("[CLS]", "[XXX]"));
        assert_eq!(error.to_string(), "the tokenizer has no [CLS] piece");
    }
}
