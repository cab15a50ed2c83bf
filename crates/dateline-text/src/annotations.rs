use std::ops::Range;

use crate::{Deprel, EntityKind, Upos, Xpos};

/// What a model says of the tokens of one [`Text`](crate::Text). No linguistics beyond decoding.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotations {
    /// One for each token of the text, in order.
    pub tokens: Vec<TokenAnnotation>,
    /// Names and values found, in text order, never overlapping, never crossing a sentence end.
    pub entities: Vec<EntityAnnotation>,
    /// How many windows the encoder read: sentences with their neighbours, or parts of a long one.
    pub windows: usize,
}

/// What the model says of one token.
#[derive(Clone, Debug, PartialEq)]
pub struct TokenAnnotation {
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn Treebank tag.
    pub xpos: Xpos,
    /// Dictionary form.
    pub lemma: String,
    /// Index (in the text's tokens) of the syntactic head, in the same sentence; `None` for a
    /// sentence's root. Heads form a tree in every sentence.
    pub head: Option<usize>,
    /// Relation to the head.
    pub deprel: Deprel,
    /// Calibrated probability that the token, in this context, names an event.
    pub event: f32,
}

/// A run of tokens that names something.
#[derive(Clone, Debug, PartialEq)]
pub struct EntityAnnotation {
    /// Tokens covered, as indices into the text's tokens; never empty.
    pub tokens: Range<usize>,
    /// Type of what is named.
    pub kind: EntityKind,
    /// Calibrated probability of span and type.
    pub score: f32,
}
