//! Stands in until the text layer has its own.
use std::ops::Range;

use dateline_text::Text;

#[derive(Clone, Copy)]
pub(crate) struct SpecialIds {
    pub(crate) cls: u32,
    pub(crate) sep: u32,
    pub(crate) pad: u32,
    pub(crate) unk: u32,
}

pub(crate) struct Subwords {
    tokenizer: tokenizers::Tokenizer,
    special: SpecialIds,
}

pub(crate) struct Pieces {
    pub(crate) ids: Vec<u32>,
    pub(crate) words: Vec<Range<usize>>,
}

#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct SubwordError(String);

impl Subwords {
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Subwords, SubwordError> {
        let tokenizer =
            tokenizers::Tokenizer::from_bytes(bytes).map_err(|e| SubwordError(e.to_string()))?;
        let id = |token: &str| {
            tokenizer.token_to_id(token).ok_or_else(|| SubwordError(format!("no {token}")))
        };
        let special = SpecialIds {
            cls: id("[CLS]")?,
            sep: id("[SEP]")?,
            pad: id("[PAD]")?,
            unk: id("[UNK]")?,
        };
        Ok(Subwords { tokenizer, special })
    }

    pub(crate) fn special(&self) -> SpecialIds {
        self.special
    }

    pub(crate) fn encode(&self, text: &Text) -> Result<Pieces, SubwordError> {
        let mut pieces = Pieces { ids: Vec::new(), words: Vec::new() };
        for index in 0..text.tokens().len() {
            let start = pieces.ids.len();
            let encoding = self
                .tokenizer
                .encode_fast(text.word(index), false)
                .map_err(|e| SubwordError(e.to_string()))?;
            pieces.ids.extend(encoding.get_ids().iter().take(24));
            if pieces.ids.len() == start {
                pieces.ids.push(self.special.unk);
            }
            pieces.words.push(start..pieces.ids.len());
        }
        Ok(pieces)
    }
}
